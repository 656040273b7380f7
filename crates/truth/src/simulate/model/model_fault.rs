//! Faults of a `model.toml`, each with its place and what to do.

use std::ops::Range;

use super::rule_parser::RuleFault;
use crate::simulate::kinetics::KineticsError;
use crate::simulate::setting_range::OutOfRange;
use cistron::genes::GenesError;

/// A fault in a `model.toml`, with its place.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{file}, line {line}: {fault}")]
pub struct ModelError {
    /// Name of the file.
    pub file: String,
    /// Line, counted from 1.
    pub line: usize,
    /// What is wrong there.
    pub fault: Box<ModelFault>,
}

/// What is wrong with a model.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ModelFault {
    /// Not TOML, or a field that is missing, misspelt or of the wrong type.
    #[error("{0}; compare with `networks/repressilator/model.toml`")]
    Form(String),
    /// A rule that does not parse.
    #[error("gene `{gene}`, rule `{rule}`: {fault}")]
    Rule {
        /// The regulated gene.
        gene: String,
        /// The text of the rule.
        rule: String,
        /// What is wrong with it.
        fault: RuleFault,
    },
    /// A site of a regulator that the rule does not name.
    #[error(
        "gene `{gene}` has a site for `{regulator}`, which its rule does not name; correct the \
         name or remove the site"
    )]
    IdleSite {
        /// The regulated gene.
        gene: String,
        /// The name at the site.
        regulator: String,
    },
    /// A rate that neither the gene nor the defaults give.
    #[error("gene `{gene}` has no `{field}`; give it there or under [defaults]")]
    NoRate {
        /// Name of the gene.
        gene: String,
        /// What is missing.
        field: &'static str,
    },
    /// Half of a protein.
    #[error(
        "gene `{gene}`: `translation` and `protein_half_life` belong together; give both, or \
         neither for a gene that acts through its mRNA"
    )]
    HalfProtein {
        /// Name of the gene.
        gene: String,
    },
    /// A name that tables cannot hold.
    #[error(
        "gene `{}` cannot be called that: the name of a column of the tables, or one with quotes, \
         tabs, line breaks or spaces around it; rename it",
        gene.escape_debug()
    )]
    Name {
        /// Name of the gene.
        gene: String,
    },
    /// A time that cannot be.
    #[error("gene `{gene}`: `{field}` is {value}; it must be above 0")]
    HalfLife {
        /// Name of the gene.
        gene: String,
        /// Which half-life.
        field: &'static str,
        /// Its value.
        value: f64,
    },
    /// A level outside of its range.
    #[error("gene `{gene}`: `initial` is {value}; it must be 0 or more")]
    Initial {
        /// Name of the gene.
        gene: String,
        /// Its value.
        value: f64,
    },
    /// The names of the genes.
    #[error(transparent)]
    Genes(#[from] GenesError),
    /// A rate.
    #[error(transparent)]
    Kinetics(#[from] KineticsError),
    /// A setting of an experiment.
    #[error(transparent)]
    Experiment(#[from] OutOfRange),
}

/// A fault and where it lies in the text, in bytes.
pub(super) struct PlacedFault {
    pub(super) place: Range<usize>,
    pub(super) fault: ModelFault,
}

impl PlacedFault {
    pub(super) fn new(place: Range<usize>, fault: impl Into<ModelFault>) -> Self {
        let fault = fault.into();
        Self { place, fault }
    }
}
