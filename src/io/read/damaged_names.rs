//! Names of genes that a spreadsheet took for dates or numbers.
//!
//! A spreadsheet turns `SEPT2` into `2-Sep` or the number of that day. The genes were renamed because of it
//! (HGNC 2020: SEPTIN2, MARCHF1, MTARC1, DELEC1), but tables keep the damage.
//!
//! # Source   Ziemann, Eren & El-Osta (2016), Genome Biology 17:177; Bruford et al. (2020), Nature Genetics
//!   52:754.

use crate::io::text::shorten;

/// A month as spreadsheets write it in small letters, and the families of genes that it may have been.
const MONTHS: [(&[&str], usize, &[&str]); 7] = [
    (&["feb"], 2, &["FEB"]),
    (&["mar", "mrz", "mär"], 3, &["MARCHF", "MTARC"]),
    (&["apr", "avr"], 4, &["APR"]),
    (&["sep", "sept"], 9, &["SEPTIN"]),
    (&["oct", "okt"], 10, &["OCT"]),
    (&["nov"], 11, &["NOV"]),
    (&["dec", "dez", "déc"], 12, &["DELEC"]),
];

/// What a family was called before.
fn old_name(family: &str) -> Option<&'static str> {
    match family {
        "MARCHF" => Some("MARCH"),
        "MTARC" => Some("MARC"),
        "SEPTIN" => Some("SEPT"),
        "DELEC" => Some("DEC"),
        _ => None,
    }
}

/// A month and a number: the day that a spreadsheet saw in a name.
type MonthAndNumber = (usize, usize);

fn month_of(word: &str) -> Option<usize> {
    let word = word.to_lowercase();
    let known = MONTHS
        .iter()
        .find(|(names, ..)| names.contains(&word.as_str()));
    known.map(|(_, month, _)| *month)
}

/// Numbers of genes in these families: 1 to 14, as of SEPT14.
fn number_of(word: &str) -> Option<usize> {
    let digits = (1..=2).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit());
    let number: usize = word.parse().ok().filter(|_| digits)?;
    (1..=14).contains(&number).then_some(number)
}

/// `1-Mar`, `Mar-01`, `02. Sep`, `2006-09-02`, `2/Sep`.
fn date(name: &str) -> Option<MonthAndNumber> {
    let parts: Vec<&str> = name
        .split(['-', '/', '.', ' '])
        .filter(|part| !part.is_empty())
        .collect();
    match parts.as_slice() {
        [left, right] => match (month_of(left), month_of(right)) {
            (None, Some(month)) => Some((month, number_of(left)?)),
            (Some(month), None) => Some((month, number_of(right)?)),
            _ => None,
        },
        [year, month, day]
            if year.len() == 4 && (year.starts_with("20") || year.starts_with("19")) =>
        {
            let day = day.get(..2).unwrap_or(day);
            Some((month.parse().ok()?, number_of(day)?))
        }
        _ => None,
    }
}

/// `3/1/2023`, `01/03/23`: the month first or the day first.
fn dates_with_year(name: &str) -> Vec<MonthAndNumber> {
    let parts: Vec<&str> = name.split('/').collect();
    let [first, second, year] = parts.as_slice() else {
        return Vec::new();
    };
    if ![2, 4].contains(&year.len()) || year.parse::<u32>().is_err() {
        return Vec::new();
    }
    let (first, second) = (number_of(first), number_of(second));
    let (Some(first), Some(second)) = (first, second) else {
        return Vec::new();
    };
    let named = |day: &MonthAndNumber| likely(*day).is_some();
    [(first, second), (second, first)]
        .into_iter()
        .filter(named)
        .collect()
}

