//! `groups.tsv`: where the edges of the model act.

use std::io::{self, Read, Write};

use super::columns::{CellFormat, ColumnFormat, TableFormat, place};
use crate::genes::{Gene, Genes};
use crate::io::text::ReadError;

/// What an edge of the model does in one series, lineage or condition.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupInfluence {
    /// Name of the series, lineage or condition.
    pub group: String,
    /// The regulator.
    pub source: Gene,
    /// The target.
    pub target: Gene,
    /// `(1/T)∫ ∂fᵢ/∂xⱼ dt` over the states of the group, per unit of time.
    pub influence: f64,
    /// `influence` times the standard deviation of the regulator in the group: by how much the
    /// target's change varies through this edge there.
    pub effect: f64,
}

/// The table of groups.
pub(crate) const GROUPS: TableFormat<GroupInfluence> = TableFormat {
    file: "groups.tsv",
    rows: "one edge of the model in one series, lineage or condition",
    columns: &COLUMNS,
    tail: None,
    blank,
};

const COLUMNS: [ColumnFormat<GroupInfluence>; 5] = [
    ColumnFormat {
        name: "group",
        unit: "",
        text: "name of the series, lineage or condition",
        field: CellFormat::Text(place!(row.group)),
    },
    ColumnFormat {
        name: "source",
        unit: "",
        text: "the regulator",
        field: CellFormat::Gene(place!(row.source)),
    },
    ColumnFormat {
        name: "target",
        unit: "",
        text: "the gene that is regulated",
        field: CellFormat::Gene(place!(row.target)),
    },
    ColumnFormat {
        name: "influence",
        unit: "per unit of time, on the model's scale",
        text: "mean slope ∂(dx_target/dt)/∂x_source over the states of the group",
        field: CellFormat::Short(place!(row.influence)),
    },
    ColumnFormat {
        name: "effect",
        unit: "per unit of time, on the model's scale",
        text: "influence times the standard deviation of the regulator in the group",
        field: CellFormat::Short(place!(row.effect)),
    },
];

fn blank() -> GroupInfluence {
    GroupInfluence {
        group: String::new(),
        source: Gene(0),
        target: Gene(0),
        influence: 0.0,
        effect: 0.0,
    }
}

/// Writes one edge of the model in one series, lineage or condition a row, tab-separated.
///
/// # Errors   what the sink reports.
/// # Cost     nothing kept in memory.
pub fn write_groups(
    genes: &Genes,
    groups: &[GroupInfluence],
    sink: &mut dyn Write,
) -> io::Result<()> {
    GROUPS.write(genes, &[], groups, sink)
}

/// Reads what [`write_groups`] wrote, for the genes of a model.
///
/// # Errors   [`ReadError`] with row and column, and for genes of another model.
pub fn read_groups(
    input: impl Read,
    file: &str,
    genes: &Genes,
) -> Result<Vec<GroupInfluence>, ReadError> {
    let (_, groups) = GROUPS.read(input, file, genes)?;
    Ok(groups)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_come_back_and_a_gene_of_another_model_is_refused() {
        let genes = Genes::new(["a", "b"]).expect("distinct");
        let groups = vec![GroupInfluence {
            group: "heat, 2".to_owned(),
            source: Gene(0),
            target: Gene(1),
            influence: -0.5,
            effect: 1e-9,
        }];
        let mut out = Vec::new();
        write_groups(&genes, &groups, &mut out).expect("memory takes all");
        assert_eq!(
            read_groups(out.as_slice(), "groups.tsv", &genes).expect("ours"),
            groups
        );
        let other = Genes::new(["a", "c"]).expect("distinct");
        let error = read_groups(out.as_slice(), "groups.tsv", &other).expect_err("refused");
        assert_eq!(
            error.to_string(),
            "groups.tsv, row 2, column 3 (`target`): found `b`, expected a gene of the model; \
             restore the file, or run `cistron infer` again"
        );
    }
}
