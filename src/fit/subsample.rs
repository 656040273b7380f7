//! Complementary half-samples and held-out folds of segments.
//!
//! Rows that start at the same sample share its noise, so blocks of such rows are drawn, not rows.

use rand::seq::SliceRandom;

use crate::seed::{Purpose, Seed};
use crate::segments::Segments;

/// The two halves of the rows in complementary pair number `pair`.
///
/// Rows of one block start at the same sample and fall into the same half. A row over several
/// intervals may reach into blocks of the other half; such rows weigh little, and halves of whole
/// series, which keep them apart, cost accuracy (`benches/README.md`).
///
/// # Source   Shah & Samworth (2013), J. R. Stat. Soc. B 75:55.
pub(crate) fn complementary_halves(segments: &Segments, seed: Seed, pair: u64) -> [Vec<usize>; 2] {
    let mut blocks: Vec<usize> = (0..segments.blocks()).collect();
    blocks.shuffle(&mut seed.stream(Purpose::Subsample, pair));
    let mut first = vec![false; blocks.len()];
    blocks[..blocks.len() / 2]
        .iter()
        .for_each(|&block| first[block] = true);
    let (mut halves, spans) = ([Vec::new(), Vec::new()], segments.spans());
    for (row, span) in spans.iter().enumerate() {
        halves[usize::from(!first[span.block])].push(row);
    }
    halves
}

/// Number of the fold each row is held out in: runs of neighbouring blocks, never whole series,
/// whose offsets could not be learnt without them.
pub(crate) fn held_out_folds(segments: &Segments, seed: Seed, folds: usize) -> Vec<usize> {
    let mut rng = seed.stream(Purpose::HeldOut, 0);
    let blocks = segments.blocks();
    // about four runs per fold, so that each fold sees several parts of the data, and runs of at
    // most five samples, so that the rest of a series still tells its offset; not varied
    let run = blocks.div_ceil(4 * folds).clamp(1, 5);
    let mut runs: Vec<usize> = (0..blocks.div_ceil(run)).map(|r| r % folds).collect();
    runs.shuffle(&mut rng);
    segments
        .spans()
        .iter()
        .map(|span| runs[span.block / run])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::genes::Genes;
    use crate::segments::{RowSpan, SegmentRow};
    use faer::Mat;

    fn table() -> Segments {
        let genes = Genes::new(["a"]).expect("one");
        let mut table = Segments::new(genes, Mat::zeros(20, 1), Vec::new());
        for row in 0..30 {
            table.push(SegmentRow {
                nodes: &[(row % 20, 1.0)],
                increments: vec![0.0],
                design: Vec::new(),
                weight: 1.0,
                span: RowSpan {
                    series: 0,
                    start: 0.0,
                    end: 1.0,
                    block: row % 20,
                    horizon: 1,
                },
                clamped: Vec::new(),
            });
        }
        table
    }

    #[test]
    fn the_halves_are_complementary_and_keep_blocks_together() {
        let [a, b] = complementary_halves(&table(), Seed(1), 7);
        let mut all: Vec<usize> = a.iter().chain(&b).copied().collect();
        all.sort_unstable();
        assert_eq!(all, (0..30).collect::<Vec<_>>());
        for row in 0..10 {
            assert_eq!(a.contains(&row), a.contains(&(row + 20)));
        }
    }

    #[test]
    fn every_fold_holds_rows() {
        let folds = held_out_folds(&table(), Seed(1), 5);
        assert!((0..5).all(|fold| folds.contains(&fold)));
    }
}
