//! The state of the wild type, and those of its mutants.

use rayon::prelude::*;

use super::start::{InitialState, StartKind};
use crate::dynamics::{
    Confirm, Course, CourseError, Method, NoSteadyState, SteadySettings, SteadySolver, SteadyState,
};
use crate::expression::{Intervention, InterventionError};
use crate::field::{Fitted, Intervened, SparseField, VectorField};
use crate::genes::{Gene, Genes};

/// A gene whose decay would take more than this many times the length of the data has shown none.
const SLOWEST: f64 = 20.0;
/// Mutants that one factorisation serves at least, and parts into which more of them are divided:
/// both the same for any number of threads, so that the results are.
const BLOCK: usize = 32;
const PARTS: usize = 16;
/// Genes from which on a factorisation for each mutant is slower.
const LARGE: usize = 64;

/// Slopes of the paths on which the steady state of a field is looked for, and of one of many fields or
/// mutants: some seconds, and some tenths of a second. 1,000 genes with 6 regulators each take 7,100 and
/// 1,100 steps with them, networks of 70 genes the limit of the tolerance.
const WORK: usize = 200_000_000;
const WORK_OF_MANY: usize = 30_000_000;

/// A steady state that was asked for and is not there.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum StateError {
    /// The interventions are not sound.
    #[error(transparent)]
    Intervention(#[from] InterventionError),
    /// The field does not reach a steady state.
    #[error(transparent)]
    NoSteadyState(#[from] NoSteadyState),
    /// A course cannot be followed.
    #[doc(hidden)]
    #[error(transparent)]
    Course(CourseError),
}

/// The state of a field with nothing done to it, with which mutants are compared: a steady state, or where the model has
/// none in the measured range, the end of the course from the reference.
#[derive(Clone, Debug)]
pub struct WildType<'a> {
    field: &'a SparseField,
    start: InitialState,
    levels: Vec<f64>,
    /// Where a course starts, and how long it is.
    course: Option<(Vec<f64>, f64)>,
    held: Vec<(Gene, f64)>,
    settings: SteadySettings,
}

impl<'a> WildType<'a> {
    /// Where the field reaches a steady state from the reference.
    ///
    /// Genes that have shown no decay are held at their reference level, here and in all mutants:
    /// the data do not say what their steady level would be. They are those with a decay of less
    /// than 1/20 of the reciprocal of `length`, and no return by self-regulation either.
    ///
    /// * `reference`: levels on the field's scale
    /// * `length`: of the data, in units of time
    ///
    /// # Errors   [`NoSteadyState`] for a field that oscillates.
    /// # Panics   if there is not one reference level a gene (a bug in the caller).
    pub fn new(
        field: &'a SparseField,
        reference: &[f64],
        length: f64,
        settings: SteadySettings,
    ) -> Result<Self, NoSteadyState> {
        Self::within(WORK, field, reference, length, settings)
    }

    /// As [`WildType::new`] for one of many fields: one that oscillates or is slow is given up sooner.
    pub(super) fn of_many(
        field: &'a SparseField,
        reference: &[f64],
        length: f64,
        settings: SteadySettings,
    ) -> Result<Self, NoSteadyState> {
        Self::within(WORK_OF_MANY, field, reference, length, settings)
    }

    fn within(
        work: usize,
        field: &'a SparseField,
        reference: &[f64],
        length: f64,
        settings: SteadySettings,
    ) -> Result<Self, NoSteadyState> {
        let settings = settings.within(work, field);
        let held = drifting(field, reference, length);
        let mut wild = Self {
            field,
            start: InitialState::new(StartKind::Steady),
            levels: reference.to_vec(),
            course: None,
            held,
            settings,
        };
        let untouched = wild.under(&[]).expect("nothing contradicts itself");
        let mut solver = SteadySolver::new(field);
        wild.levels = solver.find(&untouched, reference, &settings)?.levels;
        Ok(wild)
    }

