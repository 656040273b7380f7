//! Activities as they are estimated once, and what they are without some genes.

use faer::{Mat, MatRef};

use super::agreement::{EdgeAgreement, edge_agreements};
use super::alternation::{
    ActivityProblem, ActivitySettings, EdgeWeights, LeftOut, NormalEquations, flip, keep_signs,
};
use super::regulons::{KnownEdge, Link, Regulons};
use crate::genes::Gene;
use crate::numeric::{ZScores, axpy, dot};

/// Smallest [`Activities::list_z`] of a list that says something about the data. Halves of the known
/// edges of *B. subtilis*, *E. coli* (stress) and yeast (Eisen) have 41–44, 15–20 and 9–12 (five halves);
/// with 30 % wrong edges 26–30, 10–13 and 4–8; halves with nothing but wrong edges −2.1–0 (*E. coli*)
/// and −3.2–−0.2 (yeast, twelve). Of 60 simulated lists of wrong edges six are above 3, one above 4.
const SMALLEST_Z: f64 = 3.0;

/// Activities of the regulators that have enough known targets.
#[derive(Clone, Debug)]
pub struct Activities {
    pub(super) problem: ActivityProblem,
    pub(super) weights: EdgeWeights,
    correlations: Vec<f64>,
    equations: NormalEquations,
    /// `B G⁻¹`, before its columns are scaled.
    unscaled: Mat<f64>,
    matrix: Mat<f64>,
    agreement: Vec<EdgeAgreement>,
}

impl Activities {
    /// Estimates the activities of all regulators of `edges` that have at least
    /// [`ActivitySettings::minimum_targets`] targets that vary.
    ///
    /// * `levels`: samples × genes, without missing values; columns are z-scored here, so that units do
    ///   not matter. Genes that do not vary, or have a value that is not finite, are not used as targets.
    /// * returns activities of mean 0 and variance 1. Their sign: most targets with a sign in the list
    ///   correlate with the activity as the list says; without signs, or with as many on both sides,
    ///   the correlation with the regulator's mRNA is positive; if the mRNA does not vary, the weight
    ///   of the first target is.
    ///
    /// # Panics   if a gene is not a column of `levels`, or a penalty is not above 0 (bugs in the caller).
    /// # Cost     For `e` edges and `q` regulators with an activity: `O(n·e + n·q² + q³)` per round,
    /// `O(n·k·min(n, k))` per regulator with `k` targets for the start, and ten times as much for the
    /// agreement of the edges.
    #[must_use]
    pub fn estimate(
        levels: MatRef<'_, f64>,
        edges: &[KnownEdge],
        settings: &ActivitySettings,
    ) -> Self {
        let penalties = [settings.weight_penalty, settings.activity_penalty];
        assert!(
            penalties.iter().all(|penalty| *penalty > 0.0),
            "penalties are above 0"
        );
        let scores = ZScores::new(levels).values;
        let varies = |gene: Gene| scores.col_as_slice(gene.index()).iter().any(|x| *x != 0.0);
        let regulons = Regulons::new(edges, settings.minimum_targets, varies);
        let of_genes = |genes: &[Gene]| {
            Mat::from_fn(levels.nrows(), genes.len(), |i, j| {
                scores[(i, genes[j].index())]
            })
        };
        let problem = ActivityProblem {
            levels: of_genes(&regulons.targets),
            mrna: of_genes(&regulons.regulators),
            regulons,
            settings: *settings,
        };
        Self::of_problem(problem)
    }

    fn of_problem(problem: ActivityProblem) -> Self {
        let everything = LeftOut::default();
        let mut start = problem.start(&everything);
        start = problem.alternate(start, problem.settings.rounds, &everything);
        choose_signs(&problem, &mut start);
        let weights = problem.weights(&start, &everything);
        let correlations = problem.mrna_correlations(&start, &everything);
        let equations = problem.normal_equations(&weights, &correlations);
        let unscaled = equations.solution();
        let mut matrix = unscaled.clone();
        problem.scale(&mut matrix);
        let agreement = edge_agreements(&problem, &weights, &matrix);
        Self {
            problem,
            weights,
            correlations,
            equations,
            unscaled,
            matrix,
            agreement,
        }
    }

    /// Regulators with an activity, in ascending order: the columns of [`Activities::matrix`].
    #[must_use]
    pub fn regulators(&self) -> &[Gene] {
        &self.problem.regulons.regulators
    }

    /// The column of a regulator; none if it has too few known targets.
    #[must_use]
    pub fn column(&self, regulator: Gene) -> Option<usize> {
        self.problem.regulons.slot(regulator)
    }

