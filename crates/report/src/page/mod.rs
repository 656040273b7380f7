//! `report.html`: a run as one page that needs nothing else.
//!
//! The page has a static part, which is written here and can be read without JavaScript: a summary
//! in words, the network as a picture, the top edges, the genes, all pictures, the methods. Where
//! the program was built with the explorer (`web/`), its script then puts the interactive network
//! and tables in the place of the static ones; see `build.rs`.

mod explorer;
mod markup;
mod methods;
mod payload;
mod summary;
mod tables;

#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;

use std::io::{self, Write};

use serde_json::Value;

use cistron::run::Run;

use crate::Picture;
use crate::number::count;

use explorer::Explorer;
use markup::{Markup, data_block};
use payload::Payload;

const STYLE: &str = include_str!("page.css");
/// The picture in the place of the network where there is no explorer.
const NETWORK: &str = "network.svg";

const LEFT_OUT: &str = "<p class=\"note\">The interactive explorer was left out of this page. To get it, \
    write the page again with <code>cistron report RUN</code>.</p>\n";
const HOW_TO_GET_IT: &str = "<p class=\"note\">This page was written by a Cistron that was built without \
    its interactive explorer. To get it, install <a href=\"https://nodejs.org\">Node.js</a> (18 or \
    newer), build Cistron again with <code>CISTRON_EXPLORER=on cargo build --release</code>, and \
    write the page again with <code>cistron report RUN</code>.</p>\n";

/// A page about a run.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    /// The run.
    pub run: &'a Run,
    /// Pictures of it, in the order in which they are shown; `network.svg` is with the network.
    pub pictures: &'a [Picture],
    /// For a page with a live model behind it: what its client needs to ask it
    /// (`web/src/live/protocol.ts`). The page may then connect to where it comes from; without, it
    /// connects to nothing.
    pub live: Option<&'a Value>,
    /// Whether the interactive part is in the page, if the program was built with it.
    pub interactive: bool,
}

/// Writes `report.html`: everything about a run as one file, which needs no network access.
///
/// The same run and pictures give the same bytes: no time of writing is in it.
///
/// # Errors   of the sink.
/// # Cost     at most 2,000 edges and 200,000 values of courses; that of the layout of the edges.
pub fn write_report(run: &Run, pictures: &[Picture], sink: &mut dyn Write) -> io::Result<()> {
    let page = Page {
        run,
        pictures,
        live: None,
        interactive: true,
    };
    page.write(sink)
}

/// Whether the program was built with the interactive part of the page.
#[must_use]
pub fn has_explorer() -> bool {
    Explorer::built().is_some()
}

