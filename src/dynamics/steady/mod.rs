//! Steady states: where a field, under interventions or not, comes to.
//!
//! Wanted is `x` with `v(x) = 0`. A state counts as steady where every velocity is a tiny share of
//! what flows through its gene, `|v_i| ≤ ε Σ_j |J_ij x_j|`, and as stable where small displacements
//! decay (one test for all callers). Newton's steps `x ← x − s J⁻¹ v` are shortened until the
//! velocities shrink; the linear systems are solved by products with `J` where few are enough, else
//! by sparse LU. Of several states, the one to which the path from the start leads is wanted, so
//! that path is followed where it is uncertain.

mod flow;
mod newton;
mod search;
mod solver;

pub use search::{Ahead, SearchReport, SearchSettings, Unsettled, UnsteadyReason, search};
pub use solver::SteadySolver;

use thiserror::Error;

use super::course::Method;
use super::follower::{NotFollowed, Tolerance};
use crate::field::{Intervened, VectorField};
use crate::numeric::short;

/// How a steady state is looked for.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct SteadySettings {
    /// In a steady state, every velocity is at most this share of what flows through its gene,
    /// `|v_i| ≤ tolerance · Σ_j |J_ij x_j|`.
    pub tolerance: f64,
    /// Maximum number of iterations of Newton's method before the path from the start is followed.
    pub iterations: usize,
    /// Whether the path from the start has to lead to the state that Newton's method finds.
    pub confirm: Confirm,
    /// For how long a path is followed at most; none for 500 times the slowest lifetime
    /// `1 / |J_ii|` of a gene.
    pub most_time: Option<f64>,
    /// How many steps of a path are taken at most; none for the limits of [`Tolerance`].
    pub(crate) most_steps: Option<usize>,
    /// How a path is followed where Newton's method does not converge.
    pub following: Method,
    /// Products with the Jacobian that a step may take before it is factored; none to factor it
    /// at once.
    pub products: Option<usize>,
}

/// Whether the path from the start has to lead to the state that Newton's method finds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Confirm {
    /// Always. Where a field has several steady states, that is the one that the field itself
    /// would choose; it is never an unstable one.
    #[default]
    Always,
    /// Unless all steps were whole and each at least halved the velocities: then
    /// the Jacobian stays regular on the way, and no other state branches off. Right for small
    /// changes of a state that was confirmed.
    WhereUncertain,
    /// The state has to be stable, whatever path leads there: it is followed from one set of
    /// parameters to the next. Where it is not, the path is followed as in the other cases.
    Stable,
}

impl Default for SteadySettings {
    fn default() -> Self {
        Self {
            // six digits below what any measurement resolves; Newton's last step reaches it anyway
            tolerance: 1e-10,
            iterations: 40,
            confirm: Confirm::Always,
            most_time: None,
            most_steps: None,
            following: Method::default(),
            products: None,
        }
    }
}

/// Steps of a path that any field may take.
const FEWEST_STEPS: usize = 500;

impl SteadySettings {
    /// The same with paths of at most `work` slopes, so that a field that oscillates is given up after a
    /// time that does not grow with it. Counted in steps: the result is the same on any machine.
    ///
    /// A path takes about 20 steps for each lifetime of its fastest gene that still moves, and five times
    /// fewer with the tolerance that is taken where the limit is below that of [`Tolerance`].
    pub(crate) fn within<F: VectorField + ?Sized>(self, work: usize, field: &F) -> Self {
        let slopes = field.entries().len() + field.genes().len();
        let steps = (work / (4 * slopes)).max(FEWEST_STEPS);
        let tolerance = Tolerance::default();
        if steps >= self.most_steps.unwrap_or(tolerance.most_steps) {
            return self;
        }
        let coarse = Tolerance {
            relative: 1e-4,
            absolute: 1e-7,
            ..tolerance
        };
        Self {
            most_steps: Some(steps),
            following: Method::Adaptive(coarse),
            ..self
        }
    }
}

/// How a steady state was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// By Newton's method from the start.
    Newton,
    /// By following the path from the start.
    Followed,
}

/// A state in which nothing changes.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct SteadyState {
    /// Level of every gene, on the field's scale.
    pub levels: Vec<f64>,
    /// The largest velocity as a share of what flows through its gene.
    pub speed: f64,
    /// Iterations of Newton's method.
    pub newton: usize,
    /// How it was reached.
    pub route: Route,
}

/// Why there is no steady state.
#[derive(Clone, Debug, PartialEq, Error)]
#[non_exhaustive]
#[error(
    "no steady state: after {} units of time `{gene}` still moves, by {speed:.1e} of what \
     flows through it ({why}); ask for a time course instead",
    short(*time)
)]
pub struct NoSteadyState {
    /// The gene that moves most.
    pub gene: String,
    /// For how long the path was followed.
    pub time: f64,
    /// Its velocity as a share of the flow.
    pub speed: f64,
    /// What is the matter.
    pub why: &'static str,
}

impl NoSteadyState {
    fn new<F: VectorField + ?Sized>(
        field: &Intervened<'_, F>,
        levels: &[f64],
        error: &Unsettled<NotFollowed>,
    ) -> Self {
        let genes = field.genes();
        let gene = genes.iter().nth(error.variable).expect("one of the genes");
        let returns = own_slope(field, gene.index(), levels) < 0.0;
        Self {
            gene: genes.name(gene).to_owned(),
            time: error.time,
            speed: error.speed,
            why: match &error.reason {
                _ if !returns => "nothing of its own takes it back: its decay is 0, and it drifts",
                UnsteadyReason::Unstable => "the only steady state that was found is unstable",
                UnsteadyReason::StillMoves
                | UnsteadyReason::NotFollowed(NotFollowed::TooManySteps { .. }) => {
                    "it oscillates, or is slow"
                }
                UnsteadyReason::NotFollowed(_) => "its path cannot be followed",
            },
        }
    }
}

/// `∂v_i/∂x_i`.
fn own_slope<F: VectorField + ?Sized>(field: &Intervened<'_, F>, i: usize, x: &[f64]) -> f64 {
    let mut slopes = vec![0.0; field.entries().len()];
    field.slopes_into(x, &mut slopes);
    let own = field.entries().into_iter().zip(slopes);
    own.filter(|(at, _)| *at == (i, i)).map(|(_, s)| s).sum()
}

#[cfg(test)]
pub(crate) mod tests;
