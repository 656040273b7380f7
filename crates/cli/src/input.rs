//! Input files: their arguments, and the one function that opens them.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use sha2::{Digest, Sha256};

use cistron::expression::{
    Measured, Observed, RestingStates, Scale, Transform, TransformError, Window,
};
use cistron::io::{
    Orientation, ReadError, Reading, SeriesOptions, choose_regulators, read_beeline,
    read_interventions, read_names, read_prior, read_series, read_times,
};
use cistron::prior::{Prior, PriorMode, Regulators};
use cistron::run::{InputFile, Record};
use cistron::trajectory::{ConditionError, Conditions, Offsets};

use super::resting::RestingArgs;

/// Where the genes stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Side {
    /// One gene a row.
    Rows,
    /// One gene a column.
    Columns,
}

/// How the prior network is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Mode {
    /// Only listed pairs may be edges.
    Allowed,
    /// Listed pairs may not be edges.
    Forbidden,
    /// Listed pairs are penalised less.
    #[default]
    Weighted,
}

/// Which variance-stabilising transform.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum TransformName {
    /// Square root for data without negative values, none otherwise.
    #[default]
    Auto,
    /// Square root.
    Sqrt,
    /// ln(1 + x).
    Log1p,
    /// As it is.
    None,
}

/// The data to read.
#[derive(Args, Clone, Debug)]
pub(crate) struct InputArgs {
    /// Expression table (tsv, csv, also .gz), or a folder with ExpressionData.csv and
    /// PseudoTime.csv
    #[arg(value_name = "DATA")]
    pub(crate) data: PathBuf,
    /// Table of times: sample, time, and perhaps series and condition
    #[arg(long, value_name = "FILE", conflicts_with = "pseudotime")]
    pub(crate) times: Option<PathBuf>,
    /// Table of pseudotimes: DATA is then genes × cells
    #[arg(long, value_name = "FILE")]
    pub(crate) pseudotime: Option<PathBuf>,
    /// Where the genes stand; told from the names if not given
    #[arg(long, value_name = "SIDE")]
    pub(crate) genes: Option<Side>,
    /// Columns to pass over
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    pub(crate) ignore: Vec<String>,
    /// Genes that may regulate: one name a line, or the first column of a table
    #[arg(long, value_name = "FILE")]
    pub(crate) regulators: Option<PathBuf>,
    /// Known pairs: regulator, target and perhaps a weight
    #[arg(long, value_name = "FILE")]
    pub(crate) prior: Option<PathBuf>,
    /// How the known pairs are meant
    #[arg(
        long,
        value_name = "MODE",
        default_value = "weighted",
        requires = "prior"
    )]
    pub(crate) prior_mode: Mode,
    /// Condition that acts for a while: [SERIES/]NAME=START:END; may be repeated
    #[arg(long, value_name = "WINDOW", conflicts_with = "shift_at")]
    pub(crate) window: Vec<Window>,
    /// Time at which the condition of every series changes
    #[arg(long, value_name = "TIME", allow_negative_numbers = true)]
    pub(crate) shift_at: Option<f64>,
    /// Interventions in the series: a table of series, gene, kind (ko, kd, oe or set), level, t_on
    /// and t_off
    #[arg(long, value_name = "FILE")]
    pub(crate) interventions: Option<PathBuf>,
    /// Variance-stabilising transform
    #[arg(long, value_name = "NAME", default_value = "auto")]
    pub(crate) transform: TransformName,
    #[command(flatten)]
    pub(crate) resting: RestingArgs,
}

/// All that the input files say.
#[derive(Debug)]
pub(crate) struct Input {
    /// Expression in the units of the file.
    pub(crate) measured: Measured,
    /// States at rest, in the same units.
    pub(crate) resting: Option<RestingStates>,
    /// The genes that may regulate.
    pub(crate) regulators: Regulators,
    /// Regulators and known pairs, as the fit asks for them.
    pub(crate) prior: Prior,
    /// Condition windows, checked against the series.
    pub(crate) windows: Vec<Window>,
    /// Time of a change of condition in every series, checked likewise.
    pub(crate) shift_at: Option<f64>,
    /// The transform that was asked for.
    pub(crate) transform: Transform,
    /// Decisions of the readers.
    pub(crate) notes: Vec<String>,
    /// What the user should look at.
    pub(crate) warnings: Vec<String>,
    /// Every file that was read, with the SHA-256 of its bytes in hexadecimal.
    pub(crate) files: Vec<(PathBuf, String)>,
}

