//! Rows of dots, one dot a network.

use plotters::style::RGBColor;

use super::canvas::{Canvas, Stands, colour, draw};
use super::plot::Plot;
use super::scale::Scale;

/// A row.
pub(super) struct StripRow {
    /// Its name.
    pub(super) name: String,
    /// One value for every network and seed.
    pub(super) values: Vec<f64>,
    /// Mean over networks.
    pub(super) mean: f64,
    /// Its colour.
    pub(super) colour: RGBColor,
}

/// What stands around the rows.
pub(super) struct Strip<'a> {
    /// Above.
    pub(super) title: String,
    /// Below the axis.
    pub(super) axis: &'a str,
    /// A value with its name, as a dashed line through all rows.
    pub(super) mark: Option<(f64, &'a str)>,
}

const WIDTH: i32 = 720;
const ROW: i32 = 34;
const TOP: i32 = 66;
const LEFT: i32 = 190;
const RIGHT: i32 = 70;

impl Strip<'_> {
    /// Rows from above to below; the mean is a bar with its number beside the row.
    pub(super) fn draw(&self, rows: &[StripRow]) -> String {
        let bottom = TOP + ROW * rows.len() as i32;
        let most = rows
            .iter()
            .flat_map(|row| &row.values)
            .fold(0.0, |a: f64, b| a.max(*b));
        let plot = Plot {
            edges: (LEFT, TOP, WIDTH - RIGHT, bottom),
            x: Scale::linear(most),
            y: Scale::linear(1.0),
        };
        draw((WIDTH as u32, (bottom + 58) as u32), |canvas| {
            canvas.title((14, 24), &self.title);
            plot.x_axis(canvas, self.axis);
            plot.frame(canvas);
            if let Some((value, name)) = self.mark {
                let (x, _) = plot.at(value, 0.0);
                canvas.dashes(&[(x, TOP - 4), (x, bottom)], colour::VERMILION);
                canvas.text((x + 4, TOP - 11), name, Stands::Right, colour::VERMILION);
            }
            canvas.text(
                (WIDTH - RIGHT + 12, TOP - 11),
                "mean",
                Stands::Right,
                colour::GREY,
            );
            for (at, row) in rows.iter().enumerate() {
                row.draw(canvas, &plot, TOP + ROW * at as i32 + ROW / 2);
            }
        })
    }
}

impl StripRow {
    fn draw(&self, canvas: &Canvas<'_>, plot: &Plot, y: i32) {
        canvas.text((LEFT - 10, y), &self.name, Stands::Left, self.colour);
        for (at, &value) in self.values.iter().enumerate() {
            let (x, _) = plot.at(value, 0.0);
            canvas.dot((x, y + aside(at)), 3, self.colour, 0.45);
        }
        let (x, _) = plot.at(self.mean, 0.0);
        canvas.line(&[(x, y - 11), (x, y + 11)], self.colour, 3);
        let number = format!("{:.3}", self.mean);
        canvas.text((WIDTH - RIGHT + 12, y), &number, Stands::Right, self.colour);
    }
}

/// Dots of equal value do not hide one another: up and down by turns of the golden ratio.
fn aside(at: usize) -> i32 {
    let turn = (0.5 + at as f64 * 0.618_034).fract();
    ((turn - 0.5) * 16.0).round() as i32
}
