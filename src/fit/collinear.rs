//! Regulators that the data cannot tell apart.

use crate::genes::Gene;
use crate::segments::Segments;

use super::moments::{Integrated, RowMoments};

/// Clusters of regulators whose integrated courses correlate by more than `limit` once the
/// conditions are projected out (single linkage), each with two or more members.
///
/// # Cost   `n·q²` flops.
#[must_use]
pub(crate) fn collinear(segments: &Segments, regulators: &[Gene], limit: f64) -> Vec<Vec<Gene>> {
    let data = Integrated::new(segments, regulators);
    let rows: Vec<usize> = (0..segments.len()).collect();
    let moments = RowMoments::new(&data, &rows, &[]);
    let cross = moments.cross();
    let mut cluster: Vec<usize> = (0..regulators.len()).collect();
    for a in 0..regulators.len() {
        for b in 0..a {
            let scale = (cross[(a, a)] * cross[(b, b)]).sqrt();
            if moments.distinct(a)
                && moments.distinct(b)
                && cross[(a, b)].abs() > limit * scale
                && cluster[a] != cluster[b]
            {
                let (from, to) = (cluster[a].max(cluster[b]), cluster[a].min(cluster[b]));
                cluster
                    .iter_mut()
                    .filter(|c| **c == from)
                    .for_each(|c| *c = to);
            }
        }
    }
    let mut clusters = vec![Vec::new(); regulators.len()];
    for (&regulator, label) in regulators.iter().zip(cluster) {
        clusters[label].push(regulator);
    }
    clusters.retain(|members| members.len() > 1);
    clusters
}
