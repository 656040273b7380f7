//! Names of samples that say time, condition and replicate: `WT_0h_rep1`, `KO-GATA1_24h_B`, `ctrl.30min.2`.

use super::cell_times::read_times_of;
use super::feature_ids::are_probes;
use super::name_tokens::{
    NameToken, Sureness, join_decimals, plain_times, split_letters, sureness_of, times_in, tokens,
    without_x,
};
use super::sample_origin::SampleOrigin;
use super::sample_quantities::refuse_two_quantities;
use super::samples::Samples;
use super::serial_numbers::serials_in;
use super::time_unit::{counted_letter, parse_time};
use crate::io::text::{Fault, ReadError, name_some, shorten};

/// Characters between the parts of a name, the surest first: a point may be in a number, a hyphen in the name of a
/// mutant.
const SEPARATORS: [&[char]; 5] = [
    &['_'],
    &['_', ' '],
    &['_', ' ', '.'],
    &['_', ' ', '.', '-'],
    &['_', ' ', '.', '-', ':', '/', ',', '[', ']', '(', ')'],
];
/// Characters before or behind a time without a unit.
const PLAIN_SEPARATORS: [&[char]; 2] = [&[':'], &['_']];

/// The parts of one name.
#[derive(Clone, Debug, PartialEq)]
struct NameParts {
    time: String,
    condition: String,
    replicate: Option<String>,
}

/// What the names of samples say.
struct NamesRead {
    parts: Vec<NameParts>,
    /// What was decided besides.
    notes: Vec<String>,
}

/// A name that may be read in two ways.
struct UnclearName {
    name: usize,
    readings: String,
}

/// The times that the names of samples say, before it is known whether they are samples.
pub(super) struct NamedTimes {
    pub(super) values: Vec<f64>,
    /// The least sure of them; none for numbers alone.
    pub(super) sureness: Option<Sureness>,
}

/// The times, if every name says one and they differ: all genes of a strain called H16 are `H16_A0001` and the like.
pub(super) fn times_said(names: &[String]) -> Option<NamedTimes> {
    let times: Vec<String> = match read_names(names)? {
        Ok(read) => read.parts.into_iter().map(|parts| parts.time).collect(),
        // which part of the names is the time is told later
        Err(_) => {
            return Some(NamedTimes {
                values: Vec::new(),
                sureness: Some(Sureness::Unit),
            });
        }
    };
    let values: Option<Vec<f64>> = times
        .iter()
        .map(|time| parse_time(time).map(|time| time.value))
        .collect();
    let values = values?;
    let differ = times.iter().any(|time| *time != times[0]);
    let sureness = times.iter().map(|time| sureness_of(time)).min().flatten();
    differ.then_some(NamedTimes { values, sureness })
}

/// The samples that these names say; none if a name has no time, or more than one.
///
/// # Errors   as [`read_times_of`] and [`refuse_two_quantities`]: times without a unit among others with one; a letter and numbers from 1 on, which
///   may be times or numbers of samples; [`Fault::Name`] for names that may be read in two ways.
pub(super) fn samples_of_names(
    names: &[String],
    origin: SampleOrigin,
) -> Result<Option<(Samples, Vec<String>)>, ReadError> {
    let read = match read_names(names) {
        None => return Ok(None),
        Some(Ok(read)) => read,
        Some(Err(unclear)) => return Err(two_readings(&unclear, names, &origin)),
    };
    refuse_two_quantities(names, &origin)?;
    let parts = &read.parts;
    let cells: Vec<&str> = parts.iter().map(|parts| parts.time.as_str()).collect();
    if let Some(error) = counted_letter(&cells, origin.file()) {
        return Err(error);
    }
    let times = read_times_of(&cells, "", origin.file(), |sample| origin.place(sample))?;
    let mut notes = vec![note(names, parts, origin.file())];
    let file = origin.file();
    notes.extend(read.notes.iter().map(|note| format!("{file}: {note}")));
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
        conditions: Some(parts.iter().map(|parts| parts.condition.clone()).collect()),
        interventions: None,
        genotypes: None,
        joined: true,
        courses: None,
    };
    Ok(Some((samples, notes)))
}

