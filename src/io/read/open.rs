//! Data from the files in which people have them: the layout is recognised, options say the rest.

use std::collections::HashMap;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use super::beeline_cells::{no_beeline, read_beeline};
use super::data_folder::DataFolder;
use super::hashed_files::HashedFiles;
use super::headless::{cells_with_header, times_with_header};
use super::interventions::read_interventions_as;
use super::metadata_columns::refuse_absent_from;
use super::open_options::{OpenOptions, SteadyFile};
use super::sample_times::{SampleTimes, read_times_with};
use super::series_options::{Duplicates, Orientation};
use super::several_tables::{SeriesOfFile, join_series, refuse_twice};
use super::steady_rows::SteadyRows;
use super::steady_states::{read_first_steady_states, read_oriented_states};
use super::time_source::TimeSource;
use super::time_unit::TimeUnit;
use super::timeseries::{SampleTable, read_samples};
use crate::expression::{Data, Notes};
use crate::genes::NameMatch;
use crate::io::text::{Fault, Place, ReadError, Reading, Rows};

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

/// Opens files by their path.
pub(super) type Opener<'o> = &'o mut dyn FnMut(&Path) -> Result<Box<dyn Read>, ReadError>;

impl OpenOptions {
    /// Reads the data and every further table.
    ///
    /// # Errors   [`ReadError`] as [`open`]; [`Fault::Mismatch`] for an option that the layout does
    ///   not have.
    /// # Cost     as [`open`].
    pub fn open(&self, path: impl AsRef<Path>) -> Result<Data, ReadError> {
        self.open_all(&[path])
    }

    /// Reads several tables of time series as one; what is said about the data holds for each.
    ///
    /// # Errors   as [`OpenOptions::open`], and for tables of other genes or without series.
    /// # Panics   without any path (a bug in the caller).
    #[doc(hidden)]
    pub fn open_all<P: AsRef<Path>>(&self, paths: &[P]) -> Result<Data, ReadError> {
        let paths: Vec<&Path> = paths.iter().map(AsRef::as_ref).collect();
        let mut files = HashedFiles::default();
        let mut data = self.open_with(&paths, &mut |path| files.open(path))?;
        data.files = files.finish()?;
        Ok(data)
    }

    pub(super) fn open_with(&self, paths: &[&Path], opener: Opener<'_>) -> Result<Data, ReadError> {
        if let [path] = paths
            && let Some(folder) = DataFolder::find(path)?
        {
            return self.open_folder(folder, opener);
        }
        let path = paths[0];
        let mut files = Files::new(opener, self.names);
        let elsewhere = self.steady_headers(&mut files)?;
        let options = self.with_columns_of(elsewhere);
        options.read_all(paths, path, files)
    }

    /// The same options with the names of columns that other tables have.
    fn with_columns_of(&self, elsewhere: Vec<String>) -> Self {
        let mut options = self.clone();
        options.series.elsewhere = elsewhere;
        options
    }

    /// The names of the columns of tables of steady states, where the user says something about columns.
    fn steady_headers(&self, files: &mut Files<'_>) -> Result<Vec<String>, ReadError> {
        if self.series.columns.is_empty() && self.series.ignore.is_empty() {
            return Ok(Vec::new());
        }
        let mut names = Vec::new();
        for table in &self.steady {
            names.extend(files.header(&table.path)?);
        }
        Ok(names)
    }

