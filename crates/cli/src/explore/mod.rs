//! `cistron explore`: the page of a run with its model behind it, for a browser on this machine.
//!
//! What keeps others out, each by itself enough against most of them:
//!
//! * it listens on the loopback address, unless told otherwise ([`address`]);
//! * a request has to name this machine as its host: the name of a foreign site that was made to
//!   point here is refused ([`guard`]);
//! * page and model want a token that is drawn at every start and stands in the address that is
//!   printed, so that other users of the machine, and pages of other sites, have no way in;
//! * requests from other sites, and requests that a page may send without asking (forms, images),
//!   are refused; nothing is ever allowed to other origins;
//! * requests, their number, the time that they take and what they ask for are bounded
//!   ([`serve`], [`ask`], [`live`]);
//! * no request opens a file: the run is read once, at the start.

mod address;
mod api;
mod ask;
mod guard;
mod live;
mod page;
mod refusal;
mod reply;
mod seats;
mod serve;

use std::error::Error;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;

use cistron::run::RunFolder;

use super::files;
use super::starts::starts;
use address::Address;
use guard::{Guard, Token};
use live::Live;

/// Explore a run in the browser, with its model behind the page.
///
/// The page is that of report.html; besides, genes can be knocked out, knocked down, overexpressed
/// or held, always or for a while, and what the model predicts is drawn at once. The numbers are
/// those of `cistron perturb`.
///
/// One line with the address is printed; open it in a browser. It holds a token that is drawn anew
/// at every start, the only thing in this program that no seed determines. Ctrl-C stops it.
#[derive(Args, Clone, Debug)]
pub(crate) struct ExploreArgs {
    /// Folder that `cistron infer` wrote
    #[arg(value_name = "RUN")]
    run: PathBuf,
    /// Port to listen on; 0 for one that is free
    #[arg(long, value_name = "N", default_value_t = 0)]
    port: u16,
    /// Address to listen on; with another than this, others on the network can reach the page
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    host: String,
    /// Threads; all cores if not given
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
}

/// Runs the subcommand: serves until it is interrupted.
///
/// # Errors   a message for the user; exit code 2.
pub(crate) fn run(args: &ExploreArgs) -> Result<(), Box<dyn Error>> {
    if let Some(threads) = args.threads {
        rayon::ThreadPoolBuilder::new()
            .num_threads(usize::from(threads))
            .build_global()?;
    }
    let folder = RunFolder::open(&args.run)?;
    let starts = starts(&folder)?;
    let token = Token::draw()?;
    let run = folder.read()?;
    let (page, policy) = page::write(&run, &starts.states, &token)?;
    let live = Live::new(run.model, starts);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .max_blocking_threads(live::TURNS)
        .build()
        .map_err(|error| format!("the server cannot be started: {error}"))?;
    let done = runtime.block_on(async {
        let (listener, address) = Address::bind(&args.host, args.port).await?;
        if let Some(warning) = address.warning() {
            files::warn(&warning);
        }
        files::print(&format!("{}\n", address.url(&token)))?;
        files::note("open this address in a browser; Ctrl-C stops the server");
        let router = api::router(live, Arc::new(Guard::new((token, address), &policy)), page);
        serve::until_interrupted(listener, router).await
    });
    // a simulation that is still running is of no use to anyone
    runtime.shutdown_background();
    done
}
