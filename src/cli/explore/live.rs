//! The model behind the page, and what of it need not be simulated again.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::http::StatusCode;
use cistron::field::{Fitted, VectorField};
use cistron::perturb::{Prepared, Until};
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::refusal::Refusal;
use crate::cli::question::{Starts, WILD_TYPE};

/// Simulations at a time; more of them wait.
pub(super) const TURNS: usize = 2;
/// For how long a page waits for its answer, its turn included.
const PATIENCE: Duration = Duration::from_secs(20);
/// Numbers of the states that one start and its times make, over all members: 128 megabytes.
const NUMBERS: usize = 16_000_000;
/// Starts with their times whose wild types are kept, as far as they fit into [`NUMBERS`].
const KEPT: usize = 6;

/// Where a simulation starts and how long it goes.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Setting {
    /// As `--from` has it.
    pub(super) start: String,
    pub(super) until: Until,
}

/// A start with what the wild type does from there.
pub(super) struct Ready {
    pub(super) prepared: Prepared<'static>,
    /// What to know about the start.
    pub(super) note: Option<String>,
}

/// The model of a run, for many questions.
pub(super) struct Live {
    model: &'static Fitted,
    starts: Starts,
    turns: Arc<Semaphore>,
    kept: Mutex<VecDeque<(Setting, bool, Arc<Ready>)>>,
    /// The model without the members of its ensemble.
    alone: &'static Fitted,
}

impl Live {
    /// The model is kept until the process ends, as the server is.
    pub(super) fn new(model: Fitted, starts: Starts) -> Arc<Self> {
        let alone = Fitted {
            members: Vec::new(),
            ..model.clone()
        };
        Arc::new(Self {
            model: Box::leak(Box::new(model)),
            alone: Box::leak(Box::new(alone)),
            starts,
            turns: Arc::new(Semaphore::new(TURNS)),
            kept: Mutex::default(),
        })
    }

    pub(super) fn model(&self) -> &'static Fitted {
        self.model
    }

    /// The model without the members of its ensemble.
    pub(super) fn alone(&self) -> &'static Fitted {
        self.alone
    }

    /// Length of the data in units of time; 1 where they have one time only.
    pub(super) fn length(&self) -> f64 {
        length(self.model)
    }

    /// Simulates on a thread of its own when it is its turn.
    ///
    /// A simulation that takes too long is answered as such, and keeps its turn until it ends: it
    /// is bounded by the steps of the integrator.
    ///
    /// # Errors   those of `job`; a [`Refusal`] where it takes too long.
    pub(super) async fn simulate<T: Send + 'static>(
        self: Arc<Self>,
        job: impl FnOnce(&Arc<Self>) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        let work = async {
            let turn = Arc::clone(&self.turns).acquire_owned().await;
            let turn = turn.expect("nobody closes it");
            let done = tokio::task::spawn_blocking(move || {
                let found = job(&self);
                drop(turn);
                found
            });
            done.await.unwrap_or_else(|_| {
                let message = "the simulation broke off; please report it with the model";
                Err(Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, message))
            })
        };
        timeout(PATIENCE, work).await.unwrap_or_else(|_| {
            let message = format!(
                "there is no answer after {} seconds; ask for a shorter time, or use `cistron \
                 perturb`",
                PATIENCE.as_secs()
            );
            Err(Refusal::new(StatusCode::SERVICE_UNAVAILABLE, message))
        })
    }

    /// The wild type from a start, simulated if it was not of late.
    ///
    /// * `bands`: whether with the members of the ensemble
    ///
    /// # Errors   a [`Refusal`] for an unknown start, too many numbers, and a wild type that does
    ///   not come to rest and would have to.
    pub(super) fn ready(&self, setting: &Setting, bands: bool) -> Result<Arc<Ready>, Refusal> {
        if let Some(found) = self.find(setting, bands) {
            return Ok(found);
        }
        let model = if bands { self.model } else { self.alone };
        let numbers = numbers(model, &setting.until);
        if numbers > NUMBERS {
            return Err(Refusal::unanswerable(
                &"this model is too large for so many points in a page; ask for fewer, or use \
                  `cistron perturb`",
            ));
        }
        let begin = self.starts.find(&setting.start, model);
        let begin = begin.map_err(|error| Refusal::unanswerable(&error))?;
        let prepared = Prepared::new(model, begin.levels.as_deref(), &setting.until);
        let ready = Arc::new(Ready {
            prepared: prepared.map_err(|error| Refusal::unanswerable(&error))?,
            note: begin.note,
        });
        self.keep(setting, bands, &ready);
        Ok(ready)
    }

    fn find(&self, setting: &Setting, bands: bool) -> Option<Arc<Ready>> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let same = |(s, b, _): &&(Setting, bool, Arc<Ready>)| s == setting && *b == bands;
        kept.iter().find(same).map(|(.., ready)| Arc::clone(ready))
    }

    /// Keeps the latest, as many as there is room for.
    fn keep(&self, setting: &Setting, bands: bool, ready: &Arc<Ready>) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push_front((setting.clone(), bands, Arc::clone(ready)));
        let mut sum = 0;
        let mut fits = |(setting, bands, _): &(Setting, bool, Arc<Ready>)| {
            let model = if *bands { self.model } else { self.alone };
            sum += numbers(model, &setting.until);
            sum <= NUMBERS
        };
        let room = kept.iter().take(KEPT).take_while(|one| fits(one)).count();
        kept.truncate(room);
    }

    /// Whether a simulation starts from the wild type at rest.
    pub(super) fn starts_at_rest(setting: &Setting) -> bool {
        setting.start == WILD_TYPE
    }
}

/// Length of the data in units of time; 1 where they have one time only.
pub(super) fn length(model: &Fitted) -> f64 {
    match model.times.1 - model.times.0 {
        length if length > 0.0 => length,
        _ => 1.0,
    }
}

fn numbers(model: &Fitted, until: &Until) -> usize {
    let rows = match until {
        Until::Steady => 1,
        Until::Times(times) => times.len(),
    };
    let fields = 1 + model.members.len();
    rows * fields * model.field.genes().len()
}
