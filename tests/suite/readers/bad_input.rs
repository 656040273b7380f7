//! Bad input, as a user meets it: exit code 2, and a message with file, row, column and cure.

use proptest::prelude::*;

use cistron::io::{
    Orientation, SeriesOptions, choose_regulators, read_beeline, read_names, read_prior,
    read_series, read_times,
};
use cistron::prior::{PriorMode, Regulators};

use crate::run::{Folder, Ran};

/// What `infer` says of these files.
trait Judged {
    fn judge(&self, args: &[&str]) -> Ran;
    fn refuses(&self, args: &[&str], message: &str);
    fn warns(&self, args: &[&str], message: &str);
}

impl Judged for Folder {
    fn judge(&self, args: &[&str]) -> Ran {
        self.infer(&[args, &["--pairs", "1"]].concat())
    }

    fn refuses(&self, args: &[&str], message: &str) {
        self.judge(args).with_code(2).says(message);
    }

    fn warns(&self, args: &[&str], message: &str) {
        let message = format!("warning: {message}");
        self.judge(args).with_code(0).says(&message);
    }
}

fn refused(text: &str, message: &str) {
    Folder::with(&[("d.tsv", text.as_bytes())]).refuses(&["d.tsv"], message);
}

fn warned(text: &str, message: &str) {
    Folder::with(&[("d.tsv", text.as_bytes())]).warns(&["d.tsv"], message);
}

const GOOD: &str = "time\tA\tB\n0\t1\t2\n1\t2\t1\n2\t4\t5\n";

#[test]
fn ragged_rows() {
    refused(
        "time\tA\tB\n0\t1\t2\n1\t2\n2\t4\t5\n",
        "d.tsv, row 3: found 2 cells, expected 3 as in the header (separated by tabs); \
         correct the row, or name every column in the header",
    );
}

#[test]
fn text_in_a_number_cell() {
    refused(
        "time\tA\tB\n0\t1\t2\n1\t2\tlow\n2\t4\t5\n",
        "d.tsv, row 3, column 3 (`B`): found `low`, expected a number; correct it, leave the cell \
         empty if the value is missing, or leave the column out with `--ignore`",
    );
}

#[test]
fn a_column_of_text() {
    refused(
        "time\tmedium\tB\n0\tGlc\t2\n1\tGal\t1\n2\tGal\t5\n",
        "d.tsv, row 2, column 2 (`medium`): found text (`Glc`), expected numbers of a gene; \
         leave the column out with `--ignore medium`",
    );
}

#[test]
fn an_infinite_value() {
    refused(
        "# by hand\n\ntime\tA\tB\n0\t1\t2\n1\t-inf\t3\n2\t4\t5\n",
        "d.tsv, row 5, column 2 (`A`): found `-inf`, expected a finite number; \
         correct it or leave the cell empty if the value is missing",
    );
}

#[test]
fn nan_is_a_missing_value_and_is_counted() {
    let folder = Folder::with(&[(
        "d.tsv",
        b"time\tA\tB\n0\t1\t2\n1\tNaN\t3\n2\t4\tNA\n3\t1\t\n",
    )]);
    folder
        .judge(&["d.tsv"])
        .with_code(0)
        .says("2 genes, 1 series, 4 samples, 3 missing values");
}

#[test]
fn a_gene_without_any_value() {
    refused(
        "time\tA\tB\n0\tNA\t2\n1\t\t3\n2\tnan\t5\n",
        "d.tsv, column 2 (`A`): gene `A` has no value at all; remove it, \
         or leave it out with `--ignore A`",
    );
}

#[test]
fn duplicate_genes_in_columns() {
    refused(
        "time\tA\tB\tA\n0\t1\t2\t3\n1\t2\t1\t3\n2\t4\t5\t6\n",
        "d.tsv, column 4 (`A`): gene `A` occurs a second time (first: column 2); \
         rename or remove one",
    );
}

#[test]
fn duplicate_genes_in_rows() {
    refused(
        "gene\t0\t1\t2\nA\t1\t2\t3\nB\t1\t2\t4\nA\t1\t1\t2\n",
        "d.tsv, row 4: gene `A` occurs a second time (first: row 2); rename or remove one",
    );
}

#[test]
fn duplicate_samples_in_rows() {
    refused(
        "sample\ttime\tA\ns1\t0\t1\ns2\t1\t2\ns1\t2\t4\n",
        "d.tsv, row 4, column 1 (`sample`): sample `s1` occurs a second time (first: row 2); \
         rename or remove one, or leave out a column that does not name samples with `--ignore`",
    );
}

#[test]
fn duplicate_samples_in_columns() {
    let folder = Folder::with(&[
        ("d.tsv", b"gene\ts1\ts2\ts1\nA\t1\t2\t3\n"),
        ("t.tsv", b"sample\ttime\ns1\t0\ns2\t1\n"),
    ]);
    folder.refuses(
        &["d.tsv", "--times", "t.tsv"],
        "d.tsv, row 1, column 4 (`s1`): sample `s1` occurs a second time (first: column 2)",
    );
}

