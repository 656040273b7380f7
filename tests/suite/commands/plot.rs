//! `cistron plot`: pictures of a run.

use crate::run::{Folder, Ran};

/// Three genes in a row, in two series.
const DATA: &str = "\
time\tseries\ta\tb<1>\tc\n\
0\tx\t1\t0.2\t0.1\n1\tx\t0.8\t0.6\t0.2\n2\tx\t0.6\t0.8\t0.5\n3\tx\t0.5\t0.8\t0.8\n4\tx\t0.4\t0.7\t0.9\n\
0\ty\t0.2\t0.9\t0.3\n1\ty\t0.4\t0.6\t0.6\n2\ty\t0.7\t0.5\t0.7\n3\ty\t0.9\t0.6\t0.6\n4\ty\t1.1\t0.8\t0.6\n";

fn folder() -> Folder {
    let files: [(&str, &[u8]); 3] = [
        ("data.tsv", DATA.as_bytes()),
        ("gold.tsv", b"a\tb<1>\t+\nb<1>\tc\t+\n"),
        ("peer.tsv", b"a\tc\t2\nb<1>\tc\t1\n"),
    ];
    let folder = Folder::with(&files);
    folder
        .cistron(&["infer", "data.tsv", "-o", "run", "-q", "--no-report"])
        .with_code(0);
    folder
}

fn plot(folder: &Folder, args: &[&str]) -> Ran {
    folder.cistron(&[&["plot", "run"], args].concat())
}

#[test]
fn a_run_is_drawn_as_svg_and_png_and_the_summary_names_the_pictures() {
    let folder = folder();
    let args = [
        "--target",
        "c",
        "--target",
        "a",
        "--gene",
        "b<1>",
        "--gold",
        "gold.tsv",
        "--peer",
        "other=peer.tsv",
        "-o",
        "out",
    ];
    let ran = plot(&folder, &args).with_code(0);
    let mut names = folder.names("out");
    names.retain(|name| name != "manifest.json");
    let kinds = [
        "fits",
        "gene_b_1",
        "influence",
        "network",
        "path_a",
        "path_c",
        "precision_recall",
        "roc",
        "stability",
    ];
    let files = kinds.map(|kind| [format!("{kind}.png"), format!("{kind}.svg")]);
    assert_eq!(names, files.concat());
    for kind in kinds {
        assert!(ran.out.contains(&format!("{kind} ")), "{}", ran.out);
    }
    assert!(
        ran.out.ends_with("written to out/ as .svg and .png\n"),
        "{}",
        ran.out
    );
    let roc = folder.read("out/roc.svg");
    assert!(roc.contains(">other</text>") && roc.contains(">cistron</text>"));
}

#[test]
fn pictures_stand_in_the_folder_of_the_run_and_are_the_same_each_time() {
    let folder = folder();
    plot(&folder, &["--format", "svg", "-q"]).with_code(0);
    let names = folder.names("run/pictures");
    assert!(names.iter().all(|name| name.ends_with(".svg")), "{names:?}");
    let all = || -> Vec<String> {
        let read = |name: &String| folder.read(&format!("run/pictures/{name}"));
        names.iter().map(read).collect()
    };
    let first = all();
    plot(&folder, &["--format", "svg", "-q"]).with_code(0);
    assert_eq!(first, all());
}

#[test]
fn what_cannot_be_drawn_is_said_with_its_cure() {
    let folder = folder();
    plot(&folder, &["--target", "B<1>"])
        .with_code(2)
        .says("gene `B<1>` is not in the model: did you mean `b<1>`?");
    folder.write("other.tsv", b"x\ty\t+\ny\tz\t+\n");
    plot(&folder, &["--gold", "other.tsv"])
        .with_code(2)
        .says("no gene name in common");
    plot(&folder, &["--gold", "gold.tsv", "--peer", "nameless.tsv"])
        .with_code(2)
        .says("expected NAME=FILE");
    plot(&folder, &["--gold", "gold.tsv", "--peer", "p=none.tsv"])
        .with_code(2)
        .says("none.tsv: cannot be opened");
    folder
        .cistron(&["plot", "nowhere"])
        .with_code(2)
        .says("give the folder of a `cistron infer` run");
    assert_eq!(folder.names("run/pictures"), Vec::<String>::new());
}
