//! Influence of regulators on targets, like next to like.

use std::collections::BTreeMap;

use super::cluster::clustered;
use super::{Drawing, counted};
use crate::sheet::{Fill, Look, SMALL, Sheet, Stroke, WIDTH, diverging, palette, shortened, width};
use cistron::genes::{Gene, Genes};
use cistron::network::Network;

const TITLE: &str = "Influence of regulators on targets";
/// Regulators and targets that are drawn: as many as can be read.
const REGULATORS: usize = 36;
const TARGETS: usize = 45;
/// Share of the influences that the colours tell apart; the rest has the colour of the end.
const TOLD_APART: f64 = 0.95;
/// Sizes of a cell.
const CELL: (f64, f64) = (11.5, 44.0);
const LONGEST_NAME: f64 = 104.0;
const TOP: f64 = 62.0;

/// Influences that are drawn: row = target, column = regulator, in their order on the sheet.
pub(super) struct Map {
    pub(super) targets: Vec<Gene>,
    pub(super) regulators: Vec<Gene>,
    pub(super) cells: Vec<Vec<f64>>,
    /// Size that has the full colour.
    pub(super) end: f64,
    /// All targets and regulators of the model.
    of: (usize, usize),
}

impl Map {
    /// The strongest regulators, and their strongest targets; none if the model has no edge.
    pub(super) fn new(network: &Network) -> Option<Self> {
        let edges = || {
            network
                .edges()
                .iter()
                .filter(|e| e.influence != 0.0 && e.influence.is_finite())
        };
        let all_regulators = strongest(edges().map(|e| (e.source, e.influence)));
        let all_targets = strongest(edges().map(|e| (e.target, e.influence))).len();
        let of = (all_targets, all_regulators.len());
        let regulators = first(all_regulators, REGULATORS);
        let column: BTreeMap<Gene, usize> = regulators.iter().copied().zip(0..).collect();
        let inside = || edges().filter(|e| column.contains_key(&e.source));
        let targets = first(
            strongest(inside().map(|e| (e.target, e.influence))),
            TARGETS,
        );
        let row: BTreeMap<Gene, usize> = targets.iter().copied().zip(0..).collect();
        let mut cells = vec![vec![0.0; regulators.len()]; targets.len()];
        for edge in inside() {
            if let Some(&at) = row.get(&edge.target) {
                cells[at][column[&edge.source]] = edge.influence;
            }
        }
        let mut sizes: Vec<f64> = cells.iter().flatten().map(|x| x.abs()).collect();
        sizes.retain(|size| *size > 0.0);
        sizes.sort_by(f64::total_cmp);
        let end = sizes
            .get((sizes.len() as f64 * TOLD_APART) as usize)
            .or(sizes.last());
        let map = Self {
            end: *end?,
            targets,
            regulators,
            cells,
            of,
        };
        Some(map.ordered())
    }

    fn ordered(self) -> Self {
        let seen = |x: f64| (x / self.end).clamp(-1.0, 1.0);
        let rows: Vec<Vec<f64>> = self
            .cells
            .iter()
            .map(|row| row.iter().map(|x| seen(*x)).collect())
            .collect();
        let columns: Vec<Vec<f64>> = (0..self.regulators.len())
            .map(|column| rows.iter().map(|row| row[column]).collect())
            .collect();
        let (down, across) = (clustered(&rows), clustered(&columns));
        let row = |at: &usize| across.iter().map(|j| self.cells[*at][*j]).collect();
        Self {
            targets: down.iter().map(|at| self.targets[*at]).collect(),
            regulators: across.iter().map(|at| self.regulators[*at]).collect(),
            cells: down.iter().map(row).collect(),
            ..self
        }
    }
}

/// Genes by the sum of the sizes of their influences, the largest first.
fn strongest(influences: impl Iterator<Item = (Gene, f64)>) -> Vec<(Gene, f64)> {
    let mut sums: BTreeMap<Gene, f64> = BTreeMap::new();
    for (gene, influence) in influences {
        *sums.entry(gene).or_default() += influence.abs();
    }
    let mut all: Vec<(Gene, f64)> = sums.into_iter().collect();
    all.sort_by(|a, b| b.1.total_cmp(&a.1));
    all
}

fn first(genes: Vec<(Gene, f64)>, count: usize) -> Vec<Gene> {
    genes
        .into_iter()
        .take(count)
        .map(|(gene, _)| gene)
        .collect()
}

pub(super) fn draw(network: &Network) -> Drawing {
    let Some(map) = Map::new(network) else {
        return Drawing::nothing(
            TITLE,
            "The model has no edges, so nothing has an influence.",
        );
    };
    let genes = network.genes();
    let longest = |all: &[Gene]| {
        let widths = all.iter().map(|gene| width(genes.name(*gene), SMALL));
        widths.fold(20.0, f64::max).min(LONGEST_NAME)
    };
    let (left, head) = (
        34.0 + longest(&map.targets) + 6.0,
        longest(&map.regulators) + 8.0,
    );
    let columns = map.regulators.len() as f64;
    let cell = (WIDTH - left - 16.0) / columns;
    let cell = cell.clamp(CELL.0, CELL.1);
    let tall = cell.clamp(SMALL + 1.5, 24.0);
    let top = TOP + 18.0 + head;
    let bottom = top + tall * map.targets.len() as f64;
    let mut sheet = Sheet::new(WIDTH, bottom + 78.0);
    sheet.text((14.0, 22.0), TITLE, Look::title());
    let about = about(&map);
    sheet.text((14.0, 44.0), &about, Look::small().colour(palette::GREY));
    names(&mut sheet, &map, genes, ((left, top), (cell, tall)));
    cells(&mut sheet, &map, genes, ((left, top), (cell, tall)));
    colour_bar(&mut sheet, left, bottom + 22.0, map.end);
    Drawing::new(sheet, TITLE, described(&map, genes, &about))
}

