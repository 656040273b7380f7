//! `cistron score --perturb`: predicted against measured states after interventions.

use std::error::Error;
use std::path::{Path, PathBuf};

use cistron::expression::{Change, Scale, SteadyStates, Stored};
use cistron::genes::Genes;
use cistron::io::text::ReadError;
use cistron::io::{Reading, SteadyRows, read_steady_states};
use cistron::run::PublishedFolder;
use cistron_report::count;
use cistron_truth::evaluate::{
    Comparison, MatchingError, PerturbedRow, PerturbedStates, PredictionScores, compare,
};
use cistron_truth::io::read_perturbed_states;
use clap::Args;
use faer::Mat;
use serde::Serialize;

use crate::answer_record::{AnswerRecord, RECORD, WILD_TYPE_TABLE};
use crate::files;
use crate::scale_args::scale_names;

/// Predicted against measured states after interventions.
#[derive(Args)]
#[command(next_help_heading = "Interventions")]
pub(crate) struct PredictionArgs {
    /// Score predicted states after interventions: EDGES is the folder of a `cistron perturb` answer or its table, GOLD
    /// the measured table. Both have one column per gene, and name the changed genes in a column `perturbed`, or
    /// in `gene_i` and `gene_j`; or both are time courses with a column `time`.
    #[arg(long, conflicts_with_all = ["regulators", "universe", "trapezoid", "curve"])]
    pub(super) perturb: bool,
    /// Steady states of the wild type, the reference of changes.
    #[arg(long, value_name = "FILE", requires = "perturb")]
    wildtype: Option<PathBuf>,
    /// Steady states of single knockouts, for the comparison with rules without a model.
    #[arg(long, value_name = "FILE", requires = "perturb")]
    knockouts: Option<PathBuf>,
    /// Scale on which the measured levels are stored, if it is not that of the prediction; needs a folder as EDGES.
    #[arg(long, value_name = "NAME", requires = "perturb", value_parser = scale_names())]
    scale: Option<Stored>,
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

/// What was predicted.
struct Predicted {
    states: PerturbedStates,
    /// The scale of the levels; none of a table without its folder.
    scale: Option<Scale>,
    /// Whether no gene is named, as there is one answer.
    single: bool,
    file: String,
}

/// Compares two tables of states and prints the scores.
///
/// # Errors   a message for the user; exit code 2.
pub(crate) fn run(
    args: &PredictionArgs,
    tables: &StateTables<'_>,
    json: bool,
) -> Result<(), Box<dyn Error>> {
    let predicted_states = read_predicted(tables.predicted)?;
    let mut measured_states = read_states(tables.measured)?;
    if let Some(stored) = args.scale {
        let scale = predicted_states.scale.ok_or(
            "--scale needs the folder of a `cistron perturb` answer, which says the scale of the prediction; give that \
             folder as EDGES",
        )?;
        measured_states = in_unit(measured_states, Some(stored), scale)?;
    }
    if predicted_states.single {
        let answer = &predicted_states.states.rows[0];
        keep_changed(&mut measured_states, answer, tables.measured)?;
    }
    let (wildtype, knockouts) = (args.wildtype.as_deref(), args.knockouts.as_deref());
    let singles = single_states(&measured_states, wildtype, knockouts, args.scale)?;
    let (predicted, measured) = (predicted_states.file, tables.measured.display().to_string());
    let title = format!("{predicted} against {measured}");
    let comparison = compare(&predicted_states.states, &measured_states, singles.as_ref())
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
             states with `cistron perturb RUN --batch {measured} --out FOLDER` and give FOLDER as EDGES, or \
             take the other rows out of {measured}"
        ),
        MatchingError::Gene { .. } => format!(
            "; {predicted} (EDGES) is the predicted table, such as steady.tsv of `cistron perturb RUN --batch {measured} \
             --out FOLDER`"
        ),
        _ => String::new(),
    }
}

/// Tables of states that `cistron perturb` writes; one of them is in a folder.
const ANSWERS: [&str; 3] = ["steady.tsv", "courses.tsv", "response.tsv"];

/// A folder of answers.
struct AnswerFolder<'a> {
    path: &'a Path,
    /// Which files were written together; none if nothing says so.
    published: Option<PublishedFolder>,
}

impl<'a> AnswerFolder<'a> {
    fn open(path: &'a Path) -> Result<Self, ReadError> {
        let published = PublishedFolder::open(path)?;
        Ok(Self { path, published })
    }

