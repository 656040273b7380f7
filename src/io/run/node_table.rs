//! `nodes.tsv`: what is known about every gene.

use std::io::{self, Read, Write};

use super::columns::{CellFormat, ColumnFormat, TableFormat, place};
use crate::genes::{Gene, Genes};
use crate::io::text::ReadError;

/// One gene of the result.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct NodeReport {
    /// The gene.
    pub gene: Gene,
    /// Decay of the fitted model, per unit of time.
    pub decay: f64,
    /// R² of its increments on held-out segments.
    pub r_squared: f64,
    /// R² of the linear part there.
    pub r_squared_linear: f64,
    /// Regulators in the fitted model.
    pub model_regulators: usize,
    /// Edges into it among those that stand out: of which at most a fifth are expected to be false.
    pub in_degree: usize,
    /// Edges out of it among the same.
    pub out_degree: usize,
    /// Whether networks with several units predicted better than the linear part.
    pub nonlinear: bool,
    /// Whether it follows its regulators within a sampling interval, and was fitted to levels.
    pub fast: bool,
    /// Logarithm of its held-out error as a fast gene over that as a slow one, shrunk.
    pub fast_log_ratio: f64,
    /// Rate at which it forgets, per unit of time, by held-out prediction.
    pub turnover: f64,
    /// How that rate is to be read: `=`, `<=`, `>=`, or `?` where nothing is known.
    pub turnover_bound: String,
    /// That rate over a typical sampling interval; NaN without series.
    pub turnover_interval: f64,
}

impl NodeReport {
    /// A gene of which nothing is known: numbers are 0, and its fit is linear.
    #[doc(hidden)]
    #[must_use]
    pub fn new(gene: Gene) -> Self {
        Self {
            gene,
            decay: 0.0,
            r_squared: 0.0,
            r_squared_linear: 0.0,
            model_regulators: 0,
            in_degree: 0,
            out_degree: 0,
            nonlinear: false,
            fast: false,
            fast_log_ratio: 0.0,
            turnover: 0.0,
            turnover_bound: "?".to_owned(),
            turnover_interval: f64::NAN,
        }
    }
}

/// The table of genes.
pub(crate) const NODES: TableFormat<NodeReport> = TableFormat {
    file: "nodes.tsv",
    rows: "one gene",
    columns: &COLUMNS,
    tail: None,
    blank,
};

const COLUMNS: [ColumnFormat<NodeReport>; 13] = [
    ColumnFormat {
        name: "gene",
        unit: "",
        text: "the gene",
        field: CellFormat::Gene(place!(node.gene)),
    },
    ColumnFormat {
        name: "decay",
        unit: "per unit of time",
        text: "decay rate of the fitted model",
        field: CellFormat::Short(place!(node.decay)),
    },
    ColumnFormat {
        name: "r_squared",
        unit: "",
        text: "R² of its increments on held-out segments",
        field: CellFormat::Short(place!(node.r_squared)),
    },
    ColumnFormat {
        name: "r_squared_linear",
        unit: "",
        text: "R² of the linear model there",
        field: CellFormat::Short(place!(node.r_squared_linear)),
    },
    ColumnFormat {
        name: "model_regulators",
        unit: "genes",
        text: "regulators in the fitted model",
        field: CellFormat::Count(place!(node.model_regulators)),
    },
    ColumnFormat {
        name: "in_degree",
        unit: "edges",
        text: "edges into it, among those of which at most a fifth are expected to be false",
        field: CellFormat::Count(place!(node.in_degree)),
    },
    ColumnFormat {
        name: "out_degree",
        unit: "edges",
        text: "edges out of it, among the same",
        field: CellFormat::Count(place!(node.out_degree)),
    },
    ColumnFormat {
        name: "nonlinear",
        unit: "",
        text: "whether a nonlinear model predicts its held-out increments better",
        field: CellFormat::Flag(place!(node.nonlinear)),
    },
    ColumnFormat {
        name: "fast",
        unit: "",
        text: "whether it follows its regulators within a sampling interval: its level is fitted, not its increments",
        field: CellFormat::Flag(place!(node.fast)),
    },
    ColumnFormat {
        name: "fast_log_ratio",
        unit: "",
        text: "logarithm of the held-out error as a fast gene over that as a slow one: how clear the choice was",
        field: CellFormat::Short(place!(node.fast_log_ratio)),
    },
    ColumnFormat {
        name: "turnover",
        unit: "per unit of time",
        text: "rate at which it forgets, by held-out prediction from both ends of intervals",
        field: CellFormat::Short(place!(node.turnover)),
    },
    ColumnFormat {
        name: "turnover_bound",
        unit: "",
        text: "`=` for an estimate, `<=` or `>=` for a bound, `?` where nothing is known",
        field: CellFormat::Text(place!(node.turnover_bound)),
    },
    ColumnFormat {
        name: "turnover_interval",
        unit: "",
        text: "that rate times the typical sampling interval; empty without series",
        field: CellFormat::ShortOrEmpty(place!(node.turnover_interval)),
    },
];

fn blank() -> NodeReport {
    NodeReport::new(Gene(0))
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
    NODES.write(genes, &[], nodes, sink)
}

/// Reads what [`write_nodes`] wrote, for the genes of a model.
///
/// # Errors   [`ReadError`] with row and column, and for genes of another model.
pub fn read_nodes(
    input: impl Read,
    file: &str,
    genes: &Genes,
) -> Result<Vec<NodeReport>, ReadError> {
    let (_, nodes) = NODES.read(input, file, genes)?;
    Ok(nodes)
}
