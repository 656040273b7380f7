//! Many interventions: a batch, a screen of knockouts, pairs of them.

use std::error::Error;
use std::fs::File;
use std::path::{Path, PathBuf};

use clap::Args;

use cistron::expression::Change;
use cistron::field::{SparseField, VectorField};
use cistron::genes::Gene;
use cistron::io::{Batch, read_batch, read_names, write_batch, write_pair_screen, write_screen};
use cistron::perturb::{
    RestSettings, Screen, StateError, WildType, last_states, pairs as simulate_pairs, screen,
};

use super::{Asked, PerturbArgs};
use crate::question::{check_windows, find_gene};
use crate::{doubts, files};

/// Pairs that are simulated at most.
const MOST_PAIRS: usize = 200_000;

/// Lists of interventions instead of one.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Many interventions")]
pub(crate) struct ListArgs {
    /// Table with one set of interventions a row: genes (`gene_i`, `gene_j`, or `perturbed`), or
    /// `gene kind level t_on t_off sample`
    #[arg(long, value_name = "FILE", conflicts_with_all = ["screen", "pairs"])]
    batch: Option<PathBuf>,
    /// Knock out every regulator of the model, or those of --regulators, one by one
    #[arg(long)]
    screen: bool,
    /// Knock out pairs: those of a table, or all of the regulators
    #[arg(long, value_name = "FILE|regulators", num_args = 0..=1, default_missing_value = "regulators")]
    pairs: Option<String>,
    /// Genes to knock out in --screen and --pairs: one name a line, or the first column of a table
    #[arg(long, value_name = "FILE")]
    regulators: Option<PathBuf>,
}

impl ListArgs {
    /// Refuses to be asked nothing, or two things at once.
    ///
    /// * `targets`: whether some were chosen
    pub(super) fn check(&self, single: bool, targets: bool) -> Result<(), Box<dyn Error>> {
        let screened = self.screen || self.pairs.is_some();
        if !screened && (targets || self.regulators.is_some()) {
            let option = if targets { "--targets" } else { "--regulators" };
            return Err(format!(
                "{option} is of --screen and --pairs; add one of them, or drop it"
            )
            .into());
        }
        let list = self.batch.is_some() || screened;
        match (single, list) {
            (true, true) => Err(
                "--batch, --screen and --pairs stand alone; drop the single \
                                 interventions, or put them into the batch"
                    .into(),
            ),
            (false, false) => Err(
                "nothing to simulate; give an intervention (--ko, --kd, --oe, \
                                   --set, --dose), or --batch, --screen or --pairs"
                    .into(),
            ),
            _ => Ok(()),
        }
    }
}

/// Simulates the lists that were asked for and sums up.
pub(super) fn run(args: &PerturbArgs, asked: &Asked<'_>) -> Result<String, Box<dyn Error>> {
    if let Some(path) = &args.lists.batch {
        return batch(args, asked, path);
    }
    if asked.from.is_some() || args.until != "steady" {
        return Err(
            "--screen and --pairs compare states at rest with that of the wild type; drop \
                    --from and --until, or use --batch"
                .into(),
        );
    }
    let model = &asked.folder.model;
    let length = model.times.1 - model.times.0;
    let settings = RestSettings::default();
    let wild = WildType::new(&model.field, &model.reference, length, settings)
        .map_err(|error| format!("the wild type has {error}"))?;
    let drifting: Vec<Gene> = wild.drifting().collect();
    let doubt = doubts::of_drift(wild.genes(), &drifting);
    doubt.iter().for_each(|text| files::warn(text));
    let mut text = String::new();
    if args.lists.screen {
        text += &one_by_one(args, asked, &wild)?;
    }
    if let Some(which) = &args.lists.pairs {
        text += &in_pairs(args, asked, &wild, which)?;
    }
    Ok(text)
}

fn batch(args: &PerturbArgs, asked: &Asked<'_>, path: &Path) -> Result<String, Box<dyn Error>> {
    let (model, name) = (&asked.folder.model, path.display().to_string());
    let genes = model.field.genes();
    let batch = read_list(path, asked)?;
    for set in &batch.sets {
        check_windows(&set.interventions, asked.until, genes)
            .map_err(|error| format!("{name}: {error}"))?;
    }
    let found = last_states(model, &batch.sets, asked.from, asked.until)?;
    let lost = found.iter().filter(|one| one.is_err()).count();
    let reason = found.iter().find_map(|one| one.as_ref().err());
    if let Some(reason) = reason {
        files::warn(&format!(
            "{lost} of {} rows have no result and are left empty; the first: {reason}",
            found.len()
        ));
    }
    let states: Vec<Option<Vec<f64>>> = found.into_iter().map(Result::ok).collect();
    let out = args.out.join("steady.tsv");
    files::replace(&out, |sink| write_batch(&batch, &states, genes, sink))?;
    Ok(format!(
        "{} sets of interventions, {} states\nwritten to {}\n",
        batch.sets.len(),
        batch.sets.len() - lost,
        out.display()
    ))
}

