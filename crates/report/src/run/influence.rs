//! Influence of regulators on targets, similar ones next to each other.

use std::collections::BTreeMap;

use cistron::genes::{Gene, Genes};
use cistron::network::{Edge, Network};

use super::cluster::clustered;
use super::colour_bar::draw_colour_bar;
use crate::number::{count, significant};
use crate::picture::Drawing;
use crate::svg::{Fill, SMALL, Scene, TextStyle, WIDTH, diverging, palette, shortened, width};

const TITLE: &str = "Influence of regulators on targets";
/// Maximum number of regulators and targets that are drawn: names stay readable.
const REGULATORS: usize = 36;
const TARGETS: usize = 45;
/// Quantile of the sizes of the influences that has the full colour: a single large one does not
/// leave all others pale.
const FULL_COLOUR: f64 = 0.95;
/// Smallest and largest width of a cell, and its largest height.
const CELL: (f64, f64) = (11.5, 44.0);
const TALLEST: f64 = 24.0;
const LONGEST_NAME: f64 = 104.0;
const TOP: f64 = 62.0;

/// Influences that are drawn: row = target, column = regulator, in their order in the picture.
pub(super) struct InfluenceMap {
    pub(super) targets: Vec<Gene>,
    pub(super) regulators: Vec<Gene>,
    pub(super) cells: Vec<Vec<f64>>,
    /// Size that has the full colour.
    end: f64,
    /// Targets and regulators of the model.
    all_targets: usize,
    all_regulators: usize,
}

impl InfluenceMap {
    /// The strongest regulators, and their strongest targets; none if the model has no edge.
    pub(super) fn new(network: &Network) -> Option<Self> {
        let mut edges: Vec<&Edge> = network.edges().iter().collect();
        edges.retain(|edge| edge.influence != 0.0 && edge.influence.is_finite());
        let all_targets = strongest(edges.iter().map(|e| (e.target, e.influence))).len();
        let mut regulators = strongest(edges.iter().map(|e| (e.source, e.influence)));
        let all_regulators = regulators.len();
        regulators.truncate(REGULATORS);
        let column: BTreeMap<Gene, usize> = regulators.iter().copied().zip(0..).collect();
        edges.retain(|edge| column.contains_key(&edge.source));
        let mut targets = strongest(edges.iter().map(|e| (e.target, e.influence)));
        targets.truncate(TARGETS);
        let row: BTreeMap<Gene, usize> = targets.iter().copied().zip(0..).collect();
        let mut cells = vec![vec![0.0; regulators.len()]; targets.len()];
        for edge in edges {
            if let Some(&row) = row.get(&edge.target) {
                cells[row][column[&edge.source]] = edge.influence;
            }
        }
        let map = Self {
            end: full_colour(&cells)?,
            targets,
            regulators,
            cells,
            all_targets,
            all_regulators,
        };
        Some(map.ordered())
    }

    fn ordered(self) -> Self {
        let rows: Vec<Vec<f64>> = self
            .cells
            .iter()
            .map(|row| {
                row.iter()
                    .map(|x| (x / self.end).clamp(-1.0, 1.0))
                    .collect()
            })
            .collect();
        let columns: Vec<Vec<f64>> = (0..self.regulators.len())
            .map(|column| rows.iter().map(|row| row[column]).collect())
            .collect();
        let (down, across) = (clustered(&rows), clustered(&columns));
        let cells = down.iter().map(|i| &self.cells[*i]);
        Self {
            targets: down.iter().map(|i| self.targets[*i]).collect(),
            regulators: across.iter().map(|j| self.regulators[*j]).collect(),
            cells: cells
                .map(|row| across.iter().map(|j| row[*j]).collect())
                .collect(),
            ..self
        }
    }

    /// Row, column and value of the largest influence.
    fn largest(&self) -> Option<(usize, usize, f64)> {
        let mut largest: Option<(usize, usize, f64)> = None;
        for (i, row) in self.cells.iter().enumerate() {
            for (j, &x) in row.iter().enumerate() {
                if largest.is_none_or(|(_, _, most)| x.abs() > most.abs()) {
                    largest = Some((i, j, x));
                }
            }
        }
        largest
    }
}

/// The size of influence that has the full colour; none without influences.
fn full_colour(cells: &[Vec<f64>]) -> Option<f64> {
    let mut sizes: Vec<f64> = cells.iter().flatten().map(|x| x.abs()).collect();
    sizes.retain(|size| *size > 0.0);
    sizes.sort_by(f64::total_cmp);
    let at = (sizes.len() as f64 * FULL_COLOUR) as usize;
    sizes.get(at).or(sizes.last()).copied()
}

/// Genes by the sum of the sizes of their influences, the largest first.
fn strongest(influences: impl Iterator<Item = (Gene, f64)>) -> Vec<Gene> {
    let mut sums: BTreeMap<Gene, f64> = BTreeMap::new();
    for (gene, influence) in influences {
        *sums.entry(gene).or_default() += influence.abs();
    }
    let mut genes: Vec<(Gene, f64)> = sums.into_iter().collect();
    genes.sort_by(|a, b| b.1.total_cmp(&a.1));
    genes.into_iter().map(|(gene, _)| gene).collect()
}

