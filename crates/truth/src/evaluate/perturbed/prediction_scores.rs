//! Scores of predicted states against measured ones.
//!
//! Over all measured levels `y` of genes that were not changed, with prediction `ŷ` and wild type
//! `w`: the mean of `(ŷ − y)²`, Pearson's correlation of `ŷ − ŵ` with `y − w`, and the share of
//! `sign(ŷ − ŵ) = sign(y − w)` among the tenth with the largest `|y − w|`. `ŵ` is the wild type of the
//! prediction, or `w` where the table has none.

use faer::Mat;
use serde::Serialize;

use cistron::expression::SteadyStates;
use cistron::numeric::mean;

use super::PerturbedStates;
use super::knockout_rules::{CombinationRule, Singles};
use super::matching::{MatchingError, aligned};
use crate::pearson::correlation;

/// Share of the levels that count as top changes. Among all levels most true changes are smaller
/// than the noise, so that half of their signs are chance.
const TOP_SHARE: f64 = 0.1;

/// How good one prediction is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct PredictionScores {
    /// Mean squared difference to the measured levels, in squared units of the file.
    pub mean_squared_error: f64,
    /// Pearson correlation of predicted and measured changes against the wild type; none without a
    /// wild type, or if one of them does not vary.
    pub correlation: Option<f64>,
    /// Share of the top changes whose direction is predicted; a change of 0 is wrong. None without
    /// a wild type.
    pub correct_signs: Option<f64>,
}

/// A rule that needs no model, and its scores.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RuleScores {
    /// What it predicts.
    pub rule: &'static str,
    /// How good that is.
    #[serde(flatten)]
    pub scores: PredictionScores,
}

/// A prediction beside the rules that need no model.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// Measured states.
    pub states: usize,
    /// Levels that are judged: genes that were not changed, over all states.
    pub levels: usize,
    /// Those among them whose sign is judged: a tenth, with the largest measured change.
    pub top_changes: usize,
    /// The prediction.
    #[serde(flatten)]
    pub prediction: PredictionScores,
    /// The rules; none without a wild type, "no change" alone without single knockouts of all
    /// changed genes.
    pub rules: Vec<RuleScores>,
}

/// Scores a prediction on all levels that were measured, genes that were changed left out.
///
/// The wild type is that of the [`Baseline`](cistron::expression::Baseline) of `singles`; without them
/// that of the measured table, in a column or in rows without changed genes, which then are not judged; or of the
/// predicted one; over time without any of these the first
/// measured state of the series.
///
/// * `singles`: wild type and single knockouts, for the wild type and for the rules
///
/// # Errors   [`MatchingError`] if a measured gene or state was not predicted.
/// # Cost     `O(n·p)` for `n` states, and a sort of their levels.
pub fn compare(
    predicted: &PerturbedStates,
    measured: &PerturbedStates,
    singles: Option<&SteadyStates>,
) -> Result<Comparison, MatchingError> {
    let levels = aligned(predicted, measured)?;
    let singles = singles.map(|states| Singles::new(states, &measured.genes));
    let own_wild_type = predicted_wild_type(predicted, measured);
    let wild_type = wild_type(predicted, measured, singles.as_ref());
    let judged = JudgedLevels::new(measured, &levels, wild_type.as_ref())?;
    let mut tables: Vec<(&'static str, Mat<f64>)> = Vec::new();
    if let Some(singles) = &singles {
        tables.extend(RULES.iter().filter_map(|rule| {
            let table = rule
                .combination
                .predict(singles, measured, rule.significant)?;
            Some((rule.name, table))
        }));
    }
    let no_change = wild_type.iter().map(|levels| ("no change", levels));
    let combined = tables.iter().map(|(name, table)| (*name, table));
    Ok(Comparison {
        states: measured.rows.len(),
        levels: judged.positions.len(),
        top_changes: judged.top_changes.len(),
        prediction: judged.scores(&levels, own_wild_type.as_ref()),
        rules: no_change
            .chain(combined)
            .filter_map(|(rule, table)| judged.rule_scores(rule, table))
            .collect(),
    })
}

/// A measured level beside its prediction.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ComparedLevel {
    /// Row of the measured table.
    pub row: usize,
    /// Column of the measured table.
    pub gene: usize,
    /// Measured change against the wild type; the level where no wild type is known.
    pub measured: f64,
    /// The same of the prediction.
    pub predicted: f64,
}

