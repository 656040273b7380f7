//! The lines of a text file, plain or gzip, with their true numbers.

use std::io::{BufRead, BufReader, Cursor, Read};

use flate2::read::MultiGzDecoder;

use super::error::{Place, ReadError};

/// Lines that say something: comments (`#`) and blank lines are counted and passed over; a line
/// break inside quotes belongs to its line.
pub(crate) struct Lines<'a> {
    file: &'a str,
    input: Box<dyn BufRead + 'a>,
    bytes: Vec<u8>,
    number: usize,
}

impl<'a> Lines<'a> {
    /// Opens a text; gzip is seen by its first two bytes, whatever the file is called.
    ///
    /// # Errors   [`ReadError::Unreadable`] from the system, [`ReadError::NotText`] for known
    /// binary formats and UTF-16.
    pub(crate) fn open(input: impl Read + 'a, file: &'a str) -> Result<Self, ReadError> {
        let (head, mut input) = peek(input, file)?;
        if head.starts_with(&[0x1f, 0x8b]) {
            let decoder = MultiGzDecoder::new(input);
            let (head, decoded) = peek(decoder, file)?;
            refuse_binary(&head, file)?;
            input = decoded;
        } else {
            refuse_binary(&head, file)?;
        }
        if head_is_bom(&mut input).map_err(|source| unreadable(file, source))? {
            input.consume(3);
        }
        Ok(Self {
            file,
            input,
            bytes: Vec::new(),
            number: 0,
        })
    }

    /// The next line that is neither blank nor a comment, with its number from 1.
    pub(crate) fn next(&mut self) -> Result<Option<(usize, &str)>, ReadError> {
        let first = loop {
            self.bytes.clear();
            if !self.append()? {
                return Ok(None);
            }
            let blank = self.bytes.iter().all(u8::is_ascii_whitespace);
            if !blank && self.bytes[0] != b'#' {
                break self.number;
            }
        };
        let mut open = self.odd_quotes(0);
        while open {
            let seen = self.bytes.len();
            if !self.append()? {
                let at = Place::row(self.file, first);
                return Err(ReadError::OpenQuote { at });
            }
            open ^= self.odd_quotes(seen);
        }
        while self
            .bytes
            .last()
            .is_some_and(|b| matches!(b, b'\n' | b'\r'))
        {
            self.bytes.pop();
        }
        self.text(first).map(|line| Some((first, line)))
    }

    /// Whether the quotes from `start` on leave one open; each byte is looked at once.
    fn odd_quotes(&self, start: usize) -> bool {
        let quotes = self.bytes[start..].iter().filter(|&&b| b == b'"');
        quotes.count() % 2 == 1
    }

    /// Adds one physical line to `bytes`; false at the end of the file.
    fn append(&mut self) -> Result<bool, ReadError> {
        let read = self.input.read_until(b'\n', &mut self.bytes);
        let count = read.map_err(|source| unreadable(self.file, source))?;
        self.number += usize::from(count > 0);
        Ok(count > 0)
    }

    fn text(&self, number: usize) -> Result<&str, ReadError> {
        let refuse = |found: &str, cure| ReadError::NotText {
            at: Place::row(self.file, number),
            found: found.to_owned(),
            cure,
        };
        let text = std::str::from_utf8(&self.bytes)
            .map_err(|_| refuse("bytes that are no UTF-8", "save the table as UTF-8 text"))?;
        if text.contains('\0') {
            return Err(refuse("binary data", "give a tsv or csv table"));
        }
        if text.contains('\r') && !text.contains('"') {
            return Err(refuse(
                "a lone carriage return",
                "save with line ends of Unix or Windows",
            ));
        }
        Ok(text)
    }
}

type Peeked<'a> = (Vec<u8>, Box<dyn BufRead + 'a>);

/// The first bytes, and a reader that still has them.
fn peek<'a>(mut input: impl Read + 'a, file: &str) -> Result<Peeked<'a>, ReadError> {
    let mut head = Vec::new();
    let first = input.by_ref().take(8).read_to_end(&mut head);
    first.map_err(|source| unreadable(file, source))?;
    let whole = Cursor::new(head.clone()).chain(input);
    Ok((head, Box::new(BufReader::with_capacity(1 << 16, whole))))
}

/// `peek` guarantees that the first 8 bytes (or all there are) come in one piece.
fn head_is_bom(input: &mut dyn BufRead) -> std::io::Result<bool> {
    Ok(input.fill_buf()?.starts_with(b"\xef\xbb\xbf"))
}

fn unreadable(file: &str, source: std::io::Error) -> ReadError {
    ReadError::Unreadable {
        file: file.to_owned(),
        source,
    }
}

fn refuse_binary(head: &[u8], file: &str) -> Result<(), ReadError> {
    let known: [(&[u8], &str, &'static str); 5] = [
        (
            b"PK\x03\x04",
            "a zip archive or spreadsheet",
            "save the sheet as csv or tsv",
        ),
        (b"\x89HDF", "an HDF5 file", "export the table as csv or tsv"),
        (b"\xff\xfe", "UTF-16 text", "save the table as UTF-8 text"),
        (b"\xfe\xff", "UTF-16 text", "save the table as UTF-8 text"),
        (b"BZh", "a bzip2 archive", "unpack it, or pack it with gzip"),
    ];
    match known.iter().find(|(magic, ..)| head.starts_with(magic)) {
        Some(&(_, found, cure)) => Err(ReadError::NotText {
            at: Place::row(file, 1),
            found: found.to_owned(),
            cure,
        }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn all(bytes: &[u8]) -> Vec<(usize, String)> {
        let mut lines = Lines::open(bytes, "t.tsv").expect("text");
        let mut found = Vec::new();
        while let Some((number, line)) = lines.next().expect("text") {
            found.push((number, line.to_owned()));
        }
        found
    }

    #[test]
    fn comments_and_blank_lines_are_counted_and_passed_over() {
        let found = all(b"\xef\xbb\xbf# said\n\na\tb\r\n \n1\t2");
        assert_eq!(found, [(3, "a\tb".to_owned()), (5, "1\t2".to_owned())]);
    }

    #[test]
    fn gzip_members_in_a_row_are_one_text() {
        let pack = |text: &[u8]| {
            let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
            encoder.write_all(text).expect("memory");
            encoder.finish().expect("memory")
        };
        let joined = [pack(b"\xef\xbb\xbfa\n"), pack(b"b\n")].concat();
        assert_eq!(all(&joined), [(1, "a".to_owned()), (2, "b".to_owned())]);
    }

    #[test]
    fn a_line_break_inside_quotes_belongs_to_its_line() {
        let found = all(b"\"a\nb\",c\nd,e\n");
        assert_eq!(found, [(1, "\"a\nb\",c".to_owned()), (3, "d,e".to_owned())]);
    }
}
