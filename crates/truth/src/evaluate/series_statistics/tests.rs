//! Are known noise, times and correlations found?

use faer::Mat;

use super::*;
use crate::simulate::integrate::normal;
use cistron::expression::{Expression, TimeSeries};
use cistron::genes::Genes;
use cistron::seed::{Purpose, Seed};

/// Series of `points` samples 50 apart with values by series, sample and gene.
fn table(
    series: usize,
    genes: usize,
    mut value: impl FnMut(usize, usize, usize) -> f64,
) -> Expression {
    let names = Genes::new((0..genes).map(|j| format!("g{j}"))).expect("distinct");
    let times: Vec<f64> = (0..21).map(|i| 50.0 * i as f64).collect();
    let series = (0..series)
        .map(|s| {
            let values = Mat::from_fn(21, genes, |i, j| value(s, i, j));
            TimeSeries::new(s.to_string(), times.clone(), values).expect("times increase")
        })
        .collect();
    Expression::new(names, series).expect("a table")
}

#[test]
fn the_two_parts_of_the_noise_are_found() {
    let mut rng = Seed(1).stream(Purpose::Synthetic, 0);
    let expression = table(200, 50, |_, i, j| {
        let level = (j + 1) as f64 / 50.0;
        let noise = 0.01 * normal(&mut rng) + 0.1 * level * normal(&mut rng);
        // one exact value sets the scale to 1.5
        if (i, j) == (20, 49) {
            1.5
        } else {
            level + noise
        }
    });
    let found = SeriesStatistics::new(&expression).expect("a full table");
    assert!(
        (found.additive_noise * 1.5 - 0.01).abs() < 0.002,
        "{found:?}"
    );
    assert!((found.multiplicative_noise - 0.1).abs() < 0.01, "{found:?}");
    assert!(found.autocorrelation[0] < 0.0 && found.autocorrelation[0] > -0.3);
    assert!(found.correlation[2] < 0.1, "{found:?}");
}

#[test]
fn times_of_an_exponential_response_are_its_time_constants() {
    let (up, down) = (80.0, 120.0);
    let expression = table(4, 3, |s, i, j| {
        let t = 50.0 * i as f64;
        let course = if i <= 10 {
            1.0 - (-t / up).exp()
        } else {
            (1.0 - (-500.0 / up).exp()) * (-(t - 500.0) / down).exp()
        };
        let sign = if s % 2 == 0 { 1.0 } else { -1.0 };
        if j == 0 {
            0.5
        } else {
            0.5 + 0.5 * sign * course
        }
    });
    let found = SeriesStatistics::new(&expression).expect("a full table");
    // a straight line between samples is a little above the exponential
    assert!((found.response_time - up).abs() < 6.0, "{found:?}");
    assert!((found.relaxation_time - down).abs() < 6.0, "{found:?}");
    assert!((found.responding - 2.0 / 3.0).abs() < 1e-12);
    assert!((found.response_size[0] - 0.5).abs() < 0.01);
    assert!(found.left_at_end.abs() < 0.02);
    assert!(found.correlation[1] > 0.99);
}

#[test]
fn slow_fluctuations_keep_the_autocorrelation_up() {
    let mut rng = Seed(2).stream(Purpose::Synthetic, 0);
    let mut state = vec![0.0; 40];
    let expression = table(10, 40, |_, _, j| {
        state[j] = 0.9 * state[j] + normal(&mut rng);
        20.0 + state[j]
    });
    let white = table(10, 40, |_, _, _| 20.0 + normal(&mut rng));
    let [slow, white] = [&expression, &white]
        .map(|data| SeriesStatistics::new(data).expect("full").autocorrelation[0]);
    assert!(slow > white + 0.2);
}

#[test]
fn series_that_do_not_fit_are_named() {
    let message = SeriesStatistics::new(&table(2, 3, |_, i, _| i as f64))
        .expect_err("too few")
        .to_string();
    assert!(message.starts_with("there are 2 series"), "{message}");
    let missing = table(
        3,
        2,
        |s, i, _| if (s, i) == (1, 4) { f64::NAN } else { 1.0 },
    );
    let message = SeriesStatistics::new(&missing)
        .expect_err("a gap")
        .to_string();
    assert!(message.starts_with("series `1` has missing"), "{message}");
}
