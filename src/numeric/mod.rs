//! Small numerical kernels that the rest stands on: products, projections, linear systems, activations, order
//! statistics.

#![doc(hidden)]

mod activation;
mod krylov;
mod missing;
mod product;
mod projection;
mod statistics;
mod z_scores;

pub(crate) use activation::{saturate, saturate_slope};
pub(crate) use krylov::{KrylovStop, krylov};
pub(crate) use missing::nan_if_null;
pub use product::{axpy, dot, gram, product, squared_norm};
pub use projection::Projection;
pub use statistics::{DEVIATION_OF_MAD, mean, median, quantile, standard_deviation};
pub use z_scores::{ZScores, squares_around};
