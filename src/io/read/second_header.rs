//! Tables with two header rows: labels over times, or names over units.

use super::columns::{Role, is_time_word, names_genes, role};
use super::sample_times::{SampleTimes, read_times_with};
use super::series_options::SeriesOptions;
use super::time_unit::{TimeUnit, parse_time, unit_of_name};
use crate::io::text::{Cell, Fault, Place, ReadError, Reading, Rows, name_some, parse_cell};

/// What a second header row says.
pub(super) enum SecondHeader {
    /// Nothing: there is none.
    Absent,
    /// The times of the samples, by their new names.
    Times(Box<Reading<SampleTimes>>),
    /// The units of the columns.
    Units(String),
}

/// Reads a second header row where it is clearly one, and passes it over.
///
/// * Times below labels that repeat, or in a row that is called a time, with genes in rows: the columns are called by both.
/// * Units below names, where the column of times has one: it is part of its name then.
///
/// # Errors   [`Fault::Shape`] for text below names and over numbers that is neither.
pub(super) fn read_second_header(
    rows: &mut Rows<'_>,
    options: &SeriesOptions,
) -> Result<SecondHeader, ReadError> {
    let Some((line, second)) = rows.second_row() else {
        return Ok(SecondHeader::Absent);
    };
    let header = rows.header().to_vec();
    let over_numbers: Vec<usize> = (0..header.len())
        .filter(|&at| rows.holds_numbers_after(at, 1))
        .collect();
    if over_numbers.len() < 2 {
        return Ok(SecondHeader::Absent);
    }
    if let Some(labels) = labels_over_times(&header, &second, &over_numbers) {
        return times_below(rows, labels, &second, options);
    }
    let text = |at: &usize| {
        parse_cell(&second[*at], true) == Cell::Text && parse_time(&second[*at]).is_none()
    };
    let texts: Vec<usize> = over_numbers.iter().copied().filter(text).collect();
    let numbers = second.iter().any(|cell| parse_time(cell).is_some());
    if texts.is_empty() || numbers {
        return Ok(SecondHeader::Absent);
    }
    if let Some((time, unit)) = units_below(&header, &second, &texts) {
        let mut names = header.clone();
        if unit_of_name(&names[time]).is_none() {
            names[time] = format!("{} ({})", names[time], unit.plural());
        }
        let note = format!(
            "{}: row {line} holds units ({}), and is not a sample",
            rows.file(),
            name_some(texts.iter().map(|&at| &second[at]))
        );
        rows.join_second_row(names);
        return Ok(SecondHeader::Units(note));
    }
    if texts.len() < 2 || 2 * texts.len() < over_numbers.len() {
        return Ok(SecondHeader::Absent);
    }
    Err(two_headers(rows, line, &header, &second, &texts))
}

/// The label of every column but the first, where the second row holds the times of all; an empty label is the one
/// before it.
fn labels_over_times(
    header: &[String],
    second: &[String],
    over_numbers: &[usize],
) -> Option<Vec<String>> {
    let first = second[0].as_str();
    // a gene may be called `h` or `T`
    let timed = role(first) == Role::Time || is_time_word(first);
    let names = first.is_empty()
        || first == header[0]
        || first.eq_ignore_ascii_case("gene")
        || names_genes(first);
    if !(timed || names) || over_numbers.iter().copied().ne(1..header.len()) {
        return None;
    }
    let mut labels: Vec<String> = Vec::with_capacity(header.len() - 1);
    for label in &header[1..] {
        match labels.last() {
            Some(before) if label.is_empty() => labels.push(before.clone()),
            _ => labels.push(label.clone()),
        }
    }
    let words = labels
        .iter()
        .all(|label| !label.is_empty() && parse_time(label).is_none());
    let times = second[1..].iter().all(|cell| parse_time(cell).is_some());
    let mut distinct: Vec<&String> = labels.iter().collect();
    distinct.sort();
    distinct.dedup();
    let repeat = distinct.len() < labels.len();
    (words && times && (timed || repeat)).then_some(labels)
}

