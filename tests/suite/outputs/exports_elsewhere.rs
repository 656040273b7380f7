//! Exports opened by the programs that they are for, where those are installed.

use std::fs;
use std::path::Path;
use std::process::Command;

use cistron::dynamics::{Course, Method, Tolerance};
use cistron::expression::{Change, Intervention};
use cistron::field::{Fitted, VectorField};
use cistron::io::NodeReport;
use cistron::io::{Format, NetworkView, read_model};
use cistron::network::Network;

use crate::outputs::exports::text_in;
use crate::outputs::run_files::{network, nodes, run_python, skipped};
use crate::run::Folder;

/// A folder with the nasty network in some formats; the empty one is called `empty`.
fn folder_with(names: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (full, reports) = (network(), nodes());
    let empty = Network::from_edges(full.genes().clone(), Vec::new()).expect("no edges");
    let none: &[NodeReport] = &[];
    for (network, reports, stem) in [(&full, &reports[..], "network"), (&empty, none, "empty")] {
        let view = NetworkView::best(network, reports, usize::MAX);
        for name in names {
            let text = text_in(Format::named(name).expect("a format"), &view);
            let path = folder.path().join(format!("{stem}.{name}"));
            fs::write(path, text).expect("a temporary file");
        }
    }
    folder
}

#[test]
fn networkx_reads_gexf_with_types_colours_and_positions() {
    let folder = folder_with(&["gexf"]);
    let script = "\
import networkx
graph = networkx.read_gexf('network.gexf', version='1.3')
assert graph.is_directed() and not graph.is_multigraph()
assert (graph.number_of_nodes(), graph.number_of_edges()) == (5, 4)
names = list(graph.nodes)
assert names[:2] == ['lacI', '#1'] and names[3] == \"<&>'/;,\\u00df\\u2192\", names
assert graph.nodes[names[3]]['label'] == \"<&>'/;,\\u00df\\u2192\"
assert graph.nodes[names[4]]['label'] == '\\ufffdbell'
first = graph.nodes[names[0]]
types = {'decay': float, 'r_squared': float, 'model_regulators': int, 'in_degree': int,
         'out_degree': int, 'nonlinear': bool, 'label': str, 'viz': dict}
assert {key: type(value) for key, value in first.items()} == types, first
places = {tuple(node['viz']['position'].values()) for _, node in graph.nodes(data=True)}
assert len(places) == 5, places
edge = graph.edges[names[3], names[0]]
assert edge['sign'] == '-' and edge['interaction'] == 'represses' and edge['rank'] == 2
assert edge['slope'] < 0 and edge['evidence'] == 0.1 + 0.2 and edge['weight'] == 0.3
assert 'slope' not in graph.edges[names[2], names[3]]
empty = networkx.read_gexf('empty.gexf')
assert (empty.number_of_nodes(), empty.number_of_edges()) == (5, 0)
";
    run_python(folder.path(), "networkx", script);
}

#[test]
fn igraph_reads_graphml() {
    let folder = folder_with(&["graphml"]);
    let script = "\
import igraph
graph = igraph.Graph.Read_GraphML('network.graphml')
assert graph.is_directed() and (graph.vcount(), graph.ecount()) == (5, 4)
assert graph.vs['name'][:2] == ['lacI', '#1'] and graph.vs['name'][4] == '\\ufffdbell'
assert graph.es['interaction'] == ['activates', 'represses', 'regulates', 'activates']
assert graph.es['rank'] == [1, 2, 3, 4]
assert igraph.Graph.Read_GraphML('empty.graphml').ecount() == 0
";
    run_python(folder.path(), "igraph", script);
}

#[test]
fn ndex2_reads_cx2_and_finds_all_of_it_declared() {
    let folder = folder_with(&["cx2"]);
    let script = "\
import json
from ndex2.cx2 import RawCX2NetworkFactory, CX2NetworkXFactory
blocks = json.load(open('network.cx2'))
assert blocks[0] == {'CXVersion': '2.0', 'hasFragments': False}
assert list(blocks[-1]) == ['status'] and blocks[-1]['status'][0]['success']
counts = {one['name']: one['elementCount'] for one in blocks[1]['metaData']}
aspects = {name: block[name] for block in blocks[2:-1] for name in block}
assert counts == {name: len(elements) for name, elements in aspects.items()}, counts
declared = aspects['attributeDeclarations'][0]
for name in ['nodes', 'edges']:
    for element in aspects[name]:
        assert set(element['v']) <= set(declared[name]), element
network = RawCX2NetworkFactory().get_cx2network(blocks)
assert (len(network.get_nodes()), len(network.get_edges())) == (5, 4)
assert network.get_node(2)['v']['name'] == 'a\\tb \"c\"\\nd'
assert network.get_node(4)['v']['name'] == '\\x01bell'
edge = network.get_edge(2)
assert (edge['s'], edge['t'], edge['v']['sign']) == (3, 0, '-')
assert edge['v']['evidence'] == 0.1 + 0.2 and type(edge['v']['rank']) is int
style = network.get_visual_properties()
heads = {one['v']: one['vp'] for one in
         style['edgeMapping']['EDGE_TARGET_ARROW_SHAPE']['definition']['map']}
assert heads == {'activates': 'triangle', 'represses': 'tee', 'regulates': 'circle'}
again = {name: block[name] for block in network.to_cx2()[2:-1] for name in block}
assert again['edges'] == aspects['edges']
assert CX2NetworkXFactory().get_graph(network).number_of_edges() == 4
empty = RawCX2NetworkFactory().get_cx2network(json.load(open('empty.cx2')))
assert (len(empty.get_nodes()), len(empty.get_edges())) == (5, 0)
";
    run_python(folder.path(), "ndex2", script);
}

