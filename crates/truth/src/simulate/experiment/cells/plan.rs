//! What is measured on single cells.

use serde::{Deserialize, Serialize};

use super::counts::{Counting, drop_low};
use super::data::CellData;
use super::lineages::Lineages;
use super::population::{Population, Sampled};
use crate::simulate::experiment::{ExperimentError, Noise, moderate, need, positive};
use crate::simulate::kinetics::Kinetics;
use cistron::seed::Seed;

/// Cells that are sampled while they run through the dynamics.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CellPlan {
    /// Number of cells.
    pub count: usize,
    /// How long the process lasts; a cell is sampled at a uniform time in it.
    pub duration: f64,
    /// If given, cells are sampled at these increasing times instead, in equal numbers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub snapshots: Vec<f64>,
    /// Level of every gene at the start, as a part of its full level.
    pub initial: f64,
    /// Mean number of molecules counted in a cell; without it levels are exact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub library: Option<f64>,
    /// Coefficient of variation of the library size over cells, which is log-normal; 0.4 if not
    /// said.
    #[serde(default = "usual_spread", skip_serializing_if = "is_usual_spread")]
    pub library_spread: f64,
    /// `q`, 0 to 1: of each gene, the values below its `q`-quantile are lost with probability `q`,
    /// so that `q²` of all are; 0 for no loss.
    ///
    /// # Source   Dropout as in BEELINE, Pratapa et al. (2020), Nat. Methods 17:147.
    #[serde(default)]
    pub dropout: f64,
    /// Whether spliced and unspliced mRNA and the true velocity are measured of every gene, also
    /// of those that the model gives no splicing; see [`CellPlan::run`].
    #[serde(default, skip_serializing_if = "is_false")]
    pub velocity: bool,
}

const USUAL_SPREAD: f64 = 0.4;

fn usual_spread() -> f64 {
    USUAL_SPREAD
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
fn is_usual_spread(spread: &f64) -> bool {
    *spread == USUAL_SPREAD
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
fn is_false(asked: &bool) -> bool {
    !asked
}

/// Half-life of unspliced mRNA as a part of the shortest half-life of mRNA, where the model does
/// not say it and velocities are asked for.
const PART_OF_MRNA: f64 = 0.2;

/// Longest step as a part of the fastest time constant after a splicing step was added to a model
/// whose own longest step may be too long for it.
const PART_OF_SPLICING: f64 = 0.1;

impl CellPlan {
    /// Whether the settings are in their range.
    ///
    /// # Errors   [`ExperimentError`] naming the setting, its value and what it has to be.
    pub fn check(&self) -> Result<(), ExperimentError> {
        positive("count", self.count as f64)?;
        let few = self.count <= 10_000_000;
        need("count", self.count as f64, few, "at most 10 million")?;
        positive("duration", self.duration)?;
        moderate("initial", self.initial)?;
        for (at, &time) in self.snapshots.iter().enumerate() {
            let inside = time >= 0.0 && time <= self.duration;
            need("snapshots", time, inside, "between 0 and `duration`")?;
            let later = at == 0 || time > self.snapshots[at - 1];
            need("snapshots", time, later, "later than the one before it")?;
        }
        let enough = self.count >= self.snapshots.len();
        let rule = "at least the number of `snapshots`";
        need("count", self.count as f64, enough, rule)?;
        self.library
            .map_or(Ok(()), |size| positive("library", size))?;
        let counted = self.library.unwrap_or(1.0);
        need("library", counted, counted <= 1e12, "at most 1e12")?;
        let spread = self.library_spread;
        let moderate = (0.0..=5.0).contains(&spread);
        need("library_spread", spread, moderate, "between 0 and 5")?;
        let share = self.dropout;
        let is_share = (0.0..=1.0).contains(&share);
        need("dropout", share, is_share, "between 0 and 1")
    }

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
    /// # Panics   if [`CellPlan::check`] fails or `initial` is not one a gene (a bug in the
    ///   caller).
    /// # Cost     `count · duration / longest_step` evaluations of the kinetics and, where cells come
    ///   to rest, some hundred more a cell to see where; cells in parallel. `O(count · genes)`
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
        let lacking = |gene| kinetics.of(gene).splicing.is_none();
        if !self.velocity || !kinetics.genes().iter().any(lacking) {
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
