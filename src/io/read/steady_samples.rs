//! The samples of a table of steady states, in whatever orientation it was.

use faer::Mat;

use super::genotype_labels::name_mutants;
use super::steady_orientation::SteadySide;
use crate::expression::{SteadySample, SteadyStates};
use crate::genes::Genes;
use crate::io::text::{Place, ReadError, Reading, if_any, name_some};

/// Samples and their levels, with what was said about them.
pub(super) struct SteadyTable {
    pub(super) genes: Genes,
    pub(super) samples: Vec<SteadySample>,
    pub(super) values: Mat<f64>,
    pub(super) notes: Vec<String>,
    pub(super) warnings: Vec<String>,
}

impl SteadyTable {
    /// The states, with what was decided.
    pub(super) fn reading(
        self,
        file: &str,
        side: SteadySide,
    ) -> Result<Reading<SteadyStates>, ReadError> {
        let states = SteadyStates::new(self.genes, self.samples, self.values);
        let states = states.map_err(|source| ReadError::invalid(Place::file(file), source))?;
        let mut reading = Reading::new(states);
        reading.notes = self.notes;
        if let Some(why) = side.note {
            let place = if side.genes_in_rows {
                "rows, samples in columns"
            } else {
                "columns"
            };
            reading
                .notes
                .push(format!("{file}: genes are in {place}, {why}"));
        }
        let counts = reading.value.counts();
        reading
            .notes
            .push(format!("{file}: steady states: {counts}"));
        reading.warnings = self.warnings;
        reading.warnings.extend(empty_rows(&reading.value));
        Ok(reading)
    }
}

/// A warning if labels in a table of knockouts say that something of the gene is left.
pub(super) fn knockdowns_as_knockouts(file: &str, labels: &[&str]) -> Option<String> {
    if_any(labels, |count, some| {
        format!(
            "{file}: {count} label(s) of a table of knockouts name knockdowns, and are read as knockouts: {some}; \
             if something of the gene is left, give the table with `--knockdowns`"
        )
    })
}

/// A note on labels that name a gene and are controls of its mutants.
pub(super) fn controls_as_wild_type(file: &str, labels: &[&str]) -> Option<String> {
    if_any(labels, |count, some| {
        format!(
            "{file}: {count} sample(s) of which the label names a gene are its controls, and are read as wild type: {some}"
        )
    })
}

/// A warning about labels of mutants in a table of which it was said that nothing was changed by hand.
pub(super) fn labels_not_used(file: &str, labels: &[String], genes: &Genes) -> Option<String> {
    let mut different = labels.to_vec();
    different.sort_unstable();
    different.dedup();
    name_mutants(labels, genes).then(|| {
        format!(
            "{file}: labels that say which genes were changed are not used, as the table was given with `--steady`: {}; \
             give it with `--knockouts`, `--knockdowns` or `--overexpression`",
            name_some(&different)
        )
    })
}

fn empty_rows(states: &SteadyStates) -> Option<String> {
    let values = states.values();
    let rows =
        (0..states.len()).filter(|&row| (0..values.ncols()).all(|j| values[(row, j)].is_nan()));
    let names: Vec<&str> = rows
        .map(|row| states.samples()[row].name.as_str())
        .collect();
    if_any(&names, |_, some| {
        format!("steady states without any value: {some}")
    })
}
