//! Which samples are of one condition: replicates, and copies of one another.
//!
//! Where part of the data is held out to choose something, a replicate of it among the rest is an answer that
//! was seen before. So samples of one condition are held out together. They are recognised
//!
//! * by a condition that series or single samples share, where there are several conditions;
//! * by names that differ in a replicate's number: `heat_rep1` and `heat_rep2`, also `rep1_heat`, `heat_r2`;
//! * by names that differ in a last number, `heat_1` and `heat_2`, if there are at least two such groups and
//!   their members resemble each other clearly more than others do;
//! * by what was done to the genes, for steady states of known interventions.
//!
//! Samples with the same values are copies, whatever they are called (two courses may share their first samples).

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hasher};

use faer::MatRef;
use petgraph::unionfind::UnionFind;

use crate::expression::{
    Expression, SteadyStates, by_interventions, numbered_stem, replicate_stem,
};
use crate::numeric::{ZScores, mean};

/// Mean square distance within groups over that between them, below which numbered names are those of
/// replicates. It is about 1 for numbers that say nothing; series of *E. coli* stress have .30, those of
/// *B. subtilis* .32, its single samples .17.
const ALIKE: f64 = 0.7;

/// Groups that numbered names have to make: with one, the number counts the samples.
const FEWEST_STEMS: usize = 2;

/// Series or samples that are compared: pairs of them are a sample of all pairs.
const MOST_COMPARED: usize = 400;

/// Names that a note lists.
const SHOWN: usize = 3;

/// Series and single samples by condition, and copies of samples.
#[derive(Clone, Debug, Default)]
pub struct SampleConditions {
    /// Condition of every series, numbered in the order of the first of each.
    pub of_series: Vec<usize>,
    /// Condition of every single sample; the numbers go on after those of the series.
    pub of_singles: Vec<usize>,
    /// For every sample the first with the same values.
    pub copies: Vec<usize>,
    /// What was recognised, for a note; none if every series and sample is of its own condition.
    pub note: Option<String>,
}

impl SampleConditions {
    /// * `levels`: of all samples, series before single ones
    ///
    /// # Cost   `O(n p)`, and `O(u² p)` for at most 400 series or single samples with numbered names.
    pub(super) fn new(
        expression: &Expression,
        states: Option<&SteadyStates>,
        levels: MatRef<'_, f64>,
    ) -> Self {
        let units = units(expression, states);
        let series = expression.series().len();
        let copies = copies(levels);
        let mut groups = Groups::new(units.len());
        let by_label = groups.join(&labels(&units));
        let by_name = groups.join(&stems(&units, replicate_stem));
        let by_number = groups.join_if(&stems(&units, numbered_stem), |groups| {
            resemble(&units, groups, levels)
        });
        let by_origin = groups.join(&origins(series, states));
        let first_of = |unit: &SampleUnit<'_>| unit.rows.start;
        let mut by_copy: HashMap<usize, usize> = HashMap::new();
        for (number, unit) in units.iter().enumerate().skip(series) {
            let first = *by_copy.entry(copies[first_of(unit)]).or_insert(number);
            groups.sets.union(first, number);
        }
        let examples = [by_label, by_name, by_number, by_origin];
        let numbers = groups.numbers();
        let copied = copies
            .iter()
            .enumerate()
            .filter(|(row, first)| row != *first);
        Self {
            note: note(&units, &numbers, series, &examples.concat(), copied.count()),
            of_singles: numbers[series..].to_vec(),
            of_series: numbers[..series].to_vec(),
            copies,
        }
    }

    /// Number of conditions of series.
    #[must_use]
    pub fn series(&self) -> usize {
        count(&self.of_series)
    }

    /// Number of conditions, those of single samples included.
    #[must_use]
    pub fn all(&self) -> usize {
        count(&[&self.of_series[..], &self.of_singles].concat())
    }
}

fn count(numbers: &[usize]) -> usize {
    let mut seen = numbers.to_vec();
    seen.sort_unstable();
    seen.dedup();
    seen.len()
}

