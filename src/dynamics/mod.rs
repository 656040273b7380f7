//! Everything that runs a field: courses, steady states, and whether they are stable.
//!
//! A [`VectorField`](crate::field::VectorField) is the system `dx/dt = v(x) = N(x) − δx` of `p`
//! levels `x` on the model's scale, with drives `N` (levels per unit of time) and decays `δ ≥ 0`
//! (per unit of time).
//!
//! | question | answer | method |
//! |---|---|---|
//! | `x(t)` from `x(0)` | [`course`], and [`Course`] under interventions that come and go | exponential Runge–Kutta steps, exact in `δ`: see [`Method`] |
//! | `v(x) = 0` | [`SteadySolver`] | damped Newton steps on the sparse Jacobian, confirmed or replaced by the path from the start |
//! | does `dξ/dt = J ξ` decay? | one test for all steady states | exponential steps |
//! | `∂x/∂θ` of a steady state | [`SteadySolver::solve_transposed`] | the factors of `J`, transposed |
//!
//! The course that a refit minimises, the fitted course of a report and the course of a simulated
//! intervention are all [`course`].

mod course;
mod equal_steps;
mod follower;
mod linear;
mod relaxation;
mod stability;
mod steady;
mod system;

pub use course::{Course, CourseError, Method, course, last_edge};
pub use equal_steps::EqualSteps;
pub(crate) use equal_steps::Step;
pub use follower::{NotFollowed, Tolerance};
pub(crate) use relaxation::Relaxation;
pub use steady::{Confirm, NoSteadyState, Route, SteadySettings, SteadySolver, SteadyState};

#[cfg(test)]
pub(crate) use steady::tests::random_field;

#[doc(hidden)]
pub use linear::{Jacobian, SparseLu};
#[doc(hidden)]
pub use stability::{StoppingRule, decays, mixed_signs};
#[doc(hidden)]
pub use steady::{Ahead, SearchReport, SearchSettings, Unsettled, UnsteadyReason, search};
#[doc(hidden)]
pub use system::{Pattern, System, Velocity};
