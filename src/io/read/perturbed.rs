//! Which genes were changed in the rows of a table: columns of labels and of levels.

use super::act_column::{DoneToGene, act_column, done_to_gene};
use super::columns::{Role, plain, role};
use super::faults::{unreadable_label, wrong_cell};
use super::label_columns::{LABEL_COLUMNS, LabelColumn, label_column};
use super::label_levels::{is_knockdown, level_of, other_change, scaled};
use super::perturbation_label::{Act, LabelledGene, is_control_of_gene, is_wild_type, read_label};
use super::perturbation_words::is_blank;
use crate::expression::Intervention;
use crate::genes::{Genes, NameMatch};
use crate::io::text::{Cell, Keep, ReadError, Table, parse_cell};

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
    /// A column that tells mutants from controls.
    acts: Option<usize>,
    level: Option<usize>,
    /// A column of doses that says nothing about genes.
    dose: Option<usize>,
    /// What the whole table is about; none for queries.
    asked: Option<f64>,
}

/// What was found where labels may be.
pub(super) enum LabelSearch<L = Labels> {
    /// Labels, or the column that holds them.
    Found(L),
    /// A column may be one of labels that name no gene.
    Unreadable {
        /// The error about the first of them.
        error: ReadError,
        /// Whether the name of the column says that something was done to the samples.
        named: bool,
    },
    /// No column is like labels.
    Nothing,
}

/// How the cells of a column read as labels.
struct LabelCells {
    column: usize,
    /// Whether a cell names a gene.
    named: bool,
    /// Whether a cell names the wild type.
    wild_type: bool,
    /// Number of cells that say something and can be read, or could if capitals did not matter.
    known: usize,
    /// Whether cells differ.
    varies: bool,
    /// The first row that is neither a gene nor the wild type.
    wrong: Option<usize>,
}

impl LabelCells {
    fn of(table: &Table, column: usize, genes: &Genes, loose: &Genes) -> Self {
        let cells = table.text(column);
        let mut read = Self {
            column,
            named: false,
            wild_type: false,
            known: 0,
            varies: cells.iter().any(|cell| *cell != cells[0]),
            wrong: None,
        };
        for (row, cell) in cells.iter().enumerate() {
            let found = read_label(cell, genes);
            let known = !cell.is_empty() && found.is_ok() || loose.find(cell).is_some();
            read.known += usize::from(known);
            read.wild_type |= !cell.is_empty() && is_wild_type(cell);
            match found {
                Ok(found) => read.named |= !found.is_empty(),
                Err(_) => read.wrong = read.wrong.or(Some(row)),
            }
        }
        read
    }

    /// The error about the first label that cannot be read.
    fn error(&self, table: &Table, genes: &Genes) -> Option<ReadError> {
        let row = self.wrong?;
        let label = &table.text(self.column)[row];
        let part = read_label(label, genes).err().unwrap_or(label);
        let place = table.place(table.lines()[row], self.column);
        Some(unreadable_label(place, label, part, genes))
    }
}

impl Labels {
    /// Finds them; none if no column says which genes were changed.
    ///
    /// # Errors   as [`Labels::search`].
    pub fn find(
        table: &Table,
        genes: &Genes,
        asked: Option<f64>,
    ) -> Result<Option<Self>, ReadError> {
        match Self::search(table, genes, asked, None)? {
            LabelSearch::Found(labels) => Ok(Some(labels)),
            LabelSearch::Unreadable { .. } | LabelSearch::Nothing => Ok(None),
        }
    }

    /// Looks for them.
    ///
    /// * `genes`: names of columns among them are no labels
    /// * `asked`: what the table is about, as a part of what regulation would make: 0 for knockouts; none for
    ///   queries, in which every level is allowed
    /// * `said`: the column of which the user says that it holds labels
    ///
    /// # Errors   [`ReadError`] with the first label that is not known, where others of its column name genes.
    pub(super) fn search(
        table: &Table,
        genes: &Genes,
        asked: Option<f64>,
        said: Option<usize>,
    ) -> Result<LabelSearch, ReadError> {
        let columns = match said
            .map(|column| vec![column])
            .or_else(|| named_columns(table))
        {
            Some(columns) => columns,
            None => match column_by_cells(table, genes)? {
                LabelSearch::Found(column) => vec![column],
                LabelSearch::Unreadable { error, named } => {
                    return Ok(LabelSearch::Unreadable { error, named });
                }
                LabelSearch::Nothing => return Ok(LabelSearch::Nothing),
            },
        };
        let first = |wanted: &str| named_column(table, wanted);
        let dose = first(DOSE);
        let level = LEVEL.into_iter().find_map(first);
        let doses = asked != Some(0.0);
        let acts = act_column(table, &columns);
        Ok(LabelSearch::Found(Self {
            columns,
            acts,
            level: level.or(dose.filter(|_| doses)),
            dose: dose.filter(|_| !doses),
            asked,
        }))
    }

