//! Fixed points of the field under clamps, and their gradient.

use faer::dyn_stack::{MemBuffer, MemStack};
use faer::sparse::linalg::lu::{LuRef, NumericLu, SymbolicLu, factorize_symbolic_lu};
use faer::sparse::{SparseColMatRef, SymbolicSparseColMat, SymbolicSparseColMatRef};
use faer::{ColMut, Conj, Par};

use crate::expression::Scale;
use crate::numeric::{KrylovStop, dot, krylov, median};

use super::clamps::Clamps;
use super::layout::{At, Layout};

/// The sparse matrix `I − ∂G/∂z` of a field, `G_i = drive_i / δ_i`, as a pattern.
pub(super) struct Pattern {
    columns: SymbolicSparseColMat<usize>,
    /// Place of every entry `(target, regulator)` among the values, targets after one another.
    slots: Vec<usize>,
    /// Place of every diagonal entry.
    diagonal: Vec<usize>,
    symbolic: SymbolicLu<usize>,
}

impl Pattern {
    /// Orders the matrix once for all states and parameters.
    pub(super) fn new(layout: &Layout) -> Self {
        let p = layout.genes();
        let mut rows_of: Vec<Vec<usize>> = (0..p).map(|j| vec![j]).collect();
        for target in &layout.targets {
            for &j in &target.regulators {
                rows_of[j].push(target.gene);
            }
        }
        let mut starts = vec![0];
        let mut rows = Vec::new();
        for list in &mut rows_of {
            list.sort_unstable();
            list.dedup();
            rows.extend_from_slice(list);
            starts.push(rows.len());
        }
        let place = |i: usize, j: usize| {
            let column = &rows[starts[j]..starts[j + 1]];
            starts[j] + column.binary_search(&i).expect("an entry of the pattern")
        };
        let entries = |t: &super::layout::Target| -> Vec<usize> {
            t.regulators.iter().map(|&j| place(t.gene, j)).collect()
        };
        let slots = layout.targets.iter().flat_map(entries).collect();
        let diagonal = (0..p).map(|j| place(j, j)).collect();
        let columns = SymbolicSparseColMat::new_checked(p, p, starts, None, rows);
        let symbolic = factorize_symbolic_lu(columns.as_ref(), Default::default())
            .expect("the diagonal makes the pattern regular");
        Self {
            columns,
            slots,
            diagonal,
            symbolic,
        }
    }

    fn columns(&self) -> SymbolicSparseColMatRef<'_, usize> {
        self.columns.as_ref()
    }
}

/// Memory for one factorisation after another.
pub(super) struct Factors<'a> {
    pattern: &'a Pattern,
    /// `∂G/∂z`: one number for every regulator of every target.
    slopes: Vec<f64>,
    /// Where each target's slopes start.
    starts: Vec<usize>,
    /// Regulators of all targets, one after another.
    sources: Vec<usize>,
    values: Vec<f64>,
    numeric: NumericLu<usize, f64>,
    factor_memory: MemBuffer,
    solve_memory: MemBuffer,
    /// Weights of residuals.
    ones: Vec<f64>,
}

/// Products at most: beyond, a factorisation is cheaper.
const PRODUCTS: usize = 60;

impl<'a> Factors<'a> {
    pub(super) fn new(pattern: &'a Pattern, layout: &Layout) -> Self {
        let symbolic = &pattern.symbolic;
        let mut starts = vec![0];
        let mut sources = Vec::with_capacity(pattern.slots.len());
        for target in &layout.targets {
            sources.extend_from_slice(&target.regulators);
            starts.push(sources.len());
        }
        let factor = symbolic.factorize_numeric_lu_scratch::<f64>(Par::Seq, Default::default());
        let solve = symbolic.solve_in_place_scratch::<f64>(1, Par::Seq);
        let back = symbolic.solve_transpose_in_place_scratch::<f64>(1, Par::Seq);
        Self {
            pattern,
            slopes: vec![0.0; sources.len()],
            starts,
            sources,
            values: vec![0.0; pattern.columns().row_idx().len()],
            numeric: NumericLu::new(),
            factor_memory: MemBuffer::new(factor),
            solve_memory: MemBuffer::new(solve.or(back)),
            ones: vec![1.0; layout.targets.len()],
        }
    }

