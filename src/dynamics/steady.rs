//! States in which nothing changes any more.

use thiserror::Error;

use super::adaptive::{IntegrationError, Report, Settings};
use super::follow::{Reached, Stretch, follow};
use super::linear::{Jacobian, SparseLu};
use super::stability::{decays, slowest_lifetime};
use super::system::System;

/// How a steady state is looked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SteadySettings {
    /// How the system is followed.
    pub following: Settings,
    /// For how long, in the units of time; none for 500 times the slowest lifetime `1 / |Jᵢᵢ|`
    /// of a single variable.
    pub most_time: Option<f64>,
    /// At rest, every velocity is at most this share of what flows through its variable.
    pub tolerance: f64,
}

impl Default for SteadySettings {
    fn default() -> Self {
        Self {
            following: Settings::default(),
            most_time: None,
            tolerance: 1e-10,
        }
    }
}

/// What finding a steady state took.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SteadyReport {
    /// The time for which the system was followed.
    pub time: f64,
    /// Iterations of Newton's method, those of attempts that failed among them.
    pub newton: usize,
    /// The largest velocity in the state that was found, as a share of the flow.
    pub speed: f64,
    /// What following took.
    pub following: Report,
}

/// Why there is no steady state.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum Restless {
    /// It has not come to rest in the time that was allowed: it oscillates, grows, or is slow.
    #[error("it still moves")]
    StillMoves,
    /// It has come to rest where the least displacement would grow.
    #[error("the state it is in is unstable")]
    Unstable,
    /// It could not be followed.
    #[error("{0}")]
    NotFollowed(#[from] IntegrationError),
}

/// A system that does not come to rest.
#[derive(Clone, Debug, PartialEq, Error)]
#[error(
    "no steady state in {time} units of time: {reason}. Variable {variable} (counted from 0) moves \
     most, by {speed:.1e} of what flows through it. If it oscillates, ask for a time series \
     instead; if it is slow, allow more time"
)]
pub struct NoSteadyState {
    /// For how long it was followed.
    pub time: f64,
    /// The variable that moves most at the end, for its flow.
    pub variable: usize,
    /// Its velocity as a share of the flow through it.
    pub speed: f64,
    /// What is the matter.
    pub reason: Restless,
}

/// The stable state in which the system comes to rest from `start`.
///
/// Follows the system until every velocity is below a thousandth of the flow through its variable,
/// `|fᵢ| ≤ 10⁻³ Σⱼ |Jᵢⱼ xⱼ|`, and jumps by Newton's method from there. The state it finds is taken
/// if no variable is below 0 that was not before; if it lies near; if small displacements from it
/// decay; and if the system, followed further, comes ten times nearer to it or stays within the
/// tolerance of it. Otherwise the system is followed on. An unstable rest point is never given
/// back. Nor is one of a line of them: where a total is conserved, a displacement along it does not
/// decay, and the system is refused as if it moved.
///
/// * `system`: does not depend on the time, and has a pattern
///
/// # Errors   [`NoSteadyState`], with the variable that still moves most.
/// # Panics   if the system has no pattern, or `start` another size (bugs in the caller).
/// # Cost     a trajectory, a Jacobian every 8 steps, and a few sparse factorisations.
pub fn steady_state(
    system: &dyn System,
    start: &[f64],
    settings: &SteadySettings,
) -> Result<(Vec<f64>, SteadyReport), NoSteadyState> {
    let mut search = Search::new(system, start, settings);
    let moves = search.look(0.0, start);
    let to = if moves { search.most_time } else { 0.0 };
    let stretch = Stretch {
        from: 0.0,
        to,
        horizon: (20.0 * search.lifetime).min(to),
    };
    let following = follow(
        system,
        start,
        stretch,
        &settings.following,
        &mut |reached| search.see(reached),
    );
    search.conclude(following)
}

/// Nearly at rest: close enough for Newton's method to be tried.
const NEARLY: f64 = 1e-3;
/// Accepted steps between two looks.
const PERIOD: usize = 8;
/// How far Newton's method may jump, as a share of each variable.
const JUMP: f64 = 0.1;
const ITERATIONS: usize = 20;

