//! The curve table: the points behind precision–recall and ROC, one row a threshold.

use std::io::{self, Write};

use crate::evaluate::{Ranking, curve};

/// Writes `rank threshold tp fp precision recall fpr`, tab-separated, best scores first.
///
/// A row stands after each group of equal scores; the last, with threshold `-inf`, after the pairs
/// that the list leaves out. Numbers are as short as they can be without losing a bit.
///
/// # Errors   what the sink reports.
/// # Cost     `O(n)`, nothing kept in memory.
pub fn write_curve(ranking: &Ranking, sink: &mut dyn Write) -> io::Result<()> {
    writeln!(sink, "rank\tthreshold\ttp\tfp\tprecision\trecall\tfpr")?;
    for point in curve(ranking) {
        writeln!(
            sink,
            "{}\t{}\t{}\t{}\t{}\t{}\t{}",
            point.rank,
            point.threshold,
            point.tp,
            point.fp,
            point.precision,
            point.recall,
            point.fpr
        )?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::UniverseSettings;
    use crate::io::{read_edge_list, read_gold};

    #[test]
    fn the_table_has_a_row_for_each_score_and_one_for_the_rest() {
        let gold = read_gold("a b +\nb c -\n".as_bytes(), "gold").expect("a gold standard");
        let list = read_edge_list("a b 2\nb a 1\nc a 1\n".as_bytes(), "edges").expect("edges");
        let ranking =
            Ranking::new(&gold, &list, &UniverseSettings::default()).expect("one set of genes");
        let mut table = Vec::new();
        write_curve(&ranking, &mut table).expect("memory");
        assert_eq!(
            String::from_utf8(table).expect("text"),
            "rank\tthreshold\ttp\tfp\tprecision\trecall\tfpr\n\
             1\t2\t1\t0\t1\t0.5\t0\n\
             3\t1\t1\t2\t0.3333333333333333\t0.5\t0.5\n\
             6\t-inf\t2\t4\t0.3333333333333333\t1\t1\n"
        );
    }
}
