//! Pictures and page of a run, from its folder.

use std::error::Error;
use std::path::Path;

use cistron::report::{Page, PictureSettings, run_pictures};

use super::files::{self, Output};
use super::plot::{Format, contents};
use super::run_folder::RunFolder;

/// Folder of the pictures in that of a run.
pub(crate) const PICTURES: &str = "pictures";
/// The page in the folder of a run.
pub(crate) const PAGE: &str = "report.html";

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
