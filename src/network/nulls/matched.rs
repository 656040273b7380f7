//! Genes that are not listed as regulators and look like them.
//!
//! What makes a regulator's course explain a target without regulating it is what both follow: growth
//! rate, batches, the cell cycle. A gene off the list that follows the same to the same degree explains
//! targets as well for that reason. So each regulator gets another gene with the nearest profile
//!
//! ```text
//! mean, ln(standard deviation), lag-1 autocorrelation within series, h² = Σ_{k≤K} l_k²     z-scores
//! l_1 … l_K                                   loadings on the K leading components of all genes
//! ```
//!
//! by Euclidean distance, loadings up to one common sign (a regression has none) and in units of their
//! mean spread. Each gene is given once; regulators that are farthest from any gene choose first.
//!
//! Neighbours on the chromosome (one operon) of a matched gene have no part in it: leave such pairs out
//! of the counts where positions are known. On *B. subtilis*, 350 instead of 250 of the best 500 are
//! expected to be false with them. Where none are known, this null is too strict in bacteria.
//!
//! The number of components matters little: `K` = 0, 1, 3, 5, 10, 20 have 205, 162, 181, 191, 250, 265
//! of the best 500 on *B. subtilis* (199 are not known to be true), no matching at all 203.

use faer::MatRef;

use super::components::CorrelationComponents;
use super::surrogate::SampleOrder;
use crate::genes::Gene;
use crate::numeric::ZScores;

/// Most leading components.
const MOST_COMPONENTS: usize = 10;

/// Samples for each component: with fewer, loadings are noise.
const SAMPLES_PER_COMPONENT: usize = 4;

/// Fewest genes to choose from for each regulator. With 1.5 (DREAM4-100 with its true regulators) the
/// matched genes say 29 of the best 50 where 13 are false, knockoffs 11.
const CANDIDATES_PER_REGULATOR: usize = 3;

/// For each regulator a gene that is not one, all different.
///
/// * `values`: samples × all genes, on the scale of the fit, without missing values
/// * returns genes in the order of `regulators`; none if fewer than three genes for each regulator are
///   left to choose from
///
/// # Panics   if a regulator or a row of `order` is not in `values` (a bug in the caller).
/// # Cost     `O(np · min(n, p) + qpK)`.
#[must_use]
pub fn matched_genes(
    values: MatRef<'_, f64>,
    order: &SampleOrder,
    regulators: &[Gene],
) -> Option<Vec<Gene>> {
    let mut free = vec![true; values.ncols()];
    for regulator in regulators {
        free[regulator.index()] = false;
    }
    let candidates = free.iter().filter(|free| **free).count();
    if regulators.is_empty() || candidates < CANDIDATES_PER_REGULATOR * regulators.len() {
        return None;
    }
    let profiles = MatchProfiles::new(values, order);
    let mut by_distance: Vec<(f64, usize)> = regulators
        .iter()
        .enumerate()
        .map(|(j, regulator)| (profiles.nearest(*regulator, &free).0, j))
        .collect();
    by_distance.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut matched = vec![Gene(0); regulators.len()];
    for (_, j) in by_distance {
        let (_, gene) = profiles.nearest(regulators[j], &free);
        free[gene.index()] = false;
        matched[j] = gene;
    }
    Some(matched)
}

/// What genes are matched by.
struct MatchProfiles {
    /// Four z-scores of each gene.
    summaries: Vec<[f64; 4]>,
    /// `K` scaled loadings of each gene.
    loadings: Vec<Vec<f64>>,
}

impl MatchProfiles {
    fn new(values: MatRef<'_, f64>, order: &SampleOrder) -> Self {
        let standard = ZScores::new(values);
        let z = standard.values.as_ref();
        let p = z.ncols();
        let components = CorrelationComponents::new(z);
        let most = MOST_COMPONENTS.min(z.nrows() / SAMPLES_PER_COMPONENT);
        let kept = most.min(components.variances.len());
        let loading =
            |gene: usize, k: usize| components.axes[(gene, k)] * components.variances[k].sqrt();
        let mut loadings: Vec<Vec<f64>> = (0..p)
            .map(|gene| (0..kept).map(|k| loading(gene, k)).collect())
            .collect();
        let spread = |values: &mut dyn Iterator<Item = f64>| standard_scores(values.collect()).1;
        let communality = loadings
            .iter()
            .map(|l| l.iter().map(|x| x * x).sum())
            .collect();
        let deviations = standard.deviations.iter();
        let columns = [
            standard.means.clone(),
            deviations.map(|d| d.max(f64::MIN_POSITIVE).ln()).collect(),
            (0..p).map(|gene| autocorrelation(z, order, gene)).collect(),
            communality,
        ]
        .map(|column| standard_scores(column).0);
        let unit = (0..kept)
            .map(|k| spread(&mut loadings.iter().map(|l| l[k])))
            .sum::<f64>()
            / kept.max(1) as f64;
        if unit > 0.0 {
            loadings.iter_mut().flatten().for_each(|l| *l /= unit);
        }
        Self {
            summaries: (0..p)
                .map(|gene| [0, 1, 2, 3].map(|at| columns[at][gene]))
                .collect(),
            loadings,
        }
    }

