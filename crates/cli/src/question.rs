//! What people ask of a model, in words: genes, what is done to them, where it starts, how long.
//!
//! The command line and the page of `cistron explore` say the same and are answered the same.

use cistron::expression::{Change, Intervention, Span, States};
use cistron::field::Fitted;
use cistron::genes::{Gene, Genes};
use cistron::perturb::Until;
use serde::Deserialize;

/// What is wrong with what is asked.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AskedError {
    /// A gene that the model has not.
    #[error("gene `{name}` is not in the model: {cure} Spell it as in the data")]
    Unknown {
        /// The name.
        name: String,
        /// Names that are near, or examples.
        cure: String,
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
    /// A start that was not measured.
    #[error(
        "--from {name}: no state, series or condition of {file} is called so; expected \
         `wild-type`, or a name such as {some}"
    )]
    Start {
        /// The name.
        name: String,
        /// Where it was looked for.
        file: String,
        /// Some of those in states.tsv.
        some: String,
    },
    /// Doses and levels.
    #[error(transparent)]
    Intervention(#[from] cistron::expression::InterventionError),
}

/// What may be done to a gene.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Kind {
    /// Knocked out.
    Ko,
    /// Knocked down to a part.
    Kd,
    /// Overexpressed so many times.
    Oe,
    /// Held at a level.
    Set,
}

impl Kind {
    /// The option of the command line.
    pub(crate) fn option(self) -> &'static str {
        match self {
            Self::Ko => "--ko",
            Self::Kd => "--kd",
            Self::Oe => "--oe",
            Self::Set => "--set",
        }
    }

    /// What it looks like with its number.
    pub(crate) fn expected(self) -> &'static str {
        match self {
            Self::Ko => "GENE",
            Self::Kd => "GENE=PART with a part from 0 to 1",
            Self::Oe => "GENE=TIMES, such as G4=2x",
            Self::Set => "GENE=LEVEL, such as G5=0.8",
        }
    }

    /// The change at a level, which a knockout has not.
    ///
    /// * `said`: how it was asked for
    ///
    /// # Errors   [`AskedError::Form`] for a part above 1 and a number of times below it.
    pub(crate) fn change(self, level: f64, said: &str) -> Result<Change, AskedError> {
        match self {
            Self::Ko => Ok(Change::Knockout),
            Self::Set => Ok(Change::Set(level)),
            Self::Kd if level > 1.0 => {
                let expected = "a part from 0 to 1; use --oe for more";
                Err(form(self.option(), said, expected))
            }
            Self::Oe if (0.0..1.0).contains(&level) => {
                let expected = "1 or more times; use --kd for less";
                Err(form(self.option(), said, expected))
            }
            Self::Kd | Self::Oe => Ok(Change::Scaled(level)),
        }
    }
}

pub(crate) fn form(option: &'static str, found: &str, expected: &'static str) -> AskedError {
    AskedError::Form {
        option,
        found: found.to_owned(),
        expected,
    }
}

/// The gene of a name.
///
/// # Errors   [`AskedError::Unknown`] with genes of nearly that name, if there are any.
pub(crate) fn find_gene(name: &str, genes: &Genes) -> Result<Gene, AskedError> {
    let name = name.trim();
    genes.find(name).ok_or_else(|| AskedError::Unknown {
        name: name.to_owned(),
        cure: genes.suggestion(name),
    })
}

/// The start that needs no measured state.
pub(crate) const WILD_TYPE: &str = "wild-type";

/// Where a simulation starts.
pub(crate) struct Start {
    /// Levels on the model's scale; none for the wild type at rest.
    pub(crate) levels: Option<Vec<f64>>,
    /// What to know about it.
    pub(crate) note: Option<String>,
}

/// The measured states of a run.
pub(crate) struct Starts {
    pub(crate) states: States,
    /// The file that they are from.
    pub(crate) file: String,
}

impl Starts {
    /// What to know where a series or condition is called as the model at rest is.
    fn namesake(&self) -> Option<String> {
        let states = self.states.states.iter();
        let mut same = states.filter(|s| s.group == WILD_TYPE || s.condition == WILD_TYPE);
        let first = same.next()?;
        Some(format!(
            "`{WILD_TYPE}` is the model at rest, and not the mean of the samples of that name in \
             {}; name one of them to start there, such as `{}`",
            self.file, first.name
        ))
    }

