//! Edge lists of other programs, by their names and patterns of paths.

use std::error::Error;
use std::path::PathBuf;

use cistron_truth::benchmark::{Case, External, Methods};
use cistron_truth::io::read_edge_list;

use super::suite_cases::SuiteCases;
use crate::files;
use crate::named_file::NamedFile;

/// The programs of `--compare`.
pub(super) struct OtherPrograms<'a>(&'a [NamedFile]);

impl<'a> OtherPrograms<'a> {
    /// Refuses names that another row has.
    ///
    /// # Errors   a message for the user.
    pub(super) fn new(programs: &'a [NamedFile]) -> Result<Self, String> {
        let mut taken: Vec<String> = ["floor", "ceiling"].map(str::to_owned).to_vec();
        taken.extend(Methods::all(&[]).names().map(plain));
        for NamedFile { name, .. } in programs {
            if taken.contains(&plain(name)) {
                return Err(format!(
                    "--compare {name}: another row has this name; choose a different name"
                ));
            }
            taken.push(plain(name));
        }
        Ok(Self(programs))
    }

    /// The names in their order.
    pub(super) fn names(&self) -> Vec<String> {
        self.0.iter().map(|program| program.name.clone()).collect()
    }

    /// Checks that all lists exist and can be read, before any method runs.
    ///
    /// # Errors   a message for the user.
    pub(super) fn check(&self, suite: &SuiteCases, replicates: u32) -> Result<(), Box<dyn Error>> {
        for NamedFile { name, file } in self.0 {
            let mut seen = Vec::new();
            for (case, replicate) in suite.labels(replicates) {
                let path = path_for(file, &case, replicate);
                if suite.is_simulated() && seen.contains(&path) {
                    return Err(format!(
                        "--compare {name}: {} would be used for more than one data set; write \
                         {{case}} and, with --seeds, {{replicate}} in FILE",
                        path.display()
                    )
                    .into());
                }
                if !path.is_file() {
                    return Err(format!(
                        "--compare: {} is not a file; a file is needed for every network; in FILE, \
                         {{case}} is replaced by the name of the network and {{replicate}} by the \
                         number of the replicate; --write-data writes simulated data",
                        path.display()
                    )
                    .into());
                }
                files::read(&path, read_edge_list)?;
                seen.push(path);
            }
        }
        Ok(())
    }

    /// The edges of every program on a case.
    ///
    /// # Errors   a file that cannot be read.
    pub(super) fn edges(&self, case: &Case) -> Result<Vec<External>, Box<dyn Error>> {
        let mut edges = Vec::new();
        for NamedFile { name, file } in self.0 {
            let path = path_for(file, &case.name, case.replicate);
            edges.push(External {
                name: name.clone(),
                edges: files::read(&path, read_edge_list)?,
            });
        }
        Ok(edges)
    }
}

/// A name as `--methods` understands it.
fn plain(name: &str) -> String {
    name.replace(['-', '_'], " ").to_lowercase()
}

/// The file with the edges of another program for a replicate of a network.
fn path_for(pattern: &str, case: &str, replicate: u32) -> PathBuf {
    let numbered = pattern.replace("{replicate}", &replicate.to_string());
    PathBuf::from(numbered.replace("{case}", case))
}
