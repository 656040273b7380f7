//! Faults that several readers find: names of genes and samples, and genes without values.

use crate::genes::{Genes, NameMatch, is_hidden};
use crate::io::text::{Fault, Place, ReadError, name_some, shorten};

/// A gene or sample without a usable name.
#[must_use]
pub fn no_name(place: Place, found: &str) -> ReadError {
    ReadError::new(Fault::Name, place, found)
        .expecting("a name")
        .cured_by("name it or remove it")
}

/// Refuses an empty name and one with control characters.
///
/// # Errors   [`Fault::Name`].
pub fn check_gene_name(name: &str, place: impl FnOnce() -> Place) -> Result<(), ReadError> {
    if name.is_empty() {
        return Err(no_name(place(), "the name of the gene is empty"));
    }
    if name.contains(is_hidden) {
        let found = "the name of the gene holds a line break or control character";
        return Err(no_name(place(), found));
    }
    Ok(())
}

/// A gene that occurs twice.
///
/// * `first`: its first row or column
#[must_use]
pub fn repeated_gene(place: Place, name: &str, first: &str) -> ReadError {
    let name = shorten(name);
    let found = format!("gene `{name}` occurs a second time (first: {first})");
    ReadError::new(Fault::Name, place, found).cured_by("rename or remove one")
}

/// A gene whose name is that of another and a number, as R and pandas write a repeated name.
///
/// * `first`: the row or column of the other
#[must_use]
pub fn numbered_gene(place: Place, name: &str, other: &str, first: &str) -> ReadError {
    let (name, other) = (shorten(name), shorten(other));
    let found = format!(
        "gene `{name}` is `{other}` ({first}) a second time, if R or pandas added the number, or another gene"
    );
    ReadError::new(Fault::Name, place, found).cured_by(
        "say what to do with both: `--duplicates mean`, `sum` or `max`, or rename it if it is another gene",
    )
}

/// A sample or cell that occurs twice.
///
/// * `first`: its first row or column
#[must_use]
pub fn repeated_sample(place: Place, name: &str, first: &str) -> ReadError {
    let name = shorten(name);
    let found = format!("sample `{name}` occurs a second time (first: {first})");
    ReadError::new(Fault::Name, place, found).cured_by(
        "rename or remove one, or leave out a column that does not name samples with `--ignore`",
    )
}

/// A gene without any value.
///
/// * `more`: what can be done besides removing it
#[must_use]
pub fn all_missing(place: Place, name: &str, more: &str) -> ReadError {
    let found = format!("gene `{}` has no value at all", shorten(name));
    ReadError::new(Fault::Cell, place, found).cured_by(format!("remove it{more}"))
}

/// A table that has no gene.
#[must_use]
pub fn no_genes(file: &str) -> ReadError {
    ReadError::new(Fault::Shape, Place::file(file), "found no gene")
        .expecting("at least one besides time and metadata")
}

/// A name that is not a gene of the data.
#[must_use]
pub fn unknown_gene(place: Place, name: &str, genes: &Genes) -> ReadError {
    let found = format!("found `{}`", shorten(name));
    ReadError::new(Fault::Name, place, found)
        .expecting(format!("a gene of the data ({})", name_some(genes.names())))
        .cured_by(match match_hint(&[name], genes) {
            Some(hint) => hint,
            None => "spell it as there, or remove the row".to_owned(),
        })
}

/// A label of a sample that is neither a gene of the data nor the wild type.
///
/// * `part`: what of it could not be read
#[must_use]
pub fn unreadable_label(place: Place, label: &str, part: &str, genes: &Genes) -> ReadError {
    let label = label.trim();
    let mut found = format!("found `{}`", shorten(part));
    if part != label {
        found.push_str(&format!(" in `{}`", shorten(label)));
    }
    let side = if place.row.is_some() { "row" } else { "column" };
    let spelling = match_hint(&[part], genes).unwrap_or_else(|| "spell it as there".to_owned());
    ReadError::new(Fault::Name, place, found)
        .expecting(format!(
            "a gene of the data ({}), or the wild type (`WT`, `control`)",
            name_some(genes.names())
        ))
        .cured_by(format!(
            "{spelling}, call a sample in which nothing was changed `WT`, or remove the {side}"
        ))
}

/// A cell that does not hold what its column asks for.
#[must_use]
pub fn wrong_cell(place: Place, cell: &str, expected: impl Into<String>, cure: &str) -> ReadError {
    ReadError::new(Fault::Cell, place, format!("found `{}`", shorten(cell)))
        .expecting(expected)
        .cured_by(cure)
}

/// Two files, or the parts of one, that do not fit together.
#[must_use]
pub fn mismatch(
    file: &str,
    found: impl Into<String>,
    expected: impl Into<String>,
    cure: &str,
) -> ReadError {
    ReadError::new(Fault::Mismatch, Place::file(file), found)
        .expecting(expected)
        .cured_by(cure)
}

/// The error that a sample has no time.
#[must_use]
pub fn missing_time(place: Place) -> ReadError {
    ReadError::new(Fault::Time, place, "the time is missing").cured_by("give it or remove the row")
}

/// A list of which no name is a gene of the expression table.
///
/// * `what`: what it lists, in the singular
#[must_use]
pub fn unmatched(file: &str, what: &str, names: &[String], genes: &Genes) -> ReadError {
    mismatch(
        file,
        format!(
            "found no {what} that is a gene of the expression table: {}",
            name_some(names)
        ),
        format!("names such as {}", name_some(genes.names())),
        &spelling_cure(names, genes),
    )
}

/// What to do about names that are no genes: the rule of comparison that would find most of them.
fn spelling_cure(names: &[String], genes: &Genes) -> String {
    let rules = [
        ("nocase", NameMatch::NoCase),
        ("noversion", NameMatch::NoVersion),
    ];
    let counts = rules.map(|(word, rule)| {
        let loose = genes.matching(rule);
        let count = names
            .iter()
            .filter(|name| loose.find(name).is_some())
            .count();
        (count, word)
    });
    match counts.into_iter().max_by_key(|(count, _)| *count) {
        Some((count, word)) if count > 0 => {
            format!("say `--match {word}`, which finds {count} of them, or spell the names alike")
        }
        _ => "spell the names alike, capitals too".to_owned(),
    }
}

/// What `--match` would add to the names that are genes; none if nothing.
#[must_use]
pub fn match_hint<S: AsRef<str>>(lost: &[S], genes: &Genes) -> Option<String> {
    let lost: Vec<String> = lost.iter().map(|name| name.as_ref().to_owned()).collect();
    let cure = spelling_cure(&lost, genes);
    cure.starts_with("say").then_some(cure)
}
