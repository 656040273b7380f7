//! The modules stand in an order in the root of each crate (`src/lib.rs` for the library); each one
//! uses only itself and those above it.
//!
//! The root of the library lists modules and the names that are re-exported from them, and nothing
//! else. A name that a root re-exports is a use of the module that it comes from.

use std::collections::BTreeMap;

use quote::ToTokens;
use syn::{Item, Visibility};

use crate::source::modules::leaves;
use crate::source::{
    LIBRARY, PACKAGES, Package, Source, Token, assert_none, flat, sources, tokens,
};

/// The first name of a path from the crate's root, and where it stands.
#[derive(Debug, PartialEq)]
struct RootName {
    name: String,
    line: usize,
}

/// Modules between the crate's root and a file: 0 for `src/lib.rs`, 1 for `src/fit/mod.rs`.
fn depth(package: Package, path: &str) -> usize {
    let inner = path.trim_start_matches(package.folder);
    let inner = inner.trim_end_matches(".rs");
    let parts = inner.split('/').filter(|part| *part != "mod");
    parts.filter(|part| !["lib", "main"].contains(part)).count()
}

/// All paths from the crate's root: `crate::a`, `use crate::{a::b, c}`, `super::super::a`.
///
/// A path that starts with `super` inside a group is not followed.
fn root_names(package: Package, source: &Source) -> Vec<RootName> {
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
                if (end - at) / 2 == depth(package, &source.path) + inline.len() {
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

/// The modules of a crate in their order, and what else its root names.
struct Order {
    modules: Vec<String>,
    /// Names that the root re-exports, with the module that they come from.
    re_exports: BTreeMap<String, String>,
}

impl Order {
    fn new(root: &Source) -> Self {
        let file = syn::parse_file(&root.text).expect("a source that compiles");
        let mut order = Self {
            modules: Vec::new(),
            re_exports: BTreeMap::new(),
        };
        for item in &file.items {
            match item {
                Item::Mod(item) => order.modules.push(item.ident.to_string()),
                Item::Use(item) => {
                    let paths = leaves(&item.tree).into_iter();
                    let named = paths.filter_map(|(name, path)| Some((name?, path)));
                    order.re_exports.extend(named.filter_map(|(name, path)| {
                        let first = path.iter().find(|part| *part != "self")?;
                        (first != &name).then(|| (name, first.clone()))
                    }));
                }
                _ => {}
            }
        }
        order
    }

    fn position(&self, name: &str) -> Option<usize> {
        let name = self.re_exports.get(name).map_or(name, String::as_str);
        self.modules.iter().position(|module| module == name)
    }
}

/// Anything but `pub mod name;` and `pub use` at the root of the library.
fn faults_of_root(root: &Source) -> Vec<String> {
    let file = syn::parse_file(&root.text).expect("a source that compiles");
    let others = file.items.iter().filter(|item| match item {
        Item::Mod(item) => !matches!(item.vis, Visibility::Public(_)) || item.semi.is_none(),
        Item::Use(item) => !matches!(item.vis, Visibility::Public(_)),
        _ => true,
    });
    let faults = others.map(|item| {
        let tokens = flat(item.to_token_stream());
        let first = tokens.first().expect("an item has tokens");
        format!(
            "{}:{}: `{}` is neither `pub mod` nor `pub use`; the root only lists",
            root.path, first.line, first.text
        )
    });
    faults.collect()
}

/// What a file uses from below its module.
fn faults_of_order(package: Package, order: &Order, source: &Source) -> Vec<String> {
    let root = package.root;
    let inner = source.path.trim_start_matches(package.folder);
    let own = inner.split(['/', '.']).next().unwrap_or_default();
    let Some(own_place) = order.position(own) else {
        return vec![format!(
            "{}: no module of {root} has this file",
            source.path
        )];
    };
    let uses = root_names(package, source).into_iter();
    let faults = uses.filter_map(|used| {
        let (name, line) = (&used.name, format!("{}:{}", source.path, used.line));
        match order.position(name) {
            Some(place) if place <= own_place => None,
            Some(_) => Some(format!(
                "{line}: `{own}` uses `{name}`, which stands below it in {root}"
            )),
            None => Some(format!(
                "{line}: `{own}` uses `crate::{name}`, which is no module of {root}"
            )),
        }
    });
    faults.collect()
}

fn faults(package: Package, sources: &[Source]) -> Vec<String> {
    let root = sources.iter().find(|source| source.path == package.root);
    let root = root.expect("a root");
    let order = Order::new(root);
    let mut faults = if package.root == LIBRARY.root {
        faults_of_root(root)
    } else {
        Vec::new()
    };
    let files = sources.iter().filter(|source| source.path != package.root);
    faults.extend(files.flat_map(|source| faults_of_order(package, &order, source)));
    faults
}

fn faults_in(packages: &[Package]) -> Vec<String> {
    let mut found = Vec::new();
    for package in packages {
        let sources = sources(*package);
        assert!(sources.len() > 5, "the source was not found");
        found.extend(faults(*package, &sources));
    }
    found
}

#[test]
fn every_module_uses_only_those_above_it() {
    assert_none(&faults_in(&PACKAGES[..3]));
}

#[test]
fn every_module_of_the_program_uses_only_those_above_it() {
    assert_none(&faults_in(&PACKAGES[3..]));
}

/// The faults of a library `seed · genes · fit` with one more file.
fn faults_with(path: &str, text: &str) -> Vec<String> {
    let source = |path: &str, text: &str| Source {
        path: path.to_owned(),
        text: text.to_owned(),
    };
    let mut root = "//! Docs.\npub mod seed;\npub mod genes;\npub mod fit;\n".to_owned();
    if path == LIBRARY.root {
        root.push_str(text);
        return faults(LIBRARY, &[source(LIBRARY.root, &root)]);
    }
    faults(LIBRARY, &[source(LIBRARY.root, &root), source(path, text)])
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
fn the_root_lists_modules_and_their_names_and_nothing_else() {
    assert_eq!(faults_with(LIBRARY.root, "pub use fit::Fit;"), [""; 0]);
    for text in ["use fit::Fit;", "mod own;", "pub mod own {}"] {
        let found = faults_with(LIBRARY.root, text);
        let first = text.split(' ').next().expect("a word");
        let expected = format!("src/lib.rs:5: `{first}` is neither");
        assert!(found[0].starts_with(&expected), "{found:?}");
    }
    let found = faults_with(LIBRARY.root, "/// Docs.\nfn fit() {}");
    assert!(found[0].starts_with("src/lib.rs:"), "{found:?}");
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
fn a_re_exported_name_counts_as_its_module() {
    let package = PACKAGES[1];
    let text = "mod seed; mod genes; mod fit;\npub use seed::Seed;\npub use fit::{Fit as Best};\n";
    let root = Source {
        path: package.root.to_owned(),
        text: text.to_owned(),
    };
    let genes = Source {
        path: format!("{}genes.rs", package.folder),
        text: "use crate::{Seed, Best};".to_owned(),
    };
    let expected = "crates/truth/src/genes.rs:1: `genes` uses `Best`, which stands below it in \
                    crates/truth/src/lib.rs";
    assert_eq!(faults(package, &[root, genes]), [expected]);
}
