//! The folder of a run: its model, its measured states, and all that it holds.

use std::error::Error;
use std::fs::File;
use std::path::{Path, PathBuf};

use cistron::discovery::Run;
use cistron::field::{Fitted, VectorField};
use cistron::io::{
    read_curves, read_edges, read_groups, read_metrics, read_model, read_nodes, read_paths,
    read_record, read_states,
};

use crate::cli::files;

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
            format!("{name}: cannot be opened ({error}); give the folder of a `cistron infer` run")
        })?;
        Ok(Self {
            model: read_model(input, &name)?,
            path: folder,
        })
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
            metrics: self.part("metrics.json", |input, name| read_metrics(input, name))?,
            record: self.part("run.json", |input, name| read_record(input, name))?,
            curves: self.part("curves.tsv", |input, name| read_curves(input, name, genes))?,
            paths: self.part("paths.tsv", |input, name| read_paths(input, name, genes))?,
            groups: self.part("groups.tsv", |input, name| read_groups(input, name, genes))?,
            fitted: self.model,
        })
    }

    /// One file of the folder.
    fn part<T, E: Error + 'static>(
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
    /// Genes that are missing there have the wild type's level of the data.
    pub(crate) fn start(&self, name: &str) -> Result<Option<Vec<f64>>, Box<dyn Error>> {
        if name == "wild-type" {
            return Ok(None);
        }
        let file = self.path.join("states.tsv");
        let shown = file.display().to_string();
        let input = File::open(&file).map_err(|error| {
            format!(
                "--from {name}: {shown} cannot be opened ({error}); run `cistron infer` again, or \
                 start from `wild-type`"
            )
        })?;
        let genes = self.model.field.genes();
        let states = read_states(input, &shown, genes)?;
        let levels = states.find(name).ok_or_else(|| {
            let mut known: Vec<&str> = states.states.iter().map(|s| s.name.as_str()).collect();
            known.truncate(3);
            format!(
                "--from {name}: no state, series or condition of {shown} is called so; expected \
                 `wild-type`, or a name such as {}",
                known.join(", ")
            )
        })?;
        let scale = self.model.field.scale();
        let reference = &self.model.reference;
        let missing = levels.iter().filter(|x| x.is_nan()).count();
        if missing > 0 {
            files::note(&format!(
                "{missing} gene(s) have no value in {name} and start at the wild type's level"
            ));
        }
        let known = levels.iter().zip(reference);
        let level = |(x, wild): (&f64, &f64)| if x.is_nan() { *wild } else { scale.forward(*x) };
        Ok(Some(known.map(level).collect()))
    }
}
