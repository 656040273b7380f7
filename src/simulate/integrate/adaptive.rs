//! Steps as long as a tolerance allows, on the solver crate `diffsol`.

use diffsol::{
    DiffsolError, FaerSparseLU, OdeBuilder, OdeSolverMethod, OdeSolverProblem, OdeSolverStopReason,
};
use faer::Mat;
use thiserror::Error;

use super::equations::{Equations, SparseMatrix, numbers};
use super::stability::Watch;
use super::system::System;

/// How a system is followed with steps of variable length.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Method {
    /// [`Method::Tsitouras`], and from where it turns stiff [`Method::Bdf`].
    ///
    /// Every 20 steps the fastest rate `ρ(J)` is estimated by power iteration. The system counts
    /// as stiff where the last step was longer than `2 / ρ`, that is where stability and not
    /// accuracy ended it, and more than 200 such steps would still be needed. Without a Jacobian
    /// it stays with Tsitouras.
    #[default]
    Auto,
    /// The explicit method of Tsitouras (2011), order 5 with an error estimate of order 4.
    Tsitouras,
    /// TR-BDF2 of Bank et al. (1985), implicit, order 2, L-stable.
    TrBdf2,
    /// A singly diagonally implicit method of Jørgensen et al. (2018), order 3, L-stable.
    Esdirk34,
    /// Backward differentiation formulas of variable order 1 to 5.
    Bdf,
}

/// Tolerances and limits of the adaptive methods.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// How to follow the system.
    pub method: Method,
    /// Error of a step relative to the size of each variable. The root of the mean square over
    /// the variables is held below 1, so that one of many may exceed it.
    pub relative: f64,
    /// The same in the units of the variables: the size below which a value does not matter.
    pub absolute: f64,
    /// Give up after so many accepted steps.
    pub most_steps: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            method: Method::Auto,
            relative: 1e-6,
            absolute: 1e-9,
            most_steps: 100_000,
        }
    }
}

/// What following a system took.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Report {
    /// The method that took the last step.
    pub method: Method,
    /// When [`Method::Auto`] changed to the stiff method, if it did.
    pub stiff_from: Option<f64>,
    /// Accepted steps.
    pub steps: usize,
    /// Velocities.
    pub evaluations: usize,
    /// Jacobians, those of the watch for stiffness among them.
    pub jacobians: usize,
}

/// Why a system could not be followed to the end.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum IntegrationError {
    /// No step was short enough for the tolerance.
    #[error(
        "at time {time} no step is short enough for the tolerance; variable {variable} (counted \
         from 0) changes fastest. Look for a rate that grows without bound, or raise the tolerance"
    )]
    StepTooSmall {
        /// The time reached.
        time: f64,
        /// The variable that moves fastest in units of its tolerance.
        variable: usize,
    },
    /// A velocity is no number.
    #[error(
        "at time {time} the velocity of variable {variable} (counted from 0) is not a finite \
         number. Look for a division by 0 or a power of a negative number in its rates"
    )]
    NonFinite {
        /// When it was asked for.
        time: f64,
        /// Whose velocity it is.
        variable: usize,
    },
    /// The limit was reached.
    #[error(
        "{most} steps led only to time {time}; variable {variable} (counted from 0) changes \
         fastest. Shorten the time, raise the tolerance, or take a stiff method"
    )]
    TooManySteps {
        /// The limit of the settings.
        most: usize,
        /// The time reached.
        time: f64,
        /// The variable that moves fastest in units of its tolerance.
        variable: usize,
    },
}

/// States of the system at the given times.
///
/// * `times`: `n` increasing times; the first is the time of `start`
/// * returns `n × p`, row = time, and what it took
///
/// Between steps the method's own interpolant is read, of about the accuracy of the steps. Values
/// may lie below 0 by as much as the tolerance.
///
/// # Errors   [`IntegrationError`], with the time reached and a variable to look at.
/// # Panics   if the times do not increase, a tolerance is not above 0, `start` has another size
///   than the system, or an implicit method is asked for where there is no pattern (bugs in the
///   caller).
/// # Cost     explicit: 6 velocities a step. Implicit: 1 to 4 velocities and sparse solves a
///   step, a factorisation every few steps.
pub fn trajectory(
    system: &dyn System,
    times: &[f64],
    start: &[f64],
    settings: &Settings,
) -> Result<(Mat<f64>, Report), IntegrationError> {
    let increasing = times.windows(2).all(|pair| pair[0] < pair[1]);
    assert!(increasing, "times that increase");
    let mut states = Mat::zeros(times.len(), start.len());
    let mut row = vec![0.0; start.len()];
    let mut done = 0;
    let mut write = |reached: &Reached<'_>| {
        while done < times.len() && times[done] <= reached.time {
            (reached.at)(times[done], &mut row);
            row.iter()
                .enumerate()
                .for_each(|(j, &value)| states[(done, j)] = value);
            done += 1;
        }
        true
    };
    let (Some(&from), Some(&to)) = (times.first(), times.last()) else {
        return Ok((states, Report::new(settings.method)));
    };
    write(&Reached {
        time: from,
        x: start,
        at: &|_, x| x.copy_from_slice(start),
    });
    let stretch = Stretch {
        from,
        to,
        horizon: to - from,
    };
    let report = follow(system, start, stretch, settings, &mut write)?;
    Ok((states, report))
}

impl Report {
    fn new(method: Method) -> Self {
        Self {
            method,
            stiff_from: None,
            steps: 0,
            evaluations: 0,
            jacobians: 0,
        }
    }
}

/// Where the end of an accepted step lies.
pub(super) struct Reached<'r> {
    pub(super) time: f64,
    pub(super) x: &'r [f64],
    /// Writes the state at a time within the step.
    pub(super) at: &'r dyn Fn(f64, &mut [f64]),
}

/// The time to be followed.
#[derive(Clone, Copy)]
pub(super) struct Stretch {
    pub(super) from: f64,
    pub(super) to: f64,
    /// How much time is likely to be followed, which decides whether a factorisation pays.
    pub(super) horizon: f64,
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
        solver
            .set_stop_time(self.stretch.to)
            .expect("the end lies ahead");
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
        let pace = |i: usize| dx[i].abs() / tolerance(x[i]);
        (0..x.len())
            .max_by(|&i, &j| pace(i).total_cmp(&pace(j)))
            .unwrap_or(0)
    }
}

fn problem<'s>(
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

#[cfg(test)]
pub(super) mod tests;
