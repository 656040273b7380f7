//! What stands between the cells of a line.

use std::convert::Infallible;

/// What stands between cells, guessed from the header line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Separator {
    /// A tab.
    Tab,
    /// A comma.
    Comma,
    /// A semicolon.
    Semicolon,
    /// Any run of spaces.
    Space,
}

impl Separator {
    /// A tab if there is one; else the more frequent of comma and semicolon; else spaces.
    /// Quoted text is not looked at.
    pub(crate) fn guess(header: &str) -> Self {
        let count = |wanted: char| {
            let outside = header.split('"').step_by(2);
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

    /// Whether a comma inside a cell can be a decimal sign.
    pub(crate) fn allows_decimal_comma(self) -> bool {
        matches!(self, Self::Tab | Self::Semicolon)
    }

    fn byte(self) -> u8 {
        match self {
            Self::Tab => b'\t',
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Space => b' ',
        }
    }

    /// Shows every cell with its position from 0; gives the number of cells.
    ///
    /// Lines without quotes are split in place; the others go through the csv crate.
    pub(crate) fn each_cell<E>(
        self,
        line: &str,
        mut visit: impl FnMut(usize, &str) -> Result<(), E>,
    ) -> Result<usize, E> {
        let mut count = 0;
        let mut show = |cell: &str| {
            count += 1;
            visit(count - 1, cell)
        };
        if line.contains('"') {
            let record = self.quoted(line);
            let cells = record.iter();
            cells
                .filter(|cell| self != Self::Space || !cell.is_empty())
                .try_for_each(&mut show)?;
        } else if self == Self::Space {
            line.split_ascii_whitespace().try_for_each(&mut show)?;
        } else {
            line.split(char::from(self.byte()))
                .try_for_each(&mut show)?;
        }
        Ok(count)
    }

    /// All cells, trimmed.
    pub(crate) fn cells(self, line: &str) -> Vec<String> {
        let mut cells = Vec::new();
        let done: Result<usize, Infallible> = self.each_cell(line, |_, cell| {
            cells.push(cell.trim().to_owned());
            Ok(())
        });
        match done {
            Ok(_) => cells,
        }
    }

    fn quoted(self, line: &str) -> csv::StringRecord {
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(self.byte())
            .has_headers(false)
            .flexible(true)
            .from_reader(line.as_bytes());
        let mut record = csv::StringRecord::new();
        reader
            .read_record(&mut record)
            .expect("a flexible reader over UTF-8 text in memory has nothing to refuse");
        record
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_tells_the_separator() {
        assert_eq!(Separator::guess("time\tG1,x\tG2"), Separator::Tab);
        assert_eq!(Separator::guess("time;G1;G2,5"), Separator::Semicolon);
        assert_eq!(Separator::guess("\"a;b;c\",G1"), Separator::Comma);
        assert_eq!(Separator::guess("time G1  G2"), Separator::Space);
        assert_eq!(Separator::guess("time"), Separator::Tab);
    }

    #[test]
    fn quotes_keep_a_separator_inside_a_cell() {
        assert_eq!(
            Separator::Comma.cells("\"a,b\",c,\"d\"\"e\""),
            ["a,b", "c", "d\"e"]
        );
        assert_eq!(Separator::Space.cells("\"a b\"  c"), ["a b", "c"]);
    }
}
