//! Penalties on the weights of one regulator: what keeps a network sparse.
//!
//! The fit minimises `½‖y − Z v‖² + Σ_j λ c_j Ω(v_j)` (`fit`), in which `v_j ∈ ℝʰ` are the weights of
//! regulator `j`, one per unit. A group that is zero as a whole is an absent edge, so `Ω` has a kink
//! at 0. A penalty is its table of formulas: value, proximal map, distance from optimality, and the
//! `λ` at which a group enters.

mod group_lasso;
mod lasso;
mod mcp;
mod sparse_group;

pub(crate) use group_lasso::GroupLasso;
pub(crate) use lasso::Lasso;
pub(crate) use mcp::Mcp;
pub(crate) use sparse_group::SparseGroup;

use serde::{Deserialize, Serialize};

/// A penalty `Ω` on the weights `w ∈ ℝʰ` of one regulator, at one `λ`.
pub(crate) trait Penalty: Copy + Send + Sync {
    /// The same penalty at `λ`.
    fn at(self, lambda: f64) -> Self;

    /// `Ω(w)`.
    fn value(&self, w: &[f64]) -> f64;

    /// `w ← argmin_u ½‖u − w‖² + s·Ω(u)`, in place.
    fn prox(&self, w: &mut [f64], s: f64);

    /// Distance from `−g` to `∂Ω(w)`: zero exactly when `w` is stationary and `g` the gradient
    /// of the loss there.
    fn violation(&self, w: &[f64], g: &[f64]) -> f64;

    /// The `λ` at which a group whose gradient at zero is `g` leaves zero.
    fn entry(&self, g: &[f64]) -> f64;
}

/// The penalties by name, for settings and the command line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PenaltyKind {
    /// `λ‖w‖₂`: a regulator is in or out as a whole.
    #[default]
    GroupLasso,
    /// `λ‖w‖₁`: single weights are in or out.
    Lasso,
    /// `λ(½‖w‖₂ + ½‖w‖₁)`: regulators and single weights.
    SparseGroup,
    /// Minimax concave penalty on `‖w‖₂` with γ = 3: strong regulators are not shrunk.
    Mcp,
}

/// Runs `$body` with `$penalty` bound to the implementor of the given kind.
macro_rules! with_penalty {
    ($kind:expr, $penalty:ident => $body:expr) => {
        match $kind {
            $crate::penalty::PenaltyKind::GroupLasso => {
                let $penalty = $crate::penalty::GroupLasso { lambda: 0.0 };
                $body
            }
            $crate::penalty::PenaltyKind::Lasso => {
                let $penalty = $crate::penalty::Lasso { lambda: 0.0 };
                $body
            }
            $crate::penalty::PenaltyKind::SparseGroup => {
                let $penalty = $crate::penalty::SparseGroup {
                    lambda: 0.0,
                    mix: 0.5,
                };
                $body
            }
            $crate::penalty::PenaltyKind::Mcp => {
                let $penalty = $crate::penalty::Mcp {
                    lambda: 0.0,
                    gamma: 3.0,
                };
                $body
            }
        }
    };
}
pub(crate) use with_penalty;

/// `‖w‖₂`.
pub(crate) fn norm(w: &[f64]) -> f64 {
    match w {
        [x] => x.abs(),
        _ => w.iter().map(|x| x * x).sum::<f64>().sqrt(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seed::{Purpose, Seed};
    use rand::Rng;

    /// `prox` must satisfy its own optimality condition: the gradient of `½‖u − w‖²/s` at `u`.
    fn prox_is_optimal<P: Penalty>(penalty: P) {
        let mut rng = Seed(3).stream(Purpose::Synthetic, 0);
        for round in 0..400 {
            let h = 1 + round % 5;
            let s = rng.random_range(0.05..1.5);
            let penalty = penalty.at(rng.random_range(0.0..2.0));
            let w: Vec<f64> = (0..h).map(|_| rng.random_range(-3.0..3.0)).collect();
            let mut u = w.clone();
            penalty.prox(&mut u, s);
            let g: Vec<f64> = u.iter().zip(&w).map(|(u, w)| (u - w) / s).collect();
            let violation = penalty.violation(&u, &g);
            assert!(
                violation < 1e-9,
                "violation {violation} at w = {w:?}, u = {u:?}, s = {s}"
            );
        }
    }

    /// Just above `entry` the zero group is stationary, just below it is not.
    fn entry_is_the_border<P: Penalty>(penalty: P) {
        let mut rng = Seed(4).stream(Purpose::Synthetic, 0);
        for h in 1..6 {
            let g: Vec<f64> = (0..h).map(|_| rng.random_range(-3.0..3.0)).collect();
            let entry = penalty.entry(&g);
            let zero = vec![0.0; h];
            assert!(penalty.at(entry * 1.000_001).violation(&zero, &g) == 0.0);
            assert!(penalty.at(entry * 0.999).violation(&zero, &g) > 0.0);
        }
    }

    /// A stationary point of the prox problem has no better neighbour.
    fn prox_has_no_better_neighbour<P: Penalty>(penalty: P) {
        let mut rng = Seed(5).stream(Purpose::Synthetic, 0);
        for _ in 0..200 {
            let penalty = penalty.at(rng.random_range(0.0..2.0));
            let w: Vec<f64> = (0..3).map(|_| rng.random_range(-3.0..3.0)).collect();
            let mut u = w.clone();
            penalty.prox(&mut u, 0.7);
            let best = prox_cost(penalty, &u, &w);
            for _ in 0..20 {
                let near: Vec<f64> = u
                    .iter()
                    .map(|x| x + rng.random_range(-0.05..0.05))
                    .collect();
                assert!(prox_cost(penalty, &near, &w) >= best - 1e-12);
            }
        }
    }

    fn prox_cost<P: Penalty>(penalty: P, u: &[f64], w: &[f64]) -> f64 {
        let far: f64 = u.iter().zip(w).map(|(u, w)| (u - w).powi(2)).sum();
        0.5 * far + 0.7 * penalty.value(u)
    }

    #[test]
    fn every_penalty_keeps_its_contract() {
        macro_rules! all { ($($penalty:expr),*) => { $(
            prox_is_optimal($penalty);
            entry_is_the_border($penalty);
            prox_has_no_better_neighbour($penalty);
        )* } }
        all!(
            GroupLasso { lambda: 0.0 },
            Lasso { lambda: 0.0 },
            SparseGroup {
                lambda: 0.0,
                mix: 0.5
            },
            Mcp {
                lambda: 0.0,
                gamma: 3.0
            }
        );
    }

    #[test]
    fn groups_of_one_equal_the_lasso() {
        for w in [-2.0, -0.4, 0.0, 0.7, 3.0] {
            let (mut a, mut b) = ([w], [w]);
            GroupLasso { lambda: 0.5 }.prox(&mut a, 1.3);
            Lasso { lambda: 0.5 }.prox(&mut b, 1.3);
            assert!((a[0] - b[0]).abs() < 1e-15);
        }
    }
}
