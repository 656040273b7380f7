//! Many interventions on one model: a list of them, or one at growing doses.

use rayon::prelude::*;

use super::no_answer::NoAnswer;
use super::prepared::{Prepared, Query, Until};
use super::response::Response;
use super::wild_type::{StateError, WildType};
use crate::dynamics::CourseError;
use crate::dynamics::SteadySettings;
use crate::expression::{Change, Intervention};
use crate::field::Fitted;
use crate::genes::Gene;

/// The last state under each set of interventions, in units of the file, without bands.
///
/// * `from`, `until`: as in [`Query`]
///
/// # Errors   per set, as [`Prepared::answer`]; for all, as [`Prepared::new`].
/// # Cost     steady states from the wild type as [`WildType::mutants`], all others as
///   [`Prepared::answer`]; on all threads, with the same result for any number.
pub fn last_states<S>(
    fitted: &Fitted,
    sets: &[S],
    from: Option<&[f64]>,
    until: &Until,
) -> Result<Vec<Result<Vec<f64>, NoAnswer>>, NoAnswer>
where
    S: AsRef<[Intervention]> + Sync,
{
    let scale = fitted.field.scale();
    let windows = sets
        .iter()
        .flat_map(|set| set.as_ref())
        .any(|one| one.window.is_some());
    if from.is_none() && !windows && *until == Until::Steady {
        let length = fitted.length();
        let settings = SteadySettings::default();
        let wild = WildType::new(&fitted.field, &fitted.reference, length, settings);
        let wild = wild.map_err(NoAnswer::WildType)?;
        let states = wild.mutants(sets, |_| wild.levels().to_vec());
        return Ok(states
            .into_iter()
            .map(|state| match state {
                Ok(steady) => Ok(steady.levels.iter().map(|y| scale.backward(*y)).collect()),
                Err(StateError::NoSteadyState(error)) => Err(NoAnswer::Perturbed(error)),
                Err(StateError::Intervention(error)) => {
                    Err(NoAnswer::Course(CourseError::Intervention(error)))
                }
            })
            .collect());
    }
    let without_members = fitted.without_members();
    let prepared = Prepared::new(&without_members, from, until)?;
    let one = |set: &S| {
        let response = prepared.answer(set.as_ref())?;
        let last = response.rows() - 1;
        let genes = response.genes().iter();
        Ok(genes.map(|gene| response.perturbed(last, gene)).collect())
    };
    Ok(sets.par_iter().map(one).collect())
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
            members: vec![],
        }
    }

    #[test]
    fn the_way_from_the_wild_type_and_the_way_over_a_course_end_in_the_same_states() {
        let fitted = fitted();
        let out = |g: usize| Intervention::always(Gene(g), Change::Knockout);
        let sets = [vec![out(1)], vec![out(2), out(5)], vec![]];
        let last = |from: Option<&[f64]>, until: &Until| {
            let found = last_states(&fitted, &sets, from, until).expect("a wild type");
            found
                .into_iter()
                .map(|one| one.expect("a steady state"))
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
        let none = last_states(&fitted, &[[none]], None, &Until::Steady).expect("a wild type");
        let none = none[0].as_ref().expect("a steady state");
        for other in fitted.field.genes().iter() {
            assert!(found[2].change(0, other).abs() < 1e-9);
            assert!((found[0].perturbed(0, other) - none[other.index()]).abs() < 1e-9);
        }
    }
}
