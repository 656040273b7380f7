use diffsol::{FaerSparseLU, OdeSolverMethod};

use super::*;
use crate::simulate::integrate::equations::{Equations, numbers};
use crate::simulate::integrate::follow::problem;
use crate::simulate::integrate::{Method, Pattern, Velocity};

/// `x' = x cos t` from 1, that is `exp(sin t)`.
struct Swing(Pattern);

impl Swing {
    fn new() -> Self {
        Self(Pattern::new(1, vec![(0, 0)]))
    }

    fn exact(t: f64) -> f64 {
        t.sin().exp()
    }
}

impl System for Swing {
    fn size(&self) -> usize {
        1
    }

    fn velocity_into(&self, t: f64, x: &[f64], dx: &mut [f64]) {
        dx[0] = t.cos() * x[0];
    }

    fn pattern(&self) -> Option<&Pattern> {
        Some(&self.0)
    }

    fn jacobian_into(&self, t: f64, _: &[f64], values: &mut [f64]) {
        values[0] = t.cos();
    }
}

/// `k` variables handed on from one to the next, with rates from 1 to `fastest`.
pub(in crate::simulate::integrate) struct Chain {
    rates: Vec<f64>,
    pattern: Pattern,
}

impl Chain {
    pub(in crate::simulate::integrate) fn new(size: usize, fastest: f64) -> Self {
        let last = (size - 1) as f64;
        let pair = |i: usize| [(i, i), (i, i.saturating_sub(1))];
        Self {
            rates: (0..size).map(|i| fastest.powf(i as f64 / last)).collect(),
            pattern: Pattern::new(size, (0..size).flat_map(pair).collect()),
        }
    }
}

impl System for Chain {
    fn size(&self) -> usize {
        self.rates.len()
    }

    fn velocity_into(&self, _: f64, x: &[f64], dx: &mut [f64]) {
        dx[0] = 1.0 - self.rates[0] * x[0];
        for i in 1..x.len() {
            dx[i] = self.rates[i] * (x[i - 1] - x[i]);
        }
    }

    fn pattern(&self) -> Option<&Pattern> {
        Some(&self.pattern)
    }

    fn jacobian_into(&self, _: f64, _: &[f64], values: &mut [f64]) {
        for (i, rate) in self.rates.iter().enumerate() {
            values[2 * i] = -rate;
            values[2 * i + 1] = if i == 0 { 0.0 } else { *rate };
        }
    }
}

const METHODS: [Method; 5] = [
    Method::Auto,
    Method::Tsitouras,
    Method::TrBdf2,
    Method::Esdirk34,
    Method::Bdf,
];

fn with(method: Method, tolerance: f64) -> Settings {
    Settings {
        method,
        relative: tolerance,
        absolute: tolerance,
        ..Settings::default()
    }
}

/// Error at time 3 with `steps` equal steps, the error test and the step control out of the way.
fn error_of_equal_steps(method: Method, steps: usize) -> f64 {
    fn drive<'a, 's: 'a>(
        mut solver: impl OdeSolverMethod<'a, Equations<'s>>,
        end: f64,
        step: f64,
    ) -> f64 {
        *solver.state_mut().h = step;
        while solver.state().t < end - 0.5 * step {
            solver.step().expect("a smooth problem");
        }
        (numbers(solver.state().y)[0] - Swing::exact(solver.state().t)).abs()
    }
    const END: f64 = 3.0;
    type Lu = FaerSparseLU<f64>;
    let swing = Swing::new();
    let stretch = Stretch {
        from: 0.0,
        to: END,
        horizon: END,
    };
    let mut problem = problem(Equations::new(&swing, &[1.0]), stretch, &with(method, 1e3));
    let options = &mut problem.ode_options;
    // any error passes, the next step is as long, and the inner iteration goes to the end
    options.max_timestep_growth = Some(1.0);
    options.min_timestep_growth = Some(1.0);
    options.min_timestep_shrink = Some(1.0);
    options.max_timestep_shrink = Some(1.0);
    options.nonlinear_solver_tolerance = 1e-15;
    let step = END / steps as f64;
    match method {
        Method::Tsitouras => drive(problem.tsit45().expect("sizes"), END, step),
        Method::TrBdf2 => drive(problem.tr_bdf2::<Lu>().expect("sizes"), END, step),
        Method::Esdirk34 => drive(problem.esdirk34::<Lu>().expect("sizes"), END, step),
        Method::Auto | Method::Bdf => unreachable!("methods without an order of their own"),
    }
}

#[test]
fn every_method_of_one_order_shows_it() {
    for method in METHODS {
        let Some(order) = method.order().map(f64::from) else {
            continue;
        };
        // where the next power of the step is small, and rounding too
        let steps = if order > 3.0 { 48 } else { 256 };
        let errors = [steps, 2 * steps].map(|steps| error_of_equal_steps(method, steps));
        let observed = (errors[0] / errors[1]).log2();
        assert!(
            (observed - order).abs() < 0.1,
            "{method:?}, order {order}: observed {observed} from {errors:?}"
        );
    }
}

