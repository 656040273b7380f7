//! `cistron perturb`: what interventions do to a fitted model.

mod intervention_args;
mod intervention_lists;
mod perturb_command;
mod response_pictures;
mod single_response;

pub(crate) use perturb_command::{PerturbArgs, run};
