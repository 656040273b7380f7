//! Reads `model.toml`: the kinetics of a network and the experiments done on it.

use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;

use super::gene_table::{GeneTable, Rates, initial, kinetics};
use super::rule_text::RuleFault;
use super::{Model, Plan};
use crate::simulate::experiment::{
    CellPlan, ExperimentError, Measurement, Noise, SeriesPlan, SteadyPlan,
};
use crate::simulate::kinetics::KineticsError;
use cistron::genes::GenesError;
use cistron::seed::Seed;

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
    Experiment(#[from] ExperimentError),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    name: String,
    time_unit: String,
    #[serde(default)]
    seed: Seed,
    #[serde(default)]
    defaults: Rates,
    noise: Option<Spanned<Noise>>,
    measurement: Option<Spanned<Measurement>>,
    series: Option<Spanned<SeriesPlan>>,
    steady: Option<Spanned<SteadyPlan>>,
    cells: Option<Spanned<CellPlan>>,
    gene: Vec<Spanned<GeneTable>>,
}

/// A fault and where in the text it lies.
pub(super) type Placed = (Range<usize>, ModelFault);

impl Model {
    /// Reads a model from the text of a `model.toml`.
    ///
    /// * `file`: its name, for messages
    ///
    /// # Errors   [`ModelError`] with file, line, what is wrong and what to do.
    pub fn read(file: &str, text: &str) -> Result<Self, ModelError> {
        let line =
            |place: &Range<usize>| 1 + text[..place.start.min(text.len())].matches('\n').count();
        parse(text, &line).map_err(|(place, fault)| ModelError {
            file: file.to_owned(),
            line: line(&place),
            fault: Box::new(fault),
        })
    }
}

fn parse(text: &str, line: &dyn Fn(&Range<usize>) -> usize) -> Result<Model, Placed> {
    let file: File = toml::from_str(text).map_err(|error| {
        let fault = ModelFault::Form(error.message().to_owned());
        (error.span().unwrap_or(0..0), fault)
    })?;
    let kinetics = kinetics(&file.gene, &file.defaults)?;
    let initial = file.gene.iter().map(initial).collect::<Result<_, _>>()?;
    let noise = checked(file.noise, Noise::check)?;
    let measurement = checked(file.measurement, Measurement::check)?;
    let series_line = file.series.as_ref().map(|table| line(&table.span()));
    let steady_line = file.steady.as_ref().map(|table| line(&table.span()));
    Ok(Model {
        plan: Plan {
            noise: noise.unwrap_or_default(),
            measurement: measurement.unwrap_or_default(),
            series: checked(file.series, SeriesPlan::check)?,
            steady: checked(file.steady, SteadyPlan::check)?,
            series_line,
            steady_line,
            cells: checked(file.cells, CellPlan::check)?,
        },
        name: file.name,
        time_unit: file.time_unit,
        kinetics,
        initial,
        seed: file.seed,
    })
}

fn checked<T>(
    table: Option<Spanned<T>>,
    check: impl Fn(&T) -> Result<(), ExperimentError>,
) -> Result<Option<T>, Placed> {
    table
        .map(|table| {
            let place = table.span();
            let inner = table.into_inner();
            check(&inner).map_err(|error| (place, error.into()))?;
            Ok(inner)
        })
        .transpose()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulate::kinetics::{GeneKinetics, Site};
    use cistron::genes::Gene;

    const SWITCH: &str = r#"name = "switch"
time_unit = "min"
seed = 3

[series]
design = { kind = "relaxation", lead = 0.0 }
count = 2
points = 5
interval = 10.0

[defaults]
basal = 0.01
mrna_half_life = 2.0

[[gene]]
name = "a"
maximal = 1.0
rule = "not b"
sites = { b = { k = 1.0, n = 3.0 } }

[[gene]]
name = "b"
maximal = 1
basal = 0.02
translation = 1.0
protein_half_life = 20.0
rule = "not a"
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
        let (a, b) = (model.kinetics.of(Gene(0)), model.kinetics.of(Gene(1)));
        assert_eq!(b.mrna_decay, std::f64::consts::LN_2 / 2.0);
        assert_eq!((a.basal, b.basal), (0.01, 0.02));
        let site = |gene: &GeneKinetics| *gene.rule.sites()[0];
        let (k, n) = (1.0, 3.0);
        let regulator = Gene(1);
        assert_eq!(site(a), Site { regulator, k, n });
        // half of the full level of `a`, which is 1 / mrna_decay
        assert_eq!((site(b).k, site(b).n), (0.5 / a.mrna_decay, 2.0));
        assert_eq!(model.kinetics.size(), 3);
        assert_eq!(model.seed, Seed(3));
        assert_eq!(model.plan.series.expect("there").points, 5);
    }

    #[test]
    fn faults_are_named_with_their_line_and_a_cure() {
        let unknown = "not c";
        for (from, to, expected) in [
            (
                "not b",
                unknown,
                "line 18: gene `a`, rule `not c`: at character 5 there is `c`, which is not in \
                 the file; correct the name or add a [[gene]] for it",
            ),
            (
                "not a\"",
                "not\"",
                "line 27: gene `b`, rule `not`: at character 4 there is the end, expected a \
                 gene, `not`, `(` or a group",
            ),
            (
                "basal = 0.02",
                "basal = -0.01",
                "line 21: gene `b`: `basal` is -0.01; it must be 0 or more",
            ),
            (
                "name = \"b\"",
                "name = \"a\"",
                "line 21: gene `a` occurs twice (positions 1 and 2); rename or remove one of them",
            ),
            (
                "mrna_half_life = 2.0",
                "",
                "line 15: gene `a` has no `mrna_half_life`; give it there or under [defaults]",
            ),
            (
                "translation = 1.0\n",
                "",
                "line 21: gene `b`: `translation` and `protein_half_life` belong together; give \
                 both, or neither for a gene that acts through its mRNA",
            ),
            (
                "sites = { b",
                "sites = { a",
                "line 15: gene `a` has a site for `a`, which its rule does not name; correct the \
                 name or remove the site",
            ),
            (
                "points = 5",
                "points = 1",
                "line 5: `points` is 1; it must be 2 or more",
            ),
            (
                "interval = 10.0",
                "intervall = 10.0",
                "line 9: unknown field `intervall`, expected one of `design`, `count`, `points`, \
                 `interval`; compare with `networks/repressilator/model.toml`",
            ),
        ] {
            assert_eq!(message(from, to), format!("model.toml, {expected}"));
        }
    }
}
