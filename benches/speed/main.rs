//! Speed and memory of the parts: `cargo bench --bench speed -- [NAME …]`.
//!
//! * `perturb`, `exports`: print tables of their own; each has arguments, see its module
//! * everything else is a regular expression for the names of the other measurements, which divan
//!   takes: `kernels`, `fit`, `scoring`, `integrators` for those of a module, all without a name

mod exports;
mod fit;
mod integrators;
mod kernels;
mod perturb;
mod scoring;

use std::error::Error;
use std::process::ExitCode;

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let given = std::env::args().skip(1).filter(|word| word != "--bench");
    let given: Vec<String> = given.collect();
    match given.first().map(String::as_str) {
        Some("perturb") => perturb::run(&given[1..]),
        Some("exports") => return exports::run(&given[1..]),
        _ => divan::main(),
    }
    Ok(ExitCode::SUCCESS)
}