#[test]
fn pandas_reads_the_tables_of_the_dialects() {
    let folder = folder_with(&["csv", "decoupler", "scenic", "beeline", "celloracle"]);
    let script = "\
import pandas
names = ['lacI', '#1', 'a\\tb \"c\"\\nd', \"<&>'/;,\\u00df\\u2192\"]
decoupler = pandas.read_csv('network.decoupler')
assert list(decoupler.columns) == ['source', 'target', 'weight']
assert list(decoupler.weight) == [1.0, -(0.1 + 0.2), 1e-300]
assert list(decoupler.target) == [names[1], names[0], names[3]]
scenic = pandas.read_csv('network.scenic')
assert list(scenic.columns) == ['TF', 'target', 'importance'] and len(scenic) == 4
beeline = pandas.read_csv('network.beeline', sep='\\t', header=0, index_col=None)
assert list(beeline.columns) == ['Gene1', 'Gene2', 'EdgeWeight']
assert beeline.EdgeWeight.is_monotonic_decreasing
assert sorted(set(beeline.Gene1) | set(beeline.Gene2)) == sorted(names)
links = pandas.read_csv('network.celloracle', index_col=0)
assert list(links.columns) == ['source', 'target', 'coef_mean', 'coef_abs', 'p', '-logp']
assert list(links.index) == [0, 1, 2] and (links.coef_mean.abs() == links.coef_abs).all()
table = pandas.read_csv('network.csv')
assert list(table['rank']) == [1, 2, 3, 4] and list(table.sign) == ['+', '-', '?', '+']
assert len(pandas.read_csv('empty.csv')) == 0
";
    run_python(folder.path(), "pandas", script);
}

/// Runs a program in a folder; none if it is not there.
fn run(folder: &Path, program: &str, args: &[&str]) -> Option<String> {
    let output = Command::new(program)
        .args(args)
        .current_dir(folder)
        .output()
        .ok()?;
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program}: {said}");
    assert_eq!(said, "", "{program}");
    Some(String::from_utf8(output.stdout).expect("text"))
}

#[test]
fn graphviz_draws_dot_with_the_names_as_they_are() {
    let folder = folder_with(&["dot"]);
    let Some(svg) = run(folder.path(), "dot", &["-Tsvg", "network.dot"]) else {
        return skipped("dot of Graphviz");
    };
    for text in [
        ">#1<",
        ">lacI<",
        ">&lt;&amp;&gt;&#39;/;,ß→<",
        ">\u{fffd}bell<",
    ] {
        assert!(svg.contains(text), "{text} in {svg}");
    }
    // a line break in a name is one in the label
    assert!(
        svg.contains(">a b &quot;c&quot;<") && svg.contains(">d<"),
        "{svg}"
    );
    assert_eq!(svg.matches("class=\"edge\"").count(), 4);
    let drawn = |colour: &str| svg.contains(&format!("stroke=\"{colour}\""));
    assert!(drawn("#0072b2") && drawn("#d55e00") && drawn("#787878"));
    let empty = run(folder.path(), "dot", &["-Tsvg", "empty.dot"]).expect("it ran before");
    assert_eq!(empty.matches("class=\"node\"").count(), 5);
}

#[test]
fn cytoscape_js_shows_cyjs_in_its_style() {
    let folder = folder_with(&["cyjs"]);
    let web = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
        .join("crates/report/web/node_modules/cytoscape");
    if !web.is_dir() {
        return skipped("crates/report/web/node_modules/cytoscape");
    }
    let script = format!(
        "\
const cytoscape = require({path:?}), fs = require('fs'), assert = require('assert');
const open = (name) => cytoscape({{
  headless: true, styleEnabled: true, ...JSON.parse(fs.readFileSync(name, 'utf8')),
}});
const cy = open('network.cyjs');
assert.equal(cy.nodes().length, 5);
assert.equal(cy.edges().length, 4);
const edge = cy.$id('e2');
assert.equal(edge.style('target-arrow-shape'), 'tee');
assert.equal(edge.style('line-color'), 'rgb(213,94,0)');
assert.equal(cy.$id('e1').style('width'), '6px');
assert.equal(cy.$id('n2').style('label'), 'a\\tb \"c\"\\nd');
assert.equal(cy.$id('n4').data('name'), '\\u0001bell');
assert.equal(new Set(cy.nodes().map((n) => JSON.stringify(n.position()))).size, 5);
assert.equal(open('empty.cyjs').edges().length, 0);
process.exit(0);
",
        path = web.display().to_string()
    );
    if run(folder.path(), "node", &["-e", &script]).is_none() {
        skipped("node");
    }
}

