//! What a refit finds in data of a field that is known.

use faer::Mat;

use super::{Observations, RefitSettings, refit_through_ode};
use crate::dynamics::{SteadySettings, SteadySolver};
use crate::expression::{
    Change, Expression, Intervention, Origin, Scale, SteadySample, SteadyStates, TimeSeries,
};
use crate::field::{Component, Intervened, SparseField, Unit, VectorField};
use crate::genes::{Gene, Genes};
use crate::seed::Seed;
use crate::segments::Segments;
use crate::trajectory::{Conditions, RowSettings, segments};
use rand_distr::{Distribution, StandardNormal};

const GENES: usize = 5;
const NOISE: f64 = 1e-3;

/// A chain with a branch and negative feedback; every unit is linear over all of the data.
fn known() -> SparseField {
    field(&[
        (&[4], &[-0.4], 0.9, 0.8),
        (&[0], &[0.6], 0.3, 1.0),
        (&[1], &[-0.7], 0.9, 0.6),
        (&[1, 2], &[0.5, 0.3], 0.1, 1.2),
        (&[3], &[0.8], 0.2, 0.7),
    ])
}

type Wiring<'a> = (&'a [usize], &'a [f64], f64, f64);

fn field(all: &[Wiring<'_>]) -> SparseField {
    let names: Vec<String> = (1..=GENES).map(|k| format!("g{k}")).collect();
    let component = |&(regulators, weights, intercept, decay): &Wiring<'_>| Component {
        regulators: regulators.iter().map(|&g| Gene(g)).collect(),
        units: vec![Unit {
            range: 3.0,
            bias: 0.0,
            weights: weights.to_vec(),
        }],
        intercept,
        decay,
        covariates: Vec::new(),
    };
    let genes = Genes::new(names).expect("distinct");
    let components = all.iter().map(component).collect();
    SparseField::new(genes, Scale::IDENTITY, Vec::new(), components).expect("sound")
}

/// The same with weights at a third and intercepts that keep the wild type: a shrunk fit.
fn shrunk() -> SparseField {
    let (known, levels) = (known(), steady_levels(&known(), None));
    let component = |gene: Gene| {
        let was = known.component(gene);
        let unit = &was.units[0];
        let lost = |(g, w): (&Gene, &f64)| w * 2.0 / 3.0 * levels[g.index()];
        let moved: f64 = was.regulators.iter().zip(&unit.weights).map(lost).sum();
        Component {
            units: vec![Unit {
                weights: unit.weights.iter().map(|w| w / 3.0).collect(),
                ..unit.clone()
            }],
            intercept: was.intercept + moved,
            ..was.clone()
        }
    };
    let components = known.genes().iter().map(component).collect();
    let genes = known.genes().clone();
    SparseField::new(genes, Scale::IDENTITY, Vec::new(), components).expect("sound")
}

fn steady_levels(field: &SparseField, out: Option<usize>) -> Vec<f64> {
    let change = |gene| Intervention::always(Gene(gene), Change::Knockout);
    let all: Vec<Intervention> = out.into_iter().map(change).collect();
    let changed = Intervened::always(field, Scale::IDENTITY, &all).expect("sound");
    let state = SteadySolver::new(field).find(&changed, &[0.5; GENES], &SteadySettings::default());
    state.expect("it comes to a steady state").levels
}

/// Short steps of Euler's method.
fn path(field: &SparseField, start: &[f64], time: f64) -> Vec<f64> {
    let (mut x, mut v) = (start.to_vec(), vec![0.0; GENES]);
    for _ in 0..1_000 {
        field.velocity_into(&x, &mut v);
        let steps = x.iter_mut().zip(&v);
        steps.for_each(|(x, v)| *x += time / 1_000.0 * v);
    }
    x
}

