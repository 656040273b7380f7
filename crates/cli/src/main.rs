//! The command line of Cistron.

mod cli;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// From expression that changes over time to a causal gene network that can be run forwards.
#[derive(Parser)]
#[command(version, about)]
struct Cistron {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Print what is read from the data, and stop.
    #[command(hide = true)]
    Inspect(Box<cli::InputArgs>),
    Infer(Box<cli::infer::InferArgs>),
    Generate(Box<cli::generate::GenerateArgs>),
    Perturb(Box<cli::perturb::PerturbArgs>),
    Plot(cli::plot::PlotArgs),
    Explore(cli::explore::ExploreArgs),
    Report(cli::report::ReportArgs),
    Score(cli::score::ScoreArgs),
    Export(cli::export::ExportArgs),
    Bench(cli::bench::BenchArgs),
}

fn main() -> ExitCode {
    let done = match Cistron::parse().command {
        Command::Inspect(args) => {
            cli::inspect(&args, &mut io::stdout().lock(), &mut io::stderr().lock())
                .map(|()| ExitCode::SUCCESS)
                .map_err(Into::into)
        }
        Command::Infer(args) => cli::infer::run(&args),
        Command::Bench(args) => cli::bench::run(&args),
        Command::Generate(args) => cli::generate::run(&args).map(|()| ExitCode::SUCCESS),
        Command::Perturb(args) => cli::perturb::run(&args).map(|()| ExitCode::SUCCESS),
        Command::Export(args) => cli::export::run(&args).map(|()| ExitCode::SUCCESS),
        Command::Plot(args) => cli::plot::run(&args).map(|()| ExitCode::SUCCESS),
        Command::Explore(args) => cli::explore::run(&args).map(|()| ExitCode::SUCCESS),
        Command::Report(args) => cli::report::run(&args).map(|()| ExitCode::SUCCESS),
        Command::Score(args) => cli::score::run(&args).map(|()| ExitCode::SUCCESS),
    };
    match done {
        Ok(code) => code,
        Err(error) => {
            // nobody is left to tell if stderr is closed
            writeln!(io::stderr(), "error: {error}").ok();
            ExitCode::from(2)
        }
    }
}
