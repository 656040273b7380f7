//! What is known of each simulated cell beside its expression.

use std::io::{self, Write};

use super::cell_matrix::number;
use crate::simulate::CellData;

/// Writes `cell time pseudotime lineage library`, tab-separated, one row a cell.
///
/// Lineages count from 1, as in [`write_pseudotime`](super::write_pseudotime). The library size is
/// `NA` where levels are exact.
///
/// # Errors   what the sink reports.
/// # Cost     `O(cells)`, nothing kept in memory.
pub fn write_cells(data: &CellData, sink: &mut dyn Write) -> io::Result<()> {
    writeln!(sink, "cell\ttime\tpseudotime\tlineage\tlibrary")?;
    for cell in &data.cells {
        writeln!(
            sink,
            "{}\t{}\t{}\t{}\t{}",
            cell.name,
            number(cell.time),
            number(cell.pseudotime),
            cell.lineage + 1,
            number(cell.library.unwrap_or(f64::NAN))
        )?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::cell_matrix::tests::{text, two_cells};
    use super::*;

    #[test]
    fn a_row_tells_where_a_cell_stands() {
        assert_eq!(
            text(|sink| write_cells(&two_cells(), sink)),
            "cell\ttime\tpseudotime\tlineage\tlibrary\n\
             cell_1\t0\t0\t2\tNA\n\
             cell_2\t2\t0.666667\t1\t1234.57\n"
        );
    }
}
