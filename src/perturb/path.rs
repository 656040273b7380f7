//! Which edges carry an effect: directly, or over other genes.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use crate::field::VectorField;
use crate::genes::Gene;

use super::response::Response;

/// How an effect reaches a gene.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// The gene itself was changed.
    Perturbed,
    /// Over an edge from a changed gene, which carries at least half of it.
    Direct(Vec<Gene>),
    /// Over other genes, from a changed gene to this one.
    Downstream(Vec<Gene>),
    /// There is no effect.
    None,
}

/// Below this share of the largest change, on the model's scale, a gene is not affected.
const NOTHING: f64 = 1e-3;
/// Below this share of the largest level, summed over the rows alike, a change is what the solvers
/// leave: after a window nothing need be different from before.
const ROUNDING: f64 = 1e-9;

/// How the effects of a response reach every gene.
///
/// What regulator `j` carries to gene `i` is `c_ij = Σ_t s_ij(t) Δx_j(t)`, with `Δx` the change on
/// the model's scale and `s_ij` the mean of the slopes of gene `i` by `j` without and with the
/// interventions; for a steady state the sum has one term, and `Σ_j c_ij` is what the gene's own
/// decay balances, `−J_ii Δx_i`. Only what pushes `i` where it went counts: `share_ij` is `c_ij` as
/// a part of the sum of those of its sign.
///
/// An effect is direct if an edge from a changed gene has a share of at least one half; otherwise it
/// takes the path from a changed gene on which the product of the shares is largest, over at least
/// two edges if there is such a path.
///
/// * `perturbed`: the genes that were changed
/// * returns one reach a gene
///
/// # Cost     two sparse Jacobians a time, and one search over the edges, `O(e log e)`.
#[must_use]
pub fn reach<F: VectorField + ?Sized>(
    field: &F,
    response: &Response,
    perturbed: &[Gene],
) -> Vec<Reach> {
    let p = field.genes().len();
    let (edges, moved) = carried(field, response);
    let most = moved.iter().fold(0.0, |most: f64, m| most.max(m.abs()));
    let least = (NOTHING * most).max(ROUNDING * levels(response));
    let mut shares: Vec<Vec<(usize, f64)>> = vec![Vec::new(); p];
    let mut direct: Vec<Option<(f64, usize)>> = vec![None; p];
    let changed = |j: usize| perturbed.iter().any(|gene| gene.index() == j);
    for (target, row) in shares_of(&edges, &moved).into_iter().enumerate() {
        if moved[target].abs() <= least || changed(target) {
            continue;
        }
        for (source, share) in row {
            if changed(source) && direct[target].is_none_or(|(most, _)| share > most) {
                direct[target] = Some((share, source));
            }
            shares[source].push((target, share));
        }
    }
    let best = best_paths(&shares, perturbed);
    let one = |target: usize| match direct[target] {
        _ if changed(target) => Reach::Perturbed,
        _ if moved[target].abs() <= least => Reach::None,
        Some((share, source)) if share >= 0.5 => Reach::Direct(vec![Gene(source), Gene(target)]),
        edge => match (best.longer(target, &shares, perturbed), edge) {
            (Some(path), _) => Reach::Downstream(path),
            (None, Some((_, source))) => Reach::Direct(vec![Gene(source), Gene(target)]),
            (None, None) => Reach::None,
        },
    };
    (0..p).map(one).collect()
}

/// The largest level without interventions, times the number of rows.
fn levels(response: &Response) -> f64 {
    let columns = response.wild_type_states().col_iter();
    let all = columns.flat_map(|column| column.iter().copied().collect::<Vec<_>>());
    response.rows() as f64 * all.fold(0.0, |most: f64, x| most.max(x.abs()))
}