/// Series from other starts than the wild type, and knockouts of the genes that are given.
fn data(out: &[usize]) -> (Expression, Segments, SteadyStates) {
    let known = known();
    let mut rng = Seed(3).stream(crate::seed::Purpose::Synthetic, 0);
    let mut noisy = |levels: &[f64]| -> Vec<f64> {
        let mut normal = || -> f64 { StandardNormal.sample(&mut rng) };
        levels.iter().map(|x| x + NOISE * normal()).collect()
    };
    let series = (0..6).map(|s| {
        let mut x: Vec<f64> = (0..GENES)
            .map(|j| 0.6 + 0.5 * ((3 * s + 5 * j) as f64).sin())
            .collect();
        let mut rows = Vec::new();
        for _ in 0..12 {
            rows.push(noisy(&x));
            x = path(&known, &x, 0.5);
        }
        let values = Mat::from_fn(12, GENES, |i, j| rows[i][j]);
        let times = (0..12).map(|k| 0.5 * f64::from(k)).collect();
        TimeSeries::new(format!("s{s}"), times, values).expect("increasing")
    });
    let series: Vec<TimeSeries> = series.collect();
    let expression = Expression::new(known.genes().clone(), series).expect("sound");
    let rows = segments(&expression, &Conditions::default(), RowSettings::default());
    let states: Vec<Option<usize>> = [None, None]
        .into_iter()
        .chain(out.iter().map(|&gene| Some(gene)))
        .collect();
    let levels: Vec<Vec<f64>> = states
        .iter()
        .map(|s| noisy(&steady_levels(&known, *s)))
        .collect();
    let samples = states.iter().map(|out| {
        let done = out.iter();
        let done = done.map(|&gene| Intervention::always(Gene(gene), Change::Knockout));
        SteadySample::new(format!("{out:?}"), Origin::Interventions(done.collect()))
    });
    let values = Mat::from_fn(states.len(), GENES, |i, j| {
        if states[i] == Some(j) {
            0.0
        } else {
            levels[i][j]
        }
    });
    let genes = known.genes().clone();
    let steady_states = SteadyStates::new(genes, samples.collect(), values).expect("sound");
    (expression, rows.expect("sound"), steady_states)
}

fn refitted(out: &[usize]) -> SparseField {
    let (expression, rows, steady_states) = data(out);
    let data = Observations {
        expression: &expression,
        rows: &rows,
        steady_states: Some(&steady_states),
    };
    let settings = RefitSettings {
        members: 0,
        ..RefitSettings::default()
    };
    let found = refit_through_ode(&shrunk(), &data, &settings, Seed::default()).expect("sound");
    found.fitted.field
}

#[test]
fn the_parameters_of_a_known_field_come_back() {
    let (known, found) = (known(), refitted(&[0, 1, 2, 3, 4]));
    for gene in known.genes().iter() {
        let (was, is) = (known.component(gene), found.component(gene));
        assert!(
            (is.decay / was.decay - 1.0).abs() < 0.1,
            "{gene:?}: {}",
            is.decay
        );
        for (was, is) in was.units[0].weights.iter().zip(&is.units[0].weights) {
            assert!(
                (was - is).abs() < 0.1 * was.abs(),
                "{gene:?}: {was} and {is}"
            );
        }
    }
}

#[test]
fn a_knockout_that_was_held_out_is_predicted_better_than_by_the_shrunk_fit() {
    let found = refitted(&[0, 2, 3, 4]);
    let truth = steady_levels(&known(), Some(1));
    let error = |field: &SparseField| -> f64 {
        let levels = steady_levels(field, Some(1));
        let pairs = levels.iter().zip(&truth);
        pairs.map(|(a, b)| (a - b).powi(2)).sum()
    };
    assert!(error(&found) < 0.1 * error(&shrunk()), "{}", error(&found));
}

#[test]
fn no_trajectory_diverges_from_wild_starts() {
    let found = refitted(&[0, 1]);
    for start in [[1e3; GENES], [-1e3; GENES], [1e3, -1e3, 0.0, 5e2, -5e2]] {
        let end = path(&found, &start, 40.0);
        for (gene, level) in found.genes().iter().zip(end) {
            let component = found.component(gene);
            let most = (component.intercept.abs() + component.bound()) / component.decay;
            assert!(level.abs() <= most.max(1e3), "{gene:?}: {level}");
            assert!(component.decay > 0.0);
        }
    }
}

#[test]
fn one_thread_and_two_give_the_same_bytes() {
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        let pool = pool.expect("a small pool");
        serde_json::to_string(&pool.install(|| refitted(&[0, 1]))).expect("finite numbers")
    };
    assert_eq!(with(1), with(2));
}
