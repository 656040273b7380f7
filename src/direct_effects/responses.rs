//! How every gene answered every intervention.

use faer::Mat;

use crate::expression::{Baseline, Change, Intervention, Scale, SteadyStates, by_interventions};
use crate::genes::{Gene, Genes};
use crate::numeric::mean;

/// Answers of all genes to all interventions; replicates are averaged.
#[derive(Clone, Debug)]
pub struct Responses {
    genes: Genes,
    interventions: Vec<Vec<Intervention>>,
    /// For every gene, the interventions in which it was changed.
    changed_in: Vec<Vec<usize>>,
    /// Change in units of the noise of one sample, interventions × genes; NaN where missing.
    change: Mat<f64>,
    /// Variance of `change` by noise: one over the number of replicates.
    variance: Mat<f64>,
    /// Change as a share of the level, interventions × genes; 0 where missing.
    relative: Mat<f64>,
}

/// A level is at least this many standard deviations of its noise, as a unit of changes.
const LEAST_LEVEL: f64 = 3.0;
/// Largest change of a regulator, in units of its level.
const LARGEST: f64 = 2.0;

impl Responses {
    /// Answers from steady states; `None` if no sample says what was done to which gene.
    ///
    /// * `states`: on the scale on which the model is fitted
    /// * `scale`: that scale
    ///
    /// # Cost   `O(n·p log n + n²)`.
    #[must_use]
    pub fn new(states: &SteadyStates, scale: Scale) -> Option<Self> {
        let baseline = Baseline::new(states, scale);
        let mut groups = by_interventions(states);
        groups.retain(|(done, _)| !done.is_empty());
        if groups.is_empty() {
            return None;
        }
        let (n, p) = (groups.len(), states.genes().len());
        let levels: Vec<f64> = baseline
            .levels
            .iter()
            .map(|x| scale.of_linear(*x))
            .collect();
        let zero = if scale.is_unbounded() {
            0.0
        } else {
            scale.zero()
        };
        let noises: Vec<f64> = (0..p).map(|g| baseline.noise_on(scale, g)).collect();
        let mut change = Mat::zeros(n, p);
        let mut variance = Mat::zeros(n, p);
        let mut relative = Mat::zeros(n, p);
        for (k, (done, rows)) in groups.iter().enumerate() {
            for g in 0..p {
                let cells = rows.iter().map(|row| states.values()[(*row, g)]);
                let cells: Vec<f64> = cells.filter(|x| !x.is_nan()).collect();
                let (level, noise) = (levels[g], noises[g]);
                let whole = (level - zero).abs();
                let unit = whole.max(LEAST_LEVEL * noise);
                let off = mean(&cells) - level;
                variance[(k, g)] = 1.0 / cells.len().max(1) as f64;
                change[(k, g)] = if cells.is_empty() {
                    f64::NAN
                } else {
                    off / noise
                };
                relative[(k, g)] = if !cells.is_empty() {
                    (off / unit).clamp(-LARGEST, LARGEST)
                } else if is_out(done, Gene(g)) {
                    -whole / unit
                } else {
                    0.0
                };
            }
        }
        let mut changed_in = vec![Vec::new(); p];
        for (k, (done, _)) in groups.iter().enumerate() {
            done.iter()
                .for_each(|one| changed_in[one.gene.index()].push(k));
        }
        Some(Self {
            genes: states.genes().clone(),
            changed_in,
            interventions: groups.into_iter().map(|(done, _)| done).collect(),
            change,
            variance,
            relative,
        })
    }

    /// The genes.
    #[must_use]
    pub fn genes(&self) -> &Genes {
        &self.genes
    }

    /// The distinct interventions, each the genes that were changed together.
    #[must_use]
    pub fn interventions(&self) -> &[Vec<Intervention>] {
        &self.interventions
    }

    /// Change of every gene under every intervention, in standard deviations of one sample's
    /// noise; interventions × genes, NaN where missing.
    #[must_use]
    pub fn change(&self) -> &Mat<f64> {
        &self.change
    }

    /// Variance of [`Self::change`] by noise.
    #[must_use]
    pub fn variance(&self) -> &Mat<f64> {
        &self.variance
    }

    /// Change as a share of the wild type's level, at most 2; 0 where missing.
    #[must_use]
    pub fn relative(&self) -> &Mat<f64> {
        &self.relative
    }

    /// The interventions in which a gene was changed, in their order; none if it never was.
    #[must_use]
    pub fn changed_in(&self, gene: Gene) -> &[usize] {
        &self.changed_in[gene.index()]
    }

    /// z-score of the response of `target` to what was done to `source`, all its interventions
    /// pooled: `Σ_k x_k y_k / √(Σ_k x_k² v_k)`; above 0 if `source` raises `target`, 0 if `source`
    /// was never changed, or only together with `target`.
    #[must_use]
    pub fn z(&self, target: Gene, source: Gene) -> f64 {
        let (mut sum, mut square) = (0.0, 0.0);
        for &k in self.changed_in(source) {
            let y = self.change[(k, target.index())];
            if !y.is_nan() && !self.changed_in(target).contains(&k) {
                let x = self.relative[(k, source.index())];
                sum += x * y;
                square += x * x * self.variance[(k, target.index())];
            }
        }
        if square > 0.0 {
            sum / square.sqrt()
        } else {
            0.0
        }
    }
}

fn is_out(done: &[Intervention], gene: Gene) -> bool {
    done.iter()
        .any(|one| one.gene == gene && one.change == Change::Knockout)
}
