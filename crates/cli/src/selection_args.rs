//! Options that say which edges are shown or exported.

use clap::Args;

use cistron::network::{Neighbourhood, Selection};

/// Which edges.
#[derive(Args, Clone, Debug, Default, PartialEq)]
pub(crate) struct SelectionArgs {
    /// Only the best N edges; with a large N, all edges
    #[arg(long, value_name = "N")]
    top: Option<usize>,
    /// Only the longest list of best edges of which at most K are expected to be false
    #[arg(long, value_name = "K", value_parser = not_below_0)]
    max_false_edges: Option<f64>,
    /// Only edges among the genes within so many steps of a gene, in either direction, such as
    /// `lexA:2`; without --top and --max-false-edges, only the usual edges count, with a large
    /// --top all do
    #[arg(long, value_name = "GENE:STEPS", alias = "neighborhood")]
    neighbourhood: Option<Neighbourhood>,
    /// Only edges whose sign is known, of those that are written without it (with a large --top,
    /// of all); weights have their sign where a format leaves the choice
    #[arg(long)]
    signed: bool,
}

impl SelectionArgs {
    /// Whether the number of edges was chosen.
    pub(crate) fn says_how_many(&self) -> bool {
        self.top.is_some() || self.max_false_edges.is_some()
    }

    /// The edges that are wished for.
    pub(crate) fn selection(&self) -> Selection {
        Selection {
            top: self.top,
            max_false_edges: self.max_false_edges,
            neighbourhood: self.neighbourhood.clone(),
            signed: self.signed,
        }
    }
}

fn not_below_0(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(number) if number >= 0.0 && f64::is_finite(number) => Ok(number),
        _ => Err("expected a number of 0 or more".to_owned()),
    }
}
