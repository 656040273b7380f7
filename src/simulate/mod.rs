//! Networks with known kinetics, and the experiments one would do on them.
//!
//! [`Model::read`] takes the kinetics and the experiment from a `model.toml`;
//! [`Experiment::run`] carries it out and gives expression with the true edges beside it.
//! The integrators, [`integrate`] for velocities and [`Langevin`] for noise, know nothing of
//! genes. [`LogicCase`] makes small data sets whose one edge only a nonlinear model can see.

mod experiment;
mod integrate;
mod kinetics;
mod logic_data;
mod model;
mod promoter;
mod tables;

pub use experiment::{Design, Experiment, ExperimentError, Measurement, Simulated};
pub use integrate::{
    EULER, EULER_MARUYAMA, HEUN, IntegrationError, Langevin, Method, NoSteadyState, PLATEN,
    Pattern, RK4, Report, Restless, Scheme, Settings, Span, SteadyReport, SteadySettings, System,
    Tableau, Velocity, integrate, rk4, sample, steady_state, trajectory,
};
pub use kinetics::{GeneKinetics, Kinetics, KineticsError, ProteinRates, Sign, TrueEdge};
pub use logic_data::{LogicCase, LogicData, LogicSettings};
pub use model::{Model, ModelError, ModelFault};
pub use promoter::{Effect, Logic, Module, Regulation, Term};
pub use tables::{write_timeseries, write_truth};
