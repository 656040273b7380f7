//! Steps of second order and equal length, exact in the decay: what the refit minimises.

use serde::{Deserialize, Serialize};

use super::relaxation::Relaxation;
use crate::field::VectorField;

/// In how many steps of equal length a sampling interval is crossed.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct EqualSteps {
    /// Length that no step exceeds, in units of time, unless there would be too many of them.
    pub longest: f64,
    /// Maximum number of steps from one time to the next.
    pub most: usize,
}

impl EqualSteps {
    /// Number of steps over a stretch of this length, at least one.
    #[must_use]
    pub fn count(&self, length: f64) -> usize {
        let steps = (length / self.longest).ceil();
        steps.clamp(1.0, self.most.max(1) as f64) as usize
    }

    /// Crosses a stretch, in place.
    pub(super) fn cross<F: VectorField + ?Sized>(&self, field: &F, x: &mut Vec<f64>, length: f64) {
        let count = self.count(length);
        let relaxations = relaxations(field, length / count as f64);
        for _ in 0..count {
            Step::take(field, &relaxations, x);
        }
    }
}

/// Coefficients of a step of length `h` for every gene.
pub(crate) fn relaxations<F: VectorField + ?Sized>(field: &F, h: f64) -> Vec<Relaxation> {
    let decays = field.decays().into_iter();
    decays.map(|decay| Relaxation::new(decay, h)).collect()
}

/// One step, with all that a pass backwards needs of it.
pub(crate) struct Step {
    /// The state at its start.
    pub(crate) x: Vec<f64>,
    /// The drive there.
    pub(crate) drive: Vec<f64>,
    /// The state that the first stage leads to.
    pub(crate) middle: Vec<f64>,
    /// The drive there.
    pub(crate) drive_at_middle: Vec<f64>,
}

impl Step {
    /// Takes the step, whose formula is that of [`Relaxation`], in place.
    pub(crate) fn take<F: VectorField + ?Sized>(
        field: &F,
        relaxations: &[Relaxation],
        x: &mut Vec<f64>,
    ) -> Self {
        let mut drive = vec![0.0; x.len()];
        field.drive_into(x, &mut drive);
        let terms = x.iter().zip(&drive).zip(relaxations);
        let middle: Vec<f64> = terms
            .map(|((x, n), relaxation)| {
                let [e, a, b] = relaxation.now;
                e * x + (a + b) * n
            })
            .collect();
        let mut drive_at_middle = vec![0.0; x.len()];
        field.drive_into(&middle, &mut drive_at_middle);
        let terms = x
            .iter()
            .zip(drive.iter().zip(&drive_at_middle))
            .zip(relaxations);
        let next: Vec<f64> = terms
            .map(|((x, (n, at_middle)), relaxation)| {
                let [e, a, b] = relaxation.now;
                e * x + a * n + b * at_middle
            })
            .collect();
        Self {
            x: std::mem::replace(x, next),
            drive,
            middle,
            drive_at_middle,
        }
    }
}
