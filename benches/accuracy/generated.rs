//! Generated networks next to the known ones in the folder that `CISTRON_DATA` names.
//!
//! `cargo bench --bench accuracy -- generated wiring` prints one row for each network of the gold
//! standards, and the mean and range of twenty generated ones of the same size and of each law;
//! `-- series` the statistics of their time series. Both without an argument.
#![expect(clippy::print_stdout, reason = "a bench prints its tables")]

use std::error::Error;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Instant;

use cistron::io::{SeriesOptions, read_series};
use cistron::seed::Seed;
use cistron_truth::evaluate::SeriesStatistics;
use cistron_truth::io::read_gold;
use cistron_truth::simulate::TrueEdge;
use cistron_truth::simulate::random::{
    Law, NetworkSettings, Wiring, WiringSettings, WiringShape, draw_model, feed_forward_enrichment,
    wire,
};

/// Groups of known networks.
const GROUPS: [(&str, usize); 5] = [
    ("dream4_10", 10),
    ("dream3_resim_10", 10),
    ("dream3_resim_50", 50),
    ("dream4_100", 100),
    ("dream3_resim_100", 100),
];

/// Generated networks a law and size.
const DRAWS: u64 = 20;

/// Rewired networks behind a z-score.
const REWIRED: usize = 20;

const HEADER: &str = "group\tnetwork\tgenes\tedges\tregulators\tunregulated\tin\tmost in\tmost out\t\
     out γ\tin λ\tactivate\tto regulators\ton cycles\tmutual\tloops\tC1\tI1\tz\tparts";

pub(crate) fn run(wanted: &[String]) -> Result<(), Box<dyn Error>> {
    let asked = |name: &str| wanted.is_empty() || wanted.iter().any(|one| one == name);
    if asked("wiring") {
        wirings()?;
    }
    if asked("series") {
        series()?;
    }
    Ok(())
}

/// The table of statistics of time series.
fn series() -> Result<(), Box<dyn Error>> {
    let Ok(data) = std::env::var("CISTRON_DATA").map(PathBuf::from) else {
        println!("skipped: CISTRON_DATA names no folder with known networks");
        return Ok(());
    };
    println!("group\tstatistic\tmean\tleast\tmost\teach network");
    for (group, _) in GROUPS.iter().rev() {
        let mut found = Vec::new();
        for folder in folders(&data.join(group))? {
            let file = folder.join("timeseries.tsv");
            let options = SeriesOptions::default();
            let read = read_series(File::open(&file)?, &file.to_string_lossy(), None, &options)?;
            found.push(SeriesStatistics::new(&read.value)?);
        }
        statistics(group, &found);
    }
    for genes in [10, 50, 100] {
        for law in [Law::Bacterial, Law::Yeast] {
            statistics(&format!("{law:?} {genes}"), &simulated(law, genes)?);
        }
    }
    Ok(())
}

/// Statistics of the series of generated networks.
fn simulated(law: Law, genes: usize) -> Result<Vec<SeriesStatistics>, Box<dyn Error>> {
    let settings = NetworkSettings::dream4(law, genes);
    let mut found = Vec::new();
    for seed in (1..=5).map(Seed) {
        let series = draw_model(&settings, seed)?.time_series(seed)?;
        found.push(SeriesStatistics::new(&series.ok_or("no plan of series")?)?);
    }
    Ok(found)
}

/// A row for each statistic: mean and range over the networks.
fn statistics(group: &str, found: &[SeriesStatistics]) {
    let rows: Vec<_> = found.iter().map(SeriesStatistics::named).collect();
    for (at, (name, _)) in rows[0].iter().enumerate() {
        let values: Vec<f64> = rows.iter().map(|row| row[at].1).collect();
        let there: Vec<f64> = values.iter().copied().filter(|x| !x.is_nan()).collect();
        let mean = there.iter().sum::<f64>() / there.len() as f64;
        let least = values.iter().copied().fold(f64::INFINITY, f64::min);
        let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let each: Vec<String> = values.iter().map(|x| format!("{x:.3}")).collect();
        println!(
            "{group}\t{name}\t{mean:.4}\t{least:.4}\t{most:.4}\t{}",
            each.join(" ")
        );
    }
}

