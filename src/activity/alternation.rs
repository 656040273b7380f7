//! The two steps of the alternation, with or without some of the rows.

use faer::linalg::solvers::{Llt, Solve};
use faer::{Mat, Side};

use super::regulons::Regulons;
use crate::genes::Gene;
use crate::numeric::{axpy, dot, product, squared_norm};

/// How activities are estimated.
///
/// One default for all data sets; what neighbouring values give is beside each of them, as average
/// precision on the targets whose edges were not given (means of three halves, ten rounds), on
/// *B. subtilis*, *E. coli* (stress) and yeast (Eisen), where the default has .482, .119 and .296 and
/// mRNA alone .174, .031 and .035.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ActivitySettings {
    /// Targets that a regulator needs. 1: .513, .131, .292; 5: .461, .106, .282.
    pub minimum_targets: usize,
    /// `λ_w`, for each sample, in units of the variance of a target. With `ω = 0`, 0.3: .476, .118,
    /// .287; 1: .486, .121, .295; 3: .487, .119, .294; 10: .469, .106, .291.
    pub weight_penalty: f64,
    /// `λ_a`, in units of a target whose only regulator has weight 1. With `ω = 0`, 5: .479, .117,
    /// .295; 20: .469, .111, .295.
    pub activity_penalty: f64,
    /// `ω`, the share of what the regulator's mRNA says that its activity is pulled to. 0: .487, .122,
    /// .295; 1: .468, .102, .283. With 30 % wrong edges .454, .084, .260 at 0 and .455, .089, .264 at
    /// the default.
    pub mrna_weight: f64,
    /// Rounds of the two steps. 3, 5, 10 and 20 differ by at most .003.
    pub rounds: usize,
    /// Rounds without the rows that are left out. Area under the ROC curve of wrong edges of the list
    /// against pairs that are not listed, .5 without a trace of the row: yeast .569, .552, .535 and
    /// *E. coli* .538, .528, .516 for 0, 1 and 3 rounds.
    pub rounds_without: usize,
}

impl Default for ActivitySettings {
    fn default() -> Self {
        Self {
            minimum_targets: 3,
            weight_penalty: 1.0,
            activity_penalty: 1.0,
            mrna_weight: 0.3,
            rounds: 5,
            rounds_without: 3,
        }
    }
}

/// What is given: levels of the targets, mRNA of the regulators, edges.
#[derive(Clone, Debug)]
pub(super) struct ActivityProblem {
    pub(super) regulons: Regulons,
    /// z-scored levels, samples × targets.
    pub(super) levels: Mat<f64>,
    /// z-scored mRNA, samples × regulators; zeros where it does not vary.
    pub(super) mrna: Mat<f64>,
    pub(super) settings: ActivitySettings,
}

/// What is left out of an estimate.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct LeftOut {
    /// Targets, as rows of the regulons, ascending.
    pub(super) rows: Vec<usize>,
    /// Regulators whose mRNA is not used, as slots, ascending.
    pub(super) slots: Vec<usize>,
}

impl LeftOut {
    fn has_row(&self, row: usize) -> bool {
        self.rows.binary_search(&row).is_ok()
    }

    fn has_slot(&self, slot: usize) -> bool {
        self.slots.binary_search(&slot).is_ok()
    }
}

/// The normal equations of the activities, `A = B G⁻¹`.
#[derive(Clone, Debug)]
pub(super) struct NormalEquations {
    /// `G⁻¹`, regulators × regulators.
    pub(super) inverse: Mat<f64>,
    /// `B`, samples × regulators.
    pub(super) right: Mat<f64>,
}

impl NormalEquations {
    /// `A = B G⁻¹`, not scaled.
    pub(super) fn solution(&self) -> Mat<f64> {
        product(self.right.transpose(), self.inverse.as_ref())
    }
}

/// Weights of the edges, in the order of the links of every row.
pub(super) type EdgeWeights = Vec<Vec<f64>>;

impl ActivityProblem {
    fn samples(&self) -> usize {
        self.levels.nrows()
    }

    fn slots(&self) -> usize {
        self.regulons.regulators.len()
    }

    /// What leaving out the levels of these genes leaves out.
    pub(super) fn left_out(&self, genes: &[Gene]) -> LeftOut {
        let regulons = &self.regulons;
        let mut genes = genes.to_vec();
        genes.sort_unstable();
        genes.dedup();
        LeftOut {
            rows: genes
                .iter()
                .filter_map(|gene| regulons.row(*gene))
                .collect(),
            slots: genes
                .iter()
                .filter_map(|gene| regulons.slot(*gene))
                .collect(),
        }
    }

    /// First principal component of the targets of every regulator, of variance 1; its mRNA where all of
    /// them are left out.
    ///
    /// # Cost   `O(n·k·min(n, k))` for each regulator with `k` targets.
    pub(super) fn start(&self, left_out: &LeftOut) -> Mat<f64> {
        let mut start = Mat::zeros(self.samples(), self.slots());
        for (slot, regulon) in self.regulons.by_slot().iter_mut().enumerate() {
            regulon.retain(|&(row, _)| !left_out.has_row(row));
            if regulon.is_empty() {
                continue;
            }
            let levels = Mat::from_fn(self.samples(), regulon.len(), |i, k| {
                self.levels[(i, regulon[k].0)]
            });
            match levels.thin_svd() {
                Ok(svd) => start.col_mut(slot).copy_from(svd.U().col(0)),
                // no convergence, which finite numbers do not give: the first target instead
                Err(_) => start.col_mut(slot).copy_from(levels.col(0)),
            }
        }
        self.scale(&mut start);
        start
    }

