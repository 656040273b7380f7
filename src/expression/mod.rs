//! Expression as it was measured: time series, cells with pseudotime, and transforms.

mod cells;
mod measured;
mod series;
mod transform;
mod window;

pub use cells::{Cells, CellsError, Lineage};
pub use measured::Measured;
pub use series::{Expression, SeriesError, TimeSeries};
pub use transform::{Scale, Transform, TransformError};
pub use window::{Window, WindowError};
