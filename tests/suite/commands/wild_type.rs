//! Where `cistron perturb` starts: in a state that exists.

use cistron::expression::{Expression, ObservedRange, TimeSeries};
use cistron::genes::Genes;
use faer::Mat;

use super::perturb::{chain, close, folder_of, number, perturb, table};
use crate::run::Folder;

/// The chain, of which `c` at 3 is outside of what was measured.
fn folder() -> Folder {
    let model = chain(2);
    let genes = Genes::new(["a", "b", "c", "d", "e"]).expect("distinct");
    let values = Mat::from_fn(2, 5, |i, j| [0.0, [1.5, 2.5, 1.9, 2.5, 1.5][j]][i]);
    let series = TimeSeries::new("s1", vec![0.0, 10.0], values).expect("increasing");
    let expression = Expression::new(genes, vec![series]).expect("sound");
    folder_of(&model.with_observed(ObservedRange::new(&expression, None)))
}

const SENTENCE: &str = "the mean state of the reference samples, which is not a steady state: that of the model is \
                        outside of the measured range for 1 of 5 genes (c); effects are counted against the \
                        unperturbed course from the same state at the same times";

#[test]
fn effects_are_counted_against_the_unperturbed_course_where_the_steady_state_is_outside() {
    let folder = folder();
    let ran = perturb(&folder, &["--ko", "a"]).with_code(0);
    let first = format!("from             {SENTENCE}, until time 10\n");
    assert!(ran.out.starts_with(&first), "{}", ran.out);
    let ran = ran.says(&format!("warning: simulations start from {SENTENCE}; "));
    ran.says("give `--from` with its name in states.tsv");
    for name in ["out/response.tsv", "out/effects.tsv"] {
        let rows = table(&folder, name);
        assert!(rows.iter().all(|row| row["start"] == "reference"), "{name}");
    }
    let rows = table(&folder, "out/response.tsv");
    assert_eq!(rows.len(), 51 * 5);
    let level = |time: &str, gene: &str, column: &str| {
        let mut rows = rows.iter();
        let row = rows.find(|row| row["time"] == time && row["gene"] == gene);
        number(row.expect("there"), column)
    };
    close(level("0", "b", "wild_type"), 0.5);
    close(level("0", "b", "perturbed"), 0.5);
    // a = 1 − e⁻ᵗ/2; b = 2 − (3 + t)e⁻ᵗ/2, and 1 − e⁻ᵗ/2 without a
    let decay = (-2.0_f64).exp();
    close(level("2", "b", "wild_type"), 2.0 - 2.5 * decay);
    close(level("2", "b", "perturbed"), 1.0 - 0.5 * decay);
    for name in ["out/response.svg", "out/top_changes.svg"] {
        let picture = folder.read(name);
        assert!(picture.contains("from the mean of the reference samples"));
    }
}

#[test]
fn batches_and_screens_start_there_too_and_a_steady_state_can_be_asked_for() {
    let folder = folder();
    folder.write("q.tsv", b"perturbed\na\nb+d\n");
    let ran = perturb(&folder, &["--batch", "q.tsv"]).with_code(0);
    assert!(
        ran.out
            .starts_with(&format!("from             {SENTENCE}\n")),
        "{}",
        ran.out
    );
    let rows = table(&folder, "out/courses.tsv");
    let times: Vec<&str> = rows.iter().map(|row| row["time"].as_str()).collect();
    assert_eq!(times, ["0", "10", "0", "10"]);
    assert!(rows.iter().all(|row| row["start"] == "reference"));
    close(number(&rows[1], "b"), 1.0 - 0.5 * (-10.0_f64).exp());
    let ran = perturb(&folder, &["--screen", "--pairs"]).with_code(0);
    assert!(
        ran.out
            .starts_with(&format!("from             {SENTENCE}\n")),
        "{}",
        ran.out
    );
    for name in ["out/screen.tsv", "out/pairs.tsv"] {
        let rows = table(&folder, name);
        assert!(rows.iter().all(|row| row["start"] == "reference"), "{name}");
    }
    let ran = perturb(&folder, &["--ko", "a", "--until", "steady"]).with_code(0);
    let start = "from             the steady state of the wild type, which is outside of the measured range for 1 of 5 \
                 genes (c), until the steady state\n";
    assert!(ran.out.starts_with(start), "{}", ran.out);
    let rows = table(&folder, "out/response.tsv");
    assert!(rows.iter().all(|row| row["start"] == "steady"));
    close(number(&rows[2], "wild_type"), 3.0);
    let ran = perturb(&folder, &["--ko", "a", "--from", "s1@0"]).with_code(0);
    assert!(!ran.log.contains("simulations start from"), "{}", ran.log);
    assert_eq!(table(&folder, "out/response.tsv")[0]["start"], "given");
}

#[test]
fn a_run_says_how_many_genes_have_their_steady_state_outside_and_what_is_worse_than_no_change() {
    // b follows a, which is far from its steady state at the end
    let mut text = "series\ttime\ta\tb".to_owned();
    for (series, start) in [("s", 0.2_f64), ("t", 1.0)] {
        let (mut a, mut b) = (start, 0.5);
        for k in 0..16 {
            let wave = 0.01 * f64::from(7 * k % 5);
            text += &format!("\n{series}\t{k}\t{:.4}\t{:.4}", a + wave, b + wave);
            (a, b) = (a + 0.02 * (20.0 - a), b + 0.1 * (a - b));
        }
    }
    let folder = Folder::with(&[("d.tsv", text.as_bytes())]);
    let ran = folder.infer(&["d.tsv", "--pairs", "4"]).with_code(0);
    let says = "the steady state of the model is outside of the measured range for 2 of 2 genes (a, b): simulations start";
    assert!(ran.log.contains(says), "{}", ran.log);
    assert!(folder.read("out/run.json").contains(says));
    let ran = folder
        .cistron(&["perturb", "out", "--ko", "a", "-o", "ko"])
        .with_code(0);
    let first = ran.out.lines().next().expect("a line");
    assert!(
        first.contains("the mean state of the reference samples"),
        "{first}"
    );
    let metrics = folder.read("out/metrics.json");
    let worse: serde_json::Value = serde_json::from_str(&metrics).expect("JSON");
    let worse = metrics.replacen(
        &format!("\"no_change\": {}", worse["mean_r_squared"]["no_change"]),
        "\"no_change\": 2.0",
        1,
    );
    folder.write_in_run("out", "metrics.json", worse.as_bytes());
    let ran = folder
        .cistron(&["perturb", "out", "--ko", "a", "-o", "ko"])
        .with_code(0);
    ran.says("is below that of \"no change\" (2.00)");
    folder.cistron(&["report", "out"]).with_code(0);
    let page = folder.read("out/report.html");
    assert!(
        page.contains("is below that of &quot;no change&quot; (2.00)")
            || page.contains("is below that of \"no change\" (2.00)")
    );
}
