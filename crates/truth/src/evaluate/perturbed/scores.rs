//! Scores of predicted states against measured ones.

use faer::Mat;
use serde::Serialize;

use cistron::expression::RestingStates;

use super::PerturbedStates;
use super::matching::{MatchingError, aligned};
use super::rules::{Rule, Singles};

/// Share of the levels that count as top movers: those with the largest measured change.
const MOVERS: f64 = 0.1;

/// How good one prediction is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct PredictionScores {
    /// Mean squared difference to the measured levels, in squared units of the file.
    pub mean_squared_error: f64,
    /// Pearson correlation of predicted and measured changes against the wild type; none without a
    /// wild type, or if one of them does not vary.
    pub correlation: Option<f64>,
    /// Share of the top movers that are predicted to move the way they do; a change of 0 is wrong.
    /// None without a wild type.
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
    pub movers: usize,
    /// The prediction.
    #[serde(flatten)]
    pub prediction: PredictionScores,
    /// The rules; none without a wild type, "no change" alone without single knockouts of all
    /// changed genes.
    pub rules: Vec<RuleScores>,
}

/// Scores a prediction on all levels that were measured, genes that were changed left out.
///
/// The wild type is the median over `singles` where a gene was not changed itself; without them
/// that of the measured table, or of the predicted one; over time without any of these the first
/// measured state of the series.
///
/// * `singles`: wild type and single knockouts, for the wild type and for the rules
///
/// # Errors   [`MatchingError`] if a measured gene or state was not predicted.
/// # Cost     `O(n·p)` for `n` states, and a sort of their levels.
pub fn compare(
    predicted: &PerturbedStates,
    measured: &PerturbedStates,
    singles: Option<&RestingStates>,
) -> Result<Comparison, MatchingError> {
    let levels = aligned(predicted, measured)?;
    let singles = singles.map(|states| Singles::new(states, &measured.genes));
    let usual = wild_type(predicted, measured, singles.as_ref());
    let judged = Judged::new(measured, &levels, usual.as_ref());
    if judged.places.is_empty() {
        return Err(MatchingError::Nothing);
    }
    let mut rules = Vec::new();
    let mut judge = |rule, table: &Mat<f64>| {
        if judged.places.iter().all(|&(i, j)| !table[(i, j)].is_nan()) {
            let scores = judged.scores(table);
            rules.push(RuleScores { rule, scores });
        }
    };
    if let Some(usual) = &usual {
        judge("no change", usual);
    }
    if let Some(singles) = &singles {
        for (rule, significant, name) in [
            (Rule::Additive, false, "sum of single changes"),
            (Rule::Additive, true, "sum, significant ones"),
            (Rule::Larger, false, "larger of the single changes"),
            (Rule::Larger, true, "larger, significant ones"),
        ] {
            if let Some(table) = rule.predict(singles, measured, significant) {
                judge(name, &table);
            }
        }
    }
    Ok(Comparison {
        states: measured.rows.len(),
        levels: judged.places.len(),
        movers: judged.movers.len(),
        prediction: judged.scores(&levels),
        rules,
    })
}

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
    if let Some(levels) = &predicted.wild_type {
        let levels = levels.clone();
        let other = PerturbedStates {
            levels,
            ..predicted.clone()
        };
        return aligned(&other, measured).ok();
    }
    let first = |row: usize| {
        let same = |&other: &usize| measured.rows[other].key() == measured.rows[row].key();
        let time = |&other: &usize| measured.rows[other].time;
        let timed = (0..n).filter(same).filter(|other| time(other).is_some());
        timed.min_by(|a, b| time(a).unwrap_or(0.0).total_cmp(&time(b).unwrap_or(0.0)))
    };
    let starts: Option<Vec<usize>> = (0..n).map(first).collect();
    starts.map(|starts| Mat::from_fn(n, p, |i, j| measured.levels[(starts[i], j)]))
}

/// The levels that are judged.
struct Judged<'a> {
    measured: &'a Mat<f64>,
    usual: Option<&'a Mat<f64>>,
    places: Vec<(usize, usize)>,
    movers: Vec<(usize, usize)>,
}

impl<'a> Judged<'a> {
    fn new(
        measured: &'a PerturbedStates,
        predicted: &Mat<f64>,
        usual: Option<&'a Mat<f64>>,
    ) -> Self {
        let mut places = Vec::new();
        for (i, row) in measured.rows.iter().enumerate() {
            for (j, name) in measured.genes.names().iter().enumerate() {
                let known = !measured.levels[(i, j)].is_nan()
                    && !predicted[(i, j)].is_nan()
                    && usual.is_none_or(|usual| !usual[(i, j)].is_nan());
                if known && !row.changed.contains(name) {
                    places.push((i, j));
                }
            }
        }
        let mut movers = Vec::new();
        if let Some(usual) = usual {
            let size = |&(i, j): &(usize, usize)| (measured.levels[(i, j)] - usual[(i, j)]).abs();
            movers = places.iter().copied().filter(|at| size(at) > 0.0).collect();
            // the sort is stable: of equal changes the first in the table
            movers.sort_by(|a, b| size(b).total_cmp(&size(a)));
            movers.truncate((MOVERS * places.len() as f64).ceil() as usize);
        }
        Self {
            measured: &measured.levels,
            usual,
            places,
            movers,
        }
    }

    fn scores(&self, table: &Mat<f64>) -> PredictionScores {
        let square = |&(i, j): &(usize, usize)| (table[(i, j)] - self.measured[(i, j)]).powi(2);
        let squares: f64 = self.places.iter().map(square).sum();
        let changes = |usual: &Mat<f64>, at: &[(usize, usize)]| -> Vec<(f64, f64)> {
            let change = |&(i, j): &(usize, usize)| {
                let usual = usual[(i, j)];
                (table[(i, j)] - usual, self.measured[(i, j)] - usual)
            };
            at.iter().map(change).collect()
        };
        PredictionScores {
            mean_squared_error: squares / self.places.len() as f64,
            correlation: self
                .usual
                .and_then(|usual| correlation(&changes(usual, &self.places))),
            correct_signs: self.usual.and_then(|usual| {
                let pairs = changes(usual, &self.movers);
                let right = pairs.iter().filter(|(a, b)| a * b > 0.0).count();
                (!pairs.is_empty()).then(|| right as f64 / pairs.len() as f64)
            }),
        }
    }
}

/// Pearson's correlation; none if one side does not vary.
fn correlation(pairs: &[(f64, f64)]) -> Option<f64> {
    let n = pairs.len() as f64;
    let mean = |of: fn(&(f64, f64)) -> f64| pairs.iter().map(of).sum::<f64>() / n;
    let (a, b) = (mean(|pair| pair.0), mean(|pair| pair.1));
    let (mut aa, mut bb, mut ab) = (0.0, 0.0, 0.0);
    for (x, y) in pairs {
        aa += (x - a).powi(2);
        bb += (y - b).powi(2);
        ab += (x - a) * (y - b);
    }
    (aa > 0.0 && bb > 0.0).then(|| ab / (aa * bb).sqrt())
}
