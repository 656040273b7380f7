//! The paths that a module uses.

use proc_macro2::TokenStream;
use syn::visit::{Visit, visit_path};
use syn::{Item, ItemMod, Macro, Path, Visibility};

use crate::source::modules::{Module, is_test};
use crate::source::{Token, flat};

/// Paths of the imports of a module that are not re-exports, and of its code.
///
/// Tests in the module and modules inside it are left out, and so are re-exports, which a list of
/// modules is made of: an item that is used through one is a use of the module that defines it.
pub(crate) fn used_paths(module: &Module) -> Vec<Vec<String>> {
    let imports = module.imports.iter();
    let private = imports.filter(|import| matches!(import.visibility, Visibility::Inherited));
    let mut paths = Paths(private.map(|import| import.path.clone()).collect());
    for item in &module.items {
        if !matches!(item, Item::Use(_)) {
            paths.visit_item(item);
        }
    }
    paths.0
}

struct Paths(Vec<Vec<String>>);

impl<'ast> Visit<'ast> for Paths {
    fn visit_path(&mut self, path: &'ast Path) {
        let names = path.segments.iter().map(|part| part.ident.to_string());
        self.0.push(names.collect());
        visit_path(self, path);
    }

    fn visit_macro(&mut self, invoked: &'ast Macro) {
        self.0.extend(paths_in_macro(invoked.tokens.clone()));
    }

    fn visit_item_mod(&mut self, _: &'ast ItemMod) {}

    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        if !is_test(&function.attrs) {
            syn::visit::visit_item_fn(self, function);
        }
    }
}

/// Names joined by `::` in the tokens of a macro, which has no other structure.
fn paths_in_macro(tokens: TokenStream) -> Vec<Vec<String>> {
    let tokens: Vec<Token> = flat(tokens);
    let mut paths: Vec<Vec<String>> = Vec::new();
    let mut joined = false;
    for token in &tokens {
        let word = token
            .text
            .starts_with(|c: char| c.is_alphabetic() || c == '_');
        match paths.last_mut() {
            Some(path) if word && joined => path.push(token.text.clone()),
            _ if word => paths.push(vec![token.text.clone()]),
            _ => {}
        }
        joined = token.text == "::";
    }
    paths
}