    /// The state that simulations of a model start from by default, as [`InitialState`] says.
    ///
    /// From the reference, states are those at the end of a course as long as the data. A model of levels has no
    /// courses: its steady state is taken wherever it is.
    ///
    /// # Errors   [`StateError`] where the model does not reach a steady state, and its measured range is not known or it
    ///   has no rates; and for a course that cannot be followed.
    /// # Cost     a steady state; four and a course where the first is outside of the measured range.
    #[doc(hidden)]
    pub fn of(fitted: &'a Fitted) -> Result<Self, StateError> {
        let (field, reference) = (&fitted.field, &fitted.reference);
        let settings = SteadySettings::default();
        let found = Self::wherever(fitted);
        let Some(observed) = &fitted.observed else {
            return Ok(found?);
        };
        let outside = match &found {
            Ok(wild) => wild.start.outside.clone(),
            Err(_) => Vec::new(),
        };
        match found {
            Ok(wild) if outside.is_empty() || fitted.is_static() => Ok(wild),
            Err(error) if fitted.is_static() => Err(error.into()),
            found => {
                let mut other = Self {
                    field,
                    start: InitialState::new(StartKind::OtherSteady),
                    levels: Vec::new(),
                    course: None,
                    held: drifting(field, reference, fitted.length()),
                    // three searches and mutants: one that oscillates is given up soon
                    settings: settings.within(WORK_OF_MANY, field),
                };
                other.start.outside = outside;
                let states = if found.is_ok() {
                    other.reached_from(&observed.starts())
                } else {
                    Vec::new()
                };
                let distance = |levels: &Vec<f64>| observed.distance(reference, levels);
                let inside = states
                    .into_iter()
                    .filter(|levels| observed.outside(levels).is_empty());
                let nearest = inside.min_by(|a, b| distance(a).total_cmp(&distance(b)));
                match nearest {
                    Some(levels) => Ok(Self { levels, ..other }),
                    None => other.started_at(reference, fitted.length()),
                }
            }
        }
    }

    /// The steady state to which the reference leads, be it in the measured range or not.
    ///
    /// # Errors   [`NoSteadyState`] for a field that oscillates.
    pub(super) fn wherever(fitted: &'a Fitted) -> Result<Self, NoSteadyState> {
        let settings = SteadySettings::default();
        let mut wild = Self::new(&fitted.field, &fitted.reference, fitted.length(), settings)?;
        if let Some(observed) = &fitted.observed {
            wild.start.outside = observed.outside(&wild.levels);
        }
        Ok(wild)
    }

    /// The steady states that are reached from some states.
    fn reached_from(&self, starts: &[Vec<f64>]) -> Vec<Vec<f64>> {
        let untouched = self.under(&[]).expect("nothing contradicts itself");
        let find = |start: &Vec<f64>| {
            let mut solver = SteadySolver::new(self.field);
            solver.find(&untouched, start, &self.settings).ok()
        };
        let states = starts.par_iter().map(find).collect::<Vec<_>>();
        states
            .into_iter()
            .flatten()
            .map(|state| state.levels)
            .collect()
    }

    /// The end of the unperturbed course from the reference.
    fn started_at(mut self, reference: &[f64], length: f64) -> Result<Self, StateError> {
        self.start.kind = StartKind::Reference;
        self.course = Some((reference.to_vec(), length));
        self.levels = self.end_of_course(&[], reference, length)?;
        Ok(self)
    }

    fn end_of_course(
        &self,
        interventions: &[Intervention],
        start: &[f64],
        length: f64,
    ) -> Result<Vec<f64>, StateError> {
        let course = Course::new(interventions, self.field.scale(), Method::default());
        let states = course.run(self.field, start, &[0.0, length]);
        let states = states.map_err(StateError::Course)?;
        Ok(states.row(1).iter().copied().collect())
    }

    /// What kind of state it is.
    #[doc(hidden)]
    #[must_use]
    pub fn start(&self) -> &InitialState {
        &self.start
    }

