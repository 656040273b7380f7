//! Probability of every edge, given the responses and whatever else is known.

use faer::Mat;
use rayon::prelude::*;

use crate::genes::Gene;

use super::Responses;
use super::cause::{Cause, causes};
use super::effect::{EFFECTS, Effects};
use super::explanation::{Before, Explained, ExplainedTarget, logistic};
use super::member::{MEMBERS, Member, UNINFORMED};
use super::odds::Odds;

/// The pairs in question and the other evidence for them; `targets × regulators`.
#[derive(Clone, Copy, Debug)]
pub struct Candidates<'a> {
    /// The targets, rows.
    pub targets: &'a [Gene],
    /// The regulators, columns.
    pub regulators: &'a [Gene],
    /// Evidence from elsewhere, in any unit; 0 or less where a pair is no candidate.
    pub evidence: &'a Mat<f64>,
    /// Effect that this evidence speaks for: above 0 activation, below 0 repression, 0 unknown.
    pub direction: &'a Mat<f64>,
}

/// Probabilities of the candidate pairs; `targets × regulators`.
#[derive(Clone, Debug)]
pub struct Posterior {
    /// Probability that there is no direct edge, by all evidence; 1 for pairs that are no
    /// candidates. Kept rather than its complement, which would lose the order of sure edges.
    pub absent: Mat<f64>,
    /// The same by the responses alone; 1 for regulators that were never changed.
    pub absent_by_responses: Mat<f64>,
    /// Probability that the edge is an activation, if there is one, by all evidence.
    pub positive: Mat<f64>,
}

/// Passes over the regulators of every target.
const PASSES: usize = 5;
/// Edges less probable than this are looked at in the first and the last pass only.
const NEGLIGIBLE: f64 = 1e-4;
/// Evidence, in units of its root mean square, at which its sign is wrong in 18 % of the edges.
const SIGN_SCALE: f64 = 0.7;
/// Weight of the members that do not believe the other evidence, against 1 for those that do.
const UNINFORMED_WEIGHT: f64 = 0.15;

/// Average of the posterior over the members of an ensemble.
///
/// Other evidence `e` and responses err independently, which lets either judge the other: the log
/// odds of an edge before the responses are `θ₀ + θ₁ √(e/rms) + u_j`, and base rate, worth of the
/// evidence `θ₁` and activity of the regulators `u_j` are what makes the responses likeliest.
/// Where the evidence says nothing about who responds to whom, `θ₁` falls towards 0. The sign of
/// an effect is that of the evidence with probability `1 − ½exp(−e / .7 rms)`.
///
/// Nothing depends on the order of the genes, but for ties.
///
/// # Panics   if shapes do not match (a bug in the caller).
/// # Cost     `O(p·q·r)` a pass for `r` interventions in which a regulator changes, 50 passes;
///   memory `O(p·q)`.
/// # Source   Carbonetto & Stephens (2012), Bayesian Analysis 7:73, for the coordinate ascent;
///   Stephens (2017), Biostatistics 18:275, for effects on a grid; the rest is our own.
#[must_use]
pub fn posterior(responses: &Responses, candidates: &Candidates<'_>) -> Posterior {
    let (rows, columns) = (candidates.targets.len(), candidates.regulators.len());
    let shape = |m: &Mat<f64>| (m.nrows(), m.ncols());
    assert_eq!(shape(candidates.evidence), (rows, columns), "evidence");
    assert_eq!(shape(candidates.direction), (rows, columns), "direction");
    let informed = Beliefs::new(candidates, true);
    let uninformed = Beliefs::new(candidates, false);
    let mut with = Average::new(rows, columns);
    for member in MEMBERS {
        with.add(&PosteriorFit::new(responses, candidates, &informed, member).run());
    }
    let mut without = Average::new(rows, columns);
    for at in UNINFORMED {
        without.add(&PosteriorFit::new(responses, candidates, &uninformed, MEMBERS[at]).run());
    }
    finish(responses, candidates, &with, &without)
}

