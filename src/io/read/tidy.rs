//! Tidy tables: one value per row, with its gene and its time or sample.

use std::collections::HashMap;

use super::columns::{Role, is_short_time, kind, plain, role};
use super::metadata_columns::series_kind;
use super::sample_quantities::is_statistic;
use super::series_options::{ColumnRole, SeriesOptions};
use super::tidy_lines::{TidyColumns, TidyLine, annotations, numbers_of_rows, tidy_lines};
use super::value_names::{falls_with_level, scale_of_name};
use crate::expression::NamedScale;
use crate::io::text::{
    Fault, Keep, Place, ReadError, Rows, Table, gene_word_rank, if_any, name_some,
};

/// Names of the column of values, in small letters.
const VALUE: [&str; 32] = [
    "value",
    "values",
    "expression",
    "expr",
    "exprs",
    "level",
    "levels",
    "tpm",
    "fpkm",
    "rpkm",
    "cpm",
    "count",
    "counts",
    "signal",
    "intensity",
    "abundance",
    "log2",
    "logcounts",
    "log_expression",
    "normalized",
    "normalised",
    "log2_ratio",
    "mean",
    "measurement",
    "cq",
    "delta_ct",
    "dct",
    "ddct",
    "rq",
    "quantity",
    "fold_change",
    "relative_expression",
];

impl TidyColumns {
    /// The scale of the values, where their name says it.
    pub(super) fn scale(&self, header: &[String]) -> Option<NamedScale> {
        let column = &header[self.value];
        let stored = scale_of_name(column)?;
        Some(NamedScale {
            stored,
            column: column.clone(),
        })
    }

    /// Finds the columns by names and contents; none if the table is not tidy.
    ///
    /// # Errors   [`Fault::Shape`] where several columns may be the values.
    pub(super) fn find(
        rows: &mut Rows<'_>,
        options: &SeriesOptions,
    ) -> Result<Option<Self>, ReadError> {
        let ignore = &options.ignore;
        let header = rows.header().to_vec();
        let kept: Vec<usize> = (0..header.len())
            .filter(|&at| kind(at, &header[at], ignore) != Keep::Skip)
            .collect();
        let names: Vec<String> = header.iter().map(|name| plain(name)).collect();
        // a column `id` may name samples
        let named = kept
            .iter()
            .copied()
            .filter(|&at| role(&names[at]) != Role::Sample);
        let called = named
            .filter_map(|at| Some((gene_word_rank(&names[at])?, at)))
            .min();
        let called = called.map(|(_, at)| at);
        let mut said = kept.iter().copied();
        let said = said.find(|&at| options.role_of(&header[at]) == Some(ColumnRole::Gene));
        let said = said.filter(|&at| !rows.holds_numbers(at));
        let Some(gene) = said.or(called) else {
            return Ok(None);
        };
        let roles: Vec<Role> = header.iter().map(|name| role(name)).collect();
        let others = || kept.iter().copied().filter(|&at| at != gene);
        // samples are called `a`, `b`, `d`, and no day is meant
        let short = |at: usize| names[at] != "t" && is_short_time(&header[at]);
        let timed = others().any(|at| match roles[at] {
            Role::Time => true,
            Role::PerhapsTime => !short(at),
            _ => false,
        });
        let sampled = others().any(|at| roles[at] == Role::Sample);
        let numbers: Vec<usize> = others()
            .filter(|&at| roles[at] == Role::Other && rows.holds_numbers(at))
            .collect();
        let labels_columns = rows.holds_any(gene, &header);
        if !(timed || sampled) || numbers.is_empty() || labels_columns {
            return Ok(None);
        }
        let called = |at: &usize| VALUE.contains(&names[*at].as_str());
        let values: Vec<usize> = numbers.iter().copied().filter(called).collect();
        let beside = |at: usize| is_statistic(&names[at]) || names[at] == "length";
        let unknown: Vec<usize> = (numbers.iter().copied())
            .filter(|at| !values.contains(at) && !beside(*at))
            .collect();
        let value = match (values.as_slice(), unknown.as_slice()) {
            ([value], _) => *value,
            ([], [value]) if timed => *value,
            ([], _) if !timed => return Ok(None),
            _ => return Err(several_values(rows, &header[gene], &values, &unknown)),
        };
        Ok(Some(Self {
            gene,
            value,
            others: others().filter(|at| !numbers.contains(at)).collect(),
            numbers: numbers.into_iter().filter(|&at| at != value).collect(),
        }))
    }
}

