//! Steady states of fields of one shape, found by Newton's method or on the path from a start.

use std::sync::Arc;

use super::flow::{Flow, pattern};
use super::newton::{LOOSELY, Newton};
use super::search::{SearchSettings, search};
use super::{Confirm, NoSteadyState, Route, SteadySettings, SteadyState};
use crate::dynamics::course::{Method, follow};
use crate::dynamics::linear::{Jacobian, SparseLu};
use crate::dynamics::system::Pattern;
use crate::field::{Intervened, VectorField};

/// Finds steady states of fields whose Jacobians have the same entries.
///
/// The matrix is ordered once; the fields, their parameters and the interventions may differ from
/// call to call. One for each thread.
pub struct SteadySolver {
    pattern: Arc<Pattern>,
    entries: usize,
    lu: Option<SparseLu>,
    /// Factors that stay, near which all later Jacobians lie.
    anchor: Option<SparseLu>,
    /// The values of the Jacobian at the state that was found last, for its adjoint.
    found: Option<Vec<f64>>,
}

impl SteadySolver {
    /// For fields with the entries of this one.
    ///
    /// # Cost   `O(e log e)` for `e` entries; the factorisation is ordered when it is first needed.
    #[must_use]
    pub fn new<F: VectorField + ?Sized>(field: &F) -> Self {
        Self::shaped(Arc::new(pattern(field)), field.genes().len())
    }

    /// As [`SteadySolver::new`], with the pattern of a field of `genes` genes that is known.
    pub(crate) fn shaped(pattern: Arc<Pattern>, genes: usize) -> Self {
        Self {
            entries: pattern.len() - genes,
            pattern,
            lu: None,
            anchor: None,
            found: None,
        }
    }

    /// The pattern that other solvers for the same shape may share.
    pub(crate) fn pattern(&self) -> &Arc<Pattern> {
        &self.pattern
    }

    /// Factors the Jacobian of a field at `x` once for all later calls of [`SteadySolver::find`],
    /// whose steps are then found iteratively; a factorisation of their own is only made where that
    /// does not converge. It pays where factorising is slow, some hundred genes with ten regulators
    /// each, and the steady states are those of interventions in few genes.
    ///
    /// # Panics   as [`SteadySolver::find`].
    pub fn anchor<F: VectorField + ?Sized>(&mut self, field: &Intervened<'_, F>, x: &[f64]) {
        let own = self.lu.take();
        let factored = self.factor(field, x);
        self.anchor = factored.and_then(|()| self.lu.take());
        self.lu = own;
    }

    /// The state to which a field under interventions comes from `start`.
    ///
    /// Newton's method, with steps shortened until the velocities shrink, on the sparse Jacobian;
    /// then the path from the start is followed loosely to confirm that it leads there. Where
    /// Newton's method does not converge or the path leads elsewhere, the path is followed to its
    /// end. Genes that are held stand at their levels.
    ///
    /// A gene whose decay is 0 is steady only where its regulators balance; where nothing depends
    /// on its level in turn, there is no steady state, and the error names it.
    ///
    /// * `start`: levels on the field's scale; those of held genes do not matter
    ///
    /// # Errors   [`NoSteadyState`] for a field that oscillates or drifts.
    /// # Panics   if `start` has another size than the field, or the field another shape than that
    ///   of [`SteadySolver::new`] (bugs in the caller).
    /// # Cost     a few iterations, each with some products or a sparse factorisation, and a path
    ///   of low accuracy.
    pub fn find<F: VectorField + ?Sized>(
        &mut self,
        field: &Intervened<'_, F>,
        start: &[f64],
        settings: &SteadySettings,
    ) -> Result<SteadyState, NoSteadyState> {
        assert_eq!(start.len(), field.genes().len(), "one level a gene");
        let mut start = start.to_vec();
        field.place(&mut start);
        let (state, iterations) = self.find_near(field, &start, settings);
        if let Some(state) = state {
            return Ok(state);
        }
        let mut state = self.follow(field, &start, settings)?;
        state.newton += iterations;
        Ok(state)
    }

    /// The state that Newton's method finds from `start` alone, where it is accepted, and its
    /// iterations; genes that are held are at their levels already. A solver without any factors has
    /// none where products were enough: see [`SteadySolver::factor`].
    ///
    /// # Panics   as [`SteadySolver::find`].
    pub(crate) fn find_near<F: VectorField + ?Sized>(
        &mut self,
        field: &Intervened<'_, F>,
        start: &[f64],
        settings: &SteadySettings,
    ) -> (Option<SteadyState>, usize) {
        self.found = None;
        let mut newton = self.newton(field, start, settings);
        let mut levels = start.to_vec();
        let speed = newton.run(&mut levels);
        let iterations = newton.iterations;
        let accepted = speed.filter(|_| match settings.confirm {
            Confirm::Always => newton.leads_to(start, &levels),
            Confirm::WhereUncertain => !newton.hesitated || newton.leads_to(start, &levels),
            Confirm::Stable => newton.is_stable(&levels),
        });
        let state = accepted.map(|speed| SteadyState {
            levels,
            speed,
            newton: iterations,
            route: Route::Newton,
        });
        if state.is_some() {
            self.found = Some(newton.jacobian.into_values());
        }
        (state, iterations)
    }