struct Candidate {
    x: Vec<f64>,
    speed: f64,
    /// From the trajectory, when it was found.
    distance: f64,
}

struct Search<'s> {
    system: &'s dyn System,
    settings: &'s SteadySettings,
    jacobian: Jacobian<'s>,
    lu: Option<SparseLu>,
    lifetime: f64,
    most_time: f64,
    steps: usize,
    newton: usize,
    /// Newton's method is tried below this speed.
    attempt_below: f64,
    candidate: Option<Candidate>,
    unstable: bool,
    found: bool,
    time: f64,
    last: Rest,
}

/// The variable that moves most for its flow.
#[derive(Clone, Copy, Debug)]
pub struct Rest {
    /// The variable that moves fastest.
    pub variable: usize,
    /// Its velocity as a share of the flow.
    pub speed: f64,
}

/// The variable that moves most for what flows through it, `|fᵢ| / Σⱼ |Jᵢⱼ xⱼ|`.
///
/// * `dx`: the velocity at `x`
/// * `floor`: the size below which the level of a variable does not matter
pub fn speed(jacobian: &Jacobian<'_>, x: &[f64], dx: &[f64], floor: f64) -> Rest {
    let mut flows = vec![0.0; x.len()];
    jacobian.flows_into(x, &mut flows);
    let diagonal = jacobian.diagonal();
    let mut rest = Rest {
        variable: 0,
        speed: 0.0,
    };
    for i in 0..x.len() {
        let flow = flows[i] + diagonal[i].abs() * floor;
        let speed = match dx[i].abs() / flow {
            _ if dx[i] == 0.0 => 0.0,
            speed if speed.is_nan() => f64::INFINITY,
            speed => speed,
        };
        if speed > rest.speed {
            rest = Rest { variable: i, speed };
        }
    }
    rest
}

impl<'s> Search<'s> {
    fn new(system: &'s dyn System, start: &[f64], settings: &'s SteadySettings) -> Self {
        let pattern = system.pattern().expect("a system with a Jacobian");
        let mut jacobian = Jacobian::new(pattern);
        jacobian.update(system, 0.0, start);
        let lifetime = slowest_lifetime(&jacobian.diagonal());
        Self {
            system,
            settings,
            jacobian,
            lu: None,
            lifetime,
            most_time: settings.most_time.unwrap_or(500.0 * lifetime),
            steps: 0,
            newton: 0,
            attempt_below: NEARLY,
            candidate: None,
            unstable: false,
            found: false,
            time: 0.0,
            last: Rest {
                variable: 0,
                speed: f64::INFINITY,
            },
        }
    }

    /// True while the system is to be followed on.
    fn see(&mut self, reached: &Reached<'_>) -> bool {
        self.steps += 1;
        self.time = reached.time;
        if !self.steps.is_multiple_of(PERIOD) && reached.time < self.most_time {
            return true;
        }
        self.look(reached.time, reached.x)
    }

    fn look(&mut self, time: f64, x: &[f64]) -> bool {
        self.time = time;
        if let Some(candidate) = &self.candidate {
            let distance = self.distance(&candidate.x, x);
            // what the integrator's own error keeps it from coming nearer than
            let noise = 10.0 * self.settings.following.relative;
            if distance <= (0.1 * candidate.distance).max(noise) {
                self.found = true;
                return false;
            }
            if distance > 2.0 * candidate.distance {
                self.candidate = None;
            }
        }
        self.last = self.rest(x);
        if self.last.speed > 10.0 * NEARLY {
            self.attempt_below = NEARLY;
            self.unstable = false;
        }
        if self.candidate.is_some() || self.last.speed > self.attempt_below {
            return true;
        }
        self.attempt_below = self.last.speed / 10.0;
        match self.jump(x) {
            Some(candidate) => {
                let gone = self.last.speed <= self.settings.tolerance;
                self.found = gone || candidate.distance <= 10.0 * self.settings.following.relative;
                self.candidate = Some(candidate);
                !self.found
            }
            // at rest in the unstable state: it will not leave it
            None => !(self.unstable && self.last.speed <= self.settings.tolerance),
        }
    }

