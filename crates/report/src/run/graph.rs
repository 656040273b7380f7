//! The top edges as a drawing.

use std::collections::{BTreeMap, BTreeSet};

use cistron::genes::Gene;
use cistron::network::{Edge, Network, Selection, Sign, layout};
use cistron::run::Run;
use cistron::seed::Seed;

use super::edge_route::{EdgeHead, EdgeLook, Route};
use super::sign_colour;
use crate::number::{count, thousands};
use crate::picture::Drawing;
use crate::svg::{
    Colour, Fill, NameBox, SMALL, Scene, Stroke, TextStyle, WIDTH, palette, push_apart, shortened,
    width, wrapped,
};

const TITLE: &str = "The top edges of the network";
const HYPOTHESES: &str = "The best edges of the network, as hypotheses";
/// Edges that are drawn at most: if their number is not given, since single ones cannot be followed
/// where there are more, and at all, since more take minutes.
const MOST: (usize, usize) = (100, 2_000);
/// Largest length of a unit of the layout, and its smallest, relative to the median width of a box.
const LONGEST_UNIT: f64 = 160.0;
const LEAST_UNIT: f64 = 1.05;
/// Height of a unit relative to its width: names are wide. And its least length before that.
const FLAT: f64 = 0.72;
const LEAST_HEIGHT: f64 = 46.0;
const LONGEST_NAME: f64 = 104.0;
const MARGIN: f64 = 16.0;
const TOP: f64 = 84.0;
/// Height of the legend, and of a line of the caution above it.
const LEGEND: f64 = 66.0;
const LINE: f64 = 15.0;
/// Of genes that regulate another one.
const REGULATOR: Colour = Colour(255, 243, 205);

/// The edges that are wished for, in grey under a caution where no edge stands out.
pub(super) fn draw(run: &Run, selection: &Selection) -> Drawing {
    let network = &run.network;
    let mut drawn = selection.of(network).expect("a gene of the run");
    let found = drawn.len();
    drawn.truncate(if selection.sets_number() {
        MOST.1
    } else {
        MOST.0
    });
    drawn.retain(|edge| edge.evidence > 0.0);
    if drawn.is_empty() {
        return Drawing::empty(TITLE, nothing(network));
    }
    let about = about(run, selection, &drawn, found);
    let caution = network.caution();
    let lines = caution
        .as_ref()
        .map(|text| wrapped(text, SMALL, WIDTH - 44.0));
    let lines = lines.unwrap_or_default();
    let shift = LINE * lines.len() as f64;
    let graph = Graph::new(network, &drawn, selection.isolated, shift);
    let title = caution.as_ref().map_or(TITLE, |_| HYPOTHESES);
    let mut scene = Scene::new(graph.size.0, graph.size.1);
    scene.text((14.0, 22.0), title, TextStyle::title());
    scene.remark(&about);
    draw_caution(&mut scene, &lines);
    let style = Style {
        grey: caution.is_some(),
    };
    style.draw_legend(&mut scene, &drawn, LEGEND + shift);
    graph.draw_edges(&mut scene, network, &drawn, &style);
    graph.draw_nodes(&mut scene, network);
    let description = match caution {
        Some(caution) => format!("{caution} {about}"),
        None => described(network, &drawn, &about, graph.nodes.len()),
    };
    Drawing::new(scene, title, description)
}

/// Why nothing is drawn.
fn nothing(network: &Network) -> &'static str {
    if network.edges().is_empty() {
        "The network has no edges."
    } else {
        "No edge of the network is as it was wished for."
    }
}

/// How many edges are drawn, of how many, and how many of them are expected to be false.
fn about(run: &Run, selection: &Selection, drawn: &[&Edge], found: usize) -> String {
    let (shown, all) = (
        thousands(drawn.len()),
        count(run.ranked(), "candidate edge"),
    );
    let by_default = *selection == Selection::default();
    let which = match run.network.standing_out().len() {
        some if by_default && some > drawn.len() => {
            format!(
                "The top {shown} of {} that stand out, of {all}",
                thousands(some)
            )
        }
        1.. if by_default => format!("The {shown} of {all} that stand out"),
        _ if selection.top.is_some_and(|top| top == found) || by_default => {
            format!("The top {shown} of {all}")
        }
        _ => format!("{shown} of {all}"),
    };
    let wrong: f64 = drawn.iter().map(|edge| 1.0 - edge.probability).sum();
    format!(
        "{which}; expected number of false edges among them: {}.",
        few(wrong)
    )
}