/// Why there is no input.
#[derive(Debug, thiserror::Error)]
pub(crate) enum InputError {
    /// A file cannot be opened.
    #[error("{path}: cannot be opened ({source}); check the path and its permissions")]
    Open {
        /// The path as it was given.
        path: String,
        /// What the system said.
        source: io::Error,
    },
    /// A folder that is not BEELINE's.
    #[error(
        "{path}: found a folder without {missing}, expected a table, or a folder with \
         ExpressionData.csv and PseudoTime.csv; give the path of the table"
    )]
    Folder {
        /// The folder.
        path: String,
        /// What it lacks.
        missing: &'static str,
    },
    /// A file is wrong.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// A window or shift does not meet the series.
    #[error(transparent)]
    Conditions(#[from] ConditionError),
    /// Steady states that the transform cannot take.
    #[error("steady states: {0}")]
    Resting(TransformError),
    /// An option that only time series have.
    #[error("{option} was given for cells with pseudotime, expected time series; drop it")]
    NotForCells {
        /// The option.
        option: &'static str,
    },
}

impl InputArgs {
    /// Opens and reads every file.
    ///
    /// # Errors   [`InputError`], to be printed as it is; exit code 2.
    pub(crate) fn read(&self) -> Result<Input, InputError> {
        let mut log = Log::default();
        let names = match &self.regulators {
            Some(path) => log.open(path, |file, name| read_names(file, name))?,
            None => Vec::new(),
        };
        let measured = self.measured(&mut log, &names)?;
        let genes = measured.genes();
        let regulators = match &self.regulators {
            Some(path) => log.keep(choose_regulators(&names, &show(path), genes)?),
            None => Regulators::all(genes),
        };
        let prior = match &self.prior {
            Some(path) => {
                let read = |file: &mut Hashed, name: &str| {
                    read_prior(
                        file,
                        name,
                        self.prior_mode.into(),
                        regulators.clone(),
                        genes,
                    )
                };
                let reading = log.open(path, read)?;
                log.keep(reading)
            }
            None => Prior::flat(regulators.clone()),
        };
        self.check_conditions(&measured)?;
        let resting = self.resting.read(&mut log, genes)?;
        let least = resting.as_ref().map_or(0.0, RestingStates::least);
        let asked = Transform::from(self.transform);
        asked.resolve(least).map_err(InputError::Resting)?;
        Ok(Input {
            measured,
            resting,
            regulators,
            prior,
            windows: self.window.clone(),
            shift_at: self.shift_at,
            transform: asked,
            notes: log.notes,
            warnings: log.warnings,
            files: log.files,
        })
    }

    fn measured(&self, log: &mut Log, regulators: &[String]) -> Result<Measured, InputError> {
        if let Some((expression, pseudotime)) = self.beeline()? {
            self.refuse_for_cells()?;
            let (mut table, mut times) = (Hashed::open(&expression)?, Hashed::open(&pseudotime)?);
            let (first, second) = (show(&expression), show(&pseudotime));
            let reading = read_beeline((&mut table, &first), (&mut times, &second))?;
            log.close(&expression, table)?;
            log.close(&pseudotime, times)?;
            return Ok(Measured::Cells(log.keep(reading)));
        }
        let times = match &self.times {
            Some(path) => {
                let reading = log.open(path, |file, name| read_times(file, name))?;
                Some(log.keep(reading))
            }
            None => None,
        };
        let options = SeriesOptions {
            genes: self.genes.map_or(Orientation::Auto, Orientation::from),
            ignore: self.ignore.clone(),
            regulators: regulators.to_vec(),
        };
        let read =
            |file: &mut Hashed, name: &str| read_series(file, name, times.as_ref(), &options);
        let reading = log.open(&self.data, read)?;
        let series = log.keep(reading);
        let Some(path) = &self.interventions else {
            return Ok(Measured::Series(series));
        };
        let read = |file: &mut Hashed, name: &str| read_interventions(file, name, &series);
        let reading = log.open(path, read)?;
        Ok(Measured::Series(log.keep(reading)))
    }

