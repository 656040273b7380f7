//! `cistron plot RUN`: a run in pictures.

use std::error::Error;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use cistron::run::{Run, RunFolder};
use cistron_report::{Picture, PictureSettings, run_pictures};
use cistron_truth::evaluate::{EdgeList, GoldStandard, PredictedEdge, Ranking, UniverseSettings};
use cistron_truth::io::{read_edge_list, read_gold};

use super::files::{self, Output};
use super::question::find_gene;
use super::run_pages::PICTURES;

/// Draw what a run found.
///
/// Always drawn are the best edges of the network, their stability with the expected number of
/// false ones, the influence of regulators on targets, the courses of the genes fitted worst and
/// best, and the regularisation path of a target. With --gold, precision–recall and ROC are drawn
/// too, beside those of each --peer.
#[derive(Args, Clone, Debug)]
pub(crate) struct PlotArgs {
    /// Folder that `cistron infer` wrote
    #[arg(value_name = "RUN")]
    run: PathBuf,
    /// Folder for the pictures, made if it is not there; RUN/pictures if not given
    #[arg(short, long, value_name = "FOLDER")]
    out: Option<PathBuf>,
    /// Draw the regularisation path of this target; may be repeated; the target of the best edge
    /// if not given
    #[arg(long, value_name = "GENE")]
    target: Vec<String>,
    /// Draw the courses of this gene in all series; may be repeated
    #[arg(long, value_name = "GENE")]
    gene: Vec<String>,
    /// Edges in the drawing of the network; if not given, those of which at most half are expected
    /// to be false, 20 to 50
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=2_000))]
    top: Option<u16>,
    /// A network that is known, as `cistron score` reads it
    #[arg(long, value_name = "FILE")]
    gold: Option<PathBuf>,
    /// Edges of another method, drawn beside those of the run; may be repeated
    #[arg(long, value_name = "NAME=FILE", requires = "gold", value_parser = peer)]
    peer: Vec<Peer>,
    /// Format of the pictures
    #[arg(long, value_enum, default_value = "both")]
    format: Format,
    /// Print no summary
    #[arg(short, long)]
    quiet: bool,
}

/// Formats of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Lines and texts, sharp at any size.
    Svg,
    /// Pixels, at twice the size.
    Png,
    /// Both.
    Both,
}

/// The name of a method and the file with its edges.
#[derive(Clone, Debug)]
struct Peer {
    name: String,
    file: PathBuf,
}

fn peer(text: &str) -> Result<Peer, String> {
    match text.split_once('=') {
        Some((name, file)) if !name.trim().is_empty() && !file.is_empty() => Ok(Peer {
            name: name.trim().to_owned(),
            file: PathBuf::from(file),
        }),
        _ => Err("expected NAME=FILE, such as `GENIE3=genie3.tsv`".to_owned()),
    }
}

/// Runs the subcommand.
///
/// # Errors   a message for the user; exit code 2.
pub(crate) fn run(args: &PlotArgs) -> Result<(), Box<dyn Error>> {
    let folder = RunFolder::open(&args.run)?;
    let usual = folder.path().join(PICTURES);
    let run = folder.read()?;
    let gene = |name: &String| find_gene(name, run.genes());
    let settings = PictureSettings {
        targets: args.target.iter().map(gene).collect::<Result<_, _>>()?,
        genes: args.gene.iter().map(gene).collect::<Result<_, _>>()?,
        top: args.top.map(usize::from),
        rankings: rankings(args, &run)?,
    };
    let out = args.out.clone().unwrap_or(usual);
    files::make_folder(&out)?;
    let pictures = run_pictures(&run, &settings);
    let contents = contents(&pictures, args.format)?;
    let output = |(name, bytes): &'_ Content| {
        let bytes = bytes.clone();
        Output::new(out.join(name), move |sink| sink.write_all(&bytes))
    };
    files::replace_all(&mut contents.iter().map(output).collect::<Vec<_>>())?;
    if !args.quiet {
        files::print(&summary(args, &out.display().to_string(), &pictures))?;
    }
    Ok(())
}

/// Name and bytes of a file.
pub(crate) type Content = (String, Vec<u8>);

/// The files of pictures.
///
/// # Errors   if a picture cannot be drawn as PNG.
pub(crate) fn contents(
    pictures: &[Picture],
    format: Format,
) -> Result<Vec<Content>, Box<dyn Error>> {
    let mut all = Vec::new();
    for picture in pictures {
        if format != Format::Png {
            all.push((picture.file.clone(), picture.svg().into_bytes()));
        }
        if format != Format::Svg {
            let png = picture.png();
            all.push(png.map_err(|error| format!("{}: {error}", picture.file))?);
        }
    }
    Ok(all)
}

/// The run's own edges and those of its peers against the known network.
fn rankings(args: &PlotArgs, run: &Run) -> Result<Vec<(String, Ranking)>, Box<dyn Error>> {
    let Some(path) = &args.gold else {
        return Ok(Vec::new());
    };
    let name = path.display().to_string();
    let gold = read_gold(files::open(path)?, &name)?;
    let own = own_edges(run)?;
    let mut all = vec![(
        "cistron".to_owned(),
        ranking(&gold, &own, (&args.run.display(), &name))?,
    )];
    for peer in &args.peer {
        let shown = peer.file.display().to_string();
        let list = read_edge_list(files::open(&peer.file)?, &shown)?;
        all.push((peer.name.clone(), ranking(&gold, &list, (&shown, &name))?));
    }
    Ok(all)
}

fn ranking(
    gold: &GoldStandard,
    list: &EdgeList,
    (edges, known): (&dyn std::fmt::Display, &str),
) -> Result<Ranking, String> {
    Ranking::new(gold, list, &UniverseSettings::default())
        .map_err(|error| format!("{edges} against {known}: {error}"))
}

fn own_edges(run: &Run) -> Result<EdgeList, Box<dyn Error>> {
    let edge = |edge: &cistron::network::Edge| PredictedEdge {
        regulator: edge.source,
        target: edge.target,
        score: edge.evidence,
        sign: edge.sign,
    };
    let edges = run.network.edges().iter().map(edge).collect();
    Ok(EdgeList::new(run.genes().clone(), edges)?)
}

fn summary(args: &PlotArgs, out: &str, pictures: &[Picture]) -> String {
    let name = |one: &Picture| one.file.trim_end_matches(".svg").to_owned();
    let longest = pictures.iter().map(|one| name(one).chars().count()).max();
    let longest = longest.unwrap_or(0);
    let mut text = String::new();
    for picture in pictures {
        text += &format!("{:<longest$}   {}\n", name(picture), picture.title);
    }
    let endings = match args.format {
        Format::Svg => ".svg",
        Format::Png => ".png",
        Format::Both => ".svg and .png",
    };
    text + &format!("\nwritten to {out}/ as {endings}\n")
}
