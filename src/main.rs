//! The command line of Cistron.

mod cli;

use std::io::Write;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// From expression that changes over time to a causal gene network that can be run forwards.
#[derive(Parser)]
#[command(version)]
struct Cistron {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    Score(cli::score::ScoreArgs),
}

fn main() -> ExitCode {
    let result = match Cistron::parse().task {
        Task::Score(args) => cli::score::run(&args),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // nothing is left to tell if stderr is gone too
            let _ = writeln!(std::io::stderr().lock(), "error: {error}");
            ExitCode::from(2)
        }
    }
}
