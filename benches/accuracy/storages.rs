//! The same levels stored on four scales.
//!
//! `cargo bench --bench accuracy -- storages [--no-refit] [GROUP …]`, groups as `dream4_100` in the folder
//! that `CISTRON_DATA` names, and `generated`, random networks of 30 genes. Levels of 0 are
//! replaced by half of the smallest one above 0; the table gives the AUPR as linear levels, `log2`, `log2(x + 1)`
//! and `ln`, and the largest relative difference of the linear levels under the knockout of ten genes.
#![expect(clippy::print_stdout, reason = "a bench prints its table")]

use std::error::Error;
use std::fs::File;
use std::path::{Path, PathBuf};

use cistron::expression::{Change, Data, Expression, Stored, TimeSeries};
use cistron::io::{SeriesOptions, read_series};
use cistron::run::{Run, Settings, infer};
use cistron::seed::Seed;
use cistron_truth::evaluate::{GoldPair, GoldStandard};
use cistron_truth::simulate::random::{Law, NetworkSettings, draw_model};
use faer::Mat;

use super::known_networks::{gold, score};

const SCALES: [Stored; 4] = [Stored::Linear, Stored::Log2, Stored::Log2p1, Stored::Ln];

/// Genes that are knocked out, the first ones.
const KNOCKOUTS: usize = 10;

/// Share of the largest level of a gene below which a difference is not relative any more.
const SMALL: f64 = 0.01;

/// Random networks of each law.
const DRAWS: u64 = 3;
const DRAWN_GENES: usize = 30;

pub(crate) fn run(given: &[String]) -> Result<(), Box<dyn Error>> {
    let mut settings = Settings::default();
    let (options, groups): (Vec<&String>, Vec<&String>) =
        given.iter().partition(|word| word.starts_with("--"));
    for option in options {
        match option.as_str() {
            "--no-refit" => settings.refit = None,
            other => return Err(format!("found `{other}`, expected --no-refit").into()),
        }
    }
    println!("network\tlinear\tlog2\tlog2p1\tln\tlargest difference of knockouts");
    for group in groups {
        match group.as_str() {
            "generated" => generated(&settings)?,
            group => known(group, &settings)?,
        }
    }
    Ok(())
}

/// Networks of a folder.
fn known(group: &str, settings: &Settings) -> Result<(), Box<dyn Error>> {
    let Ok(data) = std::env::var("CISTRON_DATA") else {
        println!("skipped: CISTRON_DATA names no folder with known networks");
        return Ok(());
    };
    let entries = std::fs::read_dir(Path::new(&data).join(group))?;
    let mut folders: Vec<PathBuf> = entries
        .map(|entry| entry.map(|e| e.path()))
        .collect::<Result<_, _>>()?;
    folders.retain(|folder| folder.join("gold.tsv").is_file());
    folders.sort();
    for folder in &folders {
        let file = folder.join("timeseries.tsv");
        let options = SeriesOptions::default();
        let read = read_series(File::open(&file)?, &file.to_string_lossy(), None, &options)?;
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        measure(&name, &read.value, &gold(folder)?, settings)?;
    }
    Ok(())
}

/// Random networks.
fn generated(settings: &Settings) -> Result<(), Box<dyn Error>> {
    for law in [Law::Bacterial, Law::Yeast] {
        for seed in (1..=DRAWS).map(Seed) {
            let drawn = draw_model(&NetworkSettings::dream4(law, DRAWN_GENES), seed)?;
            let series = drawn.time_series(seed)?.ok_or("no plan of series")?;
            let pairs = drawn.kinetics.edges();
            let pairs = pairs.iter().map(|edge| GoldPair {
                regulator: edge.source,
                target: edge.target,
                edge: true,
                sign: edge.sign,
            });
            let truth = GoldStandard::new(series.genes().clone(), &pairs.collect::<Vec<_>>())?;
            measure(&format!("{law:?} {}", seed.0), &series, &truth, settings)?;
        }
    }
    Ok(())
}

/// A row of the table.
fn measure(
    name: &str,
    series: &Expression,
    truth: &GoldStandard,
    settings: &Settings,
) -> Result<(), Box<dyn Error>> {
    let positive = without_zeros(series)?;
    let (mut shown, mut first, mut largest) = (Vec::new(), None, 0.0_f64);
    for stored in SCALES {
        let data = Data::from(changed(&positive, |x| stored.of_linear(x))?);
        let mut settings = settings.clone();
        settings.stored = Some(stored);
        let found = infer(&data, &settings)?;
        shown.push(format!("{:.4}", score(&found, truth)?.0.aupr));
        let levels = knockouts(&found, stored)?;
        let linear = first.get_or_insert_with(|| levels.clone());
        largest = largest.max(difference(linear, &levels));
    }
    println!("{name}\t{}\t{:.2} %", shown.join("\t"), 100.0 * largest);
    Ok(())
}

/// Levels of 0 become half of the smallest above 0.
fn without_zeros(expression: &Expression) -> Result<Expression, Box<dyn Error>> {
    let all = expression.series().iter();
    let all = all.flat_map(|one| one.values().col_iter().flat_map(|column| column.iter()));
    let least = all
        .filter(|x| **x > 0.0)
        .fold(f64::INFINITY, |least, x| least.min(*x));
    changed(expression, |x| x.max(0.5 * least))
}

fn changed(
    expression: &Expression,
    change: impl Fn(f64) -> f64,
) -> Result<Expression, Box<dyn Error>> {
    let series = expression.series().iter().map(|one| {
        let values = one.values();
        let values = Mat::from_fn(values.nrows(), values.ncols(), |i, j| {
            change(values[(i, j)])
        });
        TimeSeries::new(one.name(), one.times().to_vec(), values)
    });
    let series: Vec<TimeSeries> = series.collect::<Result<_, _>>()?;
    Ok(Expression::new(expression.genes().clone(), series)?)
}

/// Linear levels of all genes under each knockout.
fn knockouts(run: &Run, stored: Stored) -> Result<Vec<Vec<f64>>, Box<dyn Error>> {
    let knocked_out = run.genes().iter().take(KNOCKOUTS);
    knocked_out
        .map(|gene| {
            let name = run.genes().name(gene);
            let response = run.model.perturb(&[(name, Change::Knockout)])?;
            let genes = run.genes().iter().filter(|other| *other != gene);
            Ok(genes
                .map(|gene| stored.linear(response.perturbed(0, gene)))
                .collect())
        })
        .collect()
}

/// Largest relative difference of two lists of states.
fn difference(one: &[Vec<f64>], other: &[Vec<f64>]) -> f64 {
    let largest = one
        .iter()
        .flatten()
        .fold(0.0_f64, |most, x| most.max(x.abs()));
    let pairs = one.iter().flatten().zip(other.iter().flatten());
    let differences = pairs.map(|(a, b)| (a - b).abs() / a.abs().max(SMALL * largest));
    differences.fold(0.0, f64::max)
}
