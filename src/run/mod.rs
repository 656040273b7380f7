//! What a run leaves behind, as pictures, pages and exports read it back.

use std::collections::BTreeMap;

use faer::Mat;
use serde::{Deserialize, Serialize};

use super::{Metrics, NodeReport};
use crate::field::{Fitted, VectorField};
use crate::genes::{Gene, Genes};
use crate::network::Network;

/// A run, as its folder holds it.
#[derive(Clone, Debug)]
pub struct Run {
    /// The ranked edges.
    pub network: Network,
    /// What is known about every gene.
    pub nodes: Vec<NodeReport>,
    /// The model.
    pub fitted: Fitted,
    /// How well it predicts.
    pub metrics: Metrics,
    /// What was run, on what, with what warnings.
    pub record: Record,
    /// Observed and fitted courses, in the order of the data.
    pub curves: Vec<Curve>,
    /// The skeleton's weights along the strengths of the penalty, a target each.
    pub paths: Vec<TargetPath>,
    /// Where and when the edges of the model act.
    pub groups: Vec<GroupInfluence>,
}

impl Run {
    /// The genes.
    #[must_use]
    pub fn genes(&self) -> &Genes {
        self.fitted.field.genes()
    }

    /// Number of candidate edges that were ranked, those included that the folder does not hold.
    #[must_use]
    pub fn ranked(&self) -> usize {
        self.record.edges_ranked.max(self.network.edges().len())
    }
}

/// A series, or a lineage of cells, in the units of the data.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// Its name.
    pub series: String,
    /// Times of its `n` samples; pseudotimes of the groups of cells of a lineage.
    pub times: Vec<f64>,
    /// What was measured, `n × p`; NaN where missing.
    pub observed: Mat<f64>,
    /// The model run forwards from the first sample under what was done to the series, `n × p`.
    /// It has seen these samples: how well it predicts others is in the metrics.
    pub fitted: Mat<f64>,
    /// The same by a model that has not seen the series, nor what was done to it alone; none for
    /// series that were not left out.
    pub forecast: Option<Mat<f64>>,
}

/// The linear skeleton of a target on all rows, at falling strengths of the penalty.
#[derive(Clone, Debug, PartialEq)]
pub struct TargetPath {
    /// The target.
    pub target: Gene,
    /// The strength that held-out segments chose, as a share of the critical one.
    pub chosen: f64,
    /// Strengths as shares of the critical one, falling.
    pub strengths: Vec<f64>,
    /// Every regulator that comes in, with its standardised weight at each strength.
    pub regulators: Vec<(Gene, Vec<f64>)>,
}

/// What an edge of the model does in one series, lineage or condition.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupInfluence {
    /// Name of the series, lineage or condition.
    pub group: String,
    /// The regulator.
    pub source: Gene,
    /// The target.
    pub target: Gene,
    /// `(1/T)∫ ∂fᵢ/∂xⱼ dt` over the states of the group, per unit of time.
    pub influence: f64,
    /// `influence` times the standard deviation of the regulator in the group: by how much the
    /// target's change varies through this edge there.
    pub effect: f64,
}

/// What was run: the parts of `run.json` that people are shown.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Version of the program.
    pub cistron: String,
    /// Seed of all randomness.
    pub seed: u64,
    /// Files that were read, with their fingerprints.
    pub inputs: Vec<InputFile>,
    /// Genes that may regulate.
    pub regulators: usize,
    /// Series or lineages.
    pub series: usize,
    /// Samples or cells.
    pub samples: usize,
    /// Candidate edges that were ranked; the folder may hold only the best of them.
    pub edges_ranked: usize,
    /// Scale of the model.
    pub transform: String,
    /// Offsets of single series, in words.
    pub offsets: String,
    /// What to distrust.
    pub warnings: Vec<String>,
    /// What was recognised in the files.
    pub notes: Vec<String>,
    /// Time that the run took.
    pub seconds: f64,
    /// All other settings, by name.
    pub settings: BTreeMap<String, String>,
}

/// A file that was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputFile {
    /// Path, as it was given.
    pub path: String,
    /// SHA-256 of the content.
    pub sha256: String,
}
