//! A rule made ready for evaluation: every site once, no allocation.
//!
//! The activity `φ(x) ∈ [0, 1]` of a promoter is a tree of independent events over leaves (sites
//! or groups of sites): `1 − p` for `not`, `Π p` for `and`, `1 − Π (1 − p)` for `or`, `Σ w p` for a
//! mix. Parts that name a leaf twice are not independent; they are evaluated as the multilinear
//! extension of their truth table instead. Slopes are exact, by dual numbers.

use super::number::{Dual, Number};
use super::rule::{Rule, Site};
use super::truth_table::{LARGEST_TABLE, TruthTable};
use cistron::genes::Gene;
use cistron::network::Sign;

/// Weights above this are as good as infinite, and products of ten of them still finite.
const LARGEST_WEIGHT: f64 = 1e30;

/// A rule over distinct leaves.
#[derive(Clone, Debug)]
pub(super) struct Promoter {
    leaves: Vec<Rule>,
    node: Node,
    regulators: Vec<(Gene, Sign)>,
}

#[derive(Clone, Debug)]
enum Node {
    Constant(f64),
    Leaf(usize),
    Not(Box<Node>),
    All(Vec<Node>),
    Any(Vec<Node>),
    Mix(Vec<(f64, Node)>),
    /// Of parts that name a leaf twice.
    Table(TruthTable),
}

impl Promoter {
    /// # Panics   if a repeated site is among more than [`LARGEST_TABLE`] leaves; see
    ///   [`too_wide`].
    pub(super) fn new(rule: &Rule) -> Self {
        let mut leaves = Vec::new();
        let node = node(rule, &mut leaves);
        Self {
            regulators: regulators(&leaves, &node),
            leaves,
            node,
        }
    }

    /// `φ` with the level of each regulator.
    pub(super) fn activation(&self, level: impl Fn(Gene) -> f64) -> f64 {
        self.node.value(&|leaf| {
            leaf_value(&self.leaves[leaf], &|site: &Site| {
                weight(site, level(site.regulator))
            })
        })
    }

    /// `∂φ/∂x` by the level of one regulator.
    pub(super) fn slope(&self, level: impl Fn(Gene) -> f64, by: Gene) -> f64 {
        self.node
            .value(&|leaf| {
                leaf_value(&self.leaves[leaf], &|site: &Site| {
                    dual_weight(site, level(site.regulator), site.regulator == by)
                })
            })
            .slope
    }

    /// Regulators in the order of their first site, with their signs; those without any effect
    /// left out.
    pub(super) fn regulators(&self) -> &[(Gene, Sign)] {
        &self.regulators
    }
}

fn regulators(leaves: &[Rule], node: &Node) -> Vec<(Gene, Sign)> {
    let mut regulators: Vec<(Gene, Sign)> = Vec::new();
    node.polarities(&mut |leaf, up| {
        for (site, helps) in signed_sites(&leaves[leaf]) {
            let sign = if helps { up } else { opposite(up) };
            match regulators
                .iter_mut()
                .find(|(gene, _)| *gene == site.regulator)
            {
                Some((_, known)) if *known != sign => *known = Sign::Unknown,
                Some(_) => {}
                None => regulators.push((site.regulator, sign)),
            }
        }
    });
    regulators
}

/// Number of leaves of the first Boolean part that names one of them twice and is too wide for a
/// truth table.
pub(super) fn too_wide(rule: &Rule) -> Option<usize> {
    match rule {
        Rule::Mix(parts) => parts.iter().find_map(|(_, part)| too_wide(part)),
        _ => {
            let (mut leaves, mut uses) = (Vec::new(), Vec::new());
            boolean_node(rule, &mut leaves, &mut uses);
            (repeats(&uses) && leaves.len() > LARGEST_TABLE).then_some(leaves.len())
        }
    }
}

/// `v = (x/k)ⁿ`.
fn weight(site: &Site, x: f64) -> f64 {
    let ratio = x.max(0.0) / site.k;
    let weight = if site.n == 1.0 {
        ratio
    } else if site.n == 2.0 {
        ratio * ratio
    } else {
        ratio.powf(site.n)
    };
    weight.min(LARGEST_WEIGHT)
}

/// `v = (x/k)ⁿ` with `dv/dx = n v / x` if `x` is the variable, else a constant.
fn dual_weight(site: &Site, x: f64, is_variable: bool) -> Dual {
    let value = weight(site, x);
    let slope = if !is_variable || value >= LARGEST_WEIGHT {
        0.0
    } else if x > 0.0 {
        site.n * value / x
    } else if site.n == 1.0 {
        // a site with n = 1 responds at once to the first molecule
        1.0 / site.k
    } else {
        0.0
    };
    Dual { value, slope }
}

/// `v/(1 + v)`, without loss for large `v`.
fn saturating<N: Number>(v: N) -> N {
    v * (N::constant(1.0) + v).inverse()
}

fn sum_of_weights<N: Number>(sites: &[Site], weight: &impl Fn(&Site) -> N) -> N {
    sites
        .iter()
        .fold(N::constant(0.0), |sum, site| sum + weight(site))
}

