//! Shooting over the windows: residuals at their samples, and the gradient backwards in time.

use crate::expression::Scale;

use super::clamps::Clamps;
use super::layout::{At, Layout};
use super::relaxation::Relaxation;
use super::windows::{Interval, Window, Windows};

/// The windows under one set of parameters.
pub(super) struct Shots<'a> {
    pub(super) layout: &'a Layout,
    pub(super) scale: Scale,
    pub(super) windows: &'a Windows,
    /// Natural parameters.
    pub(super) natural: &'a [f64],
    /// Steps in an interval of each length.
    pub(super) steps: &'a [usize],
    /// Coefficients of a step, for every length and gene.
    pub(super) relaxations: Vec<Vec<Relaxation>>,
    /// `1/τ²` of every number of intervals and gene.
    pub(super) precision: &'a [Vec<f64>],
}

/// What the backward pass needs of one step.
pub(super) struct Step {
    pub(super) z: Vec<f64>,
    pub(super) drive: Vec<f64>,
    pub(super) middle: Vec<f64>,
    pub(super) drive_at_middle: Vec<f64>,
}

impl<'a> Shots<'a> {
    /// Coefficients for these natural parameters.
    pub(super) fn relaxations(
        layout: &Layout,
        windows: &Windows,
        steps: &[usize],
        natural: &[f64],
    ) -> Vec<Vec<Relaxation>> {
        let of_length = |(length, steps): (&f64, &usize)| {
            let h = length / *steps as f64;
            let targets = layout.targets.iter();
            targets
                .map(|t| Relaxation::new(t.decay(natural), h))
                .collect()
        };
        windows.lengths.iter().zip(steps).map(of_length).collect()
    }

    /// The states at the ends of a window's intervals, as they are seen.
    pub(super) fn path(&self, window: Window) -> Vec<Vec<f64>> {
        self.forward(window).1
    }

    /// The steps of a window.
    pub(super) fn steps(&self, window: Window) -> Vec<Step> {
        self.forward(window).0
    }

    /// `½ Σ |y(t_{k+h}) − Φ_h|² / τ²` of one window; its gradient by natural parameters is added.
    pub(super) fn add(&self, window: Window, gradient: &mut [f64]) -> f64 {
        let (steps, ends) = self.forward(window);
        let clamps = self.clamps(window);
        let (mut value, mut pull) = (0.0, vec![0.0; self.layout.genes()]);
        let mut last = steps.len();
        for h in (0..window.intervals).rev() {
            value += self.add_residual(window, h, &ends[h], &mut pull);
            // `pull` is by what is seen only at the last interval's end; before, it is a sum of
            // both kinds, which differ for scaled genes alone, whose residual is left out
            let interval = self.interval(window, h);
            let first = last - self.steps[interval.length];
            for step in steps[first..last].iter().rev() {
                self.step_back(step, clamps, interval, &mut pull, gradient);
            }
            last = first;
        }
        value
    }

    /// Residual at the end of interval `h`, left out for genes that were changed.
    fn add_residual(&self, window: Window, h: usize, end: &[f64], pull: &mut [f64]) -> f64 {
        let observed = &self.windows.observed[window.first + h + 1];
        let clamps = self.clamps(window);
        let mut value = 0.0;
        for i in (0..end.len()).filter(|&i| !observed[i].is_nan() && !clamps.changes(i)) {
            let off = end[i] - observed[i];
            let scaled = off * self.precision[h][i];
            value += 0.5 * off * scaled;
            pull[i] += scaled;
        }
        value
    }

