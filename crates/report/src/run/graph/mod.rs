//! The best edges as a drawing.

mod boxes;
mod edges;

use std::collections::BTreeMap;

use super::stability::sign_colour;
use super::{Drawing, counted};
use crate::scale::label;
use crate::sheet::{Fill, Look, Point, SMALL, Sheet, Stroke, WIDTH, palette, shortened, width};
use cistron::genes::Gene;
use cistron::network::{Edge, Network, Sign, layout};
use cistron::run::Run;
use cistron::seed::Seed;

use boxes::{Box, apart};
use edges::{Route, arrow, bar, ring};

const TITLE: &str = "The best edges of the network";
/// Edges that are drawn if nobody says how many: at least (two a gene where they are few), at
/// most.
const EDGES: (usize, usize) = (20, 50);
/// Share of false edges up to which edges are drawn, between the two.
const CONFIDENT: f64 = 0.5;
/// Greatest length of a unit of the layout, and the least one to the usual width of a box.
const LONGEST_UNIT: f64 = 160.0;
const LEAST_UNIT: f64 = 1.05;
/// Height of a unit to its width: names are wide.
const FLAT: f64 = 0.72;
const LONGEST_NAME: f64 = 104.0;
const MARGIN: f64 = 16.0;
const TOP: f64 = 84.0;

pub(super) fn draw(run: &Run, top: Option<usize>) -> Drawing {
    let network = &run.network;
    let least = EDGES.0.min(2 * network.genes().len());
    let usual = network.confident(CONFIDENT).len().clamp(least, EDGES.1);
    let drawn: Vec<&Edge> = network
        .edges()
        .iter()
        .take(top.unwrap_or(usual))
        .filter(|edge| edge.evidence > 0.0)
        .collect();
    let Some(last) = drawn.last() else {
        return Drawing::nothing(TITLE, "The network has no edges.");
    };
    let about = format!(
        "The best {} of {}; about {} of them are expected to be false.",
        label(drawn.len() as f64),
        counted(run.ranked(), "candidate edge"),
        about_number(last.expected_false_edges),
    );
    let picture = Picture::new(network, &drawn);
    let mut sheet = Sheet::new(picture.size.0, picture.size.1);
    sheet.text((14.0, 22.0), TITLE, Look::title());
    sheet.text((14.0, 44.0), &about, Look::small().colour(palette::GREY));
    key(&mut sheet, &drawn);
    picture.edges(&mut sheet, network, &drawn);
    picture.nodes(&mut sheet, network);
    let description = described(network, &drawn, &about, picture.nodes.len());
    Drawing::new(sheet, TITLE, description)
}

fn about_number(x: f64) -> String {
    match x {
        x if x >= 9.95 => label(x.round()),
        x => format!("{x:.1}"),
    }
}

/// The genes with an edge, and where they stand.
struct Picture {
    nodes: BTreeMap<Gene, usize>,
    boxes: Vec<Box>,
    regulates: Vec<bool>,
    size: (f64, f64),
}

impl Picture {
    fn new(network: &Network, drawn: &[&Edge]) -> Self {
        let genes: std::collections::BTreeSet<Gene> = drawn
            .iter()
            .flat_map(|edge| [edge.source, edge.target])
            .collect();
        let nodes: BTreeMap<Gene, usize> = genes.into_iter().zip(0..).collect();
        let pairs: Vec<(usize, usize)> = drawn
            .iter()
            .map(|edge| (nodes[&edge.source], nodes[&edge.target]))
            .collect();
        let mut regulates = vec![false; nodes.len()];
        pairs
            .iter()
            .for_each(|(source, _)| regulates[*source] = true);
        let places = layout(nodes.len(), &pairs, Seed::default());
        let widest = places.iter().map(|place| place.0).fold(1e-9, f64::max);
        let half = |gene: &Gene| {
            let name = shortened(network.genes().name(*gene), SMALL, LONGEST_NAME);
            f64::midpoint(width(&name, SMALL), 14.0)
        };
        let halves: Vec<f64> = nodes.keys().map(half).collect();
        // no larger than a page as long as names have room
        let least = LEAST_UNIT * 2.0 * cistron::numeric::median(&halves);
        let unit = (WIDTH - 2.0 * MARGIN - 70.0) / widest;
        let unit = unit.clamp(least.min(LONGEST_UNIT), LONGEST_UNIT);
        let mut boxes: Vec<Box> = halves
            .into_iter()
            .zip(&places)
            .map(|(half, (x, y))| Box {
                middle: (x * unit, y * unit.max(46.0) * FLAT),
                half: (half, 10.0),
            })
            .collect();
        let ordered = pairs.iter().map(|(a, b)| (*a.min(b), *a.max(b)));
        apart(&mut boxes, &ordered.collect());
        let size = placed(&mut boxes);
        Self {
            nodes,
            boxes,
            regulates,
            size,
        }
    }

