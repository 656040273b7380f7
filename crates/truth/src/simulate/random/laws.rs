//! The laws that a random wiring follows, each a number with its source.

use crate::simulate::setting_range::{OutOfRange, require};

/// A family of known networks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Law {
    /// *Escherichia coli*, after RegulonDB: few global regulators with hundreds of targets, much
    /// autoregulation, little feedback.
    #[default]
    Bacterial,
    /// *Saccharomyces cerevisiae*: regulators of more even size, more inputs per gene, more
    /// feedback, little autoregulation.
    Yeast,
}

/// What a random wiring is to look like.
///
/// [`WiringSettings::of`] fills in the laws of a family at a size. Small networks are thought of
/// as parts cut out of a whole one, as those of the DREAM challenges are: they keep a larger
/// share of regulators and fewer inputs per gene.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WiringSettings {
    /// Number of genes, 5 or more.
    pub genes: usize,
    /// Part of the genes that regulate others; in `(0, 1]`, at least two genes.
    ///
    /// `max(whole, 0.88 (genes / 10)^−0.38)`: 0.88 of 10 genes and 0.37 of 100, as in the gold
    /// standards of DREAM4 (0.80–0.90 and 0.34–0.44), down to the share in a whole network.
    ///
    /// # Source   Whole networks: *E. coli* 0.12 (157 of 1,278 genes, Ma et al. (2004), Nucleic
    ///   Acids Res. 32:6643; 0.10 of all genes), yeast 0.05 (106 regulators of 2,343 genes, Lee et
    ///   al. (2002), Science 298:799).
    pub regulators: f64,
    /// Part of the regulators that no other gene regulates: the top of the hierarchy.
    ///
    /// DREAM4's gold standards of 100 genes have 0.28–0.34 (networks 1 and 2) and 0.18–0.22
    /// (3 to 5).
    pub unregulated: f64,
    /// `γ` of the number of targets of a regulator, `P(k) ∝ k^−γ` up to the largest number that
    /// gives as many targets as there are inputs. A smaller one makes regulators more alike.
    ///
    /// # Source   Yeast: 0.87 to 1, Guelzim et al. (2002), Nat. Genet. 31:60. *E. coli*: with
    ///   `γ = 1.4` the largest of 1,500 genes has some 300 targets, about as many as CRP.
    pub out_exponent: f64,
    /// Mean number of regulators a gene, genes without any counted in; self-regulation not.
    ///
    /// The number itself is 0, or `1 +` a negative binomial of shape 2: compact, with an
    /// exponential tail (Guelzim et al. 2002). The mean grows with the size,
    /// `min(whole, 1.42 + 0.6 log₁₀(genes / 10))`: 1.42 at 10 genes and 2.02 at 100, as in
    /// DREAM4 (1.2–1.6 and 1.8–2.5), up to that of a whole network.
    ///
    /// # Source   *E. coli* 2.1 (2,724 links of 1,278 genes, Ma et al. 2004); yeast 1.7 (4,000
    ///   links of 2,343 genes, Lee et al. 2002) to 2.9 (12,873 of 4,441, Balaji et al. (2006),
    ///   J. Mol. Biol. 360:213).
    pub mean_in_degree: f64,
    /// Part of the regulators that regulate themselves. Gold standards of DREAM leave it out.
    ///
    /// # Source   52–74 % in prokaryotes, 10 % in yeast: Lee et al. 2002.
    pub autoregulation: f64,
    /// Part of the edges that activate.
    ///
    /// # Source   About 60 % in *E. coli* (Shen-Orr et al. (2002), Nat. Genet. 31:64), more in
    ///   yeast. The gold standards of DREAM4 have about one half (0.47–0.53 at 100 genes).
    pub activators: f64,
    /// Mean number of genes in a module; its genes share regulators. Regulators with more targets
    /// than that are global: they act on all modules alike and so connect them.
    ///
    /// `max(10, 2 √genes)` is our choice: 5 modules of 100 genes, 50 of 10,000.
    pub module_size: f64,
    /// Part of the targets of a regulator that is not global that lie in other modules, as far as
    /// the wanted numbers of inputs and targets let it: in `[0, 1)`.
    pub crosstalk: f64,
    /// How often a further regulator of a gene is drawn so that it closes a feed-forward loop
    /// with one that the gene already has.
    ///
    /// # Source   40 loops in *E. coli* where 7 ± 3 are expected, Shen-Orr et al. 2002. The value
    ///   is ours, so that the numbers of loops are like those of DREAM4 (36–174 at 100 genes).
    pub feed_forward: f64,
    /// How often the regulator of a regulator is drawn from those below it in the hierarchy, so
    /// that it closes a cycle; 0 gives a network without cycles.
    ///
    /// Falls as `(genes / 100)^−0.4` from at most 0.45, because small parts of a network, as in DREAM4, were cut
    /// out around its cycles: there 6–22 % of the edges of 100 genes lie on cycles, and 31–62 %
    /// of those of 10 genes. The values are chosen to give about that.
    ///
    /// # Source   The whole network of *E. coli* is almost free of cycles longer than one
    ///   (Cosentino Lagomarsino et al. (2007), PNAS 104:5516); that of yeast has one strongly
    ///   connected part of few regulators (Jeong & Berman (2008), BMC Syst. Biol. 2:12).
    pub feedback: f64,
}

