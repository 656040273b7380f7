//! The data of the page's app, as `web/src/payload.ts` reads them.
//!
//! Both sides are checked against `web/tests/payload_sample.json`: a test here compares the bytes,
//! and `npm run check` compares the names and types of all fields.

use std::collections::{BTreeMap, BTreeSet};

use cistron::genes::Gene;
use cistron::io::{NetworkView, write_cx2};
use cistron::network::{Edge, MAX_FDR, Network, Selection, layout};
use cistron::run::Run;
use cistron::seed::Seed;
use faer::Mat;
use serde::Serialize;
use serde_json::Value;

use crate::number::count;

/// Maximum number of edges in a page.
pub(super) const MOST_EDGES: usize = 2_000;
/// Maximum number of edges that are shown at first: with more, single ones cannot be followed.
const FIRST_EDGES: usize = 300;
/// Maximum number of values in the courses of a page, so that it stays below three megabytes.
const MOST_VALUES: usize = 200_000;
/// Maximum number of effects in groups, for the same reason.
const MOST_EFFECTS: usize = 40_000;

/// Everything that the app shows; numbers that are not finite are `null`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Payload<'a> {
    format: &'static str,
    genes: GeneColumns<'a>,
    edges: EdgeColumns,
    ranked: usize,
    default_edges: usize,
    max_fdr: f64,
    /// What has to be said where no edge stands out; the page draws edges in grey then.
    caution: Option<String>,
    /// A file for Cytoscape without genes and edges, which the page adds.
    cx2: Value,
    curves: Curves<'a>,
    groups: Groups<'a>,
    interventions: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    explore: Option<&'a Value>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct GeneColumns<'a> {
    name: &'a [String],
    x: Vec<f64>,
    y: Vec<f64>,
    decay: Vec<f64>,
    r_squared: Vec<f64>,
    r_squared_linear: Vec<f64>,
    model_regulators: Vec<usize>,
    in_degree: Vec<usize>,
    out_degree: Vec<usize>,
    nonlinear: Vec<bool>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct EdgeColumns {
    source: Vec<usize>,
    target: Vec<usize>,
    sign: String,
    weight: Vec<f64>,
    probability: Vec<f64>,
    evidence: Vec<f64>,
    dynamic: Vec<f64>,
    interventional: Vec<f64>,
    frequency: Vec<f64>,
    sign_agreement: Vec<f64>,
    expected_false: Vec<f64>,
    influence: Vec<f64>,
}

#[derive(Serialize)]
struct Curves<'a> {
    genes: Vec<usize>,
    series: Vec<Series<'a>>,
}

#[derive(Serialize)]
struct Series<'a> {
    name: &'a str,
    times: Vec<f64>,
    observed: Vec<Vec<f64>>,
    fitted: Vec<Vec<f64>>,
    forecast: Option<Vec<Vec<f64>>>,
}

#[derive(Serialize)]
struct Groups<'a> {
    names: Vec<&'a str>,
    rows: Vec<GroupRow>,
}

#[derive(Serialize)]
struct GroupRow {
    edge: usize,
    effect: Vec<f64>,
}

impl<'a> Payload<'a> {
    /// The best edges of a run with all that belongs to them.
    pub(super) fn new(run: &'a Run, explore: Option<&'a Value>) -> Self {
        let edges = best(&run.network);
        Self {
            format: "cistron-page 3",
            genes: genes(run),
            edges: EdgeColumns::new(edges),
            ranked: run.ranked(),
            default_edges: run
                .network
                .default_edges()
                .min(edges.len())
                .min(FIRST_EDGES),
            max_fdr: MAX_FDR,
            caution: run.network.caution(),
            cx2: cx2(run),
            curves: curves(run, edges),
            groups: groups(run, edges),
            interventions: edges.iter().any(|edge| edge.interventional > 0.0),
            explore,
        }
    }
}

/// The CX2 file of the run with its types, style and remarks, but without genes and edges.
fn cx2(run: &Run) -> Value {
    let nothing = Selection {
        top: Some(0),
        ..Selection::default()
    };
    let view = NetworkView::selected(&run.network, &[], &nothing);
    let mut text = Vec::new();
    let written = write_cx2(&view.expect("no gene is named"), &mut text);
    written.expect("memory takes all");
    serde_json::from_slice(&text).expect("CX2 is JSON")
}

/// The edges that a page holds.
pub(super) fn best(network: &Network) -> &[Edge] {
    &network.edges()[..network.edges().len().min(MOST_EDGES)]
}

/// All genes in their order.
fn genes(run: &Run) -> GeneColumns<'_> {
    let p = run.genes().len();
    let (x, y) = positions(&run.network, run.record.settings.seed);
    let mut columns = GeneColumns {
        name: run.genes().names(),
        x,
        y,
        decay: vec![f64::NAN; p],
        r_squared: vec![f64::NAN; p],
        r_squared_linear: vec![f64::NAN; p],
        model_regulators: vec![0; p],
        in_degree: vec![0; p],
        out_degree: vec![0; p],
        nonlinear: vec![false; p],
    };
    for node in &run.nodes {
        let at = node.gene.index();
        columns.decay[at] = rounded(node.decay, 6);
        columns.r_squared[at] = rounded(node.r_squared, 6);
        columns.r_squared_linear[at] = rounded(node.r_squared_linear, 6);
        columns.model_regulators[at] = node.model_regulators;
        columns.in_degree[at] = node.in_degree;
        columns.out_degree[at] = node.out_degree;
        columns.nonlinear[at] = node.nonlinear;
    }
    columns
}

