//! Times in the header of a table with genes in rows.

use std::collections::HashMap;

use super::calendar_dates::are_dates;
use super::cell_times::TimeCells;
use super::columns::{Role, plain, role};
use super::name_tokens::without_x;
use super::sample_quantities::{is_statistic, statistics_of_samples};
use super::time_unit::{Times, counted_letter, parse_time};
use crate::io::text::{Cell, Keep, ReadError, Table, if_any, parse_cell};

/// Columns that describe genes and are no samples, by their plain names.
const ANNOTATION: [&str; 27] = [
    "length",
    "gene_length",
    "width",
    "start",
    "end",
    "strand",
    "chr",
    "chrom",
    "chromosome",
    "entrez",
    "entrezid",
    "entrez_id",
    "entrezgene",
    "entrez_gene_id",
    "ncbi_gene_id",
    "exon_length",
    "gc",
    "gc_content",
    "log2fc",
    "logfc",
    "log2foldchange",
    "basemean",
    "score",
    "gene_number",
    "transcript_length",
    "description",
    "gweight",
];

/// The columns whose names are times.
#[derive(Debug)]
pub(super) struct HeaderTimes {
    /// Columns of samples, from 0.
    pub(super) columns: Vec<usize>,
    pub(super) times: Times,
    /// Whether the names are plain numbers, or all have a unit: names of genes are not like that.
    pub(super) clear: bool,
    /// The error if they are a letter and numbers from 1 on, as names of samples are.
    counted: Option<ReadError>,
}

impl HeaderTimes {
    /// Refuses names that may be times or numbers of samples: `D1`, `D2`, `D3`.
    ///
    /// # Errors   [`crate::io::text::Fault::Time`] with both readings.
    pub(super) fn refuse_counted(self) -> Result<Self, ReadError> {
        match self.counted {
            Some(error) => Err(error),
            None => Ok(self),
        }
    }

    /// The times in the header, if every column of numbers but the first and those that describe genes is
    /// called like a time.
    pub(super) fn find(table: &Table) -> Option<Self> {
        let first = &table.header()[0];
        if table.kind(0) != Keep::Text || is_number(first) {
            return None;
        }
        let columns = sample_columns(table);
        let names: Vec<&str> = columns
            .iter()
            .map(|&at| table.header()[at].as_str())
            .collect();
        let (bare, note) = without_numbering(&names);
        let dates = are_dates(&bare);
        let marked = bare.iter().any(|name| !is_number(name));
        // `sample P53 P21`: proteins of samples, not days
        let samples_down = marked && role(first) == Role::Sample;
        if numbers_of_samples(&names)
            || bare.is_empty()
            || samples_down
            || !dates && bare.iter().any(|name| parse_time(name).is_none())
        {
            return None;
        }
        let place = |at: usize| table.header_place(columns[at]);
        let with_unit = |name: &String| parse_time(name).is_some_and(|time| time.unit.is_some());
        let clear = dates || names.iter().all(|name| is_number(name)) || bare.iter().all(with_unit);
        let cells = TimeCells {
            cells: &bare,
            name: first,
            file: table.file(),
            decimal: table.decimal(),
        };
        let mut times = cells.read(place).ok()?;
        times
            .notes
            .extend(note.map(|note| format!("{}: {note}", table.file())));
        Some(Self {
            columns,
            times,
            clear,
            counted: counted_letter(&bare, table.file()).filter(|_| role(first) != Role::Time),
        })
    }
}

/// Whether the names are `X1`, `X2`, `X3` …: numbers of samples or of genes, not times.
fn numbers_of_samples(names: &[&str]) -> bool {
    let mut names = names.iter().zip(1..);
    names.all(|(name, number): (_, usize)| *name == format!("X{number}"))
}

fn is_number(name: &str) -> bool {
    matches!(parse_cell(name, true), Cell::Number(_) | Cell::Comma(_))
}

/// Columns of numbers after the first that describe neither genes nor samples; those whose names kept them as text, too.
pub(super) fn sample_columns(table: &Table) -> Vec<usize> {
    let mut columns = columns_beside_genes(table);
    let names: Vec<&str> = columns
        .iter()
        .map(|&at| table.header()[at].as_str())
        .collect();
    let mut statistics = statistics_of_samples(&names).into_iter();
    columns.retain(|_| statistics.next() == Some(false));
    columns
}

fn columns_beside_genes(table: &Table) -> Vec<usize> {
    // statistics of samples name their times
    let timed = |name: &str| name.contains(|c: char| c.is_ascii_digit());
    let describes_gene = |name: &str| {
        ANNOTATION.contains(&name) || name.len() > 2 && !timed(name) && is_statistic(name)
    };
    let numbers = |&column: &usize| match table.kind(column) {
        Keep::Number => !describes_gene(&plain(&table.header()[column])),
        Keep::Text => {
            column > 0
                && role(&table.header()[column]) != Role::Other
                && table.text_as_numbers(column).is_ok()
        }
        Keep::Guess | Keep::Skip => false,
    };
    (0..table.header().len()).filter(numbers).collect()
}

