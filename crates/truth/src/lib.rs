//! Known networks for Cistron: a kinetic simulator, scores against a known network, simple
//! baselines and the benchmark that joins them.
//!
//! | module | what is in it |
//! |---|---|
//! | [`simulate`] | networks with known kinetics and the experiments on them |
//! | [`evaluate`] | scores of edge lists and of predicted interventions |
//! | [`baselines`] | simple methods to stand beside every claim, a floor and a ceiling |
//! | [`benchmark`] | suites, methods, summaries |
//! | [`io`] | the files of all of these |

mod pearson;

pub mod simulate;

pub mod evaluate;

pub mod baselines;

pub mod benchmark;

pub mod io;
