//! The folder of a run, as far as a simulation needs it.

use std::error::Error;
use std::fs::File;
use std::path::{Path, PathBuf};

use cistron::field::{Fitted, VectorField};
use cistron::io::{read_model, read_states};

use crate::cli::files;
use crate::cli::question::{Starts, WILD_TYPE};

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
    /// Genes that are missing there have the wild type's level of the data, which is noted.
    pub(super) fn start(&self, name: &str) -> Result<Option<Vec<f64>>, Box<dyn Error>> {
        if name == WILD_TYPE {
            return Ok(None);
        }
        let starts = self.starts();
        let starts = starts.map_err(|error| format!("--from {name}: {error}"))?;
        let start = starts.find(name, &self.model)?;
        start.note.iter().for_each(|note| files::note(note));
        Ok(start.levels)
    }

    /// The measured states.
    pub(super) fn starts(&self) -> Result<Starts, Box<dyn Error>> {
        let path = self.path.join("states.tsv");
        let file = path.display().to_string();
        let input = File::open(&path).map_err(|error| {
            format!(
                "{file} cannot be opened ({error}); run `cistron infer` again, or start from \
                 `{WILD_TYPE}`"
            )
        })?;
        let states = read_states(input, &file, self.model.field.genes())?;
        Ok(Starts { states, file })
    }
}
