//! Causal gene networks, and models that can be run forwards, from expression that changes over
//! time.
//!
//! The expression `x` of the genes follows
//!
//! ```text
//! dxᵢ/dt = aᵢ + Σ_h s_h(w_{ih}·x + b_{ih}) − δᵢ xᵢ + Σ_c β_{ic} u_c(t)
//! ```
//!
//! with few regulators for each target `i`: the columns of `wᵢ` are penalised as groups. Integrated
//! over the intervals between samples this is a regression for each target, without derivatives
//! of noisy data. Half-samples of the intervals say how often a regulator is needed; from that, and
//! from responses to interventions where there are any, edges get a probability. The model is then
//! fitted again through its differential equations.
//!
//! ```
//! use cistron::expression::Change;
//! use cistron::{Settings, infer};
//!
//! let data = cistron::open("networks/ecoli_motility/timeseries.tsv")?;
//! # let mut settings = Settings::default();
//! # settings.fit.pairs = 4; // for the time that the example takes
//! # settings.refit.as_mut().expect("the default").members = 2;
//! # let run = infer(&data, &settings)?;
//! # let _ = |_: ()| -> Result<(), Box<dyn std::error::Error>> {
//! let run = infer(&data, &Settings::default())?;
//! # Ok(()) };
//! for edge in run.network.top(10) {
//!     println!("{edge}"); // fliA → fliL  0.87
//! }
//! let knockout = run.model.perturb(&[("fliA", Change::Knockout)])?; // steady state with bands
//! # let folder = std::env::temp_dir().join(format!("cistron-example-{}", std::process::id()));
//! run.write(&folder)?; // the files that `cistron infer` writes
//! # assert_eq!(cistron::Run::open(&folder)?.genes(), run.genes());
//! # std::fs::remove_dir_all(&folder)?;
//! # assert_eq!(run.network.top(10).count(), 10);
//! # let fli_a = run.genes().find("fliA").expect("a gene of the data");
//! # assert_eq!(knockout.perturbed(0, fli_a), 0.0);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Modules in their order; each uses only those above it, which a test checks:
//!
//! * [`seed`]: randomness as an argument: one seed, a stream per purpose
//! * `numeric`: statistics and linear algebra
//! * [`genes`]: distinct names, and the index that stands for a gene
//! * `loci`: where genes are on their chromosomes
//! * [`prior`]: which genes may regulate which
//! * [`expression`]: data: series, cells, steady states, interventions, scales
//! * `segments`: rows of the weak form
//! * [`trajectory`]: from series and pseudotime to these rows
//! * `regime`: fast or slow, for every gene
//! * [`penalty`]: group lasso, lasso, sparse group lasso, MCP
//! * [`field`]: vector fields, the fitted one among them
//! * [`dynamics`]: steady states and time courses of a field
//! * `activity`: activities of regulators from known targets
//! * [`fit`]: the fit of every target, and stability selection
//! * [`influence`]: slopes of a field along data
//! * `direct_effects`: responses to interventions, and what they say of edges
//! * [`network`]: ranked, signed edges with probabilities
//! * [`perturb`]: interventions simulated on a model
//! * [`refit`]: the refit through the differential equations
//! * [`forecast`]: prediction of series that were left out
//! * [`io`]: readers, writers, exports
//! * [`run`]: settings in, run out; its folder, and how it is resumed

pub mod seed;

#[doc(hidden)]
pub mod numeric;

pub mod genes;

#[doc(hidden)]
pub mod loci;

pub mod prior;

pub mod expression;

#[doc(hidden)]
pub mod segments;

pub mod trajectory;

#[doc(hidden)]
pub mod regime;

pub mod penalty;

pub mod field;

pub mod dynamics;

#[doc(hidden)]
pub mod activity;

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
