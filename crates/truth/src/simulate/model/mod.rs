//! A network with its kinetics and the experiments done on it, as `model.toml` has them.

mod gene_table;
mod model_fault;
mod model_reader;
mod model_writer;
mod planned_network;
mod rule_parser;
mod rule_text;

pub use model_fault::{ModelError, ModelFault};
pub use planned_network::{Model, Plan};
pub use rule_parser::RuleFault;
