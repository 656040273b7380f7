//! What a fitted model predicts: steady states and courses under interventions.
//!
//! A course, without and with a knockout, from a state of the caller:
//!
//! ```
//! use cistron::expression::{Change, Intervention, Scale};
//! use cistron::field::{Component, Fitted, SparseField};
//! use cistron::genes::{Gene, Genes};
//! use cistron::perturb::{Query, Until, answer};
//!
//! let constant = Component {
//!     regulators: vec![],
//!     units: vec![],
//!     intercept: 6.0,
//!     decay: 2.0,
//!     covariates: vec![],
//! };
//! let genes = Genes::new(["lacZ"])?;
//! let field = SparseField::new(genes, Scale::IDENTITY, vec![], vec![constant])?;
//! let model = Fitted::new(field, vec![3.0], (0.0, 10.0));
//!
//! let query = Query {
//!     interventions: &[Intervention::always(Gene(0), Change::Knockout)],
//!     from: Some(&[1.0]),
//!     until: &Until::Times(vec![0.0, 0.5, 5.0]),
//! };
//! let response = answer(&model, &query)?;
//! let course = |row| response.wild_type(row, Gene(0));
//! assert!((course(1) - (3.0 - 2.0 * (-1.0_f64).exp())).abs() < 1e-5);
//! assert_eq!(response.perturbed(2, Gene(0)), 0.0);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod batch;
mod by_name;
mod effects;
mod no_answer;
mod path;
mod prepared;
mod response;
mod screen;
mod setting;
mod start;
mod stop;
mod wild_type;

pub use batch::doses;
#[doc(hidden)]
pub use batch::{BatchStates, batch_states};
pub use by_name::PerturbError;
pub use effects::{Effect, effects};
pub use no_answer::NoAnswer;
pub use path::{Reach, reach};
pub use prepared::{Prepared, Query, answer};
pub use response::Response;
pub use screen::{Knockout, Moved, Pair, Screen, pairs, screen};
pub use setting::Until;
// of a response, for its tables and the command line
#[doc(hidden)]
pub use start::{InitialState, StartKind};
pub use stop::Stop;
pub use wild_type::{StateError, WildType};
