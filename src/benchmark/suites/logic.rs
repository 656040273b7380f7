//! Targets whose response to their regulators no linear model describes.

use super::{Cases, Label, SuiteError, data_seed};
use crate::evaluate::GoldPair;
use crate::genes::Gene;
use crate::network::Sign;
use crate::simulate::{LogicCase, LogicSettings};

use super::super::Case;

/// One replicate of every response.
pub(super) fn cases(replicate: u32) -> Cases<'static> {
    let both = [(LogicCase::And, "and"), (LogicCase::Hump, "hump")];
    let both = both.into_iter();
    Box::new(both.map(move |(case, name)| judged(case, name, replicate)))
}

/// Only pairs that end at the target are judged: nothing acts on the other genes.
fn judged(case: LogicCase, name: &str, replicate: u32) -> Result<Case, SuiteError> {
    let data = case.simulate(&LogicSettings::default(), data_seed(1, replicate));
    let pair = |regulator: Gene| {
        let edge = data.truth.iter().find(|edge| edge.source == regulator);
        GoldPair {
            regulator,
            target: Gene(0),
            edge: edge.is_some(),
            sign: edge.map_or(Sign::Unknown, |edge| edge.sign),
        }
    };
    let regulators = data.expression.genes().iter().skip(1);
    let pairs: Vec<GoldPair> = regulators.map(pair).collect();
    let label = Label {
        suite: format!("logic: {name}"),
        name: name.to_owned(),
        replicate,
    };
    label.judged(data.expression, &pairs)
}
