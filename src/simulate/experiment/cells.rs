//! Single cells: each one a stochastic trajectory of its own.

use serde::{Deserialize, Serialize};

use super::{ExperimentError, need, no_less, positive};

/// Cells that are sampled while they run through the dynamics.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CellPlan {
    /// Number of cells.
    pub count: usize,
    /// How long the process lasts; a cell is sampled at a uniform time in it.
    pub duration: f64,
    /// If given, cells are sampled at these times instead, in equal numbers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub snapshots: Vec<f64>,
    /// Level of every gene at the start, as a part of its full level.
    pub initial: f64,
    /// Mean number of molecules counted in a cell; without it levels are exact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub library: Option<f64>,
    /// Share of the low values that are lost on top, 0 to 1.
    #[serde(default)]
    pub dropout: f64,
}

impl CellPlan {
    /// Whether the settings are in their range.
    ///
    /// # Errors   [`ExperimentError`] naming the setting, its value and what it has to be.
    pub fn check(&self) -> Result<(), ExperimentError> {
        positive("count", self.count as f64)?;
        positive("duration", self.duration)?;
        no_less("initial", self.initial)?;
        for &time in &self.snapshots {
            let inside = time >= 0.0 && time <= self.duration;
            need("snapshots", time, inside, "between 0 and `duration`")?;
        }
        self.library
            .map_or(Ok(()), |size| positive("library", size))?;
        let share = self.dropout;
        need(
            "dropout",
            share,
            (0.0..=1.0).contains(&share),
            "between 0 and 1",
        )
    }
}
