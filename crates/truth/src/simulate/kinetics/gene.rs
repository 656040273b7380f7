//! The rates of one gene, and what may be wrong with them.

use super::promoter::too_wide;
use super::rule::Rule;
use super::truth_table::LARGEST_TABLE;
use crate::simulate::setting_range::{OutOfRange, require, require_nonnegative, require_positive};

/// Rates of a protein.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ProteinRates {
    /// Proteins made from one mRNA in a unit of time.
    pub translation: f64,
    /// Part that decays or is diluted in a unit of time.
    pub decay: f64,
}

/// Everything about one gene.
#[derive(Clone, Debug, PartialEq)]
pub struct GeneKinetics {
    /// Transcription with an inactive promoter, in mRNA per unit of time.
    pub basal: f64,
    /// Transcription with an active promoter, in mRNA per unit of time.
    pub maximal: f64,
    /// Part of the unspliced mRNA that is spliced in a unit of time; none: mRNA is made ready.
    pub splicing: Option<f64>,
    /// Part of the mRNA that decays in a unit of time.
    pub mrna_decay: f64,
    /// Its protein; without one the gene regulates through its mRNA.
    pub protein: Option<ProteinRates>,
    /// Its promoter.
    pub rule: Rule,
}

/// What is wrong with the kinetics of a gene.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("gene `{gene}`: {fault}")]
pub struct KineticsError {
    /// Name of the gene.
    pub gene: String,
    /// What is wrong with it.
    pub fault: GeneFault,
}

/// What is wrong with a gene.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum GeneFault {
    /// A number is outside of its range.
    #[error(transparent)]
    Range(#[from] OutOfRange),
    /// A group of sites, or a list of rules, is empty.
    #[error("its rule has a group without members; name at least one")]
    EmptyGroup,
    /// A rule that names a regulator twice is too long for its truth table.
    #[error(
        "its rule names a regulator twice among {sites} sites; write it so that each one occurs \
         once, or with at most {LARGEST_TABLE} sites"
    )]
    TooWide {
        /// Different sites of the rule.
        sites: usize,
    },
    /// Weights of a mix that add up to more than all.
    #[error("the weights of `mix` add up to {sum}; they must not exceed 1")]
    Overweight {
        /// Their sum.
        sum: f64,
    },
}

impl GeneKinetics {
    /// Whether every rate is in its range and the rule can be evaluated.
    ///
    /// # Errors   [`GeneFault`] naming the number, what it has to be, or what is wrong with the
    ///   rule.
    pub fn check(&self) -> Result<(), GeneFault> {
        require_nonnegative("basal", self.basal)?;
        let active = self.maximal >= self.basal;
        require("maximal", self.maximal, active, "`basal` or more")?;
        require_positive("maximal", self.maximal)?;
        if let Some(splicing) = self.splicing {
            require_positive("splicing", splicing)?;
        }
        require_positive("mRNA decay", self.mrna_decay)?;
        if let Some(protein) = self.protein {
            require_positive("translation", protein.translation)?;
            require_positive("protein decay", protein.decay)?;
        }
        let mrna = self.maximal / self.mrna_decay;
        let protein = self.protein.map_or(0.0, |p| mrna * p.translation / p.decay);
        let (field, level) = ("level at full transcription", mrna.max(protein));
        require(field, level, level <= 1e30, "at most 1e30")?;
        check_rule(&self.rule)?;
        too_wide(&self.rule).map_or(Ok(()), |sites| Err(GeneFault::TooWide { sites }))
    }
}

fn check_rule(rule: &Rule) -> Result<(), GeneFault> {
    match rule {
        Rule::Not(rule) => check_rule(rule)?,
        Rule::All(rules) | Rule::Any(rules) => {
            require_members(rules.len())?;
            rules.iter().try_for_each(check_rule)?;
        }
        Rule::Mix(parts) => {
            require_members(parts.len())?;
            parts.iter().try_for_each(|(w, part)| {
                require_positive("weight", *w)?;
                check_rule(part)
            })?;
            let sum: f64 = parts.iter().map(|(w, _)| w).sum();
            if sum > 1.0 + 1e-9 {
                return Err(GeneFault::Overweight { sum });
            }
        }
        Rule::Together(_) | Rule::Competing { .. } => require_members(rule.sites().len())?,
        Rule::On | Rule::Off | Rule::Site(_) => {}
    }
    rule.sites().into_iter().try_for_each(|site| {
        require_positive("k", site.k)?;
        require_positive("n", site.n)?;
        Ok(())
    })
}

fn require_members(members: usize) -> Result<(), GeneFault> {
    match members {
        0 => Err(GeneFault::EmptyGroup),
        _ => Ok(()),
    }
}
