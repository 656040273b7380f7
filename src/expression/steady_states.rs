//! Steady states: wild type, knockouts, knockdowns, overexpression, unknown perturbations.

use faer::Mat;

use crate::genes::{Gene, Genes};

use super::intervention::check_interventions;
use super::{Change, Intervention, InterventionError, Scale};

/// What is known about how a steady state came about.
#[derive(Clone, Debug, PartialEq)]
pub enum Origin {
    /// These genes were changed, nothing else; none of them: the wild type.
    Interventions(Vec<Intervention>),
    /// Something unknown was changed a little, in many genes at once.
    Multifactorial,
}

/// One sample of a system in a steady state.
#[derive(Clone, Debug, PartialEq)]
pub struct SteadySample {
    /// Where it stands in the file, for messages.
    pub name: String,
    /// What the file calls it, or its condition: replicates are recognised by it. Empty without.
    pub label: String,
    /// How it came about.
    pub origin: Origin,
}

/// What is wrong with steady states.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum SteadyStatesError {
    /// A value is infinite.
    #[error(
        "steady state `{sample}`, gene `{gene}`: the value is infinite; correct it or leave the \
         cell empty"
    )]
    Infinite {
        /// The sample.
        sample: String,
        /// Name of the gene.
        gene: String,
    },
    /// An intervention is not sound.
    #[error("steady state `{sample}`: {source}")]
    Intervention {
        /// The sample.
        sample: String,
        /// What is wrong.
        source: InterventionError,
    },
}

/// Steady states of the same genes, replicates as rows of their own.
#[derive(Clone, Debug)]
pub struct SteadyStates {
    genes: Genes,
    samples: Vec<SteadySample>,
    values: Mat<f64>,
}

impl SteadyStates {
    /// Samples of `p` genes in steady states.
    ///
    /// * `values`: `n × p`, row = sample, column = gene; NaN where missing
    ///
    /// # Errors   [`SteadyStatesError`] for an infinite value or an intervention that is not sound.
    /// # Panics   if shapes do not match (a bug in the caller).
    pub fn new(
        genes: Genes,
        samples: Vec<SteadySample>,
        values: Mat<f64>,
    ) -> Result<Self, SteadyStatesError> {
        assert_eq!(values.nrows(), samples.len(), "one row a sample");
        assert_eq!(values.ncols(), genes.len(), "one column a gene");
        for (row, sample) in samples.iter().enumerate() {
            if let Some(gene) = genes.iter().find(|g| values[(row, g.0)].is_infinite()) {
                return Err(SteadyStatesError::Infinite {
                    sample: sample.name.clone(),
                    gene: genes.name(gene).to_owned(),
                });
            }
            check_interventions(sample.interventions(), &genes).map_err(|source| {
                let sample = sample.name.clone();
                SteadyStatesError::Intervention { sample, source }
            })?;
        }
        Ok(Self {
            genes,
            samples,
            values,
        })
    }

    /// The genes, in the order of the columns.
    #[must_use]
    pub fn genes(&self) -> &Genes {
        &self.genes
    }

    /// How every sample came about, `n`.
    #[must_use]
    pub fn samples(&self) -> &[SteadySample] {
        &self.samples
    }

    /// Values `n × p`; NaN where missing.
    #[must_use]
    pub fn values(&self) -> &Mat<f64> {
        &self.values
    }

    /// Number of samples, `n`.
    #[must_use]
    pub fn len(&self) -> usize {
        self.samples.len()
    }

    /// Whether there is no sample.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.samples.is_empty()
    }

    /// The least value that is not missing; infinite if there is none.
    #[must_use]
    pub fn least(&self) -> f64 {
        let all = self.values.col_iter().flat_map(|column| column.iter());
        all.copied().fold(f64::INFINITY, f64::min)
    }

    /// The same states on another scale; levels of interventions stay in units of the file.
    #[must_use]
    pub fn on_scale(&self, scale: Scale) -> Self {
        Self {
            values: Mat::from_fn(self.values.nrows(), self.values.ncols(), |i, j| {
                scale.forward(self.values[(i, j)])
            }),
            ..self.clone()
        }
    }

    /// The samples of both.
    ///
    /// # Panics   if they are about other genes (a bug in the caller).
    #[must_use]
    pub fn joined(mut self, other: &Self) -> Self {
        assert_eq!(self.genes, other.genes, "the same genes");
        let first = self.len();
        self.values = Mat::from_fn(first + other.len(), self.genes.len(), |i, j| {
            if i < first {
                self.values[(i, j)]
            } else {
                other.values[(i - first, j)]
            }
        });
        self.samples.extend_from_slice(&other.samples);
        self
    }
}

impl SteadySample {
    /// A sample without a label.
    #[must_use]
    pub fn new(name: impl Into<String>, origin: Origin) -> Self {
        Self {
            name: name.into(),
            label: String::new(),
            origin,
        }
    }

    /// What was done; nothing for the wild type, and nothing known for multifactorial samples.
    #[must_use]
    pub fn interventions(&self) -> &[Intervention] {
        match &self.origin {
            Origin::Interventions(all) => all,
            Origin::Multifactorial => &[],
        }
    }

    /// Genes whose own equation does not hold here.
    pub fn changed(&self) -> impl Iterator<Item = Gene> + '_ {
        self.interventions().iter().map(|one| one.gene)
    }

    /// Whether nothing was changed.
    #[must_use]
    pub fn is_wild_type(&self) -> bool {
        matches!(&self.origin, Origin::Interventions(all) if all.is_empty())
    }

    /// Whether a gene was knocked out, alone or with others.
    #[must_use]
    pub fn knocks_out(&self, gene: Gene) -> bool {
        let mut all = self.interventions().iter();
        all.any(|one| one.gene == gene && one.change == Change::Knockout)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn states() -> SteadyStates {
        let genes = Genes::new(["a", "b"]).expect("distinct");
        let sample = |name: &str, all: Vec<Intervention>| {
            SteadySample::new(name, Origin::Interventions(all))
        };
        let out = Intervention::always(Gene(1), Change::Knockout);
        let samples = vec![sample("wild type", vec![]), sample("row 2", vec![out])];
        let values = Mat::from_fn(2, 2, |i, j| if i == j { 4.0 } else { 0.0 });
        SteadyStates::new(genes, samples, values).expect("sound")
    }

    #[test]
    fn a_sample_knows_what_was_done() {
        let states = states();
        assert!(states.samples()[0].is_wild_type());
        assert!(states.samples()[1].knocks_out(Gene(1)));
        let changed: Vec<Gene> = states.samples()[1].changed().collect();
        assert_eq!(changed, [Gene(1)]);
    }

    #[test]
    fn joined_states_stand_below_each_other_on_their_scale() {
        let both = states().joined(&states()).on_scale(Scale::Sqrt);
        assert_eq!(both.len(), 4);
        assert_eq!((both.values()[(0, 0)], both.values()[(3, 1)]), (2.0, 2.0));
    }

    #[test]
    fn an_infinite_value_is_refused_with_sample_and_gene() {
        let mut values = states().values().clone();
        values[(1, 0)] = f64::INFINITY;
        let one = states();
        let error = SteadyStates::new(one.genes, one.samples, values).expect_err("infinite");
        assert!(error.to_string().contains("`row 2`, gene `a`"));
    }
}
