//! `edges.tsv` and `nodes.tsv`, read back.

use std::io::Read;

use super::network_table::{EDGES, NODES};
use super::run_file::{RunFileError, RunRow, RunTable};
use crate::discovery::NodeReport;
use crate::genes::Genes;
use crate::network::{Edge, Network, Sign};

/// Reads what [`write_edges`](super::write_edges) wrote, for the genes of a model.
///
/// Numbers have the six digits of the table; ranks are set anew.
///
/// # Errors   [`RunFileError`] with row and column, and for genes of another model.
/// # Cost     one pass, `O(n log n)` for the ranks.
pub fn read_edges(input: impl Read, file: &str, genes: &Genes) -> Result<Network, RunFileError> {
    let mut table = RunTable::open(input, file, &EDGES)?;
    let mut edges = Vec::new();
    while let Some(row) = table.next()? {
        edges.push(edge(&row, genes)?);
    }
    Network::from_edges(genes.clone(), edges).map_err(|source| RunFileError::Network {
        file: file.to_owned(),
        source,
    })
}

fn edge(row: &RunRow<'_>, genes: &Genes) -> Result<Edge, RunFileError> {
    let sign = Sign::parse(row.text(3)).ok_or_else(|| row.wrong(3, "one of + - ?"))?;
    Ok(Edge {
        source: row.gene(0, genes)?,
        target: row.gene(1, genes)?,
        weight: row.number(2)?,
        sign,
        rank: row.count(4)?,
        evidence: row.number(5)?,
        dynamic: row.number(6)?,
        interventional: row.number(7)?,
        frequency: row.number(8)?,
        sign_agreement: row.number(9)?,
        expected_false_edges: row.number(10)?,
        influence: row.number(11)?,
    })
}

/// Reads what [`write_nodes`](super::write_nodes) wrote, for the genes of a model.
///
/// # Errors   [`RunFileError`] with row and column, and for genes of another model.
pub fn read_nodes(
    input: impl Read,
    file: &str,
    genes: &Genes,
) -> Result<Vec<NodeReport>, RunFileError> {
    let mut table = RunTable::open(input, file, &NODES)?;
    let mut nodes = Vec::new();
    while let Some(row) = table.next()? {
        nodes.push(NodeReport {
            gene: row.gene(0, genes)?,
            decay: row.number(1)?,
            r_squared: row.number(2)?,
            r_squared_linear: row.number(3)?,
            model_regulators: row.count(4)?,
            in_degree: row.count(5)?,
            out_degree: row.count(6)?,
            bent: match row.text(7) {
                "true" => true,
                "false" => false,
                _ => return Err(row.wrong(7, "`true` or `false`")),
            },
        });
    }
    Ok(nodes)
}
