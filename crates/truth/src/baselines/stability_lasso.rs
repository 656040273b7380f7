//! Stability selection with the lasso of every increment on all levels:
//! `min ½ Σ (Δyᵢ − ∫(b + Σⱼ wⱼ xⱼ) dt)² + λ Σ |wⱼ|` over half-samples and `λ`.

use faer::Mat;

use cistron::fit::{FitSettings, Sweep, TargetSelection};
use cistron::prior::Prior;
use cistron::seed::Seed;
use cistron::trajectory::{Conditions, RowSettings, segments};

use super::{Baseline, BaselineData, PairScores};

/// How often the lasso of a target's one-interval increments on all levels selects a regulator,
/// over half-samples and penalties `λ`.
///
/// It is this program's own solver with one wide unit, stripped of all else: one interval a row,
/// rows alike in weight, one common intercept, the own decay free, no offsets, no factor of
/// regulators or targets. Pairs of equal frequency are ordered by their correlation with the
/// increments once the own decay is projected out; signs are those of the summed weights.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct StabilityLasso {
    /// Complementary pairs of half-samples; if not given, 25 up to 100 genes and fewer for more,
    /// never below 5.
    pub(crate) pairs: Option<usize>,
}

/// Violation at which a fit stops, as a share of `λ_max`: what is selected does not change below
/// it.
const TOLERANCE: f64 = 1e-3;

/// Weight of the correlation beside the frequency, which has steps of `1/(levels · samples)`.
const TIE_BREAK: f64 = 1e-4;

impl Baseline for StabilityLasso {
    fn name(&self) -> &'static str {
        "stability lasso"
    }

    fn rank(&self, data: &BaselineData, seed: Seed) -> PairScores {
        let rows = segments(data.series(), &Conditions::default(), RowSettings::single())
            .expect("there are no conditions to be wrong");
        let regulators = data.regulators();
        let p = data.genes().len();
        let mut settings = FitSettings::default();
        settings.pairs = self.pairs.unwrap_or((2500 / p).clamp(5, 25));
        settings.tolerance = TOLERANCE;
        let selections = Sweep {
            segments: &rows,
            regulators,
            prior: &Prior::default(),
            settings: &settings,
            seed,
            fast: None,
        }
        .selections();
        PairScores::with_signs(
            data,
            Mat::from_fn(p, regulators.len(), |i, j| score(&selections[i], j)),
            Mat::from_fn(p, regulators.len(), |i, j| direction(&selections[i], j)),
        )
    }
}

/// How often regulator `j` was selected over all half-samples and penalties.
fn times_selected(target: &TargetSelection, j: usize) -> u32 {
    let counts = target.tally.selected.iter();
    counts.skip(j).step_by(target.tally.size.len()).sum()
}

fn score(target: &TargetSelection, j: usize) -> f64 {
    let levels = target.tally.selected.len() / target.tally.size.len();
    let possible = levels as f64 * f64::from(target.tally.samples.max(1));
    f64::from(times_selected(target, j)) / possible + TIE_BREAK * target.correlation[j].abs()
}

fn direction(target: &TargetSelection, j: usize) -> f64 {
    if times_selected(target, j) > 0 {
        target.tally.signed[j]
    } else {
        target.correlation[j]
    }
}
