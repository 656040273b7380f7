//! Which genes were changed in the rows of a table: columns of labels and of levels.

use super::columns::{Role, plain, role};
use super::faults::{unreadable_label, wrong_cell};
use super::perturbation_label::{Act, LabelledGene, is_wild_type, read_label};
use super::perturbation_words::{LABEL_COLUMNS, LabelColumn, is_blank, label_column};
use crate::expression::{Change, Intervention};
use crate::genes::{Genes, NameMatch};
use crate::io::text::{Cell, Keep, Place, ReadError, Table, parse_cell};

/// Names of columns that say it together, one gene each.
const TOGETHER: [&str; 9] = [
    "gene_i", "gene_j", "gene_k", "gene_1", "gene_2", "gene_3", "gene1", "gene2", "gene3",
];
/// Names of a column with the level that the gene was brought to.
const LEVEL: [&str; 2] = ["level", "factor"];
/// Such a column of tables in which something of the gene is left; beside knockouts it is that of a drug.
const DOSE: &str = "dose";

/// Whether a column of this name is about interventions, if it is no gene.
pub fn is_mark(name: &str) -> bool {
    let name = plain(name);
    let level = LEVEL.contains(&name.as_str()) || name == DOSE;
    level || is_label(&name) || may_label(&name)
}

/// Whether a column of this name may say which genes were changed: it does if its cells are genes or the wild type.
fn may_label(name: &str) -> bool {
    matches!(role(name), Role::Sample | Role::Condition)
        || matches!(
            label_column(name),
            Some(LabelColumn::Strain | LabelColumn::Line)
        )
}

/// Columns of these names say which genes were changed.
pub fn is_label(name: &str) -> bool {
    let about = label_column(name);
    matches!(about, Some(LabelColumn::Mutant | LabelColumn::Gene))
        || TOGETHER.contains(&plain(name).as_str())
}

/// The columns of a table that say what was changed; all of them are kept as text.
#[derive(Clone, Debug)]
pub struct Labels {
    columns: Vec<usize>,
    level: Option<usize>,
    /// A column of doses that says nothing about genes.
    dose: Option<usize>,
    /// What the whole table is about; none for queries.
    asked: Option<f64>,
}

/// How the cells of a column read as labels.
struct LabelCells {
    column: usize,
    /// Whether a cell names a gene.
    named: bool,
    /// The first row that is neither a gene nor the wild type.
    wrong: Option<usize>,
}

impl LabelCells {
    fn of(table: &Table, column: usize, genes: &Genes) -> Self {
        let mut read = Self {
            column,
            named: false,
            wrong: None,
        };
        for (row, cell) in table.text(column).iter().enumerate() {
            match read_label(cell, genes) {
                Ok(found) => read.named |= !found.is_empty(),
                Err(_) => read.wrong = read.wrong.or(Some(row)),
            }
        }
        read
    }
}

impl Labels {
    /// Finds them; none if no column says which genes were changed.
    ///
    /// * `genes`: names of columns among them are no labels
    /// * `asked`: what the table is about, as a part of what regulation would make: 0 for knockouts; none for
    ///   queries, in which every level is allowed
    ///
    /// # Errors   [`ReadError`] with the first label that is not known, where others of its column name genes.
    pub fn find(
        table: &Table,
        genes: &Genes,
        asked: Option<f64>,
    ) -> Result<Option<Self>, ReadError> {
        let Some(columns) = label_columns(table, genes)? else {
            return Ok(None);
        };
        let first = |wanted: &str| named_column(table, wanted);
        let dose = first(DOSE);
        let level = LEVEL.into_iter().find_map(first);
        let doses = asked != Some(0.0);
        Ok(Some(Self {
            columns,
            level: level.or(dose.filter(|_| doses)),
            dose: dose.filter(|_| !doses),
            asked,
        }))
    }

    /// The columns that name genes.
    pub(super) fn columns(&self) -> &[usize] {
        &self.columns
    }