    /// Whether a file is of the answer, even if it was deleted since.
    fn holds(&self, name: &str) -> bool {
        match &self.published {
            Some(published) => published.holds(name),
            None => self.path.join(name).is_file(),
        }
    }
}

/// A table, or that of a folder of answers.
fn read_predicted(path: &Path) -> Result<Predicted, Box<dyn Error>> {
    if !path.is_dir() {
        return Ok(Predicted {
            states: read_states(path)?,
            scale: None,
            single: false,
            file: path.display().to_string(),
        });
    }
    let answer = AnswerFolder::open(path)?;
    let Some(name) = ANSWERS.iter().find(|name| answer.holds(name)) else {
        return Err(format!(
            "{}: found none of {}, expected the folder of a `cistron perturb` answer with states; give that of a single \
             intervention or of --batch",
            path.display(),
            ANSWERS.join(", ")
        )
        .into());
    };
    let mut states = print_warnings(files::read_part(path, name, read_perturbed_states)?);
    let record = files::read_part(path, RECORD, |mut input, file| {
        let mut bytes = Vec::new();
        input.read_to_end(&mut bytes)?;
        AnswerRecord::read(&bytes).ok_or_else(|| {
            let cure = "run `cistron perturb` again";
            Box::<dyn Error>::from(format!("{file}: is not the record of an answer; {cure}"))
        })
    })?;
    for row in &mut states.rows {
        row.changed
            .extend(record.perturbed.iter().flatten().cloned());
    }
    if let Some(wild) = wild_type_of(&answer, &states)? {
        let row_of = |row: &PerturbedRow| wild.rows.iter().position(|other| other.time == row.time);
        let rows: Option<Vec<usize>> = states.rows.iter().map(row_of).collect();
        states.wild_type = rows.filter(|_| wild.genes == states.genes).map(|rows| {
            Mat::from_fn(rows.len(), states.genes.len(), |i, j| {
                wild.levels[(rows[i], j)]
            })
        });
        add_wild_type(&mut states, &wild);
    }
    Ok(Predicted {
        states,
        scale: Some(record.scale),
        single: record.perturbed.is_some(),
        file: path.join(name).display().to_string(),
    })
}

/// The unperturbed states of a folder of answers: a table of their own, or a column of the response.
fn wild_type_of(
    answer: &AnswerFolder<'_>,
    states: &PerturbedStates,
) -> Result<Option<PerturbedStates>, Box<dyn Error>> {
    if answer.holds(WILD_TYPE_TABLE) {
        let wild = files::read_part(answer.path, WILD_TYPE_TABLE, read_perturbed_states)?;
        return Ok(Some(print_warnings(wild)));
    }
    let rows = states.rows.iter().map(|row| PerturbedRow {
        time: row.time,
        ..PerturbedRow::default()
    });
    Ok(states.wild_type.as_ref().map(|levels| PerturbedStates {
        genes: states.genes.clone(),
        rows: rows.collect(),
        levels: levels.clone(),
        wild_type: None,
    }))
}

/// The prediction of the wild type is one of the states.
fn add_wild_type(states: &mut PerturbedStates, wild: &PerturbedStates) {
    let Some(own) = &states.wild_type else {
        return;
    };
    let (n, p) = (states.rows.len(), states.genes.len());
    let joined = |top: &Mat<f64>| {
        Mat::from_fn(n + wild.rows.len(), p, |i, j| match i.checked_sub(n) {
            None => top[(i, j)],
            Some(row) => wild.levels[(row, j)],
        })
    };
    (states.levels, states.wild_type) = (joined(&states.levels), Some(joined(own)));
    states.rows.extend(wild.rows.iter().cloned());
}

/// Keeps the rows in which the same was done to the same genes as in a single answer, and those of the wild type. Where
/// no row names genes, all are of the answer.
///
/// # Errors   a message for the user where the answer was not measured.
pub(crate) fn keep_changed(
    measured: &mut PerturbedStates,
    answer: &PerturbedRow,
    path: &Path,
) -> Result<(), String> {
    match measured.keep_changes_of(answer) {
        true => Ok(()),
        false => Err(not_measured(measured, answer, path)),
    }
}

