use super::*;
use crate::dynamics::{Tolerance, course};
use crate::expression::{Change, Intervention, Scale};
use crate::field::{Component, SparseField, Unit};
use crate::genes::{Gene, Genes};
use crate::seed::{Purpose, Seed};
use approx::assert_relative_eq;
use rand::Rng;
use rand::seq::index;

/// A field of `p` genes with `k` regulators each, wide units and narrow ones; stable, as the slopes
/// of each gene add up to less than its decay.
pub(crate) fn random_field(p: usize, k: usize, seed: u64) -> SparseField {
    let mut rng = Seed(seed).stream(Purpose::Perturbation, 0);
    let genes = Genes::new((0..p).map(|g| format!("g{g}"))).expect("distinct");
    let components = (0..p)
        .map(|target| {
            let k = k.min(p - 1);
            let mut regulators: Vec<usize> = index::sample(&mut rng, p - 1, k).into_vec();
            regulators.sort_unstable();
            let regulators = regulators
                .into_iter()
                .map(|g| Gene(if g >= target { g + 1 } else { g }))
                .collect();
            let weights = |rng: &mut rand_chacha::ChaCha8Rng, size: f64| -> Vec<f64> {
                (0..k).map(|_| rng.random_range(-size..size)).collect()
            };
            let size = 1.0 / k.max(1) as f64;
            let units = vec![
                Unit {
                    range: 4.0,
                    bias: 0.1,
                    weights: weights(&mut rng, size),
                },
                Unit {
                    range: 0.2,
                    bias: rng.random_range(-0.5..0.5),
                    weights: weights(&mut rng, size),
                },
            ];
            Component {
                regulators,
                units,
                intercept: rng.random_range(0.5..1.5),
                decay: rng.random_range(0.5..2.0),
                covariates: vec![],
            }
        })
        .collect();
    SparseField::new(genes, Scale::SQRT, vec![], components).expect("sound")
}

fn under<'a>(field: &'a SparseField, changes: &[(usize, Change)]) -> Intervened<'a, SparseField> {
    let all: Vec<Intervention> = changes
        .iter()
        .map(|&(gene, change)| Intervention::always(Gene(gene), change))
        .collect();
    Intervened::always(field, field.scale(), &all).expect("sound")
}

fn velocity(field: &dyn VectorField, x: &[f64]) -> Vec<f64> {
    let mut dx = vec![f64::NAN; x.len()];
    field.velocity_into(x, &mut dx);
    dx
}

fn steady<F: VectorField>(
    field: &Intervened<'_, F>,
    start: &[f64],
) -> Result<SteadyState, NoSteadyState> {
    SteadySolver::new(field.undisturbed()).find(field, start, &SteadySettings::default())
}

/// Two genes that shut each other off: two stable states and an unstable one between.
fn toggle() -> SparseField {
    let genes = Genes::new(["a", "b"]).expect("distinct");
    let component = |other: usize| Component {
        regulators: vec![Gene(other)],
        units: vec![Unit {
            range: 0.5,
            bias: 4.0,
            weights: vec![-4.0],
        }],
        intercept: 1.0,
        decay: 1.0,
        covariates: vec![],
    };
    SparseField::new(
        genes,
        Scale::IDENTITY,
        vec![],
        vec![component(1), component(0)],
    )
    .expect("sound")
}

