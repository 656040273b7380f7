//! What a run's folder holds for people: pictures and a page, made of its tables.

use std::fs;

use crate::run::{Folder, shipped, table};

fn run_of(text: &[u8], args: &[&str]) -> Folder {
    let folder = Folder::with(&[("d.tsv", text)]);
    let always = ["infer", "d.tsv", "-o", "out", "--pairs", "3", "--quiet"];
    folder.cistron(&[&always, args].concat()).with_code(0);
    folder
}

fn bytes(folder: &Folder, name: &str) -> Vec<u8> {
    fs::read(folder.path(name)).expect("written")
}

#[test]
fn a_run_ends_with_pictures_and_a_page_that_its_tables_give_again() {
    let folder = run_of(&shipped("ecoli_motility/timeseries.tsv"), &[]);
    let pictures = folder.names("out/pictures");
    for kind in ["fits", "influence", "network", "stability"] {
        for ending in ["svg", "png"] {
            let name = format!("{kind}.{ending}");
            assert!(pictures.contains(&name), "{name}: {pictures:?}");
        }
    }
    let again = |args: &[&str]| folder.cistron(args).with_code(0);
    again(&["plot", "out", "-o", "again"]);
    let mut listed = pictures.clone();
    listed.push("manifest.json".to_owned());
    listed.sort();
    assert_eq!(folder.names("again"), listed);
    for name in &pictures {
        let (old, new) = (format!("out/pictures/{name}"), format!("again/{name}"));
        assert!(bytes(&folder, &old) == bytes(&folder, &new), "{name}");
    }
    again(&["report", "out", "-o", "again.html"]);
    assert!(bytes(&folder, "out/report.html") == bytes(&folder, "again.html"));
}

#[test]
fn the_page_is_the_same_for_the_same_seed_and_any_number_of_threads() {
    let text = shipped("ecoli_motility/timeseries.tsv");
    let (one, other) = (
        run_of(&text, &["--threads", "1"]),
        run_of(&text, &["--threads", "2"]),
    );
    assert!(bytes(&one, "out/report.html") == bytes(&other, "out/report.html"));
    let another = run_of(&text, &["--seed", "2"]);
    assert!(bytes(&one, "out/report.html") != bytes(&another, "out/report.html"));
}

#[test]
fn without_a_report_neither_is_written_and_both_come_later() {
    let folder = run_of(table(4, 3, 8).as_bytes(), &["--no-report"]);
    let written = folder.names("out");
    assert!(!written.contains(&"pictures".to_owned()), "{written:?}");
    assert!(!written.contains(&"report.html".to_owned()), "{written:?}");
    folder.cistron(&["report", "out"]).with_code(0);
    folder.cistron(&["plot", "out"]).with_code(0);
    assert_eq!(folder.names("out").len(), written.len() + 2);
}

#[test]
fn a_folder_with_a_part_missing_or_broken_is_refused_with_what_to_do() {
    let folder = run_of(table(4, 3, 8).as_bytes(), &["--no-report"]);
    let edges = folder.read("out/edges.tsv");
    let mut lines: Vec<String> = edges.lines().map(str::to_owned).collect();
    lines[2] = lines[2].replacen("g", "x", 1);
    folder.write_in_run("out", "edges.tsv", (lines.join("\n") + "\n").as_bytes());
    let refused = |says: &str| {
        for command in ["plot", "report", "export"] {
            let mut args = vec![command, "out"];
            args.extend(
                (command == "export")
                    .then_some(["--format", "cx2", "-o", "f"])
                    .into_iter()
                    .flatten(),
            );
            folder.cistron(&args).with_code(2).says(says);
        }
    };
    refused("out/edges.tsv, row 3, column 1 (`source`): found `x2`, expected a gene");
    fs::remove_file(folder.path("out/edges.tsv")).expect("there");
    refused("out/edges.tsv: cannot be opened");
    folder.write("killed/checkpoint.bin", b"");
    let unfinished = "the run is not finished: start the same `cistron infer` command again";
    folder
        .cistron(&["plot", "killed"])
        .with_code(2)
        .says(unfinished);
    folder
        .cistron(&["plot", "nowhere"])
        .with_code(2)
        .says("give the folder of a `cistron infer` run");
}

