//! Noise, read from the first samples: all series start from one steady state and nothing has been
//! done yet, so that means and standard deviations need no cutting. The variance `a² + m² level²` is
//! that of the library's [`Baseline`], in which genes far from the line count less.

use super::scaled_table::ScaledTable;
use cistron::expression::{Baseline, Scale};
use cistron::numeric::{mean, median, standard_deviation};

/// The noise of the first samples.
pub(super) struct FirstSampleNoise {
    /// Level and noise of every gene.
    pub(super) baseline: Baseline,
    /// Median spread of genes at low, middle and high levels.
    pub(super) by_level: [f64; 3],
}

impl FirstSampleNoise {
    pub(super) fn new(table: &ScaledTable) -> Self {
        let first: Vec<Vec<f64>> = (0..table.genes).map(|j| table.first(j)).collect();
        let levels: Vec<f64> = first.iter().map(|x| mean(x)).collect();
        let spread: Vec<f64> = first.iter().map(|x| standard_deviation(x)).collect();
        let ranges = [f64::NEG_INFINITY..0.2, 0.2..0.6, 0.6..f64::INFINITY];
        let by_level = ranges.map(|range| {
            let genes = levels.iter().zip(&spread);
            let chosen = genes.filter(|(level, _)| range.contains(*level));
            median(&chosen.map(|(_, spread)| *spread).collect::<Vec<f64>>())
        });
        Self {
            baseline: Baseline::of_replicates(levels, &spread, table.series.len()),
            by_level,
        }
    }

    /// `a` and `m`.
    pub(super) fn parts(&self) -> [f64; 2] {
        self.baseline.variance.map(f64::sqrt)
    }

    pub(super) fn spread_at(&self, level: f64) -> f64 {
        self.baseline.deviation(Scale::IDENTITY, level)
    }
}
