//! Which side of a table of numbers is the axis of time: the header, or the first column.

use super::header_times::HeaderTimes;
use super::time_unit::parse_time;
use crate::io::text::Table;

/// Where the times are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TimeAxis {
    /// In the header.
    Header,
    /// In the first column.
    FirstColumn,
    /// Both sides are about equally like times.
    Unclear,
}

/// Points by which one side has to be ahead.
pub(super) const CLEAR: i32 = 2;
/// Share of the variance that neighbours differ by: below it a side is smooth, twice as much is chance.
const SMOOTH: f64 = 0.6;
/// Cells along each side that are looked at.
const MOST: usize = 200;

/// Scores both sides: by their numbers, and by how smoothly the values change along them.
pub(super) fn time_axis(table: &Table, header: &HeaderTimes) -> TimeAxis {
    let cells = table.text(0).iter();
    let down: Option<Vec<f64>> = cells
        .map(|cell| parse_time(cell).map(|time| time.value))
        .collect();
    let Some(down) = down else {
        return TimeAxis::Header;
    };
    let across = &header.times.values;
    let mut ahead = likeness(across) - likeness(&down);
    let (rows, columns) = (down.len().min(MOST), across.len().min(MOST));
    let value = |row: usize, column: usize| table.value(row, header.columns[column]);
    let along_rows = roughness(rows, columns, value);
    let along_columns = roughness(columns, rows, |line, step| value(step, line));
    if let (Some(header), Some(first)) = (along_rows, along_columns) {
        if header < SMOOTH && first > 1.3 * header {
            ahead += 2;
        }
        if first < SMOOTH && header > 1.3 * first {
            ahead -= 2;
        }
    }
    match ahead {
        CLEAR.. => TimeAxis::Header,
        ..=-2 => TimeAxis::FirstColumn,
        _ => TimeAxis::Unclear,
    }
}

/// Points for numbers that go like times, minus points for numbers that go like accessions.
pub(super) fn likeness(numbers: &[f64]) -> i32 {
    let least = numbers.iter().copied().fold(f64::INFINITY, f64::min);
    let mut steps = numbers.windows(2);
    let goes_on = steps.all(|pair| pair[1] >= pair[0] || pair[1] == least);
    let starts = numbers.first() == Some(&0.0) && least == 0.0;
    let repeats = (1..numbers.len()).any(|at| numbers[..at].contains(&numbers[at]));
    let large = least >= 1_000.0;
    2 * i32::from(starts) + i32::from(goes_on) + i32::from(repeats && goes_on)
        - 2 * i32::from(!goes_on)
        - 2 * i32::from(large)
}

/// Mean over lines of the von Neumann ratio `Σ(xₖ₊₁ − xₖ)² / 2Σ(xₖ − x̄)²`: about 1 for numbers in any order, near 0 for
/// a smooth course; none for fewer than four steps.
fn roughness(lines: usize, steps: usize, value: impl Fn(usize, usize) -> f64) -> Option<f64> {
    if steps < 4 {
        return None;
    }
    let ratios = (0..lines).filter_map(|line| {
        let values: Vec<f64> = (0..steps).map(|step| value(line, step)).collect();
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        let spread: f64 = values.iter().map(|x| (x - mean).powi(2)).sum();
        let jumps: f64 = values
            .windows(2)
            .map(|pair| (pair[1] - pair[0]).powi(2))
            .sum();
        let ratio = jumps / (2.0 * spread);
        ratio.is_finite().then_some(ratio)
    });
    let ratios: Vec<f64> = ratios.collect();
    (!ratios.is_empty()).then(|| ratios.iter().sum::<f64>() / ratios.len() as f64)
}
