//! Dates and times of day in a column of times, as time since the earliest of them.
//!
//! ISO 8601 says the year first: `2024-03-01`, `2024-03-01 12:00`, `2024-03-01T12:00:00Z`. Other dates have two readings
//! (`01/02/2024`) or need the names of months, and are refused.

use super::time_unit::{TimeUnit, Times, clock_time, converted};
use crate::io::text::{Cell, Fault, Place, ReadError, parse_cell, shorten};

/// A date, perhaps with the time of day.
#[derive(Clone, Copy, Debug, PartialEq)]
struct CalendarDate {
    /// Seconds since 1970, in the time of the zone if one is named.
    seconds: f64,
    /// Whether the time of day is given, and whether a time zone is.
    clock: bool,
    zone: bool,
}

const DAY: f64 = 86_400.0;

impl CalendarDate {
    /// Reads `2024-03-01`, `2024/3/1`, and these with a time of day and a time zone.
    fn parse(cell: &str) -> Option<Self> {
        let cell = cell.trim();
        let end = cell.find(['T', 't', ' ']).unwrap_or(cell.len());
        let (date, rest) = cell.split_at(end);
        let mark = date.chars().find(|c| "-/".contains(*c))?;
        let parts: Vec<&str> = date.split(mark).collect();
        let [year, month, day] = parts[..] else {
            return None;
        };
        let two = |part: &str| (1..=2).contains(&part.len());
        if year.len() != 4 || !two(month) || !two(day) {
            return None;
        }
        let days = days_since_1970(number(year)?, number(month)?, number(day)?)?;
        let clock = rest.trim_start_matches(['T', 't', ' ']).trim();
        if clock.is_empty() {
            return Some(Self {
                seconds: days * DAY,
                clock: false,
                zone: false,
            });
        }
        let (clock, zone) = without_zone(clock)?;
        let (clock, part) = clock.split_once('.').unwrap_or((clock, "0"));
        let part: f64 = format!("0.{part}").parse().ok()?;
        let hours = clock_time(clock).filter(|hours| *hours < 24.0)?;
        Some(Self {
            seconds: days * DAY + hours * 3_600.0 + part - zone.unwrap_or(0.0),
            clock: true,
            zone: zone.is_some(),
        })
    }
}

/// A time of day without the time zone behind it, and the seconds by which that is before UTC.
fn without_zone(clock: &str) -> Option<(&str, Option<f64>)> {
    let utc = ["Z", "z", " UTC", " GMT"];
    if let Some(clock) = utc.iter().find_map(|zone| clock.strip_suffix(zone)) {
        return Some((clock, Some(0.0)));
    }
    let Some(at) = clock.rfind(['+', '-']) else {
        return Some((clock, None));
    };
    let sign = if clock[at..].starts_with('-') {
        -1.0
    } else {
        1.0
    };
    let zone = clock[at + 1..].replace(':', "");
    let minutes = match zone.len() {
        2 => 60.0 * number(&zone)?,
        4 => 60.0 * number(&zone[..2])? + number(&zone[2..])?,
        _ => return None,
    };
    Some((clock[..at].trim(), Some(sign * 60.0 * minutes)))
}

fn number(digits: &str) -> Option<f64> {
    let all = digits.bytes().all(|c| c.is_ascii_digit());
    digits.parse().ok().filter(|_| all)
}

/// Days from 1970-01-01 in the Gregorian calendar; none for a date that is not in it.
fn days_since_1970(year: f64, month: f64, day: f64) -> Option<f64> {
    let (year, month, day) = (year as i64, month as i64, day as i64);
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let february = if leap { 29 } else { 28 };
    let lengths = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let length = *lengths.get(usize::try_from(month - 1).ok()?)?;
    if !(1..=length).contains(&day) {
        return None;
    }
    let before = year - 1;
    let years = 365 * (year - 1970) + before / 4 - before / 100 + before / 400 - 477;
    let index = usize::try_from(month - 1).ok()?;
    let months: i64 = lengths[..index].iter().sum();
    Some((years + months + day - 1) as f64)
}

/// Whether a cell is a date with the year first.
pub(super) fn is_date(cell: &str) -> bool {
    CalendarDate::parse(cell).is_some()
}

