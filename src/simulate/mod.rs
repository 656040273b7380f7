//! Networks with known kinetics, and the experiments one would do on them.
//!
//! [`Model::read`] takes the kinetics and the experiment from a `model.toml`;
//! [`Experiment::run`] carries it out and gives expression with the true edges beside it.
//! The integrators, [`integrate`] for velocities and [`Langevin`] for noise, know nothing of
//! genes. [`LogicCase`] makes small data sets whose one edge only a nonlinear model can see.

mod experiment;
mod kinetics;
mod langevin;
mod logic_data;
mod model;
mod promoter;
pub mod random;
mod tables;
mod trajectory;

pub use experiment::{Design, Experiment, ExperimentError, Measurement, Simulated};
pub use kinetics::{GeneKinetics, Kinetics, KineticsError, ProteinRates, Sign, TrueEdge};
pub use langevin::{EULER_MARUYAMA, Langevin, PLATEN, Scheme};
pub use logic_data::{LogicCase, LogicData, LogicSettings};
pub use model::{Model, ModelError, ModelFault};
pub use promoter::{Effect, Logic, Module, Regulation, Term};
pub use tables::{write_timeseries, write_truth};
pub use trajectory::{EULER, HEUN, RK4, Span, Tableau, integrate, rk4, sample};