/// The levels that [`compare`] judges, row by row.
///
/// # Errors   as [`compare`].
pub fn compared_levels(
    predicted: &PerturbedStates,
    measured: &PerturbedStates,
    singles: Option<&SteadyStates>,
) -> Result<Vec<ComparedLevel>, MatchingError> {
    let levels = aligned(predicted, measured)?;
    let singles = singles.map(|states| Singles::new(states, &measured.genes));
    let own_wild_type = predicted_wild_type(predicted, measured);
    let wild_type = wild_type(predicted, measured, singles.as_ref());
    let judged = JudgedLevels::new(measured, &levels, wild_type.as_ref())?;
    let own = own_wild_type.as_ref();
    let changes = judged.changes(&levels, own, &judged.positions);
    let pairs = changes.unwrap_or_else(|| {
        let levels = judged.positions.iter().map(|&at| ChangePair {
            predicted: levels[at],
            measured: measured.levels[at],
        });
        levels.collect()
    });
    let positions = judged.positions.iter().zip(pairs);
    let compared = positions.map(|(&(row, gene), pair)| ComparedLevel {
        row,
        gene,
        measured: pair.measured,
        predicted: pair.predicted,
    });
    Ok(compared.collect())
}

/// A combination of single knockouts that is scored.
struct ScoredRule {
    name: &'static str,
    combination: CombinationRule,
    significant: bool,
}

const RULES: [ScoredRule; 4] = [
    ScoredRule {
        name: "sum of single changes",
        combination: CombinationRule::Additive,
        significant: false,
    },
    ScoredRule {
        name: "sum, significant ones",
        combination: CombinationRule::Additive,
        significant: true,
    },
    ScoredRule {
        name: "larger of the single changes",
        combination: CombinationRule::Larger,
        significant: false,
    },
    ScoredRule {
        name: "larger, significant ones",
        combination: CombinationRule::Larger,
        significant: true,
    },
];

/// Levels of the wild type in the rows of the measurement.
fn wild_type(
    predicted: &PerturbedStates,
    measured: &PerturbedStates,
    singles: Option<&Singles<'_>>,
) -> Option<Mat<f64>> {
    let (n, p) = (measured.rows.len(), measured.genes.len());
    if let Some(singles) = singles {
        return Some(Mat::from_fn(n, p, |_, j| singles.wild_type[j]));
    }
    if measured.wild_type.is_some() {
        return measured.wild_type.clone();
    }
    if let Some(levels) = wild_type_rows(measured) {
        return Some(levels);
    }
    if let Some(levels) = predicted_wild_type(predicted, measured) {
        return Some(levels);
    }
    let starts: Option<Vec<usize>> = (0..n).map(|row| first_of_series(measured, row)).collect();
    starts.map(|starts| Mat::from_fn(n, p, |i, j| measured.levels[(starts[i], j)]))
}

/// Levels of the wild type by the prediction, in the rows of the measurement.
fn predicted_wild_type(
    predicted: &PerturbedStates,
    measured: &PerturbedStates,
) -> Option<Mat<f64>> {
    let other = PerturbedStates {
        levels: predicted.wild_type.clone()?,
        ..predicted.clone()
    };
    aligned(&other, measured).ok()
}

/// Mean of the measured rows in which no gene was changed, at the time of each row; none unless all rows have one.
fn wild_type_rows(measured: &PerturbedStates) -> Option<Mat<f64>> {
    let rows = || measured.rows.iter().enumerate();
    if rows().all(|(_, row)| row.changed.is_empty()) {
        return None;
    }
    let mut means = Mat::zeros(measured.rows.len(), measured.genes.len());
    for (i, row) in rows() {
        let wild = rows().filter(|(_, other)| other.changed.is_empty() && other.time == row.time);
        let wild: Vec<usize> = wild.map(|(number, _)| number).collect();
        if wild.is_empty() {
            return None;
        }
        for j in 0..measured.genes.len() {
            let levels = wild.iter().map(|&row| measured.levels[(row, j)]);
            let levels: Vec<f64> = levels.filter(|level| !level.is_nan()).collect();
            means[(i, j)] = if levels.is_empty() {
                f64::NAN
            } else {
                mean(&levels)
            };
        }
    }
    Some(means)
}

/// The first timed row with the changed genes and the series of this one.
fn first_of_series(states: &PerturbedStates, row: usize) -> Option<usize> {
    let own = states.rows[row].key();
    let rows = states.rows.iter().enumerate();
    let timed =
        rows.filter_map(|(other, known)| (known.key() == own).then_some((known.time?, other)));
    let first = timed.min_by(|a, b| a.0.total_cmp(&b.0));
    first.map(|(_, row)| row)
}

