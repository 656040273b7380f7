//! Networks with known kinetics, and the experiments one would do on them.
//!
//! [`Model::read`] takes the kinetics and the plan of the experiments from a `model.toml`;
//! [`SeriesPlan`], [`SteadyPlan`] and [`CellPlan`] carry them out, and [`Kinetics::edges`] is the
//! truth.
//! The integrators, [`integrate`] for velocities and [`Langevin`] for noise, know nothing of
//! genes. [`LogicCase`] makes small data sets whose one edge only a nonlinear model can see.

mod experiment;
mod kinetics;
mod langevin;
mod logic_data;
mod model;
mod tables;
mod trajectory;

use langevin::normal;

pub use experiment::{
    CellData, CellPlan, Design, ExperimentError, Measurement, Noise, SeriesPlan, SimulatedCell,
    Splicing, SteadyPlan, SteadyTable,
};
pub use kinetics::{
    GeneFault, GeneKinetics, Kinetics, KineticsError, Perturbation, ProteinRates, Rule, Site,
    TrueEdge,
};
pub use langevin::{EULER_MARUYAMA, Langevin, PLATEN, Scheme};
pub use logic_data::{LogicCase, LogicData, LogicSettings};
pub use model::{Model, ModelError, ModelFault, Plan, RuleFault, parse_rule, rule_text};
pub use tables::{write_timeseries, write_truth};
pub use trajectory::{EULER, HEUN, RK4, Span, Tableau, integrate, rk4, sample};
