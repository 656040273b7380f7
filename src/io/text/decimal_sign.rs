//! The decimal sign of a table, from all of its numbers.
//!
//! A cell such as `3,005` is 3.005 or 3005. Other cells decide where they can: `0,5` has a decimal
//! comma, `1,234,567` and `1,234.5` have not. Else each column that has both such cells and plain
//! whole numbers is read both ways, and the reading counts under which the two are alike: with
//! `995` above `1,323`, a comma that separates thousands leaves a factor of 1.3, a decimal comma one
//! of 750.

use super::marked_number::{MarkUse, MarkedNumber};
use super::read_error::{Fault, Place, ReadError};
use super::reading::shorten;

/// The decimal sign of the numbers of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecimalSign {
    /// A point; commas separate thousands.
    Point,
    /// A comma; points separate thousands.
    Comma,
}

/// How much nearer, as a factor of levels, the better reading has to be: levels of one gene move by
/// such factors themselves, and the two readings differ by 1000.
const CLEARLY: f64 = 3.0;

/// A cell that showed something.
#[derive(Clone, Debug)]
struct Seen {
    place: Place,
    cell: String,
}

/// What was seen of one mark.
#[derive(Clone, Debug, Default)]
struct Mark {
    decimal: Option<Seen>,
    groups: Option<Seen>,
    either: Option<Seen>,
    /// Cells that can be read in both ways, by their position among the numbers of the table.
    positions: Vec<usize>,
}

impl Mark {
    fn join(&mut self, other: &Self) {
        for (own, other) in [
            (&mut self.decimal, &other.decimal),
            (&mut self.groups, &other.groups),
            (&mut self.either, &other.either),
        ] {
            if own.is_none() {
                own.clone_from(other);
            }
        }
    }

    fn add(&mut self, meaning: MarkUse, position: usize, see: impl FnOnce() -> Seen) {
        let first = match meaning {
            MarkUse::Absent => return,
            MarkUse::Decimal => &mut self.decimal,
            MarkUse::Groups => &mut self.groups,
            MarkUse::Either => {
                self.positions.push(position);
                &mut self.either
            }
        };
        if first.is_none() {
            *first = Some(see());
        }
    }
}

/// What the numbers read so far say about the marks in them.
#[derive(Clone, Debug, Default)]
pub(super) struct SignsSeen {
    comma: Mark,
    point: Mark,
}

/// The marks of a table, decided.
#[derive(Clone, Debug, Default)]
pub(super) struct SignsDecided {
    pub(super) notes: Vec<String>,
    /// The first cell with a decimal comma.
    pub(super) comma: Option<Place>,
    /// Positions of numbers to be multiplied by 1000.
    pub(super) thousands: Vec<usize>,
    /// The decimal sign, if some number shows it.
    pub(super) sign: Option<DecimalSign>,
}

/// What the two marks do in the numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct MarkMeaning {
    /// Whether commas separate thousands.
    pub(super) comma_groups: bool,
    /// Whether points separate thousands.
    pub(super) point_groups: bool,
}

impl SignsSeen {
    /// Whether a plain number with a point still says something.
    pub(super) fn wants_points(&self) -> bool {
        self.point.decimal.is_none()
    }

    /// Adds what the numbers of another column say, but not their positions.
    pub(super) fn join(&mut self, other: &Self) {
        self.comma.join(&other.comma);
        self.point.join(&other.point);
    }

    /// Adds a number.
    ///
    /// * `position`: its position among the numbers of the table
    ///
    /// # Errors   [`Fault::Cell`] if a mark is used in two ways, or both marks in the same.
    pub(super) fn add(
        &mut self,
        number: MarkedNumber,
        position: usize,
        cell: &str,
        place: impl Fn() -> Place,
    ) -> Result<(), ReadError> {
        let see = || Seen {
            place: place(),
            cell: cell.to_owned(),
        };
        self.comma.add(number.comma, position, see);
        self.point.add(number.point, position, see);
        self.refuse_conflict(&place, cell)
    }

    /// Refuses a mark that is used in two ways, and both marks used in the same.
    ///
    /// * `place`, `cell`: the number after which the conflict showed
    pub(super) fn refuse_conflict(
        &self,
        place: impl Fn() -> Place,
        cell: &str,
    ) -> Result<(), ReadError> {
        let (comma, point) = (&self.comma, &self.point);
        let conflicts = [
            (&comma.decimal, &point.decimal),
            (&comma.groups, &point.groups),
            (&comma.decimal, &comma.groups),
            (&point.decimal, &point.groups),
        ];
        for (one, other) in conflicts {
            if let (Some(one), Some(other)) = (one, other) {
                return Err(two_signs([one, other], place(), cell));
            }
        }
        Ok(())
    }

