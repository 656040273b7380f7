//! Interventions in time series: a column of the series' table, or a table of their own.

use std::io::Read;

use super::faults::{mismatch, unknown_gene, wrong_cell};
use super::label_levels::scaled;
use super::samples::Samples;
use crate::expression::{Change, Expression, Intervention, Span, TimeSeries, check_interventions};
use crate::genes::{Gene, Genes};
use crate::io::text::{
    Cell, Keep, NumberMarks, Place, ReadError, Reading, Table, TextOptions, if_any, name_some,
    parse_cell,
};
use crate::numeric::median;

/// How an intervention may be written in a cell.
const CELL: &str = "GENE=ko, GENE=0.3x or GENE=set:0.8, several separated by `;`";
/// How it may be called in a table.
const KINDS: &str = "ko, kd, oe or set";
/// Level of a knockdown and of an overexpression where none is given.
const DEFAULT_LEVELS: (f64, f64) = (0.5, 2.0);

/// What was done to the genes of one series, from the column `intervention` of its samples: a
/// change acts from the first sample that names it up to the next one that does not.
///
/// * `members`: the samples of the series, in the order of their times
pub(super) fn interventions_of(
    samples: &Samples,
    members: &[usize],
    genes: &Genes,
) -> Result<Vec<Intervention>, ReadError> {
    let Some(cells) = &samples.interventions else {
        return Ok(Vec::new());
    };
    let time = |at: usize| members.get(at).map_or(f64::INFINITY, |&k| samples.times[k]);
    let mut done: Vec<Intervention> = Vec::new();
    let mut open: Vec<(Gene, Change, usize)> = Vec::new();
    for at in 0..=members.len() {
        let now = match members.get(at) {
            Some(&sample) => changes(&cells[sample], genes)
                .map_err(|fault| fault.at(samples.origin.place(sample), genes))?,
            None => Vec::new(),
        };
        let ended = open.extract_if(.., |(gene, change, _)| !now.contains(&(*gene, *change)));
        for (gene, change, from) in ended {
            let window = Span {
                start: time(from),
                end: time(at),
            };
            let always = from == 0 && at == members.len();
            done.push(Intervention {
                gene,
                change,
                window: (!always).then_some(window),
            });
        }
        for (gene, change) in now {
            let mut same = open.iter().map(|&(gene, change, _)| (gene, change));
            if !same.any(|known| known == (gene, change)) {
                open.push((gene, change, at));
            }
        }
    }
    Ok(done)
}

/// What is wrong with a cell, before its place is known.
enum CellFault<'a> {
    Gene(&'a str),
    Form(&'a str),
}

impl CellFault<'_> {
    fn at(self, at: Place, genes: &Genes) -> ReadError {
        match self {
            Self::Gene(name) => unknown_gene(at, name, genes),
            Self::Form(text) => wrong_cell(
                at,
                text,
                CELL,
                "correct it, or leave the cell empty if nothing was done",
            ),
        }
    }
}

fn changes<'a>(cell: &'a str, genes: &Genes) -> Result<Vec<(Gene, Change)>, CellFault<'a>> {
    let mut changes = Vec::new();
    for part in cell.split(';').map(str::trim) {
        if part.is_empty() {
            continue;
        }
        let (name, what) = part.rsplit_once('=').ok_or(CellFault::Form(part))?;
        let gene = genes
            .find(name.trim())
            .ok_or(CellFault::Gene(name.trim()))?;
        let change = change(what.trim()).ok_or(CellFault::Form(part))?;
        changes.push((gene, change));
    }
    Ok(changes)
}

/// `ko`, `0.3x`, `set:0.8`, `kd`, `oe:3`.
fn change(text: &str) -> Option<Change> {
    let number = |text: &str| match parse_cell(text, false) {
        Cell::Number(x) if x >= 0.0 => Some(x),
        _ => None,
    };
    if let Some(factor) = text.strip_suffix('x') {
        return number(factor).map(scaled);
    }
    match text.split_once(':') {
        None => named(text, None),
        Some((kind, level)) => named(kind, Some(number(level)?)),
    }
}

/// A kind with its level; none if there is no such kind, or a level is there or lacks in vain.
fn named(kind: &str, level: Option<f64>) -> Option<Change> {
    match (kind.trim().to_lowercase().as_str(), level) {
        ("ko" | "knockout", None | Some(0.0)) => Some(Change::Knockout),
        ("kd" | "knockdown", level) => below(level).map(scaled),
        ("oe" | "overexpression", level) => above(level).map(scaled),
        ("set", Some(level)) => Some(Change::Set(level)),
        _ => None,
    }
}

/// The level of a knockdown: below 1, so that 30 is not taken for 30 times.
fn below(level: Option<f64>) -> Option<f64> {
    Some(level.unwrap_or(DEFAULT_LEVELS.0)).filter(|level| *level < 1.0)
}

/// The level of an overexpression.
fn above(level: Option<f64>) -> Option<f64> {
    Some(level.unwrap_or(DEFAULT_LEVELS.1)).filter(|level| *level > 1.0)
}

