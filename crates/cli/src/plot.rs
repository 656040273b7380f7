//! `cistron plot RUN`: a run in pictures.

use std::error::Error;
use std::path::{Path, PathBuf};

use clap::Args;

use cistron::run::{FolderKind, ResultFolder, Run, RunFolder};
use cistron_report::{Picture, PictureSettings, run_pictures};
use cistron_truth::evaluate::{EdgeList, PredictedEdge, Ranking, UniverseSettings};
use cistron_truth::io::{read_edge_list, read_gold};

use crate::files;
use crate::named_file::NamedFile;
use crate::picture_files::{PICTURES, PictureFormat, picture_outputs};
use crate::query::find_genes;
use crate::selection_args::SelectionArgs;

const EXAMPLES: &str = "\
Examples:
  cistron plot RUN                                         all pictures, in RUN/pictures
  cistron plot RUN --gene lexA --target recA -o pictures   courses of lexA, path of recA
  cistron plot RUN --max-fdr 0.1 --neighbourhood lexA:2    the surest edges around lexA
  cistron plot RUN --gold known.tsv --peer GENIE3=genie3.tsv -o compared";

/// Draw the results of a run.
///
/// The pictures show the edges that stand out, which are those of the page and of exports, their
/// stability with the expected number of false edges, the influence of regulators on targets, the time
/// courses of the genes with the worst and the best fit, and the regularisation path of a target. Where
/// no edge stands out, the best 20 are drawn in grey. With --gold, precision–recall and ROC curves are
/// drawn too, and with --peer those of other methods.
#[derive(Args, Clone, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct PlotArgs {
    /// Folder that `cistron infer` wrote
    #[arg(value_name = "RUN")]
    run: PathBuf,
    /// Folder for the pictures, made if needed; default: RUN/pictures
    #[arg(short, long, value_name = "FOLDER")]
    out: Option<PathBuf>,
    /// Draw the regularisation path of this target; may be repeated; default: the target of the
    /// best edge
    #[arg(long, value_name = "GENE")]
    target: Vec<String>,
    /// Draw the time courses of this gene in all series; may be repeated
    #[arg(long, value_name = "GENE")]
    gene: Vec<String>,
    /// Format of the pictures
    #[arg(long, value_enum, default_value = "both")]
    format: PictureFormat,
    /// Print no summary
    #[arg(short, long)]
    quiet: bool,
    #[command(flatten)]
    selection: SelectionArgs,
    /// Known network, in any format of `cistron score`
    #[arg(
        long,
        value_name = "FILE",
        help_heading = "Comparison with a known network"
    )]
    gold: Option<PathBuf>,
    /// Edges of another method, for the same curves; may be repeated
    #[arg(
        long,
        value_name = "NAME=FILE",
        requires = "gold",
        help_heading = "Comparison with a known network"
    )]
    peer: Vec<NamedFile>,
}

/// Runs the subcommand.
///
/// # Errors   a message for the user; exit code 2.
pub(crate) fn run(args: &PlotArgs) -> Result<(), Box<dyn Error>> {
    let run_folder = RunFolder::open(&args.run)?.path().to_owned();
    let default_out = run_folder.join(PICTURES);
    let out = args.out.as_ref().unwrap_or(&default_out);
    // before the run is read, so that the pictures are those of the run beside which they stand
    let results = match &args.out {
        Some(out) if *out != default_out => ResultFolder::claim(out, FolderKind::Pictures)?,
        _ => ResultFolder::for_run(&run_folder)?,
    };
    let run = RunFolder::open(&args.run)?.read()?;
    let settings = PictureSettings {
        targets: find_genes(&args.target, run.genes())?,
        genes: find_genes(&args.gene, run.genes())?,
        selection: args.selection.selection(),
        rankings: rankings(args, &run)?,
    };
    if let Err(error) = settings.selection.of(&run.network) {
        return Err(format!("{}: {error}", args.run.display()).into());
    }
    files::make_folder(out)?;
    let pictures = run_pictures(&run, &settings);
    results.add(&picture_outputs(&pictures, args.format, out)?)?;
    if !args.quiet {
        files::print(&summary(args, &out.display().to_string(), &pictures))?;
    }
    Ok(())
}

/// The edges of the run and of its peers against the known network.
fn rankings(args: &PlotArgs, run: &Run) -> Result<Vec<(String, Ranking)>, Box<dyn Error>> {
    let Some(path) = &args.gold else {
        return Ok(Vec::new());
    };
    let gold = files::read(path, read_gold)?;
    let mut lists = vec![("cistron".to_owned(), &*args.run, own_edges(run)?)];
    for peer in &args.peer {
        let file = Path::new(&peer.file);
        lists.push((peer.name.clone(), file, files::read(file, read_edge_list)?));
    }
    let mut rankings = Vec::new();
    for (name, file, list) in lists {
        let ranking = Ranking::new(&gold, &list, &UniverseSettings::default())
            .map_err(|error| format!("{} against {}: {error}", file.display(), path.display()))?;
        rankings.push((name, ranking));
    }
    Ok(rankings)
}

fn own_edges(run: &Run) -> Result<EdgeList, Box<dyn Error>> {
    let edges = run.network.edges().iter();
    let edges = edges.map(|edge| PredictedEdge {
        regulator: edge.source,
        target: edge.target,
        score: edge.evidence,
        sign: edge.sign,
    });
    Ok(EdgeList::new(run.genes().clone(), edges.collect())?)
}

fn summary(args: &PlotArgs, out: &str, pictures: &[Picture]) -> String {
    let names = pictures.iter();
    let names: Vec<&str> = names
        .map(|picture| picture.file.trim_end_matches(".svg"))
        .collect();
    let widest = names.iter().map(|name| name.chars().count()).max();
    let widest = widest.unwrap_or(0);
    let mut text = String::new();
    for (name, picture) in names.iter().zip(pictures) {
        text += &format!("{name:<widest$}   {}\n", picture.title);
    }
    let endings = match args.format {
        PictureFormat::Svg => ".svg",
        PictureFormat::Png => ".png",
        PictureFormat::Both => ".svg and .png",
    };
    text + &format!("\nwritten to {out}/ as {endings}\n")
}
