//! Second moments of a set of rows with the unpenalised part projected out.
//!
//! With a wide unit the rows are linear in the weights, so a fit needs only `ZᵀZ` and `Zᵀy` of
//! the integrated regulators `Z = ΩX`:
//!
//! ```text
//! ‖y − Z v‖² = yᵀy − 2 vᵀZᵀy + vᵀZᵀZ v
//! ```
//!
//! They are computed once for a set of rows, the covariates projected out, and serve all targets; a
//! target's own decay, with its integrated course `o`, is then one rank-one correction
//! `ZᵀZ − (Zᵀo)(Zᵀo)ᵀ/oᵀo`. Regulators and increments are scaled to length one, which is the
//! standardisation inside conditions: the penalty then sees correlations, whatever the genes'
//! units and levels.

use faer::{Mat, MatRef};

use crate::genes::Gene;
use crate::numeric::{Projection, axpy, dot, gram, product, squared_norm};
use crate::prior::Prior;
use crate::segments::Segments;

use super::quadratic::Quadratic;

/// A regulator of which the projection leaves less than this share of its variance cannot be
/// told from the conditions or from the target's own decay. Rounding leaves about `1e-15` of a column
/// that is spanned exactly; data that are measured leave far more than `1e-8`.
const INDISTINCT: f64 = 1e-8;

/// `Ω X`: every gene integrated over every row, `n × p`, computed once for a fit.
#[derive(Debug)]
pub(crate) struct Integrated<'a> {
    pub(crate) segments: &'a Segments,
    pub(crate) regulators: &'a [Gene],
    pub(crate) values: Mat<f64>,
}

impl<'a> Integrated<'a> {
    pub(crate) fn new(segments: &'a Segments, regulators: &'a [Gene]) -> Self {
        let values = segments
            .quadrature()
            .integrate(segments.nodes().as_ref(), 0);
        Self {
            segments,
            regulators,
            values,
        }
    }

    fn columns(&self, rows: &[usize], roots: &[f64], genes: &[Gene], height: usize) -> Mat<f64> {
        let mut out = Mat::zeros(height, genes.len());
        for (j, gene) in genes.iter().enumerate() {
            let from = self.values.col_as_slice(gene.index());
            let to = out.col_as_slice_mut(j);
            for ((to, &row), root) in to.iter_mut().zip(rows).zip(roots) {
                *to = root * from[row];
            }
        }
        out
    }
}

/// The weighted unpenalised columns, and below them one row for every coefficient with a prior:
/// projecting these columns out is fitting them with their priors.
///
/// * `roots`: square roots of the rows' weights
pub(crate) fn design_with_priors(segments: &Segments, rows: &[usize], roots: &[f64]) -> Mat<f64> {
    let covariates = segments.covariates();
    let random: Vec<usize> = (0..covariates.len())
        .filter(|&c| covariates[c].standard_deviation.is_finite())
        .collect();
    let mut design = Mat::zeros(rows.len() + random.len(), covariates.len());
    for (i, (&row, root)) in rows.iter().zip(roots).enumerate() {
        for (c, value) in segments.design(row).iter().enumerate() {
            design[(i, c)] = root * value;
        }
    }
    for (at, &c) in random.iter().enumerate() {
        design[(rows.len() + at, c)] = 1.0 / covariates[c].standard_deviation;
    }
    design
}

/// Moments of some rows for some targets, conditions projected out.
#[derive(Debug)]
pub(crate) struct RowMoments {
    targets: Vec<Gene>,
    /// `ZᵀZ` of the regulators, `q × q`.
    cross: Mat<f64>,
    /// Raw squared lengths of the regulators before projection, `q`.
    raw: Vec<f64>,
    /// `Zᵀo` with every target's own column, `q × t`.
    own_cross: Mat<f64>,
    /// `Zᵀy` with every target's increments, `q × t`.
    response: Mat<f64>,
    /// `oᵀo`, `oᵀy`, `yᵀy` of every target.
    own: Vec<[f64; 3]>,
    /// Degrees of freedom left after the conditions.
    pub(crate) freedom: usize,
}

impl RowMoments {
    /// * `rows`: rows in which all `targets` have a known increment
    ///
    /// # Cost   `m·q²` flops for the shared part and `4·m·q·t` for the targets.
    pub(crate) fn new(data: &Integrated<'_>, rows: &[usize], targets: &[Gene]) -> Self {
        Self::with_columns(data, rows, targets, &[])
    }

    /// The same with other columns for some regulators.
    ///
    /// * `columns`: number of the regulator, and its integral over every row of the table
    ///
    /// # Cost   as [`RowMoments::new`].
    pub(crate) fn with_columns(
        data: &Integrated<'_>,
        rows: &[usize],
        targets: &[Gene],
        columns: &[(usize, &[f64])],
    ) -> Self {
        let segments = data.segments;
        let roots: Vec<f64> = rows
            .iter()
            .map(|&row| segments.weight(row).sqrt())
            .collect();
        let design = design_with_priors(segments, rows, &roots);
        let height = design.nrows();
        let projection = Projection::new(design.as_ref());
        let mut z = data.columns(rows, &roots, data.regulators, height);
        for (j, from) in columns {
            let pairs = rows.iter().zip(&roots);
            for (to, (&row, root)) in z.col_as_slice_mut(*j).iter_mut().zip(pairs) {
                *to = root * from[row];
            }
        }
        let raw = z
            .col_iter()
            .map(|c| c.iter().map(|x| x * x).sum())
            .collect();
        let mut own = data.columns(rows, &roots, targets, height);
        let mut y = Mat::from_fn(height, targets.len(), |i, t| match rows.get(i) {
            Some(&row) => roots[i] * segments.increment(row, targets[t]),
            None => 0.0,
        });
        for part in [&mut z, &mut own, &mut y] {
            projection.remove_from(part.as_mut());
        }
        let squares = (0..targets.len()).map(|t| {
            let (o, y) = (own.col_as_slice(t), y.col_as_slice(t));
            [squared_norm(o), dot(o, y), squared_norm(y)]
        });
        Self {
            targets: targets.to_vec(),
            raw,
            cross: gram(z.as_ref()),
            own_cross: product(z.as_ref(), own.as_ref()),
            response: product(z.as_ref(), y.as_ref()),
            own: squares.collect(),
            freedom: rows.len().saturating_sub(projection.rank()),
        }
    }