/// What every edge carries, as `(target, source, c)`, and how far every gene went, `Σ_t Δx(t)`.
fn carried<F: VectorField + ?Sized>(
    field: &F,
    response: &Response,
) -> (Vec<(usize, usize, f64)>, Vec<f64>) {
    let entries = field.entries();
    let p = field.genes().len();
    let (wild, perturbed) = (response.wild_type_states(), response.perturbed_states());
    let mut sums = vec![0.0; entries.len()];
    let mut moved = vec![0.0; p];
    let (mut before, mut after) = (vec![0.0; entries.len()], vec![0.0; entries.len()]);
    for row in 0..response.rows() {
        let state = |of: &faer::Mat<f64>| (0..p).map(|j| of[(row, j)]).collect::<Vec<f64>>();
        let (x, y) = (state(wild), state(perturbed));
        field.slopes_into(&x, &mut before);
        field.slopes_into(&y, &mut after);
        for (k, &(_, j)) in entries.iter().enumerate() {
            sums[k] += 0.5 * (before[k] + after[k]) * (y[j] - x[j]);
        }
        (0..p).for_each(|j| moved[j] += y[j] - x[j]);
    }
    let edges = entries.into_iter().zip(sums);
    let edges = edges.map(|((i, j), c)| (i, j, c)).collect();
    (edges, moved)
}

/// For every gene, the shares of the regulators that push it where it went.
fn shares_of(edges: &[(usize, usize, f64)], moved: &[f64]) -> Vec<Vec<(usize, f64)>> {
    let mut rows: Vec<Vec<(usize, f64)>> = vec![Vec::new(); moved.len()];
    for &(target, source, c) in edges {
        let along = c * moved[target].signum();
        if source != target && along > 0.0 {
            match rows[target].iter_mut().find(|(other, _)| *other == source) {
                Some((_, sum)) => *sum += along,
                None => rows[target].push((source, along)),
            }
        }
    }
    for row in &mut rows {
        let whole: f64 = row.iter().map(|(_, c)| c).sum();
        row.iter_mut().for_each(|(_, c)| *c /= whole);
    }
    rows
}

/// The path of the largest product of shares from a changed gene to every gene.
struct Best {
    product: Vec<f64>,
    before: Vec<Option<usize>>,
}

#[derive(PartialEq)]
struct Reached {
    product: f64,
    gene: usize,
}

impl Eq for Reached {}