/// The levels that are judged.
struct JudgedLevels<'a> {
    measured: &'a Mat<f64>,
    wild_type: Option<&'a Mat<f64>>,
    positions: Vec<(usize, usize)>,
    top_changes: Vec<(usize, usize)>,
}

/// The predicted and the measured change of one level.
struct ChangePair {
    predicted: f64,
    measured: f64,
}

impl<'a> JudgedLevels<'a> {
    fn new(
        measured: &'a PerturbedStates,
        predicted: &Mat<f64>,
        wild_type: Option<&'a Mat<f64>>,
    ) -> Result<Self, MatchingError> {
        let references = measured.rows.iter().any(|row| !row.changed.is_empty());
        let mut positions = Vec::new();
        for (i, row) in measured.rows.iter().enumerate() {
            for (j, name) in measured.genes.names().iter().enumerate() {
                let known = !measured.levels[(i, j)].is_nan()
                    && !predicted[(i, j)].is_nan()
                    && wild_type.is_none_or(|levels| !levels[(i, j)].is_nan());
                let is_reference = references && row.changed.is_empty();
                if known && !is_reference && !row.changed.contains(name) {
                    positions.push((i, j));
                }
            }
        }
        if positions.is_empty() {
            return Err(MatchingError::Nothing);
        }
        let top_changes = wild_type.map_or_else(Vec::new, |wild_type| {
            top_changes(&measured.levels, wild_type, &positions)
        });
        Ok(Self {
            measured: &measured.levels,
            wild_type,
            positions,
            top_changes,
        })
    }

    /// Scores of a rule; none if it predicts not all of the judged levels.
    fn rule_scores(&self, rule: &'static str, table: &Mat<f64>) -> Option<RuleScores> {
        let mut positions = self.positions.iter();
        let complete = positions.all(|&(i, j)| !table[(i, j)].is_nan());
        complete.then(|| RuleScores {
            rule,
            scores: self.scores(table, None),
        })
    }

    /// * `own`: the wild type of the table; that of the measurement if there is none
    fn scores(&self, table: &Mat<f64>, own: Option<&Mat<f64>>) -> PredictionScores {
        let mut squares = 0.0;
        for &(i, j) in &self.positions {
            squares += (table[(i, j)] - self.measured[(i, j)]).powi(2);
        }
        PredictionScores {
            mean_squared_error: squares / self.positions.len() as f64,
            correlation: self
                .changes(table, own, &self.positions)
                .and_then(|changes| {
                    let pairs: Vec<_> = changes.iter().map(|c| (c.predicted, c.measured)).collect();
                    correlation(&pairs)
                }),
            correct_signs: self
                .changes(table, own, &self.top_changes)
                .and_then(|changes| {
                    let products = changes.iter().map(|c| c.predicted * c.measured);
                    let right = products.filter(|product| *product > 0.0).count();
                    (!changes.is_empty()).then(|| right as f64 / changes.len() as f64)
                }),
        }
    }

    /// Changes against the wild type at some positions; none without a wild type.
    fn changes(
        &self,
        table: &Mat<f64>,
        own: Option<&Mat<f64>>,
        positions: &[(usize, usize)],
    ) -> Option<Vec<ChangePair>> {
        let wild_type = self.wild_type?;
        let own = own.unwrap_or(wild_type);
        let changes = positions.iter().map(|&(i, j)| ChangePair {
            predicted: table[(i, j)] - own[(i, j)],
            measured: self.measured[(i, j)] - wild_type[(i, j)],
        });
        Some(changes.collect())
    }
}

/// The positions with the largest changes, largest first; of equal ones the first in the table.
fn top_changes(
    measured: &Mat<f64>,
    wild_type: &Mat<f64>,
    positions: &[(usize, usize)],
) -> Vec<(usize, usize)> {
    let mut sizes: Vec<(f64, (usize, usize))> = positions
        .iter()
        .map(|&(i, j)| ((measured[(i, j)] - wild_type[(i, j)]).abs(), (i, j)))
        .filter(|(size, _)| *size > 0.0)
        .collect();
    sizes.sort_by(|a, b| b.0.total_cmp(&a.0));
    sizes.truncate((TOP_SHARE * positions.len() as f64).ceil() as usize);
    sizes.into_iter().map(|(_, position)| position).collect()
}
