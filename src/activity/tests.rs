use faer::Mat;
use rand::Rng;
use rand_distr::{Distribution, StandardNormal};

use super::*;
use crate::genes::Gene;
use crate::numeric::dot;
use crate::seed::{Purpose, Seed};

const SAMPLES: usize = 60;
const REGULATORS: usize = 8;
const GENES: usize = 200;

/// Targets that follow activities which the mRNA of their regulators (the first genes) shows badly.
struct Simulated {
    levels: Mat<f64>,
    /// Samples × regulators.
    activities: Mat<f64>,
    /// Regulators of every gene, with the sign of the edge.
    edges: Vec<KnownEdge>,
}

fn normal(rng: &mut impl Rng) -> f64 {
    StandardNormal.sample(rng)
}

fn simulated(number: u64) -> Simulated {
    let mut rng = Seed(3).stream(Purpose::Synthetic, number);
    let activities = Mat::from_fn(SAMPLES, REGULATORS, |_, _| normal(&mut rng));
    let mut levels = Mat::from_fn(SAMPLES, GENES, |_, _| 0.7 * normal(&mut rng));
    for i in 0..SAMPLES {
        for r in 0..REGULATORS {
            levels[(i, r)] = 0.3 * activities[(i, r)] + normal(&mut rng);
        }
    }
    let mut edges = Vec::new();
    for target in REGULATORS..GENES {
        let first = rng.random_range(0..REGULATORS);
        let second = (first + rng.random_range(1..REGULATORS)) % REGULATORS;
        for regulator in [first, second] {
            let activates = rng.random_bool(0.7);
            let weight = if activates { 1.0 } else { -1.0 } * rng.random_range(0.4..1.2);
            for i in 0..SAMPLES {
                levels[(i, target)] += weight * activities[(i, regulator)];
            }
            edges.push(edge(regulator, target, Some(activates)));
        }
    }
    Simulated {
        levels,
        activities,
        edges,
    }
}

fn edge(regulator: usize, target: usize, activates: Option<bool>) -> KnownEdge {
    KnownEdge {
        regulator: Gene(regulator),
        target: Gene(target),
        confidence: 1.0,
        activates,
    }
}

/// The edges, and those 30 % of them whose target was replaced by a gene without such an edge.
fn partly_wrong(edges: &[KnownEdge]) -> (Vec<KnownEdge>, Vec<KnownEdge>) {
    let mut rng = Seed(5).stream(Purpose::Synthetic, 0);
    let true_edge = |regulator, target| {
        let mut edges = edges.iter();
        edges.any(|edge| edge.regulator == regulator && edge.target == target)
    };
    let (mut right, mut wrong) = (Vec::new(), Vec::new());
    for edge in edges {
        if rng.random_bool(0.7) {
            right.push(*edge);
            continue;
        }
        let target = loop {
            let target = Gene(rng.random_range(REGULATORS..GENES));
            if !true_edge(edge.regulator, target) {
                break target;
            }
        };
        wrong.push(KnownEdge { target, ..*edge });
    }
    (right, wrong)
}

fn correlation(x: &[f64], y: &[f64]) -> f64 {
    let center = |x: &[f64]| -> Vec<f64> {
        let mean = x.iter().sum::<f64>() / x.len() as f64;
        x.iter().map(|x| x - mean).collect()
    };
    let (x, y) = (center(x), center(y));
    dot(&x, &y) / (dot(&x, &x) * dot(&y, &y)).sqrt()
}

fn largest_difference(a: &Mat<f64>, b: &Mat<f64>) -> f64 {
    (a - b).norm_max()
}

#[test]
fn activities_are_recovered_from_a_list_with_wrong_edges() {
    for number in 0..5 {
        let simulated = simulated(number);
        let (right, wrong) = partly_wrong(&simulated.edges);
        let edges = [right, wrong].concat();
        let settings = ActivitySettings::default();
        let activities = Activities::estimate(simulated.levels.as_ref(), &edges, &settings);
        assert_eq!(activities.regulators().len(), REGULATORS);
        let matrix = activities.matrix().to_owned();
        for r in 0..REGULATORS {
            let truth = simulated.activities.col_as_slice(r);
            let found = correlation(matrix.col_as_slice(r), truth);
            assert!(found >= 0.9, "regulator {r} of {number}: {found}");
        }
    }
}

