//! The numbers in which a rule is evaluated: plain ones, or dual numbers `value + slope · ε` with
//! `ε² = 0`, which carry a derivative.

use std::ops::{Add, Mul, Sub};

/// Arithmetic of rules.
pub(super) trait Number:
    Copy + Add<Output = Self> + Sub<Output = Self> + Mul<Output = Self>
{
    /// A constant.
    fn constant(value: f64) -> Self;

    /// `1/x`.
    fn inverse(self) -> Self;
}

impl Number for f64 {
    fn constant(value: f64) -> Self {
        value
    }

    fn inverse(self) -> Self {
        1.0 / self
    }
}

/// A value and its derivative by one variable.
///
/// # Source   Forward differentiation, Wengert (1964), Commun. ACM 7:463.
#[derive(Clone, Copy, Debug)]
pub(super) struct Dual {
    pub(super) value: f64,
    pub(super) slope: f64,
}

impl Add for Dual {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            value: self.value + other.value,
            slope: self.slope + other.slope,
        }
    }
}

impl Sub for Dual {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self {
            value: self.value - other.value,
            slope: self.slope - other.slope,
        }
    }
}

impl Mul for Dual {
    type Output = Self;

    fn mul(self, other: Self) -> Self {
        Self {
            value: self.value * other.value,
            slope: self.slope * other.value + self.value * other.slope,
        }
    }
}

impl Number for Dual {
    fn constant(value: f64) -> Self {
        Self { value, slope: 0.0 }
    }

    fn inverse(self) -> Self {
        Self {
            value: 1.0 / self.value,
            slope: -self.slope / (self.value * self.value),
        }
    }
}
