//! Wild types of fields whose steady states are known.

use super::*;
use crate::dynamics::random_field;
use crate::expression::{Change, Expression, ObservedRange, Scale, TimeSeries};
use crate::field::{Component, Unit};
use crate::perturb::{Query, Until, answer, batch_states};
use faer::mat;

#[test]
fn many_mutants_at_once_are_those_one_by_one_on_any_number_of_threads() {
    let field = random_field(80, 5, 11);
    let wild =
        WildType::new(&field, &[1.0; 80], 10.0, SteadySettings::default()).expect("a steady state");
    let all: Vec<[Intervention; 1]> = (0..80)
        .map(|g| [Intervention::always(Gene(g), Change::Knockout)])
        .collect();
    let find = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        let pool = pool.expect("threads");
        pool.install(|| wild.mutants(&all, |_| wild.levels().to_vec()))
    };
    let found = find(1);
    assert!(found == find(3));
    for (one, together) in all.iter().zip(&found) {
        let single = wild
            .mutant(one, wild.levels())
            .expect("a steady state")
            .levels;
        let together = together.as_ref().expect("a steady state");
        let pairs = single.iter().zip(together);
        assert!(pairs.map(|(a, b)| (a - b).abs()).fold(0.0, f64::max) < 1e-8);
    }
}

#[test]
fn a_gene_without_decay_stays_where_the_data_have_it() {
    let field = random_field(6, 2, 4);
    let components = field.genes().iter().map(|gene| {
        let mut component = field.component(gene).clone();
        component.decay = if gene.index() == 2 {
            1e-4
        } else {
            component.decay
        };
        component
    });
    let (genes, scale) = (field.genes().clone(), field.scale());
    let field = SparseField::new(genes, scale, vec![], components.collect()).expect("sound");
    let at = |length| {
        WildType::new(&field, &[0.7; 6], length, SteadySettings::default()).expect("a steady state")
    };
    let wild = at(100.0);
    assert_eq!(wild.drifting().collect::<Vec<_>>(), [Gene(2)]);
    assert_eq!(wild.levels()[2], 0.7);
    assert_eq!(at(1e6).drifting().count(), 0);
    assert!(at(1e6).levels()[2] > 100.0);
}

/// `x' = 2 + σ(4x − 10) − x`: steady at 0.104 and 3.81.
fn switch() -> SparseField {
    let unit = Unit {
        range: 1.0,
        bias: -10.0,
        weights: vec![4.0],
    };
    let component = Component {
        regulators: vec![Gene(0)],
        units: vec![unit],
        intercept: 2.0,
        decay: 1.0,
        covariates: vec![],
    };
    let genes = Genes::new(["x"]).expect("distinct");
    SparseField::new(genes, Scale::IDENTITY, vec![], vec![component]).expect("sound")
}

fn measured(low: f64, high: f64) -> Fitted {
    let series = TimeSeries::new("s", vec![0.0, 4.0], mat![[low], [high]]);
    let series = vec![series.expect("increasing")];
    let genes = Genes::new(["x"]).expect("distinct");
    let expression = Expression::new(genes, series).expect("sound");
    let fitted = Fitted::new(switch(), vec![3.0], (0.0, 4.0));
    fitted.with_observed(ObservedRange::new(&expression, None))
}

#[test]
fn simulations_start_within_the_measured_range() {
    let fitted = measured(2.0, 4.0);
    let inside = WildType::of(&fitted).expect("a steady state");
    assert_eq!(inside.start(), &InitialState::new(StartKind::Steady));
    let fitted = measured(0.0, 3.0);
    let other = WildType::of(&fitted).expect("a steady state");
    assert_eq!(other.start().kind, StartKind::OtherSteady);
    assert_eq!(other.start().outside, [Gene(0)]);
    assert!((other.levels()[0] - 0.104).abs() < 1e-3);
    let fitted = measured(2.0, 3.0);
    let course = WildType::of(&fitted).expect("a course");
    assert_eq!(course.start().kind, StartKind::Reference);
    assert!((course.levels()[0] - 3.8).abs() < 0.05);
    let half = Intervention::always(Gene(0), Change::Knockout);
    let mutants = course.mutants(&[[half]], |_| vec![3.8]);
    assert_eq!(mutants[0].as_ref().expect("a course"), &[0.0]);
    let fitted = Fitted {
        times: (0.0, 0.0),
        ..fitted
    };
    let still = WildType::of(&fitted).expect("a steady state");
    assert_eq!(still.start().kind, StartKind::Steady);
    assert_eq!(still.start().outside, [Gene(0)]);
}

#[test]
fn many_mutants_start_as_one_does() {
    for fitted in [measured(0.0, 3.0), measured(2.0, 3.0)] {
        let set = [Intervention::always(Gene(0), Change::Scaled(0.5))];
        for until in [Until::Auto, Until::Steady] {
            let many = batch_states(&fitted, &[set], None, &until).expect("a start");
            let query = Query {
                interventions: &set,
                from: None,
                until: &until,
            };
            let one = answer(&fitted, &query).expect("a start");
            assert_eq!(many.start, *one.start());
            let last = many.states[0].as_ref().expect("a state");
            let last = last[(last.nrows() - 1, 0)];
            assert!((last - one.perturbed(one.rows() - 1, Gene(0))).abs() < 1e-4);
            let wild = many.unperturbed[(many.unperturbed.nrows() - 1, 0)];
            assert!((wild - one.wild_type(one.rows() - 1, Gene(0))).abs() < 1e-4);
        }
    }
}
