//! The page of columns, `docs/tables.md`: made from the arrays that the writers use.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use cistron::io::{TableNote, run_tables};

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/tables.md");

const INTRODUCTION: &str = "\
# Columns of the tables

All tables are text with tabs between the cells and one header row. A name in capitals stands for \
several columns that are named by the data. Units are those of the input; where there is none, the \
column holds a name, a share, a count or a ratio.

This page is made from the arrays that write and read the tables \
(`tests/suite/outputs/table_page.rs`).
";

fn page(tables: &[TableNote]) -> String {
    let mut page = INTRODUCTION.to_owned();
    for table in tables {
        let (file, rows) = (table.file, table.rows);
        write!(page, "\n## {file}\n\nA row is {rows}.\n\n").expect("text");
        page.push_str("| column | unit | meaning |\n|---|---|---|\n");
        for column in &table.columns {
            let (name, unit) = (column.name, column.unit);
            let text = column.text.replace('|', "\\|");
            writeln!(page, "| `{name}` | {unit} | {text} |").expect("text");
        }
    }
    page
}

/// A page that differs is left in the folder for temporary files of the tests, to be looked at and
/// copied over the committed one if it is right.
#[test]
fn the_page_of_columns_says_what_the_tables_hold() {
    let found = page(&run_tables());
    let committed = fs::read_to_string(PAGE).unwrap_or_default();
    let copy = Path::new(env!("CARGO_TARGET_TMPDIR")).join("tables.md");
    if found != committed {
        fs::write(&copy, &found).expect("a temporary file");
    }
    assert!(found == committed, "docs/tables.md differs from {copy:?}");
}

#[test]
fn every_column_of_our_tables_is_explained_and_named_once() {
    for table in run_tables() {
        let mut names: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
        names.sort_unstable();
        let count = names.len();
        names.dedup();
        assert_eq!(names.len(), count, "{}: a column twice", table.file);
        for column in &table.columns {
            assert!(!column.text.is_empty(), "{}: {}", table.file, column.name);
        }
    }
}
