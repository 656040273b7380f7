//! A network, or its model, for other programs: one file a format, all from one view.

mod antimony;
mod attributes;
mod cx2;
mod cyjs;
mod dot;
mod gexf;
mod graphml;
mod json;
mod sif;
mod style;
mod tables;
mod view;
mod xml;

use std::io::{self, Write};

use crate::field::Fitted;
use crate::network::Selection;

pub use antimony::write_antimony;
pub use cx2::write_cx2;
pub use cyjs::write_cyjs;
pub use dot::write_dot;
pub use gexf::write_gexf;
pub use graphml::write_graphml;
pub use sif::{write_sif, write_sif_edges, write_sif_nodes};
pub use tables::{
    Delimiter, write_beeline, write_celloracle, write_csv, write_decoupler, write_dream,
    write_scenic,
};
pub use view::{NetworkView, ViewEdge, ViewError, ViewNode};
pub use xml::shown_text;

/// A format that a network or a model is exported to.
///
/// ```
/// use cistron::genes::{Gene, Genes};
/// use cistron::io::{Format, NetworkView, Writer};
/// use cistron::network::{Edge, Network, Sign};
///
/// let mut edge = Edge::new(Gene(0), Gene(1));
/// (edge.sign, edge.weight, edge.evidence) = (Sign::Repression, -0.5, 1.0);
/// let network = Network::from_edges(Genes::new(["lexA", "recA"])?, vec![edge])?;
/// let format = Format::of_file("sos.sif").expect("the ending is known");
/// let mut text = Vec::new();
/// if let Writer::Network(write) = format.writer {
///     write(&NetworkView::best(&network, &[], 1), &mut text)?;
/// }
/// assert_eq!(String::from_utf8(text)?, "lexA\trepresses\trecA\n");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// Its name on the command line.
    pub name: &'static str,
    /// Endings of file names that stand for it, without the dot; none for tables that share theirs.
    pub endings: &'static [&'static str],
    /// What it is for.
    pub about: &'static str,
    /// The edges that it holds if no number of them is wished for.
    pub holds: Holds,
    /// How it is written.
    pub writer: Writer,
}

/// Which edges a format holds if no number of them is wished for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// Those that stand out ([`Network::standing_out`](crate::network::Network::standing_out)), or the best 20
    /// where none does: what is drawn, read or built upon.
    DefaultEdges,
    /// All of them: rankings that are scored or filtered elsewhere are wrong if they are cut here.
    All,
}

/// What writes a format.
#[derive(Clone, Copy, Debug)]
pub enum Writer {
    /// One file from a view.
    Network(fn(&NetworkView<'_>, &mut dyn Write) -> io::Result<()>),
    /// One table from a view, with commas or tabs.
    Table(fn(&NetworkView<'_>, Delimiter, &mut dyn Write) -> io::Result<()>),
    /// One file from a model.
    Model(fn(&Fitted, &mut dyn Write) -> io::Result<()>),
}

/// All formats.
pub const FORMATS: [Format; 13] = [
    Format {
        name: "graphml",
        endings: &["graphml"],
        about: "Cytoscape, yEd, Gephi, networkx, igraph: typed attributes",
        holds: Holds::DefaultEdges,
        writer: Writer::Network(write_graphml),
    },
    Format {
        name: "cx2",
        endings: &["cx2"],
        about: "Cytoscape, Cytoscape Web, NDEx: with positions and a visual style",
        holds: Holds::DefaultEdges,
        writer: Writer::Network(write_cx2),
    },
    Format {
        name: "cyjs",
        endings: &["cyjs"],
        about: "Cytoscape.js in web pages: elements, positions, style",
        holds: Holds::DefaultEdges,
        writer: Writer::Network(write_cyjs),
    },
    Format {
        name: "gexf",
        endings: &["gexf"],
        about: "Gephi: typed attributes, colours, positions",
        holds: Holds::DefaultEdges,
        writer: Writer::Network(write_gexf),
    },
    Format {
        name: "sif",
        endings: &["sif"],
        about: "Cytoscape and older tools: bare edges, attribute tables beside them",
        holds: Holds::DefaultEdges,
        writer: Writer::Network(write_sif),
    },
    Format {
        name: "dot",
        endings: &["dot", "gv"],
        about: "Graphviz: arrows activate, bars repress",
        holds: Holds::DefaultEdges,
        writer: Writer::Network(write_dot),
    },
    Format {
        name: "csv",
        endings: &["csv", "tsv"],
        about: "spreadsheets, R, pandas: the columns of edges.tsv, of a group effect and strength too",
        holds: Holds::DefaultEdges,
        writer: Writer::Table(write_csv),
    },
    Format {
        name: "decoupler",
        endings: &[],
        about: "decoupler: source,target,weight with signed weights",
        holds: Holds::DefaultEdges,
        writer: Writer::Table(write_decoupler),
    },
    Format {
        name: "scenic",
        endings: &[],
        about: "SCENIC, arboreto: TF,target,importance",
        holds: Holds::All,
        writer: Writer::Table(write_scenic),
    },
    Format {
        name: "beeline",
        endings: &[],
        about: "evaluation of BEELINE: rankedEdges.csv (Gene1, Gene2, EdgeWeight)",
        holds: Holds::All,
        writer: Writer::Network(write_beeline),
    },
    Format {
        name: "celloracle",
        endings: &[],
        about: "CellOracle: a table of links with signed coefficients",
        holds: Holds::DefaultEdges,
        writer: Writer::Table(write_celloracle),
    },
    Format {
        name: "dream",
        endings: &[],
        about: "scorers of DREAM: regulator, target, confidence, no header",
        holds: Holds::All,
        writer: Writer::Network(write_dream),
    },
    Format {
        name: "antimony",
        endings: &["ant", "antimony"],
        about: "Tellurium, COPASI by SBML: the fitted differential equations",
        holds: Holds::All,
        writer: Writer::Model(write_antimony),
    },
];

impl Format {
    /// The selection with what this format holds where nothing is said about numbers.
    ///
    /// A neighbourhood is one among the default edges in every format: among all of them, most genes
    /// are near to each other.
    #[doc(hidden)]
    #[must_use]
    pub fn fill(&self, wished: Selection) -> Selection {
        if wished.sets_number()
            || wished.neighbourhood.is_some()
            || self.holds == Holds::DefaultEdges
        {
            return wished;
        }
        Selection {
            top: Some(usize::MAX),
            ..wished
        }
    }

    /// The format of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|format| format.name == name)
    }

    /// The format that the ending of a file's name stands for; capitals do not matter.
    #[must_use]
    pub fn of_file(name: &str) -> Option<&'static Self> {
        let (_, ending) = name.rsplit_once('.')?;
        let ending = ending.to_lowercase();
        FORMATS
            .iter()
            .find(|format| format.endings.contains(&ending.as_str()))
    }
}
