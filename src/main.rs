//! The command line of Cistron.
fn main() {}
