//! The one reader of files that name pairs of a regulator and a target: ranked lists, known networks and prior
//! networks are read alike.

use std::collections::HashMap;
use std::io::Read;

use super::joined_pairs::JoinedPairs;
use super::listed_pairs::{ListedPair, NameIndex, PairList};
use super::pair_columns::{AskedColumns, ColumnChoice, ListColumns, SignSource, ValueKind};
use super::pair_facts::{ListFacts, denies, is_statement};
use super::pair_matrix::{MatrixSettings, is_matrix, read_matrix};
use super::pair_notes::describe;
use super::pair_words::{ScoreOrder, is_signed, plain};
use super::pairs::{PairOptions, PairUse, too_few_columns};
use super::target_lists::{self, targets_in};
use crate::genes::Genes;
use crate::io::text::{
    Cell, Fault, NumberMarks, Place, ReadError, Reading, Rows, TableRow, answer, header_only,
    is_sif, parse_cell, read_sif,
};
use crate::network::Sign;

/// How to make the first row a header.
const HEADER: &str = " (a header is known by the names regulator and target, source and target, TF and target, or \
    Gene1 and Gene2)";

/// Reads the pairs of a file: a list, a matrix of regulators and targets, or SIF.
///
/// Columns are told apart by their names and by what they hold; the notes say how. 0 is no edge. Error
/// probabilities rank the smallest first: their value is a rank from the end.
///
/// * `purpose`: what the list is for
/// * `genes`: names that occur in it, if they are known: they tell a header from a pair, and symbols from identifiers
///
/// # Errors   [`ReadError`] with file, row, column and cure; both readings where two are as good.
/// # Cost     two passes over the text, which is kept in memory meanwhile.
pub fn read_pairs(
    mut input: impl Read,
    file: &str,
    purpose: PairUse,
    options: &PairOptions,
    genes: Option<&Genes>,
) -> Result<Reading<PairList>, ReadError> {
    if is_sif(file) {
        return interactions(input, file);
    }
    let mut bytes = Vec::new();
    input
        .read_to_end(&mut bytes)
        .map_err(|source| ReadError::unreadable(file, source))?;
    let sets = target_lists::take_apart(&mut bytes, file, genes)?;
    let joined = JoinedPairs::take_apart(&mut bytes, file)?;
    let mut facts = ListFacts::read(&bytes, file, genes)?;
    if joined.is_none()
        && let Some(shape) = is_matrix(&facts)
    {
        let settings = MatrixSettings {
            purpose,
            options,
            genes,
        };
        return read_matrix(&bytes, file, shape, &facts, &settings);
    }
    refuse_one_column(&facts, file, purpose)?;
    let mut choice = ColumnChoice::new(file, &mut facts, genes, joined.as_ref())?;
    choice.of_prior = purpose == PairUse::Prior;
    choice.refuse_more_genes()?;
    let asked = asked_columns(&choice, purpose, options)?;
    let columns = choice.columns(purpose, asked)?;
    let mut note = describe(&choice, &columns, purpose);
    let mut rows = Rows::open(&bytes[..], file)?;
    rows.complete_header();
    if !columns.header {
        rows.without_header();
        note += "; the first row is a pair, not a header";
    }
    let reader = RowReader {
        columns: &columns,
        purpose,
    };
    let (mut reading, count) = reader.list(&mut rows, genes)?;
    let several = std::mem::take(&mut reading.notes);
    reading.notes = joined.map_or_else(|| vec![rows.note(count)], |joined| joined.notes);
    reading.notes.push(note);
    reading.notes.extend(sets.into_iter().chain(several));
    reading.notes.extend(columns.marks.notes.iter().cloned());
    if purpose == PairUse::Ranked {
        let name = &choice.facts.first[columns.value.expect("a ranked list has scores").0];
        settle_scores(&mut reading, &columns, name, file);
    }
    Ok(reading)
}

