//! Methods, tolerances and reports of the integrators with steps of variable length.

use thiserror::Error;

/// How a system is followed with steps of variable length.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Method {
    /// [`Method::Tsitouras`], and from where it turns stiff [`Method::Bdf`].
    ///
    /// Every 20 steps the fastest rate `ρ(J)` is estimated by power iteration. The system counts
    /// as stiff where the last step was longer than `2 / ρ`, that is where stability and not
    /// accuracy ended it, and more than `200 + n/20` such steps would still be needed. Without a Jacobian
    /// it stays with Tsitouras.
    #[default]
    Auto,
    /// The explicit method of Tsitouras (2011), order 5 with an error estimate of order 4.
    Tsitouras,
    /// TR-BDF2 of Bank et al. (1985), implicit, order 2, L-stable.
    TrBdf2,
    /// A singly diagonally implicit method of Jørgensen et al. (2018), order 3, L-stable.
    Esdirk34,
    /// Backward differentiation formulas of variable order 1 to 5.
    Bdf,
}

impl Method {
    /// The error of a whole path in equal steps shrinks as their length to this power; none where
    /// a method changes its order on the way.
    #[must_use]
    pub fn order(self) -> Option<u32> {
        match self {
            Self::Tsitouras => Some(5),
            Self::Esdirk34 => Some(3),
            Self::TrBdf2 => Some(2),
            Self::Auto | Self::Bdf => None,
        }
    }
}

/// Tolerances and limits of the adaptive methods.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// How to follow the system.
    pub method: Method,
    /// Error of a step relative to the size of each variable. The root of the mean square over
    /// the variables is held below 1, so that one of many may exceed it.
    pub relative: f64,
    /// The same in the units of the variables: the size below which a value does not matter.
    pub absolute: f64,
    /// Give up after so many accepted steps.
    pub most_steps: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            method: Method::Auto,
            relative: 1e-6,
            absolute: 1e-9,
            most_steps: 100_000,
        }
    }
}

/// What following a system took.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Report {
    /// The method that took the last step.
    pub method: Method,
    /// When [`Method::Auto`] changed to the stiff method, if it did.
    pub stiff_from: Option<f64>,
    /// Accepted steps.
    pub steps: usize,
    /// Velocities.
    pub evaluations: usize,
    /// Jacobians, those of the watch for stiffness among them.
    pub jacobians: usize,
}

/// Why a system could not be followed to the end.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum IntegrationError {
    /// No step was short enough for the tolerance.
    #[error(
        "at time {time} no step is short enough for the tolerance; variable {variable} (counted \
         from 0) changes fastest. Look for a rate that grows without bound, or raise the tolerance"
    )]
    StepTooSmall {
        /// The time reached.
        time: f64,
        /// The variable that moves fastest in units of its tolerance.
        variable: usize,
    },
    /// A velocity is not a number.
    #[error(
        "at time {time} the velocity of variable {variable} (counted from 0) is not a finite \
         number. Look for a division by 0 or a power of a negative number in its rates"
    )]
    NonFinite {
        /// When it was asked for.
        time: f64,
        /// Whose velocity it is.
        variable: usize,
    },
    /// The limit was reached.
    #[error(
        "{most} steps led only to time {time}; variable {variable} (counted from 0) changes \
         fastest. Shorten the time, raise the tolerance, or take a stiff method"
    )]
    TooManySteps {
        /// The limit of the settings.
        most: usize,
        /// The time reached.
        time: f64,
        /// The variable that moves fastest in units of its tolerance.
        variable: usize,
    },
}

impl IntegrationError {
    /// The variable that it is about.
    pub(crate) fn variable(&self) -> usize {
        match *self {
            Self::StepTooSmall { variable, .. }
            | Self::NonFinite { variable, .. }
            | Self::TooManySteps { variable, .. } => variable,
        }
    }

    /// The message with the name of the gene to which the variable belongs.
    pub(crate) fn naming(&self, gene: &str) -> String {
        let number = format!("variable {} (counted from 0)", self.variable());
        self.to_string().replace(&number, &format!("`{gene}`"))
    }
}

/// The time to be followed.
#[derive(Clone, Copy)]
pub(super) struct Stretch {
    /// First time.
    pub(super) from: f64,
    /// Last time.
    pub(super) to: f64,
    /// How much time is likely to be followed, which decides whether a factorisation pays.
    pub(super) horizon: f64,
}

impl Report {
    pub(super) fn new(method: Method) -> Self {
        Self {
            method,
            stiff_from: None,
            steps: 0,
            evaluations: 0,
            jacobians: 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_for_users_name_the_gene_of_a_variable() {
        for error in [
            IntegrationError::StepTooSmall {
                time: 1.0,
                variable: 7,
            },
            IntegrationError::NonFinite {
                time: 1.0,
                variable: 7,
            },
            IntegrationError::TooManySteps {
                most: 9,
                time: 1.0,
                variable: 7,
            },
        ] {
            let text = error.naming("lacZ");
            assert!(
                text.contains("`lacZ`") && !text.contains("variable"),
                "{text}"
            );
        }
    }
}
