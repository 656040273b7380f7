//! Interventions: what was done to a gene, how strongly, and when.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Scale;
use crate::genes::{Gene, Genes};

/// What is done to one gene.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// The gene is gone: its level is 0, or the floor where a logarithm has no 0, and its own equation is not used.
    Knockout,
    /// The level is this many times what the gene's regulation would make it, on the linear
    /// scale: below one a knockdown, above one an overexpression.
    Scaled(f64),
    /// The level is held at this value, in units of the file.
    Set(f64),
}

/// A time window, in the units of the series; it acts from `start` up to, not at, `end`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Span {
    /// First time at which it acts.
    pub start: f64,
    /// Time at which it ends; infinite for an intervention that lasts.
    pub end: f64,
}

/// One gene, changed in one way, always or for a while.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Intervention {
    /// The gene.
    pub gene: Gene,
    /// What is done to it.
    pub change: Change,
    /// When; at all times if there is none.
    pub window: Option<Span>,
}

/// What is wrong with an intervention.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum InterventionError {
    /// A factor or level is below 0 or no number.
    #[error(
        "gene `{gene}`: found {what} of {found}, expected a number of 0 or more; correct the dose"
    )]
    Dose {
        /// Name of the gene.
        gene: String,
        /// "a factor" or "a level".
        what: &'static str,
        /// The number.
        found: f64,
    },
    /// A factor, where the data are logarithms of an unknown base.
    #[error(
        "gene `{gene}`: found a factor of {found} for data that are logarithms of an unknown base, or may be \
         logarithms, expected levels of which parts can be taken; run `cistron infer` again with the scale, such as `--scale log2` or \
         `--scale linear`"
    )]
    UnknownBase {
        /// Name of the gene.
        gene: String,
        /// The factor.
        found: f64,
    },
    /// A level, where the data are ratios to a reference.
    #[error(
        "gene `{gene}`: found a level of {found} for data that are ratios to a reference, expected a factor; use \
         a knockout, knockdown or overexpression"
    )]
    LevelOfRatio {
        /// Name of the gene.
        gene: String,
        /// The level.
        found: f64,
    },
    /// A window that ends before it starts.
    #[error(
        "gene `{gene}`: the window {start}:{end} does not end after it starts; swap the two times"
    )]
    Window {
        /// Name of the gene.
        gene: String,
        /// Its start.
        start: f64,
        /// Its end.
        end: f64,
    },
    /// Two changes of one gene at the same time.
    #[error(
        "gene `{gene}` is changed twice at the same time ({first} and {second}); keep one of them, \
         or give them windows that do not overlap"
    )]
    Contradiction {
        /// Name of the gene.
        gene: String,
        /// The first change.
        first: String,
        /// The second.
        second: String,
    },
}

impl Intervention {
    /// A change that acts at all times.
    #[must_use]
    pub fn always(gene: Gene, change: Change) -> Self {
        Self {
            gene,
            change,
            window: None,
        }
    }

    /// Whether it acts at a time.
    #[must_use]
    pub fn acts_at(&self, time: f64) -> bool {
        self.window
            .is_none_or(|span| span.start <= time && time < span.end)
    }

    fn overlaps(&self, other: &Self) -> bool {
        match (self.window, other.window) {
            (Some(a), Some(b)) => a.start < b.end && b.start < a.end,
            _ => true,
        }
    }
}