/// Whether all cells that hold anything are dates with the year first, and there are some.
pub(super) fn are_dates<S: AsRef<str>>(cells: &[S]) -> bool {
    let mut present = cells
        .iter()
        .map(AsRef::as_ref)
        .filter(|cell| !is_missing(cell))
        .peekable();
    present.peek().is_some() && present.all(is_date)
}

/// Whether a column of this name may hold dates of sampling.
pub(super) fn is_date_name(name: &str) -> bool {
    let names = [
        "date",
        "dates",
        "datetime",
        "timestamp",
        "sample_date",
        "sampling_date",
        "date_of_sampling",
        "collection_date",
        "harvest_date",
    ];
    names.contains(&super::columns::plain(name).as_str())
}

fn is_missing(cell: &str) -> bool {
    parse_cell(cell, true) == Cell::Missing
}

/// Whether a cell is a date in another order: `01/02/2024`, `1.2.24`, `1-Mar-2024`, `20240301`.
fn is_other_date(cell: &str) -> bool {
    let word = cell.split([' ', 'T']).next().unwrap_or(cell);
    let parts: Vec<&str> = word.split(['/', '-', '.']).collect();
    let digits = |part: &str, most: usize| {
        (1..=most).contains(&part.len()) && part.bytes().all(|c| c.is_ascii_digit())
    };
    match parts[..] {
        [day, month, year] => {
            let named = (3..=9).contains(&month.len()) && month.chars().all(char::is_alphabetic);
            digits(day, 2)
                && (digits(month, 2) || named)
                && digits(year, 4)
                && [2, 4].contains(&year.len())
        }
        _ => false,
    }
}

/// Whether a number is a date without marks: `20240301`.
fn is_bare_date(cell: &str) -> bool {
    let cell = cell.trim();
    let part = |range: std::ops::Range<usize>| cell.get(range).and_then(number);
    let (Some(year), Some(month), Some(day), 8) = (part(0..4), part(4..6), part(6..8), cell.len())
    else {
        return false;
    };
    (1900.0..2100.0).contains(&year) && days_since_1970(year, month, day).is_some()
}

/// The times of cells that are dates, since the earliest; none if no cell is one.
///
/// * `named`: the unit that the column names, else days, or hours where the time of day is given
/// * `place`: where a cell is
///
/// # Errors   [`Fault::Time`] for dates beside other times, with and without time of day or zone, and dates in an order
///   that has two readings.
pub(super) fn times_of_dates<S: AsRef<str>>(
    cells: &[S],
    named: Option<TimeUnit>,
    file: &str,
    place: impl Fn(usize) -> Place,
) -> Result<Option<Times>, ReadError> {
    refuse_other_dates(cells, &place)?;
    let dates: Vec<Option<CalendarDate>> = cells
        .iter()
        .map(|cell| CalendarDate::parse(cell.as_ref()))
        .collect();
    let Some((first_row, first)) = dates
        .iter()
        .enumerate()
        .find_map(|(row, date)| Some((row, (*date)?)))
    else {
        return Ok(None);
    };
    let first_cell = cells[first_row].as_ref();
    for (row, date) in dates.iter().enumerate() {
        let cell = cells[row].as_ref();
        let cure = match date {
            None if is_missing(cell) => continue,
            None => "write all times as dates, or all as numbers",
            Some(date) if date.clock != first.clock => {
                "write the time of day in all cells, or in none"
            }
            Some(date) if date.zone != first.zone => "write the time zone in all cells, or in none",
            Some(_) => continue,
        };
        let found = format!(
            "found `{}` besides `{}`",
            shorten(cell),
            shorten(first_cell)
        );
        return Err(ReadError::new(Fault::Time, place(row), found)
            .expecting("dates that are written alike")
            .cured_by(cure));
    }
    let fallback = if first.clock {
        TimeUnit::Hour
    } else {
        TimeUnit::Day
    };
    let unit = named.unwrap_or(fallback);
    let known = || dates.iter().flatten();
    let start = known()
        .map(|date| date.seconds)
        .fold(f64::INFINITY, f64::min);
    let earliest = dates
        .iter()
        .position(|date| date.is_some_and(|date| date.seconds == start));
    let earliest = earliest.map_or("", |row| cells[row].as_ref());
    let values = dates.iter().map(|date| {
        date.map_or(f64::NAN, |date| {
            converted(date.seconds - start, TimeUnit::Second, unit)
        })
    });
    Ok(Some(Times {
        values: values.collect(),
        unit: Some(unit),
        notes: vec![format!(
            "{file}: dates are read as {} since the earliest, `{}`",
            unit.plural(),
            shorten(earliest)
        )],
    }))
}