/// A series, or a single sample.
struct SampleUnit<'a> {
    name: &'a str,
    /// Its condition, if that is the same in all its samples.
    label: &'a str,
    rows: std::ops::Range<usize>,
    single: bool,
}

impl SampleUnit<'_> {
    fn kind(&self) -> &'static str {
        if self.single { "single" } else { "series" }
    }
}

fn units<'a>(expression: &'a Expression, states: Option<&'a SteadyStates>) -> Vec<SampleUnit<'a>> {
    let mut first = 0;
    let mut units = Vec::new();
    for one in expression.series() {
        let rows = first..first + one.len();
        first = rows.end;
        let label = one.conditions().first().map_or("", String::as_str);
        let same = one.conditions().iter().all(|other| other == label);
        units.push(SampleUnit {
            name: one.name(),
            label: if same { label } else { "" },
            rows,
            single: false,
        });
    }
    let samples = states.map_or(&[][..], SteadyStates::samples);
    units.extend(samples.iter().zip(first..).map(|(sample, row)| SampleUnit {
        name: &sample.label,
        label: &sample.label,
        rows: row..row + 1,
        single: true,
    }));
    units
}

/// Conditions; one that all series, or all single samples, share says nothing.
fn labels(units: &[SampleUnit<'_>]) -> Vec<Option<String>> {
    let differ = |single: bool| {
        let mut labels = units.iter().filter(|unit| unit.single == single);
        let first = labels.next().map_or("", |unit| unit.label);
        labels.any(|unit| unit.label != first)
    };
    let several = [differ(false), differ(true)];
    let key = |unit: &SampleUnit<'_>| {
        let says = several[usize::from(unit.single)] && !unit.label.is_empty();
        says.then(|| format!("{} {}", unit.kind(), unit.label))
    };
    units.iter().map(key).collect()
}

