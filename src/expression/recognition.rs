//! On which scale a file stores its levels, by what they look like.
//!
//! | values | scale |
//! |---|---|
//! | some below 0, genes centred on 0, none beyond ±64 | log ratios |
//! | some below 0, none beyond ±64 | logarithms |
//! | none below 0, a hundred genes or more, 98 % of the positive ones within a factor of 50, the largest from 1.5 to 64, not all whole | logarithms, of level and one if there are zeros |
//! | the same of fewer genes, within a factor of 5 | linear, or logarithms |
//! | others | linear |
//!
//! Values below 0 that are few and tiny beside the others are what a correction left of 0 and do
//! not count. No data tell the base of a logarithm.

use super::levels::Levels;
use super::{Data, Stored};
use crate::numeric::exact;

/// Genes from which on the span of the values says their scale.
const FEWEST_GENES: usize = 100;
/// Ratio of the 99 % to the 1 % quantile below which values look like logarithms: 2.3, 9.4, 14 and 18 in
/// four genome-wide sets of logarithms, 68 and more in networks of 10 to 350 genes on a linear scale.
const LOGGED_SPAN: f64 = 50.0;
/// The same ratio for fewer genes, below which it is not clear: 1.9 in logarithms of eight genes that span a factor of
/// 54 as levels; 6.7 in a simulated predator and prey, 9.2 in steady states of seven genes, more in all other sets.
const UNCLEAR_SPAN: f64 = 5.0;
/// No logarithm of a level is larger: 2⁶⁴ molecules are more than a sample has.
const LARGEST_LOG: f64 = 64.0;
/// Logarithms of the levels of many genes go beyond this; levels as shares of the largest do not.
const LEAST_LARGEST_LOG: f64 = 1.5;
/// Distance of a typical gene's median from 0, in its standard deviations, below which genes are
/// centred: 0.3 in log ratios (Eisen's yeast), 2 and more in all sets of levels.
const CENTRED: f64 = 0.5;
/// Values below 0 are a trace if they are at most this share of all, ...
const TRACE_SHARE: f64 = 0.01;
/// ... and at most this share of the 90 % quantile below it: far less than any noise.
const TRACE_SIZE: f64 = 0.01;

/// As few values below 0 of at most this share of the 90 % quantile are noise around 0 of linear levels, unless the
/// others look like logarithms: these have more of them, or larger ones, the closer to 0 they come.
const NOISE_SIZE: f64 = 0.1;

/// A scale that was recognised.
pub(super) struct Recognised {
    pub(super) stored: Stored,
    /// Why, as a part of a sentence.
    pub(super) reason: String,
}

/// The scale that the file says, else the one that the values look like.
pub(super) fn named_or_recognised(data: &Data, levels: &Levels) -> Recognised {
    match data.named_scale() {
        Some(named) => Recognised {
            stored: named.stored,
            reason: format!("the column of levels is called `{}`", named.column),
        },
        None => recognise(levels),
    }
}

/// The scale that the values of the profiles look like.
fn recognise(levels: &Levels) -> Recognised {
    let physical = levels.most().abs().max(levels.least().abs()) <= LARGEST_LOG;
    let (least, most) = (exact(levels.least()), exact(levels.most()));
    let below = levels.negative() > 0 && trace(levels).is_none();
    let (stored, reason) = if below && !physical {
        let reason = format!("values from {least} to {most} are no logarithms");
        (Stored::Linear, reason)
    } else if below && !looks_logged(levels) && few_below(levels, NOISE_SIZE) {
        let count = levels.negative();
        let reason = format!(
            "{count} value(s) below 0, down to {least}, are too few for logarithms (`--scale` says otherwise)"
        );
        (Stored::Linear, reason)
    } else if below && levels.off_center < CENTRED {
        let reason = "values are below 0 and genes are centred on 0";
        (Stored::LogRatio, reason.to_owned())
    } else if below {
        (Stored::Log, format!("values down to {least} are below 0"))
    } else if looks_logged(levels) && levels.genes < FEWEST_GENES {
        let reason = format!(
            "values from {least} to {most} of {} genes, 98 % of the positive ones within a factor of {:.1}",
            levels.genes,
            levels.span()
        );
        (Stored::Unclear, reason)
    } else if looks_logged(levels) {
        let reason = format!(
            "98 % of the positive values lie within a factor of {:.1}; linear ones of many genes span more than \
             {LOGGED_SPAN}",
            levels.span()
        );
        let zeros = levels.zeros() > 0;
        let stored = if zeros {
            Stored::LogPlusOne
        } else {
            Stored::Log
        };
        (stored, reason)
    } else {
        (Stored::Linear, why_linear(levels))
    };
    Recognised { stored, reason }
}

fn looks_logged(levels: &Levels) -> bool {
    let span = if levels.genes < FEWEST_GENES {
        UNCLEAR_SPAN
    } else {
        LOGGED_SPAN
    };
    levels.span() < span
        && (LEAST_LARGEST_LOG..=LARGEST_LOG).contains(&levels.most())
        && !levels.are_counts()
}

fn why_linear(levels: &Levels) -> String {
    let (least, most) = (exact(levels.least()), exact(levels.most()));
    if levels.are_counts() {
        "all values are whole numbers".to_owned()
    } else if levels.most() > LARGEST_LOG {
        format!("values up to {most} are too large for logarithms")
    } else if levels.genes >= FEWEST_GENES {
        format!(
            "98 % of the positive values span a factor of {:.0}, and the largest is {most}",
            levels.span()
        )
    } else {
        format!(
            "values from {least} to {most}, 98 % of the positive ones within a factor of {:.0}",
            levels.span()
        )
    }
}

/// Number and least of the values below 0, if they are a trace.
pub(super) fn trace(levels: &Levels) -> Option<(usize, f64)> {
    few_below(levels, TRACE_SIZE).then(|| (levels.negative(), levels.least()))
}

/// Whether some values are below 0, and few, and none is further from 0 than a share of the 90 % quantile.
fn few_below(levels: &Levels, share: f64) -> bool {
    let (count, all) = (levels.negative(), levels.sorted.len());
    let high = levels.sorted.get(all.saturating_sub(1) * 9 / 10);
    let few = count > 0 && count as f64 <= TRACE_SHARE * all as f64;
    few && high.is_some_and(|high| -levels.least() <= share * high)
}

impl Data {
    /// The scale on which the profiles look as if they were stored.
    ///
    /// # Cost   `O(n p log np)`.
    #[doc(hidden)]
    #[must_use]
    pub fn recognised_scale(&self) -> Stored {
        named_or_recognised(self, &Levels::of(self)).stored
    }
}
