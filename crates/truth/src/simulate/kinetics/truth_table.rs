//! Truth tables of rules that name a site twice, and their multilinear extension
//! `Σ_S [rule(S)] Π_{i∈S} hᵢ Π_{i∉S} (1 − hᵢ)` over subsets `S` of leaves with occupancies `hᵢ`.

use super::number::Number;
use cistron::network::Sign;

/// Maximum number of sites of a truth table: 4,096 values, evaluated at each step of an
/// integrator. One site more doubles both.
pub(super) const LARGEST_TABLE: usize = 12;

/// Value of a rule for every subset of its leaves.
#[derive(Clone, Debug)]
pub(super) struct TruthTable {
    leaves: Vec<usize>,
    /// Bit `i` of the index, from the highest, is leaf `i` of the list.
    values: Vec<f64>,
}

impl TruthTable {
    /// The table of the rule `value` of some leaves; leaves that never change it are left out.
    ///
    /// * `value`: the rule, given which leaves are on
    ///
    /// # Panics   if there are more than [`LARGEST_TABLE`] leaves.
    pub(super) fn new(leaves: Vec<usize>, value: impl Fn(&dyn Fn(usize) -> f64) -> f64) -> Self {
        assert!(leaves.len() <= LARGEST_TABLE, "the width was checked");
        let highest = leaves.len().saturating_sub(1);
        let values = (0..1_usize << leaves.len())
            .map(|subset| {
                value(&|leaf| {
                    let place = leaves.iter().position(|&known| known == leaf);
                    let bit = highest - place.expect("one of the leaves");
                    f64::from(u8::from(subset >> bit & 1 == 1))
                })
            })
            .collect();
        Self { leaves, values }.without_idle_leaves()
    }

    fn without_idle_leaves(mut self) -> Self {
        for at in (0..self.leaves.len()).rev() {
            if self.sign(at).is_none() {
                let bit = self.bit(at);
                let off = (0..self.values.len()).filter(|subset| subset >> bit & 1 == 0);
                self.values = off.map(|subset| self.values[subset]).collect();
                self.leaves.remove(at);
            }
        }
        self
    }

    fn bit(&self, at: usize) -> usize {
        self.leaves.len() - 1 - at
    }

    /// Each leaf, with the way that the rule goes when it does.
    pub(super) fn signs(&self) -> impl Iterator<Item = (usize, Sign)> {
        let leaves = self.leaves.iter().enumerate();
        leaves.filter_map(|(place, &leaf)| Some((leaf, self.sign(place)?)))
    }

    /// Which way the values go along one leaf; none if it does not matter.
    fn sign(&self, at: usize) -> Option<Sign> {
        let bit = self.bit(at);
        let (mut up, mut down) = (false, false);
        for low in (0..self.values.len()).filter(|subset| subset >> bit & 1 == 0) {
            let step = self.values[low | 1 << bit] - self.values[low];
            up |= step > 0.0;
            down |= step < 0.0;
        }
        match (up, down) {
            (false, false) => None,
            (true, false) => Some(Sign::Activation),
            (false, true) => Some(Sign::Repression),
            (true, true) => Some(Sign::Unknown),
        }
    }

    /// The multilinear function with the values of the table at its corners.
    ///
    /// # Cost   `2^leaves` products; every leaf is evaluated once.
    pub(super) fn value<N: Number>(&self, leaf: &impl Fn(usize) -> N) -> N {
        let mut levels = [N::constant(0.0); LARGEST_TABLE];
        for (level, &at) in levels.iter_mut().zip(&self.leaves) {
            *level = leaf(at);
        }
        between(&levels[..self.leaves.len()], &self.values)
    }
}

/// Halves of the table joined by the first level.
fn between<N: Number>(levels: &[N], values: &[f64]) -> N {
    let Some((&first, rest)) = levels.split_first() else {
        return N::constant(values[0]);
    };
    let (low, high) = values.split_at(values.len() / 2);
    let (low, high) = (between(rest, low), between(rest, high));
    low + first * (high - low)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `(a and b) or (a and b and c)` of the leaves 3, 5 and 8.
    fn with_an_idle_leaf() -> TruthTable {
        TruthTable::new(vec![3, 5, 8], |on| {
            let (a, b, c) = (on(3), on(5), on(8));
            1.0 - (1.0 - a * b) * (1.0 - a * b * c)
        })
    }

    #[test]
    fn a_leaf_that_changes_nothing_is_left_out() {
        let table = with_an_idle_leaf();
        let signs: Vec<_> = table.signs().collect();
        assert_eq!(signs, [(3, Sign::Activation), (5, Sign::Activation)]);
        assert_eq!(table.values, [0.0, 0.0, 0.0, 1.0]);
    }

    #[test]
    fn between_the_corners_it_is_linear_in_every_leaf() {
        let table = with_an_idle_leaf();
        let [quarter, low, middle, high] =
            [0.25, 0.0, 0.5, 1.0].map(|a| table.value(&|leaf| if leaf == 3 { a } else { 0.5 }));
        assert_eq!(quarter, 0.125);
        assert_eq!(middle, (low + high) / 2.0);
    }

    #[test]
    fn a_rule_that_nothing_changes_is_a_constant() {
        let table = TruthTable::new(vec![0], |on| on(0) * (1.0 - on(0)));
        assert_eq!(table.signs().count(), 0);
        assert_eq!(table.value(&|_| 0.7), 0.0);
    }
}
