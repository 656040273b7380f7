//! Runs `cistron perturb`.

use std::error::Error;

use cistron::field::VectorField;
use cistron::run::{FolderKind, ResultFolder, RunFolder};

use super::perturb_args::PerturbArgs;
use super::simulation::Simulation;
use super::{intervention_lists, regulator_note, single_response};
use crate::files;
use crate::query::{check_windows, find_genes, until};
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
    let until = until(&args.until, usize::from(args.points))?;
    check_windows(&interventions, &until, genes)?;
    let from = start(&folder, &args.from)?;
    let targets = find_genes(&args.targets, genes)?;
    let changed = interventions.iter().map(|one| one.gene);
    let changed = changed.chain(dose.as_ref().map(|dose| dose.gene));
    if let Some(note) = regulator_note::of_other_genes(&folder, changed, genes) {
        files::warn(&note);
    }
    let single = !interventions.is_empty() || dose.is_some();
    args.lists.check(single, !targets.is_empty())?;
    let results = ResultFolder::claim(&args.out, FolderKind::Responses)?;
    let simulation = Simulation {
        model: &folder.model,
        start: &args.from,
        from: from.as_deref(),
        until: &until,
        interventions: &interventions,
        targets: &targets,
        top: usize::from(args.top),
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