impl Page<'_> {
    /// Writes the page, as [`write_report`].
    ///
    /// # Errors   those of [`write_report`].
    pub fn write(&self, sink: &mut dyn Write) -> io::Result<()> {
        self.with(self.explorer(), sink)
    }

    fn with(&self, explorer: Option<Explorer>, sink: &mut dyn Write) -> io::Result<()> {
        let mut page = Markup::default();
        self.head(explorer, &mut page);
        self.banner(&mut page);
        page.raw("<main>\n");
        summary::write(self.run, &mut page);
        self.network(explorer, &mut page);
        tables::write_edges(self.run, &mut page);
        tables::write_genes(self.run, &mut page);
        self.pictures(&mut page);
        methods::write(self.run, explorer, &mut page);
        page.raw("</main>\n");
        sink.write_all(page.as_str().as_bytes())?;
        if let Some(app) = explorer {
            let payload = serde_json::to_string(&Payload::new(self.run, self.live))?;
            write!(
                sink,
                "<script type=\"application/json\" id=\"cistron-data\">{}</script>\n<script>{}</script>\n",
                data_block(&payload),
                app.script
            )?;
        }
        sink.write_all(b"</body>\n</html>\n")
    }

    fn head(&self, explorer: Option<Explorer>, page: &mut Markup) {
        page.raw("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        page.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        let policy = self.policy_with(explorer);
        page.open(
            "meta",
            &[
                ("http-equiv", "Content-Security-Policy"),
                ("content", &policy),
            ],
        );
        page.raw("\n<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n");
        page.element("title", &format!("Cistron: {}", self.title()));
        page.raw("\n<style>\n").raw(STYLE);
        if let Some(app) = explorer {
            page.raw(app.style);
        }
        page.raw("</style>\n</head>\n<body>\n");
    }

    /// The content policy in the head of the page, for a server that sends it too:
    /// nothing is loaded, and only our own script runs.
    #[must_use]
    pub fn policy(&self) -> String {
        self.policy_with(self.explorer())
    }

    fn explorer(&self) -> Option<Explorer> {
        Explorer::built().filter(|_| self.interactive)
    }

    fn policy_with(&self, explorer: Option<Explorer>) -> String {
        let script = explorer.map_or("'none'", |app| app.policy);
        let connect = if self.live.is_some() {
            "'self'"
        } else {
            "'none'"
        };
        format!(
            "default-src 'none'; script-src {script}; style-src 'unsafe-inline'; connect-src {connect}; base-uri 'none'; form-action 'none'"
        )
    }

    fn title(&self) -> String {
        format!("network of {}", count(self.run.genes().len(), "gene"))
    }

    /// The head of the page: what it is about, and the way to its sections.
    fn banner(&self, page: &mut Markup) {
        let record = &self.run.record;
        page.raw("<a class=\"skip\" href=\"#network\">Skip to the network</a>\n<header class=\"banner\">\n<div>");
        let made = format!("Cistron {}", record.cistron);
        page.open("p", &[("class", "eyebrow")])
            .text(made.trim())
            .close("p");
        page.element("h1", &format!("Causal {}", self.title()));
        let names: Vec<&str> = record
            .inputs
            .iter()
            .map(|file| file_name(&file.path))
            .collect();
        if !names.is_empty() {
            page.open("p", &[("class", "sources")])
                .text(&format!("from {}", names.join(", ")))
                .close("p");
        }
        page.raw("</div>\n<div id=\"theme\"></div>\n<nav aria-label=\"Sections\"><a href=\"#summary\">Summary</a> <a href=\"#network\">Network</a> <a href=\"#edges\">Edges</a> <a href=\"#genes\">Genes</a> ");
        if !self.pictures.is_empty() {
            page.raw("<a href=\"#pictures\">Pictures</a> ");
        }
        page.raw("<a href=\"#methods\">Methods</a></nav>\n</header>\n");
    }

    fn network(&self, explorer: Option<Explorer>, page: &mut Markup) {
        page.raw("<section id=\"network\" aria-labelledby=\"network-title\">\n<h2 id=\"network-title\">Network</h2>\n");
        if let Some(caution) = self.run.network.caution() {
            page.open("p", &[("class", "caution"), ("role", "note")]);
            page.text(&caution).close("p").raw("\n");
        }
        page.raw("<div id=\"explorer\">\n");
        match self.pictures.iter().find(|picture| picture.file == NETWORK) {
            Some(picture) => figure(picture, page),
            None => {
                page.raw("<p>There is no picture of the network; the top edges are below.</p>\n");
            }
        }
        if explorer.is_none() {
            page.raw(if has_explorer() {
                LEFT_OUT
            } else {
                HOW_TO_GET_IT
            });
        }
        page.raw("</div>\n");
        if let (Some(_), Some((shown, all))) = (explorer, payload::groups_left_out(self.run)) {
            page.open("p", &[("class", "note")]).text(&format!(
                "To keep this page small, it has the effects in single groups for the top {shown} of {all}; all of them are in groups.tsv."
            ));
            page.close("p").raw("\n");
        }
        page.raw("<div id=\"live-model\" hidden></div>\n</section>\n");
    }

    fn pictures(&self, page: &mut Markup) {
        if self.pictures.is_empty() {
            return;
        }
        page.raw("<section id=\"pictures\" aria-labelledby=\"pictures-title\">\n<h2 id=\"pictures-title\">Pictures</h2>\n<div id=\"picture-list\">\n");
        for picture in self.pictures.iter().filter(|p| p.file != NETWORK) {
            figure(picture, page);
        }
        page.raw("</div>\n</section>\n");
    }
}

/// A picture with its description and the name of its file below.
fn figure(picture: &Picture, page: &mut Markup) {
    page.raw("<figure class=\"picture\">");
    let region = [
        ("class", "paper"),
        ("tabindex", "0"),
        ("role", "region"),
        ("aria-label", picture.title.as_str()),
    ];
    page.open("div", &region).picture(picture).raw("</div>");
    page.raw("<figcaption>")
        .text(&picture.description)
        .raw(" ")
        .element("code", &picture.file)
        .raw("</figcaption></figure>\n");
}

fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}
