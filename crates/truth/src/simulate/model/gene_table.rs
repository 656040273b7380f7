//! The genes of a `model.toml`: rates with their defaults, rules with their sites.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::ModelFault;
use super::read::Placed;
use super::rule_text::parse_rule;
use crate::simulate::kinetics::{GeneKinetics, Kinetics, ProteinRates, Rule, Site};
use cistron::genes::{Genes, GenesError};

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

/// Half-occupancy of a site as a part of the full level, if nobody says it.
const HALF_OCCUPIED: f64 = 0.5;
/// Hill coefficient, if nobody says it.
const HILL: f64 = 2.0;

pub(super) fn initial(table: &Spanned<GeneTable>) -> Result<Option<f64>, Placed> {
    let one = table.as_ref();
    match one.initial {
        Some(value) if !(value >= 0.0 && value.is_finite()) => {
            let gene = one.name.clone();
            Err((table.span(), ModelFault::Initial { gene, value }))
        }
        level => Ok(level),
    }
}

/// The kinetics of all genes.
pub(super) fn kinetics(
    tables: &[Spanned<GeneTable>],
    defaults: &Rates,
) -> Result<Kinetics, Placed> {
    let genes = Genes::new(tables.iter().map(|table| &table.as_ref().name)).map_err(|error| {
        let at = match error {
            GenesError::Duplicate { second, .. } => second,
            GenesError::Empty { position } => position,
            GenesError::None => 0,
        };
        let place = tables.get(at.wrapping_sub(1)).map_or(0..0, Spanned::span);
        (place, error.into())
    })?;
    if let Some(table) = tables.iter().find(|table| unwritable(&table.as_ref().name)) {
        let gene = table.as_ref().name.clone();
        return Err((table.span(), ModelFault::Name { gene }));
    }
    let rates = tables
        .iter()
        .map(|table| rates(table, defaults))
        .collect::<Result<Vec<_>, _>>()?;
    let levels: Vec<f64> = rates.iter().map(acting_level).collect();
    let of = tables.iter().zip(rates).map(|(table, mut gene)| {
        gene.rule = rule(table, &genes, &levels, defaults)?;
        Ok(gene)
    });
    let of = of.collect::<Result<_, Placed>>()?;
    Kinetics::new(genes, of).map_err(|error| {
        let faulty = tables
            .iter()
            .find(|table| table.as_ref().name == error.gene);
        (faulty.map_or(0..0, Spanned::span), error.into())
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
fn rates(table: &Spanned<GeneTable>, defaults: &Rates) -> Result<GeneKinetics, Placed> {
    let one = table.as_ref();
    let fault = |fault| (table.span(), fault);
    let need = |own: Option<f64>, default: Option<f64>, field| {
        own.or(default).ok_or_else(|| {
            let gene = one.name.clone();
            fault(ModelFault::NoRate { gene, field })
        })
    };
    let decay = |half_life: f64| std::f64::consts::LN_2 / half_life;
    for (field, value) in [
        (
            "mrna_half_life",
            one.mrna_half_life.or(defaults.mrna_half_life),
        ),
        (
            "splicing_half_life",
            one.splicing_half_life.or(defaults.splicing_half_life),
        ),
        (
            "protein_half_life",
            one.protein_half_life.or(defaults.protein_half_life),
        ),
    ] {
        if let Some(value) = value.filter(|value| !(*value > 0.0 && value.is_finite())) {
            let gene = one.name.clone();
            return Err(fault(ModelFault::HalfLife { gene, field, value }));
        }
    }
    let translation = one.translation.or(defaults.translation);
    let protein = match (
        translation,
        one.protein_half_life.or(defaults.protein_half_life),
    ) {
        (None, None) => None,
        (Some(translation), Some(half_life)) => Some(ProteinRates {
            translation,
            decay: decay(half_life),
        }),
        _ => {
            let gene = one.name.clone();
            return Err(fault(ModelFault::HalfProtein { gene }));
        }
    };
    let half_life = need(
        one.mrna_half_life,
        defaults.mrna_half_life,
        "mrna_half_life",
    )?;
    Ok(GeneKinetics {
        basal: need(one.basal, defaults.basal, "basal")?,
        maximal: need(one.maximal, defaults.maximal, "maximal")?,
        splicing: one
            .splicing_half_life
            .or(defaults.splicing_half_life)
            .map(decay),
        mrna_decay: decay(half_life),
        protein,
        rule: Rule::On,
    })
}

/// Level at full transcription of what acts on others.
fn acting_level(gene: &GeneKinetics) -> f64 {
    let mrna = gene.maximal / gene.mrna_decay;
    gene.protein
        .map_or(mrna, |protein| mrna * protein.translation / protein.decay)
}

fn rule(
    table: &Spanned<GeneTable>,
    genes: &Genes,
    levels: &[f64],
    defaults: &Rates,
) -> Result<Rule, Placed> {
    let one = table.as_ref();
    let site = |name: &str| {
        let regulator = genes.find(name)?;
        let own = one.sites.get(name);
        let share = defaults.k.unwrap_or(HALF_OCCUPIED);
        let k = own.and_then(|own| own.k);
        let n = own.and_then(|own| own.n).or(defaults.n);
        Some(Site {
            regulator,
            k: k.unwrap_or(share * levels[regulator.index()]),
            n: n.unwrap_or(HILL),
        })
    };
    let rule = match &one.rule {
        None => Rule::On,
        Some(text) => parse_rule(text.as_ref(), &site).map_err(|fault| {
            let (gene, rule) = (one.name.clone(), text.as_ref().clone());
            (text.span(), ModelFault::Rule { gene, rule, fault })
        })?,
    };
    let named: Vec<&str> = rule
        .sites()
        .iter()
        .map(|s| genes.name(s.regulator))
        .collect();
    match one
        .sites
        .keys()
        .find(|name| !named.contains(&name.as_str()))
    {
        Some(regulator) => {
            let (gene, regulator) = (one.name.clone(), regulator.clone());
            Err((table.span(), ModelFault::IdleSite { gene, regulator }))
        }
        None => Ok(rule),
    }
}
