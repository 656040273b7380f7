//! Files of pictures: SVG, PNG or both.

use std::error::Error;
use std::path::Path;

use cistron_report::Picture;
use clap::ValueEnum;

use crate::files::Output;

/// Folder of the pictures in the folder of a run.
pub(crate) const PICTURES: &str = "pictures";

/// Formats of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum PictureFormat {
    /// Lines and text, sharp at any size.
    Svg,
    /// Pixels, at twice the size.
    Png,
    /// Both.
    Both,
}

/// The files of pictures in a folder.
///
/// # Errors   if a picture cannot be drawn as PNG.
pub(crate) fn picture_outputs(
    pictures: &[Picture],
    format: PictureFormat,
    folder: &Path,
) -> Result<Vec<Output<'static>>, Box<dyn Error>> {
    let mut outputs = Vec::new();
    for picture in pictures {
        if format != PictureFormat::Png {
            let svg = picture.svg().into_bytes();
            outputs.push(whole_file(folder, &picture.file, svg));
        }
        if format != PictureFormat::Svg {
            let png = picture.png();
            let (name, bytes) = png.map_err(|error| format!("{}: {error}", picture.file))?;
            outputs.push(whole_file(folder, &name, bytes));
        }
    }
    Ok(outputs)
}

fn whole_file(folder: &Path, name: &str, bytes: Vec<u8>) -> Output<'static> {
    Output::new(folder.join(name), move |sink| sink.write_all(&bytes))
}
