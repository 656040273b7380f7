//! Refuses options that a suite does not use.

use super::bench_args::BenchArgs;

/// Suites that are read from files.
const FILES: &[&str] = &["dream4", "beeline", "folder", "real", "static"];
/// Those of them that have series.
const WITH_SERIES: &[&str] = &["dream4", "beeline", "folder", "real"];
/// Suites that are simulated.
const SIMULATED: &[&str] = &["small", "generated", "scaling", "logic"];

/// An option of some suites.
struct SuiteOption {
    name: &'static str,
    given: bool,
    suites: &'static [&'static str],
}

/// Refuses options that the suite does not use.
///
/// # Errors   the first of them, with the suites that use it.
pub(super) fn check(args: &BenchArgs) -> Result<(), String> {
    let known = SIMULATED.iter().chain(FILES);
    let suite = known
        .copied()
        .find(|name| *name == args.suite)
        .unwrap_or("folder");
    for SuiteOption {
        name,
        given,
        suites,
    } in options(args)
    {
        if given && !suites.contains(&suite) {
            return Err(format!(
                "{name}: the suite `{}` does not use it; drop the option, or choose {}",
                args.suite,
                suites.join(", ")
            ));
        }
    }
    Ok(())
}

fn options(args: &BenchArgs) -> [SuiteOption; 7] {
    [
        ("--networks", args.networks.is_some(), &["generated"][..]),
        ("--first", args.first.is_some(), &["generated"]),
        ("--genes", args.genes.is_some(), &["generated"]),
        ("--sizes", !args.sizes.is_empty(), &["scaling"]),
        ("--law", args.law.is_some(), &["generated", "scaling"]),
        ("--shift-at", args.shift_at.is_some(), WITH_SERIES),
        ("--write-data", args.write_data, SIMULATED),
    ]
    .map(|(name, given, suites)| SuiteOption {
        name,
        given,
        suites,
    })
}
