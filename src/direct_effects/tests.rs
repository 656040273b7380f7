//! What must hold of the posterior, whatever its settings.

use faer::Mat;

use super::{Candidates, Posterior, Responses, posterior};
use crate::expression::{
    Baseline, Change, Intervention, Origin, Scale, SteadySample, SteadyStates,
};
use crate::genes::{Gene, Genes};

/// Genes: 0 → 1 → 2 (activation, then repression), the others stand alone.
const GENES: usize = 12;
const NOISE: f64 = 0.01;

/// Numbers between −1 and 1 that follow no pattern.
fn scattered(at: usize) -> f64 {
    let x = (at as f64 * 12.9898 + 4.1).sin() * 43_758.545;
    2.0 * (x - x.floor()) - 1.0
}

fn sample(done: &[usize]) -> SteadySample {
    let all = done
        .iter()
        .map(|gene| Intervention::always(Gene(*gene), Change::Knockout));
    SteadySample::new(format!("{done:?}"), Origin::Interventions(all.collect()))
}

/// State of the chain with some genes knocked out.
fn state(done: &[usize], row: usize) -> Vec<f64> {
    let mut x = [1.0; GENES];
    let out = |gene: usize| done.contains(&gene);
    if out(0) {
        x[0] = 0.0;
    }
    x[1] = if out(1) { 0.0 } else { 0.4 + 0.6 * x[0] };
    x[2] = if out(2) { 0.0 } else { 1.5 - 0.5 * x[1] };
    for (gene, x) in x.iter_mut().enumerate().skip(3) {
        *x = if out(gene) { 0.0 } else { 1.0 };
    }
    let noise = |gene: usize| NOISE * scattered(row * GENES + gene);
    (0..GENES).map(|gene| x[gene] + noise(gene)).collect()
}

/// `names[g]` is the name of column `g`: gene `order[g]` of the chain.
fn states(order: &[usize], interventions: &[Vec<usize>]) -> SteadyStates {
    let genes = Genes::new(order.iter().map(|g| format!("g{g}"))).expect("distinct");
    let place = |gene: usize| order.iter().position(|g| *g == gene).expect("a gene");
    let values: Vec<Vec<f64>> = interventions
        .iter()
        .enumerate()
        .map(|(row, done)| state(done, row))
        .collect();
    let samples = interventions.iter().map(|done| {
        let done: Vec<usize> = done.iter().map(|gene| place(*gene)).collect();
        sample(&done)
    });
    let values = Mat::from_fn(values.len(), order.len(), |k, g| values[k][order[g]]);
    SteadyStates::new(genes, samples.collect(), values).expect("sound")
}

/// Two wild types and the knockouts of these genes, each on its own.
fn single(genes: impl IntoIterator<Item = usize>) -> Vec<Vec<usize>> {
    let wild = [vec![], vec![]].into_iter();
    wild.chain(genes.into_iter().map(|gene| vec![gene]))
        .collect()
}

/// Posterior without a hint from elsewhere, but for `hint` that all pairs are the same.
fn plain(states: &SteadyStates) -> Posterior {
    let responses = Responses::new(states, Scale::Identity).expect("interventions");
    let genes: Vec<Gene> = states.genes().iter().collect();
    let p = genes.len();
    let (evidence, direction) = (Mat::from_fn(p, p, |_, _| 1.0), Mat::zeros(p, p));
    let candidates = Candidates {
        targets: &genes,
        regulators: &genes,
        evidence: &evidence,
        direction: &direction,
    };
    posterior(&responses, &candidates)
}

fn in_order() -> Vec<usize> {
    (0..GENES).collect()
}

#[test]
fn a_response_down_a_chain_ranks_below_the_links_of_the_chain() {
    let found = plain(&states(&in_order(), &single(0..GENES)));
    let present = |source: usize, target: usize| 1.0 - found.absent[(target, source)];
    assert!(present(0, 1) > 0.9 && present(1, 2) > 0.9);
    assert!(present(0, 2) < 0.3, "{}", present(0, 2));
    for (source, target) in [(1, 0), (2, 1), (3, 4), (5, 1)] {
        assert!(present(source, target) < 0.2, "{source} → {target}");
    }
}

#[test]
fn a_knockout_that_lowers_its_target_is_an_activator() {
    let found = plain(&states(&in_order(), &single(0..GENES)));
    assert!(found.positive[(1, 0)] > 0.9);
    assert!(found.positive[(2, 1)] < 0.1);
}

#[test]
fn permuting_the_genes_permutes_the_posterior() {
    let straight = plain(&states(&in_order(), &single(0..GENES)));
    let order: Vec<usize> = (0..GENES).map(|g| (5 * g + 3) % GENES).collect();
    let permuted = plain(&states(&order, &single(0..GENES)));
    for (i, target) in order.iter().enumerate() {
        for (j, source) in order.iter().enumerate() {
            let (a, b) = (straight.absent[(*target, *source)], permuted.absent[(i, j)]);
            assert!((a - b).abs() < 1e-6, "{source} → {target}: {a} or {b}");
        }
    }
}