    /// Decides what the marks of a table mean.
    ///
    /// * `numbers`: those of the table, row by row, with `width` of them in each
    /// * `asked`: what the user said
    ///
    /// # Errors   [`Fault::Cell`] where two readings are about as good.
    pub(super) fn decide(
        self,
        numbers: &[f64],
        width: usize,
        asked: Option<DecimalSign>,
    ) -> Result<SignsDecided, ReadError> {
        let meaning = self.meaning(
            asked,
            || thousands_are_nearer(&self.comma.positions, numbers, width),
            || thousands_are_nearer(&self.point.positions, numbers, width),
        )?;
        let mut decided = SignsDecided {
            notes: self.notes(meaning, "table"),
            sign: self.sign(meaning),
            ..SignsDecided::default()
        };
        let first = self.comma.decimal.as_ref().or(self.comma.either.as_ref());
        match first {
            _ if meaning.comma_groups => decided.thousands.clone_from(&self.comma.positions),
            Some(seen) => decided.comma = Some(seen.place.clone()),
            None => {}
        }
        if meaning.point_groups {
            decided.thousands.extend(&self.point.positions);
        }
        Ok(decided)
    }

    /// What the marks do.
    ///
    /// * `asked`: what the user said, or the rest of the table shows
    /// * `commas`, `points`: by which factor the numbers with such a mark are nearer to the others if it separates
    ///   thousands
    ///
    /// # Errors   [`Fault::Cell`] where two readings are about as good.
    pub(super) fn meaning(
        &self,
        asked: Option<DecimalSign>,
        commas: impl FnOnce() -> Option<f64>,
        points: impl FnOnce() -> Option<f64>,
    ) -> Result<MarkMeaning, ReadError> {
        let comma_groups = self.comma_groups(asked, commas)?;
        let comma_is_there = self.comma.decimal.is_some() || self.comma.either.is_some();
        let point_groups = self.point_groups(asked, comma_is_there && !comma_groups, points);
        Ok(MarkMeaning {
            comma_groups,
            point_groups,
        })
    }

    /// The decimal sign that the numbers show.
    fn sign(&self, meaning: MarkMeaning) -> Option<DecimalSign> {
        let decimal_comma = self.comma.decimal.is_some() || self.comma.either.is_some();
        match meaning {
            _ if meaning.comma_groups || self.point.decimal.is_some() => Some(DecimalSign::Point),
            _ if meaning.point_groups || decimal_comma => Some(DecimalSign::Comma),
            _ => None,
        }
    }

    /// Which marks separate thousands, with an example each.
    ///
    /// * `whole`: what they separate them in: the table, or the column
    pub(super) fn notes(&self, meaning: MarkMeaning, whole: &str) -> Vec<String> {
        let marks = [
            (meaning.comma_groups, &self.comma, "commas"),
            (meaning.point_groups, &self.point, "points"),
        ];
        let grouping = marks.iter().filter(|(groups, _, _)| *groups);
        let notes = grouping.filter_map(|(_, mark, name)| {
            let first = mark.groups.as_ref().or(mark.either.as_ref())?;
            Some(separates(first, name, whole))
        });
        notes.collect()
    }

    /// Whether commas separate thousands.
    fn comma_groups(
        &self,
        asked: Option<DecimalSign>,
        nearer: impl FnOnce() -> Option<f64>,
    ) -> Result<bool, ReadError> {
        let Some(seen) = &self.comma.either else {
            return Ok(self.comma.groups.is_some());
        };
        if self.comma.decimal.is_some() || self.point.groups.is_some() {
            return Ok(false);
        }
        if self.comma.groups.is_some() || self.point.decimal.is_some() {
            return Ok(true);
        }
        if let Some(asked) = asked {
            return Ok(asked == DecimalSign::Point);
        }
        match nearer() {
            Some(factor) if factor >= CLEARLY && self.point.either.is_none() => Ok(true),
            Some(factor) if factor <= 1.0 / CLEARLY && self.point.either.is_none() => Ok(false),
            _ => Err(ambiguous(seen)),
        }
    }

    /// Whether points separate thousands; where nothing says so they are decimal signs.
    fn point_groups(
        &self,
        asked: Option<DecimalSign>,
        decimal_comma: bool,
        nearer: impl FnOnce() -> Option<f64>,
    ) -> bool {
        if self.point.decimal.is_some() || self.point.either.is_none() {
            return self.point.groups.is_some();
        }
        let separate = self.point.groups.is_some() || decimal_comma;
        let clearly = || nearer().is_some_and(|factor| factor >= CLEARLY);
        separate || asked.map_or_else(clearly, |asked| asked == DecimalSign::Comma)
    }
}

/// Sum of logarithms of sizes, and their number.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct LogSum {
    sum: f64,
    count: usize,
}

impl LogSum {
    pub(super) fn add(&mut self, x: f64) {
        if x.abs() > 0.0 {
            self.sum += x.abs().ln();
            self.count += 1;
        }
    }

    pub(super) fn join(&mut self, other: Self) {
        self.sum += other.sum;
        self.count += other.count;
    }

