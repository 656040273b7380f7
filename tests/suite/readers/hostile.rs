//! Files that attack: values without end, names that act on a terminal, lines that fill the memory.

use std::collections::BTreeSet;
use std::io::Write;
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::run::{Folder, table};

#[test]
fn an_inference_of_the_smallest_numbers_ends() {
    let rows = (0..6).map(|t| {
        let level = |g: usize| 1e-308 * (0.3 + ((3 * t + 5 * g) as f64).sin().abs());
        format!("s\t{t}\t{:e}\t{:e}\n", level(0), level(1))
    });
    let text: String = ["series\ttime\tA\tB\n".to_owned()]
        .into_iter()
        .chain(rows)
        .collect();
    let folder = Folder::with(&[("tiny.tsv", text.as_bytes())]);
    let args = ["infer", "tiny.tsv", "-o", "out", "--pairs", "2"];
    let ran = folder.cistron_within(Duration::from_secs(60), &args);
    assert!([0, 2].contains(&ran.code), "{}", ran.log);
    let longest = ran.log.split_whitespace().map(str::len).max();
    assert!(
        longest < Some(100),
        "a number of hundreds of digits: {}",
        ran.log
    );
}

const TITLE: &str = "\u{1b}]0;pwned\u{7}\u{1b}[31mX";

/// Whether what was printed acts on a terminal.
fn is_plain(text: &str) -> bool {
    text.chars().all(|c| !c.is_control() || c == '\n')
}

#[test]
fn control_characters_in_names_are_refused_with_their_place() {
    for (name, text, place) in [
        (
            "header",
            format!("time\tG1\t{TITLE}\n0\t1\t2\n1\t2\t1\n"),
            "row 1, column 3",
        ),
        (
            "series",
            "series\ttime\tA\tB\na\u{1}\t0\t1\t2\na\u{1}\t1\t2\t3\n".to_owned(),
            "row 2, column 1",
        ),
        (
            "csv",
            "time,A,\"B\u{9b}2J\"\n0,1,2\n1,2,1\n".to_owned(),
            "row 1, column 3",
        ),
        (
            "direction",
            "time\tA\t\u{202e}B\n0\t1\t2\n1\t2\t1\n".to_owned(),
            "row 1, column 3",
        ),
        (
            "delete",
            "time\tA\tB\n0\t1\t2\n1\t2\t1\u{7f}\n".to_owned(),
            "row 3, column 3",
        ),
    ] {
        let folder = Folder::with(&[("d.tsv", text.as_bytes())]);
        let expected = format!("error: d.tsv, {place}: found a control character");
        let ran = folder.infer(&["d.tsv", "--pairs", "1"]).with_code(2);
        assert!(
            is_plain(&ran.log) && ran.log.starts_with(&expected),
            "{name}: {}",
            ran.log
        );
        assert!(ran.log.contains("remove it"), "{name}: {}", ran.log);
    }
}

#[test]
fn names_of_files_and_words_of_the_user_do_not_act_on_the_terminal() {
    let text = table(3, 2, 6);
    let names = ["\u{1b}[31ma.tsv", "b\u{7}.tsv"];
    let folder = Folder::with(&[(names[0], text.as_bytes()), (names[1], text.as_bytes())]);
    for command in [
        &["check", names[0], names[1]][..],
        &[
            "infer",
            names[0],
            names[1],
            "-o",
            "out",
            "--pairs",
            "1",
            "--no-report",
        ],
        &["perturb", "out", "--ko", TITLE, "-o", "p"],
        &["score", "out/edges.tsv", names[0]],
        &["score", "out/edges.tsv", "\u{9b}2Jnot there"],
        &["infer", "\u{1b}[2J", "-o", "none"],
    ] {
        let ran = folder.cistron(command);
        assert!(
            is_plain(&ran.out) && is_plain(&ran.log),
            "{command:?}\n{}\n{}",
            ran.out,
            ran.log
        );
        if command[0] == "infer" && ran.code == 0 {
            // what was written can be read
            let states = folder.read("out/states.tsv");
            assert!(
                states
                    .chars()
                    .all(|c| !c.is_control() || "\n\t".contains(c)),
                "{states}"
            );
            folder
                .cistron(&["export", "out", "-o", "net.sif"])
                .with_code(0);
            folder.cistron(&["report", "out"]).with_code(0);
        }
    }
}

#[test]
fn a_line_break_in_the_name_of_a_series_is_a_space_and_the_run_can_be_read() {
    let text = table(3, 2, 6).replace("s0\t", "\"s\n0\tx\"\t");
    let folder = Folder::with(&[("d.tsv", text.as_bytes())]);
    folder.infer(&["d.tsv", "--pairs", "1"]).with_code(0);
    assert!(folder.read("out/states.tsv").contains("s 0 x@"));
    folder.cistron(&["plot", "out"]).with_code(0);
}

#[test]
fn genes_with_long_names_and_names_that_differ_in_signs_have_pictures_of_their_own() {
    let long = "x".repeat(400);
    let names = [
        format!("a{long}"),
        format!("b{long}"),
        "A.1".to_owned(),
        "a_1".to_owned(),
    ];
    let mut text = table(4, 2, 6);
    for (at, name) in names.iter().enumerate() {
        text = text.replacen(&format!("g{at}"), name, 1);
    }
    let folder = Folder::with(&[("d.tsv", text.as_bytes())]);
    folder.infer(&["d.tsv", "--pairs", "1"]).with_code(0);
    let mut pictures = BTreeSet::new();
    for name in &names {
        // one after another, as users do
        folder
            .cistron(&["plot", "out", "--gene", name])
            .with_code(0);
        let all = folder.names("out/pictures").into_iter();
        pictures.extend(all.filter(|file| file.starts_with("gene_") && file.ends_with(".svg")));
    }
    assert_eq!(pictures.len(), 4, "{pictures:?}");
}

#[test]
fn a_line_without_end_in_a_small_file_is_refused_before_it_fills_the_memory() {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let part = vec![b'x'; 1 << 20];
    for _ in 0..400 {
        encoder.write_all(&part).expect("memory");
    }
    let bomb = encoder.finish().expect("memory");
    assert!(bomb.len() < 1 << 20);
    let folder = Folder::with(&[("d.tsv.gz", &bomb)]);
    let line = "ulimit -v 1000000; \"$0\" check d.tsv.gz";
    let ran = folder.bash(line).with_code(2);
    assert_eq!(
        ran.log,
        "error: d.tsv.gz, row 1: found a line of more than 67 MB, expected a table with a line for each row; check \
         that the file is the right one, and save it with line ends\n"
    );
}

#[test]
fn more_candidates_than_the_memory_holds_are_refused_with_their_bytes_before_the_first_fit() {
    let genes = 40_000;
    let mut text = "time".to_owned();
    (0..genes).for_each(|g| text += &format!("\tg{g}"));
    for t in 0..5 {
        text += &format!("\n{t}");
        (0..genes).for_each(|g| text += &format!("\t{}", 1 + (g * 7 + t * t * 3) % 11));
    }
    let folder = Folder::with(&[("d.tsv", text.as_bytes())]);
    // as on a machine that gives less than the candidates take
    let line =
        "ulimit -v 8000000; \"$0\" infer d.tsv -o out --quiet --scale linear --transform none";
    let ran = folder.bash(line).with_code(2);
    for part in [
        "40000 targets with 40000 regulators",
        "76800000000 bytes (77 GB)",
        "--regulators",
    ] {
        assert!(ran.log.contains(part), "{}", ran.log);
    }
}
