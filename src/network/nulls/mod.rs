//! Null models: how strong edges look that cannot be true, and what known edges say of the others.
//!
//! The expected number of false edges that comes from the fit (`false_edges`) holds as far as the
//! model does. Three nulls know nothing of the model. Each puts other courses in the place of *all*
//! regulators, fits at most 500 random targets again and compares evidence `E⁰` with the evidence of
//! the network:
//!
//! ```text
//! e(r) = #{pairs of the null with E⁰ ≥ E(r)} · (pairs of the network / pairs of the null)
//! ```
//!
//! * `surrogate`: the regulators' courses with other phases or order: what autocorrelation and a
//!   small number of samples give
//! * `matched_genes`: genes that are not listed as regulators and look like them: what confounding
//!   gives, growth rate and batches for example
//! * `knockoffs`: random courses with the second moments of the regulators, where no list says
//!   which genes are not regulators, or too few are left to match
//!
//! Evidence of a null is brought to the units of the network: where evidence is divided by the size of
//! target `i` and multiplied by a factor of regulator `j`, both are those of the *network*, of the pair
//! that the null pair stands for. Sizes of the null fit itself answer another question (what if no
//! target had any regulator) and double the numbers: among the best 5 edges of DREAM4's networks of 10
//! genes 4.4 were then expected to be false, .6 with the network's sizes, and .4 are.
//!
//! | false among the best 100 / 500 | not known to be true | `surrogate` | `matched_genes` |
//! |---|---|---|---|
//! | *B. subtilis* | 57 / 199 | 0 / 1 | 18 / 191 |
//! | *E. coli* stress | 64 / 419 | 4 / 127 | 100 / 500 |
//! | yeast (Eisen) | 89 / 463 | 100 / 500 | 100 / 500 |
//! | yeast cycle, one course | 94 / 487 | 100 / 500 | 98 / 499 |
//!
//! measured with a prototype of the levels (ridge regression), pairs of regulators and targets with a
//! known edge. `Calibration` puts a number on what no null can see, from edges that are known.
//!
//! What none of them sees: a true regulator that is ranked above its true target's real cause because
//! both follow it, the direction of an edge between two listed regulators, and an unlisted cause that
//! follows the listed regulators more closely than any unlisted gene.

mod calibration;
mod components;
mod expected_false;
mod knockoffs;
mod matched;
mod surrogate;
mod unexplained;

pub use calibration::{Calibration, CalibrationError, KnownEdges, ShareKnown};
pub use expected_false::{at_least, expected_false_from_null};
pub use knockoffs::knockoffs;
pub use matched::matched_genes;
pub use surrogate::{SampleOrder, surrogate};
pub use unexplained::{GoesWith, SampleLabels, UnexplainedComponent, unexplained_components};

#[cfg(test)]
mod tests;