    fn mean(self) -> Option<f64> {
        (self.count > 0).then(|| self.sum / self.count as f64)
    }

    pub(super) fn is_empty(self) -> bool {
        self.count == 0
    }
}

/// Logarithm of the factor by which numbers with a mark are nearer to plain ones if it separates thousands.
pub(super) fn nearer_by(marked: LogSum, plain: LogSum) -> Option<f64> {
    let gap = marked.mean()? - plain.mean()?;
    Some(gap.abs() - (gap + 1000_f64.ln()).abs())
}

/// By which factor cells are nearer to the plain numbers of their columns if their mark separates
/// thousands; none if no column has both.
fn thousands_are_nearer(marked: &[usize], numbers: &[f64], width: usize) -> Option<f64> {
    // of cells with the mark, and of the others
    let mut sums = vec![[LogSum::default(); 2]; width];
    let mut ahead = marked.iter().copied().peekable();
    for (position, &x) in numbers.iter().enumerate() {
        let plain = usize::from(ahead.next_if_eq(&position).is_none());
        sums[position % width][plain].add(x);
    }
    let gaps: Vec<f64> = sums
        .iter()
        .filter_map(|&[marked, plain]| nearer_by(marked, plain))
        .collect();
    let mean = gaps.iter().sum::<f64>() / gaps.len() as f64;
    (!gaps.is_empty()).then(|| mean.exp())
}

fn separates(seen: &Seen, marks: &str, whole: &str) -> String {
    let number: String = seen
        .cell
        .chars()
        .filter(|c| ![',', '.'].contains(c))
        .collect();
    let example = match MarkedNumber::parse(&seen.cell) {
        Some(marked) if marked.comma == MarkUse::Absent || marked.point == MarkUse::Absent => {
            format!(": `{}` is {number}", shorten(&seen.cell))
        }
        _ => String::new(),
    };
    format!(
        "{}: {marks} separate thousands here and in the rest of the {whole}{example}",
        seen.place
    )
}

fn two_signs(seen: [&Seen; 2], here: Place, cell: &str) -> ReadError {
    let other = if seen[0].place == here {
        seen[1]
    } else {
        seen[0]
    };
    let found = format!(
        "found `{}`, but {} has the other decimal sign",
        shorten(cell),
        other.place
    );
    ReadError::new(Fault::Cell, here, found)
        .cured_by("use `.` for decimals everywhere and no sign between thousands")
}

fn ambiguous(seen: &Seen) -> ReadError {
    let cell = shorten(&seen.cell);
    let (decimal, whole) = (cell.replace(',', "."), cell.replace(',', ""));
    let found = format!(
        "found `{cell}`, which is {decimal} with a decimal comma and {whole} with commas between \
         thousands; no other number says which"
    );
    ReadError::new(Fault::Cell, seen.place.clone(), found)
        .cured_by("say `--decimal comma` or `--decimal point`, or write numbers without commas")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Decides about the cells of one column.
    fn decide(cells: &[&str]) -> Result<SignsDecided, ReadError> {
        let mut seen = SignsSeen::default();
        let mut numbers = Vec::new();
        for cell in cells {
            let number = MarkedNumber::parse(cell).expect("a number");
            let place = || Place::row("t", 2);
            seen.add(number, numbers.len(), cell, place)?;
            numbers.push(number.value);
        }
        seen.decide(&numbers, 1, None)
    }

    #[test]
    fn thousands_are_where_they_leave_a_column_in_one_range() {
        let thousands = |cells: &[&str]| decide(cells).expect("clear").thousands.len();
        assert_eq!(thousands(&["3,005", "995", "1,203", "0"]), 2);
        assert_eq!(thousands(&["3.005", "995", "1.203", "870"]), 2);
        // levels near 5 with three decimals where they are not whole
        assert_eq!(thousands(&["4,656", "5", "3,125", "4"]), 0);
        assert_eq!(thousands(&["4.656", "5", "3.125", "4"]), 0);
        assert_eq!(thousands(&["4.656", "3.125"]), 0);
        assert_eq!(thousands(&["3,005", "2.5"]), 1);
        assert_eq!(thousands(&["3.005", "2,5"]), 1);
        assert_eq!(thousands(&["3,005", "1,234,567"]), 1);
        assert_eq!(thousands(&["3,005", "0,5"]), 0);
    }

    #[test]
    fn a_comma_that_may_be_either_is_refused_with_both_readings() {
        let error = decide(&["3,005", "4,125"]).expect_err("either").to_string();
        assert!(
            error.contains("3.005 with a decimal comma and 3005 with commas"),
            "{error}"
        );
        assert!(error.contains("--decimal comma"), "{error}");
        assert!(decide(&["3,005", "3.125"]).is_err());
        assert!(decide(&["0,5", "2.5"]).is_err());
        assert!(decide(&["1,234,567", "2,5"]).is_err());
    }
}
