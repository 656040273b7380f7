//! The files of a run: golden bytes, and what other programs make of them.

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::process::Command;

use cistron::expression::Scale;
use cistron::field::{Component, Fitted, SparseField, Unit};
use cistron::genes::{Gene, Genes};
use cistron::io::{Metrics, NodeReport, RSquared};
use cistron::io::{
    NetworkView, read_edges, write_edges, write_graphml, write_metrics, write_model, write_nodes,
};
use cistron::network::{Edge, Network, NetworkError, Sign};
use cistron_truth::io::read_edge_list;

/// Names that break a format that does not quote or escape.
pub(crate) const NAMES: [&str; 5] = ["lacI", "#1", "a\tb \"c\"\nd", "<&>'/;,ß→", "\u{1}bell"];

pub(crate) fn written(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Vec<u8> {
    let mut sink = Vec::new();
    write(&mut sink).expect("memory");
    sink
}

pub(crate) const GOLDEN: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../tests/suite/golden/outputs"
);

pub(crate) fn edge(source: usize, target: usize, weight: f64, sign: Sign, evidence: f64) -> Edge {
    let mut edge = Edge::new(Gene(source), Gene(target));
    edge.weight = weight;
    edge.sign = sign;
    edge.probability = 0.875;
    edge.evidence = evidence;
    edge.dynamic = evidence;
    edge.interventional = 0.25;
    edge.frequency = 2.0 / 3.0;
    edge.sign_agreement = 1.0;
    edge.expected_false = 0.125;
    edge.influence = weight / 3.0;
    edge
}

pub(crate) fn network() -> Network {
    let genes = Genes::new(NAMES).expect("distinct");
    let edges = vec![
        edge(3, 0, -1e-7 / 3.0, Sign::Repression, 0.1 + 0.2),
        edge(0, 1, 1234567.0, Sign::Activation, 1.0),
        edge(1, 2, -0.0, Sign::Unknown, 0.3),
        edge(2, 3, f64::INFINITY, Sign::Activation, 1e-300),
    ];
    Network::from_edges(genes, edges).expect("a sound network")
}

pub(crate) fn nodes() -> Vec<NodeReport> {
    let report = |at: usize| {
        let mut node = NodeReport::new(Gene(at));
        node.decay = 0.1 * at as f64;
        node.r_squared = 1.0 - at as f64;
        node.r_squared_linear = f64::NAN;
        node.model_regulators = at;
        node.in_degree = 1;
        node.out_degree = 2;
        node.nonlinear = at == 1;
        node
    };
    (0..4).map(report).collect()
}

fn field() -> SparseField {
    let component = |regulators: &[usize], units: Vec<Unit>| Component {
        regulators: regulators.iter().map(|&g| Gene(g)).collect(),
        units,
        intercept: -0.0,
        decay: 5e-324,
        covariates: vec![0.1 + 0.2],
    };
    let unit = |range: f64, weights: &[f64]| Unit {
        range,
        bias: 1.7976931348623157e308,
        weights: weights.to_vec(),
    };
    let components = vec![
        component(
            &[1, 2],
            vec![unit(4.0, &[1e-7, -2.0]), unit(0.3, &[1.0, 0.0])],
        ),
        component(&[0], vec![unit(1e300, &[-1.0 / 3.0])]),
        component(&[], vec![]),
    ];
    let genes = Genes::new(NAMES[..3].iter().copied()).expect("distinct");
    SparseField::new(genes, Scale::SQRT, vec!["heat".to_owned()], components).expect("sound")
}

pub(crate) fn fitted() -> Fitted {
    Fitted::new(field(), vec![-0.0, 1e-300, 2.5], (-1.0, 0.1 + 0.2))
        .with_members(vec![field(), field()])
}

fn metrics() -> Metrics {
    let of = |model| RSquared {
        no_change: -0.25,
        decay_only: 0.125,
        linear: 0.5,
        model,
    };
    let mut metrics = Metrics::default();
    metrics.mean_r_squared = of(0.625);
    metrics.median_r_squared = of(f64::NAN);
    metrics.genes = 10;
    metrics.held_out_increments = 200;
    metrics.nonlinear_genes = 1;
    metrics.converged_genes = 9;
    metrics.no_forecast = Some("fewer than three series: none can be left out".to_owned());
    metrics
}

