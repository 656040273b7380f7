//! Readers on good input: every layout, and every data set that is at hand.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;

use cistron::expression::{Cells, Expression};
use cistron::genes::Gene;
use cistron::io::{
    Orientation, Reading, SeriesOptions, SteadyRows, choose_regulators, read_beeline, read_names,
    read_prior, read_series, read_steady_states, read_times,
};
use cistron::prior::{PriorMode, Regulators};

use crate::run::Folder;

fn series(text: &str) -> Reading<Expression> {
    read_series(text.as_bytes(), "d", None, &SeriesOptions::default()).expect("a good table")
}

fn shape(expression: &Expression) -> (usize, Vec<usize>) {
    let lengths = expression.series().iter().map(|one| one.len()).collect();
    (expression.genes().len(), lengths)
}

fn says(lines: &[String], text: &str) -> bool {
    lines.iter().any(|line| line.contains(text))
}

#[test]
fn a_tidy_table_has_series_conditions_and_irregular_times() {
    let reading = series(
        "sample,series,time,condition,A,B\n\
         s1,x,0,c,1,2\ns2,x,0.5,h,2,\ns3,x,7,h,3,1\ns4,y,0,c,1,1\ns5,y,9,c,0,0\n",
    );
    assert_eq!(shape(&reading.value), (2, vec![3, 2]));
    let first = &reading.value.series()[0];
    assert_eq!(first.name(), "x");
    assert_eq!(first.times(), [0.0, 0.5, 7.0]);
    assert_eq!(first.conditions(), ["c", "h", "h"]);
    assert!(first.values()[(1, 1)].is_nan());
    assert!(says(
        &reading.notes,
        "genes are in columns, as column 3 (`time`) is the time"
    ));
    assert!(says(&reading.notes, "separated by commas"));
}

#[test]
fn the_dream_layout_starts_a_series_wherever_time_starts_again() {
    let reading = series("\"Time\"\t\"G1\"\n0\t1\n50\t2\n100\t3\n\n0\t4\n50\t5\n100\t6\n");
    assert_eq!(shape(&reading.value), (1, vec![3, 3]));
    assert_eq!(reading.value.series()[1].values()[(0, 0)], 4.0);
    assert!(says(
        &reading.notes,
        "2 series: a new one wherever time starts again"
    ));
}

#[test]
fn genes_in_rows_take_their_times_from_a_table() {
    let times = "id\ttime\trep\nb\t1\t1\na\t0\t1\nc\t0\t2\nd\t3\t2\ne\t9\t2\n";
    let times = read_times(times.as_bytes(), "t").expect("good times").value;
    let text = "gene\ta\tb\tc\td\nA\t1\t2\t3\t4\nB\t5\t6\t7\t8\n";
    for genes in [Orientation::Auto, Orientation::Rows] {
        let mut options = SeriesOptions::default();
        options.genes = genes;
        let reading = read_series(text.as_bytes(), "d", Some(&times), &options).expect("good");
        assert_eq!(shape(&reading.value), (2, vec![2, 2]));
        assert_eq!(reading.value.series()[0].values()[(1, 1)], 6.0);
        assert_eq!(reading.value.series()[1].times(), [0.0, 3.0]);
        assert!(says(&reading.notes, "genes are in rows"));
        assert!(says(
            &reading.warnings,
            "t: samples without expression: `e`"
        ));
    }
}

#[test]
fn samples_in_rows_may_take_their_times_from_a_table() {
    let times = read_times("name,time\na,0\nb,1\nc,2\n".as_bytes(), "t")
        .expect("good")
        .value;
    let text = ",A,B\nc,3,6\na,1,4\nb,2,5\n";
    let reading = read_series(
        text.as_bytes(),
        "d",
        Some(&times),
        &SeriesOptions::default(),
    );
    let reading = reading.expect("good");
    assert_eq!(shape(&reading.value), (2, vec![3]));
    assert_eq!(reading.value.series()[0].values()[(2, 1)], 6.0);
    assert!(says(&reading.warnings, "samples were sorted"));
}

#[test]
fn a_header_of_times_means_genes_in_rows() {
    let reading = series("gene 0 5 20 0 5\nA 1 2 3 4 5\nB 5 4 3 2 1\n");
    assert_eq!(shape(&reading.value), (2, vec![3, 2]));
    assert!(says(
        &reading.notes,
        "genes are in rows, as the header holds times"
    ));
    assert!(says(&reading.notes, "separated by spaces"));
}

