//! `perturb.json`: what a folder of answers is about.

use std::io::{self, Write};

use cistron::expression::{Intervention, Scale};
use cistron::genes::Genes;
use serde::{Deserialize, Serialize};

/// The table of the unperturbed states of a batch.
pub(crate) const WILD_TYPE_TABLE: &str = "wild_type.tsv";
/// Name of the file.
pub(crate) const RECORD: &str = "perturb.json";
/// Raised whenever an older reader would misunderstand a file.
const FORMAT: &str = "cistron-perturb 1";

/// What a folder of answers is about.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct AnswerRecord {
    format: String,
    /// The initial state, in words.
    start: String,
    /// How levels are stored, and what the model makes of them.
    pub(crate) scale: Scale,
    /// Genes of single interventions; none of tables, which name them.
    pub(crate) perturbed: Option<Vec<String>>,
}

impl AnswerRecord {
    /// * `start`: the initial state, in words
    pub(crate) fn new(start: String, scale: Scale, perturbed: Option<Vec<String>>) -> Self {
        Self {
            format: FORMAT.to_owned(),
            start,
            scale,
            perturbed,
        }
    }

    pub(crate) fn write(&self, sink: &mut dyn Write) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut *sink, self)?;
        sink.write_all(b"\n")
    }

    /// Reads what is in the file; none if it is not of this format.
    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        let read: Option<Self> = serde_json::from_slice(bytes).ok();
        read.filter(|read| read.format == FORMAT)
    }
}

/// Names of the changed genes, each once.
pub(crate) fn changed_names(interventions: &[Intervention], genes: &Genes) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for one in interventions {
        let name = genes.name(one.gene);
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    names
}
