//! Concurrency and memory limits, with jobs of known duration.

use std::thread::sleep;

use cistron::expression::{Scale, States};
use cistron::field::{Component, SparseField};
use cistron::genes::Genes;

use super::*;
use crate::query::WILD_TYPE;

/// A model of genes that decay, with an ensemble.
fn live(genes: usize, members: usize) -> Arc<Live> {
    let names = (0..genes).map(|k| format!("G{k}"));
    let genes = Genes::new(names).expect("distinct");
    let components = vec![
        Component {
            regulators: Vec::new(),
            units: Vec::new(),
            intercept: 0.1,
            decay: 0.2,
            covariates: Vec::new(),
        };
        genes.len()
    ];
    let field = SparseField::new(genes.clone(), Scale::IDENTITY, Vec::new(), components);
    let field = field.expect("sound");
    let model = Fitted::new(field.clone(), vec![1.0; genes.len()], (0.0, 10.0))
        .with_members(vec![field; members]);
    let states = States {
        genes,
        states: Vec::new(),
    };
    let file = "states.tsv".to_owned();
    Live::new(model, Starts { states, file })
}

fn run<T>(work: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .max_blocking_threads(TURNS)
        .build();
    runtime.expect("a runtime").block_on(work)
}

/// Continues until it is cancelled, for at most a minute.
fn endless(_: &Live, stop: &Stop) -> Result<(), Refusal> {
    for _ in 0..6_000 {
        if stop.is_cancelled() {
            return Ok(());
        }
        sleep(Duration::from_millis(10));
    }
    Ok(())
}

const SHORT: Duration = Duration::from_millis(100);

#[test]
fn abandoned_queries_release_their_turn() {
    let live = live(2, 1);
    run(async {
        for bands in [true, true, false, false] {
            let query = tokio::spawn(Arc::clone(&live).simulate(bands, endless));
            tokio::time::sleep(SHORT).await;
            query.abort();
        }
        for bands in [true, false] {
            let next = Arc::clone(&live).simulate(bands, |_, _| Ok(1));
            let answer = timeout(Duration::from_secs(2), next).await;
            assert_eq!(answer, Ok(Ok(1)), "a turn is not free");
        }
    });
}

#[test]
fn queries_with_bands_leave_a_turn_to_those_without() {
    let live = live(2, 1);
    run(async {
        let heavy = [0; 4].map(|_| tokio::spawn(Arc::clone(&live).simulate(true, endless)));
        tokio::time::sleep(SHORT).await;
        let quick = Arc::clone(&live).simulate(false, |_, _| Ok(1));
        let answer = timeout(Duration::from_secs(2), quick).await;
        assert_eq!(answer, Ok(Ok(1)), "it had to wait");
        heavy.iter().for_each(tokio::task::JoinHandle::abort);
    });
}

#[test]
fn at_the_time_limit_a_query_is_refused_and_its_turn_is_free_again() {
    let live = live(2, 1);
    run(async {
        for _ in 0..2 {
            let late = Arc::clone(&live)
                .simulate_within(SHORT, true, endless)
                .await;
            let refusal = format!("{:?}", late.expect_err("too long"));
            assert!(refusal.contains("503") && refusal.contains("did not end within"));
        }
        let next = Arc::clone(&live).simulate(true, |_, _| Ok(1));
        let answer = timeout(Duration::from_secs(2), next).await;
        assert_eq!(answer, Ok(Ok(1)), "its turn is not free");
    });
}

#[test]
fn the_memory_limit_counts_states_without_and_with_interventions() {
    // 1,001 times, 500 genes, the field and 15 members: 8 million values without interventions
    let live = live(500, 15);
    let mut setting = Setting {
        start: WILD_TYPE.to_owned(),
        until: Until::Times((0..1_001).map(f64::from).collect()),
        bands: true,
    };
    let refused = live.ready(&setting, &Stop::default());
    let refusal = format!("{:?}", refused.err().expect("too large"));
    assert!(
        refusal.contains("too large for this number of points"),
        "{refusal}"
    );
    setting.bands = false;
    assert!(live.ready(&setting, &Stop::default()).is_ok());
}
