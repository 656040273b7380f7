//! Pairs joined by arrows and bars, and words between the names of a pair.

use super::pairs::{LIST, TRUTH, gold_numbers, numbers, score};
use crate::run::{Folder, table};

#[test]
fn arrows_between_names_say_pairs_and_signs() {
    let expected = gold_numbers(TRUTH);
    for gold in [
        "A -| B\nB -> C\nC -| D\n",
        "A\t-|\tB\nB\t->\tC\nC\t-|\tD\n",
        "edge\nA -| B\nB -> C\nC -| D\n",
        "pair\tpmid\nA-|B\t12\nB->C\t7\nC-|D\t9\n",
        "A\u{22a3}B\nB\u{2192}C\nC\u{22a3}D\n",
        "TF,effect,target\nA,-|,B\nB,->,C\nC,-|,D\n",
    ] {
        assert_eq!(gold_numbers(gold), expected, "{gold}");
    }
}

#[test]
fn arrows_that_are_all_alike_and_bars_say_directions_only() {
    let expected = gold_numbers("source\ttarget\nA\tB\nB\tC\nC\tD\n");
    assert_eq!((expected.1, expected.2), (3, None));
    for gold in [
        "A -> B\nB -> C\nC -> D\n",
        "A->B\nB->C\nC->D\n",
        "A|B\nB|C\nC|D\n",
        "A | B\nB | C\nC | D\n",
        "interaction\nA|B\nB|C\nC|D\n",
        "A regulates B\nB regulates C\nC regulates D\n",
        "A\tbinds\tB\nB\tbinds\tC\nC\tbinds\tD\n",
    ] {
        assert_eq!(gold_numbers(gold), expected, "{gold}");
    }
}

#[test]
fn a_ranked_list_of_joined_pairs_keeps_its_scores_and_signs() {
    let expected = numbers(score(LIST, TRUTH, &[]));
    for list in [
        "pair\tscore\nA -| B\t.9\nB -> C\t.8\nD -> A\t.2\nC -| D\t.1\nC -> A\t.05\n",
        "A-|B,.9\nB->C,.8\nD->A,.2\nC-|D,.1\nC->A,.05\n",
        "A -| B .9\nB -> C .8\nD -> A .2\nC -| D .1\nC -> A .05\n",
        "score\tpair\tmethod\n.9\tA -| B\tx\n.8\tB -> C\tx\n.2\tD -> A\ty\n.1\tC -| D\ty\n.05\tC -> A\ty\n",
    ] {
        assert_eq!(numbers(score(list, TRUTH, &[])), expected, "{list}");
    }
    let unsigned = numbers(score(
        "A|B,.9\nB|C,.8\nD|A,.2\nC|D,.1\nC|A,.05\n",
        TRUTH,
        &[],
    ));
    assert_eq!((unsigned.0, unsigned.1), (expected.0, expected.1));
    // places keep the rows and columns of the file
    score(
        "A|B,.9\nB|C,high\nD|A,.2\nC|D,.1\n",
        TRUTH,
        &["--score-column", "2", "--best", "largest"],
    )
    .with_code(2)
    .says("list.tsv, row 2, column 2: found `high`");
}

#[test]
fn a_bar_between_a_name_and_its_number_is_no_pair() {
    let gold = "source\ttarget\nA|1\tB\nB|2\tC\n";
    let ran = score(
        "source\ttarget\tscore\nA|1\tB\t.9\nB|2\tC\t.8\nA|1\tC\t.1\n",
        gold,
        &[],
    );
    assert_eq!(numbers(ran).1, 2);
}

#[test]
fn arrows_to_the_first_name_and_words_that_may_be_targets_are_refused() {
    for (gold, says) in [
        (
            "A <- B\nB <- C\n",
            "`<-`, which do not say which of both genes regulates",
        ),
        (
            "A<-B\nB<-C\n",
            "row 1, column 1: found `A<-B`, expected a pair with the regulator first",
        ),
        ("A -- B\nB -- C\n", "`--`, which do not say"),
    ] {
        score(LIST, gold, &[]).with_code(2).says(says);
    }
    // where genes are known, a word is none of them
    let (_, edges, _) = gold_numbers("A ChIP B\nB ChIP C\nC ChIP D\n");
    assert_eq!(edges, 3);
    let list = "g1 ChIP g2 .9\ng2 ChIP g3 .8\ng3 ChIP g1 .7\n";
    score(list, TRUTH, &[])
        .with_code(2)
        .says("it may be the only target, or a word between source and target");
    score("A:B\t.9\t1.5\nB:C\t.8\t1.2\n", TRUTH, &[])
        .with_code(2)
        .says("holds numbers, and no other column is the one of the genes");
}

#[test]
fn a_prior_with_arrows_is_read() {
    let folder = Folder::with(&[
        ("d.tsv", table(3, 2, 9).as_bytes()),
        ("prior.txt", b"g0 -> g1\ng1 -| g2\n"),
        ("prior.sif", b"g0->g1\ng1 -| g2\n"),
    ]);
    for prior in ["prior.txt", "prior.sif"] {
        folder
            .infer(&["d.tsv", "--pairs", "5", "--prior", prior])
            .with_code(0);
        let edges = folder.read("out/edges.tsv");
        let known = edges.lines().filter(|line| {
            line.ends_with("yes") || line.ends_with("true") || line.ends_with("\t1")
        });
        let known: Vec<(&str, &str)> = known
            .map(|line| {
                let mut cells = line.split('\t');
                (
                    cells.next().expect("a source"),
                    cells.next().expect("a target"),
                )
            })
            .collect();
        assert!(
            known.contains(&("g0", "g1")) && known.contains(&("g1", "g2")) && known.len() == 2,
            "{edges}"
        );
    }
}
