//! Options of `cistron generate` that replace the experiments of the model file.

use clap::Args;

use cistron_truth::simulate::{
    CellPlan, Design, Measurement, Model, OutOfRange, SeriesPlan, SteadyPlan, SteadyTable,
};

/// Experiments and measurements.
#[derive(Args, Clone, Debug)]
pub(crate) struct PlanArgs {
    /// Number of time series; 0: none
    #[arg(long, value_name = "N", help_heading = "Experiments")]
    series: Option<usize>,
    /// Samples per series
    #[arg(long, value_name = "N", help_heading = "Experiments")]
    points: Option<usize>,
    /// Time between two samples
    #[arg(long, value_name = "TIME", help_heading = "Experiments")]
    interval: Option<f64>,
    /// Experiment of each series: perturbation (of a third of the genes, or as in the model, during
    /// the first half), lasting (the same until the end), knockout, knockdown, overexpression (of a
    /// different gene in each series), relaxation (from random levels), free (the same after a
    /// transient)
    #[arg(long, value_name = "NAME", help_heading = "Experiments")]
    design: Option<String>,
    /// Tables of steady states, separated by commas: wildtype, knockouts, knockdowns,
    /// overexpression, multifactorial, dualknockouts; or all; or none
    #[arg(long, value_name = "LIST", help_heading = "Experiments")]
    steady: Option<String>,
    /// Number of double knockouts
    #[arg(long, value_name = "N", help_heading = "Experiments")]
    pairs: Option<usize>,
    /// Number of single cells; 0: none
    #[arg(long, value_name = "N", help_heading = "Experiments")]
    cells: Option<usize>,
    /// Duration of the process that the cells undergo
    #[arg(long, value_name = "TIME", help_heading = "Experiments")]
    duration: Option<f64>,
    /// Times at which cells are sampled, separated by commas; default: uniform times
    #[arg(
        long,
        value_name = "TIMES",
        value_delimiter = ',',
        help_heading = "Experiments"
    )]
    snapshots: Option<Vec<f64>>,
    /// Mean number of molecules counted per cell; 0: exact levels
    #[arg(long, value_name = "X", help_heading = "Experiments")]
    library: Option<f64>,
    /// Fraction of the low values of a cell that are lost, 0 to 1
    #[arg(long, value_name = "Q", help_heading = "Experiments")]
    dropout: Option<f64>,
    /// Measure spliced and unspliced mRNA of cells and write the true velocity
    #[arg(long, help_heading = "Experiments")]
    velocity: bool,
    /// Intrinsic noise, s of the chemical Langevin equation; 0: none
    #[arg(
        long,
        value_name = "S",
        allow_negative_numbers = true,
        help_heading = "Experiments"
    )]
    noise: Option<f64>,
    /// Relative and additive error of bulk measurements, such as 0.1,0.02; 0,0: exact values
    #[arg(
        long,
        value_name = "REL,ADD",
        value_delimiter = ',',
        num_args = 1,
        help_heading = "Experiments"
    )]
    error: Option<Vec<f64>>,
}

/// Default duration of the process in lifetimes of the slowest molecule: after ten of them, all but
/// `e⁻¹⁰` of the initial state is gone.
const LIFETIMES: f64 = 10.0;

impl PlanArgs {
    /// Replaces the parts of a model's plan that the options set.
    ///
    /// # Errors   a message for the user.
    pub(crate) fn apply(&self, model: &mut Model) -> Result<(), String> {
        if let Some(strength) = self.noise {
            model.plan.noise.strength = strength;
        }
        if let Some(error) = &self.error {
            let &[multiplicative, additive] = error.as_slice() else {
                return Err("--error: give two numbers, such as 0.1,0.02".to_owned());
            };
            model.plan.measurement = Measurement {
                multiplicative,
                additive,
            };
        }
        self.apply_series(model)?;
        self.apply_steady(model)?;
        self.apply_cells(model)?;
        let plan = &model.plan;
        plan.noise.check().map_err(in_words)?;
        plan.measurement.check().map_err(in_words)?;
        let series = plan.series.as_ref().map_or(Ok(()), SeriesPlan::check);
        series.map_err(in_words)?;
        let cells = plan.cells.as_ref().map_or(Ok(()), CellPlan::check);
        cells.map_err(in_words)?;
        let steady = plan.steady.as_ref().map_or(Ok(()), SteadyPlan::check);
        steady.map_err(in_words)?;
        model.check_steps().map_err(in_words)
    }

