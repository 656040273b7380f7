//! Steady states in other units than the series.
//!
//! The typical level of a gene is about the same in series and in steady states: most conditions
//! leave most genes alone. With `a_j` and `b_j` the medians of gene `j` there and here on the linear
//! scale, `ℓ_j = ln (b_j / a_j)` has a median near 0. A median beyond `ln 4` with genes close to each
//! other is a factor between units; where another scale of the steady states brings the
//! genes together, they are stored on that scale. Where genes are few, high levels decide.

use std::str::FromStr;

use super::level_difference::{
    Difference, TypicalLevels, difference, factor, scale_names, typical_levels,
};
use super::{Data, Stored, StoredError};

/// What the values of steady states are, beside those of the series.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[doc(hidden)]
pub enum SteadyUnit {
    /// Not said: the same, which is checked.
    #[default]
    Checked,
    /// The same, however different they look.
    Same,
    /// Levels times this number are those of the series.
    Times(f64),
    /// Levels are stored on this scale.
    Stored(Stored),
}

/// Steady states that do not look like the series.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[doc(hidden)]
pub enum UnitError {
    /// Another unit.
    #[error(
        "steady states: found levels about {found} times those of the series ({genes} genes), expected \
         the same unit; give `--steady-scale {cure}`, or the exact factor by which they are to be multiplied, or \
         `--steady-scale same` if they really differ"
    )]
    Factor {
        /// How many times.
        found: String,
        /// Genes that were compared.
        genes: usize,
        /// Its inverse.
        cure: String,
    },
    /// Another scale.
    #[error(
        "steady states: found levels that are those of the series on the scale {found}, while the series are {series}; give \
         `--steady-scale {found}`, or `--steady-scale same` if they really differ"
    )]
    Scale {
        /// That of the steady states.
        found: &'static str,
        /// That of the series.
        series: &'static str,
    },
    /// Another scale, and one of the series that was not recognised.
    #[error(
        "steady states: found levels on the scale {found} if those of the series are on the scale {series}; give \
         `--scale {series} --steady-scale {found}`, or `--steady-scale same` if they really differ"
    )]
    Scales {
        /// That of the steady states.
        found: &'static str,
        /// That of the series.
        series: &'static str,
    },
    /// Another unit, or another scale.
    #[error(
        "steady states: found high levels about {found} times those of the series, or logarithms of levels in their \
         unit; give `--steady-scale {scales}` if they are logarithms, `--steady-scale {cure}` to multiply them, or \
         `--steady-scale same` if they really differ"
    )]
    Unclear {
        /// How many times.
        found: String,
        /// Scales on which they are in the same unit.
        scales: String,
        /// The inverse of the factor.
        cure: String,
    },
    /// Changes in place of levels.
    #[error(
        "steady states: found all genes near 1 or near 0 whatever their levels in the series, as of fold changes, \
         expected levels in the unit of the series; give the levels, or `--steady-scale same` if these are levels"
    )]
    Changes,
}

impl FromStr for SteadyUnit {
    type Err = StoredError;

    fn from_str(text: &str) -> Result<Self, StoredError> {
        match text.trim().parse::<f64>() {
            Ok(factor) if factor > 0.0 && factor.is_finite() => Ok(Self::Times(factor)),
            _ if text.trim() == "same" => Ok(Self::Same),
            _ => text.parse().map(Self::Stored),
        }
    }
}

impl Data {
    /// The same data with the steady states in the units of the series.
    ///
    /// * `stored`: the scale of the series
    ///
    /// # Errors   [`UnitError`] for steady states in another unit that was not given.
    /// # Cost     `O(n p log n)`.
    #[doc(hidden)]
    pub fn with_steady_unit(self, unit: SteadyUnit, stored: Stored) -> Result<Self, UnitError> {
        match unit {
            SteadyUnit::Same => Ok(self),
            SteadyUnit::Checked => {
                check(&self, stored)?;
                Ok(self)
            }
            SteadyUnit::Times(factor) => {
                Ok(self.with_steady_levels(stored, |y| factor * stored.linear(y)))
            }
            SteadyUnit::Stored(own) => Ok(self.with_steady_levels(stored, |y| own.linear(y))),
        }
    }

    /// The same with other levels in the steady states; a level of 0 that the series cannot have is half
    /// of their smallest.
    ///
    /// * `level`: the linear level of a value
    fn with_steady_levels(mut self, stored: Stored, level: impl Fn(f64) -> f64) -> Self {
        let values = super::levels::tables(&self).into_iter();
        let values = values.flat_map(|table| table.col_iter().flat_map(|column| column.iter()));
        let linear = values.map(|y| stored.linear(*y)).filter(|x| *x > 0.0);
        let floor = 0.5 * linear.fold(f64::INFINITY, f64::min);
        let value = |y: f64| {
            let x = level(y);
            let zero = stored.is_log() && x <= 0.0 && stored.of_linear(0.0).is_infinite();
            stored.of_linear(if zero { floor } else { x })
        };
        self.map_steady_states(|states| states.mapped(value));
        self
    }
}

