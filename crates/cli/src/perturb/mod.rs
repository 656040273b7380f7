//! `cistron perturb`: what interventions do to a fitted model.

mod asked;
mod lists;
mod pictures;
mod single;

use std::error::Error;
use std::path::PathBuf;

use clap::Args;

use cistron::field::VectorField;
use cistron::genes::Gene;
use cistron::run::RunFolder;

use super::files;
use super::question::{check_windows, find_gene, until};
use super::starts::start;

/// Simulate knockouts, knockdowns and overexpression on the model of a run.
///
/// Genes may be changed always or for a while, several at once, at one dose or at many; any gene
/// may be, not only regulators. Levels are in the units of the data that the model was fitted on,
/// time is counted from the start of the simulation.
///
/// Written are response.tsv (time × gene without and with the interventions), effects.tsv (ranked,
/// direct or downstream with the path that carries them), response.svg (levels of the genes that
/// change most) and top_changes.svg (their changes), both as PNG too; with --dose doses.tsv and
/// response.svg; with --batch steady.tsv; with --screen and --pairs screen.tsv and pairs.tsv.
#[derive(Args, Clone, Debug)]
pub(crate) struct PerturbArgs {
    /// Folder that `cistron infer` wrote
    #[arg(value_name = "RUN")]
    run: PathBuf,
    #[command(flatten)]
    asked: asked::AskedArgs,
    /// Where to start: `wild-type` for its state at rest, a sample as SERIES@TIME, or a group of
    /// samples or cells (see states.tsv of the run)
    #[arg(long, value_name = "STATE", default_value = "wild-type")]
    from: String,
    /// How long to simulate: `steady`, or a time
    #[arg(
        long,
        value_name = "TIME",
        default_value = "steady",
        allow_negative_numbers = true
    )]
    until: String,
    /// Times at which the levels are written, if there is a time
    #[arg(long, value_name = "N", default_value_t = 51, value_parser = clap::value_parser!(u16).range(2..=10_000))]
    points: u16,
    #[command(flatten)]
    lists: lists::ListArgs,
    /// Genes whose change counts in --screen and --pairs; all if not given
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    targets: Vec<String>,
    /// Genes shown in the summary and the picture
    #[arg(long, value_name = "N", default_value_t = 9, value_parser = clap::value_parser!(u16).range(1..=60))]
    top: u16,
    /// Folder for the results; made if it is not there
    #[arg(short, long, value_name = "FOLDER")]
    out: PathBuf,
    /// Threads; all cores if not given
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Print no summary
    #[arg(short, long)]
    quiet: bool,
}

/// Runs the subcommand.
///
/// # Errors   a message for the user; exit code 2.
pub(crate) fn run(args: &PerturbArgs) -> Result<(), Box<dyn Error>> {
    if let Some(threads) = args.threads {
        rayon::ThreadPoolBuilder::new()
            .num_threads(usize::from(threads))
            .build_global()?;
    }
    let folder = RunFolder::open(&args.run)?;
    let genes = folder.model.field.genes();
    let interventions = args.asked.interventions(genes)?;
    let dose = args.asked.dose(genes)?;
    let until = until(&args.until, usize::from(args.points))?;
    check_windows(&interventions, &until, genes)?;
    let from = start(&folder, &args.from)?;
    let targets: Vec<Gene> = args
        .targets
        .iter()
        .map(|name| find_gene(name, genes))
        .collect::<Result<_, _>>()?;
    let single = !interventions.is_empty() || dose.is_some();
    args.lists.check(single, !targets.is_empty())?;
    files::make_folder(&args.out)?;
    let asked = Asked {
        folder: &folder,
        from: from.as_deref(),
        until: &until,
        interventions: &interventions,
        targets: &targets,
    };
    let summary = match dose {
        Some(dose) => single::doses(args, &asked, &dose)?,
        None if single => single::response(args, &asked)?,
        None => lists::run(args, &asked)?,
    };
    if !args.quiet {
        files::print(&summary)?;
    }
    Ok(())
}

/// What was asked, in the terms of the model.
struct Asked<'a> {
    folder: &'a RunFolder,
    from: Option<&'a [f64]>,
    until: &'a cistron::perturb::Until,
    interventions: &'a [cistron::expression::Intervention],
    targets: &'a [Gene],
}
