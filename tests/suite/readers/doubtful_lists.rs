//! Lists of pairs that say more than regulator and target: several targets, values without a clear meaning, other names.

use super::pairs::{LIST, TRUTH, gold_numbers, numbers, score};
use crate::run::{Folder, Ran, table};

fn prior(text: &str) -> Ran {
    let data = table(5, 3, 6);
    let folder = Folder::with(&[("d.tsv", data.as_bytes()), ("prior.tsv", text.as_bytes())]);
    folder.cistron(&["check", "d.tsv", "--prior", "prior.tsv"])
}

#[test]
fn a_prior_is_doubted_where_a_known_network_is() {
    let rows = |column: &str, words: [&str; 3]| {
        format!(
            "source\ttarget\t{column}\ng0\tg1\t{}\ng1\tg2\t{}\ng2\tg3\t{}\n",
            words[0], words[1], words[2]
        )
    };
    for (column, words, message) in [
        (
            "interaction",
            ["repression", "none", "none"],
            "remove the pairs that are no edges, or the column",
        ),
        (
            "interaction",
            ["negative", "positive", "none"],
            "remove the pairs that are no edges, or the column",
        ),
        (
            "qvalue",
            ["0.001", "0.6", "0.7"],
            "error probabilities above 0.05",
        ),
        (
            "distance_to_tss",
            ["0", "120", "3000"],
            "may say which pairs are edges",
        ),
    ] {
        prior(&rows(column, words)).with_code(2).says(message);
    }
    for column in ["correlation", "combined_score"] {
        let ran = prior(&rows(column, ["0.9", "0.5", "0.01"])).with_code(0);
        assert!(
            ran.out.contains(&format!("weight `{column}`")),
            "{}",
            ran.out
        );
    }
    prior(&rows("weight", ["0.9", "0.5", ""]))
        .with_code(0)
        .says("1 pairs have an empty weight");
}

#[test]
fn every_target_of_a_line_is_an_edge() {
    let expected = gold_numbers("source\ttarget\nA\tB\nA\tC\nB\tC\nC\tD\n");
    for gold in [
        "A: B, C\nB: C\nC: D\n",
        "TF\ttargets\nA\tB;C\nB\tC\nC\tD\n",
        "TF,targets\nA,\"B,C\"\nB,C\nC,D\n",
    ] {
        assert_eq!(gold_numbers(gold), expected, "{gold}");
    }
    let folder = Folder::with(&[
        ("list.tsv", LIST.as_bytes()),
        ("gold.gmt", b"A 2013 ChIP-Seq\t\tB\tC\nB\tx\tC\nC\tx\tD\n"),
    ]);
    let ran = folder.cistron(&["score", "list.tsv", "gold.gmt", "--json"]);
    assert_eq!(numbers(ran), expected);
    let ran = score(
        "source\ttarget\tevidence\nG1\tG2\t.9\nG2\tG3\t.8\nG3\tG4\t.1\n",
        "G1\tG2\tG3\tG4\nG2\tG3\tG4\tG1\n",
        &[],
    );
    ran.with_code(2).says("a line may list several targets");
}

#[test]
fn yes_and_no_are_read_alike_in_all_columns() {
    let expected = gold_numbers(TRUTH);
    for gold in [
        "source\ttarget\tactivating\nA\tB\tFALSE\nB\tC\tTRUE\nC\tD\tFALSE\n",
        "source\ttarget\tis_stimulation\tis_inhibition\nA\tB\tno\tyes\nB\tC\tyes\tno\nC\tD\tno\tyes\n",
    ] {
        assert_eq!(gold_numbers(gold), expected, "{gold}");
    }
    let empty = "source,target,weight\nA,B,-0.9\nB,C,1\nC,D,\n";
    score(LIST, empty, &[])
        .with_code(2)
        .says("fill the cell, or remove the row");
}

#[test]
fn a_score_is_not_ranked_from_the_wrong_end() {
    let list = |header: &str, values: [&str; 5]| {
        let pairs = ["A\tB", "B\tC", "C\tD", "D\tA", "C\tA"].iter().zip(values);
        let rows = pairs.map(|(pair, value)| format!("{pair}\t{value}\n"));
        format!("{header}{}", rows.collect::<String>())
    };
    let small = ["0.01", "0.02", "0.03", "0.5", "0.8"];
    let named = |name: &str| list(&format!("regulator\ttarget\t{name}\n"), small);
    for name in ["lfsr", "AICc", "negative_log_likelihood", "uncertainty"] {
        assert_eq!(numbers(score(&named(name), TRUTH, &[])).0, 1.0, "{name}");
    }
    for name in ["p_edge", "entropy"] {
        score(&named(name), TRUTH, &[])
            .with_code(2)
            .says("--best smallest");
    }
    let lags = ["3\t0.9", "1\t0.8", "2\t0.7", "3\t0.1", "1\t0.2"];
    let text = list("regulator\ttarget\tlag\tcorrelation\n", lags);
    let ran = score(&text, TRUTH, &[]).says("score `correlation` (column 4), the largest first");
    assert_eq!(numbers(ran).0, 1.0);
    score(&list("", lags), TRUTH, &[])
        .with_code(2)
        .says("--score-column 3` or `--score-column 4`");
    let names = ["A", "B", "C", "D"];
    let pairs = names
        .iter()
        .flat_map(|a| names.iter().filter(move |b| a != *b).map(move |b| (a, b)));
    let rows = pairs
        .zip(1..)
        .map(|((a, b), at)| format!("{a}\t{b}\t{}\n", 0.08 * f64::from(at) - 0.04));
    let rising: String = rows.collect();
    score(&rising, TRUTH, &[])
        .with_code(2)
        .says("the largest or the smallest first");
    let falling: String = rising
        .lines()
        .rev()
        .map(|line| format!("{line}\n"))
        .collect();
    score(&falling, TRUTH, &[]).with_code(0);
}

#[test]
fn files_of_other_genes_or_of_measurements_are_not_scored() {
    let lower = TRUTH.to_lowercase();
    score(LIST, &lower, &[])
        .with_code(2)
        .says("spell the genes alike");
    score(LIST, "source\ttarget\nA\tX\n", &[])
        .with_code(2)
        .says("none of the scored pairs");
    let series = "series\ttime\tA\tB\ns1\t0\t1\t2\ns1\t1\t2\t1\ns1\t2\t2\t2\n";
    score(LIST, series, &[])
        .with_code(2)
        .says("found several rows called `s1`");
}

#[test]
fn signs_of_a_correlation_are_said() {
    let list = "regulator\ttarget\tcorrelation\nA\tB\t-0.9\nB\tC\t0.8\nD\tA\t0.1\n";
    score(list, TRUTH, &[])
        .with_code(0)
        .says("score `correlation` (column 3), the largest first, and its sign");
}

#[test]
fn a_list_of_edges_is_no_batch_and_is_not_overwritten() {
    let folder = Folder::with(&[("d.tsv", table(4, 3, 8).as_bytes())]);
    folder.cistron(&["infer", "d.tsv", "-o", "R"]).with_code(0);
    let ran = folder.cistron(&["perturb", "R", "--batch", "R/edges.tsv", "-o", "P"]);
    ran.with_code(2).says("which are those of a list of edges");
    folder.write("mine/edges.tsv", b"a\tb\nA\tB\n");
    let ran = folder.cistron(&["infer", "d.tsv", "-o", "mine"]);
    ran.with_code(2).says("choose another folder with `--out`");
}