#[test]
fn replicates_that_share_names_over_conditions_are_told_apart() {
    let text = "time,condition,rep,A\n0,c,1,1\n5,c,1,2\n0,h,1,3\n5,h,1,4\n";
    let reading = series(text);
    let names: Vec<&str> = reading
        .value
        .series()
        .iter()
        .map(|one| one.name())
        .collect();
    assert_eq!(names, ["1/c", "1/h"]);
    assert!(says(&reading.notes, "times repeat over conditions"));
}

#[test]
fn the_first_column_may_be_a_gene() {
    let reading = series("A\ttime\tB\n1\t0\t3\n2\t1\t4\n5\t2\t9\n");
    assert_eq!(reading.value.genes().names(), ["A", "B"]);
    assert_eq!(reading.value.series()[0].values()[(2, 0)], 5.0);
    assert_eq!(reading.value.series()[0].values()[(2, 1)], 9.0);
}

#[test]
fn gzip_marks_and_windows_line_ends_change_nothing() {
    let plain = "time;A;B\r\n0;0,5;1\r\n1;1,5;2\r\n2;3;5\r\n";
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    write!(encoder, "\u{feff}{plain}").expect("memory");
    let packed = encoder.finish().expect("memory");
    let reading = read_series(packed.as_slice(), "d.gz", None, &SeriesOptions::default());
    let (packed, plain) = (reading.expect("good").value, series(plain).value);
    assert_eq!(packed.series()[0].values(), plain.series()[0].values());
    assert_eq!(packed.series()[0].values()[(1, 0)], 1.5);
}

#[test]
fn turning_a_table_round_changes_nothing() {
    let across = series("time,A,B\n0,1,2\n3,4,5\n7,8,9\n").value;
    let down = series("gene,0,3,7\nA,1,4,8\nB,2,5,9\n").value;
    assert_eq!(across.genes(), down.genes());
    assert_eq!(across.series()[0].times(), down.series()[0].times());
    assert_eq!(across.series()[0].values(), down.series()[0].values());
}

fn beeline(expression: &str, pseudotime: &str) -> Cells {
    let reading = read_beeline(expression.as_bytes(), "e", pseudotime.as_bytes(), "p");
    reading.expect("good cells").value
}

#[test]
fn cells_are_matched_by_name_whatever_their_order() {
    let cells = beeline(
        ",c1,c2,c3,c5\nA,1,2,3,4\nB,4,5,6,7\n",
        ",P1,P2\nc3,0.3,NA\nc1,0.1,1\nc2,0.2,2\nc4,1,3\nc5,NA,5\n",
    );
    assert_eq!(cells.lineages()[1].name, "P2");
    assert_eq!(cells.names(), ["c1", "c2", "c3", "c5"]);
    assert_eq!(cells.lineages()[0].pseudotime[..3], [0.1, 0.2, 0.3]);
    assert!(cells.lineages()[0].pseudotime[3].is_nan());
    assert_eq!(cells.values()[(2, 1)], 6.0);
}

#[test]
fn prior_words_and_weights_become_penalty_factors() {
    let genes = series("time,A,B,C\n0,1,2,3\n1,2,3,4\n")
        .value
        .genes()
        .clone();
    let factor = |text: &str, mode, target, regulator| {
        let all = Regulators::all(&genes);
        let prior = read_prior(text.as_bytes(), "p", mode, all, &genes)
            .expect("good")
            .value;
        prior.penalty_factor(Gene(target), Gene(regulator))
    };
    let weighted = "regulator,target,weight\nA,B,3\nA,C,0\nB,C,forbidden\n";
    assert_eq!(factor(weighted, PriorMode::Weighted, 1, 0), Some(0.25));
    assert_eq!(factor(weighted, PriorMode::Weighted, 2, 0), Some(1.0));
    assert_eq!(factor(weighted, PriorMode::Weighted, 2, 1), None);
    assert_eq!(factor(weighted, PriorMode::Allowed, 1, 0), Some(1.0));
    assert_eq!(factor(weighted, PriorMode::Allowed, 2, 0), None);
    assert_eq!(factor(weighted, PriorMode::Forbidden, 1, 0), None);
    assert_eq!(factor("B A\nC A\n", PriorMode::Weighted, 0, 1), Some(0.5));
}

