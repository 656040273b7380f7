//! Positions of genes on their chromosomes.
//!
//! Neighbours share promoters and operons: a gene beside a target explains it without regulating it.
//! Positions come from a table, or from systematic names, which in bacteria, yeasts and plants count
//! along the chromosome (`b0344`, `BSU14380`, `YBR166C`, `AT1G01010`). Names of other kinds look the same
//! (`gene12`, `ENSG00000012048`), so that those of a name are believed only where neighbours by name
//! follow each other in the data ([`Loci::from_names`]).

use std::collections::HashMap;

use faer::MatRef;

use crate::genes::{Gene, Genes};
use crate::numeric::{ZScores, dot, mean, standard_deviation};

/// Loci within which genes are neighbours: operons of *B. subtilis* and *E. coli* rarely have more genes.
pub const NEIGHBOURHOOD: usize = 5;

/// Fewest genes whose names are looked at, and the share of them that must have a position by name.
const FEWEST_GENES: usize = 100;
const SHARE_LOCATED: f64 = 0.9;

/// Loci between genes that are no neighbours, to compare neighbours with.
const APART: usize = 50;

/// Standard errors by which direct neighbours must be more alike. It is 110 in *B. subtilis*, 12 and 11
/// in two yeast sets; numbers without a meaning give a standard normal score.
const SMALLEST_Z: f64 = 5.0;

/// Genes in their order along every chromosome; some may have no position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loci {
    genes: Genes,
    loci: Vec<Option<Locus>>,
}

/// Where a gene is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Locus {
    chromosome: usize,
    /// Genes of the table before it on its chromosome.
    rank: usize,
}

/// Position of a gene in a table.
#[derive(Clone, Debug, PartialEq)]
pub struct GenePosition {
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
    pub fn new(genes: Genes, positions: &[GenePosition]) -> Self {
        let positions: Vec<Option<&GenePosition>> = positions.iter().map(Some).collect();
        Self::in_order(genes, &positions)
    }

    fn in_order(genes: Genes, positions: &[Option<&GenePosition>]) -> Self {
        assert_eq!(genes.len(), positions.len(), "one position per gene");
        let located = positions.iter().enumerate();
        let mut order: Vec<(usize, &GenePosition)> = located
            .filter_map(|(gene, position)| Some((gene, (*position)?)))
            .collect();
        order.sort_by(|(_, a), (_, b)| a.start.total_cmp(&b.start));
        let mut chromosomes: HashMap<&str, (usize, usize)> = HashMap::new();
        let mut loci = vec![None; genes.len()];
        for (gene, position) in order {
            let number = chromosomes.len();
            let name = position.chromosome.as_str();
            let (chromosome, genes_before) = chromosomes.entry(name).or_insert((number, 0));
            loci[gene] = Some(Locus {
                chromosome: *chromosome,
                rank: *genes_before,
            });
            *genes_before += 1;
        }
        Self { genes, loci }
    }

    /// Positions by systematic names, if nine of ten of at least a hundred genes have such a name and
    /// neighbours by name are alike:
    ///
    /// ```text
    /// z = (mean |r| of direct neighbours − mean |r| of genes 50 loci apart) / standard error  >  5
    /// ```
    ///
    /// * `levels`: samples × genes, without missing values
    ///
    /// # Panics   if there is not one column per gene (a bug in the caller).
    /// # Cost     `O(np)`.
    #[must_use]
    pub fn from_names(genes: &Genes, levels: MatRef<'_, f64>) -> Option<Self> {
        assert_eq!(genes.len(), levels.ncols(), "one column per gene");
        let positions: Vec<Option<GenePosition>> =
            genes.names().iter().map(|n| by_name(n)).collect();
        let located = positions.iter().flatten().count();
        if genes.len() < FEWEST_GENES || (located as f64) < SHARE_LOCATED * genes.len() as f64 {
            return None;
        }
        let positions: Vec<Option<&GenePosition>> = positions.iter().map(Option::as_ref).collect();
        let loci = Self::in_order(genes.clone(), &positions);
        (loci.likeness(levels) > SMALLEST_Z).then_some(loci)
    }

