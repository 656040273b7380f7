//! One network with its data.

use crate::evaluate::{EdgeList, GoldStandard, UniverseSettings};
use cistron::expression::Data;
use cistron::loci::Loci;
use cistron::prior::Prior;
use cistron::run::Settings;

/// Edges that another program found on the data of a case.
#[derive(Clone, Debug)]
pub struct External {
    /// The name of its row.
    pub name: String,
    /// What it found.
    pub edges: EdgeList,
}

/// Data, what is known about them, and how they are to be read.
#[derive(Clone, Debug)]
pub struct Case {
    /// Name of the suite.
    pub suite: String,
    /// Name of the network; cases of one name are replicates of it, and averaged.
    pub name: String,
    /// Number of the replicate of this network, counted from 1: fresh noise, the same truth.
    pub replicate: u32,
    /// Expression in the units of the file.
    pub data: Data,
    /// The true network.
    pub truth: GoldStandard,
    /// Which pairs are judged.
    pub universe: UniverseSettings,
    /// Prior knowledge of pairs for every method; baselines use the list of regulators only.
    pub prior: Prior,
    /// Transform, windows and offsets of the case; the seed is set by the run.
    pub settings: Settings,
    /// Whether baselines get the values as they are stored, in place of the model's scale.
    pub baselines_as_stored: bool,
    /// Positions of the genes: scores without pairs of neighbours are given, too.
    pub loci: Option<Loci>,
    /// Edges of other programs.
    pub external: Vec<External>,
}
