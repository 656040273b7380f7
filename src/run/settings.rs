//! Everything that may be chosen about a run.

use serde::{Deserialize, Serialize};

use crate::expression::{Transform, Window};
use crate::fit::FitSettings;
use crate::refit::RefitSettings;
use crate::seed::Seed;
use crate::trajectory::{Offsets, RowSettings};

/// Where the offsets of single series come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OffsetSetting {
    /// Chosen by held-out prediction, whether and when something changes included.
    #[default]
    Auto,
    /// Something changes at this time in every series; which side is special is chosen.
    ShiftAt(f64),
    /// These.
    Fixed(Offsets),
}

impl OffsetSetting {
    pub(super) fn fixed(self) -> Offsets {
        match self {
            Self::Fixed(offsets) => offsets,
            Self::Auto | Self::ShiftAt(_) => Offsets::None,
        }
    }
}

/// Settings of a run; the defaults are the same for every data set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// Where all randomness comes from.
    pub seed: Seed,
    /// Variance-stabilising transform.
    pub transform: Transform,
    /// Offsets of single series.
    pub offsets: OffsetSetting,
    /// Named windows in which a condition lasts.
    pub windows: Vec<Window>,
    /// How series are cut into segments.
    pub rows: RowSettings,
    /// The fit.
    pub fit: FitSettings,
    /// The refit of the model through its differential equations; none if the model is to stay as
    /// the penalised fit leaves it.
    pub refit: Option<RefitSettings>,
    /// What is written of the result.
    pub output: OutputSettings,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            seed: Seed::default(),
            transform: Transform::default(),
            offsets: OffsetSetting::default(),
            windows: Vec::new(),
            rows: RowSettings::default(),
            fit: FitSettings::default(),
            refit: Some(RefitSettings::default()),
            output: OutputSettings::default(),
        }
    }
}

/// How much of a result is written into its folder; the result does not depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutputSettings {
    /// Maximum number of edges in `edges.tsv`.
    pub edges: usize,
    /// Number of edges in `network.graphml`; if not given, the default edges of the network.
    pub graph_edges: Option<usize>,
}

impl Default for OutputSettings {
    fn default() -> Self {
        Self {
            // all pairs of 1,000 genes; of 10,000 genes the first hundredth
            edges: 1_000_000,
            graph_edges: None,
        }
    }
}
