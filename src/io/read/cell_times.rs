//! Times in the cells of a column or a header, brought to one unit.

use super::calendar_dates::times_of_dates;
use super::time_unit::{
    Joint, TimeCell, TimeUnit, Times, clock_time, converted, parse_time, unit_of_name,
};
use crate::io::text::{
    Cell, ColumnMarks, DecimalSign, Fault, Place, ReadError, name_some, parse_cell, shorten,
};

/// Cells with times.
#[derive(Clone, Copy, Debug)]
pub struct TimeCells<'c, S> {
    /// The cells.
    pub cells: &'c [S],
    /// Name of their column, for its unit; empty if there is none.
    pub name: &'c str,
    /// Name of the file.
    pub file: &'c str,
    /// The decimal sign that the user named, or that the rest of the table shows.
    pub decimal: Option<DecimalSign>,
}

/// Reads the times of cells, with no table around them.
///
/// # Errors   as [`TimeCells::read`].
pub fn read_times_of<S: AsRef<str>>(
    cells: &[S],
    name: &str,
    file: &str,
    place: impl Fn(usize) -> Place,
) -> Result<Times, ReadError> {
    let cells = TimeCells {
        cells,
        name,
        file,
        decimal: None,
    };
    cells.read(place)
}

impl<S: AsRef<str>> TimeCells<'_, S> {
    /// Reads times and brings them to one unit: the one of the name of the column, else the one that most cells
    /// name (of equally many, the smaller one).
    ///
    /// * `place`: where a cell is
    ///
    /// A hyphen between letters and number is a minus where other times have none (`D-3` besides `D2`), and a dash
    /// where all have it. The letter `m` is months besides years or months.
    ///
    /// Dates with the year first are times since the earliest.
    ///
    /// # Errors   [`ReadError`] for a cell that is not a time, a number without a unit besides 0 among times of
    ///   several units, days from two origins (`E10.5` and `P7`), a comma with two readings, a hyphen that may be a
    ///   minus or a dash, `m` that may be minutes or months, times of the day that pass midnight.
    pub fn read(&self, place: impl Fn(usize) -> Place) -> Result<Times, ReadError> {
        let named = unit_of_name(self.name);
        if let Some(times) = times_of_dates(self.cells, named, self.file, &place)? {
            return Ok(times);
        }
        let mut marks = ColumnMarks::default();
        for (row, cell) in self.cells.iter().enumerate() {
            marks.add_text(cell.as_ref(), || place(row));
        }
        let marks = marks.decide(self.decimal)?;
        let mut times = times_of(self, |cell| parse_time(&marks.plain(cell)), place)?;
        times.notes.extend(marks.notes);
        Ok(times)
    }
}

fn times_of<S: AsRef<str>>(
    times: &TimeCells<'_, S>,
    parse: impl Fn(&str) -> Option<TimeCell>,
    place: impl Fn(usize) -> Place,
) -> Result<Times, ReadError> {
    let &TimeCells {
        cells, name, file, ..
    } = times;
    let mut read = Vec::with_capacity(cells.len());
    for (row, cell) in cells.iter().enumerate() {
        let cell = cell.as_ref();
        let time = parse(cell);
        if time.is_none() && parse_cell(cell, true) != Cell::Missing {
            return Err(no_time_cell(place(row), cell));
        }
        read.push(time);
    }
    refuse_two_origins(&read, cells, &place)?;
    refuse_midnight(cells, &place)?;
    sign_hyphens(&mut read, cells, &place)?;
    let named = unit_of_name(name);
    read_letter_m(&mut read, cells, named, &place)?;
    let mut counts: Vec<(TimeUnit, usize)> = Vec::new();
    for unit in read.iter().flatten().filter_map(|time| time.unit) {
        match counts.iter_mut().find(|(known, _)| *known == unit) {
            Some((_, count)) => *count += 1,
            None => counts.push((unit, 1)),
        }
    }
    counts.sort_by_key(|&(unit, count)| (std::cmp::Reverse(count), unit));
    let unit = named.or_else(|| counts.first().map(|&(unit, _)| unit));
    let several = counts.len() + usize::from(named.is_some()) > 1
        && counts.iter().any(|&(other, _)| Some(other) != unit);
    for (row, time) in read.iter().enumerate() {
        let Some(time) = time else { continue };
        let bare = time.unit.is_none() && time.value != 0.0;
        if bare && !counts.is_empty() && named.is_none() {
            return Err(without_unit(place(row), cells[row].as_ref(), &counts));
        }
    }
    let values = read.iter().map(|time| match (time, unit) {
        (None, _) => f64::NAN,
        (Some(time), Some(to)) => {
            let from = time.unit.unwrap_or(to);
            // the same unit changes no bit
            if from == to {
                time.value
            } else {
                converted(time.value, from, to)
            }
        }
        (Some(time), None) => time.value,
    });
    Ok(Times {
        values: values.collect(),
        unit,
        notes: notes(&read, cells, unit, several, file),
    })
}

