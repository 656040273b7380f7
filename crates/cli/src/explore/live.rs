//! The model behind the page, and what of it need not be simulated again.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::http::StatusCode;
use cistron::field::{Fitted, VectorField};
use cistron::perturb::{Prepared, Stop, Until};
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::refusal::Refusal;
use crate::question::{Starts, WILD_TYPE};

/// Simulations at a time; more of them wait. Those with bands leave one turn to those without.
pub(super) const TURNS: usize = 2;
/// For how long a page waits for its answer, its turn included.
const PATIENCE: Duration = Duration::from_secs(20);
/// Numbers of the states that one question makes, without and with its interventions, over all
/// members: 128 megabytes. As many may be kept, and as many be at work a turn.
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
    /// Those of `turns` that questions with bands may have.
    heavy: Arc<Semaphore>,
    kept: Mutex<VecDeque<(Setting, bool, Arc<Ready>)>>,
    /// The model without the members of its ensemble.
    alone: &'static Fitted,
}

impl Live {
    /// The model is kept until the process ends, as the server is.
    pub(super) fn new(model: Fitted, starts: Starts) -> Arc<Self> {
        Arc::new(Self {
            alone: Box::leak(Box::new(model.alone())),
            model: Box::leak(Box::new(model)),
            starts,
            turns: Arc::new(Semaphore::new(TURNS)),
            heavy: Arc::new(Semaphore::new(TURNS - 1)),
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
    /// It is told to stop where it takes too long, and where nobody waits for it any more: then
    /// this future is dropped.
    ///
    /// * `bands`: whether with the members of the ensemble, which takes long
    ///
    /// # Errors   those of `job`; a [`Refusal`] where it takes too long.
    pub(super) async fn simulate<T: Send + 'static>(
        self: Arc<Self>,
        bands: bool,
        job: impl FnOnce(&Self, &Stop) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        self.within(PATIENCE, bands, job).await
    }

    async fn within<T: Send + 'static>(
        self: Arc<Self>,
        patience: Duration,
        bands: bool,
        job: impl FnOnce(&Self, &Stop) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        let waiting = Waiting(Stop::default());
        let stop = waiting.0.clone();
        let work = async {
            let open = "nobody closes it";
            let heavy = if bands {
                let turn = Arc::clone(&self.heavy).acquire_owned().await;
                Some(turn.expect(open))
            } else {
                None
            };
            let turn = Arc::clone(&self.turns).acquire_owned().await.expect(open);
            let done = tokio::task::spawn_blocking(move || {
                let found = job(&self, &stop);
                drop((turn, heavy));
                found
            });
            done.await.unwrap_or_else(|_| {
                let message = "the simulation broke off; please report it with the model";
                Err(Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, message))
            })
        };
        timeout(patience, work).await.unwrap_or_else(|_| {
            let message = format!(
                "there is no answer after {} seconds; ask for a shorter time, or use `cistron \
                 perturb`",
                patience.as_secs()
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
    pub(super) fn ready(
        &self,
        setting: &Setting,
        bands: bool,
        stop: &Stop,
    ) -> Result<Arc<Ready>, Refusal> {
        if let Some(found) = self.find(setting, bands) {
            return Ok(found);
        }
        let model = if bands { self.model } else { self.alone };
        check_size(numbers(model, &setting.until))?;
        let begin = self.starts.find(&setting.start, model);
        let begin = begin.map_err(|error| Refusal::unanswerable(&error))?;
        let from = (begin.levels.as_deref(), &setting.until);
        let prepared = Prepared::new_unless(model, from, stop);
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

/// Tells its simulation to stop when nobody waits any more.
struct Waiting(Stop);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.tell();
    }
}

/// Refuses a question whose states would take more memory than a page is worth.
fn check_size(numbers: usize) -> Result<(), Refusal> {
    if numbers <= NUMBERS {
        return Ok(());
    }
    Err(Refusal::unanswerable(
        &"this model is too large for so many points in a page; ask for fewer, or use `cistron \
          perturb`",
    ))
}

/// Numbers of the states without and with interventions, over the field and its members.
fn numbers(model: &Fitted, until: &Until) -> usize {
    let fields = 1 + model.members.len();
    2 * rows(until) * fields * model.field.genes().len()
}

/// States that are asked for, of a field.
pub(super) fn rows(until: &Until) -> usize {
    match until {
        Until::Steady => 1,
        Until::Times(times) => times.len(),
    }
}

#[cfg(test)]
mod tests;
