//! Integration tests: one binary.

mod bad_input;
mod networks;
mod readers;
mod score;
