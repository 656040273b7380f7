//! Scores of predictions whose faults are known.

use faer::{Mat, mat};

use super::{MatchingError, PerturbedRow, PerturbedStates, compare, compared_levels};
use cistron::expression::{Change, Intervention, Origin, SteadySample, SteadyStates};
use cistron::genes::{Gene, Genes};

fn genes() -> Genes {
    Genes::new(["a", "b", "c"]).expect("distinct")
}

fn row(changed: &[&str], time: Option<f64>) -> PerturbedRow {
    PerturbedRow {
        changed: changed.iter().map(|name| (*name).to_owned()).collect(),
        changes: Vec::new(),
        series: String::new(),
        time,
    }
}

fn states(rows: Vec<PerturbedRow>, levels: Mat<f64>) -> PerturbedStates {
    PerturbedStates {
        genes: genes(),
        rows,
        levels,
        wild_type: None,
    }
}

/// Wild type (1, 1, 2) three times; without `a`, `c` is 1 lower; without `b`, 1.5 lower.
fn singles() -> SteadyStates {
    let outs: [&[usize]; 5] = [&[], &[], &[], &[0], &[1]];
    let samples = outs.map(|outs| {
        let done = outs.iter();
        let done = done.map(|&gene| Intervention::always(Gene(gene), Change::Knockout));
        SteadySample::new("row", Origin::Interventions(done.collect()))
    });
    let values = mat![
        [1.0, 1.0, 2.0],
        [1.0, 1.0, 2.0],
        [1.0, 1.0, 2.0],
        [0.0, 1.0, 1.0],
        [1.0, 0.0, 0.5]
    ];
    SteadyStates::new(genes(), samples.to_vec(), values).expect("sound")
}

#[test]
fn a_perfect_prediction_has_no_error_and_changed_genes_are_not_judged() {
    let measured = states(
        vec![row(&["a"], None), row(&["a", "b"], None)],
        mat![[0.0, 1.5, 1.0], [0.0, 0.0, 0.2]],
    );
    let mut predicted = measured.clone();
    predicted.levels[(0, 0)] = 9.0;
    predicted.levels[(1, 1)] = 9.0;
    let found = compare(&predicted, &measured, Some(&singles())).expect("all is there");
    assert_eq!(found.levels, 3);
    assert_eq!(found.prediction.mean_squared_error, 0.0);
    assert!((found.prediction.correlation.expect("it varies") - 1.0).abs() < 1e-12);
    assert_eq!(found.prediction.correct_signs, Some(1.0));
}

#[test]
fn the_rules_put_single_knockouts_together_and_stop_at_zero() {
    let measured = states(vec![row(&["b", "a"], None)], mat![[0.0, 0.0, 0.1]]);
    let found = compare(&measured, &measured, Some(&singles())).expect("all is there");
    for (rule, off) in [
        ("no change", 1.9_f64),
        ("sum of single changes", 0.1),
        ("larger of the single changes", 0.4),
    ] {
        let mut rules = found.rules.iter();
        let scores = rules.find(|scored| scored.rule == rule).expect("a rule");
        let error = scores.scores.mean_squared_error;
        assert!((error - off.powi(2)).abs() < 1e-12, "{rule}: {error}");
    }
    let none = &found.rules[0].scores;
    assert_eq!((none.correlation, none.correct_signs), (None, Some(0.0)));
}

#[test]
fn without_the_single_knockout_of_a_changed_gene_there_is_no_sum() {
    let measured = states(vec![row(&["c"], None)], mat![[1.0, 1.0, 0.0]]);
    let found = compare(&measured, &measured, Some(&singles())).expect("all is there");
    let rules: Vec<&str> = found.rules.iter().map(|rule| rule.rule).collect();
    assert_eq!(rules, ["no change"]);
}

#[test]
fn columns_rows_and_the_order_of_changed_genes_do_not_matter() {
    let measured = states(
        vec![row(&["a", "b"], None), row(&["c"], None), row(&["c"], None)],
        mat![[0.0, 0.0, 0.2], [1.0, 2.0, 0.0], [3.0, 4.0, 0.0]],
    );
    let predicted = PerturbedStates {
        genes: Genes::new(["c", "a", "b"]).expect("distinct"),
        rows: vec![row(&["c"], None), row(&["c"], None), row(&["b", "a"], None)],
        levels: mat![[0.0, 1.0, 2.0], [0.0, 3.0, 4.0], [0.2, 0.0, 0.0]],
        wild_type: None,
    };
    let found = compare(&predicted, &measured, None).expect("all is there");
    assert_eq!(found.prediction.mean_squared_error, 0.0);
    assert_eq!(found.prediction.correlation, None);
    assert!(found.rules.is_empty());
}

/// States without `a` whose levels are proportional to time.
fn course(times: &[f64]) -> PerturbedStates {
    let rows = times.iter().map(|&t| row(&["a"], Some(t))).collect();
    let levels = Mat::from_fn(times.len(), 3, |i, j| times[i] * (j as f64 - 1.5));
    states(rows, levels)
}

#[test]
fn a_course_is_compared_between_predicted_times_and_against_its_start() {
    let (predicted, measured) = (course(&[0.0, 4.0]), course(&[0.0, 1.0, 4.0]));
    let found = compare(&predicted, &measured, None).expect("all is there");
    assert!(found.prediction.mean_squared_error < 1e-24);
    assert_eq!(found.rules[0].rule, "no change");
    assert!((found.rules[0].scores.mean_squared_error - 0.25 * 17.0 / 3.0).abs() < 1e-12);
    let error = compare(&course(&[0.0, 2.0]), &measured, None).expect_err("too short");
    assert_eq!(
        error.to_string(),
        "there is no prediction for a at time 4; the predicted times go from 0 to 2"
    );
}

