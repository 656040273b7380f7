//! Which columns are metadata, inferred from their names.

use std::collections::HashMap;

use crate::io::text::{Cell, Fault, Keep, Place, ReadError, Table, parse_cell, shorten};

/// What a name in a header can stand for besides a gene.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Time: `time`, `time_min`, `Time (h)`, `timepoint`.
    Time,
    /// Time if nothing else is: `t`.
    PerhapsTime,
    /// A series or replicate.
    Series,
    /// A condition.
    Condition,
    /// What was done to genes.
    Intervention,
    /// The name of the sample.
    Sample,
    /// Nothing known: a gene, as far as the header tells.
    Other,
}

const SERIES: [&str; 10] = [
    "series",
    "series_id",
    "replicate",
    "replicate_id",
    "rep",
    "experiment",
    "experiment_id",
    "run",
    "trajectory",
    "batch",
];
const CONDITION: [&str; 4] = ["condition", "conditions", "cond", "treatment"];
const INTERVENTION: [&str; 2] = ["intervention", "interventions"];
const SAMPLE: [&str; 12] = [
    "sample",
    "samples",
    "sample_id",
    "sample_name",
    "label",
    "id",
    "cell",
    "cell_id",
    "barcode",
    "row",
    "index",
    "unnamed: 0",
];

/// The role of a name; capitals do not matter.
pub fn role(name: &str) -> Role {
    let name = name.to_lowercase();
    let known = |list: &[&str]| list.contains(&name.as_str());
    match name.strip_prefix("time") {
        Some(rest) if !rest.starts_with(char::is_alphanumeric) => return Role::Time,
        Some("point" | "points" | "s") => return Role::Time,
        _ => {}
    }
    match name.as_str() {
        "t" => Role::PerhapsTime,
        _ if known(&SERIES) => Role::Series,
        _ if known(&CONDITION) => Role::Condition,
        _ if known(&INTERVENTION) => Role::Intervention,
        _ if known(&SAMPLE) => Role::Sample,
        _ => Role::Other,
    }
}

/// What to keep of a column: nothing of an ignored one, text of names, numbers of the rest.
/// The first column may hold names of genes or samples.
pub fn kind(at: usize, name: &str, ignore: &[String]) -> Keep {
    if is_ignored(name, ignore) {
        return Keep::Skip;
    }
    match role(name) {
        Role::Time | Role::PerhapsTime => Keep::Number,
        Role::Series | Role::Condition | Role::Intervention | Role::Sample => Keep::Text,
        Role::Other if at == 0 => Keep::Text,
        Role::Other => Keep::Number,
    }
}

/// Whether the user asked to pass over a column of this name.
pub(super) fn is_ignored(name: &str, ignore: &[String]) -> bool {
    let name = name.to_lowercase();
    ignore.iter().any(|other| other.to_lowercase() == name)
}

/// A warning for every name that is to be ignored and is not there.
pub fn ignored_in_vain(table: &Table, ignore: &[String]) -> Vec<String> {
    let absent = ignore.iter().filter(|name| {
        let name = name.to_lowercase();
        let mut header = table.header().iter();
        header.all(|other| other.to_lowercase() != name)
    });
    absent
        .map(|name| format!("{}: there is no column `{name}` to ignore", table.file()))
        .collect()
}

/// The columns of metadata, by position from 0.
#[derive(Clone, Debug, Default)]
pub struct Metadata {
    pub time: Option<usize>,
    pub series: Vec<usize>,
    pub condition: Option<usize>,
    pub intervention: Option<usize>,
    pub sample: Option<usize>,
}

impl Metadata {
    /// Finds the metadata among the columns that are kept.
    ///
    /// # Errors   [`Fault::Time`] if two columns are called a time.
    pub fn find(table: &Table) -> Result<Self, ReadError> {
        let header = table.header().iter().enumerate();
        let mut columns: HashMap<Role, Vec<usize>> = HashMap::new();
        for (column, name) in header.filter(|&(column, _)| table.kind(column) != Keep::Skip) {
            columns.entry(role(name)).or_default().push(column);
        }
        let first = |role| columns.get(&role).map(|columns| columns[0]);
        if let Some([first, second, ..]) = columns.get(&Role::Time).map(Vec::as_slice) {
            return Err(two_times(table, *first, *second));
        }
        Ok(Self {
            time: first(Role::Time).or_else(|| first(Role::PerhapsTime)),
            series: columns.get(&Role::Series).cloned().unwrap_or_default(),
            condition: first(Role::Condition),
            intervention: first(Role::Intervention),
            sample: first(Role::Sample),
        })
    }

    /// The name of the series of every row: the series columns, joined by `/`.
    ///
    /// # Errors   [`Fault::Cell`] for an empty cell or a number with decimals.
    pub fn series_names(&self, table: &Table) -> Result<Option<Vec<String>>, ReadError> {
        let mut names: Option<Vec<String>> = None;
        for &column in &self.series {
            for (cell, &row) in table.text(column).iter().zip(table.lines()) {
                let decimals = match parse_cell(cell, true) {
                    Cell::Number(x) | Cell::Comma(x) => x.fract() != 0.0,
                    _ => false,
                };
                if cell.is_empty() || decimals {
                    return Err(no_series_name(table.place(row, column), cell));
                }
            }
            let cells = table.text(column);
            names = Some(match names {
                None => cells.to_vec(),
                Some(names) => {
                    let pairs = names.iter().zip(cells);
                    pairs
                        .map(|(left, right)| format!("{left}/{right}"))
                        .collect()
                }
            });
        }
        Ok(names)
    }

    /// The condition of every row.
    pub fn conditions(&self, table: &Table) -> Option<Vec<String>> {
        self.condition.map(|column| table.text(column).to_vec())
    }

    /// What was done to genes in every row.
    pub fn interventions(&self, table: &Table) -> Option<Vec<String>> {
        self.intervention.map(|column| table.text(column).to_vec())
    }
}

fn no_series_name(place: Place, cell: &str) -> ReadError {
    ReadError::new(Fault::Cell, place, format!("found `{}`", shorten(cell)))
        .expecting("the name or whole number of a series")
        .cured_by("correct it, rename the column if it is a gene, or leave it out with `--ignore`")
}

fn two_times(table: &Table, first: usize, second: usize) -> ReadError {
    let name = |column: usize| format!("column {} (`{}`)", column + 1, table.header()[column]);
    times_twice(table.file(), &name(first), &name(second)).cured_by(format!(
        "leave one out with `--ignore {}`",
        table.header()[second]
    ))
}

/// The error about two sources of times.
pub(super) fn times_twice(file: &str, first: &str, second: &str) -> ReadError {
    let found = format!("found times twice ({first} and {second})");
    ReadError::new(Fault::Time, Place::file(file), found).expecting("once")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_known_by_name_and_genes_are_not_taken_for_them() {
        for name in [
            "time",
            "Time",
            "TIME_min",
            "Time (h)",
            "timepoint",
            "time.h",
        ] {
            assert_eq!(role(name), Role::Time, "{name}");
        }
        for name in ["timeless", "TIMP1", "G1", ""] {
            assert_eq!(role(name), Role::Other, "{name}");
        }
        assert_eq!(role("T"), Role::PerhapsTime);
    }
}
