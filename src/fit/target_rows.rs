//! All rows of one target, for fits that are not linear in the weights.
//!
//! With `Ω` the quadrature, `D` the covariates' design, `o` the target's own integrated course and
//! weights `w` of the rows, the part without a penalty is `N = √w [D, o]`. It is projected out of the
//! increments and of the integrated drive `Ω g`, which is the same as fitting both together:
//!
//! ```text
//! min over β, δ   ‖√w (y − Ω g) − N (β, −δ)‖²  =  ‖(1 − Q Qᵀ) √w (y − Ω g)‖²,   Q: basis of N
//! ```
//!
//! `β` and `δ` themselves are taken afterwards from the normal equations of the same problem.

use faer::linalg::solvers::{Llt, Solve};
use faer::{Mat, MatRef, Side};

use crate::genes::Gene;
use crate::numeric::{Projection, gram, product, squared_norm};
use crate::segments::Quadrature;

use super::moments::{Integrated, design_with_priors};

/// Rows of one target with their weights, and the projection that takes the covariates and the
/// target's own decay out.
pub(crate) struct TargetRows<'a> {
    data: &'a Integrated<'a>,
    target: Gene,
    rows: &'a [usize],
    roots: Vec<f64>,
    /// The rows' quadrature, weighted.
    quadrature: Quadrature,
    projection: Projection,
    nuisance: Nuisance,
    /// Increments, weighted and projected, of length one.
    pub(crate) response: Vec<f64>,
    /// `1/length` of the projected increments.
    pub(crate) unit: f64,
}

/// What the unpenalised part of one target came out as.
#[derive(Clone, Debug)]
pub(crate) struct Unpenalised {
    pub(crate) covariates: Vec<f64>,
    pub(crate) decay: f64,
}

struct Nuisance {
    columns: Mat<f64>,
    /// `1/length` of every column; the factor is that of columns of length one.
    units: Vec<f64>,
    factor: Llt<f64>,
    own: bool,
}

impl<'a> TargetRows<'a> {
    /// * `rows`: rows in which the target's increment is known
    /// * `own`: whether the target decays; without it the decay is 0
    ///
    /// # Cost   `O(n·k²)` for `k` unpenalised columns.
    pub(crate) fn new(
        data: &'a Integrated<'a>,
        rows: &'a [usize],
        target: Gene,
        own: bool,
    ) -> Self {
        let roots: Vec<f64> = rows
            .iter()
            .map(|&row| data.segments.weight(row).sqrt())
            .collect();
        let design = design_with_priors(data.segments, rows, &roots);
        let k = design.ncols();
        let mut columns = Mat::zeros(design.nrows(), k + usize::from(own));
        columns.as_mut().subcols_mut(0, k).copy_from(&design);
        if own {
            for (i, (&row, root)) in rows.iter().zip(&roots).enumerate() {
                columns[(i, k)] = root * data.values[(row, target.index())];
            }
        }
        let projection = Projection::new(columns.as_ref());
        let mut rows_of = Self {
            data,
            target,
            rows,
            quadrature: data.segments.quadrature().selected(rows, &roots),
            roots,
            projection,
            nuisance: Nuisance::new(columns, own),
            response: Vec::new(),
            unit: 0.0,
        };
        let mut response = rows_of.weighted_increments();
        rows_of.projection.remove_from(response.as_mut());
        let mut response = response.col_as_slice(0).to_vec();
        let length = squared_norm(&response).sqrt();
        rows_of.unit = if length > 0.0 { 1.0 / length } else { 0.0 };
        response.iter_mut().for_each(|y| *y *= rows_of.unit);
        rows_of.response = response;
        rows_of
    }

    fn height(&self) -> usize {
        self.nuisance.columns.nrows()
    }

    fn weighted_increments(&self) -> Mat<f64> {
        let mut out = Mat::zeros(self.height(), 1);
        for (i, (&row, root)) in self.rows.iter().zip(&self.roots).enumerate() {
            out[(i, 0)] = root * self.data.segments.increment(row, self.target);
        }
        out
    }

