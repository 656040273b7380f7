//! Data from the files in which people have them: the layout is recognised, options say the rest.

use std::io::Read;
use std::path::{Path, PathBuf};

use super::beeline_cells::{no_beeline, read_beeline};
use super::hashed_files::HashedFiles;
use super::interventions::read_interventions;
use super::samples::read_times;
use super::series_options::{Orientation, SeriesOptions, TimeSource};
use super::steady_rows::SteadyRows;
use super::steady_states::{read_first_steady_states, read_oriented_states};
use super::timeseries::read_samples;
use crate::expression::{Data, Notes};
use crate::io::text::{Fault, Place, ReadError, Reading};

/// Reads data from a file, or from a folder in BEELINE's layout; the layout is recognised.
///
/// A table of time series may be tab-, comma- or semicolon-separated, plain or gzip, with genes in
/// columns or in rows (see [`read_series`](super::read_series)). A folder with `ExpressionData.csv` and
/// `PseudoTime.csv`, or the first of these files beside the other, holds cells with pseudotime (see
/// [`read_beeline`]). What was recognised is in [`Data::notes`]. [`OpenOptions`] add tables of
/// times, interventions and steady states.
///
/// ```
/// # let folder = std::env::temp_dir().join(format!("cistron-open-{}", std::process::id()));
/// # std::fs::create_dir_all(&folder)?;
/// # let path = folder.join("heat.csv");
/// std::fs::write(&path, "series,time,dnaK,rpoH\n1,0,2,1\n1,5,9,\n2,0,3,1\n2,5,8,4\n")?;
/// let data = cistron::open(&path)?;
/// let expression = data.series().expect("not cells");
/// assert_eq!(expression.genes().names(), ["dnaK", "rpoH"]);
/// assert_eq!(expression.series()[1].values()[(1, 0)], 8.0);
/// assert!(expression.series()[0].values()[(1, 1)].is_nan()); // an empty cell is missing
/// # std::fs::write(&path, "time,dnaK\n0,2\n5,high\n")?;
/// # let error = cistron::open(&path).expect_err("no number").to_string();
/// # assert!(error.contains("row 3, column 2 (`dnaK`)"), "{error}");
/// # std::fs::remove_dir_all(&folder)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors   [`ReadError`] with file, row, column, what was expected, and the cure.
/// # Cost     one pass over the text; 16 bytes a value at the peak.
pub fn open(path: impl AsRef<Path>) -> Result<Data, ReadError> {
    OpenOptions::new().open(path)
}

/// What cannot be recognised in the files: further tables, and how the first is meant.
///
/// ```no_run
/// use cistron::io::OpenOptions;
///
/// let options = OpenOptions::new().times("samples.tsv").knockouts("knockouts.tsv");
/// let data = options.open("counts.tsv")?;
/// # Ok::<(), cistron::io::ReadError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct OpenOptions {
    times: Option<PathBuf>,
    pseudotime: Option<PathBuf>,
    series: SeriesOptions,
    interventions: Option<PathBuf>,
    steady: Vec<SteadyFile>,
    steady_genes: Orientation,
}

/// A table of steady states.
#[derive(Clone, Debug)]
struct SteadyFile {
    /// What the command line calls it, for messages.
    option: &'static str,
    path: PathBuf,
    rows: SteadyRows,
}

/// Opens files by their path.
type Opener<'o> = &'o mut dyn FnMut(&Path) -> Result<Box<dyn Read>, ReadError>;

impl OpenOptions {
    /// No options: everything is recognised.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A table of the times of samples: `sample`, `time`, perhaps `series` and `condition`; or
    /// metadata of the Inferelator, whose single samples become steady states of which it is not
    /// known what was changed.
    #[must_use]
    pub fn times(mut self, path: impl Into<PathBuf>) -> Self {
        self.times = Some(path.into());
        self
    }

    /// A table of pseudotimes: the data are then genes × cells.
    #[must_use]
    pub fn pseudotime(mut self, path: impl Into<PathBuf>) -> Self {
        self.pseudotime = Some(path.into());
        self
    }

    /// Whether genes are in rows or columns.
    #[must_use]
    pub fn genes(mut self, orientation: Orientation) -> Self {
        self.series.genes = orientation;
        self
    }

