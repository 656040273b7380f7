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

use faer::MatRef;

use crate::expression::{Expression, Origin, SteadySample, SteadyStates};
use crate::numeric::{mean, standard_deviation};

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
        let by_origin = groups.join(&origins(&units));
        let first_of = |unit: &Unit<'_>| unit.rows.start;
        let mut by_copy: HashMap<usize, usize> = HashMap::new();
        for (number, unit) in units.iter().enumerate().skip(series) {
            let first = *by_copy.entry(copies[first_of(unit)]).or_insert(number);
            groups.unite(first, number);
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
struct Unit<'a> {
    name: &'a str,
    /// Its condition, if that is the same in all its samples.
    label: &'a str,
    rows: std::ops::Range<usize>,
    single: Option<&'a SteadySample>,
}

fn units<'a>(expression: &'a Expression, states: Option<&'a SteadyStates>) -> Vec<Unit<'a>> {
    let mut first = 0;
    let mut units = Vec::new();
    for one in expression.series() {
        let rows = first..first + one.len();
        first = rows.end;
        let label = one.conditions().first().map_or("", String::as_str);
        let same = one.conditions().iter().all(|other| other == label);
        units.push(Unit {
            name: one.name(),
            label: if same { label } else { "" },
            rows,
            single: None,
        });
    }
    let samples = states.map_or(&[][..], SteadyStates::samples);
    units.extend(samples.iter().zip(first..).map(|(sample, row)| Unit {
        name: &sample.label,
        label: &sample.label,
        rows: row..row + 1,
        single: Some(sample),
    }));
    units
}

/// Conditions; one that all share says nothing.
fn labels(units: &[Unit<'_>]) -> Vec<Option<String>> {
    let labels: Vec<&str> = units.iter().map(|unit| unit.label).collect();
    let several = labels.iter().any(|label| *label != labels[0]);
    let key = |unit: &Unit<'_>| {
        let kind = if unit.single.is_some() {
            "single"
        } else {
            "series"
        };
        (several && !unit.label.is_empty()).then(|| format!("{kind} {}", unit.label))
    };
    units.iter().map(key).collect()
}

fn stems(units: &[Unit<'_>], stem: impl Fn(&str) -> Option<String>) -> Vec<Option<String>> {
    let key = |unit: &Unit<'_>| {
        let kind = if unit.single.is_some() {
            "single"
        } else {
            "series"
        };
        Some(format!("{kind} {}", stem(unit.name)?))
    };
    units.iter().map(key).collect()
}

/// Interventions of steady states, the wild type included.
fn origins(units: &[Unit<'_>]) -> Vec<Option<String>> {
    let key = |unit: &Unit<'_>| match &unit.single?.origin {
        Origin::Multifactorial => None,
        Origin::Interventions(done) => Some(format!("{done:?}")),
    };
    units.iter().map(key).collect()
}

const SEPARATORS: [char; 6] = ['_', '-', '.', ' ', '/', ':'];

/// Words for a replicate, before its number; the short ones count as a part of their own only.
const WORDS: [&str; 9] = [
    "replicate",
    "repeat",
    "biorep",
    "techrep",
    "rep",
    "br",
    "tr",
    "r",
    "repl",
];

/// A name without the part that numbers a replicate, `heat` of `heat_rep2` and `rep2_heat`.
fn replicate_stem(name: &str) -> Option<String> {
    let parts: Vec<&str> = name.split(SEPARATORS).collect();
    let whole = |part: &str| {
        let lower = part.to_lowercase();
        let word = lower.trim_end_matches(|c: char| c.is_ascii_digit());
        WORDS.contains(&word) && word.len() < lower.len()
    };
    let word = |part: &str| WORDS[..5].contains(&part.to_lowercase().as_str());
    let number = |part: &str| {
        let letter = part.len() == 1 && part.chars().all(|c| c.is_ascii_alphabetic());
        letter || (!part.is_empty() && part.chars().all(|c| c.is_ascii_digit()))
    };
    let at = parts.iter().position(|part| whole(part));
    let pair = || {
        let pairs = parts.windows(2);
        let mut pairs = pairs.enumerate();
        pairs
            .find(|(_, pair)| word(pair[0]) && number(pair[1]))
            .map(|(at, _)| at)
    };
    let (first, length) = match at {
        Some(at) => (at, 1),
        None => (pair()?, 2),
    };
    let left = parts[..first].iter().chain(&parts[first + length..]);
    let stem = left.copied().collect::<Vec<_>>().join("_");
    (!stem.is_empty()).then_some(stem)
}