    fn apply_series(&self, model: &mut Model) -> Result<(), String> {
        if self.series == Some(0) {
            model.plan.series = None;
            return Ok(());
        }
        let unchanged = self.series.is_none()
            && self.points.is_none()
            && self.interval.is_none()
            && self.design.is_none();
        if unchanged {
            return Ok(());
        }
        let lifetime = 1.0 / model.kinetics.slowest_rate();
        let mut plan = model.plan.series.unwrap_or(SeriesPlan {
            design: third_of_the_genes(0.5),
            count: 10,
            points: 21,
            interval: lifetime,
        });
        if let Some(name) = &self.design {
            plan.design = design(name, plan.design, 5.0 * lifetime)?;
        }
        plan.count = self.series.unwrap_or(plan.count);
        plan.points = self.points.unwrap_or(plan.points);
        plan.interval = self.interval.unwrap_or(plan.interval);
        // errors concern the option, not a line of the file
        model.plan.series_line = None;
        model.plan.series = Some(plan);
        Ok(())
    }

    fn apply_steady(&self, model: &mut Model) -> Result<(), String> {
        let mut plan = model.plan.steady.clone().unwrap_or_default();
        if let Some(list) = &self.steady {
            plan.tables = tables(list)?;
            // errors concern the option, not a line of the file
            model.plan.steady_line = None;
        }
        let asks_pairs = plan.tables.contains(&SteadyTable::DualKnockouts);
        if self.pairs.is_some() && !asks_pairs {
            return Err(
                "--pairs: there are no double knockouts; add --steady dualknockouts".to_owned(),
            );
        }
        plan.pairs = self.pairs.unwrap_or(plan.pairs);
        model.plan.steady = (plan != SteadyPlan::default()).then_some(plan);
        Ok(())
    }

    fn apply_cells(&self, model: &mut Model) -> Result<(), String> {
        if self.cells == Some(0) {
            model.plan.cells = None;
        }
        let adds_cells = self.cells.is_some() || self.snapshots.is_some() || self.velocity;
        if model.plan.cells.is_none() && (!adds_cells || self.cells == Some(0)) {
            let unused =
                self.duration.is_some() || self.library.is_some() || self.dropout.is_some();
            return if unused {
                Err(
                    "--duration, --library and --dropout concern cells, and there are none; add \
                     --cells N"
                        .to_owned(),
                )
            } else {
                Ok(())
            };
        }
        let lifetime = 1.0 / model.kinetics.slowest_rate();
        let mut plan = model.plan.cells.clone().unwrap_or(CellPlan {
            count: 500,
            duration: LIFETIMES * lifetime,
            snapshots: Vec::new(),
            initial: 0.1,
            library: None,
            library_spread: 0.4,
            dropout: 0.0,
            velocity: false,
        });
        plan.count = self.cells.unwrap_or(plan.count);
        if let Some(times) = &self.snapshots {
            plan.snapshots.clone_from(times);
            let last = times.iter().copied().fold(0.0, f64::max);
            plan.duration = plan.duration.max(last);
        }
        plan.duration = self.duration.unwrap_or(plan.duration);
        plan.library = match self.library {
            Some(0.0) => None,
            given => given.or(plan.library),
        };
        plan.dropout = self.dropout.unwrap_or(plan.dropout);
        plan.velocity |= self.velocity;
        model.plan.cells = Some(plan);
        Ok(())
    }
}

/// The perturbation of the model, if it has one, for another part of the series.
fn perturbation(own: Design, lasts: f64) -> Design {
    match own {
        Design::Perturbation {
            share, strength, ..
        } => Design::Perturbation {
            share,
            strength,
            lasts,
        },
        _ => third_of_the_genes(lasts),
    }
}

fn third_of_the_genes(lasts: f64) -> Design {
    Design::Perturbation {
        share: 1.0 / 3.0,
        strength: 0.8,
        lasts,
    }
}

fn design(name: &str, own: Design, lead: f64) -> Result<Design, String> {
    match name {
        "perturbation" => Ok(perturbation(own, 0.5)),
        "lasting" => Ok(perturbation(own, 1.0)),
        "knockout" => Ok(Design::Scaling { level: 0.0 }),
        "knockdown" => Ok(Design::Scaling { level: 0.5 }),
        "overexpression" => Ok(Design::Scaling { level: 2.0 }),
        "relaxation" => Ok(Design::Relaxation { lead: 0.0 }),
        "free" => Ok(Design::Relaxation { lead }),
        other => Err(format!(
            "--design {other}: expected perturbation, lasting, knockout, knockdown, \
             overexpression, relaxation or free"
        )),
    }
}

fn tables(list: &str) -> Result<Vec<SteadyTable>, String> {
    match list {
        "all" => return Ok(SteadyTable::ALL.to_vec()),
        "none" => return Ok(Vec::new()),
        _ => {}
    }
    list.split(',').map(|name| table(name.trim())).collect()
}

fn table(name: &str) -> Result<SteadyTable, String> {
    let known = SteadyTable::ALL
        .into_iter()
        .find(|table| table.name() == name);
    known.ok_or_else(|| {
        let names = SteadyTable::ALL.map(SteadyTable::name).join(", ");
        format!("--steady {name}: expected some of {names}, or all, or none")
    })
}

fn in_words(error: OutOfRange) -> String {
    format!("the options: {error}")
}
