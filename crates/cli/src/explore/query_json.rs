//! Queries as the page sends them.

use std::fmt;

use axum::http::StatusCode;
use cistron::expression::{Intervention, Scale, Span, check_interventions};
use cistron::field::VectorField;
use cistron::genes::{Gene, Genes};
use cistron::perturb::Until;
use serde::Deserialize;

use super::live::{Live, Setting};
use super::refusal::Refusal;
use crate::query::{
    Kind, QueryError, WILD_TYPE, bad_value, check_windows, find_gene, find_genes, until_time,
};

/// Maximum number of interventions in a query: more than a form can show.
const INTERVENTIONS: usize = 50;
/// Maximum number of output times: more than a screen has pixels for a curve.
pub(super) const POINTS: usize = 1_001;
/// Maximum number of genes with time courses.
const COURSES: usize = 60;
/// Maximum simulated time, in durations of the data.
const LENGTHS: f64 = 100.0;

/// A query in JSON; the `Query` of `web/src/live/protocol.ts`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct QueryJson {
    /// Interventions; empty for the wild type.
    #[serde(default)]
    interventions: Vec<InterventionJson>,
    /// As `--from`.
    #[serde(default = "default_start")]
    start: String,
    /// A time; none for the steady state.
    #[serde(default)]
    until: Option<f64>,
    /// Number of output times.
    #[serde(default = "default_points")]
    points: usize,
    /// Genes with time courses; if none, the genes with the largest changes.
    #[serde(default)]
    genes: Option<Vec<String>>,
    /// Number of genes with the largest changes.
    #[serde(default = "default_top")]
    top: usize,
    /// Whether the members of the ensemble are simulated too.
    #[serde(default = "default_bands")]
    bands: bool,
}

/// An intervention in JSON.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct InterventionJson {
    gene: String,
    kind: Kind,
    /// The fraction, factor or level.
    level: Option<f64>,
    /// Start of the window; if neither start nor end is given, the intervention is permanent.
    from: Option<f64>,
    /// End of the window.
    to: Option<f64>,
}

fn default_start() -> String {
    WILD_TYPE.to_owned()
}

fn default_points() -> usize {
    51
}

fn default_top() -> usize {
    6
}

fn default_bands() -> bool {
    true
}

/// A query in the terms of the model.
pub(super) struct Query {
    pub(super) interventions: Vec<Intervention>,
    pub(super) setting: Setting,
    /// Genes with time courses.
    pub(super) genes: Option<Vec<Gene>>,
    pub(super) top: usize,
}

impl QueryJson {
    /// Reads the body of a request.
    ///
    /// # Errors   a [`Refusal`] with the position of the error.
    pub(super) fn read(body: &[u8]) -> Result<Self, Refusal> {
        // serde would accept a list as the fields in their order
        match body.trim_ascii_start().first() {
            Some(b'{') => serde_json::from_slice(body).map_err(|error| malformed(&error)),
            _ => Err(malformed(&"expected a JSON object")),
        }
    }

    /// Translates the query into the terms of the model.
    ///
    /// # Errors   a [`Refusal`] in the words of the command line, and for a query that exceeds the
    ///   limits of the page.
    pub(super) fn resolve(self, live: &Live) -> Result<Query, Refusal> {
        self.check_limits()?;
        let until = match self.until {
            None => Until::Auto,
            Some(end) => until_time(end, self.points).map_err(|e| Refusal::unanswerable(&e))?,
        };
        let field = &live.model().field;
        let genes = field.genes();
        let interventions = self
            .resolve_interventions(&until, genes, field.scale())
            .map_err(|error| Refusal::unanswerable(&error))?;
        check_times(&interventions, &until, live.length())?;
        let shown = self.genes.as_ref().map(|names| find_genes(names, genes));
        Ok(Query {
            interventions,
            genes: shown
                .transpose()
                .map_err(|error| Refusal::unanswerable(&error))?,
            top: self.top,
            setting: Setting {
                start: self.start,
                until,
                bands: self.bands,
            },
        })
    }

    fn check_limits(&self) -> Result<(), Refusal> {
        let courses = self.genes.as_ref().map_or(0, Vec::len).max(self.top);
        at_most("interventions", self.interventions.len(), INTERVENTIONS)?;
        at_most("courses", courses, COURSES)?;
        at_most("points", self.points, POINTS)?;
        if self.points < 2 {
            let message = format!("found {} points, expected 2 or more", self.points);
            return Err(Refusal::unanswerable(&message));
        }
        Ok(())
    }

    fn resolve_interventions(
        &self,
        until: &Until,
        genes: &Genes,
        scale: Scale,
    ) -> Result<Vec<Intervention>, QueryError> {
        let interventions = self.interventions.iter();
        let interventions: Vec<Intervention> = interventions
            .map(|json| json.resolve(genes))
            .collect::<Result<_, _>>()?;
        check_interventions(&interventions, genes, Some(scale))?;
        check_windows(&interventions, until, genes)?;
        Ok(interventions)
    }
}

fn malformed(error: &dyn fmt::Display) -> Refusal {
    let message = format!("the request is not a valid query: {error}");
    Refusal::new(StatusCode::BAD_REQUEST, message)
}

impl InterventionJson {
    fn resolve(&self, genes: &Genes) -> Result<Intervention, QueryError> {
        let gene = find_gene(&self.gene, genes)?;
        let change = match (self.kind, self.level) {
            (Kind::Ko, _) => self.kind.change(0.0, &self.gene)?,
            (kind, Some(level)) => kind.change(level, &format!("{}={level}", self.gene))?,
            (kind, None) => return Err(bad_value(kind.option(), &self.gene, kind.expected())),
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

fn at_most(what: &str, found: usize, limit: usize) -> Result<(), Refusal> {
    if found <= limit {
        return Ok(());
    }
    let message = format!("found {found} {what}, expected at most {limit}; use `cistron perturb`");
    Err(Refusal::unanswerable(&message))
}

/// Refuses times that take long to simulate: the end, and windows before a steady state.
fn check_times(interventions: &[Intervention], until: &Until, length: f64) -> Result<(), Refusal> {
    let limit = LENGTHS * length;
    let windows = interventions.iter().filter_map(|i| i.window);
    let edges = windows.flat_map(|span| [span.start, span.end]);
    let end = match until {
        Until::Auto | Until::Steady => None,
        Until::Times(times) => times.last().copied(),
    };
    let finite = edges.chain(end).filter(|time| time.is_finite());
    match finite.map(f64::abs).find(|time| *time > limit) {
        None => Ok(()),
        Some(time) => {
            let message = format!(
                "found a time of {time}, expected at most {limit}, {LENGTHS} times the duration of \
                 the data; use `cistron perturb` for longer times"
            );
            Err(Refusal::unanswerable(&message))
        }
    }
}
