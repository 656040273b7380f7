//! What the method reaches: `cargo bench --bench accuracy -- NAME …`.
//!
//! * `accuracy`: known networks, against their gold standards
//! * `generated`: wiring and series of generated networks beside the known ones
//! * `knockouts`: double knockouts that the fitted model predicts
//! * `real`: real data of which some edges are known
//! * `storages`: the same levels as logarithms of several kinds
//! * `scale`: time, memory and early precision on large data
//!
//! Each has arguments of its own, see its module.

mod generated;
mod knockouts;
mod known_networks;
mod real;
mod scale;
mod storages;

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let given = std::env::args().skip(1).filter(|word| word != "--bench");
    let given: Vec<String> = given.collect();
    let (name, rest) = given
        .split_first()
        .ok_or("a name is missing: accuracy, generated, knockouts, real, scale or storages")?;
    match name.as_str() {
        "accuracy" => known_networks::run(rest),
        "generated" => generated::run(rest),
        "knockouts" => knockouts::run(rest),
        "real" => real::run(rest),
        "scale" => scale::run(rest),
        "storages" => storages::run(rest),
        other => Err(format!(
            "found `{other}`, expected accuracy, generated, knockouts, real, scale or storages"
        )
        .into()),
    }
}