/// A setting of the wiring outside of its range.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("`{}` of the random network is {}; it must be {}", .0.field, .0.value, .0.rule)]
pub struct WiringError(#[from] pub OutOfRange);

impl WiringSettings {
    /// Fewest genes of a network.
    pub const FEWEST: usize = 5;

    /// The laws of a family for a network of `genes` genes.
    #[must_use]
    pub fn of(law: Law, genes: usize) -> Self {
        let tens = (genes.max(1) as f64 / 10.0).max(0.5);
        let (share, inputs) = (0.88 * tens.powf(-0.38), 1.42 + 0.6 * tens.log10());
        let rare = (tens / 10.0).powf(-0.4);
        let bacterial = Self {
            genes,
            regulators: share.clamp(0.1, 0.88),
            unregulated: 0.3,
            out_exponent: 1.4,
            mean_in_degree: inputs.min(2.4),
            autoregulation: 0.6,
            activators: 0.6,
            module_size: (2.0 * (genes as f64).sqrt()).max(10.0),
            crosstalk: 0.2,
            feed_forward: 0.3,
            feedback: (0.2 * rare).min(0.45),
        };
        match law {
            Law::Bacterial => bacterial,
            Law::Yeast => Self {
                regulators: share.clamp(0.05, 0.88),
                unregulated: 0.2,
                out_exponent: 1.0,
                mean_in_degree: inputs.min(2.9),
                autoregulation: 0.1,
                activators: 0.7,
                feedback: (0.3 * rare).min(0.45),
                ..bacterial
            },
        }
    }

    /// Whether every setting is in its range.
    ///
    /// # Errors   [`WiringError`] naming the setting, its value and what it has to be.
    pub fn check(&self) -> Result<(), WiringError> {
        let genes = self.genes as f64;
        let size = (Self::FEWEST..=1_000_000).contains(&self.genes);
        require("genes", genes, size, "from 5 to 1,000,000")?;
        let share = self.regulators;
        let some = share > 0.0 && share <= 1.0;
        require("regulators", share, some, "above 0 and at most 1")?;
        require_below_one("unregulated", self.unregulated)?;
        let gamma = self.out_exponent;
        let tail = (0.0..=4.0).contains(&gamma);
        require("out_exponent", gamma, tail, "from 0 to 4")?;
        let inputs = self.mean_in_degree;
        let room = inputs >= 1.0 && inputs <= 0.5 * share * genes;
        let rule = "1 or more and at most half of the number of regulators";
        require("mean_in_degree", inputs, room, rule)?;
        let size = self.module_size;
        require("module_size", size, size >= 1.0, "1 or more")?;
        require_part("autoregulation", self.autoregulation)?;
        require_part("activators", self.activators)?;
        require_below_one("crosstalk", self.crosstalk)?;
        require_part("feed_forward", self.feed_forward)?;
        require_part("feedback", self.feedback)?;
        Ok(())
    }

    /// How many genes regulate others: the share, rounded, from two to all but one.
    #[must_use]
    pub(super) fn regulator_count(&self) -> usize {
        let count = (self.regulators * self.genes as f64).round() as usize;
        count.clamp(2, self.genes - 1)
    }
}

fn require_part(field: &'static str, value: f64) -> Result<(), OutOfRange> {
    let holds = (0.0..=1.0).contains(&value);
    require(field, value, holds, "from 0 to 1")
}

fn require_below_one(field: &'static str, value: f64) -> Result<(), OutOfRange> {
    let holds = (0.0..1.0).contains(&value);
    require(field, value, holds, "0 or more and below 1")
}
