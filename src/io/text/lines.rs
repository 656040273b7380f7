//! The lines of a text file, plain or gzip, with their true numbers.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Cursor, Read};

use flate2::read::MultiGzDecoder;

use super::file_formats::{HEAD, refuse_other_format};
use super::read_error::{Fault, Place, ReadError};
use super::separator::{RowCells, Separator};
use super::text_limits::TextLimits;
use crate::genes::is_hidden;

/// Every line of a text, decoded and checked.
pub(crate) struct Lines<'a> {
    file: String,
    input: Box<dyn BufRead + 'a>,
    limits: TextLimits,
    /// How much was read.
    size: u64,
    bytes: Vec<u8>,
    /// Number of the line that was handed out last, and of the one that was read last.
    number: usize,
    read: usize,
    /// Lines that were read and not handed out.
    ahead: VecDeque<String>,
}

impl<'a> Lines<'a> {
    /// Opens a text; gzip is seen by its first two bytes, whatever the file is called.
    ///
    /// # Errors   of the system, and for known binary formats.
    pub(crate) fn open(input: impl Read + 'a, file: &str) -> Result<Self, ReadError> {
        Self::open_within(TextLimits::of_machine(), input, file)
    }

    fn open_within(
        limits: TextLimits,
        input: impl Read + 'a,
        file: &str,
    ) -> Result<Self, ReadError> {
        let (head, mut input) = peek(input, file)?;
        if head.starts_with(&[0x1f, 0x8b]) {
            let decoder = MultiGzDecoder::new(input);
            let (head, decoded) = peek(decoder, file)?;
            refuse_other_format(&head, file)?;
            input = decoded;
        } else if let Some(text) = utf16(&head, &mut input, limits, file)? {
            input = Box::new(Cursor::new(text));
        } else {
            refuse_other_format(&head, file)?;
        }
        if head_is_bom(&mut input).map_err(|source| ReadError::unreadable(file, source))? {
            input.consume(3);
        }
        Ok(Self {
            file: file.to_owned(),
            input,
            limits,
            size: 0,
            bytes: Vec::new(),
            number: 0,
            read: 0,
            ahead: VecDeque::new(),
        })
    }

    /// Name of the file, for messages.
    pub(crate) fn file(&self) -> &str {
        &self.file
    }

    /// Number of the line that was read last, from 1.
    pub(crate) fn number(&self) -> usize {
        self.number
    }

    /// Adds the next line, with its end, to `text`; false at the end of the file.
    pub(crate) fn append_to(&mut self, text: &mut String) -> Result<bool, ReadError> {
        let more = match self.ahead.pop_front() {
            Some(line) => {
                text.push_str(&line);
                true
            }
            None => self.read_to(text)?,
        };
        self.number += usize::from(more);
        Ok(more)
    }

    /// The next lines that are not empty, which stay to be handed out.
    ///
    /// * `count`: how many lines are read for it
    pub(super) fn peek(&mut self, count: usize) -> Result<Vec<&str>, ReadError> {
        while self.ahead.len() < count {
            let mut line = String::new();
            if !self.read_to(&mut line)? {
                break;
            }
            self.ahead.push_back(line);
        }
        let lines = self.ahead.iter().map(|line| without_end(line));
        Ok(lines.filter(|line| !line.trim().is_empty()).collect())
    }

    fn read_to(&mut self, text: &mut String) -> Result<bool, ReadError> {
        self.bytes.clear();
        // a row may have several lines
        let most = self.limits.line.saturating_sub(text.len());
        let mut line = self.input.by_ref().take(most as u64 + 1);
        let read = line.read_until(b'\n', &mut self.bytes);
        let count = read.map_err(|source| ReadError::unreadable(&self.file, source))?;
        if count > most {
            return Err(self.limits.line_too_long(&self.file, self.read + 1));
        }
        self.size += count as u64;
        if self.size > self.limits.text {
            return Err(self.limits.text_too_long(&self.file, self.read + 1));
        }
        if self.read == 0 && !self.bytes.ends_with(b"\n") && self.bytes.contains(&b'\r') {
            self.end_lines_at_carriage_returns();
            return self.read_to(text);
        }
        self.read += usize::from(count > 0);
        text.push_str(self.checked_text()?);
        Ok(count > 0)
    }

