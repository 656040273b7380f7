//! What can be a row: this program, the baselines, floor and ceiling, lists from elsewhere.

use std::collections::HashSet;

use crate::baselines::{Baseline, Ceiling, Observations, RandomOrder};
use crate::discovery::{Discovery, discover};
use crate::evaluate::{EdgeList, GoldStandard, PredictedEdge, Ranking, Scores};
use crate::fit::Watch;
use crate::forecast::Forecast;
use crate::network::Network;
use crate::seed::Seed;

use super::{Calibration, Case, RowScores};

/// Name of the method that all others are compared with.
pub const REFERENCE: &str = "cistron";
/// Orders that the floor draws.
const DRAWS: u64 = 20;
/// Ranks at which expected and true numbers of false edges are compared.
const CALIBRATED: [usize; 12] = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000];

/// One row of the table for every case.
pub enum Method {
    /// This program with its defaults.
    Cistron,
    /// The same without networks of several units.
    Linear,
    /// A baseline.
    Baseline(Box<dyn Baseline>),
    /// Random orders: the mean of several draws.
    Floor,
    /// The oracle of [`Ceiling`].
    Ceiling,
    /// Edges from elsewhere, by their name.
    External(String),
}

/// What a method made of a case.
pub(super) struct Made {
    pub(super) scores: RowScores,
    pub(super) forecast: Option<Forecast>,
    pub(super) calibration: Vec<Calibration>,
}

impl Method {
    /// Its name in tables.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Cistron => REFERENCE,
            Self::Linear => "cistron linear",
            Self::Baseline(baseline) => baseline.name(),
            Self::Floor => "floor (random)",
            Self::Ceiling => "ceiling (oracle)",
            Self::External(name) => name,
        }
    }

    /// Whether the row is a bound and no method.
    #[must_use]
    pub fn is_bound(&self) -> bool {
        matches!(self, Self::Floor | Self::Ceiling)
    }

    /// Runs on a case; the error is a line for the table.
    pub(super) fn make(&self, case: &Case, seed: Seed) -> Result<Made, String> {
        match self {
            Self::Cistron => discovered(case, seed, true),
            Self::Linear => discovered(case, seed, false),
            Self::Baseline(baseline) => ranked(case, baseline.as_ref(), seed).map(Made::of),
            Self::Ceiling => ranked(case, &Ceiling { truth: &case.truth }, seed).map(Made::of),
            Self::Floor => {
                let draw = |k| ranked(case, &RandomOrder, Seed(seed.0.wrapping_add(k)));
                let draws: Vec<RowScores> = (0..DRAWS).map(draw).collect::<Result<_, _>>()?;
                Ok(Made::of(RowScores::mean(&draws)))
            }
            Self::External(name) => {
                let found = case.external.iter().find(|one| one.name == *name);
                let list = found.ok_or("there is no list of edges for this case")?;
                scored(case, &list.edges).map(Made::of)
            }
        }
    }
}

impl Made {
    fn of(scores: RowScores) -> Self {
        Self {
            scores,
            forecast: None,
            calibration: Vec::new(),
        }
    }
}

fn scored(case: &Case, list: &EdgeList) -> Result<RowScores, String> {
    let ranking = Ranking::new(&case.truth, list, &case.universe).map_err(|e| e.to_string())?;
    Ok(RowScores::new(&Scores::new(&ranking)))
}

fn ranked(case: &Case, baseline: &dyn Baseline, seed: Seed) -> Result<RowScores, String> {
    let data = Observations::new(&case.data, case.settings.transform).map_err(|e| e.to_string())?;
    let list = baseline.rank(&data, seed).edges(data.genes());
    let Some(regulators) = case.prior.regulators() else {
        return scored(case, &list);
    };
    let may = |edge: &&PredictedEdge| regulators.contains(edge.regulator);
    let edges = list.edges().iter().filter(may).copied().collect();
    let list = EdgeList::new(list.genes().clone(), edges).map_err(|e| e.to_string())?;
    scored(case, &list)
}

fn discovered(case: &Case, seed: Seed, bends: bool) -> Result<Made, String> {
    let mut settings = case.settings.clone();
    settings.fit.seed = seed;
    settings.fit.bends &= bends;
    let found = discover(&case.data, &case.prior, &settings, Watch::default());
    let found = found.map_err(|error| error.to_string())?;
    Ok(Made {
        scores: scored(case, &edge_list(&found)?)?,
        calibration: calibration(&found.network, &case.truth),
        forecast: found.metrics.forecast,
    })
}

fn edge_list(found: &Discovery) -> Result<EdgeList, String> {
    let edge = |edge: &crate::network::Edge| PredictedEdge {
        regulator: edge.source,
        target: edge.target,
        score: edge.evidence,
        sign: edge.sign,
    };
    let edges = found.network.edges().iter().map(edge).collect();
    EdgeList::new(found.genes().clone(), edges).map_err(|error| error.to_string())
}

/// False edges at every rank that the network has; pairs of genes that the truth does not name
/// are passed over.
fn calibration(network: &Network, truth: &GoldStandard) -> Vec<Calibration> {
    let edges = truth.pairs().filter(|pair| pair.edge);
    let edges: HashSet<_> = edges.map(|pair| (pair.regulator, pair.target)).collect();
    let in_truth = |gene| truth.genes().find(network.genes().name(gene));
    let judged: Vec<(f64, bool)> = network
        .edges()
        .iter()
        .filter_map(|edge| {
            let pair = in_truth(edge.source).zip(in_truth(edge.target))?;
            Some((edge.expected_false_edges, !edges.contains(&pair)))
        })
        .take(CALIBRATED[CALIBRATED.len() - 1])
        .collect();
    let at = |rank: usize| {
        let (expected, _) = *judged.get(rank - 1)?;
        let found = judged[..rank].iter().filter(|(_, wrong)| *wrong).count();
        Some(Calibration {
            rank,
            expected,
            found,
        })
    };
    CALIBRATED.into_iter().filter_map(at).collect()
}
