//! The public items of the library, counted.
//!
//! Counted once each, wherever they are re-exported: structs, enums, unions, functions, public
//! methods and associated constants of types, constants, traits and what they declare, type
//! aliases, and re-exports of items of other crates. An item counts if it can be named from
//! outside: public, in a public module or re-exported from one. What is `#[doc(hidden)]` (the item,
//! its re-export or its module), implementations of traits, modules themselves and what is compiled
//! for tests only are left out.
//!
//! Before the library was split into crates (commit `6a36f06`) this counter found 811 items, where
//! `cargo public-api` had listed 813. Public fields and variants belong to their type and are no
//! items in either number; with them this counter found 1,789. At most half of both is allowed.

use std::collections::{BTreeMap, BTreeSet};

use syn::{Fields, ImplItem, Item, TraitItem, Type, Visibility};

use crate::source::modules::{Module, Modules, Place, is_hidden, is_test, item_name};
use crate::source::{LIBRARY, Source, sources};

/// Most items; half of 813.
const MOST: usize = 406;
/// Most items, public fields and variants together; half of 1,789.
const MOST_NAMES: usize = 894;

/// What can be named of the items in one file.
#[derive(Default)]
struct Names {
    items: Vec<String>,
    fields_and_variants: Vec<String>,
}

/// Everything public, by the item that it belongs to.
struct Public<'a> {
    modules: &'a Modules,
    seen: BTreeSet<usize>,
    items: BTreeMap<Place, Names>,
    /// Items of other crates, by their paths.
    foreign: BTreeSet<Vec<String>>,
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

impl Public<'_> {
    fn visit(&mut self, number: usize) {
        if !self.seen.insert(number) {
            return;
        }
        let modules = self.modules;
        let module = &modules.list[number];
        for item in &module.items {
            if let Item::Mod(inner) = item {
                if is_public(&inner.vis) && !is_hidden(&inner.attrs) && !is_test(&inner.attrs) {
                    let path = vec!["self".to_owned(), inner.ident.to_string()];
                    self.take(number, &path);
                }
            } else if let Some((visibility, attributes)) = visibility(item)
                && is_public(visibility)
                && !is_hidden(attributes)
                && !is_test(attributes)
            {
                self.add(Place {
                    module: number,
                    item: Some(item_name(item)),
                });
            }
        }
        let imports = module.imports.iter();
        for import in imports.filter(|i| is_public(&i.visibility) && !i.hidden) {
            self.take(number, &import.path);
        }
    }

    /// What a path leads to: all of a module, or an item.
    fn take(&mut self, from: usize, path: &[String]) {
        match self.modules.resolve(from, path) {
            Some(Place { module, item: None }) => self.visit(module),
            Some(place) => self.add(place),
            None => {
                self.foreign.insert(path.to_vec());
            }
        }
    }

    fn add(&mut self, place: Place) {
        let module = &self.modules.list[place.module];
        let name = place.item.clone().unwrap_or_default();
        let mut items = vec![name.clone()];
        items.extend(declarations(module, &name));
        let parts = fields_or_variants(module, &name).into_iter();
        let names = Names {
            items,
            fields_and_variants: parts.map(|part| format!("{name}::{part}")).collect(),
        };
        self.items.insert(place, names);
    }

    /// Methods and constants of the types that were found.
    fn add_methods(&mut self) {
        for (number, module) in self.modules.list.iter().enumerate() {
            for item in &module.items {
                let Item::Impl(item) = item else { continue };
                let Type::Path(path) = &*item.self_ty else {
                    continue;
                };
                if module.test || item.trait_.is_some() || is_hidden(&item.attrs) {
                    continue;
                }
                let path = path.path.segments.iter().map(|s| s.ident.to_string());
                let place = self.modules.resolve(number, &path.collect::<Vec<_>>());
                let Some(place) = place else { continue };
                if let Some(names) = self.items.get_mut(&place) {
                    let owner = place.item.unwrap_or_default();
                    let methods = item.items.iter().filter_map(public_method);
                    names
                        .items
                        .extend(methods.map(|name| format!("{owner}::{name}")));
                }
            }
        }
    }
}

fn visibility(item: &Item) -> Option<(&Visibility, &[syn::Attribute])> {
    Some(match item {
        Item::Const(item) => (&item.vis, &item.attrs),
        Item::Enum(item) => (&item.vis, &item.attrs),
        Item::Fn(item) => (&item.vis, &item.attrs),
        Item::Static(item) => (&item.vis, &item.attrs),
        Item::Struct(item) => (&item.vis, &item.attrs),
        Item::Trait(item) => (&item.vis, &item.attrs),
        Item::Type(item) => (&item.vis, &item.attrs),
        Item::Union(item) => (&item.vis, &item.attrs),
        _ => return None,
    })
}

fn public_method(item: &ImplItem) -> Option<String> {
    let (visibility, attributes, name) = match item {
        ImplItem::Fn(item) => (&item.vis, &item.attrs, &item.sig.ident),
        ImplItem::Const(item) => (&item.vis, &item.attrs, &item.ident),
        _ => return None,
    };
    let counts = is_public(visibility) && !is_hidden(attributes) && !is_test(attributes);
    counts.then(|| name.to_string())
}

