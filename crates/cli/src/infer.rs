//! `cistron infer`: from an expression table to a folder with the network.

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use clap::{Args, ValueEnum};

use cistron::fit::{FitError, FitSettings};
use cistron::numeric::in_bytes;
use cistron::penalty::PenaltyKind;
use cistron::run::{
    ActivityChoice, InferError, Inference, KnownTruth, ResultFolder, Resumption, Settings,
};
use cistron::seed::Seed;

use super::files;
use super::number_parsers::above_zero;
use super::progress::Progress;
use super::run_pages;
use super::summary::summary;
use super::thread_args::ThreadArgs;
use super::{Input, InputArgs};

/// Which penalty keeps the networks sparse.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum PenaltyName {
    /// Regulators are in or out as a whole.
    #[default]
    GroupLasso,
    /// Single weights are in or out.
    Lasso,
    /// Half of each.
    SparseGroup,
    /// Minimax concave: strong regulators are not shrunk.
    Mcp,
}

/// Whether activities of regulators are estimated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum ActivityName {
    /// Where a prior is given, its targets follow, and genes are fast.
    #[default]
    Auto,
    /// Never: regulators are as active as their mRNA says.
    Off,
}

impl From<ActivityName> for ActivityChoice {
    fn from(name: ActivityName) -> Self {
        match name {
            ActivityName::Auto => Self::Auto,
            ActivityName::Off => Self::Off,
        }
    }
}

const EXAMPLES: &str = "\
Examples:
  cistron infer expression.tsv -o RUN                             columns: time, genes
  cistron infer counts.csv --times samples.tsv -o RUN             genes in rows, times in a table
  cistron infer expression.tsv --regulators tfs.txt -o RUN        only these may regulate
  cistron infer expression.tsv --knockouts ko.tsv -o RUN          with steady states of mutants
  cistron infer --steady samples.tsv --regulators tfs.txt -o RUN  without any time";

/// Infer a ranked causal network from expression over time.
#[derive(Args, Clone, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct InferArgs {
    /// Folder for the results; made if needed
    #[arg(short, long, value_name = "FOLDER")]
    out: PathBuf,
    /// Seed of all randomness
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Complementary pairs of half-samples
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u16).range(1..=10_000))]
    pairs: u16,
    /// Penalty on a regulator's weights
    #[arg(long, value_name = "NAME", default_value = "group-lasso")]
    penalty: PenaltyName,
    /// Whether activities of regulators are estimated from known pairs (--prior) and take the place of
    /// their mRNA in the ranking
    #[arg(long, value_name = "MODE", default_value = "auto")]
    activity: ActivityName,
    /// Fit the linear part only, no networks with several units
    #[arg(long)]
    linear: bool,
    /// Keep the model as the penalised fit leaves it; without this it is fitted again through its
    /// differential equations
    #[arg(long)]
    no_refit: bool,
    /// Maximum number of edges in edges.tsv
    #[arg(long, value_name = "N", default_value_t = 1_000_000)]
    top: usize,
    /// Number of edges in network.graphml; default: those that stand out, of which at most 20 % are
    /// expected to be false, or the best 20 where none does
    #[arg(long, value_name = "N")]
    graph_edges: Option<usize>,
    /// Write neither pictures nor report.html; `cistron plot` and `cistron report` write them later
    #[arg(long)]
    no_report: bool,
    #[command(flatten)]
    threads: ThreadArgs,
    /// Violation of the optimality condition at which a fit stops, as a share of
    /// lambda_max
    #[arg(long, value_name = "X", default_value_t = FitSettings::default().tolerance, value_parser = above_zero)]
    tolerance: f64,
    /// End with exit code 1 if a fit did not reach its tolerance
    #[arg(long)]
    strict: bool,
    /// Print no progress and no summary
    #[arg(short, long)]
    quiet: bool,
    // last, since its headings would hold what follows
    #[command(flatten)]
    pub(crate) input: InputArgs,
}

