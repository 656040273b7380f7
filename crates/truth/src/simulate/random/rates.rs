//! Kinetics for a wiring: half-lives, sites, and the logic of every promoter.
//!
//! A gene whose inputs fall into modules with activities `qₘ` (enhancers) or `1 − qₘ` (repressors)
//! has `φ = Σₘ wₘ qₘ` with `Σ wₘ = 1`, or by logic `any enhancer and no repressor`. Levels are
//! relative: `basal`, `maximal` and `translation` are such that fully transcribed mRNA and protein
//! are at 1.

use rand::Rng;
use rand::seq::SliceRandom;

use super::wiring::Wiring;
use crate::simulate::integrate::normal;
use crate::simulate::{GeneKinetics, Kinetics, KineticsError, ProteinRates, Rule, Site, TrueEdge};
use cistron::genes::Gene;
use cistron::network::Sign;
use cistron::seed::{Purpose, Seed};

/// A normal distribution cut to a range: what lies outside is drawn again.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CutNormal {
    /// Mean before the cut.
    pub mean: f64,
    /// Standard deviation before the cut.
    pub spread: f64,
    /// Least value.
    pub least: f64,
    /// Largest value.
    pub most: f64,
}

impl CutNormal {
    /// One number.
    ///
    /// # Panics   if hardly anything of the distribution lies within the range (a bug in the
    ///   caller).
    pub fn draw(&self, rng: &mut impl Rng) -> f64 {
        for _ in 0..10_000 {
            let value = self.mean + self.spread * normal(rng);
            if (self.least..=self.most).contains(&value) {
                return value;
            }
        }
        panic!("{self:?} has hardly any mass within its range");
    }
}

/// How rates are drawn. All levels are relative: fully transcribed, a gene has mRNA and protein
/// at 1.
///
/// The form is that of GeneNetWeaver. Where a default differs from its published settings, the
/// field says so: those were chosen so that series in DREAM4's design have the statistics of
/// DREAM4's own files, see [`NetworkSettings::dream4`](super::NetworkSettings::dream4).
///
/// # Source   The random kinetics from which the networks of DREAM3 to DREAM5 were simulated:
///   Marbach et al. (2010), PNAS 107:6286, supplement; Schaffter et al. (2011), Bioinformatics
///   27:2263.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RateSettings {
    /// Half-lives of mRNA and of protein, in minutes: 5 to 50 with a mean near 40 before the cut.
    /// There it is 27.5, with which responses here are faster than those of DREAM4.
    pub half_life: CutNormal,
    /// Level of a regulator at which its site is occupied half of the time: uniform between two
    /// parts of its full level, 0.1 and 0.8, so that regulators act within the range that they
    /// take. There it is 0.01 to 1.
    pub k: (f64, f64),
    /// Hill coefficient of a site. There the mean is 2 before the cut; 3 makes more of the
    /// responses indirect.
    pub hill: CutNormal,
    /// Chance that the regulators of a module bind as one complex; otherwise each binds its own
    /// site, and all of them are needed.
    pub complex: f64,
    /// Chance that modules are joined by logic, any enhancer and no repressor; otherwise their
    /// effects add up. Ours: there the sum is cut at full transcription, which comes near to
    /// this.
    pub logic: f64,
    /// Weight of a module whose effect adds up, before they are scaled to a sum of 1.
    pub weight: CutNormal,
    /// Transcription of an inactive promoter, as a part of the maximal one. There the spread is
    /// 0.05 and genes with both kinds of modules have one half; here a repressor module that is
    /// not bound lets its own part of the transcription through instead.
    pub basal: CutNormal,
}

impl Default for RateSettings {
    fn default() -> Self {
        Self {
            half_life: CutNormal {
                mean: 40.0,
                spread: 7.5,
                least: 5.0,
                most: 50.0,
            },
            k: (0.1, 0.8),
            hill: CutNormal {
                mean: 3.0,
                spread: 2.0,
                least: 1.0,
                most: 10.0,
            },
            complex: 0.5,
            logic: 0.3,
            weight: CutNormal {
                mean: 0.625,
                spread: 0.125,
                least: 0.25,
                most: 1.0,
            },
            basal: CutNormal {
                mean: 0.0,
                spread: 0.1,
                least: 0.0,
                most: 0.25,
            },
        }
    }
}

/// Draws kinetics for a wiring; the same seed and attempt give the same rates.
///
/// The inputs of a gene are dealt to modules: each joins one of those that are there or opens a
/// new one, all with the same chance. A module is an enhancer if most of its regulators activate,
/// a repressor if most repress; the others silence it where they are bound. The edges and signs
/// of [`Kinetics::edges`] are those of the wiring.
///
/// * `attempt`: number of the draw, for other rates of the same wiring
///
/// # Errors   [`KineticsError`] if the settings give a rate outside of its range.
/// # Cost     linear in the edges.
pub(super) fn draw_kinetics(
    wiring: &Wiring,
    settings: &RateSettings,
    seed: Seed,
    attempt: u64,
) -> Result<Kinetics, KineticsError> {
    let rates = (0..wiring.genes()).map(|gene| {
        // a stream for each gene: one more edge leaves the rates of the other genes alone
        let mut rng = seed.stream(
            Purpose::Synthetic,
            (attempt + 1) * FIRST_STREAM + gene as u64,
        );
        let half_lives = [(); 2].map(|()| settings.half_life.draw(&mut rng));
        let [mrna, protein] = half_lives.map(|half_life| std::f64::consts::LN_2 / half_life);
        GeneKinetics {
            basal: settings.basal.draw(&mut rng) * mrna,
            maximal: mrna,
            splicing: None,
            mrna_decay: mrna,
            protein: Some(ProteinRates {
                translation: protein,
                decay: protein,
            }),
            rule: rule(wiring.inputs(Gene(gene)), settings, &mut rng),
        }
    });
    Kinetics::new(wiring.names(), rates.collect())
}

