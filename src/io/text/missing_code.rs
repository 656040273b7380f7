//! Numbers that stand for missing values: −999 and the like.

/// The codes that programs and people use.
const CODES: [f64; 4] = [-99.0, -999.0, -9_999.0, -99_999.0];

/// Share of a code below which other numbers have to stay: a level of −99 among levels down to −30 is a level.
const FAR: f64 = 0.1;

/// A code and how often it stood for a missing value.
pub(super) struct MissingCode {
    pub(super) number: f64,
    pub(super) count: usize,
}

impl MissingCode {
    /// Makes NaN of a code, where no other number comes near it.
    pub(super) fn remove(numbers: &mut [f64]) -> Option<Self> {
        let least = numbers.iter().copied().fold(f64::INFINITY, f64::min);
        let number = CODES.into_iter().find(|code| *code == least)?;
        let others = numbers.iter().copied().filter(|x| *x != number);
        if others.fold(f64::INFINITY, f64::min) < FAR * number {
            return None;
        }
        let mut count = 0;
        for x in numbers.iter_mut().filter(|x| **x == number) {
            *x = f64::NAN;
            count += 1;
        }
        Some(Self { number, count })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_missing_only_where_it_cannot_be_a_level() {
        for (mut numbers, missing) in [
            (vec![3.0, -999.0, 12_000.0, -999.0], 2),
            (vec![-2.5, -99.0, 4.0], 1),
            (vec![-30.0, -99.0, 40.0], 0),
            (vec![-998.0, -999.0, 4.0], 0),
            (vec![1.0, f64::NAN, -5.0], 0),
            (vec![], 0),
        ] {
            let before = numbers.iter().filter(|x| x.is_nan()).count();
            let count = MissingCode::remove(&mut numbers).map_or(0, |code| code.count);
            assert_eq!(count, missing, "{numbers:?}");
            let after = numbers.iter().filter(|x| x.is_nan()).count();
            assert_eq!(after - before, missing);
        }
    }
}
