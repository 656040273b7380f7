//! Mutants, replicates, names of samples and the order of series.

use cistron::expression::{Change, Expression};
use cistron::io::{Reading, SeriesOptions, read_series, read_times};

use crate::run::{Folder, table};

fn read(text: &str) -> Result<Reading<Expression>, String> {
    let options = SeriesOptions::default();
    read_series(text.as_bytes(), "d", None, &options).map_err(|error| error.to_string())
}

fn says(lines: &[String], text: &str) {
    let found = lines.iter().any(|line| line.contains(text));
    assert!(found, "expected\n{text}\nfound\n{lines:#?}");
}

fn names(reading: &Reading<Expression>) -> Vec<&str> {
    reading
        .value
        .series()
        .iter()
        .map(|one| one.name())
        .collect()
}

/// What was done in each series: the gene and the change.
fn done(reading: &Reading<Expression>) -> Vec<Option<(usize, Change)>> {
    let series = reading.value.series().iter();
    series
        .map(|one| {
            one.interventions()
                .first()
                .map(|done| (done.gene.index(), done.change))
        })
        .collect()
}

fn level(unit: usize, i: usize, j: usize) -> f64 {
    let (unit, i, j) = (unit as f64, i as f64, j as f64);
    3.0 + 2.0 * (0.3 * i + 1.7 * j).sin() + (2.1 * unit * (j + 1.0)).cos()
}

/// Genes in rows; `unit` of replicate `k` at step `i`.
fn across(header: impl Fn(usize, usize) -> String, unit: impl Fn(usize, usize) -> usize) -> String {
    let columns: Vec<(usize, usize)> = (0..7).flat_map(|i| (0..3).map(move |k| (i, k))).collect();
    let names = columns.iter().map(|&(i, k)| header(i, k));
    let mut text = format!("gene\t{}\n", names.collect::<Vec<_>>().join("\t"));
    for j in 0..6 {
        let cells = columns
            .iter()
            .map(|&(i, k)| format!("{:.4}", level(unit(i, k), i, j)));
        text += &format!("G{j}\t{}\n", cells.collect::<Vec<_>>().join("\t"));
    }
    text
}

#[test]
fn a_column_of_genotypes_becomes_interventions() {
    for (column, label, change) in [
        ("genotype", "B", Change::Knockout),
        ("strain", "B_KO", Change::Knockout),
        ("Perturbation", "KO-B", Change::Knockout),
        ("sgRNA", "sgB", Change::Knockout),
        ("condition", "ΔB", Change::Knockout),
    ] {
        let mut text = format!("series\ttime\t{column}\tA\tB\n");
        for (series, cell) in [("s1", "WT"), ("s2", label)] {
            for i in 0..4 {
                text += &format!(
                    "{series}\t{i}\t{cell}\t{:.3}\t{:.3}\n",
                    level(0, i, 0),
                    level(1, i, 1)
                );
            }
        }
        let reading = read(&text).expect(column);
        assert_eq!(
            done(&reading),
            [None, Some((1, change))],
            "{column} {label}"
        );
        says(
            &reading.notes,
            &format!("genotypes are read as interventions: `WT: wild type`, `{label}: B=ko`"),
        );
        // without series the genotypes tell them apart
        let joined = text
            .lines()
            .map(|line| line.split_once('\t').expect("a cell").1);
        let reading = read(&joined.collect::<Vec<_>>().join("\n")).expect(column);
        assert_eq!(
            done(&reading),
            [None, Some((1, change))],
            "{column} without series"
        );
    }
    let text = "series\ttime\tgenotype\tA\tB\ns1\t0\tWT\t1\t2\ns1\t1\tWT\t2\t1\ns2\t0\tzwf\t1\t2\ns2\t1\tzwf\t3\t1\n";
    let found = read(text).expect_err("no gene");
    assert!(
        found.starts_with(
            "d, row 4: found `zwf`, expected a genotype: a gene of the table (`A`, `B`)"
        ),
        "{found}"
    );
    assert!(found.contains("--columns genotype=condition"), "{found}");
    // conditions that are no mutants stay conditions
    let reading = read(&text.replace("genotype", "condition")).expect("conditions");
    assert_eq!(done(&reading), [None, None]);
}

#[test]
fn replicates_of_the_same_units_become_series() {
    let reading = read(&across(|i, _| format!("{}", 2 * i), |_, k| k)).expect("replicates");
    assert_eq!(names(&reading), ["1", "2", "3"]);
    assert_eq!(reading.value.series()[0].times()[..3], [0.0, 2.0, 4.0]);
    says(
        &reading.notes,
        "the k-th samples of all times are of one unit and become series `1`, `2`, `3`",
    );
    // as pandas and R write repeated names
    for prefix in ["", "X"] {
        let numbered = |i: usize, k: usize| match k {
            0 => format!("{prefix}{}", 2 * i),
            _ => format!("{prefix}{}.{k}", 2 * i),
        };
        let again = read(&across(numbered, |_, k| k)).expect("numbered");
        assert_eq!(names(&again), ["1", "2", "3"]);
        assert_eq!(
            again.value.series()[2].values(),
            reading.value.series()[2].values()
        );
    }
}