    /// The `z` of [`Loci::from_names`]; 0 where nothing can be compared.
    fn likeness(&self, levels: MatRef<'_, f64>) -> f64 {
        let along = self.along_chromosomes();
        let z = ZScores::new(levels).values;
        let column = |gene: &Gene| z.col_as_slice(gene.index());
        let correlations = |apart: usize| -> Vec<f64> {
            let pairs = along.iter().flat_map(|genes| {
                let far = genes.iter().skip(apart);
                genes.iter().zip(far)
            });
            let correlation = |(a, b)| dot(column(a), column(b)) / levels.nrows() as f64;
            pairs.map(|pair| correlation(pair).abs()).collect()
        };
        let (near, far) = (correlations(1), correlations(APART));
        if near.len() < 2 || far.len() < 2 {
            return 0.0;
        }
        let error = (square_error(&near) + square_error(&far)).sqrt();
        if error > 0.0 {
            (mean(&near) - mean(&far)) / error
        } else {
            0.0
        }
    }

    /// The genes of every chromosome in their order.
    fn along_chromosomes(&self) -> Vec<Vec<Gene>> {
        let located = self.loci.iter().enumerate();
        let mut order: Vec<(Locus, Gene)> = located
            .filter_map(|(gene, locus)| Some(((*locus)?, Gene(gene))))
            .collect();
        order.sort_by_key(|(locus, _)| (locus.chromosome, locus.rank));
        order
            .chunk_by(|(a, _), (b, _)| a.chromosome == b.chromosome)
            .map(|genes| genes.iter().map(|(_, gene)| *gene).collect())
            .collect()
    }

    /// The genes, in the order of the table.
    #[must_use]
    pub fn genes(&self) -> &Genes {
        &self.genes
    }

    /// The same positions for other genes, matched by name.
    #[must_use]
    pub fn of(&self, genes: &Genes) -> Self {
        let located = genes.names().iter().map(|name| {
            let gene = self.genes.find(name)?;
            self.loci[gene.index()]
        });
        Self {
            loci: located.collect(),
            genes: genes.clone(),
        }
    }

    /// How many of the genes have a position.
    #[must_use]
    pub fn located(&self) -> usize {
        self.loci.iter().flatten().count()
    }

    /// Loci from one gene to the other on one chromosome, 1 for direct neighbours; chromosomes are
    /// taken as linear. None for a gene without a position.
    #[must_use]
    pub fn distance(&self, a: Gene, b: Gene) -> Option<usize> {
        let (a, b) = (self.loci[a.index()]?, self.loci[b.index()]?);
        (a.chromosome == b.chromosome).then(|| a.rank.abs_diff(b.rank))
    }

    /// Whether two genes are within [`NEIGHBOURHOOD`].
    #[must_use]
    pub fn are_neighbours(&self, a: Gene, b: Gene) -> bool {
        self.distance(a, b)
            .is_some_and(|distance| distance <= NEIGHBOURHOOD)
    }

    /// The block of so many neighbouring loci that a gene is in, by chromosome and number; none for a
    /// gene without a position.
    ///
    /// # Panics   if `size` is 0 (a bug in the caller).
    #[must_use]
    pub fn block(&self, gene: Gene, size: usize) -> Option<(usize, usize)> {
        let locus = self.loci[gene.index()]?;
        Some((locus.chromosome, locus.rank / size))
    }
}

/// Chromosome and number of a systematic name.
///
/// * yeast: `YBR166C`, chromosome B, right arm, 166th from the centromere
/// * others: letters, a number, perhaps one letter for the strand or a version; what stands before the
///   number is the chromosome (`b0344`, `VCA0012`, `Rv0001c`, `AT1G01010`, `SPAC1002.09c`)
fn by_name(name: &str) -> Option<GenePosition> {
    if let Some(position) = yeast(name) {
        return Some(position);
    }
    let strand = name.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    if name.len() - strand.len() > 1 {
        return None;
    }
    let prefix = strand.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = &strand[prefix.len()..];
    // years, versions and other short numbers follow words, and longer ones are accessions
    let letters = prefix.chars().any(char::is_alphabetic);
    (letters && (2..=8).contains(&number.len())).then_some(())?;
    Some(GenePosition {
        chromosome: prefix.to_owned(),
        start: number.parse().ok()?,
    })
}

/// Chromosome `A` to `P`, arm, number from the centromere, strand: `YAL001C`, `YBR166C-A`.
fn yeast(name: &str) -> Option<GenePosition> {
    let bytes = name.as_bytes();
    let &[
        b'Y',
        chromosome @ b'A'..=b'P',
        arm @ (b'L' | b'R'),
        a,
        b,
        c,
        b'W' | b'C',
        ..,
    ] = bytes
    else {
        return None;
    };
    let digits = [a, b, c];
    if !digits.iter().all(u8::is_ascii_digit) || !matches!(bytes.len(), 7 | 9) {
        return None;
    }
    let number = digits
        .iter()
        .fold(0.0, |sum, digit| 10.0 * sum + f64::from(digit - b'0'));
    Some(GenePosition {
        chromosome: format!("Y{}", char::from(chromosome)),
        start: if arm == b'L' { -number } else { number },
    })
}

