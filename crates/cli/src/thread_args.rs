//! The option for the number of threads, shared by the commands that compute.

use std::error::Error;

use clap::Args;

/// Number of threads.
#[derive(Args, Clone, Debug)]
pub(crate) struct ThreadArgs {
    /// Number of threads; default: all cores
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
}

impl ThreadArgs {
    /// Sets the number of threads of this process, before the first parallel computation.
    ///
    /// # Errors   if threads cannot be started.
    pub(crate) fn apply(&self) -> Result<(), Box<dyn Error>> {
        if let Some(threads) = self.threads {
            rayon::ThreadPoolBuilder::new()
                .num_threads(usize::from(threads))
                .build_global()?;
        }
        Ok(())
    }
}
