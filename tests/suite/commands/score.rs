//! `cistron score`: agreement with the reference scorer, and what a user sees.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fmt::Write as _;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use cistron_truth::evaluate::{
    GoldStandard, Ranking, RankingError, Scores, Universe, UniverseSettings,
};
use cistron_truth::io::{read_edge_list, read_gold};
use proptest::prelude::*;
use tempfile::TempDir;

const REFERENCE: &str = include_str!("../golden/score_reference.tsv");

/// FNV-1a of `regulator TAB target`, then the finaliser of SplitMix64.
fn mixed(regulator: &str, target: &str) -> u64 {
    let start = 0xcbf2_9ce4_8422_2325_u64;
    let mut h = format!("{regulator}\t{target}")
        .bytes()
        .fold(start, |h, byte| {
            (h ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
        });
    h = (h ^ (h >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    h = (h ^ (h >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    h ^ (h >> 31)
}

/// True edges by name.
fn true_edges(gold: &GoldStandard) -> HashSet<(&str, &str)> {
    let genes = gold.genes();
    gold.pairs()
        .filter(|pair| pair.edge)
        .map(|pair| (genes.name(pair.regulator), genes.name(pair.target)))
        .collect()
}

/// The predictions of `golden/make_score_reference.py`: change both or neither.
fn predictions(gold: &GoldStandard) -> String {
    let edges = true_edges(gold);
    let mut names: Vec<&str> = gold.genes().names().iter().map(String::as_str).collect();
    names.sort_unstable();
    names.push("stranger");
    let mut rows = BTreeMap::new();
    for &a in &names {
        for &b in &names {
            let h = mixed(a, b);
            if h % 10 < 3 {
                continue;
            }
            let bonus = if edges.contains(&(a, b)) { 12 } else { 0 };
            let score = ((h >> 8) % 40 + bonus) as f64 / 64.0;
            let sign = ["0", "+", "-"][((h >> 24) % 3) as usize];
            rows.insert(h, format!("{a}\t{b}\t{score}\t{sign}\n"));
        }
    }
    let header = "regulator\ttarget\tscore\tsign\n".to_owned();
    rows.into_values().fold(header, |text, row| text + &row)
}

/// Every second regulator of a true edge, in the order of names.
fn half_of_the_regulators(gold: &GoldStandard) -> Vec<String> {
    let regulators: BTreeSet<&str> = true_edges(gold).into_iter().map(|edge| edge.0).collect();
    regulators
        .into_iter()
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

fn is_gold(name: &str) -> bool {
    (name.starts_with("gold") && name.ends_with(".tsv"))
        || ["edges_true.tsv", "refNetwork.csv"].contains(&name)
        || name.ends_with("_net.csv")
}

/// All gold standards under a folder.
fn gold_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.is_dir() {
            found.extend(gold_files(&path));
        } else if is_gold(&name) {
            found.push(path);
        }
    }
    found
}

/// Columns of the golden table after `file universe regulators`, as the scores have them.
fn measures(scores: &Scores) -> [(&'static str, Option<f64>); 14] {
    [
        ("n_pairs", Some(scores.pairs as f64)),
        ("n_edges", Some(scores.edges as f64)),
        ("n_pred", Some(scores.predicted as f64)),
        ("density", Some(scores.density)),
        ("aupr", Some(scores.aupr)),
        ("auroc", Some(scores.auroc)),
        ("aupr_ratio", Some(scores.aupr_ratio)),
        ("ep", Some(scores.early_precision)),
        ("epr", Some(scores.early_precision_ratio)),
        ("aupr_dream", Some(scores.aupr_dream)),
        ("auroc_dream", Some(scores.auroc_dream)),
        ("sign_acc", scores.signs.top),
        ("sign_acc_all", scores.signs.all),
        ("n_signed_top", Some(scores.signs.top_compared as f64)),
    ]
}

/// Differences between our scores of one file and the rows of the golden table, as text.
fn disagreements(path: &Path, rows: &[Vec<&str>], edges: &Path) -> String {
    let gold = File::open(path).expect("a gold standard");
    let gold = read_gold(gold, &path.to_string_lossy()).expect("a gold standard");
    fs::write(edges, predictions(&gold)).expect("a temporary file");
    let list = File::open(edges).expect("just written");
    let list = read_edge_list(list, "edges.tsv").expect("an edge list");
    let mut text = String::new();
    for row in rows {
        let settings = UniverseSettings {
            universe: match row[1] {
                "auto" => Universe::Auto,
                "all" => Universe::All,
                _ => Universe::Regulators,
            },
            regulators: (row[2] == "half").then(|| half_of_the_regulators(&gold)),
            ..UniverseSettings::default()
        };
        let ranking = match (Ranking::new(&gold, &list, &settings), row[3]) {
            (Ok(ranking), _) => ranking,
            (Err(RankingError::OneClass { .. }), "refused") => continue,
            (Err(error), _) => {
                let _ = writeln!(text, "{row:?}: {error}");
                continue;
            }
        };
        for ((name, ours), theirs) in measures(&Scores::new(&ranking)).iter().zip(&row[3..]) {
            // no signs at all: the reference leaves the count out
            let theirs: Option<f64> = match *theirs {
                "-" if *name == "n_signed_top" => Some(0.0),
                "-" | "refused" => None,
                number => Some(number.parse().expect("a number")),
            };
            let same = match (ours, theirs) {
                (Some(ours), Some(theirs)) => (ours - theirs).abs() <= 1e-9 * theirs.abs().max(1.0),
                (None, None) => true,
                _ => false,
            };
            if !same {
                let _ = writeln!(text, "{row:?} {name}: {ours:?} for {theirs:?}");
            }
        }
    }
    text
}

#[test]
fn all_measures_agree_with_the_reference_scorer_on_every_known_network() {
    let Some(data) = std::env::var_os("CISTRON_DATA").map(PathBuf::from) else {
        #[expect(clippy::print_stderr, reason = "says that the test did nothing")]
        {
            eprintln!("skipped: CISTRON_DATA names no folder of known networks");
        }
        return;
    };
    let mut table: BTreeMap<&str, Vec<Vec<&str>>> = BTreeMap::new();
    for line in REFERENCE.lines().skip(1) {
        let row: Vec<&str> = line.split('\t').collect();
        table.entry(row[0]).or_default().push(row);
    }
    let folder = TempDir::new().expect("a temporary folder");
    let mut seen = BTreeSet::new();
    let mut wrong = String::new();
    for path in gold_files(&data) {
        let name = path.strip_prefix(&data).expect("inside the folder");
        let name = name.to_string_lossy().replace('\\', "/");
        match table.get(name.as_str()) {
            Some(rows) => wrong += &disagreements(&path, rows, &folder.path().join("edges.tsv")),
            None => wrong += &format!("{name}: not in the golden table; regenerate it\n"),
        }
        seen.insert(name);
    }
    let lost = table.keys().filter(|name| !seen.contains(**name));
    wrong.extend(lost.map(|name| format!("{name}: in the golden table, not in the data\n")));
    assert!(wrong.is_empty(), "{wrong}");
}

const GOLD: &str = "Gene1,Gene2,Type\na,b,+\nb,c,-\nc,c,+\n";
const EDGES: &str = "source\ttarget\tweight\tsign\trank\tevidence\tfrequency\tsign_agreement\t\
                     expected_false\n\
                     a\tb\t0.2\t+\t1\t0.9\t1\t1\t0.1\n\
                     a\tc\t-0.7\t-\t2\t0.5\t1\t1\t0.2\n\
                     b\tc\t0.1\t+\t3\t0.5\t1\t1\t0.4\n\
                     a\ta\t1\t+\t4\t0.4\t1\t1\t0.5\n";

/// Runs `cistron score` on these two texts with more arguments.
fn score(edges: &[u8], gold: &[u8], more: &[&str]) -> (TempDir, std::process::Output) {
    let folder = TempDir::new().expect("a temporary folder");
    fs::write(folder.path().join("edges.tsv"), edges).expect("a temporary file");
    fs::write(folder.path().join("gold.csv"), gold).expect("a temporary file");
    let output = Command::cargo_bin("cistron")
        .expect("the binary is built")
        .current_dir(folder.path())
        .args(["score", "edges.tsv", "gold.csv"])
        .args(more)
        .output()
        .expect("the binary runs");
    (folder, output)
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("UTF-8")
}

/// The message of a run that must fail with exit code 2.
fn failure(edges: &[u8], gold: &[u8], more: &[&str]) -> String {
    let (_, output) = score(edges, gold, more);
    assert_eq!(output.status.code(), Some(2), "{}", text(&output.stderr));
    assert!(output.stdout.is_empty());
    let lines = text(&output.stderr).split_inclusive('\n');
    lines.filter(|line| !line.starts_with("note: ")).collect()
}

#[test]
fn the_text_report_is_aligned_and_says_what_was_ignored() {
    let (_, output) = score(EDGES.as_bytes(), GOLD.as_bytes(), &["--trapezoid"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let said = text(&output.stderr);
    assert!(
        said.lines().all(|line| line.starts_with("note: ")),
        "{said}"
    );
    assert_eq!(
        text(&output.stdout),
        include_str!("../golden/score_report.txt")
    );
}

/// A list of the pairs of two regulators of four, each of which has one edge.
fn list_of_two_regulators() -> String {
    let mut text = "source\ttarget\tscore\n".to_owned();
    for (source, best) in [("A", "B"), ("B", "C")] {
        for target in ["A", "B", "C", "D"]
            .iter()
            .filter(|target| **target != source)
        {
            let score = if *target == best { 2 } else { 1 };
            text += &format!("{source}\t{target}\t{score}\n");
        }
    }
    text
}

#[test]
fn a_list_for_some_regulators_is_judged_on_their_pairs_and_both_are_printed() {
    let gold = b"A\tB\nB\tC\nC\tD\nD\tA\n";
    let list = list_of_two_regulators();
    let (_, output) = score(list.as_bytes(), gold, &[]);
    let said = text(&output.stdout);
    assert!(
        said.starts_with("edges.tsv against gold.csv, pairs of the regulators in the list\n"),
        "{said}"
    );
    assert!(said.contains("  pairs scored                6\n"), "{said}");
    assert!(said.contains("  AUPR                   1.0000"), "{said}");
    assert!(
        said.contains("\non all pairs of the known network (12, 4 true edges): AUPR 0."),
        "{said}"
    );
    // a list that is cut off may lack regulators because they came last
    let (_, output) = score(
        b"source\ttarget\tscore\nA\tB\t2\nB\tC\t1\n",
        gold,
        &["--json"],
    );
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(json["judged"], "all pairs of the known network");
    assert_eq!(json["n_pairs"], 12);
    assert_eq!(
        json["other"]["judged"],
        "pairs of the regulators in the list"
    );
    assert_eq!(json["other"]["n_pairs"], 6);
    let (_, output) = score(list.as_bytes(), gold, &["--universe", "all"]);
    let said = text(&output.stdout);
    assert!(
        said.starts_with("edges.tsv against gold.csv, all pairs of the known network\n"),
        "{said}"
    );
    assert!(!said.contains("\non "), "{said}");
}

#[test]
fn weights_below_0_are_ranked_by_size_with_a_note() {
    let weights = b"source,target,weight\nA,B,-2\nB,A,1\n";
    let (_, output) = score(weights, GOLD.as_bytes(), &[]);
    let said = text(&output.stderr);
    assert!(
        said.contains("1 of 2 values in the column `weight` are below 0"),
        "{said}"
    );
    assert!(said.contains("call the column `score`"), "{said}");
}

#[test]
fn json_has_the_short_names_of_the_measures() {
    let (_, output) = score(EDGES.as_bytes(), GOLD.as_bytes(), &["--json"]);
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(json["n_pairs"], 6);
    assert_eq!(json["n_pred"], 3);
    assert_eq!(json["n_self"], 1);
    assert_eq!(json["ep"], 0.75);
    assert_eq!(json["sign_acc"], 0.5);
    for name in [
        "aupr",
        "auroc",
        "aupr_trapezoid",
        "aupr_dream",
        "epr",
        "sign_acc_all",
    ] {
        assert!(json[name].is_number(), "{name}");
    }
}

#[test]
fn the_curve_replaces_an_older_file_and_leaves_nothing_else() {
    let (folder, output) = score(EDGES.as_bytes(), GOLD.as_bytes(), &["--curve", "curve.tsv"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let curve = fs::read_to_string(folder.path().join("curve.tsv")).expect("the curve");
    assert_eq!(curve.lines().count(), 4);
    assert!(curve.ends_with("6\t-inf\t2\t4\t0.3333333333333333\t1\t1\n"));
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 3);
    let message = failure(
        EDGES.as_bytes(),
        GOLD.as_bytes(),
        &["--curve", "no/curve.tsv"],
    );
    assert!(
        message.starts_with("error: no/curve.tsv: cannot be written ("),
        "{message}"
    );
}

#[test]
fn scores_below_zero_are_pointed_out() {
    let (_, output) = score(b"a b -1\nb c 1\n", GOLD.as_bytes(), &[]);
    assert!(output.status.success());
    assert!(text(&output.stderr).contains("note: 1 of 2 scores are negative"));
}

#[test]
fn gzipped_edges_and_the_standard_input_are_read() {
    use std::io::Write as _;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(EDGES.as_bytes()).expect("memory");
    let gzipped = encoder.finish().expect("memory");
    let (folder, plain) = score(EDGES.as_bytes(), GOLD.as_bytes(), &[]);
    let (_, packed) = score(&gzipped, GOLD.as_bytes(), &[]);
    assert_eq!(plain.stdout, packed.stdout);
    Command::cargo_bin("cistron")
        .expect("the binary is built")
        .current_dir(folder.path())
        .args(["score", "-", "gold.csv"])
        .write_stdin(EDGES)
        .assert()
        .success();
}

#[test]
fn files_that_cannot_be_scored_end_with_code_2_and_the_cure() {
    let gold = GOLD.as_bytes();
    for (edges, message) in [
        (
            &b""[..],
            "error: edges.tsv: the file is empty, expected a header line",
        ),
        (
            b"\x89PNG\r\n\x1a\n\0\0",
            "error: edges.tsv, row 1: found bytes that are not UTF-8, expected UTF-8 text;",
        ),
        (
            b"a b 1\nb c\n",
            "error: edges.tsv, row 2: found 2 cells, expected 3 as in the first row (separated by spaces);",
        ),
        (
            b"a b 1\nb c x\n",
            "error: edges.tsv, row 2, column 3: found `x`, expected a finite number;",
        ),
        (
            b"a b 1\nb c nan\n",
            "error: edges.tsv, row 2, column 3: found `nan`, expected a finite",
        ),
        (
            b"a b inf\n",
            "error: edges.tsv, row 1, column 3: found `inf`, expected a finite number;",
        ),
        (
            b"a b 1\na b 2\n",
            "error: edges.tsv: the pair a → b occurs twice (rows 1 and 2); keep one",
        ),
        (
            b"x y 1\n",
            "error: edges.tsv against gold.csv: the edges and the gold standard have no gene name \
             in common: the edges name x, y; the gold standard names a, b, c; use one kind",
        ),
    ] {
        let found = failure(edges, gold, &[]);
        assert!(found.starts_with(message), "{found}");
    }
    let missing = failure(EDGES.as_bytes(), gold, &["--regulators", "absent.txt"]);
    assert!(
        missing.starts_with("error: absent.txt: cannot be opened ("),
        "{missing}"
    );
    let empty = failure(EDGES.as_bytes(), b"", &[]);
    assert!(
        empty.starts_with("error: gold.csv: the file is empty,"),
        "{empty}"
    );
}

/// Files made of the marks that readers care about.
fn scribble() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop::sample::select(vec![
        "a", "b", "TF", "target", "score", "sign", "edge", "evidence", "1", "0", "-", "+", "1e9",
        "nan", "\t", "\t", ",", ";", " ", "\n", "\n", "\r\n", "\"", "#", "é", "\u{feff}", "\0",
        "\x1f",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat().into_bytes())
}

proptest! {
    #[test]
    fn no_file_makes_a_reader_panic(first in scribble(), second in scribble()) {
        let list = read_edge_list(first.as_slice(), "edges");
        let gold = read_gold(second.as_slice(), "gold");
        if let (Ok(list), Ok(gold)) = (list, gold) {
            let _ = Ranking::new(&gold, &list, &UniverseSettings::default());
        }
    }

    #[test]
    fn every_measure_of_a_readable_list_is_a_share(
        scores in prop::collection::vec(-3_i8..3, 1..30),
        edges in prop::collection::vec(any::<bool>(), 30),
    ) {
        let pair = |at: usize| format!("g{}\tg{}", at / 5, (at / 5 + 1 + at % 5) % 6);
        let rows = scores.iter().enumerate();
        let list: String = rows.map(|(at, score)| format!("{}\t{score}\n", pair(at))).collect();
        let rows = edges.iter().enumerate();
        let gold: String = rows
            .map(|(at, edge)| format!("{}\t{}\n", pair(at), u8::from(*edge)))
            .collect();
        let list = read_edge_list(list.as_bytes(), "edges").expect("distinct pairs");
        if let Ok(gold) = read_gold(gold.as_bytes(), "gold")
            && let Ok(ranking) = Ranking::new(&gold, &list, &UniverseSettings::default())
        {
            for (name, value) in measures(&Scores::new(&ranking)) {
                let many = name.starts_with("n_") || name.ends_with("ratio") || name == "epr";
                if let (false, Some(value)) = (many, value) {
                    prop_assert!((-1e-12..=1.0 + 1e-12).contains(&value), "{name} {value}");
                }
            }
        }
    }
}
