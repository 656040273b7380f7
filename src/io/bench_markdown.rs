//! The summaries of a benchmark as Markdown tables, one for each suite.

use std::io::{self, Write};

use crate::benchmark::{Paired, REFERENCE, Spread, Summary};

const HEADER: &str = "| method | AUPR | cistron better by | AUROC | EPR | signs | forecast error | \
                      seconds | peak MiB |\n|---|---|---|---|---|---|---|---|---|\n";

/// Writes a table for every suite: mean ± standard deviation over its networks, and by how much
/// the reference is better in average precision, with the 95 % interval and the networks won.
///
/// # Errors   what the sink reports.
pub fn write_bench_markdown(summaries: &[Summary], sink: &mut dyn Write) -> io::Result<()> {
    for suite in summaries.chunk_by(|a, b| a.suite == b.suite) {
        let networks = suite.iter().map(|one| one.networks).max().unwrap_or(0);
        let plural = if networks == 1 { "" } else { "s" };
        writeln!(
            sink,
            "## {}: {networks} network{plural}\n",
            plain(&suite[0].suite)
        )?;
        write!(sink, "{HEADER}")?;
        for one in suite {
            writeln!(sink, "{}", line(one))?;
        }
        writeln!(sink)?;
        let failed = suite.iter().filter(|one| one.failed > 0);
        for one in failed {
            writeln!(
                sink,
                "{} failed on {} runs.\n",
                plain(&one.method),
                one.failed
            )?;
        }
    }
    Ok(())
}

fn line(one: &Summary) -> String {
    let memory = one
        .peak_bytes
        .map(|bytes| format!("{}", bytes.div_ceil(1 << 20)));
    let cells = [
        name(&one.method),
        with_spread(one.aupr, 3),
        one.against.as_ref().map_or_else(String::new, against),
        with_spread(one.auroc, 3),
        with_spread(one.epr, 1),
        only_mean(one.sign_accuracy, 2),
        only_mean(one.forecast, 2),
        only_mean(one.seconds, 2),
        memory.unwrap_or_default(),
    ];
    format!("| {} |", cells.join(" | "))
}

fn name(method: &str) -> String {
    if method == REFERENCE {
        format!("**{method}**")
    } else {
        plain(method)
    }
}

/// A name that ends no cell.
fn plain(text: &str) -> String {
    text.replace('|', "\\|").replace(['\n', '\r'], " ")
}

fn with_spread(value: Option<Spread>, digits: usize) -> String {
    value.map_or_else(String::new, |v| {
        format!("{:.digits$} ± {:.digits$}", v.mean, v.sd)
    })
}

fn only_mean(value: Option<Spread>, digits: usize) -> String {
    value.map_or_else(String::new, |v| format!("{:.digits$}", v.mean))
}

fn against(paired: &Paired) -> String {
    let interval = paired.interval.map_or_else(String::new, |(low, high)| {
        format!(" [{low:+.3}, {high:+.3}]")
    });
    let (wins, pairs) = (paired.wins, paired.pairs);
    format!("{:+.3}{interval}, {wins} of {pairs}", paired.difference)
}