fn leaf_value<N: Number>(leaf: &Rule, weight: &impl Fn(&Site) -> N) -> N {
    let one = N::constant(1.0);
    match leaf {
        Rule::Site(site) => saturating(weight(site)),
        Rule::Together(sites) => saturating(
            sites
                .iter()
                .fold(one, |product, site| product * weight(site)),
        ),
        Rule::Competing {
            activators,
            repressors,
        } => {
            let up = sum_of_weights(activators, weight);
            let down = sum_of_weights(repressors, weight);
            let helping = if activators.is_empty() { one } else { up };
            helping * (one + up + down).inverse()
        }
        _ => unreachable!("only sites and groups of sites are leaves"),
    }
}

/// Sites of a leaf, and whether they help when bound.
fn signed_sites(leaf: &Rule) -> Vec<(&Site, bool)> {
    match leaf {
        Rule::Competing {
            activators,
            repressors,
        } => activators
            .iter()
            .map(|site| (site, true))
            .chain(repressors.iter().map(|site| (site, false)))
            .collect(),
        other => other.sites().into_iter().map(|site| (site, true)).collect(),
    }
}

fn repeats(uses: &[usize]) -> bool {
    let mut seen = uses.to_vec();
    seen.sort_unstable();
    seen.windows(2).any(|pair| pair[0] == pair[1])
}

/// The tree over leaves; parts that name a leaf twice become truth tables.
fn node(rule: &Rule, leaves: &mut Vec<Rule>) -> Node {
    if let Rule::Mix(parts) = rule {
        let parts = parts.iter().map(|(w, part)| (*w, node(part, leaves)));
        return Node::Mix(parts.collect());
    }
    let mut uses = Vec::new();
    let tree = boolean_node(rule, leaves, &mut uses);
    if !repeats(&uses) {
        return tree;
    }
    uses.sort_unstable();
    uses.dedup();
    Node::Table(TruthTable::new(uses, |on| tree.value(&on)))
}

/// The tree of one Boolean part.
///
/// * `uses`: a number for every mention of a leaf
fn boolean_node(rule: &Rule, leaves: &mut Vec<Rule>, uses: &mut Vec<usize>) -> Node {
    match rule {
        Rule::On => Node::Constant(1.0),
        Rule::Off => Node::Constant(0.0),
        Rule::Not(rule) => Node::Not(Box::new(boolean_node(rule, leaves, uses))),
        Rule::All(rules) => Node::All(boolean_nodes(rules, leaves, uses)),
        Rule::Any(rules) => Node::Any(boolean_nodes(rules, leaves, uses)),
        // a mix inside of Boolean logic: its parts are independent of what surrounds it
        Rule::Mix(parts) => Node::Mix(
            parts
                .iter()
                .map(|(w, part)| (*w, boolean_node(part, leaves, uses)))
                .collect(),
        ),
        leaf => {
            let known = leaves.iter().position(|known| known == leaf);
            let number = known.unwrap_or_else(|| {
                leaves.push(leaf.clone());
                leaves.len() - 1
            });
            uses.push(number);
            Node::Leaf(number)
        }
    }
}

fn boolean_nodes(rules: &[Rule], leaves: &mut Vec<Rule>, uses: &mut Vec<usize>) -> Vec<Node> {
    rules
        .iter()
        .map(|rule| boolean_node(rule, leaves, uses))
        .collect()
}

impl Node {
    fn value<N: Number>(&self, leaf: &impl Fn(usize) -> N) -> N {
        let one = N::constant(1.0);
        match self {
            Self::Constant(value) => N::constant(*value),
            Self::Leaf(number) => leaf(*number),
            Self::Not(node) => one - node.value(leaf),
            Self::All(nodes) => nodes.iter().fold(one, |all, node| all * node.value(leaf)),
            Self::Any(nodes) => {
                one - nodes
                    .iter()
                    .fold(one, |none, node| none * (one - node.value(leaf)))
            }
            Self::Mix(parts) => parts.iter().fold(N::constant(0.0), |sum, (w, node)| {
                sum + N::constant(*w) * node.value(leaf)
            }),
            Self::Table(table) => table.value(leaf),
        }
    }

    /// Calls `visit` for each leaf with the way the rule goes when the leaf does.
    fn polarities(&self, visit: &mut dyn FnMut(usize, Sign)) {
        match self {
            Self::Constant(_) => {}
            Self::Leaf(leaf) => visit(*leaf, Sign::Activation),
            Self::Not(node) => node.polarities(&mut |leaf, sign| visit(leaf, opposite(sign))),
            Self::All(nodes) | Self::Any(nodes) => {
                nodes.iter().for_each(|node| node.polarities(visit));
            }
            Self::Mix(parts) => parts.iter().for_each(|(_, node)| node.polarities(visit)),
            Self::Table(table) => table.signs().for_each(|(leaf, sign)| visit(leaf, sign)),
        }
    }
}

fn opposite(sign: Sign) -> Sign {
    match sign {
        Sign::Activation => Sign::Repression,
        Sign::Repression => Sign::Activation,
        Sign::Unknown => Sign::Unknown,
    }
}

#[cfg(test)]
mod tests;
