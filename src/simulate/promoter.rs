//! The logic of a promoter: binding sites, and how they act together.

use serde::Deserialize;

use crate::genes::Gene;

/// Whether a regulator raises or lowers transcription.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Effect {
    /// Bound, it helps.
    Activates,
    /// Bound, it hinders.
    Represses,
}

/// One binding site: the regulator, what it does, and how it binds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Term {
    /// The gene whose product binds.
    pub regulator: Gene,
    /// What it does there.
    pub effect: Effect,
    /// Level at which the site is occupied half of the time.
    pub k: f64,
    /// Hill coefficient.
    pub n: f64,
}

impl Term {
    /// Probability that the site helps at level `x` of its regulator: occupied,
    /// `xⁿ / (Kⁿ + xⁿ)`, by an activator; free, `Kⁿ / (Kⁿ + xⁿ)`, of a repressor.
    #[must_use]
    pub fn helps(&self, x: f64) -> f64 {
        let ratio = (x.max(0.0) / self.k).powf(self.n);
        match self.effect {
            Effect::Activates => 1.0 - 1.0 / (1.0 + ratio),
            Effect::Represses => 1.0 / (1.0 + ratio),
        }
    }
}

/// How independent probabilities are joined.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Logic {
    /// All of them: `Π pᵢ`.
    #[default]
    And,
    /// At least one of them: `1 − Π (1 − pᵢ)`.
    Or,
}

impl Logic {
    /// The joint probability.
    pub fn join(self, parts: impl Iterator<Item = f64>) -> f64 {
        match self {
            Self::And => parts.product(),
            Self::Or => 1.0 - parts.map(|p| 1.0 - p).product::<f64>(),
        }
    }
}

/// Binding sites that act together.
#[derive(Clone, Debug, PartialEq)]
pub struct Module {
    /// How the sites are joined.
    pub logic: Logic,
    /// The sites, at least one.
    pub terms: Vec<Term>,
}

/// The promoter: modules of sites, joined in their turn. Without modules it is always active.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Regulation {
    /// How the modules are joined.
    pub join: Logic,
    /// The modules.
    pub modules: Vec<Module>,
}

impl Regulation {
    /// Probability `φ` that the promoter is active; `level` gives the level of a regulator.
    #[must_use]
    pub fn activation(&self, level: impl Fn(Gene) -> f64) -> f64 {
        if self.modules.is_empty() {
            return 1.0;
        }
        self.join.join(self.modules.iter().map(|module| {
            let helps = |term: &Term| term.helps(level(term.regulator));
            module.logic.join(module.terms.iter().map(helps))
        }))
    }

    /// All sites, module by module.
    pub fn terms(&self) -> impl Iterator<Item = &Term> {
        self.modules.iter().flat_map(|module| &module.terms)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    fn term(regulator: usize, effect: Effect) -> Term {
        Term {
            regulator: Gene(regulator),
            effect,
            k: 2.0,
            n: 3.0,
        }
    }

    fn module(logic: Logic, terms: Vec<Term>) -> Module {
        Module { logic, terms }
    }

    #[test]
    fn at_k_a_site_is_occupied_half_of_the_time() {
        assert_relative_eq!(term(0, Effect::Activates).helps(2.0), 0.5);
        assert_relative_eq!(term(0, Effect::Represses).helps(2.0), 0.5);
        assert_relative_eq!(term(0, Effect::Activates).helps(0.0), 0.0);
        assert_relative_eq!(term(0, Effect::Activates).helps(f64::INFINITY), 1.0);
    }

    #[test]
    fn an_activator_and_a_repressor_of_one_site_share_it() {
        for x in [0.0, 0.7, 2.0, 9.0] {
            let both = term(0, Effect::Activates).helps(x) + term(0, Effect::Represses).helps(x);
            assert_relative_eq!(both, 1.0, max_relative = 1e-15);
        }
    }

    #[test]
    fn two_modules_form_the_truth_table_of_their_logic() {
        // (0 and 1) or not 2
        let regulation = Regulation {
            join: Logic::Or,
            modules: vec![
                module(
                    Logic::And,
                    vec![term(0, Effect::Activates), term(1, Effect::Activates)],
                ),
                module(Logic::And, vec![term(2, Effect::Represses)]),
            ],
        };
        for case in 0..8_usize {
            let high = |gene: Gene| case >> gene.index() & 1 == 1;
            let active = regulation.activation(|gene| if high(gene) { 1e6 } else { 0.0 });
            let expected = (high(Gene(0)) && high(Gene(1))) || !high(Gene(2));
            assert_relative_eq!(active, f64::from(u8::from(expected)), epsilon = 1e-9);
        }
    }
}