fn read_list(path: &Path, asked: &Asked<'_>) -> Result<Batch, Box<dyn Error>> {
    let name = path.display().to_string();
    let genes = asked.folder.model.field.genes();
    Ok(read_batch(open(path)?, &name, genes)?.value)
}

fn open(path: &Path) -> Result<File, Box<dyn Error>> {
    File::open(path).map_err(|error| {
        let name = path.display();
        format!("{name}: cannot be opened ({error}); check the path and its permissions").into()
    })
}

/// The genes to knock out: those of the list, or all that regulate another in the model.
fn regulators(args: &PerturbArgs, field: &SparseField) -> Result<Vec<Gene>, Box<dyn Error>> {
    let genes = field.genes();
    let mut chosen: Vec<Gene> = match &args.lists.regulators {
        Some(path) => {
            let name = path.display().to_string();
            let names = read_names(open(path)?, &name)?;
            let find =
                |one: &String| find_gene(one, genes).map_err(|error| format!("{name}: {error}"));
            names.iter().map(find).collect::<Result<_, _>>()?
        }
        None => genes
            .iter()
            .flat_map(|target| {
                let regulators = field.component(target).regulators.iter();
                regulators.filter(move |gene| **gene != target)
            })
            .copied()
            .collect(),
    };
    chosen.sort();
    chosen.dedup();
    if chosen.is_empty() {
        return Err("no gene regulates another in this model; name genes with --regulators".into());
    }
    Ok(chosen)
}

fn one_by_one(
    args: &PerturbArgs,
    asked: &Asked<'_>,
    wild: &WildType<'_>,
) -> Result<String, Box<dyn Error>> {
    let genes = wild.genes();
    let chosen = regulators(args, wild.field())?;
    let top = usize::from(args.top);
    let found = screen(wild, &chosen, asked.targets, top);
    warn_of_restless(wild, &found);
    let out = args.out.join("screen.tsv");
    files::replace(&out, |sink| {
        write_screen(&found.rows, asked.targets, genes, sink)
    })?;
    let best = found.rows.iter().take(top);
    let best: Vec<&str> = best.map(|row| genes.name(row.gene)).collect();
    Ok(format!(
        "{} knockouts, the strongest: {}\nwritten to {}\n",
        chosen.len(),
        best.join(" "),
        out.display()
    ))
}

fn in_pairs(
    args: &PerturbArgs,
    asked: &Asked<'_>,
    wild: &WildType<'_>,
    which: &str,
) -> Result<String, Box<dyn Error>> {
    let genes = wild.genes();
    let chosen = if which == "regulators" {
        let single = regulators(args, wild.field())?;
        let count = single.len() * (single.len() - 1) / 2;
        if count > MOST_PAIRS {
            return Err(format!(
                "{} regulators make {count} pairs, expected at most {MOST_PAIRS}; name fewer with \
                 --regulators, or list the pairs",
                single.len()
            )
            .into());
        }
        let others = |at: usize| single[at + 1..].iter().map(move |b| (at, *b));
        let all = (0..single.len()).flat_map(others);
        all.map(|(at, b)| (single[at], b)).collect()
    } else {
        listed_pairs(Path::new(which), asked)?
    };
    let top = usize::from(args.top);
    let found = simulate_pairs(wild, &chosen, asked.targets, top);
    warn_of_restless(wild, &found);
    let out = args.out.join("pairs.tsv");
    files::replace(&out, |sink| write_pair_screen(&found.rows, genes, sink))?;
    let best = found.rows.iter().take(top);
    let best: Vec<String> = best
        .map(|row| format!("{}+{}", genes.name(row.genes.0), genes.name(row.genes.1)))
        .collect();
    Ok(format!(
        "{} pairs, farthest from the sum of their parts: {}\nwritten to {}\n",
        chosen.len(),
        best.join(" "),
        out.display()
    ))
}

/// The rows of a table, each of which knocks out two genes.
fn listed_pairs(path: &Path, asked: &Asked<'_>) -> Result<Vec<(Gene, Gene)>, Box<dyn Error>> {
    let batch = read_list(path, asked)?;
    let pair = |(at, set): (usize, &cistron::io::BatchSet)| match set.interventions.as_slice() {
        [a, b]
            if [a, b]
                .iter()
                .all(|one| one.change == Change::Knockout && one.window.is_none()) =>
        {
            Ok((a.gene, b.gene))
        }
        _ => Err(format!(
            "{}: set {} is no lasting knockout of two genes; use --batch for other interventions",
            path.display(),
            at + 1
        )
        .into()),
    };
    batch.sets.iter().enumerate().map(pair).collect()
}

fn warn_of_restless<T>(wild: &WildType<'_>, found: &Screen<T>) {
    let Some((mutant, error)) = found.restless.first() else {
        return;
    };
    let names: Vec<&str> = mutant.iter().map(|gene| wild.genes().name(*gene)).collect();
    let why = match error {
        StateError::NoRest(error) => error.to_string(),
        StateError::Intervention(error) => error.to_string(),
    };
    files::warn(&format!(
        "{} mutant(s) do not come to rest and are left out; the first, {}: {why}",
        found.restless.len(),
        names.join("+")
    ));
}
