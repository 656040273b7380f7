//! The fitted dynamics as Antimony, which becomes SBML without loss.

use std::fmt::Write as _;
use std::io::{self, Write};

use crate::expression::{LevelTransform, Scale, Stored};
use crate::field::{Component, Fitted, Unit, VectorField};
use crate::genes::Gene;
use crate::io::text::exact;
use crate::perturb::{StartKind, WildType};

const HEADER: &str = "\
// The fitted dynamics of a Cistron run as differential equations (rate rules).
//
// Kept: the right-hand side of every gene with its decay, the effect of every condition, the scale
// of the model, and (see below) where `cistron perturb` starts.
// Lost: how sure the edges are (evidence, ensemble, expected false edges), the data, and noise.
//
// x1, x2, …      levels on the model's scale, one a gene; the names are those of the genes
// level1, …      the same in the units of the data
// free1, …       1: the gene follows its equation; 0: it is held where it stands. A knockout of
//                gene 1 is free1 = 0 and x1 = knockout.
// u1, u2, …      conditions: 1 where one acts, 0 where it does not
// large1, …      numbers that are too large for a formula
// saturate(z, s) z up to the size s, then levelling off, never beyond 2 s
";

/// Genes for which the steady state is looked for: beyond, the solver takes long.
const LARGEST_STEADY: usize = 5_000;

const SATURATE: &str = "
function saturate(z, s)
  piecewise(z, abs(z) <= s, s*(2 - s/z), z > 0, -s*(2 + s/z))
end
";

/// Writes the model as rate rules: `xᵢ′ = freeᵢ·(aᵢ + Σₖ σ(wₖ·x + bₖ) + Σ_c βᵢ_c u_c − δᵢ xᵢ)`.
///
/// Levels start where simulations do by default ([`InitialState`](crate::perturb::InitialState)); at the reference for more than 5,000
/// genes. Names are display names, with `U+FFFD` for control characters.
///
/// # Errors   what the sink reports.
/// # Panics   if the model does not pass [`Fitted::check`] (a bug in the caller).
/// # Cost     that of [`WildType::of`], then `O(weights)`.
/// # Source   Smith, Bergmann, Chandran & Sauro (2009), Bioinformatics 25:2452.
pub fn write_antimony(fitted: &Fitted, sink: &mut dyn Write) -> io::Result<()> {
    let field = &fitted.field;
    let genes = field.genes();
    let steady = || WildType::of(fitted).ok();
    let wild = (genes.len() <= LARGEST_STEADY).then(steady).flatten();
    let wild = wild.filter(|wild| wild.start().kind != StartKind::Reference);
    let (start, whence) = match &wild {
        Some(wild) => (wild.levels(), "the steady state of the wild type"),
        None => (
            fitted.reference.as_slice(),
            "the wild type's level of the data",
        ),
    };
    write!(
        sink,
        "{HEADER}//\n// scale of the model: {}, knockout = {}, data stored as {}\n",
        field.scale().name(),
        exact(field.scale().zero()),
        field.scale().stored.name()
    )?;
    writeln!(
        sink,
        "// start: {whence}\n// time: {} to {} in the data",
        exact(fitted.times.0),
        exact(fitted.times.1)
    )?;
    sink.write_all(SATURATE.as_bytes())?;
    sink.write_all(b"\nmodel *cistron()\n")?;
    for (at, name) in (1..).zip(field.covariates()) {
        writeln!(sink, "  u{at} = 0;\n  u{at} is \"{}\";", quoted(name))?;
    }
    let mut large = Large::default();
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
        let rate = large.rate(field.component(gene), gene);
        writeln!(sink, "  x{at}' = free{at}*({rate});")?;
        writeln!(sink, "  level{at} := {};", level(field.scale(), at))?;
    }
    for (at, x) in (1..).zip(&large.numbers) {
        writeln!(sink, "  large{at} = {};", exact(*x))?;
    }
    sink.write_all(b"end\n")
}

/// Genes are counted from 1.
fn number(gene: Gene) -> usize {
    gene.index() + 1
}

/// Numbers of 10¹⁵ and more, which libAntimony writes into formulas in a way that it cannot read:
/// they become parameters.
#[derive(Default)]
struct Large {
    numbers: Vec<f64>,
}

impl Large {
    /// A number of 0 or more inside a formula.
    fn text(&mut self, x: f64) -> String {
        if x < 1e15 {
            return exact(x);
        }
        let known = self.numbers.iter().position(|other| *other == x);
        let at = known.unwrap_or_else(|| {
            self.numbers.push(x);
            self.numbers.len() - 1
        });
        format!("large{}", at + 1)
    }

    fn rate(&mut self, component: &Component, gene: Gene) -> String {
        let mut text = self.signed(component.intercept);
        for unit in &component.units {
            let input = self.input(unit, &component.regulators);
            let range = self.text(unit.range);
            let _ = write!(text, " + saturate({input}, {range})");
        }
        for (at, effect) in (1..).zip(&component.covariates) {
            self.add(&mut text, *effect, &format!("u{at}"));
        }
        self.add(&mut text, -component.decay, &format!("x{}", number(gene)));
        text
    }

    fn input(&mut self, unit: &Unit, regulators: &[Gene]) -> String {
        let mut text = self.signed(unit.bias);
        for (gene, weight) in regulators.iter().zip(&unit.weights) {
            self.add(&mut text, *weight, &format!("x{}", number(*gene)));
        }
        text
    }

    fn signed(&mut self, x: f64) -> String {
        let size = self.text(x.abs());
        if x < 0.0 { format!("-{size}") } else { size }
    }

    /// Adds `factor·of`, unless the factor is 0.
    fn add(&mut self, text: &mut String, factor: f64, of: &str) {
        if factor != 0.0 {
            let sign = if factor < 0.0 { '-' } else { '+' };
            let size = self.text(factor.abs());
            // writing to a string cannot fail
            let _ = write!(text, " {sign} {size}*{of}");
        }
    }
}

/// From the model's scale back to the units of the data.
fn level(scale: Scale, at: usize) -> String {
    if scale.is_stored() {
        return format!("x{at}");
    }
    let linear = match scale.transform {
        LevelTransform::Sqrt => format!("piecewise(x{at}^2, x{at} > 0, 0)"),
        LevelTransform::Log1p => format!("exp(x{at}) - 1"),
        LevelTransform::Log(c) if c > 0.0 => format!("2^x{at} - {}", exact(c)),
        LevelTransform::Log(_) => format!("2^x{at}"),
        LevelTransform::Identity => format!("x{at}"),
    };
    // the logarithm of a level below the floor is that of the floor
    let stored = |x: f64| exact(scale.stored.of_linear(x));
    let floor = exact(scale.floor);
    let log = |formula: &str| {
        format!(
            "piecewise({formula}, {linear} > {floor}, {})",
            stored(scale.floor)
        )
    };
    match scale.stored {
        Stored::Linear | Stored::Ratio | Stored::Unclear => linear,
        Stored::Log2p1 | Stored::LogPlusOne => log(&format!("ln({linear} + 1)/ln(2)")),
        Stored::Log1p => log(&format!("ln({linear} + 1)")),
        Stored::Ln => log(&format!("ln({linear})")),
        Stored::Log10 => log(&format!("ln({linear})/ln(10)")),
        Stored::Log2 | Stored::Log2Ratio | Stored::Log | Stored::LogRatio => {
            log(&format!("ln({linear})/ln(2)"))
        }
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