    /// Correlation of every activity with the mRNA of the regulator, 0 where it is not used.
    pub(super) fn mrna_correlations(&self, activities: &Mat<f64>, left_out: &LeftOut) -> Vec<f64> {
        let correlation = |slot| {
            let (a, m) = (activities.col_as_slice(slot), self.mrna.col_as_slice(slot));
            dot(a, m) / self.samples() as f64
        };
        let used = |slot| !left_out.has_slot(slot);
        (0..self.slots())
            .map(|slot| if used(slot) { correlation(slot) } else { 0.0 })
            .collect()
    }

    /// The ridge regression of every target on the activities of its regulators; 0 for rows that are
    /// left out.
    ///
    /// # Cost   `O(n·k² + k³)` for each target with `k` regulators.
    pub(super) fn weights(&self, activities: &Mat<f64>, left_out: &LeftOut) -> EdgeWeights {
        let rows = 0..self.regulons.targets.len();
        rows.map(|row| {
            if left_out.has_row(row) {
                return vec![0.0; self.regulons.links[row].len()];
            }
            self.weights_of_row(row, activities)
        })
        .collect()
    }

    pub(super) fn weights_of_row(&self, row: usize, activities: &Mat<f64>) -> Vec<f64> {
        let links = &self.regulons.links[row];
        let column = |number: usize| activities.col_as_slice(links[number].slot);
        let ridge = self.settings.weight_penalty * self.samples() as f64;
        let level = self.levels.col_as_slice(row);
        let mut gram = Mat::zeros(links.len(), links.len());
        for j in 0..links.len() {
            for i in j..links.len() {
                gram[(i, j)] = dot(column(i), column(j));
            }
            gram[(j, j)] += ridge / links[j].confidence;
        }
        let right = Mat::from_fn(links.len(), 1, |i, _| dot(column(i), level));
        let weights = positive_definite(&gram).solve(&right);
        weights.col_as_slice(0).to_vec()
    }

    /// The normal equations of the activities for these weights.
    ///
    /// * `correlations`: `c_r`, 0 where the mRNA is not used
    ///
    /// # Cost   `O(n·e + q³)` for `e` edges and `q` regulators.
    pub(super) fn normal_equations(
        &self,
        weights: &EdgeWeights,
        correlations: &[f64],
    ) -> NormalEquations {
        let penalty = self.settings.activity_penalty;
        let mut right = Mat::zeros(self.samples(), self.slots());
        let mut normal = Mat::zeros(self.slots(), self.slots());
        for (slot, correlation) in correlations.iter().enumerate() {
            let pull = penalty * self.settings.mrna_weight * correlation;
            axpy(
                pull,
                self.mrna.col_as_slice(slot),
                right.col_as_slice_mut(slot),
            );
            normal[(slot, slot)] = penalty;
        }
        for (row, (links, weights)) in self.regulons.links.iter().zip(weights).enumerate() {
            let level = self.levels.col_as_slice(row);
            for (j, w) in links.iter().zip(weights) {
                axpy(*w, level, right.col_as_slice_mut(j.slot));
                for (i, v) in links.iter().zip(weights) {
                    normal[(i.slot, j.slot)] += v * w;
                }
            }
        }
        let identity = Mat::<f64>::identity(self.slots(), self.slots());
        let inverse = positive_definite(&normal).solve(&identity);
        NormalEquations { inverse, right }
    }

    /// Columns to variance 1. One that nothing is known of becomes the mRNA of its regulator.
    pub(super) fn scale(&self, activities: &mut Mat<f64>) {
        for slot in 0..self.slots() {
            let mean_square =
                squared_norm(activities.col_as_slice(slot)) / self.samples().max(1) as f64;
            let column = activities.col_as_slice_mut(slot);
            // rounding, for levels of variance 1
            if mean_square < 1e-24 {
                column.copy_from_slice(self.mrna.col_as_slice(slot));
            } else {
                let factor = 1.0 / mean_square.sqrt();
                column.iter_mut().for_each(|a| *a *= factor);
            }
        }
    }

    /// Rounds of both steps, from activities of variance 1 to such activities.
    pub(super) fn alternate(
        &self,
        mut activities: Mat<f64>,
        rounds: usize,
        left_out: &LeftOut,
    ) -> Mat<f64> {
        for _ in 0..rounds {
            let weights = self.weights(&activities, left_out);
            let correlations = self.mrna_correlations(&activities, left_out);
            activities = self.normal_equations(&weights, &correlations).solution();
            self.scale(&mut activities);
        }
        activities
    }
}

/// Flips activities that point away from those of the whole list.
pub(super) fn keep_signs(activities: &mut Mat<f64>, whole: &Mat<f64>) {
    for slot in 0..activities.ncols() {
        if dot(activities.col_as_slice(slot), whole.col_as_slice(slot)) < 0.0 {
            flip(activities.col_as_slice_mut(slot));
        }
    }
}

pub(super) fn flip(column: &mut [f64]) {
    column.iter_mut().for_each(|x| *x = -*x);
}

/// The factor of a Gram matrix with a ridge, lower triangle.
fn positive_definite(matrix: &Mat<f64>) -> Llt<f64> {
    Llt::new(matrix.as_ref(), Side::Lower)
        .expect("a Gram matrix of finite numbers with a ridge is positive definite")
}
