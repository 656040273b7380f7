//! Columns of our own tables as data: one array per table serves its writer, its reader and its
//! documentation.

use std::borrow::Borrow;
use std::io::{self, Read, Write};

use csv::{Terminator, Writer, WriterBuilder};

use super::run_file::{RunRow, RunTable, other_genes};
use crate::genes::{Gene, Genes};
use crate::io::text::{ReadError, exact, short};
use crate::network::Sign;

/// A value of a row, to be read and to be set.
pub(crate) struct ValuePlace<R, T> {
    get: fn(&R) -> &T,
    set: fn(&mut R) -> &mut T,
}

/// What a column holds, and where it is in a row.
pub(crate) enum CellFormat<R> {
    /// A gene, by its name.
    Gene(ValuePlace<R, Gene>),
    /// A text as it is.
    Text(ValuePlace<R, String>),
    /// A number with six significant digits.
    Short(ValuePlace<R, f64>),
    /// A number with six significant digits; empty where missing.
    ShortOrEmpty(ValuePlace<R, f64>),
    /// A number with all the digits that it needs; empty where missing.
    ExactOrEmpty(ValuePlace<R, f64>),
    /// A number with all the digits that it needs.
    Exact(ValuePlace<R, f64>),
    /// A count.
    Count(ValuePlace<R, usize>),
    /// `true` or `false`.
    Flag(ValuePlace<R, bool>),
    /// `+`, `-` or `?`.
    Sign(ValuePlace<R, Sign>),
}

/// A column of a table.
pub(crate) struct ColumnFormat<R> {
    pub(crate) name: &'static str,
    /// Its unit; empty for names, shares and counts.
    pub(crate) unit: &'static str,
    /// What it says.
    pub(crate) text: &'static str,
    pub(crate) field: CellFormat<R>,
}

/// Columns that are named by the data: one per gene, or one per lambda.
pub(crate) struct TailFormat<R> {
    /// What they are called in the documentation.
    pub(crate) name: &'static str,
    pub(crate) unit: &'static str,
    pub(crate) text: &'static str,
    pub(crate) values: ValuePlace<R, Vec<f64>>,
}

/// A table of rows `R`.
pub(crate) struct TableFormat<R: 'static> {
    /// Name of its file.
    pub(crate) file: &'static str,
    /// What a row is.
    pub(crate) rows: &'static str,
    pub(crate) columns: &'static [ColumnFormat<R>],
    pub(crate) tail: Option<TailFormat<R>>,
    /// A row before its values are set.
    pub(crate) blank: fn() -> R,
}

/// What is documented about a column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ColumnNote {
    /// Its name.
    pub name: &'static str,
    /// Its unit; empty for names, shares and counts.
    pub unit: &'static str,
    /// What it says.
    pub text: &'static str,
}

/// What is documented about a table of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableNote {
    /// Name of its file.
    pub file: &'static str,
    /// What a row is.
    pub rows: &'static str,
    /// Its columns in their order; the last may stand for one per gene or per lambda.
    pub columns: Vec<ColumnNote>,
}

impl<R, T> ValuePlace<R, T> {
    pub(crate) const fn new(get: fn(&R) -> &T, set: fn(&mut R) -> &mut T) -> Self {
        Self { get, set }
    }
}

/// The place of a value in a row: `place!(edge.weight)`.
macro_rules! place {
    ($row:ident . $field:ident) => {
        $crate::io::run::columns::ValuePlace::new(|$row| &$row.$field, |$row| &mut $row.$field)
    };
}
pub(crate) use place;

impl<R> CellFormat<R> {
    fn text(&self, row: &R, genes: &Genes) -> String {
        match self {
            Self::Gene(at) => genes.name(*(at.get)(row)).to_owned(),
            Self::Text(at) => (at.get)(row).clone(),
            Self::Short(at) => short(*(at.get)(row)),
            Self::ShortOrEmpty(at) => level(*(at.get)(row)),
            Self::ExactOrEmpty(at) => match *(at.get)(row) {
                x if x.is_nan() => String::new(),
                x => exact(x),
            },
            Self::Exact(at) => exact(*(at.get)(row)),
            Self::Count(at) => (at.get)(row).to_string(),
            Self::Flag(at) => (at.get)(row).to_string(),
            Self::Sign(at) => (at.get)(row).symbol().to_owned(),
        }
    }

