//! Summaries against what is computed by hand, and a small benchmark from end to end.

use approx::assert_relative_eq;
use faer::Mat;

use super::benchmark_method::calibration;
use super::paired_difference::student_quantile;
use super::{
    BenchmarkMethod, Calibration, Case, External, HalfPriorError, KnownScores, Methods, NoMeter,
    Paired, RealData, Row, RowScores, SplitUnit, Watcher, calibrations, forecasts, half_priors,
    run, set_summaries, sizes, summarise,
};
use crate::evaluate::{EdgeList, GoldPair, GoldStandard, PredictedEdge, UniverseSettings};
use cistron::expression::{Data, Expression, TimeSeries};
use cistron::forecast::{Forecast, ForecastErrors, ForecastSkill, Predicted};
use cistron::genes::{Gene, Genes};
use cistron::loci::{GenePosition, Loci};
use cistron::network::{Edge, Sign};
use cistron::prior::Prior;
use cistron::run::Settings;
use cistron::seed::Seed;

fn row(case: &str, method: &str, seed: u64, aupr: f64) -> Row {
    Row {
        suite: "s".to_owned(),
        case: case.to_owned(),
        replicate: 1,
        method: method.to_owned(),
        seed,
        genes: 10,
        samples: 20,
        edges: 5,
        scores: Some(RowScores {
            aupr,
            aupr_ratio: 10.0 * aupr,
            auroc: 0.5,
            epr: 1.0,
            sign_accuracy: None,
            known: None,
        }),
        forecast: None,
        calibration: Vec::new(),
        seconds: 1.0,
        forecast_seconds: None,
        peak_bytes: Some(seed),
        failure: None,
    }
}

#[test]
fn the_paired_interval_is_the_one_by_hand() {
    let pairs = [(0.4, 0.3), (0.5, 0.3), (0.3, 0.3), (0.6, 0.3)];
    let paired = Paired::new(&pairs).expect("four pairs");
    // differences .1 .2 0 .3: mean .15, s = √(.05/3), t(3) = 3.182446
    let half = 3.182_446 * (0.05_f64 / 3.0).sqrt() / 2.0;
    assert_relative_eq!(paired.difference, 0.15, epsilon = 1e-12);
    let (low, high) = paired.interval.expect("more than one");
    assert_relative_eq!(low, 0.15 - half, epsilon = 1e-9);
    assert_relative_eq!(high, 0.15 + half, epsilon = 1e-9);
    assert_eq!((paired.wins, paired.pairs), (3, 4));
    assert_eq!(Paired::new(&pairs[..1]).expect("one").interval, None);
    assert_eq!(Paired::new(&[]), None);
}

#[test]
fn the_quantiles_of_student_are_those_of_the_tables() {
    for (freedom, quantile) in [
        (1, 12.7062),
        (4, 2.7764),
        (11, 2.2010),
        (19, 2.0930),
        (120, 1.9799),
    ] {
        assert_relative_eq!(student_quantile(freedom), quantile, epsilon = 1e-4);
    }
}

#[test]
fn seeds_are_averaged_before_networks_are_compared() {
    let rows = [
        row("a", "cistron", 1, 0.5),
        row("a", "cistron", 2, 0.3),
        row("b", "cistron", 1, 0.8),
        row("a", "other", 1, 0.1),
        row("a", "other", 2, 0.1),
        row("b", "other", 1, 0.9),
        row("c", "other", 1, 0.2),
    ];
    let summaries = summarise(&rows);
    let (own, other) = (&summaries[0], &summaries[1]);
    assert_relative_eq!(own.aupr.expect("scores").mean, 0.6, epsilon = 1e-12);
    assert_eq!(
        (own.networks, own.against, own.peak_bytes),
        (2, None, Some(2))
    );
    let against = other.against.expect("two networks in common");
    assert_relative_eq!(against.difference, 0.1, epsilon = 1e-12);
    assert_eq!((against.wins, against.pairs), (1, 2));
}

#[test]
fn replicates_of_one_network_count_once() {
    let rows = [
        ("a", "cistron", 1, 0.5),
        ("a", "cistron", 2, 0.7),
        ("b", "cistron", 1, 0.4),
        ("a", "other", 1, 0.6),
        ("a", "other", 2, 0.2),
        ("b", "other", 1, 0.3),
    ];
    let rows = rows.map(|(case, method, replicate, aupr)| Row {
        replicate,
        ..row(case, method, u64::from(replicate), aupr)
    });
    let other = &summarise(&rows)[1];
    assert_eq!((other.networks, other.replicates, other.seeds), (2, 2, 1));
    let against = other.against.expect("two networks");
    assert_eq!((against.wins, against.pairs), (2, 2));
    assert_relative_eq!(against.difference, 0.15, epsilon = 1e-12);
    // where the other method failed, the reference's run does not count
    let few = summarise(&[&rows[..4], &rows[5..]].concat());
    let against = few[1].against.expect("two networks");
    assert_relative_eq!(against.difference, 0.0, epsilon = 1e-12);
}

