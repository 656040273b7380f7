//! Runs and pictures that were put together by hand, for the tests of the page.

use cistron::expression::{InputFile, Scale};
use cistron::field::{Component, Fitted, SparseField};
use cistron::genes::{Gene, Genes};
use cistron::io::{Curve, GroupInfluence, NodeReport, RSquared};
use cistron::network::{Edge, Network, Sign};
use cistron::run::Run;
use faer::Mat;

use crate::Picture;
use crate::picture::Drawing;
use crate::svg::{Scene, TextStyle};

/// A network of these genes in which every gene acts on the next ones.
pub(super) fn run(names: &[&str], edges: usize) -> Run {
    let genes = Genes::new(names.iter().copied()).expect("distinct");
    let p = names.len();
    let pairs = (1..p).flat_map(|step| (0..p).map(move |at| (at, (at + step) % p)));
    let edges = pairs
        .take(edges)
        .enumerate()
        .map(|(at, (source, target))| edge(at, source, target));
    let network = Network::from_edges(genes.clone(), edges.collect()).expect("sound");
    let component = Component {
        regulators: Vec::new(),
        units: Vec::new(),
        intercept: 0.1,
        decay: 0.2,
        covariates: Vec::new(),
    };
    let field = SparseField::new(genes, Scale::SQRT, Vec::new(), vec![component; p]);
    let field = field.expect("sound");
    let r = RSquared {
        no_change: 0.0,
        decay_only: 0.1,
        linear: 0.3,
        model: 0.35,
    };
    let model = Fitted::new(field, vec![1.0; p], (0.0, 100.0));
    let groups = groups(&network);
    let mut run = Run::new(network, model);
    run.nodes = (0..p).map(node).collect();
    run.curves = ["one", "two"].map(|name| curve(name, p)).to_vec();
    run.groups = groups;
    let metrics = &mut run.metrics;
    metrics.mean_r_squared = r.clone();
    metrics.median_r_squared = r;
    metrics.genes = p;
    metrics.held_out_increments = 100;
    metrics.nonlinear_genes = 1;
    metrics.converged_genes = p;
    metrics.no_forecast = Some("fewer than three series: none can be left out".to_owned());
    let record = &mut run.record;
    record.cistron = "0.1.0".to_owned();
    record.inputs = vec![InputFile {
        path: "data/a <b>.tsv".to_owned(),
        sha256: "00ff".repeat(16),
    }];
    record.regulators = p;
    record.series = 2;
    record.samples = 42;
    record.transform = "sqrt".to_owned();
    record.warnings = vec!["regulators that the data cannot tell apart: <i>a</i>".to_owned()];
    run
}

fn edge(at: usize, source: usize, target: usize) -> Edge {
    let share = 1.0 / (1.0 + 0.05 * at as f64);
    let mut edge = Edge::new(Gene(source), Gene(target));
    edge.weight = 0.3 * share;
    edge.sign = [
        Sign::Activation,
        Sign::Repression,
        Sign::Activation,
        Sign::Unknown,
    ][at % 4];
    edge.rank = at + 1;
    edge.probability = share;
    edge.evidence = share;
    edge.dynamic = share;
    edge.frequency = share;
    edge.sign_agreement = 1.0;
    edge.expected_false = 0.9 * at as f64 * (1.0 - share);
    edge.influence = 0.2 * share;
    edge
}

fn node(gene: usize) -> NodeReport {
    let mut node = NodeReport::new(Gene(gene));
    node.decay = 0.2;
    node.r_squared = if gene == 0 { f64::NAN } else { 0.4 };
    node.r_squared_linear = 0.3;
    node.model_regulators = 2;
    node.in_degree = 1;
    node.out_degree = gene % 4;
    node.nonlinear = gene == 1;
    node
}

pub(super) fn curve(name: &str, p: usize) -> Curve {
    let wave = |k: usize, gene: usize| 2.0 + (0.3 * (k + gene) as f64).sin();
    let mut observed = Mat::from_fn(21, p, |k, gene| {
        wave(k, gene) + 0.1 * ((7 * k + gene) as f64).sin()
    });
    observed[(3, 0)] = f64::NAN;
    let times = (0..21).map(|k| 50.0 * k as f64).collect();
    let mut curve = Curve::new(name.to_owned(), times, observed, Mat::from_fn(21, p, wave));
    curve.forecast = (name == "one").then(|| Mat::from_fn(21, p, |k, gene| wave(k, gene) * 0.9));
    curve
}

fn groups(network: &Network) -> Vec<GroupInfluence> {
    let of = |name: &'static str, size: f64| {
        network
            .edges()
            .iter()
            .take(10)
            .map(move |edge| GroupInfluence {
                group: name.to_owned(),
                source: edge.source,
                target: edge.target,
                influence: size,
                effect: size * edge.weight,
            })
    };
    of("one", 1.0).chain(of("two", -0.4)).collect()
}

pub(super) fn picture(file: &str) -> Picture {
    let mut scene = Scene::new(600.0, 100.0);
    scene.named(NASTY[0], |scene| {
        scene.text((1.0, 2.0), NASTY[1], TextStyle::text());
    });
    Drawing::new(scene, "a & b", "What <b> shows.").named(file)
}

pub(super) const NASTY: [&str; 4] = [
    "</script><script>alert(1)</script>",
    "a & b < c > d \" e ' f / g",
    "µ-Ωmega\u{2028}\t\u{7}é漢字",
    "<!--",
];
