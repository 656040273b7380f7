//! Pictures and page of a run, from its folder.

use std::error::Error;
use std::fs;
use std::io;
use std::path::Path;

use cistron::run::RunFolder;
use cistron_report::{Page, PictureSettings, is_run_picture, run_pictures};

use super::files::{self, Output};
use super::plot::{Format, contents};

/// Folder of the pictures in that of a run.
pub(crate) const PICTURES: &str = "pictures";
/// The page in the folder of a run.
pub(crate) const PAGE: &str = "report.html";

/// Takes away what was drawn of an earlier run in the same folder: pictures and page must not stand
/// beside tables of another run. Files that we do not write stay.
///
/// # Errors   what the system says.
pub(crate) fn forget(folder: &Path) -> Result<(), Box<dyn Error>> {
    let failed = |path: &Path, error: io::Error| -> Box<dyn Error> {
        format!("{}: cannot be removed ({error})", path.display()).into()
    };
    let page = folder.join(PAGE);
    if page.is_file() {
        fs::remove_file(&page).map_err(|error| failed(&page, error))?;
    }
    let pictures = folder.join(PICTURES);
    for entry in fs::read_dir(&pictures).into_iter().flatten() {
        let path = entry.map_err(|error| failed(&pictures, error))?.path();
        if is_run_picture(&path.file_name().unwrap_or_default().to_string_lossy()) {
            fs::remove_file(&path).map_err(|error| failed(&path, error))?;
        }
    }
    Ok(())
}

/// Reads a run back and writes its pictures and its page.
///
/// They are made of the tables and not of what is in memory: so they show what the tables say, and
/// `cistron plot` and `cistron report` write the same again.
///
/// # Errors   what reading or writing reports, with what to do.
pub(crate) fn write(folder: &Path) -> Result<(), Box<dyn Error>> {
    attempt(folder).map_err(|error| {
        format!(
            "{error}; the tables of the run are complete, `cistron plot` and `cistron report` \
             write its pictures and its page"
        )
        .into()
    })
}

fn attempt(folder: &Path) -> Result<(), Box<dyn Error>> {
    let run = RunFolder::open(folder)?.read()?;
    let pictures = run_pictures(&run, &PictureSettings::default());
    let files = contents(&pictures, Format::Both)?;
    let into = folder.join(PICTURES);
    files::make_folder(&into)?;
    let page = Page {
        run: &run,
        pictures: &pictures,
        live: None,
        interactive: true,
    };
    let mut outputs: Vec<Output<'_>> = files
        .iter()
        .map(|(name, bytes)| Output::new(into.join(name), move |sink| sink.write_all(bytes)))
        .collect();
    outputs.push(Output::new(folder.join(PAGE), |sink| page.write(sink)));
    files::replace_all(&mut outputs)
}
