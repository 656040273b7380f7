//! What exists once: a word that stands for a task occurs in the files of one module only.
//!
//! Tests in the source, comments and texts are not looked at.

use quote::ToTokens;
use syn::{Fields, Item, Visibility};

use crate::source::modules::{Module, Modules, is_test};
use crate::source::{LIBRARY, PACKAGES, Package, assert_none, flat, sources};

/// Words that only files below some folders may use.
struct Once {
    task: &'static str,
    words: &'static [&'static str],
    folders: &'static [&'static str],
}

const SPARSE_FACTORS: Once = Once {
    task: "sparse matrices are factorised, and with them steady states are found",
    words: &[
        "SparseLu",
        "SymbolicLu",
        "NumericLu",
        "factorize_symbolic_lu",
    ],
    folders: &["src/dynamics/"],
};

const BYTES_TO_LINES: Once = Once {
    task: "files of users become text and lines",
    words: &["BufRead", "GzDecoder", "MultiGzDecoder", "ReaderBuilder"],
    folders: &["src/io/text/"],
};

const OPTIMISATION_FRAME: Once = Once {
    task: "argmin drives what is an optimisation",
    words: &["argmin"],
    folders: &["src/refit/"],
};

/// A path needs the drive of the field: what defines fields has it, what runs them, and the refit,
/// whose parameters make one.
const PATHS: Once = Once {
    task: "a field is run forwards by one of the methods of a course",
    words: &["drive_into"],
    folders: &["src/dynamics/", "src/field/", "src/refit/"],
};

const DRAWING: Once = Once {
    task: "scenes become pixels",
    words: &["tiny_skia", "ttf_parser"],
    folders: &["crates/report/src/svg/"],
};

/// The words of a module without its tests and the modules inside it.
fn words(module: &Module) -> Vec<String> {
    let items = module.items.iter().filter(|item| match item {
        Item::Mod(_) => false,
        Item::Fn(item) => !is_test(&item.attrs),
        Item::Use(item) => !is_test(&item.attrs),
        _ => true,
    });
    let tokens = items.flat_map(|item| flat(item.to_token_stream()));
    tokens.map(|token| token.text).collect()
}

fn modules_for_users(package: Package) -> Vec<Module> {
    let modules = Modules::new(package, &sources(package)).list.into_iter();
    modules.filter(|module| !module.test).collect()
}

/// Files outside of the folders that use the words; inside of them some have to.
fn faults(once: &Once) -> Vec<String> {
    let (mut inside, mut faults) = (0, Vec::new());
    for module in PACKAGES.into_iter().flat_map(modules_for_users) {
        let words = words(&module);
        let used = once
            .words
            .iter()
            .find(|word| words.iter().any(|w| w == *word));
        match used {
            Some(_)
                if once
                    .folders
                    .iter()
                    .any(|folder| module.file.starts_with(folder)) =>
            {
                inside += 1
            }
            Some(word) => faults.push(format!(
                "{}: `{word}` belongs to {}: {}",
                module.file, once.folders[0], once.task
            )),
            None => {}
        }
    }
    if inside == 0 {
        faults.push(format!(
            "{} does not do what it is for: {}",
            once.folders[0], once.task
        ));
    }
    faults
}

#[test]
fn lines_of_tables_are_read_in_one_module() {
    assert_none(&faults(&BYTES_TO_LINES));
}

#[test]
fn steady_states_are_found_in_one_module() {
    assert_none(&faults(&SPARSE_FACTORS));
}

#[test]
fn argmin_is_used_in_one_module() {
    assert_none(&faults(&OPTIMISATION_FRAME));
}

#[test]
fn a_field_is_run_in_one_module() {
    assert_none(&faults(&PATHS));
}

#[test]
fn the_format_of_a_run_is_named_in_one_file() {
    let all = PACKAGES.into_iter().flat_map(sources);
    let naming = all.filter(|source| source.text.contains("\"cistron-run "));
    let files: Vec<String> = naming.map(|source| source.path).collect();
    assert_eq!(files, ["src/run/record.rs"]);
}

