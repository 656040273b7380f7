//! Which columns of a table of cells are pseudotimes.

use super::columns::{Role, plain, role};
use super::faults::mismatch;
use super::sample_measures::measure;
use super::samples::no_time;
use crate::io::text::{Keep, ReadError, Table, if_any, name_some};

/// Pseudotimes of one analysis end within this factor of one another, unless one is no pseudotime.
const SAME_RANGE: f64 = 10.0;

/// The columns that are lineages, and what was said about the others.
pub(super) struct PseudotimeColumns {
    pub(super) columns: Vec<usize>,
    pub(super) warnings: Vec<String>,
}

impl PseudotimeColumns {
    /// Finds them after the first column: by their names if one is called a pseudotime, else all columns of
    /// numbers that are no known quantity of a cell and have about the same range.
    ///
    /// # Errors   [`ReadError`] without any, and where numbers of other ranges may be pseudotimes or not.
    pub(super) fn find(table: &Table) -> Result<Self, ReadError> {
        let others: Vec<usize> = (1..table.header().len()).collect();
        let numbers = others
            .iter()
            .copied()
            .filter(|&at| table.kind(at) == Keep::Number);
        let numbers: Vec<usize> = numbers.collect();
        let name = |&at: &usize| table.header()[at].as_str();
        let named = |wanted: &dyn Fn(&str) -> bool| -> Vec<usize> {
            numbers
                .iter()
                .copied()
                .filter(|at| wanted(name(at)))
                .collect()
        };
        let mut columns = named(&is_pseudotime);
        if columns.is_empty() {
            columns = named(&|name| role(name) == Role::Time);
        }
        if columns.is_empty() {
            columns = named(&|name| measure(name).is_none());
            refuse_other_ranges(table, &columns)?;
        }
        if columns.is_empty() {
            return Err(no_time(
                table,
                "add a column of pseudotimes for every lineage",
            ));
        }
        let left: Vec<&str> = others
            .iter()
            .filter(|at| !columns.contains(at))
            .map(name)
            .collect();
        let warning = if_any(&left, |_, some| {
            format!(
                "{}: not pseudotimes by their names, and left out: {some}; rename one to `pseudotime` if it is one",
                table.file()
            )
        });
        Ok(Self {
            columns,
            warnings: warning.into_iter().collect(),
        })
    }
}

/// Names that programs and people give to pseudotimes: `PseudoTime1`, `Lineage2`, `dpt`, `P1`.
fn is_pseudotime(name: &str) -> bool {
    const STARTS: [&str; 10] = [
        "lineage",
        "curve",
        "slingshot",
        "dpt",
        "monocle",
        "palantir",
        "traj",
        "latent_time",
        "ptime",
        "branch",
    ];
    let name = plain(name);
    let numbered = ["p", "pt", "t"].iter().any(|start| {
        let rest = name.strip_prefix(start);
        rest.is_some_and(|rest| rest.len() <= 2 && rest.bytes().all(|c| c.is_ascii_digit()))
    });
    name.contains("pseudo") || numbered || STARTS.iter().any(|start| name.starts_with(start))
}

fn refuse_other_ranges(table: &Table, columns: &[usize]) -> Result<(), ReadError> {
    let range = |&column: &usize| {
        let values = (0..table.len()).map(|row| table.value(row, column));
        let values = values.filter(|x| !x.is_nan());
        values.fold(0.0, |most: f64, x| most.max(x.abs()))
    };
    let ranges: Vec<f64> = columns.iter().map(range).collect();
    let most = ranges.iter().copied().fold(0.0, f64::max);
    let least = ranges.iter().copied().fold(f64::INFINITY, f64::min);
    if columns.len() < 2 || most <= SAME_RANGE * least {
        return Ok(());
    }
    let names = columns.iter().map(|&column| &table.header()[column]);
    Err(mismatch(
        table.file(),
        format!(
            "columns {} have other ranges: they may be lineages, or describe the cells",
            name_some(names)
        ),
        "columns called `pseudotime`, `lineage1` or the like",
        "rename the pseudotimes so, or remove the other columns",
    ))
}
