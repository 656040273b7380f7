//! What files say about nodes and edges: the same names, types and digits in every format.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::view::{NetworkView, ViewEdge, ViewNode};
use crate::io::run::NodeReport;
use crate::io::text::{exact, rounded};

/// What kind of value a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Real,
    Count,
    Flag,
}

/// A value; a number that is not finite is no value, because programs spell it in different ways.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value<'a> {
    Text(&'a str),
    Real(f64),
    Count(usize),
    Flag(bool),
}

/// Name and kind of a column.
pub(super) type Column = (&'static str, Kind);

/// Name of the attribute of a network that holds the caution, and of the column of a table.
pub(super) const NOTE: &str = "note";

/// Numbers of columns.
pub(super) const NODES: usize = 8;
pub(super) const EDGES: usize = 14;

pub(super) const NODE: [Column; NODES] = [
    ("name", Kind::Text),
    ("decay", Kind::Real),
    ("r_squared", Kind::Real),
    ("r_squared_linear", Kind::Real),
    ("model_regulators", Kind::Count),
    ("in_degree", Kind::Count),
    ("out_degree", Kind::Count),
    ("nonlinear", Kind::Flag),
];

/// The last two are there in views of one group only.
const EDGE: [Column; EDGES] = [
    ("weight", Kind::Real),
    ("sign", Kind::Text),
    ("interaction", Kind::Text),
    ("rank", Kind::Count),
    ("probability", Kind::Real),
    ("evidence", Kind::Real),
    ("dynamic", Kind::Real),
    ("interventional", Kind::Real),
    ("frequency", Kind::Real),
    ("sign_agreement", Kind::Real),
    ("expected_false", Kind::Real),
    ("influence", Kind::Real),
    ("effect", Kind::Real),
    ("strength", Kind::Real),
];

impl NetworkView<'_> {
    /// The columns of the view's edges.
    pub(super) fn edge_columns(&self) -> &'static [Column] {
        match self.group() {
            Some(_) => &EDGE,
            None => &EDGE[..EDGE.len() - 2],
        }
    }

    /// The column with the caution that goes with edges of which none stands out, for tables, which
    /// have no other place for it; and the same for its cells.
    pub(super) fn caution_column(&self) -> (Option<&'static str>, Option<&str>) {
        let caution = self.caution();
        (caution.map(|_| NOTE), caution)
    }

    /// The edge column that says how strong an edge is, from 0 to 1.
    pub(super) fn strength_column(&self) -> &'static str {
        match self.group() {
            Some(_) => "strength",
            None => "evidence",
        }
    }
}

pub(super) fn node_values<'a>(node: &ViewNode<'a>) -> [Option<Value<'a>>; NODES] {
    let real = |of: fn(&NodeReport) -> f64| real(rounded(node.report.map(of)?));
    let count = |of: fn(&NodeReport) -> usize| Some(Value::Count(of(node.report?)));
    [
        Some(Value::Text(node.name)),
        real(|node| node.decay),
        real(|node| node.r_squared),
        real(|node| node.r_squared_linear),
        count(|node| node.model_regulators),
        count(|node| node.in_degree),
        count(|node| node.out_degree),
        node.report.map(|node| Value::Flag(node.nonlinear)),
    ]
}

/// In the order of the columns; zipped with those of a view, the last two fall away.
pub(super) fn edge_values(one: &ViewEdge<'_>) -> [Option<Value<'static>>; EDGES] {
    let edge = &one.edge;
    let short = |x: f64| real(rounded(x));
    [
        short(edge.weight),
        Some(Value::Text(edge.sign.symbol())),
        Some(Value::Text(one.interaction())),
        Some(Value::Count(edge.rank)),
        short(edge.probability),
        real(edge.evidence),
        short(edge.dynamic),
        short(edge.interventional),
        short(edge.frequency),
        short(edge.sign_agreement),
        short(edge.expected_false),
        short(edge.influence),
        one.effect.and_then(short),
        real(one.strength),
    ]
}

fn real(x: f64) -> Option<Value<'static>> {
    // −0 + 0 = 0
    x.is_finite().then_some(Value::Real(x + 0.0))
}

impl Value<'_> {
    /// As text files spell it.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Text(text) => (*text).to_owned(),
            Self::Real(x) => exact(*x),
            Self::Count(n) => n.to_string(),
            Self::Flag(yes) => yes.to_string(),
        }
    }
}

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => to.serialize_str(text),
            Self::Real(x) => to.serialize_f64(*x),
            Self::Count(n) => to.serialize_u64(*n as u64),
            Self::Flag(yes) => to.serialize_bool(*yes),
        }
    }
}

/// Columns and values as one JSON object; what has no value is left out.
pub(super) struct Object<'a, const N: usize> {
    pub(super) columns: &'static [Column],
    pub(super) values: [Option<Value<'a>>; N],
}

impl<const N: usize> Serialize for Object<'_, N> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(None)?;
        for ((name, _), value) in self.columns.iter().zip(&self.values) {
            if let Some(value) = value {
                map.serialize_entry(name, value)?;
            }
        }
        map.end()
    }
}
