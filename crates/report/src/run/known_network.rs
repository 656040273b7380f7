//! Precision–recall and ROC of the run and its peers against a known network.

use cistron_truth::evaluate::{Ranking, auroc, average_precision, curve};

use super::series_stroke;
use super::stability::thinned;
use crate::picture::Drawing;
use crate::svg::{
    Axes, Axis, Frame, Point, Scene, Stroke, TEXT, TextStyle, WIDTH, palette, shortened,
};

/// A ranking and its name.
type NamedRanking = (String, Ranking);

const FRAME: Frame = Frame {
    left: 70.0,
    top: 46.0,
    right: 430.0,
    bottom: 406.0,
};
/// Height of a row of the legend.
const ROW: f64 = 36.0;

/// One ranking as it is drawn.
struct RankingCurve<'a> {
    name: &'a str,
    /// In the units of the axes.
    points: Vec<(f64, f64)>,
    area: f64,
    stroke: Stroke,
}

impl<'a> RankingCurve<'a> {
    fn new(at: usize, name: &'a str, points: Vec<(f64, f64)>, area: f64) -> Self {
        // the run's own comes first
        let width = if at == 0 { 2.4 } else { 1.6 };
        Self {
            name,
            points,
            area,
            stroke: series_stroke(at, width),
        }
    }
}

/// Precision against recall, in steps: the area below is the average precision.
pub(super) fn precision_recall(rankings: &[NamedRanking]) -> Drawing {
    let curves: Vec<RankingCurve<'_>> = rankings
        .iter()
        .enumerate()
        .map(|(at, (name, ranking))| {
            RankingCurve::new(at, name, steps(ranking), average_precision(ranking))
        })
        .collect();
    let chance = rankings[0].1.density();
    let precisions = curves.iter().flat_map(|curve| &curve.points);
    let highest = precisions.map(|point| point.1).fold(chance, f64::max);
    let precision = Axis::linear_between(0.0, highest.clamp(0.05, 1.0), 5);
    Figure {
        title: "Precision and recall",
        measure: "AUPR",
        x_title: "recall: share of the true edges found",
        y_title: "precision: share of true edges among them",
        axes: Axes::new(FRAME, unit_axis(), precision),
        random: [(0.0, chance), (1.0, chance)],
        random_area: chance,
    }
    .draw(&rankings[0].1, &curves)
}

/// A step back in recall for every group of ties: no precision between them is promised.
fn steps(ranking: &Ranking) -> Vec<(f64, f64)> {
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
pub(super) fn roc(rankings: &[NamedRanking]) -> Drawing {
    let curves: Vec<RankingCurve<'_>> = rankings
        .iter()
        .enumerate()
        .map(|(at, (name, ranking))| {
            let rates = curve(ranking).map(|point| (point.fpr, point.recall));
            let points = std::iter::once((0.0, 0.0)).chain(rates).collect();
            RankingCurve::new(at, name, points, auroc(ranking))
        })
        .collect();
    Figure {
        title: "Receiver operating characteristic (ROC)",
        measure: "AUROC",
        x_title: "share of the other pairs taken (false positive rate)",
        y_title: "share of the true edges taken (true positive rate)",
        axes: Axes::new(FRAME, unit_axis(), unit_axis()),
        random: [(0.0, 0.0), (1.0, 1.0)],
        random_area: 0.5,
    }
    .draw(&rankings[0].1, &curves)
}

fn unit_axis() -> Axis {
    Axis::linear_between(0.0, 1.0, 5)
}

/// The difference between the two.
struct Figure {
    title: &'static str,
    measure: &'static str,
    x_title: &'static str,
    y_title: &'static str,
    axes: Axes,
    random: [(f64, f64); 2],
    random_area: f64,
}

impl Figure {
    fn draw(&self, own: &Ranking, curves: &[RankingCurve<'_>]) -> Drawing {
        let legend_top = FRAME.top + 8.0;
        let legend_bottom = legend_top + ROW * (curves.len() + 1) as f64;
        let height = (FRAME.bottom + 52.0).max(legend_bottom + 10.0);
        let mut scene = Scene::titled(height, self.title);
        self.axes.draw(&mut scene, self.x_title, self.y_title);
        let random = Stroke::new(palette::GREY, 1.4).dashed();
        scene.line(&self.points(&self.random), random);
        for curve in curves.iter().rev() {
            let points = self.points(&curve.points);
            scene.named(curve.name, |scene| scene.line(&points, curve.stroke));
        }
        let rows = curves
            .iter()
            .map(|curve| (curve.name, curve.area, curve.stroke));
        let rows = rows.chain([("random order", self.random_area, random)]);
        for (at, (name, area, stroke)) in rows.enumerate() {
            let (left, y) = (FRAME.right + 18.0, legend_top + ROW * at as f64);
            scene.line(&[(left, y), (left + 24.0, y)], stroke);
            let name = shortened(name, TEXT, WIDTH - left - 38.0);
            scene.text((left + 30.0, y), &name, TextStyle::text());
            let area = format!("{} {area:.3}", self.measure);
            let style = TextStyle::small().colour(palette::GREY);
            scene.text((left + 30.0, y + 15.0), &area, style);
        }
        Drawing::new(scene, self.title, self.described(own, curves))
    }

    fn points(&self, points: &[(f64, f64)]) -> Vec<Point> {
        thinned(points.iter().map(|(x, y)| self.axes.at(*x, *y)))
    }

    fn described(&self, own: &Ranking, curves: &[RankingCurve<'_>]) -> String {
        let areas: Vec<String> = curves
            .iter()
            .map(|curve| format!("{} {:.3}", curve.name, curve.area))
            .collect();
        format!(
            "Against a known network with {} true edges among {} pairs. {}: {}; a random order has \
             {:.3}.",
            own.edges(),
            own.pairs(),
            self.measure,
            areas.join(", "),
            self.random_area
        )
    }
}
