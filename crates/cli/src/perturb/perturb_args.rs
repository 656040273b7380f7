//! Options of `cistron perturb`.

use std::path::PathBuf;

use clap::Args;

use super::intervention_args::InterventionArgs;
use super::intervention_lists::ListArgs;
use crate::thread_args::ThreadArgs;

/// Simulate knockouts, knockdowns and overexpression with the model of a run.
///
/// Any gene may be changed, not only regulators: one or several genes, permanently or in a time
/// window, at one dose or at many. Levels are in the units of the data. Time starts at 0 with the
/// simulation.
///
/// The output is response.tsv (levels by time and gene, without and with the interventions),
/// effects.tsv (ranked effects, direct or downstream with the path), and as SVG and PNG response
/// (levels of the genes with the largest changes) and top_changes (their changes); with --dose doses.tsv
/// and response; with --batch steady.tsv; with --screen and --pairs screen.tsv and pairs.tsv.
#[derive(Args, Clone, Debug)]
pub(crate) struct PerturbArgs {
    /// Folder of a `cistron infer` run
    #[arg(value_name = "RUN")]
    pub(super) run: PathBuf,
    #[command(flatten)]
    pub(super) interventions: InterventionArgs,
    /// Initial state: `wild-type` for its steady state, a sample as SERIES@TIME, or a group of
    /// samples or cells (see states.tsv of the run)
    #[arg(long, value_name = "STATE", default_value = "wild-type")]
    pub(super) from: String,
    /// End of the simulation: `steady` for the steady state, or a time
    #[arg(
        long,
        value_name = "TIME",
        default_value = "steady",
        allow_negative_numbers = true
    )]
    pub(super) until: String,
    /// Number of output times, if --until is a time
    #[arg(long, value_name = "N", default_value_t = 51, value_parser = clap::value_parser!(u16).range(2..=10_000))]
    pub(super) points: u16,
    #[command(flatten)]
    pub(super) lists: ListArgs,
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
}
