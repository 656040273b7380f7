//! Which end of the process each cell reaches.
//!
//! From its last state every cell follows `dx/dt = f(x)` without noise to a steady state, judged
//! by `|fᵢ(x)| ≤ ε δ_min x_full`; cells whose steady states differ by less than a few percent of the
//! full levels form one lineage. By Heun's method in equal steps, since only the basin of attraction
//! matters.

use rayon::prelude::*;

use crate::simulate::integrate::{HEUN, Span, integrate};
use crate::simulate::kinetics::{Kinetics, Perturbation};

/// In a steady state, no variable changes by more than this part of its full level during the
/// slowest time constant: a two-hundredth of [`SAME_END`].
const STILL: f64 = 1e-4;
/// How many of the slowest time constants a cell has to reach a steady state.
const LONGEST: usize = 100;
/// How many cells decide whether the network has steady states at all; an oscillator would cost
/// each of them the longest time.
const PROBES: usize = 64;
/// Step as a part of the fastest time constant: inside the stable region of the method also where
/// a steep rule makes a network faster than its decays.
const PART_OF_FASTEST: f64 = 0.2;
/// Ends are the same if they differ by at most this part of the full levels.
const SAME_END: f64 = 0.02;
/// Fewest cells of a lineage: fewer cannot be read as one.
const FEWEST_CELLS: usize = 3;
/// Smallest share of the cells of a lineage.
const SMALLEST_SHARE: f64 = 0.01;

/// mRNA in the steady state that the network reaches from each state without noise, if it does.
fn ends_of(kinetics: &Kinetics, states: Vec<Vec<f64>>) -> Vec<Option<Vec<f64>>> {
    let mut first = states;
    let others = first.split_off(PROBES.min(first.len()));
    let mut ends: Vec<_> = first.into_par_iter().map(|x| end_of(kinetics, x)).collect();
    if ends.iter().any(Option::is_some) {
        ends.par_extend(others.into_par_iter().map(|x| end_of(kinetics, x)));
    } else {
        ends.extend(others.iter().map(|_| None));
    }
    ends
}

fn end_of(kinetics: &Kinetics, mut x: Vec<f64>) -> Option<Vec<f64>> {
    let (full, slowest) = (kinetics.full_levels(), kinetics.slowest_rate());
    let calm = Perturbation::none(kinetics.genes().len());
    let mut velocity = kinetics.velocity(&calm);
    let step = PART_OF_FASTEST / kinetics.fastest_rate();
    let span = Span::covering(0.0, 1.0 / slowest, step);
    let mut dx = vec![0.0; x.len()];
    for _ in 0..LONGEST {
        integrate(&HEUN, &mut velocity, span, &mut x);
        velocity(0.0, &x, &mut dx);
        let mut changes = dx.iter().zip(&full);
        if changes.all(|(dx, full)| dx.abs() <= STILL * slowest * full) {
            x.truncate(kinetics.genes().len());
            return Some(x);
        }
    }
    None
}

/// The ends that cells reach, the most frequent first, then the one of the first cell.
pub(super) struct Lineages {
    /// mRNA at each end; `None` for cells without a steady state.
    pub(super) ends: Vec<Option<Vec<f64>>>,
    /// The end of each cell.
    pub(super) of_cell: Vec<usize>,
}

/// Cells that reach one end, in their order.
struct Group {
    end: Option<Vec<f64>>,
    cells: Vec<usize>,
}

impl Lineages {
    /// Groups cells by the ends that they reach from their last states.
    ///
    /// # Cost     some hundred evaluations of the kinetics a cell, in parallel, more where it
    ///   approaches it slowly; `O(cells · ends · genes)` for the groups.
    pub(super) fn of(kinetics: &Kinetics, lasts: Vec<Vec<f64>>) -> Self {
        let (cells, full) = (lasts.len(), &kinetics.full_levels()[..]);
        let mut groups: Vec<Group> = Vec::new();
        for (cell, end) in ends_of(kinetics, lasts).into_iter().enumerate() {
            let mut known = groups.iter_mut();
            match known.find(|group| distance(&group.end, &end, full) <= SAME_END) {
                Some(group) => group.cells.push(cell),
                None => groups.push(Group {
                    end,
                    cells: vec![cell],
                }),
            }
        }
        sort(&mut groups);
        let groups = without_rare(groups, cells, full);
        let mut of_cell = vec![0; cells];
        for (lineage, group) in groups.iter().enumerate() {
            for &cell in &group.cells {
                of_cell[cell] = lineage;
            }
        }
        Self {
            ends: groups.into_iter().map(|group| group.end).collect(),
            of_cell,
        }
    }
}

/// Most cells first, then by the first cell.
fn sort(groups: &mut [Group]) {
    groups.sort_by_key(|group| (usize::MAX - group.cells.len(), group.cells[0]));
}

/// Gives the cells of rare ends to the nearest frequent one, the largest of equally near ones.
///
/// * `groups`: sorted; the largest always stays
fn without_rare(mut groups: Vec<Group>, cells: usize, full: &[f64]) -> Vec<Group> {
    let fewest = FEWEST_CELLS.max((SMALLEST_SHARE * cells as f64).ceil() as usize);
    let frequent = groups.iter().filter(|group| group.cells.len() >= fewest);
    let rare = groups.split_off(frequent.count().max(1));
    for group in rare {
        let mut nearest = 0;
        let mut shortest = distance(&groups[0].end, &group.end, full);
        for (number, kept) in groups.iter().enumerate().skip(1) {
            let distance = distance(&kept.end, &group.end, full);
            if distance < shortest {
                (nearest, shortest) = (number, distance);
            }
        }
        groups[nearest].cells.extend(group.cells);
        groups[nearest].cells.sort_unstable();
    }
    sort(&mut groups);
    groups
}

/// Largest difference of a gene, as a part of its full level; 0 between two that are not steady
/// states, infinite between one that is and one that is not.
fn distance(a: &Option<Vec<f64>>, b: &Option<Vec<f64>>, full: &[f64]) -> f64 {
    match (a, b) {
        (Some(a), Some(b)) => {
            let parts = a.iter().zip(b).zip(full);
            parts.fold(0.0, |far, ((a, b), full)| far.max((a - b).abs() / full))
        }
        (None, None) => 0.0,
        _ => f64::INFINITY,
    }
}