fn several_values(rows: &Rows<'_>, gene: &str, values: &[usize], unknown: &[usize]) -> ReadError {
    let columns = if values.is_empty() { unknown } else { values };
    let names = name_some(columns.iter().map(|&at| &rows.header()[at]));
    let found = format!(
        "found a column `{gene}`, a time and several columns of numbers ({names}): one value per row \
         with its gene, or one gene per column"
    );
    let place = Place::row(rows.file(), rows.header_line());
    ReadError::new(Fault::Shape, place, found).cured_by(format!(
        "leave out all but the values with `--ignore A,B`, or, if each column is a gene, \
         `--ignore {gene}`"
    ))
}

/// The rows of a tidy table, by gene and sample.
#[derive(Default)]
struct TidyRows {
    genes: Vec<String>,
    gene_numbers: HashMap<String, usize>,
    /// What the other columns say of every sample, and the line where it is first.
    samples: Vec<(Vec<String>, usize)>,
    sample_numbers: HashMap<Vec<String>, usize>,
    values: Vec<TidyValue>,
}

struct TidyValue {
    line: usize,
    gene: usize,
    sample: usize,
    /// How many values of the same gene and sample were before.
    copy: usize,
    cell: String,
}

/// Reads a tidy table as one with a gene per column.
///
/// # Errors   [`ReadError`] with the place: a value that is not a number; genes with different numbers of
///   values per sample.
pub(super) fn read_tidy(
    mut rows: Rows<'_>,
    columns: &TidyColumns,
    options: &SeriesOptions,
) -> Result<(Table, Vec<String>), ReadError> {
    let file = rows.file().to_owned();
    let header = rows.header().to_vec();
    let lines = tidy_lines(&mut rows, columns)?;
    let mut passed_over = annotations(&header, columns, &lines);
    let numbered = numbers_of_rows(columns, &lines);
    (passed_over.iter_mut().zip(numbered)).for_each(|(out, number)| *out |= number);
    let keys = |numbers: &[usize]| -> Vec<usize> {
        let texts = columns.others.iter().zip(&passed_over);
        let texts = texts.filter(|&(_, &out)| !out).map(|(&at, _)| at);
        texts.chain(numbers.iter().copied()).collect()
    };
    let mut tidy = TidyRows::new(&lines, columns, &keys(&[]));
    let mut copies = tidy.copies(&file);
    let mut conditions = Vec::new();
    // a number that tells samples apart is what was done to them: a dose, a temperature
    if !matches!(copies, Ok(1)) {
        for &number in &columns.numbers {
            let mut apart = TidyRows::new(&lines, columns, &keys(&[number]));
            if matches!(apart.copies(&file), Ok(1)) {
                (tidy, copies, conditions) = (apart, Ok(1), vec![number]);
                break;
            }
        }
    }
    let copies = copies?;
    let key_names: Vec<String> = keys(&conditions)
        .into_iter()
        .map(|at| match conditions.contains(&at) {
            true => "condition".to_owned(),
            false => header[at].clone(),
        })
        .collect();
    let mut notes = vec![format!(
        "{file}: a tidy table: `{}` in a row for each `{}` and {}",
        header[columns.value],
        header[columns.gene],
        name_some(keys(&conditions).iter().map(|&at| &header[at]))
    )];
    notes.extend(conditions.iter().map(|&at| {
        format!(
            "{file}: `{}` tells samples of one time apart and is read as a condition",
            header[at]
        )
    }));
    if copies > 1 {
        notes.push(format!(
            "{file}: {copies} values of each gene with the same {}: taken as replicates, in their order",
            name_some(&key_names)
        ));
    }
    let used = keys(&conditions);
    let left_out = columns.others.iter().chain(&columns.numbers);
    let left_out = left_out.filter(|at| !used.contains(at));
    let left_out: Vec<&String> = left_out.map(|&at| &header[at]).collect();
    notes.extend(if_any(&left_out, |_, some| {
        format!("{file}: columns that are passed over: {some}")
    }));
    notes.extend(cycles_note(&file, &header[columns.value]));
    let table = tidy.table(&rows, key_names, copies, options)?;
    Ok((table, notes))
}

