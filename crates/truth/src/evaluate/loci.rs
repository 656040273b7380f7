//! Positions of genes on their chromosomes.

use std::collections::HashMap;

use cistron::genes::{Gene, Genes};

/// Genes in their order along every chromosome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loci {
    genes: Genes,
    loci: Vec<Locus>,
}

/// Where a gene is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Locus {
    chromosome: usize,
    /// Genes of the table before it on its chromosome.
    rank: usize,
}

/// What a table says of a gene.
#[derive(Clone, Debug, PartialEq)]
pub struct Position {
    /// Name of the chromosome.
    pub chromosome: String,
    /// Start, or any number that grows along the chromosome.
    pub start: f64,
}

impl Loci {
    /// Genes in the order of their positions; of equal positions, the gene listed first is first.
    ///
    /// # Panics   if there is not one position per gene (a bug in the caller).
    #[must_use]
    pub fn new(genes: Genes, positions: &[Position]) -> Self {
        assert_eq!(genes.len(), positions.len(), "one position per gene");
        let mut order: Vec<usize> = (0..positions.len()).collect();
        order.sort_by(|&a, &b| positions[a].start.total_cmp(&positions[b].start));
        let mut chromosomes: HashMap<&str, (usize, usize)> = HashMap::new();
        let mut loci = vec![
            Locus {
                chromosome: 0,
                rank: 0
            };
            genes.len()
        ];
        for gene in order {
            let number = chromosomes.len();
            let name = positions[gene].chromosome.as_str();
            let (chromosome, genes_before) = chromosomes.entry(name).or_insert((number, 0));
            loci[gene] = Locus {
                chromosome: *chromosome,
                rank: *genes_before,
            };
            *genes_before += 1;
        }
        Self { genes, loci }
    }

    /// The genes, in the order of the table.
    #[must_use]
    pub fn genes(&self) -> &Genes {
        &self.genes
    }

    /// Loci from one gene to the other on one chromosome, 1 for direct neighbours; chromosomes are
    /// taken as linear.
    #[must_use]
    pub fn distance(&self, a: Gene, b: Gene) -> Option<usize> {
        let (a, b) = (self.loci[a.index()], self.loci[b.index()]);
        (a.chromosome == b.chromosome).then(|| a.rank.abs_diff(b.rank))
    }

    /// The block of so many neighbouring loci that a gene is in, by chromosome and number.
    ///
    /// # Panics   if `size` is 0 (a bug in the caller).
    #[must_use]
    pub fn block(&self, gene: Gene, size: usize) -> (usize, usize) {
        let locus = self.loci[gene.index()];
        (locus.chromosome, locus.rank / size)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_count_loci_of_one_chromosome_whatever_the_order_of_the_table() {
        let genes = Genes::new(["c", "a", "x", "b"]).expect("distinct");
        let positions = [("1", 900.0), ("1", 10.0), ("2", 20.0), ("1", 30.0)];
        let positions = positions.map(|(chromosome, start)| Position {
            chromosome: chromosome.to_owned(),
            start,
        });
        let loci = Loci::new(genes, &positions);
        assert_eq!(loci.distance(Gene(0), Gene(1)), Some(2));
        assert_eq!(loci.distance(Gene(3), Gene(1)), Some(1));
        assert_eq!(loci.distance(Gene(2), Gene(1)), None);
        assert_eq!(loci.block(Gene(3), 2), loci.block(Gene(1), 2));
        assert_ne!(loci.block(Gene(0), 2), loci.block(Gene(1), 2));
    }
}
