//! `cistron export`: a run's network, or its model, for other programs.

use std::error::Error;
use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use cistron::field::{Fitted, VectorField};
use cistron::io::{
    Delimiter, FORMATS, Format, NetworkView, Writer, read_edges, read_groups, read_nodes,
    write_sif_edges, write_sif_nodes,
};
use cistron::io::{GroupInfluence, NodeReport};
use cistron::network::{Network, Selection, Sign};
use cistron::run::RunFolder;
use cistron_truth::io::read_edge_list;

use super::files::{self, Output};
use super::selection_args::SelectionArgs;

/// Write a run's network, or its model, for other programs.
///
/// Unless --top or --max-false-edges says how many, csv, scenic, beeline and dream hold all edges,
/// as they are scored or filtered elsewhere. The other formats, and every --neighbourhood, hold the
/// usual edges, those of network.graphml: as many as are false by half at most, but one for each
/// gene if the data selected so many. `--top 1000000` gives all in any format. A selection has the
/// genes of its edges.
#[derive(Args, Clone, Debug)]
pub(crate) struct ExportArgs {
    /// Folder of a `cistron infer` run, or an edges.tsv alone
    run: PathBuf,
    /// What to write; the ending of FILE tells if not given
    #[arg(long, value_name = "FORMAT", value_parser = formats())]
    format: Option<&'static Format>,
    /// File to write, `-` for the standard output. Tables have tabs if it ends in .tsv; beside
    /// NAME.sif come NAME.nodes.tsv and NAME.edges.tsv
    #[arg(short, long, value_name = "FILE")]
    out: PathBuf,
    #[command(flatten)]
    selection: SelectionArgs,
    /// Edges, signs and weights as they act in one series, lineage or condition; rank, evidence and
    /// frequency stay those of the run
    #[arg(long, value_name = "NAME")]
    group: Option<String>,
}

/// Every format by its name, with what it is for.
fn formats() -> impl TypedValueParser<Value = &'static Format> {
    let values = FORMATS
        .iter()
        .map(|format| PossibleValue::new(format.name).help(format.about));
    PossibleValuesParser::new(values)
        .map(|name| Format::named(&name).expect("only their names are possible"))
}

/// Runs the subcommand.
///
/// # Errors   a message for the user; exit code 2.
pub(crate) fn run(args: &ExportArgs) -> Result<(), Box<dyn Error>> {
    let format = args.format()?;
    match format.writer {
        Writer::Model(write) => {
            let model = args.model()?;
            args.write(vec![Output::new(args.out.clone(), |sink| {
                write(&model, sink)
            })])?;
            args.report(&format!("the model of {} genes", model.field.genes().len()))
        }
        Writer::Network(_) | Writer::Table(_) => {
            let source = Source::read(&args.run, args.group.is_some())?;
            let view = args.view(&source, format.fill(args.selection.selection()))?;
            args.write(args.outputs(format, &view))?;
            args.note_not_written(&source, &view)?;
            note_left_out(format, &view);
            let (genes, edges) = (view.nodes().len(), view.edges().len());
            args.report(&format!("{edges} edges and {genes} genes"))
        }
    }
}

/// What a run has to export.
struct Source {
    network: Network,
    nodes: Vec<NodeReport>,
    groups: Vec<GroupInfluence>,
}

impl Source {
    /// Reads no more than is needed: a run of an earlier version may lack the rest.
    fn read(path: &Path, with_groups: bool) -> Result<Self, Box<dyn Error>> {
        if is_table(path) {
            return Self::of_table(path, with_groups);
        }
        let folder = RunFolder::open(path)?;
        let genes = folder.model.field.genes();
        Ok(Self {
            network: folder.part("edges.tsv", |input, name| read_edges(input, name, genes))?,
            nodes: folder.part("nodes.tsv", |input, name| read_nodes(input, name, genes))?,
            groups: if with_groups {
                folder.part("groups.tsv", |input, name| read_groups(input, name, genes))?
            } else {
                Vec::new()
            },
        })
    }

    /// The genes of a table of edges are those it names.
    fn of_table(path: &Path, with_groups: bool) -> Result<Self, Box<dyn Error>> {
        let name = path.display().to_string();
        if with_groups {
            return Err(format!("{name}: --group needs the folder of the run").into());
        }
        let list = read_edge_list(files::open(path)?, &name)?;
        Ok(Self {
            network: read_edges(files::open(path)?, &name, list.genes())?,
            nodes: Vec::new(),
            groups: Vec::new(),
        })
    }
}

