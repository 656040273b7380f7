//! Missing values of regulators, interpolated inside their series.

use faer::Mat;

use crate::expression::TimeSeries;

/// Values of a series with every gap filled: linearly in time between the neighbours that are
/// known, with the nearest known value before the first and after the last; never from another
/// series. A gene without any value in this series gets `fallback`.
pub(super) fn filled(series: &TimeSeries, fallback: &[f64]) -> Mat<f64> {
    let mut values = series.values().clone();
    let times = series.times();
    for (j, &fallback) in fallback.iter().enumerate() {
        let known: Vec<usize> = (0..times.len())
            .filter(|&i| !values[(i, j)].is_nan())
            .collect();
        for i in (0..times.len()).filter(|&i| series.values()[(i, j)].is_nan()) {
            let after = known.partition_point(|&k| k < i);
            let left = after.checked_sub(1).map(|at| known[at]);
            let right = known.get(after).copied();
            values[(i, j)] = match (left, right) {
                (Some(a), Some(b)) => {
                    let share = (times[i] - times[a]) / (times[b] - times[a]);
                    values[(a, j)] + share * (series.values()[(b, j)] - values[(a, j)])
                }
                (Some(k), None) | (None, Some(k)) => series.values()[(k, j)],
                (None, None) => fallback,
            };
        }
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_is_filled_from_its_own_series() {
        let n = f64::NAN;
        let values = Mat::from_fn(4, 2, |i, j| [[n, n], [2.0, n], [n, n], [8.0, n]][i][j]);
        let series = TimeSeries::new("s", vec![0.0, 1.0, 2.0, 4.0], values).expect("sorted");
        let filled = filled(&series, &[0.0, 7.0]);
        assert_eq!(filled.col_as_slice(0), &[2.0, 2.0, 4.0, 8.0]);
        assert_eq!(filled.col_as_slice(1), &[7.0; 4]);
    }
}
