//! Splicing for networks that were written without it.

use super::{GeneKinetics, Kinetics};

impl Kinetics {
    /// The same network with unspliced mRNA as a variable of every gene.
    ///
    /// Genes that have the step keep it; the others get one of the given half-life. Levels in the
    /// steady state stay as they are, since every transcript is spliced in the end; on the way
    /// there mRNA comes later by the mean life of the unspliced form.
    ///
    /// * `half_life`: of unspliced mRNA, in the time unit of the model
    ///
    /// # Panics   if the half-life is not above 0 (a bug in the caller).
    #[must_use]
    pub fn with_splicing(&self, half_life: f64) -> Self {
        assert!(half_life > 0.0 && half_life.is_finite(), "a half-life");
        let rate = std::f64::consts::LN_2 / half_life;
        let spliced = self.rates.iter().map(|own| GeneKinetics {
            splicing: own.splicing.or(Some(rate)),
            ..own.clone()
        });
        Self::new(self.genes.clone(), spliced.collect())
            .expect("the rates were checked, and one is above 0")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulate::{Perturbation, Rule};
    use cistron::genes::{Gene, Genes};

    #[test]
    fn splicing_is_added_where_it_is_missing_and_steady_levels_stay() {
        let rates = [None, Some(7.0)].map(|splicing| GeneKinetics {
            basal: 0.0,
            maximal: 3.0,
            splicing,
            mrna_decay: 0.5,
            protein: None,
            rule: Rule::On,
        });
        let genes = Genes::new(["a", "b"]).expect("distinct");
        let plain = Kinetics::new(genes, rates.to_vec()).expect("valid");
        let spliced = plain.with_splicing(std::f64::consts::LN_2 / 2.0);
        assert_eq!(spliced.of(Gene(0)).splicing, Some(2.0));
        assert_eq!(spliced.of(Gene(1)).splicing, Some(7.0));
        assert_eq!(spliced.full_levels()[..2], plain.full_levels()[..2]);
        let mut dx = [1.0; 4];
        let full = spliced.full_levels();
        spliced.velocity(&Perturbation::none(2))(0.0, &full, &mut dx);
        assert!(dx.iter().all(|dx| dx.abs() < 1e-12));
    }
}
