//! Networks with known kinetics, and the experiments one would do on them.
//!
//! [`Model::read`] takes the kinetics and the plan of the experiments from a `model.toml`;
//! [`SeriesPlan`], [`SteadyPlan`] and [`CellPlan`] carry them out, and [`Kinetics::edges`] is the
//! truth.
//! [`LIBRARY`] holds the published circuits of `networks/`.
//! The integrators, [`integrate`] for velocities and [`Langevin`] for noise, know nothing of
//! genes. [`LogicCase`] makes small data sets whose one edge only a nonlinear model can see,
//! [`LinearSystem`] those of the public benchmarks of scaling.

mod experiment;
mod kinetics;
mod library;
mod linear_systems;
mod logic_data;
mod model;
pub mod random;
mod tables;

pub use cistron::dynamics::{
    EULER, EULER_MARUYAMA, HEUN, IntegrationError, Langevin, Method, NoSteadyState, PLATEN,
    Pattern, RK4, Report, Restless, Scheme, Settings, Span, SteadyReport, SteadySettings, System,
    Tableau, Velocity, integrate, rk4, sample, steady_state, trajectory,
};
pub use experiment::{
    CellData, CellPlan, Design, ExperimentError, Measurement, NeverAtRest, Noise, SeriesPlan,
    SimulatedCell, Splicing, SteadyPlan, SteadyStates, SteadyTable,
};
pub use kinetics::{
    GeneFault, GeneKinetics, Kinetics, KineticsError, Perturbation, Perturbed, ProteinRates, Rule,
    Site, TrueEdge,
};
pub use library::{KnownNetwork, LIBRARY};
pub use linear_systems::{LinearSettings, LinearSystem};
pub use logic_data::{LogicCase, LogicData, LogicSettings};
pub use model::{Model, ModelError, ModelFault, Plan, RuleFault, parse_rule, rule_text};
pub use tables::{write_timeseries, write_truth};
