//! What a result has to satisfy: symmetries, known edges, better than the baselines.

mod bench_targets;
mod invariance;
mod logic;
mod symmetry;
