//! Time series from one table: samples in rows (tidy or DREAM), or genes in rows.

use std::io::Read;

use faer::Mat;

use super::columns;
use super::damaged_names::damaged_names;
use super::faults::{all_missing, no_genes};
use super::genotype_labels::read_mutants;
use super::interventions::interventions_of;
use super::sample_sheet::{SampleSheet, sheet_of};
use super::sample_times::SampleTimes;
use super::samples::Samples;
use super::series_blocks::{SeriesBlock, sort_by_name};
use super::series_options::SeriesOptions;
use super::table_layout::{Arranged, Arrangement, arrange};
use super::table_shapes::{TableRead, read_table};
use super::threshold_cycles::refuse_cycles;
use super::time_source::TimeSource;
use super::time_unit::TimeUnit;
use crate::expression::{Expression, NamedScale, Origin, SteadySample, SteadyStates, TimeSeries};
use crate::genes::Genes;
use crate::io::text::{Fault, Place, ReadError, Reading, Table, if_any};
use crate::numeric::standard_deviation;

/// Reads time series from a table; the notes report every decision.
///
/// Metadata are known by their names: `time` (or `t`, `time_min` …), `series` or `replicate`,
/// `condition`, `intervention`, `sample`. Without a series column, a new series begins where time goes back to
/// the first time of the series or below it (DREAM). Genes in rows need `times`, or a header
/// of times.
///
/// * `file`: name for messages
/// * `times`: a separate table of times, see [`super::read_times`]
///
/// ```
/// use cistron::io::{SeriesOptions, read_series};
///
/// let table = "time\tlexA\trecA\n0\t1\t1\n10\t2\t4\n0\t1\t1.5\n10\t3\t5\n";
/// let read = read_series(table.as_bytes(), "sos.tsv", None, &SeriesOptions::default())?;
/// let series = read.value.series(); // time went back to its beginning: a second series
/// assert_eq!(series.iter().map(|one| one.len()).collect::<Vec<_>>(), [2, 2]);
/// assert_eq!(series[1].times(), [0.0, 10.0]);
/// # Ok::<(), cistron::io::ReadError>(())
/// ```
///
/// # Errors   [`ReadError`] with file, row, column and cure.
/// # Cost     one pass over the text; 16 bytes a value at the peak.
pub fn read_series(
    input: impl Read,
    file: &str,
    times: Option<&SampleTimes>,
    options: &SeriesOptions,
) -> Result<Reading<Expression>, ReadError> {
    let read = read_samples(input, file, times.into(), options)?;
    let series = read.value.series;
    let mut reading = Reading::new(series.ok_or_else(|| no_series(file))?);
    reading.notes = read.notes;
    reading.warnings = read.warnings;
    reading.warnings.extend(
        read.value
            .single
            .map(|single| single_left_out(file, &single)),
    );
    Ok(reading)
}

/// Time series, and the samples of the table that are in none of them; at least one of the two.
pub(crate) struct SampleTable {
    pub(crate) series: Option<Expression>,
    /// Single samples, of which it is not known what was changed.
    pub(crate) single: Option<SteadyStates>,
    /// The unit of the times, where it is named.
    pub(crate) unit: Option<TimeUnit>,
    /// The scale of the levels, where it is named.
    pub(crate) scale: Option<NamedScale>,
}

/// A table of samples, and what was recognised of each.
pub(super) struct RecognisedTable {
    table: SampleTable,
    /// An error where metadata name a sample in two series.
    pub(super) sheet: Result<SampleSheet, ReadError>,
}

/// Reads a table as [`read_series`], single samples included.
pub(crate) fn read_samples(
    input: impl Read,
    file: &str,
    times: TimeSource<'_>,
    options: &SeriesOptions,
) -> Result<Reading<SampleTable>, ReadError> {
    let read = read_recognised(input, file, times, options)?;
    Ok(read.map(|read| read.table))
}

