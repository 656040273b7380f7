//! Cytoscape.js JSON, for web pages and Cytoscape.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Value, json};

use super::attributes::{EDGES, NODE, NODES, NOTE, Object, edge_values, node_values};
use super::graphml::node_id;
use super::json::write_array;
use super::style::{Look, NODE_FILL, NODE_LINE, REGULATES, SPACING, WIDTHS};
use super::view::NetworkView;
use crate::io::text::rounded;

#[derive(Serialize)]
struct CyjsNode<'a> {
    data: NodeData<'a>,
    position: Position,
}

#[derive(Serialize)]
struct NodeData<'a> {
    id: String,
    #[serde(flatten)]
    attributes: Object<'a, NODES>,
}

#[derive(Serialize)]
struct Position {
    x: f64,
    y: f64,
}

#[derive(Serialize)]
struct CyjsEdge {
    data: LinkData,
}

#[derive(Serialize)]
struct LinkData {
    id: String,
    source: String,
    target: String,
    #[serde(flatten)]
    attributes: Object<'static, EDGES>,
}

/// Writes the view as one object that `cytoscape({container, ...object})` shows as it is meant:
/// elements with positions, a style by sign and strength, and the layout `preset`.
///
/// Ids are `n0`, `n1`, … by the gene's place in the network and `e1`, `e2`, … by rank. A number
/// that is not finite is left out, as JSON cannot hold it.
///
/// # Errors   what the sink reports.
/// # Cost     that of [`NetworkView::positions`]; elements are not kept in memory.
/// # Source   js.cytoscape.org, "Elements JSON" and "Style".
pub fn write_cyjs(view: &NetworkView<'_>, sink: &mut dyn Write) -> io::Result<()> {
    let mut data = json!({"name": "Cistron network", "group": view.group()});
    if let Some(caution) = view.caution() {
        data[NOTE] = caution.into();
    }
    write!(sink, "{{\n\"format_version\":\"1.0\",\n\"data\":{data},\n")?;
    sink.write_all(b"\"layout\":{\"name\":\"preset\"},\n\"style\":")?;
    write_array(sink, style(view).into_iter())?;
    sink.write_all(b",\n\"elements\":{\n\"nodes\":")?;
    let positions = view.positions();
    let nodes = view.nodes().iter().zip(&positions);
    write_array(
        sink,
        nodes.map(|(node, (x, y))| CyjsNode {
            data: NodeData {
                id: node_id(node.gene),
                attributes: Object {
                    columns: &NODE,
                    values: node_values(node),
                },
            },
            position: Position {
                x: rounded(x * SPACING),
                y: rounded(y * SPACING),
            },
        }),
    )?;
    sink.write_all(b",\n\"edges\":")?;
    write_array(
        sink,
        view.edges().iter().map(|one| CyjsEdge {
            data: LinkData {
                id: format!("e{}", one.edge.rank),
                source: node_id(one.edge.source),
                target: node_id(one.edge.target),
                attributes: Object {
                    columns: view.edge_columns(),
                    values: edge_values(one),
                },
            },
        }),
    )?;
    sink.write_all(b"\n}\n}\n")
}

fn style(view: &NetworkView<'_>) -> Vec<Value> {
    let strength = view.strength_column();
    let (thin, thick) = WIDTHS;
    let node = json!({
        "label": "data(name)",
        "width": 36,
        "height": 36,
        "background-color": NODE_FILL,
        "border-color": NODE_LINE,
        "border-width": 1,
        "color": "#000000",
        "font-size": 12,
        "text-valign": "center",
        "text-halign": "center",
    });
    let edge = json!({
        "width": format!("mapData({strength}, 0, 1, {thin}, {thick})"),
        "line-color": REGULATES.colour,
        "target-arrow-color": REGULATES.colour,
        "target-arrow-shape": "none",
        "curve-style": "bezier",
    });
    let by_sign = |look: &Look| {
        json!({
            "selector": format!("edge[interaction = \"{}\"]", look.sign.verb()),
            "style": {
                "line-color": look.colour,
                "target-arrow-color": look.colour,
                "target-arrow-shape": look.head,
            },
        })
    };
    let first = [
        json!({"selector": "node", "style": node}),
        json!({"selector": "edge", "style": edge}),
    ];
    let by_sign = view.looks().map(|look| by_sign(&look));
    first.into_iter().chain(by_sign).collect()
}
