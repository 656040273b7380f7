//! Shooting over the windows: residuals at their samples, and the gradient backwards in time.
//!
//! A window runs the field from one sample over a few sampling intervals by the steps of
//! [`course`](crate::dynamics::course) with [`Method::Equal`](crate::dynamics::Method::Equal); what
//! is added here is the pass backwards through the same steps.

use super::layout::Layout;
use super::trial::TrialField;
use super::windows::{Interval, ShotWindow, Windows};
use crate::dynamics::{Relaxation, Step};
use crate::expression::Scale;
use crate::field::{Clamps, Intervened};
use crate::genes::Gene;

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

impl<'a> Shots<'a> {
    /// Coefficients for these natural parameters.
    pub(super) fn relaxations(
        layout: &Layout,
        windows: &Windows,
        steps: &[usize],
        natural: &[f64],
    ) -> Vec<Vec<Relaxation>> {
        let lengths = windows.lengths.iter().zip(steps);
        lengths
            .map(|(length, steps)| {
                let h = length / *steps as f64;
                let targets = layout.targets.iter();
                targets
                    .map(|t| Relaxation::new(t.decay(natural), h))
                    .collect()
            })
            .collect()
    }

    /// The states at the ends of a window's intervals.
    pub(super) fn path(&self, window: ShotWindow) -> Vec<Vec<f64>> {
        self.forward(window).1
    }

    /// The steps of a window.
    pub(super) fn steps(&self, window: ShotWindow) -> Vec<Step> {
        self.forward(window).0
    }

    /// `½ Σ |y(t_{k+h}) − Φ_h|² / τ²` of one window; its gradient by natural parameters is added.
    pub(super) fn add(&self, window: ShotWindow, gradient: &mut [f64]) -> f64 {
        let (steps, ends) = self.forward(window);
        let (mut value, mut pull) = (0.0, vec![0.0; self.layout.genes()]);
        let mut last = steps.len();
        for h in (0..window.intervals).rev() {
            value += self.add_residual(window, h, &ends[h], &mut pull);
            let interval = self.interval(window, h);
            let trial = self.trial(interval);
            let under = Intervened::under(&trial, self.scale, self.clamps(window).clone());
            let relaxations = &self.relaxations[interval.length];
            let first = last - self.steps[interval.length];
            for step in steps[first..last].iter().rev() {
                self.step_back(&under, relaxations, step, &mut pull, gradient);
            }
            last = first;
        }
        value
    }

    /// Residual at the end of interval `h`, left out for genes that were changed.
    fn add_residual(&self, window: ShotWindow, h: usize, end: &[f64], pull: &mut [f64]) -> f64 {
        let observed = &self.windows.observed[window.first + h + 1];
        let clamps = self.clamps(window);
        let judged = |i: &usize| !observed[*i].is_nan() && !clamps.changes(Gene(*i));
        let mut value = 0.0;
        for i in (0..end.len()).filter(judged) {
            let off = end[i] - observed[i];
            let scaled = off * self.precision[h][i];
            value += 0.5 * off * scaled;
            pull[i] += scaled;
        }
        value
    }

