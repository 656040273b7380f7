//! Names of samples that say time, condition and replicate: `WT_0h_rep1`, `KO-GATA1_24h_B`, `ctrl.30min.2`.

use super::cell_times::read_times_of;
use super::columns::plain;
use super::sample_origin::SampleOrigin;
use super::samples::Samples;
use super::time_unit::{TimeUnit, counted_letter, parse_time};
use crate::io::text::{ReadError, name_some};

/// Characters between the parts of a name, the surest first: a point may be in a number, a hyphen in the name of a
/// mutant.
const SEPARATORS: [&[char]; 4] = [&['_'], &['_', ' '], &['_', ' ', '.'], &['_', ' ', '.', '-']];

/// The parts of one name.
#[derive(Clone, Debug, PartialEq)]
struct NameParts {
    time: String,
    condition: String,
    replicate: Option<String>,
}

/// How surely a part of a name is a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Sureness {
    /// A letter before the number: `T1`, `D0`, `P7`.
    Letter,
    /// A word before the number: `day2`, `ZT4`.
    Word,
    /// A unit behind the number: `2h`, `30min`, `24hpf`.
    Unit,
}

/// Whether every name says one time.
pub(super) fn say_times(names: &[String]) -> bool {
    names.len() > 1
        && SEPARATORS
            .iter()
            .any(|marks| parts_of(names, marks).is_some())
}

/// The samples that these names say; none if a name has no time, or more than one.
///
/// # Errors   as [`read_times_of`]: times without a unit among others with one; a letter and numbers from 1 on, which
///   may be times or numbers of samples.
pub(super) fn samples_of_names(
    names: &[String],
    origin: SampleOrigin,
) -> Result<Option<(Samples, Vec<String>)>, ReadError> {
    let Some(parts) = SEPARATORS.iter().find_map(|marks| parts_of(names, marks)) else {
        return Ok(None);
    };
    let cells: Vec<&str> = parts.iter().map(|parts| parts.time.as_str()).collect();
    if let Some(error) = counted_letter(&cells, origin.file()) {
        return Err(error);
    }
    let times = read_times_of(&cells, "", origin.file(), |sample| origin.place(sample))?;
    let conditions: Vec<String> = parts.iter().map(|parts| parts.condition.clone()).collect();
    let different = |mut list: Vec<&str>| {
        list.sort_unstable();
        list.dedup();
        list.into_iter().map(str::to_owned).collect::<Vec<String>>()
    };
    let replicates = parts.iter().filter_map(|parts| parts.replicate.as_deref());
    let replicates = different(replicates.collect());
    let shown = different(conditions.iter().map(String::as_str).collect());
    let mut notes = vec![format!(
        "{}: names of samples such as `{}` are read as time `{}`, condition `{}`, replicate `{}`; conditions: {}, \
         replicates: {}; a table of samples given with `--times FILE` says otherwise",
        origin.file(),
        names[0],
        parts[0].time,
        parts[0].condition,
        parts[0].replicate.as_deref().unwrap_or("none"),
        name_some(&shown),
        name_some(&replicates),
    )];
    notes.extend(times.notes);
    let label = |parts: &NameParts| parts.replicate.clone().unwrap_or_default();
    let labels = parts.iter().map(label).collect();
    let samples = Samples {
        origin,
        names: names.to_vec(),
        times: times.values,
        unit: times.unit,
        series: None,
        replicates: Some(labels),
        conditions: Some(conditions),
        interventions: None,
        genotypes: None,
        joined: true,
        courses: None,
    };
    Ok(Some((samples, notes)))
}

/// The parts of all names, if each has exactly one time of the same kind.
fn parts_of(names: &[String], marks: &[char]) -> Option<Vec<NameParts>> {
    let split: Vec<Vec<String>> = names.iter().map(|name| tokens(name, marks)).collect();
    let surest = |tokens: &Vec<String>| tokens.iter().filter_map(|token| sureness(token)).max();
    let kind = split.iter().map(surest).min()??;
    // genes are called so, too: `P53`, `P21`
    if kind == Sureness::Letter && split.iter().any(|tokens| tokens.len() == 1) {
        return None;
    }
    let parts = split.iter().map(|tokens| {
        let mut times = tokens
            .iter()
            .enumerate()
            .filter(|(_, token)| sureness(token) >= Some(kind));
        let (at, time) = times.next()?;
        if times.next().is_some() {
            return None;
        }
        let mut others: Vec<&String> = tokens.iter().collect();
        others.remove(at);
        let replicate = others.iter().rposition(|token| is_replicate(token));
        let replicate = replicate.map(|at| others.remove(at).clone());
        Some(NameParts {
            time: time.clone(),
            condition: others
                .iter()
                .map(|token| token.as_str())
                .collect::<Vec<_>>()
                .join("_"),
            replicate,
        })
    });
    parts.collect()
}

