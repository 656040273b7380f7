//! What the model of responses does not know about itself: a few settings to average over.

/// One set of assumptions.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Member {
    /// Degrees of freedom of the noise (Student's t).
    pub(super) tail: f64,
    /// How far what a regulator does may lie from the straight line, as a share of it.
    pub(super) mismatch: f64,
    /// z-score at which half of the changes of genes that were not touched are taken for real.
    pub(super) threshold: f64,
    /// Standard deviation of the regulators' log odds.
    pub(super) hubs: f64,
    /// Log odds that one unit of z is worth in the order of the first pass.
    pub(super) order: f64,
}

const fn member(tail: f64, mismatch: f64, threshold: f64, hubs: f64, order: f64) -> Member {
    Member {
        tail,
        mismatch,
        threshold,
        hubs,
        order,
    }
}

/// Spread over what is plausible. The average over them is better than any one of them on every
/// kind of network that was tried, by about .02 in average precision, and less sure of itself.
pub(super) const MEMBERS: [Member; 6] = [
    member(5.0, 0.5, 3.5, 0.7, 0.2),
    member(10.0, 0.5, 2.5, 1.0, 0.5),
    member(10.0, 0.5, 5.0, 1.0, 0.5),
    member(10.0, 1.0, 3.5, 1.0, 0.2),
    member(10.0, 0.25, 3.5, 1.5, 0.5),
    member(30.0, 0.7, 3.5, 1.5, 0.5),
];

/// Members among [`MEMBERS`] that are fitted without other evidence as well.
pub(super) const UNINFORMED: [usize; 4] = [0, 1, 4, 5];
