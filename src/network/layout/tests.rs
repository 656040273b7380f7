//! What a drawing promises.

use rand::Rng;

use super::*;
use crate::numeric::mean;
use crate::seed::Purpose;

/// Random edges, of which the first nodes have many.
fn edges(nodes: usize, count: usize) -> Vec<(usize, usize)> {
    let mut rng = Seed(5).stream(Purpose::Synthetic, 0);
    let mut node = |power: f64| {
        let part: f64 = rng.random_range(0.0..1.0);
        (part.powf(power) * nodes as f64) as usize
    };
    (0..count).map(|_| (node(2.0), node(1.0))).collect()
}

fn distance(a: (f64, f64), b: (f64, f64)) -> f64 {
    (a.0 - b.0).hypot(a.1 - b.1)
}

fn mean_distance(positions: &[(f64, f64)], pairs: &[(usize, usize)]) -> f64 {
    let lengths = pairs
        .iter()
        .map(|&(a, b)| distance(positions[a], positions[b]));
    mean(&lengths.collect::<Vec<_>>())
}

fn nearest(positions: &[(f64, f64)]) -> f64 {
    let pairs = (0..positions.len()).flat_map(|a| (0..a).map(move |b| (a, b)));
    pairs.fold(f64::INFINITY, |least, (a, b)| {
        least.min(distance(positions[a], positions[b]))
    })
}

#[test]
fn nothing_and_one_node_have_their_places() {
    assert_eq!(layout(0, &[], Seed(1)), []);
    assert_eq!(layout(1, &[(0, 0)], Seed(1)), [(0.0, 0.0)]);
}

#[test]
fn the_same_seed_gives_the_same_places_and_repeats_change_nothing() {
    let mut edges = edges(60, 90);
    let positions = layout(60, &edges, Seed(1));
    let turned: Vec<_> = edges.iter().map(|(a, b)| (*b, *a)).collect();
    edges.extend(turned);
    assert_eq!(positions, layout(60, &edges, Seed(1)));
    assert_ne!(positions, layout(60, &edges, Seed(2)));
}

#[test]
fn an_edge_is_about_one_long_and_a_path_is_straight() {
    let positions = layout(5, &[(0, 1), (1, 2), (2, 3), (3, 4)], Seed(1));
    for pair in positions.windows(2) {
        assert!(
            (distance(pair[0], pair[1]) - 1.0).abs() < 0.05,
            "{positions:?}"
        );
    }
    assert!(distance(positions[0], positions[4]) > 3.8, "{positions:?}");
    // and level
    assert!(positions.iter().all(|place| place.1 < 0.4), "{positions:?}");
}

#[test]
fn neighbours_stand_nearer_than_strangers() {
    let edges = edges(120, 160);
    let positions = layout(120, &edges, Seed(1));
    let near: Vec<f64> = edges
        .iter()
        .filter(|(a, b)| a != b)
        .map(|(a, b)| distance(positions[*a], positions[*b]))
        .collect();
    let all: Vec<f64> = (0..120)
        .flat_map(|a| (0..a).map(move |b| (a, b)))
        .map(|(a, b)| distance(positions[a], positions[b]))
        .collect();
    assert!(
        mean(&near) < 0.5 * mean(&all),
        "{} {}",
        mean(&near),
        mean(&all)
    );
}

#[test]
fn many_targets_of_one_regulator_do_not_stand_on_one_another() {
    let star: Vec<_> = (1..60).map(|target| (0, target)).collect();
    assert!(nearest(&layout(60, &star, Seed(1))) > 0.4);
    // nor do genes that regulate the same ones
    let twins: Vec<_> = (2..30)
        .flat_map(|target| [(0, target), (1, target)])
        .collect();
    assert!(nearest(&layout(30, &twins, Seed(1))) > 0.4);
}

#[test]
fn components_and_lone_nodes_stand_side_by_side() {
    let mut edges: Vec<_> = (0..9).map(|at| (at, at + 1)).collect();
    edges.extend((10..19).map(|at| (at, at + 1)));
    let positions = layout(60, &edges, Seed(1));
    assert!(nearest(&positions) > 0.4);
    assert!(positions.iter().all(|(x, y)| *x >= 0.0 && *y >= 0.0));
    let width = positions.iter().map(|point| point.0).fold(0.0, f64::max);
    let height = positions.iter().map(|point| point.1).fold(0.0, f64::max);
    let shape = width / height;
    assert!((0.4..4.0).contains(&shape), "{shape}");
}

#[test]
fn a_large_network_is_drawn_with_pivots_and_all_its_places_are_numbers() {
    let edges = edges(3_000, 5_000);
    let positions = layout(3_000, &edges, Seed(1));
    assert!(
        positions
            .iter()
            .all(|(x, y)| x.is_finite() && y.is_finite())
    );
    let near = mean_distance(&positions, &edges);
    let others: Vec<_> = (0..3_000).map(|at| (at, (7 * at + 1) % 3_000)).collect();
    let far = mean_distance(&positions, &others);
    assert!(near < 0.6 * far, "{near} of {far}");
}

#[test]
fn a_thousand_nodes_are_drawn_at_once_even_on_a_busy_machine() {
    let edges = edges(1_000, 2_000);
    let start = std::time::Instant::now();
    let positions = layout(1_000, &edges, Seed(1));
    let taken = start.elapsed();
    assert!(taken.as_secs_f64() < 4.0, "{taken:?}");
    assert!(nearest(&positions) > 0.4);
}
