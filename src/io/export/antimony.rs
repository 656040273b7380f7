//! The fitted dynamics as Antimony, which becomes SBML without loss.

use std::fmt::Write as _;
use std::io::{self, Write};

use crate::expression::Scale;
use crate::field::{Component, Fitted, Unit, VectorField};
use crate::genes::Gene;
use crate::io::number::exact;
use crate::perturb::{RestSettings, WildType};

const HEADER: &str = "\
// The fitted dynamics of a Cistron run as differential equations (rate rules).
//
// Kept, to the last digit: the right-hand side of every gene, its decay, the effect of every
// condition, the scale of the model, and where `cistron perturb` starts.
// Lost: how sure the edges are (evidence, ensemble, expected false edges), the data, and noise.
//
// x1, x2, …      levels on the model's scale, one a gene; the names are those of the genes
// level1, …      the same in the units of the data
// free1, …       1: the gene follows its equation; 0: it is held where it stands. A knockout of
//                gene 1 is free1 = 0 and x1 = 0.
// u1, u2, …      conditions: 1 where one acts, 0 where it does not
// saturate(z, s) z up to the size s, then bent over, never beyond 2 s
";

const SATURATE: &str = "
function saturate(z, s)
  piecewise(z, abs(z) <= s, s*(2 - s/z), z > 0, -s*(2 + s/z))
end
";

/// Writes the model as rate rules: `xᵢ′ = freeᵢ·(aᵢ + Σₖ σ(wₖ·x + bₖ) + Σ_c βᵢ_c u_c − δᵢ xᵢ)`.
///
/// Levels start at the wild type at rest, or at the reference if there is none. Names are display
/// names, with `U+FFFD` for control characters.
///
/// # Errors   what the sink reports.
/// # Panics   if the model does not pass [`Fitted::check`] (a bug in the caller).
/// # Cost     that of [`WildType::new`], then `O(weights)`.
/// # Source   Smith, Bergmann, Chandran & Sauro (2009), Bioinformatics 25:2452.
pub fn write_antimony(fitted: &Fitted, sink: &mut dyn Write) -> io::Result<()> {
    let field = &fitted.field;
    let genes = field.genes();
    let length = fitted.times.1 - fitted.times.0;
    let wild = WildType::new(field, &fitted.reference, length, RestSettings::default());
    let (start, whence) = match &wild {
        Ok(wild) => (wild.levels(), "the wild type at rest"),
        Err(_) => (
            fitted.reference.as_slice(),
            "the reference, as the wild type does not rest",
        ),
    };
    write!(
        sink,
        "{HEADER}//\n// scale of the model: {}\n",
        field.scale().name()
    )?;
    writeln!(
        sink,
        "// start: {whence}\n// time: {} to {} in the data",
        exact(fitted.times.0),
        exact(fitted.times.1)
    )?;
    sink.write_all(SATURATE.as_bytes())?;
    sink.write_all(b"\nmodel *cistron()\n")?;
    for (at, name) in (1..).zip(field.influences()) {
        writeln!(sink, "  u{at} = 0;\n  u{at} is \"{}\";", quoted(name))?;
    }
    for gene in genes.iter() {
        let at = number(gene);
        writeln!(
            sink,
            "\n  species x{at};\n  x{at} is \"{}\";",
            quoted(genes.name(gene))
        )?;
        writeln!(
            sink,
            "  x{at} = {};\n  free{at} = 1;",
            exact(start[gene.index()])
        )?;
        let rate = rate(field.component(gene), gene);
        writeln!(sink, "  x{at}' = free{at}*({rate});")?;
        writeln!(sink, "  level{at} := {};", level(field.scale(), at))?;
    }
    sink.write_all(b"end\n")
}

/// Genes are counted from 1.
fn number(gene: Gene) -> usize {
    gene.index() + 1
}

fn rate(component: &Component, gene: Gene) -> String {
    let mut text = exact(component.intercept);
    // writing to a string cannot fail
    for unit in &component.units {
        let input = input(unit, &component.regulators);
        let _ = write!(text, " + saturate({input}, {})", exact(unit.range));
    }
    for (at, effect) in (1..).zip(&component.influences) {
        add(&mut text, *effect, &format!("u{at}"));
    }
    add(&mut text, -component.decay, &format!("x{}", number(gene)));
    text
}

fn input(unit: &Unit, regulators: &[Gene]) -> String {
    let mut text = exact(unit.bias);
    for (gene, weight) in regulators.iter().zip(&unit.weights) {
        add(&mut text, *weight, &format!("x{}", number(*gene)));
    }
    text
}

/// Adds `factor·of`, unless the factor is 0.
fn add(text: &mut String, factor: f64, of: &str) {
    if factor != 0.0 {
        let sign = if factor < 0.0 { '-' } else { '+' };
        let _ = write!(text, " {sign} {}*{of}", exact(factor.abs()));
    }
}

/// From the model's scale back to the units of the data.
fn level(scale: Scale, at: usize) -> String {
    match scale {
        Scale::Sqrt => format!("piecewise(x{at}^2, x{at} > 0, 0)"),
        Scale::Log1p => format!("exp(x{at}) - 1"),
        Scale::Identity => format!("x{at}"),
    }
}

/// A text between quotation marks.
fn quoted(name: &str) -> String {
    let mut text = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            '\\' => text.push_str("\\\\"),
            '"' => text.push_str("\\\""),
            '\u{fffe}' | '\u{ffff}' => text.push('\u{fffd}'),
            c if c.is_control() => text.push('\u{fffd}'),
            c => text.push(c),
        }
    }
    text
}
