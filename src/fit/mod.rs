//! From rows of the weak form to component networks, and their stability.
//!
//! For every target `i`, over the rows `r` with nodes `x`, quadrature `ω` and weights `w`,
//!
//! ```text
//! min over W, b, a, δ ≥ 0, β
//!     ½ Σ_r w_r (Δx_r − Σ_q ω_rq [a + Σ_k σ_{s_k}(W_k · x_q + b_k) − δ x_q,i] − D_r β)²
//!     + λ Σ_j c_j sd_j ‖W_{·j}‖₂
//! ```
//!
//! * `Δx_r`: increment of the target over row `r`, on the model's scale
//! * `W_{·j}`: the group of weights of regulator `j`, one per unit; no group, no edge
//! * `a`, `δ`, `β`: intercept, decay and coefficients of the covariates `D`, without penalty
//! * `c_j`: the prior's factor; `sd_j`: length of the regulator's column once the part without a
//!   penalty is projected out, so that all regulators are penalised alike
//!
//! Every target is fitted independently: first the linear part (one wide unit), whose `λ` held-out
//! segments choose (`target`, `quadratic`); then, where it leaves second-order terms, networks with
//! narrow units too, if they predict held-out segments better (`second_order`, `nonlinear`,
//! `network`). Stability selection repeats the fit on complementary half-samples (`stability`).
//!
//! Source: Yuan & Lin (2006), J. R. Stat. Soc. B 68:49, for the penalty.

mod collinear;
mod dense;
mod fit_settings;
mod held_out;
mod increment_rows;
mod lambda_path;
mod linear_selection;
mod model;
mod moments;
mod network;
mod nonlinear;
mod offsets;
mod other_regulators;
mod quadratic;
mod rows_fit;
mod second_order;
mod stability;
mod subsample;
mod sweep;
mod target;
mod target_rows;

pub(crate) use collinear::collinear;
pub use fit_settings::FitSettings;
pub(crate) use rows_fit::WholeFit;
pub use sweep::{Continue, FitError, Unwatched, Watch};

// parts of a run, for baselines, checkpoints and tests; a user goes through a run
#[doc(hidden)]
pub use dense::KnownActivities;
#[doc(hidden)]
pub use held_out::HeldOut;
#[doc(hidden)]
pub use linear_selection::TargetSelection;
#[doc(hidden)]
pub use model::{RegularisationPath, TargetModel};
#[doc(hidden)]
pub use offsets::{OffsetChoice, choose_offsets};
#[doc(hidden)]
pub use other_regulators::SubstituteFit;
#[doc(hidden)]
pub use stability::Tally;
#[doc(hidden)]
pub use sweep::{FastTargets, Sweep, TargetFit};
