//! Interventions on the command line.

use clap::Args;

use cistron::expression::{Change, Intervention, Span, check_interventions};
use cistron::genes::{Gene, Genes};

use crate::question::{AskedError, Kind, find_gene, form};

/// What is done to single genes.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Interventions")]
pub(crate) struct AskedArgs {
    /// Knock genes out
    #[arg(long, value_name = "GENE,…", value_delimiter = ',')]
    ko: Vec<String>,
    /// Knock genes down to a part of what their regulation makes, as GENE=0.3
    #[arg(long, value_name = "GENE=PART", value_delimiter = ',')]
    kd: Vec<String>,
    /// Overexpress genes, as GENE=2x
    #[arg(long, value_name = "GENE=TIMES", value_delimiter = ',')]
    oe: Vec<String>,
    /// Hold genes at a level in the units of the data, as GENE=0.8
    #[arg(long, value_name = "GENE=LEVEL", value_delimiter = ',')]
    set: Vec<String>,
    /// Do so from one time to another only, as GENE=2:5; either may be left out
    #[arg(long, value_name = "GENE=ON:OFF", value_delimiter = ',')]
    window: Vec<String>,
    /// Scale a gene by a series of factors from LOW to HIGH
    #[arg(long, value_name = "GENE=LOW:HIGH:STEP")]
    dose: Option<String>,
}

impl AskedArgs {
    /// All interventions, in the order of the options.
    pub(super) fn interventions(&self, genes: &Genes) -> Result<Vec<Intervention>, AskedError> {
        let mut all = Vec::new();
        for name in &self.ko {
            let gene = find_gene(name, genes)?;
            all.push(Intervention::always(gene, Change::Knockout));
        }
        let leveled = [
            (Kind::Kd, &self.kd),
            (Kind::Oe, &self.oe),
            (Kind::Set, &self.set),
        ];
        for (kind, texts) in leveled {
            for text in texts {
                all.push(intervention(kind, text, genes)?);
            }
        }
        let all = self.with_windows(all, genes)?;
        check_interventions(&all, genes)?;
        Ok(all)
    }

    /// Gives the interventions on a gene its windows, once for each of them.
    fn with_windows(
        &self,
        mut all: Vec<Intervention>,
        genes: &Genes,
    ) -> Result<Vec<Intervention>, AskedError> {
        const FORM: &str = "GENE=ON:OFF, such as G1=2:5";
        let mut windowed = Vec::new();
        for text in &self.window {
            let wrong = || form("--window", text, FORM);
            let (name, times) = text.rsplit_once('=').ok_or_else(wrong)?;
            let gene = find_gene(name, genes)?;
            let (on, off) = times.split_once(':').ok_or_else(wrong)?;
            let time = |text: &str, open: f64| match text.trim() {
                "" => Ok(open),
                text => text.parse().map_err(|_| wrong()),
            };
            let (start, end) = (time(on, 0.0)?, time(off, f64::INFINITY)?);
            let mut own = all.iter().filter(|one| one.gene == gene).peekable();
            if own.peek().is_none() {
                return Err(AskedError::Idle {
                    found: text.clone(),
                    gene: genes.name(gene).to_owned(),
                });
            }
            windowed.extend(own.map(|one| Intervention {
                window: Some(Span { start, end }),
                ..*one
            }));
        }
        let idle = |one: &Intervention| windowed.iter().all(|w| w.gene != one.gene);
        all.retain(idle);
        all.extend(windowed);
        Ok(all)
    }

    /// The gene and the factors of `--dose`.
    pub(super) fn dose(&self, genes: &Genes) -> Result<Option<Dose>, AskedError> {
        const FORM: &str = "GENE=LOW:HIGH:STEP with factors of 0 or more, such as G3=0:1:0.1";
        /// Doses in a series at most.
        const MOST: f64 = 1000.0;
        let Some(text) = &self.dose else {
            return Ok(None);
        };
        let wrong = || form("--dose", text, FORM);
        let (name, range) = text.rsplit_once('=').ok_or_else(wrong)?;
        let gene = find_gene(name, genes)?;
        let numbers: Vec<f64> = range
            .split(':')
            .map(|part| part.trim().parse().map_err(|_| wrong()))
            .collect::<Result<_, _>>()?;
        let [low, high, step] = numbers[..] else {
            return Err(wrong());
        };
        let finite = numbers.iter().all(|x| x.is_finite());
        if !finite || low < 0.0 || high < low || step <= 0.0 {
            return Err(wrong());
        }
        let count = ((high - low) / step + 1e-9).floor();
        if count > MOST {
            return Err(form("--dose", text, "at most 1,000 steps"));
        }
        // rounding would call 0.3 0.30000000000000004
        let factor = |k: usize| ((low + k as f64 * step) * 1e12).round() / 1e12;
        Ok(Some(Dose {
            gene,
            factors: (0..=count as usize).map(factor).collect(),
        }))
    }
}

/// A gene that is scaled by one factor after another.
pub(super) struct Dose {
    pub(super) gene: Gene,
    pub(super) factors: Vec<f64>,
}

/// What `--kd`, `--oe` and `--set` say.
fn intervention(kind: Kind, text: &str, genes: &Genes) -> Result<Intervention, AskedError> {
    let wrong = || form(kind.option(), text, kind.expected());
    let bare = match kind {
        Kind::Oe => text.strip_suffix('x').unwrap_or(text),
        _ => text,
    };
    let (name, level) = bare.rsplit_once('=').ok_or_else(wrong)?;
    let gene = find_gene(name, genes)?;
    let level = level.trim().parse().map_err(|_| wrong())?;
    Ok(Intervention::always(gene, kind.change(level, text)?))
}
