//! What is recognised of every sample of a table, for correction.

use std::path::Path;

use super::data_folder::DataFolder;
use super::hashed_files::HashedFiles;
use super::open_options::OpenOptions;
use super::sample_sheet::SampleSheet;
use super::sample_times::read_times_with;
use super::time_source::TimeSource;
use super::timeseries::{RecognisedTable, read_recognised};
use crate::io::text::{Fault, Place, ReadError, Reading};

impl OpenOptions {
    /// The samples of one table, with what was recognised of each; `--times` reads the table of them.
    ///
    /// Where no time is recognised, the names of the samples are there, and a warning says why the times are not.
    ///
    /// # Errors   [`ReadError`] as [`OpenOptions::open`]; [`Fault::Mismatch`] for cells with pseudotime, and for
    ///   metadata that name a sample in two series.
    /// # Cost     as [`OpenOptions::open`].
    #[doc(hidden)]
    pub fn samples(&self, path: impl AsRef<Path>) -> Result<Reading<SampleSheet>, ReadError> {
        let path = path.as_ref();
        let folder = DataFolder::find(path)?;
        let table = match &folder {
            Some(folder) => folder.data.as_deref().ok_or_else(|| no_samples(path))?,
            None => path,
        };
        if self.beeline(table)?.is_some() {
            return Err(no_samples(path));
        }
        let (mut notes, mut warnings) = (Vec::new(), Vec::new());
        let times = match &self.times {
            Some(path) => {
                let file = HashedFiles::default().open(path)?;
                let read = read_times_with(file, &path.display().to_string(), &self.series)?;
                notes.extend(read.notes);
                warnings.extend(read.warnings);
                Some(read.value)
            }
            None => None,
        };
        let read = match self.table_of_samples(table, times.as_ref().into()) {
            Err(error) if error.fault() == Fault::Time && times.is_none() => {
                let Ok(mut read) = self.table_of_samples(table, TimeSource::Without) else {
                    return Err(error);
                };
                read.warnings.push(format!(
                    "the times of the samples are not recognised and left empty ({error})"
                ));
                read
            }
            read => read?,
        };
        let mut sheet = Reading::new(read.value.sheet?);
        notes.extend(read.notes);
        warnings.extend(read.warnings);
        (sheet.notes, sheet.warnings) = (notes, warnings);
        Ok(sheet)
    }

    fn table_of_samples(
        &self,
        path: &Path,
        times: TimeSource<'_>,
    ) -> Result<Reading<RecognisedTable>, ReadError> {
        let file = HashedFiles::default().open(path)?;
        read_recognised(file, &path.display().to_string(), times, &self.series)
    }
}

fn no_samples(path: &Path) -> ReadError {
    let file = Place::file(&path.display().to_string());
    ReadError::new(Fault::Mismatch, file, "found cells or steady states")
        .expecting("one table with samples over time")
        .cured_by("give the table of time series")
}
