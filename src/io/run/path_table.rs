//! `paths.tsv`: the linear part along the values of lambda.

use std::io::{self, Read, Write};

use super::columns::{CellFormat, ColumnFormat, TableFormat, TailFormat, place};
use super::run_file::other_columns;
use crate::genes::{Gene, Genes};
use crate::io::text::{ReadError, name_some, short};

/// The linear part of a target on all rows, at falling `λ`.
#[derive(Clone, Debug, PartialEq)]
pub struct TargetPath {
    /// The target.
    pub target: Gene,
    /// The λ that held-out segments chose, as a share of λ_max.
    pub chosen: f64,
    /// Values of λ as shares of λ_max, falling.
    pub lambda_ratios: Vec<f64>,
    /// Every regulator that comes in, with its standardised weight at each λ.
    pub regulators: Vec<(Gene, Vec<f64>)>,
}

/// One regulator of one target.
pub(crate) struct PathRow {
    target: Gene,
    chosen: f64,
    source: Gene,
    weights: Vec<f64>,
}

/// The table of regularisation paths.
pub(crate) const PATHS: TableFormat<PathRow> = TableFormat {
    file: "paths.tsv",
    rows: "one regulator of one target",
    columns: &COLUMNS,
    tail: Some(TailFormat {
        name: "LAMBDA",
        unit: "standard deviations",
        text: "standardised weight at this lambda, as a share of lambda_max, at which nothing is \
               left",
        values: place!(row.weights),
    }),
    blank,
};

const COLUMNS: [ColumnFormat<PathRow>; 3] = [
    ColumnFormat {
        name: "target",
        unit: "",
        text: "the gene that is regulated; a target without regulators has no row",
        field: CellFormat::Gene(place!(row.target)),
    },
    ColumnFormat {
        name: "chosen",
        unit: "",
        text: "lambda that held-out segments chose, as a share of lambda_max",
        field: CellFormat::Short(place!(row.chosen)),
    },
    ColumnFormat {
        name: "source",
        unit: "",
        text: "the regulator",
        field: CellFormat::Gene(place!(row.source)),
    },
];

fn blank() -> PathRow {
    PathRow {
        target: Gene(0),
        chosen: 0.0,
        source: Gene(0),
        weights: Vec::new(),
    }
}

/// Writes one regulator of a target a row, tab-separated: `target`, `chosen` (the lambda that
/// held-out segments chose), `source`, then one column per lambda, called by it, with the
/// standardised weight there.
///
/// Values of lambda are shares of `lambda_max`, at which nothing is left. A target without
/// regulators has no row.
///
/// # Errors   what the sink reports.
/// # Panics   if two targets have other values of lambda (a bug in the caller).
pub fn write_paths(genes: &Genes, paths: &[TargetPath], sink: &mut dyn Write) -> io::Result<()> {
    let lambda_ratios = paths.first().map_or(&[][..], |path| &path.lambda_ratios);
    let same = paths.iter().all(|path| path.lambda_ratios == lambda_ratios);
    assert!(same, "the same values of lambda");
    let rows = paths.iter().flat_map(rows_of);
    let named: Vec<String> = lambda_ratios.iter().map(|lambda| short(*lambda)).collect();
    PATHS.write(genes, &named, rows, sink)
}

fn rows_of(path: &TargetPath) -> impl Iterator<Item = PathRow> + '_ {
    path.regulators.iter().map(|(source, weights)| PathRow {
        target: path.target,
        chosen: path.chosen,
        source: *source,
        weights: weights.clone(),
    })
}

/// Reads what [`write_paths`] wrote, for the genes of a model.
///
/// # Errors   [`ReadError`] with row and column, and for genes of another model.
pub fn read_paths(
    input: impl Read,
    file: &str,
    genes: &Genes,
) -> Result<Vec<TargetPath>, ReadError> {
    let (named, rows) = PATHS.read(input, file, genes)?;
    let lambda_ratios: Option<Vec<f64>> = named.iter().map(|name| name.parse().ok()).collect();
    let lambda_ratios = lambda_ratios.ok_or_else(|| {
        other_columns(file, &name_some(&named), "values of lambda after `source`")
    })?;
    let paths = rows.chunk_by(|a, b| a.target == b.target);
    Ok(paths
        .map(|rows| TargetPath {
            target: rows[0].target,
            chosen: rows[0].chosen,
            lambda_ratios: lambda_ratios.clone(),
            regulators: rows
                .iter()
                .map(|row| (row.source, row.weights.clone()))
                .collect(),
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_come_back_as_they_were_written() {
        let genes = Genes::new(["a", "#b"]).expect("distinct");
        let path = |target: usize, regulators| TargetPath {
            target: Gene(target),
            chosen: 0.25,
            lambda_ratios: vec![0.9, 0.25],
            regulators,
        };
        let paths = vec![
            path(0, vec![(Gene(1), vec![0.0, -0.5])]),
            path(
                1,
                vec![(Gene(0), vec![0.25, 0.5]), (Gene(1), vec![0.0, 1e-9])],
            ),
        ];
        let mut out = Vec::new();
        write_paths(&genes, &paths, &mut out).expect("memory takes all");
        assert!(out.starts_with(b"target\tchosen\tsource\t0.9\t0.25\na\t0.25\t\"#b\"\t0\t-0.5\n"));
        assert_eq!(
            read_paths(out.as_slice(), "paths.tsv", &genes).expect("ours"),
            paths
        );
        out.clear();
        write_paths(&genes, &[], &mut out).expect("memory takes all");
        assert_eq!(
            read_paths(out.as_slice(), "paths.tsv", &genes).expect("ours"),
            []
        );
    }
}
