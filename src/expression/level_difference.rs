//! Levels of the same genes in two tables: in one unit, in another, on another scale, or changes.
//!
//! The typical level of a gene is about the same in both: most conditions leave most genes as they are. With `a_j` and
//! `b_j` the medians of gene `j` there and here on the linear scale, `ℓ_j = ln (b_j / a_j)` has a median near 0.
//!
//! With few genes, typical levels differ between conditions, and the high levels of all genes together tell the unit
//! better: the logarithm of the ratio of the 95 % quantiles of knockouts and series is −0.03 to 0.06 in 25 networks of
//! DREAM3 and DREAM4 with 10 to 100 genes and in one of 8 genes, where the median of `ℓ_j` is 0.41.

use faer::Mat;

use super::{Expression, Stored, TimeSeries};
use crate::numeric::{median, quantile};

/// Factor between typical levels that no biology explains, as most genes have it.
const LARGEST_FACTOR: f64 = 4.0;
/// Distance of typical levels, as a factor, at which another scale explains them.
const EXPLAINED: f64 = 1.5;
/// Distance of the logarithm of a factor to the base 10 from a whole number below which it is a power of ten: a
/// factor of 1.26, four times what high levels of conditions differ by.
const NEAR_TEN: f64 = 0.1;
/// Factor between high levels from which on units differ: ten times what conditions differ by, see above.
const HIGH_FACTOR: f64 = 1.8;
/// Factor between high levels up to which another scale may explain them.
const HIGH_EXPLAINED: f64 = 1.3;
/// Quantiles of all levels together; the last one is that of high levels.
const QUANTILES: [f64; 4] = [0.5, 0.75, 0.9, 0.95];
/// Deviation of the logarithms of typical levels below which all genes have the same one.
const ALL_ALIKE: f64 = 0.05;
/// Share of the distance that is left where another scale explains it and not chance.
const FAR_BETTER: f64 = 0.25;
/// Logarithm of a ratio up to which it is near 1.
const NEAR_NOTHING: f64 = 0.4;
/// Median distance of the logarithms of typical levels of genes from their median, from which on genes differ in
/// their levels: 0.1 to 0.8 in networks of 10 genes, of which those below it are not judged.
const LEAST_APART: f64 = 0.3;
/// Typical distance of two measurements of one gene on one scale, as a logarithm, that chance does not give.
const SAME: f64 = 0.1;
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

/// Levels of genes in some tables, as comparisons need them.
pub(super) struct TypicalLevels {
    /// The median of every gene; NaN where it has no level.
    medians: Vec<f64>,
    /// Of the levels of all genes together.
    quantiles: [f64; QUANTILES.len()],
    least: f64,
}

impl TypicalLevels {
    /// * `genes`: columns; none for a gene without levels
    pub(super) fn of(tables: &[&Mat<f64>], genes: &[Option<usize>]) -> Self {
        let levels = genes.iter().map(|gene| {
            let columns = tables.iter().zip(gene.iter().cycle());
            let cells = columns.flat_map(|(table, &gene)| table.col(gene).iter());
            cells.copied().filter(|x| !x.is_nan()).collect()
        });
        let levels: Vec<Vec<f64>> = levels.collect();
        let all: Vec<f64> = levels.iter().flatten().copied().collect();
        Self {
            medians: levels.iter().map(|own| median(own)).collect(),
            quantiles: QUANTILES.map(|q| quantile(&all, q)),
            least: all.iter().copied().fold(f64::INFINITY, f64::min),
        }
    }
}

fn tables_of(series: &Expression) -> Vec<&Mat<f64>> {
    series.series().iter().map(TimeSeries::values).collect()
}