/// The caution between the title and the legend, on a ground that is seen.
fn draw_caution(scene: &mut Scene, lines: &[String]) {
    if lines.is_empty() {
        return;
    }
    let size = (WIDTH - 28.0, LINE * lines.len() as f64);
    scene.rect((14.0, 54.0), size, 3.0, Fill::new(REGULATOR));
    for (at, line) in lines.iter().enumerate() {
        let y = 54.0 + LINE * (at as f64 + 0.5);
        scene.text((22.0, y), line, TextStyle::small());
    }
}

/// What the edges look like.
struct Style {
    /// Whether no edge stands out.
    grey: bool,
}

/// A number of edges, with a tenth where it is small.
fn few(x: f64) -> String {
    if x >= 9.95 {
        thousands(x.round() as usize)
    } else {
        format!("{x:.1}")
    }
}

/// The genes with an edge, and where they are.
struct Graph {
    nodes: BTreeMap<Gene, usize>,
    boxes: Vec<NameBox>,
    regulates: Vec<bool>,
    size: (f64, f64),
}

impl Graph {
    /// * `isolated`: whether genes without an edge are there, too
    /// * `shift`: height of what is between the title and the legend
    fn new(network: &Network, drawn: &[&Edge], isolated: bool, shift: f64) -> Self {
        let ends = drawn.iter().flat_map(|edge| [edge.source, edge.target]);
        let mut genes: BTreeSet<Gene> = ends.collect();
        genes.extend(network.genes().iter().filter(|_| isolated));
        let nodes: BTreeMap<Gene, usize> = genes.into_iter().zip(0..).collect();
        let pairs: Vec<(usize, usize)> = drawn
            .iter()
            .map(|edge| (nodes[&edge.source], nodes[&edge.target]))
            .collect();
        let mut regulates = vec![false; nodes.len()];
        for (source, _) in &pairs {
            regulates[*source] = true;
        }
        let mut boxes = boxes(network, &nodes, &pairs);
        let ordered = pairs.iter().map(|(a, b)| (*a.min(b), *a.max(b)));
        push_apart(&mut boxes, &ordered.collect());
        let size = centred(&mut boxes, TOP + shift);
        Self {
            nodes,
            boxes,
            regulates,
            size,
        }
    }

    fn draw_edges(&self, scene: &mut Scene, network: &Network, drawn: &[&Edge], style: &Style) {
        let most = drawn.iter().map(|edge| edge.evidence).fold(0.0, f64::max);
        let ends = drawn.iter().map(|edge| (edge.source, edge.target));
        let pairs: BTreeSet<(Gene, Gene)> = ends.collect();
        // the one with the most evidence above all others
        for edge in drawn.iter().rev() {
            let (from, to) = (self.nodes[&edge.source], self.nodes[&edge.target]);
            let mutual = pairs.contains(&(edge.target, edge.source));
            let route = Route::new(&self.boxes, from, to, mutual);
            let width = 0.9 + 2.4 * edge.evidence / most;
            let look = style.look(edge.sign, width);
            let name = style.edge_name(network, edge);
            scene.named(&name, |scene| route.draw(scene, look));
        }
    }

    fn draw_nodes(&self, scene: &mut Scene, network: &Network) {
        for ((gene, own), regulates) in self.nodes.keys().zip(&self.boxes).zip(&self.regulates) {
            let name = network.genes().name(*gene);
            let colour = if *regulates {
                REGULATOR
            } else {
                palette::WHITE
            };
            let fill = Fill::new(colour).edge(palette::GREY);
            let corner = (own.middle.0 - own.half.0, own.middle.1 - own.half.1);
            scene.named(name, |scene| {
                let size = (2.0 * own.half.0, 2.0 * own.half.1);
                scene.rect(corner, size, own.half.1, fill);
                let text = shortened(name, SMALL, LONGEST_NAME);
                scene.text(own.middle, &text, TextStyle::small().middle());
            });
        }
    }
}

/// Boxes of the genes where the layout has them; they may overlap.
fn boxes(
    network: &Network,
    nodes: &BTreeMap<Gene, usize>,
    pairs: &[(usize, usize)],
) -> Vec<NameBox> {
    let positions = layout(nodes.len(), pairs, Seed::default());
    let widest = positions.iter().map(|place| place.0).fold(1e-9, f64::max);
    let halves: Vec<f64> = nodes
        .keys()
        .map(|gene| {
            let name = shortened(network.genes().name(*gene), SMALL, LONGEST_NAME);
            f64::midpoint(width(&name, SMALL), 14.0)
        })
        .collect();
    // no larger than a page as long as names have room
    let least = LEAST_UNIT * 2.0 * cistron::numeric::median(&halves);
    let unit = (WIDTH - 2.0 * MARGIN - 70.0) / widest;
    let unit = unit.clamp(least.min(LONGEST_UNIT), LONGEST_UNIT);
    halves
        .into_iter()
        .zip(&positions)
        .map(|(half, (x, y))| NameBox {
            middle: (x * unit, y * unit.max(LEAST_HEIGHT) * FLAT),
            half: (half, 10.0),
        })
        .collect()
}

