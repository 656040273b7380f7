//! Names say what a thing is: no module is called after nothing, no two types of a crate alike, and
//! words that were replaced by those of the field do not come back.

use std::collections::BTreeMap;

use syn::Item;

use crate::source::modules::Modules;
use crate::source::{PACKAGES, Package, Source, assert_none, sources, tokens};

const EMPTY_NAMES: [&str; 7] = [
    "utils", "util", "common", "commons", "helpers", "helper", "misc",
];

/// Words that names had, and the field's words for the same.
const REPLACED: [(&str, &str); 40] = [
    ("resting", "steady state"),
    ("restless", "unsteady"),
    ("at_rest", "steady state"),
    ("rest_point", "steady state"),
    ("rest_points", "steady states"),
    ("rest_weight", "steady weight"),
    ("with_rest", "with steady states"),
    ("bent", "nonlinear"),
    ("bend", "nonlinear"),
    ("bends", "nonlinear"),
    ("curved", "nonlinear"),
    ("skeleton", "linear part"),
    ("strengths", "lambda ratios"),
    ("critical_strength", "lambda max"),
    ("shooting", "refit"),
    ("market", "prior odds"),
    ("price", "cost"),
    ("prices", "costs"),
    ("patience", "stopping rule"),
    ("loosened", "weights times a share"),
    ("told", "cancelled, reported"),
    ("tell", "cancel, report"),
    ("heard", "perturbed"),
    ("unheard", "unknown"),
    ("question", "query"),
    ("questions", "queries"),
    ("doubt", "caveat"),
    ("doubts", "caveats"),
    ("doubtful", "uncertain"),
    ("seat", "slot"),
    ("seats", "slots"),
    ("unwanted", "cancelled"),
    ("pace", "rate, noise share"),
    ("alone", "single, without others"),
    ("usual", "default, typical"),
    ("places", "positions"),
    ("mover", "top change"),
    ("movers", "top changes"),
    ("canvas", "svg"),
    ("refit_without", "leave one out"),
];

/// Names of more words than this are sentences: what a test says.
const LONGEST_NAME: usize = 4;

/// Names with a replaced word; comments and texts are not looked at.
fn replaced_words(sources: &[Source]) -> Vec<String> {
    let mut faults = Vec::new();
    for source in sources {
        for token in tokens(&source.text) {
            let words = words(&token.text);
            if words.len() > LONGEST_NAME {
                continue;
            }
            let name = format!("_{}_", words.join("_"));
            let old = REPLACED
                .iter()
                .filter(|(old, _)| name.contains(&format!("_{old}_")));
            let (path, line, name) = (&source.path, token.line, &token.text);
            faults.extend(old.map(|(_, new)| format!("{path}:{line}: `{name}`: say {new}")));
        }
    }
    faults
}

/// The words of a name in snake case, camel case or capitals, in small letters.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut small_before = false;
    for letter in name.chars() {
        if letter == '_' || (letter.is_uppercase() && small_before) {
            words.push(String::new());
        }
        if letter != '_' {
            let last = words.last_mut().expect("there is a first word");
            last.extend(letter.to_lowercase());
        }
        small_before = letter.is_lowercase() || letter.is_numeric();
    }
    words.retain(|word| !word.is_empty());
    words
}

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
fn replaced_words_do_not_come_back() {
    let faults = PACKAGES.map(|package| replaced_words(&sources(package)));
    assert_none(&faults.concat());
}

#[test]
fn replaced_words_are_seen_in_names_and_not_in_texts_or_sentences() {
    let source = Source {
        path: "src/a.rs".to_owned(),
        text: "struct RestingStates; // at rest\nfn levels_at_rest() { \"told\"; }\n\
               fn a_state_at_rest_is_told() { arrest_weight(AT_REST); }"
            .to_owned(),
    };
    assert_eq!(
        replaced_words(&[source]),
        [
            "src/a.rs:1: `RestingStates`: say steady state",
            "src/a.rs:2: `levels_at_rest`: say steady state",
            "src/a.rs:3: `AT_REST`: say steady state",
        ]
    );
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
