//! Regulators and prior edges that the table does not have.

use super::{GOOD, Judged};
use crate::run::Folder;

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
        "r.txt: 1 of 2 regulators are not genes of the table: `x2`",
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
