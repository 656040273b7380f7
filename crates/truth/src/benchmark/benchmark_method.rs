//! Methods of a benchmark: this program, the baselines, floor and ceiling, lists from elsewhere.

use std::time::Duration;

use crate::baselines::{Baseline, BaselineData, Ceiling};
use crate::evaluate::{EdgeList, PredictedEdge, Ranking, Scores, Universe, outcomes};
use cistron::expression::Scale;
use cistron::fit::Unwatched;
use cistron::forecast::Forecast;
use cistron::genes::Gene;
use cistron::network::{Edge, Sign};
use cistron::run::{Inference, Run};
use cistron::seed::Seed;

use super::expected_chance::expected_scores;
use super::known_edges::known_scores;
use super::known_tenths::tenth_scores;
use super::{Calibration, Case, RowScores};

/// Name of the method that all others are compared with.
pub const REFERENCE: &str = "cistron";
/// Ranks at which expected and true numbers of false edges are compared.
const CALIBRATED: [usize; 12] = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000];

/// One row of the table for every case.
pub(crate) enum BenchmarkMethod {
    /// This program with its defaults.
    Cistron,
    /// The same without networks of several units.
    Linear,
    /// A baseline.
    Baseline(Box<dyn Baseline>),
    /// Random orders, by expectation.
    Floor,
    /// The oracle of [`Ceiling`].
    Ceiling,
    /// Edges from elsewhere, by their name.
    External(String),
}

/// The result of a method on a case.
pub(super) struct MethodResult {
    pub(super) scores: RowScores,
    pub(super) forecast: Option<Forecast>,
    pub(super) calibration: Vec<Calibration>,
    /// Time that the forecast took, which is not part of the time to the list.
    pub(super) forecast_time: Option<Duration>,
}

impl BenchmarkMethod {
    /// Its name in tables.
    #[must_use]
    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Cistron => REFERENCE,
            Self::Linear => "cistron linear",
            Self::Baseline(baseline) => baseline.name(),
            Self::Floor => "floor (random)",
            Self::Ceiling => "ceiling (oracle)",
            Self::External(name) => name,
        }
    }

    /// Whether the row is a bound instead of a method.
    #[must_use]
    pub(crate) fn is_bound(&self) -> bool {
        matches!(self, Self::Floor | Self::Ceiling)
    }

    /// Runs on a case; the error is a line for the table.
    pub(super) fn apply(&self, case: &Case, seed: Seed) -> Result<MethodResult, String> {
        let scores = match self {
            Self::Cistron => return discovered(case, seed, true),
            Self::Linear => return discovered(case, seed, false),
            Self::Baseline(baseline) => ranked(case, baseline.as_ref(), seed),
            Self::Ceiling => ranked(case, &Ceiling { truth: &case.truth }, seed),
            Self::Floor => chance(case),
            Self::External(name) => {
                let mut lists = case.external.iter();
                let list = lists.find(|list| list.name == *name);
                let list = list.ok_or("there is no list of edges for this case")?;
                scored(case, &list.edges)
            }
        };
        scores.map(MethodResult::with_scores)
    }
}

impl MethodResult {
    fn with_scores(scores: RowScores) -> Self {
        Self {
            scores,
            forecast: None,
            calibration: Vec::new(),
            forecast_time: None,
        }
    }
}

/// Expected scores of a random order of all pairs that may be edges.
fn chance(case: &Case) -> Result<RowScores, String> {
    let genes = case.data.genes().clone();
    let list = EdgeList::of_all_pairs(genes, &regulators(case), |_, _| (1.0, Sign::Unknown));
    let list = list.map_err(|e| e.to_string())?;
    let ranking = Ranking::new(&case.truth, &list, &case.universe).map_err(|e| e.to_string())?;
    Ok(expected_scores(&ranking))
}

fn scored(case: &Case, list: &EdgeList) -> Result<RowScores, String> {
    let ranking = Ranking::new(&case.truth, list, &case.universe).map_err(|e| e.to_string())?;
    let mut scores = RowScores::new(&Scores::new(&ranking));
    if case.universe.universe == Universe::Known {
        scores.known = Some(known_scores(case, list, &ranking));
    }
    Ok(scores)
}

fn ranked(case: &Case, baseline: &dyn Baseline, seed: Seed) -> Result<RowScores, String> {
    let scale = if case.baselines_as_stored {
        Scale::IDENTITY
    } else {
        let choice = case.settings.scale(&case.data);
        choice.map_err(|e| e.to_string())?.scale
    };
    let data = BaselineData::new(&case.data, scale).map_err(|e| e.to_string())?;
    let data = data.with_regulators(regulators(case));
    scored(case, &baseline.rank(&data, seed).edges(data.genes()))
}

/// The genes that may regulate.
fn regulators(case: &Case) -> Vec<Gene> {
    match case.prior.regulators() {
        Some(regulators) => regulators.iter().collect(),
        None => case.data.genes().iter().collect(),
    }
}

fn discovered(case: &Case, seed: Seed, nonlinear: bool) -> Result<MethodResult, String> {
    let mut settings = case.settings.clone();
    settings.seed = seed;
    settings.fit.nonlinear &= nonlinear;
    let inference = Inference::new(&case.data, &settings).with_prior(&case.prior);
    let found = inference.run(&mut Unwatched);
    let found = found.map_err(|error| error.to_string())?;
    let list = edge_list(&found)?;
    let judged = outcomes(&case.truth, &list, &case.universe).map_err(|e| e.to_string())?;
    let mut scores = scored(case, &list)?;
    if let Some(known) = &mut scores.known {
        known.tenths = tenth_scores(case, found.network.edges(), &judged);
    }
    Ok(MethodResult {
        scores,
        calibration: calibration(found.network.edges(), &judged),
        forecast_time: found
            .metrics
            .forecast
            .as_ref()
            .map(|_| Duration::from_secs_f64(found.record.forecast_seconds)),
        forecast: found.metrics.forecast,
    })
}

fn edge_list(found: &Run) -> Result<EdgeList, String> {
    let edges = found.network.edges().iter();
    let edges = edges.map(|edge| PredictedEdge {
        regulator: edge.source,
        target: edge.target,
        score: edge.evidence,
        sign: edge.sign,
    });
    EdgeList::new(found.genes().clone(), edges.collect()).map_err(|error| error.to_string())
}

/// Expected and true numbers of false edges among the best 1, 2, 5, … judged pairs.
///
/// The expected number is the sum of `1 − probability` over judged pairs only, as the true number
/// is, so that pairs whose truth nobody knows count in neither.
///
/// * `edges`: best first
/// * `outcomes`: for every edge whether it is true; none for pairs that are not judged
pub(super) fn calibration(edges: &[Edge], outcomes: &[Option<bool>]) -> Vec<Calibration> {
    let mut expected = 0.0;
    let (mut rank, mut found) = (0, 0);
    let mut points = Vec::new();
    for (edge, outcome) in edges.iter().zip(outcomes) {
        if let Some(right) = outcome {
            expected += 1.0 - edge.probability;
            rank += 1;
            found += usize::from(!right);
            if CALIBRATED.contains(&rank) {
                points.push(Calibration {
                    rank,
                    expected,
                    found,
                });
            }
        }
    }
    points
}
