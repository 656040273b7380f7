//! An upper bound: what the noise of the data allows a method that knows the wiring.

use faer::Mat;
use rayon::prelude::*;

use crate::evaluate::GoldStandard;
use crate::simulate::integrate::normal;
use cistron::fit::choose_offsets;
use cistron::genes::Gene;
use cistron::numeric::{Projection, dot, squared_norm};
use cistron::seed::{Purpose, Seed};
use cistron::segments::Segments;
use cistron::trajectory::{Conditions, RowSettings, segments};

use super::{Baseline, BaselineData, PairScores};

/// Truth with measurement noise: an oracle that knows the true wiring, limited only by the noise
/// of the data.
///
/// For every target, least squares of its one-interval increments on its own level, its true
/// regulators and the conditions that held-out prediction finds in the data (an intercept, and
/// offsets of series as the default run has them) gives `t` of every true edge. Every other pair
/// has `t ~ N(0, 1)` from the seed, which is what the statistic of a pair without an edge would be
/// to a perfect method. The oracle also knows the degrees: a pair is scored by its odds
///
/// ```text
/// π/(1 − π) · exp(½ t² τ²/(1 + τ²)),   π = min(½, (kⱼ + ½)(dᵢ + ½) / (m + p))
/// ```
///
/// with `kⱼ` targets of the regulator, `dᵢ` regulators of the target, `m` edges, and `τ²` the
/// variance of the true edges' `t` beyond 1. With few rows `t` is brought to the normal scale,
/// `√((f − ½) ln(1 + t²/f))` for `f` degrees of freedom (Wallace 1959). An edge ranks below chance only if the data do not
/// show it even to someone who knows where to look. The oracle is linear and takes one interval
/// at a time: on data that are not so, a method may still pass it.
///
/// Where the rows do not suffice for all regulators of a target together, each is taken alone.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ceiling<'a> {
    /// What is known, matched by gene name.
    pub(crate) truth: &'a GoldStandard,
}

impl Baseline for Ceiling<'_> {
    fn name(&self) -> &'static str {
        "ceiling"
    }

    fn rank(&self, data: &BaselineData, seed: Seed) -> PairScores {
        let (p, columns) = (data.genes().len(), data.regulators());
        let mut rng = seed.stream(Purpose::Baseline, 1);
        let mut t = Mat::from_fn(p, columns.len(), |_, _| normal(&mut rng));
        let regulators = self.regulators(data);
        let rows = OneIntervalRows::new(data, seed);
        let measured: Vec<Vec<f64>> = (0..p)
            .into_par_iter()
            .map(|i| {
                let genes: Vec<Gene> = regulators[i]
                    .iter()
                    .map(|&column| columns[column])
                    .collect();
                rows.t_values(Gene(i), &genes)
            })
            .collect();
        for (i, (regulators, measured)) in regulators.iter().zip(&measured).enumerate() {
            for (regulator, value) in regulators.iter().zip(measured) {
                t[(i, *regulator)] = *value;
            }
        }
        PairScores::signed(data, odds(&t, &regulators, &measured))
    }
}

/// The odds of every pair, with the sign of its `t`.
///
/// * `regulators`: columns of the true regulators of every target
/// * `measured`: `t` of the true edges alone
fn odds(t: &Mat<f64>, regulators: &[Vec<usize>], measured: &[Vec<f64>]) -> Mat<f64> {
    /// Where the exponent ends: a number overflows beyond `e^709`.
    const LARGEST_EXPONENT: f64 = 600.0;
    let mut targets = vec![0.0; t.ncols()];
    regulators
        .iter()
        .flatten()
        .for_each(|&regulator| targets[regulator] += 1.0);
    let edges: f64 = targets.iter().sum();
    let squares: f64 = measured.iter().flatten().map(|t| t * t).sum();
    let beyond = (squares / edges.max(1.0) - 1.0).max(0.0);
    let slope = 0.5 * beyond / (1.0 + beyond);
    Mat::from_fn(t.nrows(), t.ncols(), |i, j| {
        let degrees = (targets[j] + 0.5) * (regulators[i].len() as f64 + 0.5);
        let expected = degrees / (edges + t.nrows() as f64);
        let prior = expected.min(0.5);
        let evidence = (slope * t[(i, j)] * t[(i, j)]).min(LARGEST_EXPONENT).exp();
        (prior / (1.0 - prior) * evidence).copysign(t[(i, j)])
    })
}

