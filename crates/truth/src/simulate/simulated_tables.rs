//! Writes simulated data and their true network as tab-separated tables.

use std::io::{self, Write};

use super::kinetics::TrueEdge;
use cistron::expression::Expression;
use cistron::genes::Genes;

/// Writes `series time GENE…`, one row per sample, values with 5 significant digits.
///
/// # Errors   those of the writer.
pub fn write_timeseries(expression: &Expression, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "series\ttime\t{}",
        expression.genes().names().join("\t")
    )?;
    for series in expression.series() {
        for (i, time) in series.times().iter().enumerate() {
            write!(out, "{}\t{time}", series.name())?;
            for j in 0..expression.genes().len() {
                write!(out, "\t{}", five_digits(series.values()[(i, j)]))?;
            }
            writeln!(out)?;
        }
    }
    Ok(())
}

/// Writes `source target sign`, one row per edge, in the order given.
///
/// # Errors   those of the writer.
pub fn write_truth(genes: &Genes, truth: &[TrueEdge], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "source\ttarget\tsign")?;
    for edge in truth {
        let (source, target) = (genes.name(edge.source), genes.name(edge.target));
        writeln!(out, "{source}\t{target}\t{}", edge.sign.symbol())?;
    }
    Ok(())
}

/// The nearest number of 5 significant digits.
fn five_digits(x: f64) -> f64 {
    format!("{x:.4e}").parse().expect("a number just written")
}

#[cfg(test)]
mod tests {
    use super::*;
    use cistron::expression::TimeSeries;
    use cistron::genes::Gene;
    use cistron::network::Sign;
    use faer::mat;

    #[test]
    fn the_tables_have_these_bytes() {
        let genes = Genes::new(["a", "b"]).expect("distinct");
        let values = mat![[1.0 / 3.0, 0.0], [123_456.0, 2e-7]];
        let series = TimeSeries::new("1", vec![0.0, 2.5], values).expect("times increase");
        let expression = Expression::new(genes.clone(), vec![series]).expect("valid");
        let mut out = Vec::new();
        write_timeseries(&expression, &mut out).expect("memory takes all");
        let edge = TrueEdge {
            source: Gene(1),
            target: Gene(0),
            sign: Sign::Repression,
        };
        write_truth(&genes, &[edge], &mut out).expect("memory takes all");
        assert_eq!(
            String::from_utf8(out).expect("text"),
            "series\ttime\ta\tb\n1\t0\t0.33333\t0\n1\t2.5\t123460\t0.0000002\n\
             source\ttarget\tsign\nb\ta\t-\n"
        );
    }
}