#[test]
fn unsorted_times_of_named_series_are_sorted_with_a_warning() {
    warned(
        "series\ttime\tA\nx\t2\t1\nx\t0\t2\nx\t1\t4\n",
        "the times of series `x` do not increase: samples were sorted",
    );
}

#[test]
fn unsorted_times_without_series() {
    refused(
        "time\tA\n0\t1\n20\t2\n10\t4\n",
        "d.tsv, row 4: time 10 comes after 20, and does not go back to the first time 0 as a new \
         series would; sort the samples by time, or add a `series` column",
    );
}

#[test]
fn repeated_times() {
    refused(
        "series\ttime\tA\nx\t0\t1\nx\t1\t2\nx\t1\t4\n",
        "d.tsv, row 4: time 1 occurs a second time in series `x` (first: row 3); \
         give replicates a `series` column, or remove one of the two",
    );
    refused(
        "time\tA\n0\t1\n1\t2\n1\t4\n",
        "d.tsv, row 4: time 1 occurs a second time in series `1` (first: row 3)",
    );
}

#[test]
fn a_missing_time() {
    refused(
        "time\tA\n0\t1\nNA\t2\n1\t4\n",
        "d.tsv, row 3: the time is missing; give it or remove the row",
    );
}

#[test]
fn fewer_than_three_time_points_are_named() {
    warned(
        "series\ttime\tA\nx\t0\t1\nx\t1\t2\ny\t0\t4\ny\t1\t5\ny\t2\t6\n",
        "1 series with fewer than 3 time points, which tell little or nothing: `x`",
    );
}

#[test]
fn one_sample_only() {
    refused(
        "time\tA\n0\t1\n",
        "d.tsv: found 1 sample(s) and no series with two, expected at least 3 time points in a \
         series; add samples, or check the `series` column",
    );
}

#[test]
fn constant_genes_are_named() {
    warned(
        "time\tA\tB\n0\t1\t2\n1\t1\t1\n2\t\t5\n",
        "1 gene(s) never change and will have no edges: `A`",
    );
}

#[test]
fn a_list_of_regulators_that_matches_nothing() {
    let folder = Folder::with(&[("d.tsv", GOOD.as_bytes()), ("r.txt", b"TF\nx1\nx2\n")]);
    folder.refuses(
        &["d.tsv", "--regulators", "r.txt"],
        "error: r.txt: found no regulator that is a gene of the expression table: `TF`, `x1`, \
         `x2`, expected names such as `A`, `B`; spell the names alike, capitals too",
    );
}

#[test]
fn a_list_of_regulators_that_matches_in_part() {
    let folder = Folder::with(&[("d.tsv", GOOD.as_bytes()), ("r.txt", b"TF\nA\nx2\n")]);
    folder.warns(
        &["d.tsv", "--regulators", "r.txt"],
        "r.txt: 1 of 2 regulators are no genes of the table: `x2`",
    );
}

#[test]
fn a_prior_that_matches_nothing() {
    let prior = b"regulator\ttarget\tweight\nx\ty\t1\n";
    let folder = Folder::with(&[("d.tsv", GOOD.as_bytes()), ("p.tsv", prior)]);
    folder.refuses(
        &["d.tsv", "--prior", "p.tsv"],
        "error: p.tsv: found no pair that is a gene of the expression table: `x`",
    );
}

#[test]
fn a_prior_with_an_unknown_word() {
    let prior = b"regulator\ttarget\tweight\nA\tB\tperhaps\n";
    let folder = Folder::with(&[("d.tsv", GOOD.as_bytes()), ("p.tsv", prior)]);
    folder.refuses(
        &["d.tsv", "--prior", "p.tsv"],
        "error: p.tsv, row 2, column 3 (`weight`): found `perhaps`, expected a number, `allowed` \
         or `forbidden`; correct it",
    );
}

#[test]
fn an_empty_file() {
    for empty in ["", "\n\n", "# only a comment\n", "\u{feff}"] {
        refused(
            empty,
            "d.tsv: the file is empty; expected a header line and at least one row below it",
        );
    }
    refused("time\tA\n", "d.tsv: found a header and no rows");
}

