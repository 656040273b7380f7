//! Runs `cistron perturb`.

use std::error::Error;

use cistron::field::VectorField;
use cistron::io::read_metrics;
use cistron::perturb::Until;
use cistron::run::{FolderKind, ResultFolder, RunFolder};

use super::measured::Measured;
use super::perturb_args::PerturbArgs;
use super::simulation::Simulation;
use super::{intervention_lists, regulator_note, single_response};
use crate::files;
use crate::query::{QueryError, at_times, check_windows, find_genes, until};
use crate::starts::start;

/// Runs the subcommand.
///
/// # Errors   a message for the user; exit code 2.
pub(crate) fn run(args: &PerturbArgs) -> Result<(), Box<dyn Error>> {
    args.threads.apply()?;
    let folder = RunFolder::open(&args.run)?;
    let field = &folder.model.field;
    let (genes, scale) = (field.genes(), field.scale());
    let interventions = args.interventions.interventions(genes, scale)?;
    let dose = args.interventions.dose(genes)?;
    let measured = args.measured.read(&folder.model)?;
    let single = !interventions.is_empty() || dose.is_some();
    let until = args.until(measured.as_ref(), single)?;
    check_windows(&interventions, &until, genes)?;
    let from = start(&folder, &args.from)?;
    let targets = find_genes(&args.targets, genes)?;
    let changed = interventions.iter().map(|one| one.gene);
    let changed = changed.chain(dose.as_ref().map(|dose| dose.gene));
    if let Some(note) = regulator_note::of_other_genes(&folder, changed, genes) {
        files::warn(&note);
    }
    if let Some(caveat) = caveat_of_model(&folder) {
        files::warn(&caveat);
    }
    args.lists
        .check(single, !targets.is_empty(), measured.is_some())?;
    let results = ResultFolder::claim(&args.out, FolderKind::Responses)?;
    refuse_foreign_files(&results)?;
    let simulation = Simulation {
        model: &folder.model,
        start: &args.from,
        from: from.as_deref(),
        until: &until,
        interventions: &interventions,
        targets: &targets,
        top: usize::from(args.top),
        measured: measured.as_ref(),
        out: &results,
    };
    let summary = match dose {
        Some(dose) => single_response::doses(&simulation, &dose)?,
        None if single => single_response::response(&simulation)?,
        None => intervention_lists::run(&args.lists, &simulation)?,
    };
    if !args.quiet {
        files::print(&summary)?;
    }
    Ok(())
}

impl PerturbArgs {
    /// * `single`: whether there is one answer, of which more than the end is wanted
    fn until(&self, measured: Option<&Measured>, single: bool) -> Result<Until, QueryError> {
        let points = if single { usize::from(self.points) } else { 2 };
        let measured = measured.map(Measured::times).unwrap_or_default();
        match &self.until {
            Some(end) => until(end, points),
            None if !self.at.is_empty() => at_times(&self.at),
            None if !measured.is_empty() => at_times(&measured),
            None => Ok(Until::Auto),
        }
    }
}

/// Files that answers consist of, and those by which a run is known.
const FILES: [&str; 13] = [
    "response.tsv",
    "effects.tsv",
    "doses.tsv",
    "steady.tsv",
    "courses.tsv",
    "wild_type.tsv",
    "screen.tsv",
    "pairs.tsv",
    "perturb.json",
    "scores.json",
    "model.json",
    "edges.tsv",
    "run.json",
];

/// Refuses a folder with files of such names that are not of an answer: they would be lost, or mixed with it.
fn refuse_foreign_files(results: &ResultFolder) -> Result<(), Box<dyn Error>> {
    let folder = results.path();
    let is_foreign = |name: &&&str| folder.join(name).exists() && !results.lists(name);
    let Some(name) = FILES.iter().find(is_foreign) else {
        return Ok(());
    };
    Err(format!(
        "{}: found a file that is not of an answer of `cistron perturb`; move it, or choose another folder with `--out`",
        folder.join(name).display()
    )
    .into())
}

/// What is to be said of a model that predicts held-out samples badly.
fn caveat_of_model(folder: &RunFolder) -> Option<String> {
    if folder.model.is_static() {
        return None;
    }
    // a model without its run may be simulated, too
    let metrics = folder.part("metrics.json", read_metrics).ok()?;
    metrics.below_no_change()
}
