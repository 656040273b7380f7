//! From numbers to positions along an axis.

/// How an axis is divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Division {
    /// Equal differences.
    Linear,
    /// Equal ratios.
    Log,
    /// Equal ratios far from 0, with a position for 0: `ln(1 + x)`.
    LogFromZero,
}

impl Division {
    fn map(self, x: f64) -> f64 {
        match self {
            Self::Linear => x,
            Self::Log => x.max(f64::MIN_POSITIVE).ln(),
            Self::LogFromZero => x.max(0.0).ln_1p(),
        }
    }
}

/// An axis: its ends, its division, its ticks.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    division: Division,
    low: f64,
    high: f64,
    /// Numbers with a line and a text.
    pub ticks: Vec<f64>,
}

impl Axis {
    /// From 0 to just above `most`, in round steps.
    #[must_use]
    pub fn linear(most: f64) -> Self {
        let most = if most > SMALLEST && most < LARGEST {
            most
        } else {
            1.0
        };
        let step = round_step(most / 8.0);
        let count = (most / step - 1e-9).ceil().max(1.0) as usize;
        Self {
            division: Division::Linear,
            low: 0.0,
            high: count as f64 * step,
            ticks: (0..=count).map(|k| k as f64 * step).collect(),
        }
    }

    /// From a round number to a round number with both numbers between them, in about `count`
    /// round steps.
    ///
    /// Numbers whose difference is lost in their rounding count as equal.
    #[must_use]
    pub fn linear_between(least: f64, most: f64, count: usize) -> Self {
        let (least, most) = if (most - least).abs() < LARGEST {
            (least, most)
        } else {
            (0.0, 1.0)
        };
        let size = least.abs().max(most.abs());
        let width = most - least;
        let divisible = width > SMALLEST && width > FINEST * size;
        let width = if divisible {
            width
        } else {
            f64::max(1.0, 2.0 * FINEST * size)
        };
        let step = round_step(width / count as f64);
        let first = (least / step + 1e-9).floor();
        let last = (most / step - 1e-9).ceil().max(first + 1.0);
        let steps = 0..=(last - first) as usize;
        Self {
            division: Division::Linear,
            low: first * step,
            high: last * step,
            ticks: steps.map(|k| (first + k as f64) * step).collect(),
        }
    }

    /// Around these numbers above 0, with ticks at 1, or 1, 2 and 5 times the powers of ten.
    #[must_use]
    pub fn log_around(least: f64, most: f64) -> Self {
        Self::log(least / 1.25, most * 1.25)
    }

    /// From a round number to a round number with both numbers between them, by ratios.
    #[must_use]
    pub fn log_round(least: f64, most: f64) -> Self {
        let dense = most / least < WIDE;
        let below = round_numbers(dense).filter(|x| *x <= least).last();
        let above = round_numbers(dense).find(|x| *x >= most);
        Self::log(below.unwrap_or(least), above.unwrap_or(most))
    }

    /// From one number above 0 to another, with ticks at 1, 2 and 5 times the powers of ten, or
    /// only at the powers of ten where there are many.
    #[must_use]
    pub fn log_exact(low: f64, high: f64) -> Self {
        let within = round_numbers(high / low < WIDEST).filter(|x| (low..=high).contains(x));
        Self {
            division: Division::Log,
            low,
            high,
            ticks: within.collect(),
        }
    }

    /// From one number to a larger one, with ticks at the round steps between them; an end that is
    /// close to a round step is moved to it.
    #[must_use]
    pub fn linear_exact(least: f64, most: f64, count: usize) -> Self {
        let round = Self::linear_between(least, most, count);
        if most <= least {
            return round;
        }
        let near = NEAR * (most - least);
        let low = snapped(least, round.low, near);
        let high = snapped(most, round.high, near);
        let mut ticks = round.ticks;
        ticks.retain(|tick| (low..=high).contains(tick));
        Self {
            ticks,
            low,
            high,
            ..round
        }
    }