impl Ceiling<'_> {
    /// True regulators of every gene of the data, itself left out, by their columns.
    fn regulators(&self, data: &BaselineData) -> Vec<Vec<usize>> {
        let (genes, known) = (data.genes(), self.truth.genes());
        let mut regulators = vec![Vec::new(); genes.len()];
        for pair in self.truth.pairs().filter(|pair| pair.edge) {
            let [regulator, target] =
                [pair.regulator, pair.target].map(|gene| genes.find(known.name(gene)));
            let column = regulator.and_then(|gene| data.regulators().binary_search(&gene).ok());
            if let (Some(column), Some(target)) = (column, target) {
                // the gold standard lists no self edges
                regulators[target.index()].push(column);
            }
        }
        regulators
    }
}

/// One-interval rows with the conditions that the data speak for.
struct OneIntervalRows {
    rows: Segments,
}

impl OneIntervalRows {
    fn new(data: &BaselineData, seed: Seed) -> Self {
        let conditions = Conditions {
            offsets: choose_offsets(data.series(), None, seed).chosen,
            windows: Vec::new(),
        };
        let rows = segments(data.series(), &conditions, RowSettings::single())
            .expect("offsets are chosen among those that meet the data");
        Self { rows }
    }

    /// `t` of every regulator of a target; 0 where it cannot be told from the others.
    fn t_values(&self, target: Gene, regulators: &[Gene]) -> Vec<f64> {
        let all: Vec<usize> = (0..self.rows.len()).collect();
        let rows = self.rows.known(&all, target);
        let increments: Vec<f64> = rows
            .iter()
            .map(|&row| self.rows.increment(row, target))
            .collect();
        let together = rows.len() > self.rows.covariates().len() + regulators.len() + 1;
        let values = regulators.iter().map(|&regulator| {
            let mut others = vec![target];
            if together {
                others.extend(regulators.iter().filter(|other| **other != regulator));
            }
            let levels = self.levels(&rows, regulator);
            t_value(&self.design(&rows, &others), &levels, &increments)
        });
        values.collect()
    }

    /// Influences besides the genes, then the integrated levels of some genes.
    fn design(&self, rows: &[usize], genes: &[Gene]) -> Mat<f64> {
        let k = self.rows.covariates().len();
        let mut out = Mat::zeros(rows.len(), k + genes.len());
        for (i, &row) in rows.iter().enumerate() {
            for (c, value) in self.rows.design(row).iter().enumerate() {
                out[(i, c)] = *value;
            }
        }
        for (column, &gene) in (k..).zip(genes) {
            out.col_as_slice_mut(column)
                .copy_from_slice(&self.levels(rows, gene));
        }
        out
    }

    /// A gene integrated over every row.
    fn levels(&self, rows: &[usize], gene: Gene) -> Vec<f64> {
        let nodes = self.rows.nodes().col_as_slice(gene.index());
        let integrals = rows.iter().map(|&row| {
            let quadrature = self.rows.quadrature().row(row).iter();
            quadrature.map(|&(node, w)| w * nodes[node]).sum()
        });
        integrals.collect()
    }
}

/// `t = r √(f / (1 − r²))` of the partial correlation `r` of `x` and `y` given the design, with
/// `f` degrees of freedom, on the normal scale.
fn t_value(design: &Mat<f64>, x: &[f64], y: &[f64]) -> f64 {
    let projection = Projection::new(design.as_ref());
    let mut both = Mat::from_fn(x.len(), 2, |row, c| if c == 0 { x[row] } else { y[row] });
    projection.remove_from(both.as_mut());
    let (left, response) = (both.col_as_slice(0), both.col_as_slice(1));
    let (xx, yy) = (squared_norm(left), squared_norm(response));
    let freedom = x.len().saturating_sub(projection.rank() + 1).max(1) as f64;
    if xx <= 1e-20 * squared_norm(x) || yy <= 0.0 {
        return 0.0;
    }
    let r = dot(left, response) / (xx * yy).sqrt();
    let unexplained = (1.0 - r * r).max(1e-12);
    (-(freedom - 0.5) * unexplained.ln()).sqrt().copysign(r)
}