fn notes<S: AsRef<str>>(
    read: &[Option<TimeCell>],
    cells: &[S],
    unit: Option<TimeUnit>,
    several: bool,
    file: &str,
) -> Vec<String> {
    let mut written: Vec<&str> = Vec::new();
    for (cell, time) in cells.iter().zip(read) {
        let cell = cell.as_ref();
        let marked = time.is_some() && matches!(parse_cell(cell, true), Cell::Text);
        if marked && !written.contains(&cell) && written.len() < 6 {
            written.push(cell);
        }
    }
    let mut notes = Vec::new();
    match unit {
        Some(unit) if several => notes.push(format!(
            "{file}: times in several units ({}) are converted to {}",
            name_some(&written),
            unit.plural()
        )),
        Some(unit) if !written.is_empty() => notes.push(format!(
            "{file}: times such as {} are read as {}",
            name_some(written.iter().take(3)),
            unit.plural()
        )),
        Some(unit) => notes.push(format!("{file}: times are in {}", unit.plural())),
        None if !written.is_empty() => notes.push(format!(
            "{file}: times such as {} are read as numbers; their unit is not named",
            name_some(written.iter().take(3))
        )),
        None => {}
    }
    notes
}

fn no_time_cell(place: Place, cell: &str) -> ReadError {
    ReadError::new(Fault::Time, place, format!("found `{}`", shorten(cell)))
        .expecting("a time: a number, perhaps with a unit (`30 min`, `2h`, `Day 2`)")
        .cured_by("write the time as a number")
}

fn without_unit(place: Place, cell: &str, counts: &[(TimeUnit, usize)]) -> ReadError {
    let units: Vec<&str> = counts.iter().map(|(unit, _)| unit.plural()).collect();
    let found = format!("found `{}` without a unit", shorten(cell));
    ReadError::new(Fault::Time, place, found)
        .expecting(format!(
            "a unit, as other times are in {}",
            units.join(" and ")
        ))
        .cured_by("add the unit to the cell, or name it in the header as in `time_h`")
}

/// Makes times negative whose hyphen is a minus.
fn sign_hyphens<S: AsRef<str>>(
    read: &mut [Option<TimeCell>],
    cells: &[S],
    place: &impl Fn(usize) -> Place,
) -> Result<(), ReadError> {
    let lettered = || {
        let times = read.iter().enumerate();
        let times = times.filter_map(|(row, time)| Some((row, (*time)?)));
        times.filter(|(_, time)| time.joint != Joint::Free)
    };
    let points = |&(_, time): &(usize, TimeCell)| matches!(time.joint, Joint::Points(_));
    let uncertain = |row: usize, other: usize| {
        Err(dash_or_minus(
            place(row),
            [cells[row].as_ref(), cells[other].as_ref()],
        ))
    };
    if let Some((row, time)) = lettered().find(points)
        && let Some((other, _)) = lettered().find(|(_, other)| other.joint != time.joint)
    {
        return uncertain(row, other);
    }
    let hyphen = |time: &TimeCell| time.joint == Joint::Hyphen;
    let Some((row, _)) = lettered().find(|(_, time)| hyphen(time) && time.value != 0.0) else {
        return Ok(());
    };
    let others = || {
        read.iter()
            .enumerate()
            .filter_map(|(row, time)| Some((row, (*time)?)))
    };
    let mut others = others().filter(|(_, time)| !hyphen(time));
    let Some((other, _)) = others.next() else {
        return Ok(());
    };
    if read
        .iter()
        .flatten()
        .all(|time| hyphen(time) || time.value == 0.0)
    {
        return uncertain(row, other);
    }
    for time in read.iter_mut().flatten().filter(|time| hyphen(time)) {
        time.value = -time.value;
    }
    Ok(())
}

