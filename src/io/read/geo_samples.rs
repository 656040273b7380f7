//! Times of samples from the metadata of a series matrix of GEO: a characteristic, else the titles.
//!
//! A characteristic is a time by its name. `age`, `stage` and `day` may as well describe donors and tumours: they are
//! times only where their values go like those of an experiment.

use std::collections::HashMap;

use super::columns::{Role, is_replicate, is_technical, plain, role};
use super::genotype_labels::is_genotype;
use super::sample_names::samples_of_names;
use super::sample_origin::SampleOrigin;
use super::sample_times::{SampleTimes, read_times_with};
use super::samples::Samples;
use super::series_options::SeriesOptions;
use super::time_choice::times_twice;
use super::time_unit::{TimeCell, TimeUnit, parse_time, unit_of_name};
use crate::io::text::{ReadError, Reading, TextOptions};

/// A characteristic of all samples: its name in small letters, and its values.
struct Characteristic<'m> {
    name: String,
    values: Vec<&'m str>,
}

/// Reads the times of samples, where one characteristic holds a time for each, or each title names one.
///
/// * `metadata`: lines such as `!Sample_characteristics_ch1<tab>"time: 2 h"<tab>…`
/// * `file`: name for messages
/// * `text`: how its numbers are to be read
///
/// # Errors   [`Fault::Time`](crate::io::text::Fault) if two characteristics may be the time and titles name none; as
///   [`read_times_with`], and as [`samples_of_names`].
pub(super) fn geo_times(
    metadata: &[String],
    file: &str,
    text: TextOptions,
) -> Result<Option<Reading<SampleTimes>>, ReadError> {
    let lines: Vec<(&str, Vec<&str>)> = metadata.iter().map(|line| cells(line)).collect();
    let names = lines
        .iter()
        .find(|(key, _)| *key == "!Sample_geo_accession");
    let Some((_, names)) = names else {
        return Ok(None);
    };
    let characteristics: Vec<Characteristic<'_>> = lines
        .iter()
        .filter(|(key, values)| {
            key.starts_with("!Sample_characteristics") && values.len() == names.len()
        })
        .filter_map(|(_, values)| Characteristic::of(values))
        .collect();
    let are = |role: Role| -> Vec<&Characteristic<'_>> {
        let known = characteristics.iter();
        known.filter(|one| one.time_role() == Some(role)).collect()
    };
    let (sure, perhaps) = (are(Role::Time), are(Role::PerhapsTime));
    let candidates = if sure.is_empty() { perhaps } else { sure };
    let (time, others) = match candidates.split_first() {
        Some((first, others)) if others.iter().all(|other| other.values == first.values) => {
            (first, &others[..0])
        }
        Some((first, others)) => (first, others),
        None => return geo_titles(&lines, names, file),
    };
    if let Some(second) = others.first() {
        let titles = geo_titles(&lines, names, file)?;
        return titles
            .map(Some)
            .ok_or_else(|| two_times(file, &time.name, &second.name));
    }
    let options = SeriesOptions {
        text,
        ..SeriesOptions::default()
    };
    let units = characteristics.iter().find(|one| one.names_units(time));
    let table = time.table(names, &characteristics, units);
    let mut reading = read_times_with(table.as_bytes(), file, &options)?;
    let numbered = characteristics.iter().find(|one| is_replicate(&one.name));
    let replicates = match numbered {
        Some(one) => Some(one.values.iter().map(|&value| value.to_owned()).collect()),
        None => replicates_of_titles(&lines, names, file),
    };
    reading = reading.map(|times| times.with_replicates(replicates));
    reading.notes.extend(
        units.map(|one| format!("{file}: the characteristic `{}` names the series", one.name)),
    );
    reading.notes.retain(|note| !note.contains(" rows and "));
    reading.notes.insert(
        0,
        format!(
            "{file}: times of {} samples from the characteristic `{}`",
            names.len(),
            time.name
        ),
    );
    Ok(Some(reading))
}

fn two_times(file: &str, first: &str, second: &str) -> ReadError {
    let name = |name: &str| format!("the characteristic `{name}`");
    times_twice(file, &name(first), &name(second))
        .cured_by("give the times of the samples in a table with `--times FILE`")
}

/// Words in the names of times that are no times of sampling.
const OUTCOMES: [&str; 16] = [
    "survival",
    "relapse",
    "death",
    "recurrence",
    "progression",
    "follow",
    "followup",
    "event",
    "metastasis",
    "diagnosis",
    "onset",
    "censoring",
    "os",
    "pfs",
    "dfs",
    "rfs",
];

