//! The folder of a run: written as a whole, opened as a whole or part by part.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use super::checkpoint::CHECKPOINT;
use super::files::{Output, WriteError};
use super::manifest::{FolderKind, PublishedFolder};
use super::{ResultFolder, Run, read_record, write_record};
use crate::expression::States;
use crate::field::{Fitted, VectorField};
use crate::io::read::cannot_open;
use crate::io::{
    ActivityTables, Fault, NetworkView, Place, ReadError, read_activities, read_curves, read_edges,
    read_groups, read_known_pairs, read_metrics, read_model, read_nodes, read_paths, read_states,
    write_activities, write_curves, write_edges, write_graphml, write_groups, write_known_pairs,
    write_metrics, write_model, write_nodes, write_paths, write_states,
};
use crate::network::Selection;

/// Why the folder of a run cannot be opened.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// A file is not there.
    #[error(transparent)]
    Missing(ReadError),
    /// A file cannot be used.
    #[error(transparent)]
    File(#[from] ReadError),
}

/// Files that a run has only if known pairs gave activities.
const ACTIVITIES: &str = "activities.tsv";
const KNOWN_PAIRS: &str = "known_pairs.tsv";

/// The file of the model.
const MODEL: &str = "model.json";

const NO_FOLDER: &str = "give the folder of a `cistron infer` run";
const UNFINISHED: &str = "the run is not finished: start the same `cistron infer` command again";
const NO_SET: &str = "writing was interrupted, or an earlier version wrote them: start the same `cistron infer` command \
                      again; a model is read in the folder of its run";

/// The folder of a run of which the model has been read, and no more.
#[derive(Clone, Debug)]
pub struct RunFolder {
    /// The model.
    pub model: Fitted,
    files: PublishedFolder,
}

impl RunFolder {
    /// Reads the model of a folder; the path of the model itself will do.
    ///
    /// # Errors   [`OpenError`] with what to do.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, OpenError> {
        let path = path.as_ref();
        let (folder, name) = match path.file_name() {
            Some(name) if !path.is_dir() => (folder_of(path), name),
            _ => (path, MODEL.as_ref()),
        };
        let files = run_files(folder, path)?;
        let name = name.to_string_lossy();
        let model = part(&files, &name, read_model)?;
        Ok(Self { model, files })
    }

    /// The folder.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.files.path()
    }

    /// Everything that the folder holds.
    ///
    /// # Errors   [`OpenError`] for the first file that is not there or not that of this model.
    pub fn read(self) -> Result<Run, OpenError> {
        let genes = self.model.field.genes().clone();
        let genes = &genes;
        Ok(Run {
            network: self.part("edges.tsv", |input, name| read_edges(input, name, genes))?,
            nodes: self.part("nodes.tsv", |input, name| read_nodes(input, name, genes))?,
            metrics: self.part("metrics.json", read_metrics)?,
            record: self.part("run.json", read_record)?,
            curves: self.part("curves.tsv", |input, name| read_curves(input, name, genes))?,
            paths: self.part("paths.tsv", |input, name| read_paths(input, name, genes))?,
            groups: self.part("groups.tsv", |input, name| read_groups(input, name, genes))?,
            states: self.states()?,
            activities: self.activities()?,
            model: self.model,
        })
    }

    /// The measured states, for simulations to start from.
    ///
    /// # Errors   [`OpenError`] if they are not there or not those of this model.
    pub fn states(&self) -> Result<States, OpenError> {
        let genes = self.model.field.genes();
        self.part("states.tsv", |input, name| read_states(input, name, genes))
    }

    /// Activities of regulators and known pairs, where the folder has them.
    fn activities(&self) -> Result<Option<ActivityTables>, OpenError> {
        if !self.files.holds(ACTIVITIES) {
            return Ok(None);
        }
        let genes = self.model.field.genes();
        let mut tables = self.part(ACTIVITIES, |input, name| {
            read_activities(input, name, genes)
        })?;
        tables.pairs = self.part(KNOWN_PAIRS, |input, name| {
            read_known_pairs(input, name, genes)
        })?;
        Ok(Some(tables))
    }

    /// One file of the folder.
    ///
    /// # Errors   [`OpenError::Missing`], and what `read` reports.
    #[doc(hidden)]
    pub fn part<T>(
        &self,
        name: &str,
        read: impl FnOnce(File, &str) -> Result<T, ReadError>,
    ) -> Result<T, OpenError> {
        part(&self.files, name, read)
    }
}

/// The folder of a file, which is the present one for a name alone.
fn folder_of(path: &Path) -> &Path {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    folder.unwrap_or(Path::new("."))
}

