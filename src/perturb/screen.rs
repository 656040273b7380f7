//! All knockouts of the regulators, one by one and in pairs.

use super::wild_type::{StateError, WildType};
use crate::expression::{Change, Intervention};
use crate::genes::Gene;

/// A gene's change, in units of the file.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Moved {
    /// The gene.
    pub gene: Gene,
    /// Its level minus that of the wild type.
    pub change: f64,
}

/// What one knockout does to the steady state.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Knockout {
    /// The gene that is gone.
    pub gene: Gene,
    /// Root of the mean square change over the chosen targets but the gene itself, in units of the
    /// file.
    pub effect: f64,
    /// Change of each of the chosen targets.
    pub targets: Vec<f64>,
    /// The targets that change most.
    pub top: Vec<Moved>,
}

/// What two knockouts do together, and how far that is from the sum of what they do alone.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Pair {
    /// The genes that are gone.
    pub genes: (Gene, Gene),
    /// Root of the mean square change over the chosen targets but the two, in units of the file.
    pub effect: f64,
    /// The same of the sum of the changes of the single knockouts.
    pub additive: f64,
    /// The same of the epistasis `(x_ab − x) − (x_a − x) − (x_b − x)`.
    pub epistasis: f64,
    /// The targets with the largest epistasis, with it.
    pub top: Vec<Moved>,
}

/// Rows of a screen, the strongest first, and the mutants that do not reach a steady state.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Screen<T> {
    /// What was found.
    pub rows: Vec<T>,
    /// Mutants without a steady state, and why.
    pub unsteady: Vec<(Vec<Gene>, StateError)>,
}

/// Knocks every gene of a list out, and ranks them by what that does to the steady state of the targets.
///
/// * `targets`: genes whose change counts; all if it is empty
/// * `top`: how many of them a row names
///
/// # Cost     that of [`WildType::mutants`].
#[must_use]
pub fn screen(
    wild: &WildType<'_>,
    genes: &[Gene],
    targets: &[Gene],
    top: usize,
) -> Screen<Knockout> {
    let targets = chosen(wild, targets);
    let all: Vec<[Intervention; 1]> = genes.iter().map(|gene| [out(*gene)]).collect();
    let states = wild.mutants(&all, |_| wild.levels().to_vec());
    let before = in_units(wild, wild.levels());
    let mut found = Screen {
        rows: Vec::new(),
        unsteady: Vec::new(),
    };
    for (&gene, state) in genes.iter().zip(states) {
        match state {
            Ok(state) => {
                let after = in_units(wild, &state);
                let change = |g: &Gene| after[g.index()] - before[g.index()];
                let others = targets.iter().filter(|g| **g != gene);
                let moved: Vec<Moved> = others
                    .map(|g| Moved {
                        gene: *g,
                        change: change(g),
                    })
                    .collect();
                found.rows.push(Knockout {
                    gene,
                    effect: size(&moved),
                    targets: targets.iter().map(change).collect(),
                    top: largest(moved, top),
                });
            }
            Err(error) => found.unsteady.push((vec![gene], error)),
        }
    }
    found.rows.sort_by(|a, b| b.effect.total_cmp(&a.effect));
    found
}

/// Knocks pairs of genes out, and ranks them by how far the change is from the sum of the changes
/// of the single knockouts.
///
/// * `pairs`: of different genes
/// * `targets`, `top`: as for [`screen`]
///
/// # Panics   if a pair is one gene twice (a bug in the caller).
/// # Cost     that of [`WildType::mutants`], for the single genes and for the pairs; pairs start
///   from the sum of the changes, where most of them end.
#[must_use]
pub fn pairs(
    wild: &WildType<'_>,
    pairs: &[(Gene, Gene)],
    targets: &[Gene],
    top: usize,
) -> Screen<Pair> {
    let targets = chosen(wild, targets);
    let mut single: Vec<Gene> = pairs.iter().flat_map(|(a, b)| [*a, *b]).collect();
    single.sort();
    single.dedup();
    let all: Vec<[Intervention; 1]> = single.iter().map(|gene| [out(*gene)]).collect();
    let single_states = wild.mutants(&all, |_| wild.levels().to_vec());
    let state = |gene: Gene| {
        let at = single.binary_search(&gene).expect("every gene of a pair");
        single_states[at].as_deref()
    };
    let both: Vec<[Intervention; 2]> = pairs.iter().map(|(a, b)| [out(*a), out(*b)]).collect();
    let together = wild.mutants(&both, |k| {
        sum(wild.levels(), [pairs[k].0, pairs[k].1].map(state))
    });
    let before = in_units(wild, wild.levels());
    let units = |state: &[f64]| in_units(wild, state);
    let mut found = Screen {
        rows: Vec::new(),
        unsteady: Vec::new(),
    };
    for (&genes, state_of_both) in pairs.iter().zip(together) {
        match (state_of_both, state(genes.0), state(genes.1)) {
            (Ok(ab), Ok(a), Ok(b)) => {
                let others = targets.iter().filter(|g| **g != genes.0 && **g != genes.1);
                let others: Vec<Gene> = others.copied().collect();
                let states = [
                    before.as_slice(),
                    &units(a),
                    &units(b),
                    &units(ab.as_slice()),
                ];
                found.rows.push(Pair::new(genes, &others, states, top));
            }
            (Err(error), ..) => found.unsteady.push((vec![genes.0, genes.1], error)),
            (_, Err(error), _) | (_, _, Err(error)) => {
                found.unsteady.push((vec![genes.0, genes.1], error.clone()));
            }
        }
    }
    found
        .rows
        .sort_by(|a, b| b.epistasis.total_cmp(&a.epistasis));
    found
}

