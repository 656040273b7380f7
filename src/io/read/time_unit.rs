//! Times with units: `30 min`, `2h`, `Day 2`, `ZT4`, `24hpf`, and columns named `time_min` or `hours`.

use crate::io::text::{Cell, Fault, Place, ReadError, name_some, parse_cell};

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TimeUnit {
    /// Second.
    Second,
    /// Minute.
    Minute,
    /// Hour.
    Hour,
    /// Day.
    Day,
    /// Week.
    Week,
    /// Month, the twelfth part of a year.
    Month,
    /// Year of 365.25 days.
    Year,
}

impl TimeUnit {
    /// Length in seconds.
    pub(super) fn seconds(self) -> f64 {
        const DAY: f64 = 86_400.0;
        match self {
            Self::Second => 1.0,
            Self::Minute => 60.0,
            Self::Hour => 3_600.0,
            Self::Day => DAY,
            Self::Week => 7.0 * DAY,
            Self::Month => 365.25 / 12.0 * DAY,
            Self::Year => 365.25 * DAY,
        }
    }

    /// The unit in the plural.
    #[must_use]
    pub fn plural(self) -> &'static str {
        match self {
            Self::Second => "seconds",
            Self::Minute => "minutes",
            Self::Hour => "hours",
            Self::Day => "days",
            Self::Week => "weeks",
            Self::Month => "months",
            Self::Year => "years",
        }
    }

    /// A word for a unit, in small letters: `h`, `hrs`, `minutes`, `hpf`, `dpi`.
    pub(super) fn of_word(word: &str) -> Option<Self> {
        const WORDS: [(TimeUnit, &[&str]); 7] = [
            (
                TimeUnit::Second,
                &["s", "sec", "secs", "second", "seconds", "sek"],
            ),
            (
                TimeUnit::Minute,
                &["m", "min", "mins", "minute", "minutes", "minuten", "'"],
            ),
            (
                TimeUnit::Hour,
                &[
                    "h", "hr", "hrs", "hour", "hours", "hora", "horas", "heure", "heures", "std",
                    "stunde", "stunden", "zt", "ct",
                ],
            ),
            (
                TimeUnit::Day,
                &[
                    "d", "day", "days", "dy", "dys", "tag", "tage", "jour", "jours", "dia", "dias",
                    "div", "gd",
                ],
            ),
            (
                TimeUnit::Week,
                &["w", "wk", "wks", "week", "weeks", "woche", "wochen"],
            ),
            (
                TimeUnit::Month,
                &["mo", "mos", "mon", "month", "months", "mth", "mths"],
            ),
            (TimeUnit::Year, &["y", "yr", "yrs", "year", "years", "yo"]),
        ];
        let known = WORDS.iter().find(|(_, words)| words.contains(&word));
        known.map(|&(unit, _)| unit).or_else(|| since_event(word))
    }
}

/// Times of samples in one unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Times {
    /// The times; NaN where missing.
    pub values: Vec<f64>,
    /// Their unit, where it is named.
    pub unit: Option<TimeUnit>,
    /// What was converted.
    pub notes: Vec<String>,
}

/// A value in another unit, without digits that come from the division alone.
pub(super) fn converted(value: f64, from: TimeUnit, to: TimeUnit) -> f64 {
    let exact = value * from.seconds() / to.seconds();
    format!("{exact:.11e}").parse().unwrap_or(exact)
}

/// Events behind a unit and `p` (post): fertilization, infection, amputation, treatment, hatching, partum, coitum …
const POST: [&str; 16] = [
    "f", "i", "a", "t", "h", "p", "c", "s", "n", "o", "e", "v", "l", "b", "tx", "mi",
];
/// Events behind a unit and `a` (after): puparium formation, inoculation, germination, anthesis, pollination …
const AFTER: [&str; 10] = ["pf", "i", "g", "a", "p", "s", "t", "f", "h", "l"];
/// Those that people write before the number as well; others are the beginnings of names of genes (`DPP4`, `HAP1`).
const BEFORE_NUMBER: [&str; 6] = ["hpf", "dpf", "hpi", "dpi", "wpi", "hapf"];

