//! Columns with mean 0 and variance 1.

use faer::{Mat, MatRef};

use super::mean;

/// Share of a column's largest size below which its spread is the rounding of a constant.
const ROUNDING: f64 = 1e-12;

/// Sum of squares around a center; 0 where it is the rounding of a constant.
#[must_use]
pub fn squares_around(values: &[f64], center: f64) -> f64 {
    let largest = values
        .iter()
        .fold(center.abs(), |most, x| most.max(x.abs()));
    let squares: f64 = values.iter().map(|x| (x - center).powi(2)).sum();
    if squares.sqrt() > ROUNDING * largest * (values.len() as f64).sqrt() {
        squares
    } else {
        0.0
    }
}

/// Values of samples × genes with mean 0 and variance 1, and what was taken out.
pub struct ZScores {
    /// `n × p`; columns that do not vary, or have a value that is not finite, are 0.
    pub values: Mat<f64>,
    /// Mean of every column.
    pub means: Vec<f64>,
    /// Standard deviation of every column, with `n` in the denominator; 0 where the column is.
    pub deviations: Vec<f64>,
}

impl ZScores {
    /// # Cost   `O(np)`.
    #[must_use]
    pub fn new(values: MatRef<'_, f64>) -> Self {
        let mut z = values.to_owned();
        let n = z.nrows().max(1) as f64;
        let (mut means, mut deviations) = (Vec::new(), Vec::new());
        for j in 0..z.ncols() {
            let column = z.col_as_slice_mut(j);
            let center = mean(column);
            let deviation = (squares_around(column, center) / n).sqrt();
            column.iter_mut().for_each(|x| *x -= center);
            let varies = deviation.is_finite() && deviation > 0.0;
            if varies {
                let scale = deviation.recip();
                column.iter_mut().for_each(|x| *x *= scale);
            } else {
                column.fill(0.0);
            }
            means.push(center);
            deviations.push(if varies { deviation } else { 0.0 });
        }
        Self {
            values: z,
            means,
            deviations,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::squared_norm;
    use super::*;

    #[test]
    fn a_constant_column_and_one_with_a_gap_stay_zero() {
        let values = Mat::from_fn(5, 3, |i, j| match j {
            0 => 0.1,
            1 => i as f64,
            _ if i == 2 => f64::NAN,
            _ => i as f64,
        });
        let z = ZScores::new(values.as_ref());
        assert_eq!(z.values.col_as_slice(0), [0.0; 5]);
        assert_eq!(z.values.col_as_slice(2), [0.0; 5]);
        assert!((z.deviations[1] - 2.0_f64.sqrt()).abs() < 1e-12);
        assert!((squared_norm(z.values.col_as_slice(1)) - 5.0).abs() < 1e-12);
    }
}
