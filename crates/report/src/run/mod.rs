//! Pictures of a run: how well it fits, how sure it is, what it found.

mod against;
mod cluster;
mod fits;
mod graph;
mod heat;
mod panels;
mod path;
mod series;
mod stability;

use std::collections::BTreeSet;

use super::Picture;
use super::in_file_name;
use super::sheet::{Look, Sheet, WIDTH, palette};
use cistron::genes::Gene;
use cistron::run::Run;
use cistron_truth::evaluate::Ranking;

/// Which pictures of a run are drawn, besides those that every run has.
#[derive(Clone, Debug, Default)]
pub struct PictureSettings {
    /// Targets whose regularisation path is drawn; that of the best edge if there are none.
    pub targets: Vec<Gene>,
    /// Genes whose courses are drawn, series by series.
    pub genes: Vec<Gene>,
    /// Edges in the drawing of the network. If none is given, those of which at most half are
    /// expected to be false: at least 20 and at most 50.
    pub top: Option<usize>,
    /// Rankings against a network that is known, with their names; the run's own comes first.
    pub rankings: Vec<(String, Ranking)>,
}

/// A drawing and what it shows.
struct Drawing {
    title: String,
    description: String,
    svg: String,
}

impl Drawing {
    fn new(sheet: Sheet, title: impl Into<String>, description: impl Into<String>) -> Self {
        let (title, description) = (title.into(), description.into());
        Self {
            svg: sheet.finish(&title, &description),
            title,
            description,
        }
    }

    /// In place of a picture that would be empty.
    fn nothing(title: &str, why: &str) -> Self {
        let mut sheet = Sheet::new(WIDTH, 90.0);
        sheet.text((14.0, 22.0), title, Look::title());
        sheet.text((14.0, 56.0), why, Look::text().colour(palette::GREY));
        Self::new(sheet, title, why)
    }

    fn named(self, file: String) -> Picture {
        Picture {
            file,
            svg: self.svg,
            title: self.title,
            description: self.description,
        }
    }
}

/// All pictures of a run, in the order in which one reads them: `network.svg`, `stability.svg`,
/// `influence.svg`, `fits.svg`, `path_TARGET.svg` and `gene_GENE.svg` for each one asked for, and
/// `precision_recall.svg` and `roc.svg` if there are rankings.
///
/// The same run gives the same bytes. Each picture says in its title and its description what it
/// shows.
///
/// # Panics   if a gene is not of the run (a bug in the caller).
/// # Cost     well below a second; that of [`layout`](cistron::network::layout) for the network.
#[must_use]
pub fn run_pictures(run: &Run, settings: &PictureSettings) -> Vec<Picture> {
    let mut all = vec![
        graph::draw(run, settings.top).named("network.svg".to_owned()),
        stability::draw(&run.network).named("stability.svg".to_owned()),
        heat::draw(&run.network).named("influence.svg".to_owned()),
        fits::draw(run).named("fits.svg".to_owned()),
    ];
    let mut taken = BTreeSet::new();
    let mut file = |kind: &str, gene: Gene| {
        let name = in_file_name(run.genes().name(gene));
        let first = format!("{kind}_{name}.svg");
        let others = (2..).map(|count| format!("{kind}_{name}_{count}.svg"));
        let mut free = std::iter::once(first).chain(others);
        let free = free.find(|file| taken.insert(file.clone()));
        free.expect("there are more numbers than genes")
    };
    let best = run.network.edges().first().map(|edge| edge.target);
    let targets = match settings.targets.as_slice() {
        [] => best.as_slice(),
        given => given,
    };
    for &target in targets {
        all.push(path::draw(run, target).named(file("path", target)));
    }
    for &gene in &settings.genes {
        all.push(series::draw(run, gene).named(file("gene", gene)));
    }
    if !settings.rankings.is_empty() {
        let rankings = &settings.rankings;
        all.push(against::precision_recall(rankings).named("precision_recall.svg".to_owned()));
        all.push(against::roc(rankings).named("roc.svg".to_owned()));
    }
    all
}

/// Whether a file of this name is one that [`run_pictures`] gives, as SVG or PNG.
#[must_use]
pub fn is_run_picture(file: &str) -> bool {
    let kinds = [
        "network",
        "stability",
        "influence",
        "fits",
        "precision_recall",
        "roc",
    ];
    let stem = file.strip_suffix(".svg").or(file.strip_suffix(".png"));
    stem.is_some_and(|stem| {
        kinds.contains(&stem) || stem.starts_with("path_") || stem.starts_with("gene_")
    })
}

/// `1 edge`, `2 edges`, `1,000 edges`.
fn counted(count: usize, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{} {what}{plural}", super::scale::label(count as f64))
}

#[cfg(test)]
mod tests;
