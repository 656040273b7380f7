//! The modules of a crate, what each defines and imports, and where a path leads.

use std::collections::BTreeMap;

use syn::{Attribute, Item, UseTree, Visibility};

use crate::source::{Package, Source};

/// A module, in a file or in braces.
pub(crate) struct Module {
    /// Names from the crate's root, which has none.
    pub(crate) path: Vec<String>,
    /// The file that it is in.
    pub(crate) file: String,
    pub(crate) items: Vec<Item>,
    pub(crate) imports: Vec<Import>,
    /// Compiled for tests only.
    pub(crate) test: bool,
}

/// One name of a `use`.
pub(crate) struct Import {
    /// The name here; none for `*`.
    pub(crate) name: Option<String>,
    pub(crate) path: Vec<String>,
    pub(crate) visibility: Visibility,
    pub(crate) hidden: bool,
}

/// Where a path leads: a module, or an item in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) module: usize,
    pub(crate) item: Option<String>,
}

/// All modules of a crate; the root is the first.
pub(crate) struct Modules {
    pub(crate) list: Vec<Module>,
    by_path: BTreeMap<Vec<String>, usize>,
}

impl Modules {
    pub(crate) fn new(package: Package, sources: &[Source]) -> Self {
        let mut modules = Self {
            list: Vec::new(),
            by_path: BTreeMap::new(),
        };
        let files = Files { package, sources };
        let root = files.parsed(package.root).expect("the root of the crate");
        modules.add(&files, Vec::new(), package.root, root, false);
        modules
    }

    fn add(
        &mut self,
        files: &Files<'_>,
        path: Vec<String>,
        file: &str,
        items: Vec<Item>,
        test: bool,
    ) {
        let number = self.list.len();
        self.by_path.insert(path.clone(), number);
        self.list.push(Module {
            path: path.clone(),
            file: file.to_owned(),
            imports: imports(&items),
            items: Vec::new(),
            test,
        });
        for item in &items {
            let Item::Mod(inner) = item else { continue };
            let mut path = path.clone();
            path.push(inner.ident.to_string());
            let test = test || is_test(&inner.attrs);
            if let Some((_, content)) = &inner.content {
                self.add(files, path, file, content.clone(), test);
            } else if let Some((file, content)) = files.of(&path) {
                self.add(files, path, file, content, test);
            }
        }
        self.list[number].items = items;
    }

    /// Where a path leads that is written in a module; none if out of the crate, or to a name that
    /// a macro makes.
    pub(crate) fn resolve(&self, from: usize, path: &[String]) -> Option<Place> {
        self.follow(from, path, 0)
    }

    fn follow(&self, from: usize, path: &[String], depth: usize) -> Option<Place> {
        // imports of imports; a circle of them leads nowhere
        if depth > 20 {
            return None;
        }
        let (mut module, mut next) = (from, 0);
        match path.first()?.as_str() {
            "crate" => (module, next) = (0, 1),
            "self" => next = 1,
            _ => {}
        }
        while path.get(next).is_some_and(|name| name == "super") {
            let (_, parent) = self.list[module].path.split_last()?;
            module = self.by_path[parent];
            next += 1;
        }
        for name in &path[next..] {
            match self.named(module, name, depth)? {
                Place {
                    module: inner,
                    item: None,
                } => module = inner,
                item => return Some(item),
            }
        }
        Some(Place { module, item: None })
    }

    /// What a name is in a module.
    fn named(&self, module: usize, name: &str, depth: usize) -> Option<Place> {
        let own = &self.list[module];
        let mut path = own.path.clone();
        path.push(name.to_owned());
        if let Some(&inner) = self.by_path.get(&path) {
            return Some(Place {
                module: inner,
                item: None,
            });
        }
        if own.items.iter().any(|item| item_name(item) == name) {
            return Some(Place {
                module,
                item: Some(name.to_owned()),
            });
        }
        let imported = own.imports.iter().filter(|import| match &import.name {
            Some(own_name) => own_name == name && import.path != [name],
            None => true,
        });
        imported
            .filter_map(|import| {
                let mut path = import.path.clone();
                if import.name.is_none() {
                    path.push(name.to_owned());
                }
                self.follow(module, &path, depth + 1)
            })
            .next()
    }
}

/// The files of a crate, found by the path of a module.
struct Files<'a> {
    package: Package,
    sources: &'a [Source],
}

impl<'a> Files<'a> {
    fn parsed(&self, path: &str) -> Option<Vec<Item>> {
        let source = self.sources.iter().find(|source| source.path == path)?;
        let file = syn::parse_file(&source.text);
        Some(file.expect("a source that compiles").items)
    }

    fn of(&self, module: &[String]) -> Option<(&'a str, Vec<Item>)> {
        let base = format!("{}{}", self.package.folder, module.join("/"));
        let names = [format!("{base}.rs"), format!("{base}/mod.rs")];
        let source = self.sources.iter().find(|s| names.contains(&s.path))?;
        Some((&source.path, self.parsed(&source.path)?))
    }
}

/// The name that an item defines in its module; empty if none.
pub(crate) fn item_name(item: &Item) -> String {
    match item {
        Item::Const(item) => item.ident.to_string(),
        Item::Enum(item) => item.ident.to_string(),
        Item::Fn(item) => item.sig.ident.to_string(),
        Item::Macro(item) => item
            .ident
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default(),
        Item::Static(item) => item.ident.to_string(),
        Item::Struct(item) => item.ident.to_string(),
        Item::Trait(item) => item.ident.to_string(),
        Item::Type(item) => item.ident.to_string(),
        Item::Union(item) => item.ident.to_string(),
        _ => String::new(),
    }
}

/// Whether `#[cfg(test)]` or `#[test]` is among the attributes.
pub(crate) fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("test")
            || (attribute.path().is_ident("cfg")
                && attribute
                    .parse_args::<syn::Path>()
                    .is_ok_and(|path| path.is_ident("test")))
    })
}

/// Whether `#[doc(hidden)]` is among the attributes.
pub(crate) fn is_hidden(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("doc")
            && attribute
                .parse_args::<syn::Path>()
                .is_ok_and(|path| path.is_ident("hidden"))
    })
}

fn imports(items: &[Item]) -> Vec<Import> {
    let mut imports = Vec::new();
    for item in items {
        let Item::Use(item) = item else { continue };
        for (name, path) in leaves(&item.tree) {
            imports.push(Import {
                name,
                path,
                visibility: item.vis.clone(),
                hidden: is_hidden(&item.attrs),
            });
        }
    }
    imports
}

/// Every name of a `use`, and its path.
pub(crate) fn leaves(tree: &UseTree) -> Vec<(Option<String>, Vec<String>)> {
    match tree {
        UseTree::Path(path) => {
            let mut inner = leaves(&path.tree);
            for (name, rest) in &mut inner {
                if rest.is_empty() && name.as_deref() == Some("self") {
                    *name = Some(path.ident.to_string());
                }
                rest.insert(0, path.ident.to_string());
            }
            inner
        }
        UseTree::Name(name) if name.ident == "self" => vec![(Some("self".to_owned()), vec![])],
        UseTree::Name(name) => vec![(Some(name.ident.to_string()), vec![name.ident.to_string()])],
        UseTree::Rename(name) => {
            let path = if name.ident == "self" {
                vec![]
            } else {
                vec![name.ident.to_string()]
            };
            vec![(Some(name.rename.to_string()), path)]
        }
        UseTree::Glob(_) => vec![(None, vec![])],
        UseTree::Group(group) => group.items.iter().flat_map(leaves).collect(),
    }
}
