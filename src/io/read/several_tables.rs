//! Several tables of time series as one: genes by name, times in one unit, levels in one unit.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use faer::Mat;

use super::faults::mismatch;
use super::time_unit::{TimeUnit, converted};
use crate::expression::{
    Data, Expression, Intervention, NamedScale, Span, TimeSeries, series_differ,
};
use crate::genes::{Gene, Genes};
use crate::io::text::{Fault, Place, ReadError, Reading, if_any, name_some, one_line};

/// Courses of one study go on for times within this factor of one another.
const SAME_SPAN: f64 = 4.0;
/// Where no file names a unit, from this factor on units may differ: hours are 24 times days, minutes 60 times hours.
const OTHER_UNIT: f64 = 10.0;

/// Time series of one file.
pub(super) struct SeriesOfFile {
    pub(super) file: String,
    pub(super) series: Expression,
    /// The unit of its times, where it is named.
    pub(super) unit: Option<TimeUnit>,
    /// The scale of its levels, where it is named.
    pub(super) scale: Option<NamedScale>,
}

/// The series of all files, and the unit of their times.
pub(super) struct JoinedSeries {
    pub(super) series: Expression,
    pub(super) unit: Option<TimeUnit>,
    pub(super) scale: Option<NamedScale>,
}

/// Refuses a file that is given twice: its samples would count twice.
///
/// # Errors   [`Fault::Mismatch`].
pub(super) fn refuse_twice(paths: &[&Path]) -> Result<(), ReadError> {
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let real: Vec<PathBuf> = paths.iter().map(|path| real(path)).collect();
    let again = (0..paths.len()).find(|&at| real[..at].contains(&real[at]));
    match again {
        None => Ok(()),
        Some(at) => {
            let place = Place::file(&paths[at].display().to_string());
            Err(
                ReadError::new(Fault::Mismatch, place, "the file was given twice")
                    .expecting("different files")
                    .cured_by("give it once"),
            )
        }
    }
}

