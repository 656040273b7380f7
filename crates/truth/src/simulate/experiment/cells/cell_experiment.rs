//! The experiment on single cells: trajectories, counts, lineages.

use super::cell_data::CellData;
use super::cell_plan::CellPlan;
use super::counts::{Counting, drop_low};
use super::lineages::Lineages;
use super::population::{Population, Sampled};
use crate::simulate::experiment::Noise;
use crate::simulate::kinetics::Kinetics;
use cistron::seed::Seed;

/// Half-life of unspliced mRNA as a part of the shortest half-life of mRNA, where the model does
/// not say it and velocities are asked for.
const PART_OF_MRNA: f64 = 0.2;

/// Longest step as a part of the fastest time constant after a splicing step was added to a model
/// whose own longest step may be too long for it.
const PART_OF_SPLICING: f64 = 0.1;

impl CellPlan {
    /// Does the experiment; the same seed gives the same numbers for any number of threads.
    ///
    /// * A cell starts at `initial` of the full levels, its own variant of them: `x + s √x ξ` with
    ///   the strength `s` of the noise, the spread that birth and death give. It follows the
    ///   chemical Langevin equation, is sampled, and runs on until `duration`; its lineage is the
    ///   end that it reaches from there, see [`CellData::ends`]. Without noise all cells follow
    ///   one path.
    /// * With `library`, a cell has the counts `Poisson(L cᵢ xⱼ / T)` of level `xⱼ`: `L` is the
    ///   library, `cᵢ` log-normal of mean 1, and `T` the mean over cells of the sum of their
    ///   levels. The genes are taken as a part of a large transcriptome, so that a cell with
    ///   twice the levels has twice the counts; the chance to be counted is the same for all
    ///   genes, spliced or not.
    /// * `dropout` then sets low values to 0.
    /// * With `velocity`, genes without splicing get one of a fifth of the shortest mRNA
    ///   half-life, [`Kinetics::with_splicing`].
    ///
    /// * `initial`: for each gene, its own `initial` where it has one
    ///
    /// # Panics   if [`CellPlan::check`] fails or `initial` is not one per gene (a bug in the
    ///   caller).
    /// # Cost     `count · duration / longest_step` evaluations of the kinetics and, where cells
    ///   reach steady states, some hundred more per cell to find them; cells in parallel. `O(count · genes)`
    ///   memory.
    #[must_use]
    pub fn run(
        &self,
        kinetics: &Kinetics,
        initial: &[Option<f64>],
        noise: &Noise,
        seed: Seed,
    ) -> CellData {
        self.check().expect("settings were checked");
        let (kinetics, noise) = self.with_velocity(kinetics, *noise);
        let population = Population::new(self, &kinetics, initial, noise, seed);
        let mut cells = population.run();
        let lasts = cells.iter_mut().map(|cell| std::mem::take(&mut cell.last));
        let lineages = Lineages::of(&kinetics, lasts.collect());
        let counting = Counting::new(self, &cells, seed);
        let mut data = CellData::new(self, &kinetics, &cells, lineages, &counting);
        data.expression = counting.measure(&cells, |cell: &Sampled| &cell.spliced, 0);
        drop_low(&mut data.expression, self.dropout, seed, 0);
        if let Some(splicing) = &mut data.splicing {
            splicing.unspliced = counting.measure(&cells, |cell: &Sampled| &cell.unspliced, 1);
            drop_low(&mut splicing.unspliced, self.dropout, seed, 1);
        }
        data
    }

    /// The network with splicing, if velocities are asked for, and steps short enough for it.
    fn with_velocity(&self, kinetics: &Kinetics, mut noise: Noise) -> (Kinetics, Noise) {
        let mut genes = kinetics.genes().iter();
        if !self.velocity || genes.all(|gene| kinetics.of(gene).splicing.is_some()) {
            return (kinetics.clone(), noise);
        }
        let decays = kinetics.genes().iter().map(|g| kinetics.of(g).mrna_decay);
        let fastest = decays.fold(0.0, f64::max);
        let spliced = kinetics.with_splicing(PART_OF_MRNA * std::f64::consts::LN_2 / fastest);
        let short = PART_OF_SPLICING / spliced.fastest_rate();
        noise.longest_step = noise.longest_step.map(|step| step.min(short));
        (spliced, noise)
    }
}
