//! Integration tests: one binary.

mod bad_input;
mod logic;
mod module_order;
mod networks;
mod outputs;
mod readers;
mod score;
mod sizes;
mod source;