    /// Samples × regulators, each of mean 0 and variance 1 (divided by `n`).
    #[must_use]
    pub fn matrix(&self) -> MatRef<'_, f64> {
        self.matrix.as_ref()
    }

    /// Correlation of every activity with the mRNA of its regulator; 0 if that does not vary.
    #[must_use]
    pub fn mrna_correlations(&self) -> &[f64] {
        &self.correlations
    }

    /// How every edge that was used agrees with the activity, by target and then by regulator.
    #[must_use]
    pub fn agreement(&self) -> &[EdgeAgreement] {
        &self.agreement
    }

    /// How far the list of edges as a whole says something about these data: the mean rank of its edges,
    /// `z = (mean rank − ½) √(12 m)` for `m` edges. Near 0 for a list of wrong edges; edges of one target
    /// or regulator depend on one another, so that it varies more than a standard normal number.
    #[must_use]
    pub fn list_z(&self) -> f64 {
        let centered = self.agreement().iter().map(|edge| edge.rank - 0.5);
        let m = self.agreement().len().max(1) as f64;
        centered.sum::<f64>() * (12.0 / m).sqrt()
    }

    /// Whether the targets of the list follow the activities more than wrong edges would.
    ///
    /// Activities from a list of wrong edges are worse than mRNA: average precision on the other half of
    /// the targets is that of chance.
    #[must_use]
    pub fn list_follows(&self) -> bool {
        self.list_z() > SMALLEST_Z
    }

    /// The genes whose level took part in the estimate, as a target or as mRNA of a regulator: only for
    /// such genes [`Activities::without`] differs from [`Activities::matrix`].
    pub fn used(&self) -> impl Iterator<Item = Gene> + '_ {
        let regulons = &self.problem.regulons;
        let is_no_target = |gene: &&Gene| regulons.row(**gene).is_none();
        let others = regulons.regulators.iter().filter(is_no_target);
        regulons.targets.iter().chain(others).copied()
    }

    /// The activities as they are without the levels of these genes: the target that is scored, and
    /// perhaps its neighbours on the chromosome.
    ///
    /// * returns samples × regulators, scaled and signed like [`Activities::matrix`]. A regulator all of
    ///   whose targets are left out has its mRNA instead, unless that is left out too: then zeros.
    ///
    /// # Cost   A downdate in `O(n·q + q²)` for each gene, and [`ActivitySettings::rounds_without`] rounds
    /// of `O(n·e + n·q² + q³)`.
    #[must_use]
    pub fn without(&self, genes: &[Gene]) -> Mat<f64> {
        let left_out = self.problem.left_out(genes);
        if left_out == LeftOut::default() {
            return self.matrix.clone();
        }
        let downdated = self.downdated(&left_out);
        let rounds = self.problem.settings.rounds_without;
        let mut activities = self.problem.alternate(downdated, rounds, &left_out);
        keep_signs(&mut activities, &self.matrix);
        for slot in left_out.slots {
            self.clear_without_targets(&mut activities, slot, &left_out.rows);
        }
        activities
    }

    /// The step of the activities without these rows and mRNA, at the weights of all rows.
    fn downdated(&self, left_out: &LeftOut) -> Mat<f64> {
        let mut solution = self.unscaled.clone();
        let mut inverse = self.equations.inverse.clone();
        for &row in &left_out.rows {
            self.downdate(row, &mut solution, &mut inverse);
        }
        let settings = &self.problem.settings;
        for &slot in &left_out.slots {
            let pull = settings.activity_penalty * settings.mrna_weight * self.correlations[slot];
            let mrna = self.problem.mrna.col_as_slice(slot);
            for other in 0..solution.ncols() {
                let change = -pull * inverse[(slot, other)];
                axpy(change, mrna, solution.col_as_slice_mut(other));
            }
        }
        self.problem.scale(&mut solution);
        solution
    }

    /// `A ← A + (A w − x) gᵀ/(1 − wᵀg)` and `G⁻¹ ← G⁻¹ + g gᵀ/(1 − wᵀg)`, `g = G⁻¹ w`, for one row.
    fn downdate(&self, row: usize, solution: &mut Mat<f64>, inverse: &mut Mat<f64>) {
        let level = self.problem.levels.col_as_slice(row);
        let mut residual: Vec<f64> = level.iter().map(|x| -x).collect();
        let mut g = vec![0.0; inverse.ncols()];
        let links = || self.links(row).iter().zip(&self.weights[row]);
        for (link, w) in links() {
            axpy(*w, solution.col_as_slice(link.slot), &mut residual);
            axpy(*w, inverse.col_as_slice(link.slot), &mut g);
        }
        // above 0: G keeps the ridge without the row
        let rest = 1.0 - links().map(|(link, w)| w * g[link.slot]).sum::<f64>();
        for slot in 0..g.len() {
            let factor = g[slot] / rest;
            axpy(factor, &residual, solution.col_as_slice_mut(slot));
            axpy(factor, &g, inverse.col_as_slice_mut(slot));
        }
    }

    /// Zeros for a regulator whose mRNA is left out with all of its targets.
    fn clear_without_targets(&self, activities: &mut Mat<f64>, slot: usize, rows: &[usize]) {
        let links = self.problem.regulons.links.iter().enumerate();
        let mut kept = links.filter(|(row, _)| !rows.contains(row));
        if !kept.any(|(_, links)| links.iter().any(|link| link.slot == slot)) {
            activities.col_as_slice_mut(slot).fill(0.0);
        }
    }

    fn links(&self, row: usize) -> &[Link] {
        &self.problem.regulons.links[row]
    }
}

/// Flips activities to the sign that [`Activities::estimate`] promises.
fn choose_signs(problem: &ActivityProblem, activities: &mut Mat<f64>) {
    for (slot, regulon) in problem.regulons.by_slot().iter().enumerate() {
        let column = activities.col_as_slice(slot);
        let correlation = |row: usize| dot(column, problem.levels.col_as_slice(row));
        let listed: f64 = regulon
            .iter()
            .map(|&(row, number)| {
                let sign = correlation(row).signum();
                match problem.regulons.links[row][number].activates {
                    Some(true) => sign,
                    Some(false) => -sign,
                    None => 0.0,
                }
            })
            .sum();
        let mrna = dot(column, problem.mrna.col_as_slice(slot));
        let first = regulon.first().map_or(0.0, |&(row, _)| correlation(row));
        let evidence = [listed, mrna, first];
        if evidence.into_iter().find(|x| *x != 0.0) < Some(0.0) {
            flip(activities.col_as_slice_mut(slot));
        }
    }
}