/// Reads a table as [`read_samples`].
pub(super) fn read_recognised(
    input: impl Read,
    file: &str,
    times: TimeSource<'_>,
    options: &SeriesOptions,
) -> Result<Reading<RecognisedTable>, ReadError> {
    let TableRead {
        table,
        notes: shape,
        times: beside,
        options,
        scale,
    } = read_table(input, file, times, options)?;
    let options = &options;
    let times = match (times, &beside) {
        (TimeSource::Table, Some(times)) => TimeSource::File(times),
        _ => times,
    };
    let in_vain = ignored_in_vain(&table, times, options);
    let Arranged {
        layout,
        mut samples,
        mut notes,
        warnings,
    } = arrange(&table, times, options)?;
    if layout.names.is_empty() {
        return Err(no_genes(file));
    }
    refuse_cycles(file, &layout.names)?;
    let scales = gene_scales(&layout);
    let mut blocks = samples.blocks(&|a, b| distance(&layout, &scales, a, b))?;
    sort_by_name(&mut blocks.value);
    refuse_single(file, &blocks.value, &samples, layout.len())?;
    let constant = constant_genes(&layout)?;
    let genes = Genes::new(layout.names.iter().cloned())
        .map_err(|source| ReadError::invalid(Place::file(file), source))?;
    notes.extend(read_mutants(&mut samples, &genes)?);
    let series = build(file, &layout, &samples, &blocks.value, &genes)?;
    let single = single_samples(file, &layout, &samples, &genes)?;
    let sheet = sheet_of(&samples, &blocks.value, &genes);
    let mut reading = Reading::new(RecognisedTable {
        table: SampleTable {
            series,
            single,
            unit: samples.unit,
            scale,
        },
        sheet,
    });
    let read = &reading.value.table;
    let counts = read.series.as_ref().map(|series| count(file, series));
    let counts = counts.into_iter().chain(count_single(file, read));
    reading.notes.push(table.note());
    let all = shape.into_iter().chain(notes).chain(blocks.notes);
    reading.notes.extend(all.chain(counts));
    let empty = read.series.as_ref();
    let empty = empty.map_or_else(Vec::new, |series| empty_samples(file, series));
    reading.warnings.extend(in_vain);
    reading.warnings.extend(table.warning());
    reading
        .warnings
        .extend(warnings.into_iter().chain(blocks.warnings));
    reading.warnings.extend(short_series(&blocks.value));
    reading.warnings.extend(empty);
    reading.warnings.extend(constant_warning(&constant));
    reading.warnings.extend(damaged_names(file, &layout.names));
    Ok(reading)
}

/// Warnings about columns to ignore that no table has.
fn ignored_in_vain(table: &Table, times: TimeSource<'_>, options: &SeriesOptions) -> Vec<String> {
    let described = times.file().map_or(&[][..], SampleTimes::header);
    let others = [described, &options.elsewhere].concat();
    columns::ignored_in_vain(table, &others, &options.ignore)
}

fn count_single(file: &str, read: &SampleTable) -> Option<String> {
    let single = read.single.as_ref()?;
    let (count, genes) = (single.len(), single.genes().len());
    Some(match read.series {
        Some(_) => format!("{file}: {count} single samples, taken as steady states"),
        None => {
            format!("{file}: {genes} genes, no series; {count} samples, all taken as steady states")
        }
    })
}

fn build(
    file: &str,
    layout: &Arrangement<'_>,
    samples: &Samples,
    blocks: &[SeriesBlock],
    genes: &Genes,
) -> Result<Option<Expression>, ReadError> {
    if blocks.is_empty() {
        return Ok(None);
    }
    let invalid = |source| ReadError::invalid(Place::file(file), source);
    let mut all_series = Vec::with_capacity(blocks.len());
    for block in blocks {
        let SeriesBlock { name, members, .. } = block;
        let times = members.iter().map(|&sample| samples.times[sample]);
        let values = Mat::from_fn(members.len(), genes.len(), |i, j| {
            level(layout, block, i, j)
        });
        let mut series =
            TimeSeries::new(name.as_str(), times.collect(), values).map_err(invalid)?;
        if let Some(conditions) = &samples.conditions {
            let conditions = members.iter().map(|&sample| conditions[sample].clone());
            series = series.with_conditions(conditions.collect());
        }
        let interventions = interventions_of(samples, members, genes)?;
        all_series.push(series.with_interventions(interventions));
    }
    let series = Expression::new(genes.clone(), all_series);
    series.map(Some).map_err(invalid)
}

/// The level of a gene in the i-th sample of a series; the mean where replicates were pooled.
fn level(layout: &Arrangement<'_>, block: &SeriesBlock, i: usize, gene: usize) -> f64 {
    let Some(pooled) = block.pooled.get(i) else {
        return layout.value(block.members[i], gene);
    };
    let values = pooled.iter().map(|&sample| layout.value(sample, gene));
    let known: Vec<f64> = values.filter(|x| !x.is_nan()).collect();
    known.iter().sum::<f64>() / known.len() as f64
}

/// Standard deviation of every gene over all samples.
fn gene_scales(layout: &Arrangement<'_>) -> Vec<f64> {
    let scale = |gene: usize| {
        let values = (0..layout.len()).map(|sample| layout.value(sample, gene));
        standard_deviation(&values.filter(|x| !x.is_nan()).collect::<Vec<f64>>())
    };
    (0..layout.names.len()).map(scale).collect()
}

