//! Mutants in a column of genotypes, strains or perturbations, as interventions of a series.

use super::faults::match_hint;
use super::label_columns::{LabelColumn, label_column};
use super::perturbation_label::{Act, may_say_change, read_label, says_change};
use super::samples::Samples;
use crate::genes::Genes;
use crate::io::text::{Fault, ReadError, name_some, shorten};

/// Whether a column of this name says in a table of series which genes were changed.
pub(super) fn is_genotype(name: &str) -> bool {
    matches!(
        label_column(name),
        Some(LabelColumn::Mutant | LabelColumn::Strain)
    )
}

/// Makes interventions of the mutants that the samples name: in a column of genotypes, or in conditions or
/// series that are all called like mutants and the wild type. Returns what was recognised.
///
/// # Errors   [`Fault::Name`] for a genotype that is neither a gene nor the wild type.
pub(super) fn read_mutants(
    samples: &mut Samples,
    genes: &Genes,
) -> Result<Option<String>, ReadError> {
    if samples.interventions.is_some() {
        return Ok(None);
    }
    let lists = [&samples.conditions, &samples.series];
    let labels = match &samples.genotypes {
        Some(genotypes) => Some(&genotypes.labels),
        None => lists
            .into_iter()
            .flatten()
            .find(|cells| name_mutants(cells, genes)),
    };
    let Some(labels) = labels else {
        let mut lists = lists.into_iter().flatten();
        return Ok(lists.find_map(|cells| unread_mutants(samples.origin.file(), cells, genes)));
    };
    if let Some(strain) = constant_unknown(labels, genes) {
        let file = samples.origin.file();
        samples.genotypes = None;
        return Ok(Some(format!(
            "{file}: all samples are of one genotype, `{}`, which is left out",
            shorten(&strain)
        )));
    }
    let mut interventions = Vec::with_capacity(labels.len());
    for (sample, label) in labels.iter().enumerate() {
        interventions.push(
            as_intervention(label, genes)
                .map_err(|part| unreadable(samples, sample, [label, part], genes))?,
        );
    }
    let note = note(samples.origin.file(), labels, &interventions);
    samples.interventions = Some(interventions);
    Ok(Some(note))
}

/// The genotype of all samples, if it is one that names no gene: it says nothing.
fn constant_unknown(labels: &[String], genes: &Genes) -> Option<String> {
    let first = labels.first()?;
    let same = labels.iter().all(|label| label == first);
    (same && read_label(first, genes).is_err()).then(|| first.clone())
}

/// The error about a genotype of which a part is neither a gene nor the wild type.
fn unreadable(
    samples: &Samples,
    sample: usize,
    [label, part]: [&str; 2],
    genes: &Genes,
) -> ReadError {
    let mut found = format!("found `{}`", shorten(part));
    if part != label.trim() {
        found.push_str(&format!(" in `{}`", shorten(label)));
    }
    let spelling =
        match_hint(&[part], genes).unwrap_or_else(|| "spell the gene as in the table".to_owned());
    let column = samples.genotypes.as_ref().map_or("", |list| &list.column);
    ReadError::new(Fault::Name, samples.origin.place(sample), found)
        .expecting(format!(
            "a genotype: a gene of the table ({}), or the wild type (`WT`, `control`)",
            name_some(genes.names())
        ))
        .cured_by(format!(
            "{spelling}; call a strain in which nothing was changed `WT`; if the column is not about its \
             genes, say `--columns {column}=condition` or `--ignore {column}`"
        ))
}

/// Whether all cells name genes or the wild type, and one says what was done to a gene.
pub(super) fn name_mutants(cells: &[String], genes: &Genes) -> bool {
    let mut acted = false;
    let all = cells.iter().all(|cell| {
        acted |= says_change(cell, genes);
        read_label(cell, genes).is_ok()
    });
    all && acted
}

/// What to say about conditions that are called like mutants and are not read as such: others are neither genes nor
/// the wild type, or their gene is not in the table.
fn unread_mutants(file: &str, cells: &[String], genes: &Genes) -> Option<String> {
    let mut cells: Vec<&str> = cells.iter().map(String::as_str).collect();
    cells.sort_unstable();
    cells.dedup();
    let unread = |cell: &&str| read_label(cell, genes).is_err();
    let says = |cell: &&str| says_change(cell, genes) || unread(cell) && may_say_change(cell);
    let mutants: Vec<&str> = cells.iter().copied().filter(says).collect();
    let unread: Vec<&str> = cells.iter().copied().filter(unread).collect();
    (!mutants.is_empty()).then(|| {
        format!(
            "{file}: {} may say which genes were changed, but they are read as conditions and not as interventions, \
             as neither a gene of the table nor the wild type is named by {}; a column `genotype` of a table given \
             with `--times FILE` says which genes were changed",
            name_some(&mutants),
            name_some(&unread)
        )
    })
}

/// A label in the words of the column `intervention`: `TP53=ko;MYC=kd`; a gene alone is a knockout.
fn as_intervention<'a>(label: &'a str, genes: &Genes) -> Result<String, &'a str> {
    let changes = read_label(label, genes)?.into_iter().map(|one| {
        let kind = match one.act {
            None | Some(Act::Knockout) => "ko",
            Some(Act::Knockdown) => "kd",
            Some(Act::Overexpression) => "oe",
        };
        format!("{}={kind}", genes.name(one.gene))
    });
    Ok(changes.collect::<Vec<_>>().join(";"))
}

fn note(file: &str, labels: &[String], interventions: &[String]) -> String {
    let mut read: Vec<String> = Vec::new();
    for (label, change) in labels.iter().zip(interventions) {
        let change = if change.is_empty() {
            "wild type"
        } else {
            change
        };
        let text = format!("{label}: {change}");
        if !read.contains(&text) {
            read.push(text);
        }
    }
    format!(
        "{file}: genotypes are read as interventions: {}",
        name_some(&read)
    )
}
