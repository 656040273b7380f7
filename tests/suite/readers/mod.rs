//! Files of users: every layout, and what is wrong with them.

mod bad_input;
mod cells;
mod edge_labels;
mod interventions;
mod layouts;
mod look_alikes;
mod mutants;
mod names_of_samples;
mod pairs;
mod replicates;
mod sample_metadata;
mod sample_tables;
mod several;
mod shapes;
mod steady;
mod texts;
mod time_columns;
mod time_tables;
mod times_across;
