//! Which genes were changed in the rows of a table: columns of labels and of levels.

use super::columns::{Role, role};
use super::faults::{unknown_gene, wrong_cell};
use crate::expression::{Change, Intervention};
use crate::genes::{Gene, Genes};
use crate::io::text::{Cell, Keep, ReadError, Table, parse_cell};

/// Names of a column that says which gene was changed, the surest first.
const LABEL: [&str; 16] = [
    "perturbed",
    "perturbed_gene",
    "perturbation",
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
    "gene",
    "target",
];
/// Names of columns that say it together, one gene each.
const TOGETHER: [&str; 9] = [
    "gene_i", "gene_j", "gene_k", "gene_1", "gene_2", "gene_3", "gene1", "gene2", "gene3",
];
/// Names of a column that may say it: it does if every cell is a gene or the wild type.
const PERHAPS: [&str; 3] = ["strain", "genotype", ""];
/// Names of a column with the level that the gene was brought to.
const LEVEL: [&str; 3] = ["level", "factor", "dose"];
/// What stands for a row in which nothing was changed, in small letters.
const WILD_TYPE: [&str; 10] = [
    "",
    "wt",
    "wild type",
    "wild-type",
    "wildtype",
    "wild_type",
    "control",
    "none",
    "-",
    "na",
];
/// What some tables add to the name of a gene for what was done to it.
const SUFFIXES: [&str; 5] = ["(-/-)", "(+/-)", "_ko", "_kd", "_oe"];

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
                    cells.all(|cell| label(cell, genes).is_ok())
                })?]
            }
        };
        let level = LEVEL.into_iter().find_map(first);
        Some(Self { columns, level })
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
            let found = label(cell, genes).map_err(|unknown| {
                unknown_gene(table.place(table.lines()[row], column), unknown, genes)
            })?;
            changed.extend(found);
        }
        let levels = self.levels(table, row, changed.len(), default_level)?;
        let pairs = changed.into_iter().zip(levels);
        Ok(pairs
            .map(|(gene, level)| Intervention::always(gene, scaled(level)))
            .collect())
    }

    fn levels(
        &self,
        table: &Table,
        row: usize,
        genes: usize,
        default_level: f64,
    ) -> Result<Vec<f64>, ReadError> {
        let Some(column) = self.level else {
            return Ok(vec![default_level; genes]);
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
            Cell::Number(x) | Cell::Comma(x) if x >= 0.0 => Ok(x),
            Cell::Missing => Ok(default_level),
            _ => Err(wrong("a number of 0 or more")),
        };
        if let Cell::Number(x) = parse_cell(cell, false)
            && x >= 0.0
        {
            return Ok(vec![x; genes]);
        }
        let levels: Vec<f64> = parts(cell).map(number).collect::<Result<_, _>>()?;
        match levels.as_slice() {
            [] => Ok(vec![default_level; genes]),
            [one] => Ok(vec![*one; genes]),
            several if several.len() == genes => Ok(levels),
            _ => Err(wrong("one level, or one for each gene that was changed")),
        }
    }
}

/// A level as a part of what regulation would make; 0 is a knockout.
pub fn scaled(level: f64) -> Change {
    if level == 0.0 {
        Change::Knockout
    } else {
        Change::Scaled(level)
    }
}

/// The names in a label, when it is not known which genes there are.
pub fn names(cell: &str) -> Vec<String> {
    if is_wild_type(cell) {
        return Vec::new();
    }
    let bare = |part: &str| {
        let bare = SUFFIXES.iter().find_map(|end| part.strip_suffix(end));
        bare.unwrap_or(part).trim().to_owned()
    };
    parts(cell).map(bare).collect()
}

/// Columns of these names say which genes were changed.
pub fn is_label(name: &str) -> bool {
    let name = name.to_lowercase();
    LABEL.contains(&name.as_str()) || TOGETHER.contains(&name.as_str())
}

fn is_wild_type(cell: &str) -> bool {
    WILD_TYPE.contains(&cell.trim().to_lowercase().as_str())
}

/// The genes that a label names, joined by `+` or `;`; the unknown name as the error.
fn label<'a>(cell: &'a str, genes: &Genes) -> Result<Vec<Gene>, &'a str> {
    if let Some(gene) = find(cell, genes) {
        return Ok(vec![gene]);
    }
    if is_wild_type(cell) {
        return Ok(Vec::new());
    }
    parts(cell)
        .map(|part| find(part, genes).ok_or(part))
        .collect()
}

fn parts(cell: &str) -> impl Iterator<Item = &str> {
    let parts = cell.split(['+', ';']).map(str::trim);
    parts.filter(|part| !part.is_empty())
}

fn find(name: &str, genes: &Genes) -> Option<Gene> {
    let name = name.trim();
    let bare = || {
        let bare = SUFFIXES.iter().find_map(|end| name.strip_suffix(end));
        bare.and_then(|bare| genes.find(bare.trim()))
    };
    genes.find(name).or_else(bare)
}
