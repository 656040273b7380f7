//! Where the data start, and when.

use super::{Baseline, Expression, Scale, SteadyStates, TimeSeries};

/// Level of every gene from which changes are counted, on the model's scale: that of the wild type
/// where a steady state tells it, else the mean of the first samples of all series; where it is
/// missing there, of all samples.
///
/// * `expression`: on the model's scale
/// * `baseline`: of the steady states, in the units of the file
pub(crate) fn reference_levels(
    expression: &Expression,
    baseline: Option<&Baseline>,
    scale: Scale,
) -> Vec<f64> {
    let mut levels = first_levels(expression);
    if let Some(baseline) = baseline {
        take_wild_type(&mut levels, baseline, scale);
    }
    levels
}

/// The same where there are no series: the mean of all steady states where no wild type tells a level.
///
/// * `states`: on the model's scale
pub(crate) fn reference_of_static(
    states: &SteadyStates,
    baseline: &Baseline,
    scale: Scale,
) -> Vec<f64> {
    let columns = states.values().col_iter();
    let means = columns.map(|column| mean(column.iter().copied()).unwrap_or(0.0));
    let mut levels: Vec<f64> = means.collect();
    take_wild_type(&mut levels, baseline, scale);
    levels
}

/// Levels that the wild type tells.
fn take_wild_type(levels: &mut [f64], baseline: &Baseline, scale: Scale) {
    let known = baseline.levels.iter().zip(&baseline.counts);
    for (level, (wild_type, count)) in levels.iter_mut().zip(known) {
        if *count > 0 {
            *level = scale.forward(*wild_type);
        }
    }
}

fn first_levels(expression: &Expression) -> Vec<f64> {
    let level = |j: usize| {
        let series = expression.series().iter().filter(|one| !one.is_empty());
        mean(series.map(|one| one.values()[(0, j)])).or_else(|| {
            let series = expression.series().iter();
            mean(series.flat_map(|one| one.values().col(j).iter().copied()))
        })
    };
    (0..expression.genes().len())
        .map(|j| level(j).unwrap_or(0.0))
        .collect()
}

/// Mean of the values that are not missing.
fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let known = values.filter(|x| !x.is_nan());
    let (sum, count) = known.fold((0.0, 0_usize), |(sum, n), x| (sum + x, n + 1));
    (count > 0).then(|| sum / count as f64)
}

/// First and last time of all series; 0 both without series.
pub(crate) fn time_span(expression: &Expression) -> (f64, f64) {
    let all = || expression.series().iter().flat_map(TimeSeries::times);
    let first = all().copied().fold(f64::INFINITY, f64::min);
    let last = all().copied().fold(f64::NEG_INFINITY, f64::max);
    if first <= last {
        (first, last)
    } else {
        (0.0, 0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::genes::Genes;
    use faer::mat;

    #[test]
    fn the_wild_type_is_where_the_series_start() {
        let one = |name: &str, start: f64, first: f64| {
            let values = mat![[first, f64::NAN], [9.0, 4.0]];
            TimeSeries::new(name, vec![start, start + 5.0], values).expect("increasing")
        };
        let genes = Genes::new(["a", "b"]).expect("distinct");
        let both = vec![one("s", 0.0, 1.0), one("t", -1.0, 3.0)];
        let expression = Expression::new(genes, both).expect("sound");
        assert_eq!(first_levels(&expression), [2.0, 4.0]);
        assert_eq!(time_span(&expression), (-1.0, 5.0));
    }
}