    /// Columns to leave out; capitals do not matter.
    #[must_use]
    pub fn ignore<S: Into<String>>(mut self, columns: impl IntoIterator<Item = S>) -> Self {
        let columns = columns.into_iter().map(Into::into);
        self.series.ignore.extend(columns);
        self
    }

    /// Names of regulators: they tell genes from samples where nothing else does.
    #[must_use]
    pub fn regulators<S: Into<String>>(mut self, names: impl IntoIterator<Item = S>) -> Self {
        let names = names.into_iter().map(Into::into);
        self.series.regulators.extend(names);
        self
    }

    /// A table of interventions in the series, see [`read_interventions`].
    #[must_use]
    pub fn interventions(mut self, path: impl Into<PathBuf>) -> Self {
        self.interventions = Some(path.into());
        self
    }

    /// Steady states of the wild type, replicates as rows.
    #[must_use]
    pub fn wild_type(self, path: impl Into<PathBuf>) -> Self {
        self.steady("--wildtype", path, SteadyRows::WildType)
    }

    /// Steady states of knockouts: a column `perturbed` names the gene, or one row for each gene.
    #[must_use]
    pub fn knockouts(self, path: impl Into<PathBuf>) -> Self {
        self.steady("--knockouts", path, SteadyRows::Changed { level: 0.0 })
    }

    /// Steady states of knockdowns.
    ///
    /// * `level`: what is left of the gene where no column `level` says it
    #[must_use]
    pub fn knockdowns(self, path: impl Into<PathBuf>, level: f64) -> Self {
        self.steady("--knockdowns", path, SteadyRows::Changed { level })
    }

    /// Steady states under overexpression.
    ///
    /// * `level`: how many times the gene is expressed where no column `level` says it
    #[must_use]
    pub fn overexpression(self, path: impl Into<PathBuf>, level: f64) -> Self {
        self.steady("--overexpression", path, SteadyRows::Changed { level })
    }

    /// Steady states of which it is not known what was changed (multifactorial).
    #[must_use]
    pub fn multifactorial(self, path: impl Into<PathBuf>) -> Self {
        self.steady("--steady", path, SteadyRows::Multifactorial)
    }

    /// Whether genes are in rows or columns of the tables of steady states.
    #[doc(hidden)]
    #[must_use]
    pub fn steady_genes(self, steady_genes: Orientation) -> Self {
        Self {
            steady_genes,
            ..self
        }
    }

    fn steady(mut self, option: &'static str, path: impl Into<PathBuf>, rows: SteadyRows) -> Self {
        let path = path.into();
        self.steady.push(SteadyFile { option, path, rows });
        self
    }

    /// Reads the data and every further table.
    ///
    /// # Errors   [`ReadError`] as [`open`]; [`Fault::Mismatch`] for an option that the layout does
    ///   not have.
    /// # Cost     as [`open`].
    pub fn open(&self, path: impl AsRef<Path>) -> Result<Data, ReadError> {
        let mut files = HashedFiles::default();
        let mut data = self.open_with(path.as_ref(), &mut |path| files.open(path))?;
        data.files = files.finish()?;
        Ok(data)
    }

    fn open_with(&self, path: &Path, opener: Opener<'_>) -> Result<Data, ReadError> {
        let mut files = Files {
            opener,
            notes: Notes::default(),
        };
        let mut data = match self.beeline(path)? {
            Some((expression, pseudotime)) => {
                self.refuse_for_cells(path)?;
                let (table, first) = files.open(&expression)?;
                let (times, second) = files.open(&pseudotime)?;
                Data::from(files.keep(read_beeline(table, &first, times, &second)?))
            }
            None => self.series(path, &mut files)?,
        };
        for table in &self.steady {
            data = files.steady_states(table, data, self.steady_genes)?;
        }
        data.notes = files.notes;
        Ok(data)
    }

    fn series(&self, path: &Path, files: &mut Files<'_>) -> Result<Data, ReadError> {
        let times = match &self.times {
            Some(path) => {
                let (file, name) = files.open(path)?;
                Some(files.keep(read_times(file, &name)?))
            }
            None => None,
        };
        let (file, name) = files.open(path)?;
        let read = files.keep(read_samples(
            file,
            &name,
            times.as_ref().into(),
            &self.series,
        )?);
        let Some(mut series) = read.series else {
            self.refuse_without_series(path)?;
            return Ok(Data::from(
                read.single.expect("single samples without series"),
            ));
        };
        if let Some(path) = &self.interventions {
            let (file, name) = files.open(path)?;
            series = files.keep(read_interventions(file, &name, &series)?);
        }
        let data = Data::from(series);
        Ok(match read.single {
            Some(single) => data.with_steady_states(single),
            None => data,
        })
    }

