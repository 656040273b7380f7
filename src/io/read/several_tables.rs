//! Several tables of time series as one.

use std::collections::HashMap;
use std::path::Path;

use faer::Mat;

use super::faults::mismatch;
use crate::expression::{Expression, Intervention, TimeSeries};
use crate::genes::{Gene, Genes};
use crate::io::text::{Place, ReadError, Reading, if_any, name_some};

/// Time series of one file.
pub(super) struct SeriesOfFile {
    pub(super) file: String,
    pub(super) series: Expression,
}

/// Joins the series of several files.
///
/// Genes are matched by name; where a file does not have a gene, its levels are missing. A file of one
/// series without a name gives it its own; names that occur in several files get that of their file.
///
/// # Errors   [`ReadError`] if two files have fewer than half of the genes of the smaller one in common.
pub(super) fn join_series(files: &[SeriesOfFile]) -> Result<Reading<Expression>, ReadError> {
    let genes = all_genes(files)?;
    let names = series_names(files);
    let mut joined = Vec::with_capacity(names.len());
    let mut names = names.into_iter();
    let mut warnings = Vec::new();
    for SeriesOfFile { file, series } in files {
        let own = series.genes();
        let columns: Vec<Option<Gene>> = genes.names().iter().map(|name| own.find(name)).collect();
        let absent: Vec<&String> = (genes.names().iter().zip(&columns))
            .filter_map(|(name, column)| column.is_none().then_some(name))
            .collect();
        warnings.extend(if_any(&absent, |count, some| {
            format!("{file}: {count} gene(s) of the other files are missing here: {some}")
        }));
        for one in series.series() {
            let name = names.next().expect("one name for each series");
            joined.push(with_genes(one, name, &columns, own, &genes)?);
        }
    }
    let place = || Place::file(&files[0].file);
    let series =
        Expression::new(genes, joined).map_err(|source| ReadError::invalid(place(), source))?;
    let mut reading = Reading::new(series);
    reading.notes.push(format!(
        "{} files joined: {} series of {} genes ({})",
        files.len(),
        reading.value.series().len(),
        reading.value.genes().len(),
        name_some(reading.value.series().iter().map(TimeSeries::name))
    ));
    reading.warnings = warnings;
    Ok(reading)
}

/// Genes of all files, in the order in which they first occur.
fn all_genes(files: &[SeriesOfFile]) -> Result<Genes, ReadError> {
    let first = &files[0];
    let mut names: Vec<String> = first.series.genes().names().to_vec();
    for SeriesOfFile { file, series } in &files[1..] {
        let (one, other) = (first.series.genes(), series.genes());
        let common = other
            .names()
            .iter()
            .filter(|name| one.find(name).is_some())
            .count();
        if 2 * common < one.len().min(other.len()) {
            return Err(mismatch(
                file,
                format!(
                    "found {common} gene(s) of {} ({})",
                    first.file,
                    name_some(other.names())
                ),
                format!("genes such as {}", name_some(one.names())),
                "give tables of the same genes, spelled alike",
            ));
        }
        let known: HashMap<&String, ()> = names.iter().map(|name| (name, ())).collect();
        let new = other
            .names()
            .iter()
            .filter(|name| !known.contains_key(name));
        let new: Vec<String> = new.cloned().collect();
        names.extend(new);
    }
    Genes::new(names).map_err(|source| ReadError::invalid(Place::file(&first.file), source))
}

/// Names of all series, each once.
fn series_names(files: &[SeriesOfFile]) -> Vec<String> {
    let own = files.iter().map(|file| {
        let stem = stem(&file.file);
        let series = file.series.series();
        let names = series.iter().map(|one| match one.name() {
            "1" if series.len() == 1 => stem.clone(),
            name => name.to_owned(),
        });
        (stem.clone(), names.collect::<Vec<String>>())
    });
    let own: Vec<(String, Vec<String>)> = own.collect();
    let mut counts: HashMap<&String, usize> = HashMap::new();
    own.iter()
        .flat_map(|(_, names)| names)
        .for_each(|name| *counts.entry(name).or_default() += 1);
    let mut used: HashMap<String, usize> = HashMap::new();
    let mut names = Vec::new();
    for (stem, series) in &own {
        for name in series {
            let mut full = name.clone();
            if counts[name] > 1 && name != stem {
                full = format!("{stem}/{name}");
            }
            let times = used.entry(full.clone()).or_default();
            *times += 1;
            names.push(if *times > 1 {
                format!("{full} ({times})")
            } else {
                full
            });
        }
    }
    names
}

/// Name of a file without its folder and endings.
fn stem(file: &str) -> String {
    let name = Path::new(file)
        .file_name()
        .map_or(file.into(), |name| name.to_string_lossy());
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    name.rsplit_once('.')
        .map_or(name, |(stem, _)| stem)
        .to_owned()
}

/// The same series with columns for the genes of all files.
fn with_genes(
    one: &TimeSeries,
    name: String,
    columns: &[Option<Gene>],
    own: &Genes,
    genes: &Genes,
) -> Result<TimeSeries, ReadError> {
    let values = Mat::from_fn(one.len(), columns.len(), |row, gene| {
        columns[gene].map_or(f64::NAN, |column| one.values()[(row, column.index())])
    });
    let invalid = |source| ReadError::invalid(Place::file(&name), source);
    let series = TimeSeries::new(name.clone(), one.times().to_vec(), values).map_err(invalid)?;
    let moved = one.interventions().iter().map(|done| Intervention {
        gene: genes
            .find(own.name(done.gene))
            .expect("all genes of the files"),
        ..*done
    });
    Ok(series
        .with_conditions(one.conditions().to_vec())
        .with_interventions(moved.collect()))
}
