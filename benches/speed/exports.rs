//! Time and peak memory of every export, against the limits; it fails if one is passed.
//!
//! `cargo bench --bench speed -- exports [FOLDER | EDGES [GENES]]`: of the run in a folder, all of its
//! edges, or of a random network with so many edges and genes; 100,000 edges among 1,000, 3,000 and
//! 5,000 genes if nothing is given. The model of a random network is a linear one with its edges.
//!
//! Each format is written in this process, and then once by `cistron export` from a folder, reading
//! included. Up to 10,000 edges may take 1 s each, more of them 5 s, all of them 500 MiB.
#![expect(clippy::print_stdout, reason = "a bench prints its table")]

use std::collections::BTreeSet;
use std::error::Error;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use rand::Rng;

use cistron::expression::Scale;
use cistron::field::{Component, Fitted, SparseField, Unit, VectorField};
use cistron::genes::{Gene, Genes};
use cistron::io::NodeReport;
use cistron::io::{
    Delimiter, FORMATS, Format, NetworkView, Writer, read_edges, read_model, read_nodes,
    write_edges, write_model, write_nodes, write_sif_edges, write_sif_nodes,
};
use cistron::network::{Edge, Network, Sign};
use cistron::seed::{Purpose, Seed};

/// Most edges that count as a small network, and what may be needed for it and for others.
const SMALL: usize = 10_000;
const SECONDS: (f64, f64) = (1.0, 5.0);
const MEBIBYTES: f64 = 500.0;