/// Whether it is a table of edges and not a run; the model of a run stands for its folder.
fn is_table(path: &Path) -> bool {
    path.is_file() && path.extension().is_none_or(|ending| ending != "json")
}

impl ExportArgs {
    fn format(&self) -> Result<&'static Format, Box<dyn Error>> {
        let name = self.out.to_string_lossy();
        let guessed = || {
            format!(
                "-o {name}: the name of the file does not tell the format; give --format, one of {}",
                FORMATS.map(|format| format.name).join(", ")
            )
        };
        let found = self.format.or_else(|| Format::of_file(&name));
        found.ok_or_else(|| guessed().into())
    }

    fn model(&self) -> Result<Fitted, Box<dyn Error>> {
        if is_table(&self.run) {
            let name = self.run.display();
            return Err(format!("{name}: the model needs the folder of the run").into());
        }
        if self.group.is_some() || self.selection != SelectionArgs::default() {
            return Err("a model is exported as a whole; leave out the selection".into());
        }
        Ok(RunFolder::open(&self.run)?.model)
    }

    fn view<'a>(
        &self,
        source: &'a Source,
        selection: Selection,
    ) -> Result<NetworkView<'a>, Box<dyn Error>> {
        let (network, nodes) = (&source.network, &source.nodes);
        let view = match &self.group {
            Some(group) => {
                NetworkView::in_group(network, nodes, &source.groups, (group, &selection))
            }
            None => NetworkView::selected(network, nodes, &selection),
        };
        view.map_err(|error| format!("{}: {error}", self.run.display()).into())
    }

    fn outputs<'v>(&self, format: &Format, view: &'v NetworkView<'v>) -> Vec<Output<'v>> {
        let mark = match self.out.extension() {
            Some(ending) if ending.eq_ignore_ascii_case("tsv") => Delimiter::Tab,
            _ => Delimiter::Comma,
        };
        let first = match format.writer {
            Writer::Network(write) => Output::new(self.out.clone(), move |sink| write(view, sink)),
            Writer::Table(write) => {
                Output::new(self.out.clone(), move |sink| write(view, mark, sink))
            }
            Writer::Model(_) => unreachable!("a model has no view"),
        };
        if format.name != "sif" || self.to_stdout() {
            return vec![first];
        }
        let beside = |ending: &str| self.out.with_extension(ending);
        vec![
            first,
            Output::new(beside("nodes.tsv"), |sink| write_sif_nodes(view, sink)),
            Output::new(beside("edges.tsv"), |sink| write_sif_edges(view, sink)),
        ]
    }

    /// Says how many edges there are if not all were written.
    fn note_not_written(
        &self,
        source: &Source,
        view: &NetworkView<'_>,
    ) -> Result<(), Box<dyn Error>> {
        let everything = Selection {
            top: Some(usize::MAX),
            ..Selection::default()
        };
        let all = match self.group {
            Some(_) => self.view(source, everything)?.edges().len(),
            None => source.network.edges().len(),
        };
        let written = view.edges().len();
        if written < all {
            let cure = match self.selection.says_how_many() {
                true => String::new(),
                false => format!("; --top {all} takes all"),
            };
            files::note(&format!("{written} of {all} edges{cure}"));
        }
        Ok(())
    }

    fn to_stdout(&self) -> bool {
        self.out.as_os_str() == "-"
    }

    fn write(&self, mut outputs: Vec<Output<'_>>) -> Result<(), Box<dyn Error>> {
        if self.to_stdout() {
            return files::print_by(|sink| outputs[0].write_to(sink));
        }
        files::replace_all(&mut outputs)
    }

    fn report(&self, what: &str) -> Result<(), Box<dyn Error>> {
        if self.to_stdout() {
            return Ok(());
        }
        files::print(&format!("{}: {what}\n", self.out.display()))
    }
}

/// Says which edges a dialect has no place for.
fn note_left_out(format: &Format, view: &NetworkView<'_>) {
    let unknown = view.edges().iter();
    let unknown = unknown.filter(|one| one.edge.sign == Sign::Unknown).count();
    if unknown > 0 && ["decoupler", "celloracle"].contains(&format.name) {
        files::note(&format!(
            "{unknown} edges of unknown sign are left out: a weight in the {} table has a sign",
            format.name
        ));
    }
    if format.name == "dream" && view.edges().len() > 100_000 {
        files::note("the scorers of DREAM take 100,000 lines; the rest is left out");
    }
}