/// Abbreviations of a unit, `p` or `a` (post, after) and an event: `hpf`, `dpi`, `hapf`.
fn since_event(word: &str) -> Option<TimeUnit> {
    let mut letters = word.chars();
    let unit = match letters.next()? {
        'm' => TimeUnit::Minute,
        'h' => TimeUnit::Hour,
        'd' => TimeUnit::Day,
        'w' => TimeUnit::Week,
        _ => return None,
    };
    let event = letters.as_str();
    let post = event.strip_prefix('p').filter(|rest| POST.contains(rest));
    let after = event.strip_prefix('a').filter(|rest| AFTER.contains(rest));
    post.or(after).map(|_| unit)
}

/// Courses with more single samples than this name the unit of their times.
const MOST_POINTS: usize = 12;

/// The error about times that are one letter, or `CT`, and all numbers from 1 to their count: `D1`, `D2`, `D3` are days
/// or donors, `CT1`, `CT2` circadian times or controls. `T1`, `T2` and plain numbers are points of time, unless there is
/// a single sample of each and there are more than [`MOST_POINTS`], as of tumours. None for all others.
pub(super) fn counted_letter<S: AsRef<str>>(names: &[S], file: &str) -> Option<ReadError> {
    let mut numbers = Vec::with_capacity(names.len());
    let first = names.first()?.as_ref();
    let start = first.find(|c: char| c.is_ascii_digit())?;
    let letter = &first[..start];
    let bare = letter.trim_end_matches(['_', '-', '.', ' ']);
    let one = bare.len() == 1 && bare.chars().all(char::is_alphabetic);
    let points = bare.is_empty() || bare.eq_ignore_ascii_case("t");
    if !one && !bare.eq_ignore_ascii_case("ct") && !points || points && names.len() <= MOST_POINTS {
        return None;
    }
    for name in names {
        let number: usize = name.as_ref().strip_prefix(letter)?.parse().ok()?;
        numbers.push(number);
    }
    numbers.sort_unstable();
    numbers.dedup();
    let count = numbers.len();
    if count < 2 || !numbers.iter().copied().eq(1..=count) || points && names.len() > count {
        return None;
    }
    let unit = parse_time(first).and_then(|time| time.unit);
    let (units, short) = match unit {
        Some(TimeUnit::Hour) => ("hours", "h"),
        Some(TimeUnit::Week) => ("weeks", "wk"),
        None if points => ("times", "h"),
        _ => ("days", "d"),
    };
    let found = format!(
        "found {}: {units} 1 to {count}, or samples whose names are numbered (donors, patients, tumours, controls)",
        name_some(names.iter().map(S::as_ref))
    );
    Some(
        ReadError::new(Fault::Time, Place::file(file), found)
            .expecting("names that are only one of the two")
            .cured_by(format!(
                "write times with their unit behind the number (`1{short}`), or give the times of the samples with \
                 `--times FILE`; samples without times are read with `--steady`"
            )),
    )
}

/// What stands before the number of a time without saying its unit.
const BEFORE: [&str; 12] = [
    "",
    "t",
    "time",
    "tp",
    "timepoint",
    "time point",
    "t=",
    "tpt",
    "point",
    "stage",
    "~",
    "pt",
];

/// One cell with a time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TimeCell {
    /// The number.
    pub value: f64,
    /// Its unit, where the cell names one.
    pub unit: Option<TimeUnit>,
    /// A mark before the number that fixes another origin: `E` (embryonic) or `P` (postnatal).
    pub(super) origin: Option<char>,
    /// How the number is joined to letters before it.
    pub(super) joint: Joint,
}

/// How the number of a time is joined to the letters before it: whether a hyphen is a minus is seen only beside the
/// other times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joint {
    /// No letters are before it.
    Free,
    /// It touches them, or has a mark that is not a sign: `D3`, `Day 3`, `t=3`.
    Close,
    /// A hyphen: `D-3`.
    Hyphen,
    /// Points, which R writes for a hyphen, too: `D.3`.
    Points(usize),
}

