//! Many interventions: batches, screens of single knockouts and of pairs.

use std::error::Error;
use std::path::{Path, PathBuf};

use clap::Args;

use cistron::dynamics::SteadySettings;
use cistron::expression::{Change, Intervention};
use cistron::field::{SparseField, VectorField};
use cistron::genes::Gene;
use cistron::io::read::columns::{Role, role};
use cistron::io::read::perturbed::is_mark;
use cistron::io::{
    Batch, BatchSet, read_batch, read_names, write_batch, write_pair_screen, write_screen,
};
use cistron::perturb::{
    BatchStates, InitialState, Knockout, NoAnswer, Pair, Screen, StateError, Until, WildType,
    batch_states, pairs as simulate_pairs, screen,
};
use cistron_report::count;

use super::simulation::Simulation;
use crate::answer_record::WILD_TYPE_TABLE;
use crate::caveats;
use crate::files::{self, Output};
use crate::query::{check_windows, find_genes};

/// Maximum number of pairs: all pairs of 632 regulators. On a model of 1,000 genes 5,000 pairs take
/// 40 s, so that more than this would take half an hour.
const MOST_PAIRS: usize = 200_000;

/// The value of `--pairs` for all regulators of the model.
const ALL_REGULATORS: &str = "regulators";

/// Lists of interventions instead of one.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Many interventions")]
pub(crate) struct ListArgs {
    /// Table with one set of interventions per row: genes (`gene_i`, `gene_j`, or `perturbed`), or
    /// `gene kind level t_on t_off sample`
    #[arg(long, value_name = "FILE", conflicts_with_all = ["screen", "pairs"])]
    batch: Option<PathBuf>,
    /// Knock out every regulator of the model, or the genes of --regulators, one at a time
    #[arg(long)]
    screen: bool,
    /// Knock out pairs of genes: from a table, or all pairs of regulators
    #[arg(long, value_name = "FILE|regulators", num_args = 0..=1, default_missing_value = "regulators")]
    pairs: Option<String>,
    /// Genes to knock out in --screen and --pairs: a list of names, or a table with a column `gene`
    #[arg(long, value_name = "FILE")]
    regulators: Option<PathBuf>,
}

impl ListArgs {
    /// Refuses options that do not belong together, and no intervention at all.
    ///
    /// * `single`: whether there are interventions on single genes
    /// * `targets`: whether targets were chosen
    /// * `measured`: whether there are measured states, whose interventions are simulated if there are no others
    ///
    /// # Errors   a message for the user.
    pub(super) fn check(
        &self,
        single: bool,
        targets: bool,
        measured: bool,
    ) -> Result<(), Box<dyn Error>> {
        let screened = self.screen || self.pairs.is_some();
        if !screened && (targets || self.regulators.is_some()) {
            let option = if targets { "--targets" } else { "--regulators" };
            return Err(format!(
                "{option} needs --screen or --pairs; add one of them, or drop {option}"
            )
            .into());
        }
        let many = self.batch.is_some() || screened;
        match (single, many) {
            (true, true) => Err(
                "--batch, --screen and --pairs exclude single interventions; drop them, or put \
                 them into the batch"
                    .into(),
            ),
            (false, false) if !measured => Err(
                "nothing to simulate; give an intervention (--ko, --kd, --oe, --set, --dose), or \
                 --batch, --screen, --pairs or --measured"
                    .into(),
            ),
            _ => Ok(()),
        }
    }
}

/// Simulates the lists of the options and returns the summary.
pub(super) fn run(lists: &ListArgs, simulation: &Simulation<'_>) -> Result<String, Box<dyn Error>> {
    let measured = simulation.measured.map(|measured| &measured.path);
    if let Some(path) = lists.batch.as_ref().or(measured) {
        return batch(lists, simulation, path);
    }
    if simulation.from.is_some() || matches!(simulation.until, Until::Times(_)) {
        return Err(
            "--screen and --pairs compare mutants with the wild type in one state; drop --from, --until and --at, or \
             use --batch"
                .into(),
        );
    }
    let model = simulation.model;
    let settings = SteadySettings::default();
    let wild = match simulation.until {
        Until::Steady => WildType::new(&model.field, &model.reference, model.length(), settings)
            .map_err(StateError::NoSteadyState),
        _ => WildType::of(model),
    };
    let wild = wild.map_err(NoAnswer::from)?;
    warn_of_start(simulation, wild.start());
    let held: Vec<Gene> = wild.drifting().collect();
    if let Some(caveat) = caveats::of_held_genes(wild.genes(), &held) {
        files::warn(&caveat);
    }
    let screens = Screens {
        lists,
        simulation,
        wild: &wild,
    };
    let (start, genes) = (wild.start(), wild.genes());
    let folder = simulation.out.path();
    let record = simulation.record(start, None);
    // the former answer goes when the first table is there, which is kept when the second one is stopped
    let publish = |table: Output<'_>, is_first: bool| match is_first {
        true => simulation.publish(&record, vec![table], &[]),
        false => Ok(simulation.out.add(&[table])?),
    };
    let mut text = from_line(simulation, start);
    if lists.screen {
        let rows = screens.single_knockouts()?;
        let out = folder.join("screen.tsv");
        text += &screens.describe_knockouts(&rows, &out);
        let table = Output::new(out, |sink| {
            write_screen(&rows, start, simulation.targets, genes, sink)
        });
        publish(table, true)?;
    }
    if let Some(pairs) = &lists.pairs {
        let rows = screens.pairs(pairs)?;
        let out = folder.join("pairs.tsv");
        text += &screens.describe_pairs(&rows, &out);
        let table = Output::new(out, |sink| write_pair_screen(&rows, start, genes, sink));
        publish(table, !lists.screen)?;
    }
    Ok(text)
}

