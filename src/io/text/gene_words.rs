//! Names of columns in one spelling, and those that hold names of genes: one list for all readers.

/// What the name of a column says about genes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum GeneWord {
    /// Its cells are names of genes.
    Sure,
    /// They are, unless it says which gene was changed, or names samples.
    Other,
}

/// Plain names, the surest first.
const GENE_COLUMNS: [(&str, GeneWord); 47] = [
    ("gene", GeneWord::Other),
    ("genes", GeneWord::Sure),
    ("gene_name", GeneWord::Sure),
    ("gene_names", GeneWord::Sure),
    ("gene_symbol", GeneWord::Sure),
    ("genename", GeneWord::Sure),
    ("genesymbol", GeneWord::Sure),
    ("symbol", GeneWord::Sure),
    ("hgnc_symbol", GeneWord::Sure),
    ("gene_id", GeneWord::Sure),
    ("geneid", GeneWord::Sure),
    ("ensembl_gene_id", GeneWord::Sure),
    ("locus_tag", GeneWord::Sure),
    ("orf", GeneWord::Sure),
    ("systematic_name", GeneWord::Sure),
    ("target", GeneWord::Other),
    ("transcript", GeneWord::Sure),
    ("protein", GeneWord::Sure),
    ("probe", GeneWord::Sure),
    ("probe_id", GeneWord::Sure),
    ("feature", GeneWord::Sure),
    ("variable", GeneWord::Other),
    ("name", GeneWord::Other),
    ("names", GeneWord::Other),
    ("locus", GeneWord::Sure),
    ("locus_id", GeneWord::Sure),
    ("transcript_id", GeneWord::Sure),
    ("entrez", GeneWord::Sure),
    ("entrezid", GeneWord::Sure),
    ("entrez_id", GeneWord::Sure),
    ("entrez_gene_id", GeneWord::Sure),
    ("ncbi_gene_id", GeneWord::Sure),
    ("ensembl", GeneWord::Sure),
    ("ensembl_id", GeneWord::Sure),
    ("ensembl_gene", GeneWord::Sure),
    ("uniprot", GeneWord::Sure),
    ("uniprot_id", GeneWord::Sure),
    ("protein_id", GeneWord::Sure),
    ("feature_id", GeneWord::Sure),
    ("probeset", GeneWord::Sure),
    ("probeset_id", GeneWord::Sure),
    ("id_ref", GeneWord::Sure),
    ("detector", GeneWord::Other),
    ("target_name", GeneWord::Other),
    ("target_id", GeneWord::Sure),
    ("id", GeneWord::Other),
    ("ids", GeneWord::Other),
];

/// How sure a column of this name holds names of genes: 0 for the surest; none if its name does not say so.
pub(crate) fn gene_word_rank(name: &str) -> Option<usize> {
    let name = plain_name(name);
    GENE_COLUMNS.iter().position(|(word, _)| *word == name)
}

/// Whether a column of this name holds names of genes and nothing else; `gene` itself may also say which gene was
/// changed.
pub(crate) fn names_genes(name: &str) -> bool {
    let rank = gene_word_rank(name);
    rank.is_some_and(|rank| GENE_COLUMNS[rank].1 == GeneWord::Sure)
}

/// A name as lists of names of columns spell it: in small letters, with one `_` for everything between letters and
/// digits.
pub(crate) fn plain_name(name: &str) -> String {
    let mut text = String::with_capacity(name.len());
    for c in name.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            text.push(c);
        } else if !text.ends_with('_') {
            text.push('_');
        }
    }
    text.trim_matches('_').to_owned()
}