/// A pair has two columns at least.
fn refuse_one_column(facts: &ListFacts, file: &str, purpose: PairUse) -> Result<(), ReadError> {
    if facts.first.len() > 1 {
        return Ok(());
    }
    let expected = match purpose {
        PairUse::Ranked => "three: regulator, target, score",
        PairUse::Known => "two: regulator, target",
        PairUse::Prior => "two: `regulator`, `target`",
    };
    let place = Place::row(file, facts.first_line);
    Err(too_few_columns(place, facts.first.len(), expected))
}

/// The columns that the user named.
fn asked_columns(
    choice: &ColumnChoice<'_>,
    purpose: PairUse,
    options: &PairOptions,
) -> Result<AskedColumns, ReadError> {
    let mut asked = AskedColumns {
        decimal: options.text.decimal,
        ..AskedColumns::default()
    };
    match (purpose, &options.score_column, &options.edge_column) {
        (PairUse::Ranked, Some(name), _) => {
            let column = find_column(choice, name, "--score-column")?;
            asked.score = Some((column, options.direction));
        }
        (PairUse::Known, _, Some(name)) if name == "none" => asked.edge = Some(None),
        (PairUse::Known, _, Some(name)) => {
            asked.edge = Some(Some(find_column(choice, name, "--edge-column")?));
        }
        _ => {}
    }
    Ok(asked)
}

/// The column that the user named, or whose number was given.
fn find_column(choice: &ColumnChoice<'_>, name: &str, flag: &str) -> Result<usize, ReadError> {
    let header = &choice.facts.first;
    let named = || {
        header
            .iter()
            .position(|other| other.eq_ignore_ascii_case(name))
    };
    let number = || {
        name.parse::<usize>()
            .ok()
            .filter(|at| (1..=header.len()).contains(at))
    };
    let found = choice.has_header().then(named).flatten();
    found.or_else(|| number().map(|at| at - 1)).ok_or_else(|| {
        let found = format!("found no column `{name}` for `{flag}`");
        ReadError::new(
            Fault::Mismatch,
            Place::row(choice.file, choice.facts.first_line),
            found,
        )
        .expecting(format!(
            "a name of the header, or a number from 1 to {}",
            header.len()
        ))
        .cured_by("correct it")
    })
}

/// Reads one row after the other.
struct RowReader<'c> {
    columns: &'c ListColumns,
    purpose: PairUse,
}

