//! `cistron infer`: from an expression table to a folder with the network.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use clap::{Args, ValueEnum};

use cistron::discovery::{Discovery, DiscoveryError, OffsetSetting, Settings, discover};
use cistron::expression::States;
use cistron::fit::{FitError, FitSettings, Watch};
use cistron::io::{
    NetworkView, write_curves, write_edges, write_graphml, write_groups, write_metrics,
    write_model, write_nodes, write_paths, write_states,
};
use cistron::penalty::PenaltyKind;
use cistron::seed::Seed;
use cistron::shooting::ShootingSettings;
use cistron::trajectory::RowSettings;

use super::checkpoint::FileCheckpoint;
use super::files::{self, Output};
use super::progress::Progress;
use super::run_pages;
use super::run_record::RunRecord;
use super::summary::summary;
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

/// Infer a ranked causal network from expression over time.
#[derive(Args, Clone, Debug)]
pub(crate) struct InferArgs {
    #[command(flatten)]
    input: InputArgs,
    /// Folder for the results; made if it is not there
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
    /// Fit the linear skeleton only, no networks with several units
    #[arg(long)]
    linear: bool,
    /// Keep the model as the penalised fit leaves it; without this it is fitted again through its
    /// differential equations
    #[arg(long)]
    no_refit: bool,
    /// Most edges in edges.tsv
    #[arg(long, value_name = "N", default_value_t = 1_000_000)]
    top: usize,
    /// Edges in network.graphml; if not given, those of which at most half are expected to be
    /// false, and at least one for each gene
    #[arg(long, value_name = "N")]
    graph_edges: Option<usize>,
    /// Write neither pictures nor report.html; `cistron plot` and `cistron report` write them later
    #[arg(long)]
    no_report: bool,
    /// Threads; all cores if not given
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Violation of the optimality condition at which a fit stops, as a share of the critical
    /// strength
    #[arg(long, value_name = "X", default_value_t = FitSettings::default().tolerance, value_parser = positive)]
    tolerance: f64,
    /// End with exit code 1 if a fit did not reach its tolerance
    #[arg(long)]
    strict: bool,
    /// Print no progress and no summary
    #[arg(short, long)]
    quiet: bool,
}

/// Runs the subcommand.
///
/// # Errors   a message for the user; exit code 2.
pub(crate) fn run(args: &InferArgs) -> Result<ExitCode, Box<dyn Error>> {
    let start = Instant::now();
    if let Some(threads) = args.threads {
        rayon::ThreadPoolBuilder::new()
            .num_threads(usize::from(threads))
            .build_global()?;
    }
    let input = args.input.read()?;
    if !args.quiet {
        input.notes.iter().for_each(|note| files::note(note));
    }
    input
        .warnings
        .iter()
        .for_each(|warning| files::warn(warning));
    files::make_folder(&args.out)?;
    let settings = args.settings(&input);
    let mut record = RunRecord::new(args, &input, &settings);
    let checkpoint = FileCheckpoint::new(&args.out, record.fingerprint());
    let (before, note) = checkpoint.resumes()?;
    if let Some(note) = note {
        files::note(&note);
    }
    let progress = Progress::new(input.measured.genes().len(), before, args.quiet);
    let watch = Watch {
        observer: Some(Box::new(progress)),
        checkpoint: Some(Box::new(checkpoint.clone())),
    };
    let found = discover(&input.observed(), &input.prior, &settings, watch)
        .map_err(|error| args.in_words(&error))?;
    found
        .warnings
        .iter()
        .for_each(|warning| files::warn(warning));
    let graph_edges = args.graph_edges.unwrap_or_else(|| found.network.usual());
    record.finish(&found, graph_edges, start.elapsed());
    write_results(args, (&input, &found), &record, graph_edges)?;
    run_pages::forget(&args.out)?;
    checkpoint.remove();
    if !args.no_report {
        run_pages::write(&args.out)?;
    }
    if !args.quiet {
        files::print(&summary(&found, &input, &args.out, !args.no_report))?;
    }
    let stuck = found.metrics.converged_genes < found.genes().len();
    Ok(if args.strict && stuck {
        ExitCode::from(1)
    } else {
        ExitCode::SUCCESS
    })
}

impl InferArgs {
    fn settings(&self, input: &Input) -> Settings {
        Settings {
            transform: input.transform,
            offsets: input
                .shift_at
                .map_or(OffsetSetting::Auto, OffsetSetting::ShiftAt),
            windows: input.windows.clone(),
            rows: RowSettings {
                rest_weight: self.input.resting.rest_weight,
                ..RowSettings::default()
            },
            fit: FitSettings {
                pairs: usize::from(self.pairs),
                penalty: self.penalty.into(),
                bends: !self.linear,
                tolerance: self.tolerance,
                seed: Seed(self.seed),
                ..FitSettings::default()
            },
            refit: !self.no_refit,
            shooting: ShootingSettings {
                seed: Seed(self.seed),
                ..ShootingSettings::default()
            },
        }
    }

    /// Names the table if the data are to blame.
    fn in_words(&self, error: &DiscoveryError) -> String {
        match error {
            DiscoveryError::Fit(FitError::Stopped(_)) => error.to_string(),
            _ => format!("{}: {error}", self.input.data.display()),
        }
    }

    /// Options that change how the files are read, for the fingerprint.
    pub(crate) fn reading_options(&self) -> Vec<String> {
        let input = &self.input;
        vec![
            format!(
                "{:?} {:?} {:?}",
                input.genes, input.ignore, input.prior_mode
            ),
            format!(
                "{} {} {} {}",
                input.interventions.is_some(),
                input.times.is_some(),
                input.pseudotime.is_some(),
                input.prior.is_some()
            ),
            input.resting.meaning(),
        ]
    }

    /// Most edges in edges.tsv.
    pub(crate) fn top(&self) -> usize {
        self.top
    }
}

/// A number above 0.
fn positive(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(number) if number > 0.0 && f64::is_finite(number) => Ok(number),
        _ => Err("expected a number above 0".to_owned()),
    }
}

/// All files under temporary names first, then renamed: none is there without the others.
fn write_results(
    args: &InferArgs,
    (input, found): (&Input, &Discovery),
    record: &RunRecord,
    graph_edges: usize,
) -> Result<(), Box<dyn Error>> {
    let at = |name: &str| Path::new(&args.out).join(name);
    let (network, nodes, genes) = (&found.network, &found.nodes, found.genes());
    files::replace_all(&mut [
        Output::new(at("edges.tsv"), |sink| write_edges(network, args.top, sink)),
        Output::new(at("nodes.tsv"), |sink| write_nodes(genes, nodes, sink)),
        Output::new(at("network.graphml"), |sink| {
            write_graphml(&NetworkView::best(network, nodes, graph_edges), sink)
        }),
        Output::new(at("model.json"), |sink| write_model(&found.fitted, sink)),
        Output::new(at("states.tsv"), |sink| {
            write_states(&States::of(&input.measured), sink)
        }),
        Output::new(at("curves.tsv"), |sink| {
            write_curves(genes, &found.curves, sink)
        }),
        Output::new(at("paths.tsv"), |sink| {
            write_paths(genes, &found.paths, sink)
        }),
        Output::new(at("groups.tsv"), |sink| {
            write_groups(genes, &found.groups, sink)
        }),
        Output::new(at("metrics.json"), |sink| {
            write_metrics(&found.metrics, sink)
        }),
        Output::new(at("run.json"), |sink| record.write(sink)),
    ])
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
