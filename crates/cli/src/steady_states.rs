//! Options about steady states: wild type, knockouts, knockdowns, overexpression.

use std::path::{Path, PathBuf};

use clap::Args;

use cistron::io::{OpenOptions, Orientation};

use cistron::trajectory::RowSettings;

use super::number_parsers::not_below_zero;
use super::side::Side;

/// How many times a gene is overexpressed where nothing says it.
const OVEREXPRESSION: f64 = 2.0;

/// Tables of steady states, in the units of DATA or in place of it; each option may be repeated.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Steady states")]
pub(crate) struct SteadyStateArgs {
    /// Steady states of the wild type: one gene a column, replicates as rows
    #[arg(long, value_name = "FILE")]
    wildtype: Vec<PathBuf>,
    /// Steady states of knockouts: a column `perturbed` names the gene, or several joined by `+`;
    /// a table without it has one row for each gene
    #[arg(long, value_name = "FILE")]
    knockouts: Vec<PathBuf>,
    /// Steady states of knockdowns, as knockouts; a column `level` may say what is left of the gene
    #[arg(long, value_name = "FILE")]
    knockdowns: Vec<PathBuf>,
    /// What a knockdown leaves of a gene where no column says it
    #[arg(long, value_name = "PART", default_value_t = 0.5, value_parser = not_below_zero, requires = "knockdowns")]
    knockdown_level: f64,
    /// Steady states under overexpression, as knockouts; a column `level` may say how many times
    #[arg(long, value_name = "FILE")]
    overexpression: Vec<PathBuf>,
    /// How many times a gene is overexpressed where no column says it
    #[arg(long, value_name = "TIMES", default_value_t = OVEREXPRESSION, value_parser = not_below_zero, requires = "overexpression")]
    overexpression_level: f64,
    /// Steady states of which it is not known what was changed (multifactorial). Without DATA: one
    /// sample per row or per column, see --genes
    #[arg(long, value_name = "FILE")]
    steady: Vec<PathBuf>,
    /// Whether genes are in rows or columns of these tables; default: recognised by names and levels
    #[arg(long, value_name = "SIDE", alias = "knockouts-genes")]
    steady_genes: Option<Side>,
    /// Weight of a steady state as a row of the regression over time; 0 for none
    #[arg(long, value_name = "X", default_value_t = RowSettings::default().steady_weight, value_parser = not_below_zero)]
    pub(crate) steady_weight: f64,
}

impl SteadyStateArgs {
    /// The first table.
    pub(super) fn first(&self) -> Option<&Path> {
        // tables of unknown perturbations are read first
        let tables = [
            &self.steady,
            &self.wildtype,
            &self.knockouts,
            &self.knockdowns,
            &self.overexpression,
        ];
        tables.into_iter().flatten().next().map(PathBuf::as_path)
    }

    /// Whether steady states are to be rows over time as well.
    pub(super) fn has_weight(&self) -> bool {
        self.steady_weight != RowSettings::default().steady_weight
    }

    /// Takes from others what these do not give.
    pub(super) fn fill_from(&mut self, others: Self) {
        let tables = [
            (&mut self.wildtype, others.wildtype),
            (&mut self.knockouts, others.knockouts),
            (&mut self.overexpression, others.overexpression),
            (&mut self.steady, others.steady),
        ];
        for (own, others) in tables {
            if own.is_empty() {
                *own = others;
            }
        }
        if self.knockdowns.is_empty() {
            (self.knockdowns, self.knockdown_level) = (others.knockdowns, others.knockdown_level);
        }
        if self.overexpression_level == OVEREXPRESSION {
            self.overexpression_level = others.overexpression_level;
        }
        self.steady_genes = self.steady_genes.or(others.steady_genes);
        if !self.has_weight() {
            self.steady_weight = others.steady_weight;
        }
    }

    /// Every table with its role.
    pub(super) fn roles(&self) -> Vec<(&Path, &'static str)> {
        let tables = [
            (&self.wildtype, "wild type"),
            (&self.knockouts, "knockouts"),
            (&self.knockdowns, "knockdowns"),
            (&self.overexpression, "overexpression"),
            (&self.steady, "steady states"),
        ];
        let all = tables.into_iter();
        all.flat_map(|(paths, role)| paths.iter().map(move |path| (path.as_path(), role)))
            .collect()
    }

    /// Adds every table to the options of the reader.
    pub(super) fn add_to(&self, mut options: OpenOptions) -> OpenOptions {
        for path in &self.wildtype {
            options = options.wild_type(path);
        }
        for path in &self.knockouts {
            options = options.knockouts(path);
        }
        for path in &self.knockdowns {
            options = options.knockdowns(path, self.knockdown_level);
        }
        for path in &self.overexpression {
            options = options.overexpression(path, self.overexpression_level);
        }
        for path in &self.steady {
            options = options.multifactorial(path);
        }
        options.steady_genes(
            self.steady_genes
                .map_or(Orientation::Auto, Orientation::from),
        )
    }
}
