//! Cases from files: every known network of a folder.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use cistron::expression::Data;
use cistron::io::{SeriesOptions, read_beeline, read_series};
use cistron::prior::Prior;
use cistron::run::{OffsetSetting, Settings};
use cistron_truth::benchmark::Case;
use cistron_truth::evaluate::UniverseSettings;
use cistron_truth::io::read_gold;

use super::files;

/// Which layouts are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// All of them.
    Any,
    /// timeseries.tsv with gold.tsv or truth.tsv.
    Series,
    /// ExpressionData.csv, PseudoTime.csv and refNetwork.csv.
    Beeline,
}

impl Layout {
    fn files(self) -> &'static str {
        match self {
            Self::Any => {
                "timeseries.tsv and gold.tsv, or ExpressionData.csv, PseudoTime.csv and \
                 refNetwork.csv"
            }
            Self::Series => "timeseries.tsv and gold.tsv",
            Self::Beeline => "ExpressionData.csv, PseudoTime.csv and refNetwork.csv",
        }
    }
}

/// Known networks below a folder.
pub(super) struct Folder {
    root: PathBuf,
    found: Vec<Files>,
    shift_at: Option<f64>,
}

/// Files of a case: expression, pseudotime for cells, truth.
struct Files {
    folder: PathBuf,
    expression: PathBuf,
    pseudotime: Option<PathBuf>,
    truth: PathBuf,
}

impl Folder {
    /// Finds the networks and reads each once, so that a fault in the last one is told before any
    /// work is done.
    pub(super) fn open(
        root: &Path,
        layout: Layout,
        shift_at: Option<f64>,
    ) -> Result<Self, Box<dyn Error>> {
        let mut found = Vec::new();
        collect(root, layout, 4, &mut found)?;
        if found.is_empty() {
            return Err(format!(
                "{}: no folder below it holds {}; give the folder of the known networks",
                root.display(),
                layout.files()
            )
            .into());
        }
        let root = root.to_owned();
        let folder = Self {
            root,
            found,
            shift_at,
        };
        for files in &folder.found {
            folder.case(files)?;
        }
        Ok(folder)
    }

    /// The cases, read when they are asked for.
    pub(super) fn cases(&self) -> impl Iterator<Item = Result<Case, Box<dyn Error>>> + '_ {
        self.found.iter().map(|files| self.case(files))
    }

    /// The names of the cases.
    pub(super) fn names(&self) -> impl Iterator<Item = String> + '_ {
        self.found.iter().map(|files| self.name(files))
    }

    /// Where a case lies below the folder; the name of the folder itself if it is the case.
    fn name(&self, files: &Files) -> String {
        match files.folder.strip_prefix(&self.root) {
            Ok(below) if !below.as_os_str().is_empty() => below.display().to_string(),
            _ => last(&files.folder),
        }
    }

    fn case(&self, from: &Files) -> Result<Case, Box<dyn Error>> {
        let offsets = self.shift_at.map(OffsetSetting::ShiftAt);
        Ok(Case {
            suite: last(&self.root),
            name: self.name(from),
            replicate: 1,
            data: from.data()?,
            truth: read_gold(files::open(&from.truth)?, &from.truth.display().to_string())?,
            universe: UniverseSettings::default(),
            prior: Prior::default(),
            settings: Settings {
                offsets: offsets.unwrap_or_default(),
                ..Settings::default()
            },
            external: Vec::new(),
        })
    }
}

impl Files {
    /// The case that a folder holds, if it holds one.
    fn of(folder: &Path, layout: Layout) -> Option<Self> {
        let series = || (layout != Layout::Beeline).then(|| Self::of_series(folder));
        let cells = || (layout != Layout::Series).then(|| Self::of_cells(folder));
        series().flatten().or_else(|| cells().flatten())
    }

    fn of_series(folder: &Path) -> Option<Self> {
        let file = |name: &str| Some(folder.join(name)).filter(|path| path.is_file());
        Some(Self {
            folder: folder.to_owned(),
            expression: file("timeseries.tsv")?,
            pseudotime: None,
            truth: file("gold.tsv").or_else(|| file("truth.tsv"))?,
        })
    }

    fn of_cells(folder: &Path) -> Option<Self> {
        let file = |name: &str| Some(folder.join(name)).filter(|path| path.is_file());
        Some(Self {
            folder: folder.to_owned(),
            expression: file("ExpressionData.csv")?,
            pseudotime: Some(file("PseudoTime.csv")?),
            truth: file("refNetwork.csv")?,
        })
    }

    fn data(&self) -> Result<Data, Box<dyn Error>> {
        let name = self.expression.display().to_string();
        let table = files::open(&self.expression)?;
        Ok(match &self.pseudotime {
            None => {
                let options = SeriesOptions::default();
                Data::from(read_series(table, &name, None, &options)?.value)
            }
            Some(path) => {
                let times = (files::open(path)?, &*path.display().to_string());
                Data::from(read_beeline((table, &name), times)?.value)
            }
        })
    }
}

/// The last part of a path that has one.
fn last(path: &Path) -> String {
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned());
    name.unwrap_or_else(|| "bench".to_owned())
}

/// All cases in a folder and below it, in the order of their names.
fn collect(
    folder: &Path,
    layout: Layout,
    depth: usize,
    found: &mut Vec<Files>,
) -> Result<(), Box<dyn Error>> {
    if let Some(files) = Files::of(folder, layout) {
        found.push(files);
        return Ok(());
    }
    let read = |error| format!("{}: cannot be read: {error}", folder.display());
    let entries = fs::read_dir(folder).map_err(read)?;
    let mut below: Vec<PathBuf> = entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()
        .map_err(read)?;
    below.sort();
    for path in below.iter().filter(|path| depth > 0 && path.is_dir()) {
        collect(path, layout, depth - 1, found)?;
    }
    Ok(())
}
