//! Options of `cistron bench`.

use std::path::PathBuf;

use clap::Args;

use crate::law_name::LawName;
use crate::named_file::NamedFile;
use crate::thread_args::ThreadArgs;

const EXAMPLES: &str = "\
Examples:
  cistron bench small -o BENCH                              published circuits
  cistron bench generated --networks 5 --genes 50 -o BENCH  fresh random networks
  cistron bench FOLDER -o BENCH                             known networks of your own
  cistron bench FOLDER --methods cistron,ridge -o BENCH     two methods alone";

/// Compare this program with simple methods on known networks.
///
/// SUITE is one of
///   small            published circuits, simulated
///   generated        random networks with the experiments of DREAM4 (--networks, --genes, --law)
///   scaling          random linear and Hill systems of growing size (--sizes, --law)
///   logic            targets with an AND or a hump; linear methods cannot detect the hump
///   dream4 FOLDER    every subfolder with timeseries.tsv and gold.tsv (or truth.tsv)
///   beeline FOLDER   every subfolder with BEELINE's ExpressionData.csv, PseudoTime.csv and
///                    refNetwork.csv
///   folder FOLDER    both of these; SUITE may also be the folder itself
///   real FOLDER      real data of which some edges are known: every subfolder with timeseries.tsv
///                    (or expression.tsv and meta_data.tsv, as of the Inferelator) and gold.tsv;
///                    also read are steady.tsv, regulators.txt and loci.tsv, all of them also as
///                    .gz. Pairs of a regulator and a target that both have a known edge count
///   static FOLDER    steady states without series: every subfolder with multifactorial.tsv (or
///                    steady.tsv) and gold.tsv (or truth.tsv), perhaps regulators.txt
///
/// Rows for the floor (random orders) and, where the whole network is known and measured over time, for
/// the ceiling (an oracle) are always included.
#[derive(Args, Clone, Debug)]
#[command(verbatim_doc_comment, after_help = EXAMPLES)]
pub(crate) struct BenchArgs {
    /// small, generated, scaling, logic, dream4, beeline, folder, real, static, or a folder
    #[arg(value_name = "SUITE")]
    pub(super) suite: String,
    /// Folder of known networks, for dream4, beeline, folder, real and static
    #[arg(value_name = "FOLDER")]
    pub(super) folder: Option<PathBuf>,
    /// Folder for bench.tsv, bench.json, bench.md and pictures, made if needed
    #[arg(short, long, value_name = "FOLDER")]
    pub(super) out: PathBuf,
    /// Replicates: new data with the seeds 1 … N; with a folder, the same data with other seeds
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub(super) seeds: u32,
    /// Run only these methods, besides floor, ceiling and --compare
    #[arg(long, value_name = "NAME,…", value_delimiter = ',')]
    pub(super) methods: Vec<String>,
    /// Number of networks of `generated` [default: 20]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=10_000))]
    pub(super) networks: Option<u64>,
    /// Number of the first network of `generated`; each number is a different network [default: 1]
    #[arg(long, value_name = "N")]
    pub(super) first: Option<u64>,
    /// Genes of the networks of `generated` [default: 100]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(5..=10_000))]
    pub(super) genes: Option<u32>,
    /// Numbers of genes of `scaling` [default: 10,50,100,200,500]
    #[arg(long, value_name = "N,…", value_delimiter = ',', value_parser = clap::value_parser!(u32).range(5..=5_000))]
    pub(super) sizes: Vec<u32>,
    /// Degree distribution of random networks [default: bacterial]
    #[arg(long, value_name = "NAME")]
    pub(super) law: Option<LawName>,
    /// Time at which the condition of every series changes. Only cistron and its linear form use
    /// it; the other methods cannot
    #[arg(long, value_name = "TIME", allow_negative_numbers = true)]
    pub(super) shift_at: Option<f64>,
    /// Add the edges of another program. {case} in FILE is replaced by the name of the network,
    /// {replicate} by the number of the replicate
    #[arg(long, value_name = "NAME=FILE")]
    pub(super) compare: Vec<NamedFile>,
    /// Write simulated data to OUT/data/NETWORK/REPLICATE (timeseries.tsv and truth.tsv) as input
    /// for other programs
    #[arg(long)]
    pub(super) write_data: bool,
    #[command(flatten)]
    pub(super) threads: ThreadArgs,
    /// Print no progress and no table
    #[arg(short, long)]
    pub(super) quiet: bool,
}
