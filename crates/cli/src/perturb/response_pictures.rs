//! Pictures of responses.

use cistron::genes::Gene;
use cistron::perturb::{Effect, Reach, Response};
use cistron_report::{
    GeneLevels, LevelTitles, Picture, TopChange, courses, steady_levels, top_changes,
};

/// Maximum number of panels: four rows of three are legible on a page.
const PANELS: usize = 12;
/// Maximum number of bars: more do not fit on a page.
const BARS: usize = 40;

/// Levels without and with the interventions, and changes, of the genes with the largest changes.
/// Genes of the interventions are left out.
pub(super) fn response(
    title: &str,
    response: &Response,
    ranked: &[Effect],
    top: usize,
) -> Vec<Picture> {
    let others = ranked.iter();
    let others = others.filter(|effect| effect.reach != Reach::Perturbed);
    let others: Vec<&Effect> = others.take(top).collect();
    let panels: Vec<GeneLevels> = others
        .iter()
        .take(PANELS)
        .map(|effect| panel(response, effect.gene))
        .collect();
    let unit = &response.scale().stored.unit();
    let levels = if response.times().is_empty() {
        let x = "steady-state level";
        steady_levels(LevelTitles { title, x, unit }, &panels)
    } else {
        let x = "time (units of the data)";
        courses(LevelTitles { title, x, unit }, response.times(), &panels)
    };
    let changes: Vec<TopChange> = others
        .iter()
        .take(BARS)
        .filter(|effect| effect.change != 0.0)
        .map(|effect| top_change(response, effect))
        .collect();
    vec![levels, top_changes(title, unit, &changes)]
}

fn panel(response: &Response, gene: Gene) -> GeneLevels {
    let rows: Vec<ResponseRow> = (0..response.rows())
        .map(|row| ResponseRow { response, row })
        .collect();
    course(&rows, gene)
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

/// Last levels of the responses to doses, which are `factors` times the regulated synthesis.
pub(super) fn doses(
    title: &str,
    factors: &[f64],
    responses: &[Response],
    shown: &[Gene],
) -> Vec<Picture> {
    let last_rows: Vec<ResponseRow> = responses
        .iter()
        .map(|response| ResponseRow {
            response,
            row: response.rows() - 1,
        })
        .collect();
    let genes = shown.iter().take(PANELS);
    let panels: Vec<GeneLevels> = genes.map(|shown| course(&last_rows, *shown)).collect();
    let titles = LevelTitles {
        title,
        x: "dose, times regulated synthesis",
        unit: &responses[0].scale().stored.unit(),
    };
    vec![courses(titles, factors, &panels)]
}

/// A row of a response.
struct ResponseRow<'r> {
    response: &'r Response,
    row: usize,
}

/// The levels of a gene in some rows, with the band of the ensemble as in response.tsv.
fn course(rows: &[ResponseRow<'_>], gene: Gene) -> GeneLevels {
    let name = rows.first().map(|at| at.response.genes().name(gene));
    GeneLevels {
        title: name.unwrap_or_default().to_owned(),
        wild_type: rows
            .iter()
            .map(|at| at.response.wild_type(at.row, gene))
            .collect(),
        perturbed: rows
            .iter()
            .map(|at| at.response.perturbed(at.row, gene))
            .collect(),
        // empty without an ensemble
        band: rows
            .iter()
            .map_while(|at| at.response.possible(at.row, gene))
            .collect(),
        measured: Vec::new(),
    }
}
