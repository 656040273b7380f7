//! `cistron bench`: every method on every known network of a suite.

mod bench_args;
mod bench_command;
mod network_folder;
mod other_programs;
mod result_files;
mod simulated_data;
mod suite_cases;
mod suite_options;

pub(crate) use bench_args::BenchArgs;
pub(crate) use bench_command::run;
