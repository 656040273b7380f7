//! `cistron bench SUITE`: every method on every known network of a suite.

mod compare;
mod data;
mod folder;
mod options;
mod plan;
mod results;

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use cistron_truth::benchmark::{Methods, Row, SLOW_ABOVE, Watcher, run as run_all};
use cistron_truth::simulate::random::Law;

use super::files;
use super::memory::ProcessMeter;

use compare::Compared;
use plan::Plan;

/// Compare this program with simple methods on networks that are known.
///
/// SUITE is one of
///   small            published circuits, simulated
///   generated        random networks with the experiments of DREAM4 (--networks, --genes, --law)
///   scaling          random linear and Hill systems of growing size (--sizes, --law)
///   logic            targets with an AND or a hump; the hump is invisible to linear methods
///   dream4 FOLDER    every folder below that holds timeseries.tsv and gold.tsv (or truth.tsv)
///   beeline FOLDER   every folder below that holds BEELINE's ExpressionData.csv, PseudoTime.csv
///                    and refNetwork.csv
///   folder FOLDER    both of these; SUITE may also be the folder itself
///
/// Rows for the floor (random orders) and the ceiling (an oracle) are always there.
#[derive(Args, Clone, Debug)]
#[command(verbatim_doc_comment)]
pub(crate) struct BenchArgs {
    /// small, generated, scaling, logic, dream4, beeline, folder, or a folder
    #[arg(value_name = "SUITE")]
    suite: String,
    /// Folder of known networks, for dream4, beeline and folder
    #[arg(value_name = "FOLDER")]
    folder: Option<PathBuf>,
    /// Folder for bench.tsv, bench.json, bench.md and pictures; made if it is not there
    #[arg(short, long, value_name = "FOLDER")]
    out: PathBuf,
    /// Replicates: new data with the seeds 1 … N, or of a folder the same data with other seeds
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=1000))]
    seeds: u32,
    /// Only these methods, besides floor, ceiling and --compare
    #[arg(long, value_name = "NAME,…", value_delimiter = ',')]
    methods: Vec<String>,
    /// Networks of `generated` [default: 20]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=10_000))]
    networks: Option<u64>,
    /// Number of the first network of `generated`; each number is another network [default: 1]
    #[arg(long, value_name = "N")]
    first: Option<u64>,
    /// Genes of the networks of `generated` [default: 100]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(5..=10_000))]
    genes: Option<u32>,
    /// Numbers of genes of `scaling` [default: 10,50,100,200,500]
    #[arg(long, value_name = "N,…", value_delimiter = ',', value_parser = clap::value_parser!(u32).range(5..=5_000))]
    sizes: Vec<u32>,
    /// Whose degrees random networks have: bacterial or yeast [default: bacterial]
    #[arg(long, value_name = "NAME", value_parser = law)]
    law: Option<Law>,
    /// Time at which the condition of every series changes; told to cistron and its linear form
    /// only, as the other methods have no use for it
    #[arg(long, value_name = "TIME", allow_negative_numbers = true)]
    shift_at: Option<f64>,
    /// A row for another program's edges; {case} in FILE stands for the name of the network,
    /// {replicate} for the number of the replicate
    #[arg(long, value_name = "NAME=FILE")]
    compare: Vec<String>,
    /// Write simulated data to OUT/data/NETWORK/REPLICATE (timeseries.tsv and truth.tsv), so that
    /// another program can be run on them
    #[arg(long)]
    write_data: bool,
    /// Threads; all cores if not given
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Print no progress and no table
    #[arg(short, long)]
    quiet: bool,
}

/// Runs the subcommand.
///
/// * returns exit code 1 if a method failed on every network
///
/// # Errors   a message for the user; exit code 2.
pub(crate) fn run(args: &BenchArgs) -> Result<ExitCode, Box<dyn Error>> {
    options::check(args)?;
    let compared = Compared::new(&args.compare)?;
    let mut methods = Methods::all(&compared.names());
    if !args.methods.is_empty() {
        methods = methods
            .only(&args.methods)
            .map_err(|error| format!("--methods: {error}"))?;
    }
    let plan = Plan::of(args)?;
    compared.check(&plan, args.seeds)?;
    files::make_folder(&args.out)?;
    if let Some(threads) = args.threads {
        rayon::ThreadPoolBuilder::new()
            .num_threads(usize::from(threads))
            .build_global()?;
    }
    let mut progress = |row: &Row| {
        if !args.quiet {
            files::note(&told(row));
        }
    };
    let mut watcher = Watcher {
        meter: &mut ProcessMeter::default(),
        progress: &mut progress,
    };
    let (mut rows, mut skipped) = (Vec::new(), Vec::new());
    for case in plan.cases(args.seeds) {
        let mut case = case?;
        let genes = case.data.genes().len();
        for name in methods.skipped_for_size(genes) {
            if !skipped.contains(&name) {
                skipped.push(name);
            }
        }
        case.external = compared.of(&case)?;
        if args.write_data {
            data::write(&args.out, &case)?;
        }
        let seeds = plan.seeds(&case, args.seeds);
        rows.extend(run_all([case], &methods, &seeds, &mut watcher));
        // what is measured is not lost if the benchmark is stopped
        results::write_rows(&args.out, &rows)?;
    }
    let mut notes = plan.notes();
    notes.extend(args.shift_at.map(|time| {
        format!("The change at time {time} was told to cistron and its linear form only.")
    }));
    if !skipped.is_empty() {
        notes.push(format!(
            "Above {SLOW_ABOVE} genes {} did not run: `--methods` with the name runs it at any \
             size.",
            skipped.join(" and ")
        ));
    }
    let code = results::code(&rows);
    results::finish(args, rows, plan.is_about_size(), notes)?;
    Ok(code)
}

fn law(name: &str) -> Result<Law, String> {
    match name {
        "bacterial" => Ok(Law::Bacterial),
        "yeast" => Ok(Law::Yeast),
        _ => Err("expected bacterial or yeast".to_owned()),
    }
}

fn told(row: &Row) -> String {
    let (case, method) = (&row.case, &row.method);
    match (&row.scores, &row.failure) {
        (Some(scores), _) => format!(
            "{case}: {method}: AUPR {:.3}, AUROC {:.3}, {:.1} s",
            scores.aupr, scores.auroc, row.seconds
        ),
        (None, why) => format!(
            "{case}: {method}: {}",
            why.as_deref().unwrap_or("no scores")
        ),
    }
}
