//! The measures, held to what mathematics says about them.

use approx::assert_relative_eq;

use super::dream::dream;
use super::ranking_scores::{early_precision, sign_scores};
use super::*;
use cistron::genes::{Gene, Genes};
use cistron::loci::{GenePosition, Loci};
use cistron::network::Sign;
use cistron::seed::{Purpose, Seed};
use rand::Rng;

const SIZE: usize = 12;

fn genes(prefix: &str) -> Genes {
    Genes::new((0..SIZE).map(|at| format!("{prefix}{at}"))).expect("distinct names")
}

fn all_pairs() -> impl Iterator<Item = (usize, usize)> {
    (0..SIZE).flat_map(|i| (0..SIZE).filter(move |&j| i != j).map(move |j| (i, j)))
}

/// About one pair in five is an edge; signs alternate.
fn is_edge(i: usize, j: usize) -> bool {
    (i * 7 + j * 3).is_multiple_of(5)
}

fn gold(non_edges: bool) -> GoldStandard {
    let pairs: Vec<GoldPair> = all_pairs()
        .filter(|&(i, j)| non_edges || is_edge(i, j))
        .map(|(i, j)| GoldPair {
            regulator: Gene(i),
            target: Gene(j),
            edge: is_edge(i, j),
            sign: if i < j {
                Sign::Activation
            } else {
                Sign::Repression
            },
        })
        .collect();
    GoldStandard::new(genes("g"), &pairs).expect("edges and no contradiction")
}

fn edge(i: usize, j: usize, score: f64) -> PredictedEdge {
    PredictedEdge {
        regulator: Gene(i),
        target: Gene(j),
        score,
        sign: Sign::Activation,
    }
}

fn list(edges: Vec<PredictedEdge>) -> EdgeList {
    EdgeList::new(genes("g"), edges).expect("distinct pairs")
}

fn scored(score: impl Fn(usize, usize) -> f64) -> EdgeList {
    list(all_pairs().map(|(i, j)| edge(i, j, score(i, j))).collect())
}

fn rank(list: &EdgeList) -> Ranking {
    Ranking::new(&gold(false), list, &UniverseSettings::default()).expect("one set of genes")
}

/// Scores with many ties: seven levels.
fn random_levels(stream: u64) -> Vec<f64> {
    let mut rng = Seed(1).stream(Purpose::Synthetic, stream);
    (0..SIZE * SIZE)
        .map(|_| f64::from(rng.random_range(0..7)))
        .collect()
}

#[test]
fn a_perfect_ranking_scores_one_by_every_measure() {
    let ranking = rank(&scored(|i, j| {
        let first = (i * SIZE + j) as f64 / 1000.0;
        first + if is_edge(i, j) { 1.0 } else { 0.0 }
    }));
    let scores = Scores::new(&ranking);
    for score in [
        scores.aupr,
        scores.auroc,
        scores.aupr_trapezoid,
        scores.early_precision,
        scores.aupr_dream,
        scores.auroc_dream,
    ] {
        assert_relative_eq!(score, 1.0, epsilon = 1e-12);
    }
    assert_relative_eq!(scores.aupr_ratio, 1.0 / ranking.density());
}

#[test]
fn a_constant_ranking_scores_the_density() {
    let ranking = rank(&scored(|_, _| 3.0));
    let scores = Scores::new(&ranking);
    assert_relative_eq!(scores.aupr, ranking.density(), epsilon = 1e-12);
    assert_relative_eq!(scores.early_precision, ranking.density(), epsilon = 1e-12);
    assert_relative_eq!(scores.auroc, 0.5, epsilon = 1e-12);
    assert_relative_eq!(
        scores.aupr_trapezoid,
        (1.0 + ranking.density()) / 2.0,
        epsilon = 1e-12
    );
}

#[test]
fn reversing_a_ranking_gives_one_minus_the_auroc() {
    let levels = random_levels(1);
    let forwards = rank(&scored(|i, j| levels[i * SIZE + j]));
    let backwards = rank(&scored(|i, j| -levels[i * SIZE + j]));
    assert_relative_eq!(auroc(&forwards), 1.0 - auroc(&backwards), epsilon = 1e-12);
}

#[test]
fn an_increasing_function_of_the_scores_changes_nothing() {
    let levels = random_levels(2);
    let plain = Scores::new(&rank(&scored(|i, j| levels[i * SIZE + j])));
    let cubed = Scores::new(&rank(&scored(|i, j| levels[i * SIZE + j].powi(3) - 50.0)));
    assert_eq!(plain, cubed);
}

