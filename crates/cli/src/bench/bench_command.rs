//! Runs `cistron bench`: all methods on all cases.

use std::error::Error;
use std::process::ExitCode;

use cistron::run::FolderClaim;
use cistron_truth::benchmark::{Methods, Row, SLOW_ABOVE, Watcher, run as run_all};

use super::bench_args::BenchArgs;
use super::other_programs::OtherPrograms;
use super::suite_cases::SuiteCases;
use super::{result_files, simulated_data, suite_options};
use crate::files;
use crate::peak_memory::ProcessMeter;

/// Runs the subcommand.
///
/// * returns exit code 1 if a method failed on every network
///
/// # Errors   a message for the user; exit code 2.
pub(crate) fn run(args: &BenchArgs) -> Result<ExitCode, Box<dyn Error>> {
    suite_options::check(args)?;
    let others = OtherPrograms::new(&args.compare)?;
    let others_named = others.names();
    let mut methods = match args.suite.as_str() {
        "real" if args.methods.is_empty() => Methods::of_real_sets(&others_named),
        "static" => Methods::of_static_sets(&others_named),
        _ => Methods::all(&others_named),
    };
    if !args.methods.is_empty() {
        methods = methods
            .only(&args.methods)
            .map_err(|error| format!("--methods: {error}"))?;
    }
    let suite = SuiteCases::new(args)?;
    others.check(&suite, args.seeds)?;
    let _claim = FolderClaim::new(&args.out)?;
    args.threads.apply()?;
    let mut progress = |row: &Row| {
        if !args.quiet {
            files::note(&in_words(row));
        }
    };
    let mut watcher = Watcher {
        meter: &mut ProcessMeter::default(),
        progress: &mut progress,
    };
    let (mut rows, mut skipped) = (Vec::new(), Vec::new());
    for case in suite.cases(args.seeds) {
        let mut case = case?;
        let genes = case.data.genes().len();
        for name in methods.skipped_for_size(genes) {
            if !skipped.contains(&name) {
                skipped.push(name);
            }
        }
        case.external = others.edges(&case)?;
        if args.write_data {
            simulated_data::write(&args.out, &case)?;
        }
        let seeds = suite.seeds(&case, args.seeds);
        rows.extend(run_all([case], &methods, &seeds, &mut watcher));
        // so that an interrupted benchmark keeps its results
        result_files::write_rows(&args.out, &rows)?;
    }
    let mut notes = suite.notes();
    notes.extend(
        args.shift_at.map(|time| {
            format!("Only cistron and its linear form used the change at time {time}.")
        }),
    );
    if !skipped.is_empty() {
        notes.push(format!(
            "Above {SLOW_ABOVE} genes {} did not run; name it in `--methods` to run it at any size.",
            skipped.join(" and ")
        ));
    }
    let code = result_files::exit_code(&rows);
    result_files::finish(args, rows, suite.is_about_size(), notes)?;
    Ok(code)
}

fn in_words(row: &Row) -> String {
    let (case, method) = (&row.case, &row.method);
    match (&row.scores, &row.failure) {
        (Some(scores), _) => format!(
            "{case}: {method}: AUPR {:.3}, AUROC {:.3}, {:.1} s",
            scores.aupr, scores.auroc, row.seconds
        ),
        (None, why) => format!(
            "{case}: {method}: {}",
            why.as_deref().unwrap_or("no scores")
        ),
    }
}
