//! Reads `model.toml`: the kinetics of a network and the experiment done on it.

use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;

use super::experiment::{Experiment, ExperimentError, Simulated};
use super::kinetics::{GeneKinetics, Kinetics, KineticsError, ProteinRates};
use super::promoter::{Effect, Logic, Module, Regulation, Term};
use crate::genes::{Genes, GenesError};
use crate::seed::Seed;

/// A fault in a `model.toml`, with its place.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{file}, line {line}: {fault}")]
pub struct ModelError {
    /// Name of the file.
    pub file: String,
    /// Line, counted from 1.
    pub line: usize,
    /// What is wrong there.
    pub fault: ModelFault,
}

/// What is wrong with a model.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ModelFault {
    /// Not TOML, or a field that is missing, misspelt or of the wrong type.
    #[error("{0}; compare with `networks/repressilator/model.toml`")]
    Form(String),
    /// A regulator that is none of the genes.
    #[error(
        "gene `{target}` is regulated by `{regulator}`, which is not in the file; correct the \
         name or add a [[gene]] for it"
    )]
    UnknownRegulator {
        /// The regulated gene.
        target: String,
        /// The unknown name.
        regulator: String,
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
    /// The names of the genes.
    #[error(transparent)]
    Genes(#[from] GenesError),
    /// A rate.
    #[error(transparent)]
    Kinetics(#[from] KineticsError),
    /// A setting of the experiment.
    #[error(transparent)]
    Experiment(#[from] ExperimentError),
}

/// A network with known kinetics and the experiment that is done on it.
#[derive(Clone, Debug)]
pub struct Model {
    /// Name of the network.
    pub name: String,
    /// Unit of all times and rates, such as `min`.
    pub time_unit: String,
    /// The kinetics.
    pub kinetics: Kinetics,
    /// The experiment.
    pub experiment: Experiment,
    /// The seed of the data that are kept beside the file.
    pub seed: Seed,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    name: String,
    time_unit: String,
    seed: Seed,
    experiment: Spanned<Experiment>,
    gene: Vec<Spanned<GeneTable>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GeneTable {
    name: String,
    basal: f64,
    maximal: f64,
    mrna_half_life: f64,
    translation: Option<f64>,
    protein_half_life: Option<f64>,
    #[serde(default)]
    join: Logic,
    #[serde(default)]
    module: Vec<ModuleTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ModuleTable {
    #[serde(default)]
    logic: Logic,
    terms: Vec<TermTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TermTable {
    regulator: Spanned<String>,
    effect: Effect,
    k: f64,
    n: f64,
}

/// A fault and where in the text it lies.
type Placed = (Range<usize>, ModelFault);

impl Model {
    /// Reads a model from the text of a `model.toml`.
    ///
    /// * `file`: its name, for messages
    ///
    /// # Errors   [`ModelError`] with file, line, what is wrong and what to do.
    pub fn read(file: &str, text: &str) -> Result<Self, ModelError> {
        Self::parse(text).map_err(|(place, fault)| ModelError {
            file: file.to_owned(),
            line: 1 + text[..place.start.min(text.len())].matches('\n').count(),
            fault,
        })
    }

    /// Does the experiment with the model's own seed.
    #[must_use]
    pub fn simulate(&self) -> Simulated {
        self.experiment.run(&self.kinetics, self.seed)
    }

    fn parse(text: &str) -> Result<Self, Placed> {
        let file: File = toml::from_str(text).map_err(|error| {
            let fault = ModelFault::Form(error.message().to_owned());
            (error.span().unwrap_or(0..0), fault)
        })?;
        let place = file.experiment.span();
        let experiment = file.experiment.into_inner();
        experiment.check().map_err(|error| (place, error.into()))?;
        Ok(Self {
            name: file.name,
            time_unit: file.time_unit,
            kinetics: kinetics(&file.gene)?,
            experiment,
            seed: file.seed,
        })
    }
}

fn kinetics(tables: &[Spanned<GeneTable>]) -> Result<Kinetics, Placed> {
    let genes = Genes::new(tables.iter().map(|table| &table.as_ref().name)).map_err(|error| {
        let at = match error {
            GenesError::Duplicate { second, .. } => second,
            GenesError::Empty { position } => position,
            GenesError::None => 0,
        };
        let place = tables.get(at.wrapping_sub(1)).map_or(0..0, Spanned::span);
        (place, error.into())
    })?;
    let of = tables
        .iter()
        .map(|table| gene(&genes, table))
        .collect::<Result<_, _>>()?;
    Kinetics::new(genes, of).map_err(|error| {
        let (KineticsError::Range { gene, .. } | KineticsError::EmptyModule { gene, .. }) = &error;
        let faulty = tables.iter().find(|table| table.as_ref().name == *gene);
        (faulty.map_or(0..0, Spanned::span), error.into())
    })
}

fn gene(genes: &Genes, table: &Spanned<GeneTable>) -> Result<GeneKinetics, Placed> {
    let one = table.as_ref();
    let decay = |half_life: f64| std::f64::consts::LN_2 / half_life;
    let protein = match (one.translation, one.protein_half_life) {
        (None, None) => None,
        (Some(translation), Some(half_life)) => Some(ProteinRates {
            translation,
            decay: decay(half_life),
        }),
        _ => {
            let gene = one.name.clone();
            return Err((table.span(), ModelFault::HalfProtein { gene }));
        }
    };
    let modules = one
        .module
        .iter()
        .map(|module| {
            let terms = module.terms.iter().map(|it| term(genes, &one.name, it));
            Ok(Module {
                logic: module.logic,
                terms: terms.collect::<Result<_, Placed>>()?,
            })
        })
        .collect::<Result<_, Placed>>()?;
    Ok(GeneKinetics {
        basal: one.basal,
        maximal: one.maximal,
        mrna_decay: decay(one.mrna_half_life),
        protein,
        regulation: Regulation {
            join: one.join,
            modules,
        },
    })
}

fn term(genes: &Genes, target: &str, table: &TermTable) -> Result<Term, Placed> {
    let regulator = genes.find(table.regulator.as_ref()).ok_or_else(|| {
        let fault = ModelFault::UnknownRegulator {
            target: target.to_owned(),
            regulator: table.regulator.as_ref().clone(),
        };
        (table.regulator.span(), fault)
    })?;
    Ok(Term {
        regulator,
        effect: table.effect,
        k: table.k,
        n: table.n,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::genes::Gene;

    const SWITCH: &str = r#"name = "switch"
time_unit = "min"
seed = 3

[experiment]
design = { kind = "relaxation", lead = 0.0 }
series = 2
points = 5
interval = 10.0
longest_step = 0.5
noise = 0.0
measurement = { multiplicative = 0.0, additive = 0.0 }

[[gene]]
name = "a"
basal = 0.01
maximal = 1.0
mrna_half_life = 2.0
[[gene.module]]
terms = [{ regulator = "b", effect = "represses", k = 1.0, n = 2.0 }]

[[gene]]
name = "b"
basal = 0.01
maximal = 1
mrna_half_life = 2.0
translation = 1.0
protein_half_life = 20.0
[[gene.module]]
terms = [{ regulator = "a", effect = "represses", k = 1.0, n = 2.0 }]
"#;

    fn message(from: &str, to: &str) -> String {
        assert!(SWITCH.contains(from));
        let text = SWITCH.replacen(from, to, 1);
        Model::read("model.toml", &text)
            .expect_err("a fault")
            .to_string()
    }

    #[test]
    fn a_model_is_read_with_its_half_lives_as_rates() {
        let model = Model::read("model.toml", SWITCH).expect("valid");
        let b = model.kinetics.of(Gene(1));
        assert_eq!(b.mrna_decay, std::f64::consts::LN_2 / 2.0);
        assert_eq!(b.regulation.modules[0].terms[0].regulator, Gene(0));
        assert_eq!(model.kinetics.size(), 3);
        assert_eq!(model.seed, Seed(3));
    }

    #[test]
    fn an_unknown_regulator_is_named_with_its_line() {
        assert_eq!(
            message("regulator = \"a\"", "regulator = \"c\""),
            "model.toml, line 30: gene `b` is regulated by `c`, which is not in the file; \
             correct the name or add a [[gene]] for it"
        );
    }

    #[test]
    fn a_negative_rate_is_named_with_the_line_of_its_gene() {
        assert_eq!(
            message("basal = 0.01", "basal = -0.01"),
            "model.toml, line 14: gene `a`: `basal` is -0.01; it must be 0 or more"
        );
    }

    #[test]
    fn a_repeated_name_is_refused_at_its_second_line() {
        assert_eq!(
            message("name = \"b\"", "name = \"a\""),
            "model.toml, line 22: gene `a` occurs twice (positions 1 and 2); rename or remove \
             one of them"
        );
    }

    #[test]
    fn a_missing_field_is_named_with_the_line_of_its_table() {
        assert_eq!(
            message("mrna_half_life = 2.0\n", ""),
            "model.toml, line 14: missing field `mrna_half_life`; compare with \
             `networks/repressilator/model.toml`"
        );
    }

    #[test]
    fn half_a_protein_is_refused() {
        assert!(message("translation = 1.0\n", "").contains("give both, or neither"));
    }

    #[test]
    fn an_impossible_experiment_is_refused() {
        assert_eq!(
            message("points = 5", "points = 1"),
            "model.toml, line 5: `points` is 1; it must be 2 or more"
        );
    }
}