/// A name without its last number, `heat` of `heat_2`; the whole name where it has none.
fn numbered_stem(name: &str) -> Option<String> {
    if name.is_empty() {
        return None;
    }
    let stem = name.rsplit_once(SEPARATORS).filter(|(stem, number)| {
        let digits = number.chars().all(|c| c.is_ascii_digit());
        !stem.is_empty() && digits && (1..=2).contains(&number.len())
    });
    Some(stem.map_or(name, |(stem, _)| stem).to_owned())
}

/// Whether members of groups resemble each other clearly more than members of different groups.
fn resemble(
    units: &[Unit<'_>],
    groups: &BTreeMap<String, Vec<usize>>,
    levels: MatRef<'_, f64>,
) -> bool {
    let several = groups.values().filter(|members| members.len() > 1);
    if several.count() < FEWEST_STEMS {
        return false;
    }
    let scaled = scaled(levels);
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

/// Levels with mean 0 and variance one.
fn scaled(levels: MatRef<'_, f64>) -> faer::Mat<f64> {
    let mut out = levels.to_owned();
    for j in 0..out.ncols() {
        let column = out.col_as_slice_mut(j);
        let (center, size) = (mean(column), standard_deviation(column));
        let unit = if size > 0.0 { size.recip() } else { 0.0 };
        column.iter_mut().for_each(|x| *x = (*x - center) * unit);
    }
    out
}

/// Mean square distance of samples at the same place of both.
fn distance(one: &Unit<'_>, other: &Unit<'_>, levels: MatRef<'_, f64>) -> f64 {
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
    let mut first: HashMap<Vec<u64>, usize> = HashMap::new();
    let rows = (0..levels.nrows()).map(|row| {
        let bits = levels.row(row).iter().map(|x| x.to_bits()).collect();
        *first.entry(bits).or_insert(row)
    });
    rows.collect()
}

/// Disjoint sets of units.
struct Groups {
    parents: Vec<usize>,
}

impl Groups {
    fn new(units: usize) -> Self {
        Self {
            parents: (0..units).collect(),
        }
    }

    fn root(&self, mut unit: usize) -> usize {
        while self.parents[unit] != unit {
            unit = self.parents[unit];
        }
        unit
    }

    /// The earlier unit stays the root.
    fn unite(&mut self, one: usize, other: usize) {
        let (a, b) = (self.root(one), self.root(other));
        self.parents[a.max(b)] = a.min(b);
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
                if self.root(unit) != self.root(members[0]) {
                    joined.extend([members[0], unit]);
                }
                self.unite(members[0], unit);
            }
        }
        joined
    }

    /// Number of the set of every unit, in the order of the first of each.
    fn numbers(&self) -> Vec<usize> {
        let mut seen: HashMap<usize, usize> = HashMap::new();
        let units = 0..self.parents.len();
        units
            .map(|unit| {
                let next = seen.len();
                *seen.entry(self.root(unit)).or_insert(next)
            })
            .collect()
    }
}