/// Moves all boxes below the heading, which ends at `above`, to the middle of a picture that holds them; returns its size.
fn centred(boxes: &mut [NameBox], above: f64) -> (f64, f64) {
    let (mut left, mut top) = (f64::INFINITY, f64::INFINITY);
    let (mut right, mut bottom) = (f64::NEG_INFINITY, f64::NEG_INFINITY);
    for name in boxes.iter() {
        left = left.min(name.middle.0 - name.half.0);
        right = right.max(name.middle.0 + name.half.0);
        top = top.min(name.middle.1 - name.half.1);
        bottom = bottom.max(name.middle.1 + name.half.1);
    }
    // loops and edges that go aside reach a little beyond the boxes
    let room = MARGIN + 12.0;
    let width = (right - left + 2.0 * room).max(WIDTH);
    let shift = ((width - (right - left)) / 2.0 - left, above + room - top);
    for name in boxes {
        name.middle.0 += shift.0;
        name.middle.1 += shift.1;
    }
    (width, above + bottom - top + 2.0 * room)
}

impl Style {
    fn look(&self, sign: Sign, width: f64) -> EdgeLook {
        EdgeLook {
            sign,
            colour: match self.grey {
                true => palette::GREY,
                false => sign_colour(sign),
            },
            width,
        }
    }

    fn edge_name(&self, network: &Network, edge: &Edge) -> String {
        let genes = network.genes();
        let (from, to) = (genes.name(edge.source), genes.name(edge.target));
        let verb = edge.sign.verb();
        format!(
            "{}{from} {verb} {to}: rank {}, frequency {:.2}",
            if self.grey { "hypothesis: " } else { "" },
            edge.rank,
            edge.frequency
        )
    }

    fn draw_legend(&self, scene: &mut Scene, drawn: &[&Edge], y: f64) {
        let mut x = 16.0;
        for (text, sign) in [
            (Sign::Activation.verb(), Sign::Activation),
            (Sign::Repression.verb(), Sign::Repression),
            ("sign unknown", Sign::Unknown),
        ] {
            if !drawn.iter().any(|edge| edge.sign == sign) {
                continue;
            }
            let look = self.look(sign, 2.0);
            scene.line(
                &[(x, y), (x + 24.0, y)],
                Stroke::new(look.colour, look.width),
            );
            let head = EdgeHead {
                tip: (x + 28.0, y),
                direction: (1.0, 0.0),
                look,
            };
            head.draw(scene);
            scene.text((x + 36.0, y), text, TextStyle::small());
            x += 36.0 + width(text, SMALL) + 18.0;
        }
        let fill = Fill::new(REGULATOR).edge(palette::GREY);
        scene.rect((x, y - 7.0), (24.0, 14.0), 7.0, fill);
        let text = "regulates a gene shown here";
        scene.text((x + 30.0, y), text, TextStyle::small());
        x += 30.0 + width(text, SMALL) + 18.0;
        scene.text((x, y), "thicker: more evidence", TextStyle::small());
    }
}

fn described(network: &Network, drawn: &[&Edge], about: &str, nodes: usize) -> String {
    let activations = drawn.iter().filter(|e| e.sign == Sign::Activation);
    let repressions = drawn.iter().filter(|e| e.sign == Sign::Repression);
    let mut targets: BTreeMap<Gene, usize> = BTreeMap::new();
    for edge in drawn {
        *targets.entry(edge.source).or_default() += 1;
    }
    let mut hubs: Vec<(Gene, usize)> = targets.into_iter().collect();
    hubs.sort_by_key(|(_, targets)| std::cmp::Reverse(*targets));
    let hubs: Vec<String> = hubs
        .iter()
        .take(3)
        .map(|(gene, targets)| format!("{} ({targets})", network.genes().name(*gene)))
        .collect();
    format!(
        "A drawing of {} with {} and {}. {about} Genes with the most targets here: {}.",
        count(nodes, "gene"),
        count(activations.count(), "activation"),
        count(repressions.count(), "repression"),
        hubs.join(", "),
    )
}
