//! Lists of other programs, by their names and patterns.

use std::error::Error;
use std::path::PathBuf;

use cistron_truth::benchmark::{Case, External, Methods};
use cistron_truth::io::read_edge_list;

use super::super::files;
use super::plan::Plan;

/// What `--compare` asks for.
pub(super) struct Compared(Vec<(String, String)>);

impl Compared {
    /// Splits `NAME=FILE`, and refuses names that another row has.
    pub(super) fn new(asked: &[String]) -> Result<Self, String> {
        let all: Result<_, _> = asked.iter().map(|text| split(text)).collect();
        let all: Vec<(String, String)> = all?;
        let mut taken: Vec<String> = ["floor", "ceiling"].map(str::to_owned).to_vec();
        taken.extend(Methods::all(&[]).names().map(plain));
        for (name, _) in &all {
            if taken.contains(&plain(name)) {
                return Err(format!(
                    "--compare {name}: another row has this name; choose a name that is neither \
                     that of a method nor given twice"
                ));
            }
            taken.push(plain(name));
        }
        Ok(Self(all))
    }

    /// The names in their order.
    pub(super) fn names(&self) -> Vec<String> {
        self.0.iter().map(|(name, _)| name.clone()).collect()
    }

    /// Whether all lists are there and can be read, before any work is done.
    pub(super) fn check(&self, plan: &Plan, replicates: u32) -> Result<(), Box<dyn Error>> {
        for (name, pattern) in &self.0 {
            let mut seen = Vec::new();
            for (case, replicate) in plan.labels(replicates) {
                let path = list_of(pattern, &case, replicate);
                if plan.is_simulated() && seen.contains(&path) {
                    return Err(format!(
                        "--compare {name}: {} would stand for more than one data set; write \
                         {{case}} and, with --seeds, {{replicate}} into FILE",
                        path.display()
                    )
                    .into());
                }
                if !path.is_file() {
                    return Err(format!(
                        "--compare: {} is no file; there is to be one for every network, {{case}} \
                         in its name stands for the name of the network, {{replicate}} for the \
                         number of the replicate; --write-data writes simulated data",
                        path.display()
                    )
                    .into());
                }
                read_edge_list(files::open(&path)?, &path.display().to_string())?;
                seen.push(path);
            }
        }
        Ok(())
    }

    /// The lists for a case.
    pub(super) fn of(&self, case: &Case) -> Result<Vec<External>, Box<dyn Error>> {
        let read = |(name, pattern): &(String, String)| {
            let path = list_of(pattern, &case.name, case.replicate);
            let edges = read_edge_list(files::open(&path)?, &path.display().to_string())?;
            let name = name.clone();
            Ok(External { name, edges })
        };
        self.0.iter().map(read).collect()
    }
}

fn split(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, file)) if !name.trim().is_empty() && !file.is_empty() => {
            Ok((name.trim().to_owned(), file.to_owned()))
        }
        _ => Err(format!(
            "--compare {text}: expected NAME=FILE, as in GENIE3={{case}}.tsv"
        )),
    }
}

/// A name as `--methods` understands it.
fn plain(name: &str) -> String {
    name.replace(['-', '_'], " ").to_lowercase()
}

/// The file that holds another program's edges for a replicate of a network.
fn list_of(pattern: &str, case: &str, replicate: u32) -> PathBuf {
    let numbered = pattern.replace("{replicate}", &replicate.to_string());
    PathBuf::from(numbered.replace("{case}", case))
}
