//! Names say what a thing is: no module is called after nothing, no two types of a crate alike.

use std::collections::BTreeMap;

use syn::Item;

use crate::source::modules::Modules;
use crate::source::{PACKAGES, Package, Source, assert_none, sources};

const EMPTY_NAMES: [&str; 7] = [
    "utils", "util", "common", "commons", "helpers", "helper", "misc",
];

fn empty_names(package: Package, sources: &[Source]) -> Vec<String> {
    let modules = Modules::new(package, sources);
    let named = modules
        .list
        .iter()
        .filter_map(|m| Some((m.path.last()?, m)));
    let empty = named.filter(|(name, _)| EMPTY_NAMES.contains(&name.as_str()));
    let faults = empty.map(|(name, module)| {
        let path = &module.file;
        format!("{path}: `{name}` says nothing; call the module after what it holds")
    });
    faults.collect()
}

/// Structs, enums, traits, unions and aliases that share a name, with their files; what is
/// compiled for tests only is left out.
fn repeated_types(package: Package, sources: &[Source]) -> Vec<String> {
    let modules = Modules::new(package, sources);
    let mut files: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for module in modules.list.iter().filter(|module| !module.test) {
        let types = module.items.iter().filter_map(type_name);
        types.for_each(|name| files.entry(name).or_default().push(&module.file));
    }
    let repeated = files.iter().filter(|(_, files)| files.len() > 1);
    let faults = repeated.map(|(name, files)| format!("type `{name}`: {}", files.join(", ")));
    faults.collect()
}

fn type_name(item: &Item) -> Option<String> {
    Some(match item {
        Item::Struct(item) => item.ident.to_string(),
        Item::Enum(item) => item.ident.to_string(),
        Item::Trait(item) => item.ident.to_string(),
        Item::Union(item) => item.ident.to_string(),
        Item::Type(item) => item.ident.to_string(),
        _ => return None,
    })
}

#[test]
fn no_module_has_a_name_that_says_nothing() {
    let faults = PACKAGES.map(|package| empty_names(package, &sources(package)));
    assert_none(&faults.concat());
}

#[test]
fn a_type_name_occurs_once_in_a_crate() {
    let faults = PACKAGES.map(|package| repeated_types(package, &sources(package)));
    assert_none(&faults.concat());
}

#[test]
fn empty_and_repeated_names_are_seen() {
    let package = PACKAGES[0];
    let source = |path: &str, text: &str| Source {
        path: path.to_owned(),
        text: text.to_owned(),
    };
    let sources = [
        source("src/lib.rs", "pub mod fit;"),
        source(
            "src/fit/mod.rs",
            "mod utils; struct Fit; trait Row { type Fit; }",
        ),
        source(
            "src/fit/utils.rs",
            "enum Fit { Row } #[cfg(test)] mod tests { struct Row; }",
        ),
    ];
    assert_eq!(
        empty_names(package, &sources),
        ["src/fit/utils.rs: `utils` says nothing; call the module after what it holds"]
    );
    assert_eq!(
        repeated_types(package, &sources),
        ["type `Fit`: src/fit/mod.rs, src/fit/utils.rs"]
    );
}
