//! GEXF, for Gephi.

use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, Event};

use super::attributes::{Column, Kind, NODE, Value, edge_values, node_values};
use super::graphml::name_id;
use super::style::{NODE_FILL, SPACING, rgb, width};
use super::view::{NetworkView, ViewEdge, ViewNode};
use super::xml::xml_text;
use crate::genes::Genes;
use crate::io::text::short;

type GexfWriter<'a> = Writer<&'a mut dyn Write>;

const DESCRIPTION: &str = "source acts on target; the weight is the strength of the evidence, \
    slope[target, source] = d(dx_target/dt)/dx_source";

/// Writes the view as a static directed graph with typed attributes, colours, widths and positions.
///
/// The weight of an edge is its strength, as Gephi takes no weight below 0; the slope that other
/// formats call `weight` is the attribute `slope`. `y` goes up in Gephi.
///
/// # Errors   what the sink reports.
/// # Cost     that of [`NetworkView::positions`].
/// # Source   GEXF 1.3, gexf.net (schema and primer).
pub fn write_gexf(view: &NetworkView<'_>, sink: &mut dyn Write) -> io::Result<()> {
    let columns: Vec<Column> = view.edge_columns().iter().copied().map(renamed).collect();
    let mut xml = Writer::new_with_indent(sink, b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    xml.create_element("gexf")
        .with_attributes([
            ("xmlns", "http://gexf.net/1.3"),
            ("xmlns:viz", "http://gexf.net/1.3/viz"),
            ("version", "1.3"),
        ])
        .write_inner_content(|xml| {
            xml.create_element("meta").write_inner_content(|xml| {
                text_element(xml, "creator", "cistron")?;
                text_element(xml, "description", &description(view))
            })?;
            xml.create_element("graph")
                .with_attributes([("mode", "static"), ("defaultedgetype", "directed")])
                .write_inner_content(|xml| {
                    // the label of a node is its name
                    write_declarations(xml, "node", &NODE[1..])?;
                    write_declarations(xml, "edge", &columns)?;
                    write_nodes(xml, view)?;
                    xml.create_element("edges").write_inner_content(|xml| {
                        let mut edges = view.edges().iter();
                        edges.try_for_each(|edge| write_edge(xml, edge, &columns, view))
                    })?;
                    Ok(())
                })?;
            Ok(())
        })?
        .get_mut()
        .write_all(b"\n")
}

/// What the file says of itself; a caution comes first.
fn description(view: &NetworkView<'_>) -> String {
    match view.caution() {
        Some(caution) => format!("{caution} {DESCRIPTION}"),
        None => DESCRIPTION.to_owned(),
    }
}

/// Readers of GEXF take an attribute called `weight` for the edge's own.
fn renamed(column: Column) -> Column {
    let (name, kind) = column;
    (if name == "weight" { "slope" } else { name }, kind)
}

fn text_element(xml: &mut GexfWriter<'_>, name: &str, text: &str) -> io::Result<()> {
    let text = quick_xml::events::BytesText::new(text);
    xml.create_element(name).write_text_content(text)?;
    Ok(())
}

fn write_declarations(xml: &mut GexfWriter<'_>, class: &str, columns: &[Column]) -> io::Result<()> {
    xml.create_element("attributes")
        .with_attributes([("class", class), ("mode", "static")])
        .write_inner_content(|xml| {
            for (name, kind) in columns {
                let kind = match kind {
                    Kind::Text => "string",
                    Kind::Real => "double",
                    Kind::Count => "integer",
                    Kind::Flag => "boolean",
                };
                xml.create_element("attribute")
                    .with_attributes([("id", *name), ("title", name), ("type", kind)])
                    .write_empty()?;
            }
            Ok(())
        })?;
    Ok(())
}

fn write_nodes(xml: &mut GexfWriter<'_>, view: &NetworkView<'_>) -> io::Result<()> {
    let positions = view.positions();
    xml.create_element("nodes").write_inner_content(|xml| {
        let mut nodes = view.nodes().iter().zip(&positions);
        nodes.try_for_each(|(node, place)| write_node(xml, node, *place, view.genes()))
    })?;
    Ok(())
}

fn write_node(
    xml: &mut GexfWriter<'_>,
    node: &ViewNode<'_>,
    place: (f64, f64),
    genes: &Genes,
) -> io::Result<()> {
    let (x, y) = (short(place.0 * SPACING), short(-place.1 * SPACING));
    xml.create_element("node")
        .with_attribute(("id", name_id(genes, node.gene).as_str()))
        .with_attribute(("label", xml_text(node.name).as_str()))
        .write_inner_content(|xml| {
            write_values(xml, &NODE[1..], &node_values(node)[1..])?;
            write_colour(xml, NODE_FILL)?;
            xml.create_element("viz:position")
                .with_attributes([("x", x.as_str()), ("y", y.as_str()), ("z", "0")])
                .write_empty()?;
            Ok(())
        })?;
    Ok(())
}

fn write_edge(
    xml: &mut GexfWriter<'_>,
    one: &ViewEdge<'_>,
    columns: &[Column],
    view: &NetworkView<'_>,
) -> io::Result<()> {
    let (edge, genes) = (&one.edge, view.genes());
    xml.create_element("edge")
        .with_attributes([
            ("id", format!("e{}", edge.rank).as_str()),
            ("source", name_id(genes, edge.source).as_str()),
            ("target", name_id(genes, edge.target).as_str()),
            ("weight", short(one.strength).as_str()),
        ])
        .write_inner_content(|xml| {
            write_values(xml, columns, &edge_values(one))?;
            write_colour(xml, view.look(edge.sign).colour)?;
            xml.create_element("viz:thickness")
                .with_attribute(("value", short(width(one.strength)).as_str()))
                .write_empty()?;
            Ok(())
        })?;
    Ok(())
}

fn write_values(
    xml: &mut GexfWriter<'_>,
    columns: &[Column],
    values: &[Option<Value<'_>>],
) -> io::Result<()> {
    xml.create_element("attvalues").write_inner_content(|xml| {
        for ((name, _), value) in columns.iter().zip(values) {
            if let Some(value) = value {
                xml.create_element("attvalue")
                    .with_attributes([("for", *name), ("value", &xml_text(&value.text()))])
                    .write_empty()?;
            }
        }
        Ok(())
    })?;
    Ok(())
}

fn write_colour(xml: &mut GexfWriter<'_>, colour: &str) -> io::Result<()> {
    let [r, g, b] = rgb(colour).map(|part| part.to_string());
    xml.create_element("viz:color")
        .with_attributes([("r", r.as_str()), ("g", g.as_str()), ("b", b.as_str())])
        .write_empty()?;
    Ok(())
}
