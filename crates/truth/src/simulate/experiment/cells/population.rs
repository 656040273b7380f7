//! The trajectories of the cells: each one a path of the chemical Langevin equation of its own,
//! from `x + s √x ξ` around the start, the spread that birth and death give.

use rand::Rng;
use rayon::prelude::*;

use super::cell_plan::CellPlan;
use crate::simulate::experiment::Noise;
use crate::simulate::integrate::normal;
use crate::simulate::kinetics::{Kinetics, Perturbation};
use cistron::seed::{Purpose, Seed};

/// A cell when it was sampled, and at the end.
pub(super) struct Sampled {
    pub(super) time: f64,
    /// Levels of mRNA, spliced where there is splicing.
    pub(super) spliced: Vec<f64>,
    /// Levels of unspliced mRNA; NaN for genes without splicing.
    pub(super) unspliced: Vec<f64>,
    /// `d spliced / dt` without noise.
    pub(super) velocity: Vec<f64>,
    /// The whole state at the end of the process.
    pub(super) last: Vec<f64>,
}

/// Cells of one network under one plan.
pub(super) struct Population<'a> {
    plan: &'a CellPlan,
    kinetics: &'a Kinetics,
    noise: Noise,
    /// The state that all cells start near.
    start: Vec<f64>,
    seed: Seed,
}

impl<'a> Population<'a> {
    pub(super) fn new(
        plan: &'a CellPlan,
        kinetics: &'a Kinetics,
        initial: &[Option<f64>],
        noise: Noise,
        seed: Seed,
    ) -> Self {
        assert_eq!(initial.len(), kinetics.genes().len(), "one entry per gene");
        let mut start = kinetics.full_levels();
        for gene in kinetics.genes().iter() {
            let part = initial[gene.index()].unwrap_or(plan.initial);
            start[gene.index()] *= part;
            let acting = kinetics.acting(gene);
            let protein = (acting != gene.index()).then_some(acting);
            let others = protein.into_iter().chain(kinetics.unspliced(gene));
            others.for_each(|slot| start[slot] *= part);
        }
        Self {
            plan,
            kinetics,
            noise,
            start,
            seed,
        }
    }

    /// All cells, in parallel; each has a stream of random numbers of its own.
    pub(super) fn run(&self) -> Vec<Sampled> {
        (0..self.plan.count)
            .into_par_iter()
            .map(|number| self.cell(number))
            .collect()
    }

    fn cell(&self, number: usize) -> Sampled {
        let mut rng = self.seed.stream(Purpose::CellProcess, number as u64);
        let time = self.time(number, &mut rng);
        let mut x = self.start.clone();
        for x in &mut x {
            *x = (*x + self.noise.strength * x.sqrt() * normal(&mut rng)).max(0.0);
        }
        let calm = Perturbation::none(self.kinetics.genes().len());
        let (noise, kinetics) = (&self.noise, self.kinetics);
        noise.advance(kinetics, &calm, 0.0..time, &mut rng, &mut x);
        let mut cell = self.sampled(time, &x);
        let rest_of_time = time..self.plan.duration;
        noise.advance(kinetics, &calm, rest_of_time, &mut rng, &mut x);
        cell.last = x;
        cell
    }

    /// When a cell is sampled: a random time, or its share of the snapshots.
    fn time(&self, number: usize, rng: &mut impl Rng) -> f64 {
        let (times, cells) = (&self.plan.snapshots, self.plan.count);
        match times.len() {
            0 => self.plan.duration * rng.random::<f64>(),
            snapshots => times[number * snapshots / cells],
        }
    }

    fn sampled(&self, time: f64, x: &[f64]) -> Sampled {
        let genes = self.kinetics.genes();
        let mut dx = vec![0.0; x.len()];
        let calm = Perturbation::none(genes.len());
        self.kinetics.velocity(&calm)(time, x, &mut dx);
        dx.truncate(genes.len());
        let slots = genes.iter().map(|gene| self.kinetics.unspliced(gene));
        Sampled {
            time,
            spliced: x[..genes.len()].to_vec(),
            unspliced: slots
                .map(|slot| slot.map_or(f64::NAN, |slot| x[slot]))
                .collect(),
            velocity: dx,
            last: Vec::new(),
        }
    }
}