impl Joint {
    /// The joint at the end of what stands before a number.
    fn after(before: &str) -> Self {
        if !before.contains(char::is_alphabetic) {
            return Self::Free;
        }
        let marks = before.trim_start_matches(char::is_alphanumeric).trim();
        match marks {
            "-" => Self::Hyphen,
            _ if !marks.is_empty() && marks.chars().all(|c| c == '.') => Self::Points(marks.len()),
            _ => Self::Close,
        }
    }
}

/// Reads a time: a number, perhaps with a unit or a mark before or behind it.
///
/// `30 min`, `2hr`, `Day 2`, `T1`, `D0`, `P7`, `E10.5`, `ZT4`, `24hpf`, `t=0.5h`, `1h30min`, `-1d`; none
/// for anything else, an empty cell included.
#[must_use]
pub fn parse_time(cell: &str) -> Option<TimeCell> {
    let plain = |value| TimeCell {
        value,
        unit: None,
        origin: None,
        joint: Joint::Free,
    };
    let cell = cell.trim();
    match parse_cell(cell, true) {
        Cell::Number(x) | Cell::Comma(x) => return Some(plain(x)),
        Cell::Missing | Cell::Infinite => return None,
        Cell::Text => {}
    }
    if let Some(hours) = clock_time(cell) {
        return Some(TimeCell {
            unit: Some(TimeUnit::Hour),
            ..plain(hours)
        });
    }
    let text = with_point(cell.to_lowercase().replace('\u{2212}', "-"));
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let start = match text[..start].char_indices().next_back() {
        // a sign belongs to the number where no letter touches it, a point where nothing is before it
        Some((at, '-' | '+')) if !text[..at].ends_with(char::is_alphanumeric) => at,
        Some((at, '.')) if text[..at].trim().is_empty() => at,
        _ => start,
    };
    let (before, rest) = text.split_at(start);
    let (value, after) = leading_number(rest)?;
    let joint = Joint::after(before);
    time_of(before, value, after).map(|time| TimeCell { joint, ..time })
}

/// A time of what stands before its number, the number, and what stands behind it.
fn time_of(before: &str, value: f64, after: &str) -> Option<TimeCell> {
    let plain = |value| TimeCell {
        value,
        unit: None,
        origin: None,
        joint: Joint::Free,
    };
    let before = before.trim_matches(|c: char| c.is_whitespace() || "_-.:=([".contains(c));
    let after = after.trim_matches(|c: char| c.is_whitespace() || "_-.:)]".contains(c));
    let gene = |word: &str| since_event(word).is_some() && !BEFORE_NUMBER.contains(&word);
    let of_before =
        TimeUnit::of_word(before).filter(|_| before != "s" && before != "m" && !gene(before));
    match (before, after) {
        ("e", "") => Some(TimeCell {
            unit: Some(TimeUnit::Day),
            origin: Some('E'),
            ..plain(value)
        }),
        ("p" | "pnd" | "pd", "") => Some(TimeCell {
            unit: Some(TimeUnit::Day),
            origin: Some('P'),
            ..plain(value)
        }),
        (_, "") if of_before.is_some() => Some(TimeCell {
            unit: of_before,
            ..plain(value)
        }),
        (before, "") if BEFORE.contains(&before) => Some(plain(value)),
        (before, after) if BEFORE.contains(&before) => {
            with_unit(value, after).map(|(value, unit)| TimeCell {
                unit: Some(unit),
                ..plain(value)
            })
        }
        (_, after) if of_before.is_some() && TimeUnit::of_word(after) == of_before => {
            Some(TimeCell {
                unit: of_before,
                ..plain(value)
            })
        }
        _ => None,
    }
}