    fn read_all(
        &self,
        paths: &[&Path],
        path: &Path,
        mut files: Files<'_>,
    ) -> Result<Data, ReadError> {
        let cells = if paths.len() > 1 {
            self.refuse_several_cells(paths)?;
            None
        } else {
            self.beeline(path)?
        };
        let mut data = match cells {
            Some((expression, pseudotime)) => {
                self.refuse_for_cells(path)?;
                let (mut table, first) = files.open(&expression)?;
                let (mut times, second) = files.open(&pseudotime)?;
                if self.series.no_header {
                    let named = times_with_header(times, &second)?;
                    let cells = cells_with_header(table, &first, named.get_ref(), &self.series)?;
                    (table, times) = (Box::new(cells), Box::new(named));
                }
                Data::from(files.keep(read_beeline(table, &first, times, &second)?))
            }
            None => self.series(paths, &mut files)?,
        };
        for table in &self.steady {
            data = files.steady_states(table, data, self)?;
        }
        data.notes = files.notes;
        Ok(data)
    }

    /// Reads what `cistron generate` wrote to a folder; tables that the user gave take the place of its own.
    fn open_folder(&self, folder: DataFolder, opener: Opener<'_>) -> Result<Data, ReadError> {
        let mut options = self.clone();
        let mut notes: Vec<String> = folder.not_read.into_iter().collect();
        for (option, path, rows) in folder.steady {
            if !self.steady.iter().any(|table| table.option == option) {
                notes.push(format!("{}: read as {option}", path.display()));
                options = options.steady(option, path, rows);
            }
        }
        let mut data = match &folder.data {
            Some(path) => options.open_with(&[path], opener)?,
            None => options.open_static_with(opener)?,
        };
        data.notes.decisions.splice(..0, notes);
        Ok(data)
    }

    /// Several files are time series.
    fn refuse_several_cells(&self, paths: &[&Path]) -> Result<(), ReadError> {
        let folder = paths.iter().find(|path| path.is_dir());
        let (path, what) = match (folder, &self.pseudotime) {
            (Some(path), _) => (*path, "a folder"),
            (None, Some(_)) => (paths[0], "a table of cells with pseudotime"),
            (None, None) => return Ok(()),
        };
        let found = format!("{what} was given with other data");
        Err(ReadError::new(Fault::Mismatch, place(path), found)
            .expecting("several tables of time series, or one folder")
            .cured_by("give it alone"))
    }

    fn series(&self, paths: &[&Path], files: &mut Files<'_>) -> Result<Data, ReadError> {
        let times = match &self.times {
            Some(path) => {
                let (file, name) = files.open(path)?;
                let file = if self.series.no_header {
                    Box::new(times_with_header(file, &name)?)
                } else {
                    file
                };
                Some(files.keep(read_times_with(file, &name, &self.series)?))
            }
            None => None,
        };
        let read = self.sample_tables(paths, times.as_ref(), files)?;
        let Some(mut series) = read.series else {
            self.refuse_without_series(paths[0])?;
            return Ok(Data::from(
                read.single.expect("single samples without series"),
            ));
        };
        if let Some(path) = &self.interventions {
            let (file, name) = files.open(path)?;
            series = files.keep(read_interventions_as(
                file,
                &name,
                self.series.text,
                &series,
            )?);
        }
        let mut data = Data::from(series).with_named_scale(read.scale);
        data.time_unit = read.unit.map(TimeUnit::plural);
        Ok(match read.single {
            Some(single) => data.with_steady_states(single),
            None => data,
        })
    }

