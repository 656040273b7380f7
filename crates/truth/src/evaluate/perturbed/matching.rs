//! Which prediction belongs to which measurement.

use std::collections::HashMap;

use faer::Mat;

use cistron::genes::Gene;

use super::PerturbedStates;

/// Why a prediction cannot be held against a measurement.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum MatchingError {
    /// A gene was not predicted.
    #[error(
        "there is no prediction for gene `{gene}`, which was measured; add its column, or take it \
         out of the measured table"
    )]
    Gene {
        /// Name of the gene.
        gene: String,
    },
    /// A state was not predicted.
    #[error(
        "there is no prediction for {state} (number {number} of its kind), which was measured; \
         the prediction has {rows} rows, such as {example}"
    )]
    State {
        /// What was done in it.
        state: String,
        /// How many rows of the kind come before it, and itself.
        number: usize,
        /// Rows of the prediction.
        rows: usize,
        /// One of them.
        example: String,
    },
    /// A state was predicted for other times only.
    #[error("there is no prediction for {state}; the predicted times go from {first} to {last}")]
    Time {
        /// What was done in it.
        state: String,
        /// First predicted time.
        first: f64,
        /// Last predicted time.
        last: f64,
    },
    /// No level can be judged.
    #[error(
        "no level can be compared: all genes were changed, or levels are missing; check the \
         columns that name the changed genes"
    )]
    Nothing,
}

/// Levels of the prediction in the rows and columns of the measurement.
///
/// Rows belong together if the same genes were changed, in any order, in the same series; several
/// such rows at rest in their order. Between predicted times levels lie on straight lines.
pub(super) fn aligned(
    predicted: &PerturbedStates,
    measured: &PerturbedStates,
) -> Result<Mat<f64>, MatchingError> {
    let columns = columns(predicted, measured)?;
    let mut known: HashMap<_, Vec<usize>> = HashMap::new();
    for (at, row) in predicted.rows.iter().enumerate() {
        known.entry(row.key()).or_default().push(at);
    }
    let mut seen: HashMap<_, usize> = HashMap::new();
    let mut out = Mat::zeros(measured.rows.len(), columns.len());
    for (at, row) in measured.rows.iter().enumerate() {
        let count = seen.entry(row.key()).or_insert(0);
        let rows = known.get(&row.key()).map_or(&[][..], Vec::as_slice);
        let parts = match row.time {
            None => rows.get(*count).map(|&row| vec![(row, 1.0)]),
            Some(time) => between(predicted, rows, time)?,
        };
        *count += 1;
        let parts = parts.ok_or_else(|| MatchingError::State {
            state: row.describe(),
            number: *count,
            rows: predicted.rows.len(),
            example: predicted
                .rows
                .first()
                .map_or_else(String::new, |r| r.describe()),
        })?;
        for (j, column) in columns.iter().enumerate() {
            let level = parts
                .iter()
                .map(|(row, share)| share * predicted.levels[(*row, *column)]);
            out[(at, j)] = level.sum();
        }
    }
    Ok(out)
}

fn columns(
    predicted: &PerturbedStates,
    measured: &PerturbedStates,
) -> Result<Vec<usize>, MatchingError> {
    let names = measured.genes.names().iter();
    let find = |name: &String| {
        let found = predicted.genes.find(name).map(Gene::index);
        found.ok_or_else(|| MatchingError::Gene { gene: name.clone() })
    };
    names.map(find).collect()
}

/// The rows around a time with their shares; none if no row has a time.
fn between(
    predicted: &PerturbedStates,
    rows: &[usize],
    time: f64,
) -> Result<Option<Vec<(usize, f64)>>, MatchingError> {
    let timed = rows
        .iter()
        .filter_map(|&row| Some((predicted.rows[row].time?, row)));
    let mut timed: Vec<(f64, usize)> = timed.collect();
    timed.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (Some(&first), Some(&last)) = (timed.first(), timed.last()) else {
        return Ok(None);
    };
    let after = timed.partition_point(|(t, _)| *t < time);
    let Some(&(t, row)) = timed.get(after) else {
        return outside(predicted, rows, time, (first.0, last.0));
    };
    if t == time {
        return Ok(Some(vec![(row, 1.0)]));
    }
    match after.checked_sub(1).map(|before| timed[before]) {
        None => outside(predicted, rows, time, (first.0, last.0)),
        Some((before, one)) => {
            let share = (time - before) / (t - before);
            Ok(Some(vec![(one, 1.0 - share), (row, share)]))
        }
    }
}

fn outside<T>(
    predicted: &PerturbedStates,
    rows: &[usize],
    time: f64,
    (first, last): (f64, f64),
) -> Result<T, MatchingError> {
    let mut row = predicted.rows[rows[0]].clone();
    row.time = Some(time);
    let state = row.describe();
    Err(MatchingError::Time { state, first, last })
}
