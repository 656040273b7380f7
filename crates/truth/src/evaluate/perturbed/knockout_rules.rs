//! Predictions that need no model: single knockouts put together.
//!
//! With `Δₖ` the change of a gene under the knockout of gene `k` alone, the knockout of several is
//! predicted as `w + Σ Δₖ` or `w + Δₖ` with the largest `|Δₖ|`; `w` is the wild type. A model
//! is worth its name only above these.

use faer::Mat;

use cistron::expression::{Baseline, Change, Scale, SteadyStates};
use cistron::genes::{Gene, Genes};

use super::PerturbedStates;

/// A change counts as significant from this many standard deviations of the noise on: one in eighty
/// of unaffected genes passes by chance.
const SIGNIFICANT: f64 = 2.5;

/// What is known from single knockouts, in the columns of the measurement.
pub(super) struct Singles<'a> {
    genes: &'a Genes,
    /// Level of the wild type, one per gene; NaN where it is not known.
    pub(super) wild_type: Vec<f64>,
    /// Standard deviation of one sample by noise.
    noise: Vec<f64>,
    /// Mean level under every knockout: gene and levels.
    knockouts: Vec<(Gene, Vec<f64>)>,
}

impl<'a> Singles<'a> {
    /// The wild type and the noise are those of the [`Baseline`] of the states, in units of the file.
    pub(super) fn new(states: &'a SteadyStates, columns: &Genes) -> Self {
        let genes = states.genes();
        let columns: Vec<Option<Gene>> = columns.names().iter().map(|n| genes.find(n)).collect();
        let baseline = Baseline::new(states, Scale::IDENTITY);
        let known = |gene: &Gene| baseline.counts[gene.index()] > 0;
        let in_columns = |values: &[f64]| -> Vec<f64> {
            let columns = columns.iter().map(|gene| gene.filter(known));
            columns
                .map(|gene| gene.map_or(f64::NAN, |gene| values[gene.index()]))
                .collect()
        };
        let (wild_type, noise) = (in_columns(&baseline.levels), in_columns(&baseline.noise));
        let mut knockouts = Vec::new();
        for gene in genes.iter() {
            let rows = rows_of_single_knockout(states, gene);
            if !rows.is_empty() {
                let means = columns.iter().map(|&column| {
                    let sum: f64 = rows.iter().map(|&row| level(states, row, column)).sum();
                    sum / rows.len() as f64
                });
                knockouts.push((gene, means.collect()));
            }
        }
        Self {
            genes,
            wild_type,
            noise,
            knockouts,
        }
    }

    /// Changes of all genes under the knockout of each gene of a row; none if one of them was not
    /// knocked out alone.
    fn changes(&self, changed: &[String]) -> Option<Vec<Vec<f64>>> {
        let names = changed.iter();
        names.map(|name| self.changes_under(name)).collect()
    }

    /// The lowest level that can be predicted: 0, unless levels below it were measured.
    fn floor(&self) -> f64 {
        let knockouts = self.knockouts.iter().flat_map(|(_, levels)| levels);
        let mut levels = self.wild_type.iter().chain(knockouts);
        if levels.any(|x| *x < 0.0) {
            f64::NEG_INFINITY
        } else {
            0.0
        }
    }

    fn changes_under(&self, name: &str) -> Option<Vec<f64>> {
        let gene = self.genes.find(name)?;
        let (_, levels) = self.knockouts.iter().find(|(other, _)| *other == gene)?;
        let pairs = levels.iter().zip(&self.wild_type);
        Some(pairs.map(|(x, center)| x - center).collect())
    }
}

/// The level of a gene in one row; NaN of a gene that the states do not have.
fn level(states: &SteadyStates, row: usize, gene: Option<Gene>) -> f64 {
    gene.map_or(f64::NAN, |gene| states.values()[(row, gene.index())])
}

/// Rows in which this gene was knocked out and nothing else was done.
fn rows_of_single_knockout(states: &SteadyStates, gene: Gene) -> Vec<usize> {
    let samples = states.samples().iter().enumerate();
    let single = samples.filter(|(_, sample)| match sample.interventions() {
        [only] => only.gene == gene && only.change == Change::Knockout,
        _ => false,
    });
    single.map(|(row, _)| row).collect()
}

/// How single changes of one gene make that of several knockouts.
pub(super) enum CombinationRule {
    /// Their sum.
    Additive,
    /// The one of larger size.
    Larger,
}

impl CombinationRule {
    /// The levels that the rule predicts, in the rows and columns of the measurement; never below
    /// 0 unless some measured level is, as logarithms are. None if a single knockout is missing, or if something else
    /// than knockouts was measured.
    ///
    /// * `significant`: whether changes within the noise of their gene count as none
    pub(super) fn predict(
        &self,
        singles: &Singles<'_>,
        measured: &PerturbedStates,
        significant: bool,
    ) -> Option<Mat<f64>> {
        let rows: Option<Vec<Vec<Vec<f64>>>> = measured
            .rows
            .iter()
            .map(|row| {
                let changes = singles.changes(&row.changed);
                changes.filter(|_| row.time.is_none() && row.is_knockout())
            })
            .collect();
        let rows = rows?;
        let floor = singles.floor();
        Some(Mat::from_fn(rows.len(), measured.genes.len(), |i, j| {
            let least = if significant {
                SIGNIFICANT * singles.noise[j]
            } else {
                0.0
            };
            let changes = rows[i].iter().map(|changes| match changes[j] {
                small if small.abs() < least => 0.0,
                change => change,
            });
            let change = match self {
                Self::Additive => changes.sum(),
                Self::Larger => {
                    changes.fold(0.0, |a: f64, b| if b.abs() > a.abs() { b } else { a })
                }
            };
            let wild_type = singles.wild_type[j];
            (wild_type + change).max(floor)
        }))
    }
}
