//! The command line: it alone opens files and prints. One file per subcommand.

pub(crate) mod bench;
mod checkpoint;
mod doubts;
pub(crate) mod explore;
pub(crate) mod export;
pub(crate) mod files;
pub(crate) mod generate;
pub(crate) mod infer;
mod input;
mod inspect;
mod memory;
pub(crate) mod perturb;
mod plan_args;
pub(crate) mod plot;
mod progress;
mod question;
pub(crate) mod report;
mod resting;
mod run_folder;
mod run_pages;
mod run_record;
pub(crate) mod score;
mod score_perturb;
mod selection_args;
mod summary;

pub(crate) use input::{Input, InputArgs, InputError};
pub(crate) use inspect::inspect;
