//! `groups.tsv`: where the edges of the model act.

use std::io::{self, Read, Write};

use super::network_table::table_writer;
use super::run_file::{RunFileError, RunTable};
use crate::discovery::GroupInfluence;
use crate::genes::Genes;
use crate::io::text::number::short;

const COLUMNS: [&str; 5] = ["group", "source", "target", "influence", "effect"];

/// Writes one edge of the model in one series, lineage or condition a row, tab-separated.
///
/// `influence` is the mean slope `∂(dx_target/dt)/∂x_source` over the states of the group, `effect`
/// that times the standard deviation of the regulator there, both on the model's scale.
///
/// # Errors   what the sink reports.
/// # Cost     nothing kept in memory.
pub fn write_groups(
    genes: &Genes,
    groups: &[GroupInfluence],
    sink: &mut dyn Write,
) -> io::Result<()> {
    let mut table = table_writer(sink);
    table.write_record(COLUMNS)?;
    for one in groups {
        table.write_record([
            one.group.as_str(),
            genes.name(one.source),
            genes.name(one.target),
            &short(one.influence),
            &short(one.effect),
        ])?;
    }
    table.flush()
}

/// Reads what [`write_groups`] wrote, for the genes of a model.
///
/// # Errors   [`RunFileError`] with row and column, and for genes of another model.
pub fn read_groups(
    input: impl Read,
    file: &str,
    genes: &Genes,
) -> Result<Vec<GroupInfluence>, RunFileError> {
    let mut table = RunTable::open(input, file, &COLUMNS)?;
    let mut groups = Vec::new();
    while let Some(row) = table.next()? {
        groups.push(GroupInfluence {
            group: row.text(0).to_owned(),
            source: row.gene(1, genes)?,
            target: row.gene(2, genes)?,
            influence: row.number(3)?,
            effect: row.number(4)?,
        });
    }
    Ok(groups)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::genes::Gene;

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
            "groups.tsv: row 2, column 3 (`target`): found `b`, expected a gene of the model; \
             restore the file, or run `cistron infer` again"
        );
    }
}
