//! Rows of a delimited text file, plain or gzipped: tabs, commas, semicolons or blanks.

use std::io::{self, BufRead, BufReader, Cursor, Read};

use flate2::read::MultiGzDecoder;

/// What is wrong with a file before its cells mean anything. Rows are lines, counted from 1.
#[derive(Debug, thiserror::Error)]
pub enum DelimitedError {
    /// Reading failed, for example inside a damaged gzip stream.
    #[error("{file}: cannot be read after row {row}: {source}")]
    Unreadable {
        /// Name of the file.
        file: String,
        /// The last row that was read.
        row: usize,
        /// What the system says.
        source: io::Error,
    },
    /// There is nothing in the file.
    #[error("{file}: the file is empty; expected a table with one pair of genes in each row")]
    Empty {
        /// Name of the file.
        file: String,
    },
    /// The file is not text.
    #[error(
        "{file}: row {row} is not text; expected tab- or comma-separated UTF-8 text, \
         plain or gzipped; export the table as text (.tsv or .csv)"
    )]
    NotText {
        /// Name of the file.
        file: String,
        /// Row, counted from 1.
        row: usize,
    },
    /// A row is longer or shorter than the first.
    #[error(
        "{file}: row {row} has {found} columns, expected {expected} as in row {first}; \
         check for missing cells and separators inside names"
    )]
    Ragged {
        /// Name of the file.
        file: String,
        /// Row, counted from 1.
        row: usize,
        /// Columns in this row.
        found: usize,
        /// Columns in the first row.
        expected: usize,
        /// The first row that is neither blank nor a comment.
        first: usize,
    },
    /// A list of names has none.
    #[error("{file}: there are no names in the file; expected one name a line")]
    NoNames {
        /// Name of the file.
        file: String,
    },
    /// A quotation mark is not closed in its row.
    #[error("{file}: row {row}: a quotation mark is opened and not closed; close or remove it")]
    OpenQuote {
        /// Name of the file.
        file: String,
        /// Row, counted from 1.
        row: usize,
    },
}

/// A row that is neither blank nor a comment.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// Line of the file, counted from 1.
    pub number: usize,
    /// Its cells, without quotation marks and blanks around them.
    pub cells: &'a [String],
}

/// Lines over which one row may go on inside quotes: a stray quotation mark must not swallow the
/// file.
const MOST_LINES: usize = 100;

/// Reads rows one by one; the separator and the number of columns come from the first.
pub struct Rows<'a> {
    file: String,
    input: Box<dyn BufRead + 'a>,
    bytes: Vec<u8>,
    line: String,
    number: usize,
    cells: Vec<String>,
    shape: Option<Shape>,
}

/// What the first row decides.
#[derive(Clone, Copy)]
struct Shape {
    separator: Option<char>,
    columns: usize,
    row: usize,
}

impl<'a> Rows<'a> {
    /// Starts reading; gzip is known by its first two bytes.
    pub fn new(mut input: impl Read + 'a, file: &str) -> Result<Self, DelimitedError> {
        let mut magic = Vec::with_capacity(2);
        let read = input.by_ref().take(2).read_to_end(&mut magic);
        read.map_err(|source| DelimitedError::Unreadable {
            file: file.to_owned(),
            row: 0,
            source,
        })?;
        let gzipped = magic == [0x1f, 0x8b];
        let whole = Cursor::new(magic).chain(input);
        Ok(Self {
            file: file.to_owned(),
            input: if gzipped {
                Box::new(BufReader::new(MultiGzDecoder::new(whole)))
            } else {
                Box::new(BufReader::new(whole))
            },
            bytes: Vec::new(),
            line: String::new(),
            number: 0,
            cells: Vec::new(),
            shape: None,
        })
    }

