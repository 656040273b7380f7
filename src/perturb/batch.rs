//! Many interventions on one model: a list of them, or one at growing doses.

use faer::Mat;
use rayon::prelude::*;

use super::no_answer::NoAnswer;
use super::prepared::{Prepared, Query};
use super::response::Response;
use super::setting::Until;
use super::start::{InitialState, StartKind};
use super::wild_type::{StateError, WildType};
use crate::expression::{Change, Intervention};
use crate::field::Fitted;
use crate::genes::Gene;

/// The states under many sets of interventions, in units of the file, without bands.
#[doc(hidden)]
#[derive(Clone, Debug)]
pub struct BatchStates {
    /// The state that all simulations start from.
    pub start: InitialState,
    /// The times, one a row; none for steady states, which have one row.
    pub times: Vec<f64>,
    /// States without interventions, rows × genes.
    pub unperturbed: Mat<f64>,
    /// The same under each set.
    pub states: Vec<Result<Mat<f64>, NoAnswer>>,
}

/// The states under each set of interventions.
///
/// * `from`, `until`: as in [`Query`]; where [`Until::Auto`] would be a course, its first and last state
///
/// # Errors   per set, as [`Prepared::answer`]; for all, as [`Prepared::new`].
/// # Cost     steady states from the wild type as [`WildType::mutants`], all others as
///   [`Prepared::answer`]; on all threads, with the same result for any number.
#[doc(hidden)]
pub fn batch_states<S>(
    fitted: &Fitted,
    sets: &[S],
    from: Option<&[f64]>,
    until: &Until,
) -> Result<BatchStates, NoAnswer>
where
    S: AsRef<[Intervention]> + Sync,
{
    let mut until = until.clone();
    if from.is_none() && !matches!(until, Until::Times(_)) {
        let wild = match until {
            Until::Auto => WildType::of(fitted)?,
            _ => WildType::wherever(fitted)?,
        };
        let windows = sets
            .iter()
            .flat_map(|set| set.as_ref())
            .any(|one| one.window.is_some());
        if wild.start().kind == StartKind::Reference {
            until = Until::Times(vec![0.0, fitted.length()]);
        } else if !windows {
            return Ok(steady_states(&wild, sets));
        }
    }
    let without_members = fitted.without_members();
    let prepared = Prepared::new(&without_members, from, &until)?;
    let untouched = prepared.answer(&[])?;
    let in_units = |states: &Mat<f64>| {
        let scale = fitted.field.scale();
        Mat::from_fn(states.nrows(), states.ncols(), |i, j| {
            scale.backward(states[(i, j)])
        })
    };
    let one = |set: &S| {
        let response = prepared.answer(set.as_ref())?;
        Ok(in_units(response.perturbed_states()))
    };
    Ok(BatchStates {
        start: untouched.start().clone(),
        times: untouched.times().to_vec(),
        unperturbed: in_units(untouched.wild_type_states()),
        states: sets.par_iter().map(one).collect(),
    })
}

fn steady_states<S: AsRef<[Intervention]> + Sync>(wild: &WildType<'_>, sets: &[S]) -> BatchStates {
    let scale = wild.field().scale();
    let row = |levels: &[f64]| Mat::from_fn(1, levels.len(), |_, j| scale.backward(levels[j]));
    let states = wild.mutants(sets, |_| wild.levels().to_vec()).into_iter();
    let states = states.map(|state| match state {
        Ok(levels) => Ok(row(&levels)),
        Err(StateError::NoSteadyState(error)) => Err(NoAnswer::Perturbed(error)),
        Err(other) => Err(other.into()),
    });
    BatchStates {
        start: wild.start().clone(),
        times: Vec::new(),
        unperturbed: row(wild.levels()),
        states: states.collect(),
    }
}

/// The answers where one gene is scaled by each of a list of factors, besides what else is done.
///
/// # Errors   as [`super::answer`], with the dose at which it happens.
/// # Cost     that of [`Prepared::answer`], once a dose.
pub fn doses(
    fitted: &Fitted,
    query: &Query<'_>,
    gene: Gene,
    factors: &[f64],
) -> Result<Vec<Response>, (f64, NoAnswer)> {
    let Some(first) = factors.first() else {
        return Ok(Vec::new());
    };
    let prepared = Prepared::new(fitted, query.from, query.until);
    let prepared = prepared.map_err(|error| (*first, error))?;
    let one = |factor: &f64| {
        let mut interventions = query.interventions.to_vec();
        interventions.push(Intervention::always(gene, Change::Scaled(*factor)));
        let found = prepared.answer(&interventions);
        found.map_err(|error| (*factor, error))
    };
    factors.par_iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dynamics::random_field;
    use crate::field::VectorField;

    fn fitted() -> Fitted {
        Fitted {
            field: random_field(10, 3, 2),
            reference: vec![1.0; 10],
            times: (0.0, 10.0),
            observed: None,
            members: vec![],
        }
    }

    #[test]
    fn the_way_from_the_wild_type_and_the_way_over_a_course_end_in_the_same_states() {
        let fitted = fitted();
        let out = |g: usize| Intervention::always(Gene(g), Change::Knockout);
        let sets = [vec![out(1)], vec![out(2), out(5)], vec![]];
        let last = |from: Option<&[f64]>, until: &Until| {
            let found = batch_states(&fitted, &sets, from, until).expect("a wild type");
            let last = |states: Mat<f64>| -> Vec<f64> {
                states.row(states.nrows() - 1).iter().copied().collect()
            };
            let states = found.states.into_iter();
            states
                .map(|one| last(one.expect("a steady state")))
                .collect::<Vec<_>>()
        };
        let quick = last(None, &Until::Steady);
        for slow in [
            last(Some(&[1.0; 10]), &Until::Steady),
            last(None, &Until::Times(vec![0.0, 100.0])),
        ] {
            for (a, b) in quick.iter().flatten().zip(slow.iter().flatten()) {
                assert!((a - b).abs() < 1e-4);
            }
        }
    }

    #[test]
    fn a_dose_of_one_is_the_wild_type_and_one_of_zero_a_knockout() {
        let fitted = fitted();
        let gene = fitted.field.component(Gene(0)).regulators[0];
        let query = Query {
            interventions: &[],
            from: None,
            until: &Until::Steady,
        };
        let found = doses(&fitted, &query, gene, &[0.0, 0.5, 1.0]).expect("a steady state");
        let none = Intervention::always(gene, Change::Knockout);
        let none = batch_states(&fitted, &[[none]], None, &Until::Steady).expect("a wild type");
        let none = none.states[0].as_ref().expect("a steady state");
        for other in fitted.field.genes().iter() {
            assert!(found[2].change(0, other).abs() < 1e-9);
            assert!((found[0].perturbed(0, other) - none[(0, other.index())]).abs() < 1e-9);
        }
    }
}
