//! A scene as elements of SVG.

use std::fmt::Write;

use quick_xml::escape::escape;

use super::lettering::printable;
use super::scene::{Mark, Point, Scene};
use super::style::{Anchor, Fill, Stroke, TextStyle};
use super::{Colour, palette};

impl Scene {
    /// The scene as SVG, with what it shows in words for those who do not see it.
    ///
    /// It has no ids and refers to nothing, so that several pictures can be in one page. What is
    /// not markup of this module is escaped.
    #[must_use]
    pub fn svg(&self, title: &str, description: &str) -> String {
        let [width, height] = [self.size.0, self.size.1].map(number);
        let (title, description) = (printable(title), printable(description));
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\" role=\"img\" font-family=\"sans-serif\">\
             <title>{}</title><desc>{}</desc>\
             <rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>",
            escape(&title),
            escape(&description)
        );
        write_marks(&mut svg, &self.marks);
        svg.push_str("</svg>\n");
        svg
    }
}

fn write_marks(svg: &mut String, marks: &[Mark]) {
    for mark in marks {
        match mark {
            Mark::Line { points, stroke } => {
                let points = joined(points);
                let attributes = [("points", points.as_str()), ("fill", "none")];
                write_element(svg, "polyline", &attributes, &stroke.attributes());
            }
            Mark::Curve { points, stroke } => {
                let [from, by, to] = points;
                let [a, b, c, d, e, f] = [from.0, from.1, by.0, by.1, to.0, to.1].map(number);
                let path = format!("M{a} {b}Q{c} {d} {e} {f}");
                let attributes = [("d", path.as_str()), ("fill", "none")];
                write_element(svg, "path", &attributes, &stroke.attributes());
            }
            Mark::Polygon { corners, fill } => {
                let points = joined(corners);
                let attributes = [("points", points.as_str())];
                write_element(svg, "polygon", &attributes, &fill.attributes());
            }
            Mark::Rect {
                corner,
                size,
                round,
                fill,
            } => {
                let [x, y, width, height, rx] =
                    [corner.0, corner.1, size.0, size.1, *round].map(number);
                let attributes = [
                    ("x", x.as_str()),
                    ("y", y.as_str()),
                    ("width", width.as_str()),
                    ("height", height.as_str()),
                    ("rx", rx.as_str()),
                ];
                let count = if *round > 0.0 { 5 } else { 4 };
                write_element(svg, "rect", &attributes[..count], &fill.attributes());
            }
            Mark::Circle {
                middle,
                radius,
                fill,
            } => {
                let [x, y, r] = [middle.0, middle.1, *radius].map(number);
                let attributes = [("cx", x.as_str()), ("cy", y.as_str()), ("r", r.as_str())];
                write_element(svg, "circle", &attributes, &fill.attributes());
            }
            Mark::Text { at, text, style } => write_text(svg, *at, text, *style),
            Mark::Named { name, marks } => {
                write!(svg, "<g><title>{}</title>", escape(name)).expect(TAKES_ALL);
                write_marks(svg, marks);
                svg.push_str("</g>");
            }
        }
    }
}

const TAKES_ALL: &str = "a text in memory takes everything";

fn write_element(
    svg: &mut String,
    tag: &str,
    attributes: &[(&str, &str)],
    looks: &[(&str, String)],
) {
    let looks = looks.iter().map(|(key, value)| (*key, value.as_str()));
    write!(svg, "<{tag}").expect(TAKES_ALL);
    for (key, value) in attributes.iter().copied().chain(looks) {
        write!(svg, " {key}=\"{value}\"").expect(TAKES_ALL);
    }
    svg.push_str("/>");
}

fn write_text(svg: &mut String, at: Point, text: &str, style: TextStyle) {
    let (x, y, size) = (number(at.0), number(at.1), number(style.size));
    // half of the height of a capital letter, as the reader's font is not known
    write!(
        svg,
        "<text x=\"{x}\" y=\"{y}\" dy=\"0.35em\" font-size=\"{size}\""
    )
    .expect(TAKES_ALL);
    match style.anchor {
        Anchor::Start => {}
        Anchor::Middle => svg.push_str(" text-anchor=\"middle\""),
        Anchor::End => svg.push_str(" text-anchor=\"end\""),
    }
    if style.colour != palette::BLACK {
        write!(svg, " fill=\"{}\"", style.colour).expect(TAKES_ALL);
    }
    if style.upwards {
        write!(svg, " transform=\"rotate(-90 {x} {y})\"").expect(TAKES_ALL);
    }
    if style.halo {
        write!(
            svg,
            " stroke=\"{}\" stroke-width=\"{}\" paint-order=\"stroke\" stroke-linejoin=\"round\"",
            palette::WHITE,
            TextStyle::HALO
        )
        .expect(TAKES_ALL);
    }
    write!(svg, ">{}</text>", escape(text)).expect(TAKES_ALL);
}

impl Stroke {
    fn attributes(self) -> Vec<(&'static str, String)> {
        let mut attributes = vec![
            ("stroke", self.colour.to_string()),
            ("stroke-width", number(self.width)),
            ("stroke-linejoin", "round".to_owned()),
        ];
        if self.dashed {
            let (dash, gap) = Self::DASH;
            attributes.push(("stroke-dasharray", format!("{dash} {gap}")));
        }
        if self.opacity < 1.0 {
            attributes.push(("stroke-opacity", hundredths(self.opacity)));
        }
        attributes
    }
}

impl Fill {
    fn attributes(self) -> Vec<(&'static str, String)> {
        let mut attributes = vec![("fill", self.colour.to_string())];
        if self.opacity < 1.0 {
            attributes.push(("fill-opacity", hundredths(self.opacity)));
        }
        attributes.extend(self.edge.map(|edge: Colour| ("stroke", edge.to_string())));
        attributes
    }
}

fn joined(points: &[Point]) -> String {
    let mut text = String::new();
    for (x, y) in points {
        if !text.is_empty() {
            text.push(' ');
        }
        text += &number(*x);
        text.push(',');
        text += &number(*y);
    }
    text
}

/// To a tenth of a pixel, as short as can be.
fn number(x: f64) -> String {
    let tenths = (x * 10.0).round();
    // −0 is 0
    let tenths = if tenths == 0.0 { 0.0 } else { tenths };
    format!("{}", tenths / 10.0)
}

fn hundredths(x: f64) -> String {
    format!("{}", (x * 100.0).round() / 100.0)
}
