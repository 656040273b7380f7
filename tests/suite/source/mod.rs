//! The project's own source, read by the tests of its layout.

mod closures;
mod cycles;
mod dependencies;
mod module_order;
mod modules;
mod names;
mod once;
mod public_items;
mod signatures;
mod sizes;
mod uses;

use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// A crate of the project: the folder of its source and the file with its list of modules.
#[derive(Clone, Copy)]
pub(crate) struct Package {
    pub(crate) folder: &'static str,
    pub(crate) root: &'static str,
}

/// The library, and those that use it.
pub(crate) const PACKAGES: [Package; 4] = [
    LIBRARY,
    Package {
        folder: "crates/truth/src/",
        root: "crates/truth/src/lib.rs",
    },
    Package {
        folder: "crates/report/src/",
        root: "crates/report/src/lib.rs",
    },
    Package {
        folder: "crates/cli/src/",
        root: "crates/cli/src/main.rs",
    },
];

pub(crate) const LIBRARY: Package = Package {
    folder: "src/",
    root: "src/lib.rs",
};

/// A word, `::`, or one other character; comments and literals are left out.
#[derive(Debug)]
pub(crate) struct Token {
    pub(crate) text: String,
    /// Counted from 1.
    pub(crate) line: usize,
}

/// The tokens of a Rust source that compiles.
pub(crate) fn tokens(source: &str) -> Vec<Token> {
    let stream: TokenStream = source.parse().expect("a source that compiles");
    flat(stream)
}

/// The tokens of a stream and of its groups, in their order.
pub(crate) fn flat(stream: TokenStream) -> Vec<Token> {
    let mut tokens = Vec::new();
    flatten(stream, &mut tokens);
    tokens
}

fn flatten(stream: TokenStream, tokens: &mut Vec<Token>) {
    let mut trees = stream.into_iter().peekable();
    while let Some(tree) = trees.next() {
        let line = tree.span().start().line;
        let mut text = match &tree {
            TokenTree::Ident(word) => word.to_string(),
            // the tick of a lifetime
            TokenTree::Punct(mark) if mark.as_char() == '\'' => continue,
            TokenTree::Punct(mark) => mark.as_char().to_string(),
            TokenTree::Literal(_) => continue,
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                let end = group.span_close().end().line;
                tokens.push(token(open, line));
                flatten(group.stream(), tokens);
                tokens.push(token(close, end));
                continue;
            }
        };
        if let TokenTree::Punct(mark) = &tree
            && text == ":"
            && mark.spacing() == Spacing::Joint
        {
            text.push(':');
            trees.next();
        }
        tokens.push(token(&text, line));
    }
}

fn token(text: &str, line: usize) -> Token {
    Token {
        text: text.to_owned(),
        line,
    }
}

/// A file of the project: its path from the root, with `/`, and its text.
pub(crate) struct Source {
    pub(crate) path: String,
    pub(crate) text: String,
}

/// The folder of the project.
pub(crate) fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

/// Every Rust file of a crate, in the order of the paths.
pub(crate) fn sources(package: Package) -> Vec<Source> {
    let root = root();
    let mut files = Vec::new();
    collect(&root.join(package.folder), &mut files);
    files.sort();
    let sources = files.into_iter().map(|file| {
        let parts = file.strip_prefix(root).expect("found below the root");
        let parts = parts.iter().map(|part| part.to_string_lossy());
        Source {
            path: parts.collect::<Vec<_>>().join("/"),
            text: fs::read_to_string(&file).expect("a text file"),
        }
    });
    sources.collect()
}

/// Fails with a list of faults, one on each line.
pub(crate) fn assert_none(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of the repository") {
        let path = entry.expect("a readable folder").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|end| end == "rs") {
            files.push(path);
        }
    }
}

#[test]
fn comments_strings_and_lifetimes_are_no_words() {
    let source =
        "a /* b /* c */ d */ \"e \\\" f\" r#\"g \" h\"# '\\'' 'i' &'j k // l\nm::n br\"\" r1";
    let found = tokens(source);
    let words: Vec<&str> = found.iter().map(|token| token.text.as_str()).collect();
    assert_eq!(words, ["a", "&", "j", "k", "m", "::", "n", "r1"]);
    assert_eq!(found[4].line, 2);
}
