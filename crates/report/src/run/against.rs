//! Precision–recall and ROC of the run and its peers against a network that is known.

use super::Drawing;
use super::stability::thinned;
use crate::scale::Scale;
use crate::sheet::{Axes, Frame, Look, Point, Sheet, Stroke, TEXT, WIDTH, palette, shortened};
use cistron_truth::evaluate::{Ranking, auroc, average_precision, curve};

/// A ranking and its name.
type Named = (String, Ranking);
/// Its points, in the units of the axes.
type Curve = Vec<(f64, f64)>;

const FRAME: Frame = Frame {
    left: 70.0,
    top: 46.0,
    right: 430.0,
    bottom: 406.0,
};

fn stroke(at: usize) -> Stroke {
    let wide = if at == 0 { 2.4 } else { 1.6 };
    let stroke = Stroke::new(palette::SERIES[at % palette::SERIES.len()], wide);
    if at < palette::SERIES.len() {
        stroke
    } else {
        stroke.dashed()
    }
}

/// Precision against recall, in steps: the area below is the average precision.
pub(super) fn precision_recall(rankings: &[Named]) -> Drawing {
    let chance = rankings[0].1.density();
    let curves: Vec<Curve> = rankings.iter().map(|(_, ranking)| steps(ranking)).collect();
    let highest = curves.iter().flatten().map(|point| point.1);
    let most = highest.fold(chance, f64::max).clamp(0.05, 1.0);
    let axes = Axes::new(
        FRAME,
        Scale::linear_between(0.0, 1.0, 5),
        Scale::linear_between(0.0, most, 5),
    );
    let mut figure = Figure {
        title: "Precision and recall",
        measure: "AUPR",
        axes,
        random: [(0.0, chance), (1.0, chance)],
        random_area: chance,
    };
    let areas = rankings
        .iter()
        .map(|(_, ranking)| average_precision(ranking));
    figure.draw(
        rankings,
        (&curves, &areas.collect::<Vec<_>>()),
        (
            "recall: share of the true edges found",
            "precision: share of true edges among them",
        ),
    )
}

/// A step back in recall for every group of ties: no precision between them is promised.
fn steps(ranking: &Ranking) -> Curve {
    let mut before = 0.0;
    let mut points = Vec::new();
    for point in curve(ranking) {
        // precision that falls while nothing is found is no part of the area
        if point.recall <= before {
            continue;
        }
        points.push((before, point.precision));
        points.push((point.recall, point.precision));
        before = point.recall;
    }
    points
}

/// True against false positive rate.
pub(super) fn roc(rankings: &[Named]) -> Drawing {
    let along = |ranking: &Ranking| -> Curve {
        let points = curve(ranking).map(|point| (point.fpr, point.recall));
        std::iter::once((0.0, 0.0)).chain(points).collect()
    };
    let curves: Vec<Curve> = rankings.iter().map(|(_, one)| along(one)).collect();
    let unit = || Scale::linear_between(0.0, 1.0, 5);
    let mut figure = Figure {
        title: "Receiver operating characteristic (ROC)",
        measure: "AUROC",
        axes: Axes::new(FRAME, unit(), unit()),
        random: [(0.0, 0.0), (1.0, 1.0)],
        random_area: 0.5,
    };
    let areas = rankings.iter().map(|(_, ranking)| auroc(ranking));
    figure.draw(
        rankings,
        (&curves, &areas.collect::<Vec<_>>()),
        (
            "share of the other pairs taken (false positive rate)",
            "share of the true edges taken (true positive rate)",
        ),
    )
}

/// What differs between the two.
struct Figure {
    title: &'static str,
    measure: &'static str,
    axes: Axes,
    random: [(f64, f64); 2],
    random_area: f64,
}

impl Figure {
    fn draw(
        &mut self,
        rankings: &[Named],
        (curves, areas): (&[Curve], &[f64]),
        (x_title, y_title): (&str, &str),
    ) -> Drawing {
        let (key_top, row) = (FRAME.top + 8.0, 36.0);
        let key_bottom = key_top + row * (rankings.len() + 1) as f64;
        let mut sheet = Sheet::new(WIDTH, (FRAME.bottom + 52.0).max(key_bottom + 10.0));
        sheet.text((14.0, 22.0), self.title, Look::title());
        self.axes.draw(&mut sheet, x_title, y_title);
        let on_sheet = |points: &[(f64, f64)]| -> Vec<Point> {
            thinned(points.iter().map(|(x, y)| self.axes.at(*x, *y)))
        };
        let random = Stroke::new(palette::GREY, 1.4).dashed();
        sheet.line(&on_sheet(&self.random), random);
        for (at, ((name, _), points)) in rankings.iter().zip(curves).enumerate().rev() {
            sheet.named(name, |sheet| sheet.line(&on_sheet(points), stroke(at)));
        }
        let left = FRAME.right + 18.0;
        let rows = rankings
            .iter()
            .zip(areas)
            .enumerate()
            .map(|(at, ((name, _), area))| (name.as_str(), *area, stroke(at)))
            .chain([("random order", self.random_area, random)]);
        for (at, (name, area, stroke)) in rows.enumerate() {
            let y = key_top + row * at as f64;
            sheet.line(&[(left, y), (left + 24.0, y)], stroke);
            let room = WIDTH - left - 30.0 - 8.0;
            sheet.text((left + 30.0, y), &shortened(name, TEXT, room), Look::text());
            let area = format!("{} {area:.3}", self.measure);
            let look = Look::small().colour(palette::GREY);
            sheet.text((left + 30.0, y + 15.0), &area, look);
        }
        Drawing::new(sheet, self.title, self.described(rankings, areas))
    }

    fn described(&self, rankings: &[Named], areas: &[f64]) -> String {
        let (edges, pairs) = (rankings[0].1.edges(), rankings[0].1.pairs());
        let of = |((name, _), area): (&Named, &f64)| format!("{name} {area:.3}");
        let all: Vec<String> = rankings.iter().zip(areas).map(of).collect();
        format!(
            "Against a known network with {edges} true edges among {pairs} pairs. {}: {}; a random \
             order has {:.3}.",
            self.measure,
            all.join(", "),
            self.random_area
        )
    }
}
