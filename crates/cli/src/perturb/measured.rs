//! `--measured`: a prediction beside what was measured.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};

use cistron::expression::{Intervention, Stored};
use cistron::field::{Fitted, VectorField};
use cistron::genes::{Gene, Genes};
use cistron::io::Batch;
use cistron::io::read::columns::{Role, role};
use cistron::perturb::{BatchStates, Response};
use cistron_report::{
    ComparedChange, GeneLevels, LevelTitles, Picture, compared_changes, count, courses,
};
use cistron_truth::evaluate::{
    ComparedLevel, Comparison, PerturbedRow, PerturbedStates, compare, compared_levels,
};
use clap::Args;
use faer::Mat;

use crate::answer_record::changed_names;
use crate::files::{self, Output};
use crate::scale_args::scale_names;
use crate::score_perturb::{
    in_unit, keep_changed, read_states, score_line, single_states, text_report,
};

/// Maximum number of panels with courses.
const PANELS: usize = 12;

/// What was measured.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Comparison")]
pub(crate) struct MeasuredArgs {
    /// Measured states after interventions, steady or with a column `time`: the prediction is scored and drawn against
    /// them; without other interventions, those of the table are simulated
    #[arg(long, value_name = "FILE", conflicts_with_all = ["screen", "pairs", "dose"])]
    measured: Option<PathBuf>,
    /// Scale on which the measured levels are stored; default: that of the data of the run
    #[arg(long, value_name = "NAME", requires = "measured", value_parser = scale_names())]
    scale: Option<Stored>,
    /// Measured steady states of the wild type, from which measured changes are counted
    #[arg(long, value_name = "FILE", requires = "measured")]
    wildtype: Option<PathBuf>,
}

/// What was measured, in the unit of the data of the run.
pub(super) struct Measured {
    states: PerturbedStates,
    pub(super) path: PathBuf,
    wildtype: Option<PathBuf>,
    scale: Option<Stored>,
}

/// A prediction beside a measurement.
pub(super) struct Compared {
    pub(super) text: String,
    json: Vec<u8>,
    pub(super) pictures: Vec<Picture>,
}

impl Compared {
    /// The scores as a file.
    pub(super) fn scores(&self, folder: &Path) -> Output<'_> {
        Output::new(folder.join("scores.json"), |sink| {
            sink.write_all(&self.json)
        })
    }
}

impl MeasuredArgs {
    /// Reads the measured states for the genes of a model.
    pub(super) fn read(&self, model: &Fitted) -> Result<Option<Measured>, Box<dyn Error>> {
        let Some(path) = &self.measured else {
            return Ok(None);
        };
        let read = read_states(path)?;
        let states = read
            .with_genes(model.field.genes())
            .ok_or_else(|| format!("{}: none of its genes is in the model", path.display()))?;
        let others = read.genes.len() - states.genes.len();
        if others > 0 {
            let verb = if others == 1 { "is" } else { "are" };
            let others = count(others, "gene");
            files::note(&format!(
                "{}: {others} {verb} not in the model, and left out",
                path.display()
            ));
        }
        Ok(Some(Measured {
            states: in_unit(states, self.scale, model.field.scale())?,
            path: path.clone(),
            wildtype: self.wildtype.clone(),
            scale: self.scale,
        }))
    }
}

impl Measured {
    /// The measured times, in order; empty for steady states.
    pub(super) fn times(&self) -> Vec<f64> {
        let mut times: Vec<f64> = self.states.rows.iter().filter_map(|row| row.time).collect();
        times.sort_by(f64::total_cmp);
        times.dedup();
        times
    }

    /// The measured states under the interventions of a single response, and those of the wild type.
    fn under(&self, answer: &PerturbedRow) -> Result<PerturbedStates, String> {
        let mut states = self.states.clone();
        keep_changed(&mut states, answer, &self.path)?;
        Ok(states)
    }

    /// A single response beside what was measured under the same interventions.
    pub(super) fn beside_response(
        &self,
        response: &Response,
        interventions: &[Intervention],
    ) -> Result<Compared, Box<dyn Error>> {
        let genes = response.genes();
        let answer = row_of(interventions, genes);
        let measured = self.under(&answer)?;
        let in_units = |level: &dyn Fn(usize, Gene) -> f64| {
            Mat::from_fn(response.rows(), genes.len(), |i, j| level(i, Gene(j)))
        };
        let found = BatchStates {
            start: response.start().clone(),
            times: response.times().to_vec(),
            unperturbed: in_units(&|row, gene| response.wild_type(row, gene)),
            states: vec![Ok(in_units(&|row, gene| response.perturbed(row, gene)))],
        };
        let mut sets = vec![answer];
        self.compared(&measured, &found, &mut sets, genes)
    }

    /// A batch beside what was measured.
    pub(super) fn beside_batch(
        &self,
        batch: &Batch,
        found: &BatchStates,
        genes: &Genes,
    ) -> Result<Compared, Box<dyn Error>> {
        let series = batch
            .header
            .iter()
            .position(|name| role(name) == Role::Series);
        let sets = batch.sets.iter().map(|set| PerturbedRow {
            series: series.map_or_else(String::new, |at| set.marks[at].clone()),
            ..row_of(&set.interventions, genes)
        });
        let mut sets: Vec<PerturbedRow> = sets.collect();
        self.compared(&self.states, found, &mut sets, genes)
    }

