//! The rows that targets are fitted to, and which genes are fitted to which.

use crate::expression::{Data, Expression, SteadyStates};
use crate::genes::Gene;
use crate::loci::Loci;
use crate::regime::Regimes;
use crate::segments::{Covariate, Segments};
use crate::trajectory::{AllSamples, Conditions, level_rows, segments_with_steady_states};

use super::{InferError, Settings};

/// Rows of one set of data.
pub(super) struct FitRows {
    /// Increments of slow genes; where there are no series, levels.
    pub(super) rows: Segments,
    /// All samples.
    pub(super) samples: AllSamples,
    /// Which genes are fast.
    pub(super) regimes: Regimes,
    /// Levels beside increments.
    levels: Option<Segments>,
}

/// Series and steady states of the data on the model's scale, and what acts on them.
#[derive(Clone, Copy)]
pub(super) struct ScaledData<'a> {
    pub(super) data: &'a Data,
    pub(super) expression: &'a Expression,
    pub(super) steady_states: Option<&'a SteadyStates>,
    pub(super) conditions: &'a Conditions,
    /// Measured half-life of every gene, none where it is not known.
    pub(super) half_lives: Option<&'a [Option<f64>]>,
}

impl FitRows {
    pub(super) fn new(
        scaled: ScaledData<'_>,
        settings: &Settings,
        regulators: &[Gene],
    ) -> Result<Self, InferError> {
        let ScaledData {
            data,
            expression,
            steady_states: states,
            conditions,
            half_lives,
        } = scaled;
        let samples = AllSamples::new(expression, states);
        if data.is_static() {
            let intercept = [Covariate::free("intercept")];
            let regimes = Regimes::choose(&samples, regulators);
            return Ok(Self {
                rows: level_rows(expression, states, conditions, &intercept)?,
                regimes: measured(regimes, half_lives),
                samples,
                levels: None,
            });
        }
        let rows = segments_with_steady_states(expression, states, conditions, settings.rows)?;
        let regimes = match data.series() {
            Some(_) => Regimes::choose(&samples, regulators),
            // of cells in pseudotime, whose samples are means over the same cells, no gene is fast
            None => Regimes::slow(samples.levels.ncols()),
        };
        let regimes = measured(regimes, half_lives);
        let levels = (regimes.fast() > 0)
            .then(|| level_rows(expression, states, conditions, rows.covariates()))
            .transpose()?;
        Ok(Self {
            rows,
            samples,
            regimes,
            levels,
        })
    }

    /// Positions of the genes by systematic names.
    pub(super) fn loci_by_name(&self) -> Option<Loci> {
        Loci::from_names(self.rows.genes(), self.samples.levels.as_ref())
    }

    /// Rows of levels, if there is a fast gene.
    pub(super) fn levels(&self) -> Option<&Segments> {
        match self.regimes.fast() {
            0 => None,
            _ => Some(self.levels.as_ref().unwrap_or(&self.rows)),
        }
    }
}

/// The regimes with half-lives, where there are any.
fn measured(regimes: Regimes, half_lives: Option<&[Option<f64>]>) -> Regimes {
    match half_lives {
        Some(half_lives) => regimes.with_half_lives(half_lives),
        None => regimes,
    }
}
