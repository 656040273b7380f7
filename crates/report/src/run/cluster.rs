//! Similar rows next to each other.

use kodama::{Method, linkage};

/// An order of rows by average linkage: similar ones are next to each other.
///
/// Of the two orders of each branch that is put together from two, that is taken which brings the
/// nearer ends together.
///
/// * `rows`: vectors of one length, of finite numbers
/// * returns each position once
///
/// # Cost     `O(n²·(m + log n))` for `n` rows of length `m`.
/// # Source   Sokal & Michener (1958), Univ. Kansas Sci. Bull. 38:1409 (average linkage).
pub(super) fn clustered(rows: &[Vec<f64>]) -> Vec<usize> {
    let distance = |a: usize, b: usize| {
        let pairs = rows[a].iter().zip(&rows[b]);
        pairs.map(|(x, y)| (x - y).powi(2)).sum::<f64>().sqrt()
    };
    let n = rows.len();
    let pairs = (0..n).flat_map(|a| (a + 1..n).map(move |b| (a, b)));
    let mut condensed: Vec<f64> = pairs.map(|(a, b)| distance(a, b)).collect();
    let mut branches: Vec<Vec<usize>> = (0..n).map(|at| vec![at]).collect();
    for step in linkage(&mut condensed, n, Method::Average).steps() {
        let first = std::mem::take(&mut branches[step.cluster1]);
        let second = std::mem::take(&mut branches[step.cluster2]);
        branches.push(joined(first, second, distance));
    }
    branches.pop().unwrap_or_default()
}

/// One branch after the other, turned such that their touching ends are the nearest.
fn joined(
    first: Vec<usize>,
    second: Vec<usize>,
    distance: impl Fn(usize, usize) -> f64,
) -> Vec<usize> {
    let mut best: Option<(f64, Vec<usize>)> = None;
    for (turn_first, turn_second) in [(false, false), (true, false), (false, true), (true, true)] {
        let (mut front, back) = (turned(&first, turn_first), turned(&second, turn_second));
        let gap = distance(front[front.len() - 1], back[0]);
        if best.as_ref().is_none_or(|(least, _)| gap < *least) {
            front.extend(back);
            best = Some((gap, front));
        }
    }
    best.map(|(_, order)| order).unwrap_or_default()
}

fn turned(branch: &[usize], turn: bool) -> Vec<usize> {
    if turn {
        branch.iter().rev().copied().collect()
    } else {
        branch.to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_two_blocks_are_separated() {
        let rows: Vec<Vec<f64>> = (0..8)
            .map(|row| {
                let columns = (0..6).map(|column| {
                    let block = if column % 2 == row % 2 { 1.0 } else { -1.0 };
                    block + 0.01 * f64::from(row * column)
                });
                columns.collect()
            })
            .collect();
        let order = clustered(&rows);
        let changes = order.windows(2).filter(|pair| pair[0] % 2 != pair[1] % 2);
        assert_eq!(changes.count(), 1, "{order:?}");
        let mut sorted = order;
        sorted.sort_unstable();
        assert_eq!(sorted, (0..8).collect::<Vec<_>>());
    }

    #[test]
    fn rows_along_a_line_are_in_its_order() {
        let positions = [3.0, 0.0, 4.1, 1.1, 2.3];
        let order = clustered(&positions.map(|x| vec![x]));
        let along: Vec<f64> = order.iter().map(|at| positions[*at]).collect();
        let rising = along.windows(2).all(|pair| pair[0] < pair[1]);
        let falling = along.windows(2).all(|pair| pair[0] > pair[1]);
        assert!(rising || falling, "{along:?}");
    }

    #[test]
    fn none_and_one_and_equal_rows_have_an_order() {
        assert!(clustered(&[]).is_empty());
        assert_eq!(clustered(&[vec![1.0]]), [0]);
        assert_eq!(clustered(&vec![vec![0.0, 0.0]; 5]).len(), 5);
    }
}
