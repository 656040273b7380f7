//! Where simulations of a run may start from.

use std::error::Error;

use cistron::run::{OpenError, RunFolder};

use crate::files;
use crate::query::{Starts, WILD_TYPE};

/// The measured states of a run.
///
/// # Errors   if its `states.tsv` is not there or not that of its model.
pub(crate) fn starts(folder: &RunFolder) -> Result<Starts, OpenError> {
    Ok(Starts {
        states: folder.states()?,
        file: folder.path().join("states.tsv").display().to_string(),
    })
}

/// The levels of a measured state on the model's scale; none for the wild type at its steady state.
///
/// Genes that are missing there have the wild type's level of the data, which is noted.
pub(crate) fn start(folder: &RunFolder, name: &str) -> Result<Option<Vec<f64>>, Box<dyn Error>> {
    let starts = match starts(folder) {
        Ok(starts) => starts,
        // the steady state of the model needs no samples
        Err(_) if name == WILD_TYPE => return Ok(None),
        Err(error) => return Err(format!("--from {name}: {error}").into()),
    };
    let start = starts.find(name, &folder.model)?;
    start.note.iter().for_each(|note| files::note(note));
    Ok(start.levels)
}
