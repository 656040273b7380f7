//! Options of `cistron perturb`.

use std::path::PathBuf;

use clap::Args;

use super::intervention_args::InterventionArgs;
use super::intervention_lists::ListArgs;
use super::measured::MeasuredArgs;
use crate::thread_args::ThreadArgs;

const EXAMPLES: &str = "\
Examples:
  cistron perturb RUN --ko lexA -o KO                     a knockout, until nothing changes
  cistron perturb RUN --kd lexA=0.3 --oe recA=2x -o MIX   several genes
  cistron perturb RUN --ko lexA --at 0,5,20 -o TIMES      at these times
  cistron perturb RUN --screen -o SCREEN                  the knockout of every regulator
  cistron perturb RUN --measured mutants.tsv -o CHECK     what was measured: scores and pictures";

/// Simulate knockouts, knockdowns and overexpression with the model of a run.
///
/// Any gene may be changed, not only regulators: one or several genes, permanently or in a time
/// window, at one dose or at many. Levels are in the units of the data. Time starts at 0 with the
/// simulation.
///
/// The wild type is the steady state of the model if that is within the measured range of all genes; else another
/// steady state within it; else the mean state of the reference samples, and effects are counted against the
/// unperturbed course from there at the same times. The first line says which.
///
/// The output is response.tsv (levels by time and gene, without and with the interventions),
/// effects.tsv (ranked effects, direct or downstream with the path), and as SVG and PNG response
/// (levels of the genes with the largest changes) and top_changes (their changes); with --dose doses.tsv
/// and response; with --batch steady.tsv, or courses.tsv over time, and wild_type.tsv; with --screen and --pairs
/// screen.tsv and pairs.tsv; with --measured scores.json and measured.svg, over time also measured_courses.svg.
#[derive(Args, Clone, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct PerturbArgs {
    /// Folder of a `cistron infer` run
    #[arg(value_name = "RUN")]
    pub(super) run: PathBuf,
    /// Initial state: `wild-type`, a sample as SERIES@TIME, or a group of samples or cells (see states.tsv of the run)
    #[arg(long, value_name = "STATE", default_value = "wild-type")]
    pub(super) from: String,
    /// End of the simulation: `steady` for the steady state, wherever it is, or a time; default: the steady state, or
    /// the duration of the data where the simulation does not start from a steady state
    #[arg(long, value_name = "TIME", allow_negative_numbers = true)]
    pub(super) until: Option<String>,
    /// Output times in the unit of the data, counted from the start of the simulation, such as 0,1,2,4,8,24
    #[arg(
        long,
        value_name = "TIME,…",
        value_delimiter = ',',
        allow_negative_numbers = true,
        conflicts_with_all = ["until", "points"]
    )]
    pub(super) at: Vec<f64>,
    /// Number of output times, if --until is a time; --batch writes the first and the last
    #[arg(long, value_name = "N", default_value_t = 51, value_parser = clap::value_parser!(u16).range(2..=10_000))]
    pub(super) points: u16,
    /// Genes whose change is measured in --screen and --pairs; default: all genes
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    pub(super) targets: Vec<String>,
    /// Number of genes in the summary and in the pictures
    #[arg(long, value_name = "N", default_value_t = 9, value_parser = clap::value_parser!(u16).range(1..=60))]
    pub(super) top: u16,
    /// Folder for the results, made if needed
    #[arg(short, long, value_name = "FOLDER")]
    pub(super) out: PathBuf,
    #[command(flatten)]
    pub(super) threads: ThreadArgs,
    /// Print no summary
    #[arg(short, long)]
    pub(super) quiet: bool,
    // last, since their headings would hold what follows
    #[command(flatten)]
    pub(super) interventions: InterventionArgs,
    #[command(flatten)]
    pub(super) lists: ListArgs,
    #[command(flatten)]
    pub(super) measured: MeasuredArgs,
}
