//! Newton's method for rest points of fields of one shape.

use super::flow::{Flow, pattern};
use super::rest::{Confirm, LOOSELY, NoRest, RestPoint, RestSettings, Route};
use crate::dynamics::{
    Jacobian, Pattern, Rest, SparseLu, SteadySettings, Stretch, decays, follow, slowest_lifetime,
    speed, steady_state,
};
use crate::field::{Intervened, VectorField};
use crate::numeric::{KrylovStop, krylov};

/// Finds rest points of fields whose Jacobians have the same entries.
///
/// The matrix is ordered once; the fields, their parameters and the interventions may differ from
/// call to call. One for each thread.
pub struct RestSolver {
    pattern: Pattern,
    entries: usize,
    lu: Option<SparseLu>,
    /// Factors that stay, near which all later Jacobians lie.
    anchor: Option<SparseLu>,
}

impl RestSolver {
    /// For fields with the entries of this one.
    ///
    /// # Cost   `O(e log e)` for `e` entries; the factorisation is ordered when it is first needed.
    #[must_use]
    pub fn new<F: VectorField + ?Sized>(field: &F) -> Self {
        let pattern = pattern(field);
        Self {
            entries: pattern.len() - field.genes().len(),
            pattern,
            lu: None,
            anchor: None,
        }
    }

    /// Factors the Jacobian of a field at `x` once for all later calls of [`RestSolver::find`],
    /// whose steps are then found iteratively; a factorisation of their own is only made where that
    /// does not converge. It pays where factorising is slow, some hundred genes with ten regulators
    /// each, and the rest points are those of interventions in few genes.
    ///
    /// # Panics   as [`RestSolver::find`].
    pub fn anchor<F: VectorField + ?Sized>(&mut self, field: &Intervened<'_, F>, x: &[f64]) {
        let own = self.lu.take();
        let factored = self.factor(field, x);
        self.anchor = factored.and_then(|()| self.lu.take());
        self.lu = own;
    }

    /// See [`super::rest_point`].
    ///
    /// # Errors   [`NoRest`] for a field that oscillates or drifts.
    /// # Panics   if `start` has another size than the field, or the field another shape than that
    ///   of [`RestSolver::new`] (bugs in the caller).
    pub fn find<F: VectorField + ?Sized>(
        &mut self,
        field: &Intervened<'_, F>,
        start: &[f64],
        settings: &RestSettings,
    ) -> Result<RestPoint, NoRest> {
        assert_eq!(start.len(), field.genes().len(), "one level a gene");
        let mut start = start.to_vec();
        field.place(&mut start);
        let mut search = self.search(field, &start, settings);
        let mut levels = start.clone();
        let found = search.newton(&mut levels);
        let newton = search.iterations;
        if let Some(speed) = found
            && (search.trusts() || search.leads_to(&start, &levels))
        {
            return Ok(RestPoint {
                levels,
                speed,
                newton,
                route: Route::Newton,
            });
        }
        let steady = SteadySettings {
            most_time: settings.most_time,
            tolerance: settings.tolerance,
            ..SteadySettings::default()
        };
        match steady_state(&search.flow, &start, &steady) {
            Ok((levels, report)) => Ok(RestPoint {
                levels,
                speed: report.speed,
                newton: newton + report.newton,
                route: Route::Followed,
            }),
            Err(error) => Err(NoRest::new(field, &start, &error)),
        }
    }

    /// Factors the Jacobian of a field at `x`, for [`RestSolver::solve`] and
    /// [`RestSolver::solve_transposed`]; none where it is singular.
    ///
    /// Rows of genes that are held are those of a gene that returns to its level; a right-hand
    /// side of 0 in their place says that nothing else moves them.
    ///
    /// # Panics   as [`RestSolver::find`].
    pub fn factor<F: VectorField + ?Sized>(
        &mut self,
        field: &Intervened<'_, F>,
        x: &[f64],
    ) -> Option<()> {
        let settings = RestSettings::default();
        let mut search = self.search(field, x, &settings);
        search.factor()
    }