fn fields_or_variants(module: &Module, name: &str) -> Vec<String> {
    match module.items.iter().find(|item| item_name(item) == name) {
        Some(Item::Struct(item)) => public_fields(&item.fields),
        Some(Item::Enum(item)) => {
            let variants = item.variants.iter().filter(|v| !is_hidden(&v.attrs));
            variants.map(|variant| variant.ident.to_string()).collect()
        }
        _ => Vec::new(),
    }
}

/// What a trait declares.
fn declarations(module: &Module, name: &str) -> Vec<String> {
    match module.items.iter().find(|item| item_name(item) == name) {
        Some(Item::Trait(item)) => {
            let declared = item.items.iter().filter_map(declared);
            declared.map(|part| format!("{name}::{part}")).collect()
        }
        _ => Vec::new(),
    }
}

fn public_fields(fields: &Fields) -> Vec<String> {
    let public = fields.iter().enumerate();
    let public = public.filter(|(_, f)| is_public(&f.vis) && !is_hidden(&f.attrs));
    let names = public.map(|(at, field)| match &field.ident {
        Some(name) => name.to_string(),
        None => at.to_string(),
    });
    names.collect()
}

fn declared(item: &TraitItem) -> Option<String> {
    let (attributes, name) = match item {
        TraitItem::Fn(item) => (&item.attrs, &item.sig.ident),
        TraitItem::Const(item) => (&item.attrs, &item.ident),
        TraitItem::Type(item) => (&item.attrs, &item.ident),
        _ => return None,
    };
    (!is_hidden(attributes)).then(|| name.to_string())
}

/// The public names by the file that defines them.
fn public_names(sources: &[Source]) -> BTreeMap<String, Names> {
    let modules = Modules::new(LIBRARY, sources);
    let mut public = Public {
        modules: &modules,
        seen: BTreeSet::new(),
        items: BTreeMap::new(),
        foreign: BTreeSet::new(),
    };
    public.visit(0);
    public.add_methods();
    let mut by_file: BTreeMap<String, Names> = BTreeMap::new();
    for (place, names) in public.items {
        let file = by_file.entry(modules.list[place.module].file.clone());
        let all = file.or_default();
        all.items.extend(names.items);
        all.fields_and_variants.extend(names.fields_and_variants);
    }
    let foreign = public.foreign.iter().map(|path| path.join("::"));
    let root = by_file.entry(LIBRARY.root.to_owned()).or_default();
    root.items.extend(foreign);
    by_file
}

fn listed(by_file: &BTreeMap<String, Names>) -> String {
    let lines = by_file.iter().map(|(file, names)| {
        let (items, parts) = (&names.items, &names.fields_and_variants);
        format!(
            "{file}: {} and {}: {}",
            items.len(),
            parts.len(),
            items.join(" ")
        )
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_library_has_few_public_items() {
    let by_file = public_names(&sources(LIBRARY));
    let items: usize = by_file.values().map(|names| names.items.len()).sum();
    let parts = by_file
        .values()
        .map(|names| names.fields_and_variants.len());
    let names = items + parts.sum::<usize>();
    assert!(items > 50, "the public items were not found: {items}");
    assert!(
        items <= MOST && names <= MOST_NAMES,
        "{items} public items, {names} with fields and variants; at most {MOST} and {MOST_NAMES}\n{}",
        listed(&by_file)
    );
}

#[test]
fn what_cannot_be_named_or_is_hidden_is_not_counted() {
    let source = |path: &str, text: &str| Source {
        path: path.to_owned(),
        text: text.to_owned(),
    };
    let sources = [
        source(
            "src/lib.rs",
            "pub mod fit; #[doc(hidden)] pub mod inner; mod own { pub fn f() {} }",
        ),
        source("src/inner.rs", "pub fn g() {}"),
        source(
            "src/fit/mod.rs",
            "mod path; pub use path::{Path, Path as Way}; pub(crate) use path::Row;
             pub use faer::Mat; #[doc(hidden)] pub use path::shown; #[cfg(test)] pub fn t() {}
             pub trait Rule { fn value(&self); const ONE: f64; }",
        ),
        source(
            "src/fit/path.rs",
            "pub struct Path { pub rows: u8, own: u8 } pub struct Row; pub fn shown() {}
             impl Path { pub fn new() {} fn own() {} #[doc(hidden)] pub fn h() {} }
             impl Row { pub fn new() {} } impl Clone for Path { fn clone(&self) {} }",
        ),
    ];
    let by_file = public_names(&sources);
    let items = by_file.values().flat_map(|names| names.items.clone());
    let expected = [
        "Rule",
        "Rule::value",
        "Rule::ONE",
        "Path",
        "Path::new",
        "faer::Mat",
    ];
    assert_eq!(items.collect::<Vec<_>>(), expected);
    assert_eq!(
        by_file["src/fit/path.rs"].fields_and_variants,
        ["Path::rows"]
    );
}
