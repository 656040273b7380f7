//! The rates of one gene, and what may be wrong with them.

use super::promoter::too_wide;
use super::rule::Rule;
use super::truth_table::LARGEST_TABLE;

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
    #[error("`{field}` is {value}; it must be {rule}")]
    Range {
        /// What the number stands for.
        field: &'static str,
        /// The number.
        value: f64,
        /// What it has to be.
        rule: &'static str,
    },
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
        no_less("basal", self.basal)?;
        let active = self.maximal >= self.basal;
        need("maximal", self.maximal, active, "`basal` or more")?;
        positive("maximal", self.maximal)?;
        if let Some(splicing) = self.splicing {
            positive("splicing", splicing)?;
        }
        positive("mRNA decay", self.mrna_decay)?;
        if let Some(protein) = self.protein {
            positive("translation", protein.translation)?;
            positive("protein decay", protein.decay)?;
        }
        let mrna = self.maximal / self.mrna_decay;
        let protein = self.protein.map_or(0.0, |p| mrna * p.translation / p.decay);
        let level = mrna.max(protein);
        need(
            "level at full transcription",
            level,
            level <= 1e30,
            "at most 1e30",
        )?;
        check_rule(&self.rule)?;
        too_wide(&self.rule).map_or(Ok(()), |sites| Err(GeneFault::TooWide { sites }))
    }
}

fn check_rule(rule: &Rule) -> Result<(), GeneFault> {
    let filled = |members: usize| match members {
        0 => Err(GeneFault::EmptyGroup),
        _ => Ok(()),
    };
    match rule {
        Rule::Not(rule) => check_rule(rule)?,
        Rule::All(rules) | Rule::Any(rules) => {
            filled(rules.len())?;
            rules.iter().try_for_each(check_rule)?;
        }
        Rule::Mix(parts) => {
            filled(parts.len())?;
            parts.iter().try_for_each(|(w, part)| {
                positive("weight", *w)?;
                check_rule(part)
            })?;
            let sum: f64 = parts.iter().map(|(w, _)| w).sum();
            if sum > 1.0 + 1e-9 {
                return Err(GeneFault::Overweight { sum });
            }
        }
        Rule::Together(_) | Rule::Competing { .. } => filled(rule.sites().len())?,
        Rule::On | Rule::Off | Rule::Site(_) => {}
    }
    rule.sites().into_iter().try_for_each(|site| {
        positive("k", site.k)?;
        positive("n", site.n)
    })
}

fn need(field: &'static str, value: f64, holds: bool, rule: &'static str) -> Result<(), GeneFault> {
    if holds && value.is_finite() {
        Ok(())
    } else {
        Err(GeneFault::Range { field, value, rule })
    }
}

fn positive(field: &'static str, value: f64) -> Result<(), GeneFault> {
    need(field, value, value > 0.0, "above 0")
}

fn no_less(field: &'static str, value: f64) -> Result<(), GeneFault> {
    need(field, value, value >= 0.0, "0 or more")
}
