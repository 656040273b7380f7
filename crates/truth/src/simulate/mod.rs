//! Networks with known kinetics, and the experiments one would do on them.
//!
//! [`Model::read`] takes the kinetics and the plan of the experiments from a `model.toml`;
//! [`SeriesPlan`], [`SteadyPlan`] and [`CellPlan`] carry them out, and [`Kinetics::edges`] is the
//! truth.
//! [`LIBRARY`] holds the published circuits of `networks/`.
//! [`LogicCase`] makes small data sets whose one edge only a nonlinear model can see. The
//! integrators are those of [`integrate`].

mod experiment;
pub mod integrate;
mod kinetics;
mod known_networks;
mod linear_systems;
mod logic_data;
mod model;
pub mod random;
mod setting_range;
mod simulated_tables;

pub use experiment::{
    CellData, CellPlan, Design, Measurement, Noise, SeriesPlan, SimulatedCell, Splicing,
    SteadyPlan, SteadyStateError, SteadyStates, SteadyTable,
};
pub(crate) use kinetics::Perturbed;
pub use kinetics::{
    GeneFault, GeneKinetics, Kinetics, KineticsError, Perturbation, ProteinRates, Rule, Site,
    TrueEdge,
};
pub use known_networks::{KnownNetwork, LIBRARY};
pub(crate) use linear_systems::{LinearSettings, LinearSystem};
pub use logic_data::{LogicCase, LogicData, LogicSettings};
pub use model::{Model, ModelError, ModelFault, Plan, RuleFault};
pub use setting_range::OutOfRange;
pub use simulated_tables::{write_timeseries, write_truth};