fn predicted(errors: [f64; 4]) -> Forecast {
    let [no_change, mean_of_others, linear, model] = errors;
    let [_, skill_of_mean, skill_of_linear, skill_of_model] =
        errors.map(|error| 1.0 - (error / no_change).powi(2));
    Forecast {
        whole: Predicted {
            series: 3,
            genes: 10,
            points: 60,
            error: ForecastErrors {
                no_change,
                mean_of_others,
                linear,
                model,
            },
            skill: ForecastSkill {
                mean_of_others: skill_of_mean,
                linear: skill_of_linear,
                model: skill_of_model,
            },
        },
        after_change: None,
    }
}

#[test]
fn predictors_are_compared_network_by_network() {
    let rows = [
        ("a", "cistron linear", Some([9.0; 4])),
        ("a", "cistron", Some([2.0, 1.5, 1.2, 1.0])),
        ("b", "cistron", Some([2.0, 1.5, 0.8, 1.2])),
        ("b", "other", None),
    ];
    let rows = rows.map(|(case, method, errors)| Row {
        forecast: errors.map(predicted),
        ..row(case, method, 1, 0.5)
    });
    let all = forecasts(&rows);
    let names: Vec<_> = all
        .iter()
        .map(|summary| summary.predictor.as_str())
        .collect();
    let others = ["linear", "mean of the other series", "no change"];
    assert_eq!(names, [&["cistron"][..], &others].concat());
    assert_eq!((all[0].networks, all[0].against), (2, None));
    assert_relative_eq!(all[0].error.mean, 1.1, epsilon = 1e-12);
    let linear = all[1].against.expect("two networks");
    assert_relative_eq!(linear.difference, -0.1, epsilon = 1e-12);
    assert_eq!((linear.wins, linear.pairs), (1, 2));
    let single = forecasts(&rows[..1]);
    assert_eq!((single.len(), single[0].predictor.as_str()), (3, "linear"));
}

#[test]
fn calibration_is_that_of_the_middle_network() {
    let rows = [("a", 4.0, 0), ("b", 3.0, 2), ("c", 2.0, 5)];
    let rows = rows.map(|(case, expected, found)| Row {
        calibration: vec![Calibration {
            rank: 10,
            expected,
            found,
        }],
        ..row(case, "cistron", 1, 0.5)
    });
    let all = calibrations(&rows);
    assert_eq!((all.len(), all[0].rank, all[0].networks), (1, 10, 3));
    assert_eq!((all[0].expected.median, all[0].found.median), (3.0, 2.0));
    assert_eq!((all[0].ratio, all[0].within_two), (Some(1.5), 1));
    assert_relative_eq!(all[0].together.expect("false edges"), 9.0 / 7.0);
    assert_eq!(calibrations(&rows[..1])[0].ratio, None);
}

#[test]
fn sizes_are_kept_apart() {
    let large = Row {
        genes: 50,
        seconds: 9.0,
        ..row("b", "cistron", 3, 0.1)
    };
    let rows = [large, row("a", "cistron", 1, 0.5)];
    let all = sizes(&rows);
    let seconds = all.iter().map(|one| one.seconds.expect("ran").mean);
    let genes = all.iter().map(|one| one.genes);
    assert_eq!(
        genes.zip(seconds).collect::<Vec<_>>(),
        [(10, 1.0), (50, 9.0)]
    );
}

#[test]
fn expected_and_true_false_edges_are_counted_over_the_judged_pairs() {
    let edge = |rank: usize, probability: f64| {
        let mut edge = Edge::new(Gene(0), Gene(1));
        edge.rank = rank;
        edge.probability = probability;
        edge
    };
    let edges = [edge(1, 0.75), edge(2, 0.25), edge(3, 0.5)];
    let all = calibration(&edges, &[Some(true), None, Some(false)]);
    let found = all.iter().map(|one| (one.rank, one.expected, one.found));
    assert_eq!(found.collect::<Vec<_>>(), [(1, 0.25, 0), (2, 0.75, 1)]);
}

/// A chain of five genes, three noisy series of waves.
fn chain() -> Case {
    let genes = Genes::new(["a", "b", "c", "d", "e"]).expect("distinct");
    let pairs = [0, 1, 2, 3].map(|regulator| GoldPair {
        regulator: Gene(regulator),
        target: Gene(regulator + 1),
        edge: true,
        sign: Sign::Activation,
    });
    let series = (0..3).map(|s| {
        let values = Mat::from_fn(12, 5, |t, j| {
            let wave = (((t + 12) as f64 - 2.0 * j as f64) / (2.0 + f64::from(s))).sin();
            3.0 + wave + 0.1 * ((t * t * 7 + j * 13 + t * 5 * j) % 11) as f64
        });
        TimeSeries::new(format!("{s}"), (0..12).map(f64::from).collect(), values).expect("sorted")
    });
    let edges = (0..4).map(|at| PredictedEdge {
        regulator: Gene(at),
        target: Gene(at + 1),
        score: 1.0,
        sign: Sign::Activation,
    });
    let mut settings = Settings::default();
    settings.fit.pairs = 5;
    Case {
        suite: "small".to_owned(),
        name: "chain".to_owned(),
        replicate: 1,
        data: Data::from(Expression::new(genes.clone(), series.collect()).expect("sound")),
        truth: GoldStandard::new(genes.clone(), &pairs).expect("edges"),
        universe: UniverseSettings::default(),
        prior: Prior::default(),
        settings,
        baselines_as_stored: false,
        loci: None,
        external: vec![External {
            name: "all knowing".to_owned(),
            edges: EdgeList::new(genes, edges.collect()).expect("distinct"),
        }],
    }
}

