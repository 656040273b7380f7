//! Columns of numbers that only repeat what the times say: visits, cycles, what is added to all cultures at one time.

use std::collections::HashMap;

use super::column_judge::ColumnJudge;
use super::constant_columns::SeriesOfRows;
use super::metadata_columns::Metadata;
use super::time_choice::numbers_times;
use crate::io::text::{Keep, ReadError};

/// Fewest times that show it.
const LEAST_TIMES: usize = 4;
/// Share of columns up to which those that are the same in all series at one time are doubtful: simulated genes
/// without noise are, too, and there are many of them.
const FEW: usize = 5;

impl Metadata {
    /// Leaves out what numbers the times.
    ///
    /// # Errors   [`crate::io::text::Fault::Shape`] for a column that has one value for all samples of a time and may be
    ///   a gene.
    pub(super) fn leave_clocks(
        &mut self,
        judge: &ColumnJudge<'_>,
        times: Option<&[f64]>,
        rows: Option<&SeriesOfRows>,
    ) -> Result<(), ReadError> {
        let Some(times) = times else { return Ok(()) };
        let mut columns = judge.table.columns(Keep::Number);
        // the first column is kept as text, as it may name samples
        if judge.table.kind(0) == Keep::Text && judge.numbers(0).is_some() {
            columns.push(0);
        }
        let all = columns.len();
        let mut following = Vec::new();
        for column in columns {
            let name = &judge.table.header()[column];
            if self.in_use(column) || judge.said(column) || judge.options.regulators.contains(name)
            {
                continue;
            }
            let values = judge.numbers(column).unwrap_or_default();
            if number_rows(&values, times, rows) {
                self.left_out.push(column);
            } else if follow_times(&values, times) {
                following.push(column);
            }
        }
        match following.as_slice() {
            [first, others @ ..] if FEW * (1 + others.len()) <= all => Err(judge.ambiguous(
                *first,
                "a quantity that is the same for all samples of a time",
            )),
            _ => Ok(()),
        }
    }
}

/// Whether values are the ranks of the times, in all samples or in every series.
fn number_rows(values: &[f64], times: &[f64], rows: Option<&SeriesOfRows>) -> bool {
    let rank = |values: &[f64], times: &[f64]| {
        let several = times.iter().any(|time| *time != times[0]);
        several && numbers_times(values, times)
    };
    if values.iter().any(|x| x.fract() != 0.0) || different(times) < LEAST_TIMES {
        return false;
    }
    rank(values, times)
        || rows.is_some_and(|rows| {
            let mut series = rows.rows_of_series();
            series.all(|rows| {
                let pick = |list: &[f64]| rows.iter().map(|&row| list[row]).collect::<Vec<f64>>();
                rank(&pick(values), &pick(times))
            })
        })
}

/// Whether all samples of a time have one value, at several times with several samples, and it changes.
fn follow_times(values: &[f64], times: &[f64]) -> bool {
    let mut known: HashMap<u64, (f64, usize)> = HashMap::new();
    for (value, time) in values.iter().zip(times) {
        let (first, count) = known.entry(time.to_bits()).or_insert((*value, 0));
        *count += 1;
        if first != value {
            return false;
        }
    }
    let repeated = known.values().filter(|(_, count)| *count > 1).count();
    let start = values.first();
    repeated >= LEAST_TIMES && values.iter().any(|value| Some(value) != start)
}

fn different(times: &[f64]) -> usize {
    let mut sorted = times.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.dedup();
    sorted.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TIMES: [f64; 8] = [0.0, 2.0, 4.0, 8.0, 0.0, 2.0, 5.0, 8.0];

    #[test]
    fn visits_number_the_times_of_all_samples_or_of_every_series() {
        let times = [0.0, 2.0, 4.0, 8.0, 0.0, 2.0, 4.0, 8.0];
        let visits = [1.0, 2.0, 3.0, 4.0, 1.0, 2.0, 3.0, 4.0];
        assert!(number_rows(&visits, &times, None));
        assert!(!number_rows(&visits, &TIMES, None));
        let rows = SeriesOfRows::restarting(&TIMES);
        assert!(number_rows(&visits, &TIMES, rows.as_ref()));
        assert!(!number_rows(
            &[1.0, 2.0, 3.0, 5.0, 1.0, 2.0, 3.0, 4.0],
            &times,
            None
        ));
    }

    #[test]
    fn a_quantity_of_all_cultures_follows_the_times_and_a_gene_does_not() {
        let times = [0.0, 2.0, 4.0, 8.0, 0.0, 2.0, 4.0, 8.0];
        assert!(follow_times(
            &[9.0, 7.5, 6.0, 2.0, 9.0, 7.5, 6.0, 2.0],
            &times
        ));
        assert!(!follow_times(
            &[9.0, 7.5, 6.0, 2.0, 9.0, 7.5, 6.1, 2.0],
            &times
        ));
        assert!(!follow_times(&[9.0; 8], &times));
    }
}
