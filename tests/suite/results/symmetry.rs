//! What must not change the fit: rows that say nothing, rows said twice, the order of the genes.

use faer::Mat;

use cistron::expression::Data;
use cistron::fit::{FitSettings, Sweep, TargetFit};
use cistron::genes::{Gene, Genes};
use cistron::io::{SeriesOptions, read_series};
use cistron::prior::Prior;
use cistron::run::{Run, Settings, infer};
use cistron::seed::Seed;
use cistron::segments::{Covariate, RowSpan, SegmentRow, Segments};

use crate::run::scattered;

const GENES: usize = 5;
const SAMPLES: usize = 30;

/// A row of the weak form over one or two intervals of one long series.
fn row(x: &Mat<f64>, at: usize, horizon: usize) -> SegmentRow<'static> {
    let increment = |j: usize| x[(at + horizon, j)] - x[(at, j)];
    SegmentRow {
        nodes: Vec::leak(vec![(at, 1.0)]),
        increments: (0..GENES).map(increment).collect(),
        design: vec![1.0],
        weight: 1.0,
        span: RowSpan {
            series: 0,
            start: at as f64,
            end: (at + horizon) as f64,
            block: at,
            horizon,
        },
        clamped: Vec::new(),
    }
}

/// Samples of genes each of which follows its neighbour, with noise.
fn states(samples: usize, genes: usize) -> Mat<f64> {
    let mut x = Mat::zeros(samples, genes);
    for i in 1..samples {
        for j in 0..genes {
            let drive = 0.5 * x[(i - 1, (j + 1) % genes)] + scattered(i * genes + j) - 0.5;
            x[(i, j)] = 0.6 * x[(i - 1, j)] + drive;
        }
    }
    x
}

/// All rows, changed by `edit`: none, one or several for each.
fn rows(edit: impl Fn(usize, SegmentRow<'static>) -> Vec<SegmentRow<'static>>) -> Segments {
    let genes = Genes::new((0..GENES).map(|g| format!("g{g}"))).expect("distinct");
    let x = states(SAMPLES, GENES);
    let level = Covariate {
        name: "level".to_owned(),
        standard_deviation: f64::INFINITY,
    };
    let mut table = Segments::new(genes, x.clone(), vec![level]);
    for horizon in 1..=2 {
        for at in 0..SAMPLES - horizon {
            let all = edit(at, row(&x, at, horizon));
            all.into_iter().for_each(|row| table.push(row));
        }
    }
    table
}

fn fitted(segments: &Segments) -> Vec<TargetFit> {
    let genes: Vec<Gene> = segments.genes().iter().collect();
    let mut settings = FitSettings::default();
    settings.pairs = 10;
    settings.tolerance = 1e-12;
    settings.nonlinear = false;
    Sweep {
        segments,
        regulators: &genes,
        prior: &Prior::default(),
        settings: &settings,
        seed: Seed::default(),
        fast: None,
    }
    .run()
    .expect("rows to fit")
}

/// Equal up to rounding.
fn close(one: &[f64], other: &[f64]) -> bool {
    let near = |(a, b): (&f64, &f64)| (a - b).abs() <= 1e-9 * (1.0 + a.abs());
    one.len() == other.len() && one.iter().zip(other).all(near)
}

fn same_fit(one: &TargetFit, other: &TargetFit) -> bool {
    let (a, b) = (&one.model.component, &other.model.component);
    let weights = a.units.iter().zip(&b.units);
    a.regulators == b.regulators
        && weights
            .into_iter()
            .all(|(u, v)| close(&u.weights, &v.weights))
        && close(&[a.decay, a.intercept], &[b.decay, b.intercept])
        && close(&a.covariates, &b.covariates)
        && one.tally.selected == other.tally.selected
}

#[test]
fn a_missing_increment_drops_that_row_for_that_target() {
    let gone = |at: usize| at % 7 == 3;
    let target = Gene(2);
    let missing = fitted(&rows(|at, mut row| {
        if gone(at) {
            row.increments[target.index()] = f64::NAN;
        }
        vec![row]
    }));
    let removed = fitted(&rows(|at, row| if gone(at) { vec![] } else { vec![row] }));
    let whole = fitted(&rows(|_, row| vec![row]));
    for at in 0..GENES {
        let dropped = at == target.index();
        assert_eq!(same_fit(&missing[at], &removed[at]), dropped, "{at}");
        assert_eq!(same_fit(&missing[at], &whole[at]), !dropped, "{at}");
    }
}

/// Rows over two intervals are never held out, so the choice of lambda sees no double row.
#[test]
fn a_duplicated_row_equals_weight_two() {
    let twice = |at: usize, row: &SegmentRow<'_>| row.span.horizon == 2 && at.is_multiple_of(3);
    let doubled = fitted(&rows(|at, row| match twice(at, &row) {
        true => vec![row.clone(), row],
        false => vec![row],
    }));
    let heavy = fitted(&rows(|at, mut row| {
        row.weight = if twice(at, &row) { 2.0 } else { 1.0 };
        vec![row]
    }));
    let plain = fitted(&rows(|_, row| vec![row]));
    for at in 0..GENES {
        assert!(same_fit(&doubled[at], &heavy[at]), "{at}");
        assert!(!same_fit(&plain[at], &heavy[at]), "{at}");
    }
}

fn discovered(text: &str, nonlinear: bool) -> Run {
    let reading = read_series(text.as_bytes(), "t", None, &SeriesOptions::default());
    let data = Data::from(reading.expect("a good table").value);
    let mut settings = Settings::default();
    settings.fit.pairs = 10;
    settings.fit.tolerance = 1e-12;
    settings.fit.sweeps = 100_000;
    settings.fit.nonlinear = nonlinear;
    infer(&data, &settings).expect("rows to fit")
}

/// A table whose columns of genes stand in this order.
fn ordered(order: &[usize]) -> String {
    let x = states(60, order.len());
    let mut text = "time".to_owned();
    order.iter().for_each(|j| text += &format!("\tg{j}"));
    for i in 0..x.nrows() {
        text += &format!("\n{i}");
        order
            .iter()
            .for_each(|&j| text += &format!("\t{}", x[(i, j)]));
    }
    text + "\n"
}

/// Evidence of every pair, in the order of the names; the best has 1.
fn evidence(found: &Run) -> Vec<(String, f64)> {
    let name = |gene: Gene| found.genes().name(gene);
    let edges = found.network.edges().iter();
    let mut all: Vec<_> = edges
        .map(|edge| {
            (
                format!("{} {}", name(edge.source), name(edge.target)),
                edge.evidence,
            )
        })
        .collect();
    all.sort_by(|a, b| a.0.cmp(&b.0));
    all
}

#[test]
fn permuting_genes_permutes_the_network() {
    let (text, permuted) = (ordered(&[0, 1, 2, 3, 4, 5]), ordered(&[3, 5, 1, 0, 2, 4]));
    // networks stop at a violation of their own
    let apart = [false, true].map(|nonlinear| {
        let one = evidence(&discovered(&text, nonlinear));
        let other = evidence(&discovered(&permuted, nonlinear));
        assert_eq!(one.len(), 30);
        let pairs = one.iter().zip(&other);
        pairs.fold(0.0, |worst: f64, (one, other)| {
            assert_eq!(one.0, other.0);
            worst.max((one.1 - other.1).abs())
        })
    });
    assert!(apart[0] <= 1e-9 && apart[1] <= 1e-5, "{apart:?}");
}