impl Pair {
    /// * `states`: wild type, first, second and both knocked out, in units of the file
    fn new(genes: (Gene, Gene), targets: &[Gene], states: [&[f64]; 4], top: usize) -> Self {
        let [wild, a, b, ab] = states;
        let moved = |change: &dyn Fn(usize) -> f64| -> Vec<Moved> {
            let each = |gene: &Gene| Moved {
                gene: *gene,
                change: change(gene.index()),
            };
            targets.iter().map(each).collect()
        };
        let beyond = moved(&|j| ab[j] - a[j] - b[j] + wild[j]);
        Self {
            genes,
            effect: size(&moved(&|j| ab[j] - wild[j])),
            additive: size(&moved(&|j| a[j] + b[j] - 2.0 * wild[j])),
            epistasis: size(&beyond),
            top: largest(beyond, top),
        }
    }
}

fn out(gene: Gene) -> Intervention {
    Intervention::always(gene, Change::Knockout)
}

fn chosen(wild: &WildType<'_>, targets: &[Gene]) -> Vec<Gene> {
    if targets.is_empty() {
        wild.genes().iter().collect()
    } else {
        targets.to_vec()
    }
}

fn in_units(wild: &WildType<'_>, levels: &[f64]) -> Vec<f64> {
    let scale = wild.field().scale();
    levels.iter().map(|level| scale.backward(*level)).collect()
}

/// The wild type with the changes of all mutants that reach a steady state.
fn sum(wild: &[f64], mutants: [Result<&[f64], &StateError>; 2]) -> Vec<f64> {
    let mut levels = wild.to_vec();
    for mutant in mutants.into_iter().flatten() {
        for ((level, mutant), wild) in levels.iter_mut().zip(mutant).zip(wild) {
            *level += mutant - wild;
        }
    }
    levels
}

fn size(moved: &[Moved]) -> f64 {
    if moved.is_empty() {
        return 0.0;
    }
    let squares = moved.iter().map(|one| one.change.powi(2));
    (squares.sum::<f64>() / moved.len() as f64).sqrt()
}

fn largest(mut moved: Vec<Moved>, top: usize) -> Vec<Moved> {
    moved.sort_by(|a, b| b.change.abs().total_cmp(&a.change.abs()));
    moved.truncate(top);
    moved
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dynamics::SteadySettings;
    use crate::expression::Scale;
    use crate::field::VectorField;
    use crate::field::{Component, SparseField, Unit};
    use crate::genes::Genes;

    /// `a` and `b` make `c`, whose level saturates; `d` stands alone.
    fn two_inputs(range: f64) -> SparseField {
        let genes = Genes::new(["a", "b", "c", "d"]).expect("distinct");
        let component = |regulators: &[usize], intercept| Component {
            regulators: regulators.iter().map(|g| Gene(*g)).collect(),
            units: vec![Unit {
                range,
                bias: 0.0,
                weights: vec![1.0; regulators.len()],
            }],
            intercept,
            decay: 1.0,
            covariates: vec![],
        };
        let components = vec![
            component(&[], 1.0),
            component(&[], 2.0),
            component(&[0, 1], 0.0),
            component(&[], 1.0),
        ];
        SparseField::new(genes, Scale::IDENTITY, vec![], components).expect("sound")
    }

    fn wild(field: &SparseField) -> WildType<'_> {
        WildType::new(field, &[1.0; 4], 10.0, SteadySettings::default()).expect("a steady state")
    }

    #[test]
    fn knockouts_are_ranked_by_what_they_do_to_the_targets() {
        let field = two_inputs(1e9);
        let genes: Vec<Gene> = field.genes().iter().collect();
        let found = screen(&wild(&field), &genes, &[], 1);
        let ranked: Vec<usize> = found.rows.iter().map(|row| row.gene.index()).collect();
        assert_eq!(ranked, [1, 0, 2, 3]);
        let first = &found.rows[0];
        assert!((first.effect - (4.0_f64 / 3.0).sqrt()).abs() < 1e-9);
        assert_eq!(first.top[0].gene, Gene(2));
        assert!((first.top[0].change + 2.0).abs() < 1e-9);
        let found = screen(&wild(&field), &genes, &[Gene(2)], 1);
        assert!((found.rows[0].targets[0] + 2.0).abs() < 1e-9);
    }

    #[test]
    fn a_linear_field_has_no_epistasis_and_one_that_saturates_has() {
        let field = two_inputs(1e9);
        let found = pairs(&wild(&field), &[(Gene(0), Gene(1))], &[], 2);
        let row = &found.rows[0];
        assert!(row.epistasis < 1e-9);
        assert!((row.effect - row.additive).abs() < 1e-9);
        let field = two_inputs(1.0);
        let found = pairs(
            &wild(&field),
            &[(Gene(0), Gene(1)), (Gene(0), Gene(3))],
            &[],
            2,
        );
        // σ(3) = 5/3, σ(2) = 3/2, σ(1) = 1, σ(0) = 0
        let beyond = -5.0 / 3.0 - (1.5 - 5.0 / 3.0) - (1.0 - 5.0 / 3.0);
        assert_eq!(found.rows[0].genes, (Gene(0), Gene(1)));
        assert_eq!(found.rows[0].top[0].gene, Gene(2));
        assert!((found.rows[0].top[0].change - beyond).abs() < 1e-9);
        assert!(found.rows[1].epistasis < 1e-9);
    }
}