#[test]
fn permuting_and_renaming_genes_changes_nothing() {
    let levels = random_levels(3);
    let straight = scored(|i, j| levels[i * SIZE + j]);
    let turned_names = (0..SIZE).map(|at| format!("g{}", (at + 5) % SIZE));
    let turned = all_pairs().map(|(i, j)| {
        let [regulator, target] = [i, j].map(|gene| (gene + SIZE - 5) % SIZE);
        edge(regulator, target, levels[i * SIZE + j])
    });
    let turned = EdgeList::new(
        Genes::new(turned_names).expect("distinct names"),
        turned.collect(),
    )
    .expect("distinct pairs");
    assert_eq!(Scores::new(&rank(&straight)), Scores::new(&rank(&turned)));
}

#[test]
fn ties_score_as_their_random_orders_do_on_average() {
    let levels = random_levels(4);
    let tied = rank(&scored(|i, j| levels[i * SIZE + j]));
    let (mut roc, mut early) = (0.0, 0.0);
    let draws = 4000;
    for draw in 0..draws {
        let mut rng = Seed(2).stream(Purpose::Synthetic, draw);
        let noise: Vec<f64> = (0..SIZE * SIZE).map(|_| rng.random()).collect();
        let broken = rank(&scored(|i, j| levels[i * SIZE + j] + noise[i * SIZE + j]));
        roc += auroc(&broken) / draws as f64;
        early += early_precision(&broken) / draws as f64;
    }
    // the spread of one draw is below 0.05, of the mean below 0.001
    assert_relative_eq!(auroc(&tied), roc, epsilon = 0.004);
    assert_relative_eq!(early_precision(&tied), early, epsilon = 0.004);
}

#[test]
fn unlisted_pairs_are_tied_last() {
    let levels = random_levels(5);
    let whole = scored(|i, j| levels[i * SIZE + j]);
    let mut positive = whole.edges().to_vec();
    positive.retain(|edge| edge.score > 0.0);
    let (whole, cut) = (rank(&whole), rank(&list(positive)));
    assert!(cut.predicted() < whole.predicted());
    assert_eq!(auroc(&whole), auroc(&cut));
    assert_eq!(average_precision(&whole), average_precision(&cut));
    let points: Vec<CurvePoint> = curve(&cut).collect();
    let last = points.last().expect("a curve has points");
    assert_eq!(
        (last.threshold, last.rank),
        (f64::NEG_INFINITY, cut.pairs())
    );
    assert_eq!((last.recall, last.fpr), (1.0, 1.0));
}

#[test]
fn a_universe_that_is_listed_equals_the_one_that_is_implied() {
    let levels = random_levels(6);
    let list = scored(|i, j| levels[i * SIZE + j]);
    let settings = UniverseSettings::default();
    let listed = Ranking::new(&gold(true), &list, &settings).expect("one set of genes");
    let implied = rank(&list);
    assert_eq!(listed.pairs(), implied.pairs());
    assert_eq!(auroc(&listed), auroc(&implied));
    assert_eq!(dream(&listed), dream(&implied));
}

#[test]
fn self_edges_and_strangers_are_counted_and_ignored() {
    let mut edges: Vec<PredictedEdge> = all_pairs().map(|(i, j)| edge(i, j, 1.0)).collect();
    edges.push(edge(3, 3, 9.0));
    let mut names: Vec<String> = genes("g").into();
    names.push("stranger".to_owned());
    edges.push(edge(SIZE, 2, 9.0));
    let list =
        EdgeList::new(Genes::new(names).expect("distinct names"), edges).expect("distinct pairs");
    let ranking = rank(&list);
    assert_eq!((ranking.self_edges(), ranking.outside()), (1, 1));
    assert_eq!(auroc(&ranking), 0.5);
}

#[test]
fn only_the_regulators_asked_for_are_judged() {
    let settings = UniverseSettings {
        regulators: Some(vec!["g0".to_owned(), "elsewhere".to_owned()]),
        ..UniverseSettings::default()
    };
    let ranking = Ranking::new(&gold(false), &scored(|_, _| 1.0), &settings).expect("g0 is there");
    assert_eq!(ranking.pairs(), SIZE as u64 - 1);
    assert_eq!(ranking.predicted(), ranking.pairs());
}

/// Known edges 0 → 1, 0 → 2, 1 → 2 and 3 → 1 among six genes.
fn known_only() -> GoldStandard {
    let pairs = [(0, 1), (0, 2), (1, 2), (3, 1)].map(|(regulator, target)| GoldPair {
        regulator: Gene(regulator),
        target: Gene(target),
        edge: true,
        sign: Sign::Unknown,
    });
    let genes = Genes::new((0..6).map(|j| format!("g{j}"))).expect("distinct");
    GoldStandard::new(genes, &pairs).expect("edges")
}

