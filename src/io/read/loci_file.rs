//! Positions of genes on chromosomes.

use std::collections::HashMap;
use std::io::Read;

use super::faults::{repeated_gene, unmatched};
use super::pairs::{GENE_COLUMN, NamedColumn, named_or_first};
use crate::genes::Genes;
use crate::io::text::{Cell, ReadError, Reading, Rows, TableRow, header_only, parse_cell};
use crate::loci::{GenePosition, Loci};

/// The three columns.
const COLUMNS: [NamedColumn; 3] = [
    GENE_COLUMN,
    NamedColumn {
        called: "chromosome, chr, contig",
        is_named: |name| {
            let names = ["chromosome", "chr", "chrom", "contig", "replicon", "seqid"];
            names.iter().any(|known| name.eq_ignore_ascii_case(known))
        },
    },
    NamedColumn {
        called: "position, pos, start",
        is_named: |name| {
            let names = ["position", "pos", "start"];
            names.iter().any(|known| name.eq_ignore_ascii_case(known))
        },
    },
];

/// Reads a table of loci: `gene`, `chromosome`, `position`, one row per gene; the columns are known
/// by these names, or else by their order.
///
/// Only the order of positions counts, so that any number that grows along the chromosome will do.
///
/// * `file`: what messages call the file
///
/// # Errors   [`ReadError`] with row and column: fewer than three columns, a position that is not a
///   number, a gene that occurs twice.
pub fn read_loci(input: impl Read, file: &str) -> Result<Loci, ReadError> {
    let mut rows = Rows::open(input, file)?;
    let columns = named_or_first(&mut rows, COLUMNS, "three: gene, chromosome, position")?;
    let mut names: Vec<String> = Vec::new();
    let mut positions = Vec::new();
    let mut first_lines: HashMap<String, usize> = HashMap::new();
    while let Some(row) = rows.advance()? {
        let name = row.cell(columns[0]);
        if name.is_empty() {
            return Err(row
                .refuse(columns[0], "the name of a gene")
                .cured_by("fill the cell"));
        }
        if let Some(first) = first_lines.insert(name.to_owned(), row.line()) {
            let place = row.place(columns[0]);
            return Err(repeated_gene(place, name, &format!("row {first}")));
        }
        names.push(name.to_owned());
        positions.push(GenePosition {
            chromosome: row.cell(columns[1]).to_owned(),
            start: start(row, columns[2])?,
        });
    }
    let genes = Genes::new(names).map_err(|_| header_only(file))?;
    Ok(Loci::new(genes, &positions))
}

/// Positions of the genes of the data, from a table that may have others.
///
/// # Errors   [`ReadError`] with examples if no gene has a position.
pub fn choose_loci(table: &Loci, file: &str, genes: &Genes) -> Result<Reading<Loci>, ReadError> {
    let loci = table.of(genes);
    if loci.located() == 0 {
        return Err(unmatched(file, "gene", table.genes().names(), genes));
    }
    let note = format!(
        "{file}: positions of {} of {} genes",
        loci.located(),
        genes.len()
    );
    let mut reading = Reading::new(loci);
    reading.notes.push(note);
    Ok(reading)
}

fn start(row: TableRow<'_>, column: usize) -> Result<f64, ReadError> {
    // positions are whole numbers: a comma separates thousands
    match parse_cell(&row.cell(column).replace(',', ""), false) {
        Cell::Number(x) => Ok(x),
        _ => Err(row
            .refuse(column, "a number")
            .cured_by("give the position, or remove the row")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::genes::Gene;

    fn read(text: &str) -> Result<Loci, ReadError> {
        read_loci(text.as_bytes(), "loci.tsv")
    }

    #[test]
    fn columns_are_known_by_name_or_by_order() {
        let named = read("chr\tstart\tlocus_tag\n1\t30\tb\n1\t5\ta\n").expect("loci");
        let bare = read("b 1 30\na 1 5\n").expect("loci");
        assert_eq!(named, bare);
        assert_eq!(named.distance(Gene(0), Gene(1)), Some(1));
    }

    #[test]
    fn a_repeated_gene_and_a_position_without_a_number_are_refused_with_their_place() {
        let twice = read("gene,chromosome,position\na,1,5\na,1,9\n").expect_err("twice");
        let twice = twice.to_string();
        assert!(twice.starts_with("loci.tsv, row 3, column 1 (`gene`): gene `a` occurs a second"));
        let text = read("gene,chromosome,position\na,1,left\n").expect_err("no number");
        assert_eq!(
            text.to_string(),
            "loci.tsv, row 2, column 3 (`position`): found `left`, expected a number; \
             give the position, or remove the row"
        );
    }
}
