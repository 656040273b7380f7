//! Integrators, which know nothing of genes.
//!
//! | the question | take |
//! |---|---|
//! | a path at given times, to a tolerance | [`trajectory`] |
//! | the state in which nothing changes any more | [`steady_state`] |
//! | a path in equal steps of known length, with no allocation inside | [`integrate`], [`rk4`], [`sample`] |
//! | a path with noise | [`Langevin`] |
//!
//! Adaptive methods ([`Method`]) follow a [`System`], a velocity with, where it is known, its
//! sparse Jacobian:
//!
//! * [`Method::Auto`] is right unless there is a reason. It starts with [`Method::Tsitouras`] and
//!   goes on with [`Method::Bdf`] where stability and not accuracy holds the steps back.
//! * [`Method::Tsitouras`] needs no derivatives: six velocities a step. Gene networks whose
//!   half-lives lie within a factor of about 100 are its ground, of whatever size.
//! * [`Method::Bdf`] for half-lives far apart, and for long waits near a steady state. It factors
//!   the sparse Jacobian, which is fast for chains and modules and slow where everything is
//!   coupled to everything else.
//! * [`Method::TrBdf2`] and [`Method::Esdirk34`] are stiff methods of one step each, for
//!   oscillations with weak damping and for short stretches between switches, where
//!   [`Method::Bdf`] would begin again at order 1 each time.
//!
//! A velocity that jumps in time (a treatment that ends) is followed in two calls, one on each
//! side of the jump.

mod adaptive;
mod equations;
mod follow;
mod langevin;
mod settings;
mod stability;
mod steady;
mod tableau;

pub use adaptive::trajectory;
pub use cistron::dynamics::{Pattern, System, Velocity};
pub(crate) use langevin::normal;
pub use langevin::{EULER_MARUYAMA, Langevin, PLATEN, Scheme};
pub use settings::{IntegrationError, Method, Report, Settings};
pub use steady::{NoSteadyState, SteadyReport, SteadySettings, UnsteadyReason, steady_state};
pub use tableau::{EULER, HEUN, RK4, Span, Tableau, integrate, rk4, sample};
