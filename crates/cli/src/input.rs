//! Input files: their arguments, and the one function that opens them.

use std::io::Read;
use std::path::{Path, PathBuf};

use clap::Args;

use cistron::expression::{Data, InputFile, Window};
use cistron::genes::Genes;
use cistron::io::read::pairs::PairOptions;
use cistron::io::read::{HashedFiles, choose_loci, read_half_lives, read_loci, read_prior_with};
use cistron::io::text::{DecimalSign, TextOptions};
use cistron::io::{
    ColumnRole, OpenOptions, Orientation, ReadError, Reading, choose_regulators, read_names,
};
use cistron::loci::Loci;
use cistron::prior::{Prior, PriorMode, Regulators};
use cistron::run::{OffsetSetting, Record, Settings};
use cistron::trajectory::{ConditionError, Conditions, Offsets};

use super::column_roles::column_role;
use super::input_words::{DecimalMark, MatchRule, Mode, RepeatedGenes};
use super::scale_args::{ScaleArgs, ScaleError};
use super::side::Side;
use super::steady_states::SteadyStateArgs;

/// The data to read.
#[derive(Args, Clone, Debug)]
pub(crate) struct InputArgs {
    /// Expression tables (tsv, csv, also .gz), whose series are joined, or a folder of `cistron generate`
    /// or with ExpressionData.csv and PseudoTime.csv; not needed where steady states are given (--steady
    /// and the like)
    #[arg(value_name = "DATA")]
    pub(crate) data: Vec<PathBuf>,
    /// Table of times: sample, time, and perhaps series and condition; or metadata of the
    /// Inferelator, whose single samples become steady states
    #[arg(long, value_name = "FILE", conflicts_with = "pseudotime")]
    pub(crate) times: Option<PathBuf>,
    /// Table of pseudotimes: DATA is then genes × cells
    #[arg(long, value_name = "FILE")]
    pub(crate) pseudotime: Option<PathBuf>,
    /// Whether genes are in rows or columns; default: recognised by their names
    #[arg(long, value_name = "SIDE")]
    pub(crate) genes: Option<Side>,
    /// DATA has no header: its first row is one like the others. Genes are called G1, G2 … unless the
    /// first column names them; times are in the first column of numbers or, in order, in --times or
    /// --pseudotime
    #[arg(long)]
    pub(crate) no_header: bool,
    /// Decimal sign of the numbers in DATA and in the tables beside it (the other sign separates thousands); default:
    /// recognised
    #[arg(long, value_name = "SIGN")]
    pub(crate) decimal: Option<DecimalMark>,
    /// What becomes of a gene that occurs several times in DATA or in a table of steady states
    #[arg(long, value_name = "RULE", default_value = "error")]
    pub(crate) duplicates: RepeatedGenes,
    /// How names of genes in other files (regulators, priors, steady states, half-lives, positions) are
    /// compared with those of DATA
    #[arg(long = "match", value_name = "RULE", default_value = "exact")]
    pub(crate) name_match: MatchRule,
    /// Columns to leave out, in DATA and in tables of steady states
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    pub(crate) ignore: Vec<String>,
    /// What columns of DATA and of tables of steady states are, where names and values do not say it: gene, time, series, condition,
    /// intervention, sample or ignore
    #[arg(long, value_name = "NAME=ROLE,…", value_delimiter = ',', value_parser = column_role)]
    pub(crate) columns: Vec<(String, ColumnRole)>,
    /// Genes that may regulate: a list of names, or a table with a column `regulator`, `TF` or `gene`
    #[arg(long, value_name = "FILE")]
    pub(crate) regulators: Option<PathBuf>,
    /// Known pairs: regulator, target and perhaps a weight
    #[arg(long, value_name = "FILE")]
    pub(crate) prior: Option<PathBuf>,
    /// Which side of a matrix in --prior or --known names the regulators; default: recognised
    #[arg(long, value_enum, value_name = "SIDE")]
    pub(crate) matrix_regulators: Option<Side>,
    /// How the known pairs are meant
    #[arg(
        long,
        value_name = "MODE",
        default_value = "weighted",
        requires = "prior"
    )]
    pub(crate) prior_mode: Mode,
    /// Edges that are known to be true and not in the prior: regulator and target. The expected number of
    /// false edges is calibrated with them; the ranking does not see them
    #[arg(long, value_name = "FILE")]
    pub(crate) known: Option<PathBuf>,
    /// Share of all true edges that is known, above 0 and up to 1; default: estimated, with an interval
    #[arg(long, value_name = "SHARE", requires = "known")]
    pub(crate) known_share: Option<f64>,
    /// Positions of genes on chromosomes: gene, chromosome, position. Neighbours of a gene have no part in
    /// its null and in the activities that explain it; default: taken from systematic names (b0344,
    /// YBR166C) where neighbours by name are alike, for the null only
    #[arg(long, value_name = "FILE")]
    pub(crate) loci: Option<PathBuf>,
    /// Measured half-lives of mRNAs: gene, half_life in the unit of time of DATA, or in the unit of its name
    /// (half_life_min)
    #[arg(long, value_name = "FILE", conflicts_with = "pseudotime")]
    pub(crate) half_lives: Option<PathBuf>,
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
    #[command(flatten)]
    pub(crate) scale: ScaleArgs,
    #[command(flatten)]
    pub(crate) steady_states: SteadyStateArgs,
}

