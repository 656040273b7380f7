//! Whether a table of steady states has its genes in columns or in rows.
//!
//! Both readings are scored by names: which side has the genes, and whether the other side names samples. Where
//! both sides can be genes (single knockouts of all genes), the wild type, the name of the first column and the
//! levels decide: a gene keeps its level in most mutants, while the genes of one sample differ. On the knockout and
//! knockdown tables of DREAM3 and DREAM4 the median absolute deviation over the genes of a sample is 1.6 to 9.9
//! times that over the samples of a gene, never below.

use super::columns::{names_genes, plain};
use super::perturbation_label::{is_wild_type, read_label};
use super::perturbed::is_mark;
use super::series_options::Orientation;
use super::steady_rows::SteadyRows;
use crate::genes::Genes;
use crate::io::text::{Cell, Fault, Place, ReadError, Rows, name_some, parse_cell};
use crate::numeric::{mean, median};

/// From this ratio of deviations on, levels say where the genes are; see the values above.
const CLEAR_RATIO: f64 = 1.5;

/// Where the genes are, and why, if there was a choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SteadySide {
    /// Whether genes are in rows.
    pub genes_in_rows: bool,
    /// The reason, for the notes.
    pub note: Option<String>,
}

/// The names and cells of a table, before it is known what they are.
struct Sides {
    file: String,
    header: Vec<String>,
    /// The first cell of every row.
    first: Vec<String>,
    /// The other cells of every row; NaN where they are no numbers.
    levels: Vec<Vec<f64>>,
}

impl Sides {
    fn read(bytes: &[u8], file: &str) -> Result<Self, ReadError> {
        let mut rows = Rows::open(bytes, file)?;
        rows.complete_header();
        let header = rows.header().to_vec();
        let (mut first, mut levels) = (Vec::new(), Vec::new());
        while let Some(row) = rows.advance()? {
            first.push(row.cell(0).to_owned());
            let cells = (1..header.len()).map(|at| match parse_cell(row.cell(at), true) {
                Cell::Number(x) | Cell::Comma(x) => x,
                _ => f64::NAN,
            });
            levels.push(cells.collect());
        }
        Ok(Self {
            file: file.to_owned(),
            header,
            first,
            levels,
        })
    }

    /// The names over the columns but the first.
    fn across(&self) -> &[String] {
        &self.header[1..]
    }

    /// How many times the levels of a sample deviate as those of a gene, if genes are in columns.
    fn deviation_ratio(&self) -> Option<f64> {
        let width = self.header.len() - 1;
        let column = |at: usize| self.levels.iter().map(move |row| row[at]);
        let rows = self.levels.iter().map(|row| row.iter().copied());
        let rows: Vec<f64> = rows.filter_map(deviation).collect();
        let columns: Vec<f64> = (0..width).filter_map(|at| deviation(column(at))).collect();
        if rows.is_empty() || columns.is_empty() {
            return None;
        }
        let (rows, columns) = (mean(&rows), mean(&columns));
        (rows > 0.0 || columns > 0.0).then(|| rows / columns)
    }
}

/// The median absolute deviation; none with fewer than three numbers.
fn deviation(values: impl Iterator<Item = f64>) -> Option<f64> {
    let mut values: Vec<f64> = values.filter(|x| x.is_finite()).collect();
    if values.len() < 3 {
        return None;
    }
    let centre = median(&values);
    values.iter_mut().for_each(|x| *x = (*x - centre).abs());
    Some(median(&values))
}

/// Where the genes of a table of steady states are.
///
/// * `genes`: those of the series; none where there are no series
/// * `asked`: what the user said
///
/// # Errors   [`Fault::Mismatch`] with both readings and the flag, if neither is clearly better; what the rows of a
///   table can show.
/// # Cost     one pass over the text; 8 bytes a value.
pub fn orient_steady(
    bytes: &[u8],
    file: &str,
    rows: SteadyRows,
    genes: Option<&Genes>,
    asked: Orientation,
) -> Result<SteadySide, ReadError> {
    let side = |genes_in_rows, note| {
        Ok(SteadySide {
            genes_in_rows,
            note,
        })
    };
    match asked {
        Orientation::Rows => return side(true, Some("as asked".to_owned())),
        Orientation::Columns => return side(false, None),
        Orientation::Auto => {}
    }
    let sides = Sides::read(bytes, file)?;
    let text = |name: &String| parse_cell(name, true) == Cell::Text;
    let named_rows = sides.first.iter().any(text);
    if sides.header.len() < 2 || sides.first.is_empty() {
        return side(false, None);
    }
    if !named_rows {
        refuse_unnamed_transposed(&sides, rows)?;
        return side(false, None);
    }
    let readings = Readings::of(&sides, rows, genes);
    match (readings.columns, readings.rows) {
        (_, false) => side(false, None),
        (false, true) => side(true, Some("as the first column names them".to_owned())),
        (true, true) => decide(&sides, rows, genes),
    }
}

