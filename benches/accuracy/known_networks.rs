//! Accuracy on known networks in the folder that `CISTRON_DATA` names.
//!
//! `cargo bench --bench accuracy -- accuracy [--seed N] [--pairs N] [--linear]
//! [--no-refit] [--interventions] [GROUP …]`, groups as `dream4_100`; all with a gold standard if none is given.
//! Prints one line a network and the means, with the shift that the challenge told its participants
//! and without it. With `--interventions` the wild type, knockouts and knockdowns beside the series
//! are read, too.
#![expect(clippy::print_stdout, reason = "a bench prints its table")]

use std::error::Error;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Instant;

use cistron::expression::{Data, SteadyStates};
use cistron::genes::Genes;
use cistron::io::{SeriesOptions, SteadyRows, read_series, read_steady_states};
use cistron::run::{OffsetSetting, Run, Settings, infer};
use cistron::seed::Seed;
use cistron_truth::evaluate::{
    EdgeList, GoldStandard, PredictedEdge, Ranking, Scores, UniverseSettings,
};
use cistron_truth::io::read_gold;

/// Groups of networks with the time of the change that their design has.
const GROUPS: [(&str, f64); 6] = [
    ("dream4_100", 500.0),
    ("dream4_10", 500.0),
    ("dream3_resim_100", 500.0),
    ("dream3_resim_50", 500.0),
    ("dream3_resim_10", 500.0),
    ("gnw_series", 560.0),
];

struct Arguments {
    settings: Settings,
    interventions: bool,
    groups: Vec<String>,
}

fn arguments(given: &[String]) -> Result<Arguments, Box<dyn Error>> {
    let mut settings = Settings::default();
    let (mut groups, mut interventions) = (Vec::new(), false);
    let mut given = given.iter();
    while let Some(argument) = given.next() {
        let mut number = || {
            given
                .next()
                .ok_or("a number is missing")
                .map(|n| n.parse::<u64>())
        };
        match argument.as_str() {
            "--interventions" => interventions = true,
            "--no-refit" => settings.refit = None,
            "--linear" => settings.fit.nonlinear = false,
            "--seed" => settings.seed = Seed(number()??),
            "--pairs" => settings.fit.pairs = number()?? as usize,
            group => groups.push(group.to_owned()),
        }
    }
    Ok(Arguments {
        settings,
        interventions,
        groups,
    })
}

pub(crate) fn run(given: &[String]) -> Result<(), Box<dyn Error>> {
    let Ok(data) = std::env::var("CISTRON_DATA") else {
        println!("skipped: CISTRON_DATA names no folder with known networks");
        return Ok(());
    };
    let arguments = arguments(given)?;
    println!(
        "group\tnetwork\tshift\taupr\tauroc\tepr\tsigns\tfalse@50\texpected@50\tbent\tseconds"
    );
    for (group, shift) in GROUPS {
        if arguments.groups.is_empty() || arguments.groups.iter().any(|wanted| wanted == group) {
            for offsets in [OffsetSetting::ShiftAt(shift), OffsetSetting::Auto] {
                measure(&Path::new(&data).join(group), offsets, &arguments)?;
            }
        }
    }
    Ok(())
}

