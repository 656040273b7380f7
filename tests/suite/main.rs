//! Integration tests: one binary.

mod bad_input;
mod cells;
mod infer;
mod invariance;
mod logic;
mod module_order;
mod networks;
mod outputs;
mod readers;
mod resume;
mod run;
mod score;
mod sizes;
mod source;
mod symmetry;