    /// The samples of one table or of several.
    fn sample_tables(
        &self,
        paths: &[&Path],
        times: Option<&SampleTimes>,
        files: &mut Files<'_>,
    ) -> Result<SampleTable, ReadError> {
        refuse_twice(paths)?;
        let mut tables = Vec::with_capacity(paths.len());
        for path in paths {
            let (file, name) = files.open(path)?;
            let read = files.keep(read_samples(file, &name, times.into(), &self.series)?);
            match read {
                read if paths.len() == 1 => return Ok(read),
                SampleTable {
                    series: Some(series),
                    single: None,
                    unit,
                    scale,
                } => tables.push(SeriesOfFile {
                    file: name,
                    series,
                    unit,
                    scale,
                }),
                _ => {
                    let found = "found single samples in one of several tables";
                    return Err(ReadError::new(Fault::Mismatch, place(path), found)
                        .expecting("time series")
                        .cured_by("give its single samples with `--steady`"));
                }
            }
        }
        let joined = files.keep(join_series(tables)?);
        Ok(SampleTable {
            series: Some(joined.series),
            single: None,
            unit: joined.unit,
            scale: joined.scale,
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
        let mut files = Files::new(opener, self.names);
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
        self.refuse_headless(first)?;
        let header = self.steady_headers(&mut files)?;
        refuse_absent_from(&first.path.display().to_string(), &header, &self.series)?;
        let options = &self.with_columns_of(header);
        let (file, name) = files.open(&first.path)?;
        let states = if first.rows == SteadyRows::Multifactorial {
            let read = read_samples(file, &name, TimeSource::Without, &options.series)?;
            let single = files.keep(read).single;
            single.expect("all samples are single ones")
        } else {
            let asked = self.steady_genes.or(self.series.genes);
            let series = &options.series;
            files.keep(read_first_steady_states(
                file, &name, first.rows, series, asked,
            )?)
        };
        let mut data = Data::from(states);
        for table in others {
            data = files.steady_states(table, data, options)?;
        }
        data.notes = files.notes;
        Ok(data)
    }

    /// A table of mutants or of the wild type needs the names of its genes.
    fn refuse_headless(&self, first: &SteadyFile) -> Result<(), ReadError> {
        if !self.series.no_header || first.rows == SteadyRows::Multifactorial {
            return Ok(());
        }
        let option = first.option;
        let found = format!(
            "`--no-header` was given for a table of `{option}`, which has to name its genes"
        );
        Err(ReadError::new(Fault::Mismatch, place(&first.path), found)
            .expecting("a header with the names of the genes")
            .cured_by("add a header line to the table and drop `--no-header`"))
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
    pub(super) fn beeline(&self, path: &Path) -> Result<Option<(PathBuf, PathBuf)>, ReadError> {
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
            (
                "--genes",
                self.series.genes != Orientation::Auto && !self.series.no_header,
            ),
            ("--ignore", !self.series.ignore.is_empty()),
            ("--columns", !self.series.columns.is_empty()),
            ("--duplicates", self.series.duplicates != Duplicates::Error),
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
    /// How names in tables of steady states are compared with the genes.
    names: NameMatch,
    notes: Notes,
    /// What was read of files whose header was looked at.
    loaded: HashMap<PathBuf, Vec<u8>>,
}

impl<'o> Files<'o> {
    fn new(opener: Opener<'o>, names: NameMatch) -> Self {
        Self {
            opener,
            names,
            notes: Notes::default(),
            loaded: HashMap::new(),
        }
    }

    fn open(&mut self, path: &Path) -> Result<(Box<dyn Read>, String), ReadError> {
        let name = path.display().to_string();
        match self.loaded.get(path) {
            Some(bytes) => Ok((Box::new(Cursor::new(bytes.clone())), name)),
            None => Ok(((self.opener)(path)?, name)),
        }
    }

    /// The names of the columns of a table, which is kept for its reader.
    fn header(&mut self, path: &Path) -> Result<Vec<String>, ReadError> {
        let (mut file, name) = self.open(path)?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)
            .map_err(|source| ReadError::unreadable(&name, source))?;
        let header = Rows::open(&bytes[..], &name)?.header().to_vec();
        self.loaded.insert(path.to_owned(), bytes);
        Ok(header)
    }

    /// The data with the steady states of a table.
    fn steady_states(
        &mut self,
        table: &SteadyFile,
        data: Data,
        options: &OpenOptions,
    ) -> Result<Data, ReadError> {
        let (file, name) = self.open(&table.path)?;
        let genes = data.genes().matching(self.names);
        let (series, asked) = (&options.series, options.steady_genes);
        let read = read_oriented_states(file, &name, table.rows, &genes, series, asked);
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
