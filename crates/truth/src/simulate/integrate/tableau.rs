//! Explicit Runge–Kutta methods as tables, with fixed steps.

use faer::Mat;

/// An explicit Runge–Kutta method: `kₛ = f(t + cₛh, x + h Σ aₛᵣ kᵣ)`, `x ← x + h Σ bₛ kₛ`.
#[derive(Clone, Copy, Debug)]
pub struct Tableau {
    /// `c`: where in the step each slope is taken.
    pub nodes: &'static [f64],
    /// `a`: row `s` has the `s` weights of the slopes before it.
    pub stages: &'static [&'static [f64]],
    /// `b`: weights of the slopes in the step.
    pub weights: &'static [f64],
    /// The error of a whole trajectory shrinks as `h` to this power.
    pub order: u32,
}

/// Euler's method, order 1.
pub const EULER: Tableau = Tableau {
    nodes: &[0.0],
    stages: &[&[]],
    weights: &[1.0],
    order: 1,
};

/// Heun's method, order 2.
pub const HEUN: Tableau = Tableau {
    nodes: &[0.0, 1.0],
    stages: &[&[], &[1.0]],
    weights: &[0.5, 0.5],
    order: 2,
};

/// The classical method of Kutta (1901), order 4.
pub const RK4: Tableau = Tableau {
    nodes: &[0.0, 0.5, 0.5, 1.0],
    stages: &[&[], &[0.5], &[0.0, 0.5], &[0.0, 0.0, 1.0]],
    weights: &[1.0 / 6.0, 1.0 / 3.0, 1.0 / 3.0, 1.0 / 6.0],
    order: 4,
};

/// A stretch of time cut into equal steps.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span {
    /// Where it starts.
    pub start: f64,
    /// Where it ends.
    pub end: f64,
    /// How many steps lead there.
    pub steps: usize,
}

impl Span {
    /// The fewest equal steps from `start` to `end` that are not longer than `longest`.
    ///
    /// # Panics   if `longest` is not above 0 or the end lies before the start (a bug in the
    ///   caller).
    #[must_use]
    pub fn covering(start: f64, end: f64, longest: f64) -> Self {
        assert!(longest > 0.0 && end >= start, "a step above 0, forwards");
        // a quotient that rounding lifts just above a whole number is that number
        let steps = ((end - start) / longest * (1.0 - 1e-12)).ceil() as usize;
        Self { start, end, steps }
    }

    /// Length of one step, `h`.
    #[must_use]
    pub fn step(self) -> f64 {
        (self.end - self.start) / self.steps as f64
    }

    /// Where step number `at` starts, counted from 0.
    #[must_use]
    pub fn time(self, at: usize) -> f64 {
        self.start + at as f64 * self.step()
    }
}

/// Follows `dx/dt = f(t, x)` over the span, in place.
///
/// * `velocity`: writes `f(t, x)` into its third argument
/// * `x`: the state at the start; afterwards the state at the end
///
/// # Cost     one velocity a stage and step; one allocation a call.
pub fn integrate(
    method: &Tableau,
    mut velocity: impl FnMut(f64, &[f64], &mut [f64]),
    span: Span,
    x: &mut [f64],
) {
    let h = span.step();
    let mut slopes = vec![vec![0.0; x.len()]; method.weights.len()];
    let mut inner = vec![0.0; x.len()];
    for step in 0..span.steps {
        for (s, (&c, a)) in method.nodes.iter().zip(method.stages).enumerate() {
            let (before, rest) = slopes.split_at_mut(s);
            inner.copy_from_slice(x);
            advance(&mut inner, h, a, before);
            velocity(span.time(step) + c * h, &inner, &mut rest[0]);
        }
        advance(x, h, method.weights, &slopes);
    }
}

/// [`integrate`] by [`RK4`].
pub fn rk4(velocity: impl FnMut(f64, &[f64], &mut [f64]), span: Span, x: &mut [f64]) {
    integrate(&RK4, velocity, span, x);
}

/// States of `dx/dt = f(t, x)` at the given times, by [`RK4`].
///
/// * `times`: `n` increasing times; the first is the time of `start`
/// * `longest`: the longest step, in the units of the times
/// * returns `n × p`, row = time
///
/// # Panics   if the times do not increase (a bug in the caller).
pub fn sample(
    mut velocity: impl FnMut(f64, &[f64], &mut [f64]),
    times: &[f64],
    longest: f64,
    start: &[f64],
) -> Mat<f64> {
    let mut states = Mat::zeros(times.len(), start.len());
    let mut x = start.to_vec();
    for (row, &t) in times.iter().enumerate() {
        if row > 0 {
            rk4(
                &mut velocity,
                Span::covering(times[row - 1], t, longest),
                &mut x,
            );
        }
        for (j, &value) in x.iter().enumerate() {
            states[(row, j)] = value;
        }
    }
    states
}

/// `x ← x + h Σ wₛ kₛ`.
fn advance(x: &mut [f64], h: f64, weights: &[f64], slopes: &[Vec<f64>]) {
    for (w, slope) in weights.iter().zip(slopes) {
        x.iter_mut().zip(slope).for_each(|(x, k)| *x += h * w * k);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `dx/dt = x cos t` from 1, that is `x = exp(sin t)`.
    fn error(method: &Tableau, steps: usize) -> f64 {
        let mut x = [1.0];
        let span = Span {
            start: 0.0,
            end: 2.0,
            steps,
        };
        integrate(method, |t, x, dx| dx[0] = x[0] * t.cos(), span, &mut x);
        (x[0] - 2f64.sin().exp()).abs()
    }

    #[test]
    fn every_method_shows_its_order() {
        for method in [EULER, HEUN, RK4] {
            let observed = (error(&method, 256) / error(&method, 512)).log2();
            let order = f64::from(method.order);
            assert!(
                (observed - order).abs() < 0.1,
                "order {order}: observed {observed}"
            );
        }
    }

    #[test]
    fn a_table_is_consistent() {
        for method in [EULER, HEUN, RK4] {
            assert!((method.weights.iter().sum::<f64>() - 1.0).abs() < 1e-15);
            for (c, a) in method.nodes.iter().zip(method.stages) {
                assert!((a.iter().sum::<f64>() - c).abs() < 1e-15);
            }
        }
    }

    #[test]
    fn samples_lie_on_the_exact_curve() {
        let times = [0.0, 0.3, 1.0, 2.5];
        let states = sample(|_, x, dx| dx[0] = -x[0], &times, 0.01, &[2.0]);
        for (i, t) in times.iter().enumerate() {
            assert!((states[(i, 0)] - 2.0 * (-t).exp()).abs() < 1e-9);
        }
    }

    #[test]
    fn a_span_takes_no_needless_step() {
        assert_eq!(Span::covering(0.0, 0.3, 0.1).steps, 3);
        assert_eq!(Span::covering(0.0, 0.31, 0.1).steps, 4);
        assert_eq!(Span::covering(1.0, 1.0, 0.1).steps, 0);
    }
}