fn stems(units: &[SampleUnit<'_>], stem: impl Fn(&str) -> Option<String>) -> Vec<Option<String>> {
    let key = |unit: &SampleUnit<'_>| Some(format!("{} {}", unit.kind(), stem(unit.name)?));
    units.iter().map(key).collect()
}

/// Interventions of steady states by number, the wild type included; none of a series.
fn origins(series: usize, states: Option<&SteadyStates>) -> Vec<Option<String>> {
    let mut keys = vec![None; series];
    if let Some(states) = states {
        keys.resize(series + states.len(), None);
        for (number, (_, rows)) in by_interventions(states).iter().enumerate() {
            for row in rows {
                keys[series + row] = Some(number.to_string());
            }
        }
    }
    keys
}

/// Whether members of groups resemble each other clearly more than members of different groups.
fn resemble(
    units: &[SampleUnit<'_>],
    groups: &BTreeMap<String, Vec<usize>>,
    levels: MatRef<'_, f64>,
) -> bool {
    let several = groups.values().filter(|members| members.len() > 1);
    if several.count() < FEWEST_STEMS {
        return false;
    }
    let scaled = ZScores::new(levels).values;
    let (mut within, mut between) = (Vec::new(), Vec::new());
    let members: Vec<(usize, usize)> = (groups.values().enumerate())
        .flat_map(|(group, members)| members.iter().map(move |&unit| (group, unit)))
        .take(MOST_COMPARED)
        .collect();
    for (at, (group, one)) in members.iter().enumerate() {
        for (other_group, other) in &members[..at] {
            let distance = distance(&units[*one], &units[*other], scaled.as_ref());
            let to = if group == other_group {
                &mut within
            } else {
                &mut between
            };
            to.push(distance);
        }
    }
    mean(&within) < ALIKE * mean(&between)
}

/// Mean square distance of samples at the same place of both.
fn distance(one: &SampleUnit<'_>, other: &SampleUnit<'_>, levels: MatRef<'_, f64>) -> f64 {
    let pairs = one.rows.clone().zip(other.rows.clone());
    let squares = pairs.map(|(a, b)| {
        let genes = 0..levels.ncols();
        genes
            .map(|j| (levels[(a, j)] - levels[(b, j)]).powi(2))
            .sum::<f64>()
    });
    let squares: Vec<f64> = squares.collect();
    mean(&squares)
}

/// For every row the first with the same values.
fn copies(levels: MatRef<'_, f64>) -> Vec<usize> {
    let same = |a: usize, b: usize| {
        let pairs = levels.row(a).iter().zip(levels.row(b).iter());
        pairs.into_iter().all(|(x, y)| x.to_bits() == y.to_bits())
    };
    // rows with one hash, each different from the others
    let mut seen: HashMap<u64, Vec<usize>> = HashMap::new();
    let rows = (0..levels.nrows()).map(|row| {
        let mut hash = DefaultHasher::new();
        levels
            .row(row)
            .iter()
            .for_each(|x| hash.write_u64(x.to_bits()));
        let candidates = seen.entry(hash.finish()).or_default();
        let first = candidates.iter().copied().find(|&first| same(first, row));
        first.unwrap_or_else(|| {
            candidates.push(row);
            row
        })
    });
    rows.collect()
}

/// Disjoint sets of units.
struct Groups {
    sets: UnionFind<usize>,
}

impl Groups {
    fn new(units: usize) -> Self {
        Self {
            sets: UnionFind::new(units),
        }
    }

    /// Joins units of one key; returns those that were joined to an earlier one.
    fn join(&mut self, keys: &[Option<String>]) -> Vec<usize> {
        self.join_if(keys, |_| true)
    }

    fn join_if(
        &mut self,
        keys: &[Option<String>],
        sound: impl FnOnce(&BTreeMap<String, Vec<usize>>) -> bool,
    ) -> Vec<usize> {
        let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (unit, key) in keys.iter().enumerate() {
            if let Some(key) = key {
                groups.entry(key.clone()).or_default().push(unit);
            }
        }
        let mut joined = Vec::new();
        if groups.values().all(|members| members.len() < 2) || !sound(&groups) {
            return joined;
        }
        for members in groups.values().filter(|members| members.len() > 1) {
            for &unit in &members[1..] {
                if self.sets.union(members[0], unit) {
                    joined.extend([members[0], unit]);
                }
            }
        }
        joined
    }

    /// Number of the set of every unit, in the order of the first of each.
    fn numbers(self) -> Vec<usize> {
        let mut seen: HashMap<usize, usize> = HashMap::new();
        let sets = self.sets.into_labeling().into_iter();
        sets.map(|set| {
            let next = seen.len();
            *seen.entry(set).or_insert(next)
        })
        .collect()
    }
}

/// * `joined`: units that were joined, as examples
fn note(
    units: &[SampleUnit<'_>],
    numbers: &[usize],
    series: usize,
    joined: &[usize],
    copies: usize,
) -> Option<String> {
    let mut parts = Vec::new();
    for (what, range) in [
        ("series", 0..series),
        ("single samples", series..units.len()),
    ] {
        let conditions = count(&numbers[range.clone()]);
        if conditions < range.len() {
            let mut examples: Vec<&str> = Vec::new();
            for unit in joined.iter().filter(|unit| range.contains(unit)) {
                let name = units[*unit].name;
                if !name.is_empty() && !examples.contains(&name) && examples.len() < SHOWN {
                    examples.push(name);
                }
            }
            let examples = match examples.join("`, `") {
                names if names.is_empty() => String::new(),
                names => format!(" (`{names}`, …)"),
            };
            let all = range.len();
            parts.push(format!(
                "{all} {what} are of {conditions} conditions{examples}"
            ));
        }
    }
    if copies > 0 {
        parts.push(format!("{copies} samples are copies of others"));
    }
    (!parts.is_empty()).then(|| {
        format!(
            "replicates: {}; what is of one condition is held out together",
            parts.join(", ")
        )
    })
}

#[cfg(test)]
mod tests;
