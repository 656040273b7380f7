//! `paths.tsv`: the skeleton along the strengths of the penalty.

use std::io::{self, Read, Write};

use super::network_table::table_writer;
use super::run_file::{RunFileError, RunTable};
use crate::discovery::TargetPath;
use crate::genes::Genes;
use crate::io::text::number::short;

/// Columns before the strengths.
const MARKS: [&str; 3] = ["target", "chosen", "source"];

/// Writes one regulator of a target a row, tab-separated: `target`, `chosen` (the strength that
/// held-out segments chose), `source`, then one column a strength, called by it, with the
/// standardised weight there.
///
/// Strengths are shares of the critical one, at which nothing is left. A target without regulators
/// has no row.
///
/// # Errors   what the sink reports.
/// # Panics   if two targets have other strengths (a bug in the caller).
pub fn write_paths(genes: &Genes, paths: &[TargetPath], sink: &mut dyn Write) -> io::Result<()> {
    let mut table = table_writer(sink);
    let strengths = paths.first().map_or(&[][..], |path| &path.strengths);
    let marks = MARKS.map(str::to_owned).into_iter();
    table.write_record(marks.chain(strengths.iter().map(|x| short(*x))))?;
    for path in paths {
        assert_eq!(path.strengths, strengths, "the same strengths");
        for (source, weights) in &path.regulators {
            let marks = [
                genes.name(path.target).to_owned(),
                short(path.chosen),
                genes.name(*source).to_owned(),
            ];
            let weights = weights.iter().map(|w| short(*w));
            table.write_record(marks.into_iter().chain(weights))?;
        }
    }
    table.flush()
}

/// Reads what [`write_paths`] wrote, for the genes of a model.
///
/// # Errors   [`RunFileError`] with row and column, and for genes of another model.
pub fn read_paths(
    input: impl Read,
    file: &str,
    genes: &Genes,
) -> Result<Vec<TargetPath>, RunFileError> {
    let mut table = RunTable::open(input, file, &MARKS)?;
    let names = table.header()[MARKS.len()..].to_vec();
    let strengths: Option<Vec<f64>> = names.iter().map(|name| name.parse().ok()).collect();
    let strengths = strengths.ok_or_else(|| RunFileError::Columns {
        file: file.to_owned(),
        found: names.join(", "),
        expected: "strengths after `source`".to_owned(),
    })?;
    let mut paths: Vec<TargetPath> = Vec::new();
    while let Some(row) = table.next()? {
        let target = row.gene(0, genes)?;
        if paths.last().is_none_or(|path| path.target != target) {
            paths.push(TargetPath {
                target,
                chosen: row.number(1)?,
                strengths: strengths.clone(),
                regulators: Vec::new(),
            });
        }
        let columns = MARKS.len()..MARKS.len() + strengths.len();
        let weights = columns.map(|at| row.number(at)).collect::<Result<_, _>>()?;
        let path = paths.last_mut().expect("one was there or was pushed");
        path.regulators.push((row.gene(2, genes)?, weights));
    }
    Ok(paths)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::genes::Gene;

    #[test]
    fn paths_come_back_as_they_were_written() {
        let genes = Genes::new(["a", "#b"]).expect("distinct");
        let path = |target: usize, regulators| TargetPath {
            target: Gene(target),
            chosen: 0.25,
            strengths: vec![0.9, 0.25],
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
