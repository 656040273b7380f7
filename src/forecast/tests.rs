//! Forecasts of systems whose course is known.

use faer::Mat;

use super::run::{CourseForecast, Models, known_from};
use super::{Forecast, NoForecast, Task, fitted_courses, forecast};
use crate::dynamics::{Course, Method};
use crate::expression::{Change, Expression, Intervention, Scale, Span, TimeSeries};
use crate::field::{Component, SparseField, Unit};
use crate::fit::{FitSettings, Sweep};
use crate::genes::{Gene, Genes};
use crate::prior::Prior;
use crate::refit::{Observations, RefitSettings, minimised};
use crate::seed::Seed;
use crate::segments::Segments;
use crate::trajectory::{Conditions, Offsets, RowSettings, segments};

/// `x ← x + A x + b` from a start of its own for every series; without noise.
fn linear(series: usize) -> Expression {
    let a = [[-0.4, 0.3, 0.0], [0.0, -0.3, -0.5], [0.4, 0.0, -0.2]];
    let genes = Genes::new(["a", "b", "c"]).expect("distinct");
    let one = |s: usize| {
        let mut x = [(s % 3) as f64, 1.5 - (s % 4) as f64, (s * s % 5) as f64];
        let mut values = Mat::zeros(12, 3);
        for t in 0..12 {
            (0..3).for_each(|j| values[(t, j)] = x[j]);
            let drive = |i: usize| 0.2 + (0..3).map(|j| a[i][j] * x[j]).sum::<f64>();
            x = std::array::from_fn(|i| x[i] + drive(i));
        }
        let times = (0..12).map(f64::from).collect();
        TimeSeries::new(format!("{s}"), times, values).expect("sorted")
    };
    Expression::new(genes, (0..series).map(one).collect()).expect("sound")
}

/// The same with `a` held at 2 in every series, from time 4 to time 8.
fn held(series: usize) -> Expression {
    let plain = linear(series);
    let a = [[-0.4, 0.3, 0.0], [0.0, -0.3, -0.5], [0.4, 0.0, -0.2]];
    let one = |one: &TimeSeries| {
        let mut values = one.values().clone();
        for t in 3..11 {
            let x: [f64; 3] = std::array::from_fn(|j| values[(t, j)]);
            for i in 0..3 {
                let drive = 0.2 + (0..3).map(|j| a[i][j] * x[j]).sum::<f64>();
                let clamped = i == 0 && t < 8;
                values[(t + 1, i)] = if clamped { 2.0 } else { x[i] + drive };
            }
        }
        let done = Intervention {
            gene: Gene(0),
            change: Change::Set(2.0),
            window: Some(Span {
                start: 4.0,
                end: 8.0,
            }),
        };
        let new = TimeSeries::new(one.name(), one.times().to_vec(), values).expect("sorted");
        new.with_interventions(vec![done])
    };
    let all = plain.series().iter().map(one).collect();
    Expression::new(plain.genes().clone(), all).expect("sound")
}

#[test]
fn a_gene_that_was_held_is_given_and_not_judged() {
    let of = |expression: &Expression| forecast_of(expression, Offsets::None).expect("series");
    let (found, plain) = (of(&held(6)), of(&linear(6)));
    assert_eq!(found.whole.points, plain.whole.points - 6 * 5);
    assert!(found.whole.error.linear < 0.05, "{found:?}");
}

fn rows_of(expression: &Expression, offsets: Offsets) -> Segments {
    let conditions = Conditions {
        offsets,
        ..Conditions::default()
    };
    segments(expression, &conditions, RowSettings::default()).expect("conditions that meet")
}

fn forecast_of(expression: &Expression, offsets: Offsets) -> Result<Forecast, NoForecast> {
    let rows = rows_of(expression, offsets);
    let regulators: Vec<Gene> = expression.genes().iter().collect();
    let (prior, settings) = (
        Prior::default(),
        FitSettings {
            pairs: 1,
            ..FitSettings::default()
        },
    );
    let fits = Sweep {
        segments: &rows,
        regulators: &regulators,
        prior: &prior,
        settings: &settings,
        seed: Seed::default(),
        fast: None,
    }
    .run()
    .expect("rows");
    forecast(&Task {
        expression,
        scale: Scale::IDENTITY,
        rows: &rows,
        regulators: &regulators,
        prior: &prior,
        settings: &settings,
        fits: &fits,
        fast: None,
        through_ode: None,
    })
    .map(|found| found.errors)
}

