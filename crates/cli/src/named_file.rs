//! Values of options of the form `NAME=FILE`.

use std::str::FromStr;

/// The name of a method with the file of its edges.
#[derive(Clone, Debug)]
pub(crate) struct NamedFile {
    pub(crate) name: String,
    /// A path, or a pattern of paths.
    pub(crate) file: String,
}

impl FromStr for NamedFile {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.split_once('=') {
            Some((name, file)) if !name.trim().is_empty() && !file.is_empty() => Ok(Self {
                name: name.trim().to_owned(),
                file: file.to_owned(),
            }),
            _ => Err("expected NAME=FILE, such as `GENIE3=genie3.tsv`".to_owned()),
        }
    }
}
