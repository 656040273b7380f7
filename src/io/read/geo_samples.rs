//! Times of samples from the metadata of a series matrix of GEO: a characteristic, else the titles.

use super::sample_names::samples_of_names;
use super::sample_origin::SampleOrigin;
use super::sample_times::{SampleTimes, read_times};
use super::time_unit::parse_time;
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

/// Reads the times of samples, where one characteristic holds a time for each, or each title names one.
///
/// * `metadata`: lines such as `!Sample_characteristics_ch1<tab>"time: 2 h"<tab>…`
/// * `file`: name for messages
///
/// # Errors   as [`read_times`], and as [`samples_of_names`].
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
        (word && are_times(values)).then_some((key, values))
    });
    let (Some((key, times)), None) = (times.next(), times.next()) else {
        return geo_titles(&lines, names, file);
    };
    let conditions = |sample: usize| {
        let known = characteristics
            .iter()
            .filter(|(key, _)| CONDITIONS.contains(&key.as_str()));
        let values: Vec<&str> = known.map(|(_, values)| values[sample]).collect();
        values.join("/")
    };
    let mut table = "sample\ttime\tcondition\n".to_owned();
    for (sample, (name, time)) in names.iter().zip(times).enumerate() {
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

/// Whether all are times, of which at least two differ.
fn are_times(values: &[&str]) -> bool {
    values.iter().all(|value| parse_time(value).is_some())
        && values.iter().any(|value| *value != values[0])
}

/// The samples that the titles name, as `WT_2h_rep1`.
fn geo_titles(
    lines: &[(&str, Vec<&str>)],
    names: &[&str],
    file: &str,
) -> Result<Option<Reading<SampleTimes>>, ReadError> {
    let titles = lines.iter().find(|(key, _)| *key == "!Sample_title");
    let Some((_, titles)) = titles.filter(|(_, titles)| titles.len() == names.len()) else {
        return Ok(None);
    };
    let titles: Vec<String> = titles.iter().map(|&title| title.to_owned()).collect();
    let columns = (1..).zip(&titles).map(|(at, title)| (at, title.clone()));
    let origin = SampleOrigin::Columns {
        file: file.to_owned(),
        columns: columns.collect(),
    };
    let Some((samples, notes)) = samples_of_names(&titles, origin)? else {
        return Ok(None);
    };
    let names = names.iter().map(|&name| name.to_owned()).collect();
    let mut reading = Reading::new(SampleTimes::of_samples(file, names, samples));
    reading.notes = notes;
    Ok(Some(reading))
}
