//! Responses as pictures.

use std::error::Error;
use std::path::Path;

use cistron::genes::Gene;
use cistron::perturb::{Effect, Reach, Response};
use cistron_report::{GeneLevels, Picture, TopChange, courses, steady_levels, top_changes};

use crate::files::Output;
use crate::plot::{Format, contents};

/// Panels of a picture at most.
const PANELS: usize = 12;
/// Bars of a picture at most.
const BARS: usize = 40;

/// The genes that change most, without the genes that were changed themselves: their levels without and
/// with the interventions, and their changes.
pub(super) fn response(
    title: &str,
    response: &Response,
    ranked: &[Effect],
    top: usize,
) -> Vec<Picture> {
    let others = ranked.iter().filter(|one| one.reach != Reach::Perturbed);
    let others: Vec<&Effect> = others.take(top).collect();
    let panels: Vec<GeneLevels> = others
        .iter()
        .take(PANELS)
        .map(|effect| panel(response, effect.gene))
        .collect();
    let levels = if response.times().is_empty() {
        steady_levels(title, "steady-state level", &panels)
    } else {
        courses(title, "time (units of the data)", response.times(), &panels)
    };
    let changes: Vec<TopChange> = others
        .iter()
        .take(BARS)
        .filter(|effect| effect.change != 0.0)
        .map(|effect| top_change(response, effect))
        .collect();
    vec![levels, top_changes(title, &changes)]
}

fn panel(response: &Response, gene: Gene) -> GeneLevels {
    let rows = 0..response.rows();
    let level = |of: &dyn Fn(usize) -> f64| rows.clone().map(of).collect();
    GeneLevels {
        title: response.genes().name(gene).to_owned(),
        wild_type: level(&|row| response.wild_type(row, gene)),
        perturbed: level(&|row| response.perturbed(row, gene)),
        band: bands(rows.clone().map(|row| (response, row)), gene),
    }
}

fn top_change(response: &Response, effect: &Effect) -> TopChange {
    let (row, gene) = (effect.row, effect.gene);
    let fold = response.log2_fold_change(row, gene);
    TopChange {
        gene: response.genes().name(gene).to_owned(),
        change: effect.change,
        time: response.times().get(row).copied(),
        log2_fold: Some(fold).filter(|fold| fold.is_finite()),
        band: response.band(row, gene),
    }
}

/// Levels at the end of the responses to doses, `factors` times what a gene's own regulation makes.
pub(super) fn doses(
    gene: &str,
    factors: &[f64],
    responses: &[Response],
    shown: &[Gene],
) -> Vec<Picture> {
    let last = |level: &dyn Fn(&Response, usize) -> f64| -> Vec<f64> {
        let levels = responses.iter().map(|one| level(one, one.rows() - 1));
        levels.collect()
    };
    let genes = shown.iter().take(PANELS);
    let panel = |other: &Gene| GeneLevels {
        title: responses[0].genes().name(*other).to_owned(),
        wild_type: last(&|one, row| one.wild_type(row, *other)),
        perturbed: last(&|one, row| one.perturbed(row, *other)),
        band: bands(responses.iter().map(|one| (one, one.rows() - 1)), *other),
    };
    let panels: Vec<GeneLevels> = genes.map(panel).collect();
    let title = format!("Doses of {gene}");
    vec![courses(
        &title,
        "dose, times its own level",
        factors,
        &panels,
    )]
}

/// Levels that the ensemble holds possible, as in response.tsv; empty without an ensemble.
fn bands<'r>(rows: impl Iterator<Item = (&'r Response, usize)>, gene: Gene) -> Vec<(f64, f64)> {
    rows.map_while(|(one, row)| one.possible(row, gene))
        .collect()
}

/// The files of pictures, as SVG and PNG.
pub(super) fn outputs<'a>(
    pictures: &[Picture],
    folder: &Path,
) -> Result<Vec<Output<'a>>, Box<dyn Error>> {
    let output = |(name, bytes): (String, Vec<u8>)| {
        Output::new(folder.join(name), move |sink| sink.write_all(&bytes))
    };
    let contents = contents(pictures, Format::Both)?;
    Ok(contents.into_iter().map(output).collect())
}