/// Hours of `hh:mm` or `hh:mm:ss`; none for anything else.
pub(super) fn clock_time(cell: &str) -> Option<f64> {
    let mut parts = cell.trim().split(':');
    let digits = |part: &str| part.bytes().all(|c| c.is_ascii_digit());
    let hours = parts
        .next()
        .filter(|part| (1..=3).contains(&part.len()) && digits(part))?;
    let smaller: Vec<f64> = parts
        .map(|part| {
            let number: f64 = part.parse().ok()?;
            (part.len() == 2 && digits(part) && number < 60.0).then_some(number)
        })
        .collect::<Option<_>>()?;
    let hours: f64 = hours.parse().ok()?;
    match smaller.as_slice() {
        [minutes] => Some(hours + minutes / 60.0),
        [minutes, seconds] => Some(hours + (minutes * 60.0 + seconds) / 3600.0),
        _ => None,
    }
}

/// A text with a point for a `p` between two numbers that have a unit: `0p5h`.
fn with_point(text: String) -> String {
    let digits = |text: &str| text.chars().take_while(char::is_ascii_digit).count();
    let point = text.match_indices('p').find(|&(at, _)| {
        let behind = &text[at + 1..];
        let count = digits(behind);
        text[..at].ends_with(|c: char| c.is_ascii_digit())
            && count > 0
            && behind[count..].starts_with(char::is_alphabetic)
    });
    match point.map(|(at, _)| at) {
        Some(at) => format!("{}.{}", &text[..at], &text[at + 1..]),
        None => text,
    }
}

/// The number at the beginning of a text, and what follows it.
fn leading_number(text: &str) -> Option<(f64, &str)> {
    let sign = usize::from(text.starts_with(['-', '+']));
    let mut end = sign;
    let mut point = false;
    for (at, c) in text.char_indices().skip(sign) {
        let next_digit = text[at + c.len_utf8()..].starts_with(|c: char| c.is_ascii_digit());
        match c {
            '0'..='9' => end = at + 1,
            '.' | ',' if !point && next_digit => {
                point = true;
                end = at + 1;
            }
            _ => break,
        }
    }
    let number = text[..end].replace(',', ".");
    let value: f64 = number.parse().ok()?;
    value.is_finite().then_some((value, &text[end..]))
}

/// The value with the unit behind it: `h`, `hours post infection`, `h30min`.
fn with_unit(value: f64, after: &str) -> Option<(f64, TimeUnit)> {
    if let Some(unit) = TimeUnit::of_word(after) {
        return Some((value, unit));
    }
    let letters = after
        .find(|c: char| !c.is_alphabetic())
        .unwrap_or(after.len());
    let (word, rest) = after.split_at(letters);
    let unit = TimeUnit::of_word(word)?;
    let rest = rest.trim();
    if rest.starts_with(|c: char| c.is_ascii_digit()) {
        // a second part in a smaller unit
        let (second, tail) = leading_number(rest)?;
        let smaller = TimeUnit::of_word(tail.trim())?;
        return (smaller < unit)
            .then(|| (value + second * smaller.seconds() / unit.seconds(), unit));
    }
    const EVENTS: [&str; 8] = ["post", "after", "of", "p", "apf", "in", "old", "from"];
    let first = rest
        .split([' ', '_', '.', '-'])
        .find(|word| !word.is_empty())?;
    EVENTS.contains(&first).then_some((value, unit))
}

/// The unit that the name of a column says: `time_min`, `Time (h)`, `hours`, `hpf`.
#[must_use]
pub fn unit_of_name(name: &str) -> Option<TimeUnit> {
    let name = name.to_lowercase();
    let words = name.split(|c: char| !c.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    // the time of day has any unit
    let of_day = words.windows(2).position(|pair| pair == ["of", "day"]);
    let units = words.iter().enumerate().rev();
    let mut units = units.filter(|&(at, _)| of_day.is_none_or(|of| at != of + 1));
    let last = units.find_map(|(_, word)| TimeUnit::of_word(word));
    last.or_else(|| {
        let rest = name.strip_prefix("time")?;
        TimeUnit::of_word(rest)
    })
}
