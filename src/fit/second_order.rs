//! Where the linear part fails: second-order terms, and networks that start from them.
//!
//! With `r = y − Z v` the residual of the linear part, `σ` its standard deviation and `u_j` the
//! integrated, projected square `(x_j − x̄_j)²` of regulator `j`, the score of that term is
//!
//! ```text
//! t_j = u_jᵀ r / (‖u_j‖ σ)
//! ```
//!
//! which is about standard normal where the response is linear; the linear part's own drive is
//! one more such term. Networks are tried if the largest of `2m` normal numbers, `m` terms with two
//! signs, is unlikely to reach `|t|`.
//!
//! The detour is needed because at zero weights a unit does not see a regulator whose effect has no
//! linear part (a hump): the gradient vanishes there, and no value of `λ` would ever let it in. The
//! narrow units therefore start nonlinear, along the terms of the largest scores.

use faer::{Mat, MatRef};

use crate::numeric::{dot, mean, quantile, squared_norm, standard_deviation};

use super::network::TargetNetwork;
use super::target_rows::TargetRows;

/// A second-order term of the residual: a direction in which it has curvature.
#[derive(Clone, Debug)]
pub(crate) struct SecondOrderTerm {
    /// Position among the regulators, or none for the linear part's own drive.
    pub(crate) regulator: Option<usize>,
    /// Test statistic, standard normal where the response is linear; its sign is the curvature's.
    pub(crate) score: f64,
    /// Spread over the nodes of what the term explains, in units of the drive.
    pub(crate) amplitude: f64,
}

/// Second-order terms of all regulators and of the linear part's drive, strongest first.
///
/// * `inputs`: standardised, centred regulators at the nodes, `m × q`
/// * `drive`: the linear part's drive at the nodes, `m × 1`
/// * `freedom`: degrees of freedom of the residual
///
/// # Cost   `O(n·q·k)` for `k` unpenalised columns.
/// # Source the score test of each added term, Rao (1948), Proc. Camb. Phil. Soc. 44:50.
pub(crate) fn second_order_terms(
    rows: &TargetRows<'_>,
    inputs: MatRef<'_, f64>,
    drive: MatRef<'_, f64>,
    freedom: f64,
) -> Vec<SecondOrderTerm> {
    let q = inputs.ncols();
    let fitted = rows.projected(drive);
    let pairs = rows.response.iter().zip(fitted.col(0).iter());
    let residual: Vec<f64> = pairs.map(|(y, f)| y - f).collect();
    let noise = squared_norm(&residual).sqrt() / freedom.max(1.0).sqrt();
    let mut squares = Mat::zeros(inputs.nrows(), q + 1);
    for j in 0..=q {
        let from: Vec<f64> = if j < q {
            inputs.col(j).iter().copied().collect()
        } else {
            drive.col(0).iter().copied().collect()
        };
        let center = mean(&from);
        let to = squares.col_as_slice_mut(j);
        to.iter_mut()
            .zip(&from)
            .for_each(|(to, x)| *to = (x - center).powi(2));
    }
    let terms = rows.projected(squares.as_ref());
    let mut scored = Vec::with_capacity(q + 1);
    for j in 0..=q {
        let term = terms.col_as_slice(j);
        let length = squared_norm(term).sqrt();
        let shared = dot(term, &residual);
        let score = shared / (length * noise);
        if length > 0.0 && score.is_finite() {
            let spread = standard_deviation(squares.col_as_slice(j));
            scored.push(SecondOrderTerm {
                regulator: (j < q).then_some(j),
                score,
                amplitude: spread * shared.abs() / (length * length),
            });
        }
    }
    scored.sort_by(|a, b| b.score.abs().total_cmp(&a.score.abs()));
    scored
}

/// The score that no second-order term of `terms` linear responses is likely to reach.
///
/// The largest of `2m` standard normal numbers is about `√(2 ln 2m)`; the half above it is a margin,
/// of which no neighbouring value was measured. Held-out error decides afterwards, so a lower
/// threshold costs time rather than accuracy.
pub(crate) fn threshold(terms: usize) -> f64 {
    (2.0 * (2.0 * terms as f64).ln()).sqrt() + 0.5
}

