//! Scoring a ranking: `cargo bench --bench speed -- scoring`.

use cistron::genes::{Gene, Genes};
use cistron::network::Sign;
use cistron::seed::{Purpose, Seed};
use cistron_truth::evaluate::{
    EdgeList, GoldPair, GoldStandard, PredictedEdge, Ranking, Scores, UniverseSettings,
};
use rand::Rng;

/// All ordered pairs of `genes` genes in random order of score; every hundredth is a true edge.
fn network(genes: usize) -> (GoldStandard, EdgeList) {
    let names = || Genes::new((0..genes).map(|at| format!("g{at}"))).expect("distinct names");
    let mut rng = Seed(1).stream(Purpose::Synthetic, genes as u64);
    let pairs: Vec<(Gene, Gene)> = (0..genes * genes)
        .map(|at| (Gene(at / genes), Gene(at % genes)))
        .filter(|(regulator, target)| regulator != target)
        .collect();
    let known: Vec<GoldPair> = pairs
        .iter()
        .step_by(100)
        .map(|&(regulator, target)| GoldPair {
            regulator,
            target,
            edge: true,
            sign: Sign::Activation,
        })
        .collect();
    let edges = pairs
        .iter()
        .map(|&(regulator, target)| PredictedEdge {
            regulator,
            target,
            score: rng.random(),
            sign: Sign::Activation,
        })
        .collect();
    (
        GoldStandard::new(names(), &known).expect("true edges"),
        EdgeList::new(names(), edges).expect("distinct pairs"),
    )
}

/// Join, sort and all measures; 100 genes have 10⁴ pairs, 1000 have 10⁶.
#[divan::bench(args = [100, 1000], sample_count = 20)]
fn score(bencher: divan::Bencher<'_, '_>, genes: usize) {
    let (gold, list) = network(genes);
    bencher.bench(|| {
        let ranking = Ranking::new(&gold, &list, &UniverseSettings::default());
        Scores::new(&ranking.expect("one set of genes"))
    });
}
