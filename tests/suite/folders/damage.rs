//! Every file that is read back is read as it was written, or refused.

use std::fs;

use cistron::run::{PublishedFolder, Run};

use crate::run::{Folder, run_text, scattered, table};

/// Changed bits of every file.
const FLIPS: usize = 200;

#[test]
fn a_flipped_bit_in_any_file_of_a_run_is_seen_or_harmless() {
    let folder = Folder::with(&[("d.tsv", table(4, 3, 8).as_bytes())]);
    folder
        .infer(&["d.tsv", "--pairs", "3", "--no-report"])
        .with_code(0);
    let out = folder.path("out");
    let before = run_text(&Run::open(&out).expect("ours"));
    let (mut seen, mut harmless) = (0, 0);
    for name in folder.names("out") {
        let path = out.join(&name);
        let whole = fs::read(&path).expect("there");
        for k in 0..FLIPS {
            let at = (scattered(k) * whole.len() as f64) as usize;
            let mut bytes = whole.clone();
            bytes[at] ^= 1 << (k % 8);
            fs::write(&path, &bytes).expect("a small file");
            match Run::open(&out) {
                Err(error) => {
                    let text = error.to_string();
                    let is_named = text.contains(&name) || text.contains("manifest.json");
                    assert!(is_named, "{name}, byte {at}: {text}");
                    seen += 1;
                }
                Ok(run) => {
                    assert!(run_text(&run) == before, "{name}, byte {at}");
                    // only what nothing is read from, and what is between the values of the list
                    let unread = ["network.graphml", "manifest.json"];
                    assert!(unread.contains(&&*name), "{name}, byte {at}");
                    harmless += 1;
                }
            }
        }
        fs::write(&path, &whole).expect("a small file");
    }
    assert!(
        seen >= 10 * FLIPS && harmless < 2 * FLIPS,
        "{seen} seen, {harmless} harmless"
    );
}

#[test]
fn commands_that_read_one_file_of_a_run_refuse_it_when_it_was_changed() {
    let folder = Folder::with(&[
        ("d.tsv", table(4, 3, 8).as_bytes()),
        ("gold.tsv", b"g0\tg1\t1\ng1\tg2\t0\n"),
    ]);
    folder
        .infer(&["d.tsv", "--pairs", "3", "--no-report"])
        .with_code(0);
    let damaged = |name: &str, args: &[&str]| {
        let whole = folder.read(&format!("out/{name}"));
        folder.write(
            &format!("out/{name}"),
            whole.replacen('1', "2", 1).as_bytes(),
        );
        let ran = folder.cistron(args).with_code(2);
        let says = format!("out/{name}: its bytes are not those that were written");
        ran.says(&says)
            .says("put back the file as it was, or run `cistron infer` again");
        folder.write(&format!("out/{name}"), whole.as_bytes());
        folder.cistron(args).with_code(0);
    };
    damaged("edges.tsv", &["score", "out", "gold.tsv"]);
    damaged(
        "edges.tsv",
        &["export", "out", "--format", "cx2", "-o", "f"],
    );
    damaged("run.json", &["check", "out"]);
    damaged("model.json", &["perturb", "out", "--ko", "g0", "-o", "p"]);
    damaged(
        "model.json",
        &["perturb", "out/model.json", "--ko", "g0", "-o", "p"],
    );
    damaged(
        "states.tsv",
        &["perturb", "out", "--ko", "g0", "--from", "s0", "-o", "p"],
    );
}

#[test]
fn files_without_their_list_are_not_a_run() {
    let folder = Folder::with(&[("d.tsv", table(4, 3, 8).as_bytes())]);
    folder
        .infer(&["d.tsv", "--pairs", "3", "--no-report"])
        .with_code(0);
    let files = PublishedFolder::open(&folder.path("out"))
        .expect("ours")
        .expect("there");
    assert!(
        ["edges.tsv", "model.json", "run.json"]
            .iter()
            .all(|name| files.holds(name))
    );
    fs::remove_file(folder.path("out/manifest.json")).expect("there");
    let says = "out/model.json: found without the manifest.json that names the files which were written with it";
    folder.cistron(&["plot", "out"]).with_code(2).says(says);
    folder
        .infer(&["d.tsv", "--pairs", "3", "--no-report"])
        .with_code(0);
    folder.cistron(&["plot", "out"]).with_code(0);
}

