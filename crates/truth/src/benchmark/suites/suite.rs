//! The suites by name, and the cases of each.

use super::generated::{self, RandomNetwork};
use super::labelled_case::Cases;
use super::{known, logic, scaling};
use crate::simulate::random::Law;

/// A named list of simulated networks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Suite {
    /// The published circuits that have a plan of time series, by that plan; those in which every
    /// pair is an edge are left out.
    Small,
    /// Random networks with the experiments of DREAM4.
    Generated {
        /// Number of the first network; each number is another network.
        first: u64,
        /// How many.
        networks: u64,
        /// Genes of each.
        genes: usize,
        /// Whose degrees they have.
        law: Law,
    },
    /// Random linear systems of every density and Hill systems, of these sizes.
    Scaling {
        /// Numbers of genes.
        sizes: Vec<usize>,
        /// Whose degrees the Hill systems have.
        law: Law,
    },
    /// One target each, whose response no linear model describes.
    Logic,
}

impl Suite {
    /// Every network with the data of the replicates 1 … `replicates`: in each the data are new, in
    /// [`Suite::Scaling`] the systems too, which have names of their own.
    ///
    /// Cases are made one at a time, so that no two need to be in memory together. Methods run with
    /// the number of the replicate as their seed.
    #[must_use]
    pub fn cases(&self, replicates: u32) -> Cases<'_> {
        let replicates = 1..=replicates;
        match self {
            Self::Small => Box::new(replicates.flat_map(known::cases)),
            Self::Generated {
                first,
                networks,
                genes,
                law,
            } => Box::new(replicates.flat_map(move |replicate| {
                let numbers = *first..first + networks;
                numbers.map(move |number| {
                    let network = RandomNetwork {
                        law: *law,
                        genes: *genes,
                        number,
                    };
                    generated::case(network, replicate)
                })
            })),
            Self::Scaling { sizes, law } => Box::new(replicates.flat_map(move |replicate| {
                let sizes = sizes.iter();
                sizes.flat_map(move |&genes| scaling::cases(genes, *law, replicate))
            })),
            Self::Logic => Box::new(replicates.flat_map(logic::cases)),
        }
    }

    /// Names of the cases of one replicate in their order, without making them.
    #[must_use]
    pub fn names(&self, replicate: u32) -> Vec<String> {
        match self {
            Self::Small => known::names().collect(),
            Self::Generated {
                first,
                networks,
                genes,
                ..
            } => {
                let numbers = *first..first + networks;
                let names = numbers.map(|number| generated::name(*genes, number));
                names.collect()
            }
            Self::Scaling { sizes, .. } => {
                let sizes = sizes.iter();
                let names = sizes.flat_map(|&genes| scaling::names(genes, replicate));
                names.collect()
            }
            Self::Logic => logic::names().collect(),
        }
    }
}
