//! What tables of steady states are about.

/// What the rows of a table of steady states are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum SteadyRows {
    /// The wild type, replicates as rows.
    WildType,
    /// One gene or several were changed in each row.
    Changed {
        /// Level where the table has none, as a part of what the regulation of the gene would make:
        /// 0 for knockouts, above one for overexpression.
        level: f64,
    },
    /// Something unknown was changed a little, in many genes at once.
    Multifactorial,
}
