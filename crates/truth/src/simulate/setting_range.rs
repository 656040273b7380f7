//! Settings and rates that have to lie in a range.

/// A number outside of its range.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("`{field}` is {value}; it must be {rule}")]
pub struct OutOfRange {
    /// Name of the number.
    pub field: &'static str,
    /// Its value.
    pub value: f64,
    /// What it has to be.
    pub rule: &'static str,
}

/// Accepts a finite number for which a condition holds.
pub(super) fn require(
    field: &'static str,
    value: f64,
    holds: bool,
    rule: &'static str,
) -> Result<(), OutOfRange> {
    if holds && value.is_finite() {
        Ok(())
    } else {
        Err(OutOfRange { field, value, rule })
    }
}

pub(super) fn require_positive(field: &'static str, value: f64) -> Result<(), OutOfRange> {
    require(field, value, value > 0.0, "above 0")
}

pub(super) fn require_nonnegative(field: &'static str, value: f64) -> Result<(), OutOfRange> {
    require(field, value, value >= 0.0, "0 or more")
}

/// 0 or more, and small enough for levels to stay numbers.
pub(super) fn require_moderate(field: &'static str, value: f64) -> Result<(), OutOfRange> {
    let inside = (0.0..=1e3).contains(&value);
    require(field, value, inside, "between 0 and 1000")
}
