//! Lists of names, such as the genes that may regulate.

use std::io::Read;

use super::gene_words::{gene_word_rank, plain_name};
use super::lines::{Lines, without_end};
use super::number::{Cell, parse_cell};
use super::read_error::{Fault, Place, ReadError};

/// Headers, in small letters, of the column of a table that holds the names meant.
const NAMES: [&str; 8] = [
    "regulator",
    "regulators",
    "tf",
    "tfs",
    "transcription_factor",
    "source",
    "gene",
    "genes",
];
/// Plain headers of the column that says of every row whether it is meant.
const FLAGS: [&str; 9] = [
    "is_tf",
    "istf",
    "tf",
    "tfs",
    "is_a_tf",
    "regulator",
    "is_regulator",
    "transcription_factor",
    "is_transcription_factor",
];

/// Whether a name of a list is rather its header; the last two are what R writes.
pub(crate) fn is_header_word(name: &str) -> bool {
    let name = name.to_lowercase();
    let known = |list: &[&str]| list.contains(&name.as_str());
    known(&NAMES) || gene_word_rank(&name).is_some() || known(&["description", "x", "v1"])
}

/// Reads a list of names: every name of every line, or a column of a table.
///
/// Names may be separated by line ends, tabs, commas, semicolons and, in a line without these,
/// by blanks; quotes keep a name together. Lines that start with `#` are notes. Where the first
/// row is a header over rows of as many columns, the names are those of the column `regulator`,
/// `TF`, `gene` or the like, or else of the first column; where a column such as `Is TF?` holds yes and no, of the rows
/// with yes. The only name of a first line may still be a header: only
/// the genes can tell, see [`choose_regulators`](crate::io::choose_regulators).
///
/// * `file`: name for messages
///
/// # Errors   [`ReadError`] if it cannot be read, is not text, or names nothing.
/// # Cost     the whole list in memory.
pub fn read_names(input: impl Read, file: &str) -> Result<Vec<String>, ReadError> {
    let rows = rows(Lines::open(input, file)?)?;
    let names = match (flagged(&rows), column(&rows)) {
        (Some(names), _) => names,
        (None, Some(column)) => rows
            .into_iter()
            .skip(1)
            .filter_map(|row| row.into_iter().nth(column))
            .collect(),
        (None, None) => {
            refuse_levels(&rows, file)?;
            rows.concat()
        }
    };
    let names: Vec<String> = names
        .into_iter()
        .filter(|name: &String| !name.is_empty())
        .collect();
    if names.is_empty() {
        let found = "found no name in the file";
        return Err(ReadError::new(Fault::Empty, Place::file(file), found)
            .expecting("names, each on a line of its own")
            .cured_by("add them, or leave the file out"));
    }
    Ok(names)
}

/// Refuses a table of numbers, of which most cells are no names.
fn refuse_levels(rows: &[Vec<String>], file: &str) -> Result<(), ReadError> {
    let below = rows.get(1..).unwrap_or_default();
    let is_number = |cell: &&String| matches!(parse_cell(cell, true), Cell::Number(_));
    let numbers = below.iter().flatten().filter(is_number).count();
    let all = below.iter().map(Vec::len).sum::<usize>();
    if 2 * numbers <= all || below.iter().any(|row| row.len() < 3) {
        return Ok(());
    }
    let found = format!("found a table of which {numbers} of {all} cells are numbers");
    Err(ReadError::new(Fault::Mismatch, Place::file(file), found)
        .expecting("names, each on a line of its own")
        .cured_by("give a list of names, or leave the file out"))
}

/// The names of the rows that a column such as `Is TF?` says yes of; none if there is no such column. Titles may stand
/// above the header.
fn flagged(rows: &[Vec<String>]) -> Option<Vec<String>> {
    let several = |row: &Vec<String>| row.iter().filter(|cell| !cell.is_empty()).count() > 1;
    let (header, below) = rows[rows.iter().position(several)?..].split_first()?;
    if below.iter().any(|row| row.len() != header.len()) {
        return None;
    }
    let says = |column: usize| {
        let mut cells = below.iter().map(|row| row[column].as_str());
        let named = FLAGS.contains(&plain_name(&header[column]).as_str());
        named && !below.is_empty() && cells.all(|cell| cell.is_empty() || answer(cell).is_some())
    };
    let flag = (0..header.len()).find(|&column| says(column))?;
    let is_name = |&at: &usize| at != flag && NAMES.contains(&header[at].to_lowercase().as_str());
    let named = (0..header.len()).find(is_name);
    let chosen = below.iter().filter(|row| answer(&row[flag]) == Some(true));
    let cells = chosen.flat_map(|row| {
        let cells = row.iter().enumerate();
        cells.filter(move |&(at, _)| named.map_or(at != flag, |named| at == named))
    });
    Some(cells.map(|(_, cell)| cell.clone()).collect())
}

