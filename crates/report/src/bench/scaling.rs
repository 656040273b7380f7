//! Seconds and peak memory against the number of genes.

use cistron_truth::benchmark::{Results, SizeSummary};

use crate::picture::Drawing;
use crate::svg::{
    Axes, Axis, Colour, Fill, Frame, Point, Sample, Scene, Stroke, legend_row, palette,
};

/// What a panel shows of a summary.
struct SizePanel {
    title: &'static str,
    value: fn(&SizeSummary) -> Option<f64>,
    left: f64,
}

const PANELS: [SizePanel; 2] = [
    SizePanel {
        title: "seconds",
        value: |size| Some(size.seconds?.mean),
        left: 64.0,
    },
    SizePanel {
        title: "peak memory of the process, MiB",
        value: |size| Some(size.peak_bytes? as f64 / f64::from(1 << 20)),
        left: 390.0,
    },
];
const PANEL: f64 = 236.0;
const TOP: f64 = 46.0;
const BOTTOM: f64 = 300.0;
/// Methods in a row of the legend.
const COLUMNS: usize = 3;

/// Both panels with logarithmic axes, one line per method; none unless there are two sizes.
pub(super) fn draw(results: &Results, suite: &str) -> Option<Drawing> {
    let sizes = results.sizes.iter().filter(|size| size.suite == suite);
    let sizes: Vec<&SizeSummary> = sizes
        .filter(|size| !size.method.starts_with("floor") && !size.method.starts_with("ceiling"))
        .collect();
    let smallest = sizes.iter().map(|size| size.genes).min()?;
    let largest = sizes.iter().map(|size| size.genes).max()?;
    if smallest == largest {
        return None;
    }
    let mut methods: Vec<&str> = Vec::new();
    for size in &sizes {
        if !methods.contains(&size.method.as_str()) {
            methods.push(&size.method);
        }
    }
    let rows = methods.len().div_ceil(COLUMNS) as f64;
    let title = format!("{suite}: time and memory by size");
    let mut scene = Scene::titled(BOTTOM + 50.0 + 20.0 * rows, &title);
    let genes = Axis::log_around(smallest as f64, largest as f64);
    for panel in &PANELS {
        panel.draw(&mut scene, &genes, &sizes, &methods);
    }
    for (row, row_methods) in methods.chunks(COLUMNS).enumerate() {
        let y = BOTTOM + 58.0 + 20.0 * row as f64;
        for (column, method) in row_methods.iter().enumerate() {
            let stroke = Stroke::new(colour(COLUMNS * row + column), 2.0);
            let from = (30.0 + 200.0 * column as f64, y);
            legend_row(
                &mut scene,
                from,
                &[(Sample::LineWithDot(stroke, 3.5), method)],
            );
        }
    }
    let description = format!(
        "{title}: seconds and peak memory of {} from {smallest} to {largest} genes, both on \
         logarithmic axes.",
        methods.join(", ")
    );
    Some(Drawing::new(scene, title, description))
}

fn colour(method: usize) -> Colour {
    palette::SERIES[method % palette::SERIES.len()]
}

impl SizePanel {
    fn draw(&self, scene: &mut Scene, genes: &Axis, sizes: &[&SizeSummary], methods: &[&str]) {
        let values = sizes.iter().filter_map(|size| (self.value)(size));
        let values: Vec<f64> = values.filter(|value| *value > 0.0).collect();
        if values.is_empty() {
            return;
        }
        let smallest = values.iter().copied().fold(f64::INFINITY, f64::min);
        let largest = values.iter().copied().fold(0.0, f64::max);
        let frame = Frame {
            left: self.left,
            top: TOP,
            right: self.left + PANEL,
            bottom: BOTTOM,
        };
        let axes = Axes::new(frame, genes.clone(), Axis::log_round(smallest, largest));
        axes.draw(scene, "genes", self.title);
        // the first method is above the others where lines meet
        for (at, method) in methods.iter().enumerate().rev() {
            let sizes = sizes.iter().filter(|size| size.method == *method);
            let points: Vec<Point> = sizes
                .filter_map(|size| Some(axes.at(size.genes as f64, (self.value)(size)?)))
                .collect();
            scene.line(&points, Stroke::new(colour(at), 2.0));
            for point in points {
                scene.dot(point, 3.5, Fill::new(colour(at)));
            }
        }
    }
}
