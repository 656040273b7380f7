//! Genes that follow their regulators within a sampling interval: levels, activities, known edges.

use std::collections::HashSet;
use std::fmt::Write;

use crate::run::{Folder, scattered};

const REGULATORS: usize = 10;
const TARGETS: usize = 110;
const SERIES: usize = 9;
const SAMPLES: usize = 8;

/// About normal, of mean 0 and variance one.
fn noise(at: usize) -> f64 {
    (0..12).map(|k| scattered(12 * at + k)).sum::<f64>() - 6.0
}

/// The regulator that a target follows.
fn regulator(target: usize) -> usize {
    target / 2 * 7 % REGULATORS
}

/// Logarithms of expression: targets follow the activity of one regulator at once, of which the
/// regulator's mRNA says little.
fn levels() -> String {
    let mut text = "series\ttime".to_owned();
    (0..REGULATORS).for_each(|r| write!(text, "\tr{r}").expect("text"));
    (0..TARGETS).for_each(|t| write!(text, "\tt{t}").expect("text"));
    let mut at = 0;
    let mut drawn = || {
        at += 1;
        noise(at)
    };
    for s in 0..SERIES {
        let mut activity = [0.0; REGULATORS];
        let mut unexplained = [0.0; TARGETS];
        for k in 0..SAMPLES {
            write!(text, "\ns{s}\t{}", 10 * k).expect("text");
            activity
                .iter_mut()
                .for_each(|a| *a = 0.6 * *a + 0.8 * drawn());
            for a in activity {
                write!(text, "\t{:.4}", 8.0 + 0.7 * a + 0.5 * drawn()).expect("text");
            }
            for (t, rest) in unexplained.iter_mut().enumerate() {
                *rest = 0.6 * *rest + 0.9 * drawn();
                let level = 9.0 + (t % 5) as f64 * 0.3 + activity[regulator(t)] + *rest;
                write!(text, "\t{level:.4}").expect("text");
            }
        }
    }
    text + "\n"
}

/// Edges of the targets of these numbers.
fn truth(targets: impl Iterator<Item = usize>) -> String {
    let lines = targets.map(|t| format!("r{}\tt{t}\n", regulator(t)));
    "regulator\ttarget\n".to_owned() + &lines.collect::<String>()
}

fn folder() -> Folder {
    let regulators: String = (0..REGULATORS).map(|r| format!("r{r}\n")).collect();
    let odd = (1..TARGETS).step_by(2);
    Folder::with(&[
        ("d.tsv", levels().as_bytes()),
        ("tf.txt", regulators.as_bytes()),
        ("prior.tsv", truth(odd.clone()).as_bytes()),
        ("known.tsv", truth((0..TARGETS).step_by(4)).as_bytes()),
        ("both.tsv", truth(1..8).as_bytes()),
    ])
}

const BASE: [&str; 6] = [
    "d.tsv",
    "--regulators",
    "tf.txt",
    "--pairs",
    "5",
    "--no-report",
];

/// Share of true edges among the best 40 into targets of even number.
fn precision(folder: &Folder) -> f64 {
    let text = folder.read("out/edges.tsv");
    let pairs = text.lines().skip(1).filter_map(|row| {
        let (regulator, rest) = row.split_once("\tt")?;
        let target: usize = rest.split('\t').next()?.parse().ok()?;
        Some((regulator[1..].parse::<usize>().ok()?, target))
    });
    let best: Vec<(usize, usize)> = pairs
        .filter(|(_, target)| target % 2 == 0)
        .take(40)
        .collect();
    best.iter()
        .filter(|(r, target)| *r == regulator(*target))
        .count() as f64
        / 40.0
}

