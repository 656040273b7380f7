//! What is said about data beside their files.

use std::path::PathBuf;

use super::series_options::{ColumnRole, Duplicates, Orientation, SeriesOptions};
use super::steady_rows::SteadyRows;
use crate::genes::NameMatch;
use crate::io::text::DecimalSign;

/// What cannot be recognised in the files: further tables, and how the first is meant.
///
/// ```no_run
/// use cistron::io::OpenOptions;
///
/// let options = OpenOptions::new().times("samples.tsv").knockouts("knockouts.tsv");
/// let data = options.open("counts.tsv")?;
/// # Ok::<(), cistron::io::ReadError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct OpenOptions {
    pub(super) times: Option<PathBuf>,
    pub(super) pseudotime: Option<PathBuf>,
    pub(super) series: SeriesOptions,
    pub(super) interventions: Option<PathBuf>,
    pub(super) steady: Vec<SteadyFile>,
    pub(super) steady_genes: Orientation,
    pub(super) names: NameMatch,
}

/// A table of steady states.
#[derive(Clone, Debug)]
pub(super) struct SteadyFile {
    /// What the command line calls it, for messages.
    pub(super) option: &'static str,
    pub(super) path: PathBuf,
    pub(super) rows: SteadyRows,
}

impl OpenOptions {
    /// No options: everything is recognised.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A table of the times of samples: `sample`, `time`, perhaps `series` and `condition`; or
    /// metadata of the Inferelator, whose single samples become steady states of which it is not
    /// known what was changed.
    #[must_use]
    pub fn times(mut self, path: impl Into<PathBuf>) -> Self {
        self.times = Some(path.into());
        self
    }

    /// A table of pseudotimes: the data are then genes × cells.
    #[must_use]
    pub fn pseudotime(mut self, path: impl Into<PathBuf>) -> Self {
        self.pseudotime = Some(path.into());
        self
    }

    /// Whether genes are in rows or columns.
    #[must_use]
    pub fn genes(mut self, orientation: Orientation) -> Self {
        self.series.genes = orientation;
        self
    }

    /// Columns to leave out; capitals do not matter.
    #[must_use]
    pub fn ignore<S: Into<String>>(mut self, columns: impl IntoIterator<Item = S>) -> Self {
        let columns = columns.into_iter().map(Into::into);
        self.series.ignore.extend(columns);
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub fn columns(mut self, columns: Vec<(String, ColumnRole)>) -> Self {
        self.series.columns = columns;
        self
    }

    /// Names of regulators: they tell genes from samples where nothing else does.
    #[must_use]
    pub fn regulators<S: Into<String>>(mut self, names: impl IntoIterator<Item = S>) -> Self {
        let names = names.into_iter().map(Into::into);
        self.series.regulators.extend(names);
        self
    }

    /// Whether the data have no header: the first row is one like the others, and genes are called G1,
    /// G2 … unless the first column names them.
    #[doc(hidden)]
    #[must_use]
    pub fn no_header(mut self, no_header: bool) -> Self {
        self.series.no_header = no_header;
        self
    }

    /// The decimal sign of the numbers in the data; recognised by default.
    #[doc(hidden)]
    #[must_use]
    pub fn decimal(mut self, sign: DecimalSign) -> Self {
        self.series.text.decimal = Some(sign);
        self
    }

    /// What becomes of a gene that occurs several times in the data.
    #[doc(hidden)]
    #[must_use]
    pub fn duplicates(mut self, duplicates: Duplicates) -> Self {
        self.series.duplicates = duplicates;
        self
    }

    /// How names of genes in further tables are compared with those of the data.
    #[doc(hidden)]
    #[must_use]
    pub fn matching(mut self, names: NameMatch) -> Self {
        self.names = names;
        self
    }

    /// A table of interventions in the series, see [`read_interventions`](super::read_interventions).
    #[must_use]
    pub fn interventions(mut self, path: impl Into<PathBuf>) -> Self {
        self.interventions = Some(path.into());
        self
    }

    /// Steady states of the wild type, replicates as rows.
    #[must_use]
    pub fn wild_type(self, path: impl Into<PathBuf>) -> Self {
        self.steady("--wildtype", path, SteadyRows::WildType)
    }

    /// Steady states of knockouts: a column `perturbed` names the gene, or one row for each gene.
    #[must_use]
    pub fn knockouts(self, path: impl Into<PathBuf>) -> Self {
        self.steady("--knockouts", path, SteadyRows::Changed { level: 0.0 })
    }

    /// Steady states of knockdowns.
    ///
    /// * `level`: what is left of the gene where no column `level` says it
    #[must_use]
    pub fn knockdowns(self, path: impl Into<PathBuf>, level: f64) -> Self {
        self.steady("--knockdowns", path, SteadyRows::Changed { level })
    }

    /// Steady states under overexpression.
    ///
    /// * `level`: how many times the gene is expressed where no column `level` says it
    #[must_use]
    pub fn overexpression(self, path: impl Into<PathBuf>, level: f64) -> Self {
        self.steady("--overexpression", path, SteadyRows::Changed { level })
    }

    /// Steady states of which it is not known what was changed (multifactorial).
    #[must_use]
    pub fn multifactorial(self, path: impl Into<PathBuf>) -> Self {
        self.steady("--steady", path, SteadyRows::Multifactorial)
    }

    /// Whether genes are in rows or columns of the tables of steady states.
    #[doc(hidden)]
    #[must_use]
    pub fn steady_genes(self, steady_genes: Orientation) -> Self {
        Self {
            steady_genes,
            ..self
        }
    }

    pub(super) fn steady(
        mut self,
        option: &'static str,
        path: impl Into<PathBuf>,
        rows: SteadyRows,
    ) -> Self {
        let path = path.into();
        self.steady.push(SteadyFile { option, path, rows });
        self
    }
}
