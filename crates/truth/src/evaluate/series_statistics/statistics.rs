//! Measured series in a few numbers: levels, noise, responses and correlations.

use super::first_samples::FirstSampleNoise;
use super::response::Response;
use super::scaled_table::ScaledTable;
use cistron::expression::Expression;
use cistron::numeric::{mean, median, quantile, standard_deviation};

/// Series that the statistics cannot be taken from.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SeriesStatisticsError {
    /// Too few series to tell noise from signal.
    #[error("there are {found} series; the noise is read from the first samples of 3 or more")]
    Series {
        /// How many there are.
        found: usize,
    },
    /// Samples of a series.
    #[error(
        "series `{series}` has {found} samples and the first one {expected}; all need the same \
         number, 9 or more"
    )]
    Samples {
        /// Name of the series.
        series: String,
        /// Its samples.
        found: usize,
        /// Those of the first series.
        expected: usize,
    },
    /// A missing value.
    #[error("series `{series}` has missing values; leave the series out")]
    Missing {
        /// Name of the series.
        series: String,
    },
}

/// Statistics of series in the design of DREAM4: all start from one steady state, something acts
/// until the middle sample, and then the network relaxes.
///
/// Levels are parts of the largest value of the table, times are in the table's unit. The
/// *baseline* of a gene is the mean of its first samples. The *change* of a gene in a series is
/// the mean over the second half of the acted-on samples less the baseline; it is a *response*
/// if it is above 3 standard deviations of the noise at that level.
#[derive(Clone, Debug, PartialEq)]
pub struct SeriesStatistics {
    /// 10 %, 50 % and 90 % quantile of the mean levels of the genes.
    pub levels: [f64; 3],
    /// Part of all values below 0.02.
    pub near_zero: f64,
    /// Median over genes of the largest less the smallest value.
    pub range: f64,
    /// Median over genes of the standard deviation of `ln(level + 0.01)`.
    pub log_spread: f64,
    /// `a` of the variance of first samples, `a² + m² level²`: noise of low levels; a thousandth of
    /// the largest level for series without noise.
    pub additive_noise: f64,
    /// `m`: relative noise of high levels.
    pub multiplicative_noise: f64,
    /// Median standard deviation of the first samples of genes with a baseline below 0.2, from
    /// 0.2 to 0.6, and above.
    pub noise_at: [f64; 3],
    /// Correlation of deviations from the mean of the second half of either part, at a lag of 1,
    /// 2 and 3 samples: median over genes. Slow fluctuations keep it up, measurement error
    /// takes it down. For white noise it is below 0, as the mean is taken from few samples.
    pub autocorrelation: [f64; 3],
    /// Part of genes and series that respond.
    pub responding: f64,
    /// Median and 90 % quantile of the size of responses.
    pub response_size: [f64; 2],
    /// Part of the change that is reached one sample after the start, over all responses.
    pub first_step: f64,
    /// Time after which `1 − 1/e` of the change is reached, over all responses.
    pub response_time: f64,
    /// Time after the middle at which `1/e` of the change is left, over all responses.
    pub relaxation_time: f64,
    /// Part of the change that is left at the end.
    pub left_at_end: f64,
    /// 50 %, 90 % and 99 % quantile of the absolute correlation of two genes over all samples.
    pub correlation: [f64; 3],
}

impl SeriesStatistics {
    /// Takes the statistics.
    ///
    /// # Errors   [`SeriesStatisticsError`] for fewer than 3 series, or series of different
    ///   length, of fewer than 9 samples or with missing values.
    /// # Cost     `O(samples · p²)` time for the correlations.
    pub fn new(expression: &Expression) -> Result<Self, SeriesStatisticsError> {
        check(expression)?;
        let table = ScaledTable::new(expression);
        let noise = FirstSampleNoise::new(&table);
        let [additive_noise, multiplicative_noise] = noise.parts();
        let response = Response::new(&table, &noise);
        let columns = table.columns();
        let means: Vec<f64> = columns.iter().map(|values| mean(values)).collect();
        let ranges: Vec<f64> = columns
            .iter()
            .map(|values| quantile(values, 1.0) - quantile(values, 0.0))
            .collect();
        let low = columns.iter().flatten().filter(|x| **x < 0.02).count();
        let values = table.genes * table.series.len() * table.points;
        Ok(Self {
            levels: [0.1, 0.5, 0.9].map(|q| quantile(&means, q)),
            near_zero: low as f64 / values as f64,
            range: median(&ranges),
            log_spread: median(&log_spreads(&columns)),
            additive_noise,
            multiplicative_noise,
            noise_at: noise.by_level,
            autocorrelation: [1, 2, 3].map(|lag| table.autocorrelation(lag)),
            responding: response.sizes.len() as f64 / (table.genes * table.series.len()) as f64,
            response_size: [0.5, 0.9].map(|q| quantile(&response.sizes, q)),
            first_step: response.curve[1],
            response_time: table.interval * response.rise(),
            relaxation_time: table.interval * response.fall(table.middle()),
            left_at_end: response.curve[table.points - 1],
            correlation: table.correlations(),
        })
    }

    /// Names and values, in a fixed order, for tables and comparisons.
    #[must_use]
    pub fn named(&self) -> [(&'static str, f64); 24] {
        [
            ("level 10 %", self.levels[0]),
            ("level 50 %", self.levels[1]),
            ("level 90 %", self.levels[2]),
            ("near zero", self.near_zero),
            ("range", self.range),
            ("log spread", self.log_spread),
            ("additive noise", self.additive_noise),
            ("multiplicative noise", self.multiplicative_noise),
            ("noise at low levels", self.noise_at[0]),
            ("noise at middle levels", self.noise_at[1]),
            ("noise at high levels", self.noise_at[2]),
            ("autocorrelation 1", self.autocorrelation[0]),
            ("autocorrelation 2", self.autocorrelation[1]),
            ("autocorrelation 3", self.autocorrelation[2]),
            ("responding", self.responding),
            ("response size 50 %", self.response_size[0]),
            ("response size 90 %", self.response_size[1]),
            ("first step", self.first_step),
            ("response time", self.response_time),
            ("relaxation time", self.relaxation_time),
            ("left at end", self.left_at_end),
            ("correlation 50 %", self.correlation[0]),
            ("correlation 90 %", self.correlation[1]),
            ("correlation 99 %", self.correlation[2]),
        ]
    }
}

/// Standard deviation of `ln(level + 0.01)` of every gene.
fn log_spreads(columns: &[Vec<f64>]) -> Vec<f64> {
    let logs = columns
        .iter()
        .map(|values| values.iter().map(|x| (x + 0.01).ln()).collect());
    logs.map(|logs: Vec<f64>| standard_deviation(&logs))
        .collect()
}

fn check(expression: &Expression) -> Result<(), SeriesStatisticsError> {
    let all = expression.series();
    if all.len() < 3 {
        return Err(SeriesStatisticsError::Series { found: all.len() });
    }
    for series in all {
        if series.len() != all[0].len() || series.len() < 9 {
            return Err(SeriesStatisticsError::Samples {
                series: series.name().to_owned(),
                found: series.len(),
                expected: all[0].len(),
            });
        }
        let mut columns = series.values().col_iter();
        if columns.any(|column| column.iter().any(|x| x.is_nan())) {
            let series = series.name().to_owned();
            return Err(SeriesStatisticsError::Missing { series });
        }
    }
    Ok(())
}
