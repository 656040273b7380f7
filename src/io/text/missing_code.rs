//! Numbers that stand for missing values: −999, 9999, 1e30 and the like.

/// The codes that programs and people use.
const CODES: [f64; 4] = [-99.0, -999.0, -9_999.0, -99_999.0];
/// Those that have to occur several times, as single levels are so.
const REPEATED: [f64; 5] = [-9.0, 999.0, 9_999.0, 99_999.0, 999_999.0];
/// Powers of ten from this on are no levels.
const HUGE: f64 = 1e10;

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
        let most = numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let number = [least, most]
            .into_iter()
            .find(|&end| is_code(end, numbers))?;
        let mut count = 0;
        for x in numbers.iter_mut().filter(|x| **x == number) {
            *x = f64::NAN;
            count += 1;
        }
        Some(Self { number, count })
    }
}

/// Whether the least or largest number is a code, and no other number comes near it.
fn is_code(number: f64, numbers: &[f64]) -> bool {
    let times = numbers.iter().filter(|x| **x == number).count();
    let huge = number >= HUGE && number.log10().fract() == 0.0;
    let known = CODES.contains(&number) || times > 1 && (huge || REPEATED.contains(&number));
    let mut others = numbers.iter().filter(|x| **x != number && !x.is_nan());
    let far = |x: &f64| {
        if number < 0.0 {
            *x >= FAR * number
        } else {
            *x <= FAR * number
        }
    };
    known && (number < 0.0 || times < numbers.len()) && others.all(far)
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
            (vec![4.0, -9.0, 0.2, -9.0], 2),
            (vec![4.0, -9.0, 0.2], 0),
            (vec![4.0, 9_999.0, 0.2, 9_999.0], 2),
            (vec![4_000.0, 9_999.0, 0.2, 9_999.0], 0),
            (vec![4.0, 1e30, 0.2, 1e30], 2),
            (vec![9_999.0, 9_999.0], 0),
        ] {
            let before = numbers.iter().filter(|x| x.is_nan()).count();
            let count = MissingCode::remove(&mut numbers).map_or(0, |code| code.count);
            assert_eq!(count, missing, "{numbers:?}");
            let after = numbers.iter().filter(|x| x.is_nan()).count();
            assert_eq!(after - before, missing);
        }
    }
}