impl<'m> Characteristic<'m> {
    /// A line of the metadata as a characteristic; none unless all samples have the same one.
    fn of(cells: &[&'m str]) -> Option<Self> {
        let pairs: Option<Vec<(&str, &str)>> =
            cells.iter().map(|value| value.split_once(':')).collect();
        let pairs = pairs?;
        let name = pairs.first()?.0.trim().to_lowercase();
        let same = pairs
            .iter()
            .all(|(other, _)| other.trim().to_lowercase() == name);
        same.then(|| Self {
            name,
            values: pairs.iter().map(|(_, value)| value.trim()).collect(),
        })
    }

    /// Whether it is the time, surely or perhaps; none if it is not.
    fn time_role(&self) -> Option<Role> {
        let times: Vec<TimeCell> = self
            .values
            .iter()
            .map(|value| parse_time(value))
            .collect::<Option<_>>()?;
        let name = plain(&self.name);
        let words: Vec<&str> = name.split('_').collect();
        if self.values.iter().all(|value| *value == self.values[0])
            || words.iter().any(|word| OUTCOMES.contains(word))
        {
            return None;
        }
        let donors = ["age", "stage"].iter().any(|word| words.contains(word));
        match role(&self.name) {
            Role::Time if !donors => Some(Role::Time),
            Role::Time | Role::PerhapsTime => {
                let unit = unit_of_name(&self.name).filter(|_| name.len() > 1);
                go_on(&times, unit, donors || name.len() == 1).then_some(Role::PerhapsTime)
            }
            _ => None,
        }
    }

    /// Whether it names units that were sampled several times, once at a time each.
    fn names_units(&self, time: &Self) -> bool {
        if role(&self.name) != Role::Series || is_technical(&self.name) || is_replicate(&self.name)
        {
            return false;
        }
        let mut times: HashMap<&str, Vec<&str>> = HashMap::new();
        for (unit, time) in self.values.iter().zip(&time.values) {
            times.entry(unit).or_default().push(time);
        }
        let mut lists = times.into_values();
        lists.all(|mut list| {
            let count = list.len();
            list.sort_unstable();
            list.dedup();
            count > 1 && list.len() == count
        })
    }

    /// A table of times of these samples, with their conditions.
    ///
    /// * `units`: what names the series
    fn table(&self, samples: &[&str], characteristics: &[Self], units: Option<&Self>) -> String {
        let conditions: Vec<&Self> = characteristics
            .iter()
            .filter(|one| role(&one.name) == Role::Condition || is_genotype(&one.name))
            .collect();
        let unit = unit_of_name(&self.name).filter(|_| self.name.len() > 1);
        let unit = unit.map_or_else(String::new, |unit| format!(" ({})", unit.plural()));
        let series = if units.is_some() { "\tseries" } else { "" };
        let mut table = format!("sample\ttime{unit}\tcondition{series}\n");
        for (sample, name) in samples.iter().enumerate() {
            let condition: Vec<&str> = conditions.iter().map(|one| one.values[sample]).collect();
            let (time, condition) = (self.values[sample], condition.join("/"));
            let series = units.map_or(String::new(), |one| format!("\t{}", one.values[sample]));
            table += &format!("{name}\t{time}\t{condition}{series}\n");
        }
        table
    }
}

/// Whether values go like the times of an experiment: few times of several samples each, or times in the order of the
/// samples. Years are ages of people.
///
/// * `named`: the unit in the name
/// * `donors`: whether bare numbers may as well describe the donors
fn go_on(times: &[TimeCell], named: Option<TimeUnit>, donors: bool) -> bool {
    const MOST_TIMES: usize = 20;
    let units = || times.iter().map(|time| time.unit.or(named));
    if units().any(|unit| unit == Some(TimeUnit::Year)) {
        return false;
    }
    let all_have_units = times
        .iter()
        .zip(units())
        .all(|(time, unit)| unit.is_some() || time.value == 0.0);
    if donors && !all_have_units {
        return false;
    }
    let mut counts: HashMap<u64, usize> = HashMap::new();
    for time in times {
        let seconds = time.unit.map_or(1.0, TimeUnit::seconds);
        *counts.entry((time.value * seconds).to_bits()).or_default() += 1;
    }
    let single = counts.values().filter(|&&count| count == 1).count();
    let repeated = counts.len() <= MOST_TIMES && 10 * single <= times.len();
    repeated || times.windows(2).all(|pair| pair[1].value >= pair[0].value)
}

fn cells(line: &str) -> (&str, Vec<&str>) {
    let mut cells = line.split('\t');
    let key = cells.next().unwrap_or_default().trim();
    (
        key,
        cells.map(|cell| cell.trim().trim_matches('"')).collect(),
    )
}

/// The samples that the titles name, as `WT_2h_rep1`.
fn geo_titles(
    lines: &[(&str, Vec<&str>)],
    names: &[&str],
    file: &str,
) -> Result<Option<Reading<SampleTimes>>, ReadError> {
    let Some((samples, notes)) = samples_of_titles(lines, names, file)? else {
        return Ok(None);
    };
    let names = names.iter().map(|&name| name.to_owned()).collect();
    let mut reading = Reading::new(SampleTimes::of_samples(file, names, samples));
    reading.notes = notes;
    Ok(Some(reading))
}

fn samples_of_titles(
    lines: &[(&str, Vec<&str>)],
    names: &[&str],
    file: &str,
) -> Result<Option<(Samples, Vec<String>)>, ReadError> {
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
    samples_of_names(&titles, origin)
}

/// Which replicate each sample is by its title; none where the times in titles cannot be read.
fn replicates_of_titles(
    lines: &[(&str, Vec<&str>)],
    names: &[&str],
    file: &str,
) -> Option<Vec<String>> {
    let read = samples_of_titles(lines, names, file);
    read.ok().flatten()?.0.replicates
}

#[cfg(test)]
mod tests {
    use super::*;

