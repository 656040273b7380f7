//! How many steady states there are of every kind, in the reader's words.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Change, Origin, SteadySample, SteadyStates};

/// Samples by what was done to them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SteadyCounts {
    /// Nothing.
    pub wild_type: usize,
    /// One gene was knocked out.
    pub knockouts: usize,
    /// One gene was scaled down.
    pub knockdowns: usize,
    /// One gene was scaled up, or left at its level.
    pub overexpression: usize,
    /// One gene was held at a level.
    pub set: usize,
    /// Several genes were changed.
    pub several: usize,
    /// Something unknown.
    pub multifactorial: usize,
}

impl SteadyCounts {
    fn count(&mut self, sample: &SteadySample) {
        let all = match &sample.origin {
            Origin::Multifactorial => {
                self.multifactorial += 1;
                return;
            }
            Origin::Interventions(all) => all.as_slice(),
        };
        let one = match all {
            [] => &mut self.wild_type,
            [one] => match one.change {
                Change::Knockout => &mut self.knockouts,
                Change::Scaled(factor) if factor < 1.0 => &mut self.knockdowns,
                Change::Scaled(_) => &mut self.overexpression,
                Change::Set(_) => &mut self.set,
            },
            _ => &mut self.several,
        };
        *one += 1;
    }
}

impl SteadyStates {
    /// How many samples there are of every kind.
    #[must_use]
    pub fn counts(&self) -> SteadyCounts {
        let mut counts = SteadyCounts::default();
        self.samples().iter().for_each(|one| counts.count(one));
        counts
    }
}

impl fmt::Display for SteadyCounts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kinds = [
            (self.wild_type, "wild type"),
            (self.knockouts, "knockouts"),
            (self.knockdowns, "knockdowns"),
            (self.overexpression, "overexpressed"),
            (self.set, "held at a level"),
            (self.several, "with several genes changed"),
            (self.multifactorial, "of unknown perturbations"),
        ];
        let there = kinds.iter().filter(|(count, _)| *count > 0);
        let words: Vec<String> = there.map(|(count, of)| format!("{count} {of}")).collect();
        match words.as_slice() {
            [] => f.write_str("none"),
            words => f.write_str(&words.join(", ")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expression::Intervention;
    use crate::genes::{Gene, Genes};
    use faer::Mat;

    #[test]
    fn every_sample_is_counted_once_by_what_was_done() {
        let genes = Genes::new(["a", "b"]).expect("distinct");
        let change = |gene, change| Intervention::always(Gene(gene), change);
        let origins = [
            Origin::Interventions(vec![]),
            Origin::Interventions(vec![change(0, Change::Knockout)]),
            Origin::Interventions(vec![change(0, Change::Scaled(0.5))]),
            Origin::Interventions(vec![change(1, Change::Scaled(2.0))]),
            Origin::Interventions(vec![
                change(0, Change::Knockout),
                change(1, Change::Set(3.0)),
            ]),
            Origin::Multifactorial,
            Origin::Multifactorial,
        ];
        let samples = origins.map(|origin| SteadySample::new("row", origin));
        let states = SteadyStates::new(genes, samples.to_vec(), Mat::zeros(7, 2)).expect("sound");
        assert_eq!(
            states.counts().to_string(),
            "1 wild type, 1 knockouts, 1 knockdowns, 1 overexpressed, \
             1 with several genes changed, 2 of unknown perturbations"
        );
    }
}
