//! `cistron bench FOLDER`: every method on every known network of a folder.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;

use cistron::benchmark::{Case, External, Row, Watcher, methods, run as run_all, summarise};
use cistron::discovery::{OffsetSetting, Settings};
use cistron::evaluate::UniverseSettings;
use cistron::expression::Measured;
use cistron::io::{
    SeriesOptions, read_beeline, read_edge_list, read_gold, read_series, write_bench_json,
    write_bench_markdown, write_bench_table,
};
use cistron::prior::Prior;
use cistron::seed::Seed;

use super::files::{self, Output};
use super::memory::ProcessMeter;

/// Compare this program with simple methods on networks that are known.
///
/// Every folder below FOLDER that holds timeseries.tsv and gold.tsv (or truth.tsv), or BEELINE's
/// ExpressionData.csv, PseudoTime.csv and refNetwork.csv, is a case.
#[derive(Args, Clone, Debug)]
pub(crate) struct BenchArgs {
    /// Folder of known networks
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,
    /// Folder for bench.tsv, bench.json and bench.md; made if it is not there
    #[arg(short, long, value_name = "FOLDER")]
    out: PathBuf,
    /// Seeds of the methods: 1 … N
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..=1000))]
    seeds: u64,
    /// Time at which the condition of every series changes, if all methods may know it
    #[arg(long, value_name = "TIME", allow_negative_numbers = true)]
    shift_at: Option<f64>,
    /// A row for another program's edges; {case} in FILE stands for the case's path below FOLDER
    #[arg(long, value_name = "NAME=FILE")]
    compare: Vec<String>,
    /// Print no progress and no table
    #[arg(short, long)]
    quiet: bool,
}

/// Files of a case: expression, pseudotime for cells, truth.
struct Files {
    folder: PathBuf,
    expression: PathBuf,
    pseudotime: Option<PathBuf>,
    truth: PathBuf,
}

/// Runs the subcommand.
///
/// # Errors   a message for the user; exit code 2.
pub(crate) fn run(args: &BenchArgs) -> Result<(), Box<dyn Error>> {
    let compared = args.compared()?;
    let mut found = Vec::new();
    collect(&args.folder, 4, &mut found)?;
    if found.is_empty() {
        return Err(format!(
            "{}: no folder below it holds timeseries.tsv and gold.tsv, or ExpressionData.csv, \
             PseudoTime.csv and refNetwork.csv; give the folder of the known networks",
            args.folder.display()
        )
        .into());
    }
    files::make_folder(&args.out)?;
    let cases = found.iter().map(|files| args.case(files, &compared));
    let cases: Vec<Case> = cases.collect::<Result<_, _>>()?;
    let names: Vec<String> = compared.iter().map(|(name, _)| name.clone()).collect();
    let seeds: Vec<Seed> = (1..=args.seeds).map(Seed).collect();
    let mut progress = |row: &Row| {
        if !args.quiet {
            files::note(&told(row));
        }
    };
    let mut watcher = Watcher {
        meter: &mut ProcessMeter::default(),
        progress: &mut progress,
    };
    let rows = run_all(cases, &methods(&names), &seeds, &mut watcher);
    let summaries = summarise(&rows);
    files::replace_all(&mut [
        Output::new(args.out.join("bench.tsv"), |sink| {
            write_bench_table(&rows, sink)
        }),
        Output::new(args.out.join("bench.json"), |sink| {
            write_bench_json(&rows, &summaries, sink)
        }),
        Output::new(args.out.join("bench.md"), |sink| {
            write_bench_markdown(&summaries, sink)
        }),
    ])?;
    if args.quiet {
        return Ok(());
    }
    let mut text = Vec::new();
    write_bench_markdown(&summaries, &mut text)?;
    files::print(&String::from_utf8_lossy(&text))
}

impl BenchArgs {
    /// Names and patterns of the lists to compare with.
    fn compared(&self) -> Result<Vec<(String, String)>, String> {
        let split = |text: &String| match text.split_once('=') {
            Some((name, file)) if !name.is_empty() && !file.is_empty() => {
                Ok((name.to_owned(), file.to_owned()))
            }
            _ => Err(format!(
                "--compare {text}: expected NAME=FILE, as in GENIE3={{case}}.tsv"
            )),
        };
        self.compare.iter().map(split).collect()
    }

    fn case(&self, from: &Files, compared: &[(String, String)]) -> Result<Case, Box<dyn Error>> {
        let below = from
            .folder
            .strip_prefix(&self.folder)
            .unwrap_or(&from.folder);
        let below = below.display().to_string();
        let external = |(name, pattern): &(String, String)| {
            let path = PathBuf::from(pattern.replace("{case}", &below));
            let edges = read_edge_list(files::open(&path)?, &path.display().to_string())?;
            let name = name.clone();
            Ok(External { name, edges })
        };
        let external: Vec<External> = compared
            .iter()
            .map(external)
            .collect::<Result<_, Box<dyn Error>>>()?;
        let last = |path: &Path| path.file_name().map(|n| n.to_string_lossy().into_owned());
        Ok(Case {
            suite: last(&self.folder).unwrap_or_else(|| "bench".to_owned()),
            name: if below.is_empty() {
                last(&from.folder).unwrap_or_default()
            } else {
                below
            },
            replicate: 1,
            data: from.measured()?,
            truth: read_gold(files::open(&from.truth)?, &from.truth.display().to_string())?,
            universe: UniverseSettings::default(),
            prior: Prior::default(),
            settings: Settings {
                offsets: self
                    .shift_at
                    .map_or(OffsetSetting::Auto, OffsetSetting::ShiftAt),
                ..Settings::default()
            },
            external,
        })
    }
}

impl Files {
    /// The case that a folder holds, if it holds one.
    fn of(folder: &Path) -> Option<Self> {
        let file = |name: &str| Some(folder.join(name)).filter(|path| path.is_file());
        let (expression, pseudotime, truth) = match file("timeseries.tsv") {
            Some(series) => (
                series,
                None,
                file("gold.tsv").or_else(|| file("truth.tsv"))?,
            ),
            None => {
                let pseudotime = file("PseudoTime.csv")?;
                (
                    file("ExpressionData.csv")?,
                    Some(pseudotime),
                    file("refNetwork.csv")?,
                )
            }
        };
        Some(Self {
            folder: folder.to_owned(),
            expression,
            pseudotime,
            truth,
        })
    }

    fn measured(&self) -> Result<Measured, Box<dyn Error>> {
        let name = self.expression.display().to_string();
        let table = files::open(&self.expression)?;
        Ok(match &self.pseudotime {
            None => {
                let options = SeriesOptions::default();
                Measured::Series(read_series(table, &name, None, &options)?.value)
            }
            Some(path) => {
                let times = (files::open(path)?, &*path.display().to_string());
                Measured::Cells(read_beeline((table, &name), times)?.value)
            }
        })
    }
}

/// All cases in a folder and below it, in the order of their names.
fn collect(folder: &Path, depth: usize, found: &mut Vec<Files>) -> Result<(), Box<dyn Error>> {
    if let Some(files) = Files::of(folder) {
        found.push(files);
        return Ok(());
    }
    let read = |error| format!("{}: cannot be read: {error}", folder.display());
    let entries = fs::read_dir(folder).map_err(read)?;
    let mut below: Vec<PathBuf> = entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()
        .map_err(read)?;
    below.sort();
    for path in below.iter().filter(|path| depth > 0 && path.is_dir()) {
        collect(path, depth - 1, found)?;
    }
    Ok(())
}

fn told(row: &Row) -> String {
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
