//! The Jacobian at one state, as a sparse matrix that can be multiplied and solved with.

use std::sync::Arc;

use faer::dyn_stack::{MemBuffer, MemStack};
use faer::sparse::linalg::lu::{LuRef, NumericLu, SymbolicLu};
use faer::sparse::{SparseColMatRef, SymbolicSparseColMatRef};
use faer::{ColMut, Conj, Par};

use super::system::{Pattern, System};

/// `J = ∂f/∂x` at one time and state.
pub struct Jacobian<'s> {
    pattern: &'s Pattern,
    values: Vec<f64>,
}

impl<'s> Jacobian<'s> {
    /// All values 0.
    pub fn new(pattern: &'s Pattern) -> Self {
        Self {
            pattern,
            values: vec![0.0; pattern.len()],
        }
    }

    /// Takes the derivatives at `t` and `x`.
    pub fn update(&mut self, system: &dyn System, t: f64, x: &[f64]) {
        system.jacobian_into(t, x, &mut self.values);
    }

    /// The Jacobian with these values, in the order of the pattern.
    ///
    /// # Panics   unless there is a value for every entry (a bug in the caller).
    pub(super) fn with_values(pattern: &'s Pattern, values: Vec<f64>) -> Self {
        assert_eq!(values.len(), pattern.len(), "one value an entry");
        Self { pattern, values }
    }

    /// The values, to be changed.
    pub(super) fn values_mut(&mut self) -> &mut [f64] {
        &mut self.values
    }

    /// The values, which are all that it holds.
    pub(super) fn into_values(self) -> Vec<f64> {
        self.values
    }

    /// Where the values are.
    pub fn pattern(&self) -> &'s Pattern {
        self.pattern
    }

    /// The values, in the order of the pattern.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// `y ← J x`.
    pub fn multiply_into(&self, x: &[f64], y: &mut [f64]) {
        self.pattern.multiply_into(&self.values, x, y);
    }

    /// `y ← Jᵀ x`.
    pub(super) fn multiply_transposed_into(&self, x: &[f64], y: &mut [f64]) {
        self.pattern.multiply_transposed_into(&self.values, x, y);
    }

    /// `y[i] ← Σⱼ |Jᵢⱼ xⱼ|`: how much flows through each variable.
    pub fn flows_into(&self, x: &[f64], y: &mut [f64]) {
        y.fill(0.0);
        for (&(i, j), value) in self.pattern.entries().iter().zip(&self.values) {
            y[i] += (value * x[j]).abs();
        }
    }

    /// The diagonal, `Jᵢᵢ`.
    pub fn diagonal(&self) -> Vec<f64> {
        let mut diagonal = vec![0.0; self.pattern.columns().ncols()];
        for &entry in self.pattern.diagonal() {
            diagonal[self.pattern.entries()[entry].0] += self.values[entry];
        }
        diagonal
    }
}

fn columns(pattern: &Pattern) -> SymbolicSparseColMatRef<'_, usize> {
    pattern.columns().as_ref()
}

/// A sparse LU factorisation, on one thread, so that its bits do not depend on their number.
pub struct SparseLu {
    symbolic: Arc<SymbolicLu<usize>>,
    numeric: NumericLu<usize, f64>,
    /// Values of the matrix that was factored last.
    values: Vec<f64>,
    /// Whether `numeric` holds the factors of a matrix.
    factored: bool,
    factor_memory: MemBuffer,
    solve_memory: MemBuffer,
}

impl SparseLu {
    /// Memory for matrices of a pattern; none where they have no factorisation whatever their values.
    pub fn new(pattern: &Pattern) -> Option<Self> {
        let symbolic = pattern.ordering()?;
        let factor = symbolic.factorize_numeric_lu_scratch::<f64>(Par::Seq, Default::default());
        let solve = symbolic.solve_in_place_scratch::<f64>(1, Par::Seq);
        let transposed = symbolic.solve_transpose_in_place_scratch::<f64>(1, Par::Seq);
        Some(Self {
            symbolic,
            numeric: NumericLu::new(),
            values: vec![0.0; pattern.columns().row_idx().len()],
            factored: false,
            factor_memory: MemBuffer::new(factor),
            solve_memory: MemBuffer::new(solve.or(transposed)),
        })
    }

    /// Factors the matrix again; none where a number in it is not finite.
    pub fn factor(&mut self, jacobian: &Jacobian<'_>) -> Option<()> {
        self.factored = false;
        let pattern = jacobian.pattern;
        pattern.gather(&jacobian.values, &mut self.values);
        if !self.values.iter().all(|v| v.is_finite()) {
            return None;
        }
        let memory = MemStack::new(&mut self.factor_memory);
        let matrix = SparseColMatRef::new(columns(pattern), &self.values);
        self.symbolic
            .factorize_numeric_lu(
                &mut self.numeric,
                matrix,
                Par::Seq,
                memory,
                Default::default(),
            )
            .ok()?;
        self.factored = true;
        Some(())
    }

    /// `x ← J⁻¹ x` for the matrix that was factored last; none, with `x` spoilt, where it is
    /// singular.
    pub fn solve(&mut self, x: &mut [f64]) -> Option<()> {
        if !self.factored {
            return None;
        }
        LuRef::new_unchecked(&self.symbolic, &self.numeric).solve_in_place_with_conj(
            Conj::No,
            ColMut::from_slice_mut(x).as_mat_mut(),
            Par::Seq,
            MemStack::new(&mut self.solve_memory),
        );
        x.iter().all(|v| v.is_finite()).then_some(())
    }

    /// `x ← J⁻ᵀ x`, as [`SparseLu::solve`].
    pub fn solve_transposed(&mut self, x: &mut [f64]) -> Option<()> {
        if !self.factored {
            return None;
        }
        LuRef::new_unchecked(&self.symbolic, &self.numeric).solve_transpose_in_place_with_conj(
            Conj::No,
            ColMut::from_slice_mut(x).as_mat_mut(),
            Par::Seq,
            MemStack::new(&mut self.solve_memory),
        );
        x.iter().all(|v| v.is_finite()).then_some(())
    }
}