    /// The start of a name: a state, the mean of a group or condition, or [`WILD_TYPE`].
    ///
    /// Genes that are missing there have the wild type's level of the data.
    ///
    /// # Errors   [`AskedError::Start`] with names that there are.
    pub(crate) fn find(&self, name: &str, model: &Fitted) -> Result<Start, AskedError> {
        if name == WILD_TYPE {
            let (levels, note) = (None, self.namesake());
            return Ok(Start { levels, note });
        }
        let found = self.states.find(name).ok_or_else(|| {
            let known = self.states.states.iter().map(|state| state.name.as_str());
            AskedError::Start {
                name: name.to_owned(),
                file: self.file.clone(),
                some: known.take(3).collect::<Vec<_>>().join(", "),
            }
        })?;
        let missing = found.iter().filter(|x| x.is_nan()).count();
        let scale = model.field.scale();
        let level = |(x, wild): (&f64, &f64)| if x.is_nan() { *wild } else { scale.forward(*x) };
        Ok(Start {
            levels: Some(found.iter().zip(&model.reference).map(level).collect()),
            note: (missing > 0).then(|| {
                format!(
                    "{missing} gene(s) have no value in {name} and start at the wild type's level"
                )
            }),
        })
    }
}

/// What `--until` says.
pub(crate) fn until(text: &str, points: usize) -> Result<Until, AskedError> {
    match text.parse() {
        _ if text == "steady" => Ok(Until::Steady),
        Ok(end) => until_time(end, points),
        Err(_) => Err(form("--until", text, UNTIL)),
    }
}

/// What `--until` should look like.
const UNTIL: &str = "`steady`, or a time above 0";

/// From 0 to a time, in equal steps.
///
/// * `points`: 2 or more
///
/// # Errors   [`AskedError::Form`] for what is no time above 0.
pub(crate) fn until_time(end: f64, points: usize) -> Result<Until, AskedError> {
    // below, numbers run out of digits for the times between
    if !(end >= f64::MIN_POSITIVE / f64::EPSILON && end.is_finite()) {
        return Err(form("--until", &end.to_string(), UNTIL));
    }
    let time = |k: usize| end * (k as f64 / (points - 1) as f64);
    Ok(Until::Times((0..points).map(time).collect()))
}

/// Refuses windows that the simulation never reaches.
pub(crate) fn check_windows(
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
    use cistron::expression::{Scale, State};
    use cistron::field::{Component, SparseField};

    #[test]
    fn the_model_at_rest_says_so_where_samples_are_called_as_it_is() {
        let genes = Genes::new(["a"]).expect("distinct");
        let component = Component {
            regulators: Vec::new(),
            units: Vec::new(),
            intercept: 0.1,
            decay: 0.2,
            covariates: Vec::new(),
        };
        let field = SparseField::new(genes.clone(), Scale::Identity, vec![], vec![component]);
        let model = Fitted {
            field: field.expect("sound"),
            reference: vec![1.0],
            times: (0.0, 10.0),
            members: Vec::new(),
        };
        let starts = |group: &str, condition: &str| Starts {
            states: States {
                genes: genes.clone(),
                states: vec![State {
                    name: format!("{group}@5"),
                    group: group.to_owned(),
                    condition: condition.to_owned(),
                    levels: vec![3.0],
                }],
            },
            file: "states.tsv".to_owned(),
        };
        let find = |starts: Starts, name| starts.find(name, &model).expect("it is there");
        for (group, condition, way) in [
            (WILD_TYPE, "", "`wild-type@5`"),
            ("one", WILD_TYPE, "`one@5`"),
        ] {
            let start = find(starts(group, condition), WILD_TYPE);
            let note = start.note.expect("there is a choice");
            assert!(start.levels.is_none() && note.contains(way), "{note}");
        }
        assert!(find(starts("one", ""), WILD_TYPE).note.is_none());
        let sample = find(starts(WILD_TYPE, ""), "wild-type@5");
        assert_eq!(sample.levels, Some(vec![3.0]));
    }

    #[test]
    fn a_gene_that_is_not_there_is_answered_with_near_ones() {
        let genes = Genes::new(["lacI", "lacZ", "crp"]).expect("distinct");
        let said = |name| find_gene(name, &genes).expect_err("unknown").to_string();
        assert!(
            said("LACI").contains("did you mean `lacI`"),
            "{}",
            said("LACI")
        );
        assert!(
            said("cpr").contains("did you mean `crp`?"),
            "{}",
            said("cpr")
        );
        assert!(!said("xylose").contains("did you mean"));
    }
}
