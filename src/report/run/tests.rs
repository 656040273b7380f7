//! Pictures of runs hold what the runs hold.