fn finish(
    responses: &Responses,
    candidates: &Candidates<'_>,
    with: &Average,
    without: &Average,
) -> Posterior {
    let (rows, columns) = (candidates.targets.len(), candidates.regulators.len());
    let perturbed = are_perturbed(responses, candidates.regulators);
    let open = |i: usize, j: usize| is_open(candidates, i, j);
    let blend =
        |with: f64, without: f64| (with + UNINFORMED_WEIGHT * without) / (1.0 + UNINFORMED_WEIGHT);
    Posterior {
        absent: Mat::from_fn(rows, columns, |i, j| match (open(i, j), perturbed[j]) {
            (false, _) => 1.0,
            (true, true) => blend(with.absent(i, j), without.absent(i, j)),
            (true, false) => with.absent(i, j),
        }),
        absent_by_responses: Mat::from_fn(rows, columns, |i, j| {
            if open(i, j) && perturbed[j] {
                without.absent(i, j)
            } else {
                1.0
            }
        }),
        positive: Mat::from_fn(rows, columns, |i, j| with.positive(i, j)),
    }
}

/// Sums over members.
struct Average {
    members: f64,
    absent: Mat<f64>,
    positive: Mat<f64>,
}

impl Average {
    fn new(rows: usize, columns: usize) -> Self {
        Self {
            members: 0.0,
            absent: Mat::zeros(rows, columns),
            positive: Mat::zeros(rows, columns),
        }
    }

    fn add(&mut self, fit: &PosteriorFit<'_>) {
        self.members += 1.0;
        for (i, state) in fit.states.iter().enumerate() {
            for j in 0..state.gain.len() {
                let odds = fit.before(i, j) + state.gain[j];
                let absent = logistic(-odds);
                self.absent[(i, j)] += absent;
                self.positive[(i, j)] += logistic(odds) * state.positive[j];
            }
        }
    }

    fn absent(&self, i: usize, j: usize) -> f64 {
        self.absent[(i, j)] / self.members
    }

    fn positive(&self, i: usize, j: usize) -> f64 {
        let present = self.members - self.absent[(i, j)];
        if present > 0.0 {
            (self.positive[(i, j)] / present).clamp(0.0, 1.0)
        } else {
            0.5
        }
    }
}

/// What is believed before the responses.
struct Beliefs {
    /// Centred root of the evidence; NaN where a pair is no candidate.
    strength: Mat<f64>,
    /// Probability that an effect is positive.
    positive: Mat<f64>,
}

fn is_open(candidates: &Candidates<'_>, i: usize, j: usize) -> bool {
    candidates.evidence[(i, j)] > 0.0 && candidates.targets[i] != candidates.regulators[j]
}

fn are_perturbed(responses: &Responses, regulators: &[Gene]) -> Vec<bool> {
    let changed = |gene: &Gene| !responses.changed_in(*gene).is_empty();
    regulators.iter().map(changed).collect()
}

impl Beliefs {
    fn new(candidates: &Candidates<'_>, informed: bool) -> Self {
        let (rows, columns) = (candidates.targets.len(), candidates.regulators.len());
        let (mut square, mut count) = (0.0, 0.0);
        let open = |i: usize, j: usize| is_open(candidates, i, j);
        for (i, j) in pairs(rows, columns).filter(|(i, j)| open(*i, *j)) {
            square += candidates.evidence[(i, j)].powi(2);
            count += 1.0;
        }
        let unit = (square / f64::max(count, 1.0)).sqrt();
        let share = |i: usize, j: usize| candidates.evidence[(i, j)] / unit;
        let root = |i: usize, j: usize| if informed { share(i, j).sqrt() } else { 0.0 };
        let sum: f64 = pairs(rows, columns)
            .filter(|(i, j)| open(*i, *j))
            .map(|(i, j)| root(i, j))
            .sum();
        let center = sum / f64::max(count, 1.0);
        let positive = |i: usize, j: usize| {
            let direction = candidates.direction[(i, j)];
            if !informed || !open(i, j) || direction == 0.0 {
                return 0.5;
            }
            0.5 + 0.5 * direction.signum() * (1.0 - (-share(i, j) / SIGN_SCALE).exp())
        };
        Self {
            strength: Mat::from_fn(rows, columns, |i, j| {
                if open(i, j) {
                    root(i, j) - center
                } else {
                    f64::NAN
                }
            }),
            positive: Mat::from_fn(rows, columns, positive),
        }
    }
}

/// Column by column, as the matrices lie.
fn pairs(rows: usize, columns: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..columns).flat_map(move |j| (0..rows).map(move |i| (i, j)))
}