    /// `to ← (I − ∂G/∂z) v`, or its transpose.
    fn multiply(&self, v: &[f64], to: &mut [f64], transpose: bool) {
        to.copy_from_slice(v);
        for i in 0..v.len() {
            let row = self.starts[i]..self.starts[i + 1];
            let entries = self.sources[row.clone()].iter().zip(&self.slopes[row]);
            if transpose {
                entries.for_each(|(&j, slope)| to[j] -= slope * v[i]);
            } else {
                to[i] -= entries.map(|(&j, slope)| slope * v[j]).sum::<f64>();
            }
        }
    }

    /// Whether a small displacement decays under `x ← x + ½(∂G/∂z x − x)`.
    pub(super) fn stable(&self) -> bool {
        let mut x: Vec<f64> = (0..self.starts.len() - 1)
            .map(|i| 1.0 + 0.5 * (i as f64).sin())
            .collect();
        let mut away = x.clone();
        let mut before = f64::INFINITY;
        for step in 0..=DECAY_STEPS {
            if step == DECAY_STEPS / 2 {
                before = dot(&x, &x);
            }
            self.multiply(&x, &mut away, false);
            x.iter_mut()
                .zip(&away)
                .for_each(|(x, away)| *x -= 0.5 * away);
        }
        dot(&x, &x) <= before
    }

    /// `x ← (I − ∂G/∂z)⁻¹ x`, or its transpose, to a residual of `tolerance` of `x`: by products
    /// alone where few are enough, else by a factorisation.
    fn solve(&mut self, x: &mut [f64], transpose: bool, tolerance: f64) -> Option<()> {
        let product = |v: &[f64], to: &mut [f64]| self.multiply(v, to, transpose);
        let stop = KrylovStop {
            tolerance,
            columns: PRODUCTS,
        };
        if let Some(found) = krylov(product, |_| Some(()), (x, &self.ones), stop) {
            x.copy_from_slice(&found);
            return Some(());
        }
        self.factor()?;
        self.solve_factored(x, transpose)
    }

    /// Factors the matrix; none where a number in it is not finite.
    fn factor(&mut self) -> Option<()> {
        if !self.slopes.iter().all(|v| v.is_finite()) {
            return None;
        }
        let pattern = self.pattern;
        self.values.fill(0.0);
        pattern
            .diagonal
            .iter()
            .for_each(|&at| self.values[at] = 1.0);
        let pairs = pattern.slots.iter().zip(&self.slopes);
        pairs.for_each(|(&at, slope)| self.values[at] -= slope);
        pattern
            .symbolic
            .factorize_numeric_lu(
                &mut self.numeric,
                SparseColMatRef::new(pattern.columns(), &self.values),
                Par::Seq,
                MemStack::new(&mut self.factor_memory),
                Default::default(),
            )
            .ok()?;
        Some(())
    }

    fn solve_factored(&mut self, x: &mut [f64], transpose: bool) -> Option<()> {
        let lu = LuRef::new_unchecked(&self.pattern.symbolic, &self.numeric);
        let to = ColMut::from_slice_mut(x).as_mat_mut();
        let memory = MemStack::new(&mut self.solve_memory);
        if transpose {
            lu.solve_transpose_in_place_with_conj(Conj::No, to, Par::Seq, memory);
        } else {
            lu.solve_in_place_with_conj(Conj::No, to, Par::Seq, memory);
        }
        x.iter().all(|v| v.is_finite()).then_some(())
    }
}

/// The equations `z = G(z)` of states at rest under one set of parameters.
pub(super) struct Equations<'a> {
    pub(super) layout: &'a Layout,
    pub(super) scale: Scale,
    /// Natural parameters.
    pub(super) natural: &'a [f64],
    /// Share `κ` of what a gene sees that is the model's state; the rest is what was measured.
    pub(super) coupling: f64,
}

