//! Names that programs and archives give to probes, samples and repeated genes.

use std::collections::{HashMap, HashSet};

/// Whether these are probes of arrays: `A_23_P100001` (Agilent), `200003_s_at` (Affymetrix).
pub(super) fn are_probes(names: &[String]) -> bool {
    !names.is_empty() && names.iter().all(|name| is_probe(name))
}

fn is_probe(name: &str) -> bool {
    let name = name.to_lowercase();
    let agilent = || {
        let (array, probe) = name.strip_prefix("a_")?.split_once("_p")?;
        Some(digits(array) && digits(probe))
    };
    name.ends_with("_at") || name.starts_with("affx-") || agilent() == Some(true)
}

/// Whether these are samples or runs of an archive: `GSM1012345`, `SRR1012345`, `SAMN01012345`.
pub(super) fn are_accessions(names: &[String]) -> bool {
    const ARCHIVES: [&str; 13] = [
        "gsm", "srr", "err", "drr", "srx", "erx", "drx", "srs", "ers", "drs", "samn", "samea",
        "samd",
    ];
    let is = |name: &String| {
        let name = name.to_lowercase();
        let rests = ARCHIVES.iter().filter_map(|word| name.strip_prefix(word));
        let mut numbers = rests.map(|rest| rest.split(['_', '.', ' ']).next().unwrap_or(""));
        numbers.any(|number| number.len() > 2 && digits(number))
    };
    !names.is_empty() && names.iter().all(is)
}

/// Names that R and pandas made of repeated ones, `TP53.1`, `TP53.2`, each with the one that it was.
pub(super) fn numbered_copies(names: &[String]) -> HashMap<&str, &str> {
    let all: HashSet<&str> = names.iter().map(String::as_str).collect();
    let copies = names.iter().filter_map(|name| {
        let (base, number) = name.rsplit_once('.')?;
        let last: usize = number.parse().ok().filter(|&last| last > 0)?;
        let written = number == last.to_string() && last < 100;
        let counted = || (1..last).all(|k| all.contains(format!("{base}.{k}").as_str()));
        (written && all.contains(base) && counted()).then_some((name.as_str(), base))
    });
    copies.collect()
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn probes_and_accessions_are_known_and_samples_are_neither() {
        let of = |names: &[&str]| -> Vec<String> { names.iter().map(|&n| n.to_owned()).collect() };
        assert!(are_probes(&of(&["A_23_P100001", "a_51_p5"])));
        assert!(are_probes(&of(&[
            "200003_s_at",
            "1007_x_at",
            "AFFX-BioB-5_at"
        ])));
        assert!(!are_probes(&of(&["A_23_P7", "A_2h_P7"])));
        assert!(!are_probes(&of(&["A_0h_1", "B_2h_2"])));
        assert!(are_accessions(&of(&["GSM2210", "GSM2211", "GSM2212.CEL"])));
        assert!(!are_accessions(&of(&["GSM1", "T2"])));
    }

    #[test]
    fn numbers_of_r_behind_repeated_genes_are_told_from_versions() {
        let names = [
            "TP53.1",
            "TP53",
            "TP53.2",
            "MYC.2",
            "MYC",
            "Y54E10A.1",
            "RPL7.0",
        ];
        let names = names.map(str::to_owned);
        let copies = numbered_copies(&names);
        assert_eq!(
            (copies.len(), copies["TP53.1"], copies["TP53.2"]),
            (2, "TP53", "TP53")
        );
    }
}
