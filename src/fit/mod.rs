//! From rows to component networks and their stability.

mod quadratic;
