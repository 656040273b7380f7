//! The result of an experiment on single cells.

use faer::Mat;

use super::cell_plan::CellPlan;
use super::counts::Counting;
use super::lineages::Lineages;
use super::population::Sampled;
use crate::simulate::kinetics::Kinetics;
use cistron::expression::{Cells, CellsError, Lineage};
use cistron::genes::Genes;

/// Simulated cells: what was measured, and what is true about them.
#[derive(Clone, Debug, PartialEq)]
pub struct CellData {
    /// The genes, in the order of all columns.
    pub genes: Genes,
    /// The cells, in the order of all rows; those of a snapshot are adjacent.
    pub cells: Vec<SimulatedCell>,
    /// Levels of mRNA at the end of each lineage, the largest lineage first; `None` for cells
    /// that do not reach a steady state.
    ///
    /// From its state at the end of the process, each cell is followed to its steady state without
    /// noise; if none of the first 64 reaches one, the others are taken not to. Two ends are the same
    /// if no gene differs by more than 2 % of its full level. An end that fewer than 3 cells, or
    /// less than 1 % of them, reach is counted as the nearest one that more reach.
    pub ends: Vec<Option<Vec<f64>>>,
    /// Measured (spliced) mRNA `n × p`: molecules counted, or exact levels.
    pub expression: Mat<f64>,
    /// True levels of (spliced) mRNA `n × p`, in the units of the model.
    pub levels: Mat<f64>,
    /// Molecules counted for each unit of level in a cell of mean library size; 1 for exact
    /// levels.
    pub capture: f64,
    /// Unspliced mRNA and velocity, if any gene has splicing.
    pub splicing: Option<Splicing>,
}

/// A simulated cell.
#[derive(Clone, Debug, PartialEq)]
pub struct SimulatedCell {
    /// Its name, `cell_1` and so on.
    pub name: String,
    /// When it was sampled, from the start of the process.
    pub time: f64,
    /// That time as a part of the whole process, 0 to 1.
    ///
    /// # Source   BEELINE scales simulated time, too, but from the first to the last sampled cell,
    ///   Pratapa et al. (2020), Nat. Methods 17:147.
    pub pseudotime: f64,
    /// Which of the [`CellData::ends`] it goes to, from 0; also before the branching, where one
    /// could not see it yet.
    pub lineage: usize,
    /// Expected number of molecules counted, if its levels were the mean ones; `None` for exact
    /// levels.
    pub library: Option<f64>,
}

/// What velocities can be learned from, and the velocities.
#[derive(Clone, Debug, PartialEq)]
pub struct Splicing {
    /// Measured unspliced mRNA `n × p`, as [`CellData::expression`]; NaN for a gene without
    /// splicing.
    pub unspliced: Mat<f64>,
    /// True velocity of the (spliced) mRNA `n × p`: `splicing · u − decay · s`, or
    /// `rate − decay · m` for a gene without splicing. In units of [`CellData::expression`] at the
    /// mean library size, per unit of time.
    pub velocity: Mat<f64>,
}

impl CellData {
    /// The cells with their truth; nothing is measured yet.
    pub(super) fn new(
        plan: &CellPlan,
        kinetics: &Kinetics,
        cells: &[Sampled],
        lineages: Lineages,
        counting: &Counting,
    ) -> Self {
        let genes = kinetics.genes();
        let capture = counting.capture();
        let simulated = cells.iter().zip(&lineages.of_cell).enumerate();
        let simulated = simulated.map(|(number, (cell, &lineage))| SimulatedCell {
            name: format!("cell_{}", number + 1),
            time: cell.time,
            pseudotime: cell.time / plan.duration,
            lineage,
            library: plan.library.map(|_| counting.library(number)),
        });
        let has_splicing = genes
            .iter()
            .any(|gene| kinetics.of(gene).splicing.is_some());
        let (n, p) = (cells.len(), genes.len());
        Self {
            cells: simulated.collect(),
            ends: lineages.ends,
            expression: Mat::zeros(0, 0),
            levels: Mat::from_fn(n, p, |i, j| cells[i].spliced[j]),
            capture,
            splicing: has_splicing.then(|| Splicing {
                unspliced: Mat::zeros(0, 0),
                velocity: Mat::from_fn(n, p, |i, j| capture * cells[i].velocity[j]),
            }),
            genes: genes.clone(),
        }
    }

    /// The measured cells with one pseudotime for each lineage, as [`Cells`] that were read from
    /// BEELINE's layout.
    ///
    /// # Errors   [`CellsError::TooFew`] if a lineage has fewer than 3 cells, which takes a plan of
    ///   fewer than 3.
    pub fn on_lineages(&self) -> Result<Cells, CellsError> {
        let lineages = (0..self.ends.len()).map(|number| Lineage {
            name: self.lineage_name(number),
            pseudotime: self.pseudotimes(number),
        });
        Cells::new(
            self.genes.clone(),
            self.cells.iter().map(|cell| cell.name.clone()).collect(),
            self.expression.clone(),
            lineages.collect(),
        )
    }

    /// Pseudotime of each cell on one lineage, counted from 0; NaN for cells of the others.
    #[must_use]
    pub fn pseudotimes(&self, lineage: usize) -> Vec<f64> {
        let times = self.cells.iter().map(|cell| match cell.lineage == lineage {
            true => cell.pseudotime,
            false => f64::NAN,
        });
        times.collect()
    }

    /// BEELINE's name of a lineage: `PseudoTime` if there is one, else `PseudoTime1` and so on.
    #[must_use]
    pub fn lineage_name(&self, lineage: usize) -> String {
        match self.ends.len() {
            1 => "PseudoTime".to_owned(),
            _ => format!("PseudoTime{}", lineage + 1),
        }
    }
}