fn batch(
    lists: &ListArgs,
    simulation: &Simulation<'_>,
    path: &Path,
) -> Result<String, Box<dyn Error>> {
    let model = simulation.model;
    let genes = model.field.genes();
    let mut batch = read_sets(path, &model.field)?;
    if lists.batch.is_none() {
        keep_marks(&mut batch);
    }
    for set in &batch.sets {
        check_windows(&set.interventions, simulation.until, genes)
            .map_err(|error| format!("{}: {error}", path.display()))?;
    }
    let found = batch_states(model, &batch.sets, simulation.from, simulation.until)?;
    warn_of_start(simulation, &found.start);
    let failed = found.states.iter().filter(|result| result.is_err()).count();
    let reason = found.states.iter().find_map(|result| result.as_ref().err());
    if let Some(reason) = reason {
        let verb = if failed == 1 { "has" } else { "have" };
        files::warn(&format!(
            "{failed} of {} {verb} no result and stay empty; the first: {reason}",
            count(batch.sets.len(), "set")
        ));
    }
    let (name, what) = match found.times.is_empty() {
        true => ("steady.tsv", "state"),
        false => ("courses.tsv", "course"),
    };
    let unperturbed = BatchStates {
        states: vec![Ok(found.unperturbed.clone())],
        ..found.clone()
    };
    let folder = simulation.out.path();
    let measured = simulation.measured;
    let compared = measured
        .map(|measured| measured.beside_batch(&batch, &found, genes))
        .transpose()?;
    let mut tables = vec![
        Output::new(folder.join(name), |sink| {
            write_batch(&batch, &found, genes, sink)
        }),
        Output::new(folder.join(WILD_TYPE_TABLE), |sink| {
            write_batch(&wild_type(), &unperturbed, genes, sink)
        }),
    ];
    let pictures = compared
        .as_ref()
        .map_or(&[][..], |compared| &compared.pictures);
    tables.extend(compared.as_ref().map(|compared| compared.scores(folder)));
    let record = simulation.record(&found.start, None);
    simulation.publish(&record, tables, pictures)?;
    Ok(format!(
        "{}{} of interventions, {}\nwritten to {}/: {name} {WILD_TYPE_TABLE}{}\n{}",
        from_line(simulation, &found.start),
        count(batch.sets.len(), "set"),
        count(batch.sets.len() - failed, what),
        folder.display(),
        if compared.is_some() {
            " scores.json, pictures measured*"
        } else {
            ""
        },
        compared.as_ref().map_or("", |compared| &compared.text)
    ))
}

/// Drops columns of a table of measured states that name neither the changed genes nor a series: genes that the model
/// does not have.
fn keep_marks(batch: &mut Batch) {
    let is_kept: Vec<bool> = batch
        .header
        .iter()
        .map(|name| is_mark(name) || role(name) == Role::Series)
        .collect();
    let keep = |all: &mut Vec<String>| {
        let mut kept = is_kept.iter();
        all.retain(|_| kept.next().is_some_and(|kept| *kept));
    };
    keep(&mut batch.header);
    batch.sets.iter_mut().for_each(|set| keep(&mut set.marks));
}

/// A batch of the wild type alone.
fn wild_type() -> Batch {
    Batch {
        header: vec!["perturbed".to_owned()],
        sets: vec![BatchSet {
            marks: vec!["WT".to_owned()],
            interventions: Vec::new(),
        }],
    }
}

fn warn_of_start(simulation: &Simulation<'_>, start: &InitialState) {
    if let Some(caveat) = caveats::of_start(simulation.model, start) {
        files::warn(&caveat);
    }
}

/// The first line of a summary.
fn from_line(simulation: &Simulation<'_>, start: &InitialState) -> String {
    format!("from             {}\n", simulation.start_in_words(start))
}

fn read_sets(path: &Path, field: &SparseField) -> Result<Batch, Box<dyn Error>> {
    let (genes, scale) = (field.genes(), field.scale());
    let reading = files::read(path, |input, name| read_batch(input, name, genes, scale))?;
    Ok(reading.value)
}

/// Knockouts of many genes, compared with the steady state of the wild type.
struct Screens<'a> {
    lists: &'a ListArgs,
    simulation: &'a Simulation<'a>,
    wild: &'a WildType<'a>,
}