#[test]
fn replicates_of_other_units_at_each_time_are_averaged_and_said() {
    // every sample is of a unit of its own
    let text = across(|i, _| format!("{}h", 2 * i), |i, k| 7 * i * i + 5 * k + i);
    let reading = read(&text).expect("replicates");
    assert_eq!(names(&reading), ["1"]);
    let mean = (0..3).map(|k| level(5 * k, 0, 0)).sum::<f64>() / 3.0;
    assert!((reading.value.series()[0].values()[(0, 0)] - mean).abs() < 1e-3);
    says(
        &reading.warnings,
        "as in destructive sampling, and averaged",
    );
    // a baseline with several samples
    let text = "time\tA\tB\n0\t1\t2\n0\t3\t2\n2\t4\t1\n4\t5\t1\n";
    let reading = read(text).expect("a baseline");
    assert_eq!(reading.value.series()[0].values()[(0, 0)], 2.0);
}

#[test]
fn names_of_samples_say_time_condition_and_replicate() {
    let header = |i: usize, k: usize| format!("{}_{}h_rep{}", ["WT", "KO-G1", "heat"][k], 4 * i, 1);
    let reading = read(&across(header, |_, k| k)).expect("names of samples");
    assert_eq!(names(&reading), ["KO-G1", "WT", "heat"]);
    assert_eq!(reading.value.series()[1].times()[..3], [0.0, 4.0, 8.0]);
    says(
        &reading.notes,
        "are read as time `0h`, condition `WT`, replicate `rep1`",
    );
    // the same names down
    let mut down = String::from("sample\tA\tB\n");
    for i in 0..4 {
        for (k, condition) in ["ctrl", "drug"].iter().enumerate() {
            down += &format!(
                "{condition}.{}min.1\t{:.3}\t{:.3}\n",
                30 * i,
                level(k, i, 0),
                level(k, i, 1)
            );
        }
    }
    let reading = read(&down).expect("names down");
    assert_eq!(names(&reading), ["ctrl", "drug"]);
    assert_eq!(reading.value.series()[0].times(), [0.0, 30.0, 60.0, 90.0]);
    let reading = read(&across(
        |i, k| format!("{}_{}h_r1", ["WT", "KO-G1", "G2_KO"][k], i),
        |_, k| k,
    ));
    let reading = reading.expect("mutants");
    assert_eq!(names(&reading), ["G2_KO", "KO-G1", "WT"]);
    assert_eq!(
        done(&reading),
        [
            Some((2, Change::Knockout)),
            Some((1, Change::Knockout)),
            None
        ]
    );
    // no time, or two
    for names in ["gene\tWT_a\tWT_b", "gene\tT1_2h_3h\tT2_4h_5h"] {
        let text = format!("{names}\nA\t1\t2\nB\t2\t1\n");
        assert!(
            read(&text)
                .expect_err(names)
                .contains("found no time column")
        );
    }
}

#[test]
fn a_table_of_samples_may_name_genotypes() {
    let times = "sample\ttime\tgenotype\na\t0 h\tWT\nb\t1 h\tWT\nc\t0 h\tA_KO\nd\t1 h\tA_KO\n";
    let times = read_times(times.as_bytes(), "t").expect("a table of samples");
    let text = "gene\ta\tb\tc\td\nA\t1\t2\t0\t0\nB\t4\t2\t3\t1\n";
    let reading = read_series(
        text.as_bytes(),
        "d",
        Some(&times.value),
        &SeriesOptions::default(),
    );
    let reading = reading.expect("series");
    assert_eq!(names(&reading), ["A_KO", "WT"]);
    assert_eq!(done(&reading), [Some((0, Change::Knockout)), None]);
}

#[test]
fn the_order_of_series_does_not_matter() {
    let text = table(4, 4, 8);
    let (header, rows) = text.split_once('\n').expect("a header");
    let mut blocks: Vec<&str> = Vec::new();
    let mut start = 0;
    let rows_of: Vec<&str> = rows.lines().collect();
    let series = |row: &str| row.split('\t').next().map(str::to_owned);
    for at in 1..=rows_of.len() {
        if at == rows_of.len() || series(rows_of[at]) != series(rows_of[start]) {
            let from = rows_of[..start]
                .iter()
                .map(|row| row.len() + 1)
                .sum::<usize>();
            let to = rows_of[..at].iter().map(|row| row.len() + 1).sum::<usize>();
            blocks.push(&rows[from..to.min(rows.len())]);
            start = at;
        }
    }
    assert_eq!(blocks.len(), 4);
    let turned = format!(
        "{header}\n{}{}{}{}",
        blocks[2], blocks[0], blocks[3], blocks[1]
    );
    let folder = Folder::with(&[("a.tsv", text.as_bytes()), ("b.tsv", turned.as_bytes())]);
    let edges = ["a.tsv", "b.tsv"].map(|file| {
        folder.infer(&[file, "--pairs", "4"]).with_code(0);
        folder.read("out/edges.tsv")
    });
    assert_eq!(edges[0], edges[1]);
}