/// What a word for yes or no says, or 1 and 0.
pub(crate) fn answer(cell: &str) -> Option<bool> {
    match cell.to_lowercase().as_str() {
        "yes" | "y" | "true" | "t" | "1" => Some(true),
        "no" | "n" | "false" | "f" | "0" => Some(false),
        _ => None,
    }
}

/// The column of a table that holds the names; none if the rows are no table.
fn column(rows: &[Vec<String>]) -> Option<usize> {
    let (header, below) = rows.split_first()?;
    let rectangle = below.iter().all(|row| row.len() == header.len());
    if header.len() < 2 || below.is_empty() || !rectangle {
        return None;
    }
    let header: Vec<String> = header.iter().map(|name| name.to_lowercase()).collect();
    let position = |known: &&str| header.iter().position(|name| name == known);
    // of other tables the names are in the first column
    let names = |name: &String| gene_word_rank(name).is_some() || name == "description";
    let others = || header.iter().any(names).then_some(0);
    NAMES.iter().find_map(position).or_else(others)
}

fn rows(mut lines: Lines<'_>) -> Result<Vec<Vec<String>>, ReadError> {
    let (mut rows, mut line) = (Vec::new(), String::new());
    while lines.append_to(&mut line)? {
        let text = without_end(&line);
        if !text.trim().is_empty() && !text.starts_with('#') {
            rows.push(split(text));
        }
        line.clear();
    }
    Ok(rows)
}

/// The names of a line; blanks separate them only where nothing else does.
fn split(line: &str) -> Vec<String> {
    const MARKS: [char; 3] = ['\t', ',', ';'];
    let mut outside = line.split('"').step_by(2);
    let marked = outside.any(|part| part.contains(MARKS));
    let (mut names, mut name, mut quoted) = (Vec::new(), String::new(), false);
    let mut rest = line.chars().peekable();
    while let Some(c) = rest.next() {
        let ends = !quoted && (MARKS.contains(&c) || (!marked && c.is_whitespace()));
        if ends {
            names.push(std::mem::take(&mut name));
        } else if c == '"' && quoted && rest.peek() == Some(&'"') {
            name.extend(rest.next());
        } else if c == '"' && (quoted || name.trim().is_empty()) {
            quoted = !quoted;
        } else {
            name.push(c);
        }
    }
    names.push(name);
    let names = names.into_iter().map(|name| name.trim().to_owned());
    names.filter(|name| marked || !name.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        read_names(text.as_bytes(), "tfs.txt").expect("names")
    }

    #[test]
    fn every_name_of_every_line_is_read() {
        assert_eq!(read("a\nb\n\n# note\n\"c\"\n"), ["a", "b", "c"]);
        assert_eq!(read("a b  c\n"), ["a", "b", "c"]);
        assert_eq!(read("a, b\tc"), ["a", "b", "c"]);
        assert_eq!(read("a;b\r\nc,\n"), ["a", "b", "c"]);
        assert_eq!(read("TF\na\nb\n"), ["TF", "a", "b"]);
    }

    #[test]
    fn quotes_and_other_separators_keep_blanks_in_names() {
        assert_eq!(read("\"a b\" c\n"), ["a b", "c"]);
        assert_eq!(read("a b,c\n"), ["a b", "c"]);
        assert_eq!(read("\"a\"\"b\"\n5\"x\n"), ["a\"b", "5\"x"]);
    }

    #[test]
    fn of_a_table_with_a_header_the_column_of_names_is_read() {
        assert_eq!(read("gene\tfamily\na\tbZIP\nb\tHD\n"), ["a", "b"]);
        assert_eq!(read("target,TF\na,b\na,c\n"), ["b", "c"]);
        assert_eq!(read("orf\tname\na\tx\nb\ty\n"), ["a", "b"]);
        // rows of other lengths are no table
        assert_eq!(read("gene x\na b c\n"), ["gene", "x", "a", "b", "c"]);
    }

    #[test]
    fn a_column_of_yes_and_no_chooses_the_names() {
        assert_eq!(read("gene,is_TF\na,1\nb,0\nc,1\n"), ["a", "c"]);
        assert_eq!(read("gene\tTF\na\tTRUE\nb\tFALSE\n"), ["a"]);
        let titled = "Gene Information,,\nID,Name,Is TF?\nENSG0,a,Yes\nENSG1,b,No\n";
        assert_eq!(read(titled), ["ENSG0", "a"]);
        // names of one letter that are no answers
        assert_eq!(read("TF\ttarget\nT\tb\nx\tc\n"), ["T", "x"]);
    }

    #[test]
    fn a_list_of_nothing_is_refused() {
        let error = read_names("# none\n".as_bytes(), "tfs.txt").expect_err("no names");
        assert_eq!(
            error.to_string(),
            "tfs.txt: found no name in the file, expected names, each on a line of its own; \
             add them, or leave the file out"
        );
    }
}
