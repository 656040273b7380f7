//! What the regulators did in every intervention, where it may have moved others.

use crate::genes::Gene;

use super::Responses;

/// Changes below this share of the level move nothing.
const LEAST: f64 = 0.02;
/// How fast the trust in a change grows with its z-score.
const STEEPNESS: f64 = 2.0;

/// One regulator in one intervention.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Cause {
    /// The intervention.
    pub(super) at: usize,
    /// Change of the regulator, as a share of its level.
    pub(super) change: f64,
}

/// Causes of every regulator. What was done to a gene counts as it is measured; the change of a
/// gene that was left alone counts by how sure it is, `1 / (1 + exp(−2(|z| − threshold)))`.
pub(super) fn causes(
    responses: &Responses,
    regulators: &[Gene],
    threshold: f64,
) -> Vec<Vec<Cause>> {
    let of = |source: &Gene| {
        let done = responses.changed_in(*source);
        let cause = |at: usize| {
            let z = responses.change()[(at, source.index())];
            let trust = if done.binary_search(&at).is_ok() {
                1.0
            } else if z.is_nan() {
                0.0
            } else {
                let z = z.abs() / responses.variance()[(at, source.index())].sqrt();
                1.0 / (1.0 + (-STEEPNESS * (z - threshold)).exp())
            };
            Cause {
                at,
                change: trust * responses.relative()[(at, source.index())],
            }
        };
        let all = (0..responses.interventions().len()).map(cause);
        all.filter(|cause| cause.change.abs() >= LEAST).collect()
    };
    regulators.iter().map(of).collect()
}
