//! The same pictures in pixels, for documents that take no SVG.

use std::sync::{Arc, OnceLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::Database;
use resvg::usvg::{Options, Tree};

/// Pixels of the PNG for one of the SVG, in both directions: sharp on paper.
const SCALE: f32 = 2.0;
/// Most pixels of a PNG on a side; larger pictures are drawn smaller.
const LARGEST: f32 = 16_000.0;

/// Why there is no PNG of a picture.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the picture cannot be drawn as PNG ({0}); the SVG shows the same")]
pub struct PngError(String);

/// Draws an SVG as PNG, at twice its size.
///
/// Texts are in DejaVu Sans, which is embedded: all machines draw the same. Characters that it
/// does not have, such as Chinese ones, are left out.
///
/// # Errors   [`PngError`] if the text is no SVG or has no size.
/// # Cost     `O(pixels)`; about 50 ms for a picture of this crate.
pub fn png(svg: &str) -> Result<Vec<u8>, PngError> {
    let failed = |error: &dyn ToString| PngError(error.to_string());
    let options = Options {
        font_family: "DejaVu Sans".to_owned(),
        fontdb: fonts(),
        ..Options::default()
    };
    let tree = Tree::from_str(svg, &options).map_err(|error| failed(&error))?;
    let (width, height) = (tree.size().width(), tree.size().height());
    let scale = SCALE.min(LARGEST / width.max(height));
    let pixels = |length: f32| (length * scale).round().max(1.0) as u32;
    let map = Pixmap::new(pixels(width), pixels(height));
    let mut map = map.ok_or_else(|| failed(&"its size is no size"))?;
    resvg::render(
        &tree,
        Transform::from_scale(scale, scale),
        &mut map.as_mut(),
    );
    map.encode_png().map_err(|error| failed(&error))
}

/// The embedded font, for whatever family is asked for.
fn fonts() -> Arc<Database> {
    static FONTS: OnceLock<Arc<Database>> = OnceLock::new();
    let load = || {
        let mut fonts = Database::new();
        fonts.load_font_data(dejavu::sans::regular().to_vec());
        fonts.set_sans_serif_family("DejaVu Sans");
        Arc::new(fonts)
    };
    FONTS.get_or_init(load).clone()
}