#[test]
fn a_gene_that_was_never_changed_has_no_evidence_from_interventions() {
    let found = plain(&states(
        &in_order(),
        &single((0..GENES).filter(|g| *g != 1)),
    ));
    for target in 0..GENES {
        assert_eq!(found.absent_by_responses[(target, 1)], 1.0);
    }
    let first = found.absent[(5, 1)];
    for target in (0..GENES).filter(|target| *target != 1) {
        assert!((found.absent[(target, 1)] - first).abs() < 1e-12);
    }
}

#[test]
fn evidence_from_elsewhere_counts_where_responses_say_nothing() {
    let all = states(&in_order(), &single([0, 1]));
    let responses = Responses::new(&all, Scale::Identity).expect("interventions");
    let genes: Vec<Gene> = all.genes().iter().collect();
    let strong = |i: usize, j: usize| (i, j) == (7, 6);
    let evidence = Mat::from_fn(GENES, GENES, |i, j| if strong(i, j) { 9.0 } else { 0.1 });
    let direction = Mat::from_fn(GENES, GENES, |_, _| -1.0);
    let candidates = Candidates {
        targets: &genes,
        regulators: &genes,
        evidence: &evidence,
        direction: &direction,
    };
    let found = posterior(&responses, &candidates);
    assert!(found.absent[(7, 6)] < 0.1 * found.absent[(7, 5)]);
    assert!(found.positive[(7, 6)] < 0.1);
}

#[test]
fn pairs_that_are_no_candidates_stay_out() {
    let all = states(&in_order(), &single(0..GENES));
    let responses = Responses::new(&all, Scale::Identity).expect("interventions");
    let genes: Vec<Gene> = all.genes().iter().collect();
    let forbidden = |i: usize, j: usize| (i, j) == (1, 0);
    let evidence = Mat::from_fn(GENES, GENES, |i, j| f64::from(u8::from(!forbidden(i, j))));
    let candidates = Candidates {
        targets: &genes,
        regulators: &genes,
        evidence: &evidence,
        direction: &Mat::zeros(GENES, GENES),
    };
    let found = posterior(&responses, &candidates);
    assert_eq!(
        (found.absent[(1, 0)], found.absent_by_responses[(1, 0)]),
        (1.0, 1.0)
    );
    assert_eq!(found.absent[(4, 4)], 1.0);
}

#[test]
fn genes_changed_together_do_not_answer_each_other() {
    let mut done = single(0..GENES);
    done.extend([vec![0, 1], vec![1, 2], vec![0, 1]]);
    let responses =
        Responses::new(&states(&in_order(), &done), Scale::Identity).expect("interventions");
    assert_eq!(responses.interventions().len(), GENES + 2);
    let double = responses.changed_in(Gene(0))[1];
    assert_eq!(responses.interventions()[double].len(), 2);
    assert_eq!(responses.variance()[(double, 5)], 0.5);
    assert!(responses.z(Gene(2), Gene(1)) < -10.0);
    let only = Responses::new(
        &states(&in_order(), &[vec![], vec![0, 1], vec![3]]),
        Scale::Identity,
    );
    let only = only.expect("interventions");
    assert_eq!(only.z(Gene(1), Gene(0)), 0.0);
}

#[test]
fn wild_types_alone_are_no_responses() {
    assert!(Responses::new(&states(&in_order(), &[vec![], vec![]]), Scale::Identity).is_none());
}

#[test]
fn changes_are_those_on_the_scale_of_the_model_in_units_of_the_noise_there() {
    let levels = states(&in_order(), &single(0..GENES));
    let squared = Mat::from_fn(levels.len(), GENES, |k, g| levels.values()[(k, g)].powi(2));
    let in_file = SteadyStates::new(levels.genes().clone(), levels.samples().to_vec(), squared);
    let states = in_file.expect("sound").on_scale(Scale::Sqrt);
    let responses = Responses::new(&states, Scale::Sqrt).expect("interventions");
    let baseline = Baseline::new(&states, Scale::Sqrt);
    for (k, done) in responses.interventions().iter().enumerate() {
        let row =
            (0..states.len()).find(|row| states.samples()[*row].interventions() == done.as_slice());
        let row = row.expect("one sample for each intervention");
        for gene in (0..GENES).filter(|g| done[0].gene != Gene(*g)) {
            let (level, noise) = (baseline.levels[gene], baseline.noise[gene]);
            let deviation = 0.5 * ((level + noise).sqrt() - (level - noise).sqrt());
            let change = (states.values()[(row, gene)] - level.sqrt()) / deviation;
            assert!((responses.change()[(k, gene)] - change).abs() < 1e-9);
        }
    }
    // noise of the root is half of that of the square, for levels around 1
    let of_levels = Responses::new(&levels, Scale::Identity).expect("interventions");
    let ratio = responses.z(Gene(1), Gene(0)) / of_levels.z(Gene(1), Gene(0));
    assert!((0.8..1.25).contains(&ratio), "{ratio}");
}