/// Mean squared difference of two samples over the genes, in standard deviations of each gene.
fn distance(layout: &Arrangement<'_>, scales: &[f64], a: usize, b: usize) -> f64 {
    let squares = scales
        .iter()
        .enumerate()
        .map(|(gene, scale)| ((layout.value(a, gene) - layout.value(b, gene)) / scale).powi(2));
    let known: Vec<f64> = squares.filter(|x| x.is_finite()).collect();
    known.iter().sum::<f64>() / known.len() as f64
}

/// The samples that are in no series, as steady states.
fn single_samples(
    file: &str,
    layout: &Arrangement<'_>,
    samples: &Samples,
    genes: &Genes,
) -> Result<Option<SteadyStates>, ReadError> {
    let single = samples.single();
    if single.is_empty() {
        return Ok(None);
    }
    let values = Mat::from_fn(single.len(), genes.len(), |i, j| layout.value(single[i], j));
    let named = single.iter().map(|&sample| SteadySample {
        name: samples.origin.place(sample).to_string(),
        label: samples.label(sample).to_owned(),
        origin: Origin::Multifactorial,
    });
    SteadyStates::new(genes.clone(), named.collect(), values)
        .map(Some)
        .map_err(|source| ReadError::invalid(Place::file(file), source))
}

fn single_left_out(file: &str, single: &SteadyStates) -> String {
    format!("{file}: {} single samples are left out", single.len())
}

/// Series need two samples; without series all samples have to be single ones.
fn refuse_single(
    file: &str,
    blocks: &[SeriesBlock],
    samples: &Samples,
    count: usize,
) -> Result<(), ReadError> {
    let all_single = samples.single().len() == count && count > 0;
    if !all_single && blocks.iter().all(|block| block.members.len() < 2) {
        let found = format!("found {count} sample(s) and no series with two");
        return Err(ReadError::new(Fault::Time, Place::file(file), found)
            .expecting("at least 3 time points in a series")
            .cured_by(
                "add samples, check the `series` column, or give steady states with `--steady`",
            ));
    }
    Ok(())
}

fn no_series(file: &str) -> ReadError {
    ReadError::new(
        Fault::Time,
        Place::file(file),
        "found single samples and no series",
    )
    .expecting("at least one series")
    .cured_by("add series, or read the table with `OpenOptions`")
}

/// Genes that never change; a gene without any value is refused.
fn constant_genes<'a>(layout: &'a Arrangement<'_>) -> Result<Vec<&'a str>, ReadError> {
    let mut constant = Vec::new();
    for (gene, name) in layout.names.iter().enumerate() {
        let mut seen = (0..layout.len())
            .map(|sample| layout.value(sample, gene))
            .filter(|x| !x.is_nan());
        let Some(first) = seen.next() else {
            return Err(all_missing(
                layout.gene_place(gene),
                name,
                &layout.gene_cure(gene),
            ));
        };
        if seen.all(|x| x == first) {
            constant.push(name.as_str());
        }
    }
    Ok(constant)
}

/// A warning that names genes without change; they can neither regulate nor be explained.
pub(crate) fn constant_warning(constant: &[&str]) -> Option<String> {
    if_any(constant, |count, some| {
        format!("{count} gene(s) never change and will have no edges: {some}")
    })
}

fn short_series(blocks: &[SeriesBlock]) -> Option<String> {
    let short = blocks.iter().filter(|block| block.members.len() < 3);
    let names: Vec<&str> = short.map(|block| block.name.as_str()).collect();
    if_any(&names, |count, some| {
        format!(
            "{count} series with fewer than 3 time points, which tell little or nothing: {some}"
        )
    })
}

fn empty_samples(file: &str, expression: &Expression) -> Vec<String> {
    let mut warnings = Vec::new();
    for series in expression.series() {
        let empty = (0..series.len()).filter(|&i| {
            let values = series.values();
            (0..values.ncols()).all(|j| values[(i, j)].is_nan())
        });
        let times: Vec<String> = empty.map(|i| series.times()[i].to_string()).collect();
        warnings.extend(if_any(&times, |_, some| {
            let name = series.name();
            format!("{file}: series `{name}` has no value at all at time {some}")
        }));
    }
    warnings
}

fn count(file: &str, expression: &Expression) -> String {
    let missing = expression.missing();
    format!(
        "{file}: {} genes, {} series, {} samples, {missing} missing values",
        expression.genes().len(),
        expression.series().len(),
        expression.samples(),
    )
}
