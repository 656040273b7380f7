//! The command line of Cistron: it alone opens files and prints. One file per subcommand.
//!
//! Each module uses only itself and those in the groups above its own.

mod answer_record;
mod caveats;
mod column_roles;
mod files;
mod input_words;
mod judged_pairs;
mod law_name;
mod named_file;
mod number_parsers;
mod peak_memory;
mod plan_args;
mod progress;
mod query;
mod scale_args;
mod side;
mod steady_states;
mod summary;
mod thread_args;

mod bench;
mod generate;
mod input;
mod picture_files;
mod score_perturb;
mod selection_args;
mod starts;

mod check;
mod explore;
mod export;
mod perturb;
mod plot;
mod run_pages;
mod samples;
mod score;

mod infer;
mod report;
mod run_input;

use std::io;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use files::Legible;

pub(crate) use input::{Input, InputArgs, InputError};

/// From expression that changes over time to a causal gene network that can be run forwards.
#[derive(Parser)]
#[command(name = "cistron", version)]
struct Cistron {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Infer(Box<infer::InferArgs>),
    Check(Box<check::CheckArgs>),
    Samples(Box<samples::SamplesArgs>),
    Generate(Box<generate::GenerateArgs>),
    Perturb(Box<perturb::PerturbArgs>),
    Plot(plot::PlotArgs),
    Explore(explore::ExploreArgs),
    Report(report::ReportArgs),
    Score(score::ScoreArgs),
    Export(export::ExportArgs),
    Bench(bench::BenchArgs),
}

fn main() -> ExitCode {
    let result = match Cistron::parse().command {
        Command::Check(mut args) => run_input::resolve(&mut args.input).and_then(|()| {
            let (out, log) = (io::stdout().lock(), io::stderr().lock());
            check::check(&args, &mut Legible(out), &mut Legible(log))
                .map(|()| ExitCode::SUCCESS)
                .map_err(Into::into)
        }),
        Command::Samples(mut args) => run_input::resolve(&mut args.input)
            .and_then(|()| samples::run(&args))
            .map(|()| ExitCode::SUCCESS),
        Command::Infer(mut args) => {
            run_input::resolve(&mut args.input).and_then(|()| infer::run(&args))
        }
        Command::Bench(args) => bench::run(&args),
        Command::Generate(args) => generate::run(&args).map(|()| ExitCode::SUCCESS),
        Command::Perturb(args) => perturb::run(&args).map(|()| ExitCode::SUCCESS),
        Command::Export(args) => export::run(&args).map(|()| ExitCode::SUCCESS),
        Command::Plot(args) => plot::run(&args).map(|()| ExitCode::SUCCESS),
        Command::Explore(args) => explore::run(&args).map(|()| ExitCode::SUCCESS),
        Command::Report(args) => report::run(&args).map(|()| ExitCode::SUCCESS),
        Command::Score(args) => score::run(&args).map(|()| ExitCode::SUCCESS),
    };
    match result {
        Ok(code) => code,
        Err(error) => {
            files::error(&error.to_string());
            ExitCode::from(2)
        }
    }
}