/// Correlation of the best parabola in every regulator with the response.
///
/// # Cost   `O(n·q·k)` for `k` unpenalised columns.
pub(crate) fn parabola_correlations(rows: &TargetRows<'_>, inputs: MatRef<'_, f64>) -> Vec<f64> {
    let squares = Mat::from_fn(inputs.nrows(), inputs.ncols(), |i, j| {
        inputs[(i, j)].powi(2)
    });
    let (lines, squares) = (rows.projected(inputs), rows.projected(squares.as_ref()));
    (0..inputs.ncols())
        .map(|j| parabola_correlation(lines.col_as_slice(j), squares.col_as_slice(j), rows))
        .collect()
}

/// Length of the response's projection onto a line and a square; the response has length one.
fn parabola_correlation(line: &[f64], square: &[f64], rows: &TargetRows<'_>) -> f64 {
    let (ll, ss, ls) = (squared_norm(line), squared_norm(square), dot(line, square));
    if ll <= 0.0 {
        return 0.0;
    }
    let (ly, sy) = (dot(line, &rows.response), dot(square, &rows.response));
    let left = ss - ls * ls / ll;
    // a square that the line explains to rounding, as of a regulator with two levels, adds nothing
    let beyond = if left > 1e-9 * ss {
        (sy - ls * ly / ll).powi(2) / left
    } else {
        0.0
    };
    (ly * ly / ll + beyond).sqrt()
}

/// Slope with which a narrow unit starts, in ranges per standard deviation of its direction: steep
/// enough to saturate on one side of the data. Neighbouring values were not measured.
const STEEPNESS: f64 = 1.5;

/// Range of a narrow unit per amplitude of its term. Above 1, since the amplitude is only that of
/// the parabola in it and ranges are not fitted: too narrow a unit cannot grow to the size
/// of the response. Mean held-out R² over five humps and five ANDs of `LogicCase` at 0.5, 1, 2
/// and 4: 0.36, 0.43, 0.45, 0.44.
const ROOM: f64 = 2.0;

/// A second-order direction over the candidates of a network, in which it starts nonlinear.
#[derive(Clone, Debug)]
pub(crate) struct Direction {
    /// Weights over the candidates.
    pub(crate) weights: Vec<f64>,
    /// Sign of the curvature: a valley is positive, a hump negative.
    pub(crate) sign: f64,
    /// Size of what it has to explain, in units of the drive.
    pub(crate) amplitude: f64,
}

impl SecondOrderTerm {
    /// The direction of this term over some candidates.
    ///
    /// * `linear`: weights of the candidates in the linear part, which are the direction of its
    ///   drive
    pub(crate) fn direction(&self, candidates: &[usize], linear: &[f64]) -> Direction {
        Direction {
            weights: match self.regulator {
                Some(j) => candidates
                    .iter()
                    .map(|&c| f64::from(u8::from(c == j)))
                    .collect(),
                None => linear.to_vec(),
            },
            sign: self.score.signum(),
            amplitude: self.amplitude,
        }
    }
}

/// A network that starts as the linear part in its wide unit, with a pair of narrow units
/// along each direction.
///
/// * `inputs`: standardised, centred candidates at the nodes, `m × c`
/// * `linear`: standardised weights of the candidates, `c`
pub(crate) fn start_nonlinear(
    inputs: Mat<f64>,
    linear: &[f64],
    directions: &[Direction],
) -> TargetNetwork {
    let h = 1 + 2 * directions.len();
    let c = inputs.ncols();
    let mut v = vec![0.0; (1 + c) * h];
    let mut ranges = vec![f64::INFINITY];
    for (j, w) in linear.iter().enumerate() {
        v[(1 + j) * h] = *w;
    }
    for direction in directions {
        let along: Vec<f64> = (0..inputs.nrows())
            .map(|i| (0..c).map(|j| direction.weights[j] * inputs[(i, j)]).sum())
            .collect();
        let range = ROOM * direction.amplitude;
        let spread = standard_deviation(&along).max(f64::MIN_POSITIVE);
        let slope = direction.sign * STEEPNESS * range / spread;
        // a valley rises at both ends, a hump falls at both: one unit each, linear around a quartile
        for (side, share) in [(1.0, 0.75), (-1.0, 0.25)] {
            let k = ranges.len();
            let w = side * slope;
            v[k] = -w * quantile(&along, share);
            for j in 0..c {
                v[(1 + j) * h + k] = w * direction.weights[j];
            }
            ranges.push(range);
        }
    }
    TargetNetwork { inputs, ranges, v }
}