/// Runs every network of a group and prints the means.
fn measure(
    group: &Path,
    offsets: OffsetSetting,
    arguments: &Arguments,
) -> Result<(), Box<dyn Error>> {
    let name = group
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let mut folders: Vec<PathBuf> = std::fs::read_dir(group)?
        .map(|entry| entry.map(|e| e.path()))
        .collect::<Result<_, _>>()?;
    folders.sort();
    let (mut sums, mut count) = ([0.0; 5], 0.0);
    for folder in folders
        .iter()
        .filter(|folder| folder.join("gold.tsv").is_file())
    {
        let mut settings = arguments.settings.clone();
        settings.offsets = offsets;
        let file = folder.join("timeseries.tsv");
        let options = SeriesOptions::default();
        let series = read_series(File::open(&file)?, &file.to_string_lossy(), None, &options)?;
        let steady_states = if arguments.interventions {
            steady_states(folder, series.value.genes())?
        } else {
            None
        };
        let mut data = Data::from(series.value);
        if let Some(states) = steady_states {
            data = data.with_steady_states(states);
        }
        let start = Instant::now();
        let found = infer(&data, &settings)?;
        let seconds = start.elapsed().as_secs_f64();
        let (scores, wrong) = score(&found, &gold(folder)?)?;
        let sign = scores.signs.top.unwrap_or(f64::NAN);
        let expected = found
            .network
            .edges()
            .get(49)
            .map_or(f64::NAN, |e| e.expected_false);
        println!(
            "{name}\t{}\t{}\t{:.4}\t{:.4}\t{:.2}\t{sign:.3}\t{wrong}\t{expected:.1}\t{}\t{seconds:.2}",
            folder.file_name().unwrap_or_default().to_string_lossy(),
            found.record.offsets.describe(),
            scores.aupr,
            scores.auroc,
            scores.early_precision_ratio,
            found.metrics.nonlinear_genes,
        );
        let row = [
            scores.aupr,
            scores.auroc,
            scores.early_precision_ratio,
            sign,
            seconds,
        ];
        sums.iter_mut().zip(row).for_each(|(sum, x)| *sum += x);
        count += 1.0;
    }
    let [aupr, auroc, epr, sign, seconds] = sums.map(|sum| sum / count);
    println!(
        "{name}\tMEAN\t{offsets:?}\t{aupr:.4}\t{auroc:.4}\t{epr:.2}\t{sign:.3}\t\t\t\t{seconds:.2}"
    );
    Ok(())
}

/// Wild type, knockouts and knockdowns of a folder, as far as they are there.
fn steady_states(folder: &Path, genes: &Genes) -> Result<Option<SteadyStates>, Box<dyn Error>> {
    let tables = [
        ("wildtype.tsv", SteadyRows::WildType),
        ("knockouts.tsv", SteadyRows::Changed { level: 0.0 }),
        ("knockdowns.tsv", SteadyRows::Changed { level: 0.5 }),
    ];
    let mut all: Option<SteadyStates> = None;
    for (name, table) in tables {
        let path = folder.join(name);
        if path.is_file() {
            let read =
                read_steady_states(File::open(&path)?, &path.to_string_lossy(), table, genes)?;
            all = Some(match all {
                Some(before) => before.joined(&read.value),
                None => read.value,
            });
        }
    }
    Ok(all)
}

/// The gold standard of a folder.
pub(crate) fn gold(folder: &Path) -> Result<GoldStandard, Box<dyn Error>> {
    let file = folder.join("gold.tsv");
    Ok(read_gold(File::open(&file)?, &file.to_string_lossy())?)
}

/// Scores, and how many of the best 50 edges are false.
pub(crate) fn score(found: &Run, gold: &GoldStandard) -> Result<(Scores, usize), Box<dyn Error>> {
    let edges = found.network.edges().iter().map(|edge| PredictedEdge {
        regulator: edge.source,
        target: edge.target,
        score: edge.evidence,
        sign: edge.sign,
    });
    let list = EdgeList::new(found.genes().clone(), edges.collect())?;
    let ranking = Ranking::new(gold, &list, &UniverseSettings::default())?;
    let names = |gene| found.genes().name(gene);
    let true_pair = |regulator: &str, target: &str| {
        gold.pairs().any(|pair| {
            pair.edge
                && gold.genes().name(pair.regulator) == regulator
                && gold.genes().name(pair.target) == target
        })
    };
    let best = found.network.edges().iter().take(50);
    let wrong = best
        .filter(|edge| !true_pair(names(edge.source), names(edge.target)))
        .count();
    Ok((Scores::new(&ranking), wrong))
}