#[test]
fn results_of_two_commands_are_not_mixed() {
    let folder = Folder::with(&[("d.tsv", table(4, 3, 8).as_bytes())]);
    folder
        .infer(&["d.tsv", "--pairs", "3", "--no-report"])
        .with_code(0);
    let before = folder.names("out");
    let perturb = ["perturb", "out", "--ko", "g0", "-o", "out"];
    folder.cistron(&perturb).with_code(2).says(
        "out: found a folder with results of `cistron infer`, which would be mixed with these; give another folder \
         with -o",
    );
    assert_eq!(folder.names("out"), before);
    folder
        .cistron(&["perturb", "out", "--ko", "g0", "-o", "p"])
        .with_code(0);
    folder
        .cistron(&["plot", "p"])
        .with_code(2)
        .says("results of `cistron perturb`");
    // what a former answer wrote goes, what the user wrote stays
    folder.write("p/mine.svg", b"mine");
    folder
        .cistron(&["perturb", "out", "--screen", "-o", "p"])
        .with_code(0);
    assert_eq!(
        folder.names("p"),
        ["manifest.json", "mine.svg", "perturb.json", "screen.tsv"]
    );
}

#[test]
fn what_the_user_wrote_and_what_others_write_stays() {
    let folder = Folder::with(&[("d.tsv", table(4, 3, 8).as_bytes())]);
    folder
        .infer(&["d.tsv", "--pairs", "3", "--no-report"])
        .with_code(0);
    folder.write("mine/manifest.json", b"{\"name\": \"my package\"}");
    for command in [
        &["perturb", "out", "--ko", "g0", "-o", "mine"][..],
        &["plot", "out", "-o", "mine"],
        &["infer", "d.tsv", "--pairs", "3", "-o", "mine"],
    ] {
        let says = "mine: found a manifest.json that is not of cistron and would be overwritten";
        folder.cistron(command).with_code(2).says(says);
    }
    assert_eq!(folder.names("mine"), ["manifest.json"]);
    // a former answer goes when the next one is there
    let ask = ["perturb", "out", "--ko", "g0", "-o", "answer"];
    folder.cistron(&ask).with_code(0);
    let before = folder.names("answer");
    folder.write("r.txt", b"nobody\n");
    let wrong = [
        "perturb",
        "out",
        "--screen",
        "--regulators",
        "r.txt",
        "-o",
        "answer",
    ];
    folder.cistron(&wrong).with_code(2);
    assert_eq!(folder.names("answer"), before);
    // the part of a process that runs is its own
    let part = format!("out/edges.csv.cistron-{}.part", std::process::id());
    folder.write(&part, b"half");
    folder.cistron(&["plot", "out"]).with_code(0);
    assert_eq!(folder.read(&part), "half");
}

#[test]
fn a_file_of_a_set_is_compared_when_it_is_given_alone() {
    let folder = Folder::with(&[
        ("d.tsv", table(4, 3, 8).as_bytes()),
        ("gold.tsv", b"g0\tg1\t1\ng1\tg2\t0\n"),
    ]);
    folder
        .infer(&["d.tsv", "--pairs", "3", "--no-report"])
        .with_code(0);
    let whole = folder.read("out/edges.tsv");
    folder.write("out/edges.tsv", whole.replacen('1', "2", 1).as_bytes());
    for command in [
        &["score", "out/edges.tsv", "gold.tsv"][..],
        &["export", "out/edges.tsv", "--format", "cx2", "-o", "f"],
    ] {
        let says = "out/edges.tsv: its bytes are not those that were written";
        folder.cistron(command).with_code(2).says(says);
    }
    // a copy elsewhere is a list like any other
    folder.write("copy/edges.tsv", whole.as_bytes());
    folder
        .cistron(&["score", "copy/edges.tsv", "gold.tsv"])
        .with_code(0);
}