fn dash_or_minus(place: Place, [cell, other]: [&str; 2]) -> ReadError {
    let found = format!("found `{}` besides `{}`", shorten(cell), shorten(other));
    ReadError::new(Fault::Time, place, found)
        .expecting("a mark that is a dash in all times, or a minus before a number")
        .cured_by(
            "write the times as numbers with a minus, as in `-3`, or name them in a table given with `--times FILE`",
        )
}

/// Gives the letter `m` its unit: months where years or months are beside it.
fn read_letter_m<S: AsRef<str>>(
    read: &mut [Option<TimeCell>],
    cells: &[S],
    named: Option<TimeUnit>,
    place: &impl Fn(usize) -> Place,
) -> Result<(), ReadError> {
    let letter = |row: usize| {
        let cell = cells[row].as_ref().trim().to_lowercase();
        let number = cell.strip_suffix('m').map(str::trim_end);
        number.is_some_and(|number| number.ends_with(|c: char| c.is_ascii_digit()))
    };
    let rows: Vec<usize> = (0..cells.len()).filter(|&row| letter(row)).collect();
    let Some(&first) = rows.first() else {
        return Ok(());
    };
    let others = read.iter().enumerate().filter(|&(row, _)| !letter(row));
    let others: Vec<TimeUnit> = others
        .filter_map(|(_, time)| (*time)?.unit)
        .chain(named)
        .collect();
    let with = |list: &[TimeUnit]| others.iter().any(|unit| list.contains(unit));
    if with(&[TimeUnit::Year, TimeUnit::Month]) {
        for &row in &rows {
            if let Some(time) = &mut read[row] {
                time.unit = Some(TimeUnit::Month);
            }
        }
        return Ok(());
    }
    if with(&[TimeUnit::Week, TimeUnit::Day])
        && !with(&[TimeUnit::Second, TimeUnit::Minute, TimeUnit::Hour])
    {
        let found = format!("found `{}` besides days", shorten(cells[first].as_ref()));
        return Err(ReadError::new(Fault::Time, place(first), found)
            .expecting("minutes (`min`) or months (`mo`)")
            .cured_by("write the unit as `min` or `mo`"));
    }
    Ok(())
}

/// Times of the day that do not begin with the earliest: the clock may have passed midnight.
fn refuse_midnight<S: AsRef<str>>(
    cells: &[S],
    place: &impl Fn(usize) -> Place,
) -> Result<(), ReadError> {
    let clocks = || {
        let cells = cells.iter().enumerate();
        cells.filter_map(|(row, cell)| Some((row, clock_time(cell.as_ref())?)))
    };
    let Some((_, first)) = clocks().next() else {
        return Ok(());
    };
    let Some((row, _)) = clocks().find(|&(_, hours)| hours < first) else {
        return Ok(());
    };
    let found = format!(
        "found `{}` after a later time",
        shorten(cells[row].as_ref())
    );
    Err(ReadError::new(Fault::Time, place(row), found)
        .expecting("hours and minutes since the start, the earliest first")
        .cured_by("write hours since the start, as in `26:00` or `26`"))
}

