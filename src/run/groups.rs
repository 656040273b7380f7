//! Where the edges of the model act: by series, lineage and condition.

use std::ops::Range;

use faer::Mat;

use crate::expression::Expression;
use crate::field::{SparseField, VectorField};
use crate::genes::Gene;
use crate::influence::SparseInfluence;
use crate::io::GroupInfluence;
use crate::numeric::standard_deviation;
use crate::segments::Segments;

/// Samples that belong together, by their numbers over all series.
struct Group {
    name: String,
    samples: Vec<usize>,
}

/// Influence of every edge of the field in every group: in the order of the groups, targets and
/// regulators of a component.
///
/// * `rows`: the first nodes are the samples of all series, in their order
///
/// # Cost   `O(n·e)` for `n` samples and `e` edges.
pub(super) fn groups(
    expression: &Expression,
    rows: &Segments,
    field: &SparseField,
) -> Vec<GroupInfluence> {
    let times = rows.node_times();
    let mut out = Vec::new();
    for group in named(expression) {
        let states = Mat::from_fn(group.samples.len(), field.genes().len(), |k, j| {
            rows.nodes()[(group.samples[k], j)]
        });
        let weights: Vec<f64> = group.samples.iter().map(|&k| times[k]).collect();
        if weights.iter().sum::<f64>() <= 0.0 {
            continue;
        }
        let influence = SparseInfluence::new(field, states.as_ref(), &weights);
        let spreads: Vec<f64> = (0..states.ncols())
            .map(|j| standard_deviation(states.col_as_slice(j)))
            .collect();
        let edge = |target: Gene, source: Gene| {
            let influence = influence.of(target, source);
            GroupInfluence {
                group: group.name.clone(),
                source,
                target,
                influence,
                effect: influence * spreads[source.index()],
            }
        };
        for target in field.genes().iter() {
            let regulators = field.component(target).regulators.iter();
            out.extend(regulators.map(|source| edge(target, *source)));
        }
    }
    out
}

/// Series or lineages, then labels of conditions that no series is called by.
fn named(expression: &Expression) -> Vec<Group> {
    let mut groups = Vec::new();
    let mut labelled: Vec<Group> = Vec::new();
    let mut first = 0;
    for series in expression.series() {
        let samples: Range<usize> = first..first + series.len();
        for (k, label) in samples.clone().zip(series.conditions()) {
            match labelled.iter_mut().find(|group| group.name == *label) {
                Some(group) => group.samples.push(k),
                None if label.is_empty() => {}
                None => labelled.push(Group {
                    name: label.clone(),
                    samples: vec![k],
                }),
            }
        }
        first = samples.end;
        groups.push(Group {
            name: series.name().to_owned(),
            samples: samples.collect(),
        });
    }
    labelled.retain(|label| groups.iter().all(|group| group.name != label.name));
    groups.extend(labelled);
    groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expression::{Scale, TimeSeries};
    use crate::field::{Component, Unit};
    use crate::genes::Genes;
    use crate::trajectory::{Conditions, RowSettings, segments};

    /// `a` acts on `b` as long as it is below 1, and no more above.
    fn field(genes: &Genes) -> SparseField {
        let component = |regulators: Vec<Gene>, units: Vec<Unit>| Component {
            regulators,
            units,
            intercept: 0.0,
            decay: 0.1,
            covariates: vec![],
        };
        let unit = Unit {
            range: 1e-3,
            bias: -0.999,
            weights: vec![1.0],
        };
        let components = vec![
            component(vec![], vec![]),
            component(vec![Gene(0)], vec![unit]),
        ];
        SparseField::new(genes.clone(), Scale::IDENTITY, vec![], components).expect("sound")
    }

    #[test]
    fn an_edge_acts_where_its_regulator_is_in_range_and_moves() {
        let genes = Genes::new(["a", "b"]).expect("distinct");
        let series = |name: &str, a: [f64; 3]| {
            let values = Mat::from_fn(3, 2, |k, j| if j == 0 { a[k] } else { 0.5 });
            let one = TimeSeries::new(name, vec![0.0, 1.0, 2.0], values).expect("increasing");
            one.with_conditions(vec![String::new(), "heat".into(), "heat".into()])
        };
        let all = vec![
            series("in range", [0.9985, 0.9995, 0.9985]),
            series("saturated", [5.0, 6.0, 7.0]),
            series("still", [0.999; 3]),
        ];
        let data = Expression::new(genes.clone(), all).expect("sound");
        let settings = RowSettings::default();
        let rows = segments(&data, &Conditions::default(), settings).expect("sound");
        let found = groups(&data, &rows, &field(&genes));
        let names: Vec<&str> = found.iter().map(|one| one.group.as_str()).collect();
        assert_eq!(names, ["in range", "saturated", "still", "heat"]);
        let near = |x: f64, y: f64| (x - y).abs() < 1e-3;
        assert!(near(found[0].influence, 1.0), "{found:?}");
        assert!(found[0].effect > 1e-4, "{found:?}");
        assert!(near(found[1].influence, 0.0));
        assert!(near(found[2].influence, 1.0) && found[2].effect == 0.0);
    }
}
