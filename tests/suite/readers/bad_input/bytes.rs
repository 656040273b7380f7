//! Files that are not text, or are damaged, and bytes in general: no reader panics.

use proptest::prelude::*;

use cistron::io::{
    Orientation, SeriesOptions, choose_regulators, read_beeline, read_names, read_prior,
    read_series, read_times,
};
use cistron::prior::{PriorMode, Regulators};

use super::{Judged, refused};
use crate::run::Folder;

#[test]
fn an_empty_file() {
    for empty in ["", "\n\n", "# only a comment\n", "\u{feff}"] {
        refused(
            empty,
            "d.tsv: the file is empty, expected a header line and at least one row below it",
        );
    }
    refused("time\tA\n", "d.tsv: found a header and no rows");
}

#[test]
fn a_file_that_is_not_text() {
    let cases: [(&[u8], &str); 5] = [
        (
            b"time\tA\n0\t\xff\xfe\x00\n",
            "d.tsv, row 2: found bytes that are not UTF-8, expected UTF-8 text; save the table as UTF-8 text",
        ),
        (
            b"PK\x03\x04rest",
            "found a zip archive or spreadsheet, expected UTF-8 text; unpack it, or save the sheet as csv or tsv",
        ),
        (b"\xff\xfet\x00i", "found UTF-16 text"),
        (b"\x89HDF\r\n\x1a\n", "found an HDF5 file"),
        (b"a\0b\tc\n1\t2\n", "d.tsv, row 1: found binary data"),
    ];
    for (bytes, message) in cases {
        Folder::with(&[("d.tsv", bytes)]).refuses(&["d.tsv"], message);
    }
}

#[test]
fn a_damaged_gzip() {
    let folder = Folder::with(&[("d.tsv.gz", b"\x1f\x8b\x08\x00garbage")]);
    folder.refuses(&["d.tsv.gz"], "error: d.tsv.gz: cannot be read (");
}

#[test]
fn a_file_that_is_not_there() {
    let folder = Folder::with(&[]);
    folder.refuses(&["none.tsv"], "error: none.tsv: cannot be opened (");
    folder.refuses(
        &["."],
        "error: .: found a folder without ExpressionData.csv",
    );
}

#[test]
fn an_open_quote() {
    refused(
        "time\tA\n0\t\"1\n1\t2\n",
        "d.tsv, row 2: a quote `\"` opens here and never closes",
    );
}

/// Every reader on the same bytes; what it says does not matter, only that it says something.
fn all_readers(bytes: &[u8]) {
    let times = read_times(bytes, "t").ok().map(|reading| reading.value);
    for genes in [Orientation::Auto, Orientation::Rows, Orientation::Columns] {
        let mut options = SeriesOptions::default();
        options.genes = genes;
        for times in [None, times.as_ref()] {
            if let Ok(reading) = read_series(bytes, "f", times, &options) {
                let genes = reading.value.genes();
                for mode in [
                    PriorMode::Allowed,
                    PriorMode::Forbidden,
                    PriorMode::Weighted,
                ] {
                    read_prior(bytes, "p", mode, Regulators::all(genes), genes).ok();
                }
                if let Ok(names) = read_names(bytes, "r") {
                    choose_regulators(&names, "r", genes).ok();
                }
            }
        }
    }
    read_beeline(bytes, "e", bytes, "p").ok();
}

#[test]
fn cut_files_never_panic() {
    let whole = "series\ttime\tcondition\tA\tB\nx\t0\tc\t\"1\"\t2\nx\t1\tc\t2,5\tNA\r\n";
    for end in 0..whole.len() {
        all_readers(&whole.as_bytes()[..end]);
        all_readers(&whole.as_bytes()[end..]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn random_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        all_readers(&bytes);
        all_readers(&[b"\x1f\x8b\x08\x00".as_slice(), &bytes].concat());
        all_readers(&[b"time,A\n".as_slice(), &bytes].concat());
    }

    #[test]
    fn random_tables_never_panic(
        cells in proptest::collection::vec(
            "(time|t|series|rep|condition|sample|A|B||NA|0|1|2|0,5|-1\\.5|inf|1e400|\"x|\"y z\"|\\.|é)",
            1..40,
        ),
        width in 1..6_usize,
        separator in "[\t,; ]",
    ) {
        let rows: Vec<String> = cells.chunks(width).map(|row| row.join(&separator)).collect();
        all_readers(rows.join("\n").as_bytes());
    }
}