#[test]
fn levels_are_fitted_and_known_targets_take_the_place_of_mrna() {
    let folder = folder();
    let plain = folder.infer(&BASE).with_code(0);
    assert!(
        plain.out.contains("fast: levels are fitted"),
        "{}",
        plain.out
    );
    assert!(
        plain.log.contains("scale log of unknown base: 98 %"),
        "{}",
        plain.log
    );
    assert!(plain.log.contains("not fitted again"), "{}", plain.log);
    let nodes = folder.read("out/nodes.tsv");
    let fast = nodes
        .lines()
        .skip(1)
        .filter(|row| row.split('\t').nth(8) == Some("true"));
    assert!(fast.count() > 100);
    let without = precision(&folder);
    let ran = folder
        .infer(&[&BASE[..], &["--prior", "prior.tsv"]].concat())
        .with_code(0);
    assert!(
        ran.out.contains("take the place of their mRNA"),
        "{}",
        ran.out
    );
    let with = precision(&folder);
    assert!(with >= without && with > 0.9, "{without} {with}");
    has_activities(&folder);
    let off = ["--prior", "prior.tsv", "--activity", "off"];
    let ran = folder.infer(&[&BASE[..], &off].concat()).with_code(0);
    assert!(!ran.out.contains("activities"), "{}", ran.out);
    assert_eq!(precision(&folder), without);
    assert!(
        !folder.path("out/activities.tsv").exists(),
        "of another run"
    );
}

/// Tables, marks and picture of the activities from the odd targets.
fn has_activities(folder: &Folder) {
    let text = folder.read("out/activities.tsv");
    let names: String = (0..REGULATORS).map(|r| format!("\tr{r}")).collect();
    assert!(
        text.starts_with(&format!("name\tgroup\ttime{names}\ns0@0\ts0\t0\t")),
        "{text}"
    );
    assert_eq!(text.lines().count(), 1 + SERIES * SAMPLES);
    let pairs = folder.read("out/known_pairs.tsv");
    let follows = |row: &&str| row.ends_with("\t1") || row.split('\t').nth(4) > Some("0.5");
    let following = pairs.lines().skip(1).filter(follows).count();
    assert_eq!(pairs.lines().count(), 1 + TARGETS / 2);
    assert!(following > TARGETS / 2 * 9 / 10, "{following}");
    let edges = folder.read("out/edges.tsv");
    let marked = edges.lines().filter(|row| row.ends_with("\ttrue"));
    assert_eq!(marked.count(), TARGETS / 2);
    folder.cistron(&["plot", "out"]).with_code(0);
    let picture = folder.read("out/pictures/activities.svg");
    assert!(
        picture.contains(">r3 (") && picture.contains("<title>r3, s8@70: "),
        "{picture}"
    );
}

#[test]
fn positions_on_the_chromosome_are_read_and_change_the_list() {
    let folder = folder();
    let rows = (0..TARGETS).map(|t| format!("t{t}\tI\t{}\n", 100 * t));
    let loci = "gene\tchromosome\tstart\n".to_owned() + &rows.collect::<String>();
    folder.write("loci.tsv", loci.as_bytes());
    folder.write(
        "strange.tsv",
        b"gene\tchromosome\tstart\nx1\tI\t5\nx2\tI\t9\n",
    );
    let prior = ["--prior", "prior.tsv"];
    folder.infer(&[&BASE[..], &prior].concat()).with_code(0);
    let without = folder.read("out/edges.tsv");
    let located = [&BASE[..], &prior, &["--loci", "loci.tsv"]].concat();
    let ran = folder.infer(&located).with_code(0);
    let note = "loci.tsv: positions of 110 of 120 genes";
    assert!(
        ran.out
            .contains("of what the regulators leave is one component"),
        "{}",
        ran.out
    );
    assert!(ran.log.contains(note), "{}", ran.log);
    assert!(folder.read("out/run.json").contains("\"located\": 110"));
    assert_ne!(folder.read("out/edges.tsv"), without);
    assert!(precision(&folder) > 0.9);
    let folder = self::folder();
    folder.write(
        "strange.tsv",
        b"gene\tchromosome\tstart\nx1\tI\t5\nx2\tI\t9\n",
    );
    folder
        .infer(&[&BASE[..], &["--loci", "strange.tsv"]].concat())
        .with_code(2)
        .says("strange.tsv: found no gene that is a gene of the expression table: `x1`, `x2`");
}

