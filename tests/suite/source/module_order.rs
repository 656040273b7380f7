//! The modules stand in an order in `src/lib.rs`; each one uses only itself and those above it.

use crate::source::{Source, Token, sources, tokens};

const ROOT: &str = "src/lib.rs";
const EMPTY_NAMES: [&str; 7] = [
    "utils", "util", "common", "commons", "helpers", "helper", "misc",
];

/// The first name of a path from the crate's root, and where it stands.
#[derive(Debug, PartialEq)]
struct RootName {
    name: String,
    line: usize,
}

/// Modules between the crate's root and a file: 0 for `src/lib.rs`, 1 for `src/fit/mod.rs`.
fn depth(path: &str) -> usize {
    let inner = path.trim_start_matches("src/").trim_end_matches(".rs");
    let parts = inner.split('/').filter(|part| *part != "mod");
    parts.filter(|part| !["lib", "main"].contains(part)).count()
}

/// All paths from the crate's root: `crate::a`, `use crate::{a::b, c}`, `super::super::a`.
///
/// A path that starts with `super` inside a group is not followed.
fn root_names(source: &Source) -> Vec<RootName> {
    let tokens = tokens(&source.text);
    let text = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
    let mut found = Vec::new();
    let (mut braces, mut inline) = (0, Vec::new());
    for at in 0..tokens.len() {
        match text(at) {
            "{" => braces += 1,
            "}" => {
                inline.pop_if(|opened| *opened == braces);
                braces -= 1;
            }
            "mod" if text(at + 2) == "{" => inline.push(braces + 1),
            "crate" if text(at + 1) == "::" => found.extend(first_names(&tokens[at + 2..])),
            "crate" if text(at + 1) == "as" => found.push(name_at(&tokens[at])),
            "super" if at == 0 || text(at - 1) != "::" => {
                let mut end = at;
                while text(end) == "super" && text(end + 1) == "::" {
                    end += 2;
                }
                if (end - at) / 2 == depth(&source.path) + inline.len() {
                    found.extend(first_names(&tokens[end..]));
                }
            }
            _ => {}
        }
    }
    found
}

fn name_at(token: &Token) -> RootName {
    RootName {
        name: token.text.clone(),
        line: token.line,
    }
}

