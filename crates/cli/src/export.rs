//! `cistron export`: the network or the model of a run for other programs.

use std::error::Error;
use std::io::Read;
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

use crate::files::{self, Output};
use crate::selection_args::SelectionArgs;

const EXAMPLES: &str = "\
Examples:
  cistron export RUN -o network.cx2                        for Cytoscape: the edges that stand out
  cistron export RUN -o network.graphml --max-fdr 0.1      a stricter list
  cistron export RUN -o around.gexf --neighbourhood lexA:1 lexA and its neighbours
  cistron export RUN -o edges.csv --top 1000000            all edges
  cistron export RUN -o model.ant                          the equations, for Tellurium and COPASI";

/// What to do about an edge table that lacks columns.
const WHOLE_TABLE: &str = "give the folder of a run, or its edges.tsv with all columns";

/// Export the network or the model of a run to other programs.
///
/// By default a file contains the edges that stand out, which are those of network.graphml, of the
/// drawing and of the page: the longest list of best edges of which at most 20 % are expected to be
/// false. Where no edge stands out, it contains the best 20 and a note that says so. The rankings scenic,
/// beeline and dream contain all edges, because they are filtered or scored elsewhere. How many of the
/// written edges are expected to be false is printed.
#[derive(Args, Clone, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ExportArgs {
    /// Folder of a `cistron infer` run, or an edges.tsv alone
    run: PathBuf,
    /// Format; default: from the ending of FILE
    #[arg(long, value_name = "FORMAT", value_parser = formats())]
    format: Option<&'static Format>,
    /// File to write; `-` is the standard output. Tables are separated by tabs if FILE ends in .tsv.
    /// With NAME.sif, NAME.nodes.tsv and NAME.edges.tsv are written too
    #[arg(short, long, value_name = "FILE")]
    out: PathBuf,
    /// Edges, signs and weights in one series, lineage or condition. Rank, evidence and frequency are
    /// those of the whole run
    #[arg(long, value_name = "NAME")]
    group: Option<String>,
    #[command(flatten)]
    selection: SelectionArgs,
}

/// Every format by its name, with its use.
fn formats() -> impl TypedValueParser<Value = &'static Format> {
    let values = FORMATS
        .iter()
        .map(|format| PossibleValue::new(format.name).help(format.about));
    PossibleValuesParser::new(values)
        .map(|name| Format::named(&name).expect("clap accepts only these names"))
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
            let tables = RunTables::read(&args.run, args.group.is_some())?;
            let view = args.view(&tables, format.fill(args.selection.selection()))?;
            args.write(args.outputs(format, &view))?;
            args.note_expected_false(&tables, &view)?;
            note_left_out(format, &view);
            warn_of_formulas(format, &view);
            let (genes, edges) = (view.nodes().len(), view.edges().len());
            args.report(&format!("{edges} edges and {genes} genes"))
        }
    }
}

/// The tables of a run that are exported.
struct RunTables {
    network: Network,
    nodes: Vec<NodeReport>,
    groups: Vec<GroupInfluence>,
}

impl RunTables {
    /// Reads only what is needed: a run of an earlier version may lack the other tables.
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

    /// The network of an edge table; its genes are the names in the table.
    fn of_table(path: &Path, with_groups: bool) -> Result<Self, Box<dyn Error>> {
        let name = path.display().to_string();
        if with_groups {
            return Err(format!("{name}: --group needs the folder of the run").into());
        }
        let list = files::read_listed(path, read_edge_list)?;
        let whole = |input: Box<dyn Read>, name: &str| {
            read_edges(input, name, list.genes()).map_err(|error| error.cured_by(WHOLE_TABLE))
        };
        Ok(Self {
            network: files::read_listed(path, whole)?,
            nodes: Vec::new(),
            groups: Vec::new(),
        })
    }
}

/// Whether a path is an edge table and not a run; model.json counts as its run.
fn is_table(path: &Path) -> bool {
    path.is_file() && path.extension().is_none_or(|ending| ending != "json")
}

