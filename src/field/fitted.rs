//! A field with what belongs to it: where it starts, how long it was observed, how sure it is.

use super::{FieldError, SparseField, VectorField};
use crate::expression::ObservedRange;

/// All that a run keeps of a fitted model.
///
/// One that is known, put together and perturbed:
///
/// ```
/// use cistron::expression::{Change, Scale};
/// use cistron::field::{Component, Fitted, SparseField, Unit};
/// use cistron::genes::{Gene, Genes};
///
/// // production of a is 2; a represses b, the production of which would be 5; both decay at 1
/// let genes = Genes::new(["a", "b"])?;
/// let alone = Component {
///     regulators: vec![],
///     units: vec![],
///     intercept: 2.0,
///     decay: 1.0,
///     covariates: vec![],
/// };
/// let repressed = Component {
///     regulators: vec![Gene(0)],
///     units: vec![Unit { range: 1e6, bias: 0.0, weights: vec![-1.0] }], // as good as linear
///     intercept: 5.0,
///     ..alone.clone()
/// };
/// let field = SparseField::new(genes, Scale::IDENTITY, vec![], vec![alone, repressed])?;
/// let model = Fitted::new(field, vec![1.0, 1.0], (0.0, 10.0));
///
/// let knockout = model.perturb(&[("a", Change::Knockout)])?;
/// assert!((knockout.wild_type(0, Gene(1)) - 3.0).abs() < 1e-6);
/// assert!((knockout.perturbed(0, Gene(1)) - 5.0).abs() < 1e-6);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Fitted {
    /// The field.
    pub field: SparseField,
    /// Wild-type level of every gene, on the model's scale.
    pub reference: Vec<f64>,
    /// First and last time of the data; the same if they were steady states and nothing else.
    pub times: (f64, f64),
    /// The field fitted to other samples of the data, for bands; may be empty.
    pub members: Vec<SparseField>,
    /// In which range every gene was measured; none where that is not known.
    #[doc(hidden)]
    pub observed: Option<ObservedRange>,
}

impl Fitted {
    /// A field with its wild type and the times of the data, without an ensemble.
    ///
    /// Nothing is checked: [`Fitted::check`] does so where the parts do not come from a fit.
    #[must_use]
    pub fn new(field: SparseField, reference: Vec<f64>, times: (f64, f64)) -> Self {
        Self {
            field,
            reference,
            times,
            members: Vec::new(),
            observed: None,
        }
    }

    /// The model with this ensemble, for bands.
    #[must_use]
    pub fn with_members(self, members: Vec<SparseField>) -> Self {
        Self { members, ..self }
    }

    /// The model with the range in which every gene was measured.
    #[doc(hidden)]
    #[must_use]
    pub fn with_observed(self, observed: ObservedRange) -> Self {
        let observed = Some(observed);
        Self { observed, ..self }
    }

    /// Duration of the data in units of time; 0 if they have a single time.
    #[must_use]
    pub fn length(&self) -> f64 {
        self.times.1 - self.times.0
    }

    /// Whether the data were not measured over time: the model knows levels, and no rates.
    #[doc(hidden)]
    #[must_use]
    pub fn is_static(&self) -> bool {
        self.length() <= 0.0
    }

    /// The model without the members of its ensemble.
    #[must_use]
    pub fn without_members(&self) -> Self {
        Self {
            field: self.field.clone(),
            reference: self.reference.clone(),
            times: self.times,
            members: Vec::new(),
            observed: self.observed.clone(),
        }
    }

    /// Checks a model that was read from a file, or put together.
    ///
    /// # Errors   [`FieldError`] with what is wrong and what to do.
    pub fn check(&self) -> Result<(), FieldError> {
        let p = self.field.genes().len();
        if self.reference.len() != p {
            return Err(FieldError::Sizes {
                what: "wild-type levels",
                found: self.reference.len(),
                expected: p,
            });
        }
        if !self.reference.iter().all(|level| level.is_finite()) {
            let what = "a wild-type level is not finite";
            return Err(FieldError::Model { what });
        }
        let (first, last) = self.times;
        if !(first.is_finite() && last.is_finite() && first <= last) {
            let what = "its times do not go from a first to a last one";
            return Err(FieldError::Model { what });
        }
        if !self.observed.as_ref().is_none_or(|range| range.suits(p)) {
            let what = "its measured range is not one of as many genes";
            return Err(FieldError::Model { what });
        }
        self.field.check()?;
        for member in &self.members {
            member.check()?;
            let same = member.genes() == self.field.genes()
                && member.scale() == self.field.scale()
                && member.covariates() == self.field.covariates();
            if !same {
                let what = "a member is about other genes, or on another scale";
                return Err(FieldError::Model { what });
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::small_field;

    #[test]
    fn what_does_not_belong_to_the_field_is_refused() {
        let field = small_field();
        let sound = Fitted {
            members: vec![field.clone()],
            field,
            reference: vec![1.0; 3],
            times: (0.0, 10.0),
            observed: None,
        };
        assert_eq!(sound.check(), Ok(()));
        for (change, says) in [
            (
                (|one| one.reference.truncate(2)) as fn(&mut Fitted),
                "2 wild-type levels for 3 genes",
            ),
            (|one| one.reference[1] = f64::NAN, "is not finite"),
            (|one| one.times = (3.0, 1.0), "from a first to a last"),
        ] {
            let mut one = sound.clone();
            change(&mut one);
            let error = one.check().expect_err(says).to_string();
            assert!(error.contains(says), "{error}");
        }
    }
}
