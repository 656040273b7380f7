//! The model behind the page, with recent wild-type simulations.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::http::StatusCode;
use cistron::field::{Fitted, VectorField};
use cistron::perturb::{Prepared, Stop, Until};
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::refusal::Refusal;
use crate::query::Starts;

/// Maximum number of concurrent simulations; others wait. Simulations with bands leave one of them
/// to those without.
pub(super) const TURNS: usize = 2;
/// Time limit for a reply, with the time in the queue: users do not wait longer than this.
const LIMIT: Duration = Duration::from_secs(20);
/// Maximum number of values in the states of one query, without and with its interventions, over all
/// members: 128 megabytes. As many may be kept, and each concurrent simulation may use as many.
const VALUES: usize = 16_000_000;
/// Maximum number of wild-type simulations that are kept, as far as they fit into [`VALUES`]: two
/// lists of interventions, each with and without bands, and one earlier setting.
const KEPT: usize = 6;

/// Initial state and duration of a simulation.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Setting {
    /// The value of `--from`.
    pub(super) start: String,
    pub(super) until: Until,
    /// Whether the members of the ensemble are simulated too, which takes longer.
    pub(super) bands: bool,
}

/// The wild type from an initial state.
pub(super) struct Ready {
    pub(super) prepared: Prepared<'static>,
    /// A note on the initial state.
    pub(super) note: Option<String>,
}

/// A wild-type simulation that is kept for later queries.
struct Kept {
    setting: Setting,
    ready: Arc<Ready>,
}

/// The model of a run, for many queries.
pub(super) struct Live {
    model: &'static Fitted,
    starts: Starts,
    turns: Arc<Semaphore>,
    /// Those of `turns` that queries with bands may use.
    heavy: Arc<Semaphore>,
    kept: Mutex<VecDeque<Kept>>,
    /// The model without the members of its ensemble.
    without_members: &'static Fitted,
}

impl Live {
    /// The model is kept until the process ends, like the server.
    pub(super) fn new(model: Fitted, starts: Starts) -> Arc<Self> {
        Arc::new(Self {
            without_members: Box::leak(Box::new(model.without_members())),
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

    /// The model that is simulated.
    ///
    /// * `bands`: whether with the members of its ensemble
    pub(super) fn simulated_model(&self, bands: bool) -> &'static Fitted {
        if bands {
            self.model
        } else {
            self.without_members
        }
    }

    /// Duration of the data in units of time; 1 if they have a single time.
    pub(super) fn length(&self) -> f64 {
        length(self.model)
    }

    /// Simulates on a thread of its own as soon as one is available.
    ///
    /// The simulation is cancelled at the time limit, and if the client leaves: this future is then
    /// dropped.
    ///
    /// * `bands`: whether with the members of the ensemble, which takes longer
    ///
    /// # Errors   the errors of `job`; a [`Refusal`] at the time limit.
    pub(super) async fn simulate<T: Send + 'static>(
        self: Arc<Self>,
        bands: bool,
        job: impl FnOnce(&Self, &Stop) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        self.simulate_within(LIMIT, bands, job).await
    }

    async fn simulate_within<T: Send + 'static>(
        self: Arc<Self>,
        limit: Duration,
        bands: bool,
        job: impl FnOnce(&Self, &Stop) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        let guard = CancelOnDrop(Stop::default());
        let stop = guard.0.clone();
        let work = async {
            let open = "the semaphore is never closed";
            let heavy = if bands {
                let turn = Arc::clone(&self.heavy).acquire_owned().await;
                Some(turn.expect(open))
            } else {
                None
            };
            let turn = Arc::clone(&self.turns).acquire_owned().await.expect(open);
            let simulation = tokio::task::spawn_blocking(move || {
                let result = job(&self, &stop);
                drop((turn, heavy));
                result
            });
            simulation.await.unwrap_or_else(|_| {
                let message = "the simulation failed; please report this with the model";
                Err(Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, message))
            })
        };
        timeout(limit, work).await.unwrap_or_else(|_| {
            let message = format!(
                "the simulation did not end within {} seconds; reduce --until, or use `cistron \
                 perturb`",
                limit.as_secs()
            );
            Err(Refusal::new(StatusCode::SERVICE_UNAVAILABLE, message))
        })
    }

    /// The wild type from an initial state, simulated unless it is kept.
    ///
    /// # Errors   a [`Refusal`] for an unknown initial state, too many values, and a wild type
    ///   without the steady state that the query needs.
    pub(super) fn ready(&self, setting: &Setting, stop: &Stop) -> Result<Arc<Ready>, Refusal> {
        if let Some(ready) = self.find(setting) {
            return Ok(ready);
        }
        let model = self.simulated_model(setting.bands);
        check_size(values(model, &setting.until))?;
        let start = self.starts.find(&setting.start, model);
        let start = start.map_err(|error| Refusal::unanswerable(&error))?;
        let from = start.levels.as_deref();
        let prepared = Prepared::new_unless(model, from, &setting.until, stop);
        let ready = Arc::new(Ready {
            prepared: prepared.map_err(|error| Refusal::unanswerable(&error))?,
            note: start.note,
        });
        self.keep(setting, &ready);
        Ok(ready)
    }

    fn find(&self, setting: &Setting) -> Option<Arc<Ready>> {
        let kept = self.lock_kept();
        let same = kept.iter().find(|kept| kept.setting == *setting)?;
        Some(Arc::clone(&same.ready))
    }

    /// Keeps the latest simulations, as many as fit.
    fn keep(&self, setting: &Setting, ready: &Arc<Ready>) {
        let mut kept = self.lock_kept();
        kept.push_front(Kept {
            setting: setting.clone(),
            ready: Arc::clone(ready),
        });
        let (mut sum, mut fitting) = (0, 0);
        for Kept { setting, .. } in kept.iter().take(KEPT) {
            sum += values(self.simulated_model(setting.bands), &setting.until);
            if sum > VALUES {
                break;
            }
            fitting += 1;
        }
        kept.truncate(fitting);
    }

    fn lock_kept(&self) -> MutexGuard<'_, VecDeque<Kept>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Duration of the data in units of time; 1 if they have a single time.
pub(super) fn length(model: &Fitted) -> f64 {
    match model.length() {
        length if length > 0.0 => length,
        _ => 1.0,
    }
}

/// Cancels its simulation when it is dropped, which is when the client no longer waits.
struct CancelOnDrop(Stop);

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        self.0.cancel();
    }
}

/// Refuses a query with states that take too much memory.
fn check_size(values: usize) -> Result<(), Refusal> {
    if values <= VALUES {
        return Ok(());
    }
    Err(Refusal::unanswerable(
        &"this model is too large for this number of points; reduce it, or use `cistron perturb`",
    ))
}

/// Number of values in the states without and with interventions, over the field and its members.
fn values(model: &Fitted, until: &Until) -> usize {
    let fields = 1 + model.members.len();
    2 * until.most_rows() * fields * model.field.genes().len()
}

#[cfg(test)]
mod tests;
