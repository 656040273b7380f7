//! Integration tests: one binary.

mod bad_input;
mod readers;
