//! `run.json`: what was run, on what, with what result.

use std::io::{self, Write};
use std::time::Duration;

use serde::Serialize;
use sha2::{Digest, Sha256};

use cistron::discovery::{Discovery, OffsetSetting, Settings};
use cistron::expression::{Measured, RestingCounts, RestingStates, Transform, Window};
use cistron::fit::FitSettings;
use cistron::trajectory::RowSettings;

use super::Input;
use super::infer::InferArgs;

/// One file that was read.
#[derive(Clone, Debug, Serialize)]
struct InputFile {
    path: String,
    sha256: String,
}

/// What the result depends on.
#[derive(Clone, Debug, Serialize)]
struct Basis {
    cistron: &'static str,
    inputs: Vec<InputFile>,
    genes: usize,
    regulators: usize,
    known_pairs: usize,
    series: usize,
    samples: usize,
    steady_states: RestingCounts,
    transform_asked: Transform,
    offsets_asked: OffsetSetting,
    windows: Vec<String>,
    rows: RowSettings,
    fit: FitSettings,
}

/// What came out.
#[derive(Clone, Debug, Serialize)]
struct Outcome {
    transform: &'static str,
    offsets: String,
    offset_candidates: Vec<(String, f64)>,
    segments: usize,
    edges_ranked: usize,
    edges_written: usize,
    edges_in_graphml: usize,
    targets_not_converged: usize,
    warnings: Vec<String>,
    notes: Vec<String>,
    seconds: f64,
    threads: usize,
}

/// The record of a run.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct RunRecord {
    format: &'static str,
    orientation: &'static str,
    seed: u64,
    basis: Basis,
    #[serde(skip)]
    files_matter: Vec<String>,
    #[serde(skip)]
    top: usize,
    #[serde(skip)]
    read: (Vec<String>, Vec<String>),
    outcome: Option<Outcome>,
}

impl RunRecord {
    pub(crate) fn new(args: &InferArgs, input: &Input, settings: &Settings) -> Self {
        let (series, samples) = match &input.measured {
            Measured::Series(expression) => (expression.series().len(), expression.samples()),
            Measured::Cells(cells) => (cells.lineages().len(), cells.names().len()),
        };
        let file = |(path, sha256): &(std::path::PathBuf, String)| InputFile {
            path: path.display().to_string(),
            sha256: sha256.clone(),
        };
        Self {
            format: "cistron-run 1",
            orientation: "weight[target, source] = d(dx_target/dt)/dx_source",
            seed: settings.fit.seed.0,
            basis: Basis {
                cistron: env!("CARGO_PKG_VERSION"),
                inputs: input.files.iter().map(file).collect(),
                genes: input.measured.genes().len(),
                regulators: input.regulators.len(),
                known_pairs: input.prior.len(),
                series,
                samples,
                steady_states: input
                    .resting
                    .as_ref()
                    .map(RestingStates::counts)
                    .unwrap_or_default(),
                transform_asked: settings.transform,
                offsets_asked: settings.offsets,
                windows: settings.windows.iter().map(Window::to_string).collect(),
                rows: settings.rows,
                fit: settings.fit.clone(),
            },
            files_matter: args.reading_options(),
            top: args.top(),
            read: (input.notes.clone(), input.warnings.clone()),
            outcome: None,
        }
    }

    /// A hash of all that the result depends on: contents, not paths, of the inputs.
    pub(crate) fn fingerprint(&self) -> String {
        let hashes: Vec<&str> = self
            .basis
            .inputs
            .iter()
            .map(|f| f.sha256.as_str())
            .collect();
        let basis = Basis {
            inputs: Vec::new(),
            ..self.basis.clone()
        };
        let text = format!("{hashes:?} {basis:?} {:?}", self.files_matter);
        let bytes = Sha256::digest(text.as_bytes());
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    pub(crate) fn finish(&mut self, found: &Discovery, graph_edges: usize, elapsed: Duration) {
        let (notes, warnings) = self.read.clone();
        let choice = found.offset_choice.iter().flat_map(|choice| &choice.errors);
        self.outcome = Some(Outcome {
            transform: found.field().scale().name(),
            offsets: found.offsets.describe(),
            offset_candidates: choice
                .map(|(o, error)| (o.describe(), *error))
                .take(10)
                .collect(),
            segments: found.segments,
            edges_ranked: found.network.edges().len(),
            edges_written: found.network.edges().len().min(self.top),
            edges_in_graphml: graph_edges.min(found.network.edges().len()),
            targets_not_converged: found.genes().len() - found.metrics.converged_genes,
            warnings: warnings
                .into_iter()
                .chain(found.warnings.iter().cloned())
                .collect(),
            notes,
            seconds: elapsed.as_secs_f64(),
            threads: rayon::current_num_threads(),
        });
    }

    pub(crate) fn write(&self, sink: &mut dyn Write) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut *sink, self)?;
        writeln!(sink)
    }
}
