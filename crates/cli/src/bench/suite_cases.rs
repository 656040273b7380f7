//! The cases of a suite by its name.

use std::error::Error;
use std::path::Path;

use cistron::seed::Seed;
use cistron_truth::benchmark::{Case, Suite};
use cistron_truth::simulate::random::Law;

use super::bench_args::BenchArgs;
use super::network_folder::{Layout, NetworkFolder};

/// The cases of a benchmark.
pub(super) enum SuiteCases {
    /// Simulated.
    Simulated(Suite),
    /// From files.
    Files(NetworkFolder),
}

/// Default numbers of genes of `scaling`.
const SIZES: [usize; 5] = [10, 50, 100, 200, 500];

/// Published figures that `scaling` prints besides its own.
const PUBLISHED: &str = "\
Published, not measured here (StructureFlow, Rimawi-Fine et al. (2025), arXiv:2510.16656; 4 cores; \
linear systems of the same wiring, weights, start, errors and number of samples, but without decay \
and intrinsic noise, and every sample from a different trajectory, which is harder; means of three \
systems):

| published | genes | density | AUROC | AUPR | seconds |
|---|---|---|---|---|---|
| StructureFlow | 100 | 5 % | 0.97 | 0.54 | 184 |
| StructureFlow | 500 | 5 % | 0.92 | 0.40 | 2,455 |
| NGM | 100 | 5 % | 0.53 | 0.06 | 10,347 |
| reference fitting | 100 | 5 % | 0.59 | 0.10 | 4.9 |
| reference fitting | 500 | 5 % | 0.57 | 0.10 | 15.3 |
| StructureFlow | 100 | 20 % | 0.80 | 0.47 | 233 |
| StructureFlow | 500 | 20 % | 0.53 | 0.22 | 5,322 |
| NGM | 100 | 20 % | 0.52 | 0.21 | 3,074 |
| reference fitting | 100 | 20 % | 0.52 | 0.22 | 4.7 |
| reference fitting | 500 | 20 % | 0.58 | 0.28 | 16.1 |";

impl SuiteCases {
    /// The suite of the arguments.
    ///
    /// # Errors   a message for the user.
    pub(super) fn new(args: &BenchArgs) -> Result<Self, Box<dyn Error>> {
        let layout = match args.suite.as_str() {
            "dream4" => Some(Layout::Series),
            "beeline" => Some(Layout::Beeline),
            "folder" => Some(Layout::Any),
            "real" => Some(Layout::Real),
            "static" => Some(Layout::Static),
            _ => None,
        };
        if let Some(layout) = layout {
            let Some(folder) = &args.folder else {
                return Err(format!(
                    "the suite `{0}` needs a folder: cistron bench {0} FOLDER -o OUT",
                    args.suite
                )
                .into());
            };
            return Ok(Self::Files(NetworkFolder::open(
                folder,
                layout,
                args.shift_at,
            )?));
        }
        let suite = simulated(args);
        let own_folder = Path::new(&args.suite);
        if let Some(folder) = args
            .folder
            .as_ref()
            .filter(|_| suite.is_some() || own_folder.is_dir())
        {
            return Err(format!(
                "{}: the suite `{}` takes no folder; drop it, or give `folder` as the suite",
                folder.display(),
                args.suite
            )
            .into());
        }
        match suite {
            Some(suite) => Ok(Self::Simulated(suite)),
            None if own_folder.is_dir() => Ok(Self::Files(NetworkFolder::open(
                own_folder,
                Layout::Any,
                args.shift_at,
            )?)),
            None => Err(format!(
                "{}: neither a suite nor a folder; the suites are small, generated, scaling, logic, \
                 dream4 FOLDER, beeline FOLDER, folder FOLDER, real FOLDER and static FOLDER",
                args.suite
            )
            .into()),
        }
    }

    /// Simulates or reads one case after the other.
    pub(super) fn cases(
        &self,
        replicates: u32,
    ) -> Box<dyn Iterator<Item = Result<Case, Box<dyn Error>>> + '_> {
        match self {
            Self::Simulated(suite) => {
                Box::new(suite.cases(replicates).map(|case| case.map_err(Into::into)))
            }
            Self::Files(folder) => Box::new(folder.cases()),
        }
    }

    /// Seeds of the methods on a case: the seed of the replicate, or all seeds on data from files.
    pub(super) fn seeds(&self, case: &Case, replicates: u32) -> Vec<Seed> {
        match self {
            Self::Simulated(_) => vec![Seed(u64::from(case.replicate))],
            Self::Files(_) => (1..=u64::from(replicates)).map(Seed).collect(),
        }
    }

    /// Whether the suite measures time and memory by size.
    pub(super) fn is_about_size(&self) -> bool {
        matches!(self, Self::Simulated(Suite::Scaling { .. }))
    }

    /// Notes on the tables.
    pub(super) fn notes(&self) -> Vec<String> {
        if self.is_about_size() {
            vec![PUBLISHED.to_owned()]
        } else {
            Vec::new()
        }
    }

    /// Names of the cases with the numbers of their replicates, without simulating them.
    pub(super) fn labels(&self, replicates: u32) -> Vec<(String, u32)> {
        match self {
            Self::Simulated(suite) => {
                let replicates = 1..=replicates;
                let labels = replicates.flat_map(|replicate| {
                    let names = suite.names(replicate).into_iter();
                    names.map(move |name| (name, replicate))
                });
                labels.collect()
            }
            Self::Files(folder) => folder.names().map(|name| (name, 1)).collect(),
        }
    }

    /// Whether the data are simulated.
    pub(super) fn is_simulated(&self) -> bool {
        matches!(self, Self::Simulated(_))
    }
}

fn simulated(args: &BenchArgs) -> Option<Suite> {
    let law = args.law.map_or(Law::Bacterial, Law::from);
    match args.suite.as_str() {
        "small" => Some(Suite::Small),
        "generated" => Some(Suite::Generated {
            first: args.first.unwrap_or(1),
            networks: args.networks.unwrap_or(20),
            genes: args.genes.unwrap_or(100) as usize,
            law,
        }),
        "scaling" => Some(Suite::Scaling {
            sizes: match args.sizes.as_slice() {
                [] => SIZES.to_vec(),
                sizes => sizes.iter().map(|genes| *genes as usize).collect(),
            },
            law,
        }),
        "logic" => Some(Suite::Logic),
        _ => None,
    }
}