/// Whether a name is a number with a power of ten, as a spreadsheet makes of clones such as `2310009E13` of RIKEN.
fn is_power_of_ten(name: &str) -> bool {
    let Some((number, power)) = name.split_once(['E', 'e']) else {
        return false;
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let (whole, part) = number.split_once(['.', ',']).unwrap_or((number, "0"));
    whole.len() == 1 && digits(whole) && digits(part) && digits(power.trim_start_matches('+'))
}

/// The day of a number of days since the end of 1899, as spreadsheets count: `44256` is 1 March 2021.
fn serial(name: &str) -> Option<MonthAndNumber> {
    let days: i64 = name.parse().ok().filter(|_| name.len() == 5)?;
    if !(36_526..=55_000).contains(&days) {
        return None;
    }
    // civil date of a count of days (H. Hinnant, chrono-compatible date algorithms); 1970 is day 25569
    let z = days - 25_569 + 719_468;
    let day_of_era = z.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 {
        shifted + 3
    } else {
        shifted - 9
    };
    let named = [3, 9, 12].contains(&month) && (1..=14).contains(&day);
    named.then_some((usize::try_from(month).ok()?, usize::try_from(day).ok()?))
}

fn likely(day: MonthAndNumber) -> Option<String> {
    let (month, number) = day;
    let (_, _, families) = MONTHS.iter().find(|(_, known, _)| *known == month)?;
    let genes = families.iter().map(|family| match old_name(family) {
        Some(old) => format!("{family}{number} (before: {old}{number})"),
        None => format!("{family}{number}"),
    });
    Some(genes.collect::<Vec<_>>().join(" or "))
}

/// A warning that names genes which are dates, each with what it probably was; none without such names.
///
/// Numbers count as dates only where most names are no numbers.
pub(super) fn damaged_names(file: &str, names: &[String]) -> Option<String> {
    let numbers = names
        .iter()
        .filter(|name| name.parse::<f64>().is_ok())
        .count();
    let serials = 2 * numbers < names.len();
    let found: Vec<String> = names
        .iter()
        .filter_map(|name| {
            if is_power_of_ten(name) && serials {
                return Some(format!(
                    "{} is likely a clone with an E in its number, such as 2310009E13",
                    shorten(name)
                ));
            }
            let days = match date(name).or_else(|| serial(name).filter(|_| serials)) {
                Some(day) => vec![day],
                None => dates_with_year(name),
            };
            let genes: Vec<String> = days.into_iter().filter_map(likely).collect();
            (!genes.is_empty())
                .then(|| format!("{} is likely {}", shorten(name), genes.join(" or ")))
        })
        .collect();
    if found.is_empty() {
        return None;
    }
    let shown = found.iter().take(5).cloned().collect::<Vec<_>>().join("; ");
    let more = match found.len() {
        0..=5 => String::new(),
        count => format!("; and {} more", count - 5),
    };
    Some(format!(
        "{file}: {} name(s) of genes are dates or powers of ten, as a spreadsheet makes them of names such as SEPT2: \
         {shown}{more}; restore the names, and import that column as text",
        found.len()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_named_with_the_genes_that_they_were() {
        let likely_of = |name: &str| {
            let names = [name, "TP53", "MYC"].map(str::to_owned);
            damaged_names("t", &names)
        };
        for (name, gene) in [
            (
                "1-Mar",
                "MARCHF1 (before: MARCH1) or MTARC1 (before: MARC1)",
            ),
            ("2-Sep", "SEPTIN2 (before: SEPT2)"),
            ("Sep-02", "SEPTIN2"),
            ("02. Sep", "SEPTIN2"),
            ("1. Mrz", "MARCHF1"),
            ("2006-09-02", "SEPTIN2"),
            ("1-Dec", "DELEC1 (before: DEC1)"),
            ("44256", "MARCHF1"),
            ("3/1/2023", "MARCHF1"),
            ("9/3/23", "SEPTIN3 (before: SEPT3) or MARCHF9"),
            ("2.31E+13", "a clone with an E in its number"),
            ("2E+09", "a clone"),
            ("44441", "SEPTIN2"),
        ] {
            let warning = likely_of(name).expect(name);
            assert!(
                warning.contains(&format!("{name} is likely {gene}")),
                "{warning}"
            );
        }
        for name in [
            "MARCHF1",
            "SEPT2",
            "1-Jan-x",
            "44000",
            "7157",
            "Mar",
            "HLA-A",
            "T-5",
            "32-Sep",
            "1/2/3",
            "15/16/2023",
            "2310009E13",
            "2310009E13Rik",
            "E2F1",
        ] {
            assert_eq!(likely_of(name), None, "{name}");
        }
        // numbers of genes
        let entrez = ["44256", "44441", "7157"].map(str::to_owned);
        assert_eq!(damaged_names("t", &entrez), None);
    }
}
