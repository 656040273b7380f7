//! The Jacobian `∂(dx/dt)/∂x` of a known network, for stiff integrators.

use super::{Kinetics, Perturbation};

impl Kinetics {
    /// `∂(dx_row/dt)/∂x_column` for levels of 0 or more, as calls of `entry` with row, column and
    /// value; values of a position that occurs twice add up. The positions and their order do not
    /// depend on the state.
    ///
    /// # Cost     one evaluation of the rule for each regulator of each gene.
    pub(super) fn jacobian(
        &self,
        x: &[f64],
        done: &Perturbation,
        mut entry: impl FnMut(usize, usize, f64),
    ) {
        for (gene, own) in self.genes.iter().zip(&self.rates) {
            let i = gene.index();
            entry(i, i, -own.mrna_decay);
            let made = match (self.unspliced[i], own.splicing) {
                (Some(slot), Some(splicing)) => {
                    entry(i, slot, splicing);
                    entry(slot, slot, -splicing);
                    slot
                }
                _ => i,
            };
            if let (Some(slot), Some(protein)) = (self.proteins[i], own.protein) {
                entry(slot, i, protein.translation);
                entry(slot, slot, -protein.decay);
            }
            let made_now = self.transcription(gene, x, done);
            let alive = made_now > 0.0 && made_now < self.fastest_transcription(gene, done);
            let range = done.scale(gene) * (own.maximal - own.basal);
            for &(by, _) in self.promoters[i].regulators() {
                let slope = self.promoters[i].slope(|by| x[self.acting(by)], by);
                let felt = if alive { range * slope } else { 0.0 };
                entry(made, self.acting(by), felt);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::rate_equations::tests::pair;
    use super::*;
    use cistron::genes::Gene;

    #[test]
    fn the_jacobian_agrees_with_differences() {
        let kinetics = pair();
        let x = [1.0, 2.0, 1.5, 0.7];
        let done = Perturbation::none(2).scaled(Gene(1), 0.7);
        let mut jacobian = [[0.0; 4]; 4];
        kinetics.jacobian(&x, &done, |row, column, value| {
            jacobian[row][column] += value
        });
        for j in 0..4 {
            let [up, down] = [1e-6, -1e-6].map(|shift| {
                let (mut moved, mut dx) = (x, [0.0; 4]);
                moved[j] += shift;
                kinetics.velocity_into(&moved, &done, &mut dx);
                dx
            });
            for i in 0..4 {
                let slope = (up[i] - down[i]) / 2e-6;
                assert!((slope - jacobian[i][j]).abs() < 1e-7, "({i}, {j})");
            }
        }
    }
}