impl RowReader<'_> {
    /// All pairs, and the number of rows.
    fn list(
        &self,
        rows: &mut Rows<'_>,
        genes: Option<&Genes>,
    ) -> Result<(Reading<PairList>, usize), ReadError> {
        let mut names = NameIndex::default();
        let mut list = PairList::default();
        let (mut count, mut several) = (0, 0);
        while let Some(row) = rows.advance()? {
            let targets = targets_in(row.cell(self.columns.target), genes);
            count += 1;
            several += usize::from(targets.len() > 1);
            for target in targets {
                list.pairs.push(self.pair(row, target, &mut names)?);
            }
        }
        let file = rows.file().to_owned();
        if list.pairs.is_empty() {
            return Err(header_only(&file));
        }
        list.names = names.names;
        list.says_edges = matches!(self.purpose, PairUse::Known) && self.columns.value.is_some();
        let mut reading = Reading::new(list);
        if several > 0 {
            let text = "list several targets in one cell, each of which is a pair";
            reading.notes.push(format!("{file}: {several} rows {text}"));
        }
        Ok((reading, count))
    }

    /// The pair of a row with one of its targets.
    fn pair(
        &self,
        row: TableRow<'_>,
        target: &str,
        names: &mut NameIndex,
    ) -> Result<ListedPair, ReadError> {
        let mut gene = |column: usize, name: &str| match name {
            "" => Err(row
                .refuse(column, "the name of a gene")
                .cured_by("fill the cell")),
            name => Ok(names.number(name)),
        };
        let mut pair = ListedPair {
            regulator: gene(self.columns.source, row.cell(self.columns.source))?,
            target: gene(self.columns.target, target)?,
            value: 1.0,
            edge: true,
            sign: Sign::Unknown,
            allowed: None,
            row: row.line(),
        };
        let marks = &self.columns.marks;
        match (self.purpose, self.columns.value) {
            (_, None) => {}
            (_, Some((column, ValueKind::Label | ValueKind::Answer))) => {
                pair.edge = self.is_edge(row, column)?;
            }
            (PairUse::Prior, Some((column, _))) => {
                (pair.value, pair.allowed) = support(row, column, marks)?
            }
            (_, Some((column, ValueKind::Score(_)))) => pair.value = self.score(row, column)?,
            (_, Some((column, ValueKind::Weight))) => {
                pair.value = self.weight(row, column, marks)?;
                pair.edge = pair.value != 0.0;
            }
        }
        if self.purpose == PairUse::Prior && !pair.edge {
            pair.value = 0.0;
        }
        pair.sign = self.sign(row)?;
        Ok(pair)
    }

    fn sign(&self, row: TableRow<'_>) -> Result<Sign, ReadError> {
        let flag = |column: Option<usize>| column.and_then(|at| label(row.cell(at)));
        match self.columns.sign {
            SignSource::None => Ok(Sign::Unknown),
            SignSource::Signs(column) => Sign::parse(row.cell(column)).ok_or_else(|| {
                row.refuse(column, "a sign")
                    .cured_by("write one of + - 1 -1 0 activation repression")
            }),
            SignSource::Weight(column) => {
                let weight = self.weight(row, column, &NumberMarks::default())?;
                Ok(of_weight(weight))
            }
            SignSource::Flags {
                stimulation,
                inhibition,
            } => Ok(match (flag(stimulation), flag(inhibition)) {
                (Some(true), Some(false)) | (Some(true), None) => Sign::Activation,
                (Some(false), None) if inhibition.is_none() => Sign::Repression,
                (Some(false), Some(true)) | (None, Some(true)) => Sign::Repression,
                (None, Some(false)) if stimulation.is_none() => Sign::Activation,
                _ => Sign::Unknown,
            }),
        }
    }

    /// Whether a pair is an edge, as a column of labels says.
    fn is_edge(&self, row: TableRow<'_>, column: usize) -> Result<bool, ReadError> {
        let cell = row.cell(column);
        if !matches!(self.columns.value, Some((_, ValueKind::Answer))) {
            return label(cell).ok_or_else(|| {
                row.refuse(column, "0 or 1")
                    .cured_by("write 1 for an edge, 0 for none")
            });
        }
        match parse_cell(cell, false) {
            Cell::Missing if !denies(cell) => Err(row
                .refuse(column, "one of the two words of the column")
                .cured_by("fill the cell, or remove the row")),
            _ => Ok(!denies(cell)),
        }
    }

    fn score(&self, row: TableRow<'_>, column: usize) -> Result<f64, ReadError> {
        match self.columns.marks.cell(row.cell(column)) {
            Cell::Number(x) => Ok(x),
            _ => Err(row.refuse(column, "a finite number").cured_by(format!(
                "correct the score or remove the row{}",
                self.header_hint()
            ))),
        }
    }

    fn weight(
        &self,
        row: TableRow<'_>,
        column: usize,
        marks: &NumberMarks,
    ) -> Result<f64, ReadError> {
        let cell = row.cell(column);
        match (marks.cell(cell), Sign::parse(cell)) {
            (Cell::Number(x), _) => Ok(x),
            (Cell::Missing, _) if cell.is_empty() => Err(row
                .refuse(column, "a number, 0 for no edge")
                .cured_by("fill the cell, or remove the row")),
            // a sign without a number is an edge
            (_, Some(_)) => Ok(1.0),
            _ => Err(row
                .refuse(column, "a number, 0 for no edge")
                .cured_by(format!("correct the cell{}", self.header_hint()))),
        }
    }

    /// What to say where the first row may have been meant as a header.
    fn header_hint(&self) -> &'static str {
        if self.columns.header { "" } else { HEADER }
    }
}

