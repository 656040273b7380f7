//! `states.tsv`: the measured states that simulations may start from.

use std::io::{self, Read, Write};

use super::columns::{CellFormat, ColumnFormat, TableFormat, TailFormat, expect_genes, place};
use crate::expression::{State, States};
use crate::genes::Genes;
use crate::io::text::ReadError;

/// The table of states.
pub(crate) const STATES: TableFormat<State> = TableFormat {
    file: "states.tsv",
    rows: "one measured state that simulations may start from",
    columns: &COLUMNS,
    tail: Some(TailFormat {
        name: "GENE",
        unit: "that of the data",
        text: "level of the gene; empty where missing",
        values: place!(state.levels),
    }),
    blank,
};

const COLUMNS: [ColumnFormat<State>; 3] = [
    ColumnFormat {
        name: "name",
        unit: "",
        text: "SERIES@TIME, or LINEAGE@PSEUDOTIME for the mean of some cells",
        field: CellFormat::Text(place!(state.name)),
    },
    ColumnFormat {
        name: "group",
        unit: "",
        text: "the series or lineage",
        field: CellFormat::Text(place!(state.group)),
    },
    ColumnFormat {
        name: "condition",
        unit: "",
        text: "label of the condition; empty where none was given",
        field: CellFormat::Text(place!(state.condition)),
    },
];

fn blank() -> State {
    State {
        name: String::new(),
        group: String::new(),
        condition: String::new(),
        levels: Vec::new(),
    }
}

/// Writes one state a row: `name`, `group` (series or lineage), `condition`, then one column a
/// gene, in units of the file with six significant digits; empty where missing.
///
/// # Errors   what the sink reports.
/// # Cost     `O(states · genes)`, nothing kept in memory.
pub fn write_states(states: &States, sink: &mut dyn Write) -> io::Result<()> {
    let genes = &states.genes;
    STATES.write(genes, genes.names(), &states.states, sink)
}

/// Reads what [`write_states`] wrote, for the genes of a model.
///
/// # Errors   [`ReadError`] with the place, and for a table of other genes.
/// # Cost     one pass over the text.
pub fn read_states(input: impl Read, file: &str, genes: &Genes) -> Result<States, ReadError> {
    let (named, states) = STATES.read(input, file, genes)?;
    expect_genes(file, &named, genes)?;
    Ok(States {
        genes: genes.clone(),
        states,
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
