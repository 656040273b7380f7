//! Transcription, translation and decay of every gene of a known network.

use super::promoter::{Effect, Regulation, Term};
use crate::genes::{Gene, Genes};

/// Rates of a protein.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ProteinRates {
    /// Proteins made from one mRNA in a unit of time.
    pub translation: f64,
    /// Part that decays or is diluted in a unit of time.
    pub decay: f64,
}

/// Everything about one gene.
#[derive(Clone, Debug, PartialEq)]
pub struct GeneKinetics {
    /// Transcription with an inactive promoter, in mRNA per unit of time.
    pub basal: f64,
    /// Transcription with an active promoter, in mRNA per unit of time.
    pub maximal: f64,
    /// Part of the mRNA that decays in a unit of time.
    pub mrna_decay: f64,
    /// Its protein; without one the gene regulates through its mRNA.
    pub protein: Option<ProteinRates>,
    /// Its promoter.
    pub regulation: Regulation,
}

/// Direction of an edge of a known network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// The regulator raises its target.
    Plus,
    /// The regulator lowers its target.
    Minus,
    /// It does one or the other, depending on its level or on what else is bound.
    Both,
}

impl Sign {
    /// `+`, `-` or `+-`, as in the tables.
    #[must_use]
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Plus => "+",
            Self::Minus => "-",
            Self::Both => "+-",
        }
    }

    fn joined(self, other: Self) -> Self {
        if self == other { self } else { Self::Both }
    }
}

impl From<Effect> for Sign {
    fn from(effect: Effect) -> Self {
        match effect {
            Effect::Activates => Self::Plus,
            Effect::Represses => Self::Minus,
        }
    }
}

/// An edge of the network that made the data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TrueEdge {
    /// The regulator.
    pub source: Gene,
    /// The gene that it regulates.
    pub target: Gene,
    /// The direction.
    pub sign: Sign,
}

/// What is wrong with the kinetics of a gene.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum KineticsError {
    /// A number is outside of its range.
    #[error("gene `{gene}`: `{field}` is {value}; it must be {rule}")]
    Range {
        /// Name of the gene.
        gene: String,
        /// What the number stands for.
        field: &'static str,
        /// The number.
        value: f64,
        /// What it has to be.
        rule: &'static str,
    },
    /// A module has no site.
    #[error("gene `{gene}`: module {module} has no terms; add one or remove the module")]
    EmptyModule {
        /// Name of the gene.
        gene: String,
        /// Number of the module, counted from 1.
        module: usize,
    },
}

/// A network with known kinetics.
///
/// With `φᵢ` from [`Regulation::activation`] and a shift `uᵢ` of the basal transcription,
///
/// ```text
/// dmᵢ/dt = max(0, basalᵢ + (maximalᵢ − basalᵢ) φᵢ + uᵢ maximalᵢ) − mrna_decayᵢ mᵢ
/// dpᵢ/dt = translationᵢ mᵢ − protein_decayᵢ pᵢ
/// ```
///
/// The state has the mRNA of all genes in their order, then the proteins of those that have one.
///
/// # Source   Independent binding sites in thermal equilibrium: Bintu et al. (2005), Curr. Opin.
///   Genet. Dev. 15:116; the state of mRNA and protein as in GeneNetWeaver, Schaffter
///   et al. (2011), Bioinformatics 27:2263. A site of several equal molecules is written
///   by a Hill coefficient.
#[derive(Clone, Debug)]
pub struct Kinetics {
    genes: Genes,
    of: Vec<GeneKinetics>,
    /// Slot in the state of each gene's protein.
    proteins: Vec<Option<usize>>,
    size: usize,
}

