//! `cistron report`: writes the page of a run again from its folder.

use std::error::Error;
use std::path::PathBuf;

use clap::Args;

use cistron::run::{ResultFolder, RunFolder};
use cistron_report::{Page, PictureSettings, has_explorer, run_pictures};

use crate::files::{self, Output};
use crate::run_pages::PAGE;

/// Write the page of a run again from its folder.
///
/// `cistron infer` writes the page at the end of a run. Use this command if the page is missing, or
/// if it was written by a program without the interactive explorer.
#[derive(Args, Clone, Debug)]
pub(crate) struct ReportArgs {
    /// Folder of a `cistron infer` run
    #[arg(value_name = "RUN")]
    run: PathBuf,
    /// File for the page; default: RUN/report.html; `-` is the standard output
    #[arg(short, long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Write a smaller page without the interactive explorer
    #[arg(long)]
    no_explorer: bool,
}

/// Runs the subcommand.
///
/// # Errors   a message for the user.
pub(crate) fn run(args: &ReportArgs) -> Result<(), Box<dyn Error>> {
    let folder = RunFolder::open(&args.run)?;
    let run_folder = folder.path().to_owned();
    let run = folder.read()?;
    let pictures = run_pictures(&run, &PictureSettings::default());
    let contents = Page {
        run: &run,
        pictures: &pictures,
        live: None,
        interactive: !args.no_explorer,
    };
    if !args.no_explorer && !has_explorer() {
        files::note(
            "this program was built without the interactive explorer: the page has pictures and \
             tables only; to include the explorer, install Node.js and build again with \
             CISTRON_EXPLORER=on",
        );
    }
    match &args.out {
        Some(path) if path.as_os_str() == "-" => files::print_by(|sink| contents.write(sink)),
        Some(path) => files::replace(path, |sink| contents.write(sink)),
        None => {
            let page = Output::new(run_folder.join(PAGE), |sink| contents.write(sink));
            Ok(ResultFolder::for_run(&run_folder)?.add(&[page])?)
        }
    }
}