#[test]
fn a_list_that_the_data_do_not_follow_is_not_used() {
    let folder = folder();
    let wrong =
        (1..TARGETS).map(|t| format!("r{}\tt{t}\n", (regulator(t) + 3 + t % 4) % REGULATORS));
    let text = "regulator\ttarget\n".to_owned() + &wrong.collect::<String>();
    folder.write("wrong.tsv", text.as_bytes());
    let ran = folder
        .infer(&[&BASE[..], &["--prior", "wrong.tsv"]].concat())
        .with_code(0);
    assert!(
        ran.out.contains("not used: the known pairs do not follow"),
        "{}",
        ran.out
    );
}

#[test]
fn known_edges_calibrate_what_is_expected_to_be_false_and_are_not_in_the_prior() {
    let folder = folder();
    folder.infer(&BASE).with_code(0);
    let order = |folder: &Folder| -> Vec<String> {
        let text = folder.read("out/edges.tsv");
        let pairs = text
            .lines()
            .map(|row| row.split('\t').take(2).collect::<Vec<_>>().join(" "));
        pairs.collect()
    };
    let before = order(&folder);
    let known = ["--known", "known.tsv", "--known-share", "0.25"];
    let ran = folder.infer(&[&BASE[..], &known].concat()).with_code(0);
    assert!(
        ran.out
            .contains("calibrated with 28 known edges, 25 % of the true ones"),
        "{}",
        ran.out
    );
    assert_eq!(order(&folder), before, "the ranking does not see them");
    let text = folder.read("out/edges.tsv");
    let rows: Vec<Vec<&str>> = text
        .lines()
        .skip(1)
        .map(|row| row.split('\t').collect())
        .collect();
    let expected: Vec<f64> = rows
        .iter()
        .map(|row| row[11].parse().expect("a number"))
        .collect();
    assert!(expected.windows(2).all(|pair| pair[1] >= pair[0]));
    let truth: HashSet<String> = (0..TARGETS)
        .map(|t| format!("r{} t{t}", regulator(t)))
        .collect();
    let wrong = before[1..=100]
        .iter()
        .filter(|pair| !truth.contains(*pair))
        .count() as f64;
    // 28 known edges leave an error of a few edges
    assert!(
        (expected[99] - wrong).abs() < 10.0,
        "{} {wrong}",
        expected[99]
    );
    let folder = self::folder();
    let both = ["--prior", "prior.tsv", "--known", "both.tsv"];
    folder
        .infer(&[&BASE[..], &both].concat())
        .with_code(2)
        .says("is among the known ones and in the prior");
    folder
        .infer(&[&BASE[..], &["--known", "known.tsv", "--known-share", "2"]].concat())
        .with_code(2)
        .says("give a number above 0 and up to 1");
}

#[test]
fn measured_half_lives_say_which_genes_are_slow() {
    let folder = folder();
    // samples are ten units of time apart
    let rows = (0..TARGETS).map(|t| format!("t{t}\t5000\n"));
    let half_lives = "gene\thalf_life\n".to_owned() + &rows.collect::<String>();
    folder.write("half_lives.tsv", half_lives.as_bytes());
    let measured = [&BASE[..], &["--no-refit", "--half-lives", "half_lives.tsv"]].concat();
    let ran = folder.infer(&measured).with_code(0);
    let note = "half_lives.tsv: half-lives of 110 of 120 genes";
    assert!(ran.log.contains(note), "{}", ran.log);
    let nodes = folder.read("out/nodes.tsv");
    let rows = nodes.lines().skip(1).map(|row| row.split('\t').collect());
    let targets = rows.filter(|row: &Vec<&str>| row[0].starts_with('t'));
    for row in targets {
        let rate: f64 = row[10].parse().expect("a rate");
        assert!(
            row[8] == "false" && (rate - 2.0_f64.ln() / 5000.0).abs() < 1e-8,
            "{row:?}"
        );
    }
}
