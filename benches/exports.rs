//! Time and peak memory of every export.
//!
//! `cargo bench --bench exports -- [FOLDER | EDGES [GENES]]`: of the run in a folder, all of its
//! edges, or of a random network with so many edges and genes; 100,000 and 5,000 if nothing is
//! given. The model of a random network is a linear one with its edges.
#![expect(clippy::print_stdout, reason = "a bench prints its table")]

use std::collections::BTreeSet;
use std::error::Error;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::time::Instant;

use rand::Rng;

use cistron::discovery::NodeReport;
use cistron::expression::Scale;
use cistron::field::{Component, Fitted, SparseField, Unit, VectorField};
use cistron::genes::{Gene, Genes};
use cistron::io::{
    Delimiter, FORMATS, NetworkView, Writer, read_edges, read_model, read_nodes, write_sif_edges,
    write_sif_nodes,
};
use cistron::network::{Edge, Network, Sign};
use cistron::seed::{Purpose, Seed};

fn main() -> Result<(), Box<dyn Error>> {
    let mut given = std::env::args()
        .skip(1)
        .filter(|word| !word.starts_with('-'));
    let first = given.next().unwrap_or_else(|| "100000".to_owned());
    let genes = given.next().map_or(Ok(5_000), |word| word.parse())?;
    let (network, nodes, model) = match first.parse() {
        Ok(edges) => random(edges, genes)?,
        Err(_) => of_run(Path::new(&first))?,
    };
    let view = NetworkView::best(&network, &nodes, usize::MAX);
    println!("format\tgenes\tedges\tseconds\tpeak_MiB\tMiB");
    for format in FORMATS {
        let peak = PeakMemory::start();
        let start = Instant::now();
        let bytes = counted(|sink| match format.writer {
            Writer::Network(write) => write(&view, sink),
            Writer::Table(write) => write(&view, Delimiter::Comma, sink),
            Writer::Model(write) => write(&model, sink),
        })?;
        let tables = if format.name == "sif" {
            counted(|sink| write_sif_nodes(&view, sink))?
                + counted(|sink| write_sif_edges(&view, sink))?
        } else {
            0
        };
        println!(
            "{}\t{}\t{}\t{:.2}\t{:.0}\t{:.1}",
            format.name,
            view.nodes().len(),
            view.edges().len(),
            start.elapsed().as_secs_f64(),
            peak.mebibytes(),
            (bytes + tables) as f64 / f64::from(1 << 20)
        );
    }
    Ok(())
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
    let positive = weight > 0.0;
    Edge {
        source: Gene(source),
        target: Gene(target),
        weight,
        sign: if positive {
            Sign::Activation
        } else {
            Sign::Repression
        },
        rank: 0,
        evidence,
        dynamic: evidence * 0.9,
        interventional: evidence * 0.3,
        frequency: evidence.sqrt(),
        sign_agreement: 0.98,
        expected_false_edges: 100.0 * (1.0 - evidence),
        influence: weight * 0.7,
    }
}

fn node(gene: Gene) -> NodeReport {
    NodeReport {
        gene,
        decay: 0.1234,
        r_squared: 0.512_345,
        r_squared_linear: 0.498_765,
        model_regulators: 5,
        in_degree: 7,
        out_degree: 3,
        bent: gene.index().is_multiple_of(3),
    }
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
            influences: Vec::new(),
        })
        .collect();
    for edge in edges {
        let component = &mut components[edge.target.index()];
        component.regulators.push(edge.source);
        component.units[0].weights.push(edge.weight);
    }
    Ok(Fitted {
        field: SparseField::new(genes.clone(), Scale::Sqrt, Vec::new(), components)?,
        reference: vec![0.3; genes.len()],
        times: (0.0, 10.0),
        members: Vec::new(),
    })
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
        let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
        let mark = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kib = mark.and_then(|line| line.trim().strip_suffix("kB")?.trim().parse().ok());
        kib.filter(|_| self.marked)
            .map_or(f64::NAN, |kib: f64| kib / 1024.0)
    }
}