/// Which readings the names of a table allow.
struct Readings {
    columns: bool,
    rows: bool,
}

impl Readings {
    fn of(sides: &Sides, rows: SteadyRows, genes: Option<&Genes>) -> Self {
        let known = |name: &&String| genes.is_none_or(|genes| genes.find(name).is_some());
        let candidates: Vec<&String> = sides
            .across()
            .iter()
            .filter(|name| !is_mark(name))
            .collect();
        let across = candidates.iter().filter(|name| known(name)).count();
        let down = sides.first.iter().filter(known).count();
        let changed = matches!(rows, SteadyRows::Changed { .. });
        if !changed {
            return match genes {
                Some(_) => Self {
                    columns: across > down,
                    rows: down > across && 2 * down > sides.first.len(),
                },
                None => Self::of_wild_type(sides),
            };
        }
        // the labels of one side name genes of the other
        let first = label_share(&sides.first, genes, sides.across());
        let header = label_share(sides.across(), genes, &sides.first);
        let is_marked =
            is_mark(&sides.header[0]) || genes.is_some_and(|g| g.find(&sides.header[0]).is_none());
        let marks = sides.across().iter().any(|name| is_label_name(name));
        // all genes of the series are in rows and none is in a column: labels that cannot be read are named later
        let only_rows = genes.is_some()
            && !is_label_name(&sides.header[0])
            && across == 0
            && 5 * down > 4 * sides.first.len();
        Self {
            columns: 2 * across > candidates.len() && (marks || first >= 0.5 || !is_marked),
            rows: only_rows || down > 0 && 2 * down > sides.first.len() && header >= 0.5,
        }
    }
}

impl Readings {
    /// Samples of the wild type are called like replicates, or the first column says that it names genes.
    fn of_wild_type(sides: &Sides) -> Self {
        let first = sides.header[0].to_lowercase();
        let named = first == "gene" || names_genes(&first);
        let samples = |names: &[String]| {
            let mut names = names.iter();
            names.all(|name| !name.is_empty() && (is_wild_type(name) || is_replicate_name(name)))
        };
        let rows = !samples(&sides.first) && (named || samples(sides.across()));
        Self {
            columns: !rows,
            rows,
        }
    }
}

/// Whether a name is `rep1`, `replicate_2`, `r3` or `sample 4`.
fn is_replicate_name(name: &str) -> bool {
    let name = plain(name);
    let word = name.trim_end_matches(|c: char| c.is_ascii_digit() || c == '_');
    let words = [
        "rep",
        "replicate",
        "biorep",
        "bio_rep",
        "r",
        "sample",
        "s",
        "array",
        "chip",
    ];
    word.len() < name.len() && words.contains(&word)
}

/// Whether a name over a column can only be that of a label.
fn is_label_name(name: &str) -> bool {
    let weak = ["gene", "target", "", "sample", "id"];
    is_mark(name) && !weak.contains(&name.to_lowercase().as_str())
}

/// The share of names that are labels of the genes of the other side.
fn label_share(labels: &[String], genes: Option<&Genes>, other: &[String]) -> f64 {
    let own;
    let genes = match genes {
        Some(genes) => genes,
        None => {
            let mut names: Vec<&String> = other.iter().filter(|name| !name.is_empty()).collect();
            names.sort();
            names.dedup();
            let Ok(named) = Genes::new(names.into_iter().cloned()) else {
                return 0.0;
            };
            own = named;
            &own
        }
    };
    let read = labels
        .iter()
        .filter(|label| read_label(label, genes).is_ok());
    read.count() as f64 / labels.len().max(1) as f64
}

/// What speaks for one reading, with its reasons.
#[derive(Default)]
struct SideEvidence {
    points: u32,
    reasons: Vec<String>,
}

