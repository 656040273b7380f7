//! Rows of dots, one dot per network.

use crate::picture::Drawing;
use crate::svg::{
    Axes, Axis, Colour, Fill, Frame, SMALL, Scene, Stroke, TEXT, TextStyle, WIDTH, palette,
    shortened, width,
};

/// A row.
pub(super) struct DotRow {
    pub(super) name: String,
    /// One value per network.
    pub(super) values: Vec<f64>,
    /// Mean over networks.
    pub(super) mean: f64,
    pub(super) colour: Colour,
}

/// Rows with what is around them.
pub(super) struct DotPlot<'a> {
    pub(super) title: String,
    /// Title of the axis below.
    pub(super) axis: &'a str,
    /// A value with its name, as a dashed line through all rows.
    pub(super) mark: Option<(f64, &'a str)>,
    /// From above to below.
    pub(super) rows: Vec<DotRow>,
}

const ROW: f64 = 30.0;
const TOP: f64 = 62.0;
/// Most room for names.
const NAMES: f64 = 190.0;
/// Room for the means.
const MEANS: f64 = 62.0;

impl DotPlot<'_> {
    /// The mean is a bar with its number at the end of the row.
    pub(super) fn draw(self) -> Drawing {
        let names = self.rows.iter().map(|row| width(&row.name, TEXT));
        let names = names.fold(40.0, f64::max).min(NAMES);
        let values = self.rows.iter().flat_map(|row| &row.values);
        let frame = Frame {
            left: 14.0 + names + 10.0,
            top: TOP,
            right: WIDTH - MEANS,
            bottom: TOP + ROW * self.rows.len() as f64,
        };
        let largest = values.copied().fold(0.0, f64::max);
        let axes = Axes::new(frame, Axis::linear(largest), Axis::linear(1.0));
        let mut scene = Scene::titled(frame.bottom + 50.0, &self.title);
        axes.x_axis(&mut scene, self.axis);
        let left = [(frame.left, frame.top), (frame.left, frame.bottom)];
        scene.line(&left, Stroke::new(palette::GREY, 1.0));
        if let Some((value, name)) = self.mark {
            let x = axes.x_at(value);
            let line = [(x, frame.top - 4.0), (x, frame.bottom)];
            scene.line(&line, Stroke::new(palette::VERMILION, 1.2).dashed());
            let style = TextStyle::small().colour(palette::VERMILION);
            let above = frame.top - 10.0;
            // to the left where it would run into the heading of the means
            if x + 4.0 + width(name, SMALL) < frame.right {
                scene.text((x + 4.0, above), name, style);
            } else {
                scene.text((x - 4.0, above), name, style.end());
            }
        }
        let head = (frame.right + 12.0, frame.top - 10.0);
        scene.text(head, "mean", TextStyle::small().colour(palette::GREY));
        for (at, row) in self.rows.iter().enumerate() {
            row.draw(&mut scene, &axes, frame.top + ROW * (at as f64 + 0.5));
        }
        let description = self.described();
        Drawing::new(scene, self.title, description)
    }

    /// Means of all rows in words.
    fn described(&self) -> String {
        let means = self.rows.iter();
        let means: Vec<String> = means
            .map(|row| format!("{} {:.3}", row.name, row.mean))
            .collect();
        let mark = self.mark.map_or_else(String::new, |(value, name)| {
            format!(" The dashed line is {name}, {value:.3}.")
        });
        format!(
            "{}; {}. Means: {}.{mark}",
            self.title,
            self.axis,
            means.join(", ")
        )
    }
}

impl DotRow {
    fn draw(&self, scene: &mut Scene, axes: &Axes, y: f64) {
        let style = TextStyle::text().colour(self.colour);
        let name = shortened(&self.name, TEXT, NAMES);
        scene.text((axes.frame.left - 10.0, y), &name, style.end());
        let dot = Fill::new(self.colour).opacity(0.45);
        for (at, &value) in self.values.iter().enumerate() {
            scene.dot((axes.x_at(value), y + aside(at)), 3.0, dot);
        }
        let x = axes.x_at(self.mean);
        let bar = [(x, y - 10.0), (x, y + 10.0)];
        scene.line(&bar, Stroke::new(self.colour, 3.0));
        let mean = format!("{:.3}", self.mean);
        scene.text((axes.frame.right + 12.0, y), &mean, style);
    }
}

/// Dots of equal value do not hide one another: up and down by turns of the golden ratio, whose
/// multiples are spread most evenly.
fn aside(at: usize) -> f64 {
    ((0.5 + at as f64 * 0.618_034).fract() - 0.5) * 15.0
}
