//! The page of `cistron explore`: report.html with a description of the model.

use std::error::Error;

use axum::body::Bytes;
use cistron::expression::States;
use cistron::field::Fitted;
use cistron::run::Run;
use cistron_report::{Page, PictureSettings, has_explorer, run_pictures};
use serde_json::{Value, json};

use super::live::length;
use super::query_json::POINTS;
use super::token::Token;
use crate::files;
use crate::query::WILD_TYPE;

/// Maximum number of groups, and of samples, in the list of initial states: a longer list is of no
/// use in a browser.
const STARTS: usize = 2_000;

/// The page and its content policy.
pub(super) struct LivePage {
    pub(super) page: Bytes,
    pub(super) policy: String,
}

impl LivePage {
    /// Writes the page into memory.
    ///
    /// # Errors   a message for the user.
    pub(super) fn new(run: &Run, states: &States, token: &Token) -> Result<Self, Box<dyn Error>> {
        if !has_explorer() {
            files::warn(
                "this program was built without the interactive explorer: the page shows the run, \
                 but cannot simulate interventions; install Node.js and build again with \
                 CISTRON_EXPLORER=on",
            );
        }
        let description = model_description(&run.model, states, token);
        let pictures = run_pictures(run, &PictureSettings::default());
        let page = Page {
            run,
            pictures: &pictures,
            live: Some(&description),
            interactive: true,
        };
        let mut bytes = Vec::new();
        page.write(&mut bytes)?;
        Ok(Self {
            page: Bytes::from(bytes),
            policy: page.policy(),
        })
    }
}

/// The `LiveModel` of `web/src/live/protocol.ts`.
pub(super) fn model_description(model: &Fitted, states: &States, token: &Token) -> Value {
    let scale = model.field.scale();
    let levels: Vec<f64> = model.reference.iter().map(|x| scale.backward(*x)).collect();
    let least = scale.stored.least();
    let least = least.filter(|least| levels.iter().all(|x| x >= least));
    json!({
        "token": token.text(),
        "members": model.members.len(),
        "length": length(model),
        "points": POINTS,
        "levels": levels,
        "least": least,
        "static": model.is_static(),
        "starts": starts(states),
    })
}

/// Initial states: the wild type, series and conditions, single samples.
fn starts(states: &States) -> Value {
    let mut groups: Vec<&str> = Vec::new();
    for state in &states.states {
        for name in [state.group.as_str(), state.condition.as_str()] {
            // the steady state of the wild type has this name already
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