/// Levels in the units of the data, with all their digits: `time`, then every gene.
fn exact_course(model: &Fitted, done: &[Intervention]) -> String {
    let times: Vec<f64> = (0..=12).map(|i| 5.0 * f64::from(i)).collect();
    let start: Vec<f64> = model.reference.iter().map(|x| 1.2 * x + 0.01).collect();
    let accurate = Method::Adaptive(Tolerance {
        relative: 1e-10,
        absolute: 1e-13,
        ..Tolerance::default()
    });
    let course = Course::new(done, model.field.scale(), accurate);
    let states = course.run(&model.field, &start, &times).expect("bounded");
    let mut text = String::new();
    for (row, time) in times.iter().enumerate() {
        text += &time.to_string();
        for level in states.row(row).iter() {
            text += &format!("\t{level:e}");
        }
        text += "\n";
    }
    text
}

#[test]
fn road_runner_simulates_the_antimony_as_the_model_runs() {
    let table = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../networks/ecoli_motility/timeseries.tsv"
    );
    let folder = Folder::with(&[]);
    let infer = ["infer", table, "-o", "RUN", "-q", "--pairs", "5"];
    folder.cistron(&infer).with_code(0);
    let export = ["export", "RUN", "-o", "model.ant"];
    folder.cistron(&export).with_code(0);
    let knockout = [
        "perturb", "RUN", "--ko", "fliA", "--until", "60", "-o", "KO",
    ];
    folder.cistron(&knockout).with_code(0);
    let model = read_model(folder.read("RUN/model.json").as_bytes(), "model.json");
    let model = model.expect("of the run");
    let gene = model.field.genes().find("fliA").expect("a gene of the run");
    let ko = [Intervention::always(gene, Change::Knockout)];
    folder.write("wild_type.tsv", exact_course(&model, &[]).as_bytes());
    folder.write("knockout.tsv", exact_course(&model, &ko).as_bytes());
    let script = "\
import antimony, csv, re, roadrunner
assert antimony.loadAntimonyFile('model.ant') >= 0, antimony.getLastError()
model = roadrunner.RoadRunner(antimony.getSBMLString('cistron'))
model.integrator.relative_tolerance, model.integrator.absolute_tolerance = 1e-10, 1e-13
names = re.findall(r'^  x\\d+ is \"(.*)\";$', open('model.ant').read(), re.M)
numbers = range(1, len(names) + 1)
fliA = names.index('fliA') + 1
def simulate(times, what):
    return model.simulate(times=times, selections=['time'] + ['%s%d' % (what, i) for i in numbers])
def knock_out():
    model['free%d' % fliA] = 0
    model['[x%d]' % fliA] = 0
# paths of the model itself, from a state that is not steady
for name in ['wild_type', 'knockout']:
    rows = [[float(cell) for cell in line.split('\\t')] for line in open(name + '.tsv')]
    model.resetAll()
    for i in numbers:
        model['[x%d]' % i] = rows[0][i]
    if name == 'knockout':
        knock_out()
    found = simulate([row[0] for row in rows], 'x')
    worst = max(abs(x - y) for row, other in zip(rows, found) for x, y in zip(row, other))
    moved = max(abs(x - y) for x, y in zip(rows[0][1:], rows[-1][1:]))
    assert worst < 1e-6 < 1e-2 < moved, (name, worst, moved)
# what the command says, from the steady state of the wild type
rows = list(csv.DictReader(open('KO/response.tsv'), delimiter='\\t'))
times = sorted({float(row['time']) for row in rows})
for column in ['wild_type', 'perturbed']:
    model.resetAll()
    if column == 'perturbed':
        knock_out()
    found = simulate(times, 'level')
    for row in rows:
        here = found[times.index(float(row['time']))][names.index(row['gene']) + 1]
        assert abs(here - float(row[column])) < 1e-5, (row, here)
";
    run_python(&folder.path(""), "antimony, roadrunner", script);
}

#[test]
fn antimony_takes_any_name_and_any_number() {
    let folder = folder_with(&["antimony"]);
    let script = "\
import antimony
assert antimony.loadAntimonyFile('network.antimony') >= 0, antimony.getLastError()
text = antimony.getSBMLString('cistron')
assert 'name=\"lacI\"' in text and 'name=\"#1\"' in text
assert 'name=\"a\\ufffdb &quot;c&quot;\\ufffdd\"' in text, text
";
    run_python(folder.path(), "antimony", script);
}
