//! Replies to the page: columns of equal length, genes by their position.

use cistron::expression::Intervention;
use cistron::genes::Gene;
use cistron::perturb::{Effect, Reach, Response, Stop, effects};
use serde::Serialize;

use super::live::{Live, Ready};
use super::query_json::Query;
use super::refusal::Refusal;
use crate::caveats;

/// The reply to a query; values that are not numbers are `null`.
#[derive(Debug, Serialize)]
pub(super) struct Reply {
    /// The times; empty for a steady state, which has one value per gene.
    times: Vec<f64>,
    curves: Vec<Curve>,
    effects: Effects,
    /// Number of ensemble members in the bands.
    members: usize,
    warnings: Vec<String>,
    seconds: f64,
}

/// The levels of a gene, in units of the file.
#[derive(Debug, Serialize)]
struct Curve {
    gene: usize,
    wild: Vec<f64>,
    perturbed: Vec<f64>,
    /// The band of the ensemble as in response.tsv; empty without an ensemble.
    low: Vec<f64>,
    high: Vec<f64>,
}

/// Effects on all genes, the largest change first, each at the time of its largest change.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Effects {
    gene: Vec<usize>,
    /// `null` for a steady state.
    time: Vec<Option<f64>>,
    wild: Vec<f64>,
    perturbed: Vec<f64>,
    change: Vec<f64>,
    fold: Vec<f64>,
    /// The levels in the last row, at which two replies can be compared.
    wild_end: Vec<f64>,
    perturbed_end: Vec<f64>,
    /// The band of the change.
    low: Vec<Option<f64>>,
    high: Vec<Option<f64>>,
    kind: Vec<&'static str>,
    /// From a gene that was changed to this one.
    path: Vec<Vec<usize>>,
}

/// Simulates a query.
///
/// # Errors   a [`Refusal`] with the reason if there is no response.
pub(super) fn response(ready: &Ready, query: &Query, stop: &Stop) -> Result<Response, Refusal> {
    let response = ready.prepared.answer_unless(&query.interventions, stop);
    response.map_err(|error| Refusal::unanswerable(&error))
}

impl Reply {
    /// Simulates a query and collects the results that the page shows.
    ///
    /// # Errors   as [`response`].
    pub(super) fn to(live: &Live, query: &Query, stop: &Stop) -> Result<Self, Refusal> {
        let start = std::time::Instant::now();
        let ready = live.ready(&query.setting, stop)?;
        let response = response(&ready, query, stop)?;
        let ranked = effects(&live.model().field, &response, &query.interventions);
        let chosen = match &query.genes {
            Some(genes) => genes.clone(),
            None => top_changes(&ranked, &query.interventions, query.top),
        };
        let model = live.simulated_model(query.setting.bands);
        let caveats = caveats::of_response(model, &response);
        Ok(Self {
            times: response.times().to_vec(),
            curves: chosen.iter().map(|gene| curve(&response, *gene)).collect(),
            effects: Effects::new(&response, &ranked),
            members: response.members(),
            warnings: ready.note.iter().cloned().chain(caveats).collect(),
            seconds: start.elapsed().as_secs_f64(),
        })
    }
}

/// The genes with the largest changes, without the genes of the interventions.
fn top_changes(ranked: &[Effect], interventions: &[Intervention], number: usize) -> Vec<Gene> {
    // without interventions nothing changes, and any genes may be shown
    let unperturbed = interventions.is_empty();
    let others = ranked
        .iter()
        .filter(|effect| unperturbed || effect.reach != Reach::Perturbed);
    others.take(number).map(|effect| effect.gene).collect()
}

fn curve(response: &Response, gene: Gene) -> Curve {
    let rows = 0..response.rows();
    let bands = rows.clone().map_while(|row| response.possible(row, gene));
    let (low, high) = bands.unzip();
    Curve {
        gene: gene.index(),
        wild: rows
            .clone()
            .map(|row| response.wild_type(row, gene))
            .collect(),
        perturbed: rows.map(|row| response.perturbed(row, gene)).collect(),
        low,
        high,
    }
}

impl Effects {
    fn new(response: &Response, ranked: &[Effect]) -> Self {
        let mut columns = Self::default();
        let last = response.rows() - 1;
        for effect in ranked {
            let (row, gene) = (effect.row, effect.gene);
            let band = response.band(row, gene);
            columns.gene.push(gene.index());
            columns.time.push(response.times().get(row).copied());
            columns.wild.push(response.wild_type(row, gene));
            columns.perturbed.push(response.perturbed(row, gene));
            columns.change.push(effect.change);
            columns.fold.push(response.log2_fold_change(row, gene));
            columns.wild_end.push(response.wild_type(last, gene));
            columns.perturbed_end.push(response.perturbed(last, gene));
            columns.low.push(band.map(|band| band.0));
            columns.high.push(band.map(|band| band.1));
            columns.kind.push(effect.reach.name());
            let path = effect.reach.path().iter();
            columns.path.push(path.map(|gene| gene.index()).collect());
        }
        columns
    }
}
