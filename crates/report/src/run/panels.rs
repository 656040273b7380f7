//! Small fields with the courses of one gene: measured, and as the model has them.

use cistron::forecast::NoForecast;
use cistron::io::Curve;
use cistron::run::Run;
use faer::Mat;

use crate::svg::{
    Axes, Axis, Fill, Frame, Point, SMALL, Sample, Scene, Stroke, TextStyle, legend_row, palette,
    shortened,
};

/// One gene in one series.
pub(super) struct Panel<'a> {
    pub(super) curve: &'a Curve,
    pub(super) gene: usize,
}

/// Title of the axis of time.
pub(super) fn time_title(run: &Run) -> &'static str {
    let cells = NoForecast::Cells.to_string();
    if run.metrics.no_forecast.as_ref() == Some(&cells) {
        "pseudotime"
    } else {
        "time (units of the data)"
    }
}

fn fitted() -> Stroke {
    Stroke::new(palette::BLUE, 1.8)
}

fn forecast() -> Stroke {
    Stroke::new(palette::VERMILION, 1.5).dashed()
}

fn measured() -> Fill {
    Fill::new(palette::BLACK).opacity(0.65)
}

/// Radius of the dot of a sample, and where there are many.
const RADIUS: f64 = 1.9;
const SMALL_RADIUS: f64 = 1.2;
const MANY: usize = 60;

impl Panel<'_> {
    /// Smallest and largest level in all of these panels; from 0 to 1 without one.
    pub(super) fn range(panels: &[Self]) -> (f64, f64) {
        let levels = panels.iter().flat_map(Self::levels);
        let (low, high) = extent(levels);
        if low > high {
            (0.0, 1.0)
        } else if low == high {
            // a level that never changes is in the middle
            let aside = if low == 0.0 { 1.0 } else { low.abs() / 2.0 };
            (low - aside, low + aside)
        } else {
            (low, high)
        }
    }

    fn levels(&self) -> impl Iterator<Item = f64> {
        let gene = self.gene;
        let kinds = [
            Some(&self.curve.observed),
            Some(&self.curve.fitted),
            self.curve.forecast.as_ref(),
        ];
        let present = kinds.into_iter().flatten();
        present.flat_map(move |levels| levels.col(gene).iter().copied())
    }

    /// * `y`: the axis that panels of one gene share
    /// * `first`: whether the panel has the numbers of the levels
    pub(super) fn draw(&self, scene: &mut Scene, frame: Frame, y: &Axis, first: bool) {
        let times = &self.curve.times;
        let (start, end) = match extent(times.iter().copied()) {
            (start, end) if start <= end => (start, end),
            _ => (0.0, 1.0),
        };
        let ticks = match frame.right - frame.left {
            width if width < 110.0 => 2,
            width if width < 170.0 => 3,
            _ => 4,
        };
        let mut axes = Axes::new(frame, Axis::linear_exact(start, end, ticks), y.clone());
        axes.ends_inside = true;
        if first {
            axes.y_axis(scene, "");
        } else {
            axes.y_grid(scene);
        }
        axes.x_axis(scene, "");
        let radius = if times.len() > MANY {
            SMALL_RADIUS
        } else {
            RADIUS
        };
        for sample in self.points(&axes, &self.curve.observed) {
            scene.dot(sample, radius, measured());
        }
        if let Some(levels) = &self.curve.forecast {
            scene.line(&self.points(&axes, levels), forecast());
        }
        scene.line(&self.points(&axes, &self.curve.fitted), fitted());
        let name = shortened(&self.curve.series, SMALL, frame.right - frame.left - 4.0);
        let above = (frame.left + 3.0, frame.top - 7.0);
        scene.text(above, &name, TextStyle::small().colour(palette::GREY));
    }

    fn points(&self, axes: &Axes, levels: &Mat<f64>) -> Vec<Point> {
        let times = self.curve.times.iter().enumerate();
        times
            .map(|(k, time)| axes.at(*time, levels[(k, self.gene)]))
            .collect()
    }
}

/// Smallest and largest finite number; the smallest is above the largest if there is none.
fn extent(numbers: impl Iterator<Item = f64>) -> (f64, f64) {
    numbers
        .filter(|x| x.is_finite())
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| {
            (low.min(x), high.max(x))
        })
}

/// What dots and lines mean, in one row.
pub(super) fn legend(scene: &mut Scene, y: f64, with_forecast: bool) {
    let entries = [
        (Sample::Dots(measured(), RADIUS), "measured"),
        (Sample::Line(fitted()), "model, from the first sample"),
        (Sample::Line(forecast()), "model fitted without the series"),
    ];
    let shown = if with_forecast { 3 } else { 2 };
    legend_row(scene, (16.0, y), &entries[..shown]);
}
