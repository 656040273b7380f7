//! Interventions in time series: the column, the table, and what is wrong with them.

use cistron::expression::{Change, Expression};
use cistron::io::{Reading, SeriesOptions, read_interventions, read_series};

use crate::run::{Folder, table};

/// Series, gene, change, start and end (none: always) of all interventions.
type Done = Vec<(String, usize, Change, Option<(f64, f64)>)>;

fn series(text: &str) -> Result<Reading<Expression>, String> {
    read_series(text.as_bytes(), "d.csv", None, &SeriesOptions::default())
        .map_err(|error| error.to_string())
}

fn done(expression: &Expression) -> Done {
    let all = expression.series().iter();
    let of = all.flat_map(|one| one.interventions().iter().map(move |done| (one, done)));
    of.map(|(one, done)| {
        let window = done.window.map(|span| (span.start, span.end));
        (
            one.name().to_owned(),
            done.gene.index(),
            done.change,
            window,
        )
    })
    .collect()
}

const TWO: &str = "series,time,A,B\nx,0,1,2\nx,1,2,3\nx,2,3,4\ny,0,1,1\ny,5,1,2\ny,10,1,3\n";

fn with(rows: &str) -> Result<Expression, String> {
    let expression = series(TWO).expect("a good table").value;
    let reading = read_interventions(rows.as_bytes(), "i.csv", &expression);
    reading
        .map(|reading| reading.value)
        .map_err(|error| error.to_string())
}

#[test]
fn a_column_becomes_windows_that_last_while_the_cells_name_the_change() {
    let text = "series,time,intervention,A,B\n\
                x,0,,1,2\nx,1,A=ko,0,3\nx,2,A=ko;B=0.3x,0,4\nx,3,B=0.3x,1,4\nx,4,,1,4\n\
                y,0,B=set:0.8,1,0.8\ny,1,B=set:0.8,1,0.8\n\
                z,0,,1,1\nz,1,A=oe:3,1,2\nz,2,A=kd,1,3\n";
    let found = done(&series(text).expect("a good table").value);
    let expected: Done = vec![
        ("x".into(), 0, Change::Knockout, Some((1.0, 3.0))),
        ("x".into(), 1, Change::Scaled(0.3), Some((2.0, 4.0))),
        ("y".into(), 1, Change::Set(0.8), None),
        ("z".into(), 0, Change::Scaled(3.0), Some((1.0, 2.0))),
        (
            "z".into(),
            0,
            Change::Scaled(0.5),
            Some((2.0, f64::INFINITY)),
        ),
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_table_adds_windows_to_one_series_or_to_all() {
    let rows = "series,gene,kind,level,t_on,t_off\n\
                x,A,ko,,,1\nx,A,set,0.5,1,2\n,B,kd,0.2,,\ny,A,oe,,5,\n";
    let found = done(&with(rows).expect("a good table"));
    let (least, most) = (f64::NEG_INFINITY, f64::INFINITY);
    let expected: Done = vec![
        ("x".into(), 0, Change::Knockout, Some((least, 1.0))),
        ("x".into(), 0, Change::Set(0.5), Some((1.0, 2.0))),
        ("x".into(), 1, Change::Scaled(0.2), None),
        ("y".into(), 1, Change::Scaled(0.2), None),
        ("y".into(), 0, Change::Scaled(2.0), Some((5.0, most))),
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_bad_cell_of_the_column_is_refused_with_its_row_and_the_forms_there_are() {
    for (cell, says) in [
        (
            "C=ko",
            "d.csv, row 3: found `C`, expected a gene of the data (`A`, `B`)",
        ),
        (
            "A",
            "d.csv, row 3: found `A`, expected GENE=ko, GENE=0.3x or GENE=set:0.8",
        ),
        ("A=-1x", "d.csv, row 3: found `A=-1x`, expected GENE=ko"),
        ("A=set", "found `A=set`"),
        (
            "A=ko;A=2x",
            "series `1`: gene `A` is changed twice at the same time",
        ),
    ] {
        let text = format!("time,intervention,A,B\n0,,1,2\n1,{cell},0,3\n2,,0,3\n");
        let found = series(&text).expect_err(cell);
        assert!(found.contains(says), "expected\n{says}\nfound\n{found}");
    }
}

#[test]
fn a_bad_row_of_the_table_is_refused_with_its_cell_and_the_cure() {
    let header = "series,gene,kind,level,t_on,t_off";
    for (row, says) in [
        (
            ",C,ko,,,",
            "i.csv, row 2, column 2 (`gene`): found `C`, expected a gene of the data",
        ),
        (
            "z,A,ko,,,",
            "i.csv, row 2, column 1 (`series`): found `z`, expected a series (`x`, `y`); correct \
             it, or leave the cell empty for all series",
        ),
        (
            "x,A,off,,,",
            "i.csv, row 2, column 3 (`kind`): found `off`, expected ko, kd, oe or set",
        ),
        ("x,A,set,,,", "`set` needs a level"),
        (
            "x,A,kd,-1,,",
            "i.csv, row 2, column 4 (`level`): found `-1`, expected a number of 0 or more",
        ),
        (
            "x,A,ko,,2,",
            "i.csv, row 2, column 5 (`t_on`): found `2`, expected a time inside the series, which \
             goes from 0 to 2",
        ),
        ("y,A,ko,,,0", "i.csv, row 2, column 6 (`t_off`): found `0`"),
        ("x,A,ko,,later,", "found `later`, expected a time"),
        ("x,A,ko,,2,1", "the window 2:1 does not end after it starts"),
        (
            "x,A,ko,,,\n,A,kd,0.5,1,2",
            "i.csv, row 3: gene `A` is changed twice at the same time (knockout and 0.5x)",
        ),
    ] {
        let found = with(&format!("{header}\n{row}\n")).expect_err(row);
        assert!(found.contains(says), "expected\n{says}\nfound\n{found}");
    }
    let found = with("gene,level\nA,1\n").expect_err("no kind");
    assert!(found.contains("found no column `kind`"), "{found}");
}

#[test]
fn a_run_reads_both_and_says_how_many_there_are() {
    let series = table(3, 3, 12);
    let rows = "series\tgene\tkind\tt_on\tt_off\ns0\tg1\tko\t2\t5\ns2\tg0\tkd\t\t4\n";
    let folder = Folder::with(&[("d.tsv", series.as_bytes()), ("i.tsv", rows.as_bytes())]);
    let ran = folder.infer(&["d.tsv", "--pairs", "5", "--interventions", "i.tsv"]);
    let ran = ran.with_code(0);
    assert!(
        ran.out.contains("interventions    2 in 2 series"),
        "{}",
        ran.out
    );
    let ran = folder.cistron(&["check", "d.tsv", "--interventions", "i.tsv"]);
    let line = "intervention     `s0`: g1 knockout, from 2 to 5\n";
    assert!(ran.with_code(0).out.contains(line));
    let ran = folder.cistron(&["check", "d.tsv", "--interventions", "d.tsv"]);
    ran.with_code(2).says("d.tsv: found no column `gene`");
}
