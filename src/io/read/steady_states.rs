//! Tables of steady states: wild type, knockouts, knockdowns, overexpression, multifactorial.

use std::io::Read;

use faer::Mat;

use super::blank_labels::BlankLabels;
use super::columns::{Role, is_ignored, role};
use super::faults::{mismatch, repeated_gene};
use super::first_genes::{FirstGenes, first_genes};
use super::mutant_columns::{read_mutant_columns, text_columns};
use super::own_levels::{LabelSource, OwnLevels};
use super::perturbation_label::is_wild_type;
use super::perturbed::{LabelSearch, Labels, is_mark};
use super::sample_summaries::measured_samples;
use super::samples::series_not_steady;
use super::series_options::{ColumnRole, Duplicates, MERGE_CURE, Orientation, SeriesOptions};
use super::steady_orientation::orient_steady;
use super::steady_origins::{Origins, origins};
use super::steady_rows::SteadyRows;
use super::steady_samples::{
    SteadyTable, controls_as_wild_type, knockdowns_as_knockouts, labels_not_used,
};
use crate::expression::{SteadySample, SteadyStates};
use crate::genes::{Gene, Genes};
use crate::io::text::{Keep, Place, ReadError, Reading, Table, if_any, name_some};

/// Reads steady states of the genes of the data, one per row.
///
/// * Genes are in columns, found by their names, in any order. A gene of the series without a
///   column is missing in every row. Or they are in rows, with one sample per column whose name says what
///   was changed: recognised by names and levels, and noted.
/// * A column `perturbed` (or `gene`, `knockout`, `strain` …) says what was changed: a gene, or
///   several joined by `+` or `;`; nothing, `WT` or `control` is the wild type. So do columns
///   `gene_i` and `gene_j`. A column `level` may say how strongly. Without any of them a table of
///   as many rows as genes has one row for each, in the order of the columns (DREAM).
/// * Replicates are rows of their own.
///
/// # Errors   [`ReadError`] with file, row, column and cure.
/// # Cost     one pass over the text; 16 bytes a value at the peak.
pub fn read_steady_states(
    input: impl Read,
    file: &str,
    rows: SteadyRows,
    genes: &Genes,
) -> Result<Reading<SteadyStates>, ReadError> {
    let options = SeriesOptions::default();
    read_oriented_states(input, file, rows, genes, &options, Orientation::Auto)
}

/// The same, where the user may have said how the table is to be read.
///
/// * `options`: what holds for columns and genes of every table
/// * `asked`: where the genes are
///
/// # Errors   as [`read_steady_states`].
pub(super) fn read_oriented_states(
    input: impl Read,
    file: &str,
    rows: SteadyRows,
    genes: &Genes,
    options: &SeriesOptions,
    asked: Orientation,
) -> Result<Reading<SteadyStates>, ReadError> {
    let bytes = whole(input, file)?;
    let side = orient_steady(&bytes, file, rows, Some(genes), asked)?;
    let states = if side.genes_in_rows {
        read_mutant_columns(&bytes, file, rows, Some(genes), options)?
    } else {
        states_in_rows(&bytes, file, rows, genes, options, &[])?
    };
    states.reading(file, side)
}

/// Reads a table with one sample per row.
///
/// * `reported`: positions of columns of which it was said already what they are
fn states_in_rows(
    bytes: &[u8],
    file: &str,
    rows: SteadyRows,
    genes: &Genes,
    options: &SeriesOptions,
    reported: &[usize],
) -> Result<SteadyTable, ReadError> {
    let text = text_columns(bytes, file)?;
    let mut table = Table::read_as(bytes, file, options.text, |at, name| {
        match (options.role_of(name), genes.find(name)) {
            (Some(ColumnRole::Ignore), _) => Keep::Skip,
            (Some(ColumnRole::Gene), Some(_)) => Keep::Number,
            (Some(_), _) => Keep::Text,
            _ if is_ignored(name, &options.ignore) => Keep::Skip,
            (None, Some(_)) if !reported.contains(&at) => Keep::Number,
            _ if is_mark(name) || text[at] => Keep::Text,
            _ => Keep::Skip,
        }
    })?;
    let said = |role: ColumnRole| {
        let mut header = table.header().iter();
        header.position(|name| options.role_of(name) == Some(role))
    };
    if let Some(time) = said(ColumnRole::Time) {
        return Err(series_not_steady(&table, time));
    }
    let intervention = said(ColumnRole::Intervention);
    let called = said(ColumnRole::Condition).or(said(ColumnRole::Sample));
    let summaries = leave_summaries(&mut table, genes);
    let reader = StateRows {
        table: &table,
        rows,
        genes,
        duplicates: options.duplicates,
        intervention,
        called,
    };
    let described = |&at: &usize| {
        let name = &table.header()[at];
        let role = options.role_of(name);
        reported.contains(&at)
            || is_ignored(name, &options.ignore)
            || role.is_some_and(|role| role != ColumnRole::Gene)
    };
    let described: Vec<usize> = (0..table.header().len()).filter(described).collect();
    let mut states = reader.states(&described)?;
    states.notes.extend(summaries);
    Ok(states)
}

