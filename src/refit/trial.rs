//! The field at a vector of parameters, and how its velocities depend on them.

use faer::Mat;

use super::layout::{At, Layout, TargetLayout};
use crate::field::{Intervened, VectorField};
use crate::genes::{Gene, Genes};

/// The field that a vector of natural parameters stands for.
#[derive(Clone, Copy, Debug)]
pub(super) struct TrialField<'a> {
    pub(super) layout: &'a Layout,
    /// Natural parameters.
    pub(super) natural: &'a [f64],
    /// Strengths of the covariates; none act if it is empty.
    pub(super) covariates: &'a [f64],
    /// What genes see of each other, if not all of it is the model's.
    pub(super) sight: Option<Sight<'a>>,
}

/// Levels that genes see of each other: a share `κ` of the model's state, the rest as measured.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sight<'a> {
    /// `κ`.
    pub(super) coupling: f64,
    /// Levels that were measured.
    pub(super) measured: &'a [f64],
}

impl TrialField<'_> {
    /// Levels that genes see of each other in the state `x`.
    pub(super) fn seen(&self, x: &[f64]) -> Vec<f64> {
        let mut y = x.to_vec();
        if let Some(Sight { coupling, measured }) = self.sight {
            let pairs = y.iter_mut().zip(measured);
            pairs.for_each(|(y, measured)| *y = measured + coupling * (*y - measured));
        }
        y
    }

    fn target(&self, gene: Gene) -> &TargetLayout {
        &self.layout.targets[gene.index()]
    }

    /// `∂v_i/∂x_j` of every regulator of a target, then `−δ`.
    fn row_into(&self, target: &TargetLayout, y: &[f64], own: f64, row: &mut [f64]) {
        let coupling = self.sight.map_or(1.0, |sight| sight.coupling);
        row.fill(0.0);
        target.slopes(self.natural, y, own, |index, slope| {
            let itself = target.regulators[index] == target.gene;
            row[index] += if itself { slope } else { coupling * slope };
        });
        row[target.regulators.len()] = -target.decay(self.natural);
    }

    /// Adds `Σ_i c_i ∂N_i/∂θ` of the drives `N = v + δx` under interventions to `gradient`, by
    /// natural parameters, and `Σ_i c_i ∂N_i/∂x` to `onto`.
    ///
    /// A gene that is scaled is driven by `N = m (drive − δu) + δx` at its own level `u`, with
    /// `m = dx/du`.
    ///
    /// * `c`: 0 for genes that are held
    pub(super) fn pull_back(
        under: &Intervened<'_, Self>,
        x: &[f64],
        c: &[f64],
        onto: &mut [f64],
        gradient: &mut [f64],
    ) {
        let trial = under.undisturbed();
        let y = trial.seen(x);
        let coupling = trial.sight.map_or(1.0, |sight| sight.coupling);
        for target in trial.layout.targets.iter().filter(|t| c[t.gene] != 0.0) {
            let (i, c) = (target.gene, c[target.gene]);
            let scaling = under.scaling(Gene(i), x[i]);
            let (own, m) = scaling.map_or((x[i], 1.0), |scaling| (scaling.own, scaling.slope));
            target.slopes(trial.natural, &y, own, |index, slope| {
                let j = target.regulators[index];
                onto[j] += c * slope * if j == i { 1.0 } else { m * coupling };
            });
            if let Some(scaling) = scaling {
                let drive = target.drive(trial.natural, &y, own, trial.covariates);
                let velocity = drive - target.decay(trial.natural) * own;
                onto[i] += c * scaling.curvature * velocity;
            }
            let at = At {
                y: &y,
                own,
                u: trial.covariates,
            };
            let part = &mut gradient[target.at..target.at + target.width()];
            target.add_gradient(trial.natural, &at, c * m, part);
            part[1] += c * (x[i] - m * own);
        }
    }

    /// Adds `Σ_i c_i ∂v_i/∂θ` under interventions to `gradient`, by natural parameters.
    ///
    /// * `c`: that of genes that are held does not count
    pub(super) fn add_gradient(
        under: &Intervened<'_, Self>,
        x: &[f64],
        c: &[f64],
        gradient: &mut [f64],
    ) {
        let trial = under.undisturbed();
        let y = trial.seen(x);
        for target in &trial.layout.targets {
            let gene = Gene(target.gene);
            if under.clamps().holds(gene) {
                continue;
            }
            let x = x[target.gene];
            let scaling = under.scaling(gene, x);
            let (own, m) = scaling.map_or((x, 1.0), |scaling| (scaling.own, scaling.slope));
            let at = At {
                y: &y,
                own,
                u: trial.covariates,
            };
            let part = &mut gradient[target.at..target.at + target.width()];
            let c = c[target.gene] * m;
            target.add_gradient(trial.natural, &at, c, part);
            part[1] -= c * own;
        }
    }
}

impl VectorField for TrialField<'_> {
    fn genes(&self) -> &Genes {
        self.layout.names()
    }

    fn velocity_into(&self, x: &[f64], dx: &mut [f64]) {
        self.drive_into(x, dx);
        for target in &self.layout.targets {
            dx[target.gene] -= target.decay(self.natural) * x[target.gene];
        }
    }

    fn jacobian_into(&self, x: &[f64], jacobian: &mut Mat<f64>) {
        jacobian.fill(0.0);
        for target in &self.layout.targets {
            let gene = Gene(target.gene);
            let sources = target.regulators.iter().chain([&target.gene]);
            for (&j, slope) in sources.zip(self.slopes_of(gene, x)) {
                jacobian[(target.gene, j)] += slope;
            }
        }
    }

    fn decays(&self) -> Vec<f64> {
        let targets = self.layout.targets.iter();
        targets.map(|t| t.decay(self.natural)).collect()
    }

    fn drive_into(&self, x: &[f64], drive: &mut [f64]) {
        let mixed = self.sight.map(|_| self.seen(x));
        let y = mixed.as_deref().unwrap_or(x);
        for target in &self.layout.targets {
            let own = x[target.gene];
            drive[target.gene] = target.drive(self.natural, y, own, self.covariates);
        }
    }

    fn velocity_of(&self, gene: Gene, x: &[f64]) -> f64 {
        let (target, own) = (self.target(gene), x[gene.index()]);
        let drive = target.drive(self.natural, &self.seen(x), own, self.covariates);
        drive - target.decay(self.natural) * own
    }

    fn entries(&self) -> Vec<(usize, usize)> {
        let targets = self.layout.targets.iter();
        let row = |t: &TargetLayout| -> Vec<(usize, usize)> {
            let sources = t.regulators.iter().chain([&t.gene]);
            sources.map(|&j| (t.gene, j)).collect()
        };
        targets.flat_map(row).collect()
    }

    fn slopes_into(&self, x: &[f64], slopes: &mut [f64]) {
        let y = self.seen(x);
        let mut rest = slopes;
        for target in &self.layout.targets {
            let (row, after) = rest.split_at_mut(target.regulators.len() + 1);
            self.row_into(target, &y, x[target.gene], row);
            rest = after;
        }
    }

    fn slopes_of(&self, gene: Gene, x: &[f64]) -> Vec<f64> {
        let target = self.target(gene);
        let mut row = vec![0.0; target.regulators.len() + 1];
        self.row_into(target, &self.seen(x), x[gene.index()], &mut row);
        row
    }
}
