//! The state of a known network and its rate equations.
//!
//! For every gene `i` with promoter activity `φᵢ(x) ∈ [0, 1]`,
//!
//! ```text
//! dmᵢ/dt = basalᵢ + (maximalᵢ − basalᵢ) φᵢ(x) − mrna_decayᵢ mᵢ
//! dpᵢ/dt = translationᵢ mᵢ − protein_decayᵢ pᵢ
//! ```
//!
//! and with noise the chemical Langevin equation of the same flows: production and decay of
//! every variable are kept apart, since drift is their difference and noise comes from their sum.
//! Levels are amounts, rates are per unit of time of the model.

use super::gene::{GeneKinetics, KineticsError};
use super::perturbation::Perturbation;
use super::promoter::Promoter;
use cistron::genes::{Gene, Genes};
use cistron::network::Sign;

/// An edge of the network that made the data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TrueEdge {
    /// The regulator.
    pub source: Gene,
    /// The gene that it regulates.
    pub target: Gene,
    /// The direction; unknown where the regulator does one or the other, depending on its level
    /// or on what else is bound.
    pub sign: Sign,
}

/// A network with known kinetics.
///
/// With `φᵢ` from its [`Rule`](super::Rule), and a factor and a shift from a [`Perturbation`],
///
/// ```text
/// rateᵢ  = scaleᵢ (basalᵢ + (maximalᵢ − basalᵢ) φᵢ) + shiftᵢ maximalᵢ,
///          but not below 0, nor above maximalᵢ max(1, scaleᵢ)
/// dmᵢ/dt = rateᵢ − mrna_decayᵢ mᵢ
/// dpᵢ/dt = translationᵢ mᵢ − protein_decayᵢ pᵢ
/// ```
///
/// and where unspliced mRNA is a variable of its own,
///
/// ```text
/// duᵢ/dt = rateᵢ − splicingᵢ uᵢ
/// dmᵢ/dt = splicingᵢ uᵢ − mrna_decayᵢ mᵢ
/// ```
///
/// The state has the (spliced) mRNA of all genes in their order, then for each gene in turn its
/// protein and its unspliced mRNA, if it has them.
///
/// # Source   The state of mRNA and protein as in GeneNetWeaver, Schaffter et al. (2011),
///   Bioinformatics 27:2263; splicing as in La Manno et al. (2018), Nature 560:494. A site of
///   several equal molecules is written by a Hill coefficient.
#[derive(Clone, Debug)]
pub struct Kinetics {
    pub(super) genes: Genes,
    pub(super) rates: Vec<GeneKinetics>,
    pub(super) promoters: Vec<Promoter>,
    /// Slot in the state of each gene's protein.
    pub(super) proteins: Vec<Option<usize>>,
    /// Slot in the state of each gene's unspliced mRNA.
    pub(super) unspliced: Vec<Option<usize>>,
    size: usize,
}

