//! Options that select edges.

use clap::Args;

use cistron::network::{Neighbourhood, Selection};

use crate::number_parsers::not_below_zero;

/// Selection of edges.
#[derive(Args, Clone, Debug, Default, PartialEq)]
pub(crate) struct SelectionArgs {
    /// Only the best N edges; a large N selects all edges
    #[arg(long, value_name = "N")]
    top: Option<usize>,
    /// Only the longest list of best edges of which at most K are expected to be false
    #[arg(long, value_name = "K", value_parser = not_below_zero)]
    max_false_edges: Option<f64>,
    /// Only edges among the genes within this number of steps of a gene, in either direction, such
    /// as `lexA:2`. Steps follow the default edges; with --top or --max-false-edges, they follow the
    /// edges that these options select
    #[arg(long, value_name = "GENE:STEPS", alias = "neighborhood")]
    neighbourhood: Option<Neighbourhood>,
    /// Only edges with a known sign. Weights are signed where the format allows both
    #[arg(long)]
    signed: bool,
}

impl SelectionArgs {
    /// Whether an option sets the number of edges.
    pub(crate) fn sets_number(&self) -> bool {
        self.top.is_some() || self.max_false_edges.is_some()
    }

    /// The selection in the terms of the library.
    pub(crate) fn selection(&self) -> Selection {
        Selection {
            top: self.top,
            max_false_edges: self.max_false_edges,
            neighbourhood: self.neighbourhood.clone(),
            signed: self.signed,
        }
    }
}
