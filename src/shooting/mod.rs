//! The refit of a field on its support, without shrinkage, through its differential equations.

mod blocks;
mod clamps;
mod descent;
mod layout;
mod objective;
mod relaxation;
mod rest;
mod shots;
mod states;
mod windows;

#[cfg(test)]
mod tests;

pub use descent::Outcome;
pub use states::Compared;
