//! Which prediction belongs to which measurement.

use std::collections::HashMap;

use faer::Mat;

use super::{PerturbedRow, PerturbedStates};

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
    /// States were not predicted.
    #[error(
        "there is no prediction for {states}: {missing} of {measured} measured states; the predicted table has \
         {rows}, such as {example}"
    )]
    State {
        /// What was done in them.
        states: String,
        /// How many there are.
        missing: usize,
        /// Rows of the measurement.
        measured: usize,
        /// Rows of the prediction, counted.
        rows: String,
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
/// Rows belong together if the same was done to the same genes, in any order, in the same series; several
/// such rows in a steady state in their order, or all with the one prediction where there is one. Between predicted times levels lie on straight
/// lines; of a course, the last state is compared with a measured steady state.
pub(super) fn aligned(
    predicted: &PerturbedStates,
    measured: &PerturbedStates,
) -> Result<Mat<f64>, MatchingError> {
    let columns = columns(predicted, measured)?;
    let mut known: HashMap<_, Vec<usize>> = HashMap::new();
    for (number, row) in predicted.rows.iter().enumerate() {
        known.entry(row.key()).or_default().push(number);
    }
    let mut seen: HashMap<_, usize> = HashMap::new();
    let mut out = Mat::zeros(measured.rows.len(), columns.len());
    let mut missing = Vec::new();
    for (i, row) in measured.rows.iter().enumerate() {
        let count = seen.entry(row.key()).or_insert(0);
        let rows = known.get(&row.key()).map_or(&[][..], Vec::as_slice);
        let parts = match row.time {
            None => {
                steady_row(predicted, rows, *count).map(|row| vec![RowShare { row, share: 1.0 }])
            }
            Some(time) => rows_around(predicted, rows, time)?,
        };
        *count += 1;
        let Some(parts) = parts else {
            missing.push(match *count {
                1 => row.describe(),
                number => format!("{} (number {number})", row.describe()),
            });
            continue;
        };
        for (j, column) in columns.iter().enumerate() {
            let levels = parts
                .iter()
                .map(|part| part.share * predicted.levels[(part.row, *column)]);
            out[(i, j)] = levels.sum();
        }
    }
    if missing.is_empty() {
        Ok(out)
    } else {
        Err(unpredicted(&missing, predicted, measured))
    }
}

/// The row for the measured steady state of this number: the last one of a course; for every replicate the same one
/// where a single state was predicted, however often.
fn steady_row(predicted: &PerturbedStates, rows: &[usize], number: usize) -> Option<usize> {
    let timed = rows
        .iter()
        .filter_map(|&row| Some((predicted.rows[row].time?, row)));
    let last = timed.max_by(|a, b| a.0.total_cmp(&b.0));
    last.map(|(_, row)| row)
        .or_else(|| rows.get(number).copied())
        .or_else(|| only_state(predicted, rows))
}

/// The first of rows whose levels do not differ.
fn only_state(predicted: &PerturbedStates, rows: &[usize]) -> Option<usize> {
    let levels = &predicted.levels;
    let (first, others) = rows.split_first()?;
    let mut cells = others
        .iter()
        .flat_map(|&row| (0..levels.ncols()).map(move |j| (row, j)));
    cells
        .all(|(row, j)| levels[(row, j)].to_bits() == levels[(*first, j)].to_bits())
        .then_some(*first)
}

fn unpredicted(
    missing: &[String],
    predicted: &PerturbedStates,
    measured: &PerturbedStates,
) -> MatchingError {
    /// States that are spelled out.
    const SHOWN: usize = 5;
    let mut states = missing[..missing.len().min(SHOWN)].join(", ");
    if missing.len() > SHOWN {
        states += &format!(" and {} more", missing.len() - SHOWN);
    }
    let first = predicted.rows.first();
    MatchingError::State {
        states,
        missing: missing.len(),
        measured: measured.rows.len(),
        rows: match predicted.rows.len() {
            1 => "1 row".to_owned(),
            rows => format!("{rows} rows"),
        },
        example: first.map_or_else(String::new, PerturbedRow::describe),
    }
}

fn columns(
    predicted: &PerturbedStates,
    measured: &PerturbedStates,
) -> Result<Vec<usize>, MatchingError> {
    let names = measured.genes.names().iter();
    names
        .map(|name| match predicted.genes.find(name) {
            Some(gene) => Ok(gene.index()),
            None => Err(MatchingError::Gene { gene: name.clone() }),
        })
        .collect()
}

/// A row of the prediction and its share of an interpolated level.
struct RowShare {
    row: usize,
    share: f64,
}

/// The rows around a time with their shares; none if no row has a time.
fn rows_around(
    predicted: &PerturbedStates,
    rows: &[usize],
    time: f64,
) -> Result<Option<Vec<RowShare>>, MatchingError> {
    let timed = rows
        .iter()
        .filter_map(|&row| Some((predicted.rows[row].time?, row)));
    let mut timed: Vec<(f64, usize)> = timed.collect();
    timed.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (Some(&(first, _)), Some(&(last, _))) = (timed.first(), timed.last()) else {
        return Ok(None);
    };
    let next = timed.partition_point(|(t, _)| *t < time);
    match (next.checked_sub(1).map(|n| timed[n]), timed.get(next)) {
        (_, Some(&(t, row))) if t == time => Ok(Some(vec![RowShare { row, share: 1.0 }])),
        (Some((before, earlier)), Some(&(after, later))) => {
            let share = (time - before) / (after - before);
            let earlier = RowShare {
                row: earlier,
                share: 1.0 - share,
            };
            Ok(Some(vec![earlier, RowShare { row: later, share }]))
        }
        _ => {
            let mut row = predicted.rows[rows[0]].clone();
            row.time = Some(time);
            let state = row.describe();
            Err(MatchingError::Time { state, first, last })
        }
    }
}