impl Kinetics {
    /// Checks the rates once.
    ///
    /// # Errors   [`KineticsError`] if a rate is negative or not finite, a decay, `k` or `n` is
    ///   not above 0, `maximal` is below `basal`, or a rule cannot be evaluated.
    /// # Panics   if there is not one entry per gene, or a regulator is not one of the genes (a
    ///   bug in the caller).
    pub fn new(genes: Genes, rates: Vec<GeneKinetics>) -> Result<Self, KineticsError> {
        assert_eq!(genes.len(), rates.len(), "kinetics for every gene");
        let (mut proteins, mut unspliced) = (Vec::new(), Vec::new());
        let mut size = genes.len();
        for (gene, kinetics) in genes.iter().zip(&rates) {
            kinetics.check().map_err(|fault| KineticsError {
                gene: genes.name(gene).to_owned(),
                fault,
            })?;
            let mut sites = kinetics.rule.sites().into_iter();
            assert!(
                sites.all(|site| site.regulator.index() < genes.len()),
                "regulators are genes"
            );
            proteins.push(next_slot(&mut size, kinetics.protein.is_some()));
            unspliced.push(next_slot(&mut size, kinetics.splicing.is_some()));
        }
        Ok(Self {
            promoters: rates.iter().map(|own| Promoter::new(&own.rule)).collect(),
            genes,
            rates,
            proteins,
            unspliced,
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
        &self.rates[gene.index()]
    }

    /// Length of a state: mRNA, proteins, unspliced mRNA.
    #[must_use]
    pub fn size(&self) -> usize {
        self.size
    }

    /// Where in a state the unspliced mRNA of a gene is, if it is a variable of its own.
    #[must_use]
    pub fn unspliced(&self, gene: Gene) -> Option<usize> {
        self.unspliced[gene.index()]
    }

    /// Where in a state the level is with which a gene acts on others: its protein, or its mRNA
    /// where it has none.
    #[must_use]
    pub fn acting(&self, gene: Gene) -> usize {
        self.proteins[gene.index()].unwrap_or(gene.index())
    }

    /// The state that transcription at the maximal rate would lead to: the scale of each variable.
    #[must_use]
    pub fn full_levels(&self) -> Vec<f64> {
        let mut full = vec![0.0; self.size];
        for (i, own) in self.rates.iter().enumerate() {
            full[i] = own.maximal / own.mrna_decay;
            if let (Some(slot), Some(protein)) = (self.proteins[i], own.protein) {
                full[slot] = full[i] * protein.translation / protein.decay;
            }
            if let (Some(slot), Some(splicing)) = (self.unspliced[i], own.splicing) {
                full[slot] = own.maximal / splicing;
            }
        }
        full
    }

    /// Fastest decay or splicing of any variable, per unit of time.
    #[must_use]
    pub fn fastest_rate(&self) -> f64 {
        let rates = self.rates.iter().map(|own| {
            let protein = own.protein.map_or(0.0, |protein| protein.decay);
            own.mrna_decay.max(protein).max(own.splicing.unwrap_or(0.0))
        });
        rates.fold(0.0, f64::max)
    }

    /// Slowest decay of any variable, per unit of time.
    #[must_use]
    pub fn slowest_rate(&self) -> f64 {
        let rates = self.rates.iter().map(|own| {
            let protein = own.protein.map_or(f64::INFINITY, |protein| protein.decay);
            own.mrna_decay.min(protein)
        });
        rates.fold(f64::INFINITY, f64::min)
    }

    /// Production and decay of everything, both 0 or more.
    ///
    /// # Cost     one power per site; no allocation.
    pub(super) fn flows_into(
        &self,
        x: &[f64],
        done: &Perturbation,
        production: &mut [f64],
        decay: &mut [f64],
    ) {
        self.each_flow(x, done, |slot, made, lost| {
            production[slot] = made;
            decay[slot] = lost;
        });
    }

    /// `dx ← dx/dt`: production less decay.
    pub fn velocity_into(&self, x: &[f64], done: &Perturbation, dx: &mut [f64]) {
        self.each_flow(x, done, |slot, made, lost| dx[slot] = made - lost);
    }

    /// Calls `visit` with slot, production and decay of every variable.
    fn each_flow(&self, x: &[f64], done: &Perturbation, mut visit: impl FnMut(usize, f64, f64)) {
        for (gene, own) in self.genes.iter().zip(&self.rates) {
            let i = gene.index();
            let made = self.transcription(gene, x, done);
            let spliced = match (self.unspliced[i], own.splicing) {
                (Some(slot), Some(splicing)) => {
                    let leaves = splicing * x[slot].max(0.0);
                    visit(slot, made, leaves);
                    leaves
                }
                _ => made,
            };
            visit(i, spliced, own.mrna_decay * x[i].max(0.0));
            if let (Some(slot), Some(protein)) = (self.proteins[i], own.protein) {
                let translated = protein.translation * x[i].max(0.0);
                visit(slot, translated, protein.decay * x[slot].max(0.0));
            }
        }
    }

    pub(super) fn transcription(&self, gene: Gene, x: &[f64], done: &Perturbation) -> f64 {
        let own = self.of(gene);
        let active = self.promoters[gene.index()].activation(|by| x[self.acting(by)]);
        let regulated = own.basal + (own.maximal - own.basal) * active;
        let asked = done.scale(gene) * regulated + done.shift(gene) * own.maximal;
        asked.clamp(0.0, self.fastest_transcription(gene, done))
    }

    /// Fastest transcription under a perturbation: a shift does not lift it above the maximal
    /// rate, a factor does.
    pub(super) fn fastest_transcription(&self, gene: Gene, done: &Perturbation) -> f64 {
        self.of(gene).maximal * done.scale(gene).max(1.0)
    }

    /// `dx/dt` as a function of time and state; see [`Kinetics::velocity_into`].
    pub fn velocity(&self, done: &Perturbation) -> impl FnMut(f64, &[f64], &mut [f64]) {
        move |_, x, dx| self.velocity_into(x, done, dx)
    }

    /// Drift and noise of the chemical Langevin equation: `production − decay` and
    /// `s √(production + decay)`.
    ///
    /// Two independent noises, `s√production dW − s√decay dW'`, have the same law as this one. A
    /// molecule that is spliced leaves one variable and enters the other; here the two noises
    /// of that step are drawn apart.
    ///
    /// * `noise`: `s`; 1 for molecule numbers, `1/√Ω` for amounts in units of `Ω` molecules
    ///
    /// # Source   Gillespie (2000), J. Chem. Phys. 113:297, equation 23.
    pub(crate) fn drift_and_noise(
        &self,
        done: &Perturbation,
        noise: f64,
    ) -> impl FnMut(f64, &[f64], &mut [f64], &mut [f64]) {
        move |_, x, a, b| {
            self.flows_into(x, done, a, b);
            for (a, b) in a.iter_mut().zip(b) {
                (*a, *b) = (*a - *b, noise * (*a + *b).sqrt());
            }
        }
    }

    /// The true network, by target and then by the order of the sites, each pair once.
    #[must_use]
    pub fn edges(&self) -> Vec<TrueEdge> {
        let targets = self.genes.iter().zip(&self.promoters);
        targets
            .flat_map(|(target, promoter)| {
                let regulators = promoter.regulators().iter();
                regulators.map(move |&(source, sign)| TrueEdge {
                    source,
                    target,
                    sign,
                })
            })
            .collect()
    }
}

/// The next free slot of a state, if the gene has the variable.
fn next_slot(size: &mut usize, is_there: bool) -> Option<usize> {
    is_there.then(|| {
        *size += 1;
        *size - 1
    })
}

#[cfg(test)]
pub(in crate::simulate::kinetics) mod tests {
    use super::super::{ProteinRates, Rule, Site};
    use super::*;

    fn site(regulator: usize) -> Rule {
        Rule::Site(Site {
            regulator: Gene(regulator),
            k: 2.0,
            n: 3.0,
        })
    }

    fn gene(rule: Rule) -> GeneKinetics {
        GeneKinetics {
            basal: 0.1,
            maximal: 2.0,
            splicing: None,
            mrna_decay: 0.5,
            protein: None,
            rule,
        }
    }

    /// `a` has a protein and acts on `b`, which is spliced and acts on itself with `a`.
    pub(in crate::simulate::kinetics) fn pair() -> Kinetics {
        let genes = Genes::new(["a", "b"]).expect("distinct");
        let protein = Some(ProteinRates {
            translation: 3.0,
            decay: 0.25,
        });
        let a = GeneKinetics {
            protein,
            ..gene(Rule::On)
        };
        let b = GeneKinetics {
            splicing: Some(4.0),
            ..gene(Rule::All(vec![site(0), Rule::Not(Box::new(site(1)))]))
        };
        Kinetics::new(genes, vec![a, b]).expect("valid")
    }

    #[test]
    fn the_flows_follow_the_formula() {
        let kinetics = pair();
        let (mut production, mut decay) = ([0.0; 4], [0.0; 4]);
        let done = Perturbation::none(2).shifted(Gene(0), -0.5);
        // mRNA of a and b, protein of a, unspliced mRNA of b
        kinetics.flows_into(&[4.0, 2.0, 2.0, 0.5], &done, &mut production, &mut decay);
        assert_eq!(production, [1.0, 2.0, 12.0, 0.1 + 1.9 * 0.25]);
        assert_eq!(decay, [2.0, 1.0, 0.5, 2.0]);
        assert_eq!(kinetics.full_levels(), [4.0, 4.0, 48.0, 0.5]);
        assert_eq!(
            (kinetics.fastest_rate(), kinetics.slowest_rate()),
            (4.0, 0.25)
        );
    }

    /// Transcription of `a` in the pair under a perturbation.
    fn transcription_of_a(done: &Perturbation) -> f64 {
        let mut production = [0.0; 4];
        pair().flows_into(&[1.0; 4], done, &mut production, &mut [0.0; 4]);
        production[0]
    }

    #[test]
    fn a_knocked_out_gene_makes_nothing_and_a_doubled_one_twice() {
        let made = [0.0, 0.5, 2.0]
            .map(|level| transcription_of_a(&Perturbation::none(2).scaled(Gene(0), level)));
        assert_eq!(made, [0.0, 1.0, 4.0]);
    }

    #[test]
    fn a_shift_stops_at_the_maximal_rate_and_a_factor_does_not() {
        let (a, calm) = (Gene(0), Perturbation::none(2));
        assert_eq!(transcription_of_a(&calm.clone().shifted(a, 0.5)), 2.0);
        assert_eq!(transcription_of_a(&calm.clone().shifted(a, -2.0)), 0.0);
        let tripled = calm.scaled(a, 3.0).shifted(a, 0.5);
        assert_eq!(transcription_of_a(&tripled), 6.0);
    }

    #[test]
    fn a_faulty_gene_is_named() {
        let faulty = GeneKinetics {
            mrna_decay: -1.0,
            ..gene(Rule::On)
        };
        let genes = Genes::new(["a"]).expect("one name");
        let error = Kinetics::new(genes, vec![faulty]).expect_err("a fault");
        assert_eq!(
            error.to_string(),
            "gene `a`: `mRNA decay` is -1; it must be above 0"
        );
    }

    #[test]
    fn a_regulator_that_does_both_is_one_edge_without_a_sign() {
        let hump = Rule::All(vec![site(0), Rule::Not(Box::new(site(0)))]);
        let wider = Rule::Site(Site {
            regulator: Gene(0),
            k: 9.0,
            n: 3.0,
        });
        let hump_of_two = Rule::All(vec![site(0), Rule::Not(Box::new(wider))]);
        let edges = |rule| {
            let genes = Genes::new(["a"]).expect("one name");
            let kinetics = Kinetics::new(genes, vec![gene(rule)]).expect("valid");
            kinetics.edges()
        };
        let both = TrueEdge {
            source: Gene(0),
            target: Gene(0),
            sign: Sign::Unknown,
        };
        assert_eq!(edges(hump_of_two), [both]);
        // one site that is bound and free at once never is
        assert_eq!(edges(hump), []);
    }
}
