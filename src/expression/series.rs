//! Time series of expression, with missing values as NaN.

use faer::Mat;
use ndarray::ArrayView2;

use crate::genes::{Gene, Genes};

use super::intervention::check_interventions;
use super::{Intervention, InterventionError, Scale};

/// What is wrong with a time series.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum SeriesError {
    /// Times and rows do not match.
    #[error("series `{series}`: {times} times for {rows} samples; give one time for each sample")]
    Lengths {
        /// Name of the series.
        series: String,
        /// Number of times.
        times: usize,
        /// Number of rows.
        rows: usize,
    },
    /// A time is repeated or goes backwards.
    #[error(
        "series `{series}`: time {time} at sample {sample} does not come after {previous}; \
         sort the samples, and give replicates a `series` of their own"
    )]
    NotIncreasing {
        /// Name of the series.
        series: String,
        /// Sample, counted from 1.
        sample: usize,
        /// Its time.
        time: f64,
        /// The time before it.
        previous: f64,
    },
    /// A value is infinite.
    #[error(
        "series `{series}`, sample {sample}, gene `{gene}`: the value is infinite; \
         correct it or leave the cell empty"
    )]
    Infinite {
        /// Name of the series.
        series: String,
        /// Sample, counted from 1.
        sample: usize,
        /// Name of the gene.
        gene: String,
    },
    /// Columns and genes do not match.
    #[error("series `{series}` has {found} columns for {expected} genes")]
    Columns {
        /// Name of the series.
        series: String,
        /// Columns in the matrix.
        found: usize,
        /// Genes expected.
        expected: usize,
    },
    /// Two series have one name.
    #[error("two series are called `{series}`; give each its own name")]
    DuplicateName {
        /// The repeated name.
        series: String,
    },
    /// An intervention is not sound.
    #[error("series `{series}`: {source}")]
    Intervention {
        /// Name of the series.
        series: String,
        /// What is wrong.
        source: Box<InterventionError>,
    },
    /// Nothing to work on.
    #[error("there is no time series with two samples; at least one is needed to see change")]
    TooFew,
}

/// One series: samples of all genes at strictly increasing times.
#[derive(Clone, Debug)]
pub struct TimeSeries {
    name: String,
    times: Vec<f64>,
    values: Mat<f64>,
    conditions: Vec<String>,
    interventions: Vec<Intervention>,
}

impl TimeSeries {
    /// A series of `n` samples of `p` genes; NaN stands for a missing value.
    ///
    /// * `times`: `n` strictly increasing numbers, any unit of time
    /// * `values`: `n × p`, row = sample, column = gene
    ///
    /// # Errors   [`SeriesError`] naming the series and the sample, counted from 1.
    pub fn new(
        name: impl Into<String>,
        times: Vec<f64>,
        values: Mat<f64>,
    ) -> Result<Self, SeriesError> {
        let name = name.into();
        if times.len() != values.nrows() {
            return Err(SeriesError::Lengths {
                series: name,
                times: times.len(),
                rows: values.nrows(),
            });
        }
        for (at, pair) in times.windows(2).enumerate() {
            if pair[0] >= pair[1] || !pair[1].is_finite() || !pair[0].is_finite() {
                return Err(SeriesError::NotIncreasing {
                    series: name,
                    sample: at + 2,
                    time: pair[1],
                    previous: pair[0],
                });
            }
        }
        let conditions = vec![String::new(); times.len()];
        Ok(Self {
            name,
            times,
            values,
            conditions,
            interventions: Vec::new(),
        })
    }

    /// The same from a row-major array, converted once at the border.
    ///
    /// # Errors   as [`TimeSeries::new`].
    pub fn from_array(
        name: impl Into<String>,
        times: Vec<f64>,
        values: ArrayView2<'_, f64>,
    ) -> Result<Self, SeriesError> {
        let values = Mat::from_fn(values.nrows(), values.ncols(), |i, j| values[[i, j]]);
        Self::new(name, times, values)
    }

    /// The same series with a condition label on every sample.
    ///
    /// # Panics   if there is not one label for each sample (a bug in the caller).
    #[must_use]
    pub fn with_conditions(mut self, conditions: Vec<String>) -> Self {
        assert_eq!(conditions.len(), self.times.len(), "one label a sample");
        self.conditions = conditions;
        self
    }

    /// The same series with what was done to its genes, besides what is known already; levels in
    /// units of the file. [`Expression::new`] checks them.
    #[must_use]
    pub fn with_interventions(mut self, interventions: Vec<Intervention>) -> Self {
        self.interventions.extend(interventions);
        self
    }

    /// Name of the series.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Strictly increasing times, `n`.
    #[must_use]
    pub fn times(&self) -> &[f64] {
        &self.times
    }

    /// Values `n × p`; NaN where missing.
    #[must_use]
    pub fn values(&self) -> &Mat<f64> {
        &self.values
    }