fn refuse_other_dates<S: AsRef<str>>(
    cells: &[S],
    place: &impl Fn(usize) -> Place,
) -> Result<(), ReadError> {
    let row = cells.iter().position(|cell| is_other_date(cell.as_ref()));
    let mut present = cells
        .iter()
        .map(AsRef::as_ref)
        .filter(|cell| !is_missing(cell))
        .peekable();
    let bare = (present.peek().is_some() && present.all(is_bare_date))
        .then(|| cells.iter().position(|cell| is_bare_date(cell.as_ref())));
    let (row, what) = match (row, bare.flatten()) {
        (Some(row), _) => (row, "a date whose day and month may be in either order"),
        (None, Some(row)) => (row, "a number that may be a date"),
        (None, None) => return Ok(()),
    };
    let found = format!("found `{}`, {what}", shorten(cells[row].as_ref()));
    Err(ReadError::new(Fault::Time, place(row), found)
        .expecting("a date with the year first (`2024-03-01`, `2024-03-01 12:00`), or a number")
        .cured_by("write the dates so, or write times since the start as numbers"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(cells: &[&str]) -> Result<Option<Times>, String> {
        times_of_dates(cells, None, "d", |row| Place::row("d", row + 2))
            .map_err(|error| error.to_string())
    }

    #[test]
    fn days_are_counted_as_the_calendar_has_them() {
        for (date, days) in [
            ("1970-01-01", 0.0),
            ("1969-12-31", -1.0),
            ("2000-03-01", 11_017.0),
            ("2024-02-29", 19_782.0),
            ("2100/12/31", 47_846.0),
        ] {
            let date = CalendarDate::parse(date).expect(date);
            assert_eq!(date.seconds / DAY, days);
        }
        for date in [
            "2023-02-29",
            "2024-13-01",
            "2024-00-01",
            "2024-1",
            "01-02-2024",
            "2024-03-01 25:00",
        ] {
            assert_eq!(CalendarDate::parse(date), None, "{date}");
        }
    }

    #[test]
    fn dates_are_days_or_hours_since_the_earliest() {
        let days = read(&["2024-02-28", "2024-03-01", "", "2024-02-27"])
            .expect("dates")
            .expect("some");
        assert_eq!(days.values[..2], [1.0, 3.0]);
        assert!(days.values[2].is_nan() && days.values[3] == 0.0);
        assert_eq!(days.unit, Some(TimeUnit::Day));
        assert_eq!(
            days.notes,
            ["d: dates are read as days since the earliest, `2024-02-27`"]
        );
        let hours = read(&["2024-03-01 22:30", "2024-03-02T00:00:00"])
            .expect("dates")
            .expect("some");
        assert_eq!(
            (hours.values, hours.unit),
            (vec![0.0, 1.5], Some(TimeUnit::Hour))
        );
        let zones = read(&["2024-03-01T12:00Z", "2024-03-01T14:00+01:00"])
            .expect("dates")
            .expect("some");
        assert_eq!(zones.values, [0.0, 1.0]);
        assert_eq!(read(&["0", "1", "2"]), Ok(None));
    }

    #[test]
    fn dates_with_two_readings_and_mixed_ones_are_refused() {
        for (cells, says) in [
            (
                ["01/02/2024", "02/02/2024"],
                "d, row 2: found `01/02/2024`, a date whose day and month may be in either order",
            ),
            (["1.3.24", "2.3.24"], "found `1.3.24`, a date"),
            (["1-Mar-2024", "2-Mar-2024"], "found `1-Mar-2024`"),
            (
                ["20240301", "20240401"],
                "found `20240301`, a number that may be a date",
            ),
            (
                ["2024-03-01", "5"],
                "d, row 3: found `5` besides `2024-03-01`",
            ),
            (
                ["2024-03-01", "2024-03-02 12:00"],
                "write the time of day in all cells",
            ),
            (
                ["2024-03-01T12:00Z", "2024-03-02T12:00"],
                "write the time zone in all cells",
            ),
        ] {
            let error = read(&cells).expect_err(says);
            assert!(error.contains(says), "{error}");
        }
    }
}
