//! Half-lives of mRNAs.

use std::collections::HashMap;
use std::io::Read;

use super::faults::{repeated_gene, unmatched};
use super::pairs::{GENE_COLUMN, NamedColumn, named_or_first};
use super::time_unit::{TimeUnit, converted, unit_of_name};
use crate::genes::{Gene, Genes};
use crate::io::text::{
    Cell, ColumnMarks, Fault, NumberMarks, Place, ReadError, Reading, Rows, TableRow, TextOptions,
    header_only, plain_name,
};

/// The two columns.
const NAMES: [NamedColumn; 2] = [
    GENE_COLUMN,
    NamedColumn {
        called: "half_life, half_life_min, t1/2",
        is_named: is_half_life,
    },
];

/// Whether a name is that of half-lives, perhaps with a unit: `half_life`, `mRNA half-life (min)`, `t1/2 [h]`.
fn is_half_life(name: &str) -> bool {
    const NAMES: [&str; 8] = [
        "half_life",
        "half_lives",
        "halflife",
        "halflives",
        "t_half",
        "thalf",
        "t1_2",
        "t_1_2",
    ];
    const BESIDE: [&str; 10] = [
        "mrna",
        "rna",
        "transcript",
        "gene",
        "measured",
        "mean",
        "median",
        "average",
        "avg",
        "in",
    ];
    let name = plain_name(name);
    let mut found = NAMES.iter().filter_map(|known| name.split_once(known));
    found.any(|(before, behind)| {
        let ends = (before.is_empty() || before.ends_with('_'))
            && (behind.is_empty() || behind.starts_with('_'));
        let mut words = before
            .split('_')
            .chain(behind.split('_'))
            .filter(|word| !word.is_empty());
        ends && words.all(|word| BESIDE.contains(&word) || TimeUnit::of_word(word).is_some())
    })
}

/// What the table holds.
const COLUMNS: &str = "two: gene, half_life";

/// Reads a table of half-lives: `gene`, `half_life`, one row per gene, in the unit of time of the data
/// unless the name of the column has a unit (`half_life_min`, `t1/2 (h)`); the columns are known by these names, or else
/// by their order. An empty cell says nothing.
///
/// * `text`: how its numbers are to be read
/// * `unit`: the unit of time of the data, in the plural, where it is known
/// * returns the half-life of every gene, none where nothing is said
///
/// # Errors   [`ReadError`] with row and column: a half-life that is not a number above 0, a gene that
///   occurs twice, no gene of the data.
pub fn read_half_lives(
    mut input: impl Read,
    file: &str,
    text: TextOptions,
    genes: &Genes,
    unit: Option<&str>,
) -> Result<Reading<Vec<Option<f64>>>, ReadError> {
    let mut bytes = Vec::new();
    input
        .read_to_end(&mut bytes)
        .map_err(|source| ReadError::unreadable(file, source))?;
    let marks = marks_of(&bytes, file, text)?;
    let mut rows = Rows::open(&bytes[..], file)?;
    let [gene, half_life] = named_or_first(&mut rows, NAMES, COLUMNS)?;
    let own = if rows.is_headless() {
        None
    } else {
        unit_of_name(&rows.header()[half_life])
    };
    let units = HalfLifeUnits {
        own,
        data: unit.and_then(TimeUnit::of_word),
    };
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
            found[at] = half_life.map(|x| units.convert(x));
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
    reading.notes.push(rows.note(names.len()));
    reading.notes.extend(marks.notes);
    reading.notes.extend(units.note(file));
    reading.warnings.extend(units.warning(file));
    Ok(reading)
}

/// The unit that the table names, and that of the times of the data.
struct HalfLifeUnits {
    own: Option<TimeUnit>,
    data: Option<TimeUnit>,
}

impl HalfLifeUnits {
    fn convert(&self, half_life: f64) -> f64 {
        match (self.own, self.data) {
            (Some(own), Some(data)) if own != data => converted(half_life, own, data),
            _ => half_life,
        }
    }

    fn note(&self, file: &str) -> Option<String> {
        let (own, data) = (self.own?.plural(), self.data?.plural());
        Some(if own == data {
            format!("{file}: half-lives are in {own}, as the times")
        } else {
            format!("{file}: half-lives are converted from {own} to {data}, the unit of the times")
        })
    }

    fn warning(&self, file: &str) -> Option<String> {
        let own = self.own.filter(|_| self.data.is_none())?.plural();
        Some(format!(
            "{file}: half-lives are in {own}, and the times of the data have no unit: they are taken for {own}, too; \
             call their column `time_min`, `time_h` or the like"
        ))
    }
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
        read_half_lives(
            text.as_bytes(),
            "h.tsv",
            TextOptions::default(),
            &genes,
            None,
        )
    }

    fn read_beside(text: &str, unit: &str) -> Reading<Vec<Option<f64>>> {
        let genes = Genes::new(["a", "b", "c"]).expect("distinct");
        let options = TextOptions::default();
        read_half_lives(text.as_bytes(), "h.tsv", options, &genes, Some(unit)).expect("a table")
    }

    #[test]
    fn a_unit_in_the_header_is_converted_to_that_of_the_times() {
        for name in [
            "half_life_min",
            "Half-life (min)",
            "t1/2 (min)",
            "t_half_min",
            "mRNA half-life [minutes]",
            "half life in minutes",
        ] {
            let table = format!("gene\t{name}\na\t30\nb\t90\n");
            let hours = read_beside(&table, "hours");
            assert_eq!(hours.value, [Some(0.5), Some(1.5), None], "{name}");
            let note =
                "h.tsv: half-lives are converted from minutes to hours, the unit of the times";
            assert!(
                hours.notes.iter().any(|said| said == note),
                "{:?}",
                hours.notes
            );
            assert_eq!(
                read_beside(&table, "minutes").value,
                [Some(30.0), Some(90.0), None]
            );
            let unknown = read(&table).expect("a table");
            assert_eq!(unknown.value, [Some(30.0), Some(90.0), None]);
            assert!(
                unknown.warnings[0]
                    .contains("half-lives are in minutes, and the times of the data have no unit")
            );
        }
        let named = read_beside("gene\thalf_life\na\t30\n", "hours");
        assert_eq!((named.value[0], named.warnings.len()), (Some(30.0), 0));
        for other in [
            "half_life_sd",
            "log2_half_life",
            "half_life_rank",
            "decay_rate_min",
        ] {
            assert!(read(&format!("gene\t{other}\na\t30\n")).is_err(), "{other}");
        }
    }

    #[test]
    fn titles_above_the_header_are_passed_over_and_said() {
        let text = "Table S3. Half-lives of mRNAs\nin minutes, by decay after rifampicin\ngene\thalf_life\na\t5\nb\t7\n";
        let titled = read(text).expect("a table");
        assert_eq!(titled.value, [Some(5.0), Some(7.0), None]);
        let said = titled.notes.join("\n");
        assert!(
            said.contains("row 1 is a title and passed over: `Table S3. Half-lives of mRNAs`"),
            "{said}"
        );
        let error = read(&text.replace("a\t5", "a\tfive")).expect_err("a word");
        assert!(
            error
                .to_string()
                .starts_with("h.tsv, row 4, column 2 (`half_life`): found `five`"),
            "{error}"
        );
    }

    #[test]
    fn columns_are_known_by_name_or_by_order() {
        let named = read("rate\thalf_life\tORF\n1\t5\tb\n2\t\ta\n3\t7.5\tother\n").expect("named");
        assert_eq!(named.value, [None, Some(5.0), None]);
        assert_eq!(named.notes[0], "h.tsv: half-lives of 1 of 3 genes");
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
