//! Expression as it was measured: time series, cells with pseudotime, states at rest, and what
//! was done to the genes; transforms.

mod baseline;
mod cells;
mod data;
mod intervention;
mod reference;
mod resting;
mod resting_counts;
mod series;
mod states;
mod transform;
mod window;

pub use baseline::Baseline;
pub use cells::{Cells, CellsError, Lineage};
pub use data::{Data, InputFile, Notes, Profiles};
pub use intervention::{Change, Intervention, InterventionError, Span, check_interventions};
pub(crate) use reference::{reference_levels, time_span};
pub use resting::{Origin, RestingError, RestingSample, RestingStates};
pub use resting_counts::RestingCounts;
pub use series::{Expression, SeriesError, TimeSeries};
pub use states::{State, States};
pub use transform::{Scale, Transform, TransformError};
pub use window::{Window, WindowError};