/// Reads a table of interventions (`--interventions`), one a row, and adds them to the series.
///
/// Columns: `gene`; `kind` (`ko`, `kd`, `oe` or `set`); `level`, a part of what regulation would
/// make, or for `set` a level in the units of the series; `series`, empty for all; `t_on` and
/// `t_off`, empty for an open end. Several rows may be about one series. All but `gene` and `kind`
/// may be left out.
///
/// # Errors   [`ReadError`] with the cell: an unknown gene, series or kind, a level below 0, times
///   outside of the series, two changes of one gene at the same time.
/// # Cost     one pass over the text.
pub fn read_interventions(
    input: impl Read,
    file: &str,
    expression: &Expression,
) -> Result<Reading<Expression>, ReadError> {
    read_interventions_as(input, file, TextOptions::default(), expression)
}

/// The same, as the user says that the numbers are written.
pub(super) fn read_interventions_as(
    input: impl Read,
    file: &str,
    text: TextOptions,
    expression: &Expression,
) -> Result<Reading<Expression>, ReadError> {
    let table = Table::read_as(input, file, text, |_, _| Keep::Text)?;
    let columns = InterventionColumns::find(&table)?;
    let genes = expression.genes();
    let mut series: Vec<TimeSeries> = expression.series().to_vec();
    for row in 0..table.len() {
        let one = columns.intervention(&table, row, genes)?;
        let named = columns.series(&table, row, expression)?;
        columns.refuse_outside(&table, row, &one, &named)?;
        for one_series in series.iter_mut() {
            if named.iter().all(|other| other.name() != one_series.name()) {
                continue;
            }
            *one_series = one_series.clone().with_interventions(vec![one]);
            check_interventions(one_series.interventions(), genes, None).map_err(|source| {
                ReadError::invalid(Place::row(file, table.lines()[row]), source)
            })?;
        }
    }
    let whole = Expression::new(genes.clone(), series)
        .map_err(|source| ReadError::invalid(Place::file(file), source))?;
    let mut reading = Reading::new(whole);
    reading.notes.push(table.note());
    reading.warnings = present_knockouts(file, &reading.value);
    Ok(reading)
}

/// Warnings about knocked-out genes whose last level under the knockout is not below the median of the other series.
fn present_knockouts(file: &str, expression: &Expression) -> Vec<String> {
    let genes = expression.genes();
    let mut present = Vec::new();
    for one in expression.series() {
        let out = one.interventions().iter();
        for out in out.filter(|out| out.change == Change::Knockout) {
            let level = |series: &TimeSeries, k: usize| series.values()[(k, out.gene.index())];
            let inside = |time: f64| out.window.is_none_or(|w| w.start <= time && time <= w.end);
            let samples = (0..one.len()).rev();
            let known = |&k: &usize| inside(one.times()[k]) && !level(one, k).is_nan();
            let others = expression.series().iter();
            let others = others.filter(|other| {
                let mut changes = other.interventions().iter();
                changes.all(|change| change.gene != out.gene)
            });
            let all = others.flat_map(|other| (0..other.len()).map(move |k| level(other, k)));
            let all: Vec<f64> = all.filter(|level| !level.is_nan()).collect();
            let Some(last) = samples.into_iter().find(known) else {
                continue;
            };
            let typical = if all.is_empty() {
                f64::INFINITY
            } else {
                median(&all)
            };
            if level(one, last) >= typical {
                let (gene, last) = (genes.name(out.gene), level(one, last));
                present.push(format!(
                    "{gene} is {last} in {}, typically {typical}",
                    one.name()
                ));
            }
        }
    }
    let warning = if_any(&present, |count, some| {
        format!(
            "{file}: {count} knocked-out gene(s) are not below their typical level: {some}; correct the gene or the \
             series if they are wrong"
        )
    });
    warning.into_iter().collect()
}

fn no_column(table: &Table, name: &str) -> ReadError {
    let header = name_some(table.header());
    mismatch(
        table.file(),
        format!("found no column `{name}` (header: {header})"),
        "columns `series`, `gene`, `kind`, `level`, `t_on`, `t_off`",
        "add it; `gene` and `kind` must be there",
    )
}

/// Where the parts of an intervention stand.
pub(super) struct InterventionColumns {
    gene: usize,
    kind: usize,
    level: Option<MarkedColumn>,
    series: Option<usize>,
    on: Option<MarkedColumn>,
    off: Option<MarkedColumn>,
}

/// A column of numbers, and how they are written.
struct MarkedColumn {
    at: usize,
    marks: NumberMarks,
}

impl InterventionColumns {
    pub(super) fn find(table: &Table) -> Result<Self, ReadError> {
        let names: Vec<String> = table.header().iter().map(|n| n.to_lowercase()).collect();
        let find = |wanted: &[&str]| names.iter().position(|n| wanted.contains(&n.as_str()));
        let numbers = |wanted: &[&str]| match find(wanted) {
            Some(at) => table
                .marks_of(at)
                .map(|marks| Some(MarkedColumn { at, marks })),
            None => Ok(None),
        };
        Ok(Self {
            gene: find(&["gene"]).ok_or_else(|| no_column(table, "gene"))?,
            kind: find(&["kind", "type"]).ok_or_else(|| no_column(table, "kind"))?,
            level: numbers(&["level", "factor", "dose"])?,
            series: find(&["series", "experiment", "replicate"]),
            on: numbers(&["t_on", "on", "start", "from"])?,
            off: numbers(&["t_off", "off", "end", "to"])?,
        })
    }

