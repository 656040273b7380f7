//! What a suite's name stands for.

use std::error::Error;
use std::path::Path;

use cistron::seed::Seed;
use cistron_truth::benchmark::{Case, Suite};
use cistron_truth::simulate::random::Law;

use super::BenchArgs;
use super::folder::{Folder, Layout};

/// The cases of a benchmark.
pub(super) enum Plan {
    /// Made here.
    Simulated(Suite),
    /// From files.
    Files(Folder),
}

/// Numbers of genes of `scaling`, unless others are given.
const SIZES: [usize; 5] = [10, 50, 100, 200, 500];

/// What `scaling` prints beside its own figures.
const PUBLISHED: &str = "\
Published, not measured here (StructureFlow, Rimawi-Fine et al. (2025), arXiv:2510.16656; 4 cores; \
linear systems of the same wiring, weights, start, errors and number of samples, but without decay \
and noise of their own, and every sample from another trajectory, which is harder; means of three \
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

impl Plan {
    /// The suite that the arguments name.
    pub(super) fn of(args: &BenchArgs) -> Result<Self, Box<dyn Error>> {
        let layout = match args.suite.as_str() {
            "dream4" => Some(Layout::Series),
            "beeline" => Some(Layout::Beeline),
            "folder" => Some(Layout::Any),
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
            return Ok(Self::Files(Folder::open(folder, layout, args.shift_at)?));
        }
        let suite = simulated(args);
        let own_folder = Path::new(&args.suite);
        if let Some(folder) = args
            .folder
            .as_ref()
            .filter(|_| suite.is_some() || own_folder.is_dir())
        {
            return Err(format!(
                "{}: the suite `{}` takes no folder; leave it out, or give `folder` as the suite",
                folder.display(),
                args.suite
            )
            .into());
        }
        match suite {
            Some(suite) => Ok(Self::Simulated(suite)),
            None if own_folder.is_dir() => Ok(Self::Files(Folder::open(
                own_folder,
                Layout::Any,
                args.shift_at,
            )?)),
            None => Err(format!(
                "{}: neither a suite nor a folder; the suites are small, generated, scaling, logic, \
                 dream4 FOLDER, beeline FOLDER and folder FOLDER",
                args.suite
            )
            .into()),
        }
    }

    /// Makes or reads one case after another.
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

    /// Seeds of the methods on a case: that of the replicate, or all of them on data from files.
    pub(super) fn seeds(&self, case: &Case, replicates: u32) -> Vec<Seed> {
        match self {
            Self::Simulated(_) => vec![Seed(u64::from(case.replicate))],
            Self::Files(_) => (1..=u64::from(replicates)).map(Seed).collect(),
        }
    }

    /// Whether time and memory by size are what the benchmark is about.
    pub(super) fn is_about_size(&self) -> bool {
        matches!(self, Self::Simulated(Suite::Scaling { .. }))
    }

    /// What a reader of the tables has to know.
    pub(super) fn notes(&self) -> Vec<String> {
        if self.is_about_size() {
            vec![PUBLISHED.to_owned()]
        } else {
            Vec::new()
        }
    }

    /// Names of the cases with the numbers of their replicates, without making them.
    pub(super) fn labels(&self, replicates: u32) -> Vec<(String, u32)> {
        match self {
            Self::Simulated(suite) => {
                let of = |replicate| {
                    let names = suite.names(replicate).into_iter();
                    names.map(move |name| (name, replicate))
                };
                (1..=replicates).flat_map(of).collect()
            }
            Self::Files(folder) => folder.names().map(|name| (name, 1)).collect(),
        }
    }

    /// Whether the data are made here.
    pub(super) fn is_simulated(&self) -> bool {
        matches!(self, Self::Simulated(_))
    }
}

fn simulated(args: &BenchArgs) -> Option<Suite> {
    let law = args.law.unwrap_or(Law::Bacterial);
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
