//! Random damage to a file, the same for the same number.

/// Numbers that look random (splitmix64 by Steele, Lea, Flood, 2014).
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        let mut dice = Self(seed);
        dice.roll();
        dice
    }

    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`, which is above 0.
    pub(super) fn below(&mut self, end: usize) -> usize {
        (self.roll() % end as u64) as usize
    }

    fn one<'t, T: ?Sized>(&mut self, of: &[&'t T]) -> &'t T {
        of[self.below(of.len())]
    }

    /// A stretch of `length` bytes, most of them short.
    fn stretch(&mut self, length: usize) -> std::ops::Range<usize> {
        let start = self.below(length + 1);
        let most = if self.below(4) == 0 { length } else { 16 };
        let end = start + self.below(most + 1);
        start..end.min(length)
    }
}

/// What files hold that readers take to be something else.
const WORDS: &[&str] = &[
    "",
    "NA",
    "-",
    "?",
    ".",
    "NaN",
    "inf",
    "-Inf",
    "1e999",
    "1e-320",
    "-0",
    "0",
    "1",
    "-1",
    "+",
    "0,5",
    "1,234",
    "1.234,5",
    "1'000",
    "999999999999999999999999",
    "0x1f",
    "time",
    "t",
    "T0",
    "Time (h)",
    "series",
    "sample",
    "cell",
    "gene",
    "target",
    "source",
    "regulator",
    "weight",
    "sign",
    "condition",
    "perturbed",
    "level",
    "kind",
    "pseudotime",
    "WT",
    "wild type",
    "control",
    "ko",
    "A_KO",
    "ΔA",
    "A+B",
    "A:kd",
    "A.1",
    "A|B",
    "A->B",
    "A -| B",
    "1-Mar",
    "2-SEP",
    "2024-02-30",
    "31/12/1999",
    "12:60",
    "Day 2",
    "30 min",
    "1.5h",
    "ZT24",
    "TRUE",
    "yes",
    "\"",
    "\"\"",
    "\"x",
    "'",
    "#",
    "# a",
    "!Sample_title",
    "!series_matrix_table_begin",
    "!series_matrix_table_end",
    "#1.2",
    "#1.3",
    "sep=;",
    "%%",
    "%%MatrixMarket",
    "{",
    "}",
    "[",
    "]",
    "null",
    "true",
    ":",
    ",",
    "\\u0000",
    "é",
    "µ",
    "\u{feff}",
    "\u{200b}",
    "\u{202e}",
    "ß→",
    "x x x x x x x x",
    "E2F1",
    "ENSG00000141510.12",
    "b0344",
    "YBR166C",
    "_",
    "__",
    "A_0h_rep1",
];

const SEPARATORS: &[&str] = &["\t", ",", ";", " ", "\n", "\r\n", "\r", "\n\n", "|", "  "];

/// Longest file that grew: more bytes find nothing that fewer do not.
const LONGEST: usize = 4096;

/// A damaged copy.
///
/// * `other`: another file, of which parts may be put in
pub(super) fn damaged(whole: &[u8], other: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = whole.to_vec();
    for _ in 0..=dice.below(6) {
        once(&mut bytes, other, dice);
        bytes.truncate(LONGEST.max(whole.len()));
    }
    bytes
}

fn once(bytes: &mut Vec<u8>, other: &[u8], dice: &mut Dice) {
    let length = bytes.len();
    let at = dice.below(length + 1);
    match dice.below(10) {
        0 if length > 0 => bytes[at % length] ^= 1 << dice.below(8),
        1 if length > 0 => bytes[at % length] = dice.below(256) as u8,
        2 => drop(bytes.drain(dice.stretch(length))),
        3 => insert(bytes, at, dice.one(WORDS).as_bytes()),
        4 => insert(bytes, at, dice.one(SEPARATORS).as_bytes()),
        5 => {
            let copy = bytes[dice.stretch(length)].to_vec();
            insert(bytes, at, &copy);
        }
        6 => insert(bytes, at, &other[dice.stretch(other.len())]),
        7 => replace_cells(bytes, dice),
        8 => move_line(bytes, dice),
        _ => match dice.below(4) {
            0 => bytes.truncate(at),
            1 => *bytes = other_separator(bytes, dice),
            2 => bytes.extend(std::iter::repeat_n(b'9', dice.below(400))),
            _ => replace_cells(bytes, dice),
        },
    }
}

fn insert(bytes: &mut Vec<u8>, at: usize, what: &[u8]) {
    bytes.splice(at..at, what.iter().copied());
}

/// Puts a word in the place of a cell, or of a cell in every line.
fn replace_cells(bytes: &mut Vec<u8>, dice: &mut Dice) {
    let word = dice.one(WORDS).as_bytes();
    let column = dice.below(6);
    let line = dice.below(bytes.split(|b| *b == b'\n').count());
    let all = dice.below(4) == 0;
    let ends = |b: &u8| b"\t,; ".contains(b);
    let mut out = Vec::with_capacity(bytes.len() + word.len());
    for (number, text) in bytes.split(|b| *b == b'\n').enumerate() {
        if number > 0 {
            out.push(b'\n');
        }
        let mut rest = text;
        for at in 0.. {
            let end = rest.iter().position(ends);
            let cell = &rest[..end.unwrap_or(rest.len())];
            let replaced = at == column && (all || number == line);
            out.extend_from_slice(if replaced { word } else { cell });
            let Some(end) = end else {
                break;
            };
            out.push(rest[end]);
            rest = &rest[end + 1..];
        }
    }
    *bytes = out;
}

fn move_line(bytes: &mut Vec<u8>, dice: &mut Dice) {
    let mut lines: Vec<&[u8]> = bytes.split(|b| *b == b'\n').collect();
    let (from, to) = (dice.below(lines.len()), dice.below(lines.len()));
    let line = lines.remove(from);
    lines.insert(to, line);
    if dice.below(2) == 0 {
        lines.push(line);
    }
    *bytes = lines.join(&b'\n');
}

fn other_separator(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    let new = dice.one(SEPARATORS).as_bytes();
    let parts: Vec<&[u8]> = bytes.split(|b| b"\t,;".contains(b)).collect();
    parts.join(new)
}
