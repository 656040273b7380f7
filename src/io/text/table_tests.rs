//! Tests of tables.

use super::read_error::ReadError;
use super::table::{Keep, Table};

fn read(text: &str) -> Result<Table, ReadError> {
    let kind = |at, _: &str| if at == 0 { Keep::Text } else { Keep::Number };
    Table::read(text.as_bytes(), "t.csv", kind)
}

fn message(text: &str) -> String {
    read(text).expect_err("a bad table").to_string()
}

#[test]
fn numbers_and_names_are_kept_with_their_lines() {
    let table = read("# comment\nid,a,b\n\nx,1,2\ny,,-4e1\n").expect("a good table");
    assert_eq!(table.text(0), ["x", "y"]);
    assert_eq!(table.lines(), [4, 5]);
    assert_eq!(table.value(1, 2), -40.0);
    assert!(table.value(1, 1).is_nan());
}

#[test]
fn a_header_of_r_without_a_name_for_the_row_names_is_understood() {
    let table = read("\"a\" \"b\"\n\"x\" 1 2\n").expect("a table of R");
    assert_eq!(table.header(), ["", "a", "b"]);
    assert_eq!(
        (table.text(0), table.value(0, 2)),
        (&["x".to_owned()][..], 2.0)
    );
}

#[test]
fn a_short_row_is_told_with_its_line_even_if_its_cells_would_fail() {
    assert_eq!(
        message("id,a,b\nx,1,2\ny,oops\n"),
        "t.csv, row 3: found 2 cells, expected 3 as in the header (separated by commas); \
         correct the row, or name every column in the header"
    );
}

#[test]
fn points_and_commas_for_decimals_do_not_mix() {
    let found = message("id;a;b\nx;1,5;2.5\n");
    assert!(
        found.starts_with(
            "t.csv, row 2, column 3 (`b`): found `2.5`, but t.csv, row 2, column 2 (`a`)"
        ),
        "{found}"
    );
}
