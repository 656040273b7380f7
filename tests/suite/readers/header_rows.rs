//! What is above the numbers of a table: titles, two header rows, metadata of GCT; and dates and batches in their columns.

use cistron::expression::Expression;
use cistron::io::read::ColumnRole;
use cistron::io::{Reading, SeriesOptions, read_series};

use crate::run::{Folder, table};

fn read(text: &str) -> Reading<Expression> {
    read_series(text.as_bytes(), "d.csv", None, &SeriesOptions::default()).expect("a good table")
}

fn refused(text: &str) -> String {
    let read = read_series(text.as_bytes(), "d.csv", None, &SeriesOptions::default());
    read.expect_err("a bad table").to_string()
}

/// Name and times of every series.
fn courses(read: &Reading<Expression>) -> Vec<(&str, Vec<f64>)> {
    let series = read.value.series().iter();
    series
        .map(|one| (one.name(), one.times().to_vec()))
        .collect()
}

fn says(read: &Reading<Expression>, text: &str) {
    assert!(
        read.notes.iter().any(|note| note.contains(text)),
        "{:?}",
        read.notes
    );
}

#[test]
fn labels_over_times_are_series_or_conditions() {
    for head in [
        "gene,WT,WT,WT,KO,KO,KO\n,0,2,4,0,2,4\n",
        "gene,WT,,,KO,,\ntime,0,2,4,0,2,4\n",
        ",WT,WT,WT,KO,KO,KO\ngene,0,2,4,0,2,4\n",
        "gene,WT,WT,WT,KO,KO,KO\ntime (h),0,2,4,0,2,4\n",
        "gene,WT,WT,WT,KO,KO,KO\n,0h,2h,4h,0h,2h,4h\n",
    ] {
        let both = read(&format!("{head}A,1,2,3,4,5,6\nB,2,3,5,2,2,3\n"));
        assert_eq!(
            courses(&both),
            [("KO", vec![0.0, 2.0, 4.0]), ("WT", vec![0.0, 2.0, 4.0])],
            "{head}"
        );
        assert_eq!(both.value.genes().names(), ["A", "B"]);
        assert_eq!(both.value.series()[1].values()[(1, 0)], 2.0);
        says(
            &both,
            "two header rows: labels of a series (`WT`, `KO`) over times (`0",
        );
    }
    let replicates = read(
        "gene,WT,WT,WT,WT,KO,KO,KO,KO\n,0,0,2,2,0,0,2,2\nA,1,3,2,4,5,7,6,8\nB,2,3,5,4,2,2,3,3\n",
    );
    let names: Vec<&str> = courses(&replicates).iter().map(|(name, _)| *name).collect();
    assert!(
        names.len().is_multiple_of(2) && names.iter().any(|name| name.starts_with("WT")),
        "{names:?}"
    );
    let named = read("gene,s1,s2,s3\ntime,0,2,4\nA,1,2,3\nB,2,3,5\n");
    assert_eq!(courses(&named), [("1", vec![0.0, 2.0, 4.0])]);
    // a gene is no row of times, whatever its name
    let gene = refused("gene,s1,s2,s3\nh,0,2,4\nA,1,2,3\nB,2,3,5\n");
    assert!(gene.contains("found no time column"), "{gene}");
}

#[test]
fn a_row_of_units_is_no_sample_and_names_the_unit_of_the_times() {
    for units in ["min,AU,AU", "(min),(AU),(AU)", "[min],,"] {
        let read = read(&format!("time,A,B\n{units}\n0,1,2\n30,2,3\n60,4,5\n"));
        assert_eq!(courses(&read), [("1", vec![0.0, 30.0, 60.0])], "{units}");
        says(&read, "row 2 holds units");
        says(&read, "times are in minutes");
    }
}

#[test]
fn two_header_rows_with_two_readings_are_refused_with_both() {
    for (text, first) in [
        (
            "gene,0,2,0,2\n,WT,WT,KO,KO\nA,1,2,3,4\nB,2,3,4,5\n",
            "`gene`, `0`",
        ),
        (
            "gene,s1,s2,s3\ncondition,WT,WT,KO\nA,1,2,3\nB,2,3,5\n",
            "`gene`, `s1`",
        ),
        (",TCA,TCA,ETC\n,A,B,C\n0,1,2,3\n1,2,3,5\n", "``"),
    ] {
        let error = refused(text);
        assert!(
            error.contains("found two header rows: row 1 (") && error.contains("and row 2 ("),
            "{error}"
        );
        assert!(
            error.contains(first) && error.contains("remove row 1 or row 2, or join both in one"),
            "{error}"
        );
    }
}

#[test]
fn titles_above_a_table_are_passed_over_and_rows_keep_their_numbers() {
    let titled = read("Table S1: expression of two genes\n\ntime,A,B\n0,1,2\n1,2,3\n2,4,5\n");
    assert_eq!(courses(&titled), [("1", vec![0.0, 1.0, 2.0])]);
    says(
        &titled,
        "row 1 is a title and passed over: `Table S1: expression of two genes`",
    );
    let error = refused("Expression,,\nof two genes,,\ntime,A,B\n0,1,2\n1,x,3\n2,4,5\n");
    assert!(
        error.starts_with("d.csv, row 5, column 2 (`A`): found `x`"),
        "{error}"
    );
}