    fn read(
        &self,
        row: &mut R,
        cells: &RunRow<'_>,
        column: usize,
        genes: &Genes,
    ) -> Result<(), ReadError> {
        match self {
            Self::Gene(at) => *(at.set)(row) = cells.gene(column, genes)?,
            Self::Text(at) => cells.text(column).clone_into((at.set)(row)),
            Self::Short(at) | Self::ShortOrEmpty(at) | Self::Exact(at) | Self::ExactOrEmpty(at) => {
                *(at.set)(row) = cells.number(column)?;
            }
            Self::Count(at) => *(at.set)(row) = cells.count(column)?,
            Self::Flag(at) => {
                let flag = cells.text(column).parse();
                let wrong = |_| cells.wrong(column, "`true` or `false`");
                *(at.set)(row) = flag.map_err(wrong)?;
            }
            Self::Sign(at) => {
                let sign = Sign::parse(cells.text(column));
                *(at.set)(row) = sign.ok_or_else(|| cells.wrong(column, "one of + - ?"))?;
            }
        }
        Ok(())
    }
}

impl<R> TableFormat<R> {
    /// Names of the columns, without those that are named by the data.
    pub(crate) fn names(&self) -> Vec<&'static str> {
        self.columns.iter().map(|column| column.name).collect()
    }

    /// The cells of a row, in the order of the columns.
    pub(crate) fn cells(&self, row: &R, genes: &Genes) -> Vec<String> {
        let cells = self.columns.iter();
        let mut cells: Vec<String> = cells.map(|column| column.field.text(row, genes)).collect();
        if let Some(tail) = &self.tail {
            cells.extend((tail.values.get)(row).iter().map(|x| level(*x)));
        }
        cells
    }

    /// Writes a header and the rows, tab-separated.
    ///
    /// * `named`: the columns that are named by the data, as many as a row has values there
    ///
    /// # Errors   what the sink reports.
    pub(crate) fn write(
        &self,
        genes: &Genes,
        named: &[String],
        rows: impl IntoIterator<Item = impl Borrow<R>>,
        sink: &mut dyn Write,
    ) -> io::Result<()> {
        let mut table = table_writer(sink);
        let named = named.iter().map(String::as_str);
        table.write_record(self.names().into_iter().chain(named))?;
        for row in rows {
            table.write_record(self.cells(row.borrow(), genes))?;
        }
        table.flush()
    }

    /// Reads what [`write`](Self::write) wrote: the names given by the data, and the rows.
    ///
    /// # Errors   [`ReadError`] with row and column, and for genes of another model.
    pub(crate) fn read(
        &self,
        input: impl Read,
        file: &str,
        genes: &Genes,
    ) -> Result<(Vec<String>, Vec<R>), ReadError> {
        let mut table = RunTable::open(input, file, &self.names())?;
        let count = self.columns.len();
        let named = table.header()[count..].to_vec();
        let mut rows = Vec::new();
        while let Some(cells) = table.next()? {
            let mut row = (self.blank)();
            for (at, column) in self.columns.iter().enumerate() {
                column.field.read(&mut row, &cells, at, genes)?;
            }
            if let Some(tail) = &self.tail {
                let values = count..count + named.len();
                let values: Result<Vec<f64>, _> = values.map(|at| cells.number(at)).collect();
                *(tail.values.set)(&mut row) = values?;
            }
            rows.push(row);
        }
        Ok((named, rows))
    }

    /// What is documented about it.
    pub(crate) fn note(&self) -> TableNote {
        let columns = self.columns.iter().map(|column| ColumnNote {
            name: column.name,
            unit: column.unit,
            text: column.text,
        });
        let tail = self.tail.as_ref().map(|tail| ColumnNote {
            name: tail.name,
            unit: tail.unit,
            text: tail.text,
        });
        TableNote {
            file: self.file,
            rows: self.rows,
            columns: columns.chain(tail).collect(),
        }
    }
}

/// The columns named by the data have to be the genes.
pub(super) fn expect_genes(file: &str, named: &[String], genes: &Genes) -> Result<(), ReadError> {
    if named == genes.names() {
        return Ok(());
    }
    Err(other_genes(file, named, genes))
}

/// Six significant digits; empty where missing.
fn level(x: f64) -> String {
    if x.is_nan() { String::new() } else { short(x) }
}

/// Quotes where a reader that takes `#` for a comment would need it, too.
pub(crate) fn table_writer(sink: &mut dyn Write) -> Writer<&mut dyn Write> {
    WriterBuilder::new()
        .delimiter(b'\t')
        .comment(Some(b'#'))
        .terminator(Terminator::Any(b'\n'))
        .from_writer(sink)
}
