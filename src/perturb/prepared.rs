//! What interventions do: the wild type beside the perturbed, with a band.

use std::sync::Arc;

use faer::Mat;
use rayon::prelude::*;

use super::no_answer::NoAnswer;
use super::response::{Both, Response};
use super::setting::{Setting, Until};
use super::start::InitialState;
use super::stop::Stop;
use super::wild_type::{StateError, WildType};
use crate::dynamics::{Course, Method, SteadySettings, last_edge};
use crate::expression::Intervention;
use crate::field::{Fitted, SparseField, VectorField};
use crate::genes::Gene;

/// A query to a model.
#[derive(Clone, Copy, Debug)]
pub struct Query<'q> {
    /// What is done; windows count from the start of the simulation.
    pub interventions: &'q [Intervention],
    /// Levels at the start on the model's scale; if there are none, those that [`InitialState`] describes.
    pub from: Option<&'q [f64]>,
    /// How long to simulate.
    pub until: &'q Until,
}

/// Simulates a fitted model without and with interventions.
///
/// Genes that have shown no decay are held at their reference level where a steady state is asked
/// for (see [`WildType::new`]); paths let them drift, without and with the interventions.
///
/// Each member of the ensemble is simulated likewise, from its own wild type; members that do not
/// reach a steady state are left out. Where many interventions are tried from one start,
/// [`Prepared`] simulates the wild type once for all of them.
///
/// # Errors   [`NoAnswer`] for interventions that contradict each other, and where a steady state
///   is asked for and there is none.
/// # Panics   if `from` or the reference has another size than the field, or times do not increase
///   (bugs in the caller).
pub fn answer(fitted: &Fitted, query: &Query<'_>) -> Result<Response, NoAnswer> {
    Prepared::new(fitted, query.from, query.until)?.answer(query.interventions)
}

/// A model with a start and times: what the wild type does is simulated, and any number of
/// interventions may be asked for.
#[derive(Clone, Debug)]
pub struct Prepared<'a> {
    until: Until,
    start: InitialState,
    /// Whether the model has no rates.
    timeless: bool,
    field: Undisturbed<'a>,
    members: Vec<Undisturbed<'a>>,
}

/// A field, its wild type if it reaches a steady state, where it starts and what it does by itself.
#[derive(Clone, Debug)]
struct Undisturbed<'a> {
    field: &'a SparseField,
    steady: Option<WildType<'a>>,
    start: Vec<f64>,
    states: Arc<Mat<f64>>,
}

impl<'a> Prepared<'a> {
    /// Simulates the wild type of the field and of the members of the ensemble.
    ///
    /// * `from`, `until`: as in [`Query`]
    ///
    /// # Errors   [`NoAnswer`] where the wild type does not reach a steady state, and would have to;
    ///   its members are left out then.
    /// # Panics   as [`answer`].
    /// # Cost     a steady state and a path for the field and each member; on all threads, with
    ///   the same result for any number.
    pub fn new(fitted: &'a Fitted, from: Option<&[f64]>, until: &Until) -> Result<Self, NoAnswer> {
        Self::new_unless(fitted, from, until, &Stop::default())
    }

    /// As [`Prepared::new`], unless it is cancelled.
    ///
    /// # Errors   also [`NoAnswer::Cancelled`].
    #[doc(hidden)]
    pub fn new_unless(
        fitted: &'a Fitted,
        from: Option<&[f64]>,
        until: &Until,
        stop: &Stop,
    ) -> Result<Self, NoAnswer> {
        if fitted.is_static() && matches!(until, Until::Times(_)) {
            return Err(NoAnswer::Static);
        }
        let Setting {
            from,
            until,
            start,
            wild,
        } = Setting::new(fitted, from, until)?;
        let run = |field, wild| {
            going_on(stop)?;
            Undisturbed::new(field, fitted, wild, from.as_deref(), &until, stop)
        };
        let field = run(&fitted.field, wild);
        // whatever went wrong by then, it is not for good
        going_on(stop)?;
        let field = field?;
        let members = kept(fitted.members.par_iter().map(|member| run(member, None)));
        going_on(stop)?;
        Ok(Self {
            until,
            start,
            timeless: fitted.is_static(),
            field,
            members,
        })
    }