/// Calls every column by its label and time, and reads the times.
fn times_below(
    rows: &mut Rows<'_>,
    labels: Vec<String>,
    second: &[String],
    options: &SeriesOptions,
) -> Result<SecondHeader, ReadError> {
    let mut names: Vec<String> = Vec::with_capacity(second.len());
    for (label, time) in labels.iter().zip(&second[1..]) {
        let name = format!("{label} {time}");
        let copies = names
            .iter()
            .filter(|other| **other == name || other.starts_with(&format!("{name} #")));
        let copies = copies.count();
        names.push(if copies == 0 {
            name
        } else {
            format!("{name} #{}", copies + 1)
        });
    }
    let numbered = names.iter().any(|name| name.contains(" #"));
    let once = labels
        .iter()
        .enumerate()
        .all(|(at, label)| !labels[..at].contains(label));
    // one sample of each label at a time: a series; several are replicates of a condition
    let group = match (once, numbered) {
        (true, _) => None,
        (false, true) => Some("condition"),
        (false, false) => Some("series"),
    };
    let time = match role(&second[0]) {
        Role::Time => &second[0],
        _ => "time",
    };
    let mut table = format!("sample\t{time}");
    table += &group.map_or_else(String::new, |group| format!("\t{group}"));
    for ((name, time), label) in names.iter().zip(&second[1..]).zip(&labels) {
        table += &format!("\n{name}\t{time}");
        table += &group.map_or_else(String::new, |_| format!("\t{label}"));
    }
    table.push('\n');
    let text = SeriesOptions {
        text: options.text,
        ..SeriesOptions::default()
    };
    let file = rows.file().to_owned();
    let mut reading = read_times_with(table.as_bytes(), &file, &text)?;
    reading.notes.retain(|note| !note.contains(" rows and "));
    let what = group.map_or("names of samples".to_owned(), |group| {
        format!("labels of a {group}")
    });
    reading.notes.insert(
        0,
        format!(
            "{file}: two header rows: {what} ({}) over times ({})",
            name_some(distinct(&labels)),
            name_some(distinct(&second[1..]))
        ),
    );
    let gene = rows.header()[0].clone();
    let gene = if gene.is_empty() {
        "gene".to_owned()
    } else {
        gene
    };
    rows.join_second_row(std::iter::once(gene).chain(names).collect());
    Ok(SecondHeader::Times(Box::new(reading)))
}

fn distinct(names: &[String]) -> Vec<&String> {
    let mut seen: Vec<&String> = Vec::new();
    for name in names {
        if !seen.contains(&name) {
            seen.push(name);
        }
    }
    seen
}

/// The column of times and its unit, where all text of the second row is units.
fn units_below(header: &[String], second: &[String], texts: &[usize]) -> Option<(usize, TimeUnit)> {
    let bare = |cell: &str| {
        cell.trim_matches(|c| "()[]".contains(c))
            .trim()
            .to_lowercase()
    };
    let time = texts
        .iter()
        .copied()
        .find(|at| matches!(role(&header[*at]), Role::Time | Role::PerhapsTime))?;
    let unit = TimeUnit::of_word(&bare(&second[time]))?;
    let mut others = texts
        .iter()
        .filter(|&&at| at != time)
        .map(|&at| bare(&second[at]));
    let first = others.next();
    (others.all(|other| Some(&other) == first.as_ref())).then_some((time, unit))
}

fn two_headers(
    rows: &Rows<'_>,
    line: usize,
    header: &[String],
    second: &[String],
    texts: &[usize],
) -> ReadError {
    let first_line = rows.header_line();
    let found = format!(
        "found two header rows: row {first_line} ({}) and row {line} ({}), over numbers",
        name_some(header),
        name_some(texts.iter().map(|&at| &second[at]))
    );
    ReadError::new(Fault::Shape, Place::row(rows.file(), line), found)
        .expecting("one row of names above the numbers, or labels of samples over their times")
        .cured_by(format!(
            "remove row {first_line} or row {line}, or join both in one; what they say of samples can be given with \
             `--times FILE`"
        ))
}
