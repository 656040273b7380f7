//! Each command as a user runs it.

mod bench;
mod check;
mod courses;
mod explore;
mod export;
mod fast_genes;
mod generate;
mod infer;
mod measured;
mod pages;
mod perturb;
mod plot;
#[cfg(unix)]
mod readme;
mod resume;
mod scales;
mod score;
mod score_perturb;
mod static_mode;
mod wild_type;

use crate::run::Folder;

#[test]
fn the_program_says_its_name_and_what_it_is_for() {
    let folder = Folder::with(&[]);
    let version = folder.cistron(&["--version"]).with_code(0).out;
    assert_eq!(
        version,
        concat!("cistron ", env!("CARGO_PKG_VERSION"), "\n")
    );
    let help = folder.cistron(&["--help"]).with_code(0).out;
    let first = help.lines().next().unwrap_or_default();
    assert!(first.contains("causal gene network"), "{first}");
}
