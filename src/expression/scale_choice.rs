//! The scale of a model: how the file stores levels, and the transform that makes noise constant.
//!
//! Noise grows with the level as `σ ∝ xᵃ` ([`noise_exponent`](super::noise_exponent)), measured on
//! the linear scale, so that the choice does not depend on how levels are stored. The root is chosen
//! unless `a` is clearly nearer to 0 (no transform) or to 1 (the logarithm): by two standard errors.
//! Logarithms of an unknown base stay what they are unless `a` is clearly nearer to the root.
//! Ratios have the logarithm, on which twice and half are as far from no change.
//!
//! Exponents as measured (2026-11-28; standard error; logarithms turned into levels before):
//!
//! | data | `a` | transform |
//! |---|---|---|
//! | DREAM4, 100 genes, five networks | 0.51 to 0.55 ± 0.02 | root |
//! | DREAM4, 10 genes, five networks | 0.44 to 0.52 ± 0.06 | root |
//! | DREAM3 networks, new data, ten networks | 0.50 to 0.62 ± 0.03 | root |
//! | generated, 20 and 100 genes, 14 networks | 0.43 to 0.55 ± 0.03 | root |
//! | mCAD, repressilator (published circuits) | 0.43, 0.69 ± 0.03 | root |
//! | yeast cell cycle, RNA-seq, logarithms of unknown base | 0.77 ± 0.05 | log, as stored |
//! | *E. coli* stress, arrays | 1.08 ± 0.02 | log |
//! | *B. subtilis*, arrays | 1.15 ± 0.02 | log |
//! | yeast, Eisen, log ratios | 1.31 ± 0.24 | log |

use super::levels::Levels;
use super::noise_exponent::{NoiseExponent, noise_exponent};
use super::recognition::{named_or_recognised, trace};
use super::{
    Data, LevelTransform, Profiles, Scale, SteadyStates, Stored, Transform, TransformError,
};
use crate::numeric::exact;

/// The middle between the exponents of no transform and of the root, ...
const ROOT_FROM: f64 = 0.25;
/// ... and between those of the root and of the logarithm.
const ROOT_TO: f64 = 0.75;
/// Standard errors by which an exponent is on the other side.
const CLEARLY: f64 = 2.0;

/// A scale, and why it is that one.
#[derive(Clone, Debug, PartialEq)]
#[doc(hidden)]
pub struct ScaleChoice {
    /// The scale.
    pub scale: Scale,
    /// Why levels are taken to be stored so.
    pub stored_reason: String,
    /// Why the model has this transform.
    pub transform_reason: String,
    /// What else was decided: values below 0.
    pub note: Option<String>,
}

impl ScaleChoice {
    /// The scale of data.
    ///
    /// * `stored`: how levels are stored; recognised if it is not given
    ///
    /// # Errors   [`TransformError`] for values below 0 where there can be none.
    /// # Cost     `O(n p log np)`.
    pub fn new(
        data: &Data,
        stored: Option<Stored>,
        transform: Transform,
    ) -> Result<Self, TransformError> {
        let levels = Levels::of(data);
        let (stored, stored_reason) = match stored {
            Some(stored) => (stored, "given".to_owned()),
            None => {
                let found = named_or_recognised(data, &levels);
                (found.stored, found.reason)
            }
        };
        let small = (data.least() < 0.0)
            .then(|| trace(&Levels::with_steady_states(data)))
            .flatten();
        let negative = data.least() < 0.0 && small.is_none();
        check(stored, transform, negative, data.least())?;
        let extremes = Extremes::of(data, stored);
        let (transform, transform_reason) = match transform {
            Transform::Auto if !stored.is_log() && !stored.is_ratio() && negative => {
                let reason = format!("values down to {} are below 0", data.least());
                (LevelTransform::Identity, reason)
            }
            Transform::Auto => automatic(data, stored, extremes),
            given => (of_given(given, stored, extremes), "given".to_owned()),
        };
        let floor = match transform {
            LevelTransform::Log(0.0) => 0.5 * extremes.positive,
            _ if stored.is_log() && stored.added() == 0.0 => 0.5 * extremes.positive,
            _ => 0.0,
        };
        Ok(Self {
            scale: Scale::of(stored, transform, floor),
            stored_reason,
            transform_reason,
            note: small
                .filter(|_| transform != LevelTransform::Identity && !stored.is_log())
                .map(|(count, least)| below_zero(count, least)),
        })
    }

    /// What was chosen and why, one sentence each.
    #[must_use]
    pub fn notes(&self) -> Vec<String> {
        let Scale {
            stored,
            transform,
            floor,
        } = self.scale;
        let base = match stored {
            _ if stored.is_known() => "",
            Stored::Unclear => "; taken as linear",
            _ => "; doses and fold changes need the base: give it with `--scale`",
        };
        let mut out = vec![format!(
            "scale {}: {}{base}",
            stored.name(),
            self.stored_reason
        )];
        let zero = match transform {
            LevelTransform::Log(c) if c > 0.0 => format!(", pseudocount {c:.3e}"),
            _ if floor > 0.0 => format!(", a level of 0 is {floor:.3e} on the linear scale"),
            _ => String::new(),
        };
        out.push(format!(
            "transform {}{zero}: {}",
            transform.name(),
            self.transform_reason
        ));
        out.extend(self.note.clone());
        out
    }