/// Joins the series of several files.
///
/// Genes are matched by name; where a file does not have a gene, its levels are missing. A file of one
/// series without a name gives it its own; names that occur in several files get that of their file.
///
/// # Errors   [`ReadError`] if two files have fewer than half of the genes of the smaller one in common, if one does
///   not name its unit of time and goes on for another time than those that do, and for levels in another unit.
pub(super) fn join_series(files: Vec<SeriesOfFile>) -> Result<Reading<JoinedSeries>, ReadError> {
    let FilesInOneUnit {
        files,
        unit,
        mut notes,
    } = in_one_unit_of_time(files)?;
    refuse_other_levels(&files)?;
    let files = files.as_slice();
    let genes = all_genes(files)?;
    let names = series_names(files);
    let mut joined = Vec::with_capacity(names.len());
    let mut names = names.into_iter();
    let mut warnings = Vec::new();
    for SeriesOfFile { file, series, .. } in files {
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
    notes.push(format!(
        "{} files joined: {} series of {} genes ({})",
        files.len(),
        series.series().len(),
        series.genes().len(),
        name_some(series.series().iter().map(TimeSeries::name))
    ));
    let mut reading = Reading::new(JoinedSeries {
        series,
        unit,
        scale: files[0].scale.clone(),
    });
    reading.notes = notes;
    reading.warnings = warnings;
    Ok(reading)
}

/// Files whose times are in one unit, and what was done for it.
struct FilesInOneUnit {
    files: Vec<SeriesOfFile>,
    unit: Option<TimeUnit>,
    notes: Vec<String>,
}

/// The files with the times of all in the unit that the first of them names, and notes about it.
///
/// # Errors   [`ReadError`] for a file without a unit whose times go on much longer or shorter than those of the others.
fn in_one_unit_of_time(files: Vec<SeriesOfFile>) -> Result<FilesInOneUnit, ReadError> {
    let Some(unit) = files.iter().find_map(|file| file.unit) else {
        refuse_other_span(&files)?;
        return Ok(FilesInOneUnit {
            files,
            unit: None,
            notes: Vec::new(),
        });
    };
    let known = files.iter().filter(|file| file.unit.is_some());
    let last = known.map(|file| converted(file.last_time(), file.unit.unwrap_or(unit), unit));
    let last = last.fold(0.0, f64::max);
    let mut notes = Vec::new();
    let mut converted_files = Vec::with_capacity(files.len());
    for file in files {
        let own = file.last_time();
        match file.unit {
            None if own > SAME_SPAN * last || last > SAME_SPAN * own => {
                return Err(other_span(&file.file, own, last, unit));
            }
            None => notes.push(format!(
                "{}: the unit of its times is not named, taken for {} as in the other files",
                file.file,
                unit.plural()
            )),
            Some(other) if other != unit => notes.push(format!(
                "{}: times are converted from {} to {}, the unit of the first file that names one",
                file.file,
                other.plural(),
                unit.plural()
            )),
            Some(_) => {}
        }
        converted_files.push(file.in_unit(unit)?);
    }
    Ok(FilesInOneUnit {
        files: converted_files,
        unit: Some(unit),
        notes,
    })
}

impl SeriesOfFile {
    fn last_time(&self) -> f64 {
        let times = self.series.series().iter().flat_map(TimeSeries::times);
        times.copied().fold(0.0, f64::max)
    }

    /// The same with times in this unit.
    fn in_unit(self, unit: TimeUnit) -> Result<Self, ReadError> {
        let Some(own) = self.unit.filter(|own| *own != unit) else {
            return Ok(self);
        };
        let time = |time: f64| converted(time, own, unit);
        let invalid = |source| ReadError::invalid(Place::file(&self.file), source);
        let mut all = Vec::new();
        for one in self.series.series() {
            let times = one.times().iter().map(|&at| time(at));
            let done = one.interventions().iter().map(|done| Intervention {
                window: done.window.map(|span| Span {
                    start: time(span.start),
                    end: time(span.end),
                }),
                ..*done
            });
            let series = TimeSeries::new(one.name(), times.collect(), one.values().clone());
            let series = series.map_err(invalid)?;
            let series = series.with_conditions(one.conditions().to_vec());
            all.push(series.with_interventions(done.collect()));
        }
        let series = Expression::new(self.series.genes().clone(), all).map_err(invalid)?;
        Ok(Self {
            series,
            unit: Some(unit),
            ..self
        })
    }
}

/// Without any unit, courses of one study go on about as long.
fn refuse_other_span(files: &[SeriesOfFile]) -> Result<(), ReadError> {
    let last: Vec<f64> = files.iter().map(SeriesOfFile::last_time).collect();
    let other = last
        .iter()
        .position(|&own| own > OTHER_UNIT * last[0] || last[0] > OTHER_UNIT * own);
    let Some(at) = other else { return Ok(()) };
    let found = format!(
        "the times go to {}, those of {} to {}, and no unit is named: they may be in other units, or not",
        last[at], files[0].file, last[0]
    );
    Err(
        ReadError::new(Fault::Time, Place::file(&files[at].file), found)
            .expecting("times with a named unit in all files, or courses of about one length")
            .cured_by("call the columns of times of all files `time_min`, `time_h` or the like"),
    )
}

fn other_span(file: &str, own: f64, last: f64, unit: TimeUnit) -> ReadError {
    let unit = unit.plural();
    let found = format!(
        "the times go to {own} without a unit, those of the other files to {last} {unit}: they may be {unit}, or not"
    );
    ReadError::new(Fault::Time, Place::file(file), found)
        .expecting("times with a named unit in all files, or in none")
        .cured_by("call the column of times `time_min`, `time_h` or the like, or write units in its cells")
}

/// Levels of all files are in the unit and on the scale of the first.
fn refuse_other_levels(files: &[SeriesOfFile]) -> Result<(), ReadError> {
    let Some((first, others)) = files.split_first() else {
        return Ok(());
    };
    let scale = |file: &SeriesOfFile| {
        let data = Data::from(file.series.clone());
        data.with_named_scale(file.scale.clone()).recognised_scale()
    };
    let stored = scale(first);
    for other in others {
        let found = series_differ(&first.series, &other.series, stored);
        let own = scale(other);
        let found = found.or_else(|| {
            (own.is_log() != stored.is_log() || own != stored && other.scale.is_some()).then(|| {
                format!(
                    "found that its levels are {}, while these are {}",
                    stored.name(),
                    own.name()
                )
            })
        });
        if let Some(found) = found {
            let found = format!("beside {}: {found}", first.file);
            return Err(
                ReadError::new(Fault::Mismatch, Place::file(&other.file), found)
                    .expecting("levels in one unit and on one scale in all files")
                    .cured_by("bring the files to one unit before, or infer from each of them"),
            );
        }
    }
    Ok(())
}

/// Genes of all files, in the order in which they first occur.
fn all_genes(files: &[SeriesOfFile]) -> Result<Genes, ReadError> {
    let first = &files[0];
    let mut names: Vec<String> = first.series.genes().names().to_vec();
    for SeriesOfFile { file, series, .. } in &files[1..] {
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
    one_line(name.rsplit_once('.').map_or(name, |(stem, _)| stem))
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