    /// The genes.
    #[must_use]
    pub fn genes(&self) -> &'a Genes {
        self.field.genes()
    }

    /// The field.
    #[must_use]
    pub fn field(&self) -> &'a SparseField {
        self.field
    }

    /// Level of every gene, on the field's scale; at the end of the course, if it is one.
    #[must_use]
    pub fn levels(&self) -> &[f64] {
        &self.levels
    }

    /// Genes that are held at their reference level in steady states because they have shown no decay.
    pub fn drifting(&self) -> impl Iterator<Item = Gene> + '_ {
        self.held.iter().map(|(gene, _)| *gene)
    }

    /// The field under interventions that last.
    fn under(
        &self,
        interventions: &[Intervention],
    ) -> Result<Intervened<'a, SparseField>, InterventionError> {
        let field = Intervened::always(self.field, self.field.scale(), interventions)?;
        Ok(field.holding(&self.held))
    }

    /// The steady state that a mutant reaches from `start`; windows are passed over.
    ///
    /// # Errors   [`StateError`] for a contradiction, or a mutant that oscillates.
    pub fn mutant(
        &self,
        interventions: &[Intervention],
        start: &[f64],
    ) -> Result<SteadyState, StateError> {
        let mut solver = SteadySolver::new(self.field);
        let field = self.under(interventions)?;
        Ok(solver.find(&field, start, &self.settings)?)
    }

    /// Levels of many mutants on the field's scale, in their order: their steady states, windows passed over, or
    /// where they are at the end of the course.
    ///
    /// * `start`: where mutant number `k` starts, for example the wild type
    ///
    /// Paths are followed to confirm them where Newton's method hesitated
    /// ([`Confirm::WhereUncertain`]).
    ///
    /// # Cost     a factorisation for every 32 of them, 16 at most in all; then a few velocities
    ///   and solves each; on all threads, with the same result for any number.
    pub fn mutants<S>(
        &self,
        all: &[S],
        start: impl Fn(usize) -> Vec<f64> + Sync,
    ) -> Vec<Result<Vec<f64>, StateError>>
    where
        S: AsRef<[Intervention]> + Sync,
    {
        if let Some((start, length)) = &self.course {
            let ends = all.par_iter();
            let ends = ends.map(|one| self.end_of_course(one.as_ref(), start, *length));
            return ends.collect();
        }
        let length = BLOCK.max(all.len().div_ceil(PARTS));
        let settings = SteadySettings {
            confirm: match self.settings.confirm {
                Confirm::Always => Confirm::WhereUncertain,
                other => other,
            },
            ..self.settings.within(WORK_OF_MANY, self.field)
        };
        let block = |(number, block): (usize, &[S])| {
            let mut solver = SteadySolver::new(self.field);
            if self.levels.len() >= LARGE {
                let wild = self.under(&[]).expect("nothing contradicts itself");
                solver.anchor(&wild, &self.levels);
            }
            let one = |(at, interventions): (usize, &S)| {
                let field = self.under(interventions.as_ref())?;
                Ok(solver
                    .find(&field, &start(number * length + at), &settings)?
                    .levels)
            };
            block.iter().enumerate().map(one).collect::<Vec<_>>()
        };
        let blocks = all.par_chunks(length).enumerate().map(block);
        blocks.collect::<Vec<_>>().into_iter().flatten().collect()
    }
}

/// Genes of which the data show no return, with the reference level at which they are held.
fn drifting(field: &SparseField, reference: &[f64], length: f64) -> Vec<(Gene, f64)> {
    let least = if length > 0.0 {
        1.0 / (SLOWEST * length)
    } else {
        0.0
    };
    let returns = |gene: Gene| {
        let component = field.component(gene);
        let own = field.slopes_of(gene, reference);
        let sources = component.regulators.iter().chain([&gene]);
        let pairs = sources.zip(own).filter(|(source, _)| **source == gene);
        component.decay > least || -pairs.map(|(_, slope)| slope).sum::<f64>() > least
    };
    let genes = field.genes().iter();
    genes
        .filter(|gene| !returns(*gene))
        .map(|gene| (gene, reference[gene.index()]))
        .collect()
}

#[cfg(test)]
mod tests;