impl Kinetics {
    /// Checks the rates once.
    ///
    /// # Errors   [`KineticsError`] if a rate is negative or not finite, a decay, `k` or `n` is
    ///   not above 0, `maximal` is below `basal`, or a module is empty.
    /// # Panics   if there is not one entry a gene, or a regulator is none of the genes (a bug in
    ///   the caller).
    pub fn new(genes: Genes, of: Vec<GeneKinetics>) -> Result<Self, KineticsError> {
        assert_eq!(genes.len(), of.len(), "kinetics for every gene");
        for (gene, one) in genes.iter().zip(&of) {
            check(genes.name(gene), one)?;
            let known = |term: &Term| term.regulator.index() < genes.len();
            assert!(one.regulation.terms().all(known), "regulators are genes");
        }
        let mut size = genes.len();
        let proteins = of
            .iter()
            .map(|one| {
                one.protein.map(|_| {
                    size += 1;
                    size - 1
                })
            })
            .collect();
        Ok(Self {
            genes,
            of,
            proteins,
            size,
        })
    }

    /// The genes; the first `p` numbers of a state are their mRNA.
    #[must_use]
    pub fn genes(&self) -> &Genes {
        &self.genes
    }

    /// Kinetics of one gene.
    #[must_use]
    pub fn of(&self, gene: Gene) -> &GeneKinetics {
        &self.of[gene.index()]
    }

    /// Length of a state: mRNA and proteins.
    #[must_use]
    pub fn size(&self) -> usize {
        self.size
    }

    /// Level with which a gene acts on others: its protein, or its mRNA where it has none.
    #[must_use]
    pub fn level(&self, gene: Gene, x: &[f64]) -> f64 {
        x[self.proteins[gene.index()].unwrap_or(gene.index())]
    }

    /// The state that transcription at the maximal rate would lead to: the scale of each variable.
    #[must_use]
    pub fn full_levels(&self) -> Vec<f64> {
        let mut full = vec![0.0; self.size];
        for (i, one) in self.of.iter().enumerate() {
            full[i] = one.maximal / one.mrna_decay;
            if let (Some(slot), Some(protein)) = (self.proteins[i], one.protein) {
                full[slot] = full[i] * protein.translation / protein.decay;
            }
        }
        full
    }

    /// Production and decay of everything, both 0 or more.
    ///
    /// * `shift`: `u`, change of the basal transcription as a part of the maximal one, one a gene
    pub fn flows_into(&self, x: &[f64], shift: &[f64], production: &mut [f64], decay: &mut [f64]) {
        for (i, one) in self.of.iter().enumerate() {
            let active = one.regulation.activation(|gene| self.level(gene, x));
            let rate = one.basal + (one.maximal - one.basal) * active + shift[i] * one.maximal;
            production[i] = rate.max(0.0);
            decay[i] = one.mrna_decay * x[i].max(0.0);
            if let (Some(slot), Some(protein)) = (self.proteins[i], one.protein) {
                production[slot] = protein.translation * x[i].max(0.0);
                decay[slot] = protein.decay * x[slot].max(0.0);
            }
        }
    }

    /// `dx/dt`: production less decay.
    pub fn velocity(&self, shift: &[f64]) -> impl FnMut(f64, &[f64], &mut [f64]) {
        let mut decay = vec![0.0; self.size];
        move |_, x, dx| {
            self.flows_into(x, shift, dx, &mut decay);
            dx.iter_mut().zip(&decay).for_each(|(dx, lost)| *dx -= lost);
        }
    }

    /// Drift and noise of the chemical Langevin equation: `production − decay` and
    /// `s √(production + decay)`.
    ///
    /// Two independent noises, `s√production dW − s√decay dW'`, have the same law as this one.
    ///
    /// * `noise`: `s`; 1 for molecule numbers, `1/√Ω` for amounts in units of `Ω` molecules
    ///
    /// # Source   Gillespie (2000), J. Chem. Phys. 113:297, equation 23.
    pub fn drift_and_noise(
        &self,
        shift: &[f64],
        noise: f64,
    ) -> impl FnMut(f64, &[f64], &mut [f64], &mut [f64]) {
        move |_, x, a, b| {
            self.flows_into(x, shift, a, b);
            for (a, b) in a.iter_mut().zip(b) {
                (*a, *b) = (*a - *b, noise * (*a + *b).sqrt());
            }
        }
    }

