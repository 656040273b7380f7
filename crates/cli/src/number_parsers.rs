//! Parsers for the numbers of options.

/// A finite number of 0 or more.
///
/// # Errors   what was expected.
pub(crate) fn not_below_zero(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(number) if number >= 0.0 && f64::is_finite(number) => Ok(number),
        _ => Err("expected a number of 0 or more".to_owned()),
    }
}

/// A finite number above 0.
///
/// # Errors   what was expected.
pub(crate) fn above_zero(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(number) if number > 0.0 && f64::is_finite(number) => Ok(number),
        _ => Err("expected a number above 0".to_owned()),
    }
}

/// A share from 0 to 1.
///
/// # Errors   what was expected.
pub(crate) fn share(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(number) if (0.0..=1.0).contains(&number) => Ok(number),
        _ => Err("expected a share from 0 to 1, such as 0.1".to_owned()),
    }
}
