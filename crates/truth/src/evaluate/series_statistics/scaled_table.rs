//! The values on one scale, and what is counted over all of them.

use faer::Mat;

use cistron::expression::Expression;
use cistron::numeric::{mean, median, quantile, standard_deviation};

/// All values as parts of the largest one.
pub(super) struct ScaledTable {
    pub(super) series: Vec<Mat<f64>>,
    pub(super) genes: usize,
    pub(super) points: usize,
    pub(super) interval: f64,
}

impl ScaledTable {
    pub(super) fn new(expression: &Expression) -> Self {
        let series = expression.series();
        let columns = series.iter().flat_map(|own| own.values().col_iter());
        let largest = columns
            .flat_map(|column| column.iter().copied())
            .fold(0.0, f64::max);
        let scale = if largest > 0.0 { 1.0 / largest } else { 1.0 };
        let times = series[0].times();
        let scaled = series.iter().map(|own| {
            let values = own.values();
            Mat::from_fn(own.len(), values.ncols(), |i, j| values[(i, j)] * scale)
        });
        Self {
            series: scaled.collect(),
            genes: expression.genes().len(),
            points: times.len(),
            interval: (times[times.len() - 1] - times[0]) / (times.len() - 1) as f64,
        }
    }

    /// The last sample that is acted on.
    pub(super) fn middle(&self) -> usize {
        (self.points - 1) / 2
    }

    /// All values of a gene.
    pub(super) fn values(&self, gene: usize) -> Vec<f64> {
        let mut values = Vec::new();
        for series in &self.series {
            values.extend(series.col(gene).iter());
        }
        values
    }

    /// All values of every gene.
    pub(super) fn columns(&self) -> Vec<Vec<f64>> {
        (0..self.genes).map(|gene| self.values(gene)).collect()
    }

    /// The first samples of a gene.
    pub(super) fn first(&self, gene: usize) -> Vec<f64> {
        self.series.iter().map(|own| own[(0, gene)]).collect()
    }

    /// Median over genes of the correlation at a lag, over the second half of either part.
    pub(super) fn autocorrelation(&self, lag: usize) -> f64 {
        let correlations: Vec<f64> = (0..self.genes)
            .map(|gene| self.autocorrelation_of(gene, lag))
            .filter(|r| r.is_finite())
            .collect();
        median(&correlations)
    }

    fn autocorrelation_of(&self, gene: usize, lag: usize) -> f64 {
        let middle = self.middle();
        let parts = [
            middle / 2 + 1..middle + 1,
            middle + (self.points - 1 - middle) / 2 + 1..self.points,
        ];
        let (mut product, mut square) = (0.0, 0.0);
        for series in &self.series {
            for part in &parts {
                let values: Vec<f64> = part.clone().map(|i| series[(i, gene)]).collect();
                let center = mean(&values);
                let (n, k) = (values.len() as f64, (values.len() - lag) as f64);
                square += values.iter().map(|x| (x - center).powi(2)).sum::<f64>() / n;
                let pairs = values.iter().zip(&values[lag..]);
                product += pairs.map(|(x, y)| (x - center) * (y - center)).sum::<f64>() / k;
            }
        }
        product / square
    }

    /// Quantiles of `|r|` over all pairs of genes that vary.
    pub(super) fn correlations(&self) -> [f64; 3] {
        let mut columns = self.columns();
        columns.retain(|values| standard_deviation(values) > CONSTANT);
        columns.iter_mut().for_each(|values| standardise(values));
        let mut sizes = Vec::with_capacity(self.genes * self.genes / 2);
        for (j, column) in columns.iter().enumerate() {
            for other in &columns[..j] {
                let r: f64 = column.iter().zip(other).map(|(x, y)| x * y).sum();
                sizes.push(r.abs());
            }
        }
        sizes.sort_by(f64::total_cmp);
        [0.5, 0.9, 0.99].map(|q| quantile(&sizes, q))
    }
}

/// Spread up to which a gene is constant: what rounding leaves of levels up to 1.
const CONSTANT: f64 = 1e-9;

/// Minus the mean, to length one.
fn standardise(values: &mut [f64]) {
    let (center, spread) = (mean(values), standard_deviation(values));
    let scale = spread * ((values.len() - 1) as f64).sqrt();
    values.iter_mut().for_each(|x| *x = (*x - center) / scale);
}
