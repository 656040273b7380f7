//! Numbers and counts in texts.

/// `1 gene`, `2,000 genes`; `series` is its own plural.
#[must_use]
pub fn count(n: usize, noun: &str) -> String {
    let plural = if n == 1 || noun.ends_with("series") {
        ""
    } else {
        "s"
    };
    format!("{} {noun}{plural}", thousands(n))
}

/// `50`, `1,000`, `25,000`.
pub(crate) fn thousands(n: usize) -> String {
    let digits = n.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A number with so many significant digits, trailing zeros kept; with a power of ten where it is
/// very small or large.
pub(crate) fn significant(x: f64, digits: usize) -> String {
    let digits = digits.max(1);
    if x == 0.0 {
        return "0".to_owned();
    }
    let size = x.abs();
    let text = if (1e-4..1e6).contains(&size) {
        let decimals = (digits as f64 - 1.0 - size.log10().floor()).max(0.0) as usize;
        format!("{x:.decimals$}")
    } else {
        format!("{x:.*e}", digits - 1)
    };
    text.replace('-', "−")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_have_their_plural_and_their_commas() {
        assert_eq!(count(1, "gene"), "1 gene");
        assert_eq!(count(25_000, "edge"), "25,000 edges");
        assert_eq!(count(2, "series"), "2 series");
        assert_eq!(thousands(999), "999");
    }

    #[test]
    fn significant_digits_are_kept_at_any_size() {
        assert_eq!(significant(-0.012_34, 2), "−0.012");
        assert_eq!(significant(1.0, 3), "1.00");
        assert_eq!(significant(123.4, 2), "123");
        assert_eq!(significant(1e-9, 2), "1.0e−9");
        assert_eq!(significant(f64::NAN, 2), "NaN");
    }
}
