//! The network as GraphML with typed attributes, for Cytoscape, networkx, igraph and Gephi.

use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::number::{exact, short};
use crate::discovery::NodeReport;
use crate::genes::{Gene, Genes};
use crate::network::{Edge, Network, Sign};

/// An attribute: its name and its GraphML type.
type Key = (&'static str, &'static str);

const NODE_KEYS: [Key; 9] = [
    ("name", "string"),
    ("label", "string"),
    ("decay", "double"),
    ("r_squared", "double"),
    ("r_squared_linear", "double"),
    ("model_regulators", "int"),
    ("in_degree", "int"),
    ("out_degree", "int"),
    ("bent", "boolean"),
];

const EDGE_KEYS: [Key; 11] = [
    ("weight", "double"),
    ("sign", "string"),
    ("interaction", "string"),
    ("rank", "int"),
    ("evidence", "double"),
    ("dynamic", "double"),
    ("interventional", "double"),
    ("frequency", "double"),
    ("sign_agreement", "double"),
    ("expected_false_edges", "double"),
    ("influence", "double"),
];

const ORIENTATION: &str =
    " source acts on target: weight[target, source] = d(dx_target/dt)/dx_source ";

type Xml<'a> = Writer<&'a mut dyn Write>;

/// Writes all genes and the best `top` edges as one directed graph.
///
/// Node ids are `n0`, `n1`, … in the order of the genes; the gene's name is the attribute `name`
/// (and `label`), with `U+FFFD` for characters that XML cannot hold. A number that is not finite
/// is left out: programs spell it in different ways.
///
/// * `nodes`: reports in any order; a gene without one has only its name
///
/// # Errors   what the sink reports.
/// # Panics   if a report is about a gene that the network does not have (a bug in the caller).
/// # Cost     `O(p + top)`.
/// # Source   Brandes et al. (2002), GraphML progress report; graphml.graphdrawing.org.
pub fn write_graphml(
    network: &Network,
    nodes: &[NodeReport],
    top: usize,
    sink: &mut dyn Write,
) -> io::Result<()> {
    let genes = network.genes();
    let mut reports = vec![None; genes.len()];
    for node in nodes {
        reports[node.gene.index()] = Some(node);
    }
    let mut xml = Writer::new_with_indent(sink, b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    xml.write_event(Event::Comment(BytesText::from_escaped(ORIENTATION)))?;
    xml.create_element("graphml")
        .with_attribute(("xmlns", "http://graphml.graphdrawing.org/xmlns"))
        .write_inner_content(|xml| {
            write_keys(xml, "node", &NODE_KEYS)?;
            write_keys(xml, "edge", &EDGE_KEYS)?;
            xml.create_element("graph")
                .with_attributes([("id", "network"), ("edgedefault", "directed")])
                .write_inner_content(|xml| {
                    for (gene, report) in genes.iter().zip(&reports) {
                        write_node(xml, genes, gene, *report)?;
                    }
                    let edges = network.edges().iter().take(top);
                    edges.into_iter().try_for_each(|edge| write_edge(xml, edge))
                })?;
            Ok(())
        })?
        .get_mut()
        .write_all(b"\n")
}

fn write_keys(xml: &mut Xml<'_>, domain: &str, keys: &[Key]) -> io::Result<()> {
    for (name, kind) in keys {
        xml.create_element("key")
            .with_attribute(("id", key_id(domain, name).as_str()))
            .with_attributes([("for", domain), ("attr.name", name), ("attr.type", kind)])
            .write_empty()?;
    }
    Ok(())
}

fn write_node(
    xml: &mut Xml<'_>,
    genes: &Genes,
    gene: Gene,
    report: Option<&NodeReport>,
) -> io::Result<()> {
    let values = node_values(genes.name(gene), report);
    xml.create_element("node")
        .with_attribute(("id", node_id(gene).as_str()))
        .write_inner_content(|xml| write_data(xml, "node", &NODE_KEYS, &values))?;
    Ok(())
}

fn write_edge(xml: &mut Xml<'_>, edge: &Edge) -> io::Result<()> {
    xml.create_element("edge")
        .with_attributes([
            ("id", format!("e{}", edge.rank).as_str()),
            ("source", node_id(edge.source).as_str()),
            ("target", node_id(edge.target).as_str()),
        ])
        .write_inner_content(|xml| write_data(xml, "edge", &EDGE_KEYS, &edge_values(edge)))?;
    Ok(())
}

fn write_data(
    xml: &mut Xml<'_>,
    domain: &str,
    keys: &[Key],
    values: &[Option<String>],
) -> io::Result<()> {
    for ((name, _), value) in keys.iter().zip(values) {
        if let Some(value) = value {
            xml.create_element("data")
                .with_attribute(("key", key_id(domain, name).as_str()))
                .write_text_content(BytesText::new(value))?;
        }
    }
    Ok(())
}

fn node_values(name: &str, report: Option<&NodeReport>) -> [Option<String>; NODE_KEYS.len()] {
    let name = xml_text(name);
    let number = |of: fn(&NodeReport) -> f64| finite(report.map(of)?, short);
    let count = |of: fn(&NodeReport) -> usize| Some(of(report?).to_string());
    [
        Some(name.clone()),
        Some(name),
        number(|node| node.decay),
        number(|node| node.r_squared),
        number(|node| node.r_squared_linear),
        count(|node| node.model_regulators),
        count(|node| node.in_degree),
        count(|node| node.out_degree),
        report.map(|node| node.bent.to_string()),
    ]
}

fn edge_values(edge: &Edge) -> [Option<String>; EDGE_KEYS.len()] {
    let interaction = match edge.sign {
        Sign::Activation => "activates",
        Sign::Repression => "represses",
        Sign::Unknown => "regulates",
    };
    [
        finite(edge.weight, short),
        Some(edge.sign.symbol().to_owned()),
        Some(interaction.to_owned()),
        Some(edge.rank.to_string()),
        finite(edge.evidence, exact),
        finite(edge.dynamic, short),
        finite(edge.interventional, short),
        finite(edge.frequency, short),
        finite(edge.sign_agreement, short),
        finite(edge.expected_false_edges, short),
        finite(edge.influence, short),
    ]
}

fn node_id(gene: Gene) -> String {
    format!("n{}", gene.index())
}

/// A gene's and an edge's attribute of one name are two keys.
fn key_id(domain: &str, name: &str) -> String {
    format!("{domain}_{name}")
}

fn finite(x: f64, format: fn(f64) -> String) -> Option<String> {
    x.is_finite().then(|| format(x))
}

/// The text with `U+FFFD` for what is no character of XML 1.0, escaped or not.
fn xml_text(text: &str) -> String {
    let allowed = |c: char| match c {
        '\t' | '\n' | '\r' => true,
        '\u{fffe}' | '\u{ffff}' => false,
        c => c >= ' ',
    };
    text.chars()
        .map(|c| if allowed(c) { c } else { '\u{fffd}' })
        .collect()
}