/// Streams below it are those of the wiring; each attempt at the rates has as many.
const FIRST_STREAM: u64 = 10_000_000;

/// A module with its kind.
enum Effect {
    Enhances(Rule),
    Represses(Rule),
}

fn rule(inputs: &[TrueEdge], settings: &RateSettings, rng: &mut impl Rng) -> Rule {
    let modules = deal(inputs, rng);
    let effects: Vec<Effect> = modules
        .iter()
        .map(|module| effect(module, settings, rng))
        .collect();
    match effects.len() {
        0 => Rule::On,
        1 => helping(effects).remove(0),
        _ if rng.random::<f64>() < settings.logic => by_logic(effects),
        count => {
            let weights: Vec<f64> = (0..count).map(|_| settings.weight.draw(rng)).collect();
            // a little less than 1, so that rounding does not exceed it
            let sum = weights.iter().sum::<f64>() * (1.0 + 1e-12);
            let parts = weights.iter().map(|weight| weight / sum);
            Rule::Mix(parts.zip(helping(effects)).collect())
        }
    }
}

/// Deals the inputs of a gene to modules.
fn deal(inputs: &[TrueEdge], rng: &mut impl Rng) -> Vec<Vec<TrueEdge>> {
    let mut inputs = inputs.to_vec();
    inputs.shuffle(rng);
    let mut modules: Vec<Vec<TrueEdge>> = Vec::new();
    for input in inputs {
        let chosen = rng.random_range(0..=modules.len());
        if chosen == modules.len() {
            modules.push(Vec::new());
        }
        modules[chosen].push(input);
    }
    modules
}

fn effect(module: &[TrueEdge], settings: &RateSettings, rng: &mut impl Rng) -> Effect {
    let signs = module.iter().map(|edge| edge.sign);
    let activators = signs.filter(|sign| *sign == Sign::Activation).count();
    let enhances = match (2 * activators).cmp(&module.len()) {
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Equal => rng.random(),
        std::cmp::Ordering::Greater => true,
    };
    let (mut acting, mut silencing) = (Vec::new(), Vec::new());
    for edge in module {
        let site = Site {
            regulator: edge.source,
            k: rng.random_range(settings.k.0..=settings.k.1),
            n: settings.hill.draw(rng),
        };
        if (edge.sign == Sign::Activation) == enhances {
            acting.push(site);
        } else {
            silencing.push(Rule::Not(Box::new(Rule::Site(site))));
        }
    }
    let mut needed = if acting.len() > 1 && rng.random::<f64>() < settings.complex {
        vec![Rule::Together(acting)]
    } else {
        acting.into_iter().map(Rule::Site).collect()
    };
    needed.append(&mut silencing);
    let bound = match needed.len() {
        1 => needed.remove(0),
        _ => Rule::All(needed),
    };
    if enhances {
        Effect::Enhances(bound)
    } else {
        Effect::Represses(bound)
    }
}

/// Each effect as a rule that helps when it holds.
fn helping(effects: Vec<Effect>) -> Vec<Rule> {
    let effects = effects.into_iter();
    effects
        .map(|effect| match effect {
            Effect::Enhances(rule) => rule,
            Effect::Represses(rule) => Rule::Not(Box::new(rule)),
        })
        .collect()
}

/// Any of the enhancers, if there are some, and none of the repressors.
fn by_logic(effects: Vec<Effect>) -> Rule {
    let (mut enhancers, mut all) = (Vec::new(), Vec::new());
    for effect in effects {
        match effect {
            Effect::Enhances(rule) => enhancers.push(rule),
            Effect::Represses(rule) => all.push(Rule::Not(Box::new(rule))),
        }
    }
    match enhancers.len() {
        0 => {}
        1 => all.push(enhancers.remove(0)),
        _ => all.push(Rule::Any(enhancers)),
    }
    match all.len() {
        1 => all.remove(0),
        _ => Rule::All(all),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Law, WiringSettings, wire};
    use super::*;

    fn drawn(law: Law) -> Wiring {
        wire(&WiringSettings::of(law, 200), Seed(3)).expect("settings of a law")
    }

    fn with_rates(wiring: &Wiring, attempt: u64) -> Kinetics {
        let settings = RateSettings::default();
        draw_kinetics(wiring, &settings, Seed(3), attempt).expect("in range")
    }

    #[test]
    fn the_edges_and_signs_of_the_kinetics_are_those_of_the_wiring() {
        for law in [Law::Bacterial, Law::Yeast] {
            let wiring = drawn(law);
            let mut edges = with_rates(&wiring, 0).edges();
            edges.sort_unstable_by_key(|edge| (edge.target, edge.source));
            assert_eq!(edges, wiring.edges(), "{law:?}");
        }
    }

    #[test]
    fn every_gene_has_its_full_level_at_one() {
        let full = with_rates(&drawn(Law::Yeast), 0).full_levels();
        assert!(full.iter().all(|level| (level - 1.0).abs() < 1e-12));
    }

    #[test]
    fn another_attempt_gives_other_rates() {
        let wiring = drawn(Law::Yeast);
        let [first, again, other] =
            [0, 0, 1].map(|attempt| with_rates(&wiring, attempt).fastest_rate());
        assert_eq!(first, again);
        assert_ne!(first, other);
    }
}
