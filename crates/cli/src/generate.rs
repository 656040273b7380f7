//! `cistron generate`: a known network, simulated and measured, with the truth beside it.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::{Args, ValueEnum};

use cistron::genes::Genes;
use cistron::seed::Seed;
use cistron_truth::io::{
    write_cells, write_expression, write_pairs, write_pseudotime, write_ref_network,
    write_snapshots, write_steady, write_unspliced, write_velocity,
};
use cistron_truth::simulate::random::{Law, NetworkSettings, draw_model};
use cistron_truth::simulate::{
    KnownNetwork, LIBRARY, Model, SteadyStateError, SteadyStates, SteadyTable, write_timeseries,
    write_truth,
};

use super::files::{self, Output};
use super::plan_args::PlanArgs;

/// Simulate a known network and measure it, with the truth beside the data.
///
/// NETWORK is a model.toml, a folder that holds one, or the name of a published circuit that comes
/// with the program (`--list`). With --random N a scale-free network of N genes is drawn.
///
/// Written are model.toml, truth.tsv and, as the model or the options ask, timeseries.tsv, tables
/// of steady states (wildtype.tsv, knockouts.tsv, …) and cells/ in BEELINE's layout, all of which
/// `cistron infer` and `cistron score` read.
#[derive(Args, Clone, Debug)]
pub(crate) struct GenerateArgs {
    /// The network: a model.toml, a folder that holds one, or a name from --list
    #[arg(value_name = "NETWORK", required_unless_present_any = ["random", "list"])]
    network: Option<String>,
    /// Draw a random network of N genes instead
    #[arg(long, value_name = "N", conflicts_with = "network", value_parser = clap::value_parser!(u32).range(5..=100_000))]
    random: Option<u32>,
    /// Whose degrees a random network has
    #[arg(
        long,
        value_name = "NAME",
        default_value = "bacterial",
        requires = "random"
    )]
    law: LawName,
    /// List the published circuits and stop
    #[arg(long)]
    list: bool,
    /// Folder for the results; made if it is not there
    #[arg(short, long, value_name = "FOLDER", required_unless_present = "list")]
    out: Option<PathBuf>,
    /// Seed of all randomness; that of the model if not given
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Make N data sets in FOLDER/1 … FOLDER/N with seeds that count up; random networks differ
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000))]
    replicates: Option<u32>,
    #[command(flatten)]
    plan: PlanArgs,
    /// Threads; all cores if not given
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Print no summary
    #[arg(short, long)]
    quiet: bool,
}

/// A family of degree laws.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum LawName {
    /// As in E. coli.
    Bacterial,
    /// As in baker's yeast.
    Yeast,
}

/// A model and what to call its file in messages.
struct Source {
    file: String,
    model: Model,
}

/// Runs the subcommand.
///
/// # Errors   a message for the user; exit code 2.
pub(crate) fn run(args: &GenerateArgs) -> Result<(), Box<dyn Error>> {
    if args.list {
        return files::print(&listing());
    }
    if let Some(threads) = args.threads {
        rayon::ThreadPoolBuilder::new()
            .num_threads(usize::from(threads))
            .build_global()?;
    }
    let out = args.out.as_ref().expect("clap asks for it");
    match args.replicates {
        None => args.one(args.seed, out),
        Some(count) => (0..u64::from(count)).try_for_each(|at| {
            let first = match args.seed {
                Some(seed) => seed,
                None => args.source(None)?.model.seed.0,
            };
            args.one(
                Some(first.wrapping_add(at)),
                &out.join((at + 1).to_string()),
            )
        }),
    }
}

impl GenerateArgs {
    /// One data set.
    fn one(&self, seed: Option<u64>, out: &Path) -> Result<(), Box<dyn Error>> {
        let start = Instant::now();
        let mut source = self.source(seed)?;
        if let Some(seed) = seed {
            source.model.seed = Seed(seed);
        }
        self.plan.apply(&mut source.model)?;
        files::make_folder(out)?;
        let told = write_data(&source, out)?;
        if self.quiet {
            return Ok(());
        }
        let (model, seconds) = (&source.model, start.elapsed().as_secs_f64());
        files::print(&format!(
            "{}: {} genes, {} edges, seed {}; {} in {} ({seconds:.1} s)\n",
            model.name,
            model.kinetics.genes().len(),
            model.kinetics.edges().len(),
            model.seed.0,
            told.join(", "),
            out.display(),
        ))
    }

    fn source(&self, seed: Option<u64>) -> Result<Source, Box<dyn Error>> {
        match (&self.network, self.random) {
            (Some(network), _) => named(network),
            (None, Some(genes)) => {
                let law = match self.law {
                    LawName::Bacterial => Law::Bacterial,
                    LawName::Yeast => Law::Yeast,
                };
                let settings = NetworkSettings::dream4(law, genes as usize);
                let drawn = draw_model(&settings, Seed(seed.unwrap_or(1)))?;
                // what is written is what is simulated, to the last bit
                let mut text = Vec::new();
                drawn.write(&mut text)?;
                let file = "the random network".to_owned();
                let model = Model::read(&file, &String::from_utf8(text)?)?;
                Ok(Source { file, model })
            }
            (None, None) => unreachable!("clap asks for one of them"),
        }
    }
}

