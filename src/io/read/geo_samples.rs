//! Times of samples from the metadata of a series matrix of GEO.

use super::samples::{SampleTimes, read_times};
use crate::io::text::{ReadError, Reading};

/// Words in the name of a characteristic that is a time, in small letters.
const TIMES: [&str; 8] = ["time", "hour", "hpi", "hpf", "minute", "day", "dpi", "age"];

/// Names of characteristics that are conditions, in small letters.
const CONDITIONS: [&str; 6] = [
    "treatment",
    "condition",
    "agent",
    "genotype",
    "strain",
    "group",
];

/// Reads the times of samples, where one characteristic holds a number for each.
///
/// * `metadata`: lines such as `!Sample_characteristics_ch1<tab>"time: 2 h"<tab>…`
/// * `file`: name for messages
///
/// # Errors   as [`read_times`].
pub(super) fn geo_times(
    metadata: &[String],
    file: &str,
) -> Result<Option<Reading<SampleTimes>>, ReadError> {
    let lines: Vec<(&str, Vec<&str>)> = metadata.iter().map(|line| cells(line)).collect();
    let names = lines
        .iter()
        .find(|(key, _)| *key == "!Sample_geo_accession");
    let Some((_, names)) = names else {
        return Ok(None);
    };
    let characteristics: Vec<(String, Vec<&str>)> = lines
        .iter()
        .filter(|(key, values)| {
            key.starts_with("!Sample_characteristics") && values.len() == names.len()
        })
        .filter_map(|(_, values)| characteristic(values))
        .collect();
    let mut times = characteristics.iter().filter_map(|(key, values)| {
        let word = TIMES.iter().any(|word| key.contains(word));
        Some((key, numbers(values).filter(|_| word)?))
    });
    let (Some((key, times)), None) = (times.next(), times.next()) else {
        return Ok(None);
    };
    let conditions = |sample: usize| {
        let known = characteristics
            .iter()
            .filter(|(key, _)| CONDITIONS.contains(&key.as_str()));
        let values: Vec<&str> = known.map(|(_, values)| values[sample]).collect();
        values.join("/")
    };
    let mut table = "sample\ttime\tcondition\n".to_owned();
    for (sample, (name, time)) in names.iter().zip(&times).enumerate() {
        table += &format!("{name}\t{time}\t{}\n", conditions(sample));
    }
    let mut reading = read_times(table.as_bytes(), file)?;
    reading.notes = vec![format!(
        "{file}: times of {} samples from the characteristic `{key}`",
        names.len()
    )];
    Ok(Some(reading))
}

fn cells(line: &str) -> (&str, Vec<&str>) {
    let mut cells = line.split('\t');
    let key = cells.next().unwrap_or_default().trim();
    (
        key,
        cells.map(|cell| cell.trim().trim_matches('"')).collect(),
    )
}

/// The name and values of a characteristic that all samples have.
fn characteristic<'m>(values: &[&'m str]) -> Option<(String, Vec<&'m str>)> {
    let pairs: Option<Vec<(&str, &str)>> =
        values.iter().map(|value| value.split_once(':')).collect();
    let pairs = pairs?;
    let key = pairs.first()?.0.trim().to_lowercase();
    let same = pairs
        .iter()
        .all(|(other, _)| other.trim().to_lowercase() == key);
    same.then(|| (key, pairs.iter().map(|(_, value)| value.trim()).collect()))
}

/// Numbers in one unit, of which at least two differ.
fn numbers(values: &[&str]) -> Option<Vec<f64>> {
    let mut unit: Option<String> = None;
    let mut numbers = Vec::with_capacity(values.len());
    for value in values {
        let end = value
            .find(|c: char| c.is_alphabetic())
            .unwrap_or(value.len());
        let (number, word) = (
            value[..end].trim(),
            value[end..].trim().trim_end_matches(['s', '.']),
        );
        let number: f64 = number.parse().ok().filter(|x: &f64| x.is_finite())?;
        // 0 needs no unit
        if !word.is_empty() || number != 0.0 {
            let word = word.to_lowercase();
            if unit.get_or_insert_with(|| word.clone()) != &word {
                return None;
            }
        }
        numbers.push(number);
    }
    let differ = numbers.iter().any(|&x| x != numbers[0]);
    differ.then_some(numbers)
}
