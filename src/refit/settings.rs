//! What may be chosen about the refit.

use serde::{Deserialize, Serialize};

use super::states::Compared;

/// Settings of the refit; the defaults are the same for every data set.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RefitSettings {
    /// Sampling intervals that a window spans.
    pub horizon: usize,
    /// Weight of the windows beside steady states, in which one counts each sample once.
    pub series: f64,
    /// On which scale steady states are compared.
    pub compared: Compared,
    /// Best candidates of a target by joined evidence.
    pub candidates: usize,
    /// Cost of an edge that is as likely as not (the prior log-odds against edges), in units of half
    /// a squared standard error.
    pub cost: f64,
    /// Maximum number of iterations of a round in which the support is chosen; a refit on a given
    /// support has ten times as many.
    pub iterations: usize,
    /// Members of the ensemble; 0 for none.
    pub members: usize,
}

impl Default for RefitSettings {
    fn default() -> Self {
        Self {
            horizon: 1,
            series: 1.0,
            compared: Compared::default(),
            candidates: 6,
            cost: 3.0,
            iterations: 40,
            members: 10,
        }
    }
}
