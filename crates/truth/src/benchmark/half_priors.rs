//! Half of the known edges given as prior knowledge, the other half judged.

use std::collections::BTreeMap;

use rand::seq::SliceRandom;

use super::Case;
use crate::evaluate::{GoldPair, UniverseSettings};
use cistron::genes::Gene;
use cistron::loci::Loci;
use cistron::prior::{KnownPair, Prior, PriorMode, Regulators, Statement};
use cistron::seed::{Purpose, Seed};

/// What stays in one half.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SplitUnit {
    /// Every target by itself.
    Target,
    /// Blocks of neighbouring loci, so that an operon is not on both sides.
    Loci,
}

/// Why there are no halves.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HalfPriorError {
    /// Blocks need positions.
    #[error("{name}: there are no positions of its genes; add a table of loci, or split by target")]
    NoLoci {
        /// Name of the case.
        name: String,
    },
    /// One target cannot be halved.
    #[error("{name}: known edges have fewer than two targets or blocks of them; nothing to halve")]
    TooFew {
        /// Name of the case.
        name: String,
    },
}

/// Splits of one case.
const SPLITS: u32 = 5;
/// Neighbouring loci in a block: several operons, and some hundred blocks on a bacterial chromosome.
const BLOCK: usize = 20;

/// Five cases, in each of which the known edges of half of the targets are the prior, and pairs with
/// the other targets are judged.
///
/// The prior gives every edge a support of 1, as a list without weights does for
/// `cistron infer --prior`. All regulators with a known edge are judged, whichever half it is in.
/// The cases are replicates of one network, in a suite that is named after the unit.
///
/// # Errors   [`HalfPriorError`]
pub fn half_priors(case: &Case, unit: SplitUnit, seed: Seed) -> Result<Vec<Case>, HalfPriorError> {
    let name = || case.name.clone();
    let units = match (unit, &case.loci) {
        (SplitUnit::Target, _) => targets(case).into_iter().map(|gene| vec![gene]).collect(),
        (SplitUnit::Loci, Some(loci)) => blocks(case, loci),
        (SplitUnit::Loci, None) => return Err(HalfPriorError::NoLoci { name: name() }),
    };
    if units.len() < 2 {
        return Err(HalfPriorError::TooFew { name: name() });
    }
    let splits = 1..=SPLITS;
    Ok(splits
        .map(|split| half_prior(case, unit, units.clone(), split, seed))
        .collect())
}

fn half_prior(
    case: &Case,
    unit: SplitUnit,
    mut units: Vec<Vec<Gene>>,
    split: u32,
    seed: Seed,
) -> Case {
    let mut rng = seed.stream(Purpose::PriorHalf, u64::from(split));
    units.shuffle(&mut rng);
    let (mut given, mut judged) = (Vec::new(), Vec::new());
    for unit in units {
        let side = if given.len() <= judged.len() {
            &mut given
        } else {
            &mut judged
        };
        side.extend(unit);
    }
    let genes = case.data.genes();
    let names = judged.iter().map(|&gene| genes.name(gene).to_owned());
    let regulators = case.prior.regulators().cloned();
    let edges = known_edges(case).filter(|edge| given.contains(&edge.target));
    let edges = edges.map(|edge| KnownPair {
        target: edge.target,
        regulator: edge.regulator,
        statement: Statement::Support(1.0),
    });
    let unit = match unit {
        SplitUnit::Target => "targets",
        SplitUnit::Loci => "blocks of loci",
    };
    Case {
        suite: format!("{}, edges of half of the {unit} given", case.suite),
        replicate: split,
        prior: Prior::new(
            regulators.unwrap_or_else(|| Regulators::all(genes)),
            PriorMode::Weighted,
            edges,
        ),
        universe: UniverseSettings {
            targets: Some(names.collect()),
            ..case.universe.clone()
        },
        ..case.clone()
    }
}

/// The known edges, as genes of the data.
pub(super) fn known_edges(case: &Case) -> impl Iterator<Item = GoldPair> + '_ {
    let (genes, names) = (case.data.genes(), case.truth.genes());
    let edges = case.truth.pairs().filter(|pair| pair.edge);
    edges.filter_map(move |edge| {
        Some(GoldPair {
            regulator: genes.find(names.name(edge.regulator))?,
            target: genes.find(names.name(edge.target))?,
            ..edge
        })
    })
}

/// Targets of known edges, once each.
fn targets(case: &Case) -> Vec<Gene> {
    let mut targets: Vec<Gene> = known_edges(case).map(|edge| edge.target).collect();
    targets.sort_unstable();
    targets.dedup();
    targets
}

/// The targets by blocks of loci; one without a position is a block of its own.
fn blocks(case: &Case, loci: &Loci) -> Vec<Vec<Gene>> {
    let mut blocks: BTreeMap<(usize, usize), Vec<Gene>> = BTreeMap::new();
    let mut units = Vec::new();
    for target in targets(case) {
        let located = loci.genes().find(case.data.genes().name(target));
        match located.and_then(|gene| loci.block(gene, BLOCK)) {
            Some(block) => blocks.entry(block).or_default().push(target),
            None => units.push(vec![target]),
        }
    }
    units.extend(blocks.into_values());
    units
}
