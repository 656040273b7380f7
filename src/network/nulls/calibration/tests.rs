use rand::Rng;

use super::*;
use crate::seed::{Purpose, Seed};

const REGULATORS: usize = 40;
const PAIRS: usize = 8000;

/// Draws of the known edges.
const DRAWS: u64 = 50;

/// A ranked list, and which of its pairs are true: of rank `r` with probability `.7/(1 + r/400)`.
struct List {
    ranked: Vec<(Gene, Gene)>,
    true_edges: Vec<bool>,
}

impl List {
    fn new() -> Self {
        let mut rng = Seed(3).stream(Purpose::Synthetic, 0);
        // every pair once: the step has no divisor in common with their number
        let pair = |at: usize| {
            let at = at * 1357 % PAIRS;
            (Gene(at % REGULATORS), Gene(REGULATORS + at / REGULATORS))
        };
        Self {
            ranked: (0..PAIRS).map(pair).collect(),
            true_edges: (0..PAIRS)
                .map(|at| rng.random_bool(0.7 / (1.0 + at as f64 / 400.0)))
                .collect(),
        }
    }

    fn false_edges(&self, rank: usize) -> f64 {
        let best = self.true_edges[..rank].iter();
        best.filter(|true_edge| !**true_edge).count() as f64
    }

    /// A random share of the true edges.
    fn known(&self, share: f64, index: u64) -> KnownEdges {
        let mut rng = Seed(4).stream(Purpose::PriorHalf, index);
        let pairs = self.ranked.iter().zip(&self.true_edges);
        let known = pairs.filter(|(_, true_edge)| **true_edge && rng.random_bool(share));
        KnownEdges::new(known.map(|(pair, _)| *pair))
    }

    fn calibrated(&self, known: &KnownEdges, null: f64, share: Option<f64>) -> Calibration {
        let null: Vec<f64> = (1..=PAIRS).map(|rank| null * rank as f64).collect();
        Calibration::new(&self.ranked, known, &null, share).expect("several for each regulator")
    }
}

fn share_of_draws(holds: impl Fn(u64) -> bool) -> f64 {
    let held = (0..DRAWS).filter(|index| holds(*index)).count();
    held as f64 / DRAWS as f64
}

#[test]
fn a_tenth_of_the_true_edges_tells_the_number_of_false_ones() {
    let list = List::new();
    let truth = |rank: usize| list.false_edges(rank);
    let all: Vec<Calibration> = (0..DRAWS)
        .map(|index| list.calibrated(&list.known(0.1, index), 0.6, Some(0.1)))
        .collect();
    let within = share_of_draws(|index| {
        let expected = all[index as usize].expected_false[499];
        (0.5..=2.0).contains(&(expected / truth(500)))
    });
    let covered = |rank: usize| {
        share_of_draws(|index| {
            let one = &all[index as usize];
            (one.low[rank - 1]..=one.high[rank - 1]).contains(&truth(rank))
        })
    };
    assert!(within >= 0.95, "{within}");
    let covers = [100, 500, 2000].map(covered);
    assert!(covers.iter().all(|share| *share >= 0.8), "{covers:?}");
    // and the interval says something
    let width = |one: &Calibration| one.high[1999] - one.low[1999];
    assert!(all.iter().all(|one| width(one) < 0.3 * 2000.0));
}

#[test]
fn with_all_edges_known_the_number_is_counted() {
    let list = List::new();
    let one = list.calibrated(&list.known(1.0, 0), 0.95, Some(1.0));
    for rank in [500, 2000, PAIRS] {
        let expected = one.expected_false[rank - 1];
        assert!((expected / list.false_edges(rank) - 1.0).abs() < 0.05);
    }
}

#[test]
fn the_share_is_bounded_from_below_by_the_hits_and_known_as_far_as_the_nulls_are_right() {
    let list = List::new();
    let contained = share_of_draws(|index| {
        let share = list.calibrated(&list.known(0.2, index), 0.4, None).share;
        (share.low..=share.high).contains(&0.2) && share.low > 0.05
    });
    assert!(contained >= 0.8, "{contained}");
    // where the nulls say that nothing is true, the known edges alone cannot say otherwise
    let nothing = list.calibrated(&list.known(0.2, 0), 1.0, None);
    assert!(nothing.share.high > 0.9 && nothing.share.low > 0.1);
    let one = list.calibrated(&list.known(0.2, 0), 1.0, Some(0.2));
    assert_eq!(one.share.low, one.share.high);
    assert!(nothing.expected_false[499] > one.expected_false[499]);
}

#[test]
fn numbers_do_not_decrease_and_are_in_their_interval() {
    let list = List::new();
    for share in [Some(0.3), None] {
        let one = list.calibrated(&list.known(0.3, 1), 0.8, share);
        for curve in [&one.expected_false, &one.low, &one.high] {
            let steps = curve.windows(2).map(|pair| pair[1] - pair[0]);
            assert!(
                steps
                    .into_iter()
                    .all(|step| (0.0..=1.0 + 1e-9).contains(&step))
            );
            assert!(curve.iter().zip(1..).all(|(x, rank)| *x <= f64::from(rank)));
        }
        let ends = one.low.iter().zip(&one.high);
        let mut inside = one.expected_false.iter().zip(ends);
        assert!(inside.all(|(x, (low, high))| low <= x && x <= high));
    }
}

#[test]
fn an_edge_does_not_bring_its_own_regulator_in() {
    let genes = |pairs: &[(usize, usize)]| -> Vec<(Gene, Gene)> {
        pairs.iter().map(|(a, b)| (Gene(*a), Gene(*b))).collect()
    };
    let ranked = genes(&[(0, 5), (1, 5), (0, 6), (1, 6), (2, 5)]);
    let known = KnownEdges::new(genes(&[(0, 5), (1, 6), (1, 5), (1, 1), (1, 5)]));
    let judged: Vec<bool> = ranked.iter().map(|pair| known.can_judge(*pair)).collect();
    // 0 → 5 is its regulator's only one; 0 → 6 can be judged by it; 1 has two; 2 has none
    assert_eq!(judged, [false, true, true, true, false]);
    let last = *counts(&ranked, &known).last().expect("five ranks");
    assert_eq!((last.rank, last.judged, last.hits), (5, 3, 2));
}

#[test]
fn without_anything_to_judge_by_there_is_an_error() {
    let list = List::new();
    let null = vec![1.0; PAIRS];
    let calibrate = |known: &KnownEdges, share| {
        Calibration::new(&list.ranked, known, &null, share).expect_err("nothing to judge by")
    };
    let single = KnownEdges::new([list.ranked[0]]);
    assert_eq!(calibrate(&single, None), CalibrationError::NothingJudged);
    let none = KnownEdges::new([]);
    assert_eq!(calibrate(&none, Some(0.5)), CalibrationError::NothingJudged);
    let known = list.known(0.5, 0);
    for share in [0.0, -1.0, 1.5] {
        assert_eq!(
            calibrate(&known, Some(share)),
            CalibrationError::Share(share)
        );
    }
    assert!(matches!(
        calibrate(&known, Some(f64::NAN)),
        CalibrationError::Share(_)
    ));
}