    /// The columns that name genes.
    pub(super) fn columns(&self) -> &[usize] {
        &self.columns
    }

    /// The column that tells mutants from controls.
    pub(super) fn acts(&self) -> Option<usize> {
        self.acts
    }

    /// The labels of a row that name a gene of which the sample is the control.
    pub(super) fn controls<'t>(&self, table: &'t Table, row: usize, genes: &Genes) -> Vec<&'t str> {
        let done = self.acts.and_then(|at| done_to_gene(&table.text(at)[row]));
        let cells = self.columns.iter().map(|&at| table.text(at)[row].as_str());
        let control = |cell: &&str| {
            let names = done == Some(DoneToGene::Nothing) && !is_wild_type(cell);
            names || is_control_of_gene(cell, genes)
        };
        cells.filter(control).collect()
    }

    /// What was decided about them.
    pub(super) fn note(&self, table: &Table) -> Option<String> {
        let place = table.header_place(self.dose?);
        Some(format!(
            "{place}: left out, as a knockout has no dose; a column `level` says what is left of a gene"
        ))
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
        let done = self.acts.and_then(|at| done_to_gene(&table.text(at)[row]));
        let said = match done {
            Some(DoneToGene::Nothing) => return Ok(Vec::new()),
            Some(DoneToGene::Something(act)) => act,
            None => None,
        };
        let mut changed = Vec::new();
        for &column in &self.columns {
            let cell = &table.text(column)[row];
            let found = read_label(cell, genes).map_err(|unknown| {
                let place = table.place(table.lines()[row], column);
                unreadable_label(place, cell, unknown, genes)
            })?;
            changed.extend(found.into_iter().map(|mut found| {
                found.act = found.act.or(said);
                (column, found)
            }));
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

/// The columns that name the changed genes by their names.
fn named_columns(table: &Table) -> Option<Vec<usize>> {
    let sure = LABEL_COLUMNS.iter().filter(|(name, _)| is_label(name));
    let mut sure = sure.filter_map(|(name, _)| named_column(table, name));
    if let Some(column) = sure.next() {
        return Some(vec![column]);
    }
    let together = table.columns(Keep::Text).into_iter();
    let together: Vec<usize> = together
        .filter(|&column| TOGETHER.contains(&plain(&table.header()[column]).as_str()))
        .collect();
    (!together.is_empty()).then_some(together)
}

/// The column that names the changed genes by its cells; else what is like one.
///
/// A column whose name says that something was done to the samples is like labels if its cells differ; one of
/// names of samples or conditions if most of its cells are labels, or some name the wild type, or capitals hide the genes.
fn column_by_cells(table: &Table, genes: &Genes) -> Result<LabelSearch<usize>, ReadError> {
    let name = |column: usize| table.header()[column].as_str();
    let loose = genes.matching(NameMatch::NoCase);
    let text = table.columns(Keep::Text).into_iter();
    let (likely, others): (Vec<usize>, Vec<usize>) =
        text.partition(|&column| may_label(name(column)));
    let read: Vec<LabelCells> = likely
        .iter()
        .chain(&others)
        .map(|&column| LabelCells::of(table, column, genes, &loose))
        .collect();
    let mut named = read.iter().filter(|cells| cells.named);
    if let Some(cells) = named.clone().find(|cells| cells.wrong.is_none()) {
        return Ok(LabelSearch::Found(cells.column));
    }
    if let Some(error) = named.find_map(|cells| cells.error(table, genes)) {
        return Err(error);
    }
    for cells in read.iter().filter(|cells| likely.contains(&cells.column)) {
        let name = name(cells.column);
        let done = label_column(name).is_some() && !name.is_empty();
        let like = 2 * cells.known > table.len() || cells.wild_type || done && cells.varies;
        if let Some(error) = cells.error(table, genes).filter(|_| like) {
            let error = if done { or_ignored(error, name) } else { error };
            return Ok(LabelSearch::Unreadable { error, named: done });
        }
    }
    Ok(LabelSearch::Nothing)
}

/// The same error, where the column may as well be about something else.
fn or_ignored(error: ReadError, column: &str) -> ReadError {
    let cure = format!(
        "{}; if the column does not say which genes were changed, leave it out with `--ignore {column}`",
        error.cure()
    );
    error.cured_by(cure)
}
