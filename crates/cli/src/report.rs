//! `cistron report`: the page of a run, written again from its folder.

use std::error::Error;
use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;

use cistron::run::RunFolder;
use cistron_report::{Page, PictureSettings, has_explorer, run_pictures};

use super::files;
use super::run_pages::PAGE;

/// Write the page of a run again from its folder.
///
/// `cistron infer` writes it at the end of a run. This is for a folder whose page is not there, or
/// was written by a program without the interactive explorer.
#[derive(Args, Clone, Debug)]
pub(crate) struct ReportArgs {
    /// Folder of a `cistron infer` run
    #[arg(value_name = "RUN")]
    run: PathBuf,
    /// File for the page; RUN/report.html if not given, `-` for the standard output
    #[arg(short, long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Leave the interactive part out: a smaller page that is read as it is
    #[arg(long)]
    no_explorer: bool,
}

/// Runs the subcommand.
///
/// # Errors   a message for the user.
pub(crate) fn run(args: &ReportArgs) -> Result<(), Box<dyn Error>> {
    let folder = RunFolder::open(&args.run)?;
    let page = folder.path().join(PAGE);
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
             tables; to get it, install Node.js and build again with CISTRON_EXPLORER=on",
        );
    }
    let write = |sink: &mut dyn Write| -> io::Result<()> { contents.write(sink) };
    match &args.out {
        Some(path) if path.as_os_str() == "-" => {
            let mut text = Vec::new();
            write(&mut text)?;
            files::print(&String::from_utf8(text)?)
        }
        Some(path) => files::replace(path, write),
        None => files::replace(&page, write),
    }
}
