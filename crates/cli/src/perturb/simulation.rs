//! A simulation in the terms of the model.

use std::error::Error;

use cistron::expression::Intervention;
use cistron::field::{Fitted, VectorField};
use cistron::genes::Gene;
use cistron::perturb::{InitialState, Query, Until};
use cistron::run::ResultFolder;
use cistron_report::Picture;

use super::measured::Measured;
use crate::answer_record::{AnswerRecord, RECORD, changed_names};
use crate::files::Output;
use crate::picture_files::{PictureFormat, picture_outputs};

/// What is simulated, and where the results go.
pub(super) struct Simulation<'a> {
    pub(super) model: &'a Fitted,
    /// Name of the initial state.
    pub(super) start: &'a str,
    /// Levels of the initial state; none for the steady state of the wild type.
    pub(super) from: Option<&'a [f64]>,
    pub(super) until: &'a Until,
    pub(super) interventions: &'a [Intervention],
    /// Genes whose change is measured; all if empty.
    pub(super) targets: &'a [Gene],
    /// Number of genes in the summary and in the pictures.
    pub(super) top: usize,
    /// What the prediction is compared with.
    pub(super) measured: Option<&'a Measured>,
    /// Folder for the results.
    pub(super) out: &'a ResultFolder,
}

impl Simulation<'_> {
    /// The query to the library.
    pub(super) fn query(&self) -> Query<'_> {
        Query {
            interventions: self.interventions,
            from: self.from,
            until: self.until,
        }
    }

    /// The name of the initial state; where it is not the steady state that is expected, what it is.
    pub(super) fn start_in_words(&self, start: &InitialState) -> String {
        match start.needs_caveat() {
            true => start.describe(self.model.field.genes()),
            false => self.start.to_owned(),
        }
    }

    /// What an answer is about.
    ///
    /// * `single`: interventions of a single answer
    pub(super) fn record(
        &self,
        start: &InitialState,
        single: Option<&[Intervention]>,
    ) -> AnswerRecord {
        let field = &self.model.field;
        let perturbed = single.map(|all| changed_names(all, field.genes()));
        AnswerRecord::new(self.start_in_words(start), field.scale(), perturbed)
    }

    /// Writes tables and pictures with a record of what they are about, in place of the former answer.
    pub(super) fn publish<'f>(
        &self,
        record: &'f AnswerRecord,
        mut files: Vec<Output<'f>>,
        pictures: &[Picture],
    ) -> Result<(), Box<dyn Error>> {
        let folder = self.out.path();
        files.push(Output::new(folder.join(RECORD), |sink| record.write(sink)));
        files.extend(picture_outputs(pictures, PictureFormat::Both, folder)?);
        Ok(self.out.publish(&files)?)
    }
}