#[test]
fn the_error_of_every_method_follows_the_tolerance() {
    let times: Vec<f64> = (0..=40).map(|i| f64::from(i) * 0.25).collect();
    for method in METHODS {
        let error = |tolerance| {
            let swing = Swing::new();
            let (states, _) =
                trajectory(&swing, &times, &[1.0], &with(method, tolerance)).expect("smooth");
            let errors = times.iter().enumerate();
            errors
                .map(|(i, &t)| (states[(i, 0)] - Swing::exact(t)).abs())
                .fold(0.0, f64::max)
        };
        let tolerances = [1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8];
        let errors = tolerances.map(error);
        let slope = (errors[0] / errors[5]).log10() / 5.0;
        assert!(
            (0.6..1.3).contains(&slope),
            "{method:?}: slope {slope} of {errors:?}"
        );
        // the error of a step is held, so that of a path of order 2 shrinks with the power 2/3
        for (tolerance, error) in tolerances.iter().zip(errors) {
            assert!(
                error < 10.0 * tolerance.powf(2.0 / 3.0),
                "{method:?} at {tolerance}: {error}"
            );
        }
    }
}

#[test]
fn a_stiff_chain_is_left_to_the_stiff_method_and_is_right() {
    let chain = Chain::new(9, 1e4);
    let settings = with(Method::Auto, 1e-7);
    let (states, report) = trajectory(&chain, &[0.0, 1.0, 20.0], &[0.0; 9], &settings)
        .expect("a chain can be followed");
    assert_eq!(report.method, Method::Bdf);
    assert!(report.stiff_from.is_some_and(|t| t < 0.1), "{report:?}");
    assert!(report.steps < 1000, "{report:?}");
    assert!((states[(1, 0)] - (1.0 - (-1f64).exp())).abs() < 1e-5);
    assert!((states[(2, 8)] - 1.0).abs() < 1e-5);
    let variables_only = with(Method::Tsitouras, 1e-7);
    let (explicit, slow) =
        trajectory(&chain, &[0.0, 1.0, 20.0], &[0.0; 9], &variables_only).expect("with more steps");
    assert!(slow.steps > 20 * report.steps, "{slow:?}");
    for j in 0..9 {
        assert!((explicit[(1, j)] - states[(1, j)]).abs() < 1e-5);
    }
}

#[test]
fn a_system_that_is_not_stiff_stays_with_the_explicit_method() {
    let chain = Chain::new(9, 3.0);
    let (_, report) = trajectory(&chain, &[0.0, 20.0], &[0.0; 9], &with(Method::Auto, 1e-6))
        .expect("a chain can be followed");
    assert_eq!(
        (report.method, report.stiff_from),
        (Method::Tsitouras, None)
    );
}

#[test]
fn a_velocity_alone_is_enough_for_the_default() {
    let decay = Velocity::new(2, |_, x: &[f64], dx: &mut [f64]| {
        dx[0] = -x[0];
        dx[1] = -1000.0 * x[1];
    });
    let times = [0.0, 0.5, 2.0];
    let (states, report) =
        trajectory(&decay, &times, &[1.0, 1.0], &Settings::default()).expect("decay");
    assert_eq!((report.method, report.jacobians), (Method::Tsitouras, 0));
    for (i, t) in times.iter().enumerate() {
        assert!((states[(i, 0)] - (-t).exp()).abs() < 1e-5);
    }
}

#[test]
fn one_time_gives_the_start_and_none_gives_nothing() {
    let swing = Swing::new();
    let (states, _) = trajectory(&swing, &[3.0], &[0.25], &Settings::default()).expect("no step");
    assert_eq!((states.nrows(), states[(0, 0)]), (1, 0.25));
    let (states, _) = trajectory(&swing, &[], &[0.25], &Settings::default()).expect("no step");
    assert_eq!(states.nrows(), 0);
}

#[test]
fn what_grows_without_bound_is_reported_with_its_time() {
    let blow_up = Velocity::new(2, |_, x: &[f64], dx: &mut [f64]| {
        dx[0] = -x[0];
        dx[1] = x[1] * x[1];
    });
    let error = trajectory(&blow_up, &[0.0, 2.0], &[1.0, 1.0], &Settings::default())
        .expect_err("infinite at time 1");
    let (IntegrationError::StepTooSmall { time, variable }
    | IntegrationError::TooManySteps { time, variable, .. }
    | IntegrationError::NonFinite { time, variable }) = error;
    assert_eq!(variable, 1);
    assert!((time - 1.0).abs() < 1e-3, "{time}");
}

/// `x' = 1` until its velocity is not a number, beyond 1.
struct Edge(Pattern);

impl System for Edge {
    fn size(&self) -> usize {
        2
    }

    fn velocity_into(&self, _: f64, x: &[f64], dx: &mut [f64]) {
        dx[0] = -x[0];
        dx[1] = if x[1] > 1.0 { f64::NAN } else { 1.0 };
    }

    fn pattern(&self) -> Option<&Pattern> {
        Some(&self.0)
    }

    fn jacobian_into(&self, _: f64, _: &[f64], values: &mut [f64]) {
        values[0] = -1.0;
    }
}

#[test]
fn a_velocity_that_is_no_number_is_named_by_every_method() {
    let edge = Edge(Pattern::new(2, vec![(0, 0)]));
    for method in METHODS {
        let error = trajectory(&edge, &[0.0, 2.0], &[1.0, 0.0], &with(method, 1e-6))
            .expect_err("no number beyond time 1");
        let IntegrationError::NonFinite { time, variable } = error else {
            panic!("{method:?}: {error}");
        };
        assert!(
            variable == 1 && (time - 1.0).abs() < 0.1,
            "{method:?}: {time}"
        );
    }
}

#[test]
fn too_many_steps_are_an_error_that_names_the_limit() {
    let settings = Settings {
        most_steps: 10,
        ..with(Method::Tsitouras, 1e-8)
    };
    let error = trajectory(&Swing::new(), &[0.0, 100.0], &[1.0], &settings).expect_err("10 steps");
    assert!(
        error.to_string().starts_with("10 steps led only to time "),
        "{error}"
    );
}
