//! The edges that activities are estimated from: regulators with enough targets that vary.

use std::collections::BTreeMap;

use crate::genes::Gene;

/// Smallest confidence relative to the largest. Such an edge has a weight near 0 already; below, its
/// penalty would leave the range in which the normal equations are exact.
const SMALLEST_CONFIDENCE: f64 = 1e-6;

/// An edge that is known before the fit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KnownEdge {
    /// The gene that regulates.
    pub regulator: Gene,
    /// The gene that is regulated.
    pub target: Gene,
    /// How far the edge is trusted, above 0 and in any unit; only ratios within a list count. An edge
    /// of 0, or of a number that is not finite, is not used.
    pub confidence: f64,
    /// Whether the regulator activates the target, where the list says so. Only the sign of the
    /// activity is chosen by it.
    pub activates: Option<bool>,
}

/// An edge of one target.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Link {
    /// Number of the regulator among those with an activity.
    pub(super) slot: usize,
    /// Confidence relative to the largest, in (0, 1].
    pub(super) confidence: f64,
    pub(super) activates: Option<bool>,
}

/// Regulators with an activity and their targets, both in ascending order.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Regulons {
    pub(super) regulators: Vec<Gene>,
    pub(super) targets: Vec<Gene>,
    /// For every target its edges, by slot.
    pub(super) links: Vec<Vec<Link>>,
}

impl Regulons {
    /// The edges that can be used, of regulators that have at least `minimum` of them.
    ///
    /// * `varies`: whether a gene varies over the samples; other targets say nothing
    ///
    /// A gene's regulation of itself is left out. Of two edges of one pair the later one holds.
    ///
    /// # Cost   `O(m log m)` for `m` edges.
    pub(super) fn new(edges: &[KnownEdge], minimum: usize, varies: impl Fn(Gene) -> bool) -> Self {
        let usable = edges.iter().filter(|edge| {
            let trusted = edge.confidence.is_finite() && edge.confidence > 0.0;
            trusted && edge.regulator != edge.target && varies(edge.target)
        });
        let mut by_regulator: BTreeMap<Gene, BTreeMap<Gene, KnownEdge>> = BTreeMap::new();
        for edge in usable {
            let targets = by_regulator.entry(edge.regulator).or_default();
            targets.insert(edge.target, *edge);
        }
        by_regulator.retain(|_, targets| targets.len() >= minimum.max(1));
        Self::from_regulators(&by_regulator)
    }

    fn from_regulators(by_regulator: &BTreeMap<Gene, BTreeMap<Gene, KnownEdge>>) -> Self {
        let edges = || by_regulator.values().flat_map(BTreeMap::values);
        let largest = edges().fold(0.0_f64, |most, edge| most.max(edge.confidence));
        let mut by_target: BTreeMap<Gene, Vec<Link>> = BTreeMap::new();
        for (slot, targets) in by_regulator.values().enumerate() {
            for edge in targets.values() {
                by_target.entry(edge.target).or_default().push(Link {
                    slot,
                    confidence: (edge.confidence / largest).max(SMALLEST_CONFIDENCE),
                    activates: edge.activates,
                });
            }
        }
        Self {
            regulators: by_regulator.keys().copied().collect(),
            targets: by_target.keys().copied().collect(),
            links: by_target.into_values().collect(),
        }
    }

    /// The number of a regulator among those with an activity.
    pub(super) fn slot(&self, regulator: Gene) -> Option<usize> {
        self.regulators.binary_search(&regulator).ok()
    }

    /// The number of a target among those with an edge.
    pub(super) fn row(&self, target: Gene) -> Option<usize> {
        self.targets.binary_search(&target).ok()
    }

    /// For every regulator its targets, as pairs of a row and a number in the links of the row.
    pub(super) fn by_slot(&self) -> Vec<Vec<(usize, usize)>> {
        let mut regulons = vec![Vec::new(); self.regulators.len()];
        for (row, links) in self.links.iter().enumerate() {
            for (number, link) in links.iter().enumerate() {
                regulons[link.slot].push((row, number));
            }
        }
        regulons
    }
}