    fn compared(
        &self,
        measured: &PerturbedStates,
        found: &BatchStates,
        sets: &mut Vec<PerturbedRow>,
        genes: &Genes,
    ) -> Result<Compared, Box<dyn Error>> {
        let mut found = found.clone();
        // the wild type is predicted, too
        sets.push(PerturbedRow::default());
        found.states.push(Ok(found.unperturbed.clone()));
        let predicted = predicted_states(&found, sets, genes);
        let singles = single_states(measured, self.wildtype.as_deref(), None, self.scale)?;
        let title = format!("predicted against {}", self.path.display());
        let failed = |error| format!("{title}: {error}");
        let comparison = compare(&predicted, measured, singles.as_ref()).map_err(failed)?;
        let levels = compared_levels(&predicted, measured, singles.as_ref()).map_err(failed)?;
        let mut pictures = vec![scatter(&title, &comparison, &levels)];
        if !found.times.is_empty() && measured.rows.iter().any(|row| row.time.is_some()) {
            pictures.push(course_panels(
                &title, &found, sets, measured, &levels, genes,
            ));
        }
        let mut json = serde_json::to_vec_pretty(&comparison)?;
        json.push(b'\n');
        Ok(Compared {
            text: text_report(&title, &comparison),
            json,
            pictures,
        })
    }
}

/// What is done to genes, as tables of states say it.
fn row_of(interventions: &[Intervention], genes: &Genes) -> PerturbedRow {
    let changed = changed_names(interventions, genes);
    let changes = changed.iter().filter_map(|name| {
        let mut done = interventions.iter();
        done.find(|one| genes.name(one.gene) == name)
            .map(|one| one.change)
    });
    PerturbedRow {
        changes: changes.collect(),
        changed,
        ..PerturbedRow::default()
    }
}

/// All predicted states as a table.
fn predicted_states(found: &BatchStates, sets: &[PerturbedRow], genes: &Genes) -> PerturbedStates {
    let times = found.unperturbed.nrows();
    let rows = sets.iter().flat_map(|set| {
        (0..times).map(|row| PerturbedRow {
            time: found.times.get(row).copied(),
            ..set.clone()
        })
    });
    let count = sets.len() * times;
    PerturbedStates {
        rows: rows.collect(),
        levels: Mat::from_fn(count, genes.len(), |i, j| match &found.states[i / times] {
            Ok(states) => states[(i % times, j)],
            Err(_) => f64::NAN,
        }),
        wild_type: Some(Mat::from_fn(count, genes.len(), |i, j| {
            found.unperturbed[(i % times, j)]
        })),
        genes: genes.clone(),
    }
}

fn scatter(title: &str, comparison: &Comparison, levels: &[ComparedLevel]) -> Picture {
    let pairs: Vec<ComparedChange> = levels
        .iter()
        .map(|at| ComparedChange {
            measured: at.measured,
            predicted: at.predicted,
        })
        .collect();
    let x = match comparison.prediction.correct_signs.is_some() {
        true => "change",
        false => "level",
    };
    let titles = LevelTitles {
        title,
        x,
        unit: "units of the data",
    };
    compared_changes(titles, &pairs, &score_line(comparison))
}

/// The courses of the genes and interventions with the largest measured changes.
fn course_panels(
    title: &str,
    found: &BatchStates,
    sets: &[PerturbedRow],
    measured: &PerturbedStates,
    levels: &[ComparedLevel],
    genes: &Genes,
) -> Picture {
    let same = |set: &PerturbedRow, row: &PerturbedRow| {
        set.series == row.series && set.has_changes_of(row)
    };
    let mut largest: BTreeMap<(usize, usize), f64> = BTreeMap::new();
    for level in levels {
        let row = &measured.rows[level.row];
        if let Some(set) = sets.iter().position(|set| same(set, row)) {
            let size = largest.entry((set, level.gene)).or_default();
            *size = size.max(level.measured.abs());
        }
    }
    let mut order: Vec<((usize, usize), f64)> = largest.into_iter().collect();
    order.sort_by(|a, b| b.1.total_cmp(&a.1));
    let panels = order.iter().take(PANELS).filter_map(|((set, gene), _)| {
        let name = measured.genes.name(Gene(*gene));
        let column = genes.find(name)?.index();
        let states = found.states[*set].as_ref().ok()?;
        let rows = measured.rows.iter().enumerate();
        let rows = rows.filter(|(_, row)| same(&sets[*set], row));
        let of_column = |states: &Mat<f64>| states.col(column).iter().copied().collect();
        Some(GeneLevels {
            title: format!("{name} under {}", sets[*set].describe()),
            wild_type: of_column(&found.unperturbed),
            perturbed: of_column(states),
            band: Vec::new(),
            measured: rows
                .filter_map(|(at, row)| Some((row.time?, measured.levels[(at, *gene)])))
                .collect(),
        })
    });
    let panels: Vec<GeneLevels> = panels.collect();
    let titles = LevelTitles {
        title,
        x: "time (units of the data)",
        unit: "units of the data",
    };
    let mut picture = courses(titles, &found.times, &panels);
    "measured_courses.svg".clone_into(&mut picture.file);
    picture
}
