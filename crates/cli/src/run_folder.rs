//! The folder of a run: its model, its measured states, and all that it holds.

use std::error::Error;
use std::fs::File;
use std::path::{Path, PathBuf};

use cistron::discovery::Run;
use cistron::field::{Fitted, VectorField};
use cistron::io::{
    ReadError, read_curves, read_edges, read_groups, read_metrics, read_model, read_nodes,
    read_paths, read_record, read_states,
};

use crate::files;
use crate::question::{Starts, WILD_TYPE};

/// The model of a run.
pub(crate) struct RunFolder {
    pub(crate) model: Fitted,
    path: PathBuf,
}

impl RunFolder {
    /// Reads the model of a folder; the path of the model itself will do.
    pub(crate) fn open(path: &Path) -> Result<Self, Box<dyn Error>> {
        let (folder, file) = if path.is_dir() {
            (path.to_owned(), path.join("model.json"))
        } else {
            let folder = path.parent().unwrap_or(Path::new(""));
            (folder.to_owned(), path.to_owned())
        };
        let name = file.display().to_string();
        let input = File::open(&file).map_err(|error| {
            let unfinished = folder.join("checkpoint.bin").is_file();
            let cure = if unfinished {
                "the run is not finished: start the same `cistron infer` command again"
            } else {
                "give the folder of a `cistron infer` run"
            };
            format!("{name}: cannot be opened ({error}); {cure}")
        })?;
        Ok(Self {
            model: read_model(input, &name)?,
            path: folder,
        })
    }

    /// The folder.
    pub(crate) fn folder(&self) -> &Path {
        &self.path
    }

    /// Everything that the folder holds.
    ///
    /// # Errors   the first file that is not there or not that of this model, with what to do.
    pub(crate) fn read(self) -> Result<Run, Box<dyn Error>> {
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
            fitted: self.model,
        })
    }

    /// One file of the folder.
    pub(crate) fn part<T, E: Error + 'static>(
        &self,
        name: &str,
        read: impl FnOnce(File, &str) -> Result<T, E>,
    ) -> Result<T, Box<dyn Error>> {
        let file = self.path.join(name);
        let shown = file.display().to_string();
        let input = File::open(&file).map_err(|error| {
            format!(
                "{shown}: cannot be opened ({error}); give the folder of a `cistron infer` run, or \
                 run it again: an earlier version wrote fewer files"
            )
        })?;
        Ok(read(input, &shown)?)
    }

    /// The levels of a measured state on the model's scale; none for the wild type at rest.
    ///
    /// Genes that are missing there have the wild type's level of the data, which is noted.
    pub(crate) fn start(&self, name: &str) -> Result<Option<Vec<f64>>, Box<dyn Error>> {
        let starts = match self.starts() {
            Ok(starts) => starts,
            // the model at rest needs no samples
            Err(_) if name == WILD_TYPE => return Ok(None),
            Err(error) => return Err(format!("--from {name}: {error}").into()),
        };
        let start = starts.find(name, &self.model)?;
        start.note.iter().for_each(|note| files::note(note));
        Ok(start.levels)
    }

    /// The measured states, for simulations to start from.
    pub(crate) fn starts(&self) -> Result<Starts, Box<dyn Error>> {
        let genes = self.model.field.genes();
        self.part("states.tsv", |input, file| {
            let states = read_states(input, file, genes)?;
            let file = file.to_owned();
            Ok::<_, ReadError>(Starts { states, file })
        })
    }
}
