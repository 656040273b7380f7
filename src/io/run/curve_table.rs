//! `curves.tsv`: observed and fitted courses.

use std::io::{self, Read, Write};

use faer::Mat;

use super::network_table::table_writer;
use super::run_file::{RunFileError, RunTable};
use crate::discovery::Curve;
use crate::genes::Genes;
use crate::io::text::number::short;

/// Columns before the genes.
const MARKS: [&str; 3] = ["series", "time", "kind"];
/// What a row holds.
const KINDS: [&str; 3] = ["observed", "fitted", "forecast"];

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
    let mut table = table_writer(sink);
    let names = genes.names().iter().map(String::as_str);
    table.write_record(MARKS.into_iter().chain(names))?;
    for curve in curves {
        let kinds = [
            Some(&curve.observed),
            Some(&curve.fitted),
            curve.forecast.as_ref(),
        ];
        for (kind, levels) in KINDS.iter().zip(kinds) {
            let Some(levels) = levels else { continue };
            for (k, time) in curve.times.iter().enumerate() {
                let marks = [curve.series.clone(), time.to_string(), (*kind).to_owned()];
                let level = |x: &f64| if x.is_nan() { String::new() } else { short(*x) };
                let levels = levels.row(k);
                table.write_record(marks.into_iter().chain(levels.iter().map(level)))?;
            }
        }
    }
    table.flush()
}

/// Rows of one series and kind.
#[derive(Default)]
struct Block {
    series: String,
    kind: String,
    times: Vec<f64>,
    levels: Vec<f64>,
}

/// Reads what [`write_curves`] wrote, for the genes of a model.
///
/// # Errors   [`RunFileError`] with row and column, and for genes of another model.
pub fn read_curves(
    input: impl Read,
    file: &str,
    genes: &Genes,
) -> Result<Vec<Curve>, RunFileError> {
    let mut table = RunTable::open(input, file, &MARKS)?;
    table.expect_genes(MARKS.len(), genes)?;
    let mut blocks: Vec<Block> = Vec::new();
    while let Some(row) = table.next()? {
        let (series, kind) = (row.text(0), row.text(2));
        let last = blocks.last();
        let goes_on = last.is_some_and(|block| block.series == series && block.kind == kind);
        if !goes_on {
            let follows = match kind {
                "observed" => true,
                "fitted" | "forecast" => last.is_some_and(|block| block.series == series),
                _ => false,
            };
            if !follows {
                return Err(row.wrong(2, "observed, fitted or forecast rows of a series in a row"));
            }
            blocks.push(Block {
                series: series.to_owned(),
                kind: kind.to_owned(),
                ..Block::default()
            });
        }
        let block = blocks.last_mut().expect("one was there or was pushed");
        block.times.push(row.number(1)?);
        for column in 0..genes.len() {
            block.levels.push(row.number(MARKS.len() + column)?);
        }
    }
    curves(file, &blocks, genes.len())
}

/// One curve an `observed` block; each needs a `fitted` one of as many samples.
fn curves(file: &str, blocks: &[Block], genes: usize) -> Result<Vec<Curve>, RunFileError> {
    let matrix = |block: &Block| {
        let level = |k, j| block.levels[k * genes + j];
        Mat::from_fn(block.times.len(), genes, level)
    };
    let starts = (0..blocks.len()).filter(|&at| blocks[at].kind == KINDS[0]);
    let one = |at: usize| {
        let observed = &blocks[at];
        let others = blocks[at + 1..].iter();
        let own: Vec<&Block> = others.take_while(|block| block.kind != KINDS[0]).collect();
        let of = |kind: &str| {
            let same = |block: &&&Block| block.kind == kind && block.times == observed.times;
            own.iter().find(same).map(|block| matrix(block))
        };
        let fitted = of(KINDS[1]).ok_or_else(|| RunFileError::Columns {
            file: file.to_owned(),
            found: format!(
                "no fitted course of the samples of series {}",
                observed.series
            ),
            expected: "as many rows `fitted` as `observed`".to_owned(),
        })?;
        Ok(Curve {
            series: observed.series.clone(),
            times: observed.times.clone(),
            observed: matrix(observed),
            fitted,
            forecast: of(KINDS[2]),
        })
    };
    starts.map(one).collect()
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
