//! The measured states that simulations may start from.

use std::io::{self, Read, Write};

use super::network_table::table_writer;
use crate::expression::{State, States};
use crate::genes::Genes;
use crate::io::text::error::ReadError;
use crate::io::text::number::short;
use crate::io::text::reading::name_some;
use crate::io::text::table::{Kind, Table};

/// Columns before the genes.
const MARKS: [&str; 3] = ["name", "group", "condition"];

/// Writes one state a row: `name`, `group` (series or lineage), `condition`, then one column a
/// gene, in units of the file with six significant digits; empty where missing.
///
/// # Errors   what the sink reports.
/// # Cost     `O(states · genes)`, nothing kept in memory.
pub fn write_states(states: &States, sink: &mut dyn Write) -> io::Result<()> {
    let mut table = table_writer(sink);
    let names = states.genes.names().iter().map(String::as_str);
    table.write_record(MARKS.into_iter().chain(names))?;
    for state in &states.states {
        let marks = [&state.name, &state.group, &state.condition];
        let value = |x: &f64| if x.is_nan() { String::new() } else { short(*x) };
        let values = state.levels.iter().map(value);
        table.write_record(marks.into_iter().cloned().chain(values))?;
    }
    table.flush()
}

/// Reads what [`write_states`] wrote, for the genes of a model.
///
/// # Errors   [`ReadError`] with the place, and for a table of other genes.
/// # Cost     one pass over the text.
pub fn read_states(input: impl Read, file: &str, genes: &Genes) -> Result<States, ReadError> {
    let table = Table::read(input, file, |at, _| match at {
        0..=2 => Kind::Text,
        _ => Kind::Number,
    })?;
    let header = table.header();
    let names = header.iter().skip(MARKS.len());
    if header.len() < MARKS.len() || header[..3] != MARKS || !names.eq(genes.names()) {
        return Err(ReadError::Unmatched {
            file: file.to_owned(),
            found: format!("found the columns {}", name_some(header)),
            expected: format!(
                "`name`, `group`, `condition` and the genes of the model ({})",
                name_some(genes.names())
            ),
            cure: "give the folder of one run as it was written, or fit it again",
        });
    }
    let state = |row: usize| State {
        name: table.text(0)[row].clone(),
        group: table.text(1)[row].clone(),
        condition: table.text(2)[row].clone(),
        levels: (0..genes.len()).map(|j| table.value(row, j + 3)).collect(),
    };
    Ok(States {
        genes: genes.clone(),
        states: (0..table.len()).map(state).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn states() -> States {
        let state = |name: &str, condition: &str, levels: [f64; 2]| State {
            name: name.to_owned(),
            group: "s".to_owned(),
            condition: condition.to_owned(),
            levels: levels.to_vec(),
        };
        States {
            genes: Genes::new(["name", "b"]).expect("distinct"),
            states: vec![
                state("s@0", "", [0.5, 1e-7]),
                state("s@1", "heat, 2", [3.0, 0.0]),
            ],
        }
    }

    #[test]
    fn states_come_back_as_they_were_written() {
        let mut out = Vec::new();
        write_states(&states(), &mut out).expect("memory takes all");
        let text = String::from_utf8(out.clone()).expect("text");
        assert!(text.starts_with("name\tgroup\tcondition\tname\tb\ns@0\ts\t\t0.5\t1e-7\n"));
        let back = read_states(out.as_slice(), "states.tsv", &states().genes).expect("ours");
        assert_eq!(back, states());
    }

    #[test]
    fn the_states_of_another_run_are_refused() {
        let mut out = Vec::new();
        write_states(&states(), &mut out).expect("memory takes all");
        let other = Genes::new(["b", "name"]).expect("distinct");
        let error = read_states(out.as_slice(), "states.tsv", &other).expect_err("other genes");
        assert!(
            error
                .to_string()
                .starts_with("states.tsv: found the columns")
        );
    }
}
