//! Following a system until Newton's method finds the state that it comes to.

use thiserror::Error;

use crate::dynamics::linear::{Jacobian, SparseLu};
use crate::dynamics::stability::{StoppingRule, decays, slowest_lifetime};
use crate::dynamics::system::System;

/// How a steady state is looked for along a path.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SearchSettings {
    /// Tolerance of the path, relative to each variable.
    pub relative: f64,
    /// The same in the units of the variables.
    pub absolute: f64,
    /// For how long the path is followed at most, in the units of time; none for 500 times the
    /// slowest lifetime `1 / |Jᵢᵢ|` of a single variable.
    pub most_time: Option<f64>,
    /// In a steady state, every velocity is at most this share of what flows through its variable.
    pub tolerance: f64,
    /// For how long a displacement is followed to see whether it decays.
    pub stopping_rule: StoppingRule,
}

/// What finding a steady state took.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SearchReport<R> {
    /// The time for which the system was followed.
    pub time: f64,
    /// Iterations of Newton's method, those of attempts that failed among them.
    pub newton: usize,
    /// The largest velocity in the state that was found, as a share of the flow.
    pub speed: f64,
    /// What following took.
    pub following: R,
}

/// Why there is no steady state.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum UnsteadyReason<E> {
    /// It has not come to one in the time that was allowed: it oscillates, grows, or is slow.
    #[error("it still moves")]
    StillMoves,
    /// It has come to one where the smallest displacement would grow.
    #[error("the state it is in is unstable")]
    Unstable,
    /// It could not be followed.
    #[error("{0}")]
    NotFollowed(E),
}

/// A system that does not come to a steady state.
#[derive(Clone, Debug, PartialEq, Error)]
#[error(
    "no steady state in {time} units of time: {reason}. Variable {variable} (counted from 0) moves \
     most, by {speed:.1e} of what flows through it. If it oscillates, ask for a time series \
     instead; if it is slow, allow more time"
)]
pub struct Unsettled<E> {
    /// For how long it was followed.
    pub time: f64,
    /// The variable that moves most at the end, for its flow.
    pub variable: usize,
    /// Its velocity as a share of the flow through it.
    pub speed: f64,
    /// What is the matter.
    pub reason: UnsteadyReason<E>,
}

/// A stretch of time that is to be followed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ahead {
    /// How long it is at most.
    pub most: f64,
    /// How long it is likely to be, which decides whether a factorisation pays.
    pub likely: f64,
}

/// The stable state to which the path of a system from `start` leads.
///
/// Follows the system until every velocity is below a thousandth of the flow through its variable,
/// `|fᵢ| ≤ 10⁻³ Σⱼ |Jᵢⱼ xⱼ|`, and jumps by Newton's method from there. The state it finds is taken
/// if no variable is below 0 that was not before; if it lies near; if small displacements from it
/// decay; and if the system, followed further, comes ten times nearer to it or stays within the
/// tolerance of it. Otherwise the system is followed on. An unstable steady state is never given
/// back. Nor is one of a line of them: where a total is conserved, a displacement along it does not
/// decay, and the system is refused as if it moved.
///
/// * `system`: does not depend on the time, and has a pattern
/// * `lu`: a factorisation of a matrix of the same pattern, which is ordered if there is none yet
/// * `follow`: follows the system from `start`, and calls its second argument with time and state
///   after each step until that is false or the time is over
///
/// # Errors   [`Unsettled`], with the variable that still moves most.
/// # Panics   if the system has no pattern, or `start` another size (bugs in the caller).
/// # Cost     a trajectory, a Jacobian every 8 steps, and a few sparse factorisations.
pub fn search<R, E>(
    system: &dyn System,
    start: &[f64],
    settings: &SearchSettings,
    lu: &mut Option<SparseLu>,
    follow: impl FnOnce(Ahead, &mut dyn FnMut(f64, &[f64]) -> bool) -> Result<R, E>,
) -> Result<(Vec<f64>, SearchReport<R>), Unsettled<E>> {
    let mut search = Search::new(system, start, settings, lu);
    let moves = search.look(0.0, start);
    let most = if moves { search.most_time } else { 0.0 };
    let ahead = Ahead {
        most,
        likely: (20.0 * search.lifetime).min(most),
    };
    let following = follow(ahead, &mut |time, x| search.see(time, x));
    search.conclude(following)
}

/// Share of the flow that moves at most where Newton's method is tried.
const NEARLY: f64 = 1e-3;
/// Accepted steps between two looks.
const PERIOD: usize = 8;
/// How far Newton's method may jump, as a share of each variable.
const JUMP: f64 = 0.1;
const ITERATIONS: usize = 20;

struct Landing {
    x: Vec<f64>,
    speed: f64,
    /// From the trajectory, when it was found.
    distance: f64,
}

struct Search<'s> {
    system: &'s dyn System,
    settings: &'s SearchSettings,
    jacobian: Jacobian<'s>,
    lu: &'s mut Option<SparseLu>,
    lifetime: f64,
    most_time: f64,
    steps: usize,
    newton: usize,
    /// Newton's method is tried below this speed.
    attempt_below: f64,
    candidate: Option<Landing>,
    unstable: bool,
    found: bool,
    time: f64,
    last: Fastest,
}

