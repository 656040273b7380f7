//! Which pairs of a known network are edges: columns of labels, words and weights.

use super::pairs::{LIST, gold_numbers, numbers, score};

#[test]
fn a_label_counts_wherever_it_is_and_in_words() {
    let expected = gold_numbers(
        "source\ttarget\tedge\nA\tB\t1\nB\tC\t1\nC\tD\t1\nA\tC\t0\nB\tD\t0\nD\tA\t0\n",
    );
    assert_eq!(expected.1, 3);
    let list = |header: &str, extra: &str, words: [&str; 2]| {
        let row = |pair: &str, word: usize| {
            let (source, target) = pair.split_at(1);
            format!("{source}\t{target}\t{extra}{}\n", words[word])
        };
        let rows = ["AB", "BC", "CD"].map(|pair| row(pair, 0)).concat();
        format!(
            "{header}\n{rows}{}",
            ["AC", "BD", "DA"].map(|pair| row(pair, 1)).concat()
        )
    };
    for (header, extra, words) in [
        ("TF\ttarget\tpmid\tbinding", "123\t", ["1", "0"]),
        ("TF\ttarget\tchip", "", ["1", "0"]),
        ("TF\ttarget\tcomment\tx", "seen\t", ["1", "0"]),
        ("TF\ttarget\tvalidated", "", ["yes", "no"]),
        ("TF\ttarget\tis_target", "", ["TRUE", "FALSE"]),
        (
            "TF\ttarget\tinteraction",
            "",
            ["regulates", "no interaction"],
        ),
        ("TF\ttarget\ttype", "", ["direct", "none"]),
        ("TF\ttarget\tedge", "", ["Y", "N"]),
    ] {
        assert_eq!(
            gold_numbers(&list(header, extra, words)),
            expected,
            "{header}"
        );
    }
    score(
        LIST,
        &list("TF\ttarget\tx\tvalidated", "7\t", ["yes", "no"]),
        &[],
    )
    .with_code(0)
    .says("edge `validated` (column 4), `no` is no edge");
    // provenance is no label
    let flags = list(
        "TF\ttarget\tmor\tis_evidence_chip\tis_evidence_curated",
        "1\t0\t",
        ["1", "0"],
    );
    assert_eq!(gold_numbers(&flags).1, 6);
}

#[test]
fn a_label_beside_another_statement_is_refused_and_the_flag_chooses() {
    let gold = "TF\ttarget\tmor\tchip\nA\tB\t-1\t1\nB\tC\t1\t1\nC\tD\t-1\t0\n";
    score(LIST, gold, &[])
        .with_code(2)
        .says("`chip` (column 4) may say which pairs are edges (1 of 3 pairs are 0), or every pair is an edge")
        .says("`--edge-column chip`, or `--edge-column none`");
    assert_eq!(numbers(score(LIST, gold, &["--edge-column", "chip"])).1, 2);
    assert_eq!(numbers(score(LIST, gold, &["--edge-column", "none"])).1, 3);
    score(LIST, gold, &["--edge-column", "chap"])
        .with_code(2)
        .says("found no column `chap` for `--edge-column`");
    let mixed = "TF\ttarget\tvalidated\nA\tB\tyes\nB\tC\tno\nC\tD\tperhaps\n";
    score(LIST, mixed, &[])
        .with_code(2)
        .says("1 of 3 cells say that there is no edge, and others say several things");
    // `None` may as well be nothing known
    score(
        LIST,
        "TF\ttarget\tconfidence\nA\tB\tHigh\nB\tC\tNone\n",
        &[],
    )
    .with_code(2)
    .says("`confidence` (column 3) may say which pairs are edges (1 of 2 pairs are not)");
    let weak = "TF\ttarget\tstrength\nA\tB\t0.7\nB\tC\t0\nC\tD\t0\n";
    score(LIST, weak, &[])
        .with_code(2)
        .says("(2 of 3 pairs are 0)");
    assert_eq!(
        numbers(score(LIST, weak, &["--edge-column", "strength"])).1,
        1
    );
}

#[test]
fn pairs_that_may_be_no_edges_are_not_taken_for_edges() {
    let list = "source\ttarget\tscore\nA\tB\t3\nB\tC\t2\nA\tC\t1\n";
    for (gold, part) in [
        (
            "TF\tgene\ttype\nA\tB\trepression\nB\tC\tactivation\nA\tC\tnone\nC\tA\tnone\n",
            "`type` (column 3) may say which pairs are edges",
        ),
        (
            "TF\tgene\tPositive\nA\tB\t1\nB\tC\t1\nA\tC\t0\nC\tA\t0\n",
            "may say which pairs are edges",
        ),
        (
            "TF\tgene\tpvalue\nA\tB\t1e-5\nB\tC\t1e-6\nA\tC\t0.7\nC\tA\t0.3\n",
            "holds error probabilities above 0.05",
        ),
    ] {
        score(list, gold, &[]).with_code(2).says(part);
        score(list, gold, &["--edge-column", "none"]).with_code(0);
    }
    let types = "TF\tgene\ttype\nA\tB\trepression\nB\tC\tactivation\nA\tC\tnone\nC\tA\tnone\n";
    score(list, types, &["--edge-column", "type"])
        .with_code(0)
        .says("2 true edges among 4 pairs");
}