    /// The two tables of BEELINE's layout, if the data are in it.
    fn beeline(&self) -> Result<Option<(PathBuf, PathBuf)>, InputError> {
        if let Some(pseudotime) = &self.pseudotime {
            return Ok(Some((self.data.clone(), pseudotime.clone())));
        }
        if self.data.is_dir() {
            let inside = |name: &'static str| {
                let path = self.data.join(name);
                path.is_file()
                    .then_some(path)
                    .ok_or_else(|| InputError::Folder {
                        path: show(&self.data),
                        missing: name,
                    })
            };
            return Ok(Some((
                inside("ExpressionData.csv")?,
                inside("PseudoTime.csv")?,
            )));
        }
        let beside = self.data.with_file_name("PseudoTime.csv");
        let named = self
            .data
            .file_name()
            .is_some_and(|name| name == "ExpressionData.csv");
        Ok((named && beside.is_file()).then(|| (self.data.clone(), beside)))
    }

    /// Options that mean nothing for cells are refused, not passed over.
    fn refuse_for_cells(&self) -> Result<(), InputError> {
        let given = [
            ("--times", self.times.is_some()),
            ("--genes", self.genes.is_some()),
            ("--ignore", !self.ignore.is_empty()),
            ("--window", !self.window.is_empty()),
            ("--shift-at", self.shift_at.is_some()),
            ("--interventions", self.interventions.is_some()),
        ];
        let first = given.iter().find(|(_, given)| *given);
        match first.map(|(option, _)| *option).or(self.resting.given()) {
            Some(option) => Err(InputError::NotForCells { option }),
            None => Ok(()),
        }
    }

    fn check_conditions(&self, measured: &Measured) -> Result<(), InputError> {
        let Measured::Series(expression) = measured else {
            return Ok(());
        };
        let conditions = Conditions {
            offsets: self.shift_at.map_or(Offsets::None, Offsets::Sides),
            windows: self.window.clone(),
        };
        Ok(conditions.check(expression)?)
    }
}

impl Input {
    /// What the files said, to a record: theirs before what the inference said.
    pub(crate) fn add_to(&self, record: &mut Record) {
        let inputs = self.files.iter().map(|(path, sha256)| InputFile {
            path: path.display().to_string(),
            sha256: sha256.clone(),
        });
        record.inputs = inputs.collect();
        record.notes.clone_from(&self.notes);
        record.warnings.splice(..0, self.warnings.iter().cloned());
    }

    /// What a run starts from.
    pub(crate) fn observed(&self) -> Observed<'_> {
        Observed {
            measured: &self.measured,
            resting: self.resting.as_ref(),
        }
    }
}

/// What has been read so far.
#[derive(Default)]
pub(super) struct Log {
    notes: Vec<String>,
    warnings: Vec<String>,
    files: Vec<(PathBuf, String)>,
}

impl Log {
    /// Reads one file and keeps its hash.
    pub(super) fn open<T>(
        &mut self,
        path: &Path,
        read: impl FnOnce(&mut Hashed, &str) -> Result<T, ReadError>,
    ) -> Result<T, InputError> {
        let mut file = Hashed::open(path)?;
        let value = read(&mut file, &show(path))?;
        self.close(path, file)?;
        Ok(value)
    }

    fn close(&mut self, path: &Path, file: Hashed) -> Result<(), InputError> {
        let hash = file.finish().map_err(|source| cannot_open(path, source))?;
        self.files.push((path.to_owned(), hash));
        Ok(())
    }

    pub(super) fn keep<T>(&mut self, reading: Reading<T>) -> T {
        self.notes.extend(reading.notes);
        self.warnings.extend(reading.warnings);
        reading.value
    }
}

/// A file that is hashed while it is read.
pub(super) struct Hashed {
    file: File,
    hash: Sha256,
}

impl Read for Hashed {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(into)?;
        self.hash.update(&into[..count]);
        Ok(count)
    }
}

impl Hashed {
    fn open(path: &Path) -> Result<Self, InputError> {
        let file = File::open(path).map_err(|source| cannot_open(path, source))?;
        Ok(Self {
            file,
            hash: Sha256::new(),
        })
    }

    /// Reads what the reader left, and gives the hash of the whole file.
    fn finish(mut self) -> io::Result<String> {
        io::copy(&mut self, &mut io::sink())?;
        let bytes = self.hash.finalize();
        Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
    }
}

fn cannot_open(path: &Path, source: io::Error) -> InputError {
    InputError::Open {
        path: show(path),
        source,
    }
}

fn show(path: &Path) -> String {
    path.display().to_string()
}

impl From<Side> for Orientation {
    fn from(side: Side) -> Self {
        match side {
            Side::Rows => Self::Rows,
            Side::Columns => Self::Columns,
        }
    }
}

impl From<Mode> for PriorMode {
    fn from(mode: Mode) -> Self {
        match mode {
            Mode::Allowed => Self::Allowed,
            Mode::Forbidden => Self::Forbidden,
            Mode::Weighted => Self::Weighted,
        }
    }
}

impl From<TransformName> for Transform {
    fn from(name: TransformName) -> Self {
        match name {
            TransformName::Auto => Self::Auto,
            TransformName::Sqrt => Self::Fixed(Scale::Sqrt),
            TransformName::Log1p => Self::Fixed(Scale::Log1p),
            TransformName::None => Self::Fixed(Scale::Identity),
        }
    }
}
