//! Cistron: from expression that changes over time to a causal gene network that can be run
//! forwards.
//!
//! The expression `x ∈ ℝᵖ` of `p` genes, on a scale that stabilises its variance, follows
//!
//! ```text
//! dxᵢ/dt = fᵢ(x) − δᵢ xᵢ + Σ_c βᵢ_c u_c(t),     fᵢ(x) = aᵢ + (1/h) Σ_h σ(wᵢ_h · x + bᵢ_h)
//! ```
//!
//! with a small network `fᵢ` per target, decay `δᵢ ≥ 0` and the offsets `β` of conditions `u`.
//! Column `j` of the first layer `Wᵢ` is everything that regulator `j` says to target `i`; the
//! penalty `λ Σⱼ ωᵢⱼ ‖Wᵢ[:, j]‖₂` leaves few of them. Edges are ranked by how often half-samples
//! of the data select them and by the slopes `∂fᵢ/∂xⱼ` along the data; the fitted field predicts
//! knockouts, knockdowns and overexpression.
//!
//! ```
//! use cistron::expression::Change;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = tempfile::tempdir()?;
//! let data = cistron::open("networks/ecoli_motility/timeseries.tsv")?;
//! let run = cistron::infer(&data, &cistron::Settings::default())?;
//! for edge in run.network.top(10) {
//!     println!("{edge}"); // fliA → fliL  0.95
//! }
//! let knockout = run.model.perturb(&[("fliA", Change::Knockout)])?;
//! assert_eq!(knockout.rows(), 1); // a steady state, beside that of the wild type
//! # let out = folder.path().join("RUN");
//! # let out = out.as_path();
//! run.write(out)?; // the folder that the command writes
//! # Ok(())
//! # }
//! ```
//!
//! Each module uses only those above it, which a test checks:
//!
//! | module | what is in it |
//! |---|---|
//! | [`seed`] | one seed, a stream of random numbers for each purpose |
//! | [`genes`] | names of genes, checked once |
//! | [`prior`] | which regulators may act on which targets |
//! | [`expression`] | series, cells, steady states, interventions, scales; [`expression::Data`] |
//! | [`trajectory`] | from series and lineages to rows of the weak form |
//! | [`penalty`] | group penalties and their proximal operators |
//! | [`field`] | vector fields, the sparse field, interventions on a field |
//! | [`dynamics`] | steady states and courses of a field |
//! | [`fit`] | the sparse fit of every target, stability selection |
//! | [`influence`] | slopes of the field along the data |
//! | [`network`] | ranked, signed edges with their probabilities |
//! | [`perturb`] | predictions under interventions |
//! | [`refit`] | the field through its differential equations, without shrinkage |
//! | [`forecast`] | prediction of series that were left out |
//! | [`io`] | readers of users' files, tables of a run, exports |
//! | [`run`] | settings in, run out |

pub mod seed;

#[doc(hidden)]
pub mod numeric;

pub mod genes;

pub mod prior;

pub mod expression;

#[doc(hidden)]
pub mod segments;

pub mod trajectory;

pub mod penalty;

pub mod field;

pub mod dynamics;

pub mod fit;

pub mod influence;

#[doc(hidden)]
pub mod direct_effects;

pub mod network;

pub mod perturb;

pub mod refit;

pub mod forecast;

pub mod io;

pub mod run;

pub use io::open;
pub use run::{Run, Settings, infer};
