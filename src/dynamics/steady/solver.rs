//! Newton's method for steady states of fields of one shape.

use std::sync::Arc;

use super::flow::{Flow, pattern};
use super::search::{Fastest, SearchSettings, Unsettled, fastest, search};
use super::{Confirm, NoSteadyState, Restless, Route, SteadySettings, SteadyState};
use crate::dynamics::course::{Method, Tolerance, follow};
use crate::dynamics::linear::{Jacobian, SparseLu};
use crate::dynamics::stability::{Patience, decays, slowest_lifetime};
use crate::dynamics::system::Pattern;
use crate::field::{Intervened, VectorField};
use crate::numeric::{KrylovStop, krylov};

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
        let mut newton = self.newton(field, &start, settings);
        let mut levels = start.clone();
        let speed = newton.run(&mut levels);
        let iterations = newton.iterations;
        if let Some(speed) = speed {
            let accepted = match settings.confirm {
                Confirm::Always => newton.leads_to(&start, &levels),
                Confirm::WhereDoubtful => !newton.hesitated || newton.leads_to(&start, &levels),
                Confirm::Stable => newton.is_stable(&levels),
            };
            if accepted {
                return Ok(SteadyState {
                    levels,
                    speed,
                    newton: iterations,
                    route: Route::Newton,
                });
            }
            if settings.confirm == Confirm::Stable {
                let unstable = Unsettled {
                    time: 0.0,
                    variable: 0,
                    speed,
                    reason: Restless::Unstable,
                };
                return Err(NoSteadyState::new(field, &start, &unstable));
            }
        }
        let mut state = self.follow(field, &start, settings)?;
        state.newton += iterations;
        Ok(state)
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
            patience: settings.patience(),
        };
        let Newton { flow, lu, .. } = newton;
        let found = search(&flow, start, &looked_for, lu, |ahead, see| {
            follow(field, start, ahead.most, settings.following, see)
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
            ..
        } = self;
        let mut slopes = vec![0.0; pattern.len()];
        field.slopes_into(x, &mut slopes[..pattern.len() - shape]);
        let rate = typical_rate(pattern, &slopes);
        let flow = Flow::new(field, pattern, rate);
        let mut jacobian = Jacobian::new(pattern);
        jacobian.update(&flow, 0.0, x);
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

/// Shares of the velocities that an iterative step may leave: little where the steps before made
/// them much smaller, more where the field bends and an exact step would be of no use.
const FORCING: (f64, f64) = (1e-3, 1e-1);
/// Maximum number of columns of an iterative step with an anchor.
const COLUMNS: usize = 30;
/// Residual of a step by products alone: the next step takes care of what is left.
const BY_PRODUCTS: f64 = 1e-4;
/// Residual of the linear system of a gradient, and the products that it may take: beyond, a
/// factorisation is cheaper.
const ADJOINT: KrylovStop = KrylovStop {
    tolerance: 1e-12,
    columns: 60,
};
/// How paths are followed to confirm a steady state: only where they lead matters.
const LOOSELY: Tolerance = Tolerance {
    relative: 1e-3,
    absolute: 1e-6,
    most_steps: 20_000,
};
/// Steps in which a state that is followed from one set of parameters to the next is tested: 15
/// lifetimes, twice as many as a change of the parameters takes to show.
const BRIEFLY: Patience = Patience { steps: 30 };

impl SteadySettings {
    fn patience(&self) -> Patience {
        match self.confirm {
            Confirm::Stable => BRIEFLY,
            Confirm::Always | Confirm::WhereDoubtful => Patience::default(),
        }
    }
}
/// The least share of a Newton step that is tried.
const SHORTEST: f64 = 1.0 / 256.0;

struct Newton<'s, 'f, F: VectorField + ?Sized> {
    flow: Flow<'s, 'f, F>,
    jacobian: Jacobian<'s>,
    lu: &'s mut Option<SparseLu>,
    anchor: Option<&'s mut SparseLu>,
    settings: &'s SteadySettings,
    /// The middle of the rates of the genes.
    rate: f64,
    iterations: usize,
    /// Whether a step was shortened, or made the velocities little smaller.
    hesitated: bool,
    /// What the last step left of the velocities.
    gain: f64,
}

impl<F: VectorField + ?Sized> Newton<'_, '_, F> {
    fn factor(&mut self) -> Option<()> {
        if self.lu.is_none() {
            *self.lu = SparseLu::new(self.jacobian.pattern());
        }
        self.lu.as_mut()?.factor(&self.jacobian)
    }

    /// Moves `x` to a steady state and gives its speed; none where the method does not converge.
    fn run(&mut self, x: &mut Vec<f64>) -> Option<f64> {
        let mut dx = vec![0.0; x.len()];
        self.flow.velocity(x, &mut dx);
        let mut fastest = self.fastest(x, &dx);
        while fastest.speed > self.settings.tolerance {
            if self.iterations == self.settings.iterations {
                return None;
            }
            self.iterations += 1;
            let step = self.step(x, &dx)?;
            self.walk(x, &mut dx, &step)?;
            self.jacobian.update(&self.flow, 0.0, x);
            fastest = self.fastest(x, &dx);
        }
        self.polish(x, &mut dx, fastest.speed)
    }

    /// `J⁻¹ dx`.
    fn step(&mut self, x: &[f64], dx: &[f64]) -> Option<Vec<f64>> {
        if let Some(anchor) = &mut self.anchor {
            let stop = KrylovStop {
                tolerance: self.gain.powi(2).clamp(FORCING.0, FORCING.1),
                columns: COLUMNS,
            };
            let weights: Vec<f64> = scale(&self.jacobian, x)
                .iter()
                .map(|scale| 1.0 / scale)
                .collect();
            let multiply = |x: &[f64], y: &mut [f64]| self.jacobian.multiply_into(x, y);
            let precondition = |x: &mut [f64]| anchor.solve(x);
            let found = krylov(multiply, precondition, (dx, &weights), stop);
            if found.is_some() {
                return found;
            }
        }
        if let Some(columns) = self.settings.products {
            let stop = KrylovStop {
                tolerance: BY_PRODUCTS,
                columns,
            };
            let rates = self.rates();
            let weights: Vec<f64> = rates.iter().map(|rate| 1.0 / rate).collect();
            let found = krylov(
                |x, y| self.jacobian.multiply_into(x, y),
                |x| divide(x, &rates),
                (dx, &weights),
                stop,
            );
            if found.is_some() {
                return found;
            }
        }
        self.factor()?;
        let mut step = dx.to_vec();
        self.lu.as_mut()?.solve(&mut step)?;
        Some(step)
    }

    /// One more step with the last factors, if there are any: it costs little, and takes the state
    /// to the accuracy of its numbers.
    fn polish(&mut self, x: &mut Vec<f64>, dx: &mut [f64], speed: f64) -> Option<f64> {
        if self.iterations == 0 || self.anchor.is_some() {
            return Some(speed);
        }
        let mut step = dx.to_vec();
        self.lu.as_mut()?.solve(&mut step)?;
        let next: Vec<f64> = x.iter().zip(&step).map(|(x, step)| x - step).collect();
        self.flow.velocity(&next, dx);
        let after = self.fastest(&next, dx).speed;
        if after < speed {
            *x = next;
            return Some(after);
        }
        Some(speed)
    }

    /// `J⁻ᵀ g`; none where products are not enough.
    fn solve_transposed_by_products(&self, g: &[f64]) -> Option<Vec<f64>> {
        let (rates, ones) = (self.rates(), vec![1.0; g.len()]);
        krylov(
            |x, y| self.jacobian.multiply_transposed_into(x, y),
            |x| divide(x, &rates),
            (g, &ones),
            ADJOINT,
        )
    }

    /// The rate at which each gene returns, by its own slope; the typical one where it does not.
    fn rates(&self) -> Vec<f64> {
        let slopes = self.jacobian.diagonal().into_iter();
        slopes
            .map(|slope| if slope < 0.0 { -slope } else { self.rate })
            .collect()
    }

    /// Goes the step, or the first half, quarter … of it that makes the velocities smaller.
    fn walk(&mut self, x: &mut [f64], dx: &mut [f64], step: &[f64]) -> Option<()> {
        let scale = scale(&self.jacobian, x);
        let size = |dx: &[f64]| {
            let shares = dx.iter().zip(&scale).map(|(v, scale)| (v / scale).powi(2));
            shares.sum::<f64>().sqrt()
        };
        let before = size(dx);
        let from = x.to_vec();
        let mut share = 1.0;
        while share >= SHORTEST {
            for ((x, from), step) in x.iter_mut().zip(&from).zip(step) {
                *x = from - share * step;
            }
            self.flow.velocity(x, dx);
            let after = size(dx);
            if after <= (1.0 - 1e-3 * share) * before {
                self.gain = after / before;
                self.hesitated |= share < 1.0 || self.gain > 0.5;
                return Some(());
            }
            share /= 2.0;
        }
        None
    }

    fn fastest(&self, x: &[f64], dx: &[f64]) -> Fastest {
        fastest(&self.jacobian, x, dx, Tolerance::default().absolute)
    }

    /// Whether small displacements from the state at which the Jacobian was taken decay.
    fn is_stable(&self, x: &[f64]) -> bool {
        decays(&self.jacobian, &sizes(x), self.settings.patience())
    }

    /// True if the path from the start comes ten times nearer to `goal`, or near it; where it
    /// starts near, if small displacements from the goal decay. The Jacobian is that at `goal`.
    fn leads_to(&self, start: &[f64], goal: &[f64]) -> bool {
        let sizes = sizes(goal);
        let distance = |x: &[f64]| {
            let shares = x.iter().zip(goal).zip(&sizes);
            shares
                .map(|((x, goal), size)| (x - goal).abs() / size)
                .fold(0.0, f64::max)
        };
        let lifetime = slowest_lifetime(&self.jacobian.diagonal());
        let most_time = self.settings.most_time.unwrap_or(500.0 * lifetime);
        let first = distance(start);
        let near = (0.1 * first).max(10.0 * LOOSELY.relative);
        if first <= near {
            return decays(&self.jacobian, &sizes, Patience::default());
        }
        let mut came = false;
        let method = Method::Adaptive(LOOSELY);
        let followed = follow(self.flow.field(), start, most_time, method, &mut |_, x| {
            came = distance(x) <= near;
            !came
        });
        followed.is_ok() && came
    }
}

/// Size of every gene, for what counts as near.
fn sizes(x: &[f64]) -> Vec<f64> {
    x.iter().map(|x| x.abs() + LOOSELY.size()).collect()
}

/// `x ← −x/δ`.
fn divide(x: &mut [f64], rates: &[f64]) -> Option<()> {
    x.iter_mut().zip(rates).for_each(|(x, rate)| *x /= -rate);
    Some(())
}

/// What flows through each gene, with the mean level in the place of levels that are small.
fn scale(jacobian: &Jacobian<'_>, x: &[f64]) -> Vec<f64> {
    let mean = x.iter().map(|x| x.abs()).sum::<f64>() / x.len() as f64;
    let least = 0.1 * mean.max(LOOSELY.absolute);
    let sizes: Vec<f64> = x.iter().map(|x| x.abs().max(least)).collect();
    let mut flows = vec![0.0; x.len()];
    jacobian.flows_into(&sizes, &mut flows);
    flows
        .iter()
        .map(|flow| flow.max(f64::MIN_POSITIVE))
        .collect()
}