/// The variable that moves most for its flow.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fastest {
    pub(super) variable: usize,
    /// Its velocity as a share of the flow.
    pub(super) speed: f64,
}

/// The variable that moves most for what flows through it, `|fᵢ| / Σⱼ |Jᵢⱼ xⱼ|`.
///
/// * `dx`: the velocity at `x`
/// * `floor`: the size below which the level of a variable does not matter
pub(super) fn fastest(jacobian: &Jacobian<'_>, x: &[f64], dx: &[f64], floor: f64) -> Fastest {
    let mut flows = vec![0.0; x.len()];
    jacobian.flows_into(x, &mut flows);
    let diagonal = jacobian.diagonal();
    let mut fastest = Fastest {
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
        if speed > fastest.speed {
            fastest = Fastest { variable: i, speed };
        }
    }
    fastest
}

impl<'s> Search<'s> {
    fn new(
        system: &'s dyn System,
        start: &[f64],
        settings: &'s SearchSettings,
        lu: &'s mut Option<SparseLu>,
    ) -> Self {
        let pattern = system.pattern().expect("a system with a Jacobian");
        let mut jacobian = Jacobian::new(pattern);
        jacobian.update(system, 0.0, start);
        let lifetime = slowest_lifetime(&jacobian.diagonal());
        Self {
            system,
            settings,
            jacobian,
            lu,
            lifetime,
            most_time: settings.most_time.unwrap_or(500.0 * lifetime),
            steps: 0,
            newton: 0,
            attempt_below: NEARLY,
            candidate: None,
            unstable: false,
            found: false,
            time: 0.0,
            last: Fastest {
                variable: 0,
                speed: f64::INFINITY,
            },
        }
    }

    /// True while the system is to be followed on.
    fn see(&mut self, time: f64, x: &[f64]) -> bool {
        self.steps += 1;
        self.time = time;
        if !self.steps.is_multiple_of(PERIOD) && time < self.most_time {
            return true;
        }
        self.look(time, x)
    }

    fn look(&mut self, time: f64, x: &[f64]) -> bool {
        self.time = time;
        if let Some(candidate) = &self.candidate {
            let distance = self.distance(&candidate.x, x);
            // what the integrator's own error keeps it from coming nearer than
            let noise = 10.0 * self.settings.relative;
            if distance <= (0.1 * candidate.distance).max(noise) {
                self.found = true;
                return false;
            }
            if distance > 2.0 * candidate.distance {
                self.candidate = None;
            }
        }
        self.last = self.fastest(x);
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
                self.found = gone || candidate.distance <= 10.0 * self.settings.relative;
                self.candidate = Some(candidate);
                !self.found
            }
            // in the unstable steady state: it will not leave it
            None => !(self.unstable && self.last.speed <= self.settings.tolerance),
        }
    }

    /// Size of variable `i`, for what counts as near.
    fn size(&self, x: f64) -> f64 {
        x.abs() + self.settings.absolute / self.settings.relative
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
    fn fastest(&mut self, x: &[f64]) -> Fastest {
        let mut dx = vec![0.0; x.len()];
        self.system.velocity_into(self.time, x, &mut dx);
        self.jacobian.update(self.system, self.time, x);
        fastest(&self.jacobian, x, &dx, self.settings.absolute)
    }

    /// A stable steady state near `x`, by Newton's method.
    fn jump(&mut self, x: &[f64]) -> Option<Landing> {
        if self.lu.is_none() {
            *self.lu = SparseLu::new(self.jacobian.pattern());
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
            speed = self.fastest(&at).speed;
            let enough = speed <= self.settings.tolerance;
            if enough && !(1e-3 * self.settings.tolerance..0.1 * before).contains(&speed) {
                break;
            }
        }
        if speed > self.settings.tolerance || !settle_signs(x, &mut at, |x| self.size(x)) {
            return None;
        }
        let scale: Vec<f64> = at.iter().map(|&x| self.size(x)).collect();
        self.unstable = !decays(&self.jacobian, &scale, self.settings.stopping_rule);
        (!self.unstable).then(|| Landing {
            distance: self.distance(&at, x),
            x: at,
            speed,
        })
    }

    fn conclude<R, E>(
        self,
        following: Result<R, E>,
    ) -> Result<(Vec<f64>, SearchReport<R>), Unsettled<E>> {
        let reason = match (following, self.candidate) {
            (Err(error), _) => UnsteadyReason::NotFollowed(error),
            (Ok(following), Some(candidate)) if self.found => {
                let report = SearchReport {
                    time: self.time,
                    newton: self.newton,
                    speed: candidate.speed,
                    following,
                };
                return Ok((candidate.x, report));
            }
            _ if self.unstable => UnsteadyReason::Unstable,
            _ => UnsteadyReason::StillMoves,
        };
        Err(Unsettled {
            time: self.time,
            variable: self.last.variable,
            speed: self.last.speed,
            reason,
        })
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
