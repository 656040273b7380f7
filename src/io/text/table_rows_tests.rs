//! Tests of the rows of a table.

use super::read_error::ReadError;
use super::table_rows::{MOST_LINES, Rows};

fn rows(bytes: &[u8]) -> Result<Vec<(usize, Vec<String>)>, ReadError> {
    let mut rows = Rows::open(bytes, "edges.tsv")?;
    rows.without_header();
    let mut read = Vec::new();
    while let Some(row) = rows.advance()? {
        read.push((row.line(), row.cells().map(str::to_owned).collect()));
    }
    Ok(read)
}

fn cells(bytes: &[u8]) -> Vec<Vec<String>> {
    let rows = rows(bytes).expect("a table");
    rows.into_iter().map(|(_, cells)| cells).collect()
}

fn message(bytes: &[u8]) -> String {
    rows(bytes).expect_err("no table").to_string()
}

#[test]
fn tabs_commas_semicolons_and_blanks_give_the_same_cells() {
    let expected = vec![vec!["a", "b c", "1"], vec!["b", "a", ""]];
    assert_eq!(cells(b"a\tb c\t1\nb\ta\t\n"), expected);
    assert_eq!(cells(b"a,\"b c\", 1\r\nb,a,\r\n"), expected);
    assert_eq!(cells(b"\xef\xbb\xbfa;b c;1\n\n# note\nb;a;"), expected);
    assert_eq!(cells(b"a  b 1\n"), vec![vec!["a", "b", "1"]]);
}

#[test]
fn a_quoted_cell_may_hold_the_separator_and_quotes() {
    assert_eq!(cells(b"\"a,b\",\"5\"\"x\"\n"), vec![vec!["a,b", "5\"x"]]);
}

#[test]
fn a_quoted_cell_may_go_on_over_lines_and_the_row_is_its_first_one() {
    let table = b"a,b\n\"x\n\r\ny\",2\nc,d\n";
    let read = rows(table).expect("a table");
    assert_eq!(read[1], (2, vec!["x\n\r\ny".to_owned(), "2".to_owned()]));
    assert_eq!(read[2].0, 5);
    let stray = b"a,b\n\"x,1\ny,2\nz,\"3\"\n";
    assert!(message(stray).starts_with("edges.tsv, row 2: a quote `\"` opens here"));
    let long = format!("a,\"{}", "b\n".repeat(2 * MOST_LINES));
    assert!(message(long.as_bytes()).starts_with("edges.tsv, row 1: a quote"));
}

#[test]
fn rows_are_counted_as_lines_of_the_file() {
    let read = rows(b"# note\n\na b\n#\nc d\n").expect("a table");
    assert_eq!(read.iter().map(|row| row.0).collect::<Vec<_>>(), [3, 5]);
}

#[test]
fn files_that_are_no_tables_are_named_with_the_cure() {
    assert_eq!(
        message(b"# only a note\n"),
        "edges.tsv: the file is empty, expected a header line and at least one row below it"
    );
    assert_eq!(
        message(b"a\tb\t1\n\nb\ta\n"),
        "edges.tsv, row 3: found 2 cells, expected 3 as in the first row (separated by tabs); \
         correct the row"
    );
    assert_eq!(
        message(b"a,\"b\n"),
        "edges.tsv, row 1: a quote `\"` opens here and never closes; close it or remove it"
    );
}

#[test]
fn the_name_that_r_leaves_out_is_added_to_the_header() {
    let mut rows = Rows::open(&b"\"a\" \"b\"\n\"x\" 1 2\n"[..], "t").expect("a table");
    rows.complete_header();
    assert_eq!(rows.header(), ["", "a", "b"]);
    let row = rows.advance().expect("a row").expect("a row");
    assert_eq!((row.cell(0), row.cell(2)), ("x", "2"));
    assert_eq!(
        row.refuse(0, "a number").to_string(),
        "t, row 2, column 1 (no name): found `x`, expected a number"
    );
}

#[test]
fn a_first_row_that_is_no_header_has_no_name_added() {
    let mut rows = Rows::open(&b"a\nb\tc\n"[..], "t").expect("a table");
    rows.complete_header();
    rows.without_header();
    let first = rows.advance().expect("a row").expect("a row");
    assert_eq!((first.len(), first.cell(0)), (1, "a"));
    let ragged = rows.advance().err().expect("two cells");
    let message = ragged.to_string();
    assert!(message.starts_with("t, row 2: found 2 cells, expected 1 as in the first row"));
}