fn note(names: &[String], parts: &[NameParts], file: &str) -> String {
    let different = |mut list: Vec<&str>| {
        list.sort_unstable();
        list.dedup();
        name_some(&list)
    };
    let replicates = parts.iter().filter_map(|parts| parts.replicate.as_deref());
    format!(
        "{file}: names of samples such as `{}` are read as time `{}`, condition `{}`, replicate `{}`; conditions: \
         {}, replicates: {}; a table of samples given with `--times FILE` says otherwise",
        names[0],
        parts[0].time,
        parts[0].condition,
        parts[0].replicate.as_deref().unwrap_or("none"),
        different(parts.iter().map(|parts| parts.condition.as_str()).collect()),
        different(replicates.collect()),
    )
}

fn two_readings(unclear: &UnclearName, names: &[String], origin: &SampleOrigin) -> ReadError {
    let name = shorten(&names[unclear.name]);
    let found = format!("found the name `{name}`: {}", unclear.readings);
    ReadError::new(Fault::Name, origin.place(unclear.name), found)
        .expecting("names that say time, condition and replicate in one way")
        .cured_by(
            "write decimals with a point (`0.5h`), or give times, series and conditions of the samples with \
             `--times FILE`",
        )
}

/// Reads all names in the first way that gives each of them one time.
fn read_names(names: &[String]) -> Option<Result<NamesRead, UnclearName>> {
    let with = |names: &[String]| {
        let mut ways = [false, true]
            .into_iter()
            .flat_map(|letters| SEPARATORS.map(|marks| (letters, marks)));
        ways.find_map(|(letters, marks)| parts_of(names, marks, letters))
    };
    let no_number = |name: &String| !name.contains(|c: char| c.is_ascii_digit());
    if names.iter().any(no_number) || are_probes(names) {
        return None;
    }
    let of_r = || {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        with(&without_x(&names)?)
    };
    with(names).or_else(of_r).or_else(|| plain_parts(names))
}

/// The parts of all names, if each has exactly one time of the same kind.
fn parts_of(
    names: &[String],
    marks: &[char],
    letters: bool,
) -> Option<Result<NamesRead, UnclearName>> {
    let mut split: Vec<Vec<NameToken>> = names.iter().map(|name| tokens(name, marks)).collect();
    if letters {
        split_letters(&mut split)?;
    }
    let decimals = join_decimals(&mut split);
    let times = times_in(&split)?;
    let joined = match decimals {
        Ok(joined) => joined,
        Err(name) => {
            return Some(Err(UnclearName {
                name,
                readings:
                    "a number before the time may be a replicate, or the one before a decimal point"
                        .to_owned(),
            }));
        }
    };
    let serials = serials_in(&split, &times);
    if let Some(at) = serials.uncertain {
        return Some(Err(UnclearName {
            name: 0,
            readings: format!(
                "`{}` differs in most names: a condition, or the number of the sample",
                split[0][at].text
            ),
        }));
    }
    let mut notes = Vec::new();
    notes.extend(joined.map(|name| {
        let (time, name) = (&split[name][times[name]].text, &names[name]);
        format!("`{name}` and the like are read with decimals, as time `{time}`")
    }));
    if !serials.at.is_empty() {
        let shown: Vec<&str> = serials
            .at
            .iter()
            .map(|&at| split[0][at].text.as_str())
            .collect();
        notes.push(format!(
            "numbers of samples in their names are no conditions and are left out: {}",
            name_some(&shown)
        ));
    }
    let parts = split.iter().zip(times);
    let parts = parts.map(|(tokens, time)| name_parts(tokens, time, &serials.at));
    Some(Ok(NamesRead {
        parts: parts.collect(),
        notes,
    }))
}

