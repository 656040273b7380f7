//! `edges.tsv`: the ranked edges of a network.

use std::io::{self, Read, Write};

use super::columns::{CellFormat, ColumnFormat, TableFormat, place};
use super::run_file::without_cure;
use crate::genes::{Gene, Genes};
use crate::io::text::{Fault, Place, ReadError};
use crate::network::{Edge, Network};

/// The table of edges.
pub(crate) const EDGES: TableFormat<Edge> = TableFormat {
    file: "edges.tsv",
    rows: "one candidate edge, the best first",
    columns: &COLUMNS,
    tail: None,
    blank,
};

const COLUMNS: [ColumnFormat<Edge>; 15] = [
    ColumnFormat {
        name: "source",
        unit: "",
        text: "the regulator",
        field: CellFormat::Gene(place!(edge.source)),
    },
    ColumnFormat {
        name: "target",
        unit: "",
        text: "the gene that is regulated",
        field: CellFormat::Gene(place!(edge.target)),
    },
    ColumnFormat {
        name: "weight",
        unit: "per unit of time, on the model's scale",
        text: "∂(dx_target/dt)/∂x_source, mean over half-samples and values of lambda; empty where it \
               contradicts the sign",
        field: CellFormat::ShortOrEmpty(place!(edge.weight)),
    },
    ColumnFormat {
        name: "sign",
        unit: "",
        text: "+ activation, - repression, ? unknown; by all evidence, with interventions by that of \
               the responses, too",
        field: CellFormat::Sign(place!(edge.sign)),
    },
    ColumnFormat {
        name: "rank",
        unit: "",
        text: "rank by evidence, counted from 1",
        field: CellFormat::Count(place!(edge.rank)),
    },
    ColumnFormat {
        name: "probability",
        unit: "",
        text: "probability that the edge is true, by the model",
        field: CellFormat::Short(place!(edge.probability)),
    },
    ColumnFormat {
        name: "evidence",
        unit: "",
        text: "evidence, as a share of the best edge's",
        field: CellFormat::Exact(place!(edge.evidence)),
    },
    ColumnFormat {
        name: "dynamic",
        unit: "",
        text: "evidence of the time courses alone, as a share of the largest",
        field: CellFormat::Short(place!(edge.dynamic)),
    },
    ColumnFormat {
        name: "interventional",
        unit: "",
        text: "evidence of the responses to interventions alone, as a share of the largest; 0 if \
               the regulator was never changed",
        field: CellFormat::Short(place!(edge.interventional)),
    },
    ColumnFormat {
        name: "frequency",
        unit: "",
        text: "share of half-samples and values of lambda that selected the edge",
        field: CellFormat::Short(place!(edge.frequency)),
    },
    ColumnFormat {
        name: "sign_agreement",
        unit: "",
        text: "share of the half-samples that select the edge and agree with its sign",
        field: CellFormat::Short(place!(edge.sign_agreement)),
    },
    ColumnFormat {
        name: "expected_false",
        unit: "edges",
        text: "expected number of false edges down to this row, the larger of the model's and a null's: the sum of 1 - probability",
        field: CellFormat::Short(place!(edge.expected_false)),
    },
    ColumnFormat {
        name: "expected_false_model",
        unit: "edges",
        text: "the same by the model alone, which knows nothing of common causes",
        field: CellFormat::Short(place!(edge.expected_false_model)),
    },
    ColumnFormat {
        name: "influence",
        unit: "per unit of time, on the model's scale",
        text: "mean slope of the fitted model along the data; 0 if the model has no such edge",
        field: CellFormat::Short(place!(edge.influence)),
    },
    ColumnFormat {
        name: "in_prior",
        unit: "",
        text: "whether the pair was given as known (--prior)",
        field: CellFormat::Flag(place!(edge.in_prior)),
    },
];

fn blank() -> Edge {
    Edge::new(Gene(0), Gene(0))
}

/// Writes the best `top` edges, best first, tab-separated under one header row.
///
/// `source` acts on `target`: `weight[target, source] = ∂(dx_target/dt)/∂x_source`. The sign is
/// `+`, `-` or `?`, and a weight that contradicts it is empty. Numbers have six significant digits, the evidence all it needs: edges that
/// differ in it still do. Names are quoted where they must be;
/// `cistron_truth::io::read_edge_list` reads the table back.
///
/// # Errors   what the sink reports.
/// # Cost     `O(top)`, nothing kept in memory.
pub fn write_edges(network: &Network, top: usize, sink: &mut dyn Write) -> io::Result<()> {
    let edges = network.edges().iter().take(top);
    EDGES.write(network.genes(), &[], edges, sink)
}

/// Reads what [`write_edges`] wrote, for the genes of a model.
///
/// Numbers have the six digits of the table; ranks are set again.
///
/// # Errors   [`ReadError`] with row and column, and for genes of another model.
/// # Cost     one pass, `O(n log n)` for the ranks.
pub fn read_edges(input: impl Read, file: &str, genes: &Genes) -> Result<Network, ReadError> {
    let (_, edges) = EDGES.read(input, file, genes)?;
    Network::from_edges(genes.clone(), edges).map_err(|source| {
        ReadError::new(Fault::Invalid, Place::file(file), without_cure(&source))
            .in_run()
            .caused_by(source)
    })
}
