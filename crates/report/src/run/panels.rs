//! Small fields with the courses of one gene: what was measured and what the model says.

use crate::scale::Scale;
use crate::sheet::{Axes, Fill, Frame, Look, Point, SMALL, Sheet, Stroke, palette, shortened};
use cistron::forecast::NoForecast;
use cistron::io::Curve;
use cistron::run::Run;

/// One gene in one series.
pub(super) struct Panel<'a> {
    pub(super) curve: &'a Curve,
    pub(super) gene: usize,
}

/// What the courses of a run go along.
pub(super) fn time_title(run: &Run) -> &'static str {
    let cells = NoForecast::Cells.to_string();
    if run.metrics.no_forecast.as_ref() == Some(&cells) {
        "pseudotime"
    } else {
        "time (units of the data)"
    }
}

/// The three kinds of a curve with their looks, as the key shows them.
const KINDS: [&str; 3] = [
    "measured",
    "model, from the first sample",
    "model that has not seen the series",
];

fn fitted() -> Stroke {
    Stroke::new(palette::BLUE, 1.8)
}

fn forecast() -> Stroke {
    Stroke::new(palette::VERMILION, 1.5).dashed()
}

fn measured() -> Fill {
    Fill::new(palette::BLACK).opacity(0.65)
}

impl Panel<'_> {
    /// Least and largest level in all of these panels; from 0 to 1 if there is none.
    pub(super) fn range(panels: &[Self]) -> (f64, f64) {
        let all = panels.iter().flat_map(Self::levels);
        let (low, high) = all
            .filter(|x| x.is_finite())
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| {
                (low.min(x), high.max(x))
            });
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

    /// * `y`: the scale that panels of one gene share
    /// * `first`: the panel has the numbers of the levels
    pub(super) fn draw(&self, sheet: &mut Sheet, frame: Frame, y: &Scale, first: bool) {
        let times = &self.curve.times;
        let ends = times.iter().filter(|time| time.is_finite());
        let (start, end) = ends.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), t| {
            (low.min(*t), high.max(*t))
        });
        let (start, end) = if start <= end {
            (start, end)
        } else {
            (0.0, 1.0)
        };
        let ticks = match frame.right - frame.left {
            wide if wide < 110.0 => 2,
            wide if wide < 170.0 => 3,
            _ => 4,
        };
        let mut axes = Axes::new(frame, Scale::linear_exact(start, end, ticks), y.clone());
        axes.ends_inside = true;
        if first {
            axes.y_axis(sheet, "");
        } else {
            axes.y_grid(sheet);
        }
        axes.x_axis(sheet, "");
        let points = |levels: &faer::Mat<f64>| -> Vec<Point> {
            let of = |(k, time): (usize, &f64)| axes.at(*time, levels[(k, self.gene)]);
            times.iter().enumerate().map(of).collect()
        };
        let radius = if times.len() > 60 { 1.2 } else { 1.9 };
        for at in points(&self.curve.observed) {
            if at.0.is_finite() && at.1.is_finite() {
                sheet.dot(at, radius, measured());
            }
        }
        if let Some(levels) = &self.curve.forecast {
            sheet.line(&points(levels), forecast());
        }
        sheet.line(&points(&self.curve.fitted), fitted());
        let name = shortened(&self.curve.series, SMALL, frame.right - frame.left - 4.0);
        let at = (frame.left + 3.0, frame.top - 7.0);
        sheet.text(at, &name, Look::small().colour(palette::GREY));
    }
}

/// What dots and lines mean, in one row.
pub(super) fn key(sheet: &mut Sheet, y: f64, with_forecast: bool) {
    let mut x = 16.0;
    for (at, text) in KINDS.into_iter().enumerate() {
        if at == 2 && !with_forecast {
            break;
        }
        let line = [(x, y), (x + 26.0, y)];
        match at {
            0 => {
                for part in [4.0, 13.0, 22.0] {
                    sheet.dot((x + part, y), 1.9, measured());
                }
            }
            1 => sheet.line(&line, fitted()),
            _ => sheet.line(&line, forecast()),
        }
        sheet.text((x + 32.0, y), text, Look::small());
        x += 32.0 + crate::sheet::width(text, SMALL) + 20.0;
    }
}