    /// Node values integrated over the rows, weighted, below them zeros for the priors.
    fn integrated(&self, nodes: MatRef<'_, f64>) -> Mat<f64> {
        self.quadrature
            .integrate(nodes, self.height() - self.rows.len())
    }

    /// Node values integrated, weighted and projected, `height × c`.
    pub(crate) fn projected(&self, nodes: MatRef<'_, f64>) -> Mat<f64> {
        let mut out = self.integrated(nodes);
        self.projection.remove_from(out.as_mut());
        out
    }

    /// The transpose of [`TargetRows::projected`] on a projected residual: what each node adds to
    /// the gradient.
    pub(crate) fn scattered(&self, residual: &[f64]) -> Vec<f64> {
        let mut at_nodes = vec![0.0; self.data.segments.nodes().nrows()];
        self.quadrature.scatter_into(residual, &mut at_nodes);
        at_nodes
    }

    /// Influences and decay that fit best with a drive of the regulators, in the units of the
    /// increments.
    ///
    /// * `drive`: one number per node
    pub(crate) fn unpenalised(&self, drive: MatRef<'_, f64>) -> Unpenalised {
        let mut residual = self.weighted_increments();
        residual -= self.integrated(drive);
        let mut covariates = self.nuisance.solve(&residual);
        let decay = if self.nuisance.own {
            -covariates.pop().unwrap_or(0.0)
        } else {
            0.0
        };
        Unpenalised { covariates, decay }
    }

    /// Predicted increments of some rows.
    pub(crate) fn predict(
        &self,
        rows: &[usize],
        drive: MatRef<'_, f64>,
        rest: &Unpenalised,
    ) -> Vec<f64> {
        let segments = self.data.segments;
        let ones = vec![1.0; rows.len()];
        let inner = segments
            .quadrature()
            .selected(rows, &ones)
            .integrate(drive, 0);
        let mut predicted = Vec::with_capacity(rows.len());
        for (&row, integral) in rows.iter().zip(inner.col_as_slice(0)) {
            let given = segments.design(row).iter().zip(&rest.covariates);
            let own = self.data.values[(row, self.target.index())];
            predicted.push(integral + given.map(|(d, b)| d * b).sum::<f64>() - rest.decay * own);
        }
        predicted
    }
}

impl Nuisance {
    fn new(columns: Mat<f64>, own: bool) -> Self {
        let mut normal = gram(columns.as_ref());
        let units: Vec<f64> = (0..normal.ncols())
            .map(|k| inverse_length(normal[(k, k)]))
            .collect();
        for j in 0..units.len() {
            for i in 0..units.len() {
                normal[(i, j)] *= units[i] * units[j];
            }
            // dependent columns (windows that add up to the intercept) share their coefficient
            normal[(j, j)] += if units[j] > 0.0 { DEPENDENT } else { 1.0 };
        }
        let factor = Llt::new(normal.as_ref(), Side::Lower)
            .expect("a Gram matrix with a ridge is positive definite");
        Self {
            columns,
            units,
            factor,
            own,
        }
    }

    /// Coefficients of the columns that fit a residual best; 0 for a column of zeros.
    fn solve(&self, residual: &Mat<f64>) -> Vec<f64> {
        let mut right = product(self.columns.as_ref(), residual.as_ref());
        for (k, unit) in self.units.iter().enumerate() {
            right[(k, 0)] *= *unit;
        }
        let solution = self.factor.solve(&right);
        let column = solution.col(0);
        column
            .iter()
            .zip(&self.units)
            .map(|(x, unit)| x * unit)
            .collect()
    }
}

/// `1/√square`; 0 for a column whose square has lost its digits to underflow.
fn inverse_length(square: f64) -> f64 {
    if square > 1e16 * f64::MIN_POSITIVE {
        square.sqrt().recip()
    } else {
        0.0
    }
}

/// Ridge on columns of length one: far below any share of variance that matters and far above
/// rounding, so that the normal equations of dependent columns have a solution.
const DEPENDENT: f64 = 1e-10;