impl Screens<'_> {
    fn single_knockouts(&self) -> Result<Vec<Knockout>, Box<dyn Error>> {
        let Simulation { targets, top, .. } = *self.simulation;
        let screened = screen(self.wild, &self.regulators()?, targets, top);
        self.warn_of_left_out(&screened);
        Ok(screened.rows)
    }

    fn describe_knockouts(&self, rows: &[Knockout], out: &Path) -> String {
        let strongest = rows.iter().take(self.simulation.top);
        let strongest: Vec<&str> = strongest
            .map(|row| self.wild.genes().name(row.gene))
            .collect();
        format!(
            "{}, largest effects: {}\nwritten to {}\n",
            count(rows.len(), "knockout"),
            strongest.join(" "),
            out.display()
        )
    }

    /// * `source`: a table of pairs, or [`ALL_REGULATORS`]
    fn pairs(&self, source: &str) -> Result<Vec<Pair>, Box<dyn Error>> {
        let Simulation { targets, top, .. } = *self.simulation;
        let pairs = if source == ALL_REGULATORS {
            all_pairs(&self.regulators()?)?
        } else {
            listed_pairs(Path::new(source), self.wild.field())?
        };
        let screened = simulate_pairs(self.wild, &pairs, targets, top);
        self.warn_of_left_out(&screened);
        Ok(screened.rows)
    }

    fn describe_pairs(&self, rows: &[Pair], out: &Path) -> String {
        let genes = self.wild.genes();
        let strongest = rows.iter().take(self.simulation.top);
        let strongest: Vec<String> = strongest
            .map(|row| format!("{}+{}", genes.name(row.genes.0), genes.name(row.genes.1)))
            .collect();
        format!(
            "{}, largest epistasis: {}\nwritten to {}\n",
            count(rows.len(), "pair"),
            strongest.join(" "),
            out.display()
        )
    }

    /// The genes to knock out: from the list, or all genes that regulate another in the model.
    fn regulators(&self) -> Result<Vec<Gene>, Box<dyn Error>> {
        let mut regulators = match &self.lists.regulators {
            Some(path) => {
                let names = files::read(path, read_names)?;
                find_genes(&names, self.wild.genes())
                    .map_err(|error| format!("{}: {error}", path.display()))?
            }
            None => regulators_of(self.wild.field()),
        };
        regulators.sort();
        regulators.dedup();
        if regulators.is_empty() {
            return Err(
                "no gene regulates another in this model; name genes with --regulators".into(),
            );
        }
        Ok(regulators)
    }

    fn warn_of_left_out<T>(&self, screened: &Screen<T>) {
        let Some((mutant, reason)) = screened.unsteady.first() else {
            return;
        };
        let names = mutant.iter().map(|gene| self.wild.genes().name(*gene));
        let names: Vec<&str> = names.collect();
        let (do_not, are) = match screened.unsteady.len() {
            1 => ("does", "is"),
            _ => ("do", "are"),
        };
        files::warn(&format!(
            "{} {do_not} not reach a steady state and {are} left out; the first, {}: {reason}",
            count(screened.unsteady.len(), "mutant"),
            names.join("+")
        ));
    }
}

/// The genes that regulate another.
fn regulators_of(field: &SparseField) -> Vec<Gene> {
    let mut regulators = Vec::new();
    for target in field.genes().iter() {
        let component = field.component(target);
        regulators.extend(component.regulators.iter().filter(|gene| **gene != target));
    }
    regulators
}

fn all_pairs(regulators: &[Gene]) -> Result<Vec<(Gene, Gene)>, String> {
    let count = regulators.len() * (regulators.len() - 1) / 2;
    if count > MOST_PAIRS {
        return Err(format!(
            "{} regulators make {count} pairs, expected at most {MOST_PAIRS}; name fewer with \
             --regulators, or list the pairs",
            regulators.len()
        ));
    }
    let mut pairs = Vec::with_capacity(count);
    for (k, first) in regulators.iter().enumerate() {
        pairs.extend(regulators[k + 1..].iter().map(|second| (*first, *second)));
    }
    Ok(pairs)
}

/// The rows of a table, each of which knocks out two genes.
fn listed_pairs(path: &Path, field: &SparseField) -> Result<Vec<(Gene, Gene)>, Box<dyn Error>> {
    let mut pairs = Vec::new();
    for (k, set) in read_sets(path, field)?.sets.iter().enumerate() {
        match set.interventions.as_slice() {
            [a, b] if is_lasting_knockout(a) && is_lasting_knockout(b) => {
                pairs.push((a.gene, b.gene));
            }
            _ => {
                return Err(format!(
                    "{}: set {} is not a permanent knockout of two genes; use --batch for other \
                     interventions",
                    path.display(),
                    k + 1
                )
                .into());
            }
        }
    }
    Ok(pairs)
}

fn is_lasting_knockout(intervention: &Intervention) -> bool {
    intervention.change == Change::Knockout && intervention.window.is_none()
}