/// The first name of every branch of the path that starts here.
fn first_names(path: &[Token]) -> Vec<RootName> {
    if path[0].text != "{" {
        return vec![name_at(&path[0])];
    }
    let (mut depth, mut start) = (0, false);
    let mut names = Vec::new();
    for token in path {
        match token.text.as_str() {
            "{" => (depth, start) = (depth + 1, depth == 0),
            "}" => depth -= 1,
            "," => start = depth == 1,
            _ if start => {
                names.push(name_at(token));
                start = false;
            }
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    names
}

/// The modules in their order; anything but `pub mod name;` at the root is a fault.
fn order(root: &Source) -> (Vec<String>, Vec<String>) {
    let tokens = tokens(&root.text);
    let (mut modules, mut faults) = (Vec::new(), Vec::new());
    let mut at = 0;
    while at < tokens.len() {
        let words: Vec<&str> = tokens[at..]
            .iter()
            .take(4)
            .map(|token| token.text.as_str())
            .collect();
        match words[..] {
            ["pub", "mod", name, ";"] => {
                modules.push(name.to_owned());
                at += 4;
            }
            ["#", ..] => {
                let open = tokens[at..].iter().position(|token| token.text == "]");
                at += open.expect("an attribute ends") + 1;
            }
            _ => {
                let line = tokens[at].line;
                faults.push(format!(
                    "{}:{line}: `{}` is not `pub mod`; the root only lists modules",
                    root.path, words[0]
                ));
                let end = tokens[at..].iter().position(|token| token.text == ";");
                at += end.map_or(tokens.len(), |end| end + 1);
            }
        }
    }
    (modules, faults)
}

/// What a file of the library uses from below its module.
fn faults_of_order(modules: &[String], source: &Source) -> Vec<String> {
    let place = |name: &str| modules.iter().position(|module| module == name);
    let inner = source.path.trim_start_matches("src/");
    let own = inner.split(['/', '.']).next().unwrap_or_default();
    let Some(own_place) = place(own) else {
        return vec![format!(
            "{}: no module of {ROOT} has this file",
            source.path
        )];
    };
    let fault = |used: RootName| {
        let (name, at) = (&used.name, format!("{}:{}", source.path, used.line));
        match place(name) {
            Some(place) if place <= own_place => None,
            Some(_) => Some(format!(
                "{at}: `{own}` uses `{name}`, which stands below it in {ROOT}"
            )),
            None => Some(format!(
                "{at}: `{own}` uses `crate::{name}`, which is no module of {ROOT}"
            )),
        }
    };
    root_names(source).into_iter().filter_map(fault).collect()
}

fn declared_modules(source: &Source) -> Vec<RootName> {
    let tokens = tokens(&source.text);
    let declared = tokens
        .windows(3)
        .filter(|window| window[0].text == "mod" && [";", "{"].contains(&window[2].text.as_str()));
    declared.map(|window| name_at(&window[1])).collect()
}

fn faults_of_names(source: &Source) -> Vec<String> {
    let empty = declared_modules(source)
        .into_iter()
        .filter(|module| EMPTY_NAMES.contains(&module.name.as_str()));
    let message = |module: RootName| {
        let (path, line, name) = (&source.path, module.line, module.name);
        format!("{path}:{line}: `{name}` says nothing; call the module after what it holds")
    };
    empty.map(message).collect()
}

fn faults(sources: &[Source]) -> Vec<String> {
    let root = sources.iter().find(|source| source.path == ROOT);
    let (modules, mut faults) = order(root.expect("a library"));
    for source in sources {
        faults.extend(faults_of_names(source));
        faults.extend(if source.path == ROOT {
            Vec::new()
        } else {
            faults_of_order(&modules, source)
        });
    }
    faults
}

#[test]
fn every_module_uses_only_those_above_it() {
    let sources = sources();
    assert!(sources.len() > 50, "the source was not found");
    let found = faults(&sources);
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

/// The faults of a library `seed · genes · fit` with one more file.
fn faults_with(path: &str, text: &str) -> Vec<String> {
    let source = |path: &str, text: &str| Source {
        path: path.to_owned(),
        text: text.to_owned(),
    };
    let mut root = "//! Docs.\npub mod seed;\npub mod genes;\npub mod fit;\n".to_owned();
    if path == ROOT {
        root.push_str(text);
        return faults(&[source(ROOT, &root)]);
    }
    faults(&[source(ROOT, &root), source(path, text)])
}

#[test]
fn a_use_of_a_module_below_is_named_with_file_line_and_modules() {
    let expected = "src/genes.rs:2: `genes` uses `fit`, which stands below it in src/lib.rs";
    for text in [
        "\nuse crate::fit::Fit;",
        "use crate::{seed::Seed,\n fit::{Fit, seed}, genes::Gene};",
        "fn f() {\n crate::fit::fit() }",
        "mod inner { fn f() {} }\nuse super::fit;",
        "#[cfg(test)] mod tests {\nuse super::super::fit::Fit; }",
        "#[cfg(test)]\nmod tests { use crate::fit; }",
        "macro_rules! m { () => {\n$crate::fit::fit() } }",
    ] {
        assert_eq!(faults_with("src/genes.rs", text), [expected], "{text}");
    }
}

#[test]
fn uses_of_modules_above_and_of_itself_are_fine() {
    for text in [
        "use crate::{seed::{Seed, fit}, genes::Gene};",
        "/// [`crate::fit`]\nuse crate::seed; // crate::fit",
        "const S: &str = \"crate::fit\";",
        "mod tests { use super::fit; }",
        "pub(crate) fn fit() {}",
    ] {
        assert_eq!(faults_with("src/genes.rs", text), [""; 0], "{text}");
    }
    let text = "use super::super::genes::Gene; use super::fit;";
    assert_eq!(faults_with("src/fit/path.rs", text), [""; 0]);
}

#[test]
fn the_root_lists_modules_and_nothing_else() {
    let found = faults_with(ROOT, "pub use fit::Fit;");
    assert!(found[0].starts_with("src/lib.rs:5: `pub`"), "{found:?}");
    let found = faults_with("src/fit/mod.rs", "use crate::Fit;\nuse crate::*;");
    assert!(found[0].contains("`crate::Fit`, which is no module"));
    assert!(found[1].contains("fit/mod.rs:2: `fit` uses `crate::*`"));
    let found = faults_with("src/lost.rs", "");
    assert_eq!(
        found,
        ["src/lost.rs: no module of src/lib.rs has this file"]
    );
}

#[test]
fn a_name_that_says_nothing_is_refused() {
    let found = faults_with("src/fit/mod.rs", "mod path;\nmod utils;");
    assert!(
        found[0].starts_with("src/fit/mod.rs:2: `utils`"),
        "{found:?}"
    );
}