/// The folder of data sets, if there is one.
fn data() -> Option<PathBuf> {
    let path = std::env::var_os("CISTRON_DATA").map(PathBuf::from);
    if path.is_none() {
        let text = "CISTRON_DATA is not set: the data sets are not read";
        writeln!(std::io::stderr(), "{text}").expect("stderr is open");
    }
    path
}

/// All files of this name below `root`, sorted.
fn files_called(root: &Path, name: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of the data sets") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.file_name().is_some_and(|own| own == name) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn read_file(path: &Path, ignore: &[&str]) -> Reading<Expression> {
    let mut options = SeriesOptions::default();
    options.ignore = ignore.iter().map(|&name| name.to_owned()).collect();
    let file = File::open(path).expect("a file of the data sets");
    let name = path.display().to_string();
    read_series(file, &name, None, &options).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn every_data_set_is_read_in_its_shape() {
    let Some(root) = data() else { return };
    // Folder, files in it, genes, series, points of every series.
    let expected = [
        ("dream4_10", 5, vec![10], 5, 21),
        ("dream4_100", 5, vec![100], 10, 21),
        ("dream3_resim_10", 5, vec![10], 5, 21),
        ("dream3_resim_50", 5, vec![50], 10, 21),
        ("dream3_resim_100", 5, vec![100], 10, 21),
        ("gnw_series", 6, vec![32, 64], 0, 0),
        ("phoenix_sim350", 1, vec![350], 160, 5),
        ("ecoli_sos", 1, vec![8], 4, 50),
    ];
    for (folder, files, genes, count, points) in expected {
        let paths = files_called(&root.join(folder), "timeseries.tsv");
        assert_eq!(paths.len(), files, "{folder}");
        for path in paths {
            let reading = read_file(&path, &[]);
            let (p, lengths) = shape(&reading.value);
            assert!(genes.contains(&p), "{}: {p} genes", path.display());
            if count > 0 {
                assert_eq!(lengths, vec![points; count], "{}", path.display());
            } else {
                assert!(says(&reading.warnings, "a comma is read as decimal sign"));
                assert!(lengths.iter().all(|&n| n > 2), "{}", path.display());
            }
        }
    }
}

#[test]
fn the_steady_states_of_every_data_set_are_read_as_they_are() {
    let Some(root) = data() else { return };
    let changed = |level| SteadyRows::Changed { level };
    let tables = [
        ("wildtype.tsv", SteadyRows::WildType, None),
        ("knockouts.tsv", changed(0.0), Some(1)),
        ("knockdowns.tsv", changed(0.5), Some(1)),
        ("multifactorial.tsv", SteadyRows::Multifactorial, Some(0)),
        ("dualknockouts_truth.tsv", changed(0.0), Some(2)),
    ];
    for path in files_called(&root, "knockouts.tsv") {
        let series = read_file(&path.with_file_name("timeseries.tsv"), &[]);
        let genes = series.value.genes();
        for (name, rows, genes_changed) in tables {
            let Ok(file) = File::open(path.with_file_name(name)) else {
                continue;
            };
            let reading = read_steady_states(file, name, rows, genes);
            let reading = reading.unwrap_or_else(|error| panic!("{error}"));
            assert!(reading.warnings.is_empty(), "{:?}", reading.warnings);
            let samples = reading.value.samples();
            if let Some(count) = genes_changed {
                assert!(samples.iter().all(|one| one.changed().count() == count));
            }
            if genes_changed == Some(1) {
                assert_eq!(samples.len(), genes.len(), "{}", path.display());
            }
        }
    }
}

#[test]
fn single_tables_of_real_data_are_read_in_their_shape() {
    let Some(root) = data() else { return };
    let irma = read_file(&root.join("irma/switch_on_avg.tsv"), &["label"]);
    assert_eq!(shape(&irma.value), (5, vec![16]));
    for file in ["rep1.tsv", "rep2.tsv"] {
        let yeast = read_file(&root.join("yeast_pramila500").join(file), &[]);
        assert_eq!(shape(&yeast.value), (500, vec![24]));
        let genes = yeast.value.genes();
        let path = root.join("yeast_pramila500/motif_prior_500.tsv");
        let prior = File::open(path).expect("the motif prior");
        let all = Regulators::all(genes);
        let prior = read_prior(prior, "motifs", PriorMode::Weighted, all, genes);
        let prior = prior.expect("the motif prior is good").value;
        assert_eq!(prior.len(), 1146);
        let find = |name| genes.find(name).expect("a gene of the table");
        assert_eq!(
            prior.penalty_factor(find("YDR277C"), find("YLR131C")),
            Some(0.5)
        );
        let names = File::open(root.join("yeast_pramila500/genes.tsv")).expect("the genes");
        let names = read_names(names, "genes").expect("names");
        let regulators = choose_regulators(&names, "genes", genes).expect("they match");
        assert_eq!(regulators.value.len(), 500);
        assert!(regulators.warnings.is_empty());
    }
}

#[test]
fn every_beeline_set_is_read_in_its_shape() {
    let Some(root) = data() else { return };
    let paths = files_called(&root.join("beeline"), "ExpressionData.csv");
    assert!(!paths.is_empty());
    for path in paths {
        let times = path.with_file_name("PseudoTime.csv");
        let open = |path: &Path| File::open(path).expect("a file of the data sets");
        let (first, second) = (path.display().to_string(), times.display().to_string());
        let reading = read_beeline(open(&path), &first, open(&times), &second);
        let cells = reading.unwrap_or_else(|error| panic!("{error}")).value;
        let lines = |path: &Path| fs::read_to_string(path).expect("text").lines().count();
        assert_eq!(cells.genes().len() + 1, lines(&path), "{first}");
        assert!([500, 2000].contains(&cells.names().len()), "{first}");
    }
}

const INFERELATOR: &str = "\"isTs\"\t\"is1stLast\"\t\"prevCol\"\t\"del.t\"\t\"condName\"\n\
    TRUE\t\"f\"\tNA\tNA\t\"s0\"\nTRUE\t\"m\"\t\"s0\"\t30\t\"s1\"\nTRUE\t\"l\"\t\"s1\"\t60\t\"s2\"\n\
    TRUE\t\"f\"\tNA\tNA\t\"s0\"\nTRUE\t\"l\"\t\"s0\"\t5\t\"u1\"\nFALSE\t\"e\"\tNA\tNA\t\"x\"\n";

#[test]
fn metadata_of_the_inferelator_give_courses_and_single_samples() {
    let times = read_times(INFERELATOR.as_bytes(), "meta_data.tsv").expect("metadata");
    let table = "\ts1\tx\ts0\ts2\tu1\nA\t2\t9\t1\t3\t5\nB\t7\t8\t6\t5\t4\n";
    let options = SeriesOptions::default();
    let read = read_series(table.as_bytes(), "d", Some(&times.value), &options).expect("a table");
    let series = read.value.series();
    let names: Vec<&str> = series.iter().map(|one| one.name()).collect();
    // two courses start from one sample; each is named after its last one
    assert_eq!(names, ["s2", "u1"]);
    assert_eq!(series[0].times(), [0.0, 30.0, 90.0]);
    assert_eq!(series[1].times(), [0.0, 5.0]);
    assert_eq!(series[0].values().col_as_slice(0), [1.0, 2.0, 3.0]);
    assert!(says(&read.warnings, "1 single samples are left out"));

    let folder = Folder::with(&[
        ("d.tsv", table.as_bytes()),
        ("m.tsv", INFERELATOR.as_bytes()),
    ]);
    let options = cistron::io::OpenOptions::new().times(folder.path("m.tsv"));
    let data = options.open(folder.path("d.tsv")).expect("both files");
    let single = data.steady_states().expect("a single sample");
    assert_eq!(
        single.values().row(0).iter().copied().collect::<Vec<_>>(),
        [9.0, 8.0]
    );
    assert!(says(
        &data.notes.decisions,
        "1 single samples, taken as steady states"
    ));
}

#[test]
fn metadata_of_the_inferelator_that_do_not_fit_are_refused() {
    let refused = |from: &str, to: &str| {
        let text = INFERELATOR.replacen(from, to, 1);
        let error = read_times(text.as_bytes(), "m.tsv").expect_err("no metadata");
        error.to_string()
    };
    assert!(refused("\"s0\"\t30", "\"s9\"\t30").contains("found `s9`, expected a sample of the"));
    assert!(refused("\"s0\"\t30", "\"s0\"\t-3").contains("found `-3`, expected a time above 0"));
    assert!(refused("\"s0\"\t30", "\"s0\"\tNA").contains("the time is missing"));
    assert!(refused("NA\tNA\t\"s0\"", "\"s1\"\t9\t\"s0\"").contains("occurs a second time"));
}
