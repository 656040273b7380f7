//! The refit of a field through its differential equations, on a support that it chooses.

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
pub use leave_one_out::refit_leaving_one_out;
pub use rounds::{Refitted, refit_through_ode};
pub use settings::RefitSettings;
pub use setup::Observations;
#[cfg(test)]
pub(crate) use shots::minimised;
pub use states::Compared;