/// One member at work.
struct PosteriorFit<'a> {
    responses: &'a Responses,
    candidates: &'a Candidates<'a>,
    beliefs: &'a Beliefs,
    member: Member,
    causes: Vec<Vec<Cause>>,
    perturbed: Vec<bool>,
    effects: Effects,
    odds: Odds,
    states: Vec<Explained>,
}

impl<'a> PosteriorFit<'a> {
    fn new(
        responses: &'a Responses,
        candidates: &'a Candidates<'a>,
        beliefs: &'a Beliefs,
        member: Member,
    ) -> Self {
        let (rows, columns) = (candidates.targets.len(), candidates.regulators.len());
        let state = Explained {
            probability: vec![0.0; columns],
            effect: vec![0.0; columns],
            gain: vec![0.0; columns],
            positive: vec![0.5; columns],
        };
        Self {
            responses,
            candidates,
            beliefs,
            member,
            causes: causes(responses, candidates.regulators, member.threshold),
            perturbed: are_perturbed(responses, candidates.regulators),
            effects: Effects::new(),
            odds: Odds::new(columns, rows),
            states: vec![state; rows],
        }
    }

    fn run(mut self) -> Self {
        for pass in 0..PASSES {
            self.pass(pass);
            let gain = Mat::from_fn(self.states.len(), self.perturbed.len(), |i, j| {
                self.states[i].gain[j]
            });
            let (strength, perturbed) = (&self.beliefs.strength, &self.perturbed);
            self.odds
                .learn(strength, &gain, perturbed, self.member.hubs);
        }
        self
    }

    /// Log odds of a pair before the responses.
    fn before(&self, i: usize, j: usize) -> f64 {
        let strength = self.beliefs.strength[(i, j)];
        if strength.is_nan() {
            f64::NEG_INFINITY
        } else {
            self.odds.of(j, strength)
        }
    }

    fn pass(&mut self, pass: usize) {
        let effects = self.effects.log_probability();
        let mut states = std::mem::take(&mut self.states);
        let found: Vec<[f64; EFFECTS]> = states
            .par_iter_mut()
            .enumerate()
            .map(|(i, state)| self.target(i, state, pass, &effects))
            .collect();
        self.states = states;
        let mut sum = [0.0; EFFECTS];
        for found in found {
            sum.iter_mut().zip(found).for_each(|(sum, x)| *sum += x);
        }
        self.effects.learn(&sum);
    }

    fn target(
        &self,
        i: usize,
        state: &mut Explained,
        pass: usize,
        effects: &[f64; EFFECTS],
    ) -> [f64; EFFECTS] {
        let gene = self.candidates.targets[i];
        let mut responses = self.responses.change().col_as_slice(gene.index()).to_vec();
        for &own in self.responses.changed_in(gene) {
            responses[own] = f64::NAN;
        }
        let columns = self.perturbed.len();
        let odds: Vec<f64> = (0..columns).map(|j| self.before(i, j)).collect();
        let positive: Vec<f64> = (0..columns)
            .map(|j| self.beliefs.positive[(i, j)])
            .collect();
        let open: Vec<bool> = odds.iter().map(|x| x.is_finite()).collect();
        let order = self.order(gene, &odds, state, pass);
        let target = ExplainedTarget {
            responses: &responses,
            variance: self.responses.variance().col_as_slice(gene.index()),
            causes: &self.causes,
            open: &open,
            perturbed: &self.perturbed,
            member: self.member,
            effects: &self.effects.values,
        };
        let before = Before {
            odds: &odds,
            positive: &positive,
            effects,
        };
        target.pass(state, &before, &order)
    }

    /// Regulators in the order in which they are gone through, the likeliest first: those that
    /// come first explain what they can, and what they explain is not explained again.
    fn order(&self, target: Gene, odds: &[f64], state: &Explained, pass: usize) -> Vec<usize> {
        let rank = |j: usize| {
            if pass > 0 {
                return odds[j] + state.gain[j];
            }
            let z = self.responses.z(target, self.candidates.regulators[j]);
            odds[j] + self.member.order * z.abs()
        };
        let between = pass > 0 && pass + 1 < PASSES;
        let kept = |j: &usize| !between || state.probability[*j] > NEGLIGIBLE;
        let open = (0..odds.len()).filter(|j| odds[*j].is_finite());
        let mut order: Vec<(f64, usize)> = open.filter(kept).map(|j| (rank(j), j)).collect();
        order.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        order.into_iter().map(|(_, j)| j).collect()
    }
}
