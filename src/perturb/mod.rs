//! What a fitted field answers to: where it comes to rest, and where interventions take it.

mod batch;
mod course;
mod effects;
mod flow;
mod path;
mod prepared;
mod response;
mod rest;
mod screen;
mod solver;
mod stop;
mod wild_type;

pub use batch::{doses, last_states};
pub use course::{CourseError, course, last_edge};
pub use effects::{Effect, effects};
pub use path::{Reach, reach};
pub use prepared::{NoAnswer, Prepared, Question, Until, answer};
pub use response::Response;
pub use rest::{Confirm, NoRest, RestPoint, RestSettings, Route, rest_point};
pub use screen::{Knockout, Moved, Pair, Screen, pairs, screen};
pub use solver::RestSolver;
pub use stop::Stop;
pub use wild_type::{StateError, WildType};
