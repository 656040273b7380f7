//! Half-lives of mRNAs.

use std::collections::HashMap;
use std::io::Read;

use super::faults::{repeated_gene, unmatched};
use super::pairs::{GENE_COLUMN, named_or_first};
use crate::genes::{Gene, Genes};
use crate::io::text::{
    Cell, ColumnMarks, Fault, NumberMarks, Place, ReadError, Reading, Rows, TableRow, TextOptions,
    header_only,
};

/// Header names of the two columns, in small letters.
const NAMES: [&[&str]; 2] = [
    GENE_COLUMN,
    &[
        "half_life",
        "half-life",
        "halflife",
        "half_lives",
        "t_half",
        "t1/2",
    ],
];

/// What the table holds.
const COLUMNS: &str = "two: gene, half_life";

/// Reads a table of half-lives: `gene`, `half_life`, one row per gene, in the unit of time of the data;
/// the columns are known by these names, or else by their order. An empty cell says nothing.
///
/// * `text`: how its numbers are to be read
/// * returns the half-life of every gene, none where nothing is said
///
/// # Errors   [`ReadError`] with row and column: a half-life that is not a number above 0, a gene that
///   occurs twice, no gene of the data.
pub fn read_half_lives(
    mut input: impl Read,
    file: &str,
    text: TextOptions,
    genes: &Genes,
) -> Result<Reading<Vec<Option<f64>>>, ReadError> {
    let mut bytes = Vec::new();
    input
        .read_to_end(&mut bytes)
        .map_err(|source| ReadError::unreadable(file, source))?;
    let marks = marks_of(&bytes, file, text)?;
    let mut rows = Rows::open(&bytes[..], file)?;
    let [gene, half_life] = named_or_first(&mut rows, NAMES, COLUMNS)?;
    let mut found = vec![None; genes.len()];
    let mut first_lines: HashMap<String, usize> = HashMap::new();
    let mut names: Vec<String> = Vec::new();
    let (mut matched, mut known) = (0, 0);
    while let Some(row) = rows.advance()? {
        let name = row.cell(gene);
        if name.is_empty() {
            return Err(row
                .refuse(gene, "the name of a gene")
                .cured_by("fill the cell"));
        }
        if let Some(first) = first_lines.insert(name.to_owned(), row.line()) {
            let place = row.place(gene);
            return Err(repeated_gene(place, name, &format!("row {first}")));
        }
        let half_life = positive(row, half_life, &marks)?;
        if let Some(Gene(at)) = genes.find(name) {
            found[at] = half_life;
            matched += 1;
            known += usize::from(half_life.is_some());
        }
        names.push(name.to_owned());
    }
    if names.is_empty() {
        return Err(header_only(file));
    }
    if matched == 0 {
        return Err(unmatched(file, "half-life of a gene", &names, genes));
    }
    if known == 0 {
        let found = format!("the half-lives of all {matched} genes are empty");
        return Err(ReadError::new(Fault::Cell, Place::file(file), found)
            .expecting("a number for some gene")
            .cured_by("fill the column, or drop the table"));
    }
    let mut reading = Reading::new(found);
    let note = format!("{file}: half-lives of {known} of {} genes", genes.len());
    reading.notes.push(note);
    reading.notes.extend(marks.notes);
    Ok(reading)
}

/// How the half-lives are written, from all of them.
fn marks_of(bytes: &[u8], file: &str, text: TextOptions) -> Result<NumberMarks, ReadError> {
    let mut rows = Rows::open(bytes, file)?;
    let [_, column] = named_or_first(&mut rows, NAMES, COLUMNS)?;
    let mut marks = ColumnMarks::default();
    while let Some(row) = rows.advance()? {
        marks.add(row.cell(column), || row.place(column));
    }
    marks.decide(text.decimal)
}

fn positive(
    row: TableRow<'_>,
    column: usize,
    marks: &NumberMarks,
) -> Result<Option<f64>, ReadError> {
    match marks.cell(row.cell(column)) {
        Cell::Number(x) if x > 0.0 => Ok(Some(x)),
        Cell::Missing => Ok(None),
        _ => Err(row
            .refuse(column, "a number above 0 in the unit of time of the data")
            .cured_by("give the half-life, or leave the cell empty")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Reading<Vec<Option<f64>>>, ReadError> {
        let genes = Genes::new(["a", "b", "c"]).expect("distinct");
        read_half_lives(text.as_bytes(), "h.tsv", TextOptions::default(), &genes)
    }

    #[test]
    fn columns_are_known_by_name_or_by_order() {
        let named = read("rate\thalf_life\tORF\n1\t5\tb\n2\t\ta\n3\t7.5\tother\n").expect("named");
        assert_eq!(named.value, [None, Some(5.0), None]);
        assert_eq!(named.notes, ["h.tsv: half-lives of 1 of 3 genes"]);
        assert_eq!(read("b 5\n").expect("bare").value, named.value);
    }

    #[test]
    fn commas_between_thousands_are_told_from_decimals() {
        let mixed = read("gene\thalf_life\na\t1,250\nb\t870\n").expect("clear");
        assert_eq!(mixed.value, [Some(1250.0), Some(870.0), None]);
        let error = read("gene\thalf_life\na\t1,250\nb\t2,250\n").expect_err("either");
        let error = error.to_string();
        assert!(
            error.starts_with(
                "h.tsv, row 2, column 2 (`half_life`): found `1,250`, which is 1.250 with"
            ) && error.contains("--decimal point"),
            "{error}"
        );
    }

    #[test]
    fn what_is_no_half_life_is_refused_with_its_place() {
        let error = read("gene,half_life\na,3\nb,-1\n").expect_err("below 0");
        assert_eq!(
            error.to_string(),
            "h.tsv, row 3, column 2 (`half_life`): found `-1`, expected a number above 0 in the unit of time of \
             the data; give the half-life, or leave the cell empty"
        );
        let error = read("gene,decay_rate\na,0.02\n").expect_err("another quantity");
        assert!(
            error
                .to_string()
                .contains("found no column called half_life"),
            "{error}"
        );
        let error = read("gene,half_life\nx,3\n").expect_err("no gene");
        assert!(
            error.to_string().contains("found no half-life of a gene"),
            "{error}"
        );
        assert!(read("gene,half_life\na,3\na,3\n").is_err());
        let error = read("gene,half_life\na,\nb,\n").expect_err("nothing said");
        assert!(
            error
                .to_string()
                .contains("the half-lives of all 2 genes are empty"),
            "{error}"
        );
    }
}
