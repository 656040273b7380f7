//! Each command as a user runs it.

mod bench;
mod explore;
mod export;
mod generate;
mod infer;
mod pages;
mod perturb;
mod plot;
mod resume;
mod score;
mod score_perturb;
