//! The refit of a field through its differential equations: near the penalised fit where there are
//! only series, on a support that it chooses where interventions say what they do.

mod blocks;
mod candidates;
mod descent;
mod field_fit;
mod layout;
mod leave_one_out;
mod members;
mod noise;
mod objective;
mod rounds;
mod settings;
mod setup;
mod shots;
mod states;
mod trial;
mod windows;

#[cfg(test)]
mod recovery;
#[cfg(test)]
mod tests;

pub use descent::Outcome;
pub use field_fit::RefitReport;
#[doc(hidden)]
pub use field_fit::Support;
#[doc(hidden)]
pub use leave_one_out::{SeriesLeftOut, refit_leaving_one_out};
pub use rounds::{Refitted, learn_through_ode, refit_through_ode};
pub use settings::RefitSettings;
pub use setup::Observations;
#[cfg(test)]
pub(crate) use shots::minimised;
pub use states::Compared;