fn label(cell: &str) -> Option<bool> {
    match cell {
        "1.0" => Some(true),
        "0.0" => Some(false),
        word => answer(word),
    }
}

fn of_weight(weight: f64) -> Sign {
    match weight {
        w if w > 0.0 => Sign::Activation,
        w if w < 0.0 => Sign::Repression,
        _ => Sign::Unknown,
    }
}

/// What a cell says in a prior: a weight, NaN for an empty cell, or a word.
fn support(
    row: TableRow<'_>,
    column: usize,
    marks: &NumberMarks,
) -> Result<(f64, Option<bool>), ReadError> {
    let cell = row.cell(column);
    match marks.cell(cell) {
        Cell::Number(x) | Cell::Comma(x) => Ok((x, None)),
        Cell::Missing => Ok((f64::NAN, None)),
        Cell::Text if is_statement(cell) => Ok((1.0, Some(cell.eq_ignore_ascii_case("allowed")))),
        Cell::Text if Sign::parse(cell).is_some() => Ok((1.0, None)),
        Cell::Text | Cell::Infinite => Err(row
            .refuse(column, "a number, `allowed` or `forbidden`")
            .cured_by("correct it")),
    }
}

/// Turns weights with signs into sizes, and what ranks the smallest first into ranks from the end.
fn settle_scores(reading: &mut Reading<PairList>, columns: &ListColumns, name: &str, file: &str) {
    let pairs = &mut reading.value.pairs;
    let Some((column, ValueKind::Score(direction))) = columns.value else {
        return;
    };
    if direction == ScoreOrder::Ascending {
        let mut values: Vec<f64> = pairs.iter().map(|pair| pair.value).collect();
        values.sort_by(f64::total_cmp);
        values.dedup();
        for pair in pairs.iter_mut() {
            // values equal to one another tie
            let before = values.partition_point(|&value| value < pair.value);
            pair.value = (values.len() - before) as f64;
        }
        return;
    }
    let negative = pairs.iter().filter(|pair| pair.value < 0.0).count();
    let signed = columns.header && is_signed(&plain(name));
    if columns.sign == SignSource::Weight(column) && negative == 0 {
        pairs.iter_mut().for_each(|pair| pair.sign = Sign::Unknown);
    }
    if !signed || negative == 0 {
        return;
    }
    for pair in pairs.iter_mut() {
        if columns.sign == SignSource::None {
            pair.sign = of_weight(pair.value);
        }
        pair.value = pair.value.abs();
    }
    let count = pairs.len();
    reading.notes.push(format!(
        "{file}: {negative} of {count} values in the column `{name}` are below 0 and were read as repression: edges \
         rank by their size; if a value below 0 is only a low score, call the column `score`"
    ));
}

/// Interactions as pairs; two words about one pair are one edge, of unknown sign if they differ.
fn interactions(input: impl Read, file: &str) -> Result<Reading<PairList>, ReadError> {
    let (mut names, mut seen) = (NameIndex::default(), HashMap::new());
    let mut pairs: Vec<ListedPair> = Vec::new();
    for edge in read_sif(input, file)? {
        let key = (names.number(&edge.source), names.number(&edge.target));
        let position = *seen.entry(key).or_insert(pairs.len());
        match pairs.get_mut(position) {
            Some(pair) if pair.sign != edge.sign => pair.sign = Sign::Unknown,
            Some(_) => {}
            None => pairs.push(ListedPair {
                regulator: key.0,
                target: key.1,
                value: 1.0,
                edge: true,
                sign: edge.sign,
                allowed: None,
                row: edge.row,
            }),
        }
    }
    let mut reading = Reading::new(PairList {
        names: names.names,
        pairs,
        says_edges: false,
    });
    reading.notes.push(format!("{file}: read as interactions"));
    Ok(reading)
}
