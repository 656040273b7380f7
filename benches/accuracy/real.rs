//! Real data with known edges, from the folder that `CISTRON_DATA` names.
//!
//! `cargo bench --bench accuracy -- real [--methods NAME,…] [--half] [--pairs N] [--no-refit]
//! [--seed N] [SET …]`, sets as `bsubtilis` or as paths of folders; the four below if none is given.
//! Prints a row for every method as it is finished, and then one table. With `--half` the edges of
//! half of the targets are given as prior knowledge, five times by targets, and by blocks of loci
//! where a set has `loci.tsv`.
#![expect(clippy::print_stdout, reason = "a bench prints its table")]

use std::error::Error;
use std::io::stdout;
use std::path::Path;

use cistron::run::Settings;
use cistron::seed::Seed;
use cistron_truth::benchmark::{
    Case, Methods, NoMeter, Results, Row, SplitUnit, Watcher, half_priors, run as run_all,
};
use cistron_truth::io::{read_real_set, write_bench_markdown};

const SETS: [&str; 4] = [
    "bsubtilis",
    "real_ecoli_stress",
    "real_yeast_eisen",
    "real_yeast_cycle_rnaseq",
];

struct Arguments {
    settings: Settings,
    methods: Vec<String>,
    half: bool,
    sets: Vec<String>,
}

fn arguments(given: &[String]) -> Result<Arguments, Box<dyn Error>> {
    let mut arguments = Arguments {
        settings: Settings::default(),
        methods: Vec::new(),
        half: false,
        sets: Vec::new(),
    };
    let settings = &mut arguments.settings;
    let mut given = given.iter();
    while let Some(argument) = given.next() {
        let mut value = || {
            given
                .next()
                .ok_or(format!("{argument}: a value is missing"))
        };
        match argument.as_str() {
            "--half" => arguments.half = true,
            "--no-refit" => settings.refit = None,
            "--seed" => settings.seed = Seed(value()?.parse()?),
            "--pairs" => settings.fit.pairs = value()?.parse()?,
            "--methods" => arguments.methods = value()?.split(',').map(str::to_owned).collect(),
            set => arguments.sets.push(set.to_owned()),
        }
    }
    if arguments.sets.is_empty() {
        arguments.sets = SETS.map(str::to_owned).to_vec();
    }
    Ok(arguments)
}

pub(crate) fn run(given: &[String]) -> Result<(), Box<dyn Error>> {
    let Ok(data) = std::env::var("CISTRON_DATA") else {
        println!("skipped: CISTRON_DATA names no folder with real data");
        return Ok(());
    };
    let arguments = arguments(given)?;
    let mut methods = Methods::of_real_sets(&[]);
    if !arguments.methods.is_empty() {
        methods = methods.only(&arguments.methods)?;
    }
    let mut rows = Vec::new();
    for set in &arguments.sets {
        let name = Path::new(set).file_name().unwrap_or_default();
        let case = read_real_set(&Path::new(&data).join(set), &name.to_string_lossy())?;
        let case = Case {
            settings: arguments.settings.clone(),
            ..case
        };
        for case in cases(case, &arguments)? {
            let mut watcher = Watcher {
                meter: &mut NoMeter,
                progress: &mut print_row,
            };
            rows.extend(run_all(
                [case],
                &methods,
                &[arguments.settings.seed],
                &mut watcher,
            ));
        }
    }
    write_bench_markdown(&Results::new(rows, false, Vec::new()), &mut stdout())?;
    Ok(())
}

/// The set itself, or its halves.
fn cases(case: Case, arguments: &Arguments) -> Result<Vec<Case>, Box<dyn Error>> {
    if !arguments.half {
        return Ok(vec![case]);
    }
    let seed = arguments.settings.seed;
    let mut cases = half_priors(&case, SplitUnit::Target, seed)?;
    if case.loci.is_some() {
        cases.extend(half_priors(&case, SplitUnit::Loci, seed)?);
    }
    Ok(cases)
}

fn print_row(row: &Row) {
    let (suite, case, method) = (&row.suite, &row.case, &row.method);
    let scores = row.scores.map_or_else(
        || row.failure.clone().unwrap_or_default(),
        |scores| format!("{:.4}", scores.aupr),
    );
    println!(
        "{suite}\t{case}\t{}\t{method}\t{scores}\t{:.1} s",
        row.replicate, row.seconds
    );
}