#[test]
fn wrong_edges_of_the_list_are_reported() {
    let simulated = simulated(0);
    let (right, wrong) = partly_wrong(&simulated.edges);
    let edges = [right.clone(), wrong.clone()].concat();
    let settings = ActivitySettings::default();
    let activities = Activities::estimate(simulated.levels.as_ref(), &edges, &settings);
    let share_that_follows = |edges: &[KnownEdge]| {
        let listed = activities.agreement().iter().filter(|agreement| {
            let mut edges = edges.iter();
            edges.any(|e| (e.regulator, e.target) == (agreement.regulator, agreement.target))
        });
        let follow: Vec<bool> = listed.map(EdgeAgreement::follows).collect();
        follow.iter().filter(|follows| **follows).count() as f64 / follow.len() as f64
    };
    let (right, wrong) = (share_that_follows(&right), share_that_follows(&wrong));
    assert!(right > 0.85, "{right}");
    assert!((0.3..0.7).contains(&wrong), "{wrong}");
    assert!(activities.list_follows());
}

#[test]
fn lists_of_wrong_edges_seldom_follow() {
    let settings = ActivitySettings::default();
    let follows = |levels: &Mat<f64>, edges: &[KnownEdge]| {
        Activities::estimate(levels.as_ref(), edges, &settings).list_follows()
    };
    let mut wrong_lists = 0;
    for number in 0..20 {
        let Simulated { levels, edges, .. } = simulated(number);
        let (right, wrong) = partly_wrong(&edges);
        assert!(follows(&levels, &right[..wrong.len()]), "{number}");
        wrong_lists += usize::from(follows(&levels, &wrong));
    }
    assert!(wrong_lists <= 2, "{wrong_lists}");
}

#[test]
fn a_downdate_is_the_estimate_without_the_rows() {
    let simulated = simulated(1);
    let settings = ActivitySettings {
        rounds_without: 0,
        ..ActivitySettings::default()
    };
    let activities = Activities::estimate(simulated.levels.as_ref(), &simulated.edges, &settings);
    for genes in [
        vec![Gene(20)],
        vec![Gene(9), Gene(30), Gene(31)],
        vec![Gene(2)],
        vec![Gene(3), Gene(40)],
    ] {
        let problem = &activities.problem;
        let left_out = problem.left_out(&genes);
        let mut weights = activities.weights.clone();
        for &row in &left_out.rows {
            weights[row].fill(0.0);
        }
        let mut correlations = activities.mrna_correlations().to_vec();
        for &slot in &left_out.slots {
            correlations[slot] = 0.0;
        }
        let mut direct = problem.normal_equations(&weights, &correlations).solution();
        problem.scale(&mut direct);
        let difference = largest_difference(&activities.without(&genes), &direct);
        assert!(difference < 1e-8, "{genes:?}: {difference}");
        assert!(largest_difference(&direct, &activities.matrix().to_owned()) > 1e-6);
    }
}

#[test]
fn what_is_left_out_does_not_matter() {
    let mut simulated = simulated(2);
    let settings = ActivitySettings {
        rounds_without: 60,
        ..ActivitySettings::default()
    };
    let target = REGULATORS + 1;
    let estimate = |simulated: &Simulated| {
        let levels = simulated.levels.as_ref();
        let activities = Activities::estimate(levels, &simulated.edges, &settings);
        activities.without(&[Gene(target)])
    };
    let before = estimate(&simulated);
    let mut rng = Seed(7).stream(Purpose::Synthetic, 0);
    for i in 0..SAMPLES {
        simulated.levels[(i, target)] = normal(&mut rng);
    }
    assert!(largest_difference(&before, &estimate(&simulated)) < 1e-5);
}

#[test]
fn without_known_edges_no_regulator_has_an_activity() {
    let simulated = simulated(0);
    let settings = ActivitySettings::default();
    let activities = Activities::estimate(simulated.levels.as_ref(), &[], &settings);
    assert!(activities.regulators().is_empty());
    assert!(activities.agreement().is_empty());
    assert!(!activities.list_follows());
    assert_eq!(activities.matrix().shape(), (SAMPLES, 0));
    assert_eq!(activities.without(&[Gene(0)]).shape(), (SAMPLES, 0));
    assert_eq!(activities.used().count(), 0);
}

#[test]
fn edges_to_itself_to_constant_genes_and_without_confidence_do_not_count() {
    let mut simulated = simulated(0);
    for i in 0..SAMPLES {
        simulated.levels[(i, 50)] = 0.1;
        simulated.levels[(i, 51)] = if i == 3 { f64::NAN } else { 1.0 + i as f64 };
    }
    let mut edges: Vec<KnownEdge> = [60, 61, 0, 50, 51, 61]
        .map(|target| edge(0, target, None))
        .to_vec();
    edges.push(KnownEdge {
        confidence: 0.0,
        ..edge(0, 70, None)
    });
    let settings = ActivitySettings::default();
    let estimate = |edges: &[KnownEdge]| {
        let activities = Activities::estimate(simulated.levels.as_ref(), edges, &settings);
        activities.regulators().to_vec()
    };
    assert!(estimate(&edges).is_empty());
    edges.push(edge(0, 62, None));
    assert_eq!(estimate(&edges), [Gene(0)]);
}

