//! Levels of the same genes in two tables: in one unit, in another, on another scale, or changes.
//!
//! The typical level of a gene is about the same in both: most conditions leave most genes as they are. With `a_j` and
//! `b_j` the medians of gene `j` there and here on the linear scale, `ℓ_j = ln (b_j / a_j)` has a median near 0.

use faer::Mat;

use super::{Expression, Stored, TimeSeries};
use crate::numeric::median;

/// Factor between typical levels that no biology explains, as most genes have it.
const LARGEST_FACTOR: f64 = 4.0;
/// Distance of typical levels, as a factor, at which another scale explains them.
const EXPLAINED: f64 = 1.5;
/// Distance of the logarithm of a factor to the base 10 from a whole number below which it is a power of ten:
/// typical levels of conditions differ by as much.
const NEAR_TEN: f64 = 0.25;
/// Share of the distance that is left where another scale explains it and not chance.
const FAR_BETTER: f64 = 0.25;
/// Logarithm of a ratio up to which it is near 1; levels of genes differ by more.
const NEAR_NOTHING: f64 = 0.4;
/// Fewest genes to compare.
const FEWEST: usize = 5;
/// Scales that steady states may have instead.
const OTHERS: [Stored; 6] = [
    Stored::Linear,
    Stored::Log2,
    Stored::Log2p1,
    Stored::Ln,
    Stored::Log1p,
    Stored::Log10,
];

/// The median of every gene over all series.
pub(super) fn typical_levels(series: &Expression) -> Vec<f64> {
    let tables: Vec<&Mat<f64>> = series.series().iter().map(TimeSeries::values).collect();
    let genes = 0..series.genes().len();
    genes.map(|gene| middle(&tables, gene)).collect()
}

/// How the levels of some series differ from those of others, as a part of a sentence; none if they are in the same
/// unit, as far as typical levels tell.
///
/// * `stored`: the scale of the first ones
pub(crate) fn series_differ(
    first: &Expression,
    other: &Expression,
    stored: Stored,
) -> Option<String> {
    let levels = typical_levels(other);
    let level = |name: &String| {
        other
            .genes()
            .find(name)
            .map_or(f64::NAN, |gene| levels[gene.index()])
    };
    let here: Vec<f64> = first.genes().names().iter().map(level).collect();
    Some(match difference(&typical_levels(first), &here, stored)? {
        Difference::Scale(found) => {
            format!(
                "found that its levels are {}, while these are {}",
                stored.name(),
                found.name()
            )
        }
        Difference::Scales(series, found) => {
            format!(
                "found that its levels are {}, while these are {}",
                series.name(),
                found.name()
            )
        }
        Difference::Factor { log, genes } => {
            format!(
                "found about {} times its levels (median of {genes} genes)",
                factor(log).0
            )
        }
        Difference::Changes => "found changes of its levels".to_owned(),
    })
}

/// How levels differ from those in another table, by the medians of all genes.
pub(super) enum Difference {
    /// They are on this scale.
    Scale(Stored),
    /// Those there are on the first scale, and these on the second.
    Scales(Stored, Stored),
    /// A factor, by its logarithm, of so many genes.
    Factor { log: f64, genes: usize },
    /// They are ratios or differences to something.
    Changes,
}

/// Compares medians of genes, NaN where unknown.
///
/// * `stored`: the scale of those there
pub(super) fn difference(there: &[f64], here: &[f64], stored: Stored) -> Option<Difference> {
    let own = Comparison::new(there, here, stored, stored);
    if own.genes < FEWEST || own.distance <= EXPLAINED.ln() {
        return None;
    }
    // a small factor with all genes close to it is a factor
    let explains = |found: &Comparison| {
        found.distance < EXPLAINED.ln().min(FAR_BETTER * own.distance)
            && (own.center.abs() > LARGEST_FACTOR.ln() || found.spread < 0.5 * own.spread)
    };
    let nearest = |a: &(Stored, Stored, Comparison), b: &(Stored, Stored, Comparison)| {
        a.2.distance.total_cmp(&b.2.distance)
    };
    let others = OTHERS.into_iter().filter(|other| *other != stored);
    let others = others.map(|other| (stored, other, Comparison::new(there, here, stored, other)));
    if let Some((_, other, found)) = others.min_by(nearest)
        && explains(&found)
    {
        return Some(Difference::Scale(other));
    }
    // two logarithms bring levels below 1 together whatever they are
    let pairs = OTHERS
        .into_iter()
        .filter(|one| *one != stored && one.is_log());
    let pairs = pairs.map(|one| {
        (
            one,
            Stored::Linear,
            Comparison::new(there, here, one, Stored::Linear),
        )
    });
    if let Some((one, other, found)) = pairs.min_by(nearest)
        && explains(&found)
        && found.spread < 0.5 * own.spread
    {
        return Some(Difference::Scales(one, other));
    }
    if are_changes(there, here, stored) {
        return Some(Difference::Changes);
    }
    let log = own.center;
    (log.abs() > LARGEST_FACTOR.ln() && own.spread < 0.5 * log.abs()).then_some(
        Difference::Factor {
            log,
            genes: own.genes,
        },
    )
}

