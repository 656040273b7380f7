//! A white sheet on which lines, shapes and texts are put, in pixels with a tenth.
//!
//! The pictures of a run say in words what they show, need no grid of whole pixels (they are
//! drawn larger for paper), and name what the pointer is on; the canvas of the benchmark's
//! pictures has none of these.

mod axes;
mod colour;
mod lettering;
mod look;
mod marks;
mod png;

pub(super) use axes::{Axes, Frame};
pub(super) use colour::{Colour, diverging, palette};
pub(super) use lettering::{shortened, spaced, width};
pub(super) use look::{Fill, Look, Stroke};
pub use png::{PngError, png};

use quick_xml::Writer;
use quick_xml::events::BytesText;

use cistron::io::shown_text;

/// A point in pixels, from the left upper corner.
pub(super) type Point = (f64, f64);

/// Width of most pictures: readable where a page is 600 pixels wide.
pub(super) const WIDTH: f64 = 640.0;
/// Size of most text.
pub(super) const TEXT: f64 = 12.5;
/// Size of ticks and remarks.
pub(super) const SMALL: f64 = 11.0;
/// Size of titles.
pub(super) const TITLE: f64 = 15.0;

/// A picture that is being drawn.
pub(super) struct Sheet {
    body: Writer<Vec<u8>>,
    size: (f64, f64),
}

const TAKES_ALL: &str = "a picture in memory takes everything";

impl Sheet {
    pub(super) fn new(width: f64, height: f64) -> Self {
        Self {
            body: Writer::new(Vec::new()),
            size: (width.ceil(), height.ceil()),
        }
    }

    /// The whole picture, with what it shows in words for those who do not see it.
    pub(super) fn finish(self, title: &str, description: &str) -> String {
        let [width, height] = [self.size.0, self.size.1].map(number);
        let mut xml = Writer::new(Vec::new());
        let body = self.body.into_inner();
        let body = std::str::from_utf8(&body).expect("written from texts");
        xml.create_element("svg")
            .with_attributes([
                ("xmlns", "http://www.w3.org/2000/svg"),
                ("width", width.as_str()),
                ("height", height.as_str()),
                ("viewBox", format!("0 0 {width} {height}").as_str()),
                ("role", "img"),
                ("font-family", "sans-serif"),
            ])
            .write_inner_content(|xml| {
                text_element(xml, "title", title)?;
                text_element(xml, "desc", description)?;
                xml.create_element("rect")
                    .with_attributes([("width", "100%"), ("height", "100%"), ("fill", "#ffffff")])
                    .write_empty()?;
                let body = BytesText::from_escaped(body);
                xml.write_event(quick_xml::events::Event::Text(body))
            })
            .expect(TAKES_ALL);
        let mut svg = String::from_utf8(xml.into_inner()).expect("written from texts");
        svg.push('\n');
        svg
    }

    /// What is drawn by `what` bears a name, which shows where the pointer rests.
    pub(super) fn named(&mut self, name: &str, what: impl FnOnce(&mut Self)) {
        let mut part = Self::new(self.size.0, self.size.1);
        what(&mut part);
        let inner = part.body.into_inner();
        let inner = std::str::from_utf8(&inner).expect("written from texts");
        self.body
            .create_element("g")
            .write_inner_content(|xml| {
                text_element(xml, "title", name)?;
                let inner = BytesText::from_escaped(inner);
                xml.write_event(quick_xml::events::Event::Text(inner))
            })
            .expect(TAKES_ALL);
    }

    fn empty(&mut self, name: &str, attributes: &[(&str, String)]) {
        let element = self.body.create_element(name);
        let attributes = attributes.iter().map(|(key, value)| (*key, value.as_str()));
        let written = element.with_attributes(attributes).write_empty();
        written.expect(TAKES_ALL);
    }
}

fn text_element(xml: &mut Writer<Vec<u8>>, name: &str, text: &str) -> std::io::Result<()> {
    let text = printable(text);
    let element = xml.create_element(name);
    element.write_text_content(BytesText::new(&text))?;
    Ok(())
}

/// A text on one line: blanks for line ends and tabs, `U+FFFD` for what is no character of XML.
pub(super) fn printable(text: &str) -> String {
    shown_text(&text.replace(['\t', '\n', '\r'], " "))
}

/// To a tenth of a pixel, as short as can be.
fn number(x: f64) -> String {
    let tenths = (x * 10.0).round();
    // −0 is 0
    let tenths = if tenths == 0.0 { 0.0 } else { tenths };
    format!("{}", tenths / 10.0)
}

#[cfg(test)]
mod tests;
