use super::*;
use crate::expression::{Origin, SteadySample, TimeSeries};
use crate::genes::Genes;
use faer::Mat;

/// Series of four samples around a level for each.
fn series(names: &[&str], levels: &[f64]) -> Expression {
    let genes = Genes::new(["a", "b"]).expect("distinct");
    let all = names
        .iter()
        .zip(levels)
        .enumerate()
        .map(|(at, (name, level))| {
            let values = Mat::from_fn(4, 2, |k, j| {
                level * (j as f64 + 1.0) + 0.01 * (at * 4 + k) as f64
            });
            TimeSeries::new(*name, vec![0.0, 1.0, 2.0, 3.0], values).expect("increasing")
        });
    Expression::new(genes, all.collect()).expect("sound")
}

fn found(names: &[&str], levels: &[f64]) -> SampleConditions {
    let expression = series(names, levels);
    let stacked = crate::trajectory::samples::stacked(&expression, None);
    SampleConditions::new(&expression, None, stacked.as_ref())
}

#[test]
fn numbered_names_are_replicates_if_the_data_agree() {
    let names = ["heat_1", "cold_1", "heat_2", "cold_2"];
    let alike = found(&names, &[1.0, 5.0, 1.1, 5.1]);
    assert_eq!(alike.of_series, [0, 1, 0, 1]);
    assert_eq!(alike.series(), 2);
    let note = alike.note.expect("it matters");
    assert!(
        note.contains("4 series are of 2 conditions (`cold_1`, `cold_2`"),
        "{note}"
    );
    let apart = found(&names, &[1.0, 5.0, 9.0, 2.0]);
    assert_eq!(apart.of_series, [0, 1, 2, 3]);
    assert_eq!(apart.note, None);
    let counted = found(&["s_1", "s_2", "s_3"], &[1.0, 1.1, 1.2]);
    assert_eq!(counted.series(), 3, "one stem counts the series");
}

#[test]
fn named_replicates_shared_conditions_and_interventions_are_of_one_condition() {
    let named = found(&["heat_rep1", "heat_rep2", "cold"], &[1.0, 9.0, 3.0]);
    assert_eq!(named.of_series, [0, 0, 1]);
    let expression = series(&["x", "y"], &[1.0, 2.0]);
    let genes = expression.genes().clone();
    let wild = || Origin::Interventions(Vec::new());
    let mut samples = vec![
        SteadySample::new("row 1", wild()),
        SteadySample::new("row 2", wild()),
    ];
    for label in ["c1", "c1", "c2", ""] {
        samples.push(SteadySample {
            label: label.to_owned(),
            ..SteadySample::new("row", Origin::Multifactorial)
        });
    }
    let values = Mat::from_fn(6, 2, |i, j| if i == 5 { 4.0 } else { (i * i + j) as f64 });
    let mut values = values;
    (values[(4, 0)], values[(4, 1)]) = (4.0, 4.0);
    let states = SteadyStates::new(genes, samples, values).expect("sound");
    let stacked = crate::trajectory::samples::stacked(&expression, Some(&states));
    let found = SampleConditions::new(&expression, Some(&states), stacked.as_ref());
    assert_eq!(found.of_series, [0, 1]);
    assert_eq!(
        found.of_singles,
        [2, 2, 3, 3, 4, 4],
        "the last two have the same values"
    );
    assert_eq!(found.copies[13], 12);
    assert_eq!(found.all(), 5);
}