    fn log(low: f64, high: f64) -> Self {
        let dense = high / low < WIDE;
        Self {
            division: Division::Log,
            low,
            high,
            ticks: round_numbers(dense)
                .filter(|x| (low..=high).contains(x))
                .collect(),
        }
    }

    /// From 0 to above `most`.
    #[must_use]
    pub fn log_from_zero(most: f64) -> Self {
        let high = most.max(1.0) * 1.15;
        let round = round_numbers(high < WIDEST).filter(|x| (1.0..=high).contains(x));
        Self {
            division: Division::LogFromZero,
            low: 0.0,
            high,
            ticks: std::iter::once(0.0).chain(round).collect(),
        }
    }

    /// The position of a number, 0 at the low and 1 at the high end; numbers outside are at an end.
    #[must_use]
    pub fn position(&self, x: f64) -> f64 {
        let (low, high) = (self.division.map(self.low), self.division.map(self.high));
        ((self.division.map(x) - low) / (high - low)).clamp(0.0, 1.0)
    }

    /// Its upper end.
    #[must_use]
    pub fn high(&self) -> f64 {
        self.high
    }
}

/// Width below which the powers of ten of its ticks would be no normal numbers.
const SMALLEST: f64 = 1e-290;
/// Number from which on an axis that is a little longer would not end at a finite one.
const LARGEST: f64 = 1e300;
/// Width, as a share of the numbers on an axis, below which their rounding would be seen.
const FINEST: f64 = 1e-9;

/// Ratio of the ends from which on ticks are powers of ten only: more than eight texts would
/// touch.
const WIDE: f64 = 300.0;
/// The same for axes that are as long as a picture is wide.
const WIDEST: f64 = 3_000.0;
/// Share of its length by which an axis may be longer for a round number at its end.
const NEAR: f64 = 0.08;

/// A number, or the round one if it is that near.
fn snapped(exact: f64, round: f64, near: f64) -> f64 {
    if (exact - round).abs() <= near {
        round
    } else {
        exact
    }
}

/// 1, 2 or 5 times a power of ten, not below `x`.
fn round_step(x: f64) -> f64 {
    let power = 10_f64.powi(x.log10().floor() as i32);
    let steps = [1.0, 2.0, 5.0, 10.0].map(|k| k * power);
    *steps
        .iter()
        .find(|step| **step >= x * (1.0 - 1e-9))
        .unwrap_or(&steps[3])
}

fn round_numbers(dense: bool) -> impl Iterator<Item = f64> {
    let firsts: &[f64] = if dense { &[1.0, 2.0, 5.0] } else { &[1.0] };
    (-9..=9).flat_map(move |power| firsts.iter().map(move |first| first * 10_f64.powi(power)))
}

