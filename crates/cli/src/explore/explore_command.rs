//! Options of `cistron explore`, and its server.

use std::error::Error;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;

use cistron::run::RunFolder;

use super::address::Address;
use super::guard::Guard;
use super::live::{self, Live};
use super::live_page::LivePage;
use super::token::Token;
use super::{api, serve};
use crate::files;
use crate::starts::starts;
use crate::thread_args::ThreadArgs;

/// Explore a run in the browser and simulate interventions with its model.
///
/// The page contains report.html and a form for interventions: genes can be knocked out, knocked
/// down, overexpressed or held at a level, permanently or in a time window. The predictions of the
/// model are drawn immediately. The numbers are the same as in `cistron perturb`.
///
/// The command prints one line with an address; open it in a browser. The address contains a random
/// token, which changes at every start and is independent of all seeds. Ctrl-C stops the server.
#[derive(Args, Clone, Debug)]
pub(crate) struct ExploreArgs {
    /// Folder of a `cistron infer` run
    #[arg(value_name = "RUN")]
    run: PathBuf,
    /// Port of the server; 0: any free port
    #[arg(long, value_name = "N", default_value_t = 0)]
    port: u16,
    /// Address of the server; with any other address, others on the network can reach the page
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    host: String,
    #[command(flatten)]
    threads: ThreadArgs,
}

/// Runs the subcommand: serves until it is interrupted.
///
/// # Errors   a message for the user; exit code 2.
pub(crate) fn run(args: &ExploreArgs) -> Result<(), Box<dyn Error>> {
    args.threads.apply()?;
    let folder = RunFolder::open(&args.run)?;
    let starts = starts(&folder)?;
    let token = Token::draw()?;
    let run = folder.read()?;
    let LivePage { page, policy } = LivePage::new(&run, &starts.states, &token)?;
    let live = Live::new(run.model, starts);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .max_blocking_threads(live::TURNS)
        .build()
        .map_err(|error| format!("the server cannot be started: {error}"))?;
    let result = runtime.block_on(async {
        let (listener, address) = Address::bind(&args.host, args.port).await?;
        if let Some(warning) = address.warning() {
            files::warn(&warning);
        }
        files::print(&format!("{}\n", address.url(&token)))?;
        files::note("open this address in a browser; Ctrl-C stops the server");
        let guard = Guard::new(token, address, &policy);
        let router = api::router(live, Arc::new(guard), page);
        serve::until_interrupted(listener, router).await
    });
    // does not wait for running simulations: nobody will receive their results
    runtime.shutdown_background();
    result
}
