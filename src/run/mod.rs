//! A run: settings in, network and model out; its folder, and how it is resumed.
//!
//! [`infer`] is the short way. [`Inference`] adds prior knowledge, a watch over the
//! sweep and a folder in which a run that was killed goes on where it was. [`Run::write`] and
//! [`Run::open`] are the two ends of a folder on disk.

mod activity_levels;
mod calibration;
mod checkpoint;
mod choices;
mod curves;
#[doc(hidden)]
pub mod files;
mod fingerprint;
mod fit_rows;
mod fitted_field;
mod fitted_targets;
mod folder;
mod folder_lock;
mod groups;
mod infer_error;
mod inference;
mod manifest;
mod memory_need;
mod metrics;
mod model_scale;
mod null_models;
mod paths;
mod range;
mod rankable;
mod record;
mod result_folder;
#[cfg(test)]
mod scratch;
mod settings;
mod warnings;

pub use checkpoint::{CheckpointError, Discarded};
pub use files::WriteError;
pub use folder::{OpenError, RunFolder};
// sets of files, for other crates of the workspace
pub use infer_error::InferError;
pub use inference::{Inference, Resumed, Resumption, infer};
#[doc(hidden)]
pub use manifest::{FolderKind, PublishedFolder};
#[doc(hidden)]
pub use memory_need::MemoryError;
pub use range::RangeError;
#[doc(hidden)]
pub use rankable::NothingToRank;
pub use record::Record;
#[doc(hidden)]
pub use result_folder::FolderClaim;
pub use result_folder::ResultFolder;
// parts of a record, and its file, for other crates of the workspace
#[doc(hidden)]
pub use calibration::CalibrationRecord;
pub use calibration::KnownTruth;
#[doc(hidden)]
pub use record::{ActivityRecord, LociRecord, RegimeRecord, read_record, write_record};
pub use settings::{ActivityChoice, OffsetSetting, OutputSettings, Settings};

use crate::expression::States;
use crate::field::{Fitted, VectorField};
use crate::genes::Genes;
use crate::io::{ActivityTables, Curve, GroupInfluence, Metrics, NodeReport, TargetPath};
use crate::network::Network;

/// A run: what an inference returns, and what its folder holds.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Run {
    /// The ranked edges.
    pub network: Network,
    /// The fitted model.
    pub model: Fitted,
    /// What is known about every gene.
    pub nodes: Vec<NodeReport>,
    /// How well the model predicts.
    pub metrics: Metrics,
    /// Observed and fitted courses, in the order of the data.
    pub curves: Vec<Curve>,
    /// The linear part of every target along the values of lambda.
    pub paths: Vec<TargetPath>,
    /// Where and when the edges of the model act.
    pub groups: Vec<GroupInfluence>,
    /// The measured states, for simulations to start from.
    pub states: States,
    /// Activities of regulators from known pairs; none if there were none.
    #[doc(hidden)]
    pub activities: Option<ActivityTables>,
    /// What was run, on what, with which settings and warnings.
    pub record: Record,
}

impl Run {
    /// A network and a model about which nothing else is known.
    ///
    /// # Panics   if they are about different genes (a bug in the caller).
    #[must_use]
    pub fn new(network: Network, model: Fitted) -> Self {
        assert_eq!(network.genes(), model.field.genes(), "the same genes");
        Self {
            states: States {
                genes: network.genes().clone(),
                states: Vec::new(),
            },
            network,
            model,
            nodes: Vec::new(),
            metrics: Metrics::default(),
            curves: Vec::new(),
            paths: Vec::new(),
            groups: Vec::new(),
            activities: None,
            record: Record::default(),
        }
    }

    /// The genes.
    #[must_use]
    pub fn genes(&self) -> &Genes {
        self.network.genes()
    }

    /// Number of candidate edges that were ranked, those included that the folder does not hold.
    #[must_use]
    pub fn ranked(&self) -> usize {
        self.record.edges_ranked.max(self.network.edges().len())
    }
}
