//! Small numerical kernels that the rest stands on: products, projections, linear systems, activations, order
//! statistics.

#![doc(hidden)]

mod activation;
mod decimal;
mod krylov;
mod memory;
mod missing;
mod product;
mod projection;
mod statistics;
mod z_scores;

pub(crate) use activation::{saturate, saturate_slope};
pub use decimal::{exact, rounded, short};
pub(crate) use krylov::{KrylovStop, krylov};
pub use memory::{in_bytes, machine_memory};
pub(crate) use missing::nan_if_null;
pub use product::{axpy, dot, gram, product, squared_norm};
pub use projection::Projection;
pub use statistics::{DEVIATION_OF_MAD, mean, median, quantile, standard_deviation};
pub use z_scores::{ZScores, squares_around};
