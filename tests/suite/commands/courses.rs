//! Times of simulated courses, and how effects are printed.

use cistron::io::write_model;

use super::perturb::{chain, close, folder_of, number, perturb, table};
use crate::run::Folder;

#[test]
fn courses_have_the_times_that_were_asked_for() {
    let folder = folder_of(&chain(0));
    perturb(&folder, &["--ko", "a", "--at", "1,2,4"]).with_code(0);
    let rows = table(&folder, "out/response.tsv");
    let of_b: Vec<(&str, f64)> = rows
        .iter()
        .filter(|row| row["gene"] == "b")
        .map(|row| (row["time"].as_str(), number(row, "perturbed")))
        .collect();
    let expected = [("0", 0.0_f64), ("1", -1.0), ("2", -2.0), ("4", -4.0)];
    assert_eq!(of_b.len(), expected.len());
    for ((time, level), (at, power)) in of_b.iter().zip(expected) {
        assert_eq!(*time, at);
        close(*level, 1.0 + power.exp());
    }
    // two rows are two questions
    folder.write("two.tsv", b"gene\tkind\na\tko\nb\tko\n");
    perturb(&folder, &["--batch", "two.tsv", "--at", "0,1"]).with_code(0);
    let rows = table(&folder, "out/courses.tsv");
    let named: Vec<(&str, &str)> = rows
        .iter()
        .map(|row| (row["perturbed"].as_str(), row["time"].as_str()))
        .collect();
    assert_eq!(named, [("a", "0"), ("a", "1"), ("b", "0"), ("b", "1")]);
    close(number(&rows[3], "d"), 2.0);
    close(number(&rows[3], "c"), 1.0 + 2.0 * (-1.0_f64).exp());
}

#[test]
fn columns_of_the_printed_effects_never_touch() {
    let mut text = Vec::new();
    write_model(&chain(0), &mut text).expect("memory takes all");
    let text = String::from_utf8(text).expect("JSON");
    let large = text.replace("\"intercept\":1.0", "\"intercept\":107167.8470125");
    let folder = Folder::with(&[]);
    folder.write_in_run("run", "model.json", large.as_bytes());
    let ran = perturb(&folder, &["--oe", "a=3x"]).with_code(0);
    let mut lines = ran.out.lines().skip_while(|line| !line.starts_with("gene"));
    lines.next().expect("a header");
    for line in lines.take(4) {
        let numbers = line.split_whitespace().skip(1).take(3);
        assert!(numbers.map(str::parse::<f64>).all(|x| x.is_ok()), "{line}");
    }
}

#[test]
fn an_answer_takes_the_place_of_the_former_one_and_of_nothing_else() {
    let folder = folder_of(&chain(0));
    folder.write("q.tsv", b"perturbed\na\n");
    folder.write("out/notes.txt", b"mine\n");
    perturb(&folder, &["--ko", "a"]).with_code(0);
    perturb(&folder, &["--batch", "q.tsv"]).with_code(0);
    let batch = [
        "manifest.json",
        "notes.txt",
        "perturb.json",
        "steady.tsv",
        "wild_type.tsv",
    ];
    assert_eq!(folder.names("out"), batch);
    folder.write("out/response.tsv", b"mine\n");
    let refused = perturb(&folder, &["--ko", "a"]).with_code(2);
    refused.says("out/response.tsv: found a file that is not of an answer of `cistron perturb`");
    assert_eq!(folder.read("out/response.tsv"), "mine\n");
    folder.write("old/model.json", b"{}");
    let args = ["perturb", "run", "--ko", "a", "-o", "old"];
    let refused = folder.cistron(&args).with_code(2);
    refused.says("old/model.json: found a file that is not of an answer");
    let args = ["perturb", "run", "--ko", "a", "-o", "run"];
    folder.cistron(&args).with_code(2);
}