    /// The true network, by target and then by the order of the sites, each pair once.
    #[must_use]
    pub fn edges(&self) -> Vec<TrueEdge> {
        let mut edges: Vec<TrueEdge> = Vec::new();
        for (target, one) in self.genes.iter().zip(&self.of) {
            for term in one.regulation.terms() {
                let (source, sign) = (term.regulator, term.effect.into());
                match edges
                    .iter_mut()
                    .find(|edge| edge.source == source && edge.target == target)
                {
                    Some(edge) => edge.sign = edge.sign.joined(sign),
                    None => edges.push(TrueEdge {
                        source,
                        target,
                        sign,
                    }),
                }
            }
        }
        edges
    }
}

fn check(gene: &str, one: &GeneKinetics) -> Result<(), KineticsError> {
    let need = |field, value: f64, holds: bool, rule| {
        if holds && value.is_finite() {
            return Ok(());
        }
        Err(KineticsError::Range {
            gene: gene.to_owned(),
            field,
            value,
            rule,
        })
    };
    let positive = |field, value| need(field, value, value > 0.0, "above 0");
    need("basal", one.basal, one.basal >= 0.0, "0 or more")?;
    need(
        "maximal",
        one.maximal,
        one.maximal >= one.basal,
        "`basal` or more",
    )?;
    positive("maximal", one.maximal)?;
    positive("mRNA decay", one.mrna_decay)?;
    if let Some(protein) = one.protein {
        positive("translation", protein.translation)?;
        positive("protein decay", protein.decay)?;
    }
    for term in one.regulation.terms() {
        positive("k", term.k)?;
        positive("n", term.n)?;
    }
    match one
        .regulation
        .modules
        .iter()
        .position(|m| m.terms.is_empty())
    {
        Some(at) => Err(KineticsError::EmptyModule {
            gene: gene.to_owned(),
            module: at + 1,
        }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::promoter::{Logic, Module};
    use super::*;

    fn term(regulator: usize, effect: Effect) -> Term {
        Term {
            regulator: Gene(regulator),
            effect,
            k: 2.0,
            n: 3.0,
        }
    }

    fn gene(modules: Vec<Module>) -> GeneKinetics {
        GeneKinetics {
            basal: 0.1,
            maximal: 2.0,
            mrna_decay: 0.5,
            protein: None,
            regulation: Regulation {
                join: Logic::And,
                modules,
            },
        }
    }

    fn module(logic: Logic, terms: Vec<Term>) -> Module {
        Module { logic, terms }
    }

    #[test]
    fn the_flows_follow_the_formula() {
        let genes = Genes::new(["a", "b"]).expect("distinct");
        let mut with_protein = gene(vec![]);
        with_protein.protein = Some(ProteinRates {
            translation: 3.0,
            decay: 0.25,
        });
        let acted_on = gene(vec![module(Logic::And, vec![term(0, Effect::Activates)])]);
        let kinetics = Kinetics::new(genes, vec![with_protein, acted_on]).expect("valid");
        let (mut production, mut decay) = ([0.0; 3], [0.0; 3]);
        kinetics.flows_into(&[4.0, 1.0, 2.0], &[-0.5, 0.0], &mut production, &mut decay);
        assert_eq!(production, [1.0, 0.1 + 1.9 * 0.5, 12.0]);
        assert_eq!(decay, [2.0, 0.5, 0.5]);
        assert_eq!(kinetics.full_levels(), [4.0, 4.0, 48.0]);
    }

    #[test]
    fn a_regulator_that_does_both_is_one_edge_of_both_signs() {
        let hump = module(
            Logic::And,
            vec![term(0, Effect::Activates), term(0, Effect::Represses)],
        );
        let genes = Genes::new(["a"]).expect("one name");
        let kinetics = Kinetics::new(genes, vec![gene(vec![hump])]).expect("valid");
        let both = TrueEdge {
            source: Gene(0),
            target: Gene(0),
            sign: Sign::Both,
        };
        assert_eq!(kinetics.edges(), [both]);
    }
}