    pub(super) fn interval(&self, window: ShotWindow, h: usize) -> &'a Interval {
        let interval = self.windows.intervals[window.first + h].as_ref();
        interval.expect("windows hold whole intervals")
    }

    pub(super) fn clamps(&self, window: ShotWindow) -> &'a Clamps {
        &self.windows.clamps[self.interval(window, 0).clamps]
    }

    /// The field while an interval lasts.
    fn trial(&self, interval: &'a Interval) -> TrialField<'a> {
        TrialField {
            layout: self.layout,
            natural: self.natural,
            covariates: &interval.u,
            sight: None,
        }
    }

    fn forward(&self, window: ShotWindow) -> (Vec<Step>, Vec<Vec<f64>>) {
        let clamps = self.clamps(window);
        let mut x = self.windows.filled[window.first].clone();
        clamps.place(&mut x);
        let (mut steps, mut ends) = (Vec::new(), Vec::new());
        for h in 0..window.intervals {
            let interval = self.interval(window, h);
            let trial = self.trial(interval);
            let under = Intervened::under(&trial, self.scale, clamps.clone());
            let relaxations = &self.relaxations[interval.length];
            for _ in 0..self.steps[interval.length] {
                steps.push(Step::take(&under, relaxations, &mut x));
            }
            ends.push(x.clone());
        }
        (steps, ends)
    }

    /// Takes `pull` from the end of a step to its start.
    fn step_back(
        &self,
        under: &Intervened<'_, TrialField<'_>>,
        relaxations: &[Relaxation],
        step: &Step,
        pull: &mut Vec<f64>,
        gradient: &mut [f64],
    ) {
        let p = pull.len();
        under.clamps().release(pull);
        let (mut on_drive, mut on_middle) = (vec![0.0; p], vec![0.0; p]);
        let mut before = vec![0.0; p];
        for i in 0..p {
            let [e, a, b] = relaxations[i].now;
            let [by_e, by_a, by_b] = relaxations[i].by_decay;
            before[i] = e * pull[i];
            on_drive[i] = a * pull[i];
            on_middle[i] = b * pull[i];
            let own = by_e * step.x[i] + by_a * step.drive[i] + by_b * step.drive_at_middle[i];
            gradient[self.layout.targets[i].at + 1] += pull[i] * own;
        }
        let mut middle = vec![0.0; p];
        TrialField::pull_back(under, &step.middle, &on_middle, &mut middle, gradient);
        under.clamps().release(&mut middle);
        for i in 0..p {
            let [e, a, b] = relaxations[i].now;
            let [by_e, by_a, by_b] = relaxations[i].by_decay;
            before[i] += e * middle[i];
            on_drive[i] += (a + b) * middle[i];
            let own = by_e * step.x[i] + (by_a + by_b) * step.drive[i];
            gradient[self.layout.targets[i].at + 1] += middle[i] * own;
        }
        TrialField::pull_back(under, &step.x, &on_drive, &mut before, gradient);
        *pull = before;
    }
}

/// What a refit minimises at its start, for the test that compares it with other courses.
#[cfg(test)]
pub(crate) mod minimised {
    use super::Shots;
    use crate::dynamics::EqualSteps;
    use crate::field::{Clamps, SparseField};
    use crate::refit::layout::Layout;
    use crate::refit::setup::Setup;
    use crate::refit::{Observations, RefitSettings};

    /// The path of one window.
    pub(crate) struct Path {
        /// The sample at its start, counted over all series.
        pub(crate) first: usize,
        pub(crate) start: Vec<f64>,
        /// States at the samples after it.
        pub(crate) states: Vec<Vec<f64>>,
        pub(crate) clamps: Clamps,
    }

    /// The paths of all windows, and the steps that they are made of.
    pub(crate) fn paths(
        field: &SparseField,
        data: &Observations<'_>,
        settings: &RefitSettings,
    ) -> (EqualSteps, Vec<Path>) {
        let setup = Setup::new(field, data, settings);
        let layout = Layout::new(field, &setup.reference);
        let natural = layout.natural(&layout.vector(field, 0.0));
        let shots = Shots {
            layout: &layout,
            scale: field.scale(),
            windows: &setup.windows,
            natural: &natural,
            steps: &setup.steps,
            relaxations: Shots::relaxations(&layout, &setup.windows, &setup.steps, &natural),
            precision: &[],
        };
        let windows = setup.windows.windows.iter();
        let paths = windows.map(|window| Path {
            first: window.first,
            start: setup.windows.filled[window.first].clone(),
            states: shots.path(*window),
            clamps: shots.clamps(*window).clone(),
        });
        (setup.method, paths.collect())
    }
}
