//! GraphML with typed attributes, for Cytoscape, yEd, networkx, igraph and Gephi.

use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::attributes::{Column, Kind, NODE, NOTE, Value, edge_values, node_values};
use super::view::{NetworkView, ViewEdge, ViewNode};
use super::xml::xml_text;
use crate::genes::{Gene, Genes};

const ORIENTATION: &str =
    " source acts on target: weight[target, source] = d(dx_target/dt)/dx_source ";

/// The name once more, for programs that label nodes by it.
const LABEL: Column = ("label", Kind::Text);

type GraphmlWriter<'a> = Writer<&'a mut dyn Write>;

/// Writes the view as one directed graph.
///
/// Node ids are the names of the genes, as are the attributes `name` and `label`, with `U+FFFD` for
/// characters that XML cannot hold. A number that is not
/// finite is left out: programs spell it in different ways. Where no edge stands out, a comment and the
/// attribute `note` of the graph say so.
///
/// # Errors   what the sink reports.
/// # Cost     `O(p + n)`.
/// # Source   Brandes et al. (2002), GraphML progress report; graphml.graphdrawing.org.
pub fn write_graphml(view: &NetworkView<'_>, sink: &mut dyn Write) -> io::Result<()> {
    let mut xml = Writer::new_with_indent(sink, b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    xml.write_event(Event::Comment(BytesText::from_escaped(ORIENTATION)))?;
    let columns = view.edge_columns();
    let note = [(NOTE, Kind::Text)];
    let caution = view.caution().map(|text| [Some(Value::Text(text))]);
    if let Some(text) = view.caution() {
        xml.write_event(Event::Comment(BytesText::from_escaped(format!(" {text} "))))?;
    }
    xml.create_element("graphml")
        .with_attribute(("xmlns", "http://graphml.graphdrawing.org/xmlns"))
        .write_inner_content(|xml| {
            if caution.is_some() {
                write_keys(xml, "graph", &note)?;
            }
            write_keys(xml, "node", &[NODE[0], LABEL])?;
            write_keys(xml, "node", &NODE[1..])?;
            write_keys(xml, "edge", columns)?;
            xml.create_element("graph")
                .with_attributes([("id", "network"), ("edgedefault", "directed")])
                .write_inner_content(|xml| {
                    if let Some(caution) = &caution {
                        write_data(xml, "graph", &note, caution)?;
                    }
                    view.nodes()
                        .iter()
                        .try_for_each(|node| write_node(xml, node, view.genes()))?;
                    let mut edges = view.edges().iter();
                    edges.try_for_each(|edge| write_edge(xml, edge, columns, view.genes()))
                })?;
            Ok(())
        })?
        .get_mut()
        .write_all(b"\n")
}

fn write_keys(xml: &mut GraphmlWriter<'_>, domain: &str, columns: &[Column]) -> io::Result<()> {
    for (name, kind) in columns {
        let kind = match kind {
            Kind::Text => "string",
            Kind::Real => "double",
            Kind::Count => "int",
            Kind::Flag => "boolean",
        };
        xml.create_element("key")
            .with_attribute(("id", key_id(domain, name).as_str()))
            .with_attributes([("for", domain), ("attr.name", name), ("attr.type", kind)])
            .write_empty()?;
    }
    Ok(())
}

fn write_node(xml: &mut GraphmlWriter<'_>, node: &ViewNode<'_>, genes: &Genes) -> io::Result<()> {
    let values = node_values(node);
    xml.create_element("node")
        .with_attribute(("id", name_id(genes, node.gene).as_str()))
        .write_inner_content(|xml| {
            write_data(
                xml,
                "node",
                &[NODE[0], LABEL],
                &[values[0].clone(), values[0].clone()],
            )?;
            write_data(xml, "node", &NODE[1..], &values[1..])
        })?;
    Ok(())
}

fn write_edge(
    xml: &mut GraphmlWriter<'_>,
    one: &ViewEdge<'_>,
    columns: &[Column],
    genes: &Genes,
) -> io::Result<()> {
    let edge = &one.edge;
    xml.create_element("edge")
        .with_attributes([
            ("id", format!("e{}", edge.rank).as_str()),
            ("source", name_id(genes, edge.source).as_str()),
            ("target", name_id(genes, edge.target).as_str()),
        ])
        .write_inner_content(|xml| write_data(xml, "edge", columns, &edge_values(one)))?;
    Ok(())
}

fn write_data(
    xml: &mut GraphmlWriter<'_>,
    domain: &str,
    columns: &[Column],
    values: &[Option<Value<'_>>],
) -> io::Result<()> {
    for ((name, _), value) in columns.iter().zip(values) {
        if let Some(value) = value {
            xml.create_element("data")
                .with_attribute(("key", key_id(domain, name).as_str()))
                .write_text_content(BytesText::new(&xml_text(&value.text())))?;
        }
    }
    Ok(())
}

/// The name of a gene as the id of its node; its place is added where XML cannot hold the name.
pub(super) fn name_id(genes: &Genes, gene: Gene) -> String {
    let name = genes.name(gene);
    let text = xml_text(name);
    if text == name {
        text
    } else {
        format!("{text} ({})", gene.index() + 1)
    }
}

/// An id for formats in which a name cannot be one.
pub(super) fn node_id(gene: Gene) -> String {
    format!("n{}", gene.index())
}

/// A gene's and an edge's attribute of one name are two keys.
fn key_id(domain: &str, name: &str) -> String {
    format!("{domain}_{name}")
}
