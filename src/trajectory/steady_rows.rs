//! Steady states as rows: nothing changes there.

use faer::Mat;

use crate::expression::SteadyStates;
use crate::genes::Gene;
use crate::numeric::median;
use crate::segments::{RowSpan, SegmentRow, Segments};

/// Levels in the steady states, `n × p`, every gap filled by the median of its gene there; a gene
/// that has no level there gets `fallback`.
pub(super) fn levels(states: &SteadyStates, fallback: &[f64]) -> Mat<f64> {
    let mut values = states.values().clone();
    for (j, &fallback) in fallback.iter().enumerate() {
        let column = values.col_as_slice_mut(j);
        let known: Vec<f64> = column.iter().copied().filter(|x| !x.is_nan()).collect();
        let level = if known.is_empty() {
            fallback
        } else {
            median(&known)
        };
        let gaps = column.iter_mut().filter(|x| x.is_nan());
        gaps.for_each(|x| *x = level);
    }
    values
}

/// Where rows of steady states begin, and how much they count.
#[derive(Clone, Copy, Debug)]
pub(super) struct Start {
    /// First node with a steady state.
    pub(super) node: usize,
    /// First block.
    pub(super) block: usize,
    /// Number that stands in the place of the series of the first row.
    pub(super) series: usize,
    /// Length that the integral of a row is taken over: the typical sampling interval.
    pub(super) interval: f64,
    /// Weight of a row against one over one interval.
    pub(super) weight: f64,
}