    /// Refuses characters that act on a terminal, or on the order of the text, in place of being shown.
    fn refuse_hidden(&self, body: &str) -> Result<(), ReadError> {
        let mut characters = body.char_indices();
        let hidden = |c: char| is_hidden(c) && c != '\t' && c != '\r';
        let Some((at, c)) = characters.find(|(_, c)| hidden(*c)) else {
            return Ok(());
        };
        if c == '\0' {
            let at = Place::row(&self.file, self.read);
            return Err(not_text(at, "binary data").cured_by("give a tsv or csv table"));
        }
        let mut place = Place::row(&self.file, self.read);
        place.column = Some(column_of(body, at));
        let found = format!("a control character (code {})", u32::from(c));
        let cure = if c.is_ascii() || !c.is_control() {
            "remove it, or export the table again as text"
        } else {
            "remove it, or save the table as UTF-8 text: it may be a letter in another encoding"
        };
        Err(not_text(place, &found).cured_by(cure))
    }

    /// A text without any line feed has the line ends of the first Macintosh, as R and Excel for Mac
    /// wrote them: it was read as one line, and is read again.
    fn end_lines_at_carriage_returns(&mut self) {
        let mut whole = std::mem::take(&mut self.bytes);
        let ends = whole.iter_mut().filter(|byte| **byte == b'\r');
        ends.for_each(|byte| *byte = b'\n');
        self.input = Box::new(Cursor::new(whole));
    }

    fn checked_text(&self) -> Result<&str, ReadError> {
        let refuse = |found: &str, cure: &str| {
            let at = Place::row(&self.file, self.read);
            Err(not_text(at, found).cured_by(cure))
        };
        let Ok(text) = std::str::from_utf8(&self.bytes) else {
            return refuse("bytes that are not UTF-8", "save the table as UTF-8 text");
        };
        let body = without_end(text);
        let is_plain = |b: &u8| matches!(b, b' '..=b'~' | b'\t' | b'\r');
        if !body.as_bytes().iter().all(is_plain) {
            self.refuse_hidden(body)?;
        }
        // a carriage return may be in a quoted cell that goes on over lines
        if body.contains('\r') && !body.contains('"') {
            return refuse(
                "a lone carriage return",
                "save with line ends of Unix or Windows",
            );
        }
        Ok(text)
    }
}

/// Number of the column of the first of some bytes, as far as the line says it.
fn column_of(line: &str, at: usize) -> usize {
    let mut cells = RowCells::default();
    let closed = Separator::guess(line).split(&line[..at], &mut cells);
    (cells.len() + usize::from(!closed)).max(1)
}

/// A line without the marks that end it.
pub(crate) fn without_end(line: &str) -> &str {
    let line = line.strip_suffix('\n').unwrap_or(line);
    line.strip_suffix('\r').unwrap_or(line)
}

type Peeked<'a> = (Vec<u8>, Box<dyn BufRead + 'a>);

/// The first bytes, and a reader that still has them.
fn peek<'a>(mut input: impl Read + 'a, file: &str) -> Result<Peeked<'a>, ReadError> {
    let mut head = Vec::new();
    let first = input.by_ref().take(HEAD as u64).read_to_end(&mut head);
    first.map_err(|source| ReadError::unreadable(file, source))?;
    let whole = Cursor::new(head.clone()).chain(input);
    Ok((head, Box::new(BufReader::with_capacity(1 << 16, whole))))
}

/// A text in UTF-16, as Excel saves "Unicode text", by its byte order mark; none for another text or a damaged one.
fn utf16(
    head: &[u8],
    input: &mut dyn BufRead,
    limits: TextLimits,
    file: &str,
) -> Result<Option<Vec<u8>>, ReadError> {
    let unit: fn([u8; 2]) -> u16 = match head {
        [0xff, 0xfe, 0, 0, ..] => return Ok(None),
        [0xff, 0xfe, ..] => u16::from_le_bytes,
        [0xfe, 0xff, ..] => u16::from_be_bytes,
        _ => return Ok(None),
    };
    let mut bytes = Vec::new();
    let read = input
        .take(limits.text.saturating_add(1))
        .read_to_end(&mut bytes);
    read.map_err(|source| ReadError::unreadable(file, source))?;
    if bytes.len() as u64 > limits.text {
        return Err(limits.text_too_long(file, 1));
    }
    let (pairs, rest) = bytes.as_chunks::<2>();
    let text = String::from_utf16(&pairs.iter().map(|&pair| unit(pair)).collect::<Vec<u16>>());
    let whole = text.ok().filter(|_| rest.is_empty());
    Ok(whole.map(String::into_bytes))
}

/// `peek` guarantees that the first bytes (or all there are) come in one piece.
fn head_is_bom(input: &mut dyn BufRead) -> std::io::Result<bool> {
    Ok(input.fill_buf()?.starts_with(b"\xef\xbb\xbf"))
}

