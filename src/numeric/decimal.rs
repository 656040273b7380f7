//! Numbers as tables and messages write them.

/// A number as our tables write it: at most six significant digits, fewer if they say the same.
pub fn short(x: f64) -> String {
    exact(rounded(x))
}

/// The number that [`short`] writes.
pub fn rounded(x: f64) -> f64 {
    format!("{x:.5e}").parse().unwrap_or(x)
}

/// A number as short as it can be without losing a bit; `-0` is written `0`.
pub fn exact(x: f64) -> String {
    // −0 + 0 = 0
    let x = x + 0.0;
    if x == 0.0 || (1e-4..1e15).contains(&x.abs()) {
        format!("{x}")
    } else {
        format!("{x:e}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_numbers_have_six_digits_at_most_and_exact_ones_all_they_need() {
        let cases = [
            (0.0, "0"),
            (-0.0, "0"),
            (1.0, "1"),
            (-1234567.0, "-1234570"),
            (2.0 / 3.0, "0.666667"),
            (1e-7 / 3.0, "3.33333e-8"),
            (5e-324, "5e-324"),
            (f64::NAN, "NaN"),
        ];
        for (x, text) in cases {
            assert_eq!(short(x), text);
        }
        for x in [2.0 / 3.0, 1e-7 / 3.0, 5e-324, f64::MAX, 0.1 + 0.2] {
            assert_eq!(exact(x).parse(), Ok(x));
        }
    }
}
