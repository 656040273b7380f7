//! What the fits of the targets depend on, as one number.

use faer::MatRef;
use sha2::{Digest, Sha256};

use super::{OutputSettings, Settings};
use crate::expression::{Cells, Data, Expression, Profiles, SteadyStates};
use crate::genes::Genes;
use crate::loci::Loci;
use crate::prior::Prior;

/// SHA-256 of data, prior knowledge, settings and version: inferences with the same fingerprint
/// have the same fit of every target.
///
/// Settings of the refit, which begins when all targets are fitted, and of the output are not in
/// it, nor are paths, number of threads and the layout of the files: a fit does not depend on them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fingerprint(pub(super) [u8; 32]);

/// What is known besides the data.
#[derive(Clone, Copy, Debug)]
pub(super) struct Knowledge<'a> {
    pub(super) prior: &'a Prior,
    pub(super) loci: Option<&'a Loci>,
    pub(super) half_lives: Option<&'a [Option<f64>]>,
}

impl Fingerprint {
    /// # Cost   one pass over the data.
    pub(super) fn new(data: &Data, knowledge: Knowledge<'_>, settings: &Settings) -> Self {
        let settings = Settings {
            refit: None,
            output: OutputSettings::default(),
            ..settings.clone()
        };
        let mut parts = Parts(Sha256::new());
        parts.text(env!("CARGO_PKG_VERSION"));
        // the shortest digits that name a number: no bit is lost
        parts.text(&format!("{settings:?}"));
        parts.text(&format!("{:?}", knowledge.prior));
        if let Some(loci) = knowledge.loci {
            parts.loci(loci, data.genes());
        }
        if let Some(half_lives) = knowledge.half_lives {
            parts.text(&format!("half-lives {half_lives:?}"));
        }
        match data.profiles() {
            Profiles::Series(expression) => parts.series(expression),
            Profiles::Cells(cells) => parts.cells(cells),
            Profiles::Static(_) => parts.text("static"),
        }
        if let Some(states) = data.steady_states() {
            parts.states(states);
        }
        Self(parts.0.finalize().into())
    }
}

/// Parts of the data one after another, each with its length, so that no two lists of parts have
/// the same bytes.
struct Parts(Sha256);

impl Parts {
    fn count(&mut self, count: usize) {
        self.0.update((count as u64).to_le_bytes());
    }

    fn text(&mut self, text: &str) {
        self.count(text.len());
        self.0.update(text.as_bytes());
    }

    fn texts(&mut self, texts: &[String]) {
        self.count(texts.len());
        texts.iter().for_each(|text| self.text(text));
    }

    fn numbers<'a>(&mut self, numbers: impl ExactSizeIterator<Item = &'a f64>) {
        self.count(numbers.len());
        for number in numbers {
            // missing values may have any of the bits of NaN
            let bits = if number.is_nan() { f64::NAN } else { *number };
            self.0.update(bits.to_bits().to_le_bytes());
        }
    }

    fn matrix(&mut self, matrix: MatRef<'_, f64>) {
        self.count(matrix.ncols());
        matrix
            .col_iter()
            .for_each(|column| self.numbers(column.iter()));
    }

    fn genes(&mut self, genes: &Genes) {
        self.texts(genes.names());
    }

    /// Positions of the genes of the data.
    fn loci(&mut self, loci: &Loci, genes: &Genes) {
        self.text("loci");
        let loci = loci.of(genes);
        genes
            .iter()
            .for_each(|gene| self.text(&format!("{:?}", loci.block(gene, 1))));
    }

    fn series(&mut self, expression: &Expression) {
        self.text("series");
        self.genes(expression.genes());
        self.count(expression.series().len());
        for series in expression.series() {
            self.text(series.name());
            self.numbers(series.times().iter());
            self.texts(series.conditions());
            self.text(&format!("{:?}", series.interventions()));
            self.matrix(series.values().as_ref());
        }
    }

    fn cells(&mut self, cells: &Cells) {
        self.text("cells");
        self.genes(cells.genes());
        self.texts(cells.names());
        self.count(cells.lineages().len());
        for lineage in cells.lineages() {
            self.text(&lineage.name);
            self.numbers(lineage.pseudotime.iter());
        }
        self.matrix(cells.values().as_ref());
    }

    fn states(&mut self, states: &SteadyStates) {
        self.text("states");
        self.genes(states.genes());
        self.count(states.len());
        for sample in states.samples() {
            self.text(&format!("{sample:?}"));
        }
        self.matrix(states.values().as_ref());
    }
}