#[test]
fn pixels_are_drawn_in_one_module() {
    assert_none(&faults(&DRAWING));
}

#[test]
fn a_word_outside_of_its_module_is_seen() {
    let elsewhere = Once {
        task: "genes have names",
        words: &["Genes"],
        folders: &["src/seed"],
    };
    let faults = faults(&elsewhere);
    assert!(faults[0].contains("`Genes` belongs to src/seed: genes have names"));
    assert!(
        faults
            .last()
            .is_some_and(|last| last.starts_with("src/seed does not"))
    );
}

/// Public signatures, fields and variants of a module that name something of another crate, and
/// implementations of its traits for public types.
fn signatures_with(foreign: &str, module: &Module) -> Vec<String> {
    let imports = module.imports.iter();
    let imported = imports.filter(|import| import.path.first().is_some_and(|name| name == foreign));
    let mut names: Vec<String> = imported.filter_map(|import| import.name.clone()).collect();
    names.push(foreign.to_owned());
    let mut faults = Vec::new();
    for item in &module.items {
        for tokens in public_signatures(item) {
            let words = flat(tokens);
            faults.extend(
                words
                    .iter()
                    .filter(|word| names.contains(&word.text))
                    .map(|word| {
                        let (file, line) = (&module.file, word.line);
                        format!(
                            "{file}:{line}: `{}` of {foreign} in a public signature",
                            word.text
                        )
                    }),
            );
        }
    }
    faults
}

fn public_signatures(item: &Item) -> Vec<proc_macro2::TokenStream> {
    let public = |visibility: &Visibility| matches!(visibility, Visibility::Public(_));
    let fields = |fields: &Fields| -> Vec<proc_macro2::TokenStream> {
        let public = fields.iter().filter(|field| public(&field.vis));
        public.map(|field| field.ty.to_token_stream()).collect()
    };
    match item {
        Item::Fn(item) if public(&item.vis) => vec![item.sig.to_token_stream()],
        Item::Struct(item) if public(&item.vis) => {
            let mut all = fields(&item.fields);
            all.push(item.generics.to_token_stream());
            all
        }
        Item::Enum(item) if public(&item.vis) => vec![item.variants.to_token_stream()],
        Item::Trait(item) if public(&item.vis) => vec![item.to_token_stream()],
        Item::Type(item) if public(&item.vis) => vec![item.ty.to_token_stream()],
        Item::Use(item) if public(&item.vis) => vec![item.tree.to_token_stream()],
        Item::Impl(item) => {
            let functions = item.items.iter().filter_map(|item| match item {
                syn::ImplItem::Fn(item) if public(&item.vis) => Some(item.sig.to_token_stream()),
                _ => None,
            });
            functions.collect()
        }
        _ => Vec::new(),
    }
}

#[test]
fn no_public_signature_of_the_library_names_argmin() {
    let modules = modules_for_users(LIBRARY);
    let faults = modules
        .iter()
        .flat_map(|module| signatures_with("argmin", module));
    assert_none(&faults.collect::<Vec<_>>());
}

#[test]
fn a_foreign_type_in_a_public_signature_is_seen() {
    let source = crate::source::Source {
        path: "src/lib.rs".to_owned(),
        text: "use argmin::core::{State, Error as Failed};\npub fn a(x: State) {}\n\
               pub struct B { pub c: argmin::X, d: State }\nimpl B { fn e(_: State) {}\n\
               pub fn f() -> Failed {} }\npub enum G { H(u8, Vec<Failed>) }\nfn i(_: State) {}"
            .to_owned(),
    };
    let modules = Modules::new(LIBRARY, &[source]);
    let faults = signatures_with("argmin", &modules.list[0]);
    let found: Vec<&str> = faults
        .iter()
        .filter_map(|fault| fault.split(' ').next())
        .collect();
    let expected = [
        "src/lib.rs:2:",
        "src/lib.rs:3:",
        "src/lib.rs:5:",
        "src/lib.rs:6:",
    ];
    assert_eq!(found, expected);
}