/// A file that differs is left in the folder for temporary files of the tests, to be looked at and
/// copied over the golden one if it is right.
#[test]
fn every_format_keeps_its_bytes() {
    let (network, nodes) = (network(), nodes());
    let release = format!("\"cistron\": \"{}\"", env!("CARGO_PKG_VERSION"));
    let model = String::from_utf8(model_text(&fitted())).expect("text");
    let model = model.replace(&release, "\"cistron\": \"0.1.0\"");
    let files = [
        ("edges.tsv", written(|sink| write_edges(&network, 3, sink))),
        (
            "nodes.tsv",
            written(|sink| write_nodes(network.genes(), &nodes, sink)),
        ),
        (
            "network.graphml",
            written(|sink| write_graphml(&NetworkView::best(&network, &nodes, 4), sink)),
        ),
        (
            "metrics.json",
            written(|sink| write_metrics(&metrics(), sink)),
        ),
        ("model.json", model.into_bytes()),
    ];
    let mut changed = Vec::new();
    for (name, found) in files {
        let expected = fs::read(Path::new(GOLDEN).join(name)).expect("a golden file");
        if found != expected {
            let copy = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
            fs::write(&copy, found).expect("a temporary file");
            changed.push(copy);
        }
    }
    assert!(
        changed.is_empty(),
        "these differ from the golden files: {changed:?}"
    );
}

#[test]
fn edges_are_ranked_by_evidence_and_refused_if_it_ranks_nothing() {
    let genes = || Genes::new(["a", "b"]).expect("distinct");
    let bad =
        |evidence| Network::from_edges(genes(), vec![edge(0, 1, 1.0, Sign::Unknown, evidence)]);
    assert!(
        network().edges().windows(2).all(|pair| {
            pair[0].evidence > pair[1].evidence && pair[0].rank + 1 == pair[1].rank
        })
    );
    assert!(bad(0.0).is_ok());
    for evidence in [f64::NAN, f64::INFINITY, -1.0] {
        let error = bad(evidence).expect_err("no evidence");
        assert!(
            error
                .to_string()
                .starts_with("edge 1, a → b: the evidence is ")
        );
    }
    let twice = vec![
        edge(0, 1, 1.0, Sign::Unknown, 1.0),
        edge(0, 1, 2.0, Sign::Unknown, 0.5),
    ];
    let error = Network::from_edges(genes(), twice).expect_err("a pair twice");
    assert!(matches!(error, NetworkError::Duplicate { .. }));
}

/// A weight that contradicts the sign is no weight of the edge.
#[test]
fn an_edge_without_a_weight_is_written_and_read_back_as_one() {
    let genes = Genes::new(NAMES[..2].iter().copied()).expect("distinct");
    let edges = vec![edge(0, 1, f64::NAN, Sign::Repression, 1.0)];
    let network = Network::from_edges(genes.clone(), edges).expect("sound");
    let table = written(|sink| write_edges(&network, 1, sink));
    let text = String::from_utf8(table.clone()).expect("text");
    assert!(text.contains("\t\t-\t1\t"), "an empty cell: {text}");
    let read = read_edges(table.as_slice(), "edges.tsv", &genes).expect("our own table");
    assert!(read.edges()[0].weight.is_nan());
    assert_eq!(read.edges()[0].sign, Sign::Repression);
    let again = written(|sink| write_edges(&read, 1, sink));
    assert!(again == table, "the same bytes");
    let list = read_edge_list(table.as_slice(), "edges.tsv").expect("our own table");
    assert_eq!(list.edges()[0].sign, Sign::Repression);
}

#[test]
fn our_own_reader_reads_the_edges_back() {
    let genes = Genes::new(NAMES[..4].iter().copied()).expect("distinct");
    let network = Network::from_edges(genes, network().edges().to_vec()).expect("sound");
    let table = written(|sink| write_edges(&network, usize::MAX, sink));
    let list = read_edge_list(table.as_slice(), "edges.tsv").expect("our own table");
    assert_eq!(list.edges().len(), network.edges().len());
    for (read, edge) in list.edges().iter().zip(network.edges()) {
        assert_eq!(
            list.genes().name(read.regulator),
            network.genes().name(edge.source)
        );
        assert_eq!(
            list.genes().name(read.target),
            network.genes().name(edge.target)
        );
        assert_eq!(read.score.to_bits(), edge.evidence.to_bits());
        assert_eq!(read.sign, edge.sign);
    }
}

