//! Markup that no text can break: everything but literals of this program is escaped.

use quick_xml::escape::escape;

use cistron::io::shown_text;

use crate::Picture;

/// A piece of a page, growing.
#[derive(Clone, Debug, Default)]
pub(super) struct Markup(String);

impl Markup {
    /// Adds markup that is a literal of this program.
    pub(super) fn raw(&mut self, markup: &'static str) -> &mut Self {
        self.0.push_str(markup);
        self
    }

    /// Adds text.
    pub(super) fn text(&mut self, text: &str) -> &mut Self {
        self.0.push_str(&escape(shown_text(text)));
        self
    }

    /// Adds an element that holds only text.
    pub(super) fn element(&mut self, tag: &'static str, text: &str) -> &mut Self {
        self.open(tag, &[]).text(text).close(tag)
    }

    /// Adds an opening tag.
    pub(super) fn open(
        &mut self,
        tag: &'static str,
        attributes: &[(&'static str, &str)],
    ) -> &mut Self {
        self.0.push('<');
        self.0.push_str(tag);
        for (name, value) in attributes {
            self.0.push(' ');
            self.0.push_str(name);
            self.0.push_str("=\"");
            self.text(value);
            self.0.push('"');
        }
        self.0.push('>');
        self
    }

    /// Adds a closing tag.
    pub(super) fn close(&mut self, tag: &'static str) -> &mut Self {
        self.0.push_str("</");
        self.0.push_str(tag);
        self.0.push('>');
        self
    }

    /// Adds a list of texts, if there are any.
    pub(super) fn list<S: AsRef<str>>(&mut self, items: &[S]) -> &mut Self {
        if items.is_empty() {
            return self;
        }
        self.raw("<ul>");
        for item in items {
            self.element("li", item.as_ref());
        }
        self.raw("</ul>\n")
    }

    /// Adds a picture as SVG, in which texts are escaped.
    pub(super) fn picture(&mut self, picture: &Picture) -> &mut Self {
        self.0.push_str(&picture.svg());
        self
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

/// JSON as it may be in a `<script>` element: no `<` is left that could close it or open a
/// comment in it.
pub(super) fn data_block(json: &str) -> String {
    json.replace('<', "\\u003c")
}

#[cfg(test)]
mod tests {
    use super::*;

    const NASTY: &str = "</script><b a=\"1\" c='2'>&amp;\u{0}\u{1b}é\u{2028}<!--";

    #[test]
    fn no_text_becomes_markup() {
        let mut page = Markup::default();
        page.open("p", &[("title", NASTY)]).text(NASTY).close("p");
        let inner = page.as_str().strip_prefix("<p title=\"").expect("the tag");
        let (title, rest) = inner.split_once('"').expect("the end of the title");
        let text = rest
            .strip_prefix('>')
            .and_then(|rest| rest.strip_suffix("</p>"));
        for part in [title, text.expect("the text")] {
            assert!(
                !part.contains(['<', '>', '"', '\'', '\0', '\u{1b}']),
                "{part}"
            );
            assert!(part.contains("&amp;amp;") && part.contains('é'), "{part}");
        }
    }

    #[test]
    fn data_in_a_script_are_the_same_data_and_cannot_end_it() {
        let json = serde_json::to_string(NASTY).expect("a string");
        let block = data_block(&json);
        assert!(!block.contains('<'), "{block}");
        let back: String = serde_json::from_str(&block).expect("still JSON");
        assert_eq!(back, NASTY);
    }
}
