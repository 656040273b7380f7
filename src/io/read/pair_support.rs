//! Where a list has its signs, and what supports a pair of a prior network.

use super::pair_columns::{ColumnChoice, SignSource, ValueKind};
use super::pair_facts::ColumnFacts;
use super::pair_words::{EDGE, INHIBITION, SIGN, STIMULATION, SUPPORT, is_other, is_signed};
use super::score_names::{ScoreName, score_name};
use crate::io::text::ReadError;

impl ColumnChoice<'_> {
    /// Where the signs are.
    ///
    /// * `score`: the column of scores
    pub(super) fn sign(&self, score: Option<usize>) -> SignSource {
        let free = |at: &usize| Some(*at) != score;
        if let Some(column) = self.named(&["sign"], |_| true).filter(free) {
            return SignSource::Signs(column);
        }
        let flag = |words| self.named(words, ColumnFacts::is_truths).filter(free);
        let (stimulation, inhibition) = (flag(STIMULATION), flag(INHIBITION));
        if stimulation.is_some() || inhibition.is_some() {
            return SignSource::Flags {
                stimulation,
                inhibition,
            };
        }
        if let Some(column) = self.named(SIGN, ColumnFacts::is_signs).filter(free) {
            return SignSource::Signs(column);
        }
        let weight = ["coef_mean", "weight", "edgeweight", "edge_weight"];
        if let Some(column) = self.named(&weight[..1], ColumnFacts::is_numeric) {
            return SignSource::Weight(column);
        }
        let signed = |facts: &ColumnFacts| facts.is_numeric() && facts.negative > 0;
        if let Some(column) = self.named(&weight[1..], signed) {
            return SignSource::Weight(column);
        }
        // a column without a known name that holds signs and nothing else
        let unnamed =
            |at: &usize| !is_other(&self.names[*at]) && !EDGE.contains(&self.names[*at].as_str());
        let mut signs = self.others().filter(free).filter(unnamed);
        signs
            .find(|&at| self.facts(at).is_signs())
            .map_or(SignSource::None, SignSource::Signs)
    }

    /// What supports a pair of a prior.
    ///
    /// # Errors   as [`ColumnChoice::answer`].
    pub(super) fn support(&self) -> Result<Option<(usize, ValueKind)>, ReadError> {
        let says = |facts: &ColumnFacts| {
            let grades = facts.filled > 0 && facts.grades == facts.filled;
            !grades && !facts.is_truths() || facts.is_numeric()
        };
        let named = SUPPORT.iter().find_map(|words| self.named(words, says));
        let third = self.next().filter(|&at| {
            let facts = self.facts(at);
            let known = facts.is_numeric()
                || facts.statements > 0
                || facts.signs == facts.filled && facts.filled > 0;
            let name = self.names[at].as_str();
            known
                && !is_other(name)
                && score_name(name) != ScoreName::PValue
                && (name.is_empty() || facts.statements > 0)
        });
        // the size of a correlation is a weight, too
        let score = || {
            self.others().find(|&at| {
                let name = self.names[at].as_str();
                let known = is_signed(name) || name.ends_with("score");
                let kind = score_name(name);
                known
                    && matches!(kind, ScoreName::Score | ScoreName::Unknown)
                    && self.facts(at).is_numeric()
            })
        };
        if let Some(column) = named.or(third).or_else(score) {
            return Ok(Some((column, ValueKind::Weight)));
        }
        // otherwise a prior is read as a known network
        Ok(self.answer(None)?.0)
    }
}
