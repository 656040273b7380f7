//! Known networks: those that ship with the project, and generated ones.

mod behaviour;
mod generated;
mod library;
