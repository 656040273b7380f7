//! Cases from files: every known network in a folder.

use std::error::Error;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use cistron::expression::Data;
use cistron::genes::Genes;
use cistron::io::{OpenOptions, choose_regulators, read_names};
use cistron::prior::Prior;
use cistron::run::{OffsetSetting, Settings};
use cistron_truth::benchmark::Case;
use cistron_truth::evaluate::UniverseSettings;
use cistron_truth::io::{is_real_set, read_gold, read_real_set};

use crate::files;

/// Layouts to look for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// Both layouts.
    Any,
    /// timeseries.tsv with gold.tsv or truth.tsv.
    Series,
    /// ExpressionData.csv, PseudoTime.csv and refNetwork.csv.
    Beeline,
    /// Real data with known edges, as [`read_real_set`] says.
    Real,
    /// Steady states without series: multifactorial.tsv or steady.tsv with gold.tsv or truth.tsv.
    Static,
}

impl Layout {
    fn files(self) -> &'static str {
        match self {
            Self::Any => {
                "timeseries.tsv and gold.tsv, or ExpressionData.csv, PseudoTime.csv and \
                 refNetwork.csv"
            }
            Self::Series => "timeseries.tsv and gold.tsv",
            Self::Real => {
                "timeseries.tsv, or expression.tsv and meta_data.tsv, with gold.tsv (or these with .gz)"
            }
            Self::Static => "multifactorial.tsv (or steady.tsv) and gold.tsv (or truth.tsv)",
            Self::Beeline => "ExpressionData.csv, PseudoTime.csv and refNetwork.csv",
        }
    }
}

/// Known networks in the subfolders of a folder.
pub(super) struct NetworkFolder {
    root: PathBuf,
    networks: Vec<NetworkFiles>,
    shift_at: Option<f64>,
}

/// A case by its folder.
struct NetworkFiles {
    folder: PathBuf,
    /// None for real data, whose files [`read_real_set`] knows.
    tables: Option<NetworkTables>,
}

/// Files of a case: expression, truth, and perhaps regulators.
struct NetworkTables {
    expression: ExpressionTable,
    truth: PathBuf,
    regulators: Option<PathBuf>,
}

/// Where the levels of a case are.
enum ExpressionTable {
    Series(PathBuf),
    Cells {
        expression: PathBuf,
        pseudotime: PathBuf,
    },
    SteadyStates(PathBuf),
}

impl NetworkFolder {
    /// Finds the networks and reads each once, so that an error in the last one is reported before
    /// any method runs.
    ///
    /// # Errors   a message for the user.
    pub(super) fn open(
        root: &Path,
        layout: Layout,
        shift_at: Option<f64>,
    ) -> Result<Self, Box<dyn Error>> {
        let mut networks = Vec::new();
        collect(root, layout, DEPTH, &mut networks)?;
        if networks.is_empty() {
            return Err(format!(
                "{}: no subfolder contains {}; give the folder of the known networks",
                root.display(),
                layout.files()
            )
            .into());
        }
        let root = root.to_owned();
        let folder = Self {
            root,
            networks,
            shift_at,
        };
        for network in &folder.networks {
            folder.case(network)?;
        }
        Ok(folder)
    }

    /// The cases, each read when it is needed.
    pub(super) fn cases(&self) -> impl Iterator<Item = Result<Case, Box<dyn Error>>> + '_ {
        self.networks.iter().map(|network| self.case(network))
    }

    /// The names of the cases.
    pub(super) fn names(&self) -> impl Iterator<Item = String> + '_ {
        self.networks.iter().map(|network| self.name(network))
    }

    /// The path of a case relative to the folder; if they are the same, the name of the folder.
    fn name(&self, network: &NetworkFiles) -> String {
        match network.folder.strip_prefix(&self.root) {
            Ok(below) if !below.as_os_str().is_empty() => below.display().to_string(),
            _ => last_part(&network.folder),
        }
    }

    fn case(&self, network: &NetworkFiles) -> Result<Case, Box<dyn Error>> {
        let suite = last_part(&self.root);
        let mut case = match &network.tables {
            Some(tables) => tables.case(suite, self.name(network))?,
            None => Case {
                suite,
                ..read_real_set(&network.folder, &self.name(network))?
            },
        };
        if let Some(time) = self.shift_at {
            case.settings.offsets = OffsetSetting::ShiftAt(time);
        }
        Ok(case)
    }
}

/// Levels of subfolders that are searched: enough for SUITE/ORGANISM/NETWORK/REPLICATE, and a bound
/// on the time for a folder that was given by mistake.
const DEPTH: usize = 4;