fn named(network: &str) -> Result<Source, Box<dyn Error>> {
    let path = Path::new(network);
    let path = if path.is_dir() {
        path.join("model.toml")
    } else {
        path.to_owned()
    };
    if path.is_file() {
        let file = path.display().to_string();
        let text = fs::read_to_string(&path)
            .map_err(|error| format!("{file}: cannot be read ({error}); is it a text file?"))?;
        let model = Model::read(&file, &text)?;
        return Ok(Source { file, model });
    }
    match KnownNetwork::find(network) {
        Some(known) => Ok(Source {
            file: format!("networks/{network}/model.toml"),
            model: known.read(),
        }),
        None => Err(format!(
            "{network}: found neither a file, nor a folder with a model.toml, nor a network of \
             this name; `cistron generate --list` names those that come with the program"
        )
        .into()),
    }
}

fn listing() -> String {
    let widest = LIBRARY.iter().map(|one| one.name.len()).max().unwrap_or(0);
    let line = |one: &KnownNetwork| format!("{:<widest$}  {}\n", one.name, one.title());
    LIBRARY.iter().map(line).collect()
}

/// Does all experiments, then writes all files; says what it wrote.
fn write_data(source: &Source, out: &Path) -> Result<Vec<String>, Box<dyn Error>> {
    let model = &source.model;
    let (kinetics, plan, seed) = (&model.kinetics, &model.plan, model.seed);
    let genes = kinetics.genes();
    let placed = |line: Option<usize>, error: SteadyStateError| match line {
        Some(line) => format!("{}, line {line}: {error}", source.file),
        None => format!("{}: {error}", source.file),
    };
    let series = model.time_series(seed);
    let series = series.map_err(|error| placed(plan.series_line, error))?;
    let steady = model.steady_states(seed);
    let steady = steady.map_err(|error| placed(plan.steady_line, error))?;
    let cells = model.cells(seed);
    let truth = kinetics.edges();
    let mut outputs = vec![
        Output::new(out.join("model.toml"), |sink| model.write(sink)),
        Output::new(out.join("truth.tsv"), |sink| {
            write_truth(genes, &truth, sink)
        }),
    ];
    let mut told = Vec::new();
    if let Some(series) = &series {
        told.push(format!("{} series", series.series().len()));
        let write = |sink: &mut dyn std::io::Write| write_timeseries(series, sink);
        outputs.push(Output::new(out.join("timeseries.tsv"), write));
    }
    for states in &steady {
        told.push(states.table.name().to_owned());
        outputs.extend(steady_outputs(states, genes, out));
    }
    if let Some(data) = &cells {
        let lineages = data.ends.len();
        let plural = if lineages == 1 { "" } else { "s" };
        told.push(format!(
            "{} cells of {lineages} lineage{plural}",
            data.cells.len()
        ));
        let folder = out.join("cells");
        files::make_folder(&folder)?;
        let file = |name: &str| folder.join(name);
        outputs.extend([
            Output::new(file("ExpressionData.csv"), |sink| {
                write_expression(data, sink)
            }),
            Output::new(file("PseudoTime.csv"), |sink| write_pseudotime(data, sink)),
            Output::new(file("refNetwork.csv"), |sink| {
                write_ref_network(genes, &truth, sink)
            }),
            Output::new(file("cells.tsv"), |sink| write_cells(data, sink)),
            Output::new(file("snapshots.csv"), |sink| write_snapshots(data, sink)),
        ]);
        if data.splicing.is_some() {
            outputs.extend([
                Output::new(file("unspliced.csv"), |sink| write_unspliced(data, sink)),
                Output::new(file("velocity.csv"), |sink| write_velocity(data, sink)),
            ]);
        }
    }
    if told.is_empty() {
        files::note(&format!(
            "{} asks for no measurement; add [series], [steady] or [cells], or give --series, \
             --steady or --cells",
            source.file
        ));
    }
    refuse_leftovers(out, &outputs)?;
    files::replace_all(&mut outputs)?;
    told.insert(0, "model and truth".to_owned());
    Ok(told)
}

/// Data of another run that this one would leave standing beside its own.
fn refuse_leftovers(out: &Path, outputs: &[Output<'_>]) -> Result<(), String> {
    let tables = SteadyTable::ALL.map(|table| format!("{}.tsv", table.name()));
    let others = [
        "timeseries.tsv",
        "dualknockouts_truth.tsv",
        "dualknockouts_pairs.tsv",
        "cells/ExpressionData.csv",
        "cells/unspliced.csv",
    ];
    let names = tables.iter().map(String::as_str).chain(others);
    let mut paths = names.map(|name| out.join(name));
    let stale = |path: &PathBuf| path.exists() && !outputs.iter().any(|one| one.is_at(path));
    match paths.find(stale) {
        Some(path) => Err(format!(
            "{}: is there from before, and would not be written anew; remove it, or give another \
             folder with -o",
            path.display()
        )),
        None => Ok(()),
    }
}

fn steady_outputs<'a>(states: &'a SteadyStates, genes: &'a Genes, out: &Path) -> Vec<Output<'a>> {
    let name = states.table.name();
    let whole = move |sink: &mut dyn std::io::Write| write_steady(states, genes, sink);
    match states.table {
        SteadyTable::DualKnockouts => vec![
            Output::new(out.join(format!("{name}_truth.tsv")), whole),
            Output::new(out.join(format!("{name}_pairs.tsv")), move |sink| {
                write_pairs(states, genes, sink)
            }),
        ],
        _ => vec![Output::new(out.join(format!("{name}.tsv")), whole)],
    }
}
