//! Cells, genes and samples that a table of expression must not have.

use super::{Judged, refused, warned};
use crate::run::Folder;

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
        "time\tsite\tB\n0\tleaf\t2\n1\troot\t1\n2\troot\t5\n",
        "d.tsv, row 1, column 2 (`site`): found text (`leaf`, `root`), expected numbers of a gene, or a \
         column whose name says what it is; leave the column out with `--ignore site`, or say what it is: \
         `--columns site=condition`",
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
fn constant_genes_are_named() {
    warned(
        "time\tA\tB\tC\n0\t1\t2\t3\n1\t1\t1\t1\n2\t\t5\t4\n",
        "1 gene(s) never change and will have no edges: `A`",
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
fn decimal_commas_are_read_with_a_warning() {
    warned(
        "time\tA\tB\n0\t0,5\t1\n1\t1,5\t3\n2\t1\t2\n",
        "d.tsv, row 2, column 2 (`A`): a comma is read as decimal sign here",
    );
}