    /// `ZᵀZ` of the regulators after the projection, `q × q`.
    pub(crate) fn cross(&self) -> MatRef<'_, f64> {
        self.cross.as_ref()
    }

    /// Whether the conditions leave enough of regulator number `j` to tell it from them.
    pub(crate) fn distinct(&self, j: usize) -> bool {
        self.cross[(j, j)] > INDISTINCT * self.raw[j]
    }

    /// Writes target number `t`'s standardised problem: its own decay projected out if `own`, every
    /// regulator and the increments scaled to length one, so that `λ` is a correlation.
    ///
    /// # Cost   `O(q²)`.
    pub(crate) fn problem_into(
        &self,
        t: usize,
        regulators: &[Gene],
        prior: &Prior,
        own: bool,
        into: &mut Standardised,
    ) {
        let target = self.targets[t];
        let [oo, oy, yy] = self.own[t];
        let q = regulators.len();
        let root = if own && oo > 0.0 {
            1.0 / oo.sqrt()
        } else {
            0.0
        };
        into.own.clear();
        into.own
            .extend(self.own_cross.col(t).iter().map(|x| x * root));
        into.response_square = (yy - (oy * root).powi(2)).max(0.0);
        into.own_response = oy * root;
        into.own_root = root;
        let unit = if into.response_square > INDISTINCT * yy {
            1.0 / into.response_square.sqrt()
        } else {
            0.0
        };
        into.unit = unit;
        into.scales.clear();
        into.scales.extend((0..q).map(|j| {
            let left = self.cross[(j, j)] - into.own[j].powi(2);
            let distinct = left > INDISTINCT * self.raw[j] && regulators[j] != target;
            if distinct { 1.0 / left.sqrt() } else { 0.0 }
        }));
        into.factors.clear();
        into.factors.extend((0..q).map(|j| {
            let factor = prior.penalty_factor(target, regulators[j]);
            factor
                .filter(|_| into.scales[j] > 0.0)
                .unwrap_or(f64::INFINITY)
        }));
        into.linear.clear();
        into.linear.extend((0..q).map(|j| {
            (self.response[(j, t)] - into.own[j] * into.own_response) * into.scales[j] * unit
        }));
        self.hessian_into(into);
    }

    fn hessian_into(&self, into: &mut Standardised) {
        let q = into.scales.len();
        if into.hessian.nrows() != q {
            into.hessian = Mat::zeros(q, q);
        }
        for j in 0..q {
            let (scale, own) = (into.scales[j], into.own[j]);
            let column = into.hessian.col_as_slice_mut(j);
            if scale == 0.0 {
                column.fill(0.0);
                continue;
            }
            column.copy_from_slice(self.cross.col_as_slice(j));
            axpy(-own, &into.own, column);
            column
                .iter_mut()
                .zip(&into.scales)
                .for_each(|(x, s)| *x *= s * scale);
        }
    }
}

/// One target's problem in units in which every regulator and the increments have length one.
#[derive(Debug)]
pub(crate) struct Standardised {
    hessian: Mat<f64>,
    linear: Vec<f64>,
    /// Penalty factor of every regulator; infinite where it is forbidden or indistinct.
    pub(crate) factors: Vec<f64>,
    /// `1/length` of every regulator's projected column; 0 where it is indistinct.
    pub(crate) scales: Vec<f64>,
    /// `Zᵀo/‖o‖`.
    own: Vec<f64>,
    own_response: f64,
    own_root: f64,
    /// `1/length` of the projected increments; 0 where nothing is left to explain.
    pub(crate) unit: f64,
    /// `yᵀy` after all projections.
    pub(crate) response_square: f64,
}

impl Default for Standardised {
    fn default() -> Self {
        Self {
            hessian: Mat::zeros(0, 0),
            linear: Vec::new(),
            factors: Vec::new(),
            scales: Vec::new(),
            own: Vec::new(),
            own_response: 0.0,
            own_root: 0.0,
            unit: 0.0,
            response_square: 0.0,
        }
    }
}

impl Standardised {
    pub(crate) fn problem(&self) -> Quadratic<'_> {
        Quadratic {
            hessian: &self.hessian,
            linear: &self.linear,
            group: 1,
            factors: &self.factors,
        }
    }

    /// Correlation of every regulator with the increments; 0 where the penalty factor is infinite.
    pub(crate) fn correlations(&self) -> Vec<f64> {
        let pairs = self.linear.iter().zip(&self.factors);
        pairs
            .map(|(r, factor)| if factor.is_finite() { *r } else { 0.0 })
            .collect()
    }

    /// Weights per unit of expression from standardised ones.
    pub(crate) fn natural_into(&self, v: &[f64], weights: &mut [f64]) {
        let unit = if self.unit > 0.0 {
            1.0 / self.unit
        } else {
            0.0
        };
        for ((w, v), scale) in weights.iter_mut().zip(v).zip(&self.scales) {
            *w = v * scale * unit;
        }
    }
}