    /// Reads tables of steady states where there is nothing over time: those that were added to these
    /// options, and nothing else.
    ///
    /// The genes are those of the first table of unknown perturbations, else of the first table.
    ///
    /// # Errors   [`ReadError`] as [`open`]; [`Fault::Mismatch`] without any table, and for options that
    ///   only series have.
    /// # Cost     as [`open`].
    pub fn open_static(&self) -> Result<Data, ReadError> {
        let mut files = HashedFiles::default();
        let mut data = self.open_static_with(&mut |path| files.open(path))?;
        data.files = files.finish()?;
        Ok(data)
    }

    fn open_static_with(&self, opener: Opener<'_>) -> Result<Data, ReadError> {
        let mut files = Files {
            opener,
            notes: Notes::default(),
        };
        let mut tables: Vec<&SteadyFile> = self.steady.iter().collect();
        // such tables name all genes, and nothing besides
        tables.sort_by_key(|table| table.rows != SteadyRows::Multifactorial);
        let Some((first, others)) = tables.split_first() else {
            let found = "found no table of steady states";
            return Err(
                ReadError::new(Fault::Mismatch, Place::file("steady states"), found)
                    .expecting("at least one")
                    .cured_by("add one"),
            );
        };
        self.refuse_without_series(&first.path)?;
        let (file, name) = files.open(&first.path)?;
        let states = if first.rows == SteadyRows::Multifactorial {
            let read = read_samples(file, &name, TimeSource::Without, &self.series)?;
            let single = files.keep(read).single;
            single.expect("all samples are single ones")
        } else {
            let asked = self.steady_genes.or(self.series.genes);
            let ignore = &self.series.ignore;
            files.keep(read_first_steady_states(
                file, &name, first.rows, ignore, asked,
            )?)
        };
        let mut data = Data::from(states);
        for table in others {
            data = files.steady_states(table, data, self.steady_genes)?;
        }
        data.notes = files.notes;
        Ok(data)
    }

    /// Options that mean nothing without series are refused, not passed over.
    fn refuse_without_series(&self, path: &Path) -> Result<(), ReadError> {
        if self.interventions.is_none() {
            return Ok(());
        }
        let found = "`--interventions` was given for samples that are in no series";
        Err(ReadError::new(Fault::Mismatch, place(path), found)
            .expecting("time series")
            .cured_by("drop it, or give the samples with `--knockouts` and the like"))
    }

    /// The two tables of BEELINE's layout, if the data are in it.
    fn beeline(&self, path: &Path) -> Result<Option<(PathBuf, PathBuf)>, ReadError> {
        const EXPRESSION: &str = "ExpressionData.csv";
        const PSEUDOTIME: &str = "PseudoTime.csv";
        if let Some(pseudotime) = &self.pseudotime {
            return Ok(Some((path.to_owned(), pseudotime.clone())));
        }
        if path.is_dir() {
            let files = [EXPRESSION, PSEUDOTIME].map(|name| path.join(name));
            if let Some(missing) = files.iter().position(|file| !file.is_file()) {
                return Err(no_beeline(path, [EXPRESSION, PSEUDOTIME][missing]));
            }
            let [expression, pseudotime] = files;
            return Ok(Some((expression, pseudotime)));
        }
        let beside = path.with_file_name(PSEUDOTIME);
        let named = path.file_name().is_some_and(|name| name == EXPRESSION);
        Ok((named && beside.is_file()).then(|| (path.to_owned(), beside)))
    }

    /// Options that mean nothing for cells are refused, not passed over.
    fn refuse_for_cells(&self, path: &Path) -> Result<(), ReadError> {
        let given = [
            ("--times", self.times.is_some()),
            ("--genes", self.series.genes != Orientation::Auto),
            ("--ignore", !self.series.ignore.is_empty()),
            ("--interventions", self.interventions.is_some()),
        ];
        let first = given.iter().find(|(_, given)| *given);
        let steady = self.steady.first().map(|table| table.option);
        let Some(option) = first.map(|(option, _)| *option).or(steady) else {
            return Ok(());
        };
        let found = format!("`{option}` was given for cells with pseudotime");
        Err(ReadError::new(Fault::Mismatch, place(path), found)
            .expecting("time series")
            .cured_by("drop it"))
    }
}

