//! Where the nodes of a drawing stand.
//!
//! Pictures, the report's page and the exports with positions all take them from here, so that a
//! network looks the same wherever it is opened.

mod pack;
mod spread;
mod stress;

use crate::seed::Seed;

use pack::{DrawnComponent, pack};
use spread::spread;
use stress::ConnectedComponent;

/// Positions of nodes such that neighbours stand near each other: `(x, y)`, about 1 apart, none
/// below 0.
///
/// Each connected component is drawn by stress: the distance on the plane should be that along the
/// edges, which are 1 long, and longer around nodes of many neighbours. Nodes that come to stand on top of each other, such as the many
/// targets of one regulator, are pushed apart, the longer side is laid level, and the components
/// are packed in rows, large ones first, nodes without edges last.
///
/// * `nodes`: how many; they are counted from 0
/// * `edges`: pairs of nodes; direction, repeats and self edges do not matter
/// * returns one point a node; the same for the same input and seed
///
/// # Panics   if an edge names a node that is not there (a bug in the caller).
/// # Cost     `O(n² + nm log n)` up to about 600 nodes in one component, `O(n log n + km)` with a
///   bounded number `k` of pivots above; 1,000 nodes and 2,000 edges take about half a
///   second.
/// # Source   Zheng, Pawar & Goodman (2019), IEEE Trans. Vis. Comput. Graph. 25:2738 (stress by
///   stochastic gradient descent); Ortmann, Klimenta & Brandes (2017), J. Graph Algorithms Appl.
///   21:791 (pivots). Their reweighting of the pivots is left out.
#[must_use]
pub fn layout(nodes: usize, edges: &[(usize, usize)], seed: Seed) -> Vec<(f64, f64)> {
    let neighbours = neighbours(nodes, edges);
    let mut positions = vec![(0.0, 0.0); nodes];
    let mut drawn = Vec::new();
    for (index, members) in components(&neighbours).into_iter().enumerate() {
        let component = ConnectedComponent::new(&members, &neighbours);
        let mut points = component.by_stress(seed, index as u64);
        spread(&mut points);
        let points = level(points);
        drawn.push(DrawnComponent { members, points });
    }
    pack(&drawn, &mut positions);
    positions
}

/// The neighbours of every node, each once, in order.
fn neighbours(nodes: usize, edges: &[(usize, usize)]) -> Vec<Vec<usize>> {
    let mut neighbours = vec![Vec::new(); nodes];
    for &(a, b) in edges {
        assert!(a < nodes && b < nodes, "an edge between known nodes");
        if a != b {
            neighbours[a].push(b);
            neighbours[b].push(a);
        }
    }
    for of_node in &mut neighbours {
        of_node.sort_unstable();
        of_node.dedup();
    }
    neighbours
}

/// Connected components, each in the order of its nodes; large ones first.
fn components(neighbours: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut seen = vec![false; neighbours.len()];
    let mut components: Vec<Vec<usize>> = Vec::new();
    for start in 0..neighbours.len() {
        if seen[start] {
            continue;
        }
        seen[start] = true;
        let (mut members, mut next) = (vec![start], 0);
        while let Some(&node) = members.get(next) {
            next += 1;
            for &other in &neighbours[node] {
                if !seen[other] {
                    seen[other] = true;
                    members.push(other);
                }
            }
        }
        members.sort_unstable();
        components.push(members);
    }
    // stable: equal sizes stay in the order of their first nodes
    components.sort_by_key(|members| std::cmp::Reverse(members.len()));
    components
}

/// Turned such that the points spread most from left to right.
fn level(points: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    let n = points.len() as f64;
    let mx = points.iter().map(|point| point.0).sum::<f64>() / n;
    let my = points.iter().map(|point| point.1).sum::<f64>() / n;
    let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
    for (x, y) in &points {
        let (x, y) = (x - mx, y - my);
        xx += x * x;
        xy += x * y;
        yy += y * y;
    }
    let angle = 0.5 * f64::atan2(2.0 * xy, xx - yy);
    let (sin, cos) = angle.sin_cos();
    let mut turned = Vec::with_capacity(points.len());
    for (x, y) in points {
        let (x, y) = (x - mx, y - my);
        turned.push((x * cos + y * sin, y * cos - x * sin));
    }
    turned
}

#[cfg(test)]
mod tests;
