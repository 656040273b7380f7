//! What the adaptive integrators follow: a velocity and, where it is known, its Jacobian.

use std::sync::{Arc, OnceLock};

use faer::sparse::linalg::lu::{SymbolicLu, factorize_symbolic_lu};
use faer::sparse::{Pair, SymbolicSparseColMat};

/// A system `dx/dt = f(t, x)` of `n` variables.
///
/// The integrators try states before they accept them, and those may lie below 0 by as much as
/// the tolerance even where no solution does: a velocity with roots or powers takes `x.max(0.0)`.
pub trait System {
    /// How many variables there are, `n`.
    fn size(&self) -> usize;

    /// `dx ← f(t, x)`.
    fn velocity_into(&self, t: f64, x: &[f64], dx: &mut [f64]);

    /// Where `∂f/∂x` may be other than 0; none where no derivatives are known.
    fn pattern(&self) -> Option<&Pattern> {
        None
    }

    /// `values[k] ← ∂fᵢ/∂xⱼ` where `(i, j)` is entry `k` of the pattern, in its order.
    ///
    /// Entries that occur twice are added, so each term of a velocity can have its own.
    ///
    /// # Panics   by default: a system with a pattern gives its values too.
    fn jacobian_into(&self, t: f64, x: &[f64], values: &mut [f64]) {
        let _ = (t, x, values);
        unreachable!("a system with a pattern writes its derivatives");
    }
}

/// A system of which only the velocity is known.
pub struct Velocity<F> {
    size: usize,
    velocity: F,
}

impl<F: Fn(f64, &[f64], &mut [f64])> Velocity<F> {
    /// `size` variables; `velocity` writes `f(t, x)` into its third argument.
    pub fn new(size: usize, velocity: F) -> Self {
        Self { size, velocity }
    }
}

impl<F: Fn(f64, &[f64], &mut [f64])> System for Velocity<F> {
    fn size(&self) -> usize {
        self.size
    }

    fn velocity_into(&self, t: f64, x: &[f64], dx: &mut [f64]) {
        (self.velocity)(t, x, dx);
    }
}

/// The positions at which a Jacobian may be other than 0, in the order of the system's choice.
#[derive(Clone, Debug)]
pub struct Pattern {
    entries: Vec<(usize, usize)>,
    /// The entries and the diagonal, column by column.
    columns: SymbolicSparseColMat<usize>,
    /// Where in `columns` each entry stands.
    slots: Vec<usize>,
    by_row: Grouped,
    by_column: Grouped,
    /// Entries on the diagonal.
    diagonal: Vec<usize>,
    /// The order of elimination, once it was needed: it serves all matrices of the pattern.
    ordering: OnceLock<Option<Arc<SymbolicLu<usize>>>>,
}

/// Entries of a pattern by row or by column, in their order within each, so that products add up in
/// a register.
#[derive(Clone, Debug)]
struct Grouped {
    /// Where the entries of each row start among `positions`, and where the last end.
    starts: Vec<usize>,
    /// Number of the entry, and its column.
    positions: Vec<(usize, usize)>,
}

impl Grouped {
    /// * `pairs`: row and column of every entry
    fn new(size: usize, pairs: impl Iterator<Item = (usize, usize)> + Clone) -> Self {
        let mut starts = vec![0; size + 1];
        pairs.clone().for_each(|(row, _)| starts[row + 1] += 1);
        for row in 0..size {
            starts[row + 1] += starts[row];
        }
        let mut next = starts.clone();
        let mut positions = vec![(0, 0); starts[size]];
        for (entry, (row, column)) in pairs.enumerate() {
            positions[next[row]] = (entry, column);
            next[row] += 1;
        }
        Self { starts, positions }
    }

    fn multiply_into(&self, values: &[f64], x: &[f64], y: &mut [f64]) {
        for (y, bounds) in y.iter_mut().zip(self.starts.windows(2)) {
            let positions = self.positions[bounds[0]..bounds[1]].iter();
            *y = positions.fold(0.0, |sum, &(entry, column)| sum + values[entry] * x[column]);
        }
    }
}

