//! A folder with real data and the known edges of its network.

use std::fs::File;
use std::path::{Path, PathBuf};

use super::gold_file::read_gold;
use crate::benchmark::{Case, RealData};
use cistron::expression::Data;
use cistron::io::read::{cannot_open, read_loci};
use cistron::io::{OpenOptions, Place, ReadError, choose_regulators, read_names};
use cistron::loci::Loci;
use cistron::run::Settings;
use cistron::trajectory::AllSamples;

/// Files of a set.
struct RealFiles {
    /// `timeseries.tsv`, or `expression.tsv` beside metadata.
    expression: PathBuf,
    /// `meta_data.tsv`, as of the Inferelator.
    metadata: Option<PathBuf>,
    gold: PathBuf,
}

impl RealFiles {
    fn find(folder: &Path) -> Option<Self> {
        let gold = file_in(folder, "gold.tsv")?;
        let metadata = file_in(folder, "meta_data.tsv");
        let table = file_in(folder, "expression.tsv");
        Some(match (file_in(folder, "timeseries.tsv"), metadata, table) {
            (Some(expression), _, _) => Self {
                expression,
                metadata: None,
                gold,
            },
            (None, Some(metadata), Some(expression)) => Self {
                expression,
                metadata: Some(metadata),
                gold,
            },
            _ => return None,
        })
    }
}

/// The file of a name in a folder, plain or gzipped, if it exists.
fn file_in(folder: &Path, name: &str) -> Option<PathBuf> {
    let zipped = format!("{name}.gz");
    let mut paths = [name, &zipped].map(|name| folder.join(name)).into_iter();
    paths.find(|path| path.is_file())
}

/// Whether a folder has the files of [`read_real_set`].
#[must_use]
pub fn is_real_set(folder: &Path) -> bool {
    RealFiles::find(folder).is_some()
}

/// Reads a set: each file may be gzipped, with `.gz` after its name.
///
/// | file | content |
/// |---|---|
/// | `timeseries.tsv` | time series; or `expression.tsv` with `meta_data.tsv`, as of the Inferelator |
/// | `gold.tsv` | known edges: `source`, `target`, perhaps `sign` |
/// | `steady.tsv` | further single samples; may be missing |
/// | `regulators.txt` | genes that may regulate; all if it is missing |
/// | `loci.tsv` | `gene`, `chromosome`, `position`; without it, positions by systematic names |
///
/// * `name`: of the set in tables
///
/// # Errors   [`ReadError`] of the first file that cannot be read, and for a folder without data or
///   known edges.
pub fn read_real_set(folder: &Path, name: &str) -> Result<Case, ReadError> {
    let Some(files) = RealFiles::find(folder) else {
        let place = Place::file(&folder.display().to_string());
        let fault = cistron::io::Fault::Mismatch;
        return Err(ReadError::new(fault, place, "found no real set")
            .expecting("timeseries.tsv, or expression.tsv with meta_data.tsv, and gold.tsv")
            .cured_by("give the folder of the set"));
    };
    let list = file_in(folder, "regulators.txt");
    let names = list.as_deref().map(|path| read_file(path, read_names));
    let names = names.transpose()?;
    let mut options = OpenOptions::new().regulators(names.iter().flatten());
    if let Some(metadata) = &files.metadata {
        options = options.times(metadata);
    }
    if let Some(steady) = file_in(folder, "steady.tsv") {
        options = options.multifactorial(steady);
    }
    let data = options.open(&files.expression)?;
    let regulators = match (names, list) {
        (Some(names), Some(list)) => {
            let list = list.display().to_string();
            Some(choose_regulators(&names, &list, data.genes())?.value)
        }
        _ => None,
    };
    let loci = match file_in(folder, "loci.tsv") {
        Some(path) => Some(read_file(&path, read_loci)?),
        None => loci_by_name(&data),
    };
    let real = RealData {
        name: name.to_owned(),
        known: read_file(&files.gold, read_gold)?,
        loci,
        regulators,
        data,
    };
    real.case().map_err(|source| {
        ReadError::invalid(Place::file(&files.gold.display().to_string()), source)
    })
}

/// Positions by systematic names, as the program takes them.
fn loci_by_name(data: &Data) -> Option<Loci> {
    let scale = Settings::default().scale(data).ok()?.scale;
    let states = data.steady_states().map(|states| states.on_scale(scale));
    let samples = AllSamples::new(&data.series()?.on_scale(scale), states.as_ref());
    Loci::from_names(data.genes(), samples.levels.as_ref())
}

fn read_file<T>(
    path: &Path,
    reader: impl FnOnce(File, &str) -> Result<T, ReadError>,
) -> Result<T, ReadError> {
    let file = File::open(path).map_err(|source| cannot_open(path, source))?;
    reader(file, &path.display().to_string())
}
