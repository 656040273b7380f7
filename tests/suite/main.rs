//! Integration tests: one binary.

mod commands;
mod folders;
mod networks;
mod outputs;
mod readers;
mod results;
mod run;
mod source;
