use super::*;
use crate::expression::{Change, Intervention, Span};
use crate::genes::{Gene, Genes};
use crate::trajectory::Offsets;
use faer::Mat;

fn ramp() -> Expression {
    let genes = Genes::new(["a", "b"]).expect("distinct");
    let values = Mat::from_fn(5, 2, |i, j| [0.0, 2.0, 1.0, 3.0, 2.5][i] * (j + 1) as f64);
    let times = vec![0.0, 1.0, 2.0, 4.0, 5.0];
    let series = TimeSeries::new("s", times, values).expect("sorted");
    Expression::new(genes, vec![series]).expect("sound")
}

fn cut(offsets: Offsets) -> Segments {
    let conditions = Conditions {
        offsets,
        ..Conditions::default()
    };
    segments(&ramp(), &conditions, RowSettings::default()).expect("sound")
}

fn horizons(cut: &Segments) -> [usize; 2] {
    [1, 2].map(|h| cut.spans().iter().filter(|span| span.horizon == h).count())
}

#[test]
fn no_segment_holds_the_shift() {
    assert_eq!(horizons(&cut(Offsets::None)), [4, 3]);
    let cut = cut(Offsets::Before(2.0));
    assert_eq!(horizons(&cut), [4, 2]);
    assert!(cut.spans().iter().all(|s| s.end <= 2.0 || s.start >= 2.0));
    assert!((0..cut.len()).all(|i| (cut.design(i)[1] > 0.0) == (cut.spans()[i].end <= 2.0)));
}

/// `x ← x + A x + b` for 10 steps, in which `b` is held at 5 from time 3 to time 6.
fn held() -> (Expression, impl Fn(&[f64], usize) -> f64) {
    let law = |x: &[f64], j: usize| [0.5 - 0.3 * x[0] + 0.2 * x[1], 0.4 * x[0] - 0.5 * x[1]][j];
    let genes = Genes::new(["a", "b"]).expect("distinct");
    let mut x = vec![vec![1.0, 2.0]];
    for t in 0..10 {
        let mut next: Vec<f64> = (0..2).map(|j| x[t][j] + law(&x[t], j)).collect();
        if (2..6).contains(&t) {
            next[1] = 5.0;
        }
        x.push(next);
    }
    let times = (0..11).map(f64::from).collect();
    let values = Mat::from_fn(11, 2, |i, j| x[i][j]);
    let done = Intervention {
        gene: Gene(1),
        change: Change::Set(5.0),
        window: Some(Span {
            start: 3.0,
            end: 6.0,
        }),
    };
    let series = TimeSeries::new("s", times, values).expect("sorted");
    let series = series.with_interventions(vec![done]);
    (Expression::new(genes, vec![series]).expect("sound"), law)
}

#[test]
fn under_an_intervention_the_law_holds_in_every_row_that_is_left() {
    let (expression, law) = held();
    let settings = RowSettings {
        horizons: 1,
        ..RowSettings::default()
    };
    let cut = segments(&expression, &Conditions::default(), settings).expect("sound");
    let mut known = [0, 0];
    for row in 0..cut.len() {
        let (node, _) = cut.quadrature().row(row)[0];
        let x: Vec<f64> = cut.nodes().row(node).iter().copied().collect();
        for gene in expression.genes().iter() {
            let increment = cut.increment(row, gene);
            if !increment.is_nan() {
                known[gene.index()] += 1;
                assert!((increment - law(&x, gene.index())).abs() < 1e-12);
            }
        }
    }
    assert_eq!(known, [10, 6]);
}

#[test]
fn no_segment_holds_the_start_or_end_of_an_intervention() {
    let (expression, _) = held();
    let cut = segments(&expression, &Conditions::default(), RowSettings::default());
    for span in cut.expect("sound").spans() {
        let inside = |t: f64| span.start < t && t < span.end;
        assert!(!inside(3.0) && !inside(6.0), "{span:?}");
    }
}

#[test]
fn a_row_of_one_interval_is_integrated_over_its_length() {
    let cut = cut(Offsets::None);
    for (row, span) in cut.spans().iter().enumerate() {
        let length = (span.end - span.start) / span.horizon as f64;
        assert_eq!(cut.quadrature().length(row), length);
        assert_eq!(cut.design(row)[0], length);
    }
}

#[test]
fn rows_right_after_a_change_weigh_most() {
    let cut = cut(Offsets::Before(2.0));
    let weight = |start: f64| {
        let at = cut
            .spans()
            .iter()
            .position(|s| s.start == start && s.horizon == 1);
        cut.weight(at.expect("a row starts there"))
    };
    assert_eq!(weight(0.0), 3.0);
    assert_eq!(weight(2.0), 3.0);
    assert!(weight(1.0) < weight(0.0) && weight(4.0) < weight(2.0));
}

#[test]
fn a_shift_outside_the_data_is_refused_with_the_times_there_are() {
    let conditions = Conditions {
        offsets: Offsets::Before(500.0),
        ..Conditions::default()
    };
    let error = segments(&ramp(), &conditions, RowSettings::default()).expect_err("outside");
    assert!(error.to_string().contains("the times go from 0 to 5"));
}
