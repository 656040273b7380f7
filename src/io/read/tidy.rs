//! Tidy tables: one value per row, with its gene and its time or sample.

use std::collections::HashMap;

use super::columns::{Role, is_short_time, kind, plain, role};
use super::metadata_columns::series_kind;
use super::series_options::SeriesOptions;
use crate::io::text::{
    Cell, Fault, Keep, Place, ReadError, Rows, Table, if_any, name_some, parse_cell,
};

/// Names of the column of genes, in small letters, the surest first.
const GENE: [&str; 21] = [
    "gene",
    "genes",
    "gene_name",
    "gene_symbol",
    "genename",
    "genesymbol",
    "symbol",
    "hgnc_symbol",
    "gene_id",
    "geneid",
    "ensembl_gene_id",
    "locus_tag",
    "orf",
    "target",
    "transcript",
    "protein",
    "probe",
    "probe_id",
    "feature",
    "variable",
    "name",
];

/// Names of the column of values, in small letters.
const VALUE: [&str; 24] = [
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
];

/// Names of columns that say how sure a value is, in small letters.
const ERRORS: [&str; 17] = [
    "sd", "se", "sem", "std", "stdev", "std_dev", "stderr", "error", "var", "variance", "n", "ci",
    "lower", "upper", "pvalue", "padj", "length",
];

/// The columns of a tidy table.
pub(super) struct TidyColumns {
    gene: usize,
    value: usize,
    /// Columns that say which sample a row is of, or what a gene is besides.
    others: Vec<usize>,
    /// Names of columns of numbers that are passed over.
    passed: Vec<String>,
}

impl TidyColumns {
    /// Finds the columns by names and contents; none if the table is not tidy.
    ///
    /// # Errors   [`Fault::Shape`] where several columns may be the values.
    pub(super) fn find(rows: &mut Rows<'_>, ignore: &[String]) -> Result<Option<Self>, ReadError> {
        let header = rows.header().to_vec();
        let kept: Vec<usize> = (0..header.len())
            .filter(|&at| kind(at, &header[at], ignore) != Keep::Skip)
            .collect();
        let names: Vec<String> = header.iter().map(|name| plain(name)).collect();
        let mut words = GENE.iter();
        let Some(gene) = words.find_map(|word| kept.iter().copied().find(|&at| names[at] == *word))
        else {
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
        let called = |list: &[&str]| -> Vec<usize> {
            let is = |at: &usize| list.contains(&names[*at].as_str());
            numbers.iter().copied().filter(is).collect()
        };
        let (values, errors) = (called(&VALUE), called(&ERRORS));
        let unknown: Vec<usize> = (numbers.iter().copied())
            .filter(|at| !values.contains(at) && !errors.contains(at))
            .collect();
        let value = match (values.as_slice(), unknown.as_slice()) {
            ([value], _) => *value,
            ([], [value]) if timed => *value,
            ([], _) if !timed => return Ok(None),
            _ => return Err(several_values(rows, &header[gene], &values, &unknown)),
        };
        let passed = numbers.iter().filter(|&&at| at != value);
        Ok(Some(Self {
            gene,
            value,
            others: others().filter(|at| !numbers.contains(at)).collect(),
            passed: passed.map(|&at| header[at].clone()).collect(),
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
    let mut lines = Vec::new();
    while let Some(row) = rows.advance()? {
        let value = row.cell(columns.value);
        let number = parse_cell(&value.replace([',', ' ', '\''], ""), false);
        if !matches!(number, Cell::Number(_) | Cell::Missing) && value != "-" {
            return Err(row
                .refuse(columns.value, "a number")
                .cured_by("correct it, or leave the cell empty if the value is missing"));
        }
        let others = columns.others.iter().map(|&at| row.cell(at).to_owned());
        let others: Vec<String> = others.collect();
        let gene = row.cell(columns.gene).to_owned();
        lines.push((row.line(), gene, others, value.to_owned()));
    }
    let annotations = annotations(&header, columns, &lines);
    let keys: Vec<usize> = (0..columns.others.len())
        .filter(|at| !annotations[*at])
        .collect();
    let mut tidy = TidyRows::default();
    for (line, gene, others, cell) in lines {
        let key = keys.iter().map(|&at| others[at].clone()).collect();
        tidy.push(line, gene, key, cell);
    }
    let copies = tidy.copies(&file)?;
    let names = |at: &usize| header[columns.others[*at]].clone();
    let key_names: Vec<String> = keys.iter().map(names).collect();
    let mut notes = vec![format!(
        "{file}: a tidy table: `{}` in a row for each `{}` and {}",
        header[columns.value],
        header[columns.gene],
        name_some(&key_names)
    )];
    if copies > 1 {
        notes.push(format!(
            "{file}: {copies} values of each gene with the same {}: taken as replicates, in their order",
            name_some(&key_names)
        ));
    }
    let left_out = columns
        .others
        .iter()
        .zip(&annotations)
        .filter(|&(_, &out)| out);
    let mut left_out: Vec<String> = left_out.map(|(&at, _)| header[at].clone()).collect();
    left_out.extend(columns.passed.iter().cloned());
    notes.extend(if_any(&left_out, |_, some| {
        format!("{file}: columns that are passed over: {some}")
    }));
    let table = tidy.table(&rows, key_names, copies, options)?;
    Ok((table, notes))
}

type TidyLine = (usize, String, Vec<String>, String);

/// Which of the other columns say the same of a gene in every row, such as its description.
fn annotations(header: &[String], columns: &TidyColumns, lines: &[TidyLine]) -> Vec<bool> {
    let mut same: Vec<bool> = columns
        .others
        .iter()
        .map(|&at| role(&header[at]) == Role::Other)
        .collect();
    let mut known: HashMap<&str, &[String]> = HashMap::new();
    for (_, gene, others, _) in lines {
        let first = known.entry(gene).or_insert(others);
        for (at, same) in same.iter_mut().enumerate() {
            *same &= first[at] == others[at];
        }
    }
    same
}

impl TidyRows {
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
        let odd = self
            .values
            .iter()
            .find(|value| counts[&(value.sample, value.gene)] != most);
        match odd {
            Some(value) if most > 1 => {
                let (key, line) = &self.samples[value.sample];
                let count = counts[&(value.sample, value.gene)];
                let found = format!(
                    "found {count} value(s) of gene `{}` in {}, and {most} of other genes or samples",
                    self.genes[value.gene],
                    name_some(key)
                );
                Err(ReadError::new(Fault::Shape, Place::row(file, *line), found)
                    .expecting("one value per gene and sample")
                    .cured_by("add a column `replicate` or `sample` that tells the rows apart"))
            }
            _ => Ok(most),
        }
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