/// Leaves out rows that a name in a column of labels or of samples calls sums or means, and says so.
fn leave_summaries(table: &mut Table, genes: &Genes) -> Vec<String> {
    let text = table.columns(Keep::Text).into_iter();
    let text = text.filter(|&at| at == 0 || is_mark(&table.header()[at]));
    let mut notes = Vec::new();
    for column in text.collect::<Vec<_>>() {
        let (rows, note) = measured_samples(table.text(column), table.file(), |name| {
            genes.find(name).is_some()
        });
        if rows.len() < table.len() {
            table.keep_rows(&rows);
        }
        notes.extend(note);
    }
    notes
}

/// Reads the first table of steady states where there are no series: columns of numbers that do not say
/// what was changed, and that do not describe the samples, are genes.
///
/// * `asked`: where the genes are, if the user said so
///
/// # Errors   as [`read_steady_states`], and for a gene without a name, or without any value.
pub(super) fn read_first_steady_states(
    input: impl Read,
    file: &str,
    rows: SteadyRows,
    options: &SeriesOptions,
    asked: Orientation,
) -> Result<Reading<SteadyStates>, ReadError> {
    let bytes = whole(input, file)?;
    let side = orient_steady(&bytes, file, rows, None, asked)?;
    if side.genes_in_rows {
        return read_mutant_columns(&bytes, file, rows, None, options)?.reading(file, side);
    }
    let FirstGenes {
        genes,
        others,
        notes,
    } = first_genes(&bytes, file, options)?;
    let states = states_in_rows(&bytes, file, rows, &genes, options, &others)?;
    let mut reading = states.reading(file, side)?;
    reading.notes.extend(notes);
    Ok(reading)
}

/// All bytes of a file: it is looked at before it is read.
fn whole(mut input: impl Read, file: &str) -> Result<Vec<u8>, ReadError> {
    let mut bytes = Vec::new();
    input
        .read_to_end(&mut bytes)
        .map_err(|source| ReadError::unreadable(file, source))?;
    Ok(bytes)
}

/// A table with one sample per row, and what the user said about it.
struct StateRows<'t> {
    table: &'t Table,
    rows: SteadyRows,
    genes: &'t Genes,
    duplicates: Duplicates,
    /// The column of which the user said that it holds what was changed.
    intervention: Option<usize>,
    /// The column of which the user said that it names the samples.
    called: Option<usize>,
}

impl StateRows<'_> {
    /// The columns that say what was changed.
    fn labels(&self) -> Result<LabelSearch, ReadError> {
        let level = match self.rows {
            SteadyRows::Changed { level } => level,
            SteadyRows::WildType => 0.0,
            SteadyRows::Multifactorial => return Ok(LabelSearch::Nothing),
        };
        Labels::search(self.table, self.genes, Some(level), self.intervention)
    }

    fn states(&self, reported: &[usize]) -> Result<SteadyTable, ReadError> {
        let &Self {
            table, rows, genes, ..
        } = self;
        let file = table.file();
        let search = self.labels()?;
        let labels = match &search {
            LabelSearch::Found(labels) => Some(labels.clone()),
            _ => None,
        };
        let named = labels.as_ref().map_or(&[][..], Labels::columns);
        let columns = columns(table, genes, &[reported, named].concat(), self.duplicates)?;
        let Origins {
            origins,
            notes,
            knockdowns,
            controls,
        } = origins(table, rows, genes, search)?;
        let called = match self.called {
            Some(column) => Some(table.text(column)),
            None => row_names(table, labels.as_ref().and_then(Labels::acts)),
        };
        let samples = origins.into_iter().enumerate();
        let samples = samples.map(|(row, origin)| SteadySample {
            name: Place::row(file, table.lines()[row]).to_string(),
            label: called.map_or_else(String::new, |names| names[row].clone()),
            origin,
        });
        let values = Mat::from_fn(table.len(), genes.len(), |row, gene| {
            let levels = columns.positions[gene].iter();
            let levels = levels.map(|&column| table.value(row, column));
            self.duplicates.merge(levels)
        });
        let mut warnings: Vec<String> = table.warning().into_iter().collect();
        warnings.extend(columns.warnings);
        warnings.extend(knockdowns_as_knockouts(file, &knockdowns));
        let mut states = SteadyTable {
            genes: genes.clone(),
            samples: samples.collect(),
            values,
            notes: [table.note()]
                .into_iter()
                .chain(notes)
                .chain(columns.notes)
                .chain(controls_as_wild_type(file, &controls))
                .collect(),
            warnings,
        };
        if let (SteadyRows::Changed { level }, Some(labels)) = (rows, &labels) {
            let warning = blank_labels(table, labels, level).check(&states)?;
            states.warnings.extend(warning);
        }
        if rows == SteadyRows::Multifactorial {
            let text = table.columns(Keep::Text).into_iter();
            let mut warnings = text.map(|at| labels_not_used(file, table.text(at), genes));
            states.warnings.extend(warnings.find_map(|warning| warning));
        }
        if matches!(rows, SteadyRows::Changed { .. }) {
            let source = match &labels {
                None => LabelSource::Order,
                Some(_) if self.intervention.is_some() => LabelSource::User,
                Some(labels) => LabelSource::Column(&table.header()[labels.columns()[0]]),
            };
            let warning = OwnLevels::new(&states, file, source).check()?;
            states.warnings.extend(warning);
        }
        Ok(states)
    }
}