fn not_text(at: Place, found: &str) -> ReadError {
    ReadError::new(Fault::Format, at, format!("found {found}")).expecting("UTF-8 text")
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn lines(bytes: &[u8]) -> Result<Vec<String>, ReadError> {
        let mut lines = Lines::open(bytes, "t.tsv")?;
        let (mut read, mut line) = (Vec::new(), String::new());
        while lines.append_to(&mut line)? {
            read.push(without_end(&line).to_owned());
            line.clear();
        }
        assert_eq!(lines.number(), read.len());
        Ok(read)
    }

    #[test]
    fn a_byte_order_mark_and_all_line_ends_are_left_out() {
        let read = lines(b"\xef\xbb\xbf# note\n\na\tb\r\n1\t2").expect("text");
        assert_eq!(read, ["# note", "", "a\tb", "1\t2"]);
        let read = lines(b"# note\r\ra\tb\r1\t2").expect("text");
        assert_eq!(read, ["# note", "", "a\tb", "1\t2"]);
    }

    #[test]
    fn a_text_in_utf_16_is_read_by_its_byte_order_mark() {
        let units: Vec<u16> = "\u{feff}a\tµ\r\n1\t2\n".encode_utf16().collect();
        let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
        for bytes in [little, big] {
            assert_eq!(lines(&bytes).expect("text"), ["a\tµ", "1\t2"]);
        }
        let error = lines(b"\xff\xfea").expect_err("half a unit");
        assert!(error.to_string().contains("found UTF-16 text"));
    }

    #[test]
    fn gzip_members_in_a_row_are_one_text_and_a_damaged_one_is_refused() {
        let pack = |text: &[u8]| {
            let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
            encoder.write_all(text).expect("memory");
            encoder.finish().expect("memory")
        };
        let joined = [pack(b"\xef\xbb\xbfa\n"), pack(b"b\n")].concat();
        assert_eq!(lines(&joined).expect("text"), ["a", "b"]);
        let error = lines(&joined[..joined.len() - 4]).expect_err("half a member");
        assert!(error.to_string().starts_with("t.tsv: cannot be read ("));
    }

    #[test]
    fn what_is_not_text_is_named_with_its_line() {
        let message = |bytes: &[u8]| lines(bytes).expect_err("not text").to_string();
        assert_eq!(
            message(b"a b 1\n\x01\x02"),
            "t.tsv, row 2, column 1: found a control character (code 1), expected UTF-8 text; \
             remove it, or export the table again as text"
        );
        assert!(
            message(b"time\tG1\t\"G2\x1b[31m\"\n").starts_with("t.tsv, row 1, column 3: found")
        );
        let error = message("time,G1\n0,\u{9b}2J\n".as_bytes());
        assert!(error.starts_with("t.tsv, row 2, column 2: found a control character (code 155)"));
        assert!(error.ends_with("it may be a letter in another encoding"));
        assert!(message("\u{202e}a\n".as_bytes()).contains("(code 8238)"));
        assert!(message(b"a\n\0").starts_with("t.tsv, row 2: found binary data"));
        assert!(message(b"a\rb\n").starts_with("t.tsv, row 1: found a lone carriage return"));
        assert!(lines(b"\"a\rb\"\n").is_ok());
    }

    #[test]
    fn a_line_or_a_text_without_end_is_refused_before_it_fills_the_memory() {
        let limits = TextLimits { line: 10, text: 25 };
        let read = |text: &[u8]| {
            let mut lines = Lines::open_within(limits, text, "t.tsv")?;
            let mut line = String::new();
            while lines.append_to(&mut line)? {
                line.clear();
            }
            Ok::<_, ReadError>(())
        };
        assert!(read(b"123456789\n1234567890").is_ok());
        let error = read(b"1\n1234567890\n").expect_err("long").to_string();
        assert!(
            error.starts_with("t.tsv, row 2: found a line of more than 10 bytes"),
            "{error}"
        );
        let error = read(b"12345678\n12345678\n12345678\n")
            .expect_err("long")
            .to_string();
        assert!(
            error.starts_with("t.tsv, row 3: found more than 25 bytes"),
            "{error}"
        );
        let mut lines = Lines::open_within(limits, &b"12345\n123456\n"[..], "t.tsv").expect("text");
        let mut row = String::new();
        lines.append_to(&mut row).expect("short");
        let error = lines.append_to(&mut row).expect_err("one row of both");
        assert!(error.to_string().contains("a line of more than 10 bytes"));
    }
}