impl PartialOrd for Reached {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Reached {
    fn cmp(&self, other: &Self) -> Ordering {
        let by_product = self.product.total_cmp(&other.product);
        by_product.then_with(|| other.gene.cmp(&self.gene))
    }
}

/// Dijkstra's search with products of shares, none of which exceeds 1, in the place of sums.
fn best_paths(shares: &[Vec<(usize, f64)>], perturbed: &[Gene]) -> Best {
    let mut best = Best {
        product: vec![0.0; shares.len()],
        before: vec![None; shares.len()],
    };
    let mut heap = BinaryHeap::new();
    for gene in perturbed {
        best.product[gene.index()] = 1.0;
        heap.push(Reached {
            product: 1.0,
            gene: gene.index(),
        });
    }
    while let Some(Reached { product, gene }) = heap.pop() {
        if product < best.product[gene] {
            continue;
        }
        for &(target, share) in &shares[gene] {
            let further = product * share;
            if further > best.product[target] {
                best.product[target] = further;
                best.before[target] = Some(gene);
                heap.push(Reached {
                    product: further,
                    gene: target,
                });
            }
        }
    }
    best
}

impl Best {
    /// The best path to a gene whose last edge is not from a changed gene.
    fn longer(
        &self,
        target: usize,
        shares: &[Vec<(usize, f64)>],
        perturbed: &[Gene],
    ) -> Option<Vec<Gene>> {
        let changed = |j: usize| perturbed.iter().any(|gene| gene.index() == j);
        let last = (0..shares.len()).filter(|&j| !changed(j) && self.product[j] > 0.0);
        let into = |j: usize| {
            let edge = shares[j].iter().find(|(to, _)| *to == target);
            edge.map(|(_, share)| (j, share * self.product[j]))
        };
        let ways = last.filter(|&j| !self.passes(j, target)).filter_map(into);
        let (mut at, _) = ways.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))?;
        let mut path = vec![Gene(target), Gene(at)];
        while let Some(before) = self.before[at] {
            path.push(Gene(before));
            at = before;
        }
        path.reverse();
        Some(path)
    }

    /// Whether the best path to a gene leads over another.
    fn passes(&self, mut at: usize, over: usize) -> bool {
        while let Some(before) = self.before[at] {
            if before == over {
                return true;
            }
            at = before;
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expression::{Change, Intervention, Scale};
    use crate::field::{Component, Fitted, SparseField, Unit};
    use crate::genes::Genes;
    use crate::perturb::{Query, Until, answer};

    /// A linear field with the given edges `(source, target, weight)`, decay 1.
    fn linear(genes: &[&str], edges: &[(usize, usize, f64)]) -> Fitted {
        let components = (0..genes.len()).map(|target| {
            let into: Vec<_> = edges.iter().filter(|edge| edge.1 == target).collect();
            Component {
                regulators: into.iter().map(|edge| Gene(edge.0)).collect(),
                units: vec![Unit {
                    range: 1e9,
                    bias: 0.0,
                    weights: into.iter().map(|edge| edge.2).collect(),
                }],
                intercept: 1.0,
                decay: 1.0,
                covariates: vec![],
            }
        });
        let names = Genes::new(genes.iter().copied()).expect("distinct");
        let components = components.collect();
        Fitted {
            field: SparseField::new(names, Scale::IDENTITY, vec![], components).expect("sound"),
            reference: vec![1.0; genes.len()],
            times: (0.0, 10.0),
            observed: None,
            members: vec![],
        }
    }

    fn reaches(fitted: &Fitted, gene: usize) -> Vec<Reach> {
        let query = Query {
            interventions: &[Intervention::always(Gene(gene), Change::Knockout)],
            from: None,
            until: &Until::Steady,
        };
        let response = answer(fitted, &query).expect("stable");
        reach(&fitted.field, &response, &[Gene(gene)])
    }

    fn genes(path: &[usize]) -> Vec<Gene> {
        path.iter().map(|g| Gene(*g)).collect()
    }

    #[test]
    fn a_chain_is_walked_and_what_lies_apart_is_not_reached() {
        let fitted = linear(&["a", "b", "c", "d"], &[(0, 1, 0.5), (1, 2, -0.5)]);
        assert_eq!(
            reaches(&fitted, 0),
            [
                Reach::Perturbed,
                Reach::Direct(genes(&[0, 1])),
                Reach::Downstream(genes(&[0, 1, 2])),
                Reach::None,
            ]
        );
    }

    #[test]
    fn a_weak_edge_beside_a_strong_way_round_is_not_direct() {
        let edges = |direct| [(0, 1, 0.8), (1, 2, 0.8), (0, 2, direct)];
        let weak = linear(&["a", "b", "c"], &edges(0.1));
        assert_eq!(reaches(&weak, 0)[2], Reach::Downstream(genes(&[0, 1, 2])));
        let strong = linear(&["a", "b", "c"], &edges(0.9));
        assert_eq!(reaches(&strong, 0)[2], Reach::Direct(genes(&[0, 2])));
    }

    #[test]
    fn what_works_against_the_effect_carries_none_of_it() {
        // a lowers c by itself and raises it over b, less
        let fitted = linear(&["a", "b", "c"], &[(0, 1, 0.5), (1, 2, 0.5), (0, 2, -0.9)]);
        assert_eq!(reaches(&fitted, 0)[2], Reach::Direct(genes(&[0, 2])));
    }

    #[test]
    fn a_loop_does_not_end_in_itself() {
        let edges = [(0, 1, 0.5), (1, 2, 0.6), (2, 1, 0.6), (2, 3, 0.5)];
        let fitted = linear(&["a", "b", "c", "d"], &edges);
        let found = reaches(&fitted, 0);
        assert_eq!(found[3], Reach::Downstream(genes(&[0, 1, 2, 3])));
        let Reach::Direct(path) = &found[1] else {
            panic!("{found:?}");
        };
        assert_eq!(*path, genes(&[0, 1]));
    }
}
