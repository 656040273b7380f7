//! Integration tests: one binary.

mod bad_input;
mod networks;
mod outputs;
mod readers;
mod score;
