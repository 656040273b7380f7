//! Options about the scale of the levels: how files store them, and the transform of the model.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};

use cistron::expression::{
    Data, ScaleChoice, SteadyStates, SteadyUnit, Stored, Transform, TransformError, UnitError,
};
use cistron::run::Settings;

/// Which transform of the linear levels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum TransformName {
    /// The one that makes noise constant: none, sqrt or log.
    #[default]
    Auto,
    /// Square root.
    Sqrt,
    /// ln(1 + x).
    Log1p,
    /// log2(x + c), c > 0 where there are zeros.
    Log,
    /// Linear levels as they are.
    None,
}

/// The scale of the levels.
#[derive(Args, Clone, Debug)]
pub(crate) struct ScaleArgs {
    /// Scale on which the files store levels; default: recognised by range, negative values and
    /// centring
    #[arg(long, value_name = "NAME", value_parser = scale_names())]
    scale: Option<Stored>,
    /// Transform of the levels in the model, on the linear scale
    #[arg(long, value_name = "NAME", default_value = "auto")]
    transform: TransformName,
    /// Scale or unit of the steady states, if it is not that of the series: a name as for --scale, a number by which
    /// their levels are multiplied, or `same`; default: compared with the series
    #[arg(long, alias = "knockouts-scale", value_name = "NAME|FACTOR")]
    steady_scale: Option<SteadyUnit>,
}

pub(crate) fn scale_names() -> impl TypedValueParser<Value = Stored> {
    PossibleValuesParser::new(Stored::names()).try_map(|name| name.parse())
}

/// Data of which the scale is not as it was said.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ScaleError {
    /// Values that a scale or transform cannot take.
    #[error("{file}: {source}")]
    Values {
        /// The data.
        file: String,
        /// What they have.
        source: TransformError,
    },
    /// Steady states in another unit than the series.
    #[error(transparent)]
    Unit(#[from] UnitError),
}

/// Data in one unit, with its scale.
pub(crate) struct ScaledData {
    pub(crate) data: Data,
    pub(crate) choice: ScaleChoice,
}

impl ScaleArgs {
    /// Steady states in the unit of the series, and the scale of the model.
    ///
    /// # Errors   [`ScaleError`] for steady states of another unit and values that a scale cannot take.
    pub(crate) fn apply(&self, data: Data, file: &str) -> Result<ScaledData, ScaleError> {
        let stored = self.scale.unwrap_or_else(|| data.recognised_scale());
        let unit = self.steady_scale.unwrap_or_default();
        let data = data.with_steady_unit(unit, stored)?;
        let mut settings = Settings::default();
        self.set(&mut settings);
        let choice = settings.scale(&data).map_err(|source| {
            let steady = data.steady_states().map(SteadyStates::least);
            let file = if steady == Some(source.value) {
                "steady states"
            } else {
                file
            };
            let file = file.to_owned();
            ScaleError::Values { file, source }
        })?;
        Ok(ScaledData { data, choice })
    }

    /// Takes from others what these do not give.
    pub(crate) fn fill_from(&mut self, others: &Self) {
        self.scale = self.scale.or(others.scale);
        if self.transform == TransformName::Auto {
            self.transform = others.transform;
        }
        self.steady_scale = self.steady_scale.or(others.steady_scale);
    }

    /// Sets what the user said.
    pub(crate) fn set(&self, settings: &mut Settings) {
        settings.stored = self.scale;
        settings.transform = self.transform.into();
    }
}

impl From<TransformName> for Transform {
    fn from(name: TransformName) -> Self {
        match name {
            TransformName::Auto => Self::Auto,
            TransformName::Sqrt => Self::Sqrt,
            TransformName::Log1p => Self::Log1p,
            TransformName::Log => Self::Log,
            TransformName::None => Self::Identity,
        }
    }
}
