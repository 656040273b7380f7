//! Options that select edges.

use clap::Args;

use cistron::network::{Neighbourhood, Selection};

use crate::number_parsers::{not_below_zero, share};

/// Selection of edges: without any of these, those that stand out.
#[derive(Args, Clone, Debug, Default, PartialEq)]
#[command(next_help_heading = "Selection of edges")]
pub(crate) struct SelectionArgs {
    /// Only the longest list of best edges of which at most this share is expected to be false, from
    /// 0 to 1; default: 0.2, or the best 20 edges where not even the first has it
    #[arg(long, value_name = "SHARE", value_parser = share)]
    max_fdr: Option<f64>,
    /// Only the longest list of best edges of which at most K are expected to be false
    #[arg(long, value_name = "K", value_parser = not_below_zero)]
    max_false_edges: Option<f64>,
    /// Only the best N edges; a large N selects all edges
    #[arg(long, value_name = "N")]
    top: Option<usize>,
    /// Only edges among the genes within this number of steps of a gene, in either direction, such
    /// as `lexA:2`. Steps follow the edges that the options above select
    #[arg(long, value_name = "GENE:STEPS", alias = "neighborhood")]
    neighbourhood: Option<Neighbourhood>,
    /// Only edges with a known sign. Weights are signed where the format allows both
    #[arg(long)]
    signed: bool,
    /// Genes without an edge, too
    #[arg(long)]
    isolated: bool,
}

impl SelectionArgs {
    /// The selection in the terms of the library.
    pub(crate) fn selection(&self) -> Selection {
        Selection {
            top: self.top,
            max_false_edges: self.max_false_edges,
            max_fdr: self.max_fdr,
            neighbourhood: self.neighbourhood.clone(),
            signed: self.signed,
            isolated: self.isolated,
        }
    }
}