#[test]
fn a_file_that_is_not_text() {
    let cases: [(&[u8], &str); 5] = [
        (
            b"time\tA\n0\t\xff\xfe\x00\n",
            "d.tsv, row 2: found bytes that are no UTF-8, expected UTF-8 text; save the table as UTF-8 text",
        ),
        (
            b"PK\x03\x04rest",
            "found a zip archive or spreadsheet, expected UTF-8 text; save the sheet as csv or tsv",
        ),
        (b"\xff\xfet\x00i\x00", "found UTF-16 text"),
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
fn no_time_column() {
    refused(
        "series\trow\tA\n1\t0\t1\n1\t1\t2\n",
        "d.tsv: found no time column (header: `series`, `row`, `A`), expected one called `time`; \
         name the time column `time`, or give the times of the samples with `--times FILE`",
    );
    refused(
        "gene\ts1\ts2\ntime\t0\t1\nA\t1\t2\n",
        "row 2 seems to hold the times",
    );
    refused(
        "0\t1\n1\t2\n",
        "the first line holds numbers: add a header line",
    );
}

#[test]
fn two_time_columns() {
    refused(
        "time\ttime_min\tA\n0\t0\t1\n1\t60\t2\n",
        "d.tsv: found times twice (column 1 (`time`) and column 2 (`time_min`)), expected once; \
         leave one out with `--ignore time_min`",
    );
}

#[test]
fn no_genes() {
    refused(
        "series\ttime\nx\t0\nx\t1\n",
        "d.tsv: found no gene, expected at least one",
    );
}

#[test]
fn samples_without_a_time() {
    let folder = Folder::with(&[
        ("d.tsv", b"gene\ts1\ts2\ts3\nA\t1\t2\t3\n"),
        ("t.tsv", b"sample\ttime\ns1\t0\ns2\t1\n"),
        ("u.tsv", b"sample\ttime\nS1\t0\nS2\t1\n"),
    ]);
    folder.refuses(
        &["d.tsv", "--times", "t.tsv"],
        "error: d.tsv: found samples without a time: `s3`, expected names as in t.tsv: `s1`, `s2`",
    );
    folder.refuses(
        &["d.tsv", "--times", "u.tsv"],
        "error: d.tsv: found no sample of u.tsv (header: `gene`, `s1`, `s2`, `s3`), \
         expected names such as `S1`, `S2`",
    );
}

#[test]
fn a_gene_called_like_a_series_column() {
    refused(
        "time\trep\tA\n0\t0.5\t1\n1\t0.7\t2\n",
        "d.tsv, row 2, column 2 (`rep`): found `0.5`, expected the name or whole number of a \
         series; correct it, rename the column if it is a gene",
    );
}

#[test]
fn decimal_commas_are_read_with_a_warning() {
    warned(
        "time\tA\n0\t0,5\n1\t1,5\n2\t1\n",
        "d.tsv, row 2, column 2 (`A`): a comma is read as decimal sign here",
    );
}

#[test]
fn an_open_quote() {
    refused(
        "time\tA\n0\t\"1\n1\t2\n",
        "d.tsv, row 2: a quote `\"` opens here and never closes",
    );
}

#[test]
fn cells_that_do_not_match() {
    let folder = Folder::with(&[
        ("ExpressionData.csv", b",c1,c2,c3\nA,1,2,3\n"),
        ("PseudoTime.csv", b",PseudoTime\nC1,0\nc2,1\nc3,2\n"),
    ]);
    let message = "found cells without a pseudotime: `c1`, expected cells as in ";
    folder.refuses(&["."], message);
    folder.refuses(&["ExpressionData.csv"], message);
}

#[test]
fn a_lineage_of_two_cells() {
    let folder = Folder::with(&[
        ("e.csv", b",c1,c2,c3\nA,1,2,3\n"),
        ("p.csv", b",P1,P2\nc1,0,NA\nc2,1,0.5\nc3,2,1\n"),
    ]);
    folder.refuses(
        &["e.csv", "--pseudotime", "p.csv"],
        "error: p.csv, column 3 (`P2`): found 2 cell(s) with a pseudotime, expected at least 3",
    );
}

#[test]
fn windows_that_do_not_fit() {
    let folder = Folder::with(&[("d.tsv", GOOD.as_bytes())]);
    folder.refuses(
        &["d.tsv", "--window", "heat=0"],
        "expected [SERIES/]NAME=START:END",
    );
    folder.refuses(
        &["d.tsv", "--window", "heat=10:20"],
        "--window heat: no segment between two samples lies inside 10 … 20",
    );
    folder.refuses(
        &["d.tsv", "--window", "x/heat=0:1"],
        "--window heat: there is no series `x`; the series are 1",
    );
    folder.refuses(&["d.tsv", "--shift-at", "5"], "the times go from 0 to 2");
}

/// Every reader on the same bytes; what it says does not matter, only that it says something.
fn all_readers(bytes: &[u8]) {
    let times = read_times(bytes, "t").ok().map(|reading| reading.value);
    for genes in [Orientation::Auto, Orientation::Rows, Orientation::Columns] {
        let options = SeriesOptions {
            genes,
            ..SeriesOptions::default()
        };
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
    read_beeline((bytes, "e"), (bytes, "p")).ok();
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
