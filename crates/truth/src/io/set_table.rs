//! Methods on real sets as Markdown tables: a row per method, a column per set.

use std::io::{self, Write};

use super::method_name::{name, plain};
use crate::benchmark::{SetScores, SetSummary};

/// Writes the table of one suite, and where positions of genes are known a second one without pairs
/// of neighbours.
///
/// # Errors   what the sink reports.
pub(super) fn write_set_table(suite: &[&SetSummary], sink: &mut dyn Write) -> io::Result<()> {
    let mut sets: Vec<&str> = Vec::new();
    for scores in suite.iter().flat_map(|method| &method.sets) {
        if !sets.contains(&scores.set.as_str()) {
            sets.push(&scores.set);
        }
    }
    writeln!(
        sink,
        "Average precision ± standard error, times the prevalence, precision among the best 100 and \
         500 pairs.\n"
    )?;
    let columns = Columns {
        sets: &sets,
        mean: "geometric mean of the lift",
    };
    columns.write(sink, suite, cell, |method| method.lift)?;
    let known = |set: &&str| {
        let mut scores = suite.iter().flat_map(|method| &method.sets);
        scores.any(|scores| scores.set == **set && scores.apart_aupr.is_some())
    };
    let sets: Vec<&str> = sets.iter().copied().filter(|set| known(set)).collect();
    if sets.is_empty() {
        return Ok(());
    }
    writeln!(sink, "The same without pairs within five loci.\n")?;
    let columns = Columns {
        sets: &sets,
        mean: "geometric mean of the lift",
    };
    columns.write(sink, suite, apart_cell, |method| method.apart_lift)
}

/// The columns of a table.
struct Columns<'a> {
    sets: &'a [&'a str],
    /// Title of the last one.
    mean: &'a str,
}

impl Columns<'_> {
    fn write(
        &self,
        sink: &mut dyn Write,
        suite: &[&SetSummary],
        cell: impl Fn(&SetScores) -> String,
        mean: impl Fn(&SetSummary) -> Option<f64>,
    ) -> io::Result<()> {
        let titles: Vec<String> = self.sets.iter().map(|set| plain(set)).collect();
        writeln!(sink, "| method | {} | {} |", titles.join(" | "), self.mean)?;
        writeln!(sink, "|{}", "---|".repeat(self.sets.len() + 2))?;
        for method in suite {
            write!(sink, "| {} |", name(&method.method))?;
            for set in self.sets {
                let scores = method.sets.iter().find(|scores| scores.set == *set);
                write!(sink, " {} |", scores.map_or_else(String::new, &cell))?;
            }
            let mean = mean(method).map_or_else(String::new, |mean| format!("{mean:.2}"));
            writeln!(sink, " {mean} |")?;
        }
        writeln!(sink)
    }
}

fn cell(scores: &SetScores) -> String {
    let mut text = with_error(scores.aupr, scores.aupr_error);
    text += &format!(", {:.1} ×", scores.lift);
    for precision in [scores.precision_100, scores.precision_500] {
        text += &precision.map_or_else(String::new, |precision| format!(", {precision:.2}"));
    }
    text
}

fn apart_cell(scores: &SetScores) -> String {
    let aupr = scores.apart_aupr;
    aupr.map_or_else(String::new, |aupr| with_error(aupr, scores.apart_error))
}

fn with_error(value: f64, error: Option<f64>) -> String {
    let error = error.map_or_else(String::new, |error| format!(" ± {error:.4}"));
    format!("{value:.4}{error}")
}
