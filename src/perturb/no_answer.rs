//! What a model cannot answer.

use super::wild_type::StateError;
use crate::dynamics::{CourseError, NoSteadyState};

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum NoAnswer {
    /// The wild type does not reach a steady state.
    #[error("the wild type has {0}; start from a sample and simulate until a time")]
    WildType(#[from] NoSteadyState),
    /// A steady state is not there.
    #[error("under the interventions there is {0}")]
    Perturbed(#[source] NoSteadyState),
    /// A path cannot be followed.
    #[error(transparent)]
    Course(#[from] CourseError),
    /// A course, or a window of time, of a model of levels.
    #[error(
        "the model was fitted to steady states without any series and has no rates, so that it knows no courses \
         over time; ask for steady states, under interventions without time windows"
    )]
    Static,
    /// The simulation was cancelled.
    #[error("there is no answer, since the simulation was cancelled")]
    Cancelled,
}

impl From<StateError> for NoAnswer {
    /// Of the wild type.
    fn from(error: StateError) -> Self {
        match error {
            StateError::NoSteadyState(error) => Self::WildType(error),
            StateError::Course(error) => Self::Course(error),
            StateError::Intervention(error) => Self::Course(CourseError::Intervention(error)),
        }
    }
}