/// Nobody wrote the tables of a run by hand, so nobody is asked to correct a cell or a row.
#[test]
fn damaged_tables_of_a_run_are_to_be_restored() {
    const CURE: &str = "; restore the file, or run `cistron infer` again\n";
    let folder = run_of(table(4, 3, 8).as_bytes(), &["--no-report"]);
    folder.write("gold.tsv", b"g0\tg1\t1\ng1\tg2\t0\n");
    let whole = folder.read("out/edges.tsv");
    let lines: Vec<&str> = whole.lines().collect();
    let (first, rest) = lines[1].rsplit_once('\t').expect("columns");
    let with_row = |row: &str| format!("{}\n{row}\n{}\n", lines[0], lines[2..].join("\n"));
    let score: &[&str] = &["score", "out", "gold.tsv"];
    let export: &[&str] = &["export", "out", "--format", "cx2", "-o", "f"];
    for (command, damaged, says) in [
        (export, with_row(&format!("{first}\t{rest}x")), "found `"),
        (
            export,
            with_row(first),
            "row 2: found 14 cells, expected 15",
        ),
        (
            export,
            whole.replacen("evidence", "ev", 1),
            "found the columns",
        ),
        (export, with_row(lines[2]), "occurs twice"),
        (export, with_row("\"g0"), "a quote `\"` opens here"),
        (export, String::new(), "the file is empty"),
        (score, with_row(first), "row 2: found 14 cells, expected 15"),
        (score, with_row(lines[2]), "occurs twice"),
    ] {
        folder.write_in_run("out", "edges.tsv", damaged.as_bytes());
        let ran = folder.cistron(command).with_code(2).says(says);
        assert!(ran.log.ends_with(CURE), "{}", ran.log);
        assert_eq!(ran.log.matches("; ").count(), 1, "{}", ran.log);
    }
}

#[test]
fn a_second_run_leaves_no_picture_and_no_page_of_the_first() {
    let folder = run_of(table(4, 3, 8).as_bytes(), &[]);
    let drawn = folder.names("out/pictures");
    assert!(drawn.contains(&"fits.svg".to_owned()), "{drawn:?}");
    let mine = ["gene_mine.png", "notes.txt"];
    mine.iter()
        .for_each(|name| folder.write(&format!("out/pictures/{name}"), b"mine"));
    folder.write("d.tsv", table(5, 3, 9).as_bytes());
    let again = ["infer", "d.tsv", "-o", "out", "--pairs", "3", "--quiet"];
    folder
        .cistron(&[&again[..], &["--no-report"]].concat())
        .with_code(0);
    assert_eq!(folder.names("out/pictures"), mine);
    assert!(!folder.names("out").contains(&"report.html".to_owned()));
    folder.cistron(&again).with_code(0);
    let pictures = folder.names("out/pictures");
    assert!(pictures.contains(&"fits.svg".to_owned()), "{pictures:?}");
}

#[test]
fn the_number_of_ranked_edges_is_told_where_only_the_best_are_kept() {
    let folder = run_of(table(5, 3, 9).as_bytes(), &["--top", "3"]);
    let drawing = folder.read("out/pictures/network.svg");
    assert!(drawing.contains("of 20 candidate edges"), "{drawing}");
    assert!(
        folder
            .read("out/report.html")
            .contains("20 candidate edges were ranked")
    );
}

#[test]
fn levels_near_the_smallest_numbers_are_drawn() {
    let mut text = "time\tg\th\n".to_owned();
    for k in 0..12 {
        let x = if k % 2 == 0 { "1e-310" } else { "-1e-310" };
        text += &format!("{k}\t{x}\t{}\n", k % 3);
    }
    let folder = run_of(text.as_bytes(), &[]);
    folder.cistron(&["plot", "out", "--gene", "g"]).with_code(0);
}

/// A device or a pipe takes what is written into it; a link stays, and what it leads to is replaced.
#[test]
#[cfg(unix)]
fn what_is_no_plain_file_is_not_replaced_by_one() {
    use std::os::unix::fs::FileTypeExt;
    let folder = run_of(table(4, 3, 8).as_bytes(), &["--no-report"]);
    folder.write("elsewhere/net.dot", b"old");
    let ran = folder.bash(
        "mkfifo pipe && ln -s elsewhere/net.dot link.dot && { cat pipe > got.dot & } && \
         \"$0\" export out --format dot -o pipe && wait && \"$0\" export out -o link.dot",
    );
    ran.with_code(0);
    let kind = |name: &str| {
        fs::symlink_metadata(folder.path(name))
            .expect("there")
            .file_type()
    };
    assert!(kind("pipe").is_fifo() && kind("link.dot").is_symlink());
    assert!(folder.read("got.dot").contains("digraph"));
    assert_eq!(folder.read("elsewhere/net.dot"), folder.read("got.dot"));
}

#[test]
fn the_drawing_in_the_readme_is_that_of_its_quick_start() {
    let folder = Folder::with(&[("d.tsv", &shipped("ecoli_motility/timeseries.tsv"))]);
    folder
        .cistron(&["infer", "d.tsv", "-o", "out", "--quiet"])
        .with_code(0);
    let committed = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../examples/pictures/network.svg"
    );
    let committed = fs::read_to_string(committed).expect("committed");
    assert!(
        folder.read("out/pictures/network.svg") == committed,
        "copy pictures/network.svg of the quick start to examples/pictures"
    );
}
