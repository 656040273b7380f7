//! Cells of several times in one table, one row a cell.

use std::io::{self, Write};

use super::cell_matrix::{comma_separated, number};
use crate::simulate::CellData;

/// Writes `cell,time,lineage,GENE…`: when each cell was taken, the lineage that it goes to (from
/// 1), and its measured (spliced) mRNA.
///
/// A reader must not learn from the lineage: real snapshots do not have it.
///
/// # Errors   what the sink reports.
/// # Cost     `O(genes · cells)`, one row in memory.
pub fn write_snapshots(data: &CellData, sink: &mut dyn Write) -> io::Result<()> {
    let mut table = comma_separated(sink);
    let genes = data.genes.names().iter().map(String::as_str);
    table.write_record(["cell", "time", "lineage"].into_iter().chain(genes))?;
    for (at, cell) in data.cells.iter().enumerate() {
        table.write_field(&cell.name)?;
        table.write_field(number(cell.time))?;
        table.write_field((cell.lineage + 1).to_string())?;
        for &value in data.expression.row(at).iter() {
            table.write_field(number(value))?;
        }
        table.write_record(None::<&[u8]>)?;
    }
    table.flush()
}

#[cfg(test)]
mod tests {
    use super::super::cell_matrix::tests::{text, two_cells};
    use super::*;

    #[test]
    fn a_row_has_the_time_the_lineage_and_all_genes() {
        assert_eq!(
            text(|sink| write_snapshots(&two_cells(), sink)),
            "cell,time,lineage,a,\"b,c\"\n\
             cell_1,0,2,0.333333,0\n\
             cell_2,2,1,12345678,6.66667e-8\n"
        );
    }
}
