//! How well a candidate predicts intervals that it has not seen.
//!
//! With `K = R Rᵀ` over the rows to learn from, `n` of them, and `μ = λn`, the ridge prediction is
//! `K_* (K + μ)⁻¹ y`. A target that is itself a regulator, with column `r`, is left out by
//!
//! ```text
//! α = (K − r rᵀ + μ)⁻¹ y = α₀ + s (rᵀα₀)/(1 − rᵀs),   s = (K + μ)⁻¹ r
//! ```
//!
//! so that one factorisation serves all targets.

use faer::linalg::solvers::{Llt, Solve};
use faer::{Mat, MatRef, Side};

use crate::genes::Gene;
use crate::numeric::{dot, gram, mean, product, squared_norm, standard_deviation};
use crate::trajectory::AllSamples;

use super::PENALTIES;
use super::models::{FOLDS, FoldRow, LevelModel, apart, rows};

/// Squared errors of a candidate: by penalty, gene and fold.
#[derive(Clone, Debug)]
pub(super) struct FoldErrors {
    genes: usize,
    sums: Vec<f64>,
}

impl FoldErrors {
    fn new(genes: usize) -> Self {
        Self {
            genes,
            sums: vec![0.0; PENALTIES.len() * genes * FOLDS],
        }
    }

    fn at(&self, penalty: usize, gene: usize) -> usize {
        (penalty * self.genes + gene) * FOLDS
    }

    /// Errors of a gene in every fold.
    pub(super) fn of(&self, penalty: usize, gene: usize) -> &[f64] {
        &self.sums[self.at(penalty, gene)..][..FOLDS]
    }

    pub(super) fn genes(&self) -> usize {
        self.genes
    }
}

/// Samples with what all genes of a sample may share.
pub(super) struct HeldOutSamples<'a> {
    samples: &'a AllSamples,
    regulators: &'a [Gene],
    /// For targets of even and of odd number, what the genes of the other parity share, `m × 2`.
    shared: [Mat<f64>; 2],
    /// Number of a gene among the regulators.
    number: Vec<Option<usize>>,
}

impl<'a> HeldOutSamples<'a> {
    pub(super) fn new(samples: &'a AllSamples, regulators: &'a [Gene]) -> Self {
        let mut number = vec![None; samples.levels.ncols()];
        for (j, gene) in regulators.iter().enumerate() {
            number[gene.index()] = Some(j);
        }
        Self {
            samples,
            regulators,
            shared: [shared(samples, 1), shared(samples, 0)],
            number,
        }
    }

    /// Errors of a candidate over all folds.
    pub(super) fn errors(&self, candidate: LevelModel) -> FoldErrors {
        let rows = rows(self.samples, candidate);
        let genes = self.samples.levels.ncols();
        let mut errors = FoldErrors::new(genes);
        for parity in 0..2 {
            let targets: Vec<usize> = (parity..genes).step_by(2).collect();
            if targets.is_empty() {
                continue;
            }
            let table = self.table(&rows, parity, &targets);
            for fold in 0..FOLDS {
                self.add_fold(&rows, &table, &targets, fold, &mut errors);
            }
        }
        errors
    }

    fn table(&self, rows: &[FoldRow], parity: usize, targets: &[usize]) -> RowMatrices {
        let levels = &self.samples.levels;
        let shared = &self.shared[parity];
        let drive = |i: usize, gene: usize| {
            let w = &rows[i].weights;
            w.start * levels[(w.a, gene)] + w.end * levels[(w.b, gene)]
        };
        RowMatrices {
            drives: Mat::from_fn(rows.len(), self.regulators.len(), |i, j| {
                drive(i, self.regulators[j].index())
            }),
            responses: Mat::from_fn(rows.len(), targets.len(), |i, t| {
                let w = &rows[i].weights;
                w.level * levels[(w.b, targets[t])] - w.kept * levels[(w.a, targets[t])]
            }),
            // the intercept, and what the sample shares at either end
            design: Mat::from_fn(rows.len(), 5, |i, c| {
                let w = &rows[i].weights;
                match c {
                    0 => w.start + w.end,
                    1 | 2 => shared[(w.b, c - 1)],
                    _ if w.a == w.b => 0.0,
                    _ => shared[(w.a, c - 3)],
                }
            }),
        }
    }