#[test]
fn activities_have_mean_zero_and_variance_one() {
    let simulated = simulated(4);
    let settings = ActivitySettings::default();
    let activities = Activities::estimate(simulated.levels.as_ref(), &simulated.edges, &settings);
    for matrix in [
        activities.matrix().to_owned(),
        activities.without(&[Gene(33)]),
    ] {
        for r in 0..REGULATORS {
            let column = matrix.col_as_slice(r);
            assert!(column.iter().sum::<f64>().abs() < 1e-9);
            assert!((dot(column, column) / SAMPLES as f64 - 1.0).abs() < 1e-9);
        }
    }
}

#[test]
fn the_sign_follows_the_list_and_without_signs_the_mrna() {
    let simulated = simulated(0);
    let settings = ActivitySettings::default();
    let estimate =
        |edges: &[KnownEdge]| Activities::estimate(simulated.levels.as_ref(), edges, &settings);
    let signed = estimate(&simulated.edges);
    let flipped = simulated.edges.iter().map(|edge| KnownEdge {
        activates: edge.activates.map(|activates| !activates),
        ..*edge
    });
    let flipped = estimate(&flipped.collect::<Vec<_>>());
    let sum = signed.matrix() + flipped.matrix();
    assert!(sum.norm_max() < 1e-12);
    for r in 0..REGULATORS {
        let activity = signed.matrix().to_owned();
        let truth = simulated.activities.col_as_slice(r);
        assert!(correlation(activity.col_as_slice(r), truth) > 0.0);
    }
    let unsigned = simulated.edges.iter().map(|edge| KnownEdge {
        activates: None,
        ..*edge
    });
    let unsigned = estimate(&unsigned.collect::<Vec<_>>());
    assert!(unsigned.mrna_correlations().iter().all(|c| *c > 0.0));
}

#[test]
fn units_of_levels_and_of_confidence_do_not_matter() {
    let simulated = simulated(3);
    let settings = ActivitySettings::default();
    let before = Activities::estimate(simulated.levels.as_ref(), &simulated.edges, &settings);
    let levels = Mat::from_fn(SAMPLES, GENES, |i, j| {
        5.0 + (1.0 + j as f64) * simulated.levels[(i, j)]
    });
    let edges = simulated.edges.iter().map(|edge| KnownEdge {
        confidence: 7.0,
        ..*edge
    });
    let after = Activities::estimate(levels.as_ref(), &edges.collect::<Vec<_>>(), &settings);
    let difference = (before.matrix() - after.matrix()).norm_max();
    assert!(difference < 1e-8, "{difference}");
}

#[test]
fn edges_of_little_confidence_weigh_little() {
    let simulated = simulated(1);
    let (right, wrong) = partly_wrong(&simulated.edges);
    let settings = ActivitySettings::default();
    let estimate =
        |edges: &[KnownEdge]| Activities::estimate(simulated.levels.as_ref(), edges, &settings);
    let distrusted = wrong.iter().map(|edge| KnownEdge {
        confidence: 1e-9,
        ..*edge
    });
    let edges: Vec<KnownEdge> = right.iter().copied().chain(distrusted).collect();
    let (clean, with_distrusted) = (estimate(&right), estimate(&edges));
    let with_wrong = estimate(&[right.clone(), wrong].concat());
    let apart = |other: &Activities| (clean.matrix() - other.matrix()).norm_max();
    assert!(
        apart(&with_distrusted) < 0.2 * apart(&with_wrong),
        "{} {}",
        apart(&with_distrusted),
        apart(&with_wrong)
    );
}

#[test]
fn a_regulator_without_its_targets_has_its_mrna() {
    let simulated = simulated(0);
    let edges = [20, 21, 22].map(|target| edge(1, target, None));
    let settings = ActivitySettings::default();
    let activities = Activities::estimate(simulated.levels.as_ref(), &edges, &settings);
    let targets = [Gene(20), Gene(21), Gene(22)];
    let without = activities.without(&targets);
    let mrna = simulated.levels.col_as_slice(1);
    assert!(correlation(without.col_as_slice(0), mrna).abs() > 1.0 - 1e-9);
    let nothing = activities.without(&[targets.as_slice(), &[Gene(1)]].concat());
    assert_eq!(nothing.norm_max(), 0.0);
}
