//! CX2, the exchange format of Cytoscape, Cytoscape Web and NDEx.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::attributes::{Column, EDGES, Kind, NODE, NODES, NOTE, Object, edge_values, node_values};
use super::json::write_array;
use super::style::{Look, NODE_FILL, NODE_LINE, REGULATES, SPACING, WIDTHS};
use super::view::NetworkView;
use crate::io::text::rounded;

const DESCRIPTION: &str = "Source acts on target: weight[target, source] = \
    d(dx_target/dt)/dx_source; rank, evidence and expected_false say how sure an edge is.";

#[derive(Serialize)]
struct Cx2Node<'a> {
    id: usize,
    x: f64,
    y: f64,
    v: Object<'a, NODES>,
}

#[derive(Serialize)]
struct Cx2Edge {
    id: usize,
    s: usize,
    t: usize,
    v: Object<'static, EDGES>,
}

/// Writes the view with a visual style: colour and head of an edge by its sign, width by its
/// strength.
///
/// Ids of nodes are the genes' positions in the network, from 0, those of edges their ranks. A number
/// that is not finite is left out, as JSON cannot hold it. The aspect `visualEditorProperties` has
/// its settings inside `properties`, as NDEx and Cytoscape write and read them.
///
/// # Errors   what the sink reports.
/// # Cost     that of [`NetworkView::positions`]; elements are not kept in memory.
/// # Source   Cytoscape Exchange Format Specification (version 2) and CX2 Visual Styles,
///   cytoscape.org/cx.
pub fn write_cx2(view: &NetworkView<'_>, sink: &mut dyn Write) -> io::Result<()> {
    let name = match view.group() {
        Some(group) => format!("Cistron network, {group}"),
        None => "Cistron network".to_owned(),
    };
    sink.write_all(b"[\n")?;
    write_block(sink, &json!({"CXVersion": "2.0", "hasFragments": false}))?;
    write_block(sink, &metadata(view))?;
    write_block(sink, &declarations(view))?;
    let mut attributes = json!({"name": name, "description": DESCRIPTION});
    if let Some(caution) = view.caution() {
        attributes[NOTE] = caution.into();
    }
    write_block(sink, &json!({"networkAttributes": [attributes]}))?;
    write_nodes(view, sink)?;
    write_edges(view, sink)?;
    write_block(sink, &json!({"visualProperties": [style(view)]}))?;
    let editor = json!({"properties": {"nodeSizeLocked": false, "arrowColorMatchesEdge": true}});
    write_block(sink, &json!({"visualEditorProperties": [editor]}))?;
    serde_json::to_writer(
        &mut *sink,
        &json!({"status": [{"error": "", "success": true}]}),
    )?;
    sink.write_all(b"\n]\n")
}

fn write_block(sink: &mut dyn Write, block: &Value) -> io::Result<()> {
    serde_json::to_writer(&mut *sink, block)?;
    sink.write_all(b",\n")
}

fn metadata(view: &NetworkView<'_>) -> Value {
    let count = |name: &str, count: usize| json!({"name": name, "elementCount": count});
    json!({"metaData": [
        count("attributeDeclarations", 1),
        count("networkAttributes", 1),
        count("nodes", view.nodes().len()),
        count("edges", view.edges().len()),
        count("visualProperties", 1),
        count("visualEditorProperties", 1),
    ]})
}

fn declarations(view: &NetworkView<'_>) -> Value {
    let mut network = vec![("name", Kind::Text), ("description", Kind::Text)];
    network.extend(view.caution().map(|_| (NOTE, Kind::Text)));
    json!({"attributeDeclarations": [{
        "networkAttributes": types(&network),
        "nodes": types(&NODE),
        "edges": types(view.edge_columns()),
    }]})
}

