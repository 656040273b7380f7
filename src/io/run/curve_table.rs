//! `curves.tsv`: observed and fitted courses.

use std::io::{self, Read, Write};

use faer::Mat;

use super::columns::{CellFormat, ColumnFormat, TableFormat, TailFormat, expect_genes, place};
use crate::genes::Genes;
use crate::io::text::{Fault, Place, ReadError};

/// A series, or a lineage of cells, in the units of the data.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Curve {
    /// Its name.
    pub series: String,
    /// Times of its `n` samples; pseudotimes of the groups of cells of a lineage.
    pub times: Vec<f64>,
    /// What was measured, `n × p`; NaN where missing.
    pub observed: Mat<f64>,
    /// The model run forwards from the first sample under what was done to the series, `n × p`.
    /// It has seen these samples: how well it predicts others is in the metrics.
    pub fitted: Mat<f64>,
    /// The same by a model that has not seen the series, nor what was done to it alone; none for
    /// series that were not left out.
    pub forecast: Option<Mat<f64>>,
}

impl Curve {
    /// A series with its fitted course, without a forecast.
    #[doc(hidden)]
    #[must_use]
    pub fn new(series: String, times: Vec<f64>, observed: Mat<f64>, fitted: Mat<f64>) -> Self {
        Self {
            series,
            times,
            observed,
            fitted,
            forecast: None,
        }
    }
}

/// Levels at one time of one series.
pub(crate) struct CurveRow {
    series: String,
    time: f64,
    kind: String,
    levels: Vec<f64>,
}

const OBSERVED: &str = "observed";
const FITTED: &str = "fitted";
const FORECAST: &str = "forecast";

/// The table of courses.
pub(crate) const CURVES: TableFormat<CurveRow> = TableFormat {
    file: "curves.tsv",
    rows: "one time of one series or lineage",
    columns: &COLUMNS,
    tail: Some(TailFormat {
        name: "GENE",
        unit: "that of the data",
        text: "level of the gene; empty where missing",
        values: place!(row.levels),
    }),
    blank,
};

const COLUMNS: [ColumnFormat<CurveRow>; 3] = [
    ColumnFormat {
        name: "series",
        unit: "",
        text: "name of the series or lineage",
        field: CellFormat::Text(place!(row.series)),
    },
    ColumnFormat {
        name: "time",
        unit: "that of the data",
        text: "time, or pseudotime of a group of cells",
        field: CellFormat::Exact(place!(row.time)),
    },
    ColumnFormat {
        name: "kind",
        unit: "",
        text: "observed; fitted: the model run forwards from the first sample; forecast: the same \
               by a model that has not seen the series",
        field: CellFormat::Text(place!(row.kind)),
    },
];

fn blank() -> CurveRow {
    CurveRow {
        series: String::new(),
        time: 0.0,
        kind: String::new(),
        levels: Vec::new(),
    }
}

/// Writes one sample a row, tab-separated: `series`, `time`, `kind`, then one column a gene in the
/// units of the data.
///
/// `kind` is `observed`, `fitted` (the model run forwards from the first sample of the series) or
/// `forecast` (the same by a model that has not seen the series). Empty where missing; six
/// significant digits, times as they are.
///
/// # Errors   what the sink reports.
/// # Cost     `O(samples · genes)`, nothing kept in memory.
pub fn write_curves(genes: &Genes, curves: &[Curve], sink: &mut dyn Write) -> io::Result<()> {
    CURVES.write(genes, genes.names(), curves.iter().flat_map(rows_of), sink)
}

fn rows_of(curve: &Curve) -> impl Iterator<Item = CurveRow> + '_ {
    let kinds = [
        (OBSERVED, Some(&curve.observed)),
        (FITTED, Some(&curve.fitted)),
        (FORECAST, curve.forecast.as_ref()),
    ];
    let there = kinds
        .into_iter()
        .filter_map(|(kind, levels)| Some((kind, levels?)));
    there.flat_map(move |(kind, levels)| {
        let times = curve.times.iter().enumerate();
        times.map(move |(k, time)| CurveRow {
            series: curve.series.clone(),
            time: *time,
            kind: kind.to_owned(),
            levels: levels.row(k).iter().copied().collect(),
        })
    })
}

