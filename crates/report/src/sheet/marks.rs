//! Lines, shapes and texts on a sheet.

use quick_xml::events::BytesText;

use super::look::{Fill, Look, Stroke, Turn};
use super::{Point, Sheet, TAKES_ALL, number, printable};

impl Sheet {
    /// A line through points; it is interrupted where one is no number.
    pub(crate) fn line(&mut self, points: &[Point], stroke: Stroke) {
        let numbers = |point: &Point| point.0.is_finite() && point.1.is_finite();
        for part in points.split(|point| !numbers(point)) {
            if part.len() > 1 {
                let mut attributes = vec![("points", joined(part)), ("fill", "none".to_owned())];
                attributes.extend(stroke.attributes());
                self.empty("polyline", &attributes);
            }
        }
    }

    /// A curve from `from` to `to`, drawn towards `by` in between.
    pub(crate) fn bend(&mut self, [from, by, to]: [Point; 3], stroke: Stroke) {
        let [a, b, c, d, e, f] = [from.0, from.1, by.0, by.1, to.0, to.1].map(number);
        let path = format!("M{a} {b}Q{c} {d} {e} {f}");
        let mut attributes = vec![("d", path), ("fill", "none".to_owned())];
        attributes.extend(stroke.attributes());
        self.empty("path", &attributes);
    }

    pub(crate) fn polygon(&mut self, corners: &[Point], fill: Fill) {
        let mut attributes = vec![("points", joined(corners))];
        attributes.extend(fill.attributes());
        self.empty("polygon", &attributes);
    }

    /// * `corner`: the left upper one
    /// * `round`: radius of its corners
    pub(crate) fn rect(&mut self, corner: Point, size: Point, round: f64, fill: Fill) {
        let mut attributes = vec![
            ("x", number(corner.0)),
            ("y", number(corner.1)),
            ("width", number(size.0)),
            ("height", number(size.1)),
        ];
        if round > 0.0 {
            attributes.push(("rx", number(round)));
        }
        attributes.extend(fill.attributes());
        self.empty("rect", &attributes);
    }

    pub(crate) fn dot(&mut self, at: Point, radius: f64, fill: Fill) {
        let mut attributes = vec![
            ("cx", number(at.0)),
            ("cy", number(at.1)),
            ("r", number(radius)),
        ];
        attributes.extend(fill.attributes());
        self.empty("circle", &attributes);
    }

    /// A text; half of its height is above its point.
    pub(crate) fn text(&mut self, at: Point, text: &str, look: Look) {
        let (x, y) = (number(at.0), number(at.1));
        let mut attributes = vec![
            ("x", x.clone()),
            ("y", y.clone()),
            ("dy", "0.35em".to_owned()),
            ("font-size", number(look.size)),
        ];
        if look.anchor != "start" {
            attributes.push(("text-anchor", look.anchor.to_owned()));
        }
        if look.colour != super::palette::BLACK {
            attributes.push(("fill", look.colour.to_string()));
        }
        if look.turn == Turn::Upwards {
            attributes.push(("transform", format!("rotate(-90 {x} {y})")));
        }
        if look.halo {
            let halo = [
                ("stroke", "#ffffff"),
                ("stroke-width", "3"),
                ("paint-order", "stroke"),
                ("stroke-linejoin", "round"),
            ];
            attributes.extend(halo.map(|(key, value)| (key, value.to_owned())));
        }
        let attributes = attributes.iter().map(|(key, value)| (*key, value.as_str()));
        let element = self.body.create_element("text").with_attributes(attributes);
        let written = element.write_text_content(BytesText::new(&printable(text)));
        written.expect(TAKES_ALL);
    }
}

impl Stroke {
    fn attributes(self) -> Vec<(&'static str, String)> {
        let mut all = vec![
            ("stroke", self.colour.to_string()),
            ("stroke-width", number(self.width)),
            ("stroke-linejoin", "round".to_owned()),
        ];
        if self.dashed {
            all.push(("stroke-dasharray", "6 4".to_owned()));
        }
        if self.opacity < 1.0 {
            all.push(("stroke-opacity", hundredths(self.opacity)));
        }
        all
    }
}

impl Fill {
    fn attributes(self) -> Vec<(&'static str, String)> {
        let mut all = vec![("fill", self.colour.to_string())];
        if self.opacity < 1.0 {
            all.push(("fill-opacity", hundredths(self.opacity)));
        }
        if let Some(edge) = self.edge {
            all.push(("stroke", edge.to_string()));
        }
        all
    }
}

fn joined(points: &[Point]) -> String {
    let mut all = String::new();
    for (x, y) in points {
        if !all.is_empty() {
            all.push(' ');
        }
        all += &number(*x);
        all.push(',');
        all += &number(*y);
    }
    all
}

fn hundredths(x: f64) -> String {
    format!("{}", (x * 100.0).round() / 100.0)
}
