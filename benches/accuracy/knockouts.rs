//! Double knockouts predicted by the refitted field, in the folder that `CISTRON_DATA` names.
//!
//! `cargo bench --bench accuracy -- knockouts [--KEY NUMBER] [GROUP …]`, groups as `dream4_100`
//! or single networks as `dream4_100/net5`, keys as `horizon
//! series candidates cost iterations members pairs seed`. For every network the
//! field is learnt from series, knockouts and knockdowns; the table gives the mean squared error
//! over the genes that are not knocked out, in units of the file, beside simple rules.
#![expect(clippy::print_stdout, reason = "a bench prints its table")]

use std::collections::BTreeMap;
use std::error::Error;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Instant;

use cistron::dynamics::{SteadySettings, SteadySolver};
use cistron::expression::{Change, Data, Expression, Intervention, SteadyStates};
use cistron::field::{Fitted, Intervened, VectorField};
use cistron::genes::Gene;
use cistron::io::{SeriesOptions, SteadyRows, read_series, read_steady_states};
use cistron::numeric::median;
use cistron::refit::{Observations, RefitSettings, Refitted, learn_through_ode};
use cistron::run::{OffsetSetting, Run, Settings, infer};
use cistron::seed::Seed;
use cistron::trajectory::{Conditions, segments};

/// Groups of networks with double knockouts, all with a change at this time.
const GROUPS: [&str; 2] = ["dream4_100", "dream4_10"];
const SHIFT: f64 = 500.0;

/// One network as its folder holds it.
struct Network {
    series: Expression,
    /// Level of every gene in the wild type's file; without one, in the first samples.
    normal: Vec<f64>,
    /// Wild type, if there is a file, knockouts, knockdowns.
    steady_states: SteadyStates,
    knockouts: SteadyStates,
    /// Truth of the double knockouts.
    truth: SteadyStates,
}

type Keys = BTreeMap<String, f64>;

fn arguments(given: &[String]) -> Result<(Keys, Vec<String>), Box<dyn Error>> {
    let (mut keys, mut groups) = (Keys::new(), Vec::new());
    let mut given = given.iter();
    while let Some(argument) = given.next() {
        match argument.strip_prefix("--") {
            Some(key) => {
                let number = given.next().ok_or("a number is missing")?;
                keys.insert(key.to_owned(), number.parse()?);
            }
            None => groups.push(argument.clone()),
        }
    }
    Ok((keys, groups))
}

pub(crate) fn run(given: &[String]) -> Result<(), Box<dyn Error>> {
    let Ok(data) = std::env::var("CISTRON_DATA") else {
        println!("skipped: CISTRON_DATA names no folder with known networks");
        return Ok(());
    };
    let (keys, wanted) = arguments(given)?;
    let groups = GROUPS.iter().map(|group| (*group).to_owned());
    let groups = if wanted.is_empty() {
        groups.collect()
    } else {
        wanted
    };
    println!("network\tno_change\tadditive\tlarger\tsimulated\tensemble\tedges\tseconds");
    for group in groups {
        measure(&Path::new(&data).join(&group), &group, &keys)?;
    }
    Ok(())
}

/// Runs every network of a group and prints the means.
fn measure(folder: &Path, group: &str, keys: &Keys) -> Result<(), Box<dyn Error>> {
    let entries = std::fs::read_dir(folder)?.map(|entry| entry.map(|e| e.path()));
    let mut folders: Vec<PathBuf> = entries.collect::<Result<_, _>>()?;
    folders.push(folder.to_owned());
    folders.retain(|one| one.join("dualknockouts_truth.tsv").is_file());
    folders.sort();
    let mut sums = [0.0; 7];
    for one in &folders {
        let name = one.file_name().unwrap_or_default().to_string_lossy();
        let network = read(one)?;
        let (refitted, seconds) = learn(&network, keys)?;
        let errors = errors(&network, &refitted.fitted)?;
        let mut row = errors.to_vec();
        row.extend([refitted.report.edges as f64, seconds]);
        println!("{group}/{name}\t{}", numbers(&row));
        println!("# {:?}", refitted.report);
        sums.iter_mut().zip(&row).for_each(|(sum, x)| *sum += x);
    }
    let means = sums.map(|sum| sum / folders.len() as f64);
    println!("{group}/MEAN\t{}", numbers(&means));
    Ok(())
}

fn numbers(row: &[f64]) -> String {
    let text = row.iter().map(|x| {
        if *x < 1.0 {
            format!("{x:.5}")
        } else {
            format!("{x:.2}")
        }
    });
    text.collect::<Vec<_>>().join("\t")
}

fn read(folder: &Path) -> Result<Network, Box<dyn Error>> {
    let open = |name: &str| -> Result<(File, String), Box<dyn Error>> {
        let path = folder.join(name);
        Ok((File::open(&path)?, path.to_string_lossy().into_owned()))
    };
    let (file, name) = open("timeseries.tsv")?;
    let series = read_series(file, &name, None, &SeriesOptions::default())?.value;
    let read = |name: &str, table: SteadyRows| -> Result<SteadyStates, Box<dyn Error>> {
        let (file, name) = open(name)?;
        Ok(read_steady_states(file, &name, table, series.genes())?.value)
    };
    let changed = |level: f64| SteadyRows::Changed { level };
    let knockouts = read("knockouts.tsv", changed(0.0))?;
    let mut steady_states = knockouts
        .clone()
        .joined(&read("knockdowns.tsv", changed(0.5))?);
    let mut normal = first_samples(&series);
    if folder.join("wildtype.tsv").is_file() {
        let wild_type = read("wildtype.tsv", SteadyRows::WildType)?;
        normal = (0..normal.len())
            .map(|j| wild_type.values()[(0, j)])
            .collect();
        steady_states = wild_type.joined(&steady_states);
    }
    Ok(Network {
        normal,
        steady_states,
        knockouts,
        truth: read("dualknockouts_truth.tsv", changed(0.0))?,
        series,
    })
}

