//! DOT, for Graphviz.

use std::io::{self, Write};

use super::graphml::node_id;
use super::style::{Look, NODE_FILL, NODE_LINE, width};
use super::view::{NetworkView, ViewEdge};
use crate::io::text::{exact, short};

/// Writes the view as a directed graph: arrows activate, bars repress, dots are of unknown sign.
///
/// The strength is the width of the pen; sign, slope and evidence stand with every edge as
/// attributes of their own, which Graphviz passes over. Names are labels, in which Graphviz would
/// read escapes and entities: both are escaped. Positions are left to Graphviz. Where no edge stands
/// out, a comment and the label of the graph say so.
///
/// # Errors   what the sink reports.
/// # Cost     `O(p + n)`, nothing kept in memory.
/// # Source   The DOT Language and Node, Edge and Graph Attributes, graphviz.org.
pub fn write_dot(view: &NetworkView<'_>, sink: &mut dyn Write) -> io::Result<()> {
    writeln!(sink, "// source -> target: the source acts on the target")?;
    writeln!(sink, "digraph network {{")?;
    writeln!(sink, "  graph [overlap=false, splines=true];")?;
    if let Some(caution) = view.caution() {
        writeln!(sink, "  // {caution}")?;
        let label = escaped(caution).replace(": ", ":\\n").replace(". ", ".\\n");
        writeln!(sink, "  graph [labelloc=t, label=\"{label}\"];")?;
    }
    writeln!(
        sink,
        "  node [shape=ellipse, style=filled, fillcolor=\"{NODE_FILL}\", color=\"{NODE_LINE}\", \
         fontname=\"Helvetica\"];"
    )?;
    for node in view.nodes() {
        let (id, label) = (node_id(node.gene), escaped(node.name));
        writeln!(sink, "  {id} [label=\"{label}\"];")?;
    }
    view.edges()
        .iter()
        .try_for_each(|one| write_edge(sink, one, view.look(one.edge.sign)))?;
    sink.write_all(b"}\n")
}

fn write_edge(sink: &mut dyn Write, one: &ViewEdge<'_>, look: Look) -> io::Result<()> {
    let edge = &one.edge;
    writeln!(
        sink,
        "  {} -> {} [color=\"{}\", arrowhead={}, penwidth={}, sign=\"{}\", \
         slope={}, evidence={}];",
        node_id(edge.source),
        node_id(edge.target),
        look.colour,
        look.dot_head,
        short(width(one.strength)),
        edge.sign.symbol(),
        decimal(&short(edge.weight)),
        decimal(&exact(edge.evidence)),
    )
}

/// A number of DOT is digits and a point; what holds more is quoted.
fn decimal(number: &str) -> String {
    let plain = number.strip_prefix('-').unwrap_or(number);
    if plain
        .bytes()
        .all(|byte| byte == b'.' || byte.is_ascii_digit())
    {
        number.to_owned()
    } else {
        format!("\"{number}\"")
    }
}

/// A label between quotation marks.
fn escaped(name: &str) -> String {
    let mut label = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            '\\' => label.push_str("\\\\"),
            '"' => label.push_str("\\\""),
            '&' => label.push_str("&amp;"),
            '\n' => label.push_str("\\n"),
            '\t' => label.push(' '),
            c if c.is_control() => label.push('\u{fffd}'),
            c => label.push(c),
        }
    }
    label
}
