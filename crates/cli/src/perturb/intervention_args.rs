//! Interventions on the command line.

use clap::Args;

use cistron::expression::{Change, Intervention, Scale, Span, check_interventions};
use cistron::genes::{Gene, Genes};

use crate::query::{Kind, QueryError, bad_value, find_gene};

/// Interventions on single genes.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Interventions")]
pub(crate) struct InterventionArgs {
    /// Knock genes out
    #[arg(long, value_name = "GENE,…", value_delimiter = ',')]
    ko: Vec<String>,
    /// Knock genes down to a fraction of their regulated synthesis, as GENE=0.3
    #[arg(long, value_name = "GENE=FRACTION", value_delimiter = ',')]
    kd: Vec<String>,
    /// Overexpress genes by a factor, as GENE=2x
    #[arg(long, value_name = "GENE=FACTOR", value_delimiter = ',')]
    oe: Vec<String>,
    /// Hold genes at a level in the units of the data, as GENE=0.8
    #[arg(long, value_name = "GENE=LEVEL", value_delimiter = ',')]
    set: Vec<String>,
    /// Restrict an intervention to a time window, as GENE=2:5; either end may be omitted
    #[arg(long, value_name = "GENE=ON:OFF", value_delimiter = ',')]
    window: Vec<String>,
    /// Scale a gene by each of the factors from LOW to HIGH
    #[arg(long, value_name = "GENE=LOW:HIGH:STEP")]
    dose: Option<String>,
}

impl InterventionArgs {
    /// All interventions, in the order of the options.
    pub(super) fn interventions(
        &self,
        genes: &Genes,
        scale: Scale,
    ) -> Result<Vec<Intervention>, QueryError> {
        let mut listed = Vec::new();
        for name in &self.ko {
            let gene = find_gene(name, genes)?;
            listed.push(Intervention::always(gene, Change::Knockout));
        }
        let with_levels = [
            (Kind::Kd, &self.kd),
            (Kind::Oe, &self.oe),
            (Kind::Set, &self.set),
        ];
        for (kind, texts) in with_levels {
            for text in texts {
                listed.push(intervention(kind, text, genes)?);
            }
        }
        let interventions = self.with_windows(listed, genes)?;
        check_interventions(&interventions, genes, Some(scale))?;
        Ok(interventions)
    }

    /// Repeats the interventions on a gene for each of its windows.
    fn with_windows(
        &self,
        mut interventions: Vec<Intervention>,
        genes: &Genes,
    ) -> Result<Vec<Intervention>, QueryError> {
        let mut windowed: Vec<Intervention> = Vec::new();
        for text in &self.window {
            let (name, span) = split_window(text)
                .ok_or_else(|| bad_value("--window", text, "GENE=ON:OFF, such as G1=2:5"))?;
            let gene = find_gene(name, genes)?;
            let before = windowed.len();
            for intervention in interventions.iter().filter(|i| i.gene == gene) {
                windowed.push(Intervention {
                    window: Some(span),
                    ..*intervention
                });
            }
            if windowed.len() == before {
                return Err(QueryError::UnusedWindow {
                    found: text.clone(),
                    gene: genes.name(gene).to_owned(),
                });
            }
        }
        interventions.retain(|i| windowed.iter().all(|w| w.gene != i.gene));
        interventions.extend(windowed);
        Ok(interventions)
    }

    /// The gene and the factors of `--dose`.
    pub(super) fn dose(&self, genes: &Genes) -> Result<Option<Dose>, QueryError> {
        let Some(text) = &self.dose else {
            return Ok(None);
        };
        let wrong = || {
            let expected = "GENE=LOW:HIGH:STEP with factors of 0 or more, such as G3=0:1:0.1";
            bad_value("--dose", text, expected)
        };
        let (name, range) = text.rsplit_once('=').ok_or_else(wrong)?;
        let gene = find_gene(name, genes)?;
        let DoseRange { low, high, step } = DoseRange::parse(range).ok_or_else(wrong)?;
        // the last factor is included although the quotient may be rounded down
        let count = ((high - low) / step + 1e-9).floor();
        if count > MOST_DOSES {
            return Err(bad_value("--dose", text, "at most 1,000 steps"));
        }
        let factors = (0..=count as usize).map(|k| {
            // twelve decimals: without rounding, three steps of 0.1 are 0.30000000000000004
            ((low + k as f64 * step) * 1e12).round() / 1e12
        });
        Ok(Some(Dose {
            gene,
            factors: factors.collect(),
        }))
    }
}

/// Maximum number of steps of `--dose`: far more than a picture can show; a mistyped step ends here.
const MOST_DOSES: f64 = 1000.0;

/// The factors of `--dose`, `0 ≤ low ≤ high` in positive steps.
struct DoseRange {
    low: f64,
    high: f64,
    step: f64,
}

impl DoseRange {
    fn parse(text: &str) -> Option<Self> {
        let numbers: Option<Vec<f64>> = text
            .split(':')
            .map(|part| part.trim().parse().ok())
            .collect();
        let [low, high, step] = numbers?[..] else {
            return None;
        };
        let finite = [low, high, step].iter().all(|x| x.is_finite());
        let sound = finite && low >= 0.0 && high >= low && step > 0.0;
        sound.then_some(Self { low, high, step })
    }
}

/// Gene and window of `GENE=ON:OFF`.
fn split_window(text: &str) -> Option<(&str, Span)> {
    let (name, times) = text.rsplit_once('=')?;
    let (on, off) = times.split_once(':')?;
    let span = Span {
        start: time_or(on, 0.0)?,
        end: time_or(off, f64::INFINITY)?,
    };
    Some((name, span))
}

/// A time; without text, `omitted`.
fn time_or(text: &str, omitted: f64) -> Option<f64> {
    match text.trim() {
        "" => Some(omitted),
        text => text.parse().ok(),
    }
}

/// A gene that is scaled by one factor after the other.
pub(super) struct Dose {
    pub(super) gene: Gene,
    pub(super) factors: Vec<f64>,
}

/// A value of `--kd`, `--oe` or `--set`.
fn intervention(kind: Kind, text: &str, genes: &Genes) -> Result<Intervention, QueryError> {
    let wrong = || bad_value(kind.option(), text, kind.expected());
    let bare = match kind {
        Kind::Oe => text.strip_suffix('x').unwrap_or(text),
        _ => text,
    };
    let (name, level) = bare.rsplit_once('=').ok_or_else(wrong)?;
    let gene = find_gene(name, genes)?;
    let level = level.trim().parse().map_err(|_| wrong())?;
    Ok(Intervention::always(gene, kind.change(level, text)?))
}
