//! Cases from files: every known network in a folder.

use std::error::Error;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use cistron::expression::Data;
use cistron::io::OpenOptions;
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

/// Files of a case: expression, pseudotime for cells, truth.
struct NetworkTables {
    expression: PathBuf,
    pseudotime: Option<PathBuf>,
    truth: PathBuf,
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
            Layout::Any | Layout::Series => NetworkTables::find_series(folder),
        };
        let tables = series.or_else(|| match layout {
            Layout::Series | Layout::Real => None,
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
            expression: file_in(folder, "timeseries.tsv")?,
            pseudotime: None,
            truth: file_in(folder, "gold.tsv").or_else(|| file_in(folder, "truth.tsv"))?,
        })
    }

    fn find_cells(folder: &Path) -> Option<Self> {
        Some(Self {
            expression: file_in(folder, "ExpressionData.csv")?,
            pseudotime: Some(file_in(folder, "PseudoTime.csv")?),
            truth: file_in(folder, "refNetwork.csv")?,
        })
    }

    fn case(&self, suite: String, name: String) -> Result<Case, Box<dyn Error>> {
        Ok(Case {
            suite,
            name,
            replicate: 1,
            data: self.data()?,
            truth: files::read(&self.truth, read_gold)?,
            universe: UniverseSettings::default(),
            prior: Prior::default(),
            settings: Settings::default(),
            baselines_as_stored: false,
            loci: None,
            external: Vec::new(),
        })
    }

    fn data(&self) -> Result<Data, Box<dyn Error>> {
        let mut options = OpenOptions::new();
        if let Some(path) = &self.pseudotime {
            options = options.pseudotime(path);
        }
        Ok(options.open(&self.expression)?)
    }
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
