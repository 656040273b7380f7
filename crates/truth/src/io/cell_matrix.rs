//! One number for each gene and cell: `ExpressionData.csv` and the tables like it.

use std::io::{self, Write};

use csv::{Terminator, Writer, WriterBuilder};
use faer::Mat;

use crate::simulate::CellData;
use cistron::io::text::{exact, short};

/// Writes measured (spliced) mRNA as BEELINE's `ExpressionData.csv`: genes × cells, gene names in
/// the first column, cell names in the header.
///
/// Values are on the plain scale, levels or counts without a logarithm, as in BEELINE's own files.
/// The tables of spliced and unspliced mRNA and of velocities have the same form.
///
/// # Errors   what the sink reports.
/// # Panics   if the values are not `cells × genes` (a bug in the caller).
/// # Cost     `O(genes · cells)`, one row in memory.
pub fn write_expression(data: &CellData, sink: &mut dyn Write) -> io::Result<()> {
    write_matrix(data, &data.expression, sink)
}

/// Writes measured unspliced mRNA in the form of [`write_expression`]; `NA` for a gene without
/// splicing. Nothing is written if no gene has it.
///
/// # Errors   what the sink reports.
pub fn write_unspliced(data: &CellData, sink: &mut dyn Write) -> io::Result<()> {
    let splicing = data.splicing.as_ref();
    splicing.map_or(Ok(()), |splicing| {
        write_matrix(data, &splicing.unspliced, sink)
    })
}

/// Writes the true velocity of (spliced) mRNA in the form of [`write_expression`], in its units
/// per unit of time. Nothing is written if no gene has splicing.
///
/// # Errors   what the sink reports.
pub fn write_velocity(data: &CellData, sink: &mut dyn Write) -> io::Result<()> {
    let splicing = data.splicing.as_ref();
    splicing.map_or(Ok(()), |splicing| {
        write_matrix(data, &splicing.velocity, sink)
    })
}

fn write_matrix(data: &CellData, values: &Mat<f64>, sink: &mut dyn Write) -> io::Result<()> {
    let size = (data.cells.len(), data.genes.len());
    assert_eq!((values.nrows(), values.ncols()), size, "cells × genes");
    let mut table = comma_separated(sink);
    table.write_field("")?;
    for cell in &data.cells {
        table.write_field(&cell.name)?;
    }
    table.write_record(None::<&[u8]>)?;
    for gene in data.genes.iter() {
        table.write_field(data.genes.name(gene))?;
        for &value in values.col(gene.index()).iter() {
            table.write_field(number(value))?;
        }
        table.write_record(None::<&[u8]>)?;
    }
    table.flush()
}

/// Quotes where a reader that takes `#` for a comment would need it, too.
pub(super) fn comma_separated(sink: &mut dyn Write) -> Writer<&mut dyn Write> {
    WriterBuilder::new()
        .comment(Some(b'#'))
        .terminator(Terminator::Any(b'\n'))
        .from_writer(sink)
}

/// Whole numbers in full, others with six significant digits, `NA` where there is none.
pub(super) fn number(x: f64) -> String {
    if x.is_nan() {
        "NA".to_owned()
    } else if x.fract() == 0.0 {
        exact(x)
    } else {
        short(x)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::simulate::{SimulatedCell, Splicing};
    use cistron::genes::Genes;
    use faer::mat;

    /// Two cells on two lineages; the second gene has no splicing.
    pub(in crate::io) fn two_cells() -> CellData {
        let cell = |name: &str, time: f64, lineage| SimulatedCell {
            name: name.to_owned(),
            time,
            pseudotime: time / 3.0,
            lineage,
            library: (lineage == 0).then_some(1234.5678),
        };
        CellData {
            genes: Genes::new(["a", "b,c"]).expect("distinct"),
            cells: vec![cell("cell_1", 0.0, 1), cell("cell_2", 2.0, 0)],
            ends: vec![Some(vec![1.0, 0.0]), None],
            expression: mat![[1.0 / 3.0, 0.0], [12_345_678.0, 2e-7 / 3.0]],
            levels: mat![[0.0, 0.0], [0.0, 0.0]],
            capture: 1.0,
            splicing: Some(Splicing {
                unspliced: mat![[0.25, f64::NAN], [2.0, f64::NAN]],
                velocity: mat![[-0.5, 1.0], [0.0, -1e-9]],
            }),
        }
    }

    pub(in crate::io) fn text(write: impl Fn(&mut dyn Write) -> io::Result<()>) -> String {
        let mut bytes = Vec::new();
        write(&mut bytes).expect("memory takes all");
        String::from_utf8(bytes).expect("text")
    }

    #[test]
    fn genes_stand_in_rows_and_cells_in_columns() {
        let data = two_cells();
        assert_eq!(
            text(|sink| write_expression(&data, sink)),
            ",cell_1,cell_2\na,0.333333,12345678\n\"b,c\",0,6.66667e-8\n"
        );
        assert_eq!(
            text(|sink| write_unspliced(&data, sink)),
            ",cell_1,cell_2\na,0.25,2\n\"b,c\",NA,NA\n"
        );
        assert_eq!(
            text(|sink| write_velocity(&data, sink)),
            ",cell_1,cell_2\na,-0.5,0\n\"b,c\",1,-1e-9\n"
        );
    }

    #[test]
    fn without_splicing_there_is_nothing_to_write() {
        let data = CellData {
            splicing: None,
            ..two_cells()
        };
        assert_eq!(text(|sink| write_unspliced(&data, sink)), "");
        assert_eq!(text(|sink| write_velocity(&data, sink)), "");
    }
}
