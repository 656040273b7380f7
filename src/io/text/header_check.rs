//! Whether the first row of a table is a header, or a row like the others.

use super::gene_words::{gene_word_rank, plain_name};
use super::marked_number::MarkedNumber;
use super::number::{Cell, parse_cell};
use super::row_layout::RowAhead;

/// Words for columns that name something else than genes, in small letters.
const OTHER_NAMES: [&str; 7] = [
    "description",
    "sample",
    "sample_id",
    "samples",
    "cell",
    "barcode",
    "series",
];

/// Words for the first column of a table whose other columns are times, in small letters.
const TIMES: [&str; 12] = [
    "time",
    "times",
    "timepoint",
    "hours",
    "hour",
    "hpf",
    "day",
    "days",
    "min",
    "minutes",
    "condition",
    "replicate",
];

/// Why a first row is taken for a row of data; none if it is a header.
pub(super) fn data_in_first_row(first: &[&str], ahead: &[RowAhead]) -> Option<&'static str> {
    let columns: Vec<FirstCells> = (0..first.len())
        .map(|at| FirstCells::of(at, first, ahead))
        .collect();
    let numbers = || columns.iter().filter(|column| column.numbers);
    let names = || columns.iter().filter(|column| !column.numbers);
    let heads: Vec<f64> = numbers().filter_map(|column| column.head).collect();
    if heads.is_empty() || numbers().any(|column| column.head.is_none() && !column.head_missing) {
        return None;
    }
    if names().any(|column| column.is_word) {
        return None;
    }
    let head_decimals = numbers().filter(|column| column.head_decimals).count();
    let data_decimals = numbers().filter(|column| column.decimals).count();
    // numbers without decimals above numbers with decimals: times, or numbers of genes
    let differ = head_decimals == 0 && 2 * data_decimals > heads.len();
    if names().next().is_none() {
        let distinct = distinct(&heads) && heads.len() > 1;
        let reason = "the first row holds numbers only";
        return (!(differ && distinct)).then_some(reason);
    }
    let reason = "the first row holds names and numbers as the rows below";
    (!(differ && restarts(&heads))).then_some(reason)
}

/// One column of the first rows.
struct FirstCells {
    /// Whether all cells below the first row are numbers.
    numbers: bool,
    /// Whether some of them have decimals.
    decimals: bool,
    /// The number of the first row.
    head: Option<f64>,
    head_decimals: bool,
    head_missing: bool,
    /// Whether the first cell is a word for a column of names, or nothing.
    is_word: bool,
}

impl FirstCells {
    fn of(at: usize, first: &[&str], ahead: &[RowAhead]) -> Self {
        let cells = || ahead.iter().filter_map(|row| row.cells.try_get(at));
        let has_decimals = |cell: &str| cell.contains(['.', ',']);
        let missing = |cell: &str| parse_cell(cell, false) == Cell::Missing;
        let present = || cells().filter(|cell| !missing(cell));
        let head = MarkedNumber::parse(first[at]).map(|number| number.value);
        let numbers =
            present().next().is_some() && present().all(|cell| MarkedNumber::parse(cell).is_some());
        let word = plain_name(first[at]);
        let alike = cells().any(|cell| shape(cell) == shape(first[at]));
        let others = [&OTHER_NAMES[..], &TIMES].concat();
        let known = gene_word_rank(&word).is_some() || others.contains(&word.as_str());
        Self {
            numbers,
            decimals: present().any(has_decimals),
            head,
            head_decimals: has_decimals(first[at]),
            head_missing: missing(first[at]),
            is_word: first[at].is_empty() || known && !alike,
        }
    }
}

/// A name with its digits alike: `gene12` and `gene7` have one shape.
fn shape(name: &str) -> String {
    let mut shape = String::new();
    for c in name.chars() {
        let c = if c.is_ascii_digit() { '#' } else { c };
        if c != '#' || !shape.ends_with('#') {
            shape.push(c);
        }
    }
    shape
}

fn distinct(numbers: &[f64]) -> bool {
    let mut sorted = numbers.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.windows(2).all(|pair| pair[0] != pair[1])
}

/// Whether numbers rise, and start again at their first one or below it.
fn restarts(times: &[f64]) -> bool {
    let mut start = times[0];
    times.windows(2).all(|pair| {
        let again = pair[1] <= start;
        if again {
            start = pair[1];
        }
        again || pair[1] >= pair[0]
    })
}

#[cfg(test)]
mod tests {
    use super::super::separator::Separator;
    use super::*;

    fn is_data(rows: &[&str]) -> bool {
        let ahead: Vec<RowAhead> = rows
            .iter()
            .map(|row| {
                let mut ahead = RowAhead {
                    cells: Default::default(),
                    line: 1,
                    quotes_first: false,
                    joined: false,
                };
                Separator::Space.split(row, &mut ahead.cells);
                ahead
            })
            .collect();
        let first: Vec<&str> = rows[0].split(' ').collect();
        data_in_first_row(&first, &ahead[1..]).is_some()
    }

    #[test]
    fn a_first_row_of_data_is_told_from_times_and_from_names() {
        for header in [
            ["gene 0 5 20", "A 1 2 3", "B 4 5 6"],
            ["Gene.ID 0.5 1.5 20", "A 1.1 2.2 3.2", "B 4 5 6"],
            ["time A B", "0 1 2", "1 3 4"],
            ["protein_x 0 5 5", "A 1.5 2.5 3", "B 4 5.5 6.5"],
            ["7157 4609 10", "1.5 2.5 3.5", "4.5 5.5 6.5"],
            ["series time A", "a 0 1", "a 1 2"],
        ] {
            assert!(!is_data(&header), "{header:?}");
        }
        for data in [
            ["A 4.5 4.7 4.9", "B 1.5 2.5 3.5", "C 4.5 5.5 6.5"],
            ["A 1 2 3", "B 4 5 6", "C 7 8 9"],
            ["gene1 1 2 3", "gene2 4 5 6", "gene3 7 8 9"],
            ["0 1.5 2.5", "1 3.5 4.5", "2 3.5 1.5"],
            ["s1 0 1.5", "s1 1 2.5", "s1 2 1.5"],
        ] {
            assert!(is_data(&data), "{data:?}");
        }
    }
}
