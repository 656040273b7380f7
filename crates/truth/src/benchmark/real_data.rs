//! Real data with a network of which some edges are known.

use super::Case;
use crate::evaluate::{GoldError, GoldPair, GoldStandard, Universe, UniverseSettings};
use cistron::expression::Data;
use cistron::loci::Loci;
use cistron::prior::{Prior, Regulators};
use cistron::run::Settings;

/// Real data, and what is known of their network.
///
/// A gold standard of real data lists known edges only, and says nothing about most genes. Judged
/// are therefore pairs of a regulator that has a known edge and a target that has one, no gene with
/// itself; every pair there that is not listed counts as false, though some are true, so that
/// precision is a lower bound.
#[derive(Clone, Debug)]
pub struct RealData {
    /// Name of the set.
    pub name: String,
    /// Expression, steady states included, in the units of the files.
    pub data: Data,
    /// The genes that may regulate; none if all may.
    pub regulators: Option<Regulators>,
    /// Known edges; those of other genes than the data have, or of genes that may not regulate, are
    /// passed over.
    pub known: GoldStandard,
    /// Positions of the genes, if they are known.
    pub loci: Option<Loci>,
}

impl RealData {
    /// The case of the suite `real`.
    ///
    /// Baselines get the values as they are stored: real sets are log-scaled, where the default
    /// transform of a run would take the root of data without negative values.
    ///
    /// # Errors   [`GoldError::NoEdge`] if no known edge is among the genes of the data.
    pub fn case(self) -> Result<Case, GoldError> {
        let genes = self.data.genes();
        let names = self.known.genes();
        let pairs = self.known.pairs().filter_map(|pair| {
            let regulator = genes.find(names.name(pair.regulator))?;
            let target = genes.find(names.name(pair.target))?;
            let may = self.regulators.as_ref();
            may.is_none_or(|list| list.contains(regulator))
                .then_some(GoldPair {
                    regulator,
                    target,
                    ..pair
                })
        });
        let truth = GoldStandard::new(genes.clone(), &pairs.collect::<Vec<_>>())?;
        Ok(Case {
            suite: "real".to_owned(),
            name: self.name,
            replicate: 1,
            truth,
            universe: UniverseSettings {
                universe: Universe::Known,
                ..UniverseSettings::default()
            },
            prior: self.regulators.map_or_else(Prior::default, Prior::flat),
            settings: Settings::default(),
            baselines_as_stored: true,
            loci: self.loci,
            external: Vec::new(),
            data: self.data,
        })
    }
}
