//! Writes a `model.toml`.

use std::fmt::Write as _;
use std::io::{self, Write};

use serde::Serialize;

use super::planned_network::Model;
use super::rule_text::rule_text;
use crate::simulate::kinetics::{Rule, Site};
use cistron::genes::{Gene, Genes};

impl Model {
    /// Writes the model as a `model.toml` that [`Model::read`] reads.
    ///
    /// Numbers are written in full. Rates are kept in the file as half-lives, so that a model that
    /// was made in memory may come back with the last bit of a rate changed; what was read once
    /// comes back as it is after that.
    ///
    /// # Errors   those of the writer.
    /// # Panics   if two sites of one regulator differ within a rule, which the file cannot say
    ///   (a bug in the caller).
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "name = {}", text(&self.name))?;
        writeln!(out, "time_unit = {}", text(&self.time_unit))?;
        writeln!(out, "seed = {}", self.seed.0)?;
        table("noise", &self.plan.noise, out)?;
        table("measurement", &self.plan.measurement, out)?;
        if let Some(series) = &self.plan.series {
            table("series", series, out)?;
        }
        if let Some(steady) = &self.plan.steady {
            table("steady", steady, out)?;
        }
        if let Some(cells) = &self.plan.cells {
            table("cells", cells, out)?;
        }
        for gene in self.kinetics.genes().iter() {
            out.write_all(self.gene(gene).as_bytes())?;
        }
        Ok(())
    }

    fn gene(&self, gene: Gene) -> String {
        let (genes, own) = (self.kinetics.genes(), self.kinetics.of(gene));
        let fields = [
            ("initial", self.initial[gene.index()]),
            ("basal", Some(own.basal)),
            ("maximal", Some(own.maximal)),
            ("splicing_half_life", own.splicing.map(half_life)),
            ("mrna_half_life", Some(half_life(own.mrna_decay))),
            ("translation", own.protein.map(|p| p.translation)),
            ("protein_half_life", own.protein.map(|p| half_life(p.decay))),
        ];
        let mut lines = format!("\n[[gene]]\nname = {}\n", text(genes.name(gene)));
        for (field, value) in fields {
            if let Some(value) = value {
                writeln!(lines, "{field} = {}", number(value)).expect("memory takes all");
            }
        }
        if own.rule != Rule::On {
            let rule = rule_text(&own.rule, genes);
            writeln!(lines, "rule = {}", text(&rule)).expect("memory takes all");
            let sites = site_entries(&own.rule, genes);
            if !sites.is_empty() {
                let sites = sites.join(", ");
                writeln!(lines, "sites = {{ {sites} }}").expect("memory takes all");
            }
        }
        lines
    }
}

/// `ln 2 / rate`.
fn half_life(rate: f64) -> f64 {
    std::f64::consts::LN_2 / rate
}

/// The entries of the table of sites, one per regulator.
fn site_entries(rule: &Rule, genes: &Genes) -> Vec<String> {
    let mut known: Vec<&Site> = Vec::new();
    for site in rule.sites() {
        match known.iter().find(|other| other.regulator == site.regulator) {
            Some(&other) => assert_eq!(other, site, "one kind of site for each regulator"),
            None => known.push(site),
        }
    }
    let entries = known.iter().map(|site| {
        let (k, n) = (number(site.k), number(site.n));
        let regulator = text(genes.name(site.regulator));
        format!("{regulator} = {{ k = {k}, n = {n} }}")
    });
    entries.collect()
}

/// A TOML float, which needs a point or an exponent.
fn number(value: f64) -> String {
    format!("{value:?}")
}

fn text(value: &str) -> String {
    toml::Value::from(value).to_string()
}

fn table(name: &str, value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    let body = toml::to_string(value).map_err(io::Error::other)?;
    // tables inside, such as a design, would need a header of their own: they are written inline
    let value: toml::Table = toml::from_str(&body).map_err(io::Error::other)?;
    writeln!(out, "\n[{name}]")?;
    for (field, value) in &value {
        writeln!(out, "{field} = {value}")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::Plan;
    use super::*;

    const MODEL: &str = r#"name = 'pair "odd"'
time_unit = "min"
seed = 7

[noise]
longest_step = 0.5
strength = 0.1

[measurement]
additive = 0.01
multiplicative = 0.05

[series]
count = 2
design = { kind = "perturbation", lasts = 0.5, share = 0.5, strength = 1.0 }
interval = 10.0
points = 5

[steady]
knockdown = 0.5
multifactorial = 0.1
overexpression = 2.0
pairs = 20
tables = ["wildtype", "knockouts"]

[cells]
count = 10
dropout = 0.5
duration = 30.0
initial = 0.1
library = 2000.0
snapshots = [0.0, 30.0]

[[gene]]
name = "a b"
initial = 0.25
basal = 0.0
maximal = 1.0
splicing_half_life = 0.5
mrna_half_life = 2.0
translation = 3.0
protein_half_life = 20.0

[[gene]]
name = "b"
basal = 0.01
maximal = 2.0
mrna_half_life = 5.0
rule = '"a b" and not b'
sites = { "a b" = { k = 0.3, n = 2.0 }, "b" = { k = 1.5, n = 1.0 } }
"#;

    #[test]
    fn what_is_written_is_read_back_and_written_the_same() {
        let model = Model::read("model.toml", MODEL).expect("valid");
        let mut written = Vec::new();
        model.write(&mut written).expect("memory takes all");
        let written = String::from_utf8(written).expect("text");
        let again = Model::read("model.toml", &written).expect("valid");
        assert_eq!(
            again.plan,
            Plan {
                series_line: again.plan.series_line,
                steady_line: again.plan.steady_line,
                ..model.plan
            }
        );
        let mut twice = Vec::new();
        again.write(&mut twice).expect("memory takes all");
        assert_eq!(written.as_bytes(), twice);
        assert_eq!(written, MODEL);
        for gene in again.kinetics.genes().iter() {
            assert_eq!(again.kinetics.of(gene), model.kinetics.of(gene));
        }
    }
}