    /// What was decided about them.
    pub(super) fn note(&self, table: &Table) -> Option<String> {
        let place = table.header_place(self.dose?);
        Some(format!(
            "{place}: left out, as a knockout has no dose; a column `level` says what is left of a gene"
        ))
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
    /// # Errors   [`ReadError`] with the cell for an unknown gene or a level that is not a number of 0
    ///   or more, or that contradicts the label or the table.
    pub fn interventions(
        &self,
        table: &Table,
        row: usize,
        genes: &Genes,
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
                let label = &table.text(column)[row];
                let level = match level {
                    Some(level) if !self.agrees(act, level) => {
                        return Err(self.other_level(table, row, label, act));
                    }
                    Some(level) => level,
                    None => {
                        let asked = self.asked.unwrap_or(0.0);
                        level_of(act, asked).ok_or_else(|| {
                            let place = table.place(table.lines()[row], column);
                            other_change(place, label, asked)
                        })?
                    }
                };
                Ok(Intervention::always(gene, scaled(level)))
            })
            .collect()
    }

    /// Whether a level in a column is one that the label, else the table, may have.
    fn agrees(&self, act: Option<Act>, level: f64) -> bool {
        match (act, self.asked) {
            (Some(Act::Knockout), _) => level == 0.0,
            (Some(Act::Knockdown), _) => level < 1.0,
            (Some(Act::Overexpression), _) => level > 1.0,
            (None, Some(asked)) if asked > 1.0 => level >= 1.0,
            (None, Some(_)) => level <= 1.0,
            (None, None) => true,
        }
    }

    fn other_level(&self, table: &Table, row: usize, label: &str, act: Option<Act>) -> ReadError {
        let column = self.level.expect("a level was read");
        let said = match (act, self.asked) {
            (Some(_), _) => format!("as `{label}` says"),
            (None, _) => "as in the whole table".to_owned(),
        };
        let expected = match (act, self.asked) {
            (Some(Act::Knockout), _) => "0",
            (Some(Act::Knockdown), _) => "a level below 1",
            (None, Some(asked)) if asked <= 1.0 => "a level up to 1",
            _ => "a level above 1",
        };
        let place = table.place(table.lines()[row], column);
        let name = &table.header()[column];
        wrong_cell(
            place,
            &table.text(column)[row],
            format!("{expected}, {said}"),
            &format!(
                "correct it, give the sample in a table of its own with `--knockdowns` or `--overexpression`, or \
                 remove or rename the column `{name}` if it is not the level of the changed gene"
            ),
        )
    }

    /// Whether nothing says what was changed in a row.
    pub(super) fn is_blank(&self, table: &Table, row: usize) -> bool {
        let mut columns = self.columns.iter();
        columns.all(|&column| is_blank(&table.text(column)[row]))
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

/// The text column of this plain name.
fn named_column(table: &Table, wanted: &str) -> Option<usize> {
    let mut columns = table.columns(Keep::Text).into_iter();
    columns.find(|&column| plain(&table.header()[column]) == wanted)
}

/// The columns that name the changed genes: by their names, else by their cells.
fn label_columns(table: &Table, genes: &Genes) -> Result<Option<Vec<usize>>, ReadError> {
    let sure = LABEL_COLUMNS.iter().filter(|(name, _)| is_label(name));
    let mut sure = sure.filter_map(|(name, _)| named_column(table, name));
    if let Some(column) = sure.next() {
        return Ok(Some(vec![column]));
    }
    let name = |column: &usize| table.header()[*column].as_str();
    let text = table.columns(Keep::Text);
    let together = text.iter().copied();
    let together: Vec<usize> = together
        .filter(|column| TOGETHER.contains(&plain(name(column)).as_str()))
        .collect();
    if !together.is_empty() {
        return Ok(Some(together));
    }
    let (likely, others): (Vec<usize>, Vec<usize>) =
        text.into_iter().partition(|column| may_label(name(column)));
    let read = likely.into_iter().chain(others);
    let read: Vec<LabelCells> = read
        .map(|column| LabelCells::of(table, column, genes))
        .filter(|cells| cells.named)
        .collect();
    if let Some(cells) = read.iter().find(|cells| cells.wrong.is_none()) {
        return Ok(Some(vec![cells.column]));
    }
    let Some((column, row)) = read
        .iter()
        .find_map(|cells| Some((cells.column, cells.wrong?)))
    else {
        return Ok(None);
    };
    let place = table.place(table.lines()[row], column);
    let label = &table.text(column)[row];
    let part = read_label(label, genes).err().unwrap_or(label);
    Err(unreadable_label(place, label, part, genes))
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