    /// Both readings of levels that may be logarithms.
    #[doc(hidden)]
    #[must_use]
    pub fn warning(&self) -> Option<String> {
        let unclear = self.scale.stored == Stored::Unclear;
        unclear.then(|| {
            format!(
                "levels are taken as linear, and may be logarithms ({}): say `--scale linear` or `--scale log2`, `log2p1`, \
                 `ln`, `log1p`, `log10`; doses and fold changes need it",
                self.stored_reason
            )
        })
    }
}

fn below_zero(count: usize, least: f64) -> String {
    let values = if count == 1 { "value is" } else { "values are" };
    format!(
        "{count} {values} below 0, down to {}, and taken as 0: few and tiny beside the others",
        exact(least)
    )
}

/// Smallest levels on the linear scale.
#[derive(Clone, Copy)]
struct Extremes {
    least: f64,
    /// The smallest above 0; 1 where there is none.
    positive: f64,
}

impl Extremes {
    fn of(data: &Data, stored: Stored) -> Self {
        let tables = super::levels::tables(data).into_iter();
        let tables = tables.chain(data.steady_states().map(SteadyStates::values));
        let mut found = Self {
            least: f64::INFINITY,
            positive: f64::INFINITY,
        };
        for y in tables.flat_map(|table| table.col_iter().flat_map(|column| column.iter())) {
            let x = stored.linear(*y);
            found.least = found.least.min(x);
            if x > 0.0 {
                found.positive = found.positive.min(x);
            }
        }
        if !(found.positive.is_finite() && found.positive >= f64::MIN_POSITIVE) {
            found.positive = 1.0;
        }
        found
    }
}

/// Refuses values below 0 where there can be none.
fn check(
    stored: Stored,
    transform: Transform,
    negative: bool,
    value: f64,
) -> Result<(), TransformError> {
    let name = match (stored, transform) {
        _ if !negative => return Ok(()),
        (Stored::Log2p1 | Stored::Log1p | Stored::Ratio, _) => stored.name(),
        // the scale was recognised or is the default: logarithms were not given
        (
            Stored::Linear | Stored::Unclear | Stored::Log | Stored::LogPlusOne | Stored::LogRatio,
            _,
        ) => match transform {
            Transform::Auto | Transform::Identity => return Ok(()),
            Transform::Sqrt => "sqrt",
            Transform::Log1p => "log1p",
            Transform::Log => "log",
        },
        _ => return Ok(()),
    };
    let what = if stored.name() == name {
        "scale"
    } else {
        "transform"
    };
    Err(TransformError { name, what, value })
}

fn of_given(transform: Transform, stored: Stored, extremes: Extremes) -> LevelTransform {
    match transform {
        // logarithms of an unknown base have no linear scale
        Transform::Identity if stored.is_log() && !stored.is_known() => LevelTransform::Log(0.0),
        Transform::Identity => LevelTransform::Identity,
        Transform::Sqrt => LevelTransform::Sqrt,
        Transform::Log1p => LevelTransform::Log1p,
        Transform::Log | Transform::Auto => {
            LevelTransform::Log(pseudocount(stored, extremes, None))
        }
    }
}

/// The transform that makes noise constant.
fn automatic(data: &Data, stored: Stored, extremes: Extremes) -> (LevelTransform, String) {
    let log = |noise| LevelTransform::Log(pseudocount(stored, extremes, noise));
    if stored.is_ratio() {
        let reason = "twice and half of a reference are as far from it".to_owned();
        return (log(None), reason);
    }
    if matches!(data.profiles(), Profiles::Cells(_)) {
        let reason = "noise of cells is not separated from their course".to_owned();
        return (root_or(log(None), stored), reason);
    }
    let Some(noise) = noise_exponent(data, stored) else {
        let reason = if data.is_static() {
            "noise is not known: there are no replicates, or too few"
        } else {
            "noise is not separated from the course, or there are too few samples"
        };
        return (root_or(log(None), stored), reason.to_owned());
    };
    let by = CLEARLY * noise.error;
    // of a level that is known up to a power, the logarithm is safer than the root
    let known = stored.is_known() || !stored.is_log();
    let towards_log = if known { -by } else { by };
    let curve = if noise.exponent + towards_log > ROOT_TO {
        log(Some(noise))
    } else if noise.exponent + by < ROOT_FROM {
        LevelTransform::Identity
    } else {
        LevelTransform::Sqrt
    };
    let source = if noise.replicates {
        "of replicates"
    } else {
        "between neighbouring samples"
    };
    let reason = format!(
        "noise {source} grows with the level to the power of {:.2} ± {:.2} (none: 0, sqrt: 0.5, log: 1)",
        noise.exponent, noise.error
    );
    (curve, reason)
}

/// The root, where no noise says otherwise; the logarithm as it is where its base is unknown.
fn root_or(log: LevelTransform, stored: Stored) -> LevelTransform {
    if stored.is_known() || !stored.is_log() {
        LevelTransform::Sqrt
    } else {
        log
    }
}

/// What is added to levels before their logarithm is taken: nothing where all are above 0, else
/// the level at which noise starts to grow; of logarithms of an unknown base, what they have.
fn pseudocount(stored: Stored, extremes: Extremes, noise: Option<NoiseExponent>) -> f64 {
    if stored == Stored::LogPlusOne {
        return stored.added();
    }
    if extremes.least > 0.0 {
        return 0.0;
    }
    let crossing = noise.and_then(|noise| noise.crossing);
    crossing.map_or(0.5 * extremes.positive, |x| x.max(0.5 * extremes.positive))
}