/// The files that are read, and what was said about them so far.
struct Files<'o> {
    opener: Opener<'o>,
    notes: Notes,
}

impl Files<'_> {
    fn open(&mut self, path: &Path) -> Result<(Box<dyn Read>, String), ReadError> {
        Ok(((self.opener)(path)?, path.display().to_string()))
    }

    /// The data with the steady states of a table.
    fn steady_states(
        &mut self,
        table: &SteadyFile,
        data: Data,
        asked: Orientation,
    ) -> Result<Data, ReadError> {
        let (file, name) = self.open(&table.path)?;
        let read = read_oriented_states(file, &name, table.rows, data.genes(), asked);
        Ok(data.with_steady_states(self.keep(read?)))
    }

    fn keep<T>(&mut self, reading: Reading<T>) -> T {
        self.notes.decisions.extend(reading.notes);
        self.notes.warnings.extend(reading.warnings);
        reading.value
    }
}

fn place(path: &Path) -> Place {
    Place::file(&path.display().to_string())
}

#[cfg(test)]
mod tests {
    use super::super::hashed_files::cannot_open;
    use super::*;
    use std::io::ErrorKind;

    const SERIES: &str = "sample,A,B\ns1,1,2\ns2,2,1\ns3,4,0\n";

    /// Reads `data.csv` with these files in place of a disk.
    fn read(options: &OpenOptions, files: &[(&str, &'static str)]) -> Result<Data, ReadError> {
        options.open_with(Path::new("data.csv"), &mut |path| {
            let file = files.iter().find(|(name, _)| Path::new(name) == path);
            let (_, text) = file.ok_or_else(|| cannot_open(path, ErrorKind::NotFound.into()))?;
            Ok(Box::new(text.as_bytes()) as Box<dyn Read>)
        })
    }

    #[test]
    fn series_times_and_steady_states_become_one_value_with_notes() {
        let options = OpenOptions::new()
            .times("times.tsv")
            .knockouts("ko.tsv")
            .wild_type("wt.tsv");
        let files = [
            ("data.csv", SERIES),
            ("times.tsv", "sample\ttime\ns1\t0\ns2\t5\ns3\t10\n"),
            ("ko.tsv", "perturbed\tA\tB\nA\t0\t3\n"),
            ("wt.tsv", "A\tB\n2\t-1\n2\t1\n"),
        ];
        let data = read(&options, &files).expect("all files are good");
        let series = data.series().expect("time series");
        assert_eq!(series.series()[0].times(), [0.0, 5.0, 10.0]);
        let counts = data.steady_states().expect("both tables").counts();
        assert_eq!((counts.wild_type, counts.knockouts), (2, 1));
        assert_eq!(data.least(), -1.0);
        let said = |text: &str| data.notes.decisions.iter().any(|note| note.contains(text));
        assert!(said("data.csv: 3 rows and 3 columns, separated by commas"));
        assert!(said("ko.tsv: steady states"));
        assert!(data.notes.warnings.is_empty(), "{:?}", data.notes);
    }

    #[test]
    fn pseudotimes_make_cells_and_options_of_series_are_refused_with_them() {
        let files = [
            ("data.csv", ",c1,c2,c3\nA,1,2,3\nB,3,1,2\n"),
            ("pt.csv", ",PseudoTime\nc1,0\nc2,1\nc3,2\n"),
        ];
        let options = OpenOptions::new().pseudotime("pt.csv");
        assert!(read(&options, &files).expect("cells").series().is_none());
        let error = read(&options.ignore(["x"]), &files).expect_err("no option of cells");
        assert_eq!(error.fault(), Fault::Mismatch);
        assert_eq!(
            error.to_string(),
            "data.csv: `--ignore` was given for cells with pseudotime, expected time series; \
             drop it"
        );
    }

    #[test]
    fn a_file_that_is_not_there_is_named() {
        let error = read(&OpenOptions::new(), &[]).expect_err("no file");
        assert_eq!(error.fault(), Fault::Unreadable);
        let message = error.to_string();
        assert!(message.starts_with("data.csv: cannot be opened ("));
        assert!(message.ends_with("check the path and its permissions"));
    }
}
