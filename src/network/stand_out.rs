//! Which edges stand out: one cut for all drawings, pages and exports.
//!
//! With `E(k)` the expected number of false edges among the best `k`, the edges that stand out are
//! the best `k` for the largest `k` with
//!
//! ```text
//! E(k) / k ≤ 0.2
//! ```
//!
//! It is the longest such list and not what comes before the first `k` that is above: `E` is convex
//! and 0 at 0, so that the share never falls along the list, but known edges may calibrate it to
//! one that does. Where even `k = 1` is above, nothing stands out: the best 20 are shown then, grey
//! and under a sentence that says so.

use super::{Edge, Network};

/// Largest share of false edges among the edges that stand out: of five arrows of a drawing, at most
/// one is expected to be false.
pub const MAX_FDR: f64 = 0.2;

/// Number of edges that are shown where none stands out: a page of them, enough to see what the
/// list is like.
const HYPOTHESES: usize = 20;

impl Network {
    /// The edges that stand out, best first: the longest list of which at most a fifth are expected to
    /// be false.
    #[must_use]
    pub fn standing_out(&self) -> &[Edge] {
        self.confident(MAX_FDR)
    }

    /// How many edges are shown if nothing else is wished for: those that stand out, or, where none
    /// does, the best 20 as hypotheses.
    #[doc(hidden)]
    #[must_use]
    pub fn default_edges(&self) -> usize {
        match self.standing_out().len() {
            0 => self.edges().len().min(HYPOTHESES),
            some => some,
        }
    }

    /// The sentence that goes with every drawing, page and export of a network in which no edge
    /// stands out; none where one does, or where there are no edges.
    #[doc(hidden)]
    #[must_use]
    pub fn caution(&self) -> Option<String> {
        let shown = &self.edges()[..self.default_edges()];
        let last = shown.last().filter(|_| self.standing_out().is_empty())?;
        Some(format!(
            "No edge stands out: more than {:.0} % of the best edges are expected to be false, however few are taken \
             ({:.1} of the best {}). They are hypotheses, not findings.",
            100.0 * MAX_FDR,
            last.expected_false,
            shown.len()
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::genes::{Gene, Genes};

    /// Edges among ten genes with these expected numbers of false edges.
    fn network(expected: &[f64]) -> Network {
        let names: Vec<String> = (0..10).map(|gene| format!("g{gene}")).collect();
        let edges = expected.iter().enumerate().map(|(at, &expected_false)| {
            let mut edge = Edge::new(Gene(at / 10), Gene(at % 10));
            edge.evidence = 1.0 / (at + 1) as f64;
            edge.expected_false = expected_false;
            edge
        });
        Network::from_edges(Genes::new(names).expect("distinct"), edges.collect()).expect("sound")
    }

    #[test]
    fn the_longest_list_with_at_most_a_fifth_of_false_edges_stands_out() {
        // shares .3, .15, .2, .25, .2, .22: neither the first crossing nor the first edge ends it
        let found = network(&[0.3, 0.3, 0.6, 1.0, 1.0, 1.32]);
        assert_eq!(found.standing_out().len(), 5);
        assert_eq!(found.default_edges(), 5);
        assert_eq!(found.caution(), None);
    }

    #[test]
    fn where_nothing_stands_out_the_best_twenty_are_shown_with_a_caution() {
        let expected: Vec<f64> = (1..=30).map(|rank| 0.205 * f64::from(rank)).collect();
        let found = network(&expected);
        assert_eq!(found.default_edges(), 20);
        let caution = found.caution().expect("nothing stands out");
        assert!(
            caution.starts_with("No edge stands out: more than 20 % of the best edges")
                && caution.contains("(4.1 of the best 20)"),
            "{caution}"
        );
        let few = network(&[0.9, 1.8]);
        assert_eq!(few.default_edges(), 2);
        assert!(few.caution().expect("none").contains("(1.8 of the best 2)"));
    }

    #[test]
    fn a_network_without_edges_needs_no_caution() {
        let found = network(&[]);
        assert_eq!((found.default_edges(), found.caution()), (0, None));
    }
}
