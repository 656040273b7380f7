//! Tables of steady states, in the layout of the DREAM challenges.

use std::io::{self, Write};

use crate::simulate::{SteadyStates, SteadyTable};
use cistron::genes::Genes;
use cistron::io::text::short;

/// Writes steady states, one a row, values with six significant digits.
///
/// The wild type and multifactorial states have one column a gene; single perturbations have the
/// name of the gene before them, in a column `perturbed`; double knockouts have `gene_i` and
/// `gene_j`.
///
/// # Errors   what the sink reports.
/// # Cost     `O(rows · genes)`, nothing kept in memory.
pub fn write_steady(states: &SteadyStates, genes: &Genes, sink: &mut dyn Write) -> io::Result<()> {
    let marks: &[&str] = match states.table {
        SteadyTable::Wildtype | SteadyTable::Multifactorial => &[],
        SteadyTable::DualKnockouts => &["gene_i", "gene_j"],
        _ => &["perturbed"],
    };
    let names = genes.names().iter().map(String::as_str);
    let header: Vec<&str> = marks.iter().copied().chain(names).collect();
    writeln!(sink, "{}", header.join("\t"))?;
    for (row, perturbed) in states.perturbed.iter().enumerate() {
        let marks = perturbed.iter().map(|&gene| genes.name(gene).to_owned());
        let values = (0..genes.len()).map(|j| short(states.values[(row, j)]));
        let fields: Vec<String> = marks.chain(values).collect();
        writeln!(sink, "{}", fields.join("\t"))?;
    }
    Ok(())
}

/// Writes the pairs of double knockouts alone: `gene_i gene_j`, the queries to
/// [`write_steady`]'s answers.
///
/// # Errors   what the sink reports.
pub fn write_pairs(states: &SteadyStates, genes: &Genes, sink: &mut dyn Write) -> io::Result<()> {
    writeln!(sink, "gene_i\tgene_j")?;
    for pair in &states.perturbed {
        let names: Vec<&str> = pair.iter().map(|&gene| genes.name(gene)).collect();
        writeln!(sink, "{}", names.join("\t"))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use cistron::genes::Gene;
    use faer::mat;

    #[test]
    fn the_tables_have_these_bytes() {
        let genes = Genes::new(["a", "b"]).expect("distinct");
        let write = |table, perturbed: Vec<Vec<Gene>>, values| {
            let states = SteadyStates {
                table,
                perturbed,
                values,
            };
            let mut out = Vec::new();
            write_steady(&states, &genes, &mut out).expect("memory takes all");
            if table == SteadyTable::DualKnockouts {
                write_pairs(&states, &genes, &mut out).expect("memory takes all");
            }
            String::from_utf8(out).expect("text")
        };
        assert_eq!(
            write(SteadyTable::Wildtype, vec![vec![]], mat![[1.0 / 3.0, 0.0]]),
            "a\tb\n0.333333\t0\n"
        );
        let each = vec![vec![Gene(0)], vec![Gene(1)]];
        assert_eq!(
            write(SteadyTable::Knockouts, each, mat![[0.0, 2e-7], [1.0, 0.0]]),
            "perturbed\ta\tb\na\t0\t2e-7\nb\t1\t0\n"
        );
        let pair = vec![vec![Gene(0), Gene(1)]];
        assert_eq!(
            write(SteadyTable::DualKnockouts, pair, mat![[0.0, 0.0]]),
            "gene_i\tgene_j\ta\tb\na\tb\t0\t0\ngene_i\tgene_j\na\tb\n"
        );
    }
}