impl SideEvidence {
    fn add(&mut self, points: u32, reason: impl Into<String>) {
        self.points += points;
        self.reasons.push(reason.into());
    }
}

/// Weighs both readings where the names of both sides may be genes.
fn decide(sides: &Sides, rows: SteadyRows, genes: Option<&Genes>) -> Result<SteadySide, ReadError> {
    let (mut columns, mut in_rows) = (SideEvidence::default(), SideEvidence::default());
    let known = |name: &&String| match genes {
        Some(genes) => genes.find(name).is_some(),
        None => !is_wild_type(name),
    };
    let wild = |name: &String| is_wild_type(name) && !name.is_empty();
    let wild_in = |names: &[String]| {
        names
            .iter()
            .find(|name| wild(name) && genes.is_none_or(|g| g.find(name).is_none()))
            .cloned()
    };
    match (wild_in(sides.across()), wild_in(&sides.first)) {
        (Some(name), None) => in_rows.add(2, format!("there is a column `{name}`")),
        (None, Some(name)) => columns.add(2, format!("there is a row `{name}`")),
        _ => {}
    }
    let name = sides.header[0].to_lowercase();
    if is_label_name(&name) {
        columns.add(
            2,
            format!("the first column is called `{}`", sides.header[0]),
        );
    } else if name == "target" || names_genes(&name) {
        in_rows.add(
            1,
            format!("the first column is called `{}`", sides.header[0]),
        );
    }
    if let Some(mark) = sides.across().iter().find(|name| is_label_name(name)) {
        columns.add(2, format!("there is a column `{mark}`"));
    }
    let across = sides.across().iter().filter(known).count();
    let down = sides.first.iter().filter(known).count();
    if across >= 2 * down {
        columns.add(2, format!("{across} columns are genes, and {down} rows"));
    } else if down >= 2 * across {
        in_rows.add(2, format!("{down} rows are genes, and {across} columns"));
    }
    if let Some(ratio) = sides
        .deviation_ratio()
        .filter(|_| matches!(rows, SteadyRows::Changed { .. }))
    {
        if ratio >= CLEAR_RATIO {
            columns.add(1, "levels are alike within columns");
        } else if ratio <= 1.0 / CLEAR_RATIO {
            in_rows.add(1, "levels are alike within rows");
        }
    }
    let genes_in_rows = in_rows.points > columns.points;
    let (best, other) = if genes_in_rows {
        (&in_rows, &columns)
    } else {
        (&columns, &in_rows)
    };
    if best.points == other.points || (other.points > 1 && best.points < other.points + 2) {
        return Err(two_readings(sides, &columns, &in_rows));
    }
    Ok(SteadySide {
        genes_in_rows,
        note: Some(format!("as {}", best.reasons.join(" and "))),
    })
}

fn two_readings(sides: &Sides, columns: &SideEvidence, rows: &SideEvidence) -> ReadError {
    let why = |evidence: &SideEvidence| match evidence.reasons.as_slice() {
        [] => String::new(),
        reasons => format!(" ({})", reasons.join(", ")),
    };
    let found = format!(
        "rows are called {} and columns {}: genes may be in columns{} or in rows{}",
        name_some(&sides.first),
        name_some(sides.across()),
        why(columns),
        why(rows)
    );
    ReadError::new(Fault::Mismatch, Place::file(&sides.file), found)
        .expecting("one of the two")
        .cured_by(
            "say `--steady-genes rows` or `--steady-genes columns`, or call the first column \
             `perturbed` if it names the changed genes",
        )
}

/// A square table without names of rows may have its mutants in columns.
fn refuse_unnamed_transposed(sides: &Sides, rows: SteadyRows) -> Result<(), ReadError> {
    let square = sides.first.len() == sides.header.len();
    if !square || !matches!(rows, SteadyRows::Changed { .. }) || sides.first.len() < 3 {
        return Ok(());
    }
    match sides.deviation_ratio() {
        Some(ratio) if ratio <= 1.0 / CLEAR_RATIO => {
            let found = "the rows have no names, and levels are alike within rows: columns may be mutants, or genes";
            Err(ReadError::new(Fault::Mismatch, Place::file(&sides.file), found)
                .expecting("one mutant per row, in the order of the columns")
                .cured_by(
                    "add a first column that names the gene of every row, or say `--steady-genes columns` \
                     if the columns are genes",
                ))
        }
        _ => Ok(()),
    }
}
