//! Pictures of a run: how well it fits, how certain it is, what it found.

mod activities;
mod cluster;
mod colour_bar;
mod edge_route;
mod fits;
mod gene;
mod graph;
mod influence;
mod known_network;
mod panels;
mod path;
mod stability;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use cistron::genes::{Gene, Genes};
use cistron::network::{Selection, Sign};
use cistron::run::Run;
use cistron_truth::evaluate::Ranking;

use crate::Picture;
use crate::picture::in_file_name;
use crate::svg::{Colour, Stroke, palette};

/// Which pictures of a run are drawn, besides those that every run has.
#[derive(Clone, Debug, Default)]
pub struct PictureSettings {
    /// Targets whose regularisation path is drawn; the target of the best edge if there are none.
    pub targets: Vec<Gene>,
    /// Genes whose courses are drawn, series by series.
    pub genes: Vec<Gene>,
    /// Edges in the drawing of the network; without a wish about their number those that stand out, at
    /// most 100, or the best 20 in grey.
    pub selection: Selection,
    /// Rankings against a known network, with their names; the run's own comes first.
    pub rankings: Vec<(String, Ranking)>,
}

/// All pictures of a run, in the order in which they are read: `network.svg`, `stability.svg`,
/// `influence.svg`, `fits.svg`, `activities.svg` where known pairs gave activities, `path_TARGET.svg` and `gene_GENE.svg` for each one asked for, and
/// `precision_recall.svg` and `roc.svg` if there are rankings.
///
/// The same run gives the same bytes. The title and the description of each picture say what it
/// shows.
///
/// # Panics   if a gene is not of the run, that of the selection included (a bug in the caller).
/// # Cost     well below a second; that of [`layout`](cistron::network::layout) for the network.
#[must_use]
pub fn run_pictures(run: &Run, settings: &PictureSettings) -> Vec<Picture> {
    let mut pictures = vec![
        graph::draw(run, &settings.selection).named("network.svg"),
        stability::draw(&run.network).named("stability.svg"),
        influence::draw(&run.network).named("influence.svg"),
        fits::draw(run).named("fits.svg"),
    ];
    pictures.extend(activities::draw(run).map(|drawn| drawn.named("activities.svg")));
    let parts = file_parts(run.genes());
    let best = run.network.edges().first().map(|edge| edge.target);
    let targets = match settings.targets.as_slice() {
        [] => best.as_slice(),
        given => given,
    };
    for &target in targets {
        let file = format!("path_{}.svg", parts[target.index()]);
        pictures.push(path::draw(run, target).named(file));
    }
    for &gene in &settings.genes {
        let file = format!("gene_{}.svg", parts[gene.index()]);
        pictures.push(gene::draw(run, gene).named(file));
    }
    if !settings.rankings.is_empty() {
        let rankings = &settings.rankings;
        pictures.push(known_network::precision_recall(rankings).named("precision_recall.svg"));
        pictures.push(known_network::roc(rankings).named("roc.svg"));
    }
    pictures
}

/// For every gene, the part of the names of its files that says which gene it is: the same whatever else
/// is drawn, and another for every gene, though names may differ only in their signs or capitals.
fn file_parts(genes: &Genes) -> Vec<String> {
    let (mut taken, mut counts) = (BTreeSet::new(), BTreeMap::new());
    let part = |name: &String| {
        let name = in_file_name(name);
        let count = counts.entry(name.clone()).or_insert(0);
        loop {
            *count += 1;
            let part = match *count {
                1 => name.clone(),
                count => format!("{name}_{count}"),
            };
            if taken.insert(part.clone()) {
                return part;
            }
        }
    };
    genes.names().iter().map(part).collect()
}

/// The colour of a sign: blue raises, vermilion lowers.
fn sign_colour(sign: Sign) -> Colour {
    match sign {
        Sign::Activation => palette::BLUE,
        Sign::Repression => palette::VERMILION,
        Sign::Unknown => palette::GREY,
    }
}

/// The line of one of several curves: dashed where the colours begin again.
fn series_stroke(at: usize, width: f64) -> Stroke {
    let colours = palette::SERIES;
    let stroke = Stroke::new(colours[at % colours.len()], width);
    if at < colours.len() {
        stroke
    } else {
        stroke.dashed()
    }
}
