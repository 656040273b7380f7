//! The table of weak-form rows.

use faer::Mat;

use crate::genes::{Gene, Genes};

use super::Quadrature;

/// Where a row comes from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RowSpan {
    /// Number of the series, counted from 0.
    pub series: usize,
    /// Start of the segment.
    pub start: f64,
    /// End of the segment.
    pub end: f64,
    /// Rows of one block share data and are sampled together.
    pub block: usize,
    /// Number of sampling intervals it spans; 0 for a steady state.
    pub horizon: usize,
}

/// A covariate, which acts besides the genes: one coefficient per target, without the networks' penalty.
#[derive(Clone, Debug, PartialEq)]
pub struct Covariate {
    /// What it stands for.
    pub name: String,
    /// Prior standard deviation of the coefficient in units of the noise of a row of weight one;
    /// infinite for a free coefficient.
    pub standard_deviation: f64,
}

impl Covariate {
    /// A covariate with a free coefficient.
    #[must_use]
    pub fn free(name: impl Into<String>) -> Self {
        Self::random(name, f64::INFINITY)
    }

    /// A covariate with a random coefficient of this prior standard deviation.
    #[must_use]
    pub fn random(name: impl Into<String>, standard_deviation: f64) -> Self {
        Self {
            name: name.into(),
            standard_deviation,
        }
    }
}

/// One row, as a way in hands it over.
#[derive(Clone, Debug)]
pub struct SegmentRow<'a> {
    /// Nodes and their weights in the integral.
    pub nodes: &'a [(usize, f64)],
    /// Increment of every gene, in rows of levels the level; NaN where it is not known.
    pub increments: Vec<f64>,
    /// Integral of every covariate over the segment.
    pub design: Vec<f64>,
    /// Weight of the row in the least squares.
    pub weight: f64,
    /// Where it comes from.
    pub span: RowSpan,
    /// Genes whose own equation does not hold in this row.
    pub clamped: Vec<Gene>,
}

/// Rows of the weak form for all targets.
///
/// Shapes: nodes `m × p`, quadrature `n × m`, increments `n × p` (NaN: not known or clamped),
/// design `n × k`, weights `n`.
#[derive(Clone, Debug)]
pub struct Segments {
    genes: Genes,
    nodes: Mat<f64>,
    quadrature: Quadrature,
    increments: Vec<Vec<f64>>,
    design: Vec<Vec<f64>>,
    covariates: Vec<Covariate>,
    weights: Vec<f64>,
    spans: Vec<RowSpan>,
    kind: RowKind,
}

/// What the rows equate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RowKind {
    /// Increments of slow genes, `x_b − x_a = ∫ (f(x) − δx) dt`: the decay is one of the coefficients.
    #[default]
    Increments,
    /// Levels of fast genes, `x = f(x)/δ`: the target is in no drive of its own, and the decay is
    /// the unit in which its weights are rates.
    Levels,
}

impl Segments {
    /// An empty table over these nodes.
    ///
    /// * `nodes`: states `m × p` without missing values, on the model's scale
    /// * `covariates`: what the unpenalised columns stand for
    #[must_use]
    pub fn new(genes: Genes, nodes: Mat<f64>, covariates: Vec<Covariate>) -> Self {
        assert_eq!(nodes.ncols(), genes.len(), "one column a gene");
        Self {
            genes,
            nodes,
            quadrature: Quadrature::default(),
            increments: Vec::new(),
            design: Vec::new(),
            covariates,
            weights: Vec::new(),
            spans: Vec::new(),
            kind: RowKind::Increments,
        }
    }

    /// The same table for rows of levels.
    #[must_use]
    pub fn of_levels(self) -> Self {
        Self {
            kind: RowKind::Levels,
            ..self
        }
    }

    /// What the rows equate.
    #[must_use]
    pub fn kind(&self) -> RowKind {
        self.kind
    }

    /// Adds a row; the increments of clamped genes are taken out.
    ///
    /// # Panics   if shapes do not match (a bug in the caller).
    pub fn push(&mut self, mut row: SegmentRow<'_>) {
        assert_eq!(
            row.increments.len(),
            self.genes.len(),
            "one increment a gene"
        );
        assert_eq!(
            row.design.len(),
            self.covariates.len(),
            "one entry a column"
        );
        for gene in &row.clamped {
            row.increments[gene.index()] = f64::NAN;
        }
        self.quadrature.push(row.nodes);
        self.increments.push(row.increments);
        self.design.push(row.design);
        self.weights.push(row.weight);
        self.spans.push(row.span);
    }

    /// The genes.
    #[must_use]
    pub fn genes(&self) -> &Genes {
        &self.genes
    }

    /// Number of rows, `n`.
    #[must_use]
    pub fn len(&self) -> usize {
        self.spans.len()
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// States at the nodes, `m × p`.
    #[must_use]
    pub fn nodes(&self) -> &Mat<f64> {
        &self.nodes
    }

    /// The weights that integrate node values over rows.
    #[must_use]
    pub fn quadrature(&self) -> &Quadrature {
        &self.quadrature
    }

    /// Increment of a target in a row, in rows of levels the level; NaN where it is not known.
    #[must_use]
    pub fn increment(&self, row: usize, target: Gene) -> f64 {
        self.increments[row][target.index()]
    }

    /// What "no change" predicts for a target in a row: no increment, and as a level that of the
    /// row before if it is one of the same series; NaN where there is none.
    #[must_use]
    pub fn unchanged(&self, row: usize, target: Gene) -> f64 {
        match (self.kind, row.checked_sub(1)) {
            (RowKind::Increments, _) => 0.0,
            (RowKind::Levels, Some(before))
                if self.spans[before].series == self.spans[row].series =>
            {
                self.increment(before, target)
            }
            (RowKind::Levels, _) => f64::NAN,
        }
    }

    /// Unpenalised covariates of a row.
    #[must_use]
    pub fn design(&self, row: usize) -> &[f64] {
        &self.design[row]
    }

    /// What the unpenalised columns stand for.
    #[must_use]
    pub fn covariates(&self) -> &[Covariate] {
        &self.covariates
    }

    /// Weight of a row.
    #[must_use]
    pub fn weight(&self, row: usize) -> f64 {
        self.weights[row]
    }

    /// Time that every node stands for: what rows over one interval integrate there, `m`.
    #[must_use]
    pub fn node_times(&self) -> Vec<f64> {
        let mut times = vec![0.0; self.nodes.nrows()];
        let single = (0..self.len()).filter(|&row| self.spans[row].horizon == 1);
        for &(node, weight) in single.flat_map(|row| self.quadrature.row(row)) {
            times[node] += weight;
        }
        times
    }

    /// Where every row comes from.
    #[must_use]
    pub fn spans(&self) -> &[RowSpan] {
        &self.spans
    }

    /// Number of blocks of rows that are sampled together.
    #[must_use]
    pub fn blocks(&self) -> usize {
        self.spans
            .iter()
            .map(|span| span.block + 1)
            .max()
            .unwrap_or(0)
    }

    /// The rows among `rows` in which the target's increment is known.
    #[must_use]
    pub fn known(&self, rows: &[usize], target: Gene) -> Vec<usize> {
        let rows = rows.iter().copied();
        rows.filter(|&row| !self.increment(row, target).is_nan())
            .collect()
    }
}