/// Means over the first samples of all series.
fn first_samples(series: &Expression) -> Vec<f64> {
    let all = series.series();
    let mean =
        |j: usize| all.iter().map(|one| one.values()[(0, j)]).sum::<f64>() / all.len() as f64;
    (0..series.genes().len()).map(mean).collect()
}

fn learn(network: &Network, keys: &Keys) -> Result<(Refitted, f64), Box<dyn Error>> {
    let key = |name: &str, or: f64| keys.get(name).copied().unwrap_or(or);
    let mut settings = Settings::default();
    settings.offsets = OffsetSetting::ShiftAt(SHIFT);
    settings.fit.pairs = key("pairs", settings.fit.pairs as f64) as usize;
    settings.refit = None;
    settings.seed = Seed(key("seed", 1.0) as u64);
    let data = Data::from(network.series.clone()).with_steady_states(network.steady_states.clone());
    let found: Run = infer(&data, &settings)?;
    let scale = found.model.field.scale();
    let expression = network.series.on_scale(scale);
    let conditions = Conditions {
        offsets: found.record.offsets,
        windows: Vec::new(),
    };
    let rows = segments(&expression, &conditions, settings.rows)?;
    let steady_states = network.steady_states.on_scale(scale);
    let mut refit = RefitSettings::default();
    refit.horizon = key("horizon", refit.horizon as f64) as usize;
    refit.series = key("series", refit.series);
    refit.candidates = key("candidates", refit.candidates as f64) as usize;
    refit.cost = key("cost", refit.cost);
    refit.iterations = key("iterations", refit.iterations as f64) as usize;
    refit.members = key("members", refit.members as f64) as usize;
    let data = Observations {
        expression: &expression,
        rows: &rows,
        steady_states: Some(&steady_states),
    };
    let start = Instant::now();
    let refitted = learn_through_ode(
        &found.model.field,
        &found.network,
        &data,
        &refit,
        settings.seed,
    )?;
    Ok((refitted, start.elapsed().as_secs_f64()))
}

/// Mean squared errors of no change, the additive rule, the larger of the two, the field, and the
/// median of field and members.
fn errors(network: &Network, fitted: &Fitted) -> Result<[f64; 5], Box<dyn Error>> {
    let p = network.series.genes().len();
    let normal = &network.normal;
    let (mut sums, mut count) = ([0.0; 5], 0.0);
    for (row, sample) in network.truth.samples().iter().enumerate() {
        let out: Vec<usize> = sample.changed().map(Gene::index).collect();
        let single = |gene: usize, j: usize| {
            let samples = network.knockouts.samples().iter();
            let at = samples.enumerate().find(|(_, s)| s.knocks_out(Gene(gene)));
            at.map_or(0.0, |(row, _)| {
                network.knockouts.values()[(row, j)] - normal[j]
            })
        };
        let simulated = simulate(fitted, &out)?;
        for j in (0..p).filter(|j| !out.contains(j)) {
            let changes: Vec<f64> = out.iter().map(|&gene| single(gene, j)).collect();
            let largest = changes
                .iter()
                .copied()
                .fold(0.0, |a: f64, b| if b.abs() > a.abs() { b } else { a });
            let predicted = [
                normal[j],
                (normal[j] + changes.iter().sum::<f64>()).max(0.0),
                normal[j] + largest,
                simulated[0][j],
                simulated[1][j],
            ];
            let truth = network.truth.values()[(row, j)];
            let pairs = sums.iter_mut().zip(predicted);
            pairs.for_each(|(sum, x)| *sum += (x - truth).powi(2));
            count += 1.0;
        }
    }
    Ok(sums.map(|sum| sum / count))
}

/// Steady-state levels without some genes, in units of the file: by the field, and by the
/// median of the field and its members.
fn simulate(fitted: &Fitted, out: &[usize]) -> Result<[Vec<f64>; 2], Box<dyn Error>> {
    let all: Vec<Intervention> = out
        .iter()
        .map(|&gene| Intervention::always(Gene(gene), Change::Knockout))
        .collect();
    let scale = fitted.field.scale();
    let p = fitted.field.genes().len();
    let (mut first, mut all_levels) = (Vec::new(), vec![Vec::new(); p]);
    for field in std::iter::once(&fitted.field).chain(&fitted.members) {
        let changed = Intervened::always(field, scale, &all)?;
        let settings = SteadySettings::default();
        let mut solver = SteadySolver::new(field);
        let Ok(state) = solver.find(&changed, &fitted.reference, &settings) else {
            println!("# no steady state without {out:?}");
            continue;
        };
        let levels: Vec<f64> = state.levels.iter().map(|z| scale.backward(*z)).collect();
        let pairs = all_levels.iter_mut().zip(&levels);
        pairs.for_each(|(all, x)| all.push(*x));
        if first.is_empty() {
            first = levels;
        }
    }
    if first.is_empty() {
        first = fitted
            .reference
            .iter()
            .map(|z| scale.backward(*z))
            .collect();
        return Ok([first.clone(), first]);
    }
    Ok([first, all_levels.iter().map(|all| median(all)).collect()])
}
