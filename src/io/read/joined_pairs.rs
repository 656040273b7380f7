//! Lists whose regulator and target are in one cell: `A -> B`, `A -| B`, `A|B`.

use crate::io::text::{Arrow, ArrowPair, Cell, ReadError, Rows, TableRow, parse_cell};
use crate::network::Sign;

/// What was found in a list that got a column for each name: the regulator is in place of the pair, the target and
/// perhaps the sign are behind all other columns. Rows keep their lines, columns their numbers.
pub(super) struct JoinedPairs {
    pub(super) column: usize,
    /// The column of the targets.
    pub(super) target: usize,
    /// Whether the first row names the columns.
    pub(super) header: bool,
    /// What to say about it.
    pub(super) notes: Vec<String>,
}

impl JoinedPairs {
    /// Takes a list apart, and puts the table in its place; none if no column holds such pairs in all of its cells.
    ///
    /// Names may have a bar and a number behind them (`TP53|7157`): a bar joins a pair only where no other column may
    /// be names.
    ///
    /// # Errors   [`Fault::Cell`] for an arrow to the first name or without a direction; what the rows of a table can
    ///   show.
    pub(super) fn take_apart(bytes: &mut Vec<u8>, file: &str) -> Result<Option<Self>, ReadError> {
        let Some((column, header)) = joined_column(bytes, file)? else {
            return Ok(None);
        };
        let mut rows = open(bytes, file)?;
        let names = rows.header().to_vec();
        if !header {
            rows.without_header();
        }
        let signed = says_signs(bytes, file, column, header)?;
        let mut text = String::new();
        let mut line = 1;
        if header {
            write_line(&mut text, &mut line, rows.header_line());
            let added = ["target", "sign"].into_iter().take(1 + usize::from(signed));
            write_cells(&mut text, names.iter().map(String::as_str).chain(added));
        }
        let mut count = 0;
        let mut example = String::new();
        while let Some(row) = rows.advance()? {
            let pair = pair_of(row, column)?;
            if count == 0 {
                example = row.cell(column).to_owned();
            }
            count += 1;
            write_line(&mut text, &mut line, row.line());
            let cells = (0..row.len()).map(|at| {
                if at == column {
                    pair.first
                } else {
                    row.cell(at)
                }
            });
            let sign = match pair.arrow {
                Arrow::Forward(sign) => sign.symbol(),
                Arrow::Backward | Arrow::Undirected => "",
            };
            let added = [pair.second, sign]
                .into_iter()
                .take(1 + usize::from(signed));
            write_cells(&mut text, cells.chain(added));
        }
        let signs = if signed {
            ", whose arrow says the sign"
        } else {
            ""
        };
        let note = format!(
            "{file}: regulator and target are in one cell of column {}, as in `{example}`{signs}",
            column + 1
        );
        let notes = vec![rows.note(count), note];
        drop(rows);
        *bytes = text.into_bytes();
        Ok(Some(Self {
            column,
            target: names.len(),
            header,
            notes,
        }))
    }
}

fn open<'b>(bytes: &'b [u8], file: &str) -> Result<Rows<'b>, ReadError> {
    let mut rows = Rows::open(bytes, file)?;
    rows.complete_header();
    Ok(rows)
}

/// The column of pairs, and whether the first row is a header.
fn joined_column(bytes: &[u8], file: &str) -> Result<Option<(usize, bool)>, ReadError> {
    let mut rows = Rows::open(bytes, file)?;
    let width = rows.header().len();
    rows.complete_header();
    let first = rows.header().to_vec();
    // R leaves out the name over the row names: the first row is a header
    let completed = first.len() > width;
    let mut joined = vec![true; first.len()];
    let (mut bars, mut texts) = (vec![false; first.len()], vec![false; first.len()]);
    let mut count = 0;
    // other readers say what is wrong with a row
    while let Ok(Some(row)) = rows.advance() {
        count += 1;
        for at in 0..row.len().min(first.len()) {
            let pair = ArrowPair::parse(row.cell(at));
            joined[at] &= pair.is_some();
            bars[at] |= pair.is_some_and(|pair| pair.has_bar());
            texts[at] |=
                parse_cell(row.cell(at), true) == Cell::Text && Sign::parse(row.cell(at)).is_none();
        }
        if !joined.contains(&true) {
            return Ok(None);
        }
    }
    let pair = |at: &usize| ArrowPair::parse(&first[*at]);
    let columns: Vec<usize> = (0..first.len())
        .filter(|at| joined[*at] && (count > 0 || pair(at).is_some()))
        .collect();
    let &[column] = columns.as_slice() else {
        return Ok(None);
    };
    let header = completed || pair(&column).is_none();
    let names = (0..first.len()).any(|at| at != column && texts[at]);
    Ok((!(bars[column] && names)).then_some((column, header)))
}

/// Whether arrows say signs: some of them repress.
fn says_signs(bytes: &[u8], file: &str, column: usize, header: bool) -> Result<bool, ReadError> {
    let mut rows = open(bytes, file)?;
    if !header {
        rows.without_header();
    }
    let mut signed = false;
    while let Some(row) = rows.advance()? {
        signed |= pair_of(row, column)?.arrow == Arrow::Forward(Sign::Repression);
    }
    Ok(signed)
}

/// The pair of a row.
fn pair_of(row: TableRow<'_>, column: usize) -> Result<ArrowPair<'_>, ReadError> {
    let pair = ArrowPair::parse(row.cell(column));
    match pair {
        Some(pair) if matches!(pair.arrow, Arrow::Forward(_)) => Ok(pair),
        _ => Err(row
            .refuse(
                column,
                "a pair with the regulator first, such as `A -> B` or `A -| B`",
            )
            .cured_by("write the arrow from the regulator to its target")),
    }
}

/// Empty lines up to this one.
fn write_line(text: &mut String, line: &mut usize, wanted: usize) {
    while *line < wanted {
        text.push('\n');
        *line += 1;
    }
}

fn write_cells<'c>(text: &mut String, cells: impl Iterator<Item = &'c str>) {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            text.push('\t');
        }
        if cell.contains(['"', '\t']) || at == 0 && cell.starts_with(['#', '!']) {
            text.push_str(&format!(
                "\"{}\"",
                cell.replace('"', "\"\"").replace('\n', " ")
            ));
        } else {
            text.push_str(&cell.replace('\n', " "));
        }
    }
}
