//! Known networks for Cistron: a kinetic simulator, scores against a known network, simple
//! baselines and the benchmark that joins them.
//!
//! | module | what is in it |
//! |---|---|
//! | [`simulate`] | networks with known kinetics and the experiments on them |
//! | [`evaluate`] | scores of edge lists and of predicted interventions |
//! | [`benchmark`] | suites, methods, summaries; baselines, a floor and a ceiling beside every claim |
//! | [`io`] | the files of all of these |

mod pearson;

pub mod simulate;

pub mod evaluate;

mod baselines;

pub mod benchmark;

pub mod io;
