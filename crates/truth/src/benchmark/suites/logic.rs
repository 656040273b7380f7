//! Targets whose response to their regulators no linear model describes.

use super::labelled_case::{Cases, Label, SuiteError, data_seed};
use crate::benchmark::Case;
use crate::evaluate::GoldPair;
use crate::simulate::{LogicCase, LogicSettings};
use cistron::genes::Gene;
use cistron::network::Sign;

/// The responses and their names.
const RESPONSES: [(LogicCase, &str); 2] = [(LogicCase::And, "and"), (LogicCase::Hump, "hump")];

/// One replicate of every response.
pub(super) fn cases(replicate: u32) -> Cases<'static> {
    let responses = RESPONSES.into_iter();
    Box::new(responses.map(move |(case, name)| judged(case, name, replicate)))
}

/// The names of [`cases`].
pub(super) fn names() -> impl Iterator<Item = String> {
    RESPONSES.into_iter().map(|(_, name)| name.to_owned())
}

/// Only pairs that end at the target are judged: nothing acts on the other genes.
fn judged(case: LogicCase, name: &str, replicate: u32) -> Result<Case, SuiteError> {
    let data = case.simulate(&LogicSettings::default(), data_seed(1, replicate));
    let regulators = data.expression.genes().iter().skip(1);
    let pairs = regulators.map(|regulator| {
        let edge = data.truth.iter().find(|edge| edge.source == regulator);
        GoldPair {
            regulator,
            target: Gene(0),
            edge: edge.is_some(),
            sign: edge.map_or(Sign::Unknown, |edge| edge.sign),
        }
    });
    let pairs: Vec<GoldPair> = pairs.collect();
    let label = Label {
        suite: format!("logic: {name}"),
        name: name.to_owned(),
        replicate,
    };
    label.judged(data.expression, &pairs)
}
