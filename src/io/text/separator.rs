//! What separates the cells of a line, and the cells of a line.

use std::ops::Range;

/// What separates cells, guessed from the first row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Separator {
    /// A tab.
    Tab,
    /// A comma.
    Comma,
    /// A semicolon.
    Semicolon,
    /// Any run of blanks.
    Space,
}

/// The cells of one row, as parts of one text that is used again for the next row.
#[derive(Clone, Debug, Default)]
pub(crate) struct RowCells {
    text: String,
    parts: Vec<Range<usize>>,
}

impl RowCells {
    /// Number of cells.
    pub(crate) fn len(&self) -> usize {
        self.parts.len()
    }

    /// A cell by its position from 0, without blanks and quotes around it.
    pub(crate) fn get(&self, position: usize) -> &str {
        &self.text[self.parts[position].clone()]
    }

    /// A cell by its position from 0, if the row has so many.
    pub(crate) fn try_get(&self, position: usize) -> Option<&str> {
        self.parts
            .get(position)
            .map(|part| &self.text[part.clone()])
    }

    /// All cells.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().map(|part| &self.text[part.clone()])
    }

    fn clear(&mut self) {
        self.text.clear();
        self.parts.clear();
    }

    /// Ends the cell that began at byte `start`; blanks around it are not part of it.
    fn close(&mut self, start: usize) {
        let cell = &self.text[start..];
        let first = start + cell.len() - cell.trim_start().len();
        self.parts.push(first..first + cell.trim().len());
    }
}

impl Separator {
    /// A tab if there is one; else the more frequent of comma and semicolon; else blanks.
    /// Quoted text does not count.
    pub(crate) fn guess(row: &str) -> Self {
        let count = |wanted: char| {
            let outside = row.split('"').step_by(2);
            outside
                .map(|part| part.matches(wanted).count())
                .sum::<usize>()
        };
        let (commas, semicolons) = (count(','), count(';'));
        if count('\t') > 0 {
            Self::Tab
        } else if commas + semicolons > 0 {
            if commas >= semicolons {
                Self::Comma
            } else {
                Self::Semicolon
            }
        } else if count(' ') > 0 {
            Self::Space
        } else {
            Self::Tab
        }
    }

    /// For messages.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Tab => "separated by tabs",
            Self::Comma => "separated by commas",
            Self::Semicolon => "separated by semicolons",
            Self::Space => "separated by spaces",
        }
    }

    fn mark(self) -> char {
        match self {
            Self::Tab => '\t',
            Self::Comma => ',',
            Self::Semicolon => ';',
            Self::Space => ' ',
        }
    }

    /// Splits a row; false if a quoted cell does not end in it.
    ///
    /// A quote opens a cell only at the start of the cell; two quotes inside are one (RFC 4180).
    pub(crate) fn split(self, row: &str, cells: &mut RowCells) -> bool {
        cells.clear();
        if row.contains('"') {
            return self.split_quoted(row, cells);
        }
        let mut push = |cell: &str| {
            let start = cells.text.len();
            cells.text.push_str(cell);
            cells.close(start);
        };
        match self {
            Self::Space => row.split_ascii_whitespace().for_each(&mut push),
            _ => row.split(self.mark()).for_each(&mut push),
        }
        true
    }

    fn split_quoted(self, row: &str, cells: &mut RowCells) -> bool {
        let mut rest = Some(row);
        while let Some(line) = rest {
            let (start, line) = (cells.text.len(), self.without_blanks(line));
            if self == Self::Space && line.is_empty() {
                break;
            }
            let mut bare = line;
            if let Some(body) = line.strip_prefix('"') {
                let Some(end) = closing_quote(body) else {
                    return false;
                };
                cells.text.push_str(&body[..end].replace("\"\"", "\""));
                bare = &body[end + 1..];
            }
            let end = bare.find(|c| self.ends_cell(c)).unwrap_or(bare.len());
            cells.text.push_str(&bare[..end]);
            cells.close(start);
            rest = bare[end..]
                .chars()
                .next()
                .map(|mark| &bare[end + mark.len_utf8()..]);
        }
        true
    }

    fn without_blanks(self, line: &str) -> &str {
        line.trim_start_matches(|c: char| c.is_whitespace() && (c != '\t' || self != Self::Tab))
    }

    fn ends_cell(self, c: char) -> bool {
        match self {
            Self::Space => c.is_ascii_whitespace(),
            _ => c == self.mark(),
        }
    }
}

/// Where a quoted cell ends; two quotes in a row are one inside the cell.
fn closing_quote(quoted: &str) -> Option<usize> {
    let bytes = quoted.as_bytes();
    let mut position = 0;
    while position < bytes.len() {
        match (bytes[position], bytes.get(position + 1)) {
            (b'"', Some(b'"')) => position += 2,
            (b'"', _) => return Some(position),
            _ => position += 1,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(separator: Separator, row: &str) -> Vec<String> {
        let mut cells = RowCells::default();
        assert!(separator.split(row, &mut cells), "an open quote in {row}");
        (0..cells.len()).map(|i| cells.get(i).to_owned()).collect()
    }

    #[test]
    fn the_first_row_tells_the_separator() {
        assert_eq!(Separator::guess("time\tG1,x\tG2"), Separator::Tab);
        assert_eq!(Separator::guess("time;G1;G2,5"), Separator::Semicolon);
        assert_eq!(Separator::guess("\"a;b;c\",G1"), Separator::Comma);
        assert_eq!(Separator::guess("time G1  G2"), Separator::Space);
        assert_eq!(Separator::guess("time"), Separator::Tab);
    }

    #[test]
    fn quotes_keep_a_separator_inside_a_cell() {
        assert_eq!(
            cells(Separator::Comma, "\"a,b\", c ,\"d\"\"e\""),
            ["a,b", "c", "d\"e"]
        );
        assert_eq!(cells(Separator::Space, "\"a b\"  c "), ["a b", "c"]);
        assert_eq!(cells(Separator::Tab, "\t\"a\tb\"\t"), ["", "a\tb", ""]);
    }

    #[test]
    fn a_quote_inside_a_cell_is_a_part_of_it() {
        assert_eq!(cells(Separator::Comma, "5\" end,b"), ["5\" end", "b"]);
        assert_eq!(cells(Separator::Comma, "\"a\"b,c"), ["ab", "c"]);
        let mut kept = RowCells::default();
        assert!(!Separator::Comma.split("a,\"b", &mut kept));
    }

    #[test]
    fn cells_come_without_blanks_around_them() {
        for (separator, row) in [
            (Separator::Comma, " a, b c ,"),
            (Separator::Tab, "a \tb c\t "),
            (Separator::Semicolon, "a;\" b c\" ;"),
        ] {
            assert_eq!(cells(separator, row), ["a", "b c", ""], "{row}");
        }
        assert_eq!(cells(Separator::Space, " a  b\tc "), ["a", "b", "c"]);
    }
}
