//! Reads `model.toml`: the kinetics of a network and the experiments done on it.

use serde::Deserialize;
use toml::Spanned;

use super::gene_table::{GeneTable, Rates, initial_level, kinetics_of};
use super::model_fault::{ModelError, ModelFault, PlacedFault};
use super::planned_network::{Model, Plan};
use crate::simulate::experiment::{CellPlan, Measurement, Noise, SeriesPlan, SteadyPlan};
use crate::simulate::setting_range::OutOfRange;
use cistron::seed::Seed;

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

impl Model {
    /// Reads a model from the text of a `model.toml`.
    ///
    /// * `file`: its name, for messages
    ///
    /// # Errors   [`ModelError`] with file, line, what is wrong and what to do.
    pub fn read(file: &str, text: &str) -> Result<Self, ModelError> {
        parse(text).map_err(|placed| ModelError {
            file: file.to_owned(),
            line: line_of(text, placed.place.start),
            fault: Box::new(placed.fault),
        })
    }
}

/// Line of a byte of a text, counted from 1.
fn line_of(text: &str, byte: usize) -> usize {
    1 + text[..byte.min(text.len())].matches('\n').count()
}

fn parse(text: &str) -> Result<Model, PlacedFault> {
    let file: File = toml::from_str(text).map_err(|error| {
        let fault = ModelFault::Form(error.message().to_owned());
        PlacedFault::new(error.span().unwrap_or(0..0), fault)
    })?;
    let kinetics = kinetics_of(&file.gene, &file.defaults)?;
    let initial = file.gene.iter().map(initial_level);
    let initial = initial.collect::<Result<_, _>>()?;
    let noise = checked(file.noise, Noise::check)?;
    let measurement = checked(file.measurement, Measurement::check)?;
    Ok(Model {
        plan: Plan {
            noise: noise.unwrap_or_default(),
            measurement: measurement.unwrap_or_default(),
            series_line: line_of_table(text, file.series.as_ref()),
            steady_line: line_of_table(text, file.steady.as_ref()),
            series: checked(file.series, SeriesPlan::check)?,
            steady: checked(file.steady, SteadyPlan::check)?,
            cells: checked(file.cells, CellPlan::check)?,
        },
        name: file.name,
        time_unit: file.time_unit,
        kinetics,
        initial,
        seed: file.seed,
    })
}

fn line_of_table<T>(text: &str, table: Option<&Spanned<T>>) -> Option<usize> {
    table.map(|table| line_of(text, table.span().start))
}

fn checked<T>(
    table: Option<Spanned<T>>,
    check: impl Fn(&T) -> Result<(), OutOfRange>,
) -> Result<Option<T>, PlacedFault> {
    table
        .map(|table| {
            let place = table.span();
            let inner = table.into_inner();
            check(&inner).map_err(|error| PlacedFault::new(place, error))?;
            Ok(inner)
        })
        .transpose()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulate::kinetics::Site;
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
        let [site_of_a, site_of_b] = [a, b].map(|gene| *gene.rule.sites()[0]);
        let (k, n) = (1.0, 3.0);
        let regulator = Gene(1);
        assert_eq!(site_of_a, Site { regulator, k, n });
        // half of the full level of `a`, which is 1 / mrna_decay
        assert_eq!((site_of_b.k, site_of_b.n), (0.5 / a.mrna_decay, 2.0));
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
