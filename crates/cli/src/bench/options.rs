//! Options that a suite does not use are refused, not passed over.

use super::BenchArgs;

/// Suites that are read from files.
const FILES: &[&str] = &["dream4", "beeline", "folder"];
/// Suites that are made here.
const SIMULATED: &[&str] = &["small", "generated", "scaling", "logic"];

/// Refuses what the suite has no use for, with the suites that have.
pub(super) fn check(args: &BenchArgs) -> Result<(), String> {
    let known = SIMULATED.iter().chain(FILES);
    let suite = known
        .copied()
        .find(|name| *name == args.suite)
        .unwrap_or("folder");
    let options: [(&str, bool, &[&str]); 7] = [
        ("--networks", args.networks.is_some(), &["generated"]),
        ("--first", args.first.is_some(), &["generated"]),
        ("--genes", args.genes.is_some(), &["generated"]),
        ("--sizes", !args.sizes.is_empty(), &["scaling"]),
        ("--law", args.law.is_some(), &["generated", "scaling"]),
        ("--shift-at", args.shift_at.is_some(), FILES),
        ("--write-data", args.write_data, SIMULATED),
    ];
    let unused = |(_, given, suites): &&(&str, bool, &[&str])| *given && !suites.contains(&suite);
    match options.iter().find(unused) {
        None => Ok(()),
        Some((option, _, suites)) => Err(format!(
            "{option}: the suite `{}` does not use it; leave it out, or choose {}",
            args.suite,
            suites.join(", ")
        )),
    }
}
