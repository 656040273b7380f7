//! Folders of data: those of `cistron generate`, and others that are named for what they are.

use std::path::{Path, PathBuf};

use super::beeline_cells::tables_of;
use super::steady_rows::SteadyRows;
use crate::io::text::{Fault, Place, ReadError, if_any};

/// A folder that `cistron generate` wrote.
pub(super) struct DataFolder {
    /// Time series, or the folder of cells.
    pub(super) data: Option<PathBuf>,
    /// Tables of steady states, each with the option that reads it.
    pub(super) steady: Vec<(&'static str, PathBuf, SteadyRows)>,
    /// A note about other tables.
    pub(super) not_read: Option<String>,
}

/// Level of a knockdown where nothing says it, as of DREAM.
const KNOCKDOWN: f64 = 0.5;

/// How many times an overexpressed gene is expressed where nothing says it, as of `cistron generate`.
const OVEREXPRESSION: f64 = 2.0;

/// The level of changed genes, from the model that `cistron generate` wrote beside the tables.
fn level_of(setting: &str, default: f64, folder: &Path) -> f64 {
    let model = std::fs::read_to_string(folder.join("model.toml")).unwrap_or_default();
    let mut lines = model.lines().filter_map(|line| line.split_once('='));
    let level = lines.find(|(name, _)| name.trim() == setting);
    level
        .and_then(|(_, level)| level.trim().parse().ok())
        .unwrap_or(default)
}

impl DataFolder {
    /// Finds the tables of a folder; none for a file and for a folder of cells.
    ///
    /// # Errors   [`ReadError`] for a folder of a run or of 10x.
    pub(super) fn find(path: &Path) -> Result<Option<Self>, ReadError> {
        if !path.is_dir() || file_in(path, "ExpressionData.csv").is_some() {
            return Ok(None);
        }
        if path.join("run.json").is_file() {
            return Err(named(path, "the folder of a run").cured_by(
                "give it alone to `cistron infer`, or the data that the run was made of (see `inputs` in its run.json)",
            ));
        }
        if file_in(path, "matrix.mtx").is_some() {
            return Err(named(path, "a sparse matrix of cells (as of 10x)").cured_by(
                "in Python: scanpy.read_10x_mtx(FOLDER).to_df().T.to_csv(\"ExpressionData.csv\"), and \
                 a table of pseudotimes beside it",
            ));
        }
        let changed = |level| SteadyRows::Changed { level };
        let tables = [
            ("--wildtype", "wildtype.tsv", SteadyRows::WildType),
            ("--knockouts", "knockouts.tsv", changed(0.0)),
            (
                "--knockdowns",
                "knockdowns.tsv",
                changed(level_of("knockdown", KNOCKDOWN, path)),
            ),
            (
                "--overexpression",
                "overexpression.tsv",
                changed(level_of("overexpression", OVEREXPRESSION, path)),
            ),
            ("--steady", "multifactorial.tsv", SteadyRows::Multifactorial),
        ];
        let steady = tables
            .into_iter()
            .filter_map(|(option, name, rows)| Some((option, file_in(path, name)?, rows)));
        let mut steady: Vec<(&'static str, PathBuf, SteadyRows)> = steady.collect();
        let mut data = file_in(path, "timeseries.tsv");
        let cells = path.join("cells");
        if data.is_none() && steady.is_empty() && cells.is_dir() {
            data = Some(cells);
        }
        if data.is_none() && steady.is_empty() {
            return Ok(None);
        }
        if data.is_none() {
            // without series the genes are those of a table of unknown changes, else of the first one
            steady.sort_by_key(|(_, _, rows)| *rows != SteadyRows::Multifactorial);
        }
        let used = steady.iter().map(|(_, path, _)| path).chain(&data);
        let used: Vec<&PathBuf> = used.collect();
        let mut others = tables_of(path);
        others.retain(|name| !used.contains(&&path.join(name)));
        let not_read = if_any(&others, |_, some| {
            let folder = path.display();
            format!("{folder}: tables that are not read, unless an option names them: {some}")
        });
        Ok(Some(Self {
            data,
            steady,
            not_read,
        }))
    }
}

/// The file of a name in a folder, plain or gzipped, if it exists.
fn file_in(folder: &Path, name: &str) -> Option<PathBuf> {
    let paths = [name.to_owned(), format!("{name}.gz")].map(|name| folder.join(name));
    paths.into_iter().find(|path| path.is_file())
}

fn named(path: &Path, what: &str) -> ReadError {
    let place = Place::file(&path.display().to_string());
    ReadError::new(Fault::Mismatch, place, format!("found {what}"))
        .expecting("data, such as a table of time series")
}