/// The message about a single answer that was not measured: the same genes were not changed, or in another way.
fn not_measured(measured: &PerturbedStates, answer: &PerturbedRow, path: &Path) -> String {
    let path = path.display();
    let of_genes = |row: &PerturbedRow| PerturbedRow {
        changed: row.changed.clone(),
        ..PerturbedRow::default()
    };
    let genes = of_genes(answer);
    let mut rows = measured.rows.iter();
    let Some(other) = rows.find(|row| of_genes(row).has_changes_of(&genes)) else {
        return format!(
            "{path}: found no measured state with a change of {} alone; name the interventions of one of its rows, or \
             give none to simulate all of them",
            genes.describe()
        );
    };
    let other = PerturbedRow {
        changes: other.changes.clone(),
        ..of_genes(other)
    };
    let cure = if answer
        .changes
        .iter()
        .any(|one| matches!(one, Change::Set(_)))
    {
        "a table cannot say that a level is held"
    } else if other.changes.is_empty() {
        "rows without a level are knockouts: say it in a column `level`"
    } else {
        "simulate the level of one of its rows"
    };
    format!(
        "{path}: found {}, expected {}, as was simulated; {cure}; or, if all rows are of this answer, leave the cells \
         with the changed genes empty",
        other.describe(),
        answer.describe()
    )
}

pub(crate) fn read_states(path: &Path) -> Result<PerturbedStates, Box<dyn Error>> {
    Ok(print_warnings(files::read(path, read_perturbed_states)?))
}

/// The value of a reading; its warnings are printed.
fn print_warnings<T>(reading: Reading<T>) -> T {
    reading.warnings.iter().for_each(|text| files::warn(text));
    reading.value
}

/// Measured levels in the unit of a prediction.
///
/// * `stored`: how they are stored; none if as in the prediction
///
/// # Errors   a message for the user where the prediction has logarithms of an unknown base.
pub(crate) fn in_unit(
    mut states: PerturbedStates,
    stored: Option<Stored>,
    scale: Scale,
) -> Result<PerturbedStates, Box<dyn Error>> {
    let Some(stored) = stored.filter(|stored| *stored != scale.stored) else {
        return Ok(states);
    };
    if !scale.stored.is_known() || stored.is_ratio() != scale.stored.is_ratio() {
        return Err(format!(
            "--scale {}: the data of the run are stored as {}, which cannot be compared with it; run `cistron infer` \
             again with their `--scale`, or give measured levels on the same scale",
            stored.name(),
            scale.stored.name()
        )
        .into());
    }
    let other = Scale::of(stored, scale.transform, scale.floor);
    let convert = |levels: &mut Mat<f64>| {
        *levels = Mat::from_fn(levels.nrows(), levels.ncols(), |i, j| {
            scale.backward(other.forward(levels[(i, j)]))
        });
    };
    convert(&mut states.levels);
    states.wild_type.iter_mut().for_each(convert);
    Ok(states)
}

/// Wild type and single knockouts, for the measured genes and the changed genes.
pub(crate) fn single_states(
    measured: &PerturbedStates,
    wildtype: Option<&Path>,
    knockouts: Option<&Path>,
    scale: Option<Stored>,
) -> Result<Option<SteadyStates>, Box<dyn Error>> {
    if let Some(path) = wildtype.or(knockouts).filter(|_| scale.is_some()) {
        return Err(format!(
            "{}: --scale is about the measured states alone; give the wild type as rows of that table, with no changed \
             gene",
            path.display()
        )
        .into());
    }
    let mut names = measured.genes.names().to_vec();
    for name in measured.rows.iter().flat_map(|row| &row.changed) {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    let genes = Genes::new(names)?;
    let changed = SteadyRows::Changed { level: 0.0 };
    let mut joined: Option<SteadyStates> = None;
    for (path, rows) in [(wildtype, SteadyRows::WildType), (knockouts, changed)] {
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

/// The scores of the prediction beside those of "no change", in one line.
pub(crate) fn score_line(comparison: &Comparison) -> String {
    let PredictionScores {
        mean_squared_error,
        correlation,
        correct_signs,
    } = comparison.prediction;
    let none = comparison
        .rules
        .iter()
        .find(|rule| rule.rule == "no change");
    let none = none.map_or_else(String::new, |rule| {
        format!(
            " (no change {})",
            four_digits(rule.scores.mean_squared_error)
        )
    });
    format!(
        "correlation of changes {}, correct signs {}, mean squared error {}{none}",
        three_decimals(correlation),
        three_decimals(correct_signs),
        four_digits(mean_squared_error)
    )
}

pub(crate) fn text_report(title: &str, comparison: &Comparison) -> String {
    let mut text = format!(
        "{title}\n  {}, {} of genes that were not changed; signs of the {}\n\n  {:<30}{:>20}{:>24}{:>16}\n",
        count(comparison.states, "state"),
        count(comparison.levels, "level"),
        count(comparison.top_changes, "largest change"),
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
