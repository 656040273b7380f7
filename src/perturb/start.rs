//! Where simulations start, in words.

use crate::genes::{Gene, Genes};

/// What kind of state a simulation starts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StartKind {
    /// The steady state to which the reference leads.
    Steady,
    /// Another steady state of the model, the nearest to the reference within the measured range.
    OtherSteady,
    /// The reference, the mean state of the reference samples, which is not a steady state.
    Reference,
    /// A state that was given.
    Given,
}

/// The state that a simulation starts from.
///
/// By default that is the steady state to which the reference leads, if it is within the range in which the genes were
/// measured, or where that range is not known; else the nearest to the reference of the steady states within the range
/// that are reached from its lower ends, its middle and its upper ends; else the reference. From the reference, effects
/// are counted against the unperturbed course from the same state at the same times.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct InitialState {
    /// What kind of state it is.
    pub kind: StartKind,
    /// Genes of which the level is outside of the measured range in the steady state to which the reference leads;
    /// empty where that was not asked for, or the range is not known.
    pub outside: Vec<Gene>,
}

/// Names that are spelled out.
const SHOWN: usize = 5;

impl InitialState {
    pub(super) fn new(kind: StartKind) -> Self {
        Self {
            kind,
            outside: Vec::new(),
        }
    }

    /// The word for it in tables: `steady`, `reference` or `given`.
    #[doc(hidden)]
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self.kind {
            StartKind::Steady | StartKind::OtherSteady => "steady",
            StartKind::Reference => "reference",
            StartKind::Given => "given",
        }
    }

    /// Whether something is to be said of it.
    #[doc(hidden)]
    #[must_use]
    pub fn needs_caveat(&self) -> bool {
        self.kind == StartKind::Reference || !self.outside.is_empty()
    }

    /// One sentence about it, with the names of genes outside of the measured range.
    ///
    /// * `genes`: those of the model
    #[doc(hidden)]
    #[must_use]
    pub fn describe(&self, genes: &Genes) -> String {
        let outside = self.outside_in_words(genes);
        match (self.kind, self.outside.is_empty()) {
            (StartKind::Steady, true) => "the steady state of the wild type".to_owned(),
            (StartKind::Steady, false) => format!(
                "the steady state of the wild type, which is outside of the measured range for {outside}"
            ),
            (StartKind::OtherSteady, _) => format!(
                "the steady state of the model nearest to the reference samples within the measured range; the one to \
                 which they lead is outside for {outside}"
            ),
            (StartKind::Reference, true) => {
                format!("{REFERENCE}: the model does not reach one; {AGAINST}")
            }
            (StartKind::Reference, false) => {
                format!(
                    "{REFERENCE}: that of the model is outside of the measured range for {outside}; {AGAINST}"
                )
            }
            (StartKind::Given, _) => "a given state".to_owned(),
        }
    }

    /// `3 of 19 genes (a, b, c)`.
    fn outside_in_words(&self, genes: &Genes) -> String {
        let names = self.outside.iter().take(SHOWN);
        let names: Vec<&str> = names.map(|gene| genes.name(*gene)).collect();
        let more = match self.outside.len() - names.len() {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let (count, plural) = (genes.len(), if genes.len() == 1 { "" } else { "s" });
        format!(
            "{} of {count} gene{plural} ({}{more})",
            self.outside.len(),
            names.join(", ")
        )
    }
}

const REFERENCE: &str = "the mean state of the reference samples, which is not a steady state";
const AGAINST: &str =
    "effects are counted against the unperturbed course from the same state at the same times";
