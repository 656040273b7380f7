//! Quantities that are measured of a sample and are not the level of a gene: density of the culture, quality
//! of the RNA, counts of reads.

use super::columns::plain;
use crate::io::text::{Table, if_any};

/// What the name of a column says about such a quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Measure {
    /// It is one: no gene is called so.
    Sure,
    /// It is one, or a gene of that name.
    Perhaps,
}

/// Plain names that are no genes.
const SURE: [&str; 141] = [
    "glucose",
    "lactate",
    "acetate",
    "ethanol",
    "glycerol",
    "oxygen",
    "humidity",
    "sampleno",
    "sample_no",
    "sample_nr",
    "sample_number",
    "cfu",
    "cfu_ml",
    "biomass",
    "viral_load",
    "viral_titer",
    "viral_titre",
    "od600",
    "od_600",
    "od595",
    "od_595",
    "od_600nm",
    "absorbance",
    "optical_density",
    "turbidity",
    "library_size",
    "lib_size",
    "libsize",
    "librarysize",
    "n_counts",
    "ncounts",
    "total_counts",
    "totalcounts",
    "total_count",
    "ncount_rna",
    "ncount",
    "nfeature_rna",
    "nfeature",
    "n_genes",
    "ngenes",
    "n_genes_by_counts",
    "n_features",
    "genes_detected",
    "detected_genes",
    "n_umi",
    "n_umis",
    "numi",
    "umis",
    "umi_count",
    "umi_counts",
    "n_reads",
    "nreads",
    "total_reads",
    "mapped_reads",
    "reads_mapped",
    "read_count",
    "raw_reads",
    "mapping_rate",
    "alignment_rate",
    "pct_mapped",
    "percent_mapped",
    "pct_mito",
    "pct_mt",
    "percent_mito",
    "percent_mt",
    "mito_frac",
    "mito_fraction",
    "fraction_mito",
    "percent_ribo",
    "pct_ribo",
    "pct_rrna",
    "rrna_pct",
    "pct_counts_mt",
    "pct_counts_mito",
    "pct_counts_ribo",
    "total_counts_mt",
    "total_counts_mito",
    "total_counts_ribo",
    "log1p_total_counts",
    "log1p_n_genes_by_counts",
    "log_counts",
    "log10_total_counts",
    "size_factor",
    "size_factors",
    "sizefactor",
    "sizefactors",
    "norm_factor",
    "norm_factors",
    "normfactor",
    "scaling_factor",
    "rna_integrity",
    "rna_integrity_number",
    "rna_quality",
    "rna_conc",
    "rna_concentration",
    "concentration",
    "temperature",
    "viability",
    "cell_count",
    "cell_number",
    "cell_density",
    "confluence",
    "sequencing_depth",
    "seq_depth",
    "coverage",
    "gc_content",
    "dup_rate",
    "duplication_rate",
    "flowcell",
    "run_date",
    "seq_date",
    "doublet_score",
    "s_score",
    "g2m_score",
    "cell_cycle_phase",
    "leiden",
    "louvain",
    "seurat_clusters",
    "cell_type",
    "celltype",
    "pseudotime",
    "pseudo_time",
    "dpt_pseudotime",
    "latent_time",
    "doubling_time",
    "diffusion_time",
    "gender",
    "organism",
    "platform",
    "operator",
    "source_name",
    "geo_accession",
    "description",
    "comment",
    "comments",
    "filename",
    "file_name",
    "ng_ul",
    "orig_ident",
    "a260_280",
    "a260_230",
];
/// Rows and columns of counts that belong to no gene: sums, and what htseq-count and STAR write.
const COUNTS_OF_NO_GENE: [&str; 18] = [
    "no_feature",
    "ambiguous",
    "too_low_aqual",
    "not_aligned",
    "alignment_not_unique",
    "n_unmapped",
    "n_multimapping",
    "n_nofeature",
    "n_ambiguous",
    "total",
    "totals",
    "grand_total",
    "column_total",
    "sum",
    "column_sum",
    "mean",
    "average",
    "median",
];
/// Units at the end of longer names: `glucose_g_L`.
const UNITS: [[&str; 2]; 8] = [
    ["g", "l"],
    ["mg", "l"],
    ["mg", "ml"],
    ["ug", "ml"],
    ["ng", "ml"],
    ["ng", "ul"],
    ["mmol", "l"],
    ["umol", "l"],
];
/// Plain names that a gene may have, too.
const PERHAPS: [&str; 38] = [
    "pmi", "gfp", "rank", "score", "od", "rin", "rqn", "dv200", "sex", "ph", "temp", "gc", "umi",
    "umap", "reads", "counts", "depth", "phase", "conc", "dose", "dilution", "density", "weight",
    "mass", "height", "bmi", "cluster", "clusters", "tissue", "lane", "plate", "well", "title",
    "date", "passage", "volume", "size", "light",
];
/// Words of quantities. No gene is called so with a unit or another word beside it.
const QUANTITIES: [&str; 33] = [
    "temperature",
    "temp",
    "dose",
    "dosage",
    "concentration",
    "conc",
    "viability",
    "passage",
    "reads",
    "pct",
    "percent",
    "percentage",
    "fraction",
    "frac",
    "confluence",
    "confluency",
    "glucose",
    "lactate",
    "oxygen",
    "humidity",
    "density",
    "depth",
    "coverage",
    "weight",
    "volume",
    "dilution",
    "moi",
    "rpm",
    "umis",
    "quality",
    "absorbance",
    "growth",
    "duplication",
];
/// Words that stand beside a quantity in any place.
const DECIDING: [&str; 10] = [
    "temperature",
    "viability",
    "dose",
    "dosage",
    "concentration",
    "pct",
    "percent",
    "percentage",
    "confluence",
    "confluency",
];
/// Words beside a quantity that say how it is measured.
const QUALIFIERS: [&str; 48] = [
    "input", "unmapped", "uniquely", "median", "number", "no", "nr", "count", "total", "mean",
    "rate", "level", "million", "millions", "mapped", "aligned", "raw", "initial", "final", "cell",
    "cells", "culture", "medium", "c", "k", "f", "celsius", "nm", "um", "mm", "pm", "m", "ng",
    "ug", "mg", "kg", "g", "ml", "ul", "l", "per", "x", "fold", "u", "iu", "v", "w", "rel",
];
/// Units of concentration, in which capitals matter: `IPTG_uM`.
const CONCENTRATIONS: [&str; 6] = ["nM", "uM", "µM", "μM", "mM", "pM"];

