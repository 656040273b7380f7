//! `cistron report`: writes the page of a run again from its folder.

use std::error::Error;
use std::path::PathBuf;

use clap::Args;

use cistron::run::{ResultFolder, RunFolder};
use cistron_report::{Page, PictureSettings, has_explorer, run_pictures};

use crate::files::{self, Output};
use crate::run_pages::PAGE;

const EXAMPLES: &str = "\
Examples:
  cistron report RUN                          writes RUN/report.html
  cistron report RUN -o page.html             into another file
  cistron report RUN --no-explorer -o -       the small page, to the standard output";

/// Write the page of a run again from its folder.
///
/// `cistron infer` writes the page at the end of a run. Use this command if the page is missing, or
/// if it was written by a program without the interactive explorer.
#[derive(Args, Clone, Debug)]
#[command(after_help = EXAMPLES)]
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
    let run_folder = RunFolder::open(&args.run)?.path().to_owned();
    // before the run is read, so that the page is that of the run beside which it stands
    let results = match &args.out {
        None => Some(ResultFolder::for_run(&run_folder)?),
        Some(_) => None,
    };
    let run = RunFolder::open(&args.run)?.read()?;
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
    match (&args.out, results) {
        (Some(path), _) if path.as_os_str() == "-" => files::print_by(|sink| contents.write(sink)),
        (Some(path), _) => files::replace(path, |sink| contents.write(sink)),
        (None, results) => {
            let page = Output::new(run_folder.join(PAGE), |sink| contents.write(sink));
            results.map_or(Ok(()), |results| Ok(results.add(&[page])?))
        }
    }
}