/// What the parts of a name are besides its time and the numbers left out.
fn name_parts(tokens: &[NameToken], time: usize, serials: &[usize]) -> NameParts {
    let used = |at: &usize| *at != time && !serials.contains(at);
    let mut others: Vec<&NameToken> = (0..tokens.len())
        .filter(used)
        .map(|at| &tokens[at])
        .collect();
    let replicate = others.iter().rposition(|token| token.is_replicate());
    let replicate = replicate.map(|at| others.remove(at).text.clone());
    let others: Vec<&str> = others
        .into_iter()
        .map(|token| token.text.as_str())
        .collect();
    NameParts {
        time: tokens[time].text.clone(),
        condition: others.join("_"),
        replicate,
    }
}

/// The parts of names in which the time has no unit: `s1:0`, `0_1`.
fn plain_parts(names: &[String]) -> Option<Result<NamesRead, UnclearName>> {
    PLAIN_SEPARATORS.iter().find_map(|marks| {
        let split: Vec<Vec<NameToken>> = names.iter().map(|name| tokens(name, marks)).collect();
        let time = plain_times(&split)?;
        let parts = split.iter().map(|tokens| name_parts(tokens, time, &[]));
        Some(Ok(NamesRead {
            parts: parts.collect(),
            notes: Vec::new(),
        }))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    type PartsOfName = (String, String, Option<String>);

    fn read(names: &[&str]) -> Option<Result<Vec<PartsOfName>, String>> {
        let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
        let parts_of_name = |parts: NameParts| (parts.time, parts.condition, parts.replicate);
        Some(match read_names(&names)? {
            Ok(read) => Ok(read.parts.into_iter().map(parts_of_name).collect()),
            Err(unclear) => Err(unclear.readings),
        })
    }

    fn times(names: &[&str]) -> Vec<String> {
        let read = read(names).unwrap_or_else(|| panic!("{names:?}"));
        let parts = read.unwrap_or_else(|unclear| panic!("{names:?}: {unclear}"));
        parts.into_iter().map(|(time, ..)| time).collect()
    }

    /// All names of every `a` and every `b`.
    fn crossed(a: &[&str], b: &[&str], mark: &str) -> Vec<String> {
        a.iter()
            .flat_map(|a| b.iter().map(move |b| format!("{a}{mark}{b}")))
            .collect()
    }

    fn read_crossed(a: &[&str], b: &[&str], mark: &str) -> Option<Vec<PartsOfName>> {
        let names = crossed(a, b, mark);
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        read(&names).map(|read| read.unwrap_or_else(|unclear| panic!("{unclear}")))
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
            assert_eq!(read(&[name]), expected.map(Ok), "{name}");
        }
        assert_eq!(read(&["WT_0h", "WT_late"]), None);
    }

    #[test]
    fn a_number_that_differs_in_every_sample_is_no_condition() {
        let illumina = read(&[
            "WT_0h_rep1_S1_L001",
            "WT_2h_rep1_S3_L001",
            "WT_0h_rep2_S3_L001",
        ]);
        let illumina = illumina
            .expect("times")
            .unwrap_or_else(|unclear| panic!("{unclear}"));
        assert!(
            illumina.iter().all(|(_, condition, _)| condition == "WT"),
            "{illumina:?}"
        );
        let geo = read(&["GSM1000_0h_rep1", "GSM1002_2h_rep1", "GSM1004_0h_rep2"]);
        let geo = geo
            .expect("times")
            .unwrap_or_else(|unclear| panic!("{unclear}"));
        assert_eq!(
            geo[2],
            ("0h".to_owned(), String::new(), Some("rep2".to_owned()))
        );
        let patients = read_crossed(&["Pt1", "Pt2", "Pt3"], &["0h", "2h"], "_").expect("times");
        assert_eq!(patients[2].1, "Pt2");
        let most = read(&["Q1_0h", "Q2_2h", "Q3_4h", "Q4_0h", "Q4_2h", "Q5_4h"]).expect("times");
        assert!(
            most.expect_err("unclear")
                .contains("`Q1` differs in most names")
        );
    }

    #[test]
    fn a_number_before_a_time_is_a_decimal_a_replicate_or_refused() {
        assert_eq!(
            times(&["s1_0h", "s1_0_5h", "s1_1h", "s1_1_5h"]),
            ["0h", "0.5h", "1h", "1.5h"]
        );
        assert_eq!(
            times(&["WT-0h-1", "WT-0_5h-1", "WT-1h-1"]),
            ["0h", "0.5h", "1h"]
        );
        assert_eq!(times(&["s1_0h", "s1_0p5h"]), ["0h", "0p5h"]);
        assert_eq!(times(&["0h.s1", "0.5h.s1", "0h.s2"]), ["0h", "0.5h", "0h"]);
        let replicates = read_crossed(&["WT_1", "WT_2"], &["0h", "24h"], "_").expect("times");
        assert_eq!(
            replicates[3],
            ("24h".to_owned(), "WT".to_owned(), Some("2".to_owned()))
        );
        assert_eq!(
            times(&["IL_6_2h", "IL_6_24h", "ctrl_2h"]),
            ["2h", "24h", "2h"]
        );
        for names in [
            &["WT-0h-1", "WT-0-5h-1", "WT-1h-1"][..],
            &["WT_0_0h", "WT_0_5h", "WT_1_0h"],
            &["WT_1h", "WT_1_5h", "WT_2h"],
        ] {
            let unclear = read(names).expect("times").expect_err("two readings");
            assert!(
                unclear.contains("replicate, or the one before a decimal point"),
                "{unclear}"
            );
        }
    }

    #[test]
    fn cell_lines_and_patients_are_not_times() {
        let times = ["0h", "2h", "4h"];
        let days = ["D0", "D2", "D7"];
        for (labels, list) in [
            (&["T47D"][..], &times[..]),
            (&["T47D"], &days),
            (&["H9"], &days),
            (&["P1", "P2", "P3"], &days),
        ] {
            let read = read_crossed(labels, list, "_").unwrap_or_else(|| panic!("{labels:?}"));
            assert_eq!(
                (read[1].0.as_str(), read[1].1.as_str()),
                (list[1], labels[0])
            );
        }
        assert_eq!(read_crossed(&["P1", "P2"], &["D1", "D2"], "_"), None);
    }

    #[test]
    fn letters_of_replicates_may_touch_times_and_r_writes_an_x() {
        for (name, time) in [("D2", "D2"), ("2h", "2h")] {
            let first = if name == "D2" { "D0" } else { "0h" };
            let last = if name == "D2" { "D9" } else { "9h" };
            let read = read_crossed(&[first, name, last], &["A", "B"], "").expect("times");
            assert_eq!(
                read[3],
                (time.to_owned(), String::new(), Some("B".to_owned()))
            );
        }
        assert_eq!(times(&["X0h_rep1", "X2h_rep1"]), ["0h", "2h"]);
        assert_eq!(times(&["X.3h_rep1", "X2h_rep1"]), ["-3h", "2h"]);
        assert_eq!(times(&["X0h.s1", "X2h.s1"]), ["0h", "2h"]);
        assert_eq!(times(&["WT--3h", "WT-2h"]), ["-3h", "2h"]);
    }

    #[test]
    fn times_without_a_unit_are_read_where_every_label_has_them() {
        let read = read_crossed(&["s1", "s2"], &["0", "2", "4"], ":").expect("times");
        assert_eq!(read[1], ("2".to_owned(), "s1".to_owned(), None));
        let read = read_crossed(&["0", "2", "8"], &["1", "2"], "_").expect("times");
        assert_eq!(
            read[3],
            ("2".to_owned(), String::new(), Some("2".to_owned()))
        );
        for (labels, numbers) in [
            (["WT", "KO"], ["1", "2", "3"]),
            (["WT", "KO"], ["0", "1", "2"]),
            (["WT", "KO"], ["25", "30", "37"]),
        ] {
            assert_eq!(read_crossed(&labels, &numbers, "_"), None);
        }
    }
}