#[test]
fn every_method_has_its_row_and_a_failure_says_why() {
    let mut reported = 0;
    let mut watcher = Watcher {
        meter: &mut NoMeter,
        progress: &mut |_| reported += 1,
    };
    let names = ["all knowing".to_owned(), "nobody".to_owned()];
    let methods = Methods::all(&names);
    let rows = run([chain()], &methods, &[Seed(1)], &mut watcher);
    assert_eq!(reported, methods.for_size(5).count());
    let [known, nobody, floor, own] = ["all knowing", "nobody", "floor (random)", "cistron"]
        .map(|name| rows.iter().find(|row| row.method == name).expect("a row"));
    let scores = known.scores.expect("scores");
    assert_eq!((scores.aupr, scores.sign_accuracy), (1.0, Some(1.0)));
    let auroc = floor.scores.expect("scores").auroc;
    assert_relative_eq!(auroc, 0.5, epsilon = 1e-12);
    assert!(own.forecast.is_some() && own.scores.is_some());
    let ranks: Vec<usize> = own.calibration.iter().map(|point| point.rank).collect();
    assert_eq!(ranks, [1, 2, 5, 10, 20]);
    let reason = nobody.failure.as_deref().expect("no list");
    assert_eq!(reason, "there is no list of edges for this case");
    let bounds = methods.for_size(5).filter(|method| method.is_bound());
    assert_eq!(bounds.count(), 2);
    assert!(matches!(
        methods.for_size(5).next(),
        Some(BenchmarkMethod::Cistron)
    ));
}

#[test]
fn the_lift_is_the_geometric_mean_over_sets_and_other_suites_have_none() {
    let known = KnownScores {
        aupr_error: 0.01,
        precision_100: 0.2,
        precision_500: 0.1,
        apart: None,
        tenths: None,
    };
    let mut rows = [row("a", "ridge", 1, 0.2), row("b", "ridge", 1, 0.8)];
    assert!(set_summaries(&rows).is_empty());
    for row in &mut rows {
        row.scores.as_mut().expect("scores").known = Some(known);
    }
    let summaries = set_summaries(&rows);
    // lifts 2 and 8
    assert_relative_eq!(summaries[0].lift.expect("two sets"), 4.0, epsilon = 1e-12);
    assert_eq!(summaries[0].apart_lift, None);
    assert_eq!(summaries[0].sets[1].set, "b");
    assert_eq!(summaries[0].sets[1].precision_500, Some(0.1));
}

/// The chain of five genes as real data, with positions of four of them.
fn real_chain() -> Case {
    let chain = chain();
    let genes = Genes::new(["a", "b", "c", "d"]).expect("distinct");
    let positions = [1.0, 2.0, 300.0, 301.0].map(|start| GenePosition {
        chromosome: "1".to_owned(),
        start,
    });
    let real = RealData {
        name: chain.name,
        data: chain.data,
        regulators: None,
        known: chain.truth,
        loci: Some(Loci::new(genes, &positions)),
    };
    real.case().expect("known edges")
}

#[test]
fn half_of_the_targets_have_their_edges_as_prior_and_the_others_are_judged() {
    let case = real_chain();
    let edges: Vec<(Gene, Gene)> = case
        .truth
        .pairs()
        .map(|pair| (pair.regulator, pair.target))
        .collect();
    let halves = half_priors(&case, SplitUnit::Target, Seed(1)).expect("halves");
    let again = half_priors(&case, SplitUnit::Target, Seed(1)).expect("halves");
    assert_eq!(halves.len(), 5);
    for (half, again) in halves.iter().zip(&again) {
        assert_eq!(half.prior, again.prior);
        let judged = half.universe.targets.as_ref().expect("some targets");
        for &(regulator, target) in &edges {
            let given = half.prior.penalty_factor(target, regulator) == Some(0.5);
            let name = case.data.genes().name(target);
            assert_ne!(given, judged.iter().any(|judged| judged == name));
        }
        assert_eq!(half.prior.len(), 2);
    }
    assert!(halves.iter().any(|half| half.prior != halves[0].prior));
    // the neighbours are one block, and the gene without a position is another
    for half in half_priors(&case, SplitUnit::Loci, Seed(1)).expect("halves") {
        let judged = half.universe.targets.expect("some targets");
        assert!([1, 3].contains(&judged.len()), "{judged:?}");
    }
    let nowhere = Case { loci: None, ..case };
    let error = half_priors(&nowhere, SplitUnit::Loci, Seed(1)).expect_err("no positions");
    assert!(matches!(error, HalfPriorError::NoLoci { .. }));
}