    /// Squared distance, and the free gene at it; the first of several.
    fn nearest(&self, regulator: Gene, free: &[bool]) -> (f64, Gene) {
        let genes = (0..free.len()).filter(|gene| free[*gene]);
        genes
            .map(|gene| (self.distance(regulator.index(), gene), Gene(gene)))
            .min_by(|a, b| a.0.total_cmp(&b.0))
            .expect("three genes for each regulator were free at the start")
    }

    fn distance(&self, a: usize, b: usize) -> f64 {
        let summaries = self.summaries[a].iter().zip(&self.summaries[b]);
        let (mut same, mut opposite) = (0.0, 0.0);
        for (x, y) in self.loadings[a].iter().zip(&self.loadings[b]) {
            same += (x - y) * (x - y);
            opposite += (x + y) * (x + y);
        }
        summaries.map(|(x, y)| (x - y) * (x - y)).sum::<f64>() + f64::min(same, opposite)
    }
}

/// Lag-1 autocorrelation about the means of the series, pooled; 0 without two samples in a row.
fn autocorrelation(z: MatRef<'_, f64>, order: &SampleOrder, gene: usize) -> f64 {
    let (mut products, mut squares) = (0.0, 0.0);
    for rows in &order.series {
        let series: Vec<f64> = rows.iter().map(|&row| z[(row, gene)]).collect();
        let mean = crate::numeric::mean(&series);
        products += series
            .windows(2)
            .map(|pair| (pair[0] - mean) * (pair[1] - mean))
            .sum::<f64>();
        squares += series.iter().map(|x| (x - mean).powi(2)).sum::<f64>();
    }
    if squares > 0.0 {
        products / squares
    } else {
        0.0
    }
}

/// `(x − mean)/deviation`, and the deviation; zeros where nothing varies.
fn standard_scores(mut values: Vec<f64>) -> (Vec<f64>, f64) {
    let mean = crate::numeric::mean(&values);
    let deviation = crate::numeric::standard_deviation(&values);
    let scale = if deviation > 0.0 {
        1.0 / deviation
    } else {
        0.0
    };
    values.iter_mut().for_each(|x| *x = (*x - mean) * scale);
    (values, deviation)
}

#[cfg(test)]
mod tests {
    use faer::Mat;
    use rand::Rng;

    use super::*;
    use crate::seed::{Purpose, Seed};

    fn noise(n: usize, p: usize, index: u64) -> Mat<f64> {
        let mut rng = Seed(6).stream(Purpose::Synthetic, index);
        Mat::from_fn(n, p, |_, _| rng.random_range(-1.0..1.0))
    }

    fn order(n: usize) -> SampleOrder {
        SampleOrder {
            series: vec![(0..n).collect()],
            singles: Vec::new(),
        }
    }

    #[test]
    fn each_regulator_finds_its_twin_of_either_sign() {
        let (n, q) = (40, 5);
        let factors = noise(n, 4, 0);
        let mixed = factors * noise(4, 30, 1) + noise(n, 30, 2) * faer::Scale(0.3);
        // regulators 0..5, their twins 29, 28, …; every second one upside down about the mean
        let values = Mat::from_fn(n, 30, |i, j| {
            let twin = 29 - j;
            if twin < q {
                let mean = mixed.col_as_slice(twin).iter().sum::<f64>() / n as f64;
                let sign = if twin % 2 == 0 { 1.0 } else { -1.0 };
                mean + sign * (mixed[(i, twin)] - mean)
            } else {
                mixed[(i, j)]
            }
        });
        let regulators: Vec<Gene> = (0..q).map(Gene).collect();
        let matched = matched_genes(values.as_ref(), &order(n), &regulators);
        assert_eq!(matched, Some((0..q).map(|j| Gene(29 - j)).collect()));
    }

    #[test]
    fn matched_genes_differ_and_are_no_regulators() {
        let values = noise(20, 24, 3);
        let regulators: Vec<Gene> = (0..24).step_by(4).map(Gene).collect();
        let matched = matched_genes(values.as_ref(), &order(20), &regulators).expect("18 of 18");
        let mut distinct = matched.clone();
        distinct.sort_unstable();
        distinct.dedup();
        assert_eq!(distinct.len(), regulators.len());
        assert!(matched.iter().all(|gene| !regulators.contains(gene)));
    }

    #[test]
    fn with_too_few_other_genes_nothing_is_matched() {
        let values = noise(20, 24, 3);
        let regulators: Vec<Gene> = (0..7).map(Gene).collect();
        assert_eq!(
            matched_genes(values.as_ref(), &order(20), &regulators),
            None
        );
        assert_eq!(matched_genes(values.as_ref(), &order(20), &[]), None);
    }

    #[test]
    fn a_slow_regulator_is_matched_by_a_slow_gene() {
        // the same values in order and out of order: only the autocorrelation differs
        let n = 40;
        let values = Mat::from_fn(n, 8, |i, j| {
            let step = if j < 3 { 1 } else { 7 + 2 * j };
            (((i * step) % n) as f64 / n as f64 - 0.5).abs()
        });
        let matched = matched_genes(values.as_ref(), &order(n), &[Gene(1)]).expect("7 of 3");
        assert!(matched[0].index() < 3, "{matched:?}");
    }
}
