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

/// A format that a network or a model is exported to.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// Its name on the command line.
    pub name: &'static str,
    /// Endings of file names that stand for it, without the dot; none for tables that share theirs.
    pub endings: &'static [&'static str],
    /// What it is for.
    pub about: &'static str,
    /// How it is written.
    pub writer: Writer,
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
        writer: Writer::Network(write_graphml),
    },
    Format {
        name: "cx2",
        endings: &["cx2"],
        about: "Cytoscape, Cytoscape Web, NDEx: with positions and a visual style",
        writer: Writer::Network(write_cx2),
    },
    Format {
        name: "cyjs",
        endings: &["cyjs"],
        about: "Cytoscape.js in web pages: elements, positions, style",
        writer: Writer::Network(write_cyjs),
    },
    Format {
        name: "gexf",
        endings: &["gexf"],
        about: "Gephi: typed attributes, colours, positions",
        writer: Writer::Network(write_gexf),
    },
    Format {
        name: "sif",
        endings: &["sif"],
        about: "Cytoscape and older tools: bare edges, attribute tables beside them",
        writer: Writer::Network(write_sif),
    },
    Format {
        name: "dot",
        endings: &["dot", "gv"],
        about: "Graphviz: arrows activate, bars repress",
        writer: Writer::Network(write_dot),
    },
    Format {
        name: "csv",
        endings: &["csv", "tsv"],
        about: "spreadsheets, R, pandas: the columns of edges.tsv",
        writer: Writer::Table(write_csv),
    },
    Format {
        name: "decoupler",
        endings: &[],
        about: "decoupler: source,target,weight with signed weights",
        writer: Writer::Table(write_decoupler),
    },
    Format {
        name: "scenic",
        endings: &[],
        about: "SCENIC, arboreto: TF,target,importance",
        writer: Writer::Table(write_scenic),
    },
    Format {
        name: "beeline",
        endings: &[],
        about: "evaluation of BEELINE: rankedEdges.csv (Gene1, Gene2, EdgeWeight)",
        writer: Writer::Network(write_beeline),
    },
    Format {
        name: "celloracle",
        endings: &[],
        about: "CellOracle: a table of links with signed coefficients",
        writer: Writer::Table(write_celloracle),
    },
    Format {
        name: "dream",
        endings: &[],
        about: "scorers of DREAM: regulator, target, confidence, no header",
        writer: Writer::Network(write_dream),
    },
    Format {
        name: "antimony",
        endings: &["ant", "antimony"],
        about: "Tellurium, COPASI by SBML: the fitted differential equations",
        writer: Writer::Model(write_antimony),
    },
];

impl Format {
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
