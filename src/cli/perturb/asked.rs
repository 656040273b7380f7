//! Interventions on the command line.

use clap::Args;

use cistron::expression::{Change, Intervention, Span, check_interventions};
use cistron::genes::{Gene, Genes};
use cistron::perturb::Until;

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

/// What is wrong with an intervention on the command line.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AskedError {
    /// A gene that the model has not.
    #[error("gene `{name}` is not in the model{near}; spell it as in the data ({some})")]
    Unknown {
        /// The name.
        name: String,
        /// ", did you mean `G1`?" or nothing.
        near: String,
        /// Some genes of the model.
        some: String,
    },
    /// No number where one should be.
    #[error("{option} {found}: expected {expected}; correct it")]
    Form {
        /// The option.
        option: &'static str,
        /// What was given.
        found: String,
        /// What it should look like.
        expected: &'static str,
    },
    /// A window of a gene that is not changed.
    #[error(
        "--window {found}: nothing is done to gene `{gene}`; name it in --ko, --kd, --oe or --set \
         too"
    )]
    Idle {
        /// What was given.
        found: String,
        /// The gene.
        gene: String,
    },
    /// A window that the simulation never sees.
    #[error(
        "gene `{gene}`: the window {start}:{end} lies outside of the simulated time, which goes \
         from 0 {to}; move the window{cure}"
    )]
    Outside {
        /// The gene.
        gene: String,
        /// Its start.
        start: f64,
        /// Its end.
        end: f64,
        /// "to 10", or "on".
        to: String,
        /// What else would help.
        cure: &'static str,
    },
    /// Doses and levels.
    #[error(transparent)]
    Intervention(#[from] cistron::expression::InterventionError),
}

impl AskedArgs {
    /// All interventions, in the order of the options.
    pub(super) fn interventions(&self, genes: &Genes) -> Result<Vec<Intervention>, AskedError> {
        let mut all = Vec::new();
        for name in &self.ko {
            all.push(Intervention::always(
                find_gene(name, genes)?,
                Change::Knockout,
            ));
        }
        for text in &self.kd {
            let (gene, part) = leveled("--kd", text, genes, "GENE=PART with a part from 0 to 1")?;
            if part > 1.0 {
                return Err(form("--kd", text, "a part from 0 to 1; use --oe for more"));
            }
            all.push(Intervention::always(gene, Change::Scaled(part)));
        }
        for text in &self.oe {
            let bare = text.strip_suffix('x').unwrap_or(text);
            let (gene, times) = leveled("--oe", bare, genes, "GENE=TIMES, such as G4=2x")?;
            if (0.0..1.0).contains(&times) {
                return Err(form("--oe", text, "1 or more times; use --kd for less"));
            }
            all.push(Intervention::always(gene, Change::Scaled(times)));
        }
        for text in &self.set {
            let (gene, level) = leveled("--set", text, genes, "GENE=LEVEL, such as G5=0.8")?;
            all.push(Intervention::always(gene, Change::Set(level)));
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

fn form(option: &'static str, found: &str, expected: &'static str) -> AskedError {
    AskedError::Form {
        option,
        found: found.to_owned(),
        expected,
    }
}

fn leveled(
    option: &'static str,
    text: &str,
    genes: &Genes,
    expected: &'static str,
) -> Result<(Gene, f64), AskedError> {
    let wrong = || form(option, text, expected);
    let (name, level) = text.rsplit_once('=').ok_or_else(wrong)?;
    let gene = find_gene(name, genes)?;
    Ok((gene, level.trim().parse().map_err(|_| wrong())?))
}

/// The gene of a name.
///
/// # Errors   [`AskedError::Unknown`] with a gene of nearly that name, if there is one.
pub(in crate::cli) fn find_gene(name: &str, genes: &Genes) -> Result<Gene, AskedError> {
    let name = name.trim();
    genes.find(name).ok_or_else(|| {
        let same = |other: &&String| other.eq_ignore_ascii_case(name);
        let names = genes.names().iter();
        let near = names.clone().find(same).or_else(|| {
            let (most, letters) = (2, name.chars().count());
            let near = names
                .map(|other| (distance(name, other), other))
                .filter(|(steps, _)| *steps <= most && *steps < letters);
            near.min_by_key(|(steps, _)| *steps).map(|(_, other)| other)
        });
        let some: Vec<&str> = genes.names().iter().take(5).map(String::as_str).collect();
        let more = genes.len().saturating_sub(some.len());
        AskedError::Unknown {
            name: name.to_owned(),
            near: near.map_or_else(String::new, |near| format!(", did you mean `{near}`?")),
            some: match more {
                0 => some.join(", "),
                _ => format!("{} and {more} more", some.join(", ")),
            },
        }
    })
}

/// Letters to be put in, left out or changed to make one word of the other.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let change = corner + usize::from(x != *y);
            corner = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(corner + 1);
        }
    }
    row[b.len()]
}

/// What `--until` says.
pub(super) fn until(text: &str, points: usize) -> Result<Until, AskedError> {
    if text == "steady" {
        return Ok(Until::Steady);
    }
    match text.parse::<f64>() {
        // below, numbers run out of digits for the times between
        Ok(end) if end >= f64::MIN_POSITIVE / f64::EPSILON && end.is_finite() => {
            let time = |k: usize| end * (k as f64 / (points - 1) as f64);
            Ok(Until::Times((0..points).map(time).collect()))
        }
        _ => Err(form("--until", text, "`steady`, or a time above 0")),
    }
}

/// Refuses windows that the simulation never reaches.
pub(super) fn check_windows(
    all: &[Intervention],
    until: &Until,
    genes: &Genes,
) -> Result<(), AskedError> {
    let end = match until {
        Until::Steady => f64::INFINITY,
        Until::Times(times) => times[times.len() - 1],
    };
    let outside = |span: &Span| span.end <= 0.0 || span.start > end;
    let found = all.iter().find_map(|one| {
        let span = one.window.filter(outside)?;
        Some((one.gene, span))
    });
    match found {
        None => Ok(()),
        Some((gene, Span { start, end: off })) => Err(AskedError::Outside {
            gene: genes.name(gene).to_owned(),
            start,
            end: off,
            to: match until {
                Until::Steady => "on".to_owned(),
                Until::Times(_) => format!("to {end}"),
            },
            cure: match until {
                Until::Steady => "",
                Until::Times(_) => ", or simulate longer with --until",
            },
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_differ_by_a_letter_are_near() {
        assert_eq!(distance("lacI", "lacZ"), 1);
        assert_eq!(distance("G12", "G2"), 1);
        assert_eq!(distance("", "abc"), 3);
        let genes = Genes::new(["lacI", "lacZ", "crp"]).expect("distinct");
        let said = |name| find_gene(name, &genes).expect_err("unknown").to_string();
        assert!(said("LACI").contains("did you mean `lacI`?"));
        assert!(said("cpr").contains("did you mean `crp`?"));
        assert!(!said("xylose").contains("did you mean"));
    }
}