#[test]
fn what_was_not_predicted_is_named() {
    let measured = states(vec![row(&["a"], None); 3], Mat::zeros(3, 3));
    let two = mat![[0.0, 1.0, 1.0], [0.0, 1.0, 2.0]];
    let predicted = states(vec![row(&["a"], None); 2], two);
    let error = compare(&predicted, &measured, None).expect_err("one row is missing");
    assert!(
        error
            .to_string()
            .starts_with("there is no prediction for a (number 3")
    );
    let fewer = PerturbedStates {
        genes: Genes::new(["a", "b"]).expect("distinct"),
        rows: measured.rows.clone(),
        levels: Mat::zeros(3, 2),
        wild_type: None,
    };
    let error = compare(&fewer, &measured, None).expect_err("no column of c");
    assert_eq!(error, MatchingError::Gene { gene: "c".into() });
    let all = states(vec![row(&["a", "b", "c"], None)], Mat::zeros(1, 3));
    assert_eq!(compare(&all, &all, None), Err(MatchingError::Nothing));
}

#[test]
fn a_measured_steady_state_is_compared_with_the_end_of_a_predicted_course() {
    let measured = states(
        vec![row(&["a"], None), row(&["a"], None)],
        mat![[0.0, 1.0, 3.0], [0.0, 1.0, 5.0]],
    );
    let mut predicted = states(
        vec![row(&["a"], Some(0.0)), row(&["a"], Some(9.0))],
        mat![[1.0, 1.0, 2.0], [0.0, 1.0, 4.0]],
    );
    predicted.wild_type = Some(mat![[1.0, 1.0, 2.0], [1.0, 1.5, 3.0]]);
    let found = compare(&predicted, &measured, None).expect("all is there");
    assert!((found.prediction.mean_squared_error - 0.5).abs() < 1e-12);
    // the wild type at the end of the course
    let none = &found.rules[0].scores;
    assert!((none.mean_squared_error - (2.0 * 0.25 + 0.0 + 4.0) / 4.0).abs() < 1e-12);
}

#[test]
fn rows_without_changed_genes_are_the_wild_type_and_each_table_has_its_own() {
    let rows = vec![row(&[], None), row(&[], None), row(&["a"], None)];
    let measured = states(
        rows,
        mat![[1.0, 1.0, 1.0], [1.0, 3.0, 1.0], [0.0, 3.0, 0.5]],
    );
    let mut predicted = measured.clone();
    // all levels are 10 higher, changes are right
    predicted.levels = mat![[11.0, 12.0, 11.0], [11.0, 12.0, 11.0], [0.0, 13.0, 10.5]];
    predicted.wild_type = Some(mat![
        [11.0, 12.0, 11.0],
        [11.0, 12.0, 11.0],
        [11.0, 12.0, 11.0]
    ]);
    let found = compare(&predicted, &measured, None).expect("all is there");
    assert_eq!(found.levels, 2);
    assert!((found.prediction.correlation.expect("it varies") - 1.0).abs() < 1e-12);
    assert_eq!(found.prediction.correct_signs, Some(1.0));
    assert_eq!(found.prediction.mean_squared_error, 100.0);
    assert!((found.rules[0].scores.mean_squared_error - 0.625).abs() < 1e-12);
    let levels = compared_levels(&predicted, &measured, None).expect("all is there");
    let pairs: Vec<(f64, f64)> = levels
        .iter()
        .map(|at| (at.measured, at.predicted))
        .collect();
    assert_eq!(pairs, [(1.0, 1.0), (-0.5, -0.5)]);
}

#[test]
fn rows_with_other_levels_of_the_same_gene_are_other_states() {
    let scaled = |level: f64| PerturbedRow {
        changes: vec![Change::Scaled(level)],
        ..row(&["a"], None)
    };
    let measured = states(
        vec![scaled(2.0), scaled(0.0)],
        mat![[2.0, 4.0, 1.0], [0.0, 1.0, 1.0]],
    );
    // a level of 0 is a knockout
    let predicted = states(
        vec![row(&["a"], None), scaled(2.0)],
        mat![[0.0, 1.0, 1.0], [2.0, 4.0, 1.0]],
    );
    let found = compare(&predicted, &measured, Some(&singles())).expect("all is there");
    assert_eq!(found.prediction.mean_squared_error, 0.0);
    // sums of knockouts say nothing about other changes
    let rules: Vec<&str> = found.rules.iter().map(|rule| rule.rule).collect();
    assert_eq!(rules, ["no change"]);
    let knockout = states(vec![row(&["a"], None)], mat![[0.0, 1.0, 1.0]]);
    let error = compare(&knockout, &measured, None).expect_err("one is of another level");
    assert!(
        error
            .to_string()
            .starts_with("there is no prediction for a (level 2): 1 of 2 measured states")
    );
}

#[test]
fn replicates_are_all_compared_with_the_one_prediction() {
    let measured = states(
        vec![
            row(&[], None),
            row(&["a"], None),
            row(&[], None),
            row(&["a"], None),
        ],
        mat![
            [1.0, 1.0, 2.0],
            [0.0, 1.0, 1.0],
            [1.0, 1.0, 2.0],
            [0.0, 3.0, 1.0]
        ],
    );
    let predicted = states(
        vec![row(&["a"], None), row(&[], None)],
        mat![[0.0, 1.0, 1.0], [1.0, 1.0, 2.0]],
    );
    let found = compare(&predicted, &measured, None).expect("one for all");
    assert_eq!(found.levels, 4);
    assert_eq!(found.prediction.mean_squared_error, 1.0);
}
