//! The level of a changed gene that a label says.

use super::faults::wrong_cell;
use super::perturbation_label::{Act, read_label};
use crate::expression::Change;
use crate::genes::Genes;
use crate::io::text::{Place, ReadError};

/// The level that a label says where no column does; none if it contradicts the table.
///
/// * `default_level`: of the table, as a part of what regulation would make
pub(super) fn level_of(act: Option<Act>, default_level: f64) -> Option<f64> {
    match act {
        None => Some(default_level),
        Some(Act::Knockout) => Some(0.0),
        Some(Act::Knockdown) => (default_level < 1.0).then_some(default_level),
        Some(Act::Overexpression) => (default_level > 1.0).then_some(default_level),
    }
}

/// The error about a label that says another change than its table.
pub(super) fn other_change(place: Place, cell: &str, default_level: f64) -> ReadError {
    let (expected, option) = if default_level > 1.0 {
        ("overexpression, as of the whole table", "--knockdowns")
    } else {
        (
            "a gene of which there is less, as in the whole table",
            "--overexpression",
        )
    };
    let cure =
        format!("give the sample in a table of its own with `{option}`, or add a column `level`");
    wrong_cell(place, cell, expected, &cure)
}

/// Whether a label says that a gene was knocked down.
pub(super) fn is_knockdown(cell: &str, genes: &Genes) -> bool {
    let found = read_label(cell, genes).unwrap_or_default();
    found.iter().any(|one| one.act == Some(Act::Knockdown))
}

/// A level as a part of what regulation would make; 0 is a knockout.
pub(super) fn scaled(level: f64) -> Change {
    if level == 0.0 {
        Change::Knockout
    } else {
        Change::Scaled(level)
    }
}
