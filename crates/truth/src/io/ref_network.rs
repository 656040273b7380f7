//! BEELINE's `refNetwork.csv`: the true network.

use std::io::{self, Write};

use super::cell_matrix::comma_separated;
use crate::simulate::TrueEdge;
use cistron::genes::Genes;

/// Writes `Gene1,Gene2,Type`, regulator first, one row an edge in the order given.
///
/// The type is `+` or `-`; `?`, which BEELINE does not know, where a regulator does both.
/// [`read_gold`](super::read_gold) reads the table.
///
/// # Errors   what the sink reports.
pub fn write_ref_network(
    genes: &Genes,
    truth: &[TrueEdge],
    sink: &mut dyn Write,
) -> io::Result<()> {
    let mut table = comma_separated(sink);
    table.write_record(["Gene1", "Gene2", "Type"])?;
    for edge in truth {
        let (source, target) = (genes.name(edge.source), genes.name(edge.target));
        table.write_record([source, target, edge.sign.symbol()])?;
    }
    table.flush()
}

#[cfg(test)]
mod tests {
    use super::super::cell_matrix::tests::text;
    use super::*;
    use crate::io::read_gold;
    use cistron::genes::Gene;
    use cistron::network::Sign;

    #[test]
    fn edges_are_written_from_regulator_to_target_and_read_back() {
        let genes = Genes::new(["a", "b"]).expect("distinct");
        let edge = |source, target, sign| TrueEdge {
            source: Gene(source),
            target: Gene(target),
            sign,
        };
        let truth = [
            edge(0, 1, Sign::Activation),
            edge(1, 1, Sign::Repression),
            edge(1, 0, Sign::Unknown),
        ];
        let table = text(|sink| write_ref_network(&genes, &truth, sink));
        assert_eq!(table, "Gene1,Gene2,Type\na,b,+\nb,b,-\nb,a,?\n");
        let gold = read_gold(table.as_bytes(), "refNetwork.csv").expect("a gold standard");
        // a gold standard keeps the edge of `b` on itself apart
        assert_eq!(gold.edge_count(), 2);
    }
}
