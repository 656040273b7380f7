//! What a fitted model predicts: steady states and courses under interventions.

mod batch;
mod by_name;
mod effects;
mod path;
mod prepared;
mod response;
mod screen;
mod stop;
mod wild_type;

pub use batch::{doses, last_states};
pub use by_name::PerturbError;
pub use effects::{Effect, effects};
pub use path::{Reach, reach};
pub use prepared::{NoAnswer, Prepared, Query, Until, answer};
pub use response::Response;
pub use screen::{Knockout, Moved, Pair, Screen, pairs, screen};
pub use stop::Stop;
pub use wild_type::{StateError, WildType};
