//! The waist of the whole: rows of the weak form, whatever the data they come from.
//!
//! A row integrates the model over a segment `[t_a, t_b]`:
//! `x(t_b) − x(t_a) = Σ_q ω_q (f(x_q) − δ x_q) + ∫ u dt · β`. Time series, steady states,
//! velocities and transport paths all become such rows, and everything after them exists once.

#![doc(hidden)]

mod exponential;
mod quadrature;
mod weak_form;

pub use exponential::ExponentialWeights;
pub use quadrature::Quadrature;
pub use weak_form::{Covariate, RowKind, RowSpan, SegmentRow, Segments};
