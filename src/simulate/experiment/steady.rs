//! Steady states of a network and of its mutants.

use serde::{Deserialize, Serialize};

use super::{ExperimentError, no_less};

/// A table of steady states.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SteadyTable {
    /// The undisturbed network.
    Wildtype,
    /// Each gene switched off in turn.
    Knockouts,
    /// Each gene weakened in turn.
    Knockdowns,
    /// Each gene raised in turn.
    Overexpression,
    /// All genes raised or lowered a little, another way in each row.
    Multifactorial,
    /// Pairs of genes switched off.
    DualKnockouts,
}

/// Which tables of steady states are made, and how strong their perturbations are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SteadyPlan {
    /// The tables.
    pub tables: Vec<SteadyTable>,
    /// Factor of the transcription of a knocked-down gene.
    pub knockdown: f64,
    /// Factor of the transcription of an overexpressed gene.
    pub overexpression: f64,
    /// Standard deviation of the change of the basal transcription in a multifactorial row, as a
    /// part of the maximal one.
    pub multifactorial: f64,
}

impl Default for SteadyPlan {
    fn default() -> Self {
        Self {
            tables: Vec::new(),
            knockdown: 0.5,
            overexpression: 2.0,
            multifactorial: 0.1,
        }
    }
}

impl SteadyPlan {
    /// Whether the settings are in their range.
    ///
    /// # Errors   [`ExperimentError`] naming the setting, its value and what it has to be.
    pub fn check(&self) -> Result<(), ExperimentError> {
        no_less("knockdown", self.knockdown)?;
        no_less("overexpression", self.overexpression)?;
        no_less("multifactorial", self.multifactorial)
    }
}
