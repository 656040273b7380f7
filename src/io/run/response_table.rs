//! What a simulation of interventions found, as tables.

use std::io::{self, Write};

use super::columns::table_writer;
use crate::genes::{Gene, Genes};
use crate::io::text::{exact, short};
use crate::perturb::{Effect, Knockout, Moved, Pair, Response};

/// Writes `time gene wild_type perturbed log2_fold_change low high`, one row a time and gene.
///
/// Levels are in units of the file. `low` and `high` are the wild type plus the least and the
/// largest change among the model and the members of its ensemble, empty without members. The one
/// time of a state at rest is called `steady`.
///
/// # Errors   what the sink reports.
/// # Cost     `O(times · genes · members)`, nothing kept in memory.
pub fn write_response(response: &Response, sink: &mut dyn Write) -> io::Result<()> {
    let mut table = table_writer(sink);
    table.write_record(["time", "gene"].iter().chain(&[
        "wild_type",
        "perturbed",
        "log2_fold_change",
        "low",
        "high",
    ]))?;
    for row in 0..response.rows() {
        let time = time(response, row);
        for gene in response.genes().iter() {
            let name = response.genes().name(gene).to_owned();
            let cells = [time.clone(), name].into_iter();
            table.write_record(cells.chain(levels(response, row, gene)))?;
        }
    }
    table.flush()
}

/// Writes `dose gene wild_type perturbed log2_fold_change low high`, one row a dose and gene: the
/// last state of each response, as in [`write_response`].
///
/// # Errors   what the sink reports.
/// # Cost     as [`write_response`].
pub fn write_doses(
    factors: &[f64],
    responses: &[Response],
    sink: &mut dyn Write,
) -> io::Result<()> {
    let mut table = table_writer(sink);
    table.write_record(["dose", "gene"].iter().chain(&[
        "wild_type",
        "perturbed",
        "log2_fold_change",
        "low",
        "high",
    ]))?;
    for (factor, response) in factors.iter().zip(responses) {
        for gene in response.genes().iter() {
            let name = response.genes().name(gene).to_owned();
            let cells = [exact(*factor), name].into_iter();
            table.write_record(cells.chain(levels(response, response.rows() - 1, gene)))?;
        }
    }
    table.flush()
}

fn time(response: &Response, row: usize) -> String {
    match response.times().get(row) {
        Some(time) => short(*time),
        None => "steady".to_owned(),
    }
}

fn levels(response: &Response, row: usize, gene: Gene) -> [String; 5] {
    let edge = |of: fn((f64, f64)) -> f64| {
        let possible = response.possible(row, gene);
        possible.map_or_else(String::new, |band| short(of(band)))
    };
    [
        short(response.wild_type(row, gene)),
        short(response.perturbed(row, gene)),
        number(response.log2_fold_change(row, gene)),
        edge(|band| band.0),
        edge(|band| band.1),
    ]
}

/// Empty where it is no number.
fn number(x: f64) -> String {
    if x.is_nan() { String::new() } else { short(x) }
}

/// Writes `rank gene time wild_type perturbed change log2_fold_change low high kind path`, the
/// largest change first, each at the time at which it is largest.
///
/// `low` and `high` are the band of the change. `kind` is `perturbed` for a gene that was itself
/// changed, `direct`, `downstream` or `none`; `path` leads from such a gene over `>` to this one.
///
/// # Errors   what the sink reports.
/// # Cost     `O(genes · members)`, nothing kept in memory.
pub fn write_effects(
    effects: &[Effect],
    response: &Response,
    sink: &mut dyn Write,
) -> io::Result<()> {
    let genes = response.genes();
    let mut table = table_writer(sink);
    table.write_record([
        "rank",
        "gene",
        "time",
        "wild_type",
        "perturbed",
        "change",
        "log2_fold_change",
        "low",
        "high",
        "kind",
        "path",
    ])?;
    for (rank, effect) in (1..).zip(effects) {
        let (row, gene) = (effect.row, effect.gene);
        let band = response.band(row, gene);
        let edge = |of: fn((f64, f64)) -> f64| band.map_or_else(String::new, |b| short(of(b)));
        table.write_record([
            usize::to_string(&rank),
            genes.name(gene).to_owned(),
            time(response, row),
            short(response.wild_type(row, gene)),
            short(response.perturbed(row, gene)),
            short(effect.change),
            number(response.log2_fold_change(row, gene)),
            edge(|band| band.0),
            edge(|band| band.1),
            effect.reach.name().to_owned(),
            path_text(effect.reach.path(), genes),
        ])?;
    }
    table.flush()
}

/// `G1>G7>G12`.
#[must_use]
pub fn path_text(path: &[Gene], genes: &Genes) -> String {
    let names: Vec<&str> = path.iter().map(|gene| genes.name(*gene)).collect();
    names.join(">")
}

/// Writes `rank gene effect top`, and one column with the change of each chosen target.
///
/// `effect` is the root of the mean square change over the targets, in units of the file; `top`
/// names the targets that change most, as `GENE:change`.
///
/// # Errors   what the sink reports.
/// # Cost     `O(rows · targets)`, nothing kept in memory.
pub fn write_screen(
    rows: &[Knockout],
    targets: &[Gene],
    genes: &Genes,
    sink: &mut dyn Write,
) -> io::Result<()> {
    let mut table = table_writer(sink);
    let names = targets.iter().map(|gene| genes.name(*gene));
    table.write_record(["rank", "gene", "effect", "top"].into_iter().chain(names))?;
    for (rank, row) in (1..).zip(rows) {
        let marks = [
            usize::to_string(&rank),
            genes.name(row.gene).to_owned(),
            short(row.effect),
            moved(&row.top, genes),
        ];
        let changes = row.targets.iter().take(targets.len()).map(|x| short(*x));
        table.write_record(marks.into_iter().chain(changes))?;
    }
    table.flush()
}

/// Writes `rank gene_i gene_j effect additive epistasis top`, the largest epistasis first.
///
/// All three are roots of mean squares over the targets, in units of the file: of the change under
/// both knockouts, of the sum of the changes under each, and of the difference of the two. `top`
/// names the targets with the largest difference, as `GENE:difference`.
///
/// # Errors   what the sink reports.
/// # Cost     `O(rows)`, nothing kept in memory.
pub fn write_pair_screen(rows: &[Pair], genes: &Genes, sink: &mut dyn Write) -> io::Result<()> {
    let mut table = table_writer(sink);
    table.write_record([
        "rank",
        "gene_i",
        "gene_j",
        "effect",
        "additive",
        "epistasis",
        "top",
    ])?;
    for (rank, row) in (1..).zip(rows) {
        table.write_record([
            usize::to_string(&rank),
            genes.name(row.genes.0).to_owned(),
            genes.name(row.genes.1).to_owned(),
            short(row.effect),
            short(row.additive),
            short(row.epistasis),
            moved(&row.top, genes),
        ])?;
    }
    table.flush()
}

fn moved(top: &[Moved], genes: &Genes) -> String {
    let one = |m: &Moved| format!("{}:{}", genes.name(m.gene), short(m.change));
    top.iter().map(one).collect::<Vec<_>>().join(" ")
}