/// A number at a tick: `1,000`, `50`, `0.2`.
#[must_use]
pub fn label(x: f64) -> String {
    if x < 0.0 {
        return format!("−{}", label(-x));
    }
    if x >= 1_000.0 {
        let digits = format!("{x:.0}");
        let (head, tail) = digits.split_at(digits.len() - 3);
        return match head.len() {
            0..=3 => format!("{head},{tail}"),
            // a group more: nothing here reaches a thousand millions
            more => format!("{},{},{tail}", &head[..more - 3], &head[more - 3..]),
        };
    }
    let rounded = format!("{x:.9}");
    let trimmed = rounded.trim_end_matches('0').trim_end_matches('.');
    trimmed.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_linear_axis_ends_at_a_round_number_above_the_data() {
        let axis = Axis::linear(0.43);
        assert_eq!(
            axis.ticks.iter().map(|x| label(*x)).collect::<Vec<_>>(),
            ["0", "0.1", "0.2", "0.3", "0.4", "0.5"]
        );
        assert_eq!(
            (axis.position(0.0), axis.position(0.25), axis.position(9.0)),
            (0.0, 0.5, 1.0)
        );
        assert_eq!(Axis::linear(0.0).high(), 1.0);
    }

    #[test]
    fn a_log_axis_puts_equal_ratios_at_equal_distances() {
        let axis = Axis::log_round(1.0, 1_000.0);
        let step = axis.position(10.0) - axis.position(1.0);
        assert!((axis.position(1_000.0) - axis.position(100.0) - step).abs() < 1e-12);
        assert_eq!(axis.ticks, [1.0, 10.0, 100.0, 1_000.0]);
        assert_eq!(axis.position(0.0), 0.0);
        assert_eq!(Axis::log_round(23.0, 94.0).ticks, [20.0, 50.0, 100.0]);
        assert!(Axis::log_around(10.0, 50.0).position(10.0) > 0.0);
    }

    #[test]
    fn zero_has_a_position_on_the_axis_of_counts() {
        let axis = Axis::log_from_zero(100.0);
        assert_eq!(axis.ticks[..4], [0.0, 1.0, 2.0, 5.0]);
        assert!(axis.position(0.0) == 0.0 && axis.position(1.0) > 0.0);
    }

    #[test]
    fn an_axis_between_two_numbers_holds_both() {
        let axis = Axis::linear_between(-0.13, 0.58, 4);
        let texts: Vec<String> = axis.ticks.iter().map(|x| label(*x)).collect();
        assert_eq!(texts, ["−0.2", "0", "0.2", "0.4", "0.6"]);
        assert_eq!((axis.position(-0.2), axis.position(0.6)), (0.0, 1.0));
        assert_eq!(Axis::linear_between(2.0, 2.0, 2).ticks, [2.0, 2.5]);
    }

    #[test]
    fn widths_that_rounding_swallows_give_an_axis_all_the_same() {
        let tiny = 1e-310;
        for (least, most) in [
            (-tiny, tiny),
            (0.0, tiny),
            (1.0, 1.0 + f64::EPSILON),
            (1e300, 1e300),
            (-f64::MAX, f64::MAX),
            (f64::NAN, f64::NAN),
            (f64::INFINITY, f64::NEG_INFINITY),
        ] {
            for axis in [Axis::linear_between(least, most, 6), Axis::linear(most)] {
                let ticks = axis.ticks.len();
                assert!((2..=20).contains(&ticks), "{least} {most}: {ticks}");
                assert!(axis.ticks.iter().all(|x| x.is_finite()), "{axis:?}");
                assert!(
                    axis.position(least).is_finite() || least.is_nan(),
                    "{axis:?}"
                );
            }
        }
    }

    #[test]
    fn an_axis_with_exact_ends_has_its_ticks_inside() {
        let axis = Axis::linear_exact(0.0, 150.0, 4);
        assert_eq!(axis.ticks, [0.0, 50.0, 100.0, 150.0]);
        assert_eq!(Axis::linear_exact(0.0, 150.0, 2).ticks, [0.0, 100.0]);
        let axis = Axis::linear_exact(-3.0, 17.0, 2);
        assert_eq!(axis.ticks, [0.0, 10.0]);
        assert_eq!(Axis::linear_exact(0.002, 0.97, 2).ticks, [0.0, 0.5, 1.0]);
        assert_eq!((axis.position(-3.0), axis.position(17.0)), (0.0, 1.0));
        assert_eq!(Axis::linear_exact(2.0, 2.0, 2).ticks.len(), 2);
        assert_eq!(Axis::log_exact(0.03, 1.0).ticks, [0.05, 0.1, 0.2, 0.5, 1.0]);
    }

    #[test]
    fn labels_are_short() {
        let texts = [0.0, 0.2, 1e-4, 50.0, 1_000.0, 25_000.0, 1_234_567.0].map(label);
        assert_eq!(
            texts,
            ["0", "0.2", "0.0001", "50", "1,000", "25,000", "1,234,567"]
        );
    }
}
