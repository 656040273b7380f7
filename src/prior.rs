//! Which regulators may act on which targets, and how likely it is beforehand.

use crate::genes::Gene;

/// Prior.
#[derive(Clone, Debug, Default)]
pub struct Prior;

impl Prior {
    /// Factor.
    #[must_use]
    pub fn penalty_factor(&self, _target: Gene, _regulator: Gene) -> Option<f64> {
        Some(1.0)
    }
}