/// Notes about the columns that describe genes, and about statistics of samples.
pub(super) fn left_out_columns(table: &Table, samples: &[usize]) -> Vec<String> {
    let beside = columns_beside_genes(table);
    let others = table.columns(Keep::Number).into_iter();
    let others = others.filter(|column| !samples.contains(column));
    let (statistics, genes): (Vec<usize>, Vec<usize>) =
        others.partition(|column| beside.contains(column));
    let said = [
        (genes, "they describe genes"),
        (
            statistics,
            "they are statistics of other columns and no levels",
        ),
    ];
    let notes = said.into_iter().filter_map(|(columns, why)| {
        let names = columns.iter().map(|&at| table.header()[at].as_str());
        if_any(&names.collect::<Vec<_>>(), |_, some| {
            format!("{}: left out, as {why}: {some}", table.file())
        })
    });
    notes.collect()
}

/// The names without the numbers that programs add to names which occur twice (`0`, `0.1`, `0.2`), and
/// without the `X` that R puts before a number (`X.3` is −3).
///
/// Plain numbers are taken so only where every time has the same numbers behind it and the times would not
/// be equally spaced otherwise.
fn without_numbering(names: &[&str]) -> (Vec<String>, Option<String>) {
    let of_r = without_x(names);
    let bare: Vec<&str> = match &of_r {
        Some(bare) => bare.iter().map(String::as_str).collect(),
        None => names.to_vec(),
    };
    let mut copies: HashMap<&str, Vec<usize>> = HashMap::new();
    bare.iter().for_each(|&name| {
        copies.entry(name).or_default();
    });
    let parts: Vec<Option<(usize, usize)>> =
        bare.iter().map(|name| numbered(name, &copies)).collect();
    for (name, part) in bare.iter().zip(&parts) {
        if let Some((base, number)) = part {
            copies.entry(&name[..*base]).or_default().push(*number);
        }
    }
    let originals = || {
        bare.iter()
            .zip(&parts)
            .filter(|(_, part)| part.is_none())
            .map(|(name, _)| *name)
    };
    let plain_numbers = bare.iter().all(|name| is_number(name));
    let alike = || {
        let mut lists = originals().map(|name| &copies[name]);
        let first = lists.next();
        lists.next().is_some() && originals().all(|name| Some(&copies[name]) == first)
    };
    let in_order = originals().all(|name| copies[name].iter().copied().eq(1..=copies[name].len()));
    let any = parts.iter().any(Option::is_some);
    if !any || !in_order || (plain_numbers && (!alike() || equally_spaced(&bare))) {
        return (bare.into_iter().map(str::to_owned).collect(), None);
    }
    let pairs = bare.iter().zip(&parts);
    let names = pairs.map(|(name, part)| part.map_or(*name, |(base, _)| &name[..base]).to_owned());
    let example = bare.iter().zip(&parts).find(|(_, part)| part.is_some());
    let example = example.map_or("", |(name, _)| *name);
    let note = format!(
        "`{example}` and the like are replicates of one time that a program numbered; if they are times, give \
         them with `--times FILE`"
    );
    (names.collect(), Some(note))
}

/// Length of the name that a number was added to, and the number; none without such a name.
fn numbered(name: &str, copies: &HashMap<&str, Vec<usize>>) -> Option<(usize, usize)> {
    let (base, number) = name.rsplit_once('.')?;
    let number: usize = number.parse().ok().filter(|&number| number > 0)?;
    copies.contains_key(base).then_some((base.len(), number))
}

fn equally_spaced(names: &[&str]) -> bool {
    let mut times: Vec<f64> = names.iter().filter_map(|name| name.parse().ok()).collect();
    times.sort_by(f64::total_cmp);
    let steps: Vec<f64> = times.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let longest = steps.iter().copied().fold(0.0, f64::max);
    steps
        .iter()
        .all(|step| (step - steps[0]).abs() <= 1e-6 * longest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bare(names: &[&str]) -> Vec<String> {
        without_numbering(names).0
    }

    #[test]
    fn numbers_of_pandas_and_r_behind_repeated_times_are_removed() {
        assert_eq!(
            bare(&["0", "0.1", "0.2", "2", "2.1", "2.2"]),
            ["0", "0", "0", "2", "2", "2"]
        );
        assert_eq!(bare(&["X0", "X0.1", "X4", "X4.1"]), ["0", "0", "4", "4"]);
        assert_eq!(bare(&["X.3", "X0", "X2.5"]), ["-3", "0", "2.5"]);
        assert_eq!(bare(&["X0", "X.5", "X1"]), ["X0", "X.5", "X1"]);
        assert_eq!(bare(&["0h", "0h.1", "2h"]), ["0h", "0h", "2h"]);
        assert_eq!(
            bare(&["0.5", "0.5.1", "1", "1.1"]),
            ["0.5", "0.5", "1", "1"]
        );
    }

    #[test]
    fn decimals_of_times_stay() {
        for names in [
            vec!["0", "0.5", "1", "1.5"],
            vec!["0", "0.1", "1", "10"],
            vec!["0", "0.25", "0.5", "2"],
            vec!["0", "0.1", "0.2", "0.3"],
        ] {
            assert_eq!(bare(&names), names);
        }
        let tenths: Vec<String> = (0..30)
            .map(|i| format!("{}", f64::from(i) / 10.0))
            .collect();
        let tenths: Vec<&str> = tenths.iter().map(String::as_str).collect();
        assert_eq!(bare(&tenths), tenths);
    }
}
