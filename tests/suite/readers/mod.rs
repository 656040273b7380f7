//! Files of users: every layout, and what is wrong with them.

mod arrows;
mod bad_input;
mod cells;
mod doubtful_lists;
mod doubts;
mod edge_labels;
mod gene_columns;
mod header_rows;
mod interventions;
mod layouts;
mod look_alikes;
mod mislabelled;
mod mutants;
mod names_of_samples;
mod pairs;
mod replicates;
mod sample_metadata;
mod sample_tables;
mod several;
mod shapes;
mod steady;
mod steady_options;
mod texts;
mod time_columns;
mod time_tables;
mod times_across;
