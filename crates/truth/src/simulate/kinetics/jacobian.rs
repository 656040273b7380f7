//! How the velocity of a known network changes with its state.

use super::{Kinetics, Perturbation};

impl Kinetics {
    /// Places of the Jacobian that can differ from 0, row by row, each once.
    #[must_use]
    pub fn jacobian_pattern(&self) -> Vec<(usize, usize)> {
        let mut places = Vec::new();
        for gene in self.genes.iter() {
            let i = gene.index();
            places.push((i, i));
            let made = self.unspliced[i].map_or(i, |slot| {
                places.extend([(i, slot), (slot, slot)]);
                slot
            });
            let regulators = self.promoters[i].regulators().iter();
            places.extend(regulators.map(|&(by, _)| (made, self.acting(by))));
            if let Some(slot) = self.proteins[i] {
                places.extend([(slot, i), (slot, slot)]);
            }
        }
        places.sort_unstable();
        places.dedup();
        places
    }

    /// `∂(dx_row/dt)/∂x_column` for levels of 0 or more, as a list of places and values; values
    /// of a place that occurs twice add up.
    ///
    /// # Cost     one evaluation of the rule for each regulator of each gene.
    pub fn jacobian(
        &self,
        x: &[f64],
        done: &Perturbation,
        mut entry: impl FnMut(usize, usize, f64),
    ) {
        for (gene, one) in self.genes.iter().zip(&self.of) {
            let i = gene.index();
            entry(i, i, -one.mrna_decay);
            let made = match (self.unspliced[i], one.splicing) {
                (Some(slot), Some(splicing)) => {
                    entry(i, slot, splicing);
                    entry(slot, slot, -splicing);
                    slot
                }
                _ => i,
            };
            if let (Some(slot), Some(protein)) = (self.proteins[i], one.protein) {
                entry(slot, i, protein.translation);
                entry(slot, slot, -protein.decay);
            }
            let made_now = self.transcription(gene, x, done);
            let alive = made_now > 0.0 && made_now < self.most(gene, done);
            let range = done.scale(gene) * (one.maximal - one.basal);
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
    use super::super::network::tests::pair;
    use super::*;
    use cistron::genes::Gene;

    #[test]
    fn the_jacobian_agrees_with_differences_and_keeps_to_its_pattern() {
        let kinetics = pair();
        let x = [1.0, 2.0, 1.5, 0.7];
        let done = Perturbation::none(2).scaled(Gene(1), 0.7);
        let mut jacobian = [[0.0; 4]; 4];
        let pattern = kinetics.jacobian_pattern();
        kinetics.jacobian(&x, &done, |row, column, value| {
            assert!(pattern.contains(&(row, column)));
            jacobian[row][column] += value;
        });
        let mut velocity = kinetics.velocity(&done);
        for j in 0..4 {
            let mut at = |shift: f64| {
                let (mut moved, mut dx) = (x, [0.0; 4]);
                moved[j] += shift;
                velocity(0.0, &moved, &mut dx);
                dx
            };
            let (up, down) = (at(1e-6), at(-1e-6));
            for i in 0..4 {
                let slope = (up[i] - down[i]) / 2e-6;
                assert!((slope - jacobian[i][j]).abs() < 1e-7, "({i}, {j})");
            }
        }
    }
}