/// Days after conception and days after birth have no common origin.
fn refuse_two_origins<S: AsRef<str>>(
    read: &[Option<TimeCell>],
    cells: &[S],
    place: &impl Fn(usize) -> Place,
) -> Result<(), ReadError> {
    let origins = || {
        let times = read.iter().enumerate();
        times.filter_map(|(row, time)| Some((row, (*time)?.origin?)))
    };
    let Some((first, origin)) = origins().next() else {
        return Ok(());
    };
    let Some((row, _)) = origins().find(|&(_, other)| other != origin) else {
        return Ok(());
    };
    let (one, other) = (cells[first].as_ref(), cells[row].as_ref());
    let found = format!("found `{}` besides `{}`", shorten(other), shorten(one));
    Err(ReadError::new(Fault::Time, place(row), found)
        .expecting("days from one origin: `E` counts from conception, `P` from birth")
        .cured_by("write all times as numbers from one origin"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(name: &str, cells: &[&str]) -> Result<Times, String> {
        read_times_of(cells, name, "d", |row| Place::row("d", row + 2))
            .map_err(|error| error.to_string())
    }

    #[test]
    fn mixed_units_are_converted_and_said() {
        let mixed = times("time", &["0", "30 min", "1h", "2h", "1d"]).expect("times");
        assert_eq!(mixed.values, [0.0, 0.5, 1.0, 2.0, 24.0]);
        assert_eq!(mixed.unit, Some(TimeUnit::Hour));
        assert!(
            mixed.notes[0].contains("converted to hours"),
            "{:?}",
            mixed.notes
        );
        let named = times("time_min", &["0", "30", "1h"]).expect("times");
        assert_eq!(named.values, [0.0, 30.0, 60.0]);
        let plain = times("time", &["0", "0.1", ""]).expect("times");
        assert!(plain.values[2].is_nan() && plain.notes.is_empty());
    }

    #[test]
    fn commas_and_points_between_thousands_are_told_from_decimals() {
        let minutes = ["0", "60", "720", "1,440", "2,880"];
        let expected = [0.0, 60.0, 720.0, 1440.0, 2880.0];
        assert_eq!(times("time", &minutes).expect("times").values, expected);
        let with_unit = minutes.map(|cell| format!("{cell} min"));
        let with_unit: Vec<&str> = with_unit.iter().map(String::as_str).collect();
        let read = times("time", &with_unit).expect("times");
        assert_eq!(
            (read.values, read.unit),
            (expected.to_vec(), Some(TimeUnit::Minute))
        );
        assert_eq!(
            read.notes[1],
            "d, row 5: commas separate thousands here and in the rest of the column: `1,440` is 1440"
        );
        let error = times("time", &["1,000", "2,000"]).expect_err("either");
        assert!(error.contains("--decimal comma"), "{error}");
    }

    #[test]
    fn a_hyphen_is_a_minus_where_other_times_have_none() {
        let read = |cells: &[&str]| times("time", cells).map(|times| times.values);
        assert_eq!(read(&["D-3", "D2", "D4"]), Ok(vec![-3.0, 2.0, 4.0]));
        assert_eq!(read(&["T-3h", "T0h", "T2h"]), Ok(vec![-3.0, 0.0, 2.0]));
        assert_eq!(read(&["D-4", "D0", "D4"]), Ok(vec![-4.0, 0.0, 4.0]));
        assert_eq!(read(&["day-0", "day-2"]), Ok(vec![0.0, 2.0]));
        assert_eq!(read(&["day-2", "day-7"]), Ok(vec![2.0, 7.0]));
        assert_eq!(read(&["Day -3", "Day 2"]), Ok(vec![-3.0, 2.0]));
        assert_eq!(read(&["day.0", "day.2"]), Ok(vec![0.0, 2.0]));
        for cells in [
            &["D-2", "D-1", "D0"][..],
            &["D.3", "D2"],
            &["Day..3", "Day.2"],
        ] {
            let error = read(cells).expect_err("a dash or a minus");
            assert!(
                error.contains("besides") && error.contains("--times FILE"),
                "{error}"
            );
        }
    }

    #[test]
    fn the_letter_m_is_minutes_or_months_as_the_other_units_say() {
        let read = |cells: &[&str]| times("time", cells).map(|times| (times.values, times.unit));
        let year = (vec![0.0, 6.0, 12.0], Some(TimeUnit::Month));
        assert_eq!(read(&["0m", "6m", "1y"]), Ok(year));
        let hours = (vec![0.0, 30.0, 60.0], Some(TimeUnit::Minute));
        assert_eq!(read(&["0m", "30m", "1h"]), Ok(hours));
        let error = read(&["7d", "14d", "1m"]).expect_err("minutes or months");
        assert!(error.contains("found `1m` besides days"), "{error}");
    }

    #[test]
    fn times_of_the_day_may_not_pass_midnight() {
        let read = times("time", &["00:00", "00:30", "26:00"]).expect("hours");
        assert_eq!(read.values, [0.0, 0.5, 26.0]);
        let error = times("time", &["22:00", "23:00", "00:00"]).expect_err("midnight");
        assert!(
            error.contains("row 4: found `00:00` after a later time"),
            "{error}"
        );
    }

    #[test]
    fn a_time_that_is_not_clear_is_refused() {
        let bare = times("time", &["0h", "30 min", "45"]).expect_err("no unit");
        assert!(
            bare.starts_with("d, row 4: found `45` without a unit"),
            "{bare}"
        );
        let words = times("time", &["0h", "late"]).expect_err("no time");
        assert!(
            words.starts_with("d, row 3: found `late`, expected a time"),
            "{words}"
        );
        let origins = times("age", &["E18.5", "P0"]).expect_err("two origins");
        assert!(origins.contains("found `P0` besides `E18.5`"), "{origins}");
    }
}