/// Refuses steady states of another unit or scale.
fn check(data: &Data, stored: Stored) -> Result<(), UnitError> {
    let (Some(series), Some(steady)) = (data.series(), data.steady_states()) else {
        return Ok(());
    };
    let genes: Vec<Option<usize>> = (0..data.genes().len()).map(Some).collect();
    let there = typical_levels(series);
    let here = TypicalLevels::of(&[steady.values()], &genes);
    Err(match difference(&there, &here, stored) {
        None => return Ok(()),
        Some(Difference::Scale(found)) => UnitError::Scale {
            found: found.name(),
            series: stored.name(),
        },
        Some(Difference::Scales(series, found)) => UnitError::Scales {
            found: found.name(),
            series: series.name(),
        },
        Some(Difference::Factor { log, genes }) => {
            let (found, cure) = factor(log);
            UnitError::Factor { found, genes, cure }
        }
        Some(Difference::Unclear { log, scales }) => {
            let (found, cure) = factor(log);
            let scales = scale_names(&scales, "` or `--steady-scale ");
            UnitError::Unclear {
                found,
                scales,
                cure,
            }
        }
        Some(Difference::Changes) => UnitError::Changes,
    })
}

#[cfg(test)]
mod tests {
    use faer::Mat;

    use super::*;
    use crate::expression::{Expression, Origin, SteadySample, SteadyStates, TimeSeries};
    use crate::genes::Genes;

    /// Series of twelve genes at levels from 1 to 6.5, and steady states of what `value` makes of them.
    fn data(value: impl Fn(f64) -> f64) -> Data {
        let genes = Genes::new((0..12).map(|j| format!("g{j}"))).expect("distinct");
        let level = |j: usize| 1.0 + 0.5 * j as f64;
        let values = Mat::from_fn(3, 12, |i, j| level(j) * (1.0 + 0.1 * i as f64));
        let series = TimeSeries::new("s", vec![0.0, 1.0, 2.0], values).expect("increasing");
        let sample = |name: &str| SteadySample {
            name: name.to_owned(),
            label: String::new(),
            origin: Origin::Interventions(vec![]),
        };
        let samples = vec![sample("wild type 1"), sample("wild type 2")];
        let values = Mat::from_fn(2, 12, |_, j| value(level(j)));
        let states = SteadyStates::new(genes.clone(), samples, values).expect("sound");
        let data = Data::from(Expression::new(genes, vec![series]).expect("sound"));
        data.with_steady_states(states)
    }

    fn refused(value: impl Fn(f64) -> f64) -> String {
        let found = data(value).with_steady_unit(SteadyUnit::Checked, Stored::Linear);
        found.expect_err("another unit").to_string()
    }

    #[test]
    fn another_unit_is_refused_with_the_factor_and_the_cure_works() {
        let error = refused(|x| 1000.0 * x);
        assert!(error.contains("about 1000 times"), "{error}");
        assert!(error.contains("`--steady-scale 0.001`"), "{error}");
        let unit = "0.001".parse().expect("a factor");
        let cured = data(|x| 1000.0 * x).with_steady_unit(unit, Stored::Linear);
        let cured = cured.expect("said");
        let level = cured.steady_states().expect("given").values()[(0, 2)];
        assert!((level - 2.0).abs() < 1e-12);
        // typical levels of the series are 1.1 times these
        let error = refused(|x| 33.0 * x);
        assert!(error.contains("about 30 times"), "{error}");
        assert!(error.contains("`--steady-scale 0.0333`"), "{error}");
        // 400 is not taken for a power of ten
        let error = refused(|x| 440.0 * x);
        assert!(error.contains("`--steady-scale 0.0025`"), "{error}");
    }

    #[test]
    fn fold_changes_are_no_levels() {
        for change in [
            |x: f64| 1.0 + 0.1 * (7.0 * x).sin(),
            |x: f64| 0.2 * (7.0 * x).sin(),
        ] {
            let error = refused(change);
            assert!(error.contains("as of fold changes"), "{error}");
            let same = data(change).with_steady_unit(SteadyUnit::Same, Stored::Linear);
            assert!(same.is_ok());
        }
    }

    #[test]
    fn two_scales_that_explain_the_levels_together_are_named() {
        // the series are log2(x + 1) of many genes in place of linear levels
        let error = refused(|x| (1.1 * x).exp2() - 1.0);
        assert!(
            error.contains("`--scale log2p1 --steady-scale linear`"),
            "{error}"
        );
    }

    #[test]
    fn half_and_double_and_ratios_to_the_wild_type_are_refused() {
        assert!(refused(|x| 2.2 * x).contains("`--steady-scale 0.5`"));
        assert!(refused(|x| 0.5 * x).contains("about 0.455 times"));
        assert!(refused(|_| 1.0).contains("as of fold changes"));
    }

    #[test]
    fn another_scale_is_refused_by_name_and_the_same_unit_is_not() {
        assert!(refused(|x| (100.0 * x).log10() - 2.0).contains("the scale log10"));
        assert!(refused(|x| x.log2() - 0.05).contains("the scale log2"));
        for value in [1.0, 1.7, 0.7] {
            let same = data(|x| value * x);
            assert!(
                same.with_steady_unit(SteadyUnit::Checked, Stored::Linear)
                    .is_ok()
            );
        }
        let unit = "log2".parse().expect("a scale");
        let cured = data(f64::log2).with_steady_unit(unit, Stored::Linear);
        let cured = cured.expect("said");
        assert!((cured.steady_states().expect("given").values()[(1, 0)] - 1.0).abs() < 1e-12);
    }
}