    fn add_fold(
        &self,
        rows: &[FoldRow],
        table: &RowMatrices,
        targets: &[usize],
        fold: usize,
        errors: &mut FoldErrors,
    ) {
        let train = apart(self.samples, rows, fold);
        let test: Vec<usize> = (0..rows.len())
            .filter(|&i| rows[i].fold == fold && rows[i].predicted)
            .collect();
        if train.is_empty() || test.is_empty() {
            return;
        }
        let split = table.split(&train, &test);
        let kernel = &split.learn.drives * split.learn.drives.transpose();
        let across = &split.predict.drives * split.learn.drives.transpose();
        let own: Vec<Option<usize>> = targets.iter().map(|&t| self.number[t]).collect();
        for (penalty, share) in PENALTIES.iter().enumerate() {
            let mut normal = kernel.clone();
            (0..train.len()).for_each(|i| normal[(i, i)] += share * train.len() as f64);
            let factor = Llt::new(normal.as_ref(), Side::Lower);
            let factor = factor.expect("a Gram matrix with a ridge is positive definite");
            let mut duals = factor.solve(&split.learn.responses);
            let held = leave_own_out(&factor, &split, &own, &mut duals);
            let mut predicted = &across * &duals;
            for (t, own) in own.iter().enumerate() {
                if let Some(j) = own {
                    let share = held[t];
                    let column = split.predict.drives.col_as_slice(*j);
                    crate::numeric::axpy(-share, column, predicted.col_as_slice_mut(t));
                }
            }
            for (t, &target) in targets.iter().enumerate() {
                let truth = split.predict.responses.col_as_slice(t);
                let pairs = truth.iter().zip(predicted.col_as_slice(t)).zip(&test);
                let known = pairs.filter(|(_, row)| {
                    !self.samples.is_changed(rows[**row].weights.b, Gene(target))
                });
                let at = errors.at(penalty, target) + fold;
                errors.sums[at] = known.map(|((y, f), _)| (y - f).powi(2)).sum();
            }
        }
    }
}

/// Corrects the dual weights of targets that are regulators; returns `rᵀα` of each.
fn leave_own_out(
    factor: &Llt<f64>,
    split: &Split,
    own: &[Option<usize>],
    duals: &mut Mat<f64>,
) -> Vec<f64> {
    let which: Vec<(usize, usize)> = (own.iter().enumerate())
        .filter_map(|(t, own)| own.map(|j| (t, j)))
        .collect();
    let drives = &split.learn.drives;
    let columns = Mat::from_fn(drives.nrows(), which.len(), |i, k| drives[(i, which[k].1)]);
    let solved = factor.solve(&columns);
    let mut held = vec![0.0; own.len()];
    for (k, &(t, j)) in which.iter().enumerate() {
        let (r, s) = (drives.col_as_slice(j), solved.col_as_slice(k));
        let left = 1.0 - dot(r, s);
        let share = dot(r, duals.col_as_slice(t)) / left.max(f64::MIN_POSITIVE);
        crate::numeric::axpy(share, s, duals.col_as_slice_mut(t));
        held[t] = share;
    }
    held
}

/// Rows of a candidate: drives of the regulators, responses of the targets, and what is projected out.
struct RowMatrices {
    drives: Mat<f64>,
    responses: Mat<f64>,
    design: Mat<f64>,
}

/// Rows to learn from and rows to predict, free of the design.
struct Split {
    learn: Columns,
    predict: Columns,
}

struct Columns {
    drives: Mat<f64>,
    responses: Mat<f64>,
}