pub(crate) fn run(given: &[String]) -> Result<ExitCode, Box<dyn Error>> {
    println!("what\tformat\tgenes\tedges\tseconds\tpeak_MiB\tMiB\tlimit");
    let within = match given {
        [] => {
            let all = [1_000, 3_000, 5_000].map(|genes| of_random(100_000, genes));
            all.into_iter()
                .try_fold(true, |fine, one| Ok::<_, Box<dyn Error>>(fine & one?))?
        }
        [first, rest @ ..] => match first.parse() {
            Ok(edges) => {
                let genes = rest.first().map_or(Ok(5_000), |word| word.parse())?;
                of_random(edges, genes)?
            }
            Err(_) => all_formats(&of_run(Path::new(first))?, Path::new(first))?,
        },
    };
    Ok(if within {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// A random network in this process, and as a folder on the disk.
fn of_random(edges: usize, genes: usize) -> Result<bool, Box<dyn Error>> {
    let parts = random(edges, genes)?;
    let folder = tempfile::tempdir()?;
    let create = |name: &str| File::create(folder.path().join(name)).map(BufWriter::new);
    let (network, nodes, model) = &parts;
    write_model(model, &mut create("model.json")?)?;
    write_edges(network, usize::MAX, &mut create("edges.tsv")?)?;
    write_nodes(network.genes(), nodes, &mut create("nodes.tsv")?)?;
    all_formats(&parts, folder.path())
}

/// Whether all formats stay within the limits.
fn all_formats(parts: &Parts, folder: &Path) -> Result<bool, Box<dyn Error>> {
    let mut within = true;
    for format in &FORMATS {
        within &= here(format, parts)?;
        within &= as_command(format, parts, folder)?;
    }
    Ok(within)
}

/// Prints a row and tells whether it is within the limits.
fn row(what: &str, format: &Format, network: &Network, used: (f64, f64, u64)) -> bool {
    let (seconds, peak, bytes) = used;
    let edges = network.edges().len();
    let most = if edges <= SMALL { SECONDS.0 } else { SECONDS.1 };
    // a peak that cannot be read passes no limit
    let within = seconds <= most && (peak <= MEBIBYTES || peak.is_nan());
    println!(
        "{what}\t{}\t{}\t{edges}\t{seconds:.2}\t{peak:.0}\t{:.1}\t{}",
        format.name,
        network.genes().len(),
        bytes as f64 / f64::from(1 << 20),
        if within { "within" } else { "PASSED" }
    );
    within
}

fn here(format: &Format, (network, nodes, model): &Parts) -> io::Result<bool> {
    let view = NetworkView::best(network, nodes, usize::MAX);
    let peak = PeakMemory::start();
    let start = Instant::now();
    let mut bytes = counted(|sink| match format.writer {
        Writer::Network(write) => write(&view, sink),
        Writer::Table(write) => write(&view, Delimiter::Comma, sink),
        Writer::Model(write) => write(model, sink),
    })?;
    if format.name == "sif" {
        bytes += counted(|sink| write_sif_nodes(&view, sink))?;
        bytes += counted(|sink| write_sif_edges(&view, sink))?;
    }
    let used = (start.elapsed().as_secs_f64(), peak.mebibytes(), bytes);
    Ok(row("writer", format, network, used))
}

/// The command with all edges, written to a file.
fn as_command(format: &Format, parts: &Parts, folder: &Path) -> Result<bool, Box<dyn Error>> {
    let target = tempfile::tempdir()?;
    let out = target.path().join("out");
    let mut command = Command::new(env!("CARGO_BIN_EXE_cistron"));
    command
        .arg("export")
        .arg(folder)
        .args(["--format", format.name, "-o"]);
    command.arg(&out);
    if !matches!(format.writer, Writer::Model(_)) {
        command.args(["--top", "1000000000"]);
    }
    let start = Instant::now();
    let mut child = command.stdout(Stdio::null()).spawn()?;
    let status = format!("/proc/{}/status", child.id());
    let mut peak = f64::NAN;
    // the mark only grows, and the last look is at most this long before the end
    let ended = loop {
        if let Some(ended) = child.try_wait()? {
            break ended;
        }
        peak = high_water(&status).max(peak);
        std::thread::sleep(Duration::from_millis(2));
    };
    let seconds = start.elapsed().as_secs_f64();
    if !ended.success() {
        return Err(format!("cistron export --format {} failed", format.name).into());
    }
    let bytes = fs::metadata(&out)?.len();
    Ok(row("command", format, &parts.0, (seconds, peak, bytes)))
}

type Parts = (Network, Vec<NodeReport>, Fitted);

fn of_run(folder: &Path) -> Result<Parts, Box<dyn Error>> {
    let open = |name: &str| File::open(folder.join(name));
    let model = read_model(open("model.json")?, "model.json")?;
    let genes = model.field.genes();
    let network = read_edges(open("edges.tsv")?, "edges.tsv", genes)?;
    let nodes = read_nodes(open("nodes.tsv")?, "nodes.tsv", genes)?;
    Ok((network, nodes, model))
}

/// Genes with names as long as those of databases, regulators that differ in their targets.
fn random(count: usize, p: usize) -> Result<Parts, Box<dyn Error>> {
    let mut rng = Seed(1).stream(Purpose::Synthetic, 0);
    let genes = Genes::new((0..p).map(|i| format!("AT1G{i:05}")))?;
    let mut pairs = BTreeSet::new();
    while pairs.len() < count.min(p * (p - 1)) {
        let hub: f64 = rng.random_range(0.0..1.0);
        let pair = ((hub * hub * p as f64) as usize, rng.random_range(0..p));
        if pair.0 != pair.1 {
            pairs.insert(pair);
        }
    }
    let edges = pairs.iter().map(|&(source, target)| {
        let weight: f64 = rng.random_range(-0.1..0.1);
        edge(source, target, weight, rng.random_range(0.0..1.0))
    });
    let edges: Vec<Edge> = edges.collect();
    let model = linear(&genes, &edges)?;
    let nodes = genes.iter().map(node).collect();
    Ok((Network::from_edges(genes, edges)?, nodes, model))
}

fn edge(source: usize, target: usize, weight: f64, evidence: f64) -> Edge {
    let mut edge = Edge::new(Gene(source), Gene(target));
    edge.weight = weight;
    edge.sign = if weight > 0.0 {
        Sign::Activation
    } else {
        Sign::Repression
    };
    edge.probability = evidence.min(1.0);
    edge.evidence = evidence;
    edge.dynamic = evidence * 0.9;
    edge.interventional = evidence * 0.3;
    edge.frequency = evidence.sqrt();
    edge.sign_agreement = 0.98;
    edge.expected_false = 100.0 * (1.0 - evidence);
    edge.influence = weight * 0.7;
    edge
}

fn node(gene: Gene) -> NodeReport {
    let mut node = NodeReport::new(gene);
    node.decay = 0.1234;
    node.r_squared = 0.512_345;
    node.r_squared_linear = 0.498_765;
    node.model_regulators = 5;
    node.in_degree = 7;
    node.out_degree = 3;
    node.nonlinear = gene.index().is_multiple_of(3);
    node
}

fn linear(genes: &Genes, edges: &[Edge]) -> Result<Fitted, Box<dyn Error>> {
    let mut components: Vec<Component> = genes
        .iter()
        .map(|_| Component {
            regulators: Vec::new(),
            units: vec![Unit {
                range: 10.0,
                bias: 0.1,
                weights: Vec::new(),
            }],
            intercept: 0.5,
            decay: 2.5,
            covariates: Vec::new(),
        })
        .collect();
    for edge in edges {
        let component = &mut components[edge.target.index()];
        component.regulators.push(edge.source);
        component.units[0].weights.push(edge.weight);
    }
    let field = SparseField::new(genes.clone(), Scale::SQRT, Vec::new(), components)?;
    Ok(Fitted::new(field, vec![0.3; genes.len()], (0.0, 10.0)))
}

/// Writes as the command does, and tells how many bytes there were.
fn counted(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<u64> {
    let mut sink = BufWriter::new(Counter(0));
    write(&mut sink)?;
    Ok(sink.into_inner().map_err(io::Error::from)?.0)
}

struct Counter(u64);

impl Write for Counter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The kernel's high-water mark of this process since a start, the network included; Linux only.
struct PeakMemory {
    marked: bool,
}

impl PeakMemory {
    fn start() -> Self {
        // 5 resets the mark, see proc_pid_clear_refs(5)
        let marked = fs::write("/proc/self/clear_refs", "5").is_ok();
        Self { marked }
    }

    fn mebibytes(&self) -> f64 {
        if self.marked {
            high_water("/proc/self/status")
        } else {
            f64::NAN
        }
    }
}

/// `VmHWM` of a process in MiB, not a number if it cannot be read.
fn high_water(status: &str) -> f64 {
    let status = fs::read_to_string(status).unwrap_or_default();
    let mark = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = mark.and_then(|line| line.trim().strip_suffix("kB")?.trim().parse().ok());
    kib.map_or(f64::NAN, |kib: f64| kib / 1024.0)
}
