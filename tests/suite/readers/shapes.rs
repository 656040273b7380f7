//! Tables in other shapes than samples × genes: tidy ones, matrices without names, GEO.

use cistron::expression::Expression;
use cistron::io::{OpenOptions, Orientation, Reading, SeriesOptions, read_series, read_times};

use super::several::{levels, says};
use crate::run::Folder;

fn read(text: &str) -> Result<Reading<Expression>, String> {
    read_series(text.as_bytes(), "d", None, &SeriesOptions::default())
        .map_err(|error| error.to_string())
}

fn good(text: &str) -> Reading<Expression> {
    read(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

#[test]
fn a_tidy_table_is_read_as_the_wide_one() {
    let wide = good("series\ttime\tA\tB\nx\t0\t1\t4\nx\t5\t2\t\ny\t0\t3\t6\ny\t5\t9\t7\n").value;
    let tidy = "gene\ttime\tseries\tvalue\nA\t0\tx\t1\nB\t0\tx\t4\nA\t5\tx\t2\nA\t0\ty\t3\n\
                A\t5\ty\t9\nB\t0\ty\t6\nB\t5\ty\t7\n";
    let by_gene = "Series,Time,Symbol,description,TPM,sd\nx,0,A,first gene,1,.1\nx,5,A,first gene,2,.1\n\
                   y,0,A,first gene,3,.1\ny,5,A,first gene,9,.1\nx,0,B,second,4,.1\ny,0,B,second,6,.1\n\
                   y,5,B,second,7,.1\n";
    for text in [tidy, by_gene] {
        let reading = good(text);
        let read = &reading.value;
        assert_eq!(read.genes(), wide.genes());
        let names = |data: &Expression| -> Vec<String> {
            data.series()
                .iter()
                .map(|one| one.name().to_owned())
                .collect()
        };
        assert_eq!(names(read), names(&wide));
        assert_eq!(levels(read, "A"), levels(&wide, "A"));
        let (left, right) = (levels(read, "B"), levels(&wide, "B"));
        assert_eq!((left[0], left[2], left[3]), (right[0], right[2], right[3]));
        assert!(left[1].is_nan() && right[1].is_nan());
        says(&reading.notes, "a tidy table");
    }
    says(&good(by_gene).notes, "passed over: `description`, `sd`");
}

#[test]
fn samples_of_a_tidy_table_take_their_times_from_a_table() {
    let times = "sample\ttime\ns1\t0\ns2\t5\ns3\t9\n";
    let times = read_times(times.as_bytes(), "t").expect("times").value;
    let text = "sample,gene,count\ns1,A,1\ns2,A,2\ns3,A,4\ns1,B,3\ns2,B,2\ns3,B,1\n";
    let options = SeriesOptions::default();
    let read = read_series(text.as_bytes(), "d", Some(&times), &options).expect("a tidy table");
    assert_eq!(read.value.series()[0].times(), [0.0, 5.0, 9.0]);
    assert_eq!(levels(&read.value, "A"), [1.0, 2.0, 4.0]);
}

#[test]
fn a_dose_in_a_tidy_table_is_a_condition_and_its_genes_may_have_any_name() {
    let mut text = "oligo\ttime\tdose_nM\tsd\tvalue\n".to_owned();
    for (dose, time) in [(0, 0), (0, 1), (0, 2), (10, 0), (10, 1), (10, 2)] {
        for gene in ["A", "B"] {
            text += &format!("{gene}\t{time}\t{dose}\t0.1\t{}\n", 3 + dose + time);
        }
    }
    let mut options = SeriesOptions::default();
    options.columns = vec![("oligo".to_owned(), cistron::io::ColumnRole::Gene)];
    let read = read_series(text.as_bytes(), "d", None, &options).expect("a tidy table");
    says(
        &read.notes,
        "`dose_nM` tells samples of one time apart and is read as a condition",
    );
    let series = read.value.series();
    assert_eq!(series.len(), 2);
    assert_eq!(series[1].conditions(), ["10", "10", "10"]);
    assert_eq!(series[1].values()[(2, 0)], 15.0);
}

#[test]
fn a_table_without_a_header_needs_as_many_times_as_samples() {
    let folder = Folder::with(&[
        ("m.txt", b"1\t2\t3\t4\n2\t4\t3\t1\n5\t2\t3\t6\n"),
        ("three.txt", b"0\n1\n2\n"),
        ("names.txt", b"A\nB\nC\nD\nE\nF\n"),
    ]);
    let check = |side: &str| {
        let args = [
            "check",
            "m.txt",
            "--no-header",
            "--times",
            "three.txt",
            "--genes",
        ];
        folder.cistron(&[&args[..], &[side]].concat())
    };
    check("rows")
        .with_code(2)
        .says("found 4 columns of samples and 3 times");
    check("columns").with_code(0);
    let ran = folder.cistron(&["check", "names.txt", "--no-header"]);
    ran.with_code(2).says("found one column of text");
}

#[test]
fn a_tidy_table_that_may_be_read_in_two_ways_is_refused() {
    let two = read("gene,time,tpm,fpkm\nA,0,1,2\nA,1,2,3\nB,0,1,2\nB,1,2,2\n").expect_err("two");
    assert!(
        two.contains("several columns of numbers (`tpm`, `fpkm`)"),
        "{two}"
    );
    assert!(two.contains("--ignore"), "{two}");
    let odd = read("gene,time,value\nA,0,1\nA,0,2\nA,1,2\nB,0,1\nB,1,2\n").expect_err("odd");
    assert!(
        odd.contains("add a column `replicate` or `sample`"),
        "{odd}"
    );
    let text = read("gene,time,value\nA,0,1\nA,1,high\n").expect_err("no number");
    assert!(
        text.starts_with("d, row 3, column 3 (`value`): found `high`"),
        "{text}"
    );
}

#[test]
fn a_column_of_genes_beside_their_own_columns_is_no_tidy_table() {
    let error = read("gene,time,A,B\nA,0,1,2\nA,1,2,3\nB,0,3,2\n").expect_err("labels");
    assert!(error.contains("column 1 (`gene`)"), "{error}");
}

const MATRIX: &str = "1.5 2.5 3.5 4\n5 6.25 7 8\n";

#[test]
fn a_matrix_without_names_is_read_with_its_times() {
    let folder = Folder::with(&[
        ("m.txt", MATRIX.as_bytes()),
        ("t.txt", b"1 0\n2 0.5\n3 1\n4 2\n"),
        ("turned.txt", b"1.5 5\n2.5 6.25\n3.5 7\n4 8\n"),
        ("series.txt", b"0 1.5 5\n0.5 2.5 6.25\n1 3.5 7\n2 4 8\n"),
    ]);
    let options = || OpenOptions::new().no_header(true);
    let check = |data: &Expression| {
        assert_eq!(data.genes().names(), ["G1", "G2"]);
        assert_eq!(data.series()[0].times(), [0.0, 0.5, 1.0, 2.0]);
        assert_eq!(levels(data, "G2"), [5.0, 6.25, 7.0, 8.0]);
    };
    for name in ["m.txt", "turned.txt"] {
        let data = options()
            .times(folder.path("t.txt"))
            .open(folder.path(name));
        check(data.expect("a matrix").series().expect("series"));
    }
    let data = options()
        .genes(Orientation::Columns)
        .open(folder.path("series.txt"))
        .expect("times in the first column");
    check(data.series().expect("series"));
    says(&data.notes.decisions, "read without a header");
    let cells = options()
        .pseudotime(folder.path("t.txt"))
        .open(folder.path("m.txt"));
    assert_eq!(cells.expect("cells").genes().names(), ["G1", "G2"]);
    let error = options().open(folder.path("m.txt")).expect_err("no times");
    assert!(error.to_string().contains("give `--times FILE`"), "{error}");
    folder
        .infer(&["m.txt", "--pairs", "1"])
        .with_code(2)
        .says("say `--no-header`");
    folder
        .infer(&["m.txt", "--no-header", "--times", "t.txt", "--pairs", "1"])
        .with_code(0);
}

#[test]
fn a_square_matrix_without_names_asks_for_its_genes() {
    let folder = Folder::with(&[("m.txt", b"1 2 4\n3 4 4\n7 8 9\n"), ("t.txt", b"0\n1\n2\n")]);
    let options = OpenOptions::new()
        .no_header(true)
        .times(folder.path("t.txt"));
    let error = options
        .open(folder.path("m.txt"))
        .expect_err("square")
        .to_string();
    assert!(
        error.contains("say `--genes rows` or `--genes columns`"),
        "{error}"
    );
    let data = options
        .genes(Orientation::Rows)
        .open(folder.path("m.txt"))
        .expect("as asked");
    assert_eq!(
        levels(data.series().expect("series"), "G1"),
        [1.0, 2.0, 4.0]
    );
}

const GEO: &str = "!Series_title\t\"a series\"\n!Sample_geo_accession\t\"S1\"\t\"S2\"\t\"S3\"\n\
                   !series_matrix_table_begin\n\"ID_REF\"\t\"S1\"\t\"S2\"\t\"S3\"\n\
                   \"TP53\"\t1\t2\t3\n\"MYC\"\t3\t2\t1\n!series_matrix_table_end\n";

#[test]
fn a_series_matrix_of_geo_takes_its_times_from_a_table() {
    let folder = Folder::with(&[
        ("m.txt", GEO.as_bytes()),
        ("t.tsv", b"sample\ttime\nS1\t0\nS2\t1\nS3\t2\n"),
        (
            "empty.txt",
            GEO.replace("\"TP53\"\t1\t2\t3\n\"MYC\"\t3\t2\t1\n", "")
                .as_bytes(),
        ),
        (
            "cut.txt",
            GEO.split_inclusive('\n')
                .take(2)
                .collect::<String>()
                .as_bytes(),
        ),
    ]);
    let data = OpenOptions::new()
        .times(folder.path("t.tsv"))
        .open(folder.path("m.txt"));
    let data = data.expect("a series matrix");
    assert_eq!(data.genes().names(), ["TP53", "MYC"]);
    assert_eq!(
        levels(data.series().expect("series"), "MYC"),
        [3.0, 2.0, 1.0]
    );
    folder
        .infer(&["empty.txt"])
        .with_code(2)
        .says("give the table of counts from the supplementary files");
    folder
        .infer(&["cut.txt"])
        .with_code(2)
        .says("found metadata of GEO and no table of expression");
}

#[test]
fn a_series_matrix_of_geo_may_hold_the_times_itself() {
    let with = |times: &str| {
        let line = format!("!Sample_characteristics_ch1\t{times}\n!series_matrix_table_begin");
        read(&GEO.replace("!series_matrix_table_begin", &line))
    };
    let read = with("\"time: 0 h\"\t\"time: 2 h\"\t\"time: 8 h\"").expect("times");
    assert_eq!(read.value.series()[0].times(), [0.0, 2.0, 8.0]);
    says(
        &read.notes,
        "times of 3 samples from the characteristic `time`",
    );
    let read = with("\"time: 0 h\"\t\"time: 2 h\"\t\"time: 1 d\"").expect("two units");
    assert_eq!(read.value.series()[0].times(), [0.0, 2.0, 24.0]);
    let error = with("\"tissue: a\"\t\"tissue: b\"\t\"tissue: c\"").expect_err("no times");
    assert!(
        error.contains("give the times of the samples with `--times FILE`"),
        "{error}"
    );
    let line =
        "!Sample_title\t\"WT_0h_1\"\t\"WT_30min_1\"\t\"WT_1h_1\"\n!series_matrix_table_begin";
    let read = self::read(&GEO.replace("!series_matrix_table_begin", line)).expect("titles");
    assert_eq!(read.value.series()[0].times(), [0.0, 0.5, 1.0]);
}
