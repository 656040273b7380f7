//! What must not change the result, and what must.

use cistron::expression::{Data, Expression, TimeSeries, Transform};
use cistron::run::{OffsetSetting, Run, Settings, infer};
use cistron::seed::Seed;
use cistron::trajectory::Offsets;
use cistron_truth::simulate::{LogicCase, LogicSettings};

fn data() -> Expression {
    let settings = LogicSettings {
        distractors: 3,
        ..LogicSettings::default()
    };
    LogicCase::And.simulate(&settings, Seed(4)).expression
}

/// The same series with values times `factor` and labels by `label` of the series' number.
fn changed(from: &Expression, factor: f64, label: impl Fn(usize) -> String) -> Expression {
    let one = |(at, series): (usize, &TimeSeries)| {
        let values = series.values() * faer::Scale(factor);
        TimeSeries::new(series.name(), series.times().to_vec(), values)
            .expect("the same times")
            .with_conditions(vec![label(at); series.len()])
    };
    let series = from.series().iter().enumerate().map(one).collect();
    Expression::new(from.genes().clone(), series).expect("the same series")
}

fn found(expression: Expression, offsets: OffsetSetting) -> Run {
    let mut settings = Settings::default();
    settings.transform = Transform::Identity;
    settings.offsets = offsets;
    settings.fit.pairs = 2;
    settings.fit.nonlinear = false;
    infer(&Data::from(expression), &settings).expect("sound data")
}

#[test]
fn the_unit_of_the_expression_does_not_matter() {
    let none = OffsetSetting::Fixed(Offsets::None);
    let reference = found(data(), none);
    for factor in [1e6, 1e-6] {
        let other = found(changed(&data(), factor, |_| String::new()), none);
        for (a, b) in reference.nodes.iter().zip(&other.nodes) {
            assert!(
                (a.r_squared - b.r_squared).abs() < 1e-6,
                "{factor}: {a:?} {b:?}"
            );
            assert!((a.decay - b.decay).abs() < 1e-6, "{factor}: {a:?} {b:?}");
        }
    }
}

#[test]
fn a_model_without_labels_has_no_influences() {
    let none = OffsetSetting::Fixed(Offsets::None);
    assert!(found(data(), none).model.field.covariates().is_empty());
    let labelled = changed(&data(), 1.0, |at| ["a", "b"][at % 2].to_owned());
    assert_eq!(
        found(labelled, none).model.field.covariates(),
        ["condition b"]
    );
}

#[test]
fn a_given_shift_holds_beside_labels() {
    let labelled = changed(&data(), 1.0, |at| ["a", "b"][at % 2].to_owned());
    let shift = found(labelled.clone(), OffsetSetting::ShiftAt(10.0))
        .record
        .offsets
        .shift();
    assert_eq!(shift, Some(10.0));
    assert_eq!(
        found(labelled, OffsetSetting::Auto).record.offsets,
        Offsets::None
    );
}