#[test]
fn the_steady_state_is_where_a_long_integration_ends() {
    let field = random_field(30, 4, 3);
    for changes in [
        vec![],
        vec![(3, Change::Knockout)],
        vec![(1, Change::Scaled(0.3)), (2, Change::Scaled(2.0))],
        vec![(7, Change::Set(3.0)), (9, Change::Knockout)],
    ] {
        let field = under(&field, &changes);
        let mut start = vec![1.0; 30];
        let found = steady(&field, &start).expect("stable");
        assert!(found.speed <= 1e-10);
        let largest = velocity(&field, &found.levels)
            .iter()
            .fold(0.0, |m: f64, v| m.max(v.abs()));
        assert!(largest <= 1e-10, "{largest}");
        field.place(&mut start);
        let accurate = Method::Adaptive(Tolerance {
            relative: 1e-9,
            absolute: 1e-12,
            ..Tolerance::default()
        });
        let path = course(&field, &start, &[0.0, 200.0], accurate).expect("bounded");
        for (i, level) in found.levels.iter().enumerate() {
            assert!(
                (path[(1, i)] - level).abs() < 1e-6,
                "gene {i} of {changes:?}"
            );
        }
    }
}

#[test]
fn products_find_the_same_state() {
    let field = random_field(40, 4, 3);
    let settings = SteadySettings {
        products: Some(60),
        ..SteadySettings::default()
    };
    let mut solver = SteadySolver::new(&field);
    for gene in 0..10 {
        let changed = under(&field, &[(gene, Change::Knockout)]);
        let found = solver
            .find(&changed, &[1.0; 40], &settings)
            .expect("stable");
        let exact = steady(&changed, &[1.0; 40]).expect("stable");
        for (found, exact) in found.levels.iter().zip(&exact.levels) {
            assert_relative_eq!(*found, *exact, max_relative = 1e-8, epsilon = 1e-10);
        }
    }
}

#[test]
fn of_two_states_it_is_the_one_that_the_path_leads_to() {
    let field = toggle();
    let at = |start: [f64; 2]| {
        let found = steady(&under(&field, &[]), &start);
        found.expect("a stable state").levels
    };
    let (first, second) = (at([1.2, 0.9]), at([0.9, 1.2]));
    assert!(first[0] > first[1] + 0.5 && second[1] > second[0] + 0.5);
    assert!((first[0] - second[1]).abs() < 1e-9);
}

#[test]
fn an_unstable_state_is_refused_and_so_is_a_gene_that_drifts() {
    let field = toggle();
    // the diagonal is an invariant line: its steady state attracts along it and repels across it
    let middle = steady(&under(&field, &[]), &[1.0, 1.0]);
    assert!(middle.expect_err("unstable").why.contains("unstable"));
    let genes = Genes::new(["a"]).expect("distinct");
    let drift = Component {
        regulators: vec![],
        units: vec![],
        intercept: 0.1,
        decay: 0.0,
        covariates: vec![],
    };
    let field = SparseField::new(genes, Scale::IDENTITY, vec![], vec![drift]).expect("sound");
    let error = steady(&under(&field, &[]), &[1.0]);
    let error = error.expect_err("drifts");
    assert!(error.to_string().contains("`a` still moves"), "{error}");
    assert!(error.why.contains("decay is 0"));
}

#[test]
fn the_factors_of_a_steady_state_give_the_response_to_a_parameter_both_ways() {
    let field = random_field(12, 3, 5);
    let held = [(2, Change::Knockout), (4, Change::Scaled(0.5))];
    let settings = SteadySettings::default();
    let mut solver = SteadySolver::new(&field);
    let start = vec![1.0; 12];
    let steady = |field: &SparseField, solver: &mut SteadySolver| {
        let found = solver.find(&under(field, &held), &start, &settings);
        found.expect("stable").levels
    };
    let levels = steady(&field, &mut solver);
    // one more intercept h: dx/da = −J⁻¹ e_k
    let (k, h) = (7, 1e-5);
    let shifted = |by: f64| {
        let components = field.genes().iter().map(|gene| {
            let mut component = field.component(gene).clone();
            component.intercept += if gene.index() == k { by } else { 0.0 };
            component
        });
        SparseField::new(
            field.genes().clone(),
            field.scale(),
            vec![],
            components.collect(),
        )
        .expect("sound")
    };
    let (up, down) = (
        steady(&shifted(h), &mut solver),
        steady(&shifted(-h), &mut solver),
    );
    let here = under(&field, &held);
    solver.factor(&here, &levels).expect("regular");
    let mut column = vec![0.0; 12];
    column[k] = -1.0;
    solver.solve(&mut column).expect("regular");
    for i in 0..12 {
        let slope = (up[i] - down[i]) / (2.0 * h);
        assert!(
            (slope - column[i]).abs() < 1e-8,
            "gene {i}: {slope} {}",
            column[i]
        );
        let mut row = vec![0.0; 12];
        row[i] = 1.0;
        solver.solve_transposed(&mut row).expect("regular");
        assert!((-row[k] - column[i]).abs() < 1e-12);
    }
}