/// The parts between separators; a number and its unit or `rep` and its number are one part.
fn tokens(name: &str, marks: &[char]) -> Vec<String> {
    let parts = name
        .split(|c| marks.contains(&c))
        .filter(|part| !part.is_empty());
    let mut tokens: Vec<String> = Vec::new();
    for part in parts {
        let number = part.bytes().all(|c| c.is_ascii_digit() || c == b'.');
        let before = tokens.last().map(|last| plain(last));
        let unit = TimeUnit::of_word(&part.to_lowercase()).is_some();
        let joins = before.is_some_and(|before| {
            let before_number =
                !before.is_empty() && before.bytes().all(|c| c.is_ascii_digit() || c == b'_');
            let words = [
                "rep",
                "replicate",
                "biorep",
                "day",
                "time",
                "hour",
                "week",
                "timepoint",
                "min",
            ];
            (number && words.contains(&before.as_str())) || (unit && before_number)
        });
        match tokens.last_mut().filter(|_| joins) {
            Some(last) => last.push_str(part),
            None => tokens.push(part.to_owned()),
        }
    }
    tokens
}

fn sureness(token: &str) -> Option<Sureness> {
    parse_time(token)?;
    let text = token.trim_start_matches(['-', '+']);
    if text.parse::<f64>().is_ok() {
        return None;
    }
    let starts = text.chars().take_while(|c| c.is_alphabetic()).count();
    let ends = text.chars().rev().take_while(|c| c.is_alphabetic()).count();
    Some(match (starts, ends) {
        (_, 1..) => Sureness::Unit,
        (0 | 1, _) => Sureness::Letter,
        _ => Sureness::Word,
    })
}

/// `rep1`, `r2`, `replicate3`, `biorep1`, a single letter `A`, or a small number.
fn is_replicate(token: &str) -> bool {
    let text = token.to_lowercase();
    let digits = |rest: &str| {
        !rest.is_empty() && rest.len() <= 2 && rest.bytes().all(|c| c.is_ascii_digit())
    };
    let words = ["replicate", "biorep", "techrep", "rep", "r", "br", "n", ""];
    let single = text.len() == 1 && text.bytes().all(|c| (b'a'..=b'h').contains(&c));
    single
        || words
            .iter()
            .any(|word| text.strip_prefix(word).is_some_and(digits))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(names: &[&str]) -> Option<Vec<(String, String, Option<String>)>> {
        let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
        let parts = SEPARATORS
            .iter()
            .find_map(|marks| parts_of(&names, marks))?;
        let parts = parts
            .into_iter()
            .map(|parts| (parts.time, parts.condition, parts.replicate));
        Some(parts.collect())
    }

    #[test]
    fn names_say_time_condition_and_replicate() {
        for (name, time, condition, replicate) in [
            ("WT_0h_rep1", "0h", "WT", Some("rep1")),
            ("KO-GATA1_24h_B", "24h", "KO-GATA1", Some("B")),
            ("ctrl.30min.2", "30min", "ctrl", Some("2")),
            ("ctrl_0.5h_1", "0.5h", "ctrl", Some("1")),
            ("rep2_day3_mutant", "day3", "mutant", Some("rep2")),
            (
                "Heat shock 15 min rep 1",
                "15min",
                "Heat_shock",
                Some("rep1"),
            ),
            ("D1_T0", "", "", None),
            ("WT_D2_r1", "D2", "WT", Some("r1")),
            ("24hpf", "24hpf", "", None),
            ("sample_7", "", "", None),
            ("WT-2h-1", "2h", "WT", Some("1")),
        ] {
            let expected = (!time.is_empty()).then(|| {
                vec![(
                    time.to_owned(),
                    condition.to_owned(),
                    replicate.map(str::to_owned),
                )]
            });
            assert_eq!(read(&[name]), expected, "{name}");
        }
        assert_eq!(read(&["WT_0h", "WT_late"]), None);
    }
}
