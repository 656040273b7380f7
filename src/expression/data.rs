//! Everything that was measured of one system: what a run starts from.

use serde::{Deserialize, Serialize};

use crate::genes::Genes;

use super::{Cells, Expression, SteadyStates, Stored, TimeSeries};

/// Expression profiles in one of the forms that a run can start from.
#[derive(Clone, Debug)]
pub enum Profiles {
    /// Time series.
    Series(Expression),
    /// Cells with pseudotime.
    Cells(Cells),
    /// Nothing over time: all samples of these genes are steady states.
    Static(Genes),
}

/// What was decided while files were read, and what the user should look at. One sentence each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Notes {
    /// Decisions: separator, orientation, where series begin, what was left out.
    pub decisions: Vec<String>,
    /// Warnings after which the run can go on, each naming what it concerns.
    pub warnings: Vec<String>,
}

/// The scale of levels that the name of their column says.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct NamedScale {
    pub(crate) stored: Stored,
    /// Name of the column.
    pub(crate) column: String,
}

/// A file that was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputFile {
    /// Path, as it was given.
    pub path: String,
    /// SHA-256 of the content in hexadecimal digits.
    pub sha256: String,
}

/// Expression profiles, steady states if there are any, and how they were read.
///
/// All values are in the units of the files. [`cistron::open`](crate::open) reads it from a file;
/// in a program it is made from an [`Expression`], from [`Cells`] or from [`SteadyStates`]:
/// ```
/// use cistron::expression::{Data, Expression, TimeSeries};
/// use cistron::genes::Genes;
///
/// let genes = Genes::new(["fliA", "fliL"])?;
/// let values = faer::mat![[1.0, 0.1], [2.0, 0.3], [4.0, 0.9]];
/// let series = TimeSeries::new("1", vec![0.0, 5.0, 10.0], values)?;
/// let data = Data::from(Expression::new(genes, vec![series])?);
/// assert_eq!(data.genes().len(), 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Data {
    profiles: Profiles,
    steady_states: Option<SteadyStates>,
    named_scale: Option<NamedScale>,
    /// How the data were read; empty for data that were not read from files.
    pub notes: Notes,
    /// The files that were read, in this order.
    pub files: Vec<InputFile>,
    /// The unit of the times in the plural, such as `hours`, where the files name one.
    #[doc(hidden)]
    pub time_unit: Option<&'static str>,
}

impl From<Expression> for Data {
    fn from(series: Expression) -> Self {
        Self::new(Profiles::Series(series))
    }
}

impl From<Cells> for Data {
    fn from(cells: Cells) -> Self {
        Self::new(Profiles::Cells(cells))
    }
}

/// Steady states without any series: see [`Profiles::Static`].
impl From<SteadyStates> for Data {
    fn from(states: SteadyStates) -> Self {
        Self {
            steady_states: Some(states.clone()),
            ..Self::new(Profiles::Static(states.genes().clone()))
        }
    }
}

impl Data {
    fn new(profiles: Profiles) -> Self {
        Self {
            profiles,
            steady_states: None,
            named_scale: None,
            notes: Notes::default(),
            files: Vec::new(),
            time_unit: None,
        }
    }

    /// The same profiles with more steady states, beside those that are there.
    ///
    /// # Panics   if the steady states are of other genes (a bug in the caller).
    #[must_use]
    pub fn with_steady_states(mut self, more: SteadyStates) -> Self {
        assert_eq!(
            self.genes(),
            more.genes(),
            "steady states are of the genes of the profiles"
        );
        self.steady_states = Some(match self.steady_states {
            Some(before) => before.joined(&more),
            None => more,
        });
        self
    }

    /// The same levels, where their file says their scale.
    pub(crate) fn with_named_scale(mut self, scale: Option<NamedScale>) -> Self {
        self.named_scale = scale;
        self
    }

    /// The scale that the file says.
    pub(super) fn named_scale(&self) -> Option<&NamedScale> {
        self.named_scale.as_ref()
    }

    /// The profiles.
    #[must_use]
    pub fn profiles(&self) -> &Profiles {
        &self.profiles
    }

    /// Whether there are steady states and nothing else.
    #[doc(hidden)]
    #[must_use]
    pub fn is_static(&self) -> bool {
        matches!(self.profiles, Profiles::Static(_))
    }

    /// The time series; none for cells and for steady states without series.
    #[must_use]
    pub fn series(&self) -> Option<&Expression> {
        match &self.profiles {
            Profiles::Series(series) => Some(series),
            Profiles::Cells(_) | Profiles::Static(_) => None,
        }
    }

    /// The steady states, in the same units as the profiles.
    #[must_use]
    pub fn steady_states(&self) -> Option<&SteadyStates> {
        self.steady_states.as_ref()
    }

    /// The genes.
    #[must_use]
    pub fn genes(&self) -> &Genes {
        match &self.profiles {
            Profiles::Series(series) => series.genes(),
            Profiles::Cells(cells) => cells.genes(),
            Profiles::Static(genes) => genes,
        }
    }

    /// Changes the steady states, where there are any.
    pub(super) fn map_steady_states(&mut self, map: impl FnOnce(SteadyStates) -> SteadyStates) {
        self.steady_states = self.steady_states.take().map(map);
    }

    /// The smallest value that is not missing, in profiles and steady states; infinite without any.
    #[must_use]
    pub fn least(&self) -> f64 {
        let steady = self.steady_states();
        let steady = steady.map_or(f64::INFINITY, SteadyStates::least);
        let least = |values: &faer::Mat<f64>| {
            let values = values.col_iter().flat_map(|column| column.iter());
            values.copied().fold(f64::INFINITY, f64::min)
        };
        let profiles = match &self.profiles {
            Profiles::Series(expression) => {
                let series = expression.series().iter().map(TimeSeries::values);
                series.map(least).fold(f64::INFINITY, f64::min)
            }
            Profiles::Cells(cells) => least(cells.values()),
            Profiles::Static(_) => f64::INFINITY,
        };
        profiles.min(steady)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expression::{Origin, SteadySample};

    #[test]
    fn steady_states_are_data_without_series() {
        let genes = Genes::new(["a", "b"]).expect("distinct");
        let samples = vec![SteadySample::new("row 1", Origin::Multifactorial)];
        let states = SteadyStates::new(genes.clone(), samples, faer::mat![[3.0, -1.0]]);
        let data = Data::from(states.expect("sound"));
        assert!(data.is_static() && data.series().is_none());
        assert_eq!(data.genes(), &genes);
        assert_eq!(data.least(), -1.0);
        assert_eq!(data.steady_states().map(SteadyStates::len), Some(1));
    }
}
