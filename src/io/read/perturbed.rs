//! Which genes were changed in the rows of a table: columns of labels and of levels.

use super::columns::{Role, role};
use super::faults::{unreadable_label, wrong_cell};
use super::perturbation_label::{Act, LabelledGene, is_wild_type, read_label};
use crate::expression::{Change, Intervention};
use crate::genes::{Genes, NameMatch};
use crate::io::text::{Cell, Keep, Place, ReadError, Table, parse_cell};

/// Names of a column that says which gene was changed, the surest first.
const LABEL: [&str; 29] = [
    "perturbed",
    "perturbed_gene",
    "perturbed_genes",
    "perturbation",
    "perturbations",
    "perturbation_name",
    "knockout",
    "knockouts",
    "knocked_out",
    "ko",
    "knockdown",
    "knockdowns",
    "kd",
    "overexpression",
    "overexpressed",
    "oe",
    "mutant",
    "mutation",
    "deletion",
    "deleted",
    "deleted_gene",
    "ko_gene",
    "gene_ko",
    "guide",
    "guide_identity",
    "sgrna",
    "target_gene",
    "gene",
    "target",
];
/// Names of columns that say it together, one gene each.
const TOGETHER: [&str; 9] = [
    "gene_i", "gene_j", "gene_k", "gene_1", "gene_2", "gene_3", "gene1", "gene2", "gene3",
];
/// Names of a column that may say it: it does if every cell is a gene or the wild type.
const PERHAPS: [&str; 5] = ["strain", "genotype", "line", "cell_line", ""];
/// Names of a column with the level that the gene was brought to.
const LEVEL: [&str; 3] = ["level", "factor", "dose"];
/// Whether a column of this name is about interventions, if it is no gene.
pub fn is_mark(name: &str) -> bool {
    let name = name.to_lowercase();
    let known = |list: &[&str]| list.contains(&name.as_str());
    let perhaps = matches!(role(&name), Role::Sample | Role::Condition);
    known(&LABEL) || known(&TOGETHER) || known(&PERHAPS) || known(&LEVEL) || perhaps
}

/// Whether a column of this name, in small letters, may say which genes were changed.
fn may_label(name: &str) -> bool {
    matches!(role(name), Role::Sample | Role::Condition) || PERHAPS.contains(&name)
}

/// The columns of a table that say what was changed; all of them are kept as text.
#[derive(Clone, Debug)]
pub struct Labels {
    columns: Vec<usize>,
    level: Option<usize>,
}

impl Labels {
    /// Finds them; none if no column says which genes were changed.
    ///
    /// * `genes`: names of columns among them are no labels
    pub fn find(table: &Table, genes: &Genes) -> Option<Self> {
        let names: Vec<String> = table.header().iter().map(|n| n.to_lowercase()).collect();
        let text = |at: usize| table.kind(at) == Keep::Text;
        let first = |wanted: &str| (0..names.len()).find(|&at| names[at] == wanted && text(at));
        let together: Vec<usize> = (0..names.len())
            .filter(|&at| TOGETHER.contains(&names[at].as_str()) && text(at))
            .collect();
        let columns = match LABEL.into_iter().find_map(first) {
            Some(column) => vec![column],
            None if !together.is_empty() => together,
            None => {
                let mut named = (0..names.len()).filter(|&at| text(at) && may_label(&names[at]));
                vec![named.find(|&at| {
                    let mut cells = table.text(at).iter();
                    cells.all(|cell| read_label(cell, genes).is_ok())
                })?]
            }
        };
        let level = LEVEL.into_iter().find_map(first);
        Some(Self { columns, level })
    }

    /// The error about the first label that is not readable, where the cells of a column without a sure name may be
    /// labels: most of them are, or capitals hide the genes.
    pub fn unreadable(table: &Table, genes: &Genes) -> Option<ReadError> {
        let loose = genes.matching(NameMatch::NoCase);
        let mut columns = table.columns(Keep::Text).into_iter();
        columns.find_map(|column| {
            let cells = table.text(column);
            let known = cells.iter().filter(|cell| {
                !cell.is_empty() && read_label(cell, genes).is_ok() || loose.find(cell).is_some()
            });
            let like_labels = may_label(&table.header()[column].to_lowercase())
                && (2 * known.count() > cells.len()
                    || cells
                        .iter()
                        .any(|cell| is_wild_type(cell) && !cell.is_empty()));
            let row = cells
                .iter()
                .position(|cell| read_label(cell, genes).is_err());
            let row = row.filter(|_| like_labels)?;
            let part = read_label(&cells[row], genes).err()?;
            let place = table.place(table.lines()[row], column);
            Some(unreadable_label(place, &cells[row], part, genes))
        })
    }

