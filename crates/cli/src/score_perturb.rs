//! `cistron score --perturb`: predicted against measured states after interventions.

use std::error::Error;
use std::path::{Path, PathBuf};

use cistron::expression::SteadyStates;
use cistron::genes::Genes;
use cistron::io::{Reading, SteadyRows, read_steady_states};
use cistron_truth::evaluate::{
    Comparison, MatchingError, PerturbedStates, PredictionScores, compare,
};
use cistron_truth::io::read_perturbed_states;
use clap::Args;
use serde::Serialize;

use crate::files;

/// Predicted against measured states after interventions.
#[derive(Args)]
#[command(next_help_heading = "Interventions")]
pub(crate) struct PredictionArgs {
    /// Score predicted states after interventions: EDGES is the predicted table, GOLD the measured
    /// table. Both have one column per gene, and name the changed genes in a column `perturbed`, or
    /// in `gene_i` and `gene_j`; or both are time courses with a column `time`.
    #[arg(long, conflicts_with_all = ["regulators", "universe", "trapezoid", "curve"])]
    pub(super) perturb: bool,
    /// Steady states of the wild type, the reference of changes.
    #[arg(long, value_name = "FILE", requires = "perturb")]
    wildtype: Option<PathBuf>,
    /// Steady states of single knockouts, for the comparison with rules without a model.
    #[arg(long, value_name = "FILE", requires = "perturb")]
    knockouts: Option<PathBuf>,
}

/// The tables that are compared.
pub(crate) struct StateTables<'a> {
    pub(crate) predicted: &'a Path,
    pub(crate) measured: &'a Path,
}

/// The scores of predicted states with the files that were compared.
#[derive(Serialize)]
struct PredictionScoreJson<'a> {
    predicted: &'a str,
    measured: &'a str,
    #[serde(flatten)]
    comparison: &'a Comparison,
}

/// Compares two tables of states and prints the scores.
///
/// # Errors   a message for the user; exit code 2.
pub(crate) fn run(
    args: &PredictionArgs,
    tables: &StateTables<'_>,
    json: bool,
) -> Result<(), Box<dyn Error>> {
    let predicted_states = read_states(tables.predicted)?;
    let measured_states = read_states(tables.measured)?;
    let singles = args.singles(&measured_states)?;
    let (predicted, measured) = (
        tables.predicted.display().to_string(),
        tables.measured.display().to_string(),
    );
    let title = format!("{predicted} against {measured}");
    let comparison = compare(&predicted_states, &measured_states, singles.as_ref())
        .map_err(|error| format!("{title}: {error}{}", cure(&error, &predicted, &measured)))?;
    if json {
        return files::print_json(&PredictionScoreJson {
            predicted: &predicted,
            measured: &measured,
            comparison: &comparison,
        });
    }
    files::print(&text_report(&title, &comparison))
}

/// What to do about states or genes that were not predicted.
fn cure(error: &MatchingError, predicted: &str, measured: &str) -> String {
    match error {
        MatchingError::State { .. } => format!(
            "; {predicted} (EDGES) is the predicted table and {measured} (GOLD) the measured one: predict all measured \
             states with `cistron perturb RUN --batch {measured} --out FOLDER` and give FOLDER/steady.tsv as EDGES, or \
             take the other rows out of {measured}"
        ),
        MatchingError::Gene { .. } => format!(
            "; {predicted} (EDGES) is the predicted table, such as steady.tsv of `cistron perturb RUN --batch {measured} \
             --out FOLDER`"
        ),
        _ => String::new(),
    }
}

fn read_states(path: &Path) -> Result<PerturbedStates, Box<dyn Error>> {
    Ok(print_warnings(files::read(path, read_perturbed_states)?))
}

/// The value of a reading; its warnings are printed.
fn print_warnings<T>(reading: Reading<T>) -> T {
    reading.warnings.iter().for_each(|text| files::warn(text));
    reading.value
}

impl PredictionArgs {
    /// Wild type and single knockouts, for the measured genes and the changed genes.
    fn singles(&self, measured: &PerturbedStates) -> Result<Option<SteadyStates>, Box<dyn Error>> {
        let mut names = measured.genes.names().to_vec();
        for name in measured.rows.iter().flat_map(|row| &row.changed) {
            if !names.contains(name) {
                names.push(name.clone());
            }
        }
        let genes = Genes::new(names)?;
        let knockouts = SteadyRows::Changed { level: 0.0 };
        let tables = [
            (&self.wildtype, SteadyRows::WildType),
            (&self.knockouts, knockouts),
        ];
        let mut joined: Option<SteadyStates> = None;
        for (path, rows) in tables {
            let Some(path) = path else {
                continue;
            };
            let states = files::read(path, |input, name| {
                read_steady_states(input, name, rows, &genes)
            })?;
            let states = print_warnings(states);
            joined = Some(match joined {
                Some(before) => before.joined(&states),
                None => states,
            });
        }
        Ok(joined)
    }
}

fn text_report(title: &str, comparison: &Comparison) -> String {
    let mut text = format!(
        "{title}\n  {} states, {} levels of genes that were not changed; signs of the {} largest \
         changes\n\n  {:<30}{:>20}{:>24}{:>16}\n",
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
        text += "\n  to score changes and simple rules, give --wildtype and --knockouts\n";
    }
    text
}

fn line(name: &str, scores: &PredictionScores) -> String {
    format!(
        "  {name:<30}{:>20}{:>24}{:>16}\n",
        four_digits(scores.mean_squared_error),
        three_decimals(scores.correlation),
        three_decimals(scores.correct_signs)
    )
}

/// Three decimals, or `-` for a score that is not defined.
fn three_decimals(score: Option<f64>) -> String {
    score.map_or_else(|| "-".to_owned(), |x| format!("{x:.3}"))
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
