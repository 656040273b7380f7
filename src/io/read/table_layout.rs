//! Where the genes and samples of a table are.

use std::collections::HashMap;

use super::column_samples::samples_in_columns;
use super::columns::{Role, role};
use super::corrected_samples::corrected_samples;
use super::faults::{check_gene_name, no_name, numbered_gene, repeated_gene};
use super::feature_ids::numbered_copies;
use super::gene_names_column::{distinct, words_columns};
use super::header_times::{left_out_columns, sample_columns};
use super::metadata_columns::{Metadata, refuse_absent};
use super::sample_measures::genes_among;
use super::sample_names::samples_of_names;
use super::sample_origin::SampleOrigin;
use super::sample_summaries::measured_samples;
use super::sample_times::SampleTimes;
use super::samples::{Samples, index_samples, no_time, series_not_steady};
use super::series_options::{Duplicates, MERGE_CURE, SeriesOptions};
use super::table_orientation::{holds_numbers, orient, sample_column};
use super::time_choice::times_twice;
use super::time_source::TimeSource;
use crate::io::text::{Keep, Place, ReadError, Table, gene_word_rank, if_any};

/// Genes and samples of a table, and the way to a value.
pub(crate) struct Arrangement<'a> {
    table: &'a Table,
    genes_in_rows: bool,
    /// Names and positions (row or column, from 0).
    pub(crate) names: Vec<String>,
    genes: Vec<usize>,
    samples: Vec<usize>,
    /// Columns kept as text until they turned out to be numbers, by position.
    converted: Vec<Option<Vec<f64>>>,
    /// Further rows or columns of every gene, where some occur several times.
    copies: Vec<Vec<usize>>,
    merge: Duplicates,
}

impl Arrangement<'_> {
    /// The value of a gene in a sample; NaN where missing.
    pub(crate) fn value(&self, sample: usize, gene: usize) -> f64 {
        let first = self.level(sample, self.genes[gene]);
        let copies = self.copies.get(gene).map_or(&[][..], Vec::as_slice);
        if copies.is_empty() {
            return first;
        }
        let others = copies.iter().map(|&copy| self.level(sample, copy));
        self.merge.merge(others.chain([first]))
    }

    fn level(&self, sample: usize, gene: usize) -> f64 {
        let sample = self.samples[sample];
        let (row, column) = if self.genes_in_rows {
            (gene, sample)
        } else {
            (sample, gene)
        };
        match self.converted.get(column) {
            Some(Some(values)) => values[row],
            _ => self.table.value(row, column),
        }
    }

    /// Number of samples.
    pub(crate) fn len(&self) -> usize {
        self.samples.len()
    }

    /// Where a gene stands.
    pub(crate) fn gene_place(&self, gene: usize) -> Place {
        if self.genes_in_rows {
            Place::row(self.table.file(), self.table.lines()[self.genes[gene]])
        } else {
            let number = self.table.column_number(self.genes[gene]);
            Place::column(self.table.file(), number, &self.names[gene])
        }
    }

    /// What to do about a gene besides removing it.
    pub(crate) fn gene_cure(&self, gene: usize) -> String {
        if self.genes_in_rows {
            String::new()
        } else {
            format!(", or leave it out with `--ignore {}`", self.names[gene])
        }
    }
}

/// A table with its genes and samples in their places, and what was said about it.
pub(crate) struct Arranged<'a> {
    pub(crate) layout: Arrangement<'a>,
    pub(crate) samples: Samples,
    pub(crate) notes: Vec<String>,
    pub(crate) warnings: Vec<String>,
}

/// Places genes and samples; the note says how, and why so.
pub(crate) fn arrange<'a>(
    table: &'a Table,
    times: TimeSource<'_>,
    options: &SeriesOptions,
) -> Result<Arranged<'a>, ReadError> {
    let described = times.file().map_or(&[][..], SampleTimes::header);
    refuse_absent(table, described, options)?;
    let metadata = Metadata::find(table, options)?;
    let (genes_in_rows, why) = orient(table, &metadata, times, options)?;
    let side = if genes_in_rows { "rows" } else { "columns" };
    let mut arranged = if genes_in_rows {
        genes_in_rows_of(table, times, options)?
    } else {
        genes_in_columns_of(table, metadata, times, options)?
    };
    let note = format!("{}: genes are in {side}, {why}", table.file());
    arranged.notes.insert(0, note);
    let merged = merge_repeats(&mut arranged.layout, options.duplicates)?;
    arranged.notes.extend(merged);
    Ok(arranged)
}

