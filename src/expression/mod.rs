//! Expression as it was measured: time series, cells with pseudotime, steady states, and what
//! was done to the genes; transforms.

mod baseline;
mod cells;
mod data;
mod intervention;
mod reference;
mod series;
mod states;
mod steady_counts;
mod steady_states;
mod transform;
mod window;

pub use baseline::Baseline;
pub use cells::{Cells, CellsError, Lineage};
pub use data::{Data, InputFile, Notes, Profiles};
// for arguments of other crates of the workspace
#[doc(hidden)]
pub use intervention::check_interventions;
pub use intervention::{Change, Intervention, InterventionError, Span};
pub(crate) use reference::{reference_levels, reference_of_static, time_span};
pub use series::{Expression, SeriesError, TimeSeries};
pub use states::{State, States};
pub use steady_counts::SteadyCounts;
pub use steady_states::{Origin, SteadySample, SteadyStates, SteadyStatesError};
pub use transform::{Scale, Transform, TransformError};
pub use window::{Window, WindowError};
