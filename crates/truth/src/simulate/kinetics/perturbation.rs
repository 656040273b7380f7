//! Perturbations of transcription: `rate ← max(0, scale · rate + shift · maximal)`.

use cistron::genes::Gene;

/// Changes of the transcription of each gene: `rate ← max(0, scale · rate + shift · maximal)`.
#[derive(Clone, Debug, PartialEq)]
pub struct Perturbation {
    scale: Vec<f64>,
    shift: Vec<f64>,
}

impl Perturbation {
    /// Nothing is done to `genes` genes.
    #[must_use]
    pub fn none(genes: usize) -> Self {
        Self {
            scale: vec![1.0; genes],
            shift: vec![0.0; genes],
        }
    }

    /// Transcription of one gene multiplied: 0 for a knockout, ½ for a knockdown, 2 for twice the
    /// promoters.
    ///
    /// # Panics   if the level is below 0 or not finite (a bug in the caller).
    #[must_use]
    pub fn scaled(mut self, gene: Gene, level: f64) -> Self {
        assert!(level >= 0.0 && level.is_finite(), "a level of 0 or more");
        self.scale[gene.index()] *= level;
        self
    }

    /// Transcription of one gene raised or lowered by a part of its maximal rate, regulated or
    /// not.
    ///
    /// # Panics   if the part is not finite (a bug in the caller).
    #[must_use]
    pub fn shifted(mut self, gene: Gene, part: f64) -> Self {
        assert!(part.is_finite(), "a finite part");
        self.shift[gene.index()] += part;
        self
    }

    /// Number of genes.
    #[must_use]
    pub fn genes(&self) -> usize {
        self.scale.len()
    }

    /// Factor of one gene.
    #[must_use]
    pub fn scale(&self, gene: Gene) -> f64 {
        self.scale[gene.index()]
    }

    /// Shift of one gene, as a part of its maximal transcription.
    #[must_use]
    pub fn shift(&self, gene: Gene) -> f64 {
        self.shift[gene.index()]
    }
}
