//! The values on one scale, and what is counted over all of them.

use faer::Mat;

use cistron::expression::Expression;
use cistron::numeric::{mean, median, quantile, standard_deviation};

/// All values as parts of the largest one.
pub(super) struct Table {
    pub(super) series: Vec<Mat<f64>>,
    pub(super) genes: usize,
    pub(super) points: usize,
    pub(super) interval: f64,
}

impl Table {
    pub(super) fn new(expression: &Expression) -> Self {
        let series = expression.series();
        let values = |one: &Mat<f64>| {
            let all = one.col_iter().flat_map(|column| column.iter().copied());
            all.fold(0.0, f64::max)
        };
        let most = series
            .iter()
            .map(|one| values(one.values()))
            .fold(0.0, f64::max);
        let scale = if most > 0.0 { 1.0 / most } else { 1.0 };
        let times = series[0].times();
        Self {
            series: series
                .iter()
                .map(|one| {
                    Mat::from_fn(one.len(), one.values().ncols(), |i, j| {
                        one.values()[(i, j)] * scale
                    })
                })
                .collect(),
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
    pub(super) fn all(&self, gene: usize) -> Vec<f64> {
        let of = |one: &Mat<f64>| one.col(gene).iter().copied().collect::<Vec<f64>>();
        self.series.iter().flat_map(of).collect()
    }

    /// The first samples of a gene.
    pub(super) fn first(&self, gene: usize) -> Vec<f64> {
        self.series.iter().map(|one| one[(0, gene)]).collect()
    }

    /// Median over genes of the correlation at a lag, over the second half of either part.
    pub(super) fn autocorrelation(&self, lag: usize) -> f64 {
        let middle = self.middle();
        let parts = [
            middle / 2 + 1..middle + 1,
            middle + (self.points - 1 - middle) / 2 + 1..self.points,
        ];
        let of_gene = |j: usize| {
            let (mut product, mut square) = (0.0, 0.0);
            for one in &self.series {
                for part in &parts {
                    let values: Vec<f64> = part.clone().map(|i| one[(i, j)]).collect();
                    let center = mean(&values);
                    let (n, k) = (values.len() as f64, (values.len() - lag) as f64);
                    square += values.iter().map(|x| (x - center).powi(2)).sum::<f64>() / n;
                    let pairs = values.iter().zip(&values[lag..]);
                    product += pairs.map(|(x, y)| (x - center) * (y - center)).sum::<f64>() / k;
                }
            }
            product / square
        };
        let all: Vec<f64> = (0..self.genes)
            .map(of_gene)
            .filter(|r| r.is_finite())
            .collect();
        median(&all)
    }

    /// Quantiles of `|r|` over all pairs of genes that vary.
    pub(super) fn correlations(&self) -> [f64; 3] {
        let standard = |j: usize| {
            let all = self.all(j);
            let (center, spread) = (mean(&all), standard_deviation(&all));
            let scale = spread * ((all.len() - 1) as f64).sqrt();
            all.iter()
                .map(|x| (x - center) / scale)
                .collect::<Vec<f64>>()
        };
        let varies = |&j: &usize| standard_deviation(&self.all(j)) > 1e-9;
        let columns: Vec<Vec<f64>> = (0..self.genes).filter(varies).map(standard).collect();
        let mut found = Vec::with_capacity(self.genes * self.genes / 2);
        for (j, one) in columns.iter().enumerate() {
            for two in &columns[..j] {
                let r: f64 = one.iter().zip(two).map(|(x, y)| x * y).sum();
                found.push(r.abs());
            }
        }
        found.sort_by(f64::total_cmp);
        [0.5, 0.9, 0.99].map(|q| quantile(&found, q))
    }
}
