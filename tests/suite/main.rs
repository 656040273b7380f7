//! Integration tests: one binary.

mod bad_input;
mod bench;
mod bench_files;
mod bench_targets;
mod cells;
mod generate;
mod generated;
mod infer;
mod interventions;
mod invariance;
mod logic;
mod model_file;
mod module_order;
mod network_behaviour;
mod networks;
mod outputs;
mod perturb;
mod readers;
mod resume;
mod run;
mod score;
mod score_perturb;
mod sizes;
mod source;
mod steady;
mod symmetry;
