//! A network with its kinetics and the experiments on it.

use crate::simulate::experiment::{
    CellData, CellPlan, Design, Measurement, Noise, SeriesPlan, SteadyPlan, SteadyStateError,
    SteadyStates,
};
use crate::simulate::kinetics::Kinetics;
use crate::simulate::setting_range::OutOfRange;
use cistron::expression::Expression;
use cistron::seed::Seed;

/// What is measured on a network.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// Noise of the network itself.
    pub noise: Noise,
    /// Errors of bulk measurements.
    pub measurement: Measurement,
    /// Time series.
    pub series: Option<SeriesPlan>,
    /// Tables of steady states.
    pub steady: Option<SteadyPlan>,
    /// Line of the file that asks for time series, for messages.
    pub series_line: Option<usize>,
    /// Line of the file that asks for steady states, for messages.
    pub steady_line: Option<usize>,
    /// Single cells.
    pub cells: Option<CellPlan>,
}

/// A network with known kinetics and what is measured on it.
#[derive(Clone, Debug)]
pub struct Model {
    /// Name of the network.
    pub name: String,
    /// Unit of all times and rates, such as `min`.
    pub time_unit: String,
    /// The kinetics.
    pub kinetics: Kinetics,
    /// Level of each gene at the start of a cell, as a part of its full level, where it has one
    /// of its own.
    pub initial: Vec<Option<f64>>,
    /// What is measured.
    pub plan: Plan,
    /// The seed of the data that are kept beside the file.
    pub seed: Seed,
}

/// Steps that the integrator of a noisy network may take in one series or cell: minutes of
/// computing per series at most, where a typing error in a time would otherwise take days.
const MOST_STEPS: f64 = 1e8;

impl Model {
    /// Whether the experiments end within a bearable number of steps.
    ///
    /// # Errors   [`OutOfRange`] naming the number of steps and what to change.
    pub fn check_steps(&self) -> Result<(), OutOfRange> {
        let series = self.plan.series.map_or(0.0, |plan| {
            let lead = match plan.design {
                Design::Relaxation { lead } => lead,
                _ => 0.0,
            };
            lead + plan.points as f64 * plan.interval
        });
        let cells = self.plan.cells.as_ref().map_or(0.0, |plan| plan.duration);
        let value = series.max(cells) / self.plan.noise.step(&self.kinetics);
        let many = value.is_nan() || value > MOST_STEPS;
        if self.plan.noise.strength > 0.0 && many {
            return Err(OutOfRange {
                field: "steps of the integrator",
                value,
                rule: "at most 1e8; shorten the times, or raise `longest_step` of the noise",
            });
        }
        Ok(())
    }

    /// The time series of the plan, if it has any.
    ///
    /// # Errors   [`SteadyStateError`] if they start from a steady state and there is none.
    pub fn time_series(&self, seed: Seed) -> Result<Option<Expression>, SteadyStateError> {
        let plan = &self.plan;
        let series = plan.series.as_ref();
        series
            .map(|series| series.run(&self.kinetics, &plan.noise, plan.measurement, seed))
            .transpose()
    }

    /// The tables of steady states of the plan.
    ///
    /// # Errors   [`SteadyStateError`] if the network does not reach a steady state.
    pub fn steady_states(&self, seed: Seed) -> Result<Vec<SteadyStates>, SteadyStateError> {
        let plan = &self.plan;
        match &plan.steady {
            Some(steady) => steady.run(&self.kinetics, &plan.noise, plan.measurement, seed),
            None => Ok(Vec::new()),
        }
    }

    /// The single cells of the plan, if it has any.
    #[must_use]
    pub fn cells(&self, seed: Seed) -> Option<CellData> {
        let plan = self.plan.cells.as_ref();
        plan.map(|cells| cells.run(&self.kinetics, &self.initial, &self.plan.noise, seed))
    }
}
