//! Observed and fitted courses, in the units of the data.

use faer::Mat;

use super::Curve;
use crate::expression::{Expression, Scale};

/// Every series with its courses.
///
/// * `expression`: what was fitted, on the model's scale
/// * `fitted`: one course a series
/// * `forecasts`: numbers of the series that were left out, with their courses
pub(super) fn curves(
    expression: &Expression,
    scale: Scale,
    fitted: &[Mat<f64>],
    forecasts: &[(usize, Mat<f64>)],
) -> Vec<Curve> {
    let in_units = |x: &Mat<f64>| {
        let backward = |i, j| scale.backward(x[(i, j)]);
        Mat::from_fn(x.nrows(), x.ncols(), backward)
    };
    let one = |(number, fitted): (usize, &Mat<f64>)| {
        let series = &expression.series()[number];
        let forecast = forecasts.iter().find(|(held, _)| *held == number);
        Curve {
            series: series.name().to_owned(),
            times: series.times().to_vec(),
            observed: in_units(series.values()),
            fitted: in_units(fitted),
            forecast: forecast.map(|(_, course)| in_units(course)),
        }
    };
    fitted.iter().enumerate().map(one).collect()
}
