//! Times, series and pseudotimes that are missing, repeated or do not fit.

use super::{GOOD, Judged, refused, warned};
use crate::run::Folder;

#[test]
fn unsorted_times_of_named_series_are_sorted_with_a_warning() {
    warned(
        "series\ttime\tA\tB\nx\t2\t1\t3\nx\t0\t2\t1\nx\t1\t4\t2\n",
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
        "series\ttime\tA\tB\nx\t0\t1\t2\nx\t1\t2\t1\ny\t0\t4\t3\ny\t1\t5\t5\ny\t2\t6\t4\n",
        "1 series with fewer than 3 time points, which tell little or nothing: `x`",
    );
}

#[test]
fn one_sample_only() {
    refused(
        "time\tA\n0\t1\n",
        "d.tsv: found 1 sample(s) and no series with two, expected at least 3 time points in a \
         series; add samples, check the `series` column, or give steady states with `--steady`",
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
        "gene\ts1\ts2\nA\t1\t2\ntime\t0\t1\n",
        "row 3 seems to hold the times",
    );
    refused(
        "0\t1\n1\t2\n",
        "d.tsv, row 1: the first row holds numbers only (`0`, `1`): there seems to be no header",
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