/// Reads what [`write_curves`] wrote, for the genes of a model.
///
/// # Errors   [`ReadError`] with row and column, and for genes of another model.
pub fn read_curves(input: impl Read, file: &str, genes: &Genes) -> Result<Vec<Curve>, ReadError> {
    let (named, rows) = CURVES.read(input, file, genes)?;
    expect_genes(file, &named, genes)?;
    let blocks: Vec<&[CurveRow]> = rows
        .chunk_by(|a, b| a.series == b.series && a.kind == b.kind)
        .collect();
    let mut left = &blocks[..];
    let mut curves = Vec::new();
    while let Some((observed, others)) = left.split_first() {
        let own = others
            .iter()
            .take_while(|block| block[0].series == observed[0].series && block[0].kind != OBSERVED)
            .count();
        curves.push(curve(file, observed, &others[..own])?);
        left = &others[own..];
    }
    Ok(curves)
}

/// The curve of a block of observed rows, and of those of the same series that follow.
fn curve(file: &str, observed: &[CurveRow], others: &[&[CurveRow]]) -> Result<Curve, ReadError> {
    let series = &observed[0].series;
    let wrong = |found: String, expected: &str| {
        ReadError::new(Fault::Shape, Place::file(file), found)
            .expecting(expected)
            .in_run()
    };
    let known = |kind: &str| [FITTED, FORECAST].contains(&kind);
    if observed[0].kind != OBSERVED || others.iter().any(|block| !known(&block[0].kind)) {
        return Err(wrong(
            format!("found rows of another kind in series `{series}`"),
            "rows of the kinds observed, fitted, forecast of each series in this order",
        ));
    }
    let times: Vec<f64> = observed.iter().map(|row| row.time).collect();
    let course = |kind: &str| {
        let block = others.iter().find(|block| block[0].kind == kind)?;
        let same = block.iter().map(|row| row.time).eq(times.iter().copied());
        same.then(|| matrix(block))
    };
    let fitted = course(FITTED).ok_or_else(|| {
        wrong(
            format!("found no fitted course of the samples of series `{series}`"),
            "as many rows `fitted` as `observed`",
        )
    })?;
    Ok(Curve {
        series: series.clone(),
        observed: matrix(observed),
        fitted,
        forecast: course(FORECAST),
        times,
    })
}

fn matrix(rows: &[CurveRow]) -> Mat<f64> {
    let genes = rows.first().map_or(0, |row| row.levels.len());
    Mat::from_fn(rows.len(), genes, |k, j| rows[k].levels[j])
}

#[cfg(test)]
mod tests {
    use super::*;
    use faer::mat;

    fn curves() -> Vec<Curve> {
        let curve = |series: &str, forecast| Curve {
            series: series.to_owned(),
            times: vec![0.0, 0.1 + 0.2],
            observed: mat![[1.0, f64::NAN], [3.0, 4.0]],
            fitted: mat![[1.0, 2.0], [2.5, -1e-7]],
            forecast,
        };
        let forecast = Some(mat![[1.0, 2.0], [0.0, 0.5]]);
        vec![curve("a \"1\", b", forecast), curve("b", None)]
    }

    fn written(genes: &Genes) -> Vec<u8> {
        let mut out = Vec::new();
        write_curves(genes, &curves(), &mut out).expect("memory takes all");
        out
    }

    #[test]
    fn curves_come_back_as_they_were_written() {
        let genes = Genes::new(["time", "é\tx"]).expect("distinct");
        let back = read_curves(written(&genes).as_slice(), "curves.tsv", &genes).expect("ours");
        let text = |curves: &[Curve]| format!("{curves:?}");
        assert_eq!(text(&back), text(&curves()));
    }

    #[test]
    fn a_course_that_is_missing_or_of_another_run_is_told() {
        let genes = Genes::new(["g", "h"]).expect("distinct");
        let text = String::from_utf8(written(&genes)).expect("text");
        let without: String = text
            .lines()
            .filter(|line| !line.contains("fitted"))
            .map(|line| format!("{line}\n"))
            .collect();
        let read = |text: &str, genes: &Genes| {
            let read = read_curves(text.as_bytes(), "curves.tsv", genes);
            read.expect_err("refused").to_string()
        };
        assert!(read(&without, &genes).contains("no fitted course"));
        let other = Genes::new(["g", "x"]).expect("distinct");
        assert!(
            read(&text, &other).contains("the genes of the model (`g`, `x`)"),
            "{}",
            read(&text, &other)
        );
        let broken = text.replace("\t2.5\t", "\tabout 2\t");
        assert!(
            read(&broken, &genes).contains("column 4 (`g`): found `about 2`"),
            "{}",
            read(&broken, &genes)
        );
    }
}