impl Pattern {
    /// The pattern of `size` variables with the given entries, row (whose velocity) first.
    ///
    /// # Panics   if a row or column is not below `size` (a bug in the caller).
    /// # Cost     `O(e log e)` time for `e` entries, 90 bytes of memory each.
    #[must_use]
    pub fn new(size: usize, entries: Vec<(usize, usize)>) -> Self {
        let fits = entries.iter().all(|&(i, j)| i < size && j < size);
        assert!(fits, "every entry lies within the matrix");
        let diagonal = (0..size).map(|i| Pair::new(i, i));
        let pairs: Vec<_> = diagonal
            .chain(entries.iter().map(|&(i, j)| Pair::new(i, j)))
            .collect();
        let (columns, _) = SymbolicSparseColMat::try_new_from_indices(size, size, &pairs)
            .expect("the entries were checked");
        let slots = entries
            .iter()
            .map(|&(row, column)| slot(&columns, row, column))
            .collect();
        let swapped = entries.iter().map(|&(row, column)| (column, row));
        let on_diagonal = |&entry: &usize| entries[entry].0 == entries[entry].1;
        Self {
            by_row: Grouped::new(size, entries.iter().copied()),
            by_column: Grouped::new(size, swapped),
            diagonal: (0..entries.len()).filter(on_diagonal).collect(),
            entries,
            columns,
            slots,
            ordering: OnceLock::new(),
        }
    }

    /// The order in which a matrix of the pattern is factorised; none where it has no factorisation
    /// whatever its values. It is found once.
    pub(super) fn ordering(&self) -> Option<Arc<SymbolicLu<usize>>> {
        let find = || {
            let ordered = factorize_symbolic_lu(self.columns.as_ref(), Default::default());
            ordered.ok().map(Arc::new)
        };
        self.ordering.get_or_init(find).clone()
    }

    /// The entries as given, row first.
    #[must_use]
    pub fn entries(&self) -> &[(usize, usize)] {
        &self.entries
    }

    /// How many entries were given, which is how many values a Jacobian has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// True where no entry was given.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// `y ← A x` for the matrix with these values at the entries, which add up.
    pub(super) fn multiply_into(&self, values: &[f64], x: &[f64], y: &mut [f64]) {
        self.by_row.multiply_into(values, x, y);
    }

    /// `y ← Aᵀ x`.
    pub(super) fn multiply_transposed_into(&self, values: &[f64], x: &[f64], y: &mut [f64]) {
        self.by_column.multiply_into(values, x, y);
    }

    /// Entries with their columns, row after row, and where the rows start.
    pub(super) fn rows(&self) -> (&[usize], &[(usize, usize)]) {
        (&self.by_row.starts, &self.by_row.positions)
    }

    /// Numbers of the entries on the diagonal.
    pub(super) fn diagonal(&self) -> &[usize] {
        &self.diagonal
    }

    /// The entries and the diagonal, as a sparse matrix has them.
    pub fn columns(&self) -> &SymbolicSparseColMat<usize> {
        &self.columns
    }

    /// Adds the values of the entries up at their positions in the sparse matrix.
    pub fn gather(&self, values: &[f64], into: &mut [f64]) {
        into.fill(0.0);
        for (&slot, value) in self.slots.iter().zip(values) {
            into[slot] += value;
        }
    }
}

/// Where entry `(row, column)` stands among the entries of all columns.
fn slot(columns: &SymbolicSparseColMat<usize>, row: usize, column: usize) -> usize {
    let range = columns.col_range(column);
    let within = columns.row_idx()[range.clone()]
        .binary_search(&row)
        .expect("the pattern was made from this entry");
    range.start + within
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_find_their_place_whatever_the_order() {
        let pattern = Pattern::new(3, vec![(2, 0), (0, 2), (2, 0), (1, 1)]);
        let mut into = vec![f64::NAN; pattern.columns().row_idx().len()];
        pattern.gather(&[1.0, 2.0, 10.0, 5.0], &mut into);
        // by columns: (0,0) (2,0) | (1,1) | (0,2) (2,2)
        assert_eq!(into, [0.0, 11.0, 5.0, 2.0, 0.0]);
    }
}
