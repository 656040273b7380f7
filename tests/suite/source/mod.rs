//! The project's own source as tokens, for the tests that read it.

mod module_order;
mod sizes;

use std::fs;
use std::path::{Path, PathBuf};

/// A word, `::`, or one other character; comments and literals are left out.
#[derive(Debug)]
pub(crate) struct Token {
    pub(crate) text: String,
    /// Counted from 1.
    pub(crate) line: usize,
}

/// The tokens of a Rust source that compiles.
pub(crate) fn tokens(source: &str) -> Vec<Token> {
    let mut scanner = Scanner {
        chars: source.chars().collect(),
        at: 0,
        line: 1,
    };
    std::iter::from_fn(|| scanner.next_token()).collect()
}

struct Scanner {
    chars: Vec<char>,
    at: usize,
    line: usize,
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

impl Scanner {
    fn peek(&self, ahead: usize) -> char {
        self.chars.get(self.at + ahead).copied().unwrap_or('\0')
    }

    fn skip(&mut self, count: usize) {
        let end = (self.at + count).min(self.chars.len());
        self.line += self.chars[self.at..end]
            .iter()
            .filter(|&&c| c == '\n')
            .count();
        self.at = end;
    }

    fn starts_with(&self, text: &str) -> bool {
        text.chars().enumerate().all(|(k, c)| self.peek(k) == c)
    }

    /// Past the next `end`, or to the end of the source.
    fn skip_past(&mut self, end: &str) {
        while self.at < self.chars.len() && !self.starts_with(end) {
            self.skip(1);
        }
        self.skip(end.len());
    }

    fn next_token(&mut self) -> Option<Token> {
        while self.at < self.chars.len() {
            let c = self.peek(0);
            if c.is_whitespace() {
                self.skip(1);
            } else if self.starts_with("//") {
                self.skip_past("\n");
            } else if self.starts_with("/*") {
                self.skip_comment();
            } else if c == '"' {
                self.skip_string();
            } else if c == '\'' {
                self.skip_char_or_tick();
            } else if !self.skip_raw_string() {
                return Some(self.take());
            }
        }
        None
    }

    fn take(&mut self) -> Token {
        let (line, start) = (self.line, self.at);
        let word = self.chars[start..]
            .iter()
            .take_while(|&&c| is_word(c))
            .count();
        let colons = if self.starts_with("::") { 2 } else { 1 };
        self.skip(if word > 0 { word } else { colons });
        let text = self.chars[start..self.at].iter().collect();
        Token { text, line }
    }

    fn skip_comment(&mut self) {
        self.skip(2);
        let mut depth = 1;
        while depth > 0 && self.at < self.chars.len() {
            match (self.peek(0), self.peek(1)) {
                ('/', '*') => (depth, _) = (depth + 1, self.skip(2)),
                ('*', '/') => (depth, _) = (depth - 1, self.skip(2)),
                _ => self.skip(1),
            }
        }
    }

    fn skip_string(&mut self) {
        self.skip(1);
        while self.at < self.chars.len() && self.peek(0) != '"' {
            self.skip(if self.peek(0) == '\\' { 2 } else { 1 });
        }
        self.skip(1);
    }

    /// A character literal as a whole; of a lifetime only the tick.
    fn skip_char_or_tick(&mut self) {
        if self.peek(1) == '\\' {
            self.skip(3);
            self.skip_past("'");
        } else {
            self.skip(if self.peek(2) == '\'' { 3 } else { 1 });
        }
    }

    /// `r"…"`, `r#"…"#`, `br"…"`, `cr"…"`.
    fn skip_raw_string(&mut self) -> bool {
        let Some(prefix) = ["r", "br", "cr"].into_iter().find(|p| self.starts_with(p)) else {
            return false;
        };
        let mut length = prefix.len();
        while self.peek(length) == '#' {
            length += 1;
        }
        if self.peek(length) != '"' {
            return false;
        }
        let end = format!("\"{}", "#".repeat(length - prefix.len()));
        self.skip(length + 1);
        self.skip_past(&end);
        true
    }
}

/// A file of the project: its path from the root, with `/`, and its text.
pub(crate) struct Source {
    pub(crate) path: String,
    pub(crate) text: String,
}

/// Every Rust file under `src`, in the order of the paths.
pub(crate) fn sources() -> Vec<Source> {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    let mut files = Vec::new();
    collect(&root.join("src"), &mut files);
    files.sort();
    let read = |file: PathBuf| {
        let parts = file.strip_prefix(root).expect("found below the root");
        let parts = parts.iter().map(|part| part.to_string_lossy());
        Source {
            path: parts.collect::<Vec<_>>().join("/"),
            text: fs::read_to_string(&file).expect("a text file"),
        }
    };
    files.into_iter().map(read).collect()
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