#[test]
fn python_reads_the_tables() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let table = written(|sink| write_edges(&network(), 4, sink));
    fs::write(folder.path().join("edges.tsv"), table).expect("a temporary file");
    let script = "\
import csv, sys
rows = list(csv.DictReader(open('edges.tsv', newline=''), delimiter='\\t'))
assert [row['rank'] for row in rows] == ['1', '2', '3', '4'], rows
assert rows[1]['source'] == \"<&>'/;,\\u00df\\u2192\" and rows[0]['target'] == '#1', rows
assert rows[2]['target'] == 'a\\tb \"c\"\\nd', rows
";
    run_python(folder.path(), "csv", script);
}

#[test]
fn networkx_reads_the_graph_with_its_types() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let xml = written(|sink| write_graphml(&NetworkView::best(&network(), &nodes(), 4), sink));
    fs::write(folder.path().join("network.graphml"), xml).expect("a temporary file");
    let script = "\
import networkx
graph = networkx.read_graphml('network.graphml')
assert graph.is_directed() and not graph.is_multigraph()
assert (graph.number_of_nodes(), graph.number_of_edges()) == (5, 4)
names = list(graph.nodes)
assert names[:2] == ['lacI', '#1'] and names[3] == \"<&>'/;,\\u00df\\u2192\", names
first, last = graph.nodes[names[0]], graph.nodes[names[4]]
assert graph.nodes[names[2]]['name'] == 'a\\tb \"c\"\\nd'
assert graph.nodes[names[3]]['label'] == \"<&>'/;,\\u00df\\u2192\"
assert last == {'name': '\\ufffdbell', 'label': '\\ufffdbell'}
types = {'name': str, 'label': str, 'decay': float, 'r_squared': float,
         'model_regulators': int, 'in_degree': int, 'out_degree': int, 'nonlinear': bool}
assert {key: type(value) for key, value in first.items()} == types, first
types = {'weight': float, 'sign': str, 'interaction': str, 'rank': int, 'probability': float,
         'evidence': float,
         'dynamic': float, 'interventional': float,
         'frequency': float, 'sign_agreement': float, 'expected_false': float,
         'influence': float, 'id': str}
edge = graph.edges[names[3], names[0]]
assert {key: type(value) for key, value in edge.items()} == types, edge
assert edge['sign'] == '-' and edge['interaction'] == 'represses' and edge['rank'] == 2
assert edge['evidence'] == 0.1 + 0.2 and 'weight' not in graph.edges[names[2], names[3]]
";
    run_python(folder.path(), "networkx", script);
}

/// Says that a test is skipped, as there is no such program; where `CISTRON_TOOLS=required` is set,
/// that is a failure.
pub(crate) fn skipped(what: &str) {
    let required = std::env::var_os("CISTRON_TOOLS").is_some_and(|value| value == "required");
    skipped_if(!required, what);
}

#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
fn skipped_if(allowed: bool, what: &str) {
    assert!(allowed, "CISTRON_TOOLS=required, and there is no {what}");
    eprintln!("skipped: there is no {what}");
}

#[test]
#[should_panic(expected = "there is no python3 with snakes")]
fn a_test_without_its_program_fails_where_all_are_required() {
    skipped_if(false, "python3 with snakes");
}

/// Runs a script if there is a Python with `module`; says so if there is none.
pub(crate) fn run_python(folder: &Path, module: &str, script: &str) {
    let python = |code: &str| {
        let mut command = Command::new("python3");
        command.args(["-c", code]).current_dir(folder).output()
    };
    match python(&format!("import {module}")) {
        Ok(output) if output.status.success() => {}
        _ => return skipped(&format!("python3 with {module}")),
    }
    let output = python(script).expect("it ran before");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
}

#[test]
fn metrics_without_variance_are_still_json() {
    let text = written(|sink| write_metrics(&metrics(), sink));
    let value: serde_json::Value = serde_json::from_slice(&text).expect("JSON");
    assert_eq!(value["mean_r_squared"]["model"], 0.625);
    assert!(value["median_r_squared"]["model"].is_null());
    let predictors = value["predictors"].as_object().expect("an object");
    let described = value["mean_r_squared"].as_object().expect("an object");
    assert!(predictors.keys().eq(described.keys()));
}

pub(crate) fn model_text(model: &Fitted) -> Vec<u8> {
    written(|sink| write_model(model, sink))
}
