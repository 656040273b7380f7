//! The network as two tables: edges and nodes.

use std::io::{self, Write};

use csv::{Terminator, Writer, WriterBuilder};

use crate::discovery::NodeReport;
use crate::genes::Genes;
use crate::io::text::number::{exact, short};
use crate::network::{Edge, Network};

pub(crate) const EDGES: [&str; 12] = [
    "source",
    "target",
    "weight",
    "sign",
    "rank",
    "evidence",
    "dynamic",
    "interventional",
    "frequency",
    "sign_agreement",
    "expected_false_edges",
    "influence",
];

pub(crate) const NODES: [&str; 8] = [
    "gene",
    "decay",
    "r_squared",
    "r_squared_linear",
    "model_regulators",
    "in_degree",
    "out_degree",
    "bent",
];

/// Writes the best `top` edges, best first, tab-separated under one header row.
///
/// `source` acts on `target`: `weight[target, source] = ∂(dx_target/dt)/∂x_source`. The sign is
/// `+`, `-` or `?`. Numbers have six significant digits, the evidence all it needs: edges that
/// differ in it still do. Names are quoted where they must be;
/// [`read_edge_list`](super::read_edge_list) reads the table back.
///
/// # Errors   what the sink reports.
/// # Cost     `O(top)`, nothing kept in memory.
pub fn write_edges(network: &Network, top: usize, sink: &mut dyn Write) -> io::Result<()> {
    let mut table = table_writer(sink);
    table.write_record(EDGES)?;
    for edge in network.edges().iter().take(top) {
        table.write_record(edge_cells(network.genes(), edge))?;
    }
    table.flush()
}

/// Writes one row for each gene, tab-separated under one header row.
///
/// R² is that of one-step increments on held-out segments; degrees count the edges of which at
/// most half are expected to be false.
///
/// # Errors   what the sink reports.
/// # Panics   if a report is about a gene that is not in `genes` (a bug in the caller).
/// # Cost     `O(p)`, nothing kept in memory.
pub fn write_nodes(genes: &Genes, nodes: &[NodeReport], sink: &mut dyn Write) -> io::Result<()> {
    let mut table = table_writer(sink);
    table.write_record(NODES)?;
    for node in nodes {
        table.write_record(node_cells(genes, node))?;
    }
    table.flush()
}

/// Quotes where a reader that takes `#` for a comment would need it, too.
pub(crate) fn table_writer(sink: &mut dyn Write) -> Writer<&mut dyn Write> {
    WriterBuilder::new()
        .delimiter(b'\t')
        .comment(Some(b'#'))
        .terminator(Terminator::Any(b'\n'))
        .from_writer(sink)
}

pub(crate) fn edge_cells(genes: &Genes, edge: &Edge) -> [String; EDGES.len()] {
    [
        genes.name(edge.source).to_owned(),
        genes.name(edge.target).to_owned(),
        short(edge.weight),
        edge.sign.symbol().to_owned(),
        edge.rank.to_string(),
        exact(edge.evidence),
        short(edge.dynamic),
        short(edge.interventional),
        short(edge.frequency),
        short(edge.sign_agreement),
        short(edge.expected_false_edges),
        short(edge.influence),
    ]
}

fn node_cells(genes: &Genes, node: &NodeReport) -> [String; NODES.len()] {
    [
        genes.name(node.gene).to_owned(),
        short(node.decay),
        short(node.r_squared),
        short(node.r_squared_linear),
        node.model_regulators.to_string(),
        node.in_degree.to_string(),
        node.out_degree.to_string(),
        node.bent.to_string(),
    ]
}
