//! Pictures and page of a run, made from its folder.

use std::error::Error;
use std::fs;
use std::io;
use std::path::Path;

use cistron::run::RunFolder;
use cistron_report::{Page, PictureSettings, is_run_picture, run_pictures};

use crate::files::{self, Output};
use crate::picture_files::{PICTURES, PictureFormat, picture_outputs};

/// The page in the folder of a run.
pub(crate) const PAGE: &str = "report.html";

/// Removes the pictures and the page of an earlier run in the same folder, which would not agree
/// with the new tables. Other files stay.
///
/// # Errors   a file that cannot be removed.
pub(crate) fn forget(folder: &Path) -> Result<(), Box<dyn Error>> {
    let page = folder.join(PAGE);
    if page.is_file() {
        fs::remove_file(&page).map_err(|error| not_removed(&page, &error))?;
    }
    let pictures = folder.join(PICTURES);
    for entry in fs::read_dir(&pictures).into_iter().flatten() {
        let path = entry
            .map_err(|error| not_removed(&pictures, &error))?
            .path();
        if is_run_picture(&path.file_name().unwrap_or_default().to_string_lossy()) {
            fs::remove_file(&path).map_err(|error| not_removed(&path, &error))?;
        }
    }
    Ok(())
}

fn not_removed(path: &Path, error: &io::Error) -> String {
    format!("{}: cannot be removed ({error})", path.display())
}

/// Reads a run back and writes its pictures and its page.
///
/// They are made from the tables and not from memory: so they agree with the tables, and
/// `cistron plot` and `cistron report` write the same files again.
///
/// # Errors   the errors of reading and writing, with what to do.
pub(crate) fn write(folder: &Path) -> Result<(), Box<dyn Error>> {
    attempt(folder).map_err(|error| {
        format!(
            "{error}; the tables of the run are complete; `cistron plot` and `cistron report` write \
             the pictures and the page again"
        )
        .into()
    })
}

fn attempt(folder: &Path) -> Result<(), Box<dyn Error>> {
    let run = RunFolder::open(folder)?.read()?;
    let pictures = run_pictures(&run, &PictureSettings::default());
    let into = folder.join(PICTURES);
    files::make_folder(&into)?;
    let page = Page {
        run: &run,
        pictures: &pictures,
        live: None,
        interactive: true,
    };
    let mut outputs = picture_outputs(&pictures, PictureFormat::Both, &into)?;
    outputs.push(Output::new(folder.join(PAGE), |sink| page.write(sink)));
    files::replace_all(&mut outputs)
}