    /// Simulates interventions; their windows count from the start.
    ///
    /// # Errors   as [`answer`].
    /// # Cost     a path, or a steady state, for the field and each member.
    pub fn answer(&self, interventions: &[Intervention]) -> Result<Response, NoAnswer> {
        self.answer_unless(interventions, &Stop::default())
    }

    /// As [`Prepared::answer`], unless it is cancelled.
    ///
    /// # Errors   also [`NoAnswer::Cancelled`].
    pub fn answer_unless(
        &self,
        interventions: &[Intervention],
        stop: &Stop,
    ) -> Result<Response, NoAnswer> {
        if self.timeless && interventions.iter().any(|one| one.window.is_some()) {
            return Err(NoAnswer::Static);
        }
        let under = |one: &Undisturbed<'_>| {
            going_on(stop)?;
            one.under(interventions, &self.until, stop)
        };
        let field = under(&self.field);
        going_on(stop)?;
        let field = field?;
        let members = kept(self.members.par_iter().map(under));
        going_on(stop)?;
        Ok(self.response(field, members))
    }

    fn response(&self, field: Both, members: Vec<Both>) -> Response {
        let own = &self.field;
        let times = match &self.until {
            Until::Auto | Until::Steady => Vec::new(),
            Until::Times(times) => times.clone(),
        };
        let held = own.steady.as_ref();
        let drifting: Vec<Gene> = held.map_or_else(Vec::new, |wild| wild.drifting().collect());
        let (genes, scale) = (own.field.genes(), own.field.scale());
        let start = self.start.clone();
        Response::new(genes, scale, times, field, members, drifting).with_start(start)
    }
}

fn going_on(stop: &Stop) -> Result<(), NoAnswer> {
    if stop.is_cancelled() {
        Err(NoAnswer::Cancelled)
    } else {
        Ok(())
    }
}

/// Those that could be simulated, in their order.
fn kept<T: Send>(all: impl IndexedParallelIterator<Item = Result<T, NoAnswer>>) -> Vec<T> {
    let found: Vec<Option<T>> = all.map(Result::ok).collect();
    found.into_iter().flatten().collect()
}

impl<'a> Undisturbed<'a> {
    fn new(
        field: &'a SparseField,
        fitted: &Fitted,
        wild: Option<WildType<'a>>,
        from: Option<&[f64]>,
        until: &Until,
        stop: &Stop,
    ) -> Result<Self, NoAnswer> {
        let find = if std::ptr::eq(field, &fitted.field) {
            WildType::new
        } else {
            WildType::of_many
        };
        let steady = match (wild, from, until) {
            (Some(wild), ..) => Some(wild),
            // a path from a sample needs no steady state of the wild type
            (None, Some(_), Until::Times(_)) => None,
            _ => {
                let settings = SteadySettings::default();
                Some(find(field, &fitted.reference, fitted.length(), settings)?)
            }
        };
        let start = match (from, &steady) {
            (Some(from), _) => from,
            (None, Some(wild)) => wild.levels(),
            (None, None) => &fitted.reference,
        };
        let mut one = Self {
            field,
            start: start.to_vec(),
            steady,
            states: Arc::new(Mat::new()),
        };
        one.states = Arc::new(one.run(&[], until, stop)?);
        Ok(one)
    }

    fn under(&self, done: &[Intervention], until: &Until, stop: &Stop) -> Result<Both, NoAnswer> {
        Ok(Both {
            wild_type: Arc::clone(&self.states),
            perturbed: self.run(done, until, stop)?,
        })
    }

    fn run(&self, done: &[Intervention], until: &Until, stop: &Stop) -> Result<Mat<f64>, NoAnswer> {
        let start = &self.start[..];
        match until {
            Until::Times(times) => Ok(course_of(self.field, done, &|| !stop.is_cancelled())
                .run(self.field, start, times)?),
            Until::Auto | Until::Steady => {
                let wild = self.steady.as_ref();
                let wild = wild.expect("a steady state needs that of the wild type");
                final_state(wild, done, start, stop)
            }
        }
    }
}