    /// Condition label of every sample; empty where none was given.
    #[must_use]
    pub fn conditions(&self) -> &[String] {
        &self.conditions
    }

    /// What was done to its genes, and when.
    #[must_use]
    pub fn interventions(&self) -> &[Intervention] {
        &self.interventions
    }

    /// Genes whose own equation does not hold from `start` to `end`, in order: an intervention acts
    /// on them there, or from `end` on, as the sample at `end` may already show it.
    #[must_use]
    pub(crate) fn changed_between(&self, start: f64, end: f64) -> Vec<Gene> {
        let acting = self.interventions.iter().filter(|done| {
            let window = done.window;
            window.is_none_or(|span| span.start <= end && start < span.end)
        });
        let mut genes: Vec<Gene> = acting.map(|done| done.gene).collect();
        genes.sort_unstable();
        genes.dedup();
        genes
    }

    /// Number of samples, `n`.
    #[must_use]
    pub fn len(&self) -> usize {
        self.times.len()
    }

    /// Whether the series has no sample.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.times.is_empty()
    }
}

/// Time series of the same genes.
#[derive(Clone, Debug)]
pub struct Expression {
    genes: Genes,
    series: Vec<TimeSeries>,
}

impl Expression {
    /// Puts series of the same genes together.
    ///
    /// # Errors   [`SeriesError`] if a series has other columns, an infinite value, a name that
    ///   stands twice, an intervention that is not sound, or if no series has two samples.
    pub fn new(genes: Genes, series: Vec<TimeSeries>) -> Result<Self, SeriesError> {
        for (at, one) in series.iter().enumerate() {
            if one.values.ncols() != genes.len() {
                return Err(SeriesError::Columns {
                    series: one.name.clone(),
                    found: one.values.ncols(),
                    expected: genes.len(),
                });
            }
            if series[..at].iter().any(|other| other.name == one.name) {
                return Err(SeriesError::DuplicateName {
                    series: one.name.clone(),
                });
            }
            check_interventions(&one.interventions, &genes).map_err(|source| {
                let series = one.name.clone();
                let source = Box::new(source);
                SeriesError::Intervention { series, source }
            })?;
            for j in 0..genes.len() {
                if let Some(i) = (0..one.len()).find(|&i| one.values[(i, j)].is_infinite()) {
                    return Err(SeriesError::Infinite {
                        series: one.name.clone(),
                        sample: i + 1,
                        gene: genes.name(Gene(j)).to_owned(),
                    });
                }
            }
        }
        if series.iter().all(|one| one.len() < 2) {
            return Err(SeriesError::TooFew);
        }
        Ok(Self { genes, series })
    }

    /// No series of these genes: what data have that are steady states and nothing else.
    #[doc(hidden)]
    #[must_use]
    pub fn without_series(genes: Genes) -> Self {
        let series = Vec::new();
        Self { genes, series }
    }

    /// The genes, in the order of the columns.
    #[must_use]
    pub fn genes(&self) -> &Genes {
        &self.genes
    }

    /// The series, in the order of the file.
    #[must_use]
    pub fn series(&self) -> &[TimeSeries] {
        &self.series
    }

    /// Number of samples over all series.
    #[must_use]
    pub fn samples(&self) -> usize {
        self.series.iter().map(TimeSeries::len).sum()
    }

    /// Number of values that are missing.
    #[must_use]
    pub fn missing(&self) -> usize {
        let columns = self
            .series
            .iter()
            .flat_map(|series| series.values.col_iter());
        columns
            .flat_map(|column| column.iter())
            .filter(|x| x.is_nan())
            .count()
    }

    /// The same series on another scale.
    #[must_use]
    pub fn on_scale(&self, scale: Scale) -> Self {
        let mut series = self.series.clone();
        for values in series.iter_mut().map(|series| &mut series.values) {
            for column in values.col_iter_mut() {
                column.iter_mut().for_each(|x| *x = scale.forward(*x));
            }
        }
        Self {
            genes: self.genes.clone(),
            series,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repeated_time_is_refused_with_its_sample() {
        let error = TimeSeries::new("s", vec![0.0, 1.0, 1.0], Mat::zeros(3, 1))
            .expect_err("time 1 stands twice");
        assert!(error.to_string().contains("time 1 at sample 3"));
    }

    #[test]
    fn an_infinite_value_is_refused_with_gene_and_sample() {
        let genes = Genes::new(["a", "b"]).expect("distinct");
        let mut values = Mat::zeros(3, 2);
        values[(1, 1)] = f64::INFINITY;
        let series = TimeSeries::new("s", vec![0.0, 1.0, 2.0], values).expect("times increase");
        let error = Expression::new(genes, vec![series]).expect_err("infinite");
        assert!(error.to_string().contains("sample 2, gene `b`"));
    }
}
