//! `cistron generate`: simulated data of a known network, with the truth.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;

use cistron::genes::Genes;
use cistron::run::FolderClaim;
use cistron::seed::Seed;
use cistron_truth::io::{
    write_cells, write_expression, write_pairs, write_pseudotime, write_ref_network,
    write_snapshots, write_steady, write_unspliced, write_velocity,
};
use cistron_truth::simulate::random::{NetworkSettings, draw_model};
use cistron_truth::simulate::{
    CellData, KnownNetwork, LIBRARY, Model, SteadyStateError, SteadyStates, SteadyTable,
    write_timeseries, write_truth,
};

use crate::files::{self, Output};
use crate::law_name::LawName;
use crate::plan_args::PlanArgs;
use crate::thread_args::ThreadArgs;

/// Simulate data of a known network.
///
/// NETWORK is a model.toml, a folder that contains one, or the name of a published circuit that comes
/// with the program (`--list`). With --random N, a scale-free network of N genes is drawn.
///
/// The output is model.toml, truth.tsv and, depending on the model and the options, timeseries.tsv,
/// tables of steady states (wildtype.tsv, knockouts.tsv, …) and cells/ in BEELINE's layout. `cistron
/// infer` and `cistron score` read all of them.
#[derive(Args, Clone, Debug)]
pub(crate) struct GenerateArgs {
    /// The network: a model.toml, a folder that contains one, or a name from --list
    #[arg(value_name = "NETWORK", required_unless_present_any = ["random", "list"])]
    network: Option<String>,
    /// Draw a random network of N genes instead
    #[arg(long, value_name = "N", conflicts_with = "network", value_parser = clap::value_parser!(u32).range(5..=100_000))]
    random: Option<u32>,
    /// Degree distribution of a random network
    #[arg(
        long,
        value_name = "NAME",
        default_value = "bacterial",
        requires = "random"
    )]
    law: LawName,
    /// List the published circuits
    #[arg(long)]
    list: bool,
    /// Folder for the results, made if needed
    #[arg(short, long, value_name = "FOLDER", required_unless_present = "list")]
    out: Option<PathBuf>,
    /// Random seed; default: the seed of the model
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Make N data sets in FOLDER/1 … FOLDER/N with consecutive seeds; random networks differ
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000))]
    replicates: Option<u32>,
    #[command(flatten)]
    plan: PlanArgs,
    #[command(flatten)]
    threads: ThreadArgs,
    /// Print no summary
    #[arg(short, long)]
    quiet: bool,
}

/// A model, with the name of its file for messages.
struct NamedModel {
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
    args.threads.apply()?;
    let out = args.out.as_ref().expect("clap requires it without --list");
    let Some(count) = args.replicates else {
        return args.generate(args.seed, out);
    };
    let first = match args.seed {
        Some(seed) => seed,
        None => args.model(None)?.model.seed.0,
    };
    (0..u64::from(count)).try_for_each(|k| {
        let folder = out.join((k + 1).to_string());
        args.generate(Some(first.wrapping_add(k)), &folder)
    })
}

impl GenerateArgs {
    /// Generates and writes one data set.
    fn generate(&self, seed: Option<u64>, out: &Path) -> Result<(), Box<dyn Error>> {
        let start = Instant::now();
        let mut named = self.model(seed)?;
        if let Some(seed) = seed {
            named.model.seed = Seed(seed);
        }
        self.plan.apply(&mut named.model)?;
        let _claim = FolderClaim::new(out)?;
        let written = write_data(&named, out)?;
        if self.quiet {
            return Ok(());
        }
        let (model, seconds) = (&named.model, start.elapsed().as_secs_f64());
        files::print(&format!(
            "{}: {} genes, {} edges, seed {}; {} in {} ({seconds:.1} s)\n",
            model.name,
            model.kinetics.genes().len(),
            model.kinetics.edges().len(),
            model.seed.0,
            written.join(", "),
            out.display(),
        ))
    }

    fn model(&self, seed: Option<u64>) -> Result<NamedModel, Box<dyn Error>> {
        match (&self.network, self.random) {
            (Some(network), _) => read_model(network),
            (None, Some(genes)) => {
                let settings = NetworkSettings::dream4(self.law.into(), genes as usize);
                let drawn = draw_model(&settings, Seed(seed.unwrap_or(1)))?;
                // so that the model in the folder gives the same data to the last bit
                let mut text = Vec::new();
                drawn.write(&mut text)?;
                let file = "the random network".to_owned();
                let model = Model::read(&file, &String::from_utf8(text)?)?;
                Ok(NamedModel { file, model })
            }
            (None, None) => unreachable!("clap requires one of them"),
        }
    }
}

fn read_model(network: &str) -> Result<NamedModel, Box<dyn Error>> {
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
        return Ok(NamedModel { file, model });
    }
    match KnownNetwork::find(network) {
        Some(known) => Ok(NamedModel {
            file: format!("networks/{network}/model.toml"),
            model: known.read(),
        }),
        None => Err(format!(
            "{network}: found neither a file, nor a folder with a model.toml, nor a network of \
             this name; `cistron generate --list` lists the networks that come with the program"
        )
        .into()),
    }
}