    fn edges(&self, sheet: &mut Sheet, network: &Network, drawn: &[&Edge]) {
        let most = drawn.iter().map(|edge| edge.evidence).fold(0.0, f64::max);
        let pairs: std::collections::BTreeSet<(Gene, Gene)> = drawn
            .iter()
            .map(|edge| (edge.source, edge.target))
            .collect();
        // the surest above all others
        for edge in drawn.iter().rev() {
            let (from, to) = (self.nodes[&edge.source], self.nodes[&edge.target]);
            let mutual = pairs.contains(&(edge.target, edge.source));
            let route = Route::new(&self.boxes, (from, to), mutual);
            let wide = 0.9 + 2.4 * edge.evidence / most;
            let name = edge_name(network, edge);
            sheet.named(&name, |sheet| route.draw(sheet, edge.sign, wide));
        }
    }

    fn nodes(&self, sheet: &mut Sheet, network: &Network) {
        for ((gene, own), regulates) in self.nodes.keys().zip(&self.boxes).zip(&self.regulates) {
            let name = network.genes().name(*gene);
            let fill = Fill::new(node_colour(*regulates)).edge(palette::GREY);
            let corner = (own.middle.0 - own.half.0, own.middle.1 - own.half.1);
            sheet.named(name, |sheet| {
                sheet.rect(corner, (2.0 * own.half.0, 2.0 * own.half.1), 10.0, fill);
                let text = shortened(name, SMALL, LONGEST_NAME);
                sheet.text(own.middle, &text, Look::small().middle());
            });
        }
    }
}

/// Genes that regulate another one are tinted.
fn node_colour(regulates: bool) -> crate::sheet::Colour {
    if regulates {
        crate::sheet::Colour(255, 243, 205)
    } else {
        palette::WHITE
    }
}

/// Moves all boxes below the heading, in the middle of a sheet that holds them; returns its size.
fn placed(boxes: &mut [Box]) -> (f64, f64) {
    let fold = |of: fn(&Box) -> f64, pick: fn(f64, f64) -> f64, start: f64| {
        boxes.iter().map(of).fold(start, pick)
    };
    let left = fold(|b| b.middle.0 - b.half.0, f64::min, f64::INFINITY);
    let right = fold(|b| b.middle.0 + b.half.0, f64::max, f64::NEG_INFINITY);
    let top = fold(|b| b.middle.1 - b.half.1, f64::min, f64::INFINITY);
    let bottom = fold(|b| b.middle.1 + b.half.1, f64::max, f64::NEG_INFINITY);
    // loops and bent edges reach a little beyond the boxes
    let room = MARGIN + 12.0;
    let wide = (right - left + 2.0 * room).max(WIDTH);
    let shift = ((wide - (right - left)) / 2.0 - left, TOP + room - top);
    for one in boxes {
        one.middle.0 += shift.0;
        one.middle.1 += shift.1;
    }
    (wide, TOP + bottom - top + 2.0 * room)
}

fn edge_name(network: &Network, edge: &Edge) -> String {
    let genes = network.genes();
    let (from, to) = (genes.name(edge.source), genes.name(edge.target));
    let verb = edge.sign.verb();
    format!(
        "{from} {verb} {to}: rank {}, frequency {:.2}",
        edge.rank, edge.frequency
    )
}

fn key(sheet: &mut Sheet, drawn: &[&Edge]) {
    let y = 66.0;
    let mut x = 16.0;
    for (text, sign) in [
        (Sign::Activation.verb(), Sign::Activation),
        (Sign::Repression.verb(), Sign::Repression),
        ("sign unknown", Sign::Unknown),
    ] {
        if !drawn.iter().any(|edge| edge.sign == sign) {
            continue;
        }
        let colour = sign_colour(sign);
        let tip: Point = (x + 28.0, y);
        sheet.line(&[(x, y), (x + 24.0, y)], Stroke::new(colour, 2.0));
        match sign {
            Sign::Activation => arrow(sheet, tip, (1.0, 0.0), (colour, 2.0)),
            Sign::Repression => bar(sheet, tip, (1.0, 0.0), (colour, 2.0)),
            Sign::Unknown => ring(sheet, tip, (1.0, 0.0), (colour, 2.0)),
        }
        sheet.text((x + 36.0, y), text, Look::small());
        x += 36.0 + width(text, SMALL) + 18.0;
    }
    let fill = Fill::new(node_colour(true)).edge(palette::GREY);
    sheet.rect((x, y - 7.0), (24.0, 14.0), 7.0, fill);
    let text = "regulates a gene here";
    sheet.text((x + 30.0, y), text, Look::small());
    x += 30.0 + width(text, SMALL) + 18.0;
    sheet.text((x, y), "thicker: more evidence", Look::small());
}

fn described(network: &Network, drawn: &[&Edge], about: &str, nodes: usize) -> String {
    let count = |sign| drawn.iter().filter(|edge| edge.sign == sign).count();
    let mut targets: BTreeMap<Gene, usize> = BTreeMap::new();
    for edge in drawn {
        *targets.entry(edge.source).or_default() += 1;
    }
    let mut hubs: Vec<(Gene, usize)> = targets.into_iter().collect();
    hubs.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let name = |(gene, count): &(Gene, usize)| format!("{} ({count})", network.genes().name(*gene));
    let hubs: Vec<String> = hubs.iter().take(3).map(name).collect();
    format!(
        "A drawing of {} with {} and {}. {about} Genes with the most targets here: {}.",
        counted(nodes, "gene"),
        counted(count(Sign::Activation), "activation"),
        counted(count(Sign::Repression), "repression"),
        hubs.join(", "),
    )
}
