//! Activities of regulators over the samples, from targets that are known before the fit.
//!
//! The mRNA of a regulator measures poorly how active it is: phosphorylation, ligands and sigma
//! factors act on the protein. Its known targets together show it. With the z-scored level `x_t` of
//! a target over `n` samples and the regulators `K(t)` that a list of known edges gives it,
//!
//! ```text
//! x_t = Σ_{r ∈ K(t)} w_{tr} a_r + noise
//!
//! min over w, a   Σ_t ‖x_t − Σ_r w_{tr} a_r‖²  +  n λ_w Σ_{tr} w_{tr}²/κ_{tr}  +  λ_a Σ_r ‖a_r − ω c_r m_r‖²
//! ```
//!
//! * `w_{tr}`: weight of the edge, standard deviations of the target for each of the activity; 0
//!   where the list has no edge. Its sign is free: repressors are often co-expressed with their
//!   targets, and most lists have no signs.
//! * `κ_{tr} ∈ (0, 1]`: confidence of the edge, relative to the largest of the list
//! * `a_r`: activity of the regulator in every sample, `n`, with mean 0 and variance 1: the product
//!   `w a` has no scale of its own
//! * `m_r`, `c_r`: z-scored mRNA of the regulator, and its correlation with the activity. `ω c_r m_r`
//!   is what the mRNA alone says of the activity, a weak statement.
//!
//! # Minimisation
//!
//! Alternating. For given activities every target is a ridge regression on its own regulators; for
//! given weights every sample is one on the rows of `W`, with one matrix for all samples,
//!
//! ```text
//! A = B G⁻¹,   B = Σ_t x_t w_tᵀ + λ_a ω [c_r m_r]_r,   G = WᵀW + λ_a I
//! ```
//!
//! and the columns of `A` are scaled to variance 1. Start: the first principal component of the
//! targets of every regulator. A few rounds: further ones fit `W` and `A` to one another rather than
//! to unseen targets.
//!
//! # Leaving a target out
//!
//! A target that is in the list would confirm its own edges: of edges that are wrong, those in the
//! list would rank above those that are not. So its row is left out when it is scored, and if it is a
//! regulator its mRNA as well. With `g = G⁻¹ w_t` and `A` before scaling, that is
//!
//! ```text
//! A ← A + (A w_t − x_t) gᵀ / (1 − w_tᵀ g),   G⁻¹ ← G⁻¹ + g gᵀ / (1 − w_tᵀ g)
//! ```
//!
//! exact for the weights of the other targets, which were fitted to activities that had seen the row.
//! A few rounds without the row take most of that away.
//!
//! # Lists that say nothing
//!
//! Activities from a list that is wrong for these data are worse than mRNA. Targets that were left out
//! in tenths tell: with a right list they follow their regulators' activities more than other targets
//! do ([`Activities::list_follows`], and [`EdgeAgreement`] for single edges).
//!
//! # Source
//!
//! Liao et al. (2003), Network component analysis, PNAS 100:15522; here regularised, so that it needs
//! no condition on the pattern of the edges, with confidences and mRNA, and with targets left out.

#![doc(hidden)]

mod activities;
mod agreement;
mod alternation;
mod regulons;
#[cfg(test)]
mod tests;

pub use activities::Activities;
pub use agreement::EdgeAgreement;
pub use alternation::ActivitySettings;
pub use regulons::KnownEdge;
