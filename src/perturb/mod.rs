//! What a fitted field answers to: where it comes to rest, and where interventions take it.

mod course;
mod flow;
mod krylov;
mod rest;
mod solver;
mod wild_type;

pub use course::{CourseError, course, last_edge};
pub use rest::{NoRest, RestPoint, RestSettings, Route, rest_point};
pub use solver::RestSolver;
pub use wild_type::{StateError, WildType};
