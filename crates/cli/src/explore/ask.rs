//! Questions as the page sends them.

use std::fmt;
use std::sync::Arc;

use axum::http::StatusCode;
use cistron::expression::{Intervention, Span, check_interventions};
use cistron::field::VectorField;
use cistron::genes::Gene;
use cistron::perturb::Until;
use serde::Deserialize;

use super::live::{Live, Setting};
use super::refusal::Refusal;
use crate::question::{AskedError, Kind, WILD_TYPE, check_windows, find_gene, form, until_time};

/// Interventions in a question at most.
const INTERVENTIONS: usize = 50;
/// Times at which levels are given at most.
pub(super) const POINTS: usize = 1_001;
/// Genes whose courses are given at most.
const COURSES: usize = 60;
/// Simulated times at most, in lengths of the data.
const LENGTHS: f64 = 100.0;

/// A question.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Ask {
    /// What is done; nothing at all for the wild type alone.
    #[serde(default)]
    interventions: Vec<Done>,
    /// As `--from` has it.
    #[serde(default = "wild_type")]
    start: String,
    /// A time; none for the state at rest.
    #[serde(default)]
    until: Option<f64>,
    /// Times at which levels are given.
    #[serde(default = "usual_points")]
    points: usize,
    /// Genes whose courses are wanted; those that move most if there are none.
    #[serde(default)]
    genes: Option<Vec<String>>,
    /// How many of those that move most.
    #[serde(default = "usual_top")]
    top: usize,
    /// Whether the members of the ensemble are simulated too.
    #[serde(default = "yes")]
    bands: bool,
}

/// An intervention.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Done {
    gene: String,
    kind: Kind,
    /// The part, the number of times, or the level.
    level: Option<f64>,
    /// From which time on, always if there is none.
    from: Option<f64>,
    /// Up to which time.
    to: Option<f64>,
}

fn wild_type() -> String {
    WILD_TYPE.to_owned()
}

fn usual_points() -> usize {
    51
}

fn usual_top() -> usize {
    6
}

fn yes() -> bool {
    true
}

/// A question in the terms of the model.
pub(super) struct Question {
    pub(super) interventions: Vec<Intervention>,
    pub(super) setting: Setting,
    /// Genes whose courses are wanted.
    pub(super) genes: Option<Vec<Gene>>,
    pub(super) top: usize,
    pub(super) bands: bool,
}

impl Ask {
    /// Reads the body of a request.
    ///
    /// # Errors   a [`Refusal`] that says where it is not a question.
    pub(super) fn read(body: &[u8]) -> Result<Self, Refusal> {
        let wrong = |error: &dyn fmt::Display| {
            let message = format!("the request is no question: {error}");
            Refusal::new(StatusCode::BAD_REQUEST, message)
        };
        // a list would be taken for the fields in their order
        match body.trim_ascii_start().first() {
            Some(b'{') => serde_json::from_slice(body).map_err(|error| wrong(&error)),
            _ => Err(wrong(&"expected an object of JSON")),
        }
    }

    /// Says it in the terms of the model.
    ///
    /// # Errors   a [`Refusal`] in the words of the command line, and where it asks for more than
    ///   a page may.
    pub(super) fn resolve(self, live: &Arc<Live>) -> Result<Question, Refusal> {
        let genes = live.model().field.genes();
        at_most("interventions", self.interventions.len(), INTERVENTIONS)?;
        at_most("courses", self.genes.as_ref().map_or(0, Vec::len), COURSES)?;
        at_most("courses", self.top, COURSES)?;
        at_most("points", self.points, POINTS)?;
        if self.points < 2 {
            let message = format!("found {} points, expected 2 or more", self.points);
            return Err(Refusal::unanswerable(&message));
        }
        let until = match self.until {
            None => Until::Steady,
            Some(end) => until_time(end, self.points).map_err(|e| Refusal::unanswerable(&e))?,
        };
        let asked = || -> Result<_, AskedError> {
            let done = self.interventions.iter();
            let done: Vec<Intervention> = done
                .map(|one| one.intervention(live))
                .collect::<Result<_, _>>()?;
            check_interventions(&done, genes)?;
            check_windows(&done, &until, genes)?;
            let find = |name: &String| find_gene(name, genes);
            let chosen = self.genes.as_ref();
            let chosen = chosen.map(|names| names.iter().map(find).collect());
            Ok((done, chosen.transpose()?))
        };
        let (interventions, genes) = asked().map_err(|error| Refusal::unanswerable(&error))?;
        check_times(&interventions, &until, live.length())?;
        Ok(Question {
            interventions,
            setting: Setting {
                start: self.start,
                until,
            },
            genes,
            top: self.top,
            bands: self.bands,
        })
    }
}

impl Done {
    fn intervention(&self, live: &Live) -> Result<Intervention, AskedError> {
        let gene = find_gene(&self.gene, live.model().field.genes())?;
        let change = match (self.kind, self.level) {
            (Kind::Ko, _) => self.kind.change(0.0, &self.gene)?,
            (kind, Some(level)) => kind.change(level, &format!("{}={level}", self.gene))?,
            (kind, None) => return Err(form(kind.option(), &self.gene, kind.expected())),
        };
        let window = (self.from.is_some() || self.to.is_some()).then(|| Span {
            start: self.from.unwrap_or(0.0),
            end: self.to.unwrap_or(f64::INFINITY),
        });
        Ok(Intervention {
            gene,
            change,
            window,
        })
    }
}

fn at_most(what: &str, found: usize, most: usize) -> Result<(), Refusal> {
    if found <= most {
        return Ok(());
    }
    let message = format!("found {found} {what}, expected at most {most}; use `cistron perturb`");
    Err(Refusal::unanswerable(&message))
}

/// Refuses times that would take long to simulate: ends, and windows before a state at rest.
fn check_times(all: &[Intervention], until: &Until, length: f64) -> Result<(), Refusal> {
    let most = LENGTHS * length;
    let edges = all.iter().filter_map(|one| one.window);
    let edges = edges.flat_map(|span| [span.start, span.end]);
    let end = match until {
        Until::Steady => None,
        Until::Times(times) => times.last().copied(),
    };
    let finite = edges.chain(end).filter(|time| time.is_finite());
    match finite.map(f64::abs).find(|time| *time > most) {
        None => Ok(()),
        Some(time) => {
            let message = format!(
                "found a time of {time}, expected at most {most}, {LENGTHS} times the length of \
                 the data; use `cistron perturb` for longer times"
            );
            Err(Refusal::unanswerable(&message))
        }
    }
}