impl RowMatrices {
    /// Takes the design out with coefficients of the rows to learn from, and brings drives to standard
    /// deviation one there.
    fn split(&self, train: &[usize], test: &[usize]) -> Split {
        let design = chosen(&self.design, train);
        let mut normal = gram(design.as_ref());
        for k in 0..normal.ncols() {
            normal[(k, k)] = normal[(k, k)] * (1.0 + DEPENDENT) + f64::MIN_POSITIVE;
        }
        let factor = Llt::new(normal.as_ref(), Side::Lower);
        let unseen = chosen(&self.design, test);
        let part = |from: &Mat<f64>| {
            let (mut learn, mut predict) = (chosen(from, train), chosen(from, test));
            if let Ok(factor) = &factor {
                let shares = factor.solve(&product(design.as_ref(), learn.as_ref()));
                learn -= &design * &shares;
                predict -= &unseen * &shares;
            }
            (learn, predict)
        };
        let (mut learn, mut predict) = part(&self.drives);
        for j in 0..learn.ncols() {
            let size = (squared_norm(learn.col_as_slice(j)) / train.len() as f64).sqrt();
            let unit = if size > 0.0 { size.recip() } else { 0.0 };
            for column in [learn.col_as_slice_mut(j), predict.col_as_slice_mut(j)] {
                column.iter_mut().for_each(|x| *x *= unit);
            }
        }
        let (known, unknown) = part(&self.responses);
        Split {
            learn: Columns {
                drives: learn,
                responses: known,
            },
            predict: Columns {
                drives: predict,
                responses: unknown,
            },
        }
    }
}

/// Share of a diagonal by which it is raised, so that dependent columns of the design have a solution.
const DEPENDENT: f64 = 1e-9;

fn chosen(from: &Mat<f64>, rows: &[usize]) -> Mat<f64> {
    Mat::from_fn(rows.len(), from.ncols(), |i, j| from[(rows[i], j)])
}

/// Mean of the genes of one parity in every sample, and their first component along time: the direction in
/// which increments are largest, each gene brought to variance one, `m × 2`.
///
/// Zero without intervals, whose increments would say it.
fn shared(samples: &AllSamples, parity: usize) -> Mat<f64> {
    if samples.intervals.is_empty() {
        return Mat::zeros(samples.levels.nrows(), 2);
    }
    let genes: Vec<usize> = (parity..samples.levels.ncols()).step_by(2).collect();
    let mut scaled = Mat::from_fn(samples.levels.nrows(), genes.len(), |i, j| {
        samples.levels[(i, genes[j])]
    });
    for j in 0..genes.len() {
        let column = scaled.col_as_slice_mut(j);
        let (center, size) = (mean(column), standard_deviation(column));
        let unit = if size > 0.0 { size.recip() } else { 0.0 };
        column.iter_mut().for_each(|x| *x = (*x - center) * unit);
    }
    let increments = increments(samples, scaled.as_ref());
    let along = first_component(increments.as_ref());
    let component = &scaled * &along;
    let share = 1.0 / genes.len().max(1) as f64;
    let mut out = Mat::zeros(scaled.nrows(), 2);
    for column in scaled.col_iter() {
        for (i, x) in column.iter().enumerate() {
            out[(i, 0)] += share * x;
        }
    }
    out.col_as_slice_mut(1)
        .copy_from_slice(component.col_as_slice(0));
    out
}

/// Increments of every interval around their mean.
fn increments(samples: &AllSamples, levels: MatRef<'_, f64>) -> Mat<f64> {
    let intervals = &samples.intervals;
    let mut out = Mat::from_fn(intervals.len(), levels.ncols(), |i, j| {
        levels[(intervals[i].end, j)] - levels[(intervals[i].start, j)]
    });
    for j in 0..out.ncols() {
        let column = out.col_as_slice_mut(j);
        let center = mean(column);
        column.iter_mut().for_each(|x| *x -= center);
    }
    out
}

/// Loadings of the first component of the rows, `p × 1`, by powers of their Gram matrix.
fn first_component(rows: MatRef<'_, f64>) -> Mat<f64> {
    let kernel = gram(rows.transpose().to_owned().as_ref());
    let mut scores = Mat::from_fn(rows.nrows(), 1, |i, _| kernel[(i, i)]);
    for _ in 0..POWERS {
        let next = &kernel * &scores;
        let size = squared_norm(next.col_as_slice(0)).sqrt();
        if size <= 0.0 {
            break;
        }
        scores = next * faer::Scale(size.recip());
    }
    rows.transpose() * scores
}

/// Steps of the power iteration: the direction need not be exact where two components are alike.
const POWERS: usize = 100;