/// The files of a run, without a look into them.
///
/// * `given`: what the user gave
fn run_files(folder: &Path, given: &Path) -> Result<PublishedFolder, OpenError> {
    let missing = |path: &Path, cure| {
        let source = io::Error::from(io::ErrorKind::NotFound);
        OpenError::Missing(cannot_open(path, source).cured_by(cure))
    };
    if !given.exists() {
        return Err(missing(given, NO_FOLDER));
    }
    let Some(files) = PublishedFolder::open(folder)? else {
        let model = folder.join(MODEL);
        return Err(if folder.join(CHECKPOINT).is_file() {
            missing(&model, UNFINISHED)
        } else if model.is_file() {
            let found =
                "found without the manifest.json that names the files which were written with it";
            let place = Place::file(&model.display().to_string());
            ReadError::new(Fault::Mismatch, place, found)
                .cured_by(NO_SET)
                .into()
        } else {
            missing(&model, NO_FOLDER)
        });
    };
    if files.kind() != FolderKind::Run {
        let found = format!(
            "found a folder with results of `{}`",
            files.kind().command()
        );
        let place = Place::file(&folder.display().to_string());
        return Err(ReadError::new(Fault::Mismatch, place, found)
            .cured_by(NO_FOLDER)
            .into());
    }
    Ok(files)
}

fn part<T>(
    files: &PublishedFolder,
    name: &str,
    read: impl FnOnce(File, &str) -> Result<T, ReadError>,
) -> Result<T, OpenError> {
    let path = files.path().join(name);
    if !path.is_file() {
        let source = io::Error::from(io::ErrorKind::NotFound);
        return Err(OpenError::Missing(
            cannot_open(&path, source).cured_by(NO_SET),
        ));
    }
    Ok(read(files.file(name)?, &path.display().to_string())?)
}

impl Run {
    /// Reads the folder of a run; the path of its model will do.
    ///
    /// The network has the edges of `edges.tsv`, tables have the digits that they were written with.
    ///
    /// # Errors   [`OpenError`] for the first file that is not there or not that of this model.
    pub fn open(folder: impl AsRef<Path>) -> Result<Self, OpenError> {
        RunFolder::open(folder)?.read()
    }

    /// Writes the folder of a run: all files under temporary names first, then renamed, with `manifest.json`, which
    /// has their digests, as the last one. The checkpoint of the run is taken away.
    ///
    /// # Errors   [`WriteError`] as [`ResultFolder::for_run`], or if a file cannot be written.
    pub fn write(&self, folder: impl AsRef<Path>) -> Result<(), WriteError> {
        self.write_in(&ResultFolder::for_run(folder)?)
    }

    /// Writes the folder of a run that is claimed already.
    ///
    /// # Errors   those of [`ResultFolder::publish`].
    #[doc(hidden)]
    pub fn write_in(&self, results: &ResultFolder) -> Result<(), WriteError> {
        let folder = results.path();
        let (network, genes) = (&self.network, self.genes());
        let output = self.record.settings.output;
        let shown = Selection {
            top: output.graph_edges,
            ..Selection::default()
        };
        let graph = NetworkView::selected(network, &self.nodes, &shown);
        let graph = graph.expect("no gene is named");
        let mut record = self.record.clone();
        record.edges_written = network.edges().len().min(output.edges);
        record.edges_in_graphml = graph.edges().len();
        let file = |name: &str| folder.join(name);
        let mut outputs = vec![
            Output::new(file("edges.tsv"), |sink| {
                write_edges(network, output.edges, sink)
            }),
            Output::new(file("nodes.tsv"), |sink| {
                write_nodes(genes, &self.nodes, sink)
            }),
            Output::new(file("network.graphml"), |sink| write_graphml(&graph, sink)),
            Output::new(file(MODEL), |sink| write_model(&self.model, sink)),
            Output::new(file("states.tsv"), |sink| write_states(&self.states, sink)),
            Output::new(file("curves.tsv"), |sink| {
                write_curves(genes, &self.curves, sink)
            }),
            Output::new(file("paths.tsv"), |sink| {
                write_paths(genes, &self.paths, sink)
            }),
            Output::new(file("groups.tsv"), |sink| {
                write_groups(genes, &self.groups, sink)
            }),
            Output::new(file("metrics.json"), |sink| {
                write_metrics(&self.metrics, sink)
            }),
            Output::new(file("run.json"), |sink| write_record(&record, sink)),
        ];
        if let Some(tables) = &self.activities {
            outputs.push(Output::new(file(ACTIVITIES), |sink| {
                write_activities(genes, tables, sink)
            }));
            outputs.push(Output::new(file(KNOWN_PAIRS), |sink| {
                write_known_pairs(genes, tables, sink)
            }));
        }
        results.publish(&outputs)?;
        // it may never have been written
        let _ = fs::remove_file(folder.join(CHECKPOINT));
        Ok(())
    }
}