    fn geo(lines: &[(&str, &[&str])]) -> Result<Option<Reading<SampleTimes>>, ReadError> {
        let samples = lines[0].1.len();
        let names: Vec<String> = (0..samples).map(|at| format!("\"GSM{at}\"")).collect();
        let mut metadata = vec![format!("!Sample_geo_accession\t{}", names.join("\t"))];
        for (key, values) in lines {
            let cells: Vec<String> = values.iter().map(|v| format!("\"{key}: {v}\"")).collect();
            metadata.push(format!("!Sample_characteristics_ch1\t{}", cells.join("\t")));
        }
        geo_times(&metadata, "m.txt", TextOptions::default())
    }

    fn times(key: &str, values: &[&str]) -> Option<Vec<f64>> {
        let reading = geo(&[(key, values)]).expect("metadata")?;
        let names: Vec<String> = (0..values.len()).map(|at| format!("GSM{at}")).collect();
        let (samples, _) = reading.value.select(&names, "m.txt").expect("all samples");
        Some(samples.times)
    }

    #[test]
    fn times_of_experiments_are_read_with_their_units() {
        assert_eq!(
            times("time", &["0h", "2h", "4h"]),
            Some(vec![0.0, 2.0, 4.0])
        );
        assert_eq!(times("time", &["Day 0", "Day 2"]), Some(vec![0.0, 2.0]));
        assert_eq!(
            times("time point", &["0 h", "30 min", "1 h"]),
            Some(vec![0.0, 0.5, 1.0])
        );
        assert_eq!(
            times("time (min)", &["0", "720", "1,440"]),
            Some(vec![0.0, 720.0, 1440.0])
        );
        assert_eq!(
            times("hpi", &["0", "0", "6", "6"]),
            Some(vec![0.0, 0.0, 6.0, 6.0])
        );
        assert_eq!(
            times("day", &["0", "1", "3", "7"]),
            Some(vec![0.0, 1.0, 3.0, 7.0])
        );
        let weeks = ["8 weeks", "8 weeks", "12 weeks", "12 weeks"];
        assert_eq!(times("age", &weeks), Some(vec![8.0, 8.0, 12.0, 12.0]));
        assert_eq!(
            times("age", &["E10.5", "E11.5", "E12.5"]),
            Some(vec![10.5, 11.5, 12.5])
        );
    }

    #[test]
    fn what_describes_donors_and_tumours_is_no_time() {
        for (key, values) in [
            ("age", &["23", "45", "61", "38"][..]),
            ("age", &["23", "23", "45", "45"]),
            ("age", &["45 years", "45 years", "61 years", "61 years"]),
            ("age (years)", &["23", "45", "61", "38"]),
            ("age at diagnosis", &["23", "45", "61", "38"]),
            ("passage", &["3", "4", "5", "6"]),
            ("percentage of tumor cells", &["30", "40", "55", "60"]),
            ("dosage", &["0", "1", "2", "4"]),
            ("stage", &["1", "1", "2", "2"]),
            ("t", &["1", "1", "2", "2"]),
            ("survival time", &["3", "12", "40", "7"]),
            ("time to relapse (months)", &["3", "12", "40", "7"]),
            ("day", &["14", "3", "9", "1"]),
        ] {
            assert_eq!(times(key, values), None, "{key}");
        }
    }

    #[test]
    fn individuals_that_were_sampled_again_are_series() {
        let time = ("time", &["0 h", "0 h", "2 h", "2 h"][..]);
        let series = |units: &[&str]| {
            let reading = geo(&[time, ("individual", units)]).expect("times");
            let names: Vec<String> = (0..4).map(|at| format!("GSM{at}")).collect();
            let selected = reading.expect("times").value.select(&names, "m.txt");
            selected.expect("all samples").0.series
        };
        assert_eq!(
            series(&["a", "b", "b", "a"]),
            Some(["a", "b", "b", "a"].map(str::to_owned).to_vec())
        );
        assert_eq!(series(&["a", "b", "c", "d"]), None);
        assert_eq!(series(&["a", "a", "b", "b"]), None);
    }

    #[test]
    fn a_sure_time_wins_and_two_are_refused() {
        let ages = ("age", &["8 weeks", "8 weeks", "9 weeks", "9 weeks"][..]);
        let sure = geo(&[ages, ("time", &["0 h", "2 h", "0 h", "2 h"])]).expect("a time");
        assert!(sure.expect("times").notes[0].contains("characteristic `time`"));
        let error = geo(&[
            ("time", &["0 h", "2 h", "0 h", "2 h"]),
            ("exposure time", &["1 h", "1 h", "2 h", "2 h"]),
        ]);
        let error = error.expect_err("two times").to_string();
        assert!(
            error.contains("`time`") && error.contains("`exposure time`"),
            "{error}"
        );
    }
}