/// The folders of a group in their order.
fn folders(group: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut folders: Vec<PathBuf> = std::fs::read_dir(group)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    folders.sort();
    Ok(folders)
}

/// The table of wirings, known and generated.
fn wirings() -> Result<(), Box<dyn Error>> {
    println!("{HEADER}");
    let data = std::env::var("CISTRON_DATA").map(PathBuf::from);
    let mut sizes = vec![1_000, 10_000];
    for (group, size) in GROUPS.iter().rev() {
        if !sizes.contains(size) {
            sizes.insert(0, *size);
        }
        match &data {
            Ok(data) => known(&data.join(group))?,
            Err(_) => println!("{group}\tskipped: CISTRON_DATA names no folder"),
        }
    }
    for size in sizes {
        for law in [Law::Bacterial, Law::Yeast] {
            generated(law, size)?;
        }
    }
    Ok(())
}

fn known(group: &Path) -> Result<(), Box<dyn Error>> {
    let name = group.file_name().unwrap_or_default().to_string_lossy();
    let mut rows = Vec::new();
    for folder in folders(group)? {
        let file = folder.join("gold.tsv");
        let gold = read_gold(File::open(&file)?, &file.to_string_lossy())?;
        let edges = gold.pairs().filter(|pair| pair.edge).map(|pair| TrueEdge {
            source: pair.regulator,
            target: pair.target,
            sign: pair.sign,
        });
        let row = row(&Wiring::new(gold.genes().len(), edges.collect()));
        let network = folder.file_name().unwrap_or_default().to_string_lossy();
        print(&name, &network, &row, 2);
        rows.push(row);
    }
    ranges(&name, &rows);
    Ok(())
}

fn generated(law: Law, genes: usize) -> Result<(), Box<dyn Error>> {
    let settings = WiringSettings::of(law, genes);
    let draws = if genes > 1_000 { 2 } else { DRAWS };
    let (mut rows, mut seconds) = (Vec::new(), 0.0);
    for seed in 1..=draws {
        let start = Instant::now();
        let wiring = wire(&settings, Seed(seed))?;
        seconds += start.elapsed().as_secs_f64() / draws as f64;
        rows.push(row(&wiring));
    }
    ranges(&format!("{law:?} {genes}, {seconds:.4} s"), &rows);
    Ok(())
}

/// The columns of the table.
fn row(wiring: &Wiring) -> Vec<f64> {
    let shape = WiringShape::of(wiring);
    let loops = shape.loops;
    vec![
        shape.genes as f64,
        shape.edges as f64,
        shape.regulators,
        shape.unregulated,
        shape.mean_in_degree,
        shape.most_inputs as f64,
        shape.most_targets as f64,
        shape.out_exponent,
        shape.in_rate,
        shape.activators,
        shape.among_regulators,
        shape.on_cycles,
        shape.mutual as f64,
        loops.all as f64,
        loops.coherent[0] as f64,
        loops.incoherent[0] as f64,
        feed_forward_enrichment(wiring, REWIRED, Seed(1)).z(),
        shape.components as f64,
    ]
}

fn print(group: &str, network: &str, row: &[f64], digits: usize) {
    let cells: Vec<String> = row.iter().map(|x| format!("{x:.digits$}")).collect();
    println!("{group}\t{network}\t{}", cells.join("\t"));
}

/// Mean, least and most of every column.
fn ranges(group: &str, rows: &[Vec<f64>]) {
    let over = |reduce: &dyn Fn(&[f64]) -> f64| -> Vec<f64> {
        let column = |at: usize| rows.iter().map(|row| row[at]).collect::<Vec<f64>>();
        (0..rows[0].len()).map(|at| reduce(&column(at))).collect()
    };
    let mean = |x: &[f64]| x.iter().sum::<f64>() / x.len() as f64;
    print(group, "mean", &over(&mean), 2);
    let least = |x: &[f64]| x.iter().copied().fold(f64::INFINITY, f64::min);
    print(group, "least", &over(&least), 2);
    let most = |x: &[f64]| x.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    print(group, "most", &over(&most), 2);
}