#[test]
fn metadata_of_gct_are_refused_with_their_rows_and_columns() {
    let error = refused(
        "#1.3\n2\t3\t1\t2\nid\tDesc\ts1\ts2\ts3\ntime\tna\t0\t1\t2\nbatch\tna\t1\t1\t2\nA\tx\t1\t2\t3\nB\ty\t2\t3\t4\n",
    );
    assert!(
        error.contains(
            "found a table in the format GCT 1.3 with 1 column(s) that describe genes and 2 row(s)"
        ),
        "{error}"
    );
    assert!(error.contains("columns 2 to 2 and rows 4 to 5"), "{error}");
    let plain = read("#1.3\n2\t3\t0\t0\nid\t0h\t1h\t2h\nA\t1\t2\t3\nB\t2\t3\t5\n");
    assert_eq!(courses(&plain), [("1", vec![0.0, 1.0, 2.0])]);
}

#[test]
fn dates_in_a_column_of_times_are_days_or_hours_since_the_first() {
    for name in ["time", "date", "Sampling date", "timestamp", "day"] {
        let days = read(&format!(
            "{name},A,B\n2024-02-28,1,2\n2024-02-29,2,3\n2024-03-02,4,5\n"
        ));
        assert_eq!(courses(&days), [("1", vec![0.0, 1.0, 3.0])], "{name}");
        says(
            &days,
            "dates are read as days since the earliest, `2024-02-28`",
        );
    }
    let hours = read(
        "series,time,A\na,2024-03-01 12:00,1\na,2024-03-01 18:30,2\nb,2024-03-01 12:00,2\nb,2024-03-02 12:00,3\n",
    );
    assert_eq!(
        courses(&hours),
        [("a", vec![0.0, 6.5]), ("b", vec![0.0, 24.0])]
    );
    let across = read("gene,2024-03-01,2024-03-02,2024-03-05\nA,1,2,3\nB,2,3,5\n");
    assert_eq!(courses(&across), [("1", vec![0.0, 1.0, 4.0])]);
    // a date beside a time describes the sample
    let beside = read("time,date,A\n0,2024-03-01,1\n1,2024-03-09,2\n2,2024-03-09,4\n");
    assert_eq!(courses(&beside), [("1", vec![0.0, 1.0, 2.0])]);
    for text in [
        "time,A\n01/02/2024,1\n02/02/2024,2\n05/02/2024,3\n",
        "time,A\n20240131,1\n20240201,2\n20240202,3\n",
    ] {
        let error = refused(text);
        assert!(
            error.contains("row 2, column 1 (`time`)") && error.contains("`2024-03-01`"),
            "{error}"
        );
    }
}

#[test]
fn batches_that_follow_one_another_in_time_are_one_course_or_series_as_the_user_says() {
    let text = "batch,time,A,B\n1,0,1,2\n1,1,2,3\n1,2,3,4\n2,4,4,5\n2,8,5,4\n2,16,6,3\n";
    let error = refused(text);
    assert!(
        error.contains(
            "`1` has times 0 to 2 and `2` 4 to 16: one course that was measured in several batches"
        ),
        "{error}"
    );
    assert!(
        error.contains("`--ignore batch` for one course, or `--columns batch=series`"),
        "{error}"
    );
    let mut options = SeriesOptions::default();
    options.ignore = vec!["batch".to_owned()];
    let one = read_series(text.as_bytes(), "d.csv", None, &options).expect("one course");
    assert_eq!(courses(&one), [("1", vec![0.0, 1.0, 2.0, 4.0, 8.0, 16.0])]);
    options = SeriesOptions::default();
    options.columns = vec![("batch".to_owned(), ColumnRole::Series)];
    let two = read_series(text.as_bytes(), "d.csv", None, &options).expect("two series");
    assert_eq!(
        courses(&two),
        [("1", vec![0.0, 1.0, 2.0]), ("2", vec![4.0, 8.0, 16.0])]
    );
    // batches that share times are series
    let shared = read("batch,time,A,B\n1,0,1,2\n1,1,2,3\n1,2,3,4\n2,0,4,5\n2,1,5,4\n2,2,6,3\n");
    assert_eq!(courses(&shared).len(), 2);
}

#[test]
fn half_lives_are_converted_to_the_unit_of_the_times() {
    let series = table(3, 2, 9).replacen("time", "time_h", 1);
    let half_lives = b"Half-lives of mRNAs\ngene\thalf_life_min\ng0\t30\ng1\t60\n";
    let folder = Folder::with(&[("d.tsv", series.as_bytes()), ("h.tsv", half_lives)]);
    let ran = folder
        .cistron(&["check", "d.tsv", "--half-lives", "h.tsv"])
        .with_code(0);
    let said = format!("{}{}", ran.out, ran.log);
    assert!(
        said.contains("half-lives are converted from minutes to hours, the unit of the times"),
        "{said}"
    );
    assert!(said.contains("row 1 is a title and passed over"), "{said}");
}