#[test]
fn a_fitted_model_runs_through_its_own_series_with_its_own_offsets() {
    // a constant push of its own for every series, which no other series tells of
    let plain = linear(6);
    let pushed = |one: &TimeSeries| {
        let push: f64 = one.name().parse().expect("a number");
        let mut values = one.values().clone();
        for t in 1..12 {
            let before = values[(t - 1, 0)];
            values[(t, 0)] = before + 0.3 * (push - before);
        }
        TimeSeries::new(one.name(), one.times().to_vec(), values).expect("sorted")
    };
    let all = plain.series().iter().map(pushed).collect();
    let data = Expression::new(plain.genes().clone(), all).expect("sound");
    let rows = rows_of(&data, Offsets::Series);
    let regulators: Vec<Gene> = data.genes().iter().collect();
    let settings = FitSettings {
        pairs: 1,
        ..FitSettings::default()
    };
    let prior = Prior::default();
    let fits = Sweep {
        segments: &rows,
        regulators: &regulators,
        prior: &prior,
        settings: &settings,
        seed: Seed::default(),
        fast: None,
    }
    .run()
    .expect("rows");
    let names = rows.covariates()[1..].iter().map(|one| one.name.clone());
    let components = fits.iter().map(|fit| fit.model.component.clone());
    let field = SparseField::new(
        data.genes().clone(),
        Scale::IDENTITY,
        names.collect(),
        components.collect(),
    )
    .expect("sound");
    let courses = fitted_courses(&data, &rows, &field, None);
    for (course, series) in courses.iter().zip(data.series()) {
        for t in 0..12 {
            let off = (course[(t, 0)] - series.values()[(t, 0)]).abs();
            assert!(off < 0.35, "{} at {t}: {off}", series.name());
        }
    }
    // the pushes differ by more than that, so they were its own
    assert!((courses[5][(11, 0)] - courses[0][(11, 0)]).abs() > 3.0);
}

#[test]
fn a_linear_system_is_predicted_up_to_the_shrinkage_of_the_fit() {
    let found = forecast_of(&linear(6), Offsets::None).expect("six series");
    let error = found.whole.error;
    assert!(error.linear < 0.15 && error.model < 0.15, "{error:?}");
    assert!(
        error.no_change > 0.8 && error.mean_of_others > 0.4,
        "{error:?}"
    );
    assert!(found.whole.skill.model > 0.95);
    assert_eq!((found.whole.series, found.whole.points), (6, 6 * 11 * 3));
    assert_eq!(found.after_change, None);
}

#[test]
fn what_follows_a_change_is_also_predicted_by_itself() {
    let found = forecast_of(&linear(6), Offsets::Before(4.0)).expect("six series");
    let later = found.after_change.expect("the offsets end");
    assert_eq!((later.series, later.points), (6, 6 * 7 * 3));
    let known = |offsets| {
        let data = linear(3);
        known_from(&rows_of(&data, offsets), 1, &data.series()[1])
    };
    assert_eq!(known(Offsets::Before(4.0)), Some(4));
    assert_eq!(known(Offsets::Step(4.0)), Some(0));
    assert_eq!(known(Offsets::Series), None);
}

#[test]
fn without_series_or_variation_there_is_a_reason_in_the_place_of_a_forecast() {
    let two = forecast_of(&linear(2), Offsets::None);
    assert_eq!(two.expect_err("two series"), NoForecast::FewSeries);
    let still = |s: usize| {
        let values = Mat::from_fn(4, 2, |_, j| j as f64);
        let times = (0..4).map(f64::from).collect();
        TimeSeries::new(format!("{s}"), times, values).expect("sorted")
    };
    let genes = Genes::new(["a", "b"]).expect("distinct");
    let flat = Expression::new(genes, (0..3).map(still).collect()).expect("sound");
    let none = forecast_of(&flat, Offsets::None);
    assert_eq!(none.expect_err("no variation"), NoForecast::Constant);
}

/// A field that doubles every gene in every step, or decays faster than a step can follow.
fn wild(weight: f64, decay: f64) -> Models {
    let component = |gene: usize| Component {
        regulators: vec![Gene(gene)],
        units: vec![Unit {
            range: 1e9,
            bias: 0.0,
            weights: vec![weight],
        }],
        intercept: 0.1,
        decay,
        covariates: Vec::new(),
    };
    let genes = Genes::new(["a", "b", "c"]).expect("distinct");
    let components = (0..3).map(component).collect();
    let field = SparseField::new(genes, Scale::IDENTITY, vec![], components).expect("sound");
    Models {
        linear: field.clone(),
        model: field,
        method: Method::Increments { interval: 1.0 },
    }
}

#[test]
fn no_trajectory_leaves_the_range_of_the_others_by_more_than_its_width() {
    let data = linear(4);
    let run = CourseForecast::new(&data, &rows_of(&data, Offsets::None), 1.0, 0, 0);
    for (weight, decay) in [(1.0, 0.0), (0.0, 50.0), (5.0, 3.0)] {
        let [_, _, _, path] = run.all(&wild(weight, decay));
        assert!((0..12).all(|k| (0..3).all(|j| path[(k, j)].abs() < 20.0)));
    }
    // a decay that a step cannot follow ends in the steady state: 0.1/50
    let [_, _, path, _] = run.all(&wild(0.0, 50.0));
    assert!((path[(1, 0)] - 0.002).abs() < 1e-12, "{}", path[(1, 0)]);
}