/// Beginnings of names of coordinates, followed by a number.
const COORDINATES: [&str; 7] = ["pc", "umap", "tsne", "x_umap", "x_tsne", "x_pca", "dc"];

/// What the names of all columns say. Words that most columns share, such as `TP53_reads`, are no quantities.
pub(super) fn measures(header: &[String]) -> Vec<Option<Measure>> {
    let compound: Vec<bool> = header.iter().map(|name| is_compound(name)).collect();
    let shared = 2 * compound.iter().filter(|&&is| is).count() > header.len();
    let pairs = header.iter().zip(&compound);
    pairs
        .map(|(name, &compound)| {
            let sure = (compound && !shared).then_some(Measure::Sure);
            known_measure(name).or(sure)
        })
        .collect()
}

/// Whether a name is a quantity with a unit or another word beside it: `dose_nM`, `cell_viability`.
fn is_compound(name: &str) -> bool {
    let words = name.split(|c: char| !c.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    if words.len() < 2 {
        return false;
    }
    let lower: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    let is = |list: &[&str], word: &String| list.contains(&word.as_str());
    let quantity = lower.iter().any(|word| is(&QUANTITIES, word));
    let described = lower
        .iter()
        .all(|word| is(&QUANTITIES, word) || is(&QUALIFIERS, word));
    let ends = [&lower[0], &lower[lower.len() - 1]];
    let deciding = ends.into_iter().any(|word| is(&DECIDING, word));
    let unit = CONCENTRATIONS.contains(&words[words.len() - 1]);
    (quantity && described) || deciding || unit
}

/// What a name says; none if it is no known quantity.
pub(super) fn measure(name: &str) -> Option<Measure> {
    known_measure(name).or_else(|| is_compound(name).then_some(Measure::Sure))
}

/// What a name of the lists says.
fn known_measure(name: &str) -> Option<Measure> {
    if name.trim_end().ends_with('%') || is_of_no_gene(name) || is_spike(name) {
        return Some(Measure::Sure);
    }
    let name = plain(name);
    let words: Vec<&str> = name.split('_').collect();
    if words.len() > 2 && UNITS.iter().any(|unit| words.ends_with(unit)) {
        return Some(Measure::Sure);
    }
    if SURE.contains(&name.as_str()) {
        return Some(Measure::Sure);
    }
    if PERHAPS.contains(&name.as_str()) {
        return Some(Measure::Perhaps);
    }
    let numbered = COORDINATES.iter().any(|start| {
        let rest = name
            .strip_prefix(start)
            .map(|rest| rest.trim_start_matches('_'));
        rest.is_some_and(|rest| {
            (1..=2).contains(&rest.len()) && rest.bytes().all(|c| c.is_ascii_digit())
        })
    });
    numbered.then_some(Measure::Perhaps)
}

/// The rows and names of genes in the first column, and a note about rows of counts that belong to no gene.
///
/// * `regulators`: what the user listed is a gene
pub(super) fn genes_among(
    table: &Table,
    regulators: &[String],
) -> (Vec<usize>, Vec<String>, Option<String>) {
    let all = table.text(0);
    let (genes, others): (Vec<usize>, Vec<usize>) = (0..all.len())
        .partition(|&row| !is_of_no_gene(&all[row]) || regulators.contains(&all[row]));
    let names = genes.iter().map(|&row| all[row].clone()).collect();
    let others: Vec<&String> = others.into_iter().map(|row| &all[row]).collect();
    let note = if_any(&others, |_, some| {
        format!("{}: left out, as they are no genes: {some}", table.file())
    });
    (genes, names, note)
}

/// Whether a row or column of counts belongs to no gene: `Total`, `__no_feature`, `N_unmapped`.
fn is_of_no_gene(name: &str) -> bool {
    COUNTS_OF_NO_GENE.contains(&plain(name).as_str())
}

/// Whether a name is one of the RNAs that are added in known amounts: `ERCC-00002`; `ERCC1` is a gene.
fn is_spike(name: &str) -> bool {
    let name = plain(name);
    let number = name.strip_prefix("ercc_");
    number.is_some_and(|number| number.len() == 5 && number.bytes().all(|c| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_are_known_in_every_spelling_and_genes_are_not() {
        for name in [
            "OD600",
            "Library.Size",
            "nCount_RNA",
            "percent.mt",
            "RNA concentration",
            "dose_nM",
            "temperature_C",
            "Temperature (°C)",
            "glucose_mM",
            "IPTG (uM)",
            "passage_number",
            "cell_viability",
            "reads_millions",
            "pct_aligned",
            "drug dose",
            "input_reads",
            "mean_quality",
            "Uniquely mapped reads %",
            "ERCC_pct",
            "ERCC-00002",
            "growth_rate",
            "glucose_g_L",
            "__no_feature",
            "N_unmapped",
            "Total",
        ] {
            assert_eq!(measure(name), Some(Measure::Sure), "{name}");
        }
        for name in ["RIN", "rin", "pH", "sex", "UMAP_1", "PC2"] {
            assert_eq!(measure(name), Some(Measure::Perhaps), "{name}");
        }
        for name in [
            "GATA1",
            "run",
            "pcna",
            "dc",
            "od600x",
            "Tp53_mm",
            "ACT1_reads",
            "b0001_c",
            "C_1",
            "ERCC1",
            "rate",
            "G_L",
            "qualityA",
            "N_1",
        ] {
            assert_eq!(measure(name), None, "{name}");
        }
    }

    #[test]
    fn a_word_that_most_columns_share_is_no_quantity() {
        let header = ["time", "IPTG_uM", "A", "B"].map(str::to_owned);
        assert_eq!(measures(&header)[1], Some(Measure::Sure));
        let header = ["time", "A_dose", "B_dose", "C_dose"].map(str::to_owned);
        assert_eq!(measures(&header), [None; 4]);
    }
}