/// Adds one row a state: over a typical interval nothing changes, `0 = ∫ (f(x) − δx) dt`. Genes
/// that were changed, and genes that were not measured, have no equation there.
///
/// Such rows span no sampling interval (`horizon` 0): they are learnt from, not predicted.
pub(super) fn push_rows(table: &mut Segments, states: &SteadyStates, start: Start) {
    let covariates = table.covariates().len();
    for (at, sample) in states.samples().iter().enumerate() {
        let known = |j: usize| !states.values()[(at, j)].is_nan();
        let increment = |j: usize| if known(j) { 0.0 } else { f64::NAN };
        let genes = states.genes().len();
        let mut design = vec![0.0; covariates];
        design[0] = start.interval;
        let mut clamped: Vec<Gene> = sample.changed().collect();
        clamped.sort_unstable();
        table.push(SegmentRow {
            nodes: &[(start.node + at, start.interval)],
            increments: (0..genes).map(increment).collect(),
            design,
            weight: start.weight,
            span: RowSpan {
                series: start.series + at,
                start: 0.0,
                end: start.interval,
                block: start.block + at,
                horizon: 0,
            },
            clamped,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expression::{Change, Expression, Intervention, Origin, SteadySample, TimeSeries};
    use crate::genes::Genes;
    use crate::trajectory::{Conditions, RowSettings, segments, segments_with_steady_states};
    use faer::linalg::solvers::{PartialPivLu, Solve};

    const GENES: usize = 4;
    /// Weights of `dx_i/dt = a_i + Σ_j w_ij x_j − x_i`, decay one.
    const WEIGHTS: [[f64; GENES]; GENES] = [
        [0.0, 0.5, 0.0, 0.0],
        [0.0, 0.0, -0.4, 0.2],
        [0.7, 0.0, 0.0, 0.0],
        [0.0, 0.0, 0.3, 0.0],
    ];
    const DRIVE: [f64; GENES] = [1.0, 2.0, 0.5, 0.8];

    fn genes() -> Genes {
        Genes::new(["a", "b", "c", "d"]).expect("distinct")
    }

    /// The steady state with a gene knocked out: `0 = a + W x − x` for all others.
    fn steady_state(out: Option<usize>) -> Vec<f64> {
        let weight = |i: usize, j: usize| if out == Some(i) { 0.0 } else { WEIGHTS[i][j] };
        let system = Mat::from_fn(GENES, GENES, |i, j| f64::from(i == j) - weight(i, j));
        let drive = Mat::from_fn(GENES, 1, |i, _| if out == Some(i) { 0.0 } else { DRIVE[i] });
        let x = PartialPivLu::new(system.as_ref()).solve(&drive);
        (0..GENES).map(|i| x[(i, 0)]).collect()
    }

    fn knockouts() -> SteadyStates {
        let outs: Vec<Option<usize>> = std::iter::once(None).chain((0..GENES).map(Some)).collect();
        let sample = |out: &Option<usize>| {
            let done = out.map(|gene| Intervention::always(Gene(gene), Change::Knockout));
            SteadySample::new("row", Origin::Interventions(done.into_iter().collect()))
        };
        let levels: Vec<Vec<f64>> = outs.iter().map(|out| steady_state(*out)).collect();
        let values = Mat::from_fn(outs.len(), GENES, |i, j| levels[i][j]);
        SteadyStates::new(genes(), outs.iter().map(sample).collect(), values).expect("sound")
    }

    /// A series of two samples, two times apart.
    fn short() -> Expression {
        let values = Mat::from_fn(2, GENES, |i, j| (i + j) as f64);
        let series = TimeSeries::new("s", vec![0.0, 2.0], values).expect("sorted");
        Expression::new(genes(), vec![series]).expect("sound")
    }

    fn rows(states: &SteadyStates, weight: f64) -> Segments {
        let settings = RowSettings {
            steady_weight: weight,
            ..RowSettings::single()
        };
        let conditions = Conditions::default();
        segments_with_steady_states(&short(), Some(states), &conditions, settings).expect("sound")
    }

    #[test]
    fn the_knockouts_of_a_linear_system_alone_give_its_weights() {
        let table = rows(&knockouts(), 1.0);
        let steady: Vec<usize> = (0..table.len())
            .filter(|&row| table.spans()[row].horizon == 0)
            .collect();
        assert_eq!(steady.len(), 1 + GENES);
        let integrals = table.quadrature().integrate(table.nodes().as_ref(), 0);
        for target in genes().iter() {
            let known = table.known(&steady, target);
            assert_eq!(known.len(), GENES, "its own knockout says nothing");
            let others: Vec<usize> = (0..GENES).filter(|&j| j != target.index()).collect();
            let system = Mat::from_fn(GENES, GENES, |i, k| match others.get(k) {
                Some(&j) => integrals[(known[i], j)],
                None => table.design(known[i])[0],
            });
            let own = Mat::from_fn(GENES, 1, |i, _| integrals[(known[i], target.index())]);
            let found = PartialPivLu::new(system.as_ref()).solve(&own);
            for (k, &j) in others.iter().enumerate() {
                assert!((found[(k, 0)] - WEIGHTS[target.index()][j]).abs() < 1e-9);
            }
            assert!((found[(GENES - 1, 0)] - DRIVE[target.index()]).abs() < 1e-9);
        }
    }

    #[test]
    fn a_steady_state_is_one_row_over_a_typical_interval_with_a_block_of_its_own() {
        let table = rows(&knockouts(), 0.3);
        assert_eq!(table.len(), 1 + 1 + GENES);
        assert_eq!(table.blocks(), table.len());
        for row in 1..table.len() {
            assert_eq!(table.quadrature().length(row), 2.0);
            assert_eq!(table.design(row), [2.0]);
            assert_eq!(table.weight(row), 0.3);
        }
        assert_eq!(table.node_times().iter().sum::<f64>(), 2.0);
    }

    #[test]
    fn without_weight_there_are_no_rows_of_steady_states() {
        let table = rows(&knockouts(), 0.0);
        let plain = segments(&short(), &Conditions::default(), RowSettings::single());
        assert_eq!(table.len(), plain.expect("sound").len());
        assert_eq!(table.nodes().nrows(), 2);
    }

    #[test]
    fn a_missing_level_is_filled_for_the_others_and_leaves_its_own_equation_out() {
        let states = knockouts();
        let mut values = states.values().clone();
        (values[(0, 1)], values[(3, 1)]) = (f64::NAN, f64::NAN);
        let states = SteadyStates::new(genes(), states.samples().to_vec(), values).expect("sound");
        let table = rows(&states, 1.0);
        let mut known: Vec<f64> = [1, 2, 4].map(|row| states.values()[(row, 1)]).to_vec();
        known.sort_by(f64::total_cmp);
        assert_eq!(table.nodes()[(2, 1)], known[1]);
        assert!(table.increment(1, Gene(1)).is_nan());
        assert_eq!(table.increment(1, Gene(0)), 0.0);
    }
}
