//! What a fitted field answers to: where it comes to rest, and where interventions take it.

mod flow;
mod krylov;
mod rest;
mod solver;

pub use rest::{NoRest, RestPoint, RestSettings, Route, rest_point};
pub use solver::RestSolver;
