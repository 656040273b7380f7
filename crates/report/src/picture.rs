//! A picture and the name of its file.

use crate::svg::{PngError, Scene, TextStyle, palette};

/// A picture and the name of its file.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Picture {
    /// Name of the file, with the ending `.svg`.
    pub file: String,
    /// What it is called.
    pub title: String,
    /// What it shows, in words.
    pub description: String,
    scene: Scene,
}

impl Picture {
    /// The picture as SVG: text is text, and what is not markup of this crate is escaped.
    #[must_use]
    pub fn svg(&self) -> String {
        self.scene.svg(&self.title, &self.description)
    }

    /// The picture as PNG, at twice its size: the name of its file, and the bytes.
    ///
    /// # Errors   as [`Scene::png`].
    pub fn png(&self) -> Result<(String, Vec<u8>), PngError> {
        let name = self.file.strip_suffix(".svg").unwrap_or(&self.file);
        Ok((format!("{name}.png"), self.scene.png()?))
    }
}

/// A picture that has no file yet.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Drawing {
    title: String,
    description: String,
    scene: Scene,
}

impl Drawing {
    pub(crate) fn new(
        scene: Scene,
        title: impl Into<String>,
        description: impl Into<String>,
    ) -> Self {
        Self {
            title: title.into(),
            description: description.into(),
            scene,
        }
    }

    /// In place of a picture that would be empty.
    pub(crate) fn empty(title: &str, why: &str) -> Self {
        let mut scene = Scene::titled(90.0, title);
        let style = TextStyle::text().colour(palette::GREY);
        scene.text((14.0, 56.0), why, style);
        Self::new(scene, title, why)
    }

    pub(crate) fn named(self, file: impl Into<String>) -> Picture {
        Picture {
            file: file.into(),
            title: self.title,
            description: self.description,
            scene: self.scene,
        }
    }
}

/// Letters of a name in the name of a file, which may have 255 bytes on most systems.
const LONGEST: usize = 100;

/// The letters and digits of a name, with `_` for everything between them: its first hundred.
pub(crate) fn in_file_name(name: &str) -> String {
    let parts = name.split(|c: char| !c.is_ascii_alphanumeric());
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    let mut name = parts.join("_").to_lowercase();
    name.truncate(LONGEST);
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_hold_no_signs() {
        assert_eq!(in_file_name("linear, 5 %"), "linear_5");
        assert_eq!(in_file_name("Hill"), "hill");
        assert_eq!(in_file_name("../../etc/passwd\0"), "etc_passwd");
        assert_eq!(in_file_name(&"ab_".repeat(400)).len(), LONGEST);
    }
}
