//! Which columns of a table of cells are pseudotimes.

use super::columns::{Role, plain, role};
use super::faults::mismatch;
use super::sample_measures::measure;
use super::samples::no_time;
use crate::io::text::{Fault, Keep, Place, ReadError, Table, if_any, name_some};

/// Pseudotimes of one analysis end within this factor of one another, unless one is no pseudotime.
const SAME_RANGE: f64 = 10.0;

/// Labels of branches and clusters are no more than this.
const FEWEST_STEPS: usize = 10;

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
        let goes_on = |at: &usize| runs_along(table, *at);
        let mut columns = named(&is_pseudotime);
        columns.retain(goes_on);
        if columns.iter().any(|at| !is_order(name(at))) {
            columns.retain(|at| !is_order(name(at)));
        }
        if columns.is_empty() {
            columns = named(&|name| role(name) == Role::Time);
        }
        if columns.is_empty() {
            columns = named(&|name| measure(name).is_none() && !describes_cells(name));
            columns.retain(goes_on);
            refuse_other_ranges(table, &columns)?;
        }
        if columns.is_empty() {
            let cure = match table.text_as_numbers(0) {
                Ok(_) => "put the column that names the cells first, and pseudotimes behind it",
                Err(_) => "add a column of pseudotimes for every lineage",
            };
            return Err(no_time(table, cure));
        }
        refuse_two_methods(table, &columns)?;
        let left: Vec<&str> = others
            .iter()
            .filter(|at| !columns.contains(at))
            .map(name)
            .collect();
        let warning = if_any(&left, |_, some| {
            format!(
                "{}: not pseudotimes by their names or values, and left out: {some}; rename one to `pseudotime` if it is one",
                table.file()
            )
        });
        Ok(Self {
            columns,
            warnings: warning.into_iter().collect(),
        })
    }

    /// A note about cells whose pseudotime is infinite.
    pub(super) fn unreachable(&self, table: &Table) -> Option<String> {
        let counts = self
            .columns
            .iter()
            .map(|&at| (at, table.infinite_cells(at)));
        let counts = counts.filter(|&(_, count)| count > 0);
        let counts: Vec<String> = counts
            .map(|(at, count)| format!("{count} in `{}`", table.header()[at]))
            .collect();
        (!counts.is_empty()).then(|| {
            format!(
                "{}: an infinite pseudotime says that a cell is not on the lineage: {}",
                table.file(),
                counts.join(", ")
            )
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
    if describes_cells(name) {
        return false;
    }
    let name = plain(name);
    let numbered = ["p", "pt", "t"].iter().any(|start| {
        let rest = name.strip_prefix(start);
        rest.is_some_and(|rest| rest.len() <= 2 && rest.bytes().all(|c| c.is_ascii_digit()))
    });
    name.contains("pseudo") || numbered || STARTS.iter().any(|start| name.starts_with(start))
}

/// Words in the names of columns that programs write beside pseudotimes.
fn describes_cells(name: &str) -> bool {
    const WORDS: [&str; 18] = [
        "id",
        "ids",
        "entropy",
        "group",
        "groups",
        "cluster",
        "clusters",
        "sd",
        "se",
        "std",
        "error",
        "var",
        "variance",
        "weight",
        "weights",
        "state",
        "partition",
        "fate",
    ];
    let name = plain(name);
    name.split('_').any(|word| WORDS.contains(&word))
        || name.ends_with("id") && name.contains("bulk")
}

/// Whether a column holds the order of cells by their pseudotime: that is left out beside the pseudotime.
fn is_order(name: &str) -> bool {
    let name = plain(name);
    name.split('_')
        .any(|word| ["order", "rank", "bin"].contains(&word))
}

/// Whether the values of a column go along something: labels of branches are few whole numbers.
fn runs_along(table: &Table, column: usize) -> bool {
    let values = (0..table.len()).map(|row| table.value(row, column));
    let mut values: Vec<f64> = values.filter(|x| !x.is_nan()).collect();
    let most = FEWEST_STEPS.min(values.len() / 2);
    let whole = values.iter().all(|x| x.fract() == 0.0);
    values.sort_by(f64::total_cmp);
    values.dedup();
    values.len() > 1 && (!whole || values.len() > most)
}

/// Refuses two columns of different names that hold a pseudotime for all cells: those of two methods, not of lineages.
fn refuse_two_methods(table: &Table, columns: &[usize]) -> Result<(), ReadError> {
    let stem = |column: usize| {
        let name = plain(&table.header()[column]);
        name.trim_end_matches(|c: char| c.is_ascii_digit() || c == '_')
            .to_owned()
    };
    let whole = |column: usize| (0..table.len()).all(|row| !table.value(row, column).is_nan());
    let &[first, second] = columns else {
        return Ok(());
    };
    let names = [first, second].map(|column| table.header()[column].as_str());
    let methods = names.iter().all(|name| {
        let name = plain(name);
        name.contains("pseudo") || name.contains("time") || name.starts_with("dpt")
    });
    if stem(first) == stem(second) || !methods || !whole(first) || !whole(second) {
        return Ok(());
    }
    let found = format!(
        "`{}` and `{}` hold a pseudotime for every cell: two methods, or two lineages",
        names[0], names[1]
    );
    Err(
        ReadError::new(Fault::Time, Place::file(table.file()), found)
            .expecting("one column per lineage")
            .cured_by("remove one of the columns, or call them `Lineage1` and `Lineage2`"),
    )
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

#[cfg(test)]
mod tests {
    use super::*;

    fn lineages(header: &str, row: impl Fn(usize) -> String) -> Vec<String> {
        let rows: String = (0..40)
            .map(|cell| format!("c{cell},{}\n", row(cell)))
            .collect();
        let text = format!("cell,{header}\n{rows}");
        let kind = |at: usize, _: &str| if at == 0 { Keep::Text } else { Keep::Guess };
        let table = Table::read(text.as_bytes(), "t.csv", kind).expect("a table");
        let found = PseudotimeColumns::find(&table).expect("pseudotimes");
        let names = found.columns.iter().map(|&at| table.header()[at].clone());
        names.collect()
    }

    #[test]
    fn an_infinite_pseudotime_is_of_a_cell_outside_of_the_lineage() {
        let rows: String = (0..9)
            .map(|cell| {
                format!(
                    "c{cell},{}.5,{}\n",
                    cell,
                    if cell < 4 { "Inf" } else { "0.25" }
                )
            })
            .collect();
        let read = |text: String| {
            crate::io::read_beeline(
                "gene,c0,c1,c2,c3,c4,c5,c6,c7,c8\nA,1,2,3,4,5,6,7,8,9\n".as_bytes(),
                "e.csv",
                text.as_bytes(),
                "t.csv",
            )
        };
        let text = format!("cell,Lineage1,Lineage2\n{rows}").replace("c8,8.5,0.25", "c8,inf,0.5");
        let cells = read(text.clone()).expect("two lineages");
        let lineages = cells.value.lineages();
        assert!(lineages[1].pseudotime[..4].iter().all(|t| t.is_nan()));
        assert!(lineages[0].pseudotime[8].is_nan() && lineages[0].pseudotime[0] == 0.5);
        let note = "t.csv: an infinite pseudotime says that a cell is not on the lineage: 1 in `Lineage1`, 4 in `Lineage2`";
        assert!(
            cells.notes.iter().any(|said| said == note),
            "{:?}",
            cells.notes
        );
        for other in ["-Inf", "1e999"] {
            let error = read(text.replace("c8,inf", &format!("c8,{other}"))).expect_err("no code");
            assert!(
                error
                    .to_string()
                    .contains(&format!("found `{other}`, expected a finite number")),
                "{error}"
            );
        }
    }

    #[test]
    fn labels_and_measures_beside_a_pseudotime_are_no_lineages() {
        let time = |cell: usize| 0.37 * cell as f64;
        for beside in [
            "branch",
            "lineage",
            "dpt_groups",
            "monocle_cluster",
            "trajectory",
            "branch_id",
        ] {
            let found = lineages(&format!("{beside},pseudotime"), |cell| {
                format!("{},{}", 1 + cell % 3, time(cell))
            });
            assert_eq!(found, ["pseudotime"], "{beside}");
        }
        for beside in ["palantir_entropy", "ptime_sd", "pseudobulk_id"] {
            let found = lineages(&format!("ptime,{beside}"), |cell| {
                format!("{},{}", time(cell), 0.1 + (0.3 * cell as f64).sin())
            });
            assert_eq!(found, ["ptime"], "{beside}");
        }
        let order = |cell: usize| format!("{},{}", time(cell), cell);
        assert_eq!(
            lineages("dpt_pseudotime,dpt_order", order),
            ["dpt_pseudotime"]
        );
        assert_eq!(
            lineages("batch,pseudotime_rank", order),
            ["pseudotime_rank"]
        );
        let curves = |cell: usize| format!("{},{}", time(cell), time(2 * cell));
        assert_eq!(
            lineages("Lineage1,Lineage2", curves),
            ["Lineage1", "Lineage2"]
        );
    }
}