/// * `joined`: units that were joined, as examples
fn note(
    units: &[Unit<'_>],
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
mod tests {
    use super::*;
    use crate::expression::TimeSeries;
    use crate::genes::Genes;
    use faer::Mat;

    #[test]
    fn replicates_are_known_by_their_names() {
        for (name, stem) in [
            ("heat_rep1", Some("heat")),
            ("rep2_heat", Some("heat")),
            ("heat-R2", Some("heat")),
            ("heat.replicate.3", Some("heat")),
            ("heat replicate b", Some("heat")),
            ("heat_rep1_30min", Some("heat_30min")),
            ("rep1", None),
            ("heat_1", None),
            ("crp", None),
            ("super2", None),
        ] {
            assert_eq!(replicate_stem(name).as_deref(), stem, "{name}");
        }
        assert_eq!(numbered_stem("heat_12").as_deref(), Some("heat"));
        assert_eq!(numbered_stem("heat").as_deref(), Some("heat"));
        assert_eq!(numbered_stem("GM+120").as_deref(), Some("GM+120"));
    }

    /// Series of four samples around a level for each.
    fn series(names: &[&str], levels: &[f64]) -> Expression {
        let genes = Genes::new(["a", "b"]).expect("distinct");
        let all = names
            .iter()
            .zip(levels)
            .enumerate()
            .map(|(at, (name, level))| {
                let values = Mat::from_fn(4, 2, |k, j| {
                    level * (j as f64 + 1.0) + 0.01 * (at * 4 + k) as f64
                });
                TimeSeries::new(*name, vec![0.0, 1.0, 2.0, 3.0], values).expect("increasing")
            });
        Expression::new(genes, all.collect()).expect("sound")
    }

    fn found(names: &[&str], levels: &[f64]) -> SampleConditions {
        let expression = series(names, levels);
        let stacked = super::super::samples::stacked(&expression, None);
        SampleConditions::new(&expression, None, stacked.as_ref())
    }

    #[test]
    fn numbered_names_are_replicates_if_the_data_agree() {
        let names = ["heat_1", "cold_1", "heat_2", "cold_2"];
        let alike = found(&names, &[1.0, 5.0, 1.1, 5.1]);
        assert_eq!(alike.of_series, [0, 1, 0, 1]);
        assert_eq!(alike.series(), 2);
        let note = alike.note.expect("it matters");
        assert!(
            note.contains("4 series are of 2 conditions (`cold_1`, `cold_2`"),
            "{note}"
        );
        let apart = found(&names, &[1.0, 5.0, 9.0, 2.0]);
        assert_eq!(apart.of_series, [0, 1, 2, 3]);
        assert_eq!(apart.note, None);
        let counted = found(&["s_1", "s_2", "s_3"], &[1.0, 1.1, 1.2]);
        assert_eq!(counted.series(), 3, "one stem counts the series");
    }

    #[test]
    fn named_replicates_shared_conditions_and_interventions_are_of_one_condition() {
        let named = found(&["heat_rep1", "heat_rep2", "cold"], &[1.0, 9.0, 3.0]);
        assert_eq!(named.of_series, [0, 0, 1]);
        let expression = series(&["x", "y"], &[1.0, 2.0]);
        let genes = expression.genes().clone();
        let wild = || Origin::Interventions(Vec::new());
        let mut samples = vec![
            SteadySample::new("row 1", wild()),
            SteadySample::new("row 2", wild()),
        ];
        for label in ["c1", "c1", "c2", ""] {
            samples.push(SteadySample {
                label: label.to_owned(),
                ..SteadySample::new("row", Origin::Multifactorial)
            });
        }
        let values = Mat::from_fn(6, 2, |i, j| if i == 5 { 4.0 } else { (i * i + j) as f64 });
        let mut values = values;
        (values[(4, 0)], values[(4, 1)]) = (4.0, 4.0);
        let states = SteadyStates::new(genes, samples, values).expect("sound");
        let stacked = super::super::samples::stacked(&expression, Some(&states));
        let found = SampleConditions::new(&expression, Some(&states), stacked.as_ref());
        assert_eq!(found.of_series, [0, 1]);
        assert_eq!(
            found.of_singles,
            [2, 2, 3, 3, 4, 4],
            "the last two have the same values"
        );
        assert_eq!(found.copies[13], 12);
        assert_eq!(found.all(), 5);
    }
}
