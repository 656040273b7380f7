//! `cistron perturb`: effects of interventions, simulated with a fitted model.

mod intervention_args;
mod intervention_lists;
mod measured;
mod perturb_args;
mod perturb_command;
mod regulator_note;
mod response_pictures;
mod simulation;
mod single_response;

pub(crate) use perturb_args::PerturbArgs;
pub(crate) use perturb_command::run;