/// All that the input files say.
#[derive(Debug)]
pub(crate) struct Input {
    /// Expression profiles and steady states, in the units of the files.
    pub(crate) data: Data,
    /// The genes that may regulate.
    pub(crate) regulators: Regulators,
    /// Regulators and known pairs, as the fit asks for them.
    pub(crate) prior: Prior,
    /// Edges that are known to be true and have no part in the ranking.
    pub(crate) known: Option<Prior>,
    /// Positions of genes on their chromosomes.
    pub(crate) loci: Option<Loci>,
    /// Measured half-life of every gene, none where it is not known.
    pub(crate) half_lives: Option<Vec<Option<f64>>>,
    /// Condition windows, checked against the series.
    pub(crate) windows: Vec<Window>,
    /// Time of a change of condition in every series, checked likewise.
    pub(crate) shift_at: Option<f64>,
    /// Decisions of the readers.
    pub(crate) notes: Vec<String>,
    /// What the user should look at.
    pub(crate) warnings: Vec<String>,
    /// Every file that was read.
    pub(crate) files: Vec<InputFile>,
    /// The words of the command.
    pub(crate) arguments: Vec<String>,
}

/// Why there is no input.
#[derive(Debug, thiserror::Error)]
pub(crate) enum InputError {
    /// A file is wrong.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// A window or shift does not meet the series.
    #[error(transparent)]
    Conditions(#[from] ConditionError),
    /// Levels that are not on the scale that was said.
    #[error(transparent)]
    Scale(#[from] ScaleError),
    /// Nothing to read.
    #[error(
        "found no data, expected an expression table DATA or steady states; give the path of a table, or \
         `--steady FILE` (or --wildtype, --knockouts, --knockdowns, --overexpression)"
    )]
    NoData,
    /// An option that needs time series where there are none.
    #[error(
        "`{option}` was given for steady states without time series; give the series as DATA, or drop it"
    )]
    NotWithoutSeries {
        /// The option.
        option: &'static str,
    },
    /// An option that only time series have.
    #[error("`{option}` was given for cells with pseudotime, expected time series; drop it")]
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
            Some(path) => read_names(log.open(path)?, &show(path))?,
            None => Vec::new(),
        };
        let options = self.options(&names);
        let mut data = if self.data.is_empty() {
            self.check_static()?;
            options.open_static()?
        } else {
            options.open_all(&self.data)?
        };
        log.notes = std::mem::take(&mut data.notes.decisions);
        log.warnings = std::mem::take(&mut data.notes.warnings);
        let genes = &data.genes().matching(self.name_match.into());
        let regulators = match &self.regulators {
            Some(path) => log.keep(choose_regulators(&names, &show(path), genes)?),
            None => Regulators::all(genes),
        };
        let pairs = PairOptions {
            matrix_regulators: self
                .matrix_regulators
                .map_or(Orientation::Auto, Orientation::from),
            text: self.text(),
            ..PairOptions::default()
        };
        let prior = match &self.prior {
            Some(path) => {
                let (file, name, mode) = (log.open(path)?, show(path), self.prior_mode.into());
                let read = read_prior_with(file, &name, mode, regulators.clone(), genes, &pairs)?;
                log.keep(read)
            }
            None => Prior::flat(regulators.clone()),
        };
        let known = match &self.known {
            Some(path) => {
                let (file, name, mode) = (log.open(path)?, show(path), PriorMode::Weighted);
                let read = read_prior_with(file, &name, mode, regulators.clone(), genes, &pairs)?;
                Some(log.keep(read))
            }
            None => None,
        };
        let loci = self.loci(&mut log, genes)?;
        let half_lives = self.half_lives(&mut log, genes, data.time_unit)?;
        self.check_conditions(&data)?;
        let scaled = self.scale.apply(data, &self.name())?;
        log.notes.extend(scaled.choice.notes());
        log.warnings.extend(scaled.choice.warning());
        let data = scaled.data;
        let mut files = data.files.clone();
        files.extend(log.files.finish()?);
        let arguments = std::env::args().skip(1).collect();
        Ok(Input {
            arguments,
            data,
            regulators,
            prior,
            known,
            loci,
            half_lives,
            windows: self.window.clone(),
            shift_at: self.shift_at,
            files,
            notes: log.notes,
            warnings: log.warnings,
        })
    }

    /// Half-life of every gene.
    fn half_lives(
        &self,
        log: &mut Log,
        genes: &Genes,
        unit: Option<&str>,
    ) -> Result<Option<Vec<Option<f64>>>, InputError> {
        let Some(path) = &self.half_lives else {
            return Ok(None);
        };
        let file = log.open(path)?;
        Ok(Some(log.keep(read_half_lives(
            file,
            &show(path),
            self.text(),
            genes,
            unit,
        )?)))
    }

    /// How numbers are to be read.
    fn text(&self) -> TextOptions {
        TextOptions {
            decimal: self.decimal.map(DecimalSign::from),
            ..TextOptions::default()
        }
    }

    /// Positions of the genes.
    fn loci(&self, log: &mut Log, genes: &Genes) -> Result<Option<Loci>, InputError> {
        let Some(path) = &self.loci else {
            return Ok(None);
        };
        let file = show(path);
        let table = read_loci(log.open(path)?, &file)?;
        Ok(Some(log.keep(choose_loci(&table, &file, genes)?)))
    }

    /// The options of the library that these arguments are.
    pub(crate) fn options(&self, regulators: &[String]) -> OpenOptions {
        let mut options = OpenOptions::new()
            .genes(self.genes.map_or(Orientation::Auto, Orientation::from))
            .ignore(&self.ignore)
            .columns(self.columns.clone())
            .regulators(regulators)
            .no_header(self.no_header)
            .matching(self.name_match.into())
            .duplicates(self.duplicates.into());
        if let Some(sign) = self.decimal {
            options = options.decimal(sign.into());
        }
        if let Some(path) = &self.times {
            options = options.times(path);
        }
        if let Some(path) = &self.pseudotime {
            options = options.pseudotime(path);
        }
        if let Some(path) = &self.interventions {
            options = options.interventions(path);
        }
        self.steady_states.add_to(options)
    }

    /// Sets what these arguments say of the run.
    pub(crate) fn set(&self, input: &Input, settings: &mut Settings) {
        self.scale.set(settings);
        settings.windows.clone_from(&input.windows);
        if let Some(time) = input.shift_at {
            settings.offsets = OffsetSetting::ShiftAt(time);
        }
        settings.rows.steady_weight = self.steady_states.steady_weight;
    }

    /// Takes from others what these do not give.
    pub(crate) fn fill_from(&mut self, others: Self) {
        fn list<T>(own: &mut Vec<T>, others: Vec<T>) {
            if own.is_empty() {
                *own = others;
            }
        }
        fn word<T: Default + PartialEq>(own: &mut T, other: T) {
            if *own == T::default() {
                *own = other;
            }
        }
        list(&mut self.data, others.data);
        word(&mut self.times, others.times);
        word(&mut self.pseudotime, others.pseudotime);
        self.genes = self.genes.or(others.genes);
        self.no_header |= others.no_header;
        self.decimal = self.decimal.or(others.decimal);
        word(&mut self.duplicates, others.duplicates);
        word(&mut self.name_match, others.name_match);
        list(&mut self.ignore, others.ignore);
        list(&mut self.columns, others.columns);
        word(&mut self.regulators, others.regulators);
        if self.prior.is_none() {
            self.prior_mode = others.prior_mode;
        }
        word(&mut self.prior, others.prior);
        self.matrix_regulators = self.matrix_regulators.or(others.matrix_regulators);
        word(&mut self.known, others.known);
        self.known_share = self.known_share.or(others.known_share);
        word(&mut self.loci, others.loci);
        word(&mut self.half_lives, others.half_lives);
        list(&mut self.window, others.window);
        self.shift_at = self.shift_at.or(others.shift_at);
        word(&mut self.interventions, others.interventions);
        self.scale.fill_from(&others.scale);
        self.steady_states.fill_from(others.steady_states);
    }

    /// What messages call the data: the first file of them.
    pub(crate) fn name(&self) -> String {
        let first = self
            .data
            .first()
            .map(PathBuf::as_path)
            .or_else(|| self.steady_states.first());
        first.map_or_else(String::new, show)
    }

    /// Without DATA there are steady states, and no option about DATA.
    fn check_static(&self) -> Result<(), InputError> {
        if self.steady_states.first().is_none() {
            return Err(InputError::NoData);
        }
        let given = [
            ("--times", self.times.is_some()),
            ("--pseudotime", self.pseudotime.is_some()),
            ("--interventions", self.interventions.is_some()),
            ("--steady-weight", self.steady_states.has_weight()),
        ];
        match given.iter().find(|(_, given)| *given) {
            Some((option, _)) => Err(InputError::NotWithoutSeries { option }),
            None => Ok(()),
        }
    }

    /// Windows and shifts have to meet the series.
    fn check_conditions(&self, data: &Data) -> Result<(), InputError> {
        let Some(expression) = data.series() else {
            let given = [
                ("--window", !self.window.is_empty()),
                ("--shift-at", self.shift_at.is_some()),
                ("--half-lives", self.half_lives.is_some()),
            ];
            return match given.iter().find(|(_, given)| *given) {
                None => Ok(()),
                Some((option, _)) if data.is_static() => {
                    Err(InputError::NotWithoutSeries { option })
                }
                Some((option, _)) => Err(InputError::NotForCells { option }),
            };
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
        record.inputs.clone_from(&self.files);
        record.arguments.clone_from(&self.arguments);
        record.notes.splice(..0, self.notes.iter().cloned());
        record.warnings.splice(..0, self.warnings.iter().cloned());
    }
}

/// What has been read so far.
#[derive(Default)]
struct Log {
    notes: Vec<String>,
    warnings: Vec<String>,
    files: HashedFiles,
}

impl Log {
    /// Opens a file; what is read of it is hashed.
    fn open(&mut self, path: &Path) -> Result<Box<dyn Read>, ReadError> {
        self.files.open(path)
    }

    fn keep<T>(&mut self, reading: Reading<T>) -> T {
        self.notes.extend(reading.notes);
        self.warnings.extend(reading.warnings);
        reading.value
    }
}

fn show(path: &Path) -> String {
    path.display().to_string()
}