pub(super) fn draw(network: &Network) -> Drawing {
    let Some(map) = InfluenceMap::new(network) else {
        return Drawing::empty(TITLE, "The model has no edges, so there are no influences.");
    };
    let genes = network.genes();
    let left = 34.0 + longest_name(&map.targets, genes) + 6.0;
    let cell = (WIDTH - left - 16.0) / map.regulators.len() as f64;
    let cell = cell.clamp(CELL.0, CELL.1);
    let grid = CellGrid {
        left,
        top: TOP + 18.0 + longest_name(&map.regulators, genes) + 8.0,
        width: cell,
        height: cell.clamp(SMALL + 1.5, TALLEST),
    };
    let bottom = grid.top + grid.height * map.targets.len() as f64;
    let mut scene = Scene::titled(bottom + 78.0, TITLE);
    let about = about(&map);
    scene.remark(&about);
    draw_names(&mut scene, &map, genes, grid);
    draw_cells(&mut scene, &map, genes, grid);
    let texts = [
        "influence, per unit of time: mean slope of the",
        "target's rate of change against the regulator",
    ];
    draw_colour_bar(&mut scene, (left, bottom + 22.0), map.end, texts);
    Drawing::new(scene, TITLE, described(&map, genes, &about))
}

fn longest_name(shown: &[Gene], genes: &Genes) -> f64 {
    let widths = shown.iter().map(|gene| width(genes.name(*gene), SMALL));
    widths.fold(20.0, f64::max).min(LONGEST_NAME)
}

/// Where the cells are, and their size.
#[derive(Clone, Copy)]
struct CellGrid {
    left: f64,
    top: f64,
    width: f64,
    height: f64,
}

fn draw_names(scene: &mut Scene, map: &InfluenceMap, genes: &Genes, grid: CellGrid) {
    for (i, gene) in map.targets.iter().enumerate() {
        let y = grid.top + grid.height * (i as f64 + 0.5);
        let name = shortened(genes.name(*gene), SMALL, LONGEST_NAME);
        scene.text((grid.left - 6.0, y), &name, TextStyle::small().end());
    }
    for (j, gene) in map.regulators.iter().enumerate() {
        let x = grid.left + grid.width * (j as f64 + 0.5);
        let name = shortened(genes.name(*gene), SMALL, LONGEST_NAME);
        scene.text((x, grid.top - 6.0), &name, TextStyle::small().upwards());
    }
    let middle = grid.left + grid.width * map.regulators.len() as f64 / 2.0;
    let middle = middle.min(f64::midpoint(WIDTH, grid.left));
    let style = TextStyle::text().middle();
    scene.text((middle, TOP + 6.0), "regulator", style);
    let middle = grid.top + grid.height * map.targets.len() as f64 / 2.0;
    scene.text((18.0, middle), "target", style.upwards());
}

fn draw_cells(scene: &mut Scene, map: &InfluenceMap, genes: &Genes, grid: CellGrid) {
    let size = (
        grid.width * map.regulators.len() as f64,
        grid.height * map.targets.len() as f64,
    );
    let ground = Fill::new(diverging(0.0)).edge(palette::PALE);
    scene.rect((grid.left, grid.top), size, 0.0, ground);
    for (i, (target, row)) in map.targets.iter().zip(&map.cells).enumerate() {
        for (j, (regulator, &x)) in map.regulators.iter().zip(row).enumerate() {
            if x == 0.0 {
                continue;
            }
            let (from, to) = (genes.name(*regulator), genes.name(*target));
            let name = format!("{from} → {to}: {}", significant(x, 2));
            let corner = (
                grid.left + grid.width * j as f64,
                grid.top + grid.height * i as f64,
            );
            let fill = Fill::new(diverging(x / map.end));
            scene.named(&name, |scene| {
                scene.rect(corner, (grid.width, grid.height), 0.0, fill);
            });
        }
    }
}

fn about(map: &InfluenceMap) -> String {
    let (targets, regulators) = (map.targets.len(), map.regulators.len());
    let all_regulators = count(map.all_regulators, "regulator");
    let all_targets = count(map.all_targets, "target");
    if targets == map.all_targets && regulators == map.all_regulators {
        return format!(
            "{all_regulators} and {all_targets} of the model; similar ones are next to each other."
        );
    }
    format!(
        "The strongest {regulators} of {all_regulators} and {targets} of {all_targets} of the \
         model; similar ones are next to each other."
    )
}

fn described(map: &InfluenceMap, genes: &Genes, about: &str) -> String {
    let largest = map.largest().map_or_else(String::new, |(i, j, x)| {
        format!(
            " The strongest influence is of {} on {}, {} per unit of time.",
            genes.name(map.regulators[j]),
            genes.name(map.targets[i]),
            significant(x, 2)
        )
    });
    format!(
        "A map with a row per target and a column per regulator; blue raises the target, orange \
         lowers it. {about}{largest}"
    )
}
