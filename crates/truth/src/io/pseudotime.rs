//! BEELINE's `PseudoTime.csv`.

use std::io::{self, Write};

use super::cell_matrix::{comma_separated, number};
use crate::simulate::CellData;

/// Writes the pseudotime of every cell on its lineage: cells × lineages, `NA` on the others.
///
/// As in BEELINE's own files a cell is on one lineage, that of the end which it reaches, also
/// before the branching.
///
/// # Errors   what the sink reports.
/// # Cost     `O(cells · lineages)`, one row in memory.
pub fn write_pseudotime(data: &CellData, sink: &mut dyn Write) -> io::Result<()> {
    let lineages = data.ends.len();
    let mut table = comma_separated(sink);
    let names = (0..lineages).map(|lineage| data.lineage_name(lineage));
    table.write_record(std::iter::once(String::new()).chain(names))?;
    for cell in &data.cells {
        let on = |lineage| match lineage == cell.lineage {
            true => cell.pseudotime,
            false => f64::NAN,
        };
        let times = (0..lineages).map(|lineage| number(on(lineage)));
        table.write_record(std::iter::once(cell.name.clone()).chain(times))?;
    }
    table.flush()
}

#[cfg(test)]
mod tests {
    use super::super::cell_matrix::tests::{text, two_cells};
    use super::*;

    #[test]
    fn a_cell_has_the_time_of_its_own_lineage() {
        let mut data = two_cells();
        assert_eq!(
            text(|sink| write_pseudotime(&data, sink)),
            ",PseudoTime1,PseudoTime2\ncell_1,NA,0\ncell_2,0.666667,NA\n"
        );
        data.ends.truncate(1);
        data.cells.iter_mut().for_each(|cell| cell.lineage = 0);
        assert_eq!(
            text(|sink| write_pseudotime(&data, sink)),
            ",PseudoTime\ncell_1,0\ncell_2,0.666667\n"
        );
    }
}
