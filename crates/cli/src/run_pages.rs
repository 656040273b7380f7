//! Pictures and page of a run, made from its folder.

use std::error::Error;

use cistron::run::{ResultFolder, RunFolder};
use cistron_report::{Page, PictureSettings, run_pictures};

use crate::files::{self, Output};
use crate::picture_files::{PICTURES, PictureFormat, picture_outputs};

/// The page in the folder of a run.
pub(crate) const PAGE: &str = "report.html";

/// Reads a run back and writes its pictures and its page.
///
/// They are made from the tables and not from memory: so they agree with the tables, and
/// `cistron plot` and `cistron report` write the same files again.
///
/// # Errors   the errors of reading and writing, with what to do.
pub(crate) fn write(results: &ResultFolder) -> Result<(), Box<dyn Error>> {
    attempt(results).map_err(|error| {
        format!(
            "{error}; the tables of the run are complete; `cistron plot` and `cistron report` write \
             the pictures and the page again"
        )
        .into()
    })
}

fn attempt(results: &ResultFolder) -> Result<(), Box<dyn Error>> {
    let folder = results.path();
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
    Ok(results.add(&outputs)?)
}