    /// The next row, or `None` after the last. Blank rows and rows that start with `#` are skipped.
    pub fn advance(&mut self) -> Result<Option<Row<'_>>, DelimitedError> {
        loop {
            self.line.clear();
            if !self.append_line()? {
                break;
            }
            if self.line.trim().is_empty() || self.line.starts_with('#') {
                continue;
            }
            let number = self.number;
            let (separator, found) = self.split_row()?;
            let shape = *self.shape.get_or_insert(Shape {
                separator,
                columns: found,
                row: number,
            });
            if found != shape.columns {
                return Err(self.misshapen(number, found, shape));
            }
            return Ok(Some(Row {
                number,
                cells: &self.cells[..found],
            }));
        }
        if self.shape.is_none() {
            return Err(DelimitedError::Empty {
                file: self.file.clone(),
            });
        }
        Ok(None)
    }

    /// The next line as it stands, without its end, or `None` after the last.
    pub fn line(&mut self) -> Result<Option<(usize, &str)>, DelimitedError> {
        self.line.clear();
        if !self.append_line()? {
            return Ok(None);
        }
        Ok(Some((self.number, without_end(&self.line))))
    }

    /// Name of the file, for messages.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// Splits the row that begins with the current line, with the lines on which its quoted cells
    /// go on; returns its separator and the number of cells.
    fn split_row(&mut self) -> Result<(Option<char>, usize), DelimitedError> {
        let first = self.number;
        loop {
            let text = without_end(&self.line);
            let separator = match self.shape {
                Some(shape) => shape.separator,
                None => ['\t', ',', ';']
                    .into_iter()
                    .find(|&mark| text.contains(mark)),
            };
            if let Some(found) = split_into(text, separator, &mut self.cells) {
                return Ok((separator, found));
            }
            if self.number - first == MOST_LINES || !self.append_line()? {
                return Err(DelimitedError::OpenQuote {
                    file: self.file.clone(),
                    row: first,
                });
            }
        }
    }

    /// Where a quotation mark joined lines, it is the likelier fault than the number of cells.
    fn misshapen(&self, row: usize, found: usize, shape: Shape) -> DelimitedError {
        let file = self.file.clone();
        if self.number > row {
            return DelimitedError::OpenQuote { file, row };
        }
        DelimitedError::Ragged {
            file,
            row,
            found,
            expected: shape.columns,
            first: shape.row,
        }
    }

    /// Adds one line of the file, with its end, to the current one; false at the end of the file.
    fn append_line(&mut self) -> Result<bool, DelimitedError> {
        self.bytes.clear();
        let read = self.input.read_until(b'\n', &mut self.bytes);
        let count = read.map_err(|source| DelimitedError::Unreadable {
            file: self.file.clone(),
            row: self.number,
            source,
        })?;
        self.number += usize::from(count > 0);
        let text = checked_text(&self.bytes).ok_or_else(|| DelimitedError::NotText {
            file: self.file.clone(),
            row: self.number,
        })?;
        let mark = if self.number == 1 { "\u{feff}" } else { "" };
        self.line.push_str(text.strip_prefix(mark).unwrap_or(text));
        Ok(count > 0)
    }
}

/// The line as text, or `None` if it is none. A carriage return may stand inside quotes.
fn checked_text(line: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(line).ok()?;
    let body = without_end(text);
    let control = |byte: u8| byte < b' ' && byte != b'\t' && byte != b'\r';
    let lone_return = body.contains('\r') && !body.contains('"');
    (!body.bytes().any(control) && !lone_return).then_some(text)
}

fn without_end(line: &str) -> &str {
    let line = line.strip_suffix('\n').unwrap_or(line);
    line.strip_suffix('\r').unwrap_or(line)
}

/// Splits into reused cells and returns how many there are, or `None` at an open quotation mark.
fn split_into(text: &str, separator: Option<char>, cells: &mut Vec<String>) -> Option<usize> {
    let mut count = 0;
    let mut push = |cell: &str| {
        if count == cells.len() {
            cells.push(String::new());
        }
        cells[count].clear();
        cells[count].push_str(cell);
        count += 1;
    };
    match separator {
        None => text
            .split_whitespace()
            .for_each(|cell| push(cell.trim_matches('"'))),
        Some(mark) => {
            let mut rest = Some(text);
            while let Some(line) = rest {
                let (cell, after) = first_cell(line, mark)?;
                if cell.contains("\"\"") {
                    push(&cell.replace("\"\"", "\""));
                } else {
                    push(cell);
                }
                rest = after;
            }
        }
    }
    Some(count)
}

/// The first cell of a line and what follows its separator.
fn first_cell(line: &str, mark: char) -> Option<(&str, Option<&str>)> {
    let start = line.trim_start_matches(|c: char| c.is_whitespace() && c != mark);
    let Some(quoted) = start.strip_prefix('"') else {
        return Some(match line.split_once(mark) {
            Some((cell, after)) => (cell.trim(), Some(after)),
            None => (line.trim(), None),
        });
    };
    let end = closing_quote(quoted)?;
    let after = &quoted[end + 1..];
    Some((
        quoted[..end].trim(),
        after.split_once(mark).map(|(_, after)| after),
    ))
}

