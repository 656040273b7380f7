//! States after interventions, as a table holds them.

use faer::Mat;

use cistron::genes::Genes;

/// What is known about one state besides its levels.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PerturbedRow {
    /// Names of the genes that were changed, which need not have levels here.
    pub changed: Vec<String>,
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

impl PerturbedRow {
    /// The key of a row besides its time: the changed genes in any order, and the series.
    pub(super) fn key(&self) -> (Vec<&str>, &str) {
        let mut changed: Vec<&str> = self.changed.iter().map(String::as_str).collect();
        changed.sort_unstable();
        (changed, &self.series)
    }

    /// The row in messages: "G1+G2", "G1 in series 2 at time 5".
    pub(super) fn describe(&self) -> String {
        let mut text = match self.changed.join("+") {
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
