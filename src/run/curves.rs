//! Observed and fitted courses, in the units of the data.

use faer::Mat;

use crate::expression::{Expression, Scale};
use crate::io::Curve;

/// Every series with its courses.
///
/// * `expression`: what was fitted, on the model's scale
/// * `fitted`: one course per series
/// * `forecasts`: numbers of the series that were left out, with their courses
pub(super) fn curves(
    expression: &Expression,
    scale: Scale,
    fitted: &[Mat<f64>],
    forecasts: &[(usize, Mat<f64>)],
) -> Vec<Curve> {
    let courses = fitted.iter().zip(expression.series()).enumerate();
    courses
        .map(|(number, (fitted, series))| {
            let forecast = forecasts.iter().find(|(held, _)| *held == number);
            Curve {
                series: series.name().to_owned(),
                times: series.times().to_vec(),
                observed: in_units(series.values(), scale),
                fitted: in_units(fitted, scale),
                forecast: forecast.map(|(_, course)| in_units(course, scale)),
            }
        })
        .collect()
}

fn in_units(x: &Mat<f64>, scale: Scale) -> Mat<f64> {
    Mat::from_fn(x.nrows(), x.ncols(), |i, j| scale.backward(x[(i, j)]))
}
