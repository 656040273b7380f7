//! One target: which regulators explain its responses.

use super::cause::Cause;
use super::effect::EFFECTS;
use super::member::Member;

/// What is known about one target while it is fitted; one entry a regulator.
#[derive(Clone, Debug)]
pub(super) struct Explained {
    /// Probability that the regulator acts on the target.
    pub(super) probability: Vec<f64>,
    /// Mean of its effect, if it does.
    pub(super) effect: Vec<f64>,
    /// Log odds that the responses add.
    pub(super) gain: Vec<f64>,
    /// Probability that the effect is positive, if there is one.
    pub(super) positive: Vec<f64>,
}

/// A target's responses and all that stays the same while its regulators are gone through.
pub(super) struct ExplainedTarget<'a> {
    /// Responses, one an intervention; NaN where there is none of its own.
    pub(super) responses: &'a [f64],
    /// Their variance by noise.
    pub(super) variance: &'a [f64],
    /// Causes of every regulator.
    pub(super) causes: &'a [Vec<Cause>],
    /// Which regulators can be ones of this target.
    pub(super) open: &'a [bool],
    /// Which regulators were changed in any intervention.
    pub(super) perturbed: &'a [bool],
    /// Assumptions.
    pub(super) member: Member,
    /// The grid of effects.
    pub(super) effects: &'a [f64; EFFECTS],
}

/// Beliefs before the responses; one entry a regulator.
pub(super) struct Before<'a> {
    /// Log odds of an edge.
    pub(super) odds: &'a [f64],
    /// Probability that its effect is positive.
    pub(super) positive: &'a [f64],
    /// Log probability of every effect.
    pub(super) effects: &'a [f64; EFFECTS],
}

/// What the regulators believed in make of every intervention.
struct Sum {
    mean: Vec<f64>,
    square: Vec<f64>,
}

/// A response less what other regulators make of it, and the cause to be judged; both in units of
/// the standard deviation that is left.
struct Left {
    response: f64,
    cause: f64,
}

/// Interventions between two logarithms: their product stays far from overflow.
const STRETCH: usize = 12;
/// The least probability of a sign.
const LEAST_SIGN: f64 = 1e-6;

impl ExplainedTarget<'_> {
    /// One pass of mean-field coordinate ascent over `order`.
    ///
    /// With what the other regulators are believed to do taken out of the responses, the log odds
    /// of regulator `j` gain `ln Σ_b p(b) Π_k t(r_k − b x_k) / t(r_k)`. A regulator explains
    /// `x b` only up to a share, so that its square times `mismatch²` adds to the variance. A
    /// regulator that was never changed itself gains nothing and explains as much as is believed
    /// of it beforehand.
    ///
    /// * returns how often every effect was found
    pub(super) fn pass(
        &self,
        state: &mut Explained,
        before: &Before<'_>,
        order: &[usize],
    ) -> [f64; EFFECTS] {
        let mut sum = self.sum(state);
        let mut found = [0.0; EFFECTS];
        for &j in order {
            let old = state.probability[j] * state.effect[j];
            let left = self.left(j, old, &sum);
            if left.is_empty() {
                state.gain[j] = 0.0;
                state.positive[j] = before.positive[j];
                state.probability[j] = logistic(before.odds[j]);
                continue;
            }
            let (gain, share) = self.judge(&left, before, j);
            state.gain[j] = if self.perturbed[j] { gain } else { 0.0 };
            state.probability[j] = logistic(before.odds[j] + state.gain[j]);
            state.effect[j] = share.iter().zip(self.effects).map(|(p, b)| p * b).sum();
            state.positive[j] = share[EFFECTS / 2..].iter().sum();
            if self.perturbed[j] {
                let all = found.iter_mut().zip(share);
                all.for_each(|(sum, p)| *sum += state.probability[j] * p);
            }
            sum.replace(
                &self.causes[j],
                old,
                state.probability[j] * state.effect[j],
                self.responses,
            );
        }
        found
    }

    /// What all regulators make together.
    fn sum(&self, state: &Explained) -> Sum {
        let n = self.responses.len();
        let mut sum = Sum {
            mean: vec![0.0; n],
            square: vec![0.0; n],
        };
        for (j, causes) in self
            .causes
            .iter()
            .enumerate()
            .filter(|(j, _)| self.open[*j])
        {
            let now = state.probability[j] * state.effect[j];
            sum.replace(causes, 0.0, now, self.responses);
        }
        sum
    }

    fn left(&self, j: usize, old: f64, sum: &Sum) -> Vec<Left> {
        let share = self.member.mismatch * self.member.mismatch;
        let causes = self.causes[j].iter();
        let own = causes.filter(|cause| !self.responses[cause.at].is_nan());
        let left = own.map(|cause| {
            let before = cause.change * old;
            let others = (sum.square[cause.at] - before * before).max(0.0);
            let unit = (self.variance[cause.at] + share * others).sqrt();
            Left {
                response: (self.responses[cause.at] - (sum.mean[cause.at] - before)) / unit,
                cause: cause.change / unit,
            }
        });
        left.collect()
    }

    /// Gain in log odds, and the probability of every effect if there is an edge.
    fn judge(&self, left: &[Left], before: &Before<'_>, j: usize) -> (f64, [f64; EFFECTS]) {
        let mut log = self.likelihood(left);
        let positive = before.positive[j].clamp(LEAST_SIGN, 1.0 - LEAST_SIGN);
        let signs = [(2.0 * (1.0 - positive)).ln(), (2.0 * positive).ln()];
        for (at, x) in log.iter_mut().enumerate() {
            *x += before.effects[at] + signs[usize::from(at >= EFFECTS / 2)];
        }
        let most = log.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let mut share = log.map(|x| (x - most).exp());
        let total: f64 = share.iter().sum();
        share.iter_mut().for_each(|x| *x /= total);
        (most + total.ln(), share)
    }

    /// Log likelihood ratio of every effect against none, with `ν` the tail, `v` the variance
    /// under an effect and `d` what it misses of `r`:
    /// `Σ ½ν ln v − ½(ν+1) ln(v + d²/ν) + ½(ν+1) ln(1 + r²/ν)`, in products, not logarithms.
    fn likelihood(&self, left: &[Left]) -> [f64; EFFECTS] {
        let (tail, share) = (self.member.tail, self.member.mismatch.powi(2));
        let (power, inverse) = ((tail + 1.0) / 2.0, 1.0 / tail);
        let mut log = [0.0; EFFECTS];
        for stretch in left.chunks(STRETCH) {
            let mut scale = [1.0; EFFECTS];
            let mut miss = [1.0; EFFECTS];
            let mut none = 1.0;
            for row in stretch {
                none *= 1.0 + row.response * row.response * inverse;
                for at in 0..EFFECTS {
                    let made = row.cause * self.effects[at];
                    let variance = 1.0 + share * made * made;
                    let off = row.response - made;
                    scale[at] *= variance;
                    miss[at] *= variance + off * off * inverse;
                }
            }
            for (at, log) in log.iter_mut().enumerate() {
                *log += 0.5 * tail * scale[at].ln() - power * (miss[at] / none).ln();
            }
        }
        log
    }
}

impl Sum {
    /// Replaces a regulator's mean effect.
    fn replace(&mut self, causes: &[Cause], old: f64, new: f64, responses: &[f64]) {
        for cause in causes.iter().filter(|c| !responses[c.at].is_nan()) {
            let (old, new) = (cause.change * old, cause.change * new);
            self.mean[cause.at] += new - old;
            self.square[cause.at] = (self.square[cause.at] + new * new - old * old).max(0.0);
        }
    }
}

pub(super) fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}
