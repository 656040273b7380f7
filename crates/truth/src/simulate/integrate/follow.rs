//! The loop over the steps of the solver crate, one method after another where that pays.

use diffsol::{
    DiffsolError, FaerSparseLU, OdeBuilder, OdeSolverMethod, OdeSolverProblem, OdeSolverStopReason,
};

use super::equations::{Equations, SparseMatrix, numbers};
use super::settings::{IntegrationError, Method, Report, Settings, Stretch};
use super::stability::Watch;
use cistron::dynamics::System;

/// Where the end of an accepted step lies.
pub(super) struct Reached<'r> {
    pub(super) time: f64,
    pub(super) x: &'r [f64],
    /// Writes the state at a time within the step.
    pub(super) at: &'r dyn Fn(f64, &mut [f64]),
}

/// Follows the system until `see`, called after each accepted step, says false or the end is
/// reached.
pub(super) fn follow(
    system: &dyn System,
    start: &[f64],
    stretch: Stretch,
    settings: &Settings,
    see: &mut dyn FnMut(&Reached<'_>) -> bool,
) -> Result<Report, IntegrationError> {
    let positive = settings.relative > 0.0 && settings.absolute > 0.0;
    assert!(positive, "tolerances above 0");
    let mut report = Report::new(settings.method);
    if stretch.from >= stretch.to {
        return Ok(report);
    }
    if settings.method == Method::Auto {
        report.method = Method::Tsitouras;
        let mut watch = system.pattern().map(|pattern| Watch::new(pattern, stretch));
        let explicit = Leg {
            settings,
            stretch,
            see,
        };
        let Ended::Stiff(time, x) = explicit.run(system, start, &mut report, watch.as_mut())?
        else {
            return Ok(report);
        };
        report.stiff_from = Some(time);
        report.method = Method::Bdf;
        let from_here = Stretch {
            from: time,
            ..stretch
        };
        let implicit = Leg {
            settings,
            stretch: from_here,
            see,
        };
        implicit.run(system, &x, &mut report, None)?;
    } else {
        let leg = Leg {
            settings,
            stretch,
            see,
        };
        leg.run(system, start, &mut report, None)?;
    }
    Ok(report)
}

enum Ended {
    /// At the end, or because the caller had seen enough.
    Here,
    /// Because another method will be faster from this time and state.
    Stiff(f64, Vec<f64>),
}

/// A stretch with one method.
struct Leg<'l> {
    settings: &'l Settings,
    stretch: Stretch,
    see: &'l mut dyn FnMut(&Reached<'_>) -> bool,
}

impl Leg<'_> {
    fn run(
        mut self,
        system: &dyn System,
        start: &[f64],
        report: &mut Report,
        watch: Option<&mut Watch<'_>>,
    ) -> Result<Ended, IntegrationError> {
        type Lu = FaerSparseLU<f64>;
        let implicit = report.method != Method::Tsitouras;
        assert!(
            !implicit || system.pattern().is_some(),
            "implicit methods need the Jacobian"
        );
        let problem = problem(Equations::new(system, start), self.stretch, self.settings);
        let given = "the sizes were checked";
        let ended = match report.method {
            Method::Auto | Method::Tsitouras => {
                self.drive(problem.tsit45().expect(given), report, watch)
            }
            Method::TrBdf2 => self.drive(problem.tr_bdf2::<Lu>().expect(given), report, watch),
            Method::Esdirk34 => self.drive(problem.esdirk34::<Lu>().expect(given), report, watch),
            Method::Bdf => self.drive(problem.bdf::<Lu>().expect(given), report, watch),
        };
        report.evaluations += problem.eqn.evaluations.get();
        report.jacobians += problem.eqn.jacobians.get();
        ended
    }

    fn drive<'a, 's: 'a>(
        &mut self,
        mut solver: impl OdeSolverMethod<'a, Equations<'s>>,
        report: &mut Report,
        mut watch: Option<&mut Watch<'_>>,
    ) -> Result<Ended, IntegrationError> {
        let equations = &solver.problem().eqn;
        if solver.set_stop_time(self.stretch.to).is_err() {
            // rounding cannot tell the end from the start, and nothing has changed by then
            let x = numbers(solver.state().y).to_vec();
            (self.see)(&Reached {
                time: self.stretch.to,
                x: &x,
                at: &|_, to| to.copy_from_slice(&x),
            });
            return Ok(Ended::Here);
        }
        loop {
            let before = solver.state().t;
            if report.steps >= self.settings.most_steps {
                return Err(IntegrationError::TooManySteps {
                    most: self.settings.most_steps,
                    time: before,
                    variable: self.fastest(equations, before, numbers(solver.state().y)),
                });
            }
            equations.fault.set(None);
            let stepped = solver.step();
            let state = solver.state();
            let (time, x) = (state.t, numbers(state.y));
            if let Some(error) = self.fault(equations, &stepped, time, x) {
                return Err(error);
            }
            report.steps += 1;
            let reached = Reached {
                time,
                x,
                at: &|t, x| {
                    let state = solver.interpolate(t).expect("the time lies in the step");
                    x.copy_from_slice(numbers(&state));
                },
            };
            if !(self.see)(&reached) || matches!(stepped, Ok(OdeSolverStopReason::TstopReached)) {
                return Ok(Ended::Here);
            }
            if let Some(watch) = &mut watch
                && watch.sees_stiffness(equations, time, time - before, x)
            {
                return Ok(Ended::Stiff(time, x.to_vec()));
            }
        }
    }

    /// What went wrong in the last step, if anything did.
    fn fault(
        &self,
        equations: &Equations<'_>,
        stepped: &Result<OdeSolverStopReason<f64>, DiffsolError>,
        time: f64,
        x: &[f64],
    ) -> Option<IntegrationError> {
        if let Some(variable) = x.iter().position(|x| !x.is_finite()) {
            return Some(IntegrationError::NonFinite { time, variable });
        }
        if stepped.is_ok() {
            return None;
        }
        // a velocity that was no number in a trial step is the reason for the steps to shrink
        Some(match equations.fault.get() {
            Some((variable, time)) => IntegrationError::NonFinite { time, variable },
            None => IntegrationError::StepTooSmall {
                time,
                variable: self.fastest(equations, time, x),
            },
        })
    }

    /// The variable that moves fastest in units of its tolerance.
    fn fastest(&self, equations: &Equations<'_>, t: f64, x: &[f64]) -> usize {
        let mut dx = vec![0.0; x.len()];
        equations.system.velocity_into(t, x, &mut dx);
        let tolerance = |x: f64| self.settings.relative * x.abs() + self.settings.absolute;
        let speed = |i: usize| dx[i].abs() / tolerance(x[i]);
        (0..x.len())
            .max_by(|&i, &j| speed(i).total_cmp(&speed(j)))
            .unwrap_or(0)
    }
}

pub(super) fn problem<'s>(
    equations: Equations<'s>,
    stretch: Stretch,
    settings: &Settings,
) -> OdeSolverProblem<Equations<'s>> {
    let mut problem = OdeBuilder::<SparseMatrix>::new()
        .t0(stretch.from)
        .rtol(settings.relative)
        .atol([settings.absolute])
        .build_from_eqn(equations)
        .expect("one tolerance for all variables");
    let options = &mut problem.ode_options;
    options.min_timestep = 1e-14 * (stretch.to - stretch.from);
    // counted over the whole path, where the length of a step is the better limit
    options.max_nonlinear_solver_failures = usize::MAX / 2;
    problem
}