#[test]
fn pairs_without_a_known_edge_on_both_sides_do_not_count() {
    let gold = known_only();
    let mut settings = UniverseSettings {
        universe: Universe::Known,
        ..UniverseSettings::default()
    };
    let genes = gold.genes().clone();
    // the best pairs are outside: a target and a regulator without known edges
    let scores = [
        (0, 5, 9.0),
        (4, 1, 8.0),
        (0, 1, 7.0),
        (1, 3, 6.0),
        (3, 2, 5.0),
        (0, 2, 4.0),
    ];
    let edges = scores.map(|(regulator, target, score)| edge(regulator, target, score));
    let list = EdgeList::new(genes.clone(), edges.to_vec()).expect("distinct");
    let ranking = Ranking::new(&gold, &list, &settings).expect("two classes");
    // regulators 0, 1, 3 with targets 1 and 2, without 1 → 1
    assert_eq!((ranking.pairs(), ranking.edges()), (5, 4));
    assert_eq!((ranking.predicted(), ranking.outside()), (3, 3));
    // 0 → 1 true, 3 → 2 false, 0 → 2 true, then two true ones of the two that are not listed
    let by_hand = (1.0 + 2.0 / 3.0 + 2.0 * 4.0 / 5.0) / 4.0;
    assert!((average_precision(&ranking) - by_hand).abs() < 1e-12);
    assert_eq!(precision_at(&ranking, 2), 0.5);
    assert_eq!(precision_at(&ranking, 10), 0.2);

    settings.targets = Some(vec!["g2".to_owned()]);
    let ranking = Ranking::new(&gold, &list, &settings).expect("two classes");
    assert_eq!((ranking.pairs(), ranking.edges()), (3, 2));
    settings.targets = Some(vec!["elsewhere".to_owned()]);
    let error = Ranking::new(&gold, &list, &settings).expect_err("no target");
    assert!(
        error
            .to_string()
            .starts_with("none of the given targets is in")
    );
}

#[test]
fn pairs_of_neighbours_can_be_left_out() {
    let gold = known_only();
    let located = Genes::new(["g0", "g1", "g2"]).expect("distinct");
    let positions = [10.0, 20.0, 30.0].map(|start| GenePosition {
        chromosome: "1".to_owned(),
        start,
    });
    let settings = UniverseSettings {
        universe: Universe::Known,
        neighbours: Some(Neighbours {
            loci: Loci::new(located, &positions),
            within: 1,
        }),
        ..UniverseSettings::default()
    };
    let edges = vec![edge(0, 1, 2.0), edge(0, 2, 1.0)];
    let list = EdgeList::new(gold.genes().clone(), edges).expect("distinct");
    let ranking = Ranking::new(&gold, &list, &settings).expect("two classes");
    // 0 → 2 is kept, and 3 → 1 and 3 → 2, as 3 has no position
    assert_eq!(
        (ranking.pairs(), ranking.edges(), ranking.predicted()),
        (3, 2, 1)
    );
}

#[test]
fn a_list_about_other_genes_is_refused_with_names_of_both() {
    let list = EdgeList::new(genes("y"), vec![edge(0, 1, 1.0)]).expect("one pair");
    let error = Ranking::new(&gold(false), &list, &UniverseSettings::default())
        .expect_err("no name in common");
    assert_eq!(
        error.to_string(),
        "the edges and the gold standard have no gene name in common: the edges name y0, y1, y2, …; \
         the gold standard names g0, g1, g2, …; use one kind of name in both files"
    );
    let list = EdgeList::new(genes("G"), vec![edge(0, 1, 1.0)]).expect("one pair");
    let error = Ranking::new(&gold(false), &list, &UniverseSettings::default())
        .expect_err("no name in common");
    assert!(error.to_string().contains("upper and lower case"));
}

#[test]
fn signs_are_compared_on_true_edges_only() {
    let signs = sign_scores(&rank(&scored(|i, j| if is_edge(i, j) { 2.0 } else { 1.0 })));
    let rising = all_pairs().filter(|&(i, j)| is_edge(i, j) && i < j).count();
    let edges = all_pairs().filter(|&(i, j)| is_edge(i, j)).count();
    assert_eq!(signs.all_compared, edges as u64);
    assert_eq!(signs.top, Some(rising as f64 / edges as f64));
    assert_eq!(signs.all, signs.top);
}

#[test]
fn an_empty_list_scores_as_chance() {
    let ranking = rank(&list(Vec::new()));
    let scores = Scores::new(&ranking);
    assert_relative_eq!(scores.aupr, ranking.density(), epsilon = 1e-12);
    assert_eq!((scores.auroc, scores.early_precision), (0.5, 0.0));
    assert_relative_eq!(scores.aupr_dream, ranking.density(), epsilon = 1e-12);
    assert_eq!(scores.signs.top, None);
}