/// Runs the subcommand.
///
/// # Errors   a message for the user; exit code 2.
pub(crate) fn run(args: &InferArgs) -> Result<ExitCode, Box<dyn Error>> {
    let start = Instant::now();
    args.threads.apply()?;
    let input = args.input.read()?;
    if !args.quiet {
        input.notes.iter().for_each(|note| files::note(note));
    }
    input
        .warnings
        .iter()
        .for_each(|warning| files::warn(warning));
    files::refuse_foreign_edges(&args.out)?;
    let results = ResultFolder::for_run(&args.out)?;
    let settings = args.settings(&input);
    let inference = Inference::new(&input.data, &settings).with_prior(&input.prior);
    let inference = match &input.known {
        Some(pairs) => inference.with_known(KnownTruth {
            pairs,
            share: args.input.known_share,
        }),
        None => inference,
    };
    let inference = match &input.loci {
        Some(loci) => inference.with_loci(loci),
        None => inference,
    };
    let inference = match &input.half_lives {
        Some(half_lives) => inference.with_half_lives(half_lives),
        None => inference,
    };
    report_memory(&inference, args.quiet);
    let (inference, resumption) = inference.resumed_in(&results)?;
    report_resumption(&resumption);
    let before = match resumption {
        Resumption::Finished { targets, .. } => targets,
        Resumption::New | Resumption::Discarded { .. } => 0,
    };
    let mut progress = Progress::new(input.data.genes().len(), before, args.quiet);
    let mut run = inference
        .run(&mut progress)
        .map_err(|error| args.in_words(&error))?;
    if !args.quiet {
        run.record.notes.iter().for_each(|note| files::note(note));
    }
    let warnings = &run.record.warnings;
    warnings.iter().for_each(|warning| files::warn(warning));
    input.add_to(&mut run.record);
    run.record.seconds = start.elapsed().as_secs_f64();
    run.write_in(&results)?;
    if !args.no_report {
        run_pages::write(&results)?;
    }
    if !args.quiet {
        files::print(&summary(&run, &args.out, !args.no_report))?;
    }
    let stuck = run.record.targets_not_converged > 0;
    Ok(if args.strict && stuck {
        ExitCode::from(1)
    } else {
        ExitCode::SUCCESS
    })
}

/// Memory in bytes of which it is worth to speak.
const MUCH_MEMORY: u64 = 500_000_000;

/// Says beforehand how much memory the inference is likely to take.
fn report_memory(inference: &Inference<'_>, quiet: bool) {
    match inference.memory() {
        (_, Some(warning)) => files::warn(&warning),
        (peak, None) if peak >= MUCH_MEMORY && !quiet => {
            files::note(&format!("about {} of memory at the peak", in_bytes(peak)));
        }
        _ => {}
    }
}

fn report_resumption(resumption: &Resumption) {
    match resumption {
        Resumption::New => {}
        Resumption::Finished {
            checkpoint,
            targets,
        } => files::note(&format!(
            "going on from {checkpoint}: {targets} targets are finished"
        )),
        Resumption::Discarded { checkpoint, reason } => files::warn(&format!(
            "{checkpoint} {reason}; it is discarded, and all targets are fitted again"
        )),
    }
}

impl InferArgs {
    fn settings(&self, input: &Input) -> Settings {
        let mut settings = Settings::default();
        settings.seed = Seed(self.seed);
        self.input.set(input, &mut settings);
        settings.activity = self.activity.into();
        settings.fit.pairs = usize::from(self.pairs);
        settings.fit.penalty = self.penalty.into();
        settings.fit.nonlinear = !self.linear;
        settings.fit.tolerance = self.tolerance;
        if self.no_refit {
            settings.refit = None;
        }
        settings.output.edges = self.top;
        settings.output.graph_edges = self.graph_edges;
        settings
    }

    /// Names the table if the data are to blame.
    fn in_words(&self, error: &InferError) -> String {
        match error {
            InferError::Fit(FitError::Stopped(_)) => error.to_string(),
            _ => format!("{}: {error}", self.input.name()),
        }
    }
}

impl From<PenaltyName> for PenaltyKind {
    fn from(name: PenaltyName) -> Self {
        match name {
            PenaltyName::GroupLasso => Self::GroupLasso,
            PenaltyName::Lasso => Self::Lasso,
            PenaltyName::SparseGroup => Self::SparseGroup,
            PenaltyName::Mcp => Self::Mcp,
        }
    }
}