/// Where a quoted cell ends; two quotation marks in a row are one inside the cell.
fn closing_quote(quoted: &str) -> Option<usize> {
    let bytes = quoted.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        match (bytes[at], bytes.get(at + 1)) {
            (b'"', Some(b'"')) => at += 2,
            (b'"', _) => return Some(at),
            _ => at += 1,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(bytes: &[u8]) -> Result<Vec<(usize, Vec<String>)>, DelimitedError> {
        let mut rows = Rows::new(bytes, "edges.tsv")?;
        let mut all = Vec::new();
        while let Some(row) = rows.advance()? {
            all.push((row.number, row.cells.to_vec()));
        }
        Ok(all)
    }

    fn cells(bytes: &[u8]) -> Vec<Vec<String>> {
        let rows = rows(bytes).expect("a table");
        rows.into_iter().map(|(_, cells)| cells).collect()
    }

    fn message(bytes: &[u8]) -> String {
        rows(bytes).expect_err("no table").to_string()
    }

    #[test]
    fn tabs_commas_semicolons_and_blanks_give_the_same_cells() {
        let expected = vec![vec!["a", "b c", "1"], vec!["b", "a", ""]];
        assert_eq!(cells(b"a\tb c\t1\nb\ta\t\n"), expected);
        assert_eq!(cells(b"a,\"b c\", 1\r\nb,a,\r\n"), expected);
        assert_eq!(cells(b"\xef\xbb\xbfa;b c;1\n\n# note\nb;a;"), expected);
        assert_eq!(cells(b"a  b 1\n"), vec![vec!["a", "b", "1"]]);
    }

    #[test]
    fn a_quoted_cell_may_hold_the_separator_and_quotation_marks() {
        assert_eq!(cells(b"\"a,b\",\"5\"\"x\"\n"), vec![vec!["a,b", "5\"x"]]);
    }

    #[test]
    fn a_quoted_cell_may_go_on_over_lines_and_the_row_is_its_first_one() {
        let table = b"a,b\n\"x\n\r\ny\",2\nc,d\n";
        let found = rows(table).expect("a table");
        assert_eq!(found[1], (2, vec!["x\n\r\ny".to_owned(), "2".to_owned()]));
        assert_eq!(found[2].0, 5);
        let stray = b"a,b\n\"x,1\ny,2\nz,\"3\"\n";
        assert!(message(stray).starts_with("edges.tsv: row 2: a quotation mark is opened"));
        let long = format!("a,\"{}", "b\n".repeat(2 * MOST_LINES));
        assert!(message(long.as_bytes()).starts_with("edges.tsv: row 1: a quotation mark"));
    }

    #[test]
    fn rows_are_counted_as_lines_of_the_file() {
        let numbers = rows(b"# note\n\na b\n#\nc d\n").expect("a table");
        assert_eq!(numbers.iter().map(|row| row.0).collect::<Vec<_>>(), [3, 5]);
    }

    #[test]
    fn files_that_are_no_tables_are_named_with_the_cure() {
        assert_eq!(
            message(b"# only a note\n"),
            "edges.tsv: the file is empty; expected a table with one pair of genes in each row"
        );
        assert_eq!(
            message(b"a b 1\n\x00\x01\x02"),
            "edges.tsv: row 2 is not text; expected tab- or comma-separated UTF-8 text, \
             plain or gzipped; export the table as text (.tsv or .csv)"
        );
        assert_eq!(
            message(b"a\tb\t1\n\nb\ta\n"),
            "edges.tsv: row 3 has 2 columns, expected 3 as in row 1; \
             check for missing cells and separators inside names"
        );
        assert_eq!(
            message(b"a,\"b\n"),
            "edges.tsv: row 1: a quotation mark is opened and not closed; close or remove it"
        );
    }

    #[test]
    fn gzip_members_in_a_row_are_one_file_and_a_damaged_one_is_refused() {
        use std::io::Write as _;
        let member = |text: &str| {
            let mut encoder =
                flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
            encoder.write_all(text.as_bytes()).expect("memory");
            encoder.finish().expect("memory")
        };
        let mut joined = member("a b\n");
        joined.extend(member("c d\n"));
        assert_eq!(cells(&joined), vec![vec!["a", "b"], vec!["c", "d"]]);
        let damaged = &joined[..joined.len() - 4];
        assert!(message(damaged).starts_with("edges.tsv: cannot be read after row 2"));
    }
}