    pub(super) fn intervention(
        &self,
        table: &Table,
        row: usize,
        genes: &Genes,
    ) -> Result<Intervention, ReadError> {
        self.on_gene(table, row, &table.text(self.gene)[row], genes)
    }

    /// The same for several genes joined by `+`.
    pub(super) fn interventions(
        &self,
        table: &Table,
        row: usize,
        genes: &Genes,
    ) -> Result<Vec<Intervention>, ReadError> {
        let cell = table.text(self.gene)[row].as_str();
        let names: Vec<&str> = match genes.find(cell) {
            Some(_) => vec![cell],
            None => cell.split('+').map(str::trim).collect(),
        };
        let names = names.into_iter();
        names
            .map(|name| self.on_gene(table, row, name, genes))
            .collect()
    }

    fn on_gene(
        &self,
        table: &Table,
        row: usize,
        name: &str,
        genes: &Genes,
    ) -> Result<Intervention, ReadError> {
        let place = |column| table.place(table.lines()[row], column);
        let gene = genes
            .find(name)
            .ok_or_else(|| unknown_gene(place(self.gene), name, genes))?;
        let level = number(
            table,
            row,
            self.level.as_ref(),
            "a number of 0 or more",
            0.0,
        )?;
        let kind = table.text(self.kind)[row].as_str();
        let change = named(kind, level).ok_or_else(|| {
            wrong_cell(
                place(self.kind),
                kind,
                KINDS,
                "correct it or its level: of `kd` it is below 1 (30 % are 0.3), of `oe` above 1; `set` needs a level, and \
                 a knockout is given without one",
            )
        })?;
        let least = f64::NEG_INFINITY;
        let start = number(table, row, self.on.as_ref(), "a time", least)?;
        let end = number(table, row, self.off.as_ref(), "a time", least)?;
        let window = (start.is_some() || end.is_some()).then(|| Span {
            start: start.unwrap_or(f64::NEG_INFINITY),
            end: end.unwrap_or(f64::INFINITY),
        });
        Ok(Intervention {
            gene,
            change,
            window,
        })
    }

    /// The series that a row is about.
    fn series<'a>(
        &self,
        table: &Table,
        row: usize,
        expression: &'a Expression,
    ) -> Result<Vec<&'a TimeSeries>, ReadError> {
        let all = || expression.series().iter();
        let name = self.series.map_or("", |at| table.text(at)[row].as_str());
        let column = match self.series {
            Some(column) if !name.is_empty() => column,
            _ => return Ok(all().collect()),
        };
        let named: Vec<&TimeSeries> = all().filter(|one| one.name() == name).collect();
        if named.is_empty() {
            return Err(wrong_cell(
                table.place(table.lines()[row], column),
                name,
                format!("a series ({})", name_some(all().map(TimeSeries::name))),
                "correct it, or leave the cell empty for all series",
            ));
        }
        Ok(named)
    }

    /// A window must meet the times of the series it is for; of all series, one of them.
    fn refuse_outside(
        &self,
        table: &Table,
        row: usize,
        one: &Intervention,
        series: &[&TimeSeries],
    ) -> Result<(), ReadError> {
        let Some(Span { start, end }) = one.window else {
            return Ok(());
        };
        let spans = || {
            let times = series.iter().map(|series| series.times());
            times.filter_map(|times| Some((*times.first()?, *times.last()?)))
        };
        if start >= end || spans().any(|(first, last)| start < last && end > first) {
            return Ok(());
        }
        let first = spans().map(|span| span.0).fold(f64::INFINITY, f64::min);
        let last = spans().map(|span| span.1).fold(f64::NEG_INFINITY, f64::max);
        let late = self.on.as_ref().filter(|_| start >= last);
        let column = late
            .or(self.off.as_ref())
            .map_or(self.gene, |column| column.at);
        Err(wrong_cell(
            table.place(table.lines()[row], column),
            &table.text(column)[row],
            format!("a time inside the series, which goes from {first} to {last}"),
            "correct it, or remove the row",
        ))
    }
}

/// A number of at least `least`; none where the cell is empty or the column is not there.
fn number(
    table: &Table,
    row: usize,
    column: Option<&MarkedColumn>,
    expected: &str,
    least: f64,
) -> Result<Option<f64>, ReadError> {
    let Some(column) = column else {
        return Ok(None);
    };
    let cell = table.text(column.at)[row].as_str();
    match column.marks.cell(cell) {
        Cell::Number(x) if x >= least => Ok(Some(x)),
        Cell::Missing => Ok(None),
        _ => Err(wrong_cell(
            table.place(table.lines()[row], column.at),
            cell,
            expected,
            "correct it, or leave the cell empty",
        )),
    }
}