    pub(super) fn interval(&self, window: Window, h: usize) -> &'a Interval {
        let interval = self.windows.intervals[window.first + h].as_ref();
        interval.expect("windows hold whole intervals")
    }

    pub(super) fn clamps(&self, window: Window) -> &'a Clamps {
        &self.windows.clamps[self.interval(window, 0).clamps]
    }

    fn forward(&self, window: Window) -> (Vec<Step>, Vec<Vec<f64>>) {
        let clamps = self.clamps(window);
        let mut z = self.windows.filled[window.first].clone();
        clamps.unsee(self.scale, &mut z);
        clamps.place(&mut z);
        let (mut steps, mut ends) = (Vec::new(), Vec::new());
        for h in 0..window.intervals {
            let interval = self.interval(window, h);
            for _ in 0..self.steps[interval.length] {
                let step = self.step(&mut z, clamps, interval);
                steps.push(step);
            }
            let mut seen = z.clone();
            clamps.see(self.scale, &z, &mut seen);
            ends.push(seen);
        }
        (steps, ends)
    }

    fn drives(&self, z: &[f64], clamps: &Clamps, u: &[f64]) -> Vec<f64> {
        let drive = |y: &[f64]| {
            let targets = self.layout.targets.iter().zip(z);
            targets
                .map(|(t, own)| t.drive(self.natural, y, *own, u))
                .collect()
        };
        if clamps.scaled.is_empty() {
            return drive(z);
        }
        let mut y = vec![0.0; z.len()];
        clamps.see(self.scale, z, &mut y);
        drive(&y)
    }

    fn step(&self, z: &mut Vec<f64>, clamps: &Clamps, interval: &Interval) -> Step {
        let relaxations = &self.relaxations[interval.length];
        let drive = self.drives(z, clamps, &interval.u);
        let mut middle: Vec<f64> = (0..z.len())
            .map(|i| {
                let [e, a, b] = relaxations[i].now;
                e * z[i] + (a + b) * drive[i]
            })
            .collect();
        clamps.place(&mut middle);
        let drive_at_middle = self.drives(&middle, clamps, &interval.u);
        let mut next: Vec<f64> = (0..z.len())
            .map(|i| {
                let [e, a, b] = relaxations[i].now;
                e * z[i] + a * drive[i] + b * drive_at_middle[i]
            })
            .collect();
        clamps.place(&mut next);
        Step {
            z: std::mem::replace(z, next),
            drive,
            middle,
            drive_at_middle,
        }
    }

    /// Takes `pull` from the end of a step to its start.
    fn step_back(
        &self,
        step: &Step,
        clamps: &Clamps,
        interval: &Interval,
        pull: &mut Vec<f64>,
        gradient: &mut [f64],
    ) {
        let p = pull.len();
        let relaxations = &self.relaxations[interval.length];
        clamps.release(pull);
        let (mut on_drive, mut on_middle) = (vec![0.0; p], vec![0.0; p]);
        let mut before = vec![0.0; p];
        for i in 0..p {
            let [e, a, b] = relaxations[i].now;
            let [by_e, by_a, by_b] = relaxations[i].by_decay;
            before[i] = e * pull[i];
            on_drive[i] = a * pull[i];
            on_middle[i] = b * pull[i];
            let own = by_e * step.z[i] + by_a * step.drive[i] + by_b * step.drive_at_middle[i];
            gradient[self.layout.targets[i].at + 1] += pull[i] * own;
        }
        let mut middle = vec![0.0; p];
        self.drives_back(
            &step.middle,
            &on_middle,
            (clamps, &interval.u),
            &mut middle,
            gradient,
        );
        clamps.release(&mut middle);
        for i in 0..p {
            let [e, a, b] = relaxations[i].now;
            let [by_e, by_a, by_b] = relaxations[i].by_decay;
            before[i] += e * middle[i];
            on_drive[i] += (a + b) * middle[i];
            let own = by_e * step.z[i] + (by_a + by_b) * step.drive[i];
            gradient[self.layout.targets[i].at + 1] += middle[i] * own;
        }
        self.drives_back(
            &step.z,
            &on_drive,
            (clamps, &interval.u),
            &mut before,
            gradient,
        );
        *pull = before;
    }

    /// Adds `Σ_i c_i ∂drive_i` by the state to `onto` and by the parameters to `gradient`.
    fn drives_back(
        &self,
        z: &[f64],
        c: &[f64],
        (clamps, u): (&Clamps, &[f64]),
        onto: &mut [f64],
        gradient: &mut [f64],
    ) {
        let mut y = z.to_vec();
        clamps.see(self.scale, z, &mut y);
        let mut by_seen = vec![0.0; z.len()];
        for target in self.layout.targets.iter().filter(|t| c[t.gene] != 0.0) {
            let i = target.gene;
            let own = z[i];
            target.slopes(self.natural, &y, own, |index, slope| {
                let j = target.regulators[index];
                if j == i {
                    onto[i] += c[i] * slope;
                } else {
                    by_seen[j] += c[i] * slope;
                }
            });
            let at = At { y: &y, own, u };
            let part = &mut gradient[target.at..target.at + target.width()];
            target.add_gradient(self.natural, &at, c[i], part);
        }
        clamps.see_back(self.scale, z, &mut by_seen);
        onto.iter_mut().zip(&by_seen).for_each(|(to, by)| *to += by);
    }
}