fn genes_in_rows_of<'a>(
    table: &'a Table,
    times: TimeSource<'_>,
    options: &SeriesOptions,
) -> Result<Arranged<'a>, ReadError> {
    if table.kind(0) != Keep::Text {
        let found = "found numbers where genes in rows have their names";
        return Err(no_name(table.header_place(0), found));
    }
    let all = sample_columns(table);
    let called = |&at: &usize| table.header()[at].clone();
    let (measured, said) = match times {
        TimeSource::Without => {
            let names: Vec<String> = all.iter().map(called).collect();
            measured_samples(&names, table.file(), |_| false)
        }
        _ => ((0..all.len()).collect(), None),
    };
    let columns: Vec<usize> = measured.into_iter().map(|at| all[at]).collect();
    let names: Vec<String> = columns.iter().map(called).collect();
    let mut notes: Vec<String> = said.into_iter().collect();
    if columns.is_empty() {
        return Err(no_time(table, "add a column for every sample"));
    }
    notes.extend(left_out_columns(table, &columns));
    let (samples, unused) = samples_in_columns(table, &columns, names, times, &mut notes)?;
    let (genes, names, left) = genes_among(table, &options.regulators);
    notes.extend(left);
    let layout = Arrangement {
        table,
        genes_in_rows: true,
        names,
        genes,
        converted: converted(table, &columns)?,
        samples: columns,
        copies: Vec::new(),
        merge: Duplicates::Error,
    };
    let mut warnings = unused_warning(times.file(), &unused);
    let others = table.columns(Keep::Text).into_iter().skip(1);
    let others = others.filter(|column| !layout.samples.contains(column));
    warnings.extend(others.map(|at| passed_over(table, at)));
    Ok(Arranged {
        layout,
        samples,
        notes,
        warnings,
    })
}

fn passed_over(table: &Table, column: usize) -> String {
    let (place, name) = (table.header_place(column), &table.header()[column]);
    let names = gene_word_rank(name).is_some() && distinct(table.text(column));
    let cure = if names {
        format!("; `--columns '{name}=gene'` takes the names of the genes from it")
    } else {
        String::new()
    };
    format!("{place}: is passed over{cure}")
}

/// The columns among these that were kept as text, as numbers.
fn converted(table: &Table, columns: &[usize]) -> Result<Vec<Option<Vec<f64>>>, ReadError> {
    let mut converted = vec![None; table.header().len()];
    for &column in columns {
        if table.kind(column) == Keep::Text {
            converted[column] = Some(table.text_as_numbers(column)?);
        }
    }
    Ok(converted)
}

fn genes_in_columns_of<'a>(
    table: &'a Table,
    mut metadata: Metadata,
    times: TimeSource<'_>,
    options: &SeriesOptions,
) -> Result<Arranged<'a>, ReadError> {
    if let TimeSource::Without = times {
        metadata.leave_unsure_time(table);
    }
    metadata.decide_by_cells(table, options)?;
    let unnamed = table.kind(0) == Keep::Text && table.header()[0].is_empty();
    let named = match times {
        TimeSource::File(times) if times.names_rows() => None,
        TimeSource::File(_) if metadata.time.is_none() => sample_column(table, &metadata),
        TimeSource::Without if !holds_numbers(table) => sample_column(table, &metadata),
        TimeSource::Table if metadata.time.is_none() => sample_column(table, &metadata),
        _ => metadata.sample.or(unnamed.then_some(0)),
    };
    // single samples of one name are replicates
    if let (Some(column), TimeSource::Table | TimeSource::File(_)) = (named, times) {
        index_samples(table, column)?;
    }
    let (mut samples, unused) = samples_in_rows(table, &mut metadata, named, times)?;
    let mut rows: Vec<usize> = (0..table.len()).collect();
    if let (TimeSource::Without, Some(column)) = (times, named) {
        let (measured, note) = measured_samples(table.text(column), table.file(), |_| false);
        if measured.len() < rows.len() {
            samples = samples.select(&measured);
        }
        rows = measured;
        metadata.notes.extend(note);
    }
    let free = |column: &usize| !metadata.left_out.contains(column);
    let first_is_gene = table.kind(0) == Keep::Text
        && role(&table.header()[0]) == Role::Other
        && named != Some(0)
        && !metadata.in_use(0);
    let mut genes: Vec<usize> = table.columns(Keep::Number);
    genes.extend(&metadata.genes);
    genes.extend(first_is_gene.then_some(0));
    genes.retain(free);
    genes.sort_unstable();
    genes.dedup();
    let layout = Arrangement {
        table,
        genes_in_rows: false,
        names: genes.iter().map(|&at| table.header()[at].clone()).collect(),
        converted: converted(table, &genes)?,
        genes,
        samples: rows,
        copies: Vec::new(),
        merge: Duplicates::Error,
    };
    Ok(Arranged {
        layout,
        samples,
        notes: std::mem::take(&mut metadata.notes),
        warnings: unused_warning(times.file(), &unused),
    })
}

