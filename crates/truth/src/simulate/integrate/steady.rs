//! States in which nothing changes any more.

use cistron::dynamics::{
    Ahead, SearchReport, SearchSettings, StoppingRule, System, Unsettled, search,
};

use super::follow::follow;
use super::settings::{IntegrationError, Report, Settings, Stretch};

/// How a steady state is looked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SteadySettings {
    /// How the system is followed.
    pub following: Settings,
    /// For how long, in the units of time; none for 500 times the slowest lifetime `1 / |Jᵢᵢ|`
    /// of a single variable.
    pub most_time: Option<f64>,
    /// In a steady state, every velocity is at most this share of what flows through its variable.
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
pub type SteadyReport = SearchReport<Report>;
/// A system that does not come to a steady state.
pub type NoSteadyState = Unsettled<IntegrationError>;
/// Why there is no steady state.
pub type UnsteadyReason = cistron::dynamics::UnsteadyReason<IntegrationError>;

/// The stable state to which the path of the system from `start` leads: see [`search`].
///
/// # Errors   [`NoSteadyState`], with the variable that still moves most.
/// # Panics   if the system has no pattern, or `start` another size (bugs in the caller).
/// # Cost     that of [`search`].
pub fn steady_state(
    system: &dyn System,
    start: &[f64],
    settings: &SteadySettings,
) -> Result<(Vec<f64>, SteadyReport), NoSteadyState> {
    let SteadySettings {
        following,
        most_time,
        tolerance,
    } = settings;
    let looked_for = SearchSettings {
        relative: following.relative,
        absolute: following.absolute,
        most_time: *most_time,
        tolerance: *tolerance,
        stopping_rule: StoppingRule::default(),
    };
    let mut lu = None;
    search(
        system,
        start,
        &looked_for,
        &mut lu,
        |Ahead { most, likely }, see| {
            let stretch = Stretch {
                from: 0.0,
                to: most,
                horizon: likely,
            };
            follow(system, start, stretch, following, &mut |reached| {
                see(reached.time, reached.x)
            })
        },
    )
}

#[cfg(test)]
mod tests;
