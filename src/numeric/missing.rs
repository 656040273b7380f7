//! Numbers that are not there, in JSON.

use serde::{Deserialize, Deserializer};

/// Reads a number; `null`, as JSON has to write a number that is not finite, is NaN.
///
/// # Errors   what the format reports.
pub(crate) fn nan_if_null<'de, D: Deserializer<'de>>(from: D) -> Result<f64, D::Error> {
    Option::<f64>::deserialize(from).map(|x| x.unwrap_or(f64::NAN))
}