/// Left upper corner of the map, and width and height of a cell.
type Grid = ((f64, f64), (f64, f64));

fn names(sheet: &mut Sheet, map: &Map, genes: &Genes, ((left, top), (cell, tall)): Grid) {
    let name = |gene: &Gene| shortened(genes.name(*gene), SMALL, LONGEST_NAME);
    for (at, gene) in map.targets.iter().enumerate() {
        let y = top + tall * (at as f64 + 0.5);
        sheet.text((left - 6.0, y), &name(gene), Look::small().end());
    }
    for (at, gene) in map.regulators.iter().enumerate() {
        let x = left + cell * (at as f64 + 0.5);
        sheet.text((x, top - 6.0), &name(gene), Look::small().upwards());
    }
    let middle = left + cell * map.regulators.len() as f64 / 2.0;
    sheet.text(
        (middle.min(WIDTH / 2.0 + left / 2.0), TOP + 6.0),
        "regulator",
        Look::text().middle(),
    );
    let middle = top + tall * map.targets.len() as f64 / 2.0;
    sheet.text((18.0, middle), "target", Look::text().middle().upwards());
}

fn cells(sheet: &mut Sheet, map: &Map, genes: &Genes, ((left, top), (cell, tall)): Grid) {
    let size = (
        cell * map.regulators.len() as f64,
        tall * map.targets.len() as f64,
    );
    let ground = Fill::new(diverging(0.0)).edge(palette::PALE);
    sheet.rect((left, top), size, 0.0, ground);
    for (i, (target, row)) in map.targets.iter().zip(&map.cells).enumerate() {
        for (j, (regulator, &x)) in map.regulators.iter().zip(row).enumerate() {
            if x == 0.0 {
                continue;
            }
            let (from, to) = (genes.name(*regulator), genes.name(*target));
            let corner = (left + cell * j as f64, top + tall * i as f64);
            sheet.named(&format!("{from} → {to}: {}", signed_digits(x)), |sheet| {
                sheet.rect(corner, (cell, tall), 0.0, Fill::new(diverging(x / map.end)));
            });
        }
    }
}

fn colour_bar(sheet: &mut Sheet, left: f64, top: f64, end: f64) {
    let steps = 40;
    let (long, high) = (205.0, 12.0);
    for step in 0..=steps {
        let x = 2.0 * f64::from(step) / f64::from(steps) - 1.0;
        let wide = long / f64::from(steps + 1);
        // reaching below the next one, so that no line shows between two
        let corner = (left + wide * f64::from(step), top);
        let wide = if step < steps { wide + 1.0 } else { wide };
        sheet.rect(corner, (wide, high), 0.0, Fill::new(diverging(x)));
    }
    let number = two_digits(end);
    let marks = [
        (0.0, format!("≤ −{number}")),
        (0.5, "0".to_owned()),
        (1.0, format!("≥ {number}")),
    ];
    for (part, text) in marks {
        let x = left + part * long;
        let tick = [(x, top + high), (x, top + high + 4.0)];
        sheet.line(&tick, Stroke::new(palette::GREY, 1.0));
        sheet.text((x, top + high + 12.0), &text, Look::small().middle());
    }
    let right = left + long + 34.0;
    let texts = [
        "influence, per unit of time: mean slope of the",
        "target's rate of change against the regulator",
    ];
    for (row, text) in texts.into_iter().enumerate() {
        let y = top + 3.0 + 15.0 * row as f64;
        sheet.text((right, y), text, Look::small());
    }
}

/// Two significant digits with the sign.
fn signed_digits(x: f64) -> String {
    let sign = if x < 0.0 { "−" } else { "" };
    format!("{sign}{}", two_digits(x.abs()))
}

/// Two significant digits.
fn two_digits(x: f64) -> String {
    if (1e-4..1e4).contains(&x) {
        let decimals = (1.0 - x.log10().floor()).max(0.0) as usize;
        format!("{x:.decimals$}")
    } else {
        format!("{x:.1e}").replace('-', "−")
    }
}

fn about(map: &Map) -> String {
    let (targets, regulators) = (map.targets.len(), map.regulators.len());
    if (targets, regulators) == map.of {
        return format!(
            "{} and {} of the model; like ones stand together.",
            counted(regulators, "regulator"),
            counted(targets, "target")
        );
    }
    format!(
        "The strongest {regulators} of {} and {targets} of {} of the model; like ones stand \
         together.",
        counted(map.of.1, "regulator"),
        counted(map.of.0, "target"),
    )
}

fn described(map: &Map, genes: &Genes, about: &str) -> String {
    let name = |gene: &Gene| genes.name(*gene);
    let mut best: Option<(f64, usize, usize)> = None;
    for (i, row) in map.cells.iter().enumerate() {
        for (j, &x) in row.iter().enumerate() {
            if best.is_none_or(|(most, ..)| x.abs() > most.abs()) {
                best = Some((x, i, j));
            }
        }
    }
    let strongest = best.map_or_else(String::new, |(x, i, j)| {
        let (from, to) = (name(&map.regulators[j]), name(&map.targets[i]));
        let x = signed_digits(x);
        format!(" The strongest influence is that of {from} on {to}, {x} per unit of time.")
    });
    format!(
        "A map with a row a target and a column a regulator; blue raises the target, orange \
         lowers it. {about}{strongest}"
    )
}