    /// `b ← J⁻¹ b` at the state of the last [`RestSolver::factor`]; none where the Jacobian is
    /// singular.
    pub fn solve(&mut self, b: &mut [f64]) -> Option<()> {
        self.lu.as_mut()?.solve(b)
    }

    /// `g ← J⁻ᵀ g`, as [`RestSolver::solve`]: the adjoint of a rest point. For a loss with the
    /// gradient `g` by the levels, `−w · ∂v/∂θ` with `w = J⁻ᵀ g` is its derivative by a parameter
    /// `θ` of the field (0 for the velocity of genes that are held, in whose place `w` says what
    /// their level changes, times the rate at which they return).
    pub fn solve_transposed(&mut self, g: &mut [f64]) -> Option<()> {
        self.lu.as_mut()?.solve_transposed(g)
    }

    fn search<'s, 'f, F: VectorField + ?Sized>(
        &'s mut self,
        field: &'s Intervened<'f, F>,
        x: &[f64],
        settings: &'s RestSettings,
    ) -> Search<'s, 'f, F>
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
        Search {
            flow,
            jacobian,
            lu,
            anchor: anchor.as_mut(),
            settings,
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
/// Columns of an iterative step at most.
const COLUMNS: usize = 30;
/// The least share of a Newton step that is tried.
const SHORTEST: f64 = 1.0 / 256.0;

struct Search<'s, 'f, F: VectorField + ?Sized> {
    flow: Flow<'s, 'f, F>,
    jacobian: Jacobian<'s>,
    lu: &'s mut Option<SparseLu>,
    anchor: Option<&'s mut SparseLu>,
    settings: &'s RestSettings,
    iterations: usize,
    /// Whether a step was shortened, or made the velocities little smaller.
    hesitated: bool,
    /// What the last step left of the velocities.
    gain: f64,
}

impl<F: VectorField + ?Sized> Search<'_, '_, F> {
    fn factor(&mut self) -> Option<()> {
        if self.lu.is_none() {
            *self.lu = SparseLu::new(self.jacobian.pattern());
        }
        self.lu.as_mut()?.factor(&self.jacobian)
    }

    /// Moves `x` to a rest point and gives its speed; none where the method does not converge.
    fn newton(&mut self, x: &mut Vec<f64>) -> Option<f64> {
        let mut dx = vec![0.0; x.len()];
        self.flow.velocity(x, &mut dx);
        let mut rest = self.speed(x, &dx);
        while rest.speed > self.settings.tolerance {
            if self.iterations == self.settings.iterations {
                return None;
            }
            self.iterations += 1;
            let step = self.step(x, &dx)?;
            self.walk(x, &mut dx, &step)?;
            self.jacobian.update(&self.flow, 0.0, x);
            rest = self.speed(x, &dx);
        }
        self.polish(x, &mut dx, rest.speed)
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
        let after = self.speed(&next, dx).speed;
        if after < speed {
            *x = next;
            return Some(after);
        }
        Some(speed)
    }

    /// Whether the path need not be followed.
    fn trusts(&self) -> bool {
        match self.settings.confirm {
            Confirm::Always => false,
            Confirm::WhereDoubtful => !self.hesitated,
            Confirm::Never => true,
        }
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

    fn speed(&self, x: &[f64], dx: &[f64]) -> Rest {
        speed(
            &self.jacobian,
            x,
            dx,
            SteadySettings::default().following.absolute,
        )
    }

    /// True if the path from the start comes ten times nearer to `goal`, or near it; where it
    /// starts near, if small displacements from the goal decay. The Jacobian is that at `goal`.
    fn leads_to(&self, start: &[f64], goal: &[f64]) -> bool {
        let sizes: Vec<f64> = goal
            .iter()
            .map(|x| x.abs() + LOOSELY.absolute / LOOSELY.relative)
            .collect();
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
            return decays(&self.jacobian, &sizes, most_time);
        }
        let stretch = Stretch {
            from: 0.0,
            to: most_time,
            horizon: (20.0 * lifetime).min(most_time),
        };
        let mut came = false;
        let followed = follow(&self.flow, start, stretch, &LOOSELY, &mut |reached| {
            came = distance(reached.x) <= near;
            !came
        });
        followed.is_ok() && came
    }
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