    /// The stable state to which the path from `start` leads; genes that are held stand at their
    /// levels already.
    ///
    /// # Errors   [`NoSteadyState`] for a field that oscillates or drifts.
    /// # Panics   as [`SteadySolver::find`].
    pub(crate) fn follow<F: VectorField + ?Sized>(
        &mut self,
        field: &Intervened<'_, F>,
        start: &[f64],
        settings: &SteadySettings,
    ) -> Result<SteadyState, NoSteadyState> {
        let newton = self.newton(field, start, settings);
        let tolerance = match settings.following {
            Method::Adaptive(tolerance) => tolerance,
            Method::Equal(_) | Method::Increments { .. } => LOOSELY,
        };
        let looked_for = SearchSettings {
            relative: tolerance.relative,
            absolute: tolerance.absolute,
            most_time: settings.most_time,
            tolerance: settings.tolerance,
            stopping_rule: settings.stopping_rule(),
        };
        let Newton { flow, lu, .. } = newton;
        let method = match settings.following {
            Method::Adaptive(tolerance) => Method::Adaptive(settings.limited(tolerance)),
            other => other,
        };
        let found = search(&flow, start, &looked_for, lu, |ahead, see| {
            follow(field, start, ahead.most, method, see)
        });
        match found {
            Ok((levels, report)) => Ok(SteadyState {
                levels,
                speed: report.speed,
                newton: report.newton,
                route: Route::Followed,
            }),
            Err(error) => Err(NoSteadyState::new(field, start, &error)),
        }
    }

    /// Factors the Jacobian of a field at `x`, for [`SteadySolver::solve`] and
    /// [`SteadySolver::solve_transposed`]; none where it is singular.
    ///
    /// Rows of genes that are held are those of a gene that returns to its level; a right-hand
    /// side of 0 in their place says that nothing else moves them.
    ///
    /// # Panics   as [`SteadySolver::find`].
    pub fn factor<F: VectorField + ?Sized>(
        &mut self,
        field: &Intervened<'_, F>,
        x: &[f64],
    ) -> Option<()> {
        let settings = SteadySettings::default();
        self.found = None;
        self.newton(field, x, &settings).factor()
    }

    /// `b ← J⁻¹ b` at the state of the last [`SteadySolver::factor`]; none where the Jacobian is
    /// singular.
    pub fn solve(&mut self, b: &mut [f64]) -> Option<()> {
        self.lu.as_mut()?.solve(b)
    }

    /// `g ← J⁻ᵀ g`, as [`SteadySolver::solve`]: the adjoint of a steady state. For a loss with the
    /// gradient `g` by the levels, `−w · ∂v/∂θ` with `w = J⁻ᵀ g` is its derivative by a parameter
    /// `θ` of the field (0 for the velocity of genes that are held, in whose place `w` says what
    /// their level changes, times the rate at which they return).
    pub fn solve_transposed(&mut self, g: &mut [f64]) -> Option<()> {
        self.lu.as_mut()?.solve_transposed(g)
    }

    /// As [`SteadySolver::factor`] and [`SteadySolver::solve_transposed`], by products alone where
    /// few of them leave next to nothing of `g`.
    ///
    /// * `field`, `x`: those of the last [`SteadySolver::find`], whose Jacobian is used once more
    pub(crate) fn adjoint<F: VectorField + ?Sized>(
        &mut self,
        field: &Intervened<'_, F>,
        x: &[f64],
        g: &mut [f64],
    ) -> Option<()> {
        let settings = SteadySettings::default();
        let mut newton = self.newton(field, x, &settings);
        if let Some(solved) = newton.solve_transposed_by_products(g) {
            g.copy_from_slice(&solved);
            return Some(());
        }
        newton.factor()?;
        self.solve_transposed(g)
    }

    fn newton<'s, 'f, F: VectorField + ?Sized>(
        &'s mut self,
        field: &'s Intervened<'f, F>,
        x: &[f64],
        settings: &'s SteadySettings,
    ) -> Newton<'s, 'f, F>
    where
        'f: 's,
    {
        let shape = self.pattern.len() - self.entries;
        assert_eq!(field.genes().len(), shape, "a field of the same shape");
        let Self {
            pattern,
            lu,
            anchor,
            found,
            ..
        } = self;
        let flow = Flow::new(field, pattern, 1.0);
        let mut jacobian = match found.take() {
            Some(values) => Jacobian::with_values(pattern, values),
            None => {
                let mut jacobian = Jacobian::new(pattern);
                jacobian.update(&flow, 0.0, x);
                jacobian
            }
        };
        let slopes = pattern.len() - shape;
        let rate = typical_rate(pattern, &jacobian.values()[..slopes]);
        let flow = flow.with_rate(rate);
        flow.hold_into(jacobian.values_mut());
        Newton {
            flow,
            jacobian,
            lu,
            anchor: anchor.as_mut(),
            settings,
            rate,
            iterations: 0,
            hesitated: false,
            gain: 1.0,
        }
    }
}

/// The middle of the rates `−J_ii` of the genes that decay; 1 where none does.
fn typical_rate(pattern: &Pattern, slopes: &[f64]) -> f64 {
    let pairs = pattern.entries().iter().zip(slopes);
    let mut rates: Vec<f64> = pairs
        .filter(|((i, j), slope)| i == j && **slope < 0.0)
        .map(|(_, slope)| -slope)
        .collect();
    rates.sort_by(f64::total_cmp);
    rates.get(rates.len() / 2).copied().unwrap_or(1.0)
}
