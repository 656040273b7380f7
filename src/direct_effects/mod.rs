//! What the genes' responses to interventions say about who acts on whom.
//!
//! A target `i` answers intervention `k` by `y_k`, its change from the wild type in units of its
//! noise. What it answers to are the changes `x_kj` of its regulators: that of the gene that was
//! changed, and those of the genes that followed.
//!
//! ```text
//! y_k = Σ_j γ_ij b_ij x_kj + noise,     γ_ij ∈ {0, 1}
//! ```
//!
//! A direct edge is one that this sum cannot do without. A response that came down a chain is
//! explained by the chain's last link, whose own change stands in the same row.

mod cause;
mod effect;
mod explanation;
mod member;
mod odds;
mod posterior;
mod responses;
#[cfg(test)]
mod tests;

pub use posterior::{Candidates, Posterior, posterior};
pub use responses::Responses;
