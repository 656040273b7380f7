//! Samples in a table of mutants whose label is empty or missing: the wild type, or a mutant that was not named.

use super::faults::wrong_cell;
use super::steady_samples::SteadyTable;
use crate::genes::Gene;
use crate::io::text::{Place, ReadError, if_any};

/// The samples without a label.
pub(super) struct BlankLabels<'t> {
    /// Each with the place and the text of its label.
    pub(super) samples: Vec<(usize, Place, &'t str)>,
    /// What other samples call the wild type.
    pub(super) wild_type: Option<&'t str>,
    /// What the table is about, as a part of what regulation would make.
    pub(super) level: f64,
}

impl BlankLabels<'_> {
    /// A warning that they are taken for the wild type.
    ///
    /// # Errors   [`ReadError`] if other samples name the wild type, or if the levels are those of a mutant that no
    ///   other sample is.
    pub(super) fn check(&self, states: &SteadyTable) -> Result<Option<String>, ReadError> {
        for (sample, place, cell) in &self.samples {
            let refused = |why: String| {
                Err(wrong_cell(
                    place.clone(),
                    cell,
                    format!("the gene that was changed, or the wild type: {why}"),
                    "name the gene, or write `WT` for the wild type",
                ))
            };
            if let Some(wild_type) = self.wild_type {
                return refused(format!("other samples are called `{wild_type}`"));
            }
            if let Some(gene) = self.unnamed_mutant(states, *sample) {
                let name = states.genes.name(gene);
                let most = if self.level < 1.0 {
                    "lowest"
                } else {
                    "highest"
                };
                return refused(format!(
                    "no sample names `{name}`, which is {most} in this one"
                ));
            }
        }
        let named = self.samples.iter().map(|(_, place, _)| place.to_string());
        let named: Vec<String> = named.collect();
        Ok(if_any(&named, |count, some| {
            format!(
                "{count} sample(s) without a label are taken for the wild type: {some}; write `WT` for it, or name \
                 the gene that was changed"
            )
        }))
    }

    /// The gene that no sample names and whose level is that of its own mutant.
    fn unnamed_mutant(&self, states: &SteadyTable, sample: usize) -> Option<Gene> {
        let mut named = vec![false; states.genes.len()];
        let changes = states
            .samples
            .iter()
            .flat_map(|sample| sample.interventions());
        changes.for_each(|change| named[change.gene.index()] = true);
        let unnamed: Vec<Gene> = states
            .genes
            .iter()
            .filter(|gene| !named[gene.index()])
            .collect();
        let mut like_mutants = unnamed.iter().copied().filter(|&gene| {
            let Some((gap, range)) = self.ahead(states, sample, gene) else {
                return false;
            };
            // among several genes one is lowest by chance, but not by far
            gap > 0.0 && (unnamed.len() == 1 || gap > range)
        });
        like_mutants.next()
    }

    /// How far the level of a gene in a sample is beyond that in all others, and the range of the others.
    fn ahead(&self, states: &SteadyTable, sample: usize, gene: Gene) -> Option<(f64, f64)> {
        let side = if self.level < 1.0 { 1.0 } else { -1.0 };
        let level = |row: usize| side * states.values[(row, gene.index())];
        let others = (0..states.samples.len()).filter(|&row| row != sample);
        let others: Vec<f64> = others.map(level).filter(|x| !x.is_nan()).collect();
        let least = others.iter().copied().fold(f64::INFINITY, f64::min);
        let most = others.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let own = level(sample);
        (others.len() > 2 && !own.is_nan()).then_some((least - own, most - least))
    }
}

#[cfg(test)]
mod tests {
    use faer::Mat;

    use super::*;
    use crate::expression::{Intervention, Origin, SteadySample};
    use crate::genes::Genes;

    /// One mutant of each gene but the last, and a sample without a label.
    fn table(unlabelled: [f64; 4]) -> SteadyTable {
        let genes = Genes::new(["a", "b", "c", "d"]).expect("distinct");
        let samples = (0..4).map(|row| SteadySample {
            name: row.to_string(),
            label: String::new(),
            origin: Origin::Interventions(match row {
                3 => Vec::new(),
                gene => vec![Intervention::always(
                    Gene(gene),
                    crate::expression::Change::Knockout,
                )],
            }),
        });
        let level = |row: usize, gene: usize| match row {
            3 => unlabelled[gene],
            _ if row == gene => 0.0,
            _ => 5.0 + row as f64 / 10.0,
        };
        SteadyTable {
            genes,
            samples: samples.collect(),
            values: Mat::from_fn(4, 4, level),
            notes: Vec::new(),
            warnings: Vec::new(),
        }
    }

    #[test]
    fn a_sample_without_a_label_is_the_wild_type_unless_its_levels_are_those_of_a_mutant() {
        let blank = |wild_type| BlankLabels {
            samples: vec![(3, Place::row("k", 5), "NA")],
            wild_type,
            level: 0.0,
        };
        let warning = blank(None).check(&table([5.0, 5.1, 5.2, 5.3]));
        let warning = warning.expect("the wild type").expect("a warning");
        assert!(
            warning.contains("taken for the wild type: `k, row 5`"),
            "{warning}"
        );
        let mutant = blank(None).check(&table([5.0, 5.1, 5.2, 0.1]));
        let message = mutant.expect_err("a mutant").to_string();
        assert!(
            message.contains("no sample names `d`, which is lowest"),
            "{message}"
        );
        let named = blank(Some("WT")).check(&table([5.0, 5.1, 5.2, 5.3]));
        let message = named.expect_err("two names").to_string();
        assert!(
            message.contains("other samples are called `WT`"),
            "{message}"
        );
    }
}