impl ExportArgs {
    fn format(&self) -> Result<&'static Format, Box<dyn Error>> {
        let name = self.out.to_string_lossy();
        let format = self.format.or_else(|| Format::of_file(&name));
        format.ok_or_else(|| {
            let names = FORMATS.map(|format| format.name).join(", ");
            format!(
                "-o {name}: the format does not follow from the name of the file; give --format, \
                 one of {names}"
            )
            .into()
        })
    }

    fn model(&self) -> Result<Fitted, Box<dyn Error>> {
        if is_table(&self.run) {
            let name = self.run.display();
            return Err(format!("{name}: the model needs the folder of the run").into());
        }
        if self.group.is_some() || self.selection != SelectionArgs::default() {
            return Err(
                "a model is exported as a whole; drop the options that select edges".into(),
            );
        }
        Ok(RunFolder::open(&self.run)?.model)
    }

    fn view<'a>(
        &self,
        tables: &'a RunTables,
        selection: Selection,
    ) -> Result<NetworkView<'a>, Box<dyn Error>> {
        let (network, nodes) = (&tables.network, &tables.nodes);
        let view = match &self.group {
            Some(group) => NetworkView::in_group(network, nodes, &tables.groups, group, &selection),
            None => NetworkView::selected(network, nodes, &selection),
        };
        view.map_err(|error| format!("{}: {error}", self.run.display()).into())
    }

    fn outputs<'v>(&self, format: &Format, view: &'v NetworkView<'v>) -> Vec<Output<'v>> {
        let delimiter = match self.out.extension() {
            Some(ending) if ending.eq_ignore_ascii_case("tsv") => Delimiter::Tab,
            _ => Delimiter::Comma,
        };
        let first = match format.writer {
            Writer::Network(write) => Output::new(self.out.clone(), move |sink| write(view, sink)),
            Writer::Table(write) => {
                Output::new(self.out.clone(), move |sink| write(view, delimiter, sink))
            }
            Writer::Model(_) => unreachable!("a model has no view"),
        };
        if format.name != "sif" || self.to_stdout() {
            return vec![first];
        }
        let (nodes, edges) = (
            self.out.with_extension("nodes.tsv"),
            self.out.with_extension("edges.tsv"),
        );
        vec![
            first,
            Output::new(nodes, |sink| write_sif_nodes(view, sink)),
            Output::new(edges, |sink| write_sif_edges(view, sink)),
        ]
    }

    /// Notes how many edges were written, how many of them are expected to be false, and how to get
    /// the others.
    fn note_expected_false(
        &self,
        tables: &RunTables,
        view: &NetworkView<'_>,
    ) -> Result<(), Box<dyn Error>> {
        let everything = Selection {
            top: Some(usize::MAX),
            ..Selection::default()
        };
        let all = match self.group {
            Some(_) => self.view(tables, everything)?.edges().len(),
            None => tables.network.edges().len(),
        };
        let written = view.edges().len();
        let number = match written {
            _ if written == all => format!("{all} edges"),
            _ => format!("{written} of {all} edges"),
        };
        let wrong = view.expected_false();
        let wrong = match 100.0 * wrong / written as f64 {
            share if share.is_finite() => {
                format!("; {wrong:.1} of them ({share:.0} %) are expected to be false")
            }
            _ => why_nothing(&self.selection.selection(), &tables.network),
        };
        let cure = match self.selection.selection().sets_number() || written == all {
            true => String::new(),
            false => format!("; --top {all} exports all of them"),
        };
        files::note(&format!("{number}{wrong}{cure}"));
        if let Some(caution) = view.caution() {
            files::note(caution);
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

/// Why a share of false edges, or a neighbourhood, selects nothing.
fn why_nothing(selection: &Selection, network: &Network) -> String {
    let shares = network.edges().iter();
    let shares = shares.map(|edge| (edge.expected_false / edge.rank as f64, edge.rank));
    let least = shares.min_by(|a, b| a.0.total_cmp(&b.0));
    match (selection.max_fdr, least) {
        (Some(most), Some((share, rank))) if share > most => format!(
            "; the smallest share that is expected to be false is {:.1} %, of the best {rank}",
            100.0 * share
        ),
        _ => match &selection.neighbourhood {
            Some(near) => format!(
                "; `{}` has none of the selected ones: a larger --top selects more",
                near.gene
            ),
            None => String::new(),
        },
    }
}

/// Warns of names that spreadsheets take for formulas when they open a table.
fn warn_of_formulas(format: &Format, view: &NetworkView<'_>) {
    if !matches!(format.writer, Writer::Table(_)) {
        return;
    }
    let names = view.nodes().iter().map(|node| node.name);
    let formulas: Vec<&str> = names
        .filter(|name| name.starts_with(['=', '+', '-', '@']) && name.parse::<f64>().is_err())
        .collect();
    if let Some(first) = formulas.first() {
        let genes = match formulas.len() {
            1 => "the name of 1 gene begins".to_owned(),
            many => format!("the names of {many} genes begin"),
        };
        files::warn(&format!(
            "{genes} with `=`, `+`, `-` or `@` (`{first}`): a spreadsheet takes such cells for formulas; \
             import the columns of names as text"
        ));
    }
}

/// Lines that the scorers of DREAM accept.
const DREAM_LINES: usize = 100_000;

/// Notes the edges that a format cannot hold.
fn note_left_out(format: &Format, view: &NetworkView<'_>) {
    let edges = view.edges().iter();
    let unsigned = edges.filter(|shown| shown.edge.sign == Sign::Unknown);
    let unsigned = unsigned.count();
    if unsigned > 0 && ["decoupler", "celloracle"].contains(&format.name) {
        files::note(&format!(
            "{unsigned} edges of unknown sign are left out: weights in the {} table are signed",
            format.name
        ));
    }
    if format.name == "dream" && view.edges().len() > DREAM_LINES {
        files::note("the scorers of DREAM accept 100,000 lines; the other edges are left out");
    }
}
