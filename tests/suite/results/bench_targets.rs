//! What the benchmark has to show: better than every baseline, and false edges as expected.
//!
//! The full targets take minutes: `cargo test --release --test suite targets -- --ignored`.

use cistron::seed::Seed;
use cistron_truth::benchmark::{
    CalibrationSummary, Methods, NoMeter, Row, Suite, Watcher, calibrations, run, summarise,
};
use cistron_truth::simulate::random::Law;

/// Rows of all methods, or of those named, on generated networks.
fn rows(networks: u64, genes: usize, only: &[&str]) -> Vec<Row> {
    let mut methods = Methods::all(&[]);
    if !only.is_empty() {
        let names: Vec<String> = only.iter().map(|name| (*name).to_owned()).collect();
        methods = methods.only(&names).expect("they are there");
    }
    let suite = Suite::Generated {
        first: 1,
        networks,
        genes,
        law: Law::Bacterial,
    };
    let mut watcher = Watcher {
        meter: &mut NoMeter,
        progress: &mut |_| {},
    };
    let cases = suite
        .cases(1)
        .map(|case| case.expect("a network of this size"));
    run(cases, &methods, &[Seed(1)], &mut watcher)
}

fn calibration(rows: &[Row], rank: usize) -> CalibrationSummary {
    let all = calibrations(rows).into_iter();
    let mut own = all.filter(|one| one.method == "cistron" && one.rank == rank);
    own.next().expect("lists are that long")
}

fn aupr(rows: &[Row], method: &str) -> Vec<f64> {
    let own = rows.iter().filter(|row| row.method == method);
    own.map(|row| row.scores.expect("it ran").aupr).collect()
}

#[test]
fn on_three_networks_each_is_better_than_correlation_and_chance() {
    let rows = rows(3, 50, &["cistron", "correlation"]);
    let own = aupr(&rows, "cistron");
    for other in ["correlation", "floor (random)"] {
        let others = aupr(&rows, other);
        assert!(
            own.iter().zip(&others).all(|(own, other)| own > other),
            "{own:?} {other}: {others:?}"
        );
    }
    let ratio = calibration(&rows, 50).together.expect("false edges");
    assert!((1.0 / 3.0..=3.0).contains(&ratio), "{ratio}");
}

/// Every target that is missed is reported, not only the first.
///
/// Expected and true numbers are summed over the networks and have to be within a factor of 2 of
/// each other. On these networks that is missed at 10 edges, on the careful side: 27.4 expected for
/// 13, where more than half of the lists have no false edge (networks 301 to 320: 1.25).
#[test]
#[ignore = "takes minutes; `cargo test --release --test suite targets -- --ignored`"]
fn on_twenty_networks_the_targets_are_met() {
    let rows = rows(20, 100, &[]);
    let mut missed = Vec::new();
    for rank in [10, 50, 100] {
        let one = calibration(&rows, rank);
        let ratio = one.expected_sum / one.found_sum;
        if !(0.5..=2.0).contains(&ratio) {
            missed.push(format!("{ratio:.2} at {rank}: {one:?}"));
        }
    }
    for one in summarise(&rows) {
        let bound = one.method.starts_with("ceiling") || one.method.starts_with("cistron");
        if !bound {
            let against = one.against.expect("both ran");
            let (low, _) = against.interval.expect("twenty networks");
            if low <= 0.0 {
                missed.push(format!("{}: {against:?}", one.method));
            }
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}
