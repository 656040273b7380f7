//! Products between all columns of two tables.

use faer::Mat;
use rayon::prelude::*;

use cistron::genes::Gene;
use cistron::numeric::{mean, product, squared_norm};

/// Columns of one product: wide enough for the matrix kernels to be at their peak, and several
/// blocks per thread from a few hundred genes on.
const BLOCK: usize = 128;

/// `AᵀB`, `p × q`, in blocks of columns of `B` over the threads.
///
/// # Cost   `2npq` flops, and the result twice for a moment.
pub(super) fn products(a: &Mat<f64>, b: &Mat<f64>) -> Mat<f64> {
    let starts: Vec<usize> = (0..b.ncols()).step_by(BLOCK).collect();
    let blocks: Vec<Mat<f64>> = starts
        .par_iter()
        .map(|&first| {
            let width = BLOCK.min(b.ncols() - first);
            product(a.as_ref(), b.subcols(first, width))
        })
        .collect();
    let mut out = Mat::zeros(a.ncols(), b.ncols());
    for (&first, block) in starts.iter().zip(&blocks) {
        let mut to = out.as_mut().subcols_mut(first, block.ncols());
        to.copy_from(block);
    }
    out
}

/// The columns of some genes.
pub(super) fn columns_of(table: &Mat<f64>, genes: &[Gene]) -> Mat<f64> {
    Mat::from_fn(table.nrows(), genes.len(), |i, j| {
        table[(i, genes[j].index())]
    })
}

/// Every column minus its mean.
pub(super) fn centred(table: &Mat<f64>) -> Mat<f64> {
    let mut out = table.clone();
    for j in 0..out.ncols() {
        let column = out.col_as_slice_mut(j);
        let mean = mean(column);
        column.iter_mut().for_each(|x| *x -= mean);
    }
    out
}

/// Every column minus its mean, of length one; a constant column becomes zero.
pub(super) fn standardised(table: &Mat<f64>) -> Mat<f64> {
    let mut out = centred(table);
    for j in 0..out.ncols() {
        let raw = squared_norm(table.col_as_slice(j)).sqrt();
        let column = out.col_as_slice_mut(j);
        let length = squared_norm(column).sqrt();
        // what rounding leaves of a constant is not variation
        let unit = if length > 1e-13 * raw {
            1.0 / length
        } else {
            0.0
        };
        column.iter_mut().for_each(|x| *x *= unit);
    }
    out
}
