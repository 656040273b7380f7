//! Everything that may be chosen about a run.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use super::InferError;
use crate::expression::{Stored, Transform, Window};
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

/// Whether activities of regulators take the place of their mRNA.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActivityChoice {
    /// Where known pairs are supported by the data and genes are fast.
    #[default]
    Auto,
    /// Never.
    Off,
}

/// Settings of a run; the defaults are the same for every data set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Settings {
    /// Where all randomness comes from.
    pub seed: Seed,
    /// How the files store levels; none if it is recognised.
    pub stored: Option<Stored>,
    /// Variance-stabilising transform.
    #[serde(deserialize_with = "transform_of_any_version")]
    pub transform: Transform,
    /// Offsets of single series.
    pub offsets: OffsetSetting,
    /// Named windows in which a condition lasts.
    pub windows: Vec<Window>,
    /// Whether activities of regulators are estimated from known pairs.
    pub activity: ActivityChoice,
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

/// Earlier records have a transform that was given as `{"fixed": NAME}`.
fn transform_of_any_version<'de, D: Deserializer<'de>>(input: D) -> Result<Transform, D::Error> {
    let value = Value::deserialize(input)?;
    let name = value.get("fixed").unwrap_or(&value);
    if name == "identity" {
        return Ok(Transform::Identity);
    }
    Transform::deserialize(name).map_err(D::Error::custom)
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            seed: Seed::default(),
            stored: None,
            transform: Transform::default(),
            offsets: OffsetSetting::default(),
            windows: Vec::new(),
            activity: ActivityChoice::default(),
            rows: RowSettings::default(),
            fit: FitSettings::default(),
            refit: Some(RefitSettings::default()),
            output: OutputSettings::default(),
        }
    }
}

impl Settings {
    /// Refuses values with which a computation makes no sense.
    ///
    /// # Errors   [`InferError::Setting`] for the first of them.
    pub(super) fn check(&self) -> Result<(), InferError> {
        let fit = &self.fit;
        let (first, last) = fit.path;
        let weight = self.rows.steady_weight;
        let rules = [
            (
                "fit.levels",
                fit.levels.to_string(),
                "1 or more",
                fit.levels >= 1,
            ),
            (
                "fit.folds",
                fit.folds.to_string(),
                "2 or more",
                fit.folds >= 2,
            ),
            (
                "fit.sweeps",
                fit.sweeps.to_string(),
                "1 or more",
                fit.sweeps >= 1,
            ),
            (
                "fit.path",
                format!("{first} to {last}"),
                "shares of 1 above 0, the first not below the last",
                0.0 < last && last <= first && first <= 1.0,
            ),
            (
                "fit.tolerance",
                fit.tolerance.to_string(),
                "a number above 0",
                fit.tolerance > 0.0 && fit.tolerance.is_finite(),
            ),
            (
                "rows.steady_weight",
                weight.to_string(),
                "a number of 0 or more",
                weight >= 0.0 && weight.is_finite(),
            ),
        ];
        match rules.into_iter().find(|(.., sound)| !sound) {
            Some((name, found, expected, _)) => Err(InferError::Setting {
                name,
                found,
                expected,
            }),
            None => Ok(()),
        }
    }
}

/// How much of a result is written into its folder; the result does not depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct OutputSettings {
    /// Maximum number of edges in `edges.tsv`.
    pub edges: usize,
    /// Number of edges in `network.graphml`; if not given, those that stand out, or the
    /// best 20 where none does.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_without_sense_are_refused_by_name() {
        assert!(Settings::default().check().is_ok());
        type Change = fn(&mut Settings);
        let changes: [(&str, Change); 5] = [
            ("fit.levels", |one| one.fit.levels = 0),
            ("fit.folds", |one| one.fit.folds = 1),
            ("fit.path", |one| one.fit.path = (1.0, 0.0)),
            ("fit.tolerance", |one| one.fit.tolerance = f64::NAN),
            ("rows.steady_weight", |one| one.rows.steady_weight = -1.0),
        ];
        for (name, change) in changes {
            let mut settings = Settings::default();
            change(&mut settings);
            let error = settings.check().expect_err(name).to_string();
            assert!(error.contains(name), "{error}");
        }
    }
}
