//! Threshold cycles of a polymerase chain reaction (Ct, Cq, Cp) where levels are expected: they fall as the level rises.

use super::columns::plain;
use super::value_names::falls_with_level;
use crate::io::text::{Fault, Place, ReadError};

/// Refuses genes of which most are called `TP53_Ct`.
///
/// # Errors   [`Fault::Shape`].
pub(super) fn refuse_cycles(file: &str, genes: &[String]) -> Result<(), ReadError> {
    let is_cycle = |name: &&String| {
        let name = plain(name);
        let end = name.rsplit_once('_');
        end.is_some_and(|(_, end)| falls_with_level(end))
    };
    let mut cycles = genes.iter().filter(is_cycle);
    let count = cycles.clone().count();
    let Some(first) = cycles
        .next()
        .filter(|_| count > 1 && 2 * count > genes.len())
    else {
        return Ok(());
    };
    let found = format!(
        "found {count} columns such as `{first}`: cycles of a polymerase chain reaction, of which more are a lower level"
    );
    Err(ReadError::new(Fault::Shape, Place::file(file), found)
        .expecting("levels")
        .cured_by(
            "give 2^-Ct (or 2^-ΔCt) under the names of the genes, or -Ct (-ΔCt) with `--scale log2`",
        ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(genes: &[&str]) -> bool {
        let genes: Vec<String> = genes.iter().map(|&gene| gene.to_owned()).collect();
        refuse_cycles("d.tsv", &genes).is_err()
    }

    #[test]
    fn most_genes_have_to_be_cycles() {
        assert!(refused(&["TP53_Ct", "MYC_Ct", "Ct_of_all"]));
        assert!(refused(&["TP53 dCt", "MYC dCt"]));
        assert!(!refused(&["ct", "dct", "A_ct", "B", "C"]));
        assert!(!refused(&["TP53", "MYC"]));
    }
}
