//! Expression as it was measured: time series, cells with pseudotime, steady states, and what
//! was done to the genes; transforms.

mod baseline;
mod cells;
mod data;
mod intervention;
mod level_difference;
mod levels;
mod noise_exponent;
mod observed_range;
mod recognition;
mod reference;
mod replicate_names;
mod replicates;
mod scale_choice;
mod series;
mod states;
mod steady_counts;
mod steady_states;
mod stored;
mod transform;
mod unit_match;
mod window;

// of a run's files, and for other crates of the workspace
#[doc(hidden)]
pub use baseline::Baseline;
pub use cells::{Cells, CellsError, Lineage};
pub(crate) use data::NamedScale;
pub use data::{Data, InputFile, Notes, Profiles};
// for arguments of other crates of the workspace
#[doc(hidden)]
pub use intervention::check_interventions;
pub use intervention::{Change, Intervention, InterventionError, Span};
pub(crate) use level_difference::series_differ;
#[doc(hidden)]
pub use observed_range::ObservedRange;
pub(crate) use reference::{reference_levels, reference_of_static, time_span};
pub(crate) use replicate_names::{numbered_stem, replicate_stem};
pub(crate) use replicates::by_interventions;
#[doc(hidden)]
pub use scale_choice::ScaleChoice;
pub use series::{Expression, SeriesError, TimeSeries};
pub use states::{State, States};
#[doc(hidden)]
pub use steady_counts::SteadyCounts;
pub use steady_states::{Origin, SteadySample, SteadyStates, SteadyStatesError};
pub use stored::Stored;
#[doc(hidden)]
pub use stored::StoredError;
#[doc(hidden)]
pub use transform::LevelTransform;
pub use transform::{Scale, Transform, TransformError};
#[doc(hidden)]
pub use unit_match::{SteadyUnit, UnitError};
pub use window::{Window, WindowError};