/// Checks that doses are numbers of 0 or more and have a meaning on the scale, that windows end after they
/// start, and that no gene is changed twice at the same time.
///
/// * `scale`: that of the model; without it, levels may be logarithms
///
/// # Errors   [`InterventionError`] with the name of the gene.
/// # Cost     `O(k²)` for `k` interventions.
pub fn check_interventions(
    all: &[Intervention],
    genes: &Genes,
    scale: Option<Scale>,
) -> Result<(), InterventionError> {
    for (at, one) in all.iter().enumerate() {
        let gene = || genes.name(one.gene).to_owned();
        check_dose(one.change, genes.name(one.gene), scale)?;
        if let Some(Span { start, end }) = one.window
            && (start.is_nan() || end.is_nan() || start >= end)
        {
            let gene = gene();
            return Err(InterventionError::Window { gene, start, end });
        }
        let before = all[..at].iter();
        if let Some(other) = before
            .filter(|other| other.gene == one.gene)
            .find(|other| other.overlaps(one))
        {
            return Err(InterventionError::Contradiction {
                gene: gene(),
                first: other.change.to_string(),
                second: one.change.to_string(),
            });
        }
    }
    Ok(())
}

fn check_dose(change: Change, gene: &str, scale: Option<Scale>) -> Result<(), InterventionError> {
    let gene = gene.to_owned();
    let stored = scale.map(|scale| scale.stored);
    // a logarithm may be below 0
    let negative = stored.is_none_or(|stored| stored.least().is_none());
    let (what, found, sound) = match change {
        Change::Knockout => return Ok(()),
        Change::Scaled(factor) => ("a factor", factor, factor >= 0.0),
        Change::Set(level) => ("a level", level, negative || level >= 0.0),
    };
    if !(found.is_finite() && sound) {
        return Err(InterventionError::Dose { gene, what, found });
    }
    match (change, stored) {
        (Change::Set(_), Some(stored)) if stored.is_ratio() => {
            Err(InterventionError::LevelOfRatio { gene, found })
        }
        // 0 is a knockout and 1 nothing, on any scale
        (Change::Scaled(factor), Some(stored))
            if !stored.is_known() && factor != 0.0 && factor != 1.0 =>
        {
            Err(InterventionError::UnknownBase { gene, found })
        }
        _ => Ok(()),
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Knockout => write!(f, "knockout"),
            Self::Scaled(factor) => write!(f, "{factor}x"),
            Self::Set(level) => write!(f, "set to {level}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scaled(gene: usize, factor: f64, window: Option<(f64, f64)>) -> Intervention {
        Intervention {
            gene: Gene(gene),
            change: Change::Scaled(factor),
            window: window.map(|(start, end)| Span { start, end }),
        }
    }

    #[test]
    fn changes_of_one_gene_may_follow_each_other_but_not_overlap() {
        let genes = Genes::new(["a", "b"]).expect("distinct");
        let check = |all: &[Intervention]| check_interventions(all, &genes, None);
        let first = scaled(0, 0.5, Some((0.0, 2.0)));
        assert_eq!(check(&[first, scaled(0, 2.0, Some((2.0, 3.0)))]), Ok(()));
        assert_eq!(check(&[first, scaled(1, 2.0, None)]), Ok(()));
        for other in [scaled(0, 2.0, Some((1.0, 3.0))), scaled(0, 2.0, None)] {
            let error = check(&[first, other]).expect_err("both at time 1.5");
            assert!(error.to_string().contains("gene `a` is changed twice"));
        }
    }

    #[test]
    fn a_dose_below_zero_and_a_reversed_window_are_refused_by_gene() {
        let genes = Genes::new(["a", "b"]).expect("distinct");
        for (one, says) in [
            (scaled(1, -0.5, None), "gene `b`: found a factor of -0.5"),
            (scaled(0, f64::NAN, None), "gene `a`: found a factor of NaN"),
            (scaled(0, 1.0, Some((3.0, 1.0))), "the window 3:1"),
        ] {
            let error = check_interventions(&[one], &genes, None).expect_err(says);
            assert!(error.to_string().contains(says), "{error}");
        }
    }

    #[test]
    fn a_window_holds_its_start_and_not_its_end() {
        let one = scaled(0, 0.5, Some((1.0, 2.0)));
        let times = [0.9, 1.0, 1.9, 2.0];
        assert_eq!(times.map(|t| one.acts_at(t)), [false, true, true, false]);
        assert!(scaled(0, 0.5, None).acts_at(-1e9));
    }
}
