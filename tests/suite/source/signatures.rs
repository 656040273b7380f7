//! A tuple that is taken apart in a signature is a type without a name.

use syn::visit::{Visit, visit_signature};
use syn::{FnArg, Pat, Signature, Type};

use crate::source::{PACKAGES, Source, assert_none, sources};

/// Line and name of every function that takes a tuple apart.
#[derive(Default)]
struct TakenApart(Vec<(usize, String)>);

impl<'ast> Visit<'ast> for TakenApart {
    fn visit_signature(&mut self, signature: &'ast Signature) {
        if signature.inputs.iter().any(takes_a_tuple_apart) {
            let name = &signature.ident;
            self.0.push((name.span().start().line, name.to_string()));
        }
        visit_signature(self, signature);
    }
}

fn takes_a_tuple_apart(input: &FnArg) -> bool {
    let FnArg::Typed(input) = input else {
        return false;
    };
    matches!(&*input.pat, Pat::Tuple(_)) && matches!(&*input.ty, Type::Tuple(_))
}

fn faults(source: &Source) -> Vec<String> {
    let file = syn::parse_file(&source.text).expect("a source that compiles");
    let mut found = TakenApart::default();
    found.visit_file(&file);
    let path = &source.path;
    let named = found.0.iter();
    named
        .map(|(line, name)| format!("{path}:{line}: `{name}` takes a tuple apart; name its parts"))
        .collect()
}

#[test]
fn no_signature_takes_a_tuple_apart() {
    let sources = PACKAGES.into_iter().flat_map(sources);
    let faults: Vec<String> = sources.flat_map(|source| faults(&source)).collect();
    assert_none(&faults);
}

#[test]
fn a_tuple_that_is_taken_apart_is_seen() {
    let source = Source {
        path: "src/a.rs".to_owned(),
        text: "fn f((a, b): (u8, u8)) {}\nfn g(a: (u8, u8)) {}".to_owned(),
    };
    assert_eq!(
        faults(&source),
        ["src/a.rs:1: `f` takes a tuple apart; name its parts"]
    );
}