#[test]
fn where_a_path_is_too_long_newtons_method_has_the_state() {
    let field = random_field(12, 3, 5);
    let intervened = under(&field, &[(2, Change::Knockout)]);
    let mut start = vec![0.3; 12];
    intervened.place(&mut start);
    let short = SteadySettings {
        confirm: Confirm::Stable,
        most_time: Some(1e-3),
        ..SteadySettings::default()
    };
    let mut solver = SteadySolver::new(intervened.undisturbed());
    assert!(solver.follow(&intervened, &start, &short).is_err());
    let (state, iterations) = solver.find_near(&intervened, &start, &short);
    let state = state.expect("a stable state");
    assert!(iterations > 0 && state.route == Route::Newton);
    let expected = steady(&intervened, &start).expect("a steady state");
    for (x, y) in state.levels.iter().zip(&expected.levels) {
        assert_relative_eq!(x, y, epsilon = 1e-8);
    }
}

/// Three genes that repress each other in a ring and oscillate, among others that decay.
fn ring(others: usize) -> SparseField {
    let repressed = |by: usize| Component {
        regulators: vec![Gene(by)],
        units: vec![Unit {
            range: 0.5,
            bias: 5.6,
            weights: vec![-8.0],
        }],
        intercept: 0.7,
        decay: 1.0,
        covariates: vec![],
    };
    let decays = Component {
        regulators: vec![],
        units: vec![],
        intercept: 0.01,
        decay: 0.01,
        covariates: vec![],
    };
    let names = (0..3 + others).map(|k| format!("g{k}"));
    let genes = Genes::new(names).expect("distinct");
    let mut components = vec![repressed(2), repressed(0), repressed(1)];
    components.resize(3 + others, decays);
    SparseField::new(genes, Scale::IDENTITY, vec![], components).expect("sound")
}

#[test]
fn a_field_that_oscillates_is_given_up_after_a_number_of_steps_that_falls_with_its_size() {
    let followed = |others: usize, work: usize| {
        let field = ring(others);
        let mut start = vec![1.0; 3 + others];
        start[0] = 0.2;
        let settings = SteadySettings::default().within(work, &field);
        let field = under(&field, &[]);
        let error = SteadySolver::new(&field).find(&field, &start, &settings);
        error.expect_err("it oscillates")
    };
    let free = followed(1, usize::MAX);
    let (small, large) = (followed(1, 100_000), followed(100, 100_000));
    assert!(
        5.0 * small.time < free.time && large.time < small.time,
        "{free} {small} {large}"
    );
    assert!(
        large.to_string().contains("it oscillates, or is slow"),
        "{large}"
    );
    let calm = random_field(30, 4, 3);
    let limited = SteadySettings::default().within(1, &calm);
    let calm = under(&calm, &[]);
    let found = SteadySolver::new(&calm).find(&calm, &[1.0; 30], &limited);
    let (found, exact) = (
        found.expect("stable"),
        steady(&calm, &[1.0; 30]).expect("stable"),
    );
    for (found, exact) in found.levels.iter().zip(&exact.levels) {
        assert_relative_eq!(*found, *exact, max_relative = 1e-8, epsilon = 1e-10);
    }
}