impl NetworkFiles {
    /// The case in a folder, if there is one.
    fn find(folder: &Path, layout: Layout) -> Option<Self> {
        let series = match layout {
            Layout::Beeline | Layout::Real => None,
            Layout::Static => NetworkTables::find_steady_states(folder),
            Layout::Any | Layout::Series => NetworkTables::find_series(folder),
        };
        let tables = series.or_else(|| match layout {
            Layout::Series | Layout::Real | Layout::Static => None,
            Layout::Any | Layout::Beeline => NetworkTables::find_cells(folder),
        });
        let found = tables.is_some() || (layout == Layout::Real && is_real_set(folder));
        found.then(|| Self {
            folder: folder.to_owned(),
            tables,
        })
    }
}

impl NetworkTables {
    fn find_series(folder: &Path) -> Option<Self> {
        Some(Self {
            expression: ExpressionTable::Series(file_in(folder, "timeseries.tsv")?),
            truth: truth_in(folder)?,
            regulators: None,
        })
    }

    fn find_cells(folder: &Path) -> Option<Self> {
        Some(Self {
            expression: ExpressionTable::Cells {
                expression: file_in(folder, "ExpressionData.csv")?,
                pseudotime: file_in(folder, "PseudoTime.csv")?,
            },
            truth: file_in(folder, "refNetwork.csv")?,
            regulators: None,
        })
    }

    fn find_steady_states(folder: &Path) -> Option<Self> {
        let table = file_in(folder, "multifactorial.tsv").or_else(|| file_in(folder, "steady.tsv"));
        Some(Self {
            expression: ExpressionTable::SteadyStates(table?),
            truth: truth_in(folder)?,
            regulators: file_in(folder, "regulators.txt"),
        })
    }

    fn case(&self, suite: String, name: String) -> Result<Case, Box<dyn Error>> {
        let names = match &self.regulators {
            Some(path) => Some(files::read(path, read_names)?),
            None => None,
        };
        let data = self.data(names.as_deref().unwrap_or_default())?;
        Ok(Case {
            suite,
            name,
            replicate: 1,
            truth: files::read(&self.truth, read_gold)?,
            universe: UniverseSettings::default(),
            prior: self.prior(names.as_deref(), data.genes())?,
            data,
            settings: Settings::default(),
            baselines_as_stored: false,
            loci: None,
            external: Vec::new(),
        })
    }

    fn data(&self, regulators: &[String]) -> Result<Data, Box<dyn Error>> {
        let options = OpenOptions::new().regulators(regulators);
        Ok(match &self.expression {
            ExpressionTable::Series(path) => options.open(path)?,
            ExpressionTable::Cells {
                expression,
                pseudotime,
            } => options.pseudotime(pseudotime).open(expression)?,
            ExpressionTable::SteadyStates(path) => options.multifactorial(path).open_static()?,
        })
    }

    /// What the list of regulators says; nothing without one.
    fn prior(&self, names: Option<&[String]>, genes: &Genes) -> Result<Prior, Box<dyn Error>> {
        let (Some(path), Some(names)) = (&self.regulators, names) else {
            return Ok(Prior::default());
        };
        let file = path.display().to_string();
        Ok(Prior::flat(choose_regulators(names, &file, genes)?.value))
    }
}

/// gold.tsv or truth.tsv.
fn truth_in(folder: &Path) -> Option<PathBuf> {
    file_in(folder, "gold.tsv").or_else(|| file_in(folder, "truth.tsv"))
}

/// The file of a name in a folder, if it exists.
fn file_in(folder: &Path, name: &str) -> Option<PathBuf> {
    Some(folder.join(name)).filter(|path| path.is_file())
}

/// The last part of a path, or `bench` for a path without one.
fn last_part(path: &Path) -> String {
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned());
    name.unwrap_or_else(|| "bench".to_owned())
}

/// All cases in a folder and its subfolders, in the order of their names.
fn collect(
    folder: &Path,
    layout: Layout,
    depth: usize,
    networks: &mut Vec<NetworkFiles>,
) -> Result<(), Box<dyn Error>> {
    if let Some(network) = NetworkFiles::find(folder, layout) {
        networks.push(network);
        return Ok(());
    }
    let mut paths = paths_in(folder)
        .map_err(|error| format!("{}: cannot be read ({error})", folder.display()))?;
    paths.sort();
    for path in paths.iter().filter(|path| depth > 0 && path.is_dir()) {
        collect(path, layout, depth - 1, networks)?;
    }
    Ok(())
}

fn paths_in(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder)?;
    entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect()
}
