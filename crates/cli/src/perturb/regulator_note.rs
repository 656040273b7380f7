//! A note on changed genes that could not regulate in the run.

use std::collections::BTreeSet;

use cistron::genes::{Gene, Genes};
use cistron::run::RunFolder;
use cistron_truth::io::read_edge_list;

/// Names the changed genes that were not among the regulators of the run: the model has no effect of them.
///
/// The record counts the regulators, and the ranked edges name them; where the edges name fewer, nothing is sure and
/// nothing is said.
///
/// * `changed`: genes of the interventions
pub(super) fn of_other_genes(
    folder: &RunFolder,
    changed: impl Iterator<Item = Gene>,
    genes: &Genes,
) -> Option<String> {
    let record = folder.part("run.json", |file, _| Ok(serde_json::from_reader(file).ok()));
    let record: serde_json::Value = record.ok().flatten()?;
    let count = usize::try_from(record["regulators"].as_u64()?).ok()?;
    if count >= genes.len() {
        return None;
    }
    let list = folder.part("edges.tsv", read_edge_list).ok()?;
    let edges = list.edges().iter();
    let sources: BTreeSet<&str> = edges
        .map(|edge| list.genes().name(edge.regulator))
        .collect();
    if sources.len() < count {
        return None;
    }
    let others: BTreeSet<&str> = changed
        .map(|gene| genes.name(gene))
        .filter(|name| !sources.contains(name))
        .collect();
    let others: Vec<&str> = others.into_iter().collect();
    let were = match others.len() {
        0 => return None,
        1 => "was",
        _ => "were",
    };
    Some(format!(
        "{} {were} not among the regulators of this run ({count} of {} genes): the model has no effect on other genes; \
         to fit one, run `cistron infer` again without `--regulators`, or with the gene in that list",
        others.join(", "),
        genes.len()
    ))
}
