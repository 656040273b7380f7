//! All methods on all cases.

use std::time::Instant;

use cistron::expression::{Data, Profiles, SteadyStates};
use cistron::seed::Seed;

use super::{BenchmarkMethod, Case, Methods, Row};

/// Peak memory of the process since a mark.
///
/// The library opens no file, so the caller of the benchmark provides this. The peak is that of
/// the whole process: it includes the program, the data of the case, and memory that an earlier
/// method has freed without returning it to the system, so it is an upper bound for the method.
pub trait Meter {
    /// Sets the mark.
    fn start(&mut self);

    /// The peak since the mark in bytes, if the system reports it.
    fn peak(&mut self) -> Option<u64>;
}

/// For systems that do not report it.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoMeter;

impl Meter for NoMeter {
    fn start(&mut self) {}

    fn peak(&mut self) -> Option<u64> {
        None
    }
}

/// Measures memory, and receives every row as it is finished.
pub struct Watcher<'a> {
    /// Measures memory.
    pub meter: &'a mut dyn Meter,
    /// Called with every row.
    pub progress: &'a mut dyn FnMut(&Row),
}

/// One row for every case, seed and method, in this order.
///
/// Methods run one after another, each with all threads, so that their seconds and memory are
/// their own. A method that fails gives a row that says why; the others go on.
///
/// * `cases`: taken one at a time, so that generated data need not be in memory together
pub fn run(
    cases: impl IntoIterator<Item = Case>,
    methods: &Methods,
    seeds: &[Seed],
    watcher: &mut Watcher<'_>,
) -> Vec<Row> {
    let mut rows = Vec::new();
    for case in cases {
        for &seed in seeds {
            for method in methods.for_size(case.data.genes().len()) {
                let row = measure(&case, method, seed, watcher.meter);
                (watcher.progress)(&row);
                rows.push(row);
            }
        }
    }
    rows
}

fn measure(case: &Case, method: &BenchmarkMethod, seed: Seed, meter: &mut dyn Meter) -> Row {
    meter.start();
    let start = Instant::now();
    let result = method.apply(case, seed);
    let seconds = start.elapsed().as_secs_f64();
    let from_elsewhere = matches!(method, BenchmarkMethod::External(_));
    let peak_bytes = meter.peak().filter(|_| !from_elsewhere);
    let mut row = Row {
        suite: case.suite.clone(),
        case: case.name.clone(),
        replicate: case.replicate,
        method: method.name().to_owned(),
        seed: seed.0,
        genes: case.data.genes().len(),
        samples: samples(&case.data),
        edges: case.truth.edge_count(),
        scores: None,
        forecast: None,
        calibration: Vec::new(),
        seconds: if from_elsewhere { 0.0 } else { seconds },
        forecast_seconds: None,
        peak_bytes,
        failure: None,
    };
    match result {
        Ok(result) => {
            row.scores = Some(result.scores);
            row.forecast_seconds = result.forecast_time.map(|time| time.as_secs_f64());
            row.seconds -= row.forecast_seconds.unwrap_or(0.0);
            row.forecast = result.forecast;
            row.calibration = result.calibration;
        }
        Err(reason) => row.failure = Some(reason),
    }
    row
}

fn samples(data: &Data) -> usize {
    match data.profiles() {
        Profiles::Series(expression) => expression.samples(),
        Profiles::Cells(cells) => cells.names().len(),
        Profiles::Static(_) => data.steady_states().map_or(0, SteadyStates::len),
    }
}