/// Whether genes that differ in their levels there are all near 1 or near 0 here, as ratios and their logarithms are.
fn are_changes(there: &[f64], here: &[f64], stored: Stored) -> bool {
    let pairs = there
        .iter()
        .zip(here)
        .filter(|(a, b)| !a.is_nan() && !b.is_nan());
    let (levels, found): (Vec<f64>, Vec<f64>) = pairs
        .map(|(a, b)| (stored.linear(*a).max(0.0).ln(), *b))
        .unzip();
    let spread = |values: &[f64]| {
        let center = median(values);
        median(
            &values
                .iter()
                .map(|x| (x - center).abs())
                .collect::<Vec<_>>(),
        )
    };
    let apart = spread(&levels);
    let logs: Vec<f64> = found.iter().map(|y| y.max(0.0).ln()).collect();
    let near =
        |values: &[f64]| median(values).abs() < NEAR_NOTHING && spread(values) < FAR_BETTER * apart;
    let negative = found.iter().filter(|y| **y < 0.0).count();
    let crosses = 5 * negative >= found.len() && 5 * negative <= 4 * found.len();
    apart > NEAR_NOTHING && (near(&logs) || crosses && near(&found))
}

/// Median of what is known of a gene.
pub(super) fn middle(tables: &[&Mat<f64>], gene: usize) -> f64 {
    let cells = tables.iter().flat_map(|table| table.col(gene).iter());
    let known: Vec<f64> = cells.copied().filter(|x| !x.is_nan()).collect();
    median(&known)
}

/// The logarithms of ratios `ℓ_j`, if the steady states are on a scale.
struct Comparison {
    genes: usize,
    center: f64,
    /// Median distance from the centre.
    spread: f64,
    /// Median distance from 0.
    distance: f64,
}

impl Comparison {
    /// If those there are on the scale `one` and these on the scale `other`.
    fn new(there: &[f64], here: &[f64], one: Stored, other: Stored) -> Self {
        let pairs = there
            .iter()
            .map(|a| one.linear(*a))
            .zip(here)
            .filter(|(a, b)| *a > 0.0 && !b.is_nan());
        let logs = pairs.map(|(a, b)| (other.linear(*b).max(0.0) / a).ln());
        // a level of 0 there says nothing, and one of 0 here is far off
        let logs: Vec<f64> = logs.collect();
        let center = median(&logs);
        let off = |from: f64| median(&logs.iter().map(|l| (l - from).abs()).collect::<Vec<_>>());
        Self {
            genes: logs.len(),
            center,
            spread: off(center),
            distance: off(0.0),
        }
    }
}

/// A factor and its inverse, powers of ten where they are near.
pub(super) fn factor(log: f64) -> (String, String) {
    let tens = log / std::f64::consts::LN_10;
    if tens.round() != 0.0 && (tens - tens.round()).abs() < NEAR_TEN {
        let power = 10.0_f64.powi(tens.round() as i32);
        return (
            format!("{power}"),
            format!("{}", 10.0_f64.powi(-tens.round() as i32)),
        );
    }
    let digits = |x: f64| {
        let unit = 10.0_f64.powf(x.log10().floor() - 2.0);
        format!("{}", ((x / unit).round() * unit * 1e12).round() / 1e12)
    };
    (digits(log.exp()), digits((-log).exp()))
}