/// A note where values fall as levels rise.
fn cycles_note(file: &str, value: &str) -> Option<String> {
    falls_with_level(value).then(|| {
        format!(
            "{file}: `{value}` falls by 1 where the level doubles: its negative is taken, as the logarithm of the \
             level to base 2 up to a constant"
        )
    })
}

impl TidyRows {
    /// * `keys`: columns of the file that say which sample a row is of
    fn new(lines: &[TidyLine], columns: &TidyColumns, keys: &[usize]) -> Self {
        let cells: Vec<usize> = (columns.others.iter().chain(&columns.numbers).enumerate())
            .filter_map(|(cell, at)| keys.contains(at).then_some(cell))
            .collect();
        let mut tidy = Self::default();
        for line in lines {
            let key = cells.iter().map(|&cell| line.cells[cell].clone()).collect();
            tidy.push(line.line, line.gene.clone(), key, line.value.clone());
        }
        tidy
    }

    fn push(&mut self, line: usize, gene: String, key: Vec<String>, cell: String) {
        let next = self.genes.len();
        let gene = *self.gene_numbers.entry(gene).or_insert_with_key(|name| {
            self.genes.push(name.clone());
            next
        });
        let next = self.samples.len();
        let sample = *self.sample_numbers.entry(key).or_insert_with_key(|key| {
            self.samples.push((key.clone(), line));
            next
        });
        self.values.push(TidyValue {
            line,
            gene,
            sample,
            copy: 0,
            cell,
        });
    }

    /// Counts the values of one gene in one sample, which have to be as many for all.
    fn copies(&mut self, file: &str) -> Result<usize, ReadError> {
        let mut counts: HashMap<(usize, usize), usize> = HashMap::new();
        for value in &mut self.values {
            let count = counts.entry((value.sample, value.gene)).or_default();
            value.copy = *count;
            *count += 1;
        }
        let most = counts.values().copied().max().unwrap_or(1);
        let single = counts.values().filter(|&&count| count == 1).count();
        // a few rows too many are faults, a few too few are missing replicates
        let typical = if 2 * single > counts.len() { 1 } else { most };
        let odd = self
            .values
            .iter()
            .find(|value| counts[&(value.sample, value.gene)] != typical);
        let Some(value) = odd.filter(|_| most > 1) else {
            return Ok(most);
        };
        let same = |other: &&TidyValue| (other.gene, other.sample) == (value.gene, value.sample);
        let lines: Vec<String> = (self.values.iter().filter(same))
            .map(|other| other.line.to_string())
            .collect();
        let (key, _) = &self.samples[value.sample];
        let found = format!(
            "found {} value(s) of gene `{}` in {} (rows {}), and {typical} of most genes and samples",
            lines.len(),
            self.genes[value.gene],
            name_some(key),
            lines.join(", ")
        );
        let cure = if typical == 1 {
            "remove the row that is too many, or add a column `replicate` or `sample` that tells the rows apart"
        } else {
            "add a column `replicate` or `sample` that tells the rows apart"
        };
        Err(
            ReadError::new(Fault::Shape, Place::row(file, value.line), found)
                .expecting("one value per gene and sample")
                .cured_by(cure),
        )
    }

    /// One row per sample, one column per gene.
    fn table(
        &self,
        rows: &Rows<'_>,
        keys: Vec<String>,
        copies: usize,
        options: &SeriesOptions,
    ) -> Result<Table, ReadError> {
        let (genes, width) = (self.genes.len(), keys.len());
        let mut cells = vec![""; self.samples.len() * copies * genes];
        for value in &self.values {
            cells[(value.sample * copies + value.copy) * genes + value.gene] = &value.cell;
        }
        let header = keys.into_iter().chain(self.genes.iter().cloned()).collect();
        let wide = cells.chunks(genes).enumerate().map(|(row, levels)| {
            let (key, line) = &self.samples[row / copies];
            let key = key.iter().map(String::as_str);
            (*line, key.chain(levels.iter().copied()).collect())
        });
        let ignored = |name: &str| kind(1, name, &options.ignore) == Keep::Skip;
        let keep = |at: usize, name: &str| match at {
            _ if at < width => series_kind(at, name, options),
            _ if ignored(name) => Keep::Skip,
            _ => Keep::Number,
        };
        Table::of_cells(rows, header, options.text, keep, wide)
    }
}