/// The rows whose labels say nothing.
fn blank_labels<'t>(table: &'t Table, labels: &Labels, level: f64) -> BlankLabels<'t> {
    let column = labels.columns()[0];
    let cells = table.text(column);
    let (blank, others): (Vec<usize>, Vec<usize>) =
        (0..table.len()).partition(|&row| labels.is_blank(table, row));
    let wild_type = others.iter().map(|&row| cells[row].as_str());
    BlankLabels {
        samples: blank
            .iter()
            .map(|&row| {
                (
                    row,
                    table.place(table.lines()[row], column),
                    cells[row].as_str(),
                )
            })
            .collect(),
        wild_type: wild_type.into_iter().find(|cell| is_wild_type(cell)),
        level,
    }
}

/// What the rows are called: their condition, else their name. What is the same in all of them is not a name.
///
/// * `except`: a column about the changed genes
fn row_names(table: &Table, except: Option<usize>) -> Option<&[String]> {
    let differs = |at: usize| {
        let cells = table.text(at);
        cells.len() < 2 || cells.iter().any(|cell| *cell != cells[0])
    };
    let mut text = table.columns(Keep::Text);
    text.retain(|&at| Some(at) != except && differs(at));
    let called = |wanted: &dyn Fn(&str) -> bool| {
        let mut columns = text.iter();
        columns.find(|&&at| wanted(&table.header()[at])).copied()
    };
    let column = called(&|name| role(name) == Role::Condition)
        .or_else(|| called(&|name| role(name) == Role::Sample || name.is_empty()));
    column.map(|column| table.text(column))
}

/// Where every gene stands, and what does not fit.
struct GeneColumns {
    /// The columns of every gene: none, or several if the user says what becomes of them.
    positions: Vec<Vec<usize>>,
    notes: Vec<String>,
    warnings: Vec<String>,
}

/// Finds the genes in the header; a table about other genes is refused.
///
/// * `known`: columns of which it is known what else they are
fn columns(
    table: &Table,
    genes: &Genes,
    known: &[usize],
    duplicates: Duplicates,
) -> Result<GeneColumns, ReadError> {
    let mut positions: Vec<Vec<usize>> = vec![Vec::new(); genes.len()];
    let mut others = Vec::new();
    for (column, name) in table.header().iter().enumerate() {
        if known.contains(&column) {
            continue;
        }
        let Some(Gene(gene)) = genes.find(name) else {
            if !is_mark(name) {
                others.push(name.as_str());
            }
            continue;
        };
        if let Some(&first) = positions[gene].first()
            && duplicates == Duplicates::Error
        {
            let place = table.header_place(column);
            let first = format!("column {}", table.column_number(first));
            return Err(repeated_gene(place, name, &first).cured_by(MERGE_CURE));
        }
        positions[gene].push(column);
    }
    let absent = genes
        .iter()
        .filter(|gene| positions[gene.index()].is_empty());
    let absent: Vec<&str> = absent.map(|gene| genes.name(gene)).collect();
    let known = genes.len() - absent.len();
    let strange = others.iter().filter(|name| role(name) == Role::Other);
    if known == 0 || strange.count() > known {
        return Err(mismatch(
            table.file(),
            format!(
                "found {known} column(s) of genes of the data and others: {}",
                name_some(&others)
            ),
            format!("columns such as {}", name_some(genes.names())),
            "give one column per gene, spelled as in the data",
        ));
    }
    let file = table.file();
    let passed = if_any(&others, |count, some| {
        format!("{file}: {count} column(s) are not genes of the data and are left out: {some}")
    });
    let missing = if_any(&absent, |count, some| {
        format!("{file}: {count} gene(s) of the data have no steady state here: {some}")
    });
    Ok(GeneColumns {
        notes: duplicates
            .note_of(file, genes, &positions)
            .into_iter()
            .collect(),
        positions,
        warnings: passed.into_iter().chain(missing).collect(),
    })
}
