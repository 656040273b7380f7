//! The settings of an experiment on single cells.

use serde::{Deserialize, Serialize};

use crate::simulate::setting_range::{OutOfRange, require, require_moderate, require_positive};

/// Cells that are sampled while they run through the dynamics.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CellPlan {
    /// Number of cells.
    pub count: usize,
    /// How long the process lasts; a cell is sampled at a uniform time in it.
    pub duration: f64,
    /// If given, cells are sampled at these increasing times instead, in equal numbers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub snapshots: Vec<f64>,
    /// Level of every gene at the start, as a part of its full level.
    pub initial: f64,
    /// Mean number of molecules counted in a cell; without it levels are exact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub library: Option<f64>,
    /// Coefficient of variation of the library size over cells, which is log-normal; 0.4 if not
    /// said.
    #[serde(default = "default_spread", skip_serializing_if = "is_default_spread")]
    pub library_spread: f64,
    /// `q`, 0 to 1: of each gene, the values below its `q`-quantile are lost with probability `q`,
    /// so that `q²` of all are; 0 for no loss.
    ///
    /// # Source   Dropout as in BEELINE, Pratapa et al. (2020), Nat. Methods 17:147.
    #[serde(default)]
    pub dropout: f64,
    /// Whether spliced and unspliced mRNA and the true velocity are measured of every gene, also
    /// of those that the model gives no splicing; see [`CellPlan::run`].
    #[serde(default, skip_serializing_if = "is_false")]
    pub velocity: bool,
}

/// Coefficient of variation of library sizes by default.
const DEFAULT_SPREAD: f64 = 0.4;

fn default_spread() -> f64 {
    DEFAULT_SPREAD
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
fn is_default_spread(spread: &f64) -> bool {
    *spread == DEFAULT_SPREAD
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
fn is_false(asked: &bool) -> bool {
    !asked
}

impl CellPlan {
    /// Whether the settings are in their range.
    ///
    /// # Errors   [`OutOfRange`] naming the setting, its value and what it has to be.
    pub fn check(&self) -> Result<(), OutOfRange> {
        require_positive("count", self.count as f64)?;
        let few = self.count <= 10_000_000;
        require("count", self.count as f64, few, "at most 10 million")?;
        require_positive("duration", self.duration)?;
        require_moderate("initial", self.initial)?;
        for (number, &time) in self.snapshots.iter().enumerate() {
            let inside = time >= 0.0 && time <= self.duration;
            require("snapshots", time, inside, "between 0 and `duration`")?;
            let later = number == 0 || time > self.snapshots[number - 1];
            require("snapshots", time, later, "later than the one before it")?;
        }
        let enough = self.count >= self.snapshots.len();
        let rule = "at least the number of `snapshots`";
        require("count", self.count as f64, enough, rule)?;
        self.library
            .map_or(Ok(()), |size| require_positive("library", size))?;
        let counted = self.library.unwrap_or(1.0);
        require("library", counted, counted <= 1e12, "at most 1e12")?;
        let spread = self.library_spread;
        let moderate = (0.0..=5.0).contains(&spread);
        require("library_spread", spread, moderate, "between 0 and 5")?;
        let share = self.dropout;
        let is_share = (0.0..=1.0).contains(&share);
        require("dropout", share, is_share, "between 0 and 1")
    }
}
