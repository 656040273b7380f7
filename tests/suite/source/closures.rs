//! Closures bound by `let` and used once hide the purpose behind the body.
//!
//! Counted is `let name = |…| …;` (with `mut`, `move` or a type as well) where the name occurs at
//! most once in the rest of the block. Lines are all lines of the files under `src` of all crates,
//! tests in them included.

use quote::ToTokens;
use syn::visit::{Visit, visit_block};
use syn::{Block, Expr, Pat, Stmt};

use crate::source::{PACKAGES, Source, flat, sources};

/// Most of them in 1,000 lines.
const MOST: f64 = 3.0;

/// Line and name of every closure that is bound and used at most once.
#[derive(Default)]
struct UsedOnce(Vec<(usize, String)>);

impl<'ast> Visit<'ast> for UsedOnce {
    fn visit_block(&mut self, block: &'ast Block) {
        for (number, statement) in block.stmts.iter().enumerate() {
            let Some(name) = bound_closure(statement) else {
                continue;
            };
            let rest = block.stmts[number + 1..].iter();
            let words = rest.flat_map(|statement| flat(statement.to_token_stream()));
            if words.filter(|word| *name == word.text).count() <= 1 {
                self.0.push((name.span().start().line, name.to_string()));
            }
        }
        visit_block(self, block);
    }
}

fn bound_closure(statement: &Stmt) -> Option<&syn::Ident> {
    let Stmt::Local(local) = statement else {
        return None;
    };
    let Expr::Closure(_) = &*local.init.as_ref()?.expr else {
        return None;
    };
    let pattern = match &local.pat {
        Pat::Type(typed) => &*typed.pat,
        other => other,
    };
    match pattern {
        Pat::Ident(pattern) => Some(&pattern.ident),
        _ => None,
    }
}

fn used_once(source: &Source) -> Vec<String> {
    let file = syn::parse_file(&source.text).expect("a source that compiles");
    let mut found = UsedOnce::default();
    found.visit_file(&file);
    let path = &source.path;
    let named = found.0.iter();
    named
        .map(|(line, name)| format!("{path}:{line}: `{name}`"))
        .collect()
}

#[test]
#[ignore = "the source does not meet it yet"]
fn few_closures_are_bound_and_used_once() {
    let sources: Vec<Source> = PACKAGES.into_iter().flat_map(sources).collect();
    let lines: usize = sources
        .iter()
        .map(|source| source.text.lines().count())
        .sum();
    let found: Vec<String> = sources.iter().flat_map(used_once).collect();
    let share = 1000.0 * found.len() as f64 / lines as f64;
    assert!(
        share <= MOST,
        "{} in {lines} lines, {share:.1} in 1,000; at most {MOST}\n{}",
        found.len(),
        found.join("\n")
    );
}

#[test]
fn a_closure_that_is_used_twice_or_not_bound_is_fine() {
    let source = Source {
        path: "src/fit.rs".to_owned(),
        text: "fn f() {\n let a = |x: u8| x;\n let mut b: F = move |x| x;\n let c = || 1;\n \
               g(|| { let d = |y| y; d(1) });\n let e = 2;\n assert_eq!(a(c()), e + c());\n}"
            .to_owned(),
    };
    assert_eq!(
        used_once(&source),
        [
            "src/fit.rs:2: `a`",
            "src/fit.rs:3: `b`",
            "src/fit.rs:5: `d`"
        ]
    );
}
