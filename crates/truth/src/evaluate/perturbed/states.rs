//! States after interventions, as a table holds them.

use std::iter;

use faer::Mat;

use cistron::expression::Change;
use cistron::genes::{Gene, Genes};

/// What is known about one state besides its levels.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PerturbedRow {
    /// Names of the genes that were changed, which need not have levels here.
    pub changed: Vec<String>,
    /// What was done to each of them, in the same order; a gene without an entry was knocked out.
    pub changes: Vec<Change>,
    /// Name of the series that it belongs to; empty without one.
    pub series: String,
    /// When it was taken; none for a steady state.
    pub time: Option<f64>,
}

/// States after interventions, in the units of the file.
#[derive(Clone, Debug)]
pub struct PerturbedStates {
    /// The genes, in the order of the columns.
    pub genes: Genes,
    /// What was done in every row.
    pub rows: Vec<PerturbedRow>,
    /// Levels, row = state, column = gene; NaN where not given.
    pub levels: Mat<f64>,
    /// Levels of the wild type in the same rows, if the table has them.
    pub wild_type: Option<Mat<f64>>,
}

impl PerturbedStates {
    /// The states with those of their genes that are among `known`; none without any.
    #[must_use]
    pub fn with_genes(&self, known: &Genes) -> Option<Self> {
        let genes = self.genes.iter();
        let kept: Vec<Gene> = genes
            .filter(|gene| known.find(self.genes.name(*gene)).is_some())
            .collect();
        let names = kept.iter().map(|gene| self.genes.name(*gene));
        let select = |levels: &Mat<f64>| {
            Mat::from_fn(levels.nrows(), kept.len(), |i, j| {
                levels[(i, kept[j].index())]
            })
        };
        Some(Self {
            genes: Genes::new(names).ok().filter(|genes| !genes.is_empty())?,
            rows: self.rows.clone(),
            levels: select(&self.levels),
            wild_type: self.wild_type.as_ref().map(select),
        })
    }

    /// Keeps the rows in which the same was done to the same genes as in an answer, and those of the wild type, all
    /// without their series. Where no row names genes, all are of the answer.
    ///
    /// Returns whether there is such a row; otherwise nothing is changed.
    pub fn keep_changes_of(&mut self, answer: &PerturbedRow) -> bool {
        let unnamed = self.rows.iter().all(|row| row.changed.is_empty());
        if !unnamed && !self.rows.iter().any(|row| row.has_changes_of(answer)) {
            return false;
        }
        let rows = self.rows.iter().enumerate();
        let rows = rows.filter(|(_, row)| row.changed.is_empty() || row.has_changes_of(answer));
        let kept: Vec<usize> = rows.map(|(at, _)| at).collect();
        self.levels = rows_of(&self.levels, &kept);
        self.wild_type = self.wild_type.as_ref().map(|all| rows_of(all, &kept));
        self.rows = kept.iter().map(|&at| self.rows[at].clone()).collect();
        for row in &mut self.rows {
            row.series.clear();
            if unnamed {
                row.changed.clone_from(&answer.changed);
                row.changes.clone_from(&answer.changes);
            }
        }
        true
    }
}

fn rows_of(levels: &Mat<f64>, rows: &[usize]) -> Mat<f64> {
    Mat::from_fn(rows.len(), levels.ncols(), |i, j| levels[(rows[i], j)])
}

/// What rows have in common that differ by time and replicate: what was done to the genes, in any order, and the
/// series.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) struct RowKey<'a> {
    changed: Vec<(&'a str, ChangeKey)>,
    series: &'a str,
}

/// What was done to a gene, with the bits of a level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum ChangeKey {
    Knockout,
    Scaled(u64),
    Set(u64),
}

impl PerturbedRow {
    /// The key of a row besides its time.
    pub(super) fn key(&self) -> RowKey<'_> {
        RowKey {
            changed: self.change_keys(),
            series: &self.series,
        }
    }

    /// Whether the same was done to the same genes, in any order.
    #[must_use]
    pub fn has_changes_of(&self, other: &Self) -> bool {
        self.change_keys() == other.change_keys()
    }

    /// Whether all changed genes were knocked out; so it is for the wild type.
    pub(super) fn is_knockout(&self) -> bool {
        let mut keys = self.change_keys().into_iter();
        keys.all(|(_, change)| change == ChangeKey::Knockout)
    }

    fn change_keys(&self) -> Vec<(&str, ChangeKey)> {
        let changes = self.done().map(|(name, change)| match change {
            Change::Knockout => (name, ChangeKey::Knockout),
            Change::Scaled(0.0) => (name, ChangeKey::Knockout),
            Change::Scaled(level) => (name, ChangeKey::Scaled(level.to_bits())),
            Change::Set(level) => (name, ChangeKey::Set(level.to_bits())),
        });
        let mut keys: Vec<_> = changes.collect();
        keys.sort_unstable();
        keys
    }

    /// The changed genes with what was done to them.
    fn done(&self) -> impl Iterator<Item = (&str, Change)> {
        let known = self.changes.iter().copied();
        let changes = known.chain(iter::repeat(Change::Knockout));
        self.changed.iter().map(String::as_str).zip(changes)
    }

    /// The row in messages: "G1+G2" for knockouts, "G1 (level 0.5)", "G1 in series 2 at time 5".
    #[must_use]
    pub fn describe(&self) -> String {
        let done = self.done().map(|(name, change)| match change {
            Change::Knockout => name.to_owned(),
            Change::Scaled(level) => format!("{name} (level {level})"),
            Change::Set(level) => format!("{name} (set to {level})"),
        });
        let done: Vec<String> = done.collect();
        let mut text = match done.join("+") {
            none if none.is_empty() => "the wild type".to_owned(),
            changed => changed,
        };
        if !self.series.is_empty() {
            text += &format!(" in series {}", self.series);
        }
        if let Some(time) = self.time {
            text += &format!(" at time {time}");
        }
        text
    }
}
