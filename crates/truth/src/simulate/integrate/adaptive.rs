//! Steps as long as a tolerance allows, on the solver crate `diffsol`.

use faer::Mat;

use super::follow::{Reached, follow};
use super::settings::{IntegrationError, Report, Settings, Stretch};
use cistron::dynamics::System;

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

#[cfg(test)]
pub(super) mod tests;