/// Levels of all genes of some series.
pub(super) fn typical_levels(series: &Expression) -> TypicalLevels {
    let genes: Vec<Option<usize>> = (0..series.genes().len()).map(Some).collect();
    TypicalLevels::of(&tables_of(series), &genes)
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
    let column = |name: &String| other.genes().find(name).map(|gene| gene.index());
    let genes: Vec<Option<usize>> = first.genes().names().iter().map(column).collect();
    let common: Vec<Option<usize>> = (genes.iter().enumerate())
        .map(|(at, gene)| gene.map(|_| at))
        .collect();
    let there = TypicalLevels::of(&tables_of(first), &common);
    let here = TypicalLevels::of(&tables_of(other), &genes);
    Some(match difference(&there, &here, stored)? {
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
        Difference::Unclear { log, scales } => format!(
            "found about {} times its levels, or logarithms of them ({})",
            factor(log).0,
            scale_names(&scales, " or ")
        ),
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
    /// A factor, by its logarithm, or one of these scales.
    Unclear { log: f64, scales: Vec<Stored> },
    /// They are ratios or differences to something.
    Changes,
}

/// Names of scales as alternatives.
///
/// * `or`: what is between two of them
pub(super) fn scale_names(scales: &[Stored], or: &str) -> String {
    let names: Vec<&str> = scales.iter().map(|scale| scale.name()).collect();
    names.join(or)
}

/// Compares levels of the same genes.
///
/// * `stored`: the scale of those there
pub(super) fn difference(
    there: &TypicalLevels,
    here: &TypicalLevels,
    stored: Stored,
) -> Option<Difference> {
    let own = Comparison::new(there, here, stored, stored);
    if own.genes < FEWEST || own.distance <= EXPLAINED.ln() {
        return None;
    }
    if let Some(scale) = clear_scale(there, here, stored, &own) {
        return Some(scale);
    }
    if are_changes(&there.medians, &here.medians, stored) {
        return Some(Difference::Changes);
    }
    if let Some(unit) = high_levels(there, here, stored, &own) {
        return Some(unit);
    }
    let log = own.center;
    (log.abs() > LARGEST_FACTOR.ln() && own.spread < 0.5 * log.abs()).then_some(
        Difference::Factor {
            log,
            genes: own.genes,
        },
    )
}

/// Another scale that brings the genes together.
fn clear_scale(
    there: &TypicalLevels,
    here: &TypicalLevels,
    stored: Stored,
    own: &Comparison,
) -> Option<Difference> {
    // a small factor with all genes close to it is a factor
    let explains = |found: &Comparison| {
        found.distance < EXPLAINED.ln().min(FAR_BETTER * own.distance)
            && (own.center.abs() > LARGEST_FACTOR.ln()
                || found.spread < 0.5 * own.spread
                || found.distance < SAME)
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
    let linear = Stored::Linear;
    let pairs = pairs.map(|one| (one, linear, Comparison::new(there, here, one, linear)));
    let (one, other, found) = pairs.min_by(nearest)?;
    (explains(&found) && found.spread < 0.5 * own.spread).then_some(Difference::Scales(one, other))
}

/// What the high levels of all genes together say: a factor, a logarithm, or one of both.
fn high_levels(
    there: &TypicalLevels,
    here: &TypicalLevels,
    stored: Stored,
    own: &Comparison,
) -> Option<Difference> {
    let ratio = |other: Stored, at: usize| {
        (other.linear(here.quantiles[at]).max(0.0) / stored.linear(there.quantiles[at])).ln()
    };
    let top = QUANTILES.len() - 1;
    let log = ratio(stored, top);
    // linear levels of which none is below 0 there are not far below 0 here
    let below = stored == Stored::Linear
        && there.least >= 0.0
        && here.least < -0.1 * here.quantiles[top].abs();
    let other_unit = log.is_finite() && log.abs() > HIGH_FACTOR.ln() && log * own.center > 0.0;
    // high ratios tell how strong the changes are
    if stored.is_ratio() || !(below || other_unit) {
        return None;
    }
    let off = |other: Stored| -> f64 { (0..=top).map(|at| ratio(other, at).abs()).sum() };
    let explains = |other: &Stored| {
        let possible = other.least().is_none_or(|least| here.least >= least);
        *other != stored
            && other.is_log()
            && possible
            && ratio(*other, top).abs() < HIGH_EXPLAINED.ln()
    };
    let mut scales: Vec<Stored> = OTHERS.into_iter().filter(explains).collect();
    scales.sort_by(|a, b| off(*a).total_cmp(&off(*b)));
    // where all genes say the same, their median is exact
    let log = if own.spread < SAME { own.center } else { log };
    match scales.as_slice() {
        [] if other_unit => Some(Difference::Factor {
            log,
            genes: own.genes,
        }),
        [] => None,
        [scale] if below => Some(Difference::Scale(*scale)),
        _ => Some(Difference::Unclear { log, scales }),
    }
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
    // linear levels are not below 0, whatever the genes
    let levels_above = !stored.is_log() && there.iter().all(|a| a.is_nan() || *a >= 0.0);
    let differ = apart > LEAST_APART;
    (differ || spread(&logs) < ALL_ALIKE) && near(&logs)
        || crosses && (levels_above || differ && near(&found))
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
    fn new(there: &TypicalLevels, here: &TypicalLevels, one: Stored, other: Stored) -> Self {
        let pairs = (there.medians.iter())
            .map(|a| one.linear(*a))
            .zip(&here.medians)
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
