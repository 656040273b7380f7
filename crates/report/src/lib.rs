//! Pictures and the page of a Cistron run, of simulated interventions and of benchmarks.
//!
//! Every picture is a scene of lines, shapes and texts ([`svg`]), written as SVG or painted as PNG,
//! with a title and a description for those who do not see it. Colours are those of Okabe and Ito,
//! which people with any colour vision tell apart.

mod number;

pub mod svg;

mod picture;

mod response;

mod run;

mod bench;

mod page;

pub use bench::pictures;
pub use number::count;
pub use page::{Page, has_explorer, write_report};
pub use picture::Picture;
pub use response::{
    ComparedChange, GeneLevels, LevelTitles, TopChange, compared_changes, courses, steady_levels,
    top_changes,
};
pub use run::{PictureSettings, run_pictures};
pub use svg::PngError;
