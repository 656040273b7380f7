//! Activities of regulators in all samples.

use std::collections::BTreeMap;

use cistron::genes::Gene;
use cistron::io::ActivityTables;
use cistron::run::Run;

use super::cluster::clustered;
use super::colour_bar::draw_colour_bar;
use crate::number::{count, significant};
use crate::picture::Drawing;
use crate::svg::{
    Fill, SMALL, Scene, Stroke, TextStyle, WIDTH, diverging, palette, shortened, width,
};

const TITLE: &str = "Activities of regulators";
/// Regulators that are drawn: those with the most known targets.
const REGULATORS: usize = 40;
/// Standard deviations that have the full colour.
const FULL_COLOUR: f64 = 2.5;
const ROW: f64 = 14.0;
const WIDEST_CELL: f64 = 26.0;
const LONGEST_NAME: f64 = 104.0;
const TOP: f64 = 84.0;

/// Activities that are drawn, in their order in the picture.
pub(super) struct ActivityMap<'a> {
    tables: &'a ActivityTables,
    /// Numbers of the regulators, similar ones next to each other.
    pub(super) rows: Vec<usize>,
    /// Known targets of every regulator of the tables.
    targets: Vec<usize>,
}

impl<'a> ActivityMap<'a> {
    pub(super) fn new(tables: &'a ActivityTables) -> Self {
        let mut of_regulator: BTreeMap<Gene, usize> = BTreeMap::new();
        for pair in &tables.pairs {
            *of_regulator.entry(pair.regulator).or_default() += 1;
        }
        let known = |gene: &Gene| of_regulator.get(gene).copied().unwrap_or(0);
        let targets: Vec<usize> = tables.regulators.iter().map(known).collect();
        let mut shown: Vec<usize> = (0..targets.len()).collect();
        shown.sort_by_key(|&at| (usize::MAX - targets[at], at));
        shown.truncate(REGULATORS);
        let courses: Vec<Vec<f64>> = shown
            .iter()
            .map(|&at| {
                let samples = tables.samples.iter();
                samples.map(|sample| sample.activities[at]).collect()
            })
            .collect();
        Self {
            rows: clustered(&courses).iter().map(|&at| shown[at]).collect(),
            tables,
            targets,
        }
    }

    /// First sample of every group, and what is written above it: series by their names, and the steady
    /// states together.
    fn groups(&self) -> Vec<(usize, String)> {
        let mut groups: Vec<(usize, String)> = Vec::new();
        let mut before: Option<&str> = None;
        for (at, sample) in self.tables.samples.iter().enumerate() {
            if before != Some(&sample.group) {
                let name = match sample.group.as_str() {
                    "" => "steady states",
                    name => name,
                };
                groups.push((at, name.to_owned()));
                before = Some(&sample.group);
            }
        }
        groups
    }
}

/// A map of the activities; nothing without any.
pub(super) fn draw(run: &Run) -> Option<Drawing> {
    let tables = run.activities.as_ref()?;
    let map = ActivityMap::new(tables);
    let genes = run.genes();
    let label = |row: &usize| {
        let known = map.targets[*row];
        format!("{} ({known})", genes.name(tables.regulators[*row]))
    };
    let labels: Vec<String> = map.rows.iter().map(label).collect();
    let widths = labels.iter().map(|label| width(label, SMALL));
    let left = 20.0 + widths.fold(20.0, f64::max).min(LONGEST_NAME) + 6.0;
    let samples = tables.samples.len();
    let cell = ((WIDTH - left - 16.0) / samples.max(1) as f64).min(WIDEST_CELL);
    let right = left + cell * samples as f64;
    let bottom = TOP + ROW * map.rows.len() as f64;
    let mut scene = Scene::titled(bottom + 62.0, TITLE);
    let about = about(&map);
    scene.remark(&about);
    for (i, (row, label)) in map.rows.iter().zip(&labels).enumerate() {
        let top = TOP + ROW * i as f64;
        let name = shortened(label, SMALL, LONGEST_NAME);
        let beside = (left - 6.0, top + ROW / 2.0);
        scene.text(beside, &name, TextStyle::small().end());
        for (k, sample) in tables.samples.iter().enumerate() {
            let x = sample.activities[*row];
            let gene = genes.name(tables.regulators[*row]);
            let name = format!("{gene}, {}: {}", sample.name, significant(x, 2));
            let fill = Fill::new(diverging(x / FULL_COLOUR));
            let corner = (left + cell * k as f64, top);
            scene.named(&name, |scene| scene.rect(corner, (cell, ROW), 0.0, fill));
        }
    }
    draw_groups(&mut scene, &map, (left, right), (bottom, cell));
    let texts = [
        "activity in standard deviations: what the known targets",
        "(their number in brackets) have in common",
    ];
    draw_colour_bar(&mut scene, (left, bottom + 20.0), FULL_COLOUR, texts);
    Some(Drawing::new(scene, TITLE, described(run, &map, &about)))
}

/// Names of the series above, as far as there is room, and lines between them.
///
/// * `across`: left and right end of the map
/// * `cells`: lower end of the map, and width of a cell
fn draw_groups(scene: &mut Scene, map: &ActivityMap<'_>, across: (f64, f64), cells: (f64, f64)) {
    let (left, right) = across;
    let (bottom, cell) = cells;
    let groups = map.groups();
    let start = |at: usize| left + cell * at as f64;
    for (number, (at, name)) in groups.iter().enumerate() {
        let x = start(*at);
        if number > 0 {
            let line = [(x, TOP - 4.0), (x, bottom)];
            scene.line(&line, Stroke::new(palette::GREY, 0.8));
        }
        let next = groups.get(number + 1).map_or(right, |(at, _)| start(*at));
        // a name of which only the first letters fit says nothing
        let fits = width(name, SMALL) <= next - x - 2.0;
        if fits {
            scene.text((x + 2.0, TOP - 8.0), name, TextStyle::small());
        }
    }
}

fn about(map: &ActivityMap<'_>) -> String {
    let all = map.tables.regulators.len();
    let samples = count(map.tables.samples.len(), "sample");
    let which = if map.rows.len() < all {
        format!(
            "The {} of {all} regulators with the most known targets",
            map.rows.len()
        )
    } else {
        count(all, "regulator")
    };
    format!(
        "{which}, {samples} in the order of the data; similar regulators are next to each other."
    )
}

fn described(run: &Run, map: &ActivityMap<'_>, about: &str) -> String {
    let most = map.rows.iter().max_by_key(|row| map.targets[**row]);
    let most = most.map_or_else(String::new, |&row| {
        let name = run.genes().name(map.tables.regulators[row]);
        let known = map.targets[row];
        format!(" {name} has the most known targets, {known}.")
    });
    format!(
        "A map with a row per regulator and a column per sample; blue is above the mean, orange below. \
         {about}{most}"
    )
}
