//! Names of columns with labels that say which genes were changed.

use super::columns::plain;

/// What a column with labels is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LabelColumn {
    /// Which genes were changed.
    Mutant,
    /// The same in tables of steady states and of interventions; elsewhere it names the gene of a row.
    Gene,
    /// The organism, which may be called after the changed gene.
    Strain,
    /// Cells, or what was brought into them, which may be called after the changed gene; in series they rather are not.
    Line,
}

/// Plain names of columns with labels, the surest first.
pub(super) const LABEL_COLUMNS: [(&str, LabelColumn); 57] = [
    ("perturbed", LabelColumn::Mutant),
    ("perturbed_gene", LabelColumn::Mutant),
    ("perturbed_genes", LabelColumn::Mutant),
    ("perturbation", LabelColumn::Mutant),
    ("perturbations", LabelColumn::Mutant),
    ("perturbation_name", LabelColumn::Mutant),
    ("knockout", LabelColumn::Mutant),
    ("knockouts", LabelColumn::Mutant),
    ("knocked_out", LabelColumn::Mutant),
    ("ko", LabelColumn::Mutant),
    ("knockdown", LabelColumn::Mutant),
    ("knockdowns", LabelColumn::Mutant),
    ("kd", LabelColumn::Mutant),
    ("overexpression", LabelColumn::Mutant),
    ("overexpressed", LabelColumn::Mutant),
    ("oe", LabelColumn::Mutant),
    ("mutant", LabelColumn::Mutant),
    ("mutation", LabelColumn::Mutant),
    ("mutated_gene", LabelColumn::Mutant),
    ("deletion", LabelColumn::Mutant),
    ("deleted", LabelColumn::Mutant),
    ("deleted_gene", LabelColumn::Mutant),
    ("ko_gene", LabelColumn::Mutant),
    ("gene_ko", LabelColumn::Mutant),
    ("guide", LabelColumn::Mutant),
    ("guide_identity", LabelColumn::Mutant),
    ("sgrna", LabelColumn::Mutant),
    ("grna", LabelColumn::Mutant),
    ("sirna", LabelColumn::Mutant),
    ("shrna", LabelColumn::Mutant),
    ("crispr", LabelColumn::Mutant),
    ("target_gene", LabelColumn::Mutant),
    ("gene", LabelColumn::Gene),
    ("target", LabelColumn::Gene),
    ("genotype", LabelColumn::Strain),
    ("genotypes", LabelColumn::Strain),
    ("strain", LabelColumn::Strain),
    ("strains", LabelColumn::Strain),
    ("background", LabelColumn::Strain),
    ("allele", LabelColumn::Strain),
    ("alleles", LabelColumn::Strain),
    ("mutant_name", LabelColumn::Strain),
    ("mutant_id", LabelColumn::Strain),
    ("line", LabelColumn::Line),
    ("cell_line", LabelColumn::Line),
    ("line_name", LabelColumn::Line),
    ("lines", LabelColumn::Line),
    ("construct", LabelColumn::Line),
    ("constructs", LabelColumn::Line),
    ("construct_name", LabelColumn::Line),
    ("plasmid", LabelColumn::Line),
    ("plasmids", LabelColumn::Line),
    ("plasmid_name", LabelColumn::Line),
    ("vector", LabelColumn::Line),
    ("vectors", LabelColumn::Line),
    ("transgene", LabelColumn::Line),
    ("", LabelColumn::Line),
];

/// What a column of this name is about; none if its name says nothing about mutants.
pub(super) fn label_column(name: &str) -> Option<LabelColumn> {
    let name = plain(name);
    let known = LABEL_COLUMNS.iter().find(|(own, _)| *own == name);
    known.map(|&(_, about)| about)
}
