//! What interventions do: the wild type beside the perturbed, with a band.

use faer::Mat;

use super::course::{CourseError, course, last_edge};
use super::rest::{NoRest, RestSettings};
use super::wild_type::{StateError, WildType};
use crate::expression::{Intervention, Scale};
use crate::field::{Fitted, SparseField, VectorField};
use crate::genes::{Gene, Genes};
use crate::numeric::median;
use crate::simulate::Settings;

/// How long a simulation goes.
#[derive(Clone, Debug, PartialEq)]
pub enum Until {
    /// Until nothing changes any more; after the last window, if there are windows.
    Steady,
    /// States at these increasing times, the first of which is the start.
    Times(Vec<f64>),
}

/// What is asked of a model.
#[derive(Clone, Copy, Debug)]
pub struct Question<'q> {
    /// What is done; windows count from the start of the simulation.
    pub interventions: &'q [Intervention],
    /// Levels at the start on the model's scale; those of the wild type at rest if there are none.
    pub from: Option<&'q [f64]>,
    /// How long to simulate.
    pub until: &'q Until,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum NoAnswer {
    /// The wild type does not come to rest.
    #[error("the wild type has {0}; start from a sample and simulate until a time")]
    WildType(#[source] NoRest),
    /// A state at rest is not there.
    #[error("under the interventions there is {0}")]
    Perturbed(#[source] NoRest),
    /// A path cannot be followed.
    #[error(transparent)]
    Course(#[from] CourseError),
}

/// States without and with interventions, on the model's scale.
#[derive(Clone, Debug, PartialEq)]
struct Both {
    wild_type: Mat<f64>,
    perturbed: Mat<f64>,
}

/// The answer of a model.
#[derive(Clone, Debug)]
pub struct Response {
    genes: Genes,
    scale: Scale,
    times: Vec<f64>,
    field: Both,
    members: Vec<Both>,
    drifting: Vec<Gene>,
    floor: f64,
}

/// Share of the middle wild-type level that is added to both sides of a fold change.
const FLOOR: f64 = 1e-3;

/// Simulates a fitted model without and with interventions.
///
/// Genes that have shown no decay are held at their reference level where a state at rest is asked
/// for (see [`WildType::new`]); paths let them drift, without and with the interventions.
///
/// Each member of the ensemble is simulated likewise, from its own wild type; members that do not
/// come to rest are left out.
///
/// # Errors   [`NoAnswer`] for interventions that contradict each other, and where a state at rest
///   is asked for and there is none.
/// # Panics   if `from` or the reference has another size than the field, or times do not increase
///   (bugs in the caller).
pub fn answer(fitted: &Fitted, question: &Question<'_>) -> Result<Response, NoAnswer> {
    let field = &fitted.field;
    let (both, drifting) = simulate(field, fitted, question)?;
    let members = fitted.members.iter();
    let members = members.filter_map(|member| simulate(member, fitted, question).ok());
    let members = members.map(|(both, _)| both).collect();
    let first: Vec<f64> = (0..field.genes().len())
        .map(|j| field.scale().backward(both.wild_type[(0, j)]))
        .filter(|level| *level > 0.0)
        .collect();
    Ok(Response {
        genes: field.genes().clone(),
        scale: field.scale(),
        times: match question.until {
            Until::Steady => Vec::new(),
            Until::Times(times) => times.clone(),
        },
        floor: if first.is_empty() {
            FLOOR
        } else {
            FLOOR * median(&first)
        },
        field: both,
        members,
        drifting,
    })
}

fn simulate(
    field: &SparseField,
    fitted: &Fitted,
    question: &Question<'_>,
) -> Result<(Both, Vec<Gene>), NoAnswer> {
    let length = fitted.times.1 - fitted.times.0;
    let wild = WildType::new(field, &fitted.reference, length, RestSettings::default());
    let run = |wild: Option<&WildType<'_>>, done: &[Intervention]| {
        let start = match (question.from, wild) {
            (Some(from), _) => from,
            (None, Some(wild)) => wild.levels(),
            (None, None) => &fitted.reference,
        };
        match question.until {
            Until::Times(times) => Ok(course(
                field,
                field.scale(),
                done,
                (start, times),
                &Settings::default(),
            )?),
            Until::Steady => {
                let wild = wild.expect("a steady state needs that of the wild type");
                at_rest(wild, done, start)
            }
        }
    };
    // a path from a sample needs no wild type at rest
    let wild = match (wild, question.from, question.until) {
        (Ok(wild), ..) => Some(wild),
        (Err(_), Some(_), Until::Times(_)) => None,
        (Err(error), ..) => return Err(NoAnswer::WildType(error)),
    };
    let both = Both {
        wild_type: run(wild.as_ref(), &[])?,
        perturbed: run(wild.as_ref(), question.interventions)?,
    };
    let drifting = wild.map_or_else(Vec::new, |wild| wild.drifting().collect());
    Ok((both, drifting))
}

/// The state at rest after all windows, as a matrix of one row.
fn at_rest(
    wild: &WildType<'_>,
    done: &[Intervention],
    start: &[f64],
) -> Result<Mat<f64>, NoAnswer> {
    let mut start = start.to_vec();
    let mut lasting = done.to_vec();
    if let Some(end) = last_edge(done).filter(|end| *end > 0.0) {
        let (field, times) = (wild.field(), [0.0, end]);
        let settings = Settings::default();
        let path = course(field, field.scale(), done, (&start, &times), &settings)?;
        start = (0..start.len()).map(|j| path[(1, j)]).collect();
        lasting.retain(|one| one.acts_at(end));
    }
    let rest = match wild.mutant(&lasting, &start) {
        Ok(rest) => rest,
        Err(StateError::NoRest(error)) if done.is_empty() => return Err(NoAnswer::WildType(error)),
        Err(StateError::NoRest(error)) => return Err(NoAnswer::Perturbed(error)),
        Err(StateError::Intervention(error)) => {
            return Err(NoAnswer::Course(CourseError::Intervention(error)));
        }
    };
    Ok(Mat::from_fn(1, start.len(), |_, j| rest.levels[j]))
}

impl Response {
    /// The genes.
    #[must_use]
    pub fn genes(&self) -> &Genes {
        &self.genes
    }

    /// The times, one a row; none for a state at rest, which has one row.
    #[must_use]
    pub fn times(&self) -> &[f64] {
        &self.times
    }

    /// Number of rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.field.wild_type.nrows()
    }

    /// Genes that are held because they have shown no decay.
    #[must_use]
    pub fn drifting(&self) -> &[Gene] {
        &self.drifting
    }

    /// Members of the ensemble that the band is made of.
    #[must_use]
    pub fn members(&self) -> usize {
        self.members.len()
    }

    /// States without interventions, rows × genes, on the model's scale.
    #[must_use]
    pub fn wild_type_states(&self) -> &Mat<f64> {
        &self.field.wild_type
    }

    /// States under the interventions, rows × genes, on the model's scale.
    #[must_use]
    pub fn perturbed_states(&self) -> &Mat<f64> {
        &self.field.perturbed
    }

    /// Level without interventions, in units of the file.
    #[must_use]
    pub fn wild_type(&self, row: usize, gene: Gene) -> f64 {
        self.scale
            .backward(self.field.wild_type[(row, gene.index())])
    }

    /// Level under the interventions, in units of the file.
    #[must_use]
    pub fn perturbed(&self, row: usize, gene: Gene) -> f64 {
        self.scale
            .backward(self.field.perturbed[(row, gene.index())])
    }

    /// What the interventions change, in units of the file.
    #[must_use]
    pub fn change(&self, row: usize, gene: Gene) -> f64 {
        self.perturbed(row, gene) - self.wild_type(row, gene)
    }

    /// The least and the largest change among the field and its members, in units of the file;
    /// none without members.
    #[must_use]
    pub fn band(&self, row: usize, gene: Gene) -> Option<(f64, f64)> {
        if self.members.is_empty() {
            return None;
        }
        let change = |both: &Both| {
            let at = (row, gene.index());
            self.scale.backward(both.perturbed[at]) - self.scale.backward(both.wild_type[at])
        };
        let own = self.change(row, gene);
        Some(self.members.iter().fold((own, own), |(low, high), both| {
            let change = change(both);
            (low.min(change), high.max(change))
        }))
    }

    /// `log₂ (perturbed + c)/(wild type + c)`, `c` a thousandth of the middle wild-type level, so
    /// that a gene that is gone has a number too; NaN where a level is below 0.
    #[must_use]
    pub fn log2_fold_change(&self, row: usize, gene: Gene) -> f64 {
        let (wild, perturbed) = (self.wild_type(row, gene), self.perturbed(row, gene));
        if wild < 0.0 || perturbed < 0.0 {
            return f64::NAN;
        }
        ((perturbed + self.floor) / (wild + self.floor)).log2()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expression::{Change, Span};
    use crate::perturb::rest::tests::random_field;

    fn fitted() -> Fitted {
        let field = random_field(12, 3, 8);
        Fitted {
            members: (20..23).map(|seed| random_field(12, 3, seed)).collect(),
            field,
            reference: vec![1.0; 12],
            times: (0.0, 10.0),
        }
    }

    fn ask(done: &[Intervention], until: &Until) -> Response {
        let question = Question {
            interventions: done,
            from: None,
            until,
        };
        answer(&fitted(), &question).expect("at rest")
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
}
