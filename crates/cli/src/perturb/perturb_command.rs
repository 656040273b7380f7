//! Runs `cistron perturb`.

use std::error::Error;

use cistron::field::VectorField;
use cistron::io::read_metrics;
use cistron::perturb::Until;
use cistron::run::RunFolder;

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
    let until = args.until()?;
    check_windows(&interventions, &until, genes)?;
    let from = start(&folder, &args.from)?;
    let targets = find_genes(&args.targets, genes)?;
    let changed = interventions.iter().map(|one| one.gene);
    let changed = changed.chain(dose.as_ref().map(|dose| dose.gene));
    if let Some(note) = regulator_note::of_other_genes(&folder, changed, genes) {
        files::warn(&note);
    }
    if let Some(doubt) = doubt_of_model(&folder) {
        files::warn(&doubt);
    }
    let single = !interventions.is_empty() || dose.is_some();
    args.lists.check(single, !targets.is_empty())?;
    files::make_folder(&args.out)?;
    let simulation = Simulation {
        model: &folder.model,
        start: &args.from,
        from: from.as_deref(),
        until: &until,
        interventions: &interventions,
        targets: &targets,
        top: usize::from(args.top),
        out: &args.out,
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
    fn until(&self) -> Result<Until, QueryError> {
        let points = match self.lists.is_batch() {
            true => 2,
            false => usize::from(self.points),
        };
        match &self.until {
            None if self.at.is_empty() => Ok(Until::Auto),
            None => at_times(&self.at),
            Some(end) => until(end, points),
        }
    }
}

/// What is to be said of a model that predicts held-out samples badly.
fn doubt_of_model(folder: &RunFolder) -> Option<String> {
    if folder.model.is_static() {
        return None;
    }
    // a model without its run may be simulated, too
    let metrics = folder.part("metrics.json", read_metrics).ok()?;
    metrics.below_no_change()
}
