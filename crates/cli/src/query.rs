//! Queries to a model in words: genes, interventions, initial state, duration.
//!
//! The command line and the page of `cistron explore` use the same words and get the same results.

use cistron::expression::{Change, Intervention, Span, States};
use cistron::field::Fitted;
use cistron::genes::{Gene, Genes};
use cistron::perturb::Until;
use cistron_report::count;
use serde::Deserialize;

/// What is wrong with a query.
#[derive(Debug, thiserror::Error)]
pub(crate) enum QueryError {
    /// A gene that is not in the model.
    #[error("gene `{name}` is not in the model: {cure} Spell it as in the data")]
    UnknownGene {
        /// The name.
        name: String,
        /// Similar names, or examples.
        cure: String,
    },
    /// A value of an option that cannot be used.
    #[error("{option} {found}: expected {expected}; correct it")]
    BadValue {
        /// The option.
        option: &'static str,
        /// What was given.
        found: String,
        /// What it should look like.
        expected: &'static str,
    },
    /// A window of a gene without an intervention.
    #[error(
        "--window {found}: gene `{gene}` has no intervention; name it in --ko, --kd, --oe or --set"
    )]
    UnusedWindow {
        /// What was given.
        found: String,
        /// The gene.
        gene: String,
    },
    /// A window that the simulation does not reach.
    #[error(
        "gene `{gene}`: the window {start}:{end} lies outside of the simulated time, which goes \
         from 0 {to}; move the window{cure}"
    )]
    WindowOutside {
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
    /// An initial state that was not measured.
    #[error(
        "--from {name}: {file} has no state, series or condition of this name; expected \
         `wild-type`, or a name such as {examples}"
    )]
    UnknownStart {
        /// The name.
        name: String,
        /// The file that was searched.
        file: String,
        /// Some names of states.tsv.
        examples: String,
    },
    /// A run without measured states to start from.
    #[error(
        "--from {name}: {file} has no states, as nothing was measured over time; expected `wild-type`, \
         the steady state of the model"
    )]
    NoStarts {
        /// The name.
        name: String,
        /// The file that was searched.
        file: String,
    },
    /// Doses and levels.
    #[error(transparent)]
    Intervention(#[from] cistron::expression::InterventionError),
}

/// Kinds of intervention on a gene.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Kind {
    /// Knocked out.
    Ko,
    /// Knocked down to a fraction.
    Kd,
    /// Overexpressed by a factor.
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

    /// The form of its values.
    pub(crate) fn expected(self) -> &'static str {
        match self {
            Self::Ko => "GENE",
            Self::Kd => "GENE=FRACTION with a fraction from 0 to 1",
            Self::Oe => "GENE=FACTOR, such as G4=2x",
            Self::Set => "GENE=LEVEL, such as G5=0.8",
        }
    }

    /// The change at a level; a knockout ignores it.
    ///
    /// * `text`: the value as the user wrote it
    ///
    /// # Errors   [`QueryError::BadValue`] for a fraction above 1 and a factor below 1.
    pub(crate) fn change(self, level: f64, text: &str) -> Result<Change, QueryError> {
        match self {
            Self::Ko => Ok(Change::Knockout),
            Self::Set => Ok(Change::Set(level)),
            Self::Kd if level > 1.0 => {
                let expected = "a fraction from 0 to 1; use --oe for more";
                Err(bad_value(self.option(), text, expected))
            }
            Self::Oe if (0.0..1.0).contains(&level) => {
                let expected = "a factor of 1 or more; use --kd for less";
                Err(bad_value(self.option(), text, expected))
            }
            Self::Kd | Self::Oe => Ok(Change::Scaled(level)),
        }
    }
}

/// The error for a value that does not have the expected form.
pub(crate) fn bad_value(option: &'static str, found: &str, expected: &'static str) -> QueryError {
    QueryError::BadValue {
        option,
        found: found.to_owned(),
        expected,
    }
}

/// The gene of a name.
///
/// # Errors   [`QueryError::UnknownGene`] with similar names, if there are any.
pub(crate) fn find_gene(name: &str, genes: &Genes) -> Result<Gene, QueryError> {
    let name = name.trim();
    genes.find(name).ok_or_else(|| QueryError::UnknownGene {
        name: name.to_owned(),
        cure: genes.suggestion(name),
    })
}

/// The genes of some names.
///
/// # Errors   as [`find_gene`].
pub(crate) fn find_genes(names: &[String], genes: &Genes) -> Result<Vec<Gene>, QueryError> {
    names.iter().map(|name| find_gene(name, genes)).collect()
}

/// The initial state that needs no measurement.
pub(crate) const WILD_TYPE: &str = "wild-type";

/// The initial state of a simulation.
pub(crate) struct Start {
    /// Levels on the model's scale; none for the steady state of the wild type.
    pub(crate) levels: Option<Vec<f64>>,
    /// A note for the user.
    pub(crate) note: Option<String>,
}

/// The measured states of a run.
pub(crate) struct Starts {
    pub(crate) states: States,
    /// The file that they are from.
    pub(crate) file: String,
}

impl Starts {
    /// A note where a series or condition has the name of the model's steady state.
    fn namesake(&self) -> Option<String> {
        let mut states = self.states.states.iter();
        let first = states.find(|s| s.group == WILD_TYPE || s.condition == WILD_TYPE)?;
        Some(format!(
            "`{WILD_TYPE}` is the steady state of the model, not the mean of the samples of that \
             name in {}; to start from one of these samples, name it, such as `{}`",
            self.file, first.name
        ))
    }