/// A loop of three genes with a narrow unit each, and two series of it, in the second of which a
/// gene is knocked out and another one is halved for a while.
fn intervened() -> (SparseField, Expression) {
    let component = |gene: usize| Component {
        regulators: vec![Gene((gene + 1) % 3), Gene(gene)],
        units: vec![Unit {
            range: 0.4,
            bias: 0.1,
            weights: vec![-0.6, 0.3],
        }],
        intercept: 0.4,
        decay: 0.5 + gene as f64,
        covariates: Vec::new(),
    };
    let genes = Genes::new(["a", "b", "c"]).expect("distinct");
    let components = (0..3).map(component).collect();
    let field = SparseField::new(genes.clone(), Scale::SQRT, vec![], components).expect("sound");
    let series = |name: &str, phase: f64| {
        let level = |k: usize, j: usize| 0.5 + 0.3 * (phase + (k * 7 + j * 3) as f64).sin();
        let times = (0..6).map(f64::from).collect();
        TimeSeries::new(name, times, Mat::from_fn(6, 3, level)).expect("increasing")
    };
    let within = |gene: usize, change: Change, start: f64, end: f64| Intervention {
        window: Some(Span { start, end }),
        ..Intervention::always(Gene(gene), change)
    };
    let changed = series("changed", 1.0).with_interventions(vec![
        within(0, Change::Knockout, 1.0, 3.0),
        within(1, Change::Scaled(0.5), 2.0, 4.0),
    ]);
    let all = vec![series("plain", 0.0), changed];
    (field, Expression::new(genes, all).expect("sound"))
}

#[test]
fn what_was_minimised_what_is_reported_and_what_is_simulated_are_one_course() {
    let (field, expression) = intervened();
    let rows = rows_of(&expression, Offsets::None);
    let data = Observations {
        expression: &expression,
        rows: &rows,
        steady_states: None,
    };
    let settings = RefitSettings {
        horizon: 5,
        ..RefitSettings::default()
    };
    let (steps, paths) = minimised::paths(&field, &data, &settings);
    let courses = fitted_courses(&expression, &rows, &field, Some(steps));
    let close = |a: f64, b: f64, bound: f64| assert!((a - b).abs() < bound, "{a} and {b}");
    // the first series is one window of the refit from its first sample on
    let whole = paths.iter().find(|path| path.first == 0);
    let whole = whole.expect("a window from the first sample on");
    assert_eq!(whole.states.len(), 5);
    for (k, state) in whole.states.iter().enumerate() {
        (0..3).for_each(|j| close(state[j], courses[0][(k + 1, j)], 1e-12));
    }
    // under interventions a window ends where they change, and starts from a sample
    let mut changed = 0;
    for path in paths.iter().filter(|path| path.first >= 6) {
        let series = &expression.series()[1];
        let times = &series.times()[path.first - 6..=path.first - 6 + path.states.len()];
        let course = Course::new(series.interventions(), Scale::SQRT, Method::Equal(steps));
        let simulated = course.run(&field, &path.start, times).expect("bounded");
        for (k, state) in path.states.iter().enumerate() {
            // where an intervention starts, a gene stands at its level already, and is not judged
            let acts = |j: usize| {
                let mut done = series.interventions().iter();
                done.any(|done| done.gene == Gene(j) && done.acts_at(times[k + 1]))
            };
            let free = (0..3).filter(|&j| !path.clamps.changes(Gene(j)) && !acts(j));
            free.for_each(|j| close(state[j], simulated[(k + 1, j)], 1e-12));
        }
        changed += usize::from(!path.clamps.is_empty());
    }
    assert!(changed >= 2);
    // and what is reported is what is simulated, up to the accuracy of the steps of the refit
    for (series, reported) in expression.series().iter().zip(&courses) {
        let start: Vec<f64> = (0..3).map(|j| series.values()[(0, j)]).collect();
        let simulate = |method| {
            let course = Course::new(series.interventions(), Scale::SQRT, method);
            course.run(&field, &start, series.times()).expect("bounded")
        };
        let (same, accurate) = (simulate(Method::Equal(steps)), simulate(Method::default()));
        for k in 0..6 {
            for j in 0..3 {
                close(same[(k, j)], reported[(k, j)], 1e-12);
                close(accurate[(k, j)], reported[(k, j)], 2e-2);
            }
        }
    }
}

#[test]
fn a_model_that_is_worse_than_a_baseline_does_not_forecast() {
    let verdict = |no_change, mean_of_others, model| {
        let linear = model;
        let errors = super::ForecastErrors {
            no_change,
            mean_of_others,
            linear,
            model,
        };
        errors.verdict()
    };
    let says = |verdict: Option<String>, words: &str| {
        let verdict = verdict.expect("a verdict");
        assert!(verdict.starts_with(words), "{verdict}");
    };
    says(
        verdict(1.07, 1.11, 1.10),
        "worse than \"no change\": this model does not forecast",
    );
    says(
        verdict(1.5, 1.0, 1.1),
        "worse than the mean of the other series",
    );
    says(
        verdict(1.5, 1.0, 0.97),
        "hardly better than the mean of the other series",
    );
    says(verdict(1.5, 1.0, 0.5), "better than both baselines");
    assert_eq!(verdict(f64::NAN, f64::NAN, 0.5), None);
}
