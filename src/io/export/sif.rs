//! SIF, the simple interaction format of Cytoscape, with its tables of attributes.

use std::collections::HashSet;
use std::io::{self, Write};

use super::attributes::{Column, NODE, Value, edge_values, node_values};
use super::view::NetworkView;
use crate::io::run::columns::table_writer;

/// Writes `source interaction target` a line, separated by tabs, and every gene without an edge on
/// a line of its own.
///
/// The interaction is `activates`, `represses` or `regulates`. SIF knows no quotes: tabs and other
/// control characters in names become blanks, and where that makes two names one, the later one
/// gets a number. A tab tells readers that blanks are part of names; without edges there is none,
/// and blanks become `_`, as three words on a line would be read as an edge.
///
/// # Errors   what the sink reports.
/// # Cost     `O(p + n)` time, the names in memory.
/// # Source   Cytoscape manual, "Supported Network File Formats".
pub fn write_sif(view: &NetworkView<'_>, sink: &mut dyn Write) -> io::Result<()> {
    let names = plain_names(view);
    let mut isolated = vec![true; names.len()];
    for one in view.edges() {
        let (source, target) = (one.edge.source.index(), one.edge.target.index());
        (isolated[source], isolated[target]) = (false, false);
        let interaction = one.interaction();
        writeln!(sink, "{}\t{interaction}\t{}", names[source], names[target])?;
    }
    let mut nodes = view.nodes().iter().map(|node| node.gene.index());
    nodes.try_for_each(|at| match isolated[at] {
        true => writeln!(sink, "{}", names[at]),
        false => Ok(()),
    })
}

/// Writes the attributes of the nodes, tab-separated; the first column, `name`, holds the names of
/// the SIF file.
///
/// # Errors   what the sink reports.
pub fn write_sif_nodes(view: &NetworkView<'_>, sink: &mut dyn Write) -> io::Result<()> {
    let names = plain_names(view);
    let mut table = table_writer(sink);
    table.write_record(NODE.iter().map(|(name, _)| *name))?;
    for node in view.nodes() {
        let mut cells = cells(&NODE, &node_values(node));
        cells[0].clone_from(&names[node.gene.index()]);
        table.write_record(cells)?;
    }
    table.flush()
}

/// Writes the attributes of the edges, tab-separated; the first column, `shared name`, holds what
/// Cytoscape calls the edges of the SIF file, `source (interaction) target`. Where no edge stands out,
/// the column `note` says so.
///
/// # Errors   what the sink reports.
pub fn write_sif_edges(view: &NetworkView<'_>, sink: &mut dyn Write) -> io::Result<()> {
    let names = plain_names(view);
    let columns = view.edge_columns();
    let mut table = table_writer(sink);
    let header = ["shared name"].into_iter();
    let (note, caution) = view.caution_column();
    table.write_record(
        header
            .chain(columns.iter().map(|(name, _)| *name))
            .chain(note),
    )?;
    for one in view.edges() {
        let name = |at: usize| names[at].as_str();
        let (source, target) = (one.edge.source.index(), one.edge.target.index());
        let key = format!("{} ({}) {}", name(source), one.interaction(), name(target));
        let cells = cells(columns, &edge_values(one));
        let note = caution.map(str::to_owned);
        table.write_record([key].into_iter().chain(cells).chain(note))?;
    }
    table.flush()
}

fn cells(columns: &[Column], values: &[Option<Value<'_>>]) -> Vec<String> {
    let pairs = columns.iter().zip(values);
    pairs
        .map(|(_, value)| value.as_ref().map_or_else(String::new, Value::text))
        .collect()
}

/// Names without control characters, and without blanks if there are no edges, by the gene's place
/// in the network, all different.
fn plain_names(view: &NetworkView<'_>) -> Vec<String> {
    let blank = if view.edges().is_empty() { "_" } else { " " };
    let plain = |name: &str| -> String {
        let shown = |c: char| if c.is_control() { ' ' } else { c };
        let text: String = name.chars().map(shown).collect();
        match blank {
            " " => text.trim().to_owned(),
            _ => text.trim().replace(char::is_whitespace, blank),
        }
    };
    let mut taken: HashSet<String> = HashSet::new();
    let mut names: Vec<String> = Vec::new();
    for node in view.nodes() {
        let base = Some(plain(node.name)).filter(|name| !name.is_empty());
        let base = base.unwrap_or_else(|| "unnamed".to_owned());
        let mut name = base.clone();
        let mut copy = 2;
        while !taken.insert(name.clone()) {
            name = format!("{base}_{copy}");
            copy += 1;
        }
        let at = node.gene.index();
        names.resize(names.len().max(at + 1), String::new());
        names[at] = name;
    }
    names
}