/// One state at rest that is asked for.
#[derive(Clone, Copy)]
pub(super) struct Rest<'a> {
    pub(super) clamps: &'a Clamps,
    /// Levels that were measured, as they are seen.
    pub(super) measured: &'a [f64],
}

/// Steps in which a displacement must decay.
const DECAY_STEPS: usize = 60;
/// Newton steps at most from a near start.
const STEPS: usize = 30;
/// Steps of relaxation before Newton's method is tried again.
const RELAXATIONS: usize = 400;
/// Residual of the linear system of a Newton step: the next step takes care of what is left.
const FORCING: f64 = 1e-4;
/// Residual of the linear system of a gradient.
const EXACT: f64 = 1e-12;
/// Residual of `z = G(z)`, as a share of `1 + |z|`, at which a state is at rest.
const AT_REST: f64 = 1e-11;
/// The same at which a path is left for Newton's method.
const NEARLY: f64 = 1e-3;

impl Equations<'_> {
    /// The state at rest that is found from `z`, with `∂G/∂z` taken in it.
    ///
    /// Newton's method with steps halved until the residual falls; where that fails, the system
    /// is first relaxed towards `G`, each gene by half of the way.
    ///
    /// Returns the number of velocities taken; none where nothing is at rest.
    pub(super) fn rest(
        &self,
        rest: Rest<'_>,
        z: &mut Vec<f64>,
        factors: &mut Factors<'_>,
    ) -> Option<usize> {
        rest.clamps.place(z);
        let start = z.clone();
        let mut evaluations = 0;
        if self.newton(rest, z, factors, &mut evaluations).is_some() {
            return Some(evaluations);
        }
        z.copy_from_slice(&start);
        for _ in 0..4 {
            self.relax(rest, z);
            evaluations += RELAXATIONS;
            if self.newton(rest, z, factors, &mut evaluations).is_some() {
                return Some(evaluations);
            }
        }
        None
    }

    /// Where the path from `z` leads, roughly: steps exact in the decay, of half a typical
    /// lifetime each.
    fn relax(&self, rest: Rest<'_>, z: &mut [f64]) {
        let decays: Vec<f64> = self
            .layout
            .targets
            .iter()
            .map(|t| t.decay(self.natural))
            .collect();
        let h = 0.5 / median(&decays);
        for _ in 0..RELAXATIONS {
            let off = self.residual(rest, z);
            let pairs = z.iter_mut().zip(off.iter().zip(&decays));
            pairs.for_each(|(z, (off, decay))| *z -= (-decay * h).exp_m1() * off);
            if largest(&off) < NEARLY * (1.0 + largest(z)) {
                break;
            }
        }
    }

    /// The state at rest to which the path from `z` leads.
    pub(super) fn follow(
        &self,
        rest: Rest<'_>,
        z: &mut Vec<f64>,
        factors: &mut Factors<'_>,
    ) -> Option<usize> {
        rest.clamps.place(z);
        self.relax(rest, z);
        self.rest(rest, z, factors)
    }

    fn newton(
        &self,
        rest: Rest<'_>,
        z: &mut Vec<f64>,
        factors: &mut Factors<'_>,
        evaluations: &mut usize,
    ) -> Option<()> {
        let mut off = self.residual(rest, z);
        *evaluations += 1;
        for _ in 0..STEPS {
            self.linearise(rest, z, factors);
            let size = largest(&off);
            if size <= AT_REST * (1.0 + largest(z)) {
                return Some(());
            }
            let mut step = off.clone();
            factors.solve(&mut step, false, FORCING)?;
            let mut share = 1.0;
            let next = loop {
                let moved: Vec<f64> = z.iter().zip(&step).map(|(z, d)| z + share * d).collect();
                let there = self.residual(rest, &moved);
                *evaluations += 1;
                if largest(&there) < size {
                    break Some((moved, there));
                }
                share *= 0.5;
                if share < 1e-3 {
                    break None;
                }
            };
            // rounding alone is left when no step, however short, comes nearer
            let Some((moved, there)) = next else {
                return (size <= 1e3 * AT_REST * (1.0 + largest(z))).then_some(());
            };
            (*z, off) = (moved, there);
        }
        None
    }

    /// Levels that genes see: `κ` of the model's, the rest of the measured ones.
    pub(super) fn seen(&self, rest: Rest<'_>, z: &[f64]) -> Vec<f64> {
        let mut y = z.to_vec();
        rest.clamps.see(self.scale, z, &mut y);
        if self.coupling < 1.0 {
            let pairs = y.iter_mut().zip(rest.measured);
            pairs.for_each(|(y, measured)| *y = measured + self.coupling * (*y - measured));
        }
        y
    }

    /// `G(z) − z`, 0 for genes that are held.
    fn residual(&self, rest: Rest<'_>, z: &[f64]) -> Vec<f64> {
        let y = self.seen(rest, z);
        let of = |t: &super::layout::Target| {
            let own = z[t.gene];
            t.drive(self.natural, &y, own, &[]) / t.decay(self.natural) - own
        };
        let mut off: Vec<f64> = self.layout.targets.iter().map(of).collect();
        rest.clamps.release(&mut off);
        off
    }

    /// Takes `∂G/∂z`; rows of genes that are held are 0.
    fn linearise(&self, rest: Rest<'_>, z: &[f64], factors: &mut Factors<'_>) {
        let y = self.seen(rest, z);
        let mut seen = vec![self.coupling; z.len()];
        rest.clamps.see_back(self.scale, z, &mut seen);
        factors.slopes.fill(0.0);
        for (target, &first) in self.layout.targets.iter().zip(&factors.starts) {
            if rest.clamps.holds(target.gene) {
                continue;
            }
            let by_decay = 1.0 / target.decay(self.natural);
            target.slopes(self.natural, &y, z[target.gene], |index, slope| {
                let j = target.regulators[index];
                let factor = if j == target.gene { 1.0 } else { seen[j] };
                factors.slopes[first + index] += slope * factor * by_decay;
            });
        }
    }

    /// Adds the gradient by natural parameters of a function of the state at rest `z`.
    ///
    /// With `(I − ∂G/∂z)ᵀ μ = pull` it is `Σ_i μ_i ∂G_i/∂θ`, `G_i = drive_i/δ_i`.
    ///
    /// * `pull`: the function's gradient by the state; `factors`: linearised in `z`
    pub(super) fn add_gradient(
        &self,
        rest: Rest<'_>,
        z: &[f64],
        mut pull: Vec<f64>,
        factors: &mut Factors<'_>,
        gradient: &mut [f64],
    ) -> Option<()> {
        rest.clamps.release(&mut pull);
        factors.solve(&mut pull, true, EXACT)?;
        self.add_own_gradient(rest, z, &pull, gradient);
        Some(())
    }

    /// Adds `Σ_i pull_i ∂G_i/∂θ` over the genes that are not held.
    fn add_own_gradient(&self, rest: Rest<'_>, z: &[f64], pull: &[f64], gradient: &mut [f64]) {
        let y = self.seen(rest, z);
        let moved = |t: &&super::layout::Target| pull[t.gene] != 0.0 && !rest.clamps.holds(t.gene);
        for target in self.layout.targets.iter().filter(moved) {
            let own = z[target.gene];
            let decay = target.decay(self.natural);
            let c = pull[target.gene] / decay;
            let at = At { y: &y, own, u: &[] };
            let part = &mut gradient[target.at..target.at + target.width()];
            target.add_gradient(self.natural, &at, c, part);
            // G = drive/δ, which is the level itself
            part[1] -= c * own;
        }
    }
}

fn largest(values: &[f64]) -> f64 {
    // a NaN must not pass for a small number
    values.iter().fold(
        0.0,
        |most: f64, v| if v.abs() <= most { most } else { v.abs() },
    )
}
