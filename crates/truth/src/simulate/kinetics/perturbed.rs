//! A known network under a perturbation, as the integrators follow it.

use super::{Kinetics, Perturbation};
use crate::simulate::integrate::{Pattern, System};

/// A network and what is done to it.
pub(crate) struct Perturbed<'k> {
    kinetics: &'k Kinetics,
    done: Perturbation,
    pattern: Pattern,
}

impl<'k> Perturbed<'k> {
    /// The network under `done`.
    #[must_use]
    pub(crate) fn new(kinetics: &'k Kinetics, done: Perturbation) -> Self {
        let mut entries = Vec::new();
        let x = vec![0.0; kinetics.size()];
        kinetics.jacobian(&x, &done, |row, column, _| entries.push((row, column)));
        Self {
            pattern: Pattern::new(kinetics.size(), entries),
            kinetics,
            done,
        }
    }
}

impl System for Perturbed<'_> {
    fn size(&self) -> usize {
        self.kinetics.size()
    }

    fn velocity_into(&self, _t: f64, x: &[f64], dx: &mut [f64]) {
        self.kinetics.velocity_into(x, &self.done, dx);
    }

    fn pattern(&self) -> Option<&Pattern> {
        Some(&self.pattern)
    }

    fn jacobian_into(&self, _t: f64, x: &[f64], values: &mut [f64]) {
        let mut values = values.iter_mut();
        self.kinetics.jacobian(x, &self.done, |_, _, slope| {
            *values.next().expect("as many as in the pattern") = slope;
        });
    }
}

#[cfg(test)]
mod tests {
    use super::super::rate_equations::tests::pair;
    use super::*;
    use crate::simulate::integrate::{SteadySettings, steady_state};

    #[test]
    fn in_the_steady_state_production_equals_decay() {
        let kinetics = pair();
        let system = Perturbed::new(&kinetics, Perturbation::none(2));
        let (x, _) = steady_state(&system, &[0.0; 4], &SteadySettings::default()).expect("stable");
        let (mut made, mut lost) = ([0.0; 4], [0.0; 4]);
        kinetics.flows_into(&x, &Perturbation::none(2), &mut made, &mut lost);
        for i in 0..4 {
            assert!((made[i] - lost[i]).abs() <= 1e-9 * made[i], "variable {i}");
        }
    }
}