/// The type of every column, in the words of the format.
fn types(columns: &[Column]) -> Map<String, Value> {
    let declared = columns.iter().map(|(name, kind)| {
        let kind = match kind {
            Kind::Text => "string",
            Kind::Real => "double",
            Kind::Count => "integer",
            Kind::Flag => "boolean",
        };
        ((*name).to_owned(), json!({"d": kind}))
    });
    declared.collect()
}

fn write_nodes(view: &NetworkView<'_>, sink: &mut dyn Write) -> io::Result<()> {
    sink.write_all(b"{\"nodes\":")?;
    let positions = view.positions();
    let nodes = view.nodes().iter().zip(&positions);
    write_array(
        sink,
        nodes.map(|(node, (x, y))| Cx2Node {
            id: node.gene.index(),
            x: rounded(x * SPACING),
            y: rounded(y * SPACING),
            v: Object {
                columns: &NODE,
                values: node_values(node),
            },
        }),
    )?;
    sink.write_all(b"},\n")
}

fn write_edges(view: &NetworkView<'_>, sink: &mut dyn Write) -> io::Result<()> {
    sink.write_all(b"{\"edges\":")?;
    write_array(
        sink,
        view.edges().iter().map(|one| Cx2Edge {
            id: one.edge.rank,
            s: one.edge.source.index(),
            t: one.edge.target.index(),
            v: Object {
                columns: view.edge_columns(),
                values: edge_values(one),
            },
        }),
    )?;
    sink.write_all(b"},\n")
}

fn style(view: &NetworkView<'_>) -> Value {
    let by_sign = |of: fn(&Look) -> &'static str| {
        let entry = |look: &Look| json!({"v": look.sign.verb(), "vp": of(look)});
        let map: Vec<Value> = view.looks().iter().map(entry).collect();
        let definition = json!({"attribute": "interaction", "type": "string", "map": map});
        json!({"type": "DISCRETE", "definition": definition})
    };
    let name = json!({"attribute": "name", "type": "string"});
    json!({
        "default": {
            "network": {"NETWORK_BACKGROUND_COLOR": "#FFFFFF"},
            "node": {
                "NODE_SHAPE": "ellipse",
                "NODE_WIDTH": 36.0,
                "NODE_HEIGHT": 36.0,
                "NODE_BACKGROUND_COLOR": NODE_FILL,
                "NODE_BORDER_COLOR": NODE_LINE,
                "NODE_BORDER_WIDTH": 1.0,
                "NODE_LABEL_COLOR": "#000000",
                "NODE_LABEL_FONT_SIZE": 12,
            },
            "edge": {
                "EDGE_LINE_COLOR": REGULATES.colour,
                "EDGE_TARGET_ARROW_COLOR": REGULATES.colour,
                "EDGE_TARGET_ARROW_SHAPE": "none",
                "EDGE_TARGET_ARROW_SIZE": 8.0,
                "EDGE_WIDTH": WIDTHS.0,
            },
        },
        "nodeMapping": {"NODE_LABEL": {"type": "PASSTHROUGH", "definition": name}},
        "edgeMapping": {
            "EDGE_LINE_COLOR": by_sign(|look| look.colour),
            "EDGE_TARGET_ARROW_COLOR": by_sign(|look| look.colour),
            "EDGE_TARGET_ARROW_SHAPE": by_sign(|look| look.head),
            "EDGE_WIDTH": {"type": "CONTINUOUS", "definition": widths(view)},
        },
    })
}

/// From the weakest to the strongest edge, with what lies outside as Cytoscape writes it.
fn widths(view: &NetworkView<'_>) -> Value {
    let (thin, thick) = WIDTHS;
    json!({
        "attribute": view.strength_column(),
        "type": "double",
        "map": [
            {"max": 0.0, "maxVPValue": thin, "includeMin": false, "includeMax": false},
            {
                "min": 0.0, "minVPValue": thin, "includeMin": true,
                "max": 1.0, "maxVPValue": thick, "includeMax": true,
            },
            {"min": 1.0, "minVPValue": thick, "includeMin": false, "includeMax": false},
        ],
    })
}
