//! Options about steady states: wild type, knockouts, knockdowns, overexpression.

use std::path::PathBuf;

use clap::Args;

use cistron::expression::RestingStates;
use cistron::genes::Genes;
use cistron::io::{RestingTable, read_resting};

use cistron::trajectory::RowSettings;

use super::input::{InputError, Log};

/// Tables of steady states, in the units of the time series; each option may be repeated.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Steady states")]
pub(crate) struct RestingArgs {
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
    #[arg(long, value_name = "PART", default_value_t = 0.5, value_parser = level, requires = "knockdowns")]
    knockdown_level: f64,
    /// Steady states under overexpression, as knockouts; a column `level` may say how many times
    #[arg(long, value_name = "FILE")]
    overexpression: Vec<PathBuf>,
    /// How many times a gene is overexpressed where no column says it
    #[arg(long, value_name = "TIMES", default_value_t = 2.0, value_parser = level, requires = "overexpression")]
    overexpression_level: f64,
    /// Steady states of which it is not known what was changed (multifactorial)
    #[arg(long, value_name = "FILE")]
    steady: Vec<PathBuf>,
    /// Weight of a steady state as a row of the regression over time; 0 for none
    #[arg(long, value_name = "X", default_value_t = RowSettings::default().rest_weight, value_parser = level)]
    pub(crate) rest_weight: f64,
}

impl RestingArgs {
    /// Reads every table; none if no option was given.
    pub(super) fn read(
        &self,
        log: &mut Log,
        genes: &Genes,
    ) -> Result<Option<RestingStates>, InputError> {
        let mut all: Option<RestingStates> = None;
        for (_, paths, rows) in self.tables() {
            for path in paths {
                let read = |file: &mut _, name: &str| read_resting(file, name, rows, genes);
                let reading = log.open(path, read)?;
                let states = log.keep(reading);
                all = Some(match all {
                    Some(before) => before.joined(&states),
                    None => states,
                });
            }
        }
        Ok(all)
    }

    /// The first option that was given.
    pub(super) fn given(&self) -> Option<&'static str> {
        let mut tables = self.tables().into_iter();
        let given = tables.find(|(_, paths, _)| !paths.is_empty());
        given.map(|(option, ..)| option)
    }

    /// What makes the same files mean something else, for the fingerprint.
    pub(super) fn meaning(&self) -> String {
        let tables = self.tables();
        let files =
            tables.map(|(option, paths, rows)| format!("{option} {} {rows:?}", paths.len()));
        files.join(" ")
    }

    fn tables(&self) -> [(&'static str, &[PathBuf], RestingTable); 5] {
        let changed = |level| RestingTable::Changed { level };
        let (down, up) = (self.knockdown_level, self.overexpression_level);
        [
            ("--wildtype", &self.wildtype, RestingTable::WildType),
            ("--knockouts", &self.knockouts, changed(0.0)),
            ("--knockdowns", &self.knockdowns, changed(down)),
            ("--overexpression", &self.overexpression, changed(up)),
            ("--steady", &self.steady, RestingTable::Multifactorial),
        ]
    }
}

/// A number of 0 or more.
fn level(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(number) if number >= 0.0 && f64::is_finite(number) => Ok(number),
        _ => Err("expected a number of 0 or more".to_owned()),
    }
}
