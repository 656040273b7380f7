//! Predictions that need no model: single knockouts put together.

use faer::Mat;

use cistron::expression::{Change, RestingStates};
use cistron::genes::{Gene, Genes};
use cistron::numeric::median;

use super::PerturbedStates;

/// A change counts as significant from this many robust standard deviations on.
const SIGNIFICANT: f64 = 2.5;
/// Standard deviation of a normal variable over its median absolute deviation.
const NORMAL: f64 = 1.4826;

/// What is known from single knockouts, in the columns of the measurement.
pub(super) struct Singles<'a> {
    genes: &'a Genes,
    /// Level of the wild type, one a gene; NaN where it is not known.
    pub(super) wild_type: Vec<f64>,
    /// Robust standard deviation of the levels that no knockout of the gene itself is behind.
    spread: Vec<f64>,
    /// Mean level under every knockout: gene and levels.
    knockouts: Vec<(Gene, Vec<f64>)>,
}

impl<'a> Singles<'a> {
    /// The wild type is the median over the wild type itself and the knockouts of other genes, most
    /// of which leave a gene alone.
    pub(super) fn new(states: &'a RestingStates, columns: &Genes) -> Self {
        let genes = states.genes();
        let places: Vec<Option<Gene>> = columns.names().iter().map(|n| genes.find(n)).collect();
        let value = |row: usize, gene: Option<Gene>| {
            gene.map_or(f64::NAN, |gene| states.values()[(row, gene.index())])
        };
        let untouched = |gene: Option<Gene>| -> Vec<f64> {
            let samples = states.samples().iter().enumerate();
            let others = samples.filter(|(_, one)| one.changed().all(|g| Some(g) != gene));
            let levels = others.map(|(row, _)| value(row, gene));
            levels.filter(|x| !x.is_nan()).collect()
        };
        let levels: Vec<Vec<f64>> = places.iter().map(|&gene| untouched(gene)).collect();
        let wild_type: Vec<f64> = levels.iter().map(|levels| median(levels)).collect();
        let spread = levels.iter().zip(&wild_type).map(|(levels, usual)| {
            let far: Vec<f64> = levels.iter().map(|x| (x - usual).abs()).collect();
            NORMAL * median(&far)
        });
        let mut knockouts = Vec::new();
        for gene in genes.iter() {
            let rows: Vec<usize> = single(states, gene);
            if !rows.is_empty() {
                let mean = |&place: &Option<Gene>| {
                    let sum: f64 = rows.iter().map(|&row| value(row, place)).sum();
                    sum / rows.len() as f64
                };
                knockouts.push((gene, places.iter().map(mean).collect()));
            }
        }
        Self {
            genes,
            spread: spread.collect(),
            wild_type,
            knockouts,
        }
    }

    /// Changes of all genes under the knockout of each gene of a row; none if one of them was not
    /// knocked out by itself.
    fn changes(&self, changed: &[String]) -> Option<Vec<Vec<f64>>> {
        let of = |name: &String| {
            let gene = self.genes.find(name)?;
            let (_, levels) = self.knockouts.iter().find(|(other, _)| *other == gene)?;
            let pairs = levels.iter().zip(&self.wild_type);
            Some(pairs.map(|(x, usual)| x - usual).collect())
        };
        changed.iter().map(of).collect()
    }
}

/// Rows in which this gene was knocked out and nothing else was done.
fn single(states: &RestingStates, gene: Gene) -> Vec<usize> {
    let samples = states.samples().iter().enumerate();
    let alone = samples.filter(|(_, one)| match one.interventions() {
        [only] => only.gene == gene && only.change == Change::Knockout,
        _ => false,
    });
    alone.map(|(row, _)| row).collect()
}

/// How single changes of one gene make that of several knockouts.
pub(super) enum Rule {
    /// Their sum.
    Additive,
    /// The one of larger size.
    Larger,
}

impl Rule {
    /// The levels that the rule predicts, in the rows and columns of the measurement; never below
    /// 0 unless the wild type is. None if a single knockout is missing.
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
            .map(|row| singles.changes(&row.changed).filter(|_| row.time.is_none()))
            .collect();
        let rows = rows?;
        Some(Mat::from_fn(rows.len(), measured.genes.len(), |i, j| {
            let least = if significant {
                SIGNIFICANT * singles.spread[j]
            } else {
                0.0
            };
            let counted = |x: f64| if x.abs() < least { 0.0 } else { x };
            let changes = rows[i].iter().map(|changes| counted(changes[j]));
            let change = match self {
                Self::Additive => changes.sum(),
                Self::Larger => {
                    changes.fold(0.0, |a: f64, b| if b.abs() > a.abs() { b } else { a })
                }
            };
            let usual = singles.wild_type[j];
            (usual + change).max(usual.min(0.0))
        }))
    }
}