    /// What was done in a row; nothing in the wild type.
    ///
    /// * `default_level`: the level where no column says it, as a part of what regulation would make
    ///
    /// # Errors   [`ReadError`] with the cell for an unknown gene or a level that is not a number of 0
    ///   or more, or that fits no gene.
    pub fn interventions(
        &self,
        table: &Table,
        row: usize,
        genes: &Genes,
        default_level: f64,
    ) -> Result<Vec<Intervention>, ReadError> {
        let mut changed = Vec::new();
        for &column in &self.columns {
            let cell = &table.text(column)[row];
            let found = read_label(cell, genes).map_err(|unknown| {
                let place = table.place(table.lines()[row], column);
                unreadable_label(place, cell, unknown, genes)
            })?;
            changed.extend(found.into_iter().map(|found| (column, found)));
        }
        let levels = self.levels(table, row, changed.len())?;
        let pairs = changed.into_iter().zip(levels);
        pairs
            .map(|((column, LabelledGene { gene, act }), level)| {
                let level = match level {
                    Some(level) => level,
                    None => level_of(act, default_level).ok_or_else(|| {
                        let place = table.place(table.lines()[row], column);
                        other_change(place, &table.text(column)[row], default_level)
                    })?,
                };
                Ok(Intervention::always(gene, scaled(level)))
            })
            .collect()
    }

    /// Whether a column says the levels.
    pub fn has_levels(&self) -> bool {
        self.level.is_some()
    }

    /// The labels of a row that say a knockdown.
    pub fn knockdowns<'t>(&self, table: &'t Table, row: usize, genes: &Genes) -> Vec<&'t str> {
        let cells = self
            .columns
            .iter()
            .map(|&column| table.text(column)[row].as_str());
        cells.filter(|cell| is_knockdown(cell, genes)).collect()
    }

    /// The level of every changed gene in a row; none where the table does not say it.
    fn levels(
        &self,
        table: &Table,
        row: usize,
        genes: usize,
    ) -> Result<Vec<Option<f64>>, ReadError> {
        let Some(column) = self.level else {
            return Ok(vec![None; genes]);
        };
        let cell = table.text(column)[row].as_str();
        let wrong = |expected: &str| {
            wrong_cell(
                table.place(table.lines()[row], column),
                cell,
                expected,
                "correct it, or leave the cell empty for the usual level",
            )
        };
        let number = |part: &str| match parse_cell(part, true) {
            Cell::Number(x) | Cell::Comma(x) if x >= 0.0 => Ok(Some(x)),
            Cell::Missing => Ok(None),
            _ => Err(wrong("a number of 0 or more")),
        };
        if let Cell::Number(x) = parse_cell(cell, false)
            && x >= 0.0
        {
            return Ok(vec![Some(x); genes]);
        }
        let parts = cell.split(['+', ';']).map(str::trim);
        let parts = parts.filter(|part| !part.is_empty()).map(number);
        let levels: Vec<Option<f64>> = parts.collect::<Result<_, _>>()?;
        match levels.as_slice() {
            [] => Ok(vec![None; genes]),
            [one] => Ok(vec![*one; genes]),
            several if several.len() == genes => Ok(levels),
            _ => Err(wrong("one level, or one for each gene that was changed")),
        }
    }
}

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
pub fn scaled(level: f64) -> Change {
    if level == 0.0 {
        Change::Knockout
    } else {
        Change::Scaled(level)
    }
}

/// Columns of these names say which genes were changed.
pub fn is_label(name: &str) -> bool {
    let name = name.to_lowercase();
    LABEL.contains(&name.as_str()) || TOGETHER.contains(&name.as_str())
}