/// Square of the standard error of the mean.
fn square_error(values: &[f64]) -> f64 {
    standard_deviation(values).powi(2) / values.len() as f64
}

#[cfg(test)]
mod tests {
    use faer::Mat;

    use super::*;
    use crate::seed::{Purpose, Seed};

    fn located(names: &[&str], positions: &[(&str, f64)]) -> Loci {
        let genes = Genes::new(names.iter().copied()).expect("distinct");
        let positions: Vec<GenePosition> = positions
            .iter()
            .map(|(chromosome, start)| GenePosition {
                chromosome: (*chromosome).to_owned(),
                start: *start,
            })
            .collect();
        Loci::new(genes, &positions)
    }

    #[test]
    fn distances_count_loci_of_one_chromosome_whatever_the_order_of_the_table() {
        let positions = [("1", 900.0), ("1", 10.0), ("2", 20.0), ("1", 30.0)];
        let loci = located(&["c", "a", "x", "b"], &positions);
        assert_eq!(loci.distance(Gene(0), Gene(1)), Some(2));
        assert_eq!(loci.distance(Gene(3), Gene(1)), Some(1));
        assert_eq!(loci.distance(Gene(2), Gene(1)), None);
        assert_eq!(loci.block(Gene(3), 2), loci.block(Gene(1), 2));
        assert_ne!(loci.block(Gene(0), 2), loci.block(Gene(1), 2));
    }

    #[test]
    fn distances_of_fewer_genes_count_those_between_them() {
        let names: Vec<String> = (0..9).map(|k| format!("g{k}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let positions: Vec<(&str, f64)> = (0..9).map(|k| ("1", f64::from(k))).collect();
        let few = Genes::new(["g8", "other", "g1", "g4"]).expect("distinct");
        let loci = located(&names, &positions).of(&few);
        assert_eq!(loci.located(), 3);
        assert_eq!(loci.distance(Gene(0), Gene(2)), Some(7));
        assert_eq!(loci.distance(Gene(0), Gene(1)), None);
        assert!(loci.are_neighbours(Gene(0), Gene(3)) && !loci.are_neighbours(Gene(0), Gene(2)));
    }

    #[test]
    fn systematic_names_have_a_chromosome_and_a_number() {
        let place = |name: &str| by_name(name).map(|p| (p.chromosome, p.start));
        let of = |chromosome: &str, start: f64| Some((chromosome.to_owned(), start));
        assert_eq!(place("YBR166C"), of("YB", 166.0));
        assert_eq!(place("YAL001W-A"), of("YA", -1.0));
        assert_eq!(place("BSU14380"), of("BSU", 14380.0));
        assert_eq!(place("Rv0012c"), of("Rv", 12.0));
        assert_eq!(place("AT1G01010"), of("AT1G", 1010.0));
        assert_eq!(place("VCA0012"), of("VCA", 12.0));
        for name in ["lexA", "ENSG00000012048", "TP53BP", "7", "umuDC", "G1"] {
            assert_eq!(place(name), None, "{name}");
        }
    }

    /// 200 genes in operons of four along a chromosome: samples × genes, and the names in this order.
    fn operons(named_in_order: bool) -> (Genes, Mat<f64>) {
        use rand::seq::SliceRandom;
        use rand_distr::{Distribution, StandardNormal};
        let mut rng = Seed(5).stream(Purpose::NullTargets, 0);
        let mut numbers: Vec<usize> = (0..200).collect();
        if !named_in_order {
            numbers.shuffle(&mut rng);
        }
        let mut draw = || -> f64 { StandardNormal.sample(&mut rng) };
        let shared = Mat::from_fn(30, 50, |_, _| draw());
        let levels = Mat::from_fn(30, 200, |i, j| shared[(i, j / 4)] + 0.5 * draw());
        let names = numbers.iter().map(|k| format!("XY{:04}", 10 * k));
        (Genes::new(names).expect("distinct"), levels)
    }

    #[test]
    fn names_are_positions_only_where_neighbours_follow_each_other() {
        let (genes, levels) = operons(true);
        let loci = Loci::from_names(&genes, levels.as_ref()).expect("operons");
        assert_eq!(loci.distance(Gene(3), Gene(7)), Some(4));
        let (genes, levels) = operons(false);
        assert_eq!(Loci::from_names(&genes, levels.as_ref()), None);
    }
}
