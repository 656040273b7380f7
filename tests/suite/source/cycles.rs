//! Files that use each other, directly or by way of others, are one file.
//!
//! A file uses another if it names an item that the other defines, in an import or in its code.
//! Re-exports alone are no use, and tests are left out. The file of a module holds the traits and
//! the lists of what is in the files below it, so that its uses of those files are left out, too.

use std::collections::{BTreeMap, BTreeSet};

use crate::source::modules::Modules;
use crate::source::uses::used_paths;
use crate::source::{PACKAGES, Package, Source, assert_none, sources};

/// For each file the files that it uses.
fn uses(package: Package, sources: &[Source]) -> BTreeMap<String, BTreeSet<String>> {
    let modules = Modules::new(package, sources);
    let mut uses: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (number, module) in modules.list.iter().enumerate() {
        if module.test {
            continue;
        }
        for path in used_paths(module) {
            let Some(place) = modules.resolve(number, &path) else {
                continue;
            };
            let file = &modules.list[place.module].file;
            let below = modules.list[place.module].path.starts_with(&module.path);
            if place.item.is_some() && !below {
                let used = uses.entry(module.file.clone()).or_default();
                used.insert(file.clone());
            }
        }
    }
    uses
}

/// All files that can be reached from a file by uses.
fn reached<'a>(uses: &'a BTreeMap<String, BTreeSet<String>>, file: &str) -> BTreeSet<&'a str> {
    let (mut seen, mut open) = (BTreeSet::new(), vec![file]);
    while let Some(next) = open.pop() {
        for used in uses.get(next).into_iter().flatten() {
            if seen.insert(used.as_str()) {
                open.push(used);
            }
        }
    }
    seen
}

/// Groups of files that all reach each other.
fn cycles(uses: &BTreeMap<String, BTreeSet<String>>) -> Vec<Vec<&str>> {
    let reach: BTreeMap<&str, BTreeSet<&str>> = uses
        .keys()
        .map(|file| (file.as_str(), reached(uses, file)))
        .collect();
    let mut groups = BTreeSet::new();
    for (file, files) in reach.iter().filter(|(file, files)| files.contains(*file)) {
        let group = files.iter().copied();
        let group = group.filter(|other| reach.get(other).is_some_and(|back| back.contains(file)));
        groups.insert(group.collect::<Vec<_>>());
    }
    groups.into_iter().collect()
}

#[test]
fn no_files_use_each_other() {
    let mut faults = Vec::new();
    for package in PACKAGES {
        let uses = uses(package, &sources(package));
        assert!(uses.len() > 5, "the uses were not found");
        faults.extend(cycles(&uses).iter().map(|group| group.join(" <-> ")));
    }
    assert_none(&faults);
}

#[test]
fn a_cycle_is_seen_through_re_exports_and_macros() {
    let source = |path: &str, text: &str| Source {
        path: path.to_owned(),
        text: text.to_owned(),
    };
    let with = |rows: &str| {
        let sources = [
            source("src/lib.rs", "pub mod fit;"),
            source(
                "src/fit/mod.rs",
                "mod path; mod rows; pub use path::Path; pub use rows::Row;",
            ),
            source("src/fit/path.rs", "use super::Row; pub struct Path(Row);"),
            source("src/fit/rows.rs", rows),
        ];
        let uses = uses(PACKAGES[0], &sources);
        cycles(&uses)
            .iter()
            .map(|group| group.join(" <-> "))
            .collect::<Vec<_>>()
    };
    let cycle = ["src/fit/path.rs <-> src/fit/rows.rs"];
    assert_eq!(with("pub struct Row(super::path::Path);"), cycle);
    assert_eq!(with("use crate::fit::Path; pub struct Row;"), cycle);
    assert_eq!(
        with("pub struct Row; fn f() { g!(crate::fit::Path) }"),
        cycle
    );
    assert_eq!(
        with("pub struct Row; #[cfg(test)] mod t { use super::super::Path; }"),
        [""; 0]
    );
    assert_eq!(with("pub struct Row; use std::path::Path;"), [""; 0]);
}