fn course_of<'c>(
    field: &SparseField,
    done: &'c [Intervention],
    go_on: &'c dyn Fn() -> bool,
) -> Course<'c> {
    Course {
        go_on,
        ..Course::new(done, field.scale(), Method::default())
    }
}

/// The steady state after all windows, as a matrix of one row.
fn final_state(
    wild: &WildType<'_>,
    done: &[Intervention],
    start: &[f64],
    stop: &Stop,
) -> Result<Mat<f64>, NoAnswer> {
    let mut start = start.to_vec();
    let mut lasting = done.to_vec();
    if let Some(end) = last_edge(done).filter(|end| *end > 0.0) {
        let field = wild.field();
        let path =
            course_of(field, done, &|| !stop.is_cancelled()).run(field, &start, &[0.0, end])?;
        start = (0..start.len()).map(|j| path[(1, j)]).collect();
        lasting.retain(|one| one.acts_at(end));
    }
    let steady = match wild.mutant(&lasting, &start) {
        Ok(steady) => steady,
        Err(StateError::NoSteadyState(error)) if done.is_empty() => {
            return Err(NoAnswer::WildType(error));
        }
        Err(StateError::NoSteadyState(error)) => return Err(NoAnswer::Perturbed(error)),
        Err(error) => return Err(error.into()),
    };
    Ok(Mat::from_fn(1, start.len(), |_, j| steady.levels[j]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dynamics::{CourseError, random_field};
    use crate::expression::{Change, Span};

    fn fitted() -> Fitted {
        let field = random_field(12, 3, 8);
        Fitted {
            members: (20..23).map(|seed| random_field(12, 3, seed)).collect(),
            field,
            reference: vec![1.0; 12],
            times: (0.0, 10.0),
            observed: None,
        }
    }

    fn ask(done: &[Intervention], until: &Until) -> Response {
        let query = Query {
            interventions: done,
            from: None,
            until,
        };
        answer(&fitted(), &query).expect("a steady state")
    }

    #[test]
    fn without_interventions_nothing_changes_and_the_band_is_narrow() {
        let response = ask(&[], &Until::Times(vec![0.0, 1.0, 5.0]));
        for row in 0..3 {
            for gene in response.genes().iter() {
                assert!(response.change(row, gene).abs() < 1e-5);
                assert!(response.log2_fold_change(row, gene).abs() < 1e-4);
                let (low, high) = response.band(row, gene).expect("members");
                assert!(low <= high && low > -1e-5 && high < 1e-5);
            }
        }
    }

    #[test]
    fn a_long_course_ends_in_the_steady_answer_whose_band_holds_it() {
        let gene = fitted().field.component(Gene(0)).regulators[0];
        let out = [Intervention::always(gene, Change::Set(9.0))];
        let steady = ask(&out, &Until::Steady);
        let course = ask(&out, &Until::Times(vec![0.0, 100.0]));
        let mut moved = 0;
        for other in steady.genes().iter() {
            let (now, then) = (steady.change(0, other), course.change(1, other));
            assert!((now - then).abs() < 1e-4, "{now} {then}");
            let (low, high) = steady.band(0, other).expect("members");
            assert!(low <= now && now <= high);
            moved += usize::from(now.abs() > 1e-3);
        }
        assert_eq!(steady.perturbed(0, gene), 9.0);
        assert!(moved > 1);
    }

    #[test]
    fn after_a_window_the_steady_answer_is_the_wild_type_again() {
        let mut one = Intervention::always(Gene(4), Change::Knockout);
        one.window = Some(Span {
            start: 1.0,
            end: 4.0,
        });
        let steady = ask(&[one], &Until::Steady);
        let mut genes = steady.genes().iter();
        assert!(genes.all(|gene| steady.change(0, gene).abs() < 1e-6));
        let course = ask(&[one], &Until::Times(vec![0.0, 2.0]));
        assert_eq!(course.perturbed(1, Gene(4)), 0.0);
    }

    #[test]
    fn a_start_that_is_kept_answers_as_one_that_is_not_on_any_number_of_threads() {
        let fitted = fitted();
        let from = [0.5; 12];
        for (from, until) in [
            (None, Until::Steady),
            (Some(&from[..]), Until::Times(vec![0.0, 1.0, 5.0])),
        ] {
            let find = |threads: usize| {
                let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
                pool.expect("threads").install(|| {
                    let kept = Prepared::new(&fitted, from, &until).expect("a steady state");
                    let one = |gene| [Intervention::always(Gene(gene), Change::Knockout)];
                    // the first answers must leave no trace in the later ones
                    [0, 1, 2, 1].map(|gene| kept.answer(&one(gene)).expect("a steady state"))
                })
            };
            let (found, more) = (find(1), find(3));
            let done = [Intervention::always(Gene(1), Change::Knockout)];
            let interventions = &done[..];
            let query = Query {
                interventions,
                from,
                until: &until,
            };
            let anew = answer(&fitted, &query).expect("a steady state");
            for kept in [&found[1], &found[3], &more[3]] {
                assert_eq!(kept.perturbed_states(), anew.perturbed_states());
                assert_eq!(kept.wild_type_states(), anew.wild_type_states());
                let last = anew.rows() - 1;
                assert_eq!(kept.members(), 3);
                for gene in anew.genes().iter() {
                    assert_eq!(kept.band(last, gene), anew.band(last, gene));
                }
            }
        }
    }

    #[test]
    fn a_simulation_that_is_cancelled_ends_in_the_midst_of_its_path() {
        let fitted = fitted();
        let (stop, until) = (Stop::default(), Until::Times(vec![0.0, 1e5]));
        let kept = Prepared::new_unless(&fitted, None, &until, &stop).expect("nobody cancelled it");
        // the path begins anew at each of them
        let windows = (0..20_000).map(|k| Intervention {
            window: Some(Span {
                start: f64::from(k),
                end: f64::from(k) + 0.5,
            }),
            ..Intervention::always(Gene(4), Change::Knockout)
        });
        let windows: Vec<Intervention> = windows.collect();
        let (cancelled, begin) = (stop.clone(), std::time::Instant::now());
        let canceller = std::thread::spawn(move || {
            std::thread::sleep(std::time::Duration::from_millis(30));
            cancelled.cancel();
        });
        let go_on = || !stop.is_cancelled();
        let found = course_of(&fitted.field, &windows, &go_on).run(
            &fitted.field,
            &fitted.reference,
            &[0.0, 1e5],
        );
        let waited = begin.elapsed();
        canceller.join().expect("it slept");
        assert_eq!(found.err(), Some(CourseError::Cancelled));
        assert!(waited < std::time::Duration::from_secs(3), "{waited:?}");
        let anew = Prepared::new_unless(&fitted, None, &until, &stop);
        assert_eq!(anew.err(), Some(NoAnswer::Cancelled));
        let again = kept.answer_unless(&[], &stop);
        assert_eq!(again.err(), Some(NoAnswer::Cancelled));
    }

    #[test]
    fn answers_from_one_start_share_its_wild_type() {
        let (fitted, until) = (fitted(), Until::Times(vec![0.0, 1.0]));
        let kept = Prepared::new(&fitted, None, &until).expect("a steady state");
        let [one, other] = [0, 1].map(|gene| {
            let out = [Intervention::always(Gene(gene), Change::Knockout)];
            kept.answer(&out).expect("a steady state")
        });
        let same = std::ptr::eq(one.wild_type_states(), other.wild_type_states());
        assert!(same, "it was copied");
    }

    #[test]
    fn what_is_possible_is_the_wild_type_and_the_band_of_the_change() {
        let gene = fitted().field.component(Gene(0)).regulators[0];
        let out = [Intervention::always(gene, Change::Knockout)];
        let response = ask(&out, &Until::Steady);
        for gene in response.genes().iter() {
            let (low, high) = response.possible(0, gene).expect("members");
            let (less, more) = response.band(0, gene).expect("members");
            let wild = response.wild_type(0, gene);
            assert_eq!(high, wild + more);
            let positive = wild >= 0.0 && response.perturbed(0, gene) >= 0.0;
            assert!(low == wild + less || positive && low == 0.0);
        }
    }
}