impl EdgeColumns {
    fn new(edges: &[Edge]) -> Self {
        Self {
            source: edges.iter().map(|edge| edge.source.index()).collect(),
            target: edges.iter().map(|edge| edge.target.index()).collect(),
            sign: edges.iter().map(|edge| edge.sign.symbol()).collect(),
            weight: column(edges, |edge| edge.weight),
            probability: column(edges, |edge| edge.probability),
            evidence: column(edges, |edge| edge.evidence),
            dynamic: column(edges, |edge| edge.dynamic),
            interventional: column(edges, |edge| edge.interventional),
            frequency: column(edges, |edge| edge.frequency),
            sign_agreement: column(edges, |edge| edge.sign_agreement),
            expected_false: column(edges, |edge| edge.expected_false),
            influence: column(edges, |edge| edge.influence),
        }
    }
}

fn column(edges: &[Edge], number: fn(&Edge) -> f64) -> Vec<f64> {
    edges.iter().map(|edge| rounded(number(edge), 6)).collect()
}

/// Courses of as many genes as there is room for: the genes of the best edges first.
fn curves<'a>(run: &'a Run, edges: &[Edge]) -> Curves<'a> {
    let values_per_gene = run.curves.iter().map(|curve| {
        let kinds = 2 + usize::from(curve.forecast.is_some());
        kinds * curve.times.len()
    });
    let most = MOST_VALUES / values_per_gene.sum::<usize>().max(1);
    let genes = by_importance(run, edges, most);
    if genes.is_empty() {
        // there would be nothing but times
        return Curves {
            genes,
            series: Vec::new(),
        };
    }
    let series = run.curves.iter().map(|curve| Series {
        name: &curve.series,
        times: curve.times.iter().map(|time| rounded(*time, 6)).collect(),
        observed: levels(&curve.observed, &genes),
        fitted: levels(&curve.fitted, &genes),
        forecast: curve.forecast.as_ref().map(|all| levels(all, &genes)),
    });
    Curves {
        series: series.collect(),
        genes,
    }
}

/// Levels of every gene over time.
fn levels(values: &Mat<f64>, genes: &[usize]) -> Vec<Vec<f64>> {
    let columns = genes.iter().map(|gene| values.col(*gene).iter());
    columns
        .map(|column| column.map(|level| rounded(*level, 4)).collect())
        .collect()
}

/// At most `most` genes, in the order in which the edges name them, then all others.
fn by_importance(run: &Run, edges: &[Edge], most: usize) -> Vec<usize> {
    let named = edges.iter().flat_map(|edge| [edge.source, edge.target]);
    let mut seen = BTreeSet::new();
    named
        .chain(run.genes().iter())
        .filter(|gene| seen.insert(*gene))
        .map(Gene::index)
        .take(most)
        .collect()
}

/// Edges whose effects in groups fit into a page, and those that have any; none if all fit.
pub(super) fn groups_left_out(run: &Run) -> Option<(usize, String)> {
    let edges = best(&run.network);
    let named: BTreeSet<(Gene, Gene)> = run.groups.iter().map(|g| (g.source, g.target)).collect();
    let all = edges
        .iter()
        .filter(|edge| named.contains(&(edge.source, edge.target)));
    let (shown, all) = (groups(run, edges).rows.len(), all.count());
    (shown < all).then(|| (shown, count(all, "edge")))
}

/// What the edges do in every group; edges without an effect anywhere are left out, and so are the
/// last ones where there is no room.
fn groups<'a>(run: &'a Run, edges: &[Edge]) -> Groups<'a> {
    let at: BTreeMap<(Gene, Gene), usize> = edges
        .iter()
        .enumerate()
        .map(|(at, edge)| ((edge.source, edge.target), at))
        .collect();
    let mut names: Vec<&str> = Vec::new();
    let mut numbers = BTreeMap::new();
    for group in &run.groups {
        numbers.entry(group.group.as_str()).or_insert_with(|| {
            names.push(&group.group);
            names.len() - 1
        });
    }
    let mut rows: BTreeMap<usize, Vec<f64>> = BTreeMap::new();
    for group in &run.groups {
        if let Some(edge) = at.get(&(group.source, group.target)) {
            let row = rows.entry(*edge).or_insert_with(|| vec![0.0; names.len()]);
            row[numbers[group.group.as_str()]] = rounded(group.effect, 4);
        }
    }
    let room = MOST_EFFECTS / names.len().max(1);
    let rows = rows.into_iter().take(room);
    if room == 0 {
        names.clear();
    }
    Groups {
        names,
        rows: rows
            .map(|(edge, effect)| GroupRow { edge, effect })
            .collect(),
    }
}

/// Positions of all genes, in units of about one distance between neighbours.
///
/// They follow from the edges that are shown at first, and the best edge of every other gene: in a
/// layout of all edges of a page nothing can be read.
fn positions(network: &Network, seed: Seed) -> (Vec<f64>, Vec<f64>) {
    let first = network.default_edges();
    let mut placed = vec![false; network.genes().len()];
    let mut edges = Vec::new();
    for (at, edge) in network.edges().iter().enumerate() {
        let (source, target) = (edge.source.index(), edge.target.index());
        if at < first || !placed[source] || !placed[target] {
            edges.push((source, target));
            placed[source] = true;
            placed[target] = true;
        }
    }
    layout(placed.len(), &edges, seed)
        .into_iter()
        .map(|(x, y)| (rounded(x, 4), rounded(y, 4)))
        .unzip()
}

/// A number with so many significant digits; NaN, which JSON has as `null`, if it is not finite.
pub(super) fn rounded(x: f64, digits: usize) -> f64 {
    if x.is_finite() {
        // −0 + 0 = 0
        format!("{x:.*e}", digits - 1).parse().unwrap_or(x) + 0.0
    } else {
        f64::NAN
    }
}
