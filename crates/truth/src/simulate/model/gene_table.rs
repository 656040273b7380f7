//! The genes of a `model.toml`: rates with their defaults, rules with their sites.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::model_fault::{ModelFault, PlacedFault};
use super::rule_parser::parse_rule;
use crate::simulate::kinetics::{GeneKinetics, Kinetics, ProteinRates, Rule, Site};
use cistron::genes::{Gene, Genes, GenesError};

/// Rates as the file has them; a gene's own count before the defaults.
#[derive(Clone, Copy, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rates {
    basal: Option<f64>,
    maximal: Option<f64>,
    mrna_half_life: Option<f64>,
    splicing_half_life: Option<f64>,
    translation: Option<f64>,
    protein_half_life: Option<f64>,
    k: Option<f64>,
    n: Option<f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GeneTable {
    name: String,
    rule: Option<Spanned<String>>,
    #[serde(default)]
    sites: BTreeMap<String, SiteTable>,
    initial: Option<f64>,
    basal: Option<f64>,
    maximal: Option<f64>,
    mrna_half_life: Option<f64>,
    splicing_half_life: Option<f64>,
    translation: Option<f64>,
    protein_half_life: Option<f64>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
struct SiteTable {
    k: Option<f64>,
    n: Option<f64>,
}

/// Half-occupancy of a site as a part of the full level of its regulator, by default: in the
/// middle of the range of levels, so that the site responds to changes in both directions.
const HALF_OCCUPIED: f64 = 0.5;
/// Hill coefficient by default: a dimer, as most bacterial regulators bind.
const HILL: f64 = 2.0;

/// The level of a gene at the start, checked.
pub(super) fn initial_level(table: &Spanned<GeneTable>) -> Result<Option<f64>, PlacedFault> {
    let own = table.as_ref();
    match own.initial {
        Some(value) if !(value >= 0.0 && value.is_finite()) => {
            let gene = own.name.clone();
            let fault = ModelFault::Initial { gene, value };
            Err(PlacedFault::new(table.span(), fault))
        }
        level => Ok(level),
    }
}

/// The kinetics of all genes.
pub(super) fn kinetics_of(
    tables: &[Spanned<GeneTable>],
    defaults: &Rates,
) -> Result<Kinetics, PlacedFault> {
    let genes = Genes::new(tables.iter().map(|table| &table.as_ref().name)).map_err(|error| {
        let position = match error {
            GenesError::Duplicate { second, .. } => second,
            GenesError::Empty { position } => position,
            _ => 0,
        };
        let table = tables.get(position.wrapping_sub(1));
        PlacedFault::new(table.map_or(0..0, Spanned::span), error)
    })?;
    if let Some(table) = tables.iter().find(|table| unwritable(&table.as_ref().name)) {
        let gene = table.as_ref().name.clone();
        return Err(PlacedFault::new(table.span(), ModelFault::Name { gene }));
    }
    let mut rates = tables
        .iter()
        .map(|table| rates_of(table, defaults))
        .collect::<Result<Vec<_>, _>>()?;
    let levels: Vec<f64> = rates.iter().map(acting_level).collect();
    for (own, table) in rates.iter_mut().zip(tables) {
        own.rule = rule_of(table, &genes, &levels, defaults)?;
    }
    Kinetics::new(genes, rates).map_err(|error| {
        let faulty = tables
            .iter()
            .find(|table| table.as_ref().name == error.gene);
        PlacedFault::new(faulty.map_or(0..0, Spanned::span), error)
    })
}

/// Whether a name would break the tables, or be taken for another column of them.
fn unwritable(name: &str) -> bool {
    const TAKEN: [&str; 9] = [
        "series",
        "time",
        "condition",
        "perturbed",
        "gene_i",
        "gene_j",
        "cell",
        "lineage",
        "pseudotime",
    ];
    let taken = TAKEN.iter().any(|word| name.eq_ignore_ascii_case(word));
    taken || name.contains(|c: char| c.is_control() || c == '"') || name.trim() != name
}

/// The rates of a gene, with a rule that is always on.
fn rates_of(table: &Spanned<GeneTable>, defaults: &Rates) -> Result<GeneKinetics, PlacedFault> {
    rates_by_name(table.as_ref(), defaults).map_err(|fault| PlacedFault::new(table.span(), fault))
}

fn rates_by_name(own: &GeneTable, defaults: &Rates) -> Result<GeneKinetics, ModelFault> {
    let mrna = own.mrna_half_life.or(defaults.mrna_half_life);
    let splicing = own.splicing_half_life.or(defaults.splicing_half_life);
    let protein = own.protein_half_life.or(defaults.protein_half_life);
    for (field, value) in [
        ("mrna_half_life", mrna),
        ("splicing_half_life", splicing),
        ("protein_half_life", protein),
    ] {
        if let Some(value) = value.filter(|value| !(*value > 0.0 && value.is_finite())) {
            let gene = own.name.clone();
            return Err(ModelFault::HalfLife { gene, field, value });
        }
    }
    let protein = match (own.translation.or(defaults.translation), protein) {
        (None, None) => None,
        (Some(translation), Some(half_life)) => Some(ProteinRates {
            translation,
            decay: decay_rate(half_life),
        }),
        _ => {
            let gene = own.name.clone();
            return Err(ModelFault::HalfProtein { gene });
        }
    };
    let half_life = required(own, "mrna_half_life", mrna)?;
    Ok(GeneKinetics {
        basal: required(own, "basal", own.basal.or(defaults.basal))?,
        maximal: required(own, "maximal", own.maximal.or(defaults.maximal))?,
        splicing: splicing.map(decay_rate),
        mrna_decay: decay_rate(half_life),
        protein,
        rule: Rule::On,
    })
}

fn required(gene: &GeneTable, field: &'static str, value: Option<f64>) -> Result<f64, ModelFault> {
    value.ok_or_else(|| {
        let gene = gene.name.clone();
        ModelFault::NoRate { gene, field }
    })
}

/// `ln 2 / half_life`.
fn decay_rate(half_life: f64) -> f64 {
    std::f64::consts::LN_2 / half_life
}

/// Level at full transcription of what acts on others.
fn acting_level(gene: &GeneKinetics) -> f64 {
    let mrna = gene.maximal / gene.mrna_decay;
    gene.protein
        .map_or(mrna, |protein| mrna * protein.translation / protein.decay)
}

/// The rule of a gene with its sites.
///
/// * `levels`: full levels of what acts on others, gene by gene
fn rule_of(
    table: &Spanned<GeneTable>,
    genes: &Genes,
    levels: &[f64],
    defaults: &Rates,
) -> Result<Rule, PlacedFault> {
    let own = table.as_ref();
    let rule = match &own.rule {
        None => Rule::On,
        Some(text) => {
            let parsed = parse_rule(text.as_ref(), &|name: &str| {
                let regulator = genes.find(name)?;
                let level = levels[regulator.index()];
                Some(own.site(name, regulator, level, defaults))
            });
            parsed.map_err(|fault| {
                let (gene, rule) = (own.name.clone(), text.as_ref().clone());
                PlacedFault::new(text.span(), ModelFault::Rule { gene, rule, fault })
            })?
        }
    };
    let sites = rule.sites();
    let named: Vec<&str> = sites.iter().map(|s| genes.name(s.regulator)).collect();
    let mut names = own.sites.keys();
    match names.find(|name| !named.contains(&name.as_str())) {
        Some(regulator) => {
            let (gene, regulator) = (own.name.clone(), regulator.clone());
            let fault = ModelFault::IdleSite { gene, regulator };
            Err(PlacedFault::new(table.span(), fault))
        }
        None => Ok(rule),
    }
}

impl GeneTable {
    /// The site of one regulator, with the defaults where the file gives nothing.
    fn site(&self, name: &str, regulator: Gene, level: f64, defaults: &Rates) -> Site {
        let own = self.sites.get(name);
        let share = defaults.k.unwrap_or(HALF_OCCUPIED);
        let k = own.and_then(|own| own.k);
        let n = own.and_then(|own| own.n).or(defaults.n);
        Site {
            regulator,
            k: k.unwrap_or(share * level),
            n: n.unwrap_or(HILL),
        }
    }
}
