//! Where a field under interventions comes to rest.

use thiserror::Error;

use super::solver::RestSolver;
use crate::dynamics::{NoSteadyState, Restless, Settings};
use crate::field::{Intervened, VectorField};

/// How a rest point is looked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RestSettings {
    /// At rest, every velocity is at most this share of what flows through its gene,
    /// `|v_i| ≤ tolerance · Σ_j |J_ij x_j|`.
    pub tolerance: f64,
    /// Iterations of Newton's method before the path from the start is followed instead.
    pub iterations: usize,
    /// Whether the path from the start has to lead to the state that Newton's method finds.
    pub confirm: Confirm,
    /// For how long a path is followed at most; none for 500 times the slowest lifetime
    /// `1 / |J_ii|` of a gene.
    pub most_time: Option<f64>,
}

/// Whether the path from the start has to lead to the state that Newton's method finds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Confirm {
    /// Always. Where a field has several states at rest, that is the one that the field itself
    /// would choose; it is never an unstable one.
    #[default]
    Always,
    /// Unless all steps were whole and each at least halved the velocities: then
    /// the Jacobian stays regular on the way, and no other state branches off. Right for small
    /// changes of a state that was confirmed.
    WhereDoubtful,
    /// Never: any root will do, stable or not.
    Never,
}

impl Default for RestSettings {
    fn default() -> Self {
        Self {
            tolerance: 1e-10,
            iterations: 40,
            confirm: Confirm::Always,
            most_time: None,
        }
    }
}

/// How a rest point was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// By Newton's method from the start.
    Newton,
    /// By following the path from the start.
    Followed,
}

/// A state in which nothing changes.
#[derive(Clone, Debug, PartialEq)]
pub struct RestPoint {
    /// Level of every gene, on the field's scale.
    pub levels: Vec<f64>,
    /// The largest velocity as a share of what flows through its gene.
    pub speed: f64,
    /// Iterations of Newton's method.
    pub newton: usize,
    /// How it was reached.
    pub route: Route,
}

/// Why there is no rest point.
#[derive(Clone, Debug, PartialEq, Error)]
#[error(
    "no steady state: after {time} units of time `{gene}` still moves, by {speed:.1e} of what \
     flows through it ({why}); ask for a time course instead"
)]
pub struct NoRest {
    /// The gene that moves most.
    pub gene: String,
    /// For how long the path was followed.
    pub time: f64,
    /// Its velocity as a share of the flow.
    pub speed: f64,
    /// What is the matter.
    pub why: &'static str,
}

impl NoRest {
    pub(super) fn new<F: VectorField + ?Sized>(
        field: &Intervened<'_, F>,
        levels: &[f64],
        error: &NoSteadyState,
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
                Restless::Unstable => "the only state at rest that was found is unstable",
                Restless::StillMoves => "it oscillates, or is slow",
                Restless::NotFollowed(_) => "its path cannot be followed",
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

/// The state in which a field under interventions comes to rest from `start`.
///
/// Newton's method, with steps halved until the velocities shrink, on the sparse Jacobian; then the
/// path from the start is followed loosely to confirm that it leads there. Where Newton's method
/// does not converge or the path leads elsewhere, the path is followed to its end
/// ([`crate::dynamics::steady_state`]). Genes that are held stand at their levels.
///
/// A gene whose decay is 0 rests only where its regulators balance; where nothing depends on its
/// level in turn, there is no rest point, and the error names it.
///
/// * `start`: levels on the field's scale; those of held genes do not matter
///
/// # Errors   [`NoRest`] for a field that oscillates or drifts.
/// # Panics   if `start` has another size than the field (a bug in the caller).
/// # Cost     a sparse factorisation an iteration, a few iterations, and a path of low accuracy.
///   For many of them use [`RestSolver`], which orders the matrix once.
pub fn rest_point<F: VectorField + ?Sized>(
    field: &Intervened<'_, F>,
    start: &[f64],
    settings: &RestSettings,
) -> Result<RestPoint, NoRest> {
    RestSolver::new(field.undisturbed()).find(field, start, settings)
}

/// How paths are followed to confirm a rest point: only where they lead matters.
pub(super) const LOOSELY: Settings = Settings {
    method: crate::dynamics::Method::Auto,
    relative: 1e-3,
    absolute: 1e-6,
    most_steps: 20_000,
};

#[cfg(test)]
pub(super) mod tests;
