//! Generated networks have the statistics of the networks of DREAM4.

use cistron::seed::Seed;
use cistron_truth::evaluate::SeriesStatistics;
use cistron_truth::simulate::random::{Law, NetworkSettings, draw_model};

/// Least and largest value over the five networks of 100 genes of DREAM4, from the public files of
/// the challenge (Marbach et al. (2010), PNAS 107:6286): what `cargo bench --bench accuracy --
/// generated series` prints for them.
const DREAM4_100: [(&str, f64, f64); 24] = [
    ("level 10 %", 0.078, 0.142),
    ("level 50 %", 0.360, 0.415),
    ("level 90 %", 0.631, 0.689),
    ("near zero", 0.032, 0.066),
    ("range", 0.659, 0.728),
    ("log spread", 0.451, 0.537),
    ("additive noise", 0.014, 0.053),
    ("multiplicative noise", 0.088, 0.131),
    ("noise at low levels", 0.018, 0.026),
    ("noise at middle levels", 0.0525, 0.060),
    ("noise at high levels", 0.062, 0.073),
    ("autocorrelation 1", -0.196, -0.103),
    ("autocorrelation 2", -0.278, -0.260),
    ("autocorrelation 3", -0.418, -0.348),
    ("responding", 0.262, 0.347),
    ("response size 50 %", 0.295, 0.344),
    ("response size 90 %", 0.511, 0.585),
    ("first step", 0.299, 0.446),
    ("response time", 94.6, 179.2),
    ("relaxation time", 66.5, 180.5),
    ("left at end", -0.004, 0.055),
    ("correlation 50 %", 0.135, 0.161),
    ("correlation 90 %", 0.397, 0.424),
    ("correlation 99 %", 0.637, 0.732),
];

/// How far the mean of generated networks may lie outside of the range, as a part of its middle:
/// five networks say the range only about so well.
const SLACK: f64 = 0.12;

/// Statistics that need not lie within the range itself but only near it.
const NEAR: usize = 6;

fn statistics(law: Law, seed: u64) -> SeriesStatistics {
    let model = draw_model(&NetworkSettings::dream4(law, 100), Seed(seed))
        .expect("a network with a steady state");
    let series = model.time_series(Seed(seed)).expect("a steady state");
    SeriesStatistics::new(&series.expect("a plan of series")).expect("full series")
}

#[test]
fn series_of_generated_networks_have_the_statistics_of_dream4() {
    let found: Vec<_> = (1..=4)
        .flat_map(|seed| [(Law::Bacterial, seed), (Law::Yeast, seed)])
        .map(|(law, seed)| statistics(law, seed).named())
        .collect();
    let mut outside = Vec::new();
    for (at, (name, least, most)) in DREAM4_100.into_iter().enumerate() {
        assert_eq!(found[0][at].0, name);
        let mean = found.iter().map(|one| one[at].1).sum::<f64>() / found.len() as f64;
        let slack = SLACK * (least + most).abs() / 2.0;
        assert!(
            (least - slack..=most + slack).contains(&mean),
            "{name}: {mean} is far from {least} to {most}"
        );
        if !(least..=most).contains(&mean) {
            outside.push((name, mean, least, most));
        }
    }
    assert!(outside.len() <= NEAR, "{outside:?}");
}

#[test]
fn a_network_of_any_size_has_series() {
    for genes in [5, 10, 50] {
        for law in [Law::Bacterial, Law::Yeast] {
            let model =
                draw_model(&NetworkSettings::dream4(law, genes), Seed(1)).expect("a steady state");
            let series = model.time_series(Seed(1)).expect("a steady state");
            let series = series.expect("a plan of series");
            let count = if genes <= 10 { 5 } else { 10 };
            assert_eq!(series.series().len(), count);
            assert_eq!(series.genes().len(), genes);
        }
    }
}