/// The samples of a table with one a row, and those of `times` that it does not have.
fn samples_in_rows(
    table: &Table,
    metadata: &mut Metadata,
    named: Option<usize>,
    times: TimeSource<'_>,
) -> Result<(Samples, Vec<String>), ReadError> {
    match (metadata.time, times) {
        (Some(time), TimeSource::Without) if role(&table.header()[time]) == Role::Time => {
            Err(series_not_steady(table, time))
        }
        (_, TimeSource::Without) => Ok((single_samples(table, metadata, named), Vec::new())),
        (_, TimeSource::File(times)) if times.is_sheet() => {
            corrected_samples(table, metadata, named, times)
        }
        (Some(time), TimeSource::File(times)) => {
            let name = &table.header()[time];
            let column = format!("column {} (`{name}`)", table.column_number(time));
            Err(times_twice(table.file(), &column, times.file())
                .cured_by(format!("drop `--times`, or `--ignore {name}`")))
        }
        (Some(time), TimeSource::Table) => {
            Ok((samples_of_rows(table, metadata, named, time)?, Vec::new()))
        }
        (None, TimeSource::File(times)) => {
            let Some(column) = named else {
                return Err(no_time(table, "name the column of the samples `sample`"));
            };
            times.select(table.text(column), table.file())
        }
        (None, TimeSource::Table) => {
            let said = match named {
                Some(column) => samples_of_names(table.text(column), origin_of_rows(table))?,
                None => None,
            };
            if let Some((samples, notes)) = said {
                metadata.notes.extend(notes);
                return Ok((samples, Vec::new()));
            }
            let cure = "name the time column `time`, or give `--times FILE`";
            Err(no_time(table, cure))
        }
    }
}

fn origin_of_rows(table: &Table) -> SampleOrigin {
    SampleOrigin::Rows {
        file: table.file().to_owned(),
        lines: table.lines().to_vec(),
    }
}

/// Names in a column, one per row; empty without such a column.
fn names_of_rows(table: &Table, named: Option<usize>) -> Vec<String> {
    named.map_or_else(
        || vec![String::new(); table.len()],
        |column| table.text(column).to_vec(),
    )
}

fn single_samples(table: &Table, metadata: &Metadata, named: Option<usize>) -> Samples {
    let names = names_of_rows(table, named);
    Samples {
        conditions: metadata.conditions(table),
        ..Samples::without_times(origin_of_rows(table), names)
    }
}

fn samples_of_rows(
    table: &Table,
    metadata: &mut Metadata,
    named: Option<usize>,
    time: usize,
) -> Result<Samples, ReadError> {
    let times = metadata.times(table, time)?;
    metadata.notes.extend(times.notes);
    Ok(Samples {
        origin: origin_of_rows(table),
        names: names_of_rows(table, named),
        times: times.values,
        unit: times.unit,
        series: metadata.series_names(table)?,
        replicates: metadata.replicates(table),
        conditions: metadata.conditions(table),
        interventions: metadata.interventions(table),
        genotypes: metadata.genotypes(table),
        joined: false,
        courses: None,
    })
}

fn unused_warning(times: Option<&SampleTimes>, unused: &[String]) -> Vec<String> {
    let file = times.map_or("", SampleTimes::file);
    let warning = if_any(unused, |_, some| {
        format!("{file}: samples without expression: {some}")
    });
    warning.into_iter().collect()
}

/// Genes need different names; those that occur several times are merged if the user says so.
fn merge_repeats(
    layout: &mut Arrangement<'_>,
    duplicates: Duplicates,
) -> Result<Option<String>, ReadError> {
    let mut seen: HashMap<String, usize> = HashMap::with_capacity(layout.names.len());
    let (mut names, mut genes, mut copies) = (Vec::new(), Vec::new(), Vec::<Vec<usize>>::new());
    let originals = numbered_copies(&layout.names);
    for (gene, name) in layout.names.iter().enumerate() {
        check_gene_name(name, || layout.gene_place(gene))?;
        let original = originals
            .get(name.as_str())
            .map_or(name.as_str(), |&name| name);
        match seen.get(original) {
            None => {
                seen.insert(original.to_owned(), names.len());
                names.push(original.to_owned());
                genes.push(layout.genes[gene]);
                copies.push(Vec::new());
            }
            Some(&first) if duplicates != Duplicates::Error => {
                copies[first].push(layout.genes[gene])
            }
            Some(&first) => return Err(repeated(layout, gene, first)),
        }
    }
    let several = names
        .iter()
        .zip(&copies)
        .filter(|(_, copies)| !copies.is_empty());
    let several: Vec<&String> = several.map(|(name, _)| name).collect();
    let note = duplicates.note(layout.table.file(), &several);
    if note.is_some() {
        (layout.names, layout.genes, layout.copies) = (names, genes, copies);
        layout.merge = duplicates;
    }
    Ok(note)
}

fn repeated(layout: &Arrangement<'_>, gene: usize, earlier: usize) -> ReadError {
    let (at, first) = (layout.gene_place(gene), layout.gene_place(earlier));
    let first = match (first.row, first.column) {
        (Some(row), _) => format!("row {row}"),
        (None, column) => format!("column {}", column.unwrap_or_default()),
    };
    let (name, other) = (&layout.names[gene], &layout.names[earlier]);
    if name != other {
        return numbered_gene(at, name, other, &first);
    }
    let error = repeated_gene(at, name, &first);
    let table = layout.table;
    let mut others = words_columns(table).into_iter().skip(1);
    match others.find(|&at| distinct(table.text(at))) {
        Some(other) if layout.genes_in_rows => error.cured_by(format!(
            "say `--columns '{}=gene'` if that column names the genes, or {MERGE_CURE}",
            table.header()[other]
        )),
        _ => error.cured_by(MERGE_CURE),
    }
}