    /// Size of variable `i`, for what counts as near.
    fn size(&self, x: f64) -> f64 {
        x.abs() + self.settings.following.absolute / self.settings.following.relative
    }

    /// The largest difference between two states, as a share of the size of the variable.
    fn distance(&self, from: &[f64], to: &[f64]) -> f64 {
        let shares = from
            .iter()
            .zip(to)
            .map(|(a, b)| (a - b).abs() / self.size(*a));
        shares.fold(0.0, f64::max)
    }

    /// How fast the system moves at `x`; leaves its Jacobian behind.
    fn rest(&mut self, x: &[f64]) -> Rest {
        let mut dx = vec![0.0; x.len()];
        self.system.velocity_into(self.time, x, &mut dx);
        self.jacobian.update(self.system, self.time, x);
        speed(&self.jacobian, x, &dx, self.settings.following.absolute)
    }

    /// A stable rest point near `x`, by Newton's method.
    fn jump(&mut self, x: &[f64]) -> Option<Candidate> {
        if self.lu.is_none() {
            self.lu = SparseLu::new(self.jacobian.pattern());
        }
        let mut at = x.to_vec();
        let mut step = vec![0.0; x.len()];
        let (mut before, mut speed) = (f64::INFINITY, self.last.speed);
        for _ in 0..ITERATIONS {
            self.newton += 1;
            let lu = self.lu.as_mut()?;
            // a factorisation costs many solves: the old one serves while it brings a digit
            if before.is_infinite() || speed > 0.1 * before {
                lu.factor(&self.jacobian)?;
            }
            self.system.velocity_into(self.time, &at, &mut step);
            lu.solve(&mut step)?;
            at.iter_mut().zip(&step).for_each(|(x, step)| *x -= step);
            if self.distance(x, &at) > JUMP {
                return None;
            }
            // the Jacobian is now that at the new state
            before = speed;
            speed = self.rest(&at).speed;
            let enough = speed <= self.settings.tolerance;
            if enough && !(1e-3 * self.settings.tolerance..0.1 * before).contains(&speed) {
                break;
            }
        }
        if speed > self.settings.tolerance || !settle_signs(x, &mut at, |x| self.size(x)) {
            return None;
        }
        let scale: Vec<f64> = at.iter().map(|&x| self.size(x)).collect();
        self.unstable = !decays(&self.jacobian, &scale, self.most_time);
        (!self.unstable).then(|| Candidate {
            distance: self.distance(&at, x),
            x: at,
            speed,
        })
    }

    fn conclude(
        self,
        following: Result<Report, IntegrationError>,
    ) -> Result<(Vec<f64>, SteadyReport), NoSteadyState> {
        let refuse = |reason| NoSteadyState {
            time: self.time,
            variable: self.last.variable,
            speed: self.last.speed,
            reason,
        };
        let following = following.map_err(|error| refuse(error.into()))?;
        match self.candidate {
            Some(candidate) if self.found => Ok((
                candidate.x,
                SteadyReport {
                    time: self.time,
                    newton: self.newton,
                    speed: candidate.speed,
                    following,
                },
            )),
            _ if self.unstable => Err(refuse(Restless::Unstable)),
            _ => Err(refuse(Restless::StillMoves)),
        }
    }
}

/// False if a variable was not below 0 and now is; what rounding took below 0 becomes 0.
fn settle_signs(before: &[f64], after: &mut [f64], size: impl Fn(f64) -> f64) -> bool {
    for (before, after) in before.iter().zip(after) {
        if *before >= 0.0 && *after < 0.0 {
            if *after < -1e-9 * size(0.0) {
                return false;
            }
            *after = 0.0;
        }
    }
    true
}

#[cfg(test)]
mod tests;