    /// The start of a name: a state, the mean of a group or condition, or [`WILD_TYPE`].
    ///
    /// Genes without a value there have the wild type's level of the data.
    ///
    /// # Errors   [`QueryError::UnknownStart`] with examples of names.
    pub(crate) fn find(&self, name: &str, model: &Fitted) -> Result<Start, QueryError> {
        if name == WILD_TYPE {
            let (levels, note) = (None, self.namesake());
            return Ok(Start { levels, note });
        }
        if self.states.states.is_empty() {
            let (name, file) = (name.to_owned(), self.file.clone());
            return Err(QueryError::NoStarts { name, file });
        }
        let measured = self.states.find(name).ok_or_else(|| {
            let known = self.states.states.iter().map(|state| state.name.as_str());
            QueryError::UnknownStart {
                name: name.to_owned(),
                file: self.file.clone(),
                examples: known.take(3).collect::<Vec<_>>().join(", "),
            }
        })?;
        let missing = measured.iter().filter(|x| x.is_nan()).count();
        let scale = model.field.scale();
        let levels = measured.iter().zip(&model.reference).map(|(x, wild)| {
            if x.is_nan() { *wild } else { scale.forward(*x) }
        });
        Ok(Start {
            levels: Some(levels.collect()),
            note: (missing > 0).then(|| {
                let (has, starts) = if missing == 1 {
                    ("has", "starts")
                } else {
                    ("have", "start")
                };
                let genes = count(missing, "gene");
                format!("{genes} {has} no value in {name} and {starts} at the wild type's level")
            }),
        })
    }
}

/// The value of `--until`.
pub(crate) fn until(text: &str, points: usize) -> Result<Until, QueryError> {
    match text.parse() {
        _ if text == "steady" => Ok(Until::Steady),
        Ok(end) => until_time(end, points),
        Err(_) => Err(bad_value("--until", text, UNTIL)),
    }
}

/// The form of `--until`.
const UNTIL: &str = "`steady`, or a time above 0";

/// From 0 to a time, in equal steps.
///
/// * `points`: 2 or more
///
/// # Errors   [`QueryError::BadValue`] for a value that is not a time above 0.
pub(crate) fn until_time(end: f64, points: usize) -> Result<Until, QueryError> {
    // below, numbers run out of digits for the times between
    if !(end >= f64::MIN_POSITIVE / f64::EPSILON && end.is_finite()) {
        return Err(bad_value("--until", &end.to_string(), UNTIL));
    }
    let steps = (points - 1) as f64;
    Ok(Until::Times(
        (0..points).map(|k| end * (k as f64 / steps)).collect(),
    ))
}

/// At given times; the start, time 0, is added where it is missing.
///
/// # Errors   [`QueryError::BadValue`] unless they are 0 or more and increase.
pub(crate) fn at_times(times: &[f64]) -> Result<Until, QueryError> {
    let sound = times.iter().all(|time| time.is_finite() && *time >= 0.0);
    if !sound || !times.is_sorted_by(|a, b| a < b) || times == [0.0] {
        let found: Vec<String> = times.iter().map(f64::to_string).collect();
        let expected = "times of 0 or more that increase, such as 0,1,2,4";
        return Err(bad_value("--at", &found.join(","), expected));
    }
    let start = (times.first() != Some(&0.0)).then_some(0.0);
    Ok(Until::Times(
        start.into_iter().chain(times.iter().copied()).collect(),
    ))
}

/// Refuses windows that the simulation does not reach.
///
/// # Errors   [`QueryError::WindowOutside`] for the first of them.
pub(crate) fn check_windows(
    interventions: &[Intervention],
    until: &Until,
    genes: &Genes,
) -> Result<(), QueryError> {
    let last = match until {
        Until::Auto | Until::Steady => f64::INFINITY,
        Until::Times(times) => times[times.len() - 1],
    };
    for intervention in interventions {
        let Some(Span { start, end }) = intervention.window else {
            continue;
        };
        if end <= 0.0 || start > last {
            let (to, cure) = match until {
                Until::Auto | Until::Steady => ("on".to_owned(), ""),
                Until::Times(_) => (format!("to {last}"), ", or simulate longer with --until"),
            };
            return Err(QueryError::WindowOutside {
                gene: genes.name(intervention.gene).to_owned(),
                start,
                end,
                to,
                cure,
            });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use cistron::expression::{Scale, State};
    use cistron::field::{Component, SparseField};

    #[test]
    fn where_samples_are_named_like_the_steady_state_a_note_says_so() {
        let genes = Genes::new(["a"]).expect("distinct");
        let component = Component {
            regulators: Vec::new(),
            units: Vec::new(),
            intercept: 0.1,
            decay: 0.2,
            covariates: Vec::new(),
        };
        let field = SparseField::new(genes.clone(), Scale::IDENTITY, vec![], vec![component]);
        let model = Fitted::new(field.expect("sound"), vec![1.0], (0.0, 10.0));
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
    fn an_unknown_gene_is_answered_with_similar_names() {
        let genes = Genes::new(["lacI", "lacZ", "crp"]).expect("distinct");
        for (name, similar) in [
            ("LACI", Some("did you mean `lacI`")),
            ("cpr", Some("did you mean `crp`?")),
            ("xylose", None),
        ] {
            let error = find_gene(name, &genes).expect_err("unknown").to_string();
            let expected = similar.unwrap_or("did you mean");
            assert_eq!(error.contains(expected), similar.is_some(), "{error}");
        }
    }
}
