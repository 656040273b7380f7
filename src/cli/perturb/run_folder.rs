//! The folder of a run, as far as a simulation needs it.

use std::error::Error;
use std::fs::File;
use std::path::{Path, PathBuf};

use cistron::field::{Fitted, VectorField};
use cistron::io::{read_model, read_states};

use crate::cli::files;

/// The model of a run.
pub(super) struct RunFolder {
    pub(super) model: Fitted,
    path: PathBuf,
}

impl RunFolder {
    /// Reads the model of a folder; the path of the model itself will do.
    pub(super) fn open(path: &Path) -> Result<Self, Box<dyn Error>> {
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

    /// The levels of a measured state on the model's scale; none for the wild type at rest.
    ///
    /// Genes that are missing there have the wild type's level of the data.
    pub(super) fn start(&self, name: &str) -> Result<Option<Vec<f64>>, Box<dyn Error>> {
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
