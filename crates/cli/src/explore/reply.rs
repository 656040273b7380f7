//! Answers as the page gets them: columns of equal length, genes by their position.

use cistron::expression::Intervention;
use cistron::genes::Gene;
use cistron::perturb::{Effect, Reach, Response, Stop, effects};
use serde::Serialize;

use super::ask::Question;
use super::live::{Live, Ready};
use super::refusal::Refusal;
use crate::doubts;

/// The answer to a question; what is no number is `null`.
#[derive(Debug, Serialize)]
pub(super) struct Reply {
    /// The times; none for a state at rest, whose courses have one value.
    times: Vec<f64>,
    curves: Vec<Curve>,
    effects: Effects,
    /// Members of the ensemble that the bands are made of.
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
    /// What the ensemble holds possible, as in response.tsv; empty without an ensemble.
    low: Vec<f64>,
    high: Vec<f64>,
}

/// What happens to every gene, the largest change first, each at the time at which it is largest.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Effects {
    gene: Vec<usize>,
    /// `null` for a state at rest.
    time: Vec<Option<f64>>,
    wild: Vec<f64>,
    perturbed: Vec<f64>,
    change: Vec<f64>,
    fold: Vec<f64>,
    /// The levels in the last row, which two answers have in common.
    wild_end: Vec<f64>,
    perturbed_end: Vec<f64>,
    /// The band of the change.
    low: Vec<Option<f64>>,
    high: Vec<Option<f64>>,
    kind: Vec<&'static str>,
    /// From a gene that was changed to this one.
    path: Vec<Vec<usize>>,
}

/// Simulates a question.
///
/// # Errors   a [`Refusal`] with the reason why there is no answer.
pub(super) fn response(
    ready: &Ready,
    question: &Question,
    stop: &Stop,
) -> Result<Response, Refusal> {
    let found = ready.prepared.answer_unless(&question.interventions, stop);
    found.map_err(|error| Refusal::unanswerable(&error))
}

impl Reply {
    /// Simulates a question and puts together what the page shows of the answer.
    ///
    /// # Errors   as [`response`].
    pub(super) fn to(live: &Live, question: &Question, stop: &Stop) -> Result<Self, Refusal> {
        let start = std::time::Instant::now();
        let ready = live.ready(&question.setting, question.bands, stop)?;
        let response = response(&ready, question, stop)?;
        let ranked = effects(&live.model().field, &response, &question.interventions);
        let chosen = match &question.genes {
            Some(genes) => genes.clone(),
            None => movers(&ranked, &question.interventions, question.top),
        };
        let model = if question.bands {
            live.model()
        } else {
            live.alone()
        };
        let from_sample = !Live::starts_at_rest(&question.setting);
        let doubts = doubts::of_answer((model, &response), from_sample);
        Ok(Self {
            times: response.times().to_vec(),
            curves: chosen.iter().map(|gene| curve(&response, *gene)).collect(),
            effects: Effects::new(&response, &ranked),
            members: response.members(),
            warnings: ready.note.iter().cloned().chain(doubts).collect(),
            seconds: start.elapsed().as_secs_f64(),
        })
    }
}

/// The genes that move most, those that were changed themselves left out.
fn movers(ranked: &[Effect], done: &[Intervention], most: usize) -> Vec<Gene> {
    // nothing moves where nothing is done: then any will do
    let counts = |one: &&Effect| done.is_empty() || one.reach != Reach::Perturbed;
    let others = ranked.iter().filter(counts);
    others.take(most).map(|one| one.gene).collect()
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
