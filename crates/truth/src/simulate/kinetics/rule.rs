//! The logic of a promoter: binding sites, and how they act together.

use cistron::genes::Gene;

/// One binding site: the regulator and how it binds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Site {
    /// The gene whose product binds.
    pub regulator: Gene,
    /// Level at which the site is occupied half of the time.
    pub k: f64,
    /// Hill coefficient.
    pub n: f64,
}

/// Probability that a promoter is active, as a function of what is bound to it.
///
/// With the weight `v = (x/k)ⁿ` of a site at level `x` of its regulator, a site alone is occupied
/// with probability `h = v/(1 + v)`. [`Rule::Not`], [`Rule::All`] and [`Rule::Any`] join events
/// that are independent; where one site is named twice they are the multilinear extension of
/// their truth table, `Σ_S [rule(S)] Π_{i∈S} hᵢ Π_{i∉S} (1 − hᵢ)`.
///
/// # Source   Binding in thermal equilibrium: Bintu et al. (2005), Curr. Opin. Genet. Dev. 15:116.
///   Boolean rules as sums over the states of a promoter: Pratapa et al. (2020), Nat. Methods
///   17:147.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Rule {
    /// Always active.
    #[default]
    On,
    /// Never active.
    Off,
    /// Active while the site is occupied: `h`.
    Site(Site),
    /// Active while the other is not: `1 − p`.
    Not(Box<Rule>),
    /// Active while all are: `Π pᵢ`.
    All(Vec<Rule>),
    /// Active while at least one is: `1 − Π (1 − pᵢ)`.
    Any(Vec<Rule>),
    /// Sites that are occupied by a complex of all or not at all: `Πvᵢ / (1 + Πvᵢ)`.
    Together(Vec<Site>),
    /// Sites that overlap, one of them occupied at a time: `Σ_activators v / (1 + Σ v)`, or
    /// `1 / (1 + Σ v)` if there is no activator.
    Competing {
        /// Bound, they help.
        activators: Vec<Site>,
        /// Bound, they keep the activators off.
        repressors: Vec<Site>,
    },
    /// Contributions that add up: `Σ wᵢ pᵢ`.
    Mix(Vec<(f64, Rule)>),
}

impl Rule {
    /// All sites, in the order in which they are written.
    #[must_use]
    pub fn sites(&self) -> Vec<&Site> {
        let mut sites = Vec::new();
        self.collect(&mut sites);
        sites
    }

    fn collect<'a>(&'a self, sites: &mut Vec<&'a Site>) {
        match self {
            Self::On | Self::Off => {}
            Self::Site(site) => sites.push(site),
            Self::Not(rule) => rule.collect(sites),
            Self::All(rules) | Self::Any(rules) => {
                rules.iter().for_each(|rule| rule.collect(sites));
            }
            Self::Together(group) => sites.extend(group),
            Self::Competing {
                activators,
                repressors,
            } => sites.extend(activators.iter().chain(repressors)),
            Self::Mix(parts) => parts.iter().for_each(|(_, rule)| rule.collect(sites)),
        }
    }
}
