//! `cistron score --perturb PREDICTED MEASURED`

use std::error::Error;
use std::path::{Path, PathBuf};

use cistron::expression::RestingStates;
use cistron::genes::Genes;
use cistron::io::{Reading, RestingTable, read_resting};
use cistron_truth::evaluate::{Comparison, PerturbedStates, PredictionScores, compare};
use cistron_truth::io::read_perturbed_states;
use clap::Args;
use serde::Serialize;

use super::files;

/// Predicted against measured states after interventions.
#[derive(Args)]
#[command(next_help_heading = "Interventions")]
pub(crate) struct PerturbArgs {
    /// Score predicted states after interventions: EDGES is the predicted table, GOLD the measured
    /// one. Both name the changed genes in a column `perturbed`, or in `gene_i` and `gene_j`, and
    /// have one gene a column; or they are time courses with a column `time`.
    #[arg(long, conflicts_with_all = ["regulators", "universe", "trapezoid", "curve"])]
    pub(super) perturb: bool,
    /// Steady states of the wild type, for changes against it.
    #[arg(long, value_name = "FILE", requires = "perturb")]
    wildtype: Option<PathBuf>,
    /// Steady states of single knockouts, for the rules that need no model.
    #[arg(long, value_name = "FILE", requires = "perturb")]
    knockouts: Option<PathBuf>,
}

/// The scores and what they are about.
#[derive(Serialize)]
struct JsonReport<'a> {
    predicted: &'a str,
    measured: &'a str,
    #[serde(flatten)]
    comparison: &'a Comparison,
}

pub(super) fn run(
    args: &PerturbArgs,
    (predicted, measured): (&Path, &Path),
    json: bool,
) -> Result<(), Box<dyn Error>> {
    let (one, other) = (read(predicted)?, read(measured)?);
    let singles = args.singles(&other)?;
    let (predicted, measured) = (
        predicted.display().to_string(),
        measured.display().to_string(),
    );
    let comparison = compare(&one, &other, singles.as_ref())
        .map_err(|error| format!("{predicted} against {measured}: {error}"))?;
    let text = if json {
        let report = JsonReport {
            predicted: &predicted,
            measured: &measured,
            comparison: &comparison,
        };
        serde_json::to_string(&report)? + "\n"
    } else {
        text_report(&format!("{predicted} against {measured}"), &comparison)
    };
    files::print(&text)
}

fn read(path: &Path) -> Result<PerturbedStates, Box<dyn Error>> {
    let name = path.display().to_string();
    Ok(kept(read_perturbed_states(files::open(path)?, &name)?))
}

/// The value, its warnings told.
fn kept<T>(reading: Reading<T>) -> T {
    reading.warnings.iter().for_each(|text| files::warn(text));
    reading.value
}

impl PerturbArgs {
    /// Wild type and single knockouts of the measured genes and of those that were changed.
    fn singles(&self, measured: &PerturbedStates) -> Result<Option<RestingStates>, Box<dyn Error>> {
        let mut names = measured.genes.names().to_vec();
        for name in measured.rows.iter().flat_map(|row| &row.changed) {
            if !names.contains(name) {
                names.push(name.clone());
            }
        }
        let genes = Genes::new(names)?;
        let knockouts = RestingTable::Changed { level: 0.0 };
        let tables = [
            (&self.wildtype, RestingTable::WildType),
            (&self.knockouts, knockouts),
        ];
        let mut all: Option<RestingStates> = None;
        for (path, rows) in tables {
            let Some(path) = path else {
                continue;
            };
            let name = path.display().to_string();
            let states = kept(read_resting(files::open(path)?, &name, rows, &genes)?);
            all = Some(match all {
                Some(before) => before.joined(&states),
                None => states,
            });
        }
        Ok(all)
    }
}

fn text_report(title: &str, comparison: &Comparison) -> String {
    let mut text = format!(
        "{title}\n  {} states, {} levels of genes that were not changed; signs of the {} with the \
         largest change\n\n  {:<30}{:>20}{:>24}{:>16}\n",
        comparison.states,
        comparison.levels,
        comparison.top_changes,
        "",
        "mean squared error",
        "correlation of changes",
        "correct signs"
    );
    text += &line("prediction", &comparison.prediction);
    for rule in &comparison.rules {
        text += &line(rule.rule, &rule.scores);
    }
    if comparison.rules.is_empty() {
        text += "\n  for changes and simple rules give --wildtype and --knockouts\n";
    }
    text
}

fn line(name: &str, scores: &PredictionScores) -> String {
    let share = |x: Option<f64>| x.map_or_else(|| "-".to_owned(), |x| format!("{x:.3}"));
    format!(
        "  {name:<30}{:>20}{:>24}{:>16}\n",
        four_digits(scores.mean_squared_error),
        share(scores.correlation),
        share(scores.correct_signs)
    )
}

/// Four significant digits.
fn four_digits(x: f64) -> String {
    if x != 0.0 && x.abs() < 1e-3 {
        return format!("{x:.3e}");
    }
    let before = x.abs().max(1e-3).log10().floor() as i32;
    let after = usize::try_from(3 - before).unwrap_or(0);
    format!("{x:.*}", if x == 0.0 { 0 } else { after })
}