fn listing() -> String {
    let widest = LIBRARY.iter().map(|known| known.name.len()).max();
    let widest = widest.unwrap_or(0);
    let mut text = String::new();
    for known in LIBRARY {
        text += &format!("{:<widest$}  {}\n", known.name, known.title());
    }
    text
}

/// Simulates all experiments, then writes all files; returns their names for the summary.
fn write_data(named: &NamedModel, out: &Path) -> Result<Vec<String>, Box<dyn Error>> {
    let model = &named.model;
    let (kinetics, plan, seed) = (&model.kinetics, &model.plan, model.seed);
    let genes = kinetics.genes();
    let series = model.time_series(seed);
    let series = series.map_err(|error| named.in_words(plan.series_line, &error))?;
    let steady = model.steady_states(seed);
    let steady = steady.map_err(|error| named.in_words(plan.steady_line, &error))?;
    let cells = model.cells(seed);
    let truth = kinetics.edges();
    let mut outputs = vec![
        Output::new(out.join("model.toml"), |sink| model.write(sink)),
        Output::new(out.join("truth.tsv"), |sink| {
            write_truth(genes, &truth, sink)
        }),
    ];
    let mut written = Vec::new();
    if let Some(series) = &series {
        written.push(format!("{} series", series.series().len()));
        outputs.push(Output::new(out.join("timeseries.tsv"), |sink| {
            write_timeseries(series, sink)
        }));
    }
    for states in &steady {
        written.push(states.table.name().to_owned());
        outputs.extend(steady_outputs(states, genes, out));
    }
    if let Some(data) = &cells {
        let lineages = data.ends.len();
        let plural = if lineages == 1 { "" } else { "s" };
        written.push(format!(
            "{} cells of {lineages} lineage{plural}",
            data.cells.len()
        ));
        let folder = out.join("cells");
        files::make_folder(&folder)?;
        outputs.push(Output::new(folder.join("refNetwork.csv"), |sink| {
            write_ref_network(genes, &truth, sink)
        }));
        outputs.extend(cell_outputs(data, &folder));
    }
    if written.is_empty() {
        files::note(&format!(
            "{} specifies no measurement; add [series], [steady] or [cells], or give --series, \
             --steady or --cells",
            named.file
        ));
    }
    refuse_leftovers(out, &outputs)?;
    files::replace_all(&mut outputs)?;
    written.insert(0, "model and truth".to_owned());
    Ok(written)
}

impl NamedModel {
    /// A system without a steady state, with the line of the file that asks for one.
    fn in_words(&self, line: Option<usize>, error: &SteadyStateError) -> String {
        match line {
            Some(line) => format!("{}, line {line}: {error}", self.file),
            None => format!("{}: {error}", self.file),
        }
    }
}

/// The tables of measured cells.
fn cell_outputs<'a>(data: &'a CellData, folder: &Path) -> Vec<Output<'a>> {
    let mut outputs = vec![
        Output::new(folder.join("ExpressionData.csv"), |sink| {
            write_expression(data, sink)
        }),
        Output::new(folder.join("PseudoTime.csv"), |sink| {
            write_pseudotime(data, sink)
        }),
        Output::new(folder.join("cells.tsv"), |sink| write_cells(data, sink)),
        Output::new(folder.join("snapshots.csv"), |sink| {
            write_snapshots(data, sink)
        }),
    ];
    if data.splicing.is_some() {
        outputs.extend([
            Output::new(folder.join("unspliced.csv"), |sink| {
                write_unspliced(data, sink)
            }),
            Output::new(folder.join("velocity.csv"), |sink| {
                write_velocity(data, sink)
            }),
        ]);
    }
    outputs
}

/// Refuses a folder with data of another run, which would not agree with the new data.
fn refuse_leftovers(out: &Path, outputs: &[Output<'_>]) -> Result<(), String> {
    let tables = SteadyTable::ALL.map(|table| format!("{}.tsv", table.name()));
    let others = [
        "timeseries.tsv",
        "dualknockouts_truth.tsv",
        "dualknockouts_pairs.tsv",
        "cells/ExpressionData.csv",
        "cells/unspliced.csv",
    ];
    for name in tables.iter().map(String::as_str).chain(others) {
        let path = out.join(name);
        if path.exists() && !outputs.iter().any(|output| output.is_at(&path)) {
            return Err(format!(
                "{}: this file of an earlier run would not be replaced; remove it, or give another \
                 folder with -o",
                path.display()
            ));
        }
    }
    Ok(())
}

fn steady_outputs<'a>(states: &'a SteadyStates, genes: &'a Genes, out: &Path) -> Vec<Output<'a>> {
    let name = states.table.name();
    let pairs = states.table == SteadyTable::DualKnockouts;
    let ending = if pairs { "_truth.tsv" } else { ".tsv" };
    let mut outputs = vec![Output::new(out.join(format!("{name}{ending}")), |sink| {
        write_steady(states, genes, sink)
    })];
    if pairs {
        outputs.push(Output::new(out.join(format!("{name}_pairs.tsv")), |sink| {
            write_pairs(states, genes, sink)
        }));
    }
    outputs
}
