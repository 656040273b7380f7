//! The data of baselines: all samples under one another, and which follow which.

use faer::Mat;

use cistron::expression::{
    Data, Expression, Profiles, SeriesError, SteadyStates, TimeSeries, Transform, TransformError,
};
use cistron::genes::{Gene, Genes};
use cistron::numeric::mean;
use cistron::trajectory::series_of_lineages;

/// Samples on the model's scale, missing values replaced by their gene's mean.
///
/// Samples of series and steady states are pooled.
///
/// Cells with pseudotime are samples as they are; their lineages, averaged in neighbourhoods,
/// are the series.
#[derive(Clone, Debug)]
pub(crate) struct BaselineData {
    series: Expression,
    regulators: Vec<Gene>,
    samples: Mat<f64>,
    /// Where groups of samples that may resemble each other begin: series, cells, steady states.
    units: Vec<usize>,
    /// Filled values of the series under one another, and where each series begins.
    stacked: Mat<f64>,
    starts: Vec<usize>,
    cells: bool,
}

/// Data that baselines cannot be run on.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub(crate) enum BaselineDataError {
    /// The transform does not suit the data.
    #[error(transparent)]
    Transform(#[from] TransformError),
    /// Lineages that make no series.
    #[error(transparent)]
    Series(#[from] SeriesError),
}

impl BaselineData {
    /// The data as every baseline sees them; labels of conditions are dropped.
    ///
    /// # Errors   [`BaselineDataError`] as a run on the same data would have.
    /// # Cost     a few copies of the data.
    pub(crate) fn new(data: &Data, transform: Transform) -> Result<Self, BaselineDataError> {
        let scale = transform.resolve(data.least(), data.looks_logged().is_some())?;
        let (series, cells) = match data.profiles() {
            Profiles::Series(expression) => (expression.on_scale(scale), None),
            Profiles::Cells(cells) => {
                let cells = cells.on_scale(scale);
                (series_of_lineages(&cells)?, Some(cells.values().clone()))
            }
            Profiles::Static(genes) => (Expression::without_series(genes.clone()), None),
        };
        let series = without_labels(&series)?;
        let values: Vec<&Mat<f64>> = series.series().iter().map(TimeSeries::values).collect();
        let raw = under_one_another(&values, series.genes().len());
        let ends = series.series().iter().scan(0, |end, own| {
            *end += own.len();
            Some(*end)
        });
        let starts: Vec<usize> = std::iter::once(0).chain(ends).collect();
        let steady = data.steady_states().map(|states| states.on_scale(scale));
        let pooled = match cells {
            Some(cells) => PooledSamples::single(cells),
            None => PooledSamples::of_series(&raw, &starts),
        };
        let pooled = pooled.with_steady_states(steady.as_ref());
        Ok(Self {
            regulators: series.genes().iter().collect(),
            starts,
            cells: matches!(data.profiles(), Profiles::Cells(_)),
            samples: filled(&pooled.values),
            units: pooled.units,
            stacked: filled(&raw),
            series,
        })
    }

    /// The same data, of which only these genes may regulate.
    #[must_use]
    pub(crate) fn with_regulators(mut self, regulators: impl IntoIterator<Item = Gene>) -> Self {
        self.regulators = regulators.into_iter().collect();
        self.regulators.sort_unstable();
        self
    }

    /// The genes that may regulate, in the order of the genes.
    #[must_use]
    pub(crate) fn regulators(&self) -> &[Gene] {
        &self.regulators
    }

    /// The genes.
    #[must_use]
    pub(crate) fn genes(&self) -> &Genes {
        self.series.genes()
    }

    /// First samples of the series, and every sample outside of series: samples between two of
    /// these belong together.
    #[must_use]
    pub(crate) fn units(&self) -> &[usize] {
        &self.units
    }

    /// All samples or cells, `n × p`, without missing values.
    #[must_use]
    pub(crate) fn samples(&self) -> &Mat<f64> {
        &self.samples
    }

    /// The last sample of every series, `s × p`; all samples if there are fewer than three series
    /// or the data are cells, whose lineages have no common last time.
    #[must_use]
    pub(crate) fn last_samples(&self) -> Mat<f64> {
        let ends: Vec<usize> = self
            .pairs_of_starts()
            .filter(|(a, b)| a < b)
            .map(|(_, b)| b - 1)
            .collect();
        if self.cells || ends.len() < 3 {
            return self.samples.clone();
        }
        rows(&self.stacked, &ends)
    }

    /// Every sample that has a next one in its series, and that next one, both `m × p`.
    #[must_use]
    pub(crate) fn steps(&self) -> (Mat<f64>, Mat<f64>) {
        let from: Vec<usize> = self
            .pairs_of_starts()
            .flat_map(|(a, b)| a..b.max(1) - 1)
            .collect();
        let to: Vec<usize> = from.iter().map(|row| row + 1).collect();
        (rows(&self.stacked, &from), rows(&self.stacked, &to))
    }

    /// The series, gaps and all, without labels of conditions.
    #[must_use]
    pub(crate) fn series(&self) -> &Expression {
        &self.series
    }

    fn pairs_of_starts(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.starts.windows(2).map(|pair| (pair[0], pair[1]))
    }
}

/// Samples under one another, and where each unit of them begins.
struct PooledSamples {
    values: Mat<f64>,
    units: Vec<usize>,
}

impl PooledSamples {
    fn single(values: Mat<f64>) -> Self {
        let units = (0..values.nrows()).collect();
        Self { values, units }
    }

    /// The samples of all series, which lie under one another already.
    fn of_series(stacked: &Mat<f64>, starts: &[usize]) -> Self {
        // of an empty series there is nothing to begin with
        let firsts = starts.windows(2).filter(|pair| pair[0] < pair[1]);
        Self {
            values: stacked.clone(),
            units: firsts.map(|pair| pair[0]).collect(),
        }
    }

    fn with_steady_states(self, states: Option<&SteadyStates>) -> Self {
        let Some(states) = states else { return self };
        let mut units = self.units;
        let first = self.values.nrows();
        units.extend(first..first + states.len());
        let parts = [&self.values, states.values()];
        Self {
            values: under_one_another(&parts, self.values.ncols()),
            units,
        }
    }
}

fn without_labels(expression: &Expression) -> Result<Expression, SeriesError> {
    if expression.series().is_empty() {
        return Ok(expression.clone());
    }
    let series = expression.series().iter().map(|series| {
        let (name, times) = (series.name().to_owned(), series.times().to_vec());
        TimeSeries::new(name, times, series.values().clone())
    });
    Expression::new(
        expression.genes().clone(),
        series.collect::<Result<_, _>>()?,
    )
}

fn under_one_another(parts: &[&Mat<f64>], columns: usize) -> Mat<f64> {
    let mut out = Mat::zeros(parts.iter().map(|part| part.nrows()).sum(), columns);
    let mut row = 0;
    for part in parts {
        out.as_mut().subrows_mut(row, part.nrows()).copy_from(part);
        row += part.nrows();
    }
    out
}

/// Missing values replaced by the mean of their column.
fn filled(values: &Mat<f64>) -> Mat<f64> {
    let mut out = values.clone();
    for j in 0..out.ncols() {
        let column = out.col_as_slice_mut(j);
        let known: Vec<f64> = column.iter().copied().filter(|x| !x.is_nan()).collect();
        let mean = mean(&known);
        column
            .iter_mut()
            .filter(|x| x.is_nan())
            .for_each(|x| *x = mean);
    }
    out
}

fn rows(from: &Mat<f64>, which: &[usize]) -> Mat<f64> {
    Mat::from_fn(which.len(), from.ncols(), |i, j| from[(which[i], j)])
}
