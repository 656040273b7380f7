//! The page: that of report.html, told of the model behind it.

use std::error::Error;

use axum::body::Bytes;
use cistron::expression::States;
use cistron::field::Fitted;
use cistron::run::Run;
use cistron_report::{Page, PictureSettings, has_explorer, run_pictures};
use serde_json::{Value, json};

use super::ask::POINTS;
use super::guard::Token;
use super::live::length;
use crate::files;
use crate::question::WILD_TYPE;

/// Starts that are listed at most.
const STARTS: usize = 2_000;

/// Writes the page; besides, its content policy.
///
/// # Errors   a message for the user.
pub(super) fn write(
    run: &Run,
    states: &States,
    token: &Token,
) -> Result<(Bytes, String), Box<dyn Error>> {
    if !has_explorer() {
        files::warn(
            "this program was built without the interactive explorer: the page shows the run, and \
             nothing of the model behind it; install Node.js and build again with \
             CISTRON_EXPLORER=on",
        );
    }
    let told = told(&run.model, states, token);
    let pictures = run_pictures(run, &PictureSettings::default());
    let page = Page {
        run,
        pictures: &pictures,
        live: Some(&told),
        interactive: true,
    };
    let mut bytes = Vec::new();
    page.write(&mut bytes)?;
    Ok((Bytes::from(bytes), page.policy()))
}

/// What `web/src/explore.ts` is told.
fn told(model: &Fitted, states: &States, token: &Token) -> Value {
    let scale = model.field.scale();
    let level = |x: &f64| scale.backward(*x);
    json!({
        "token": token.text(),
        "members": model.members.len(),
        "length": length(model),
        "points": POINTS,
        "levels": model.reference.iter().map(level).collect::<Vec<_>>(),
        "starts": starts(states),
    })
}

/// The wild type, series and conditions, single samples: what a simulation may start from.
fn starts(states: &States) -> Value {
    let mut groups: Vec<&str> = Vec::new();
    for state in &states.states {
        for name in [state.group.as_str(), state.condition.as_str()] {
            // the model at rest has that name already
            if !["", WILD_TYPE].contains(&name) && !groups.contains(&name) {
                groups.push(name);
            }
        }
    }
    groups.truncate(STARTS);
    let samples = states.states.iter().take(STARTS);
    let samples: Vec<&str> = samples.map(|state| state.name.as_str()).collect();
    json!({ "wildType": WILD_TYPE, "groups": groups, "samples": samples })
}
