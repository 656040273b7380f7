//! `run.json`: what was run, on what, with which settings, and how it went.

use std::collections::BTreeMap;
use std::io::{self, Read, Write};

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use super::{CalibrationRecord, Settings};
use crate::activity::Activities;
use crate::expression::{Data, InputFile, Profiles, Scale, SteadyCounts, SteadyStates};
use crate::io::{Fault, Place, ReadError, read_json};
use crate::loci::Loci;
use crate::network::nulls::UnexplainedComponent;
use crate::refit::RefitReport;
use crate::regime::Regimes;
use crate::trajectory::Offsets;

/// What the file says it is; the number rises whenever an older reader would misunderstand it.
const FORMAT: &str = "cistron-run 2";
const ORIENTATION: &str = "weight[target, source] = d(dx_target/dt)/dx_source";

/// What was run: the contents of `run.json`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Record {
    /// Version of the program.
    pub cistron: String,
    /// Files that were read, with their fingerprints.
    pub inputs: Vec<InputFile>,
    /// The words of the command that made the run; none if a program made it.
    #[doc(hidden)]
    #[serde(default)]
    pub arguments: Vec<String>,
    /// Genes.
    pub genes: usize,
    /// Genes that may regulate.
    pub regulators: usize,
    /// Pairs of genes about which something was known.
    pub known_pairs: usize,
    /// Whether the data are cells with pseudotime: their lineages count as series.
    pub cells: bool,
    /// Series or lineages; 0 for steady states without any series.
    pub series: usize,
    /// Samples or cells; steady states where there is nothing else.
    pub samples: usize,
    /// Numbers of interventions of the series that have any.
    pub interventions: Vec<usize>,
    /// Steady states by what was done to the genes.
    pub steady_states: SteadyCounts,
    /// All settings.
    pub settings: Settings,
    /// Transform of the model.
    pub transform: String,
    /// How the files store levels, and the transform in numbers.
    #[serde(default)]
    pub scale: Scale,
    /// Which genes follow their regulators within a sampling interval.
    #[serde(default)]
    pub regimes: RegimeRecord,
    /// Activities of regulators from known pairs; none if there were none.
    #[serde(default)]
    pub activities: Option<ActivityRecord>,
    /// Leading components of what the regulators leave unexplained of the levels of other genes; none where
    /// no levels were fitted.
    #[serde(default)]
    pub unexplained: Vec<UnexplainedComponent>,
    /// Positions of genes on chromosomes; none if there were none.
    #[serde(default)]
    pub loci: Option<LociRecord>,
    /// What known edges said of the list; none if none were given.
    #[serde(default)]
    pub calibration: Option<CalibrationRecord>,
    /// Offsets of single series, given or chosen.
    pub offsets: Offsets,
    /// Candidates for these offsets, in words, with the share of the held-out variance that each
    /// leaves unexplained (none if nothing varies): the best ten, the chosen one and no offsets; none if they were given.
    pub offset_candidates: Vec<(String, Option<f64>)>,
    /// Rows of the weak form.
    pub segments: usize,
    /// Candidate edges that were ranked; the folder may hold only the best of them.
    pub edges_ranked: usize,
    /// Edges in `edges.tsv`.
    pub edges_written: usize,
    /// Edges in `network.graphml`.
    pub edges_in_graphml: usize,
    /// Targets whose fit did not reach the tolerance.
    pub targets_not_converged: usize,
    /// How the refit through the differential equations went; none if there was none.
    #[serde(deserialize_with = "complete_report")]
    pub refit: Option<RefitReport>,
    /// What to distrust.
    pub warnings: Vec<String>,
    /// What was recognised in the files.
    pub notes: Vec<String>,
    /// Time that the run took.
    pub seconds: f64,
    /// Part of it that the forecasts and their refits took.
    pub forecast_seconds: f64,
    /// Threads that it had.
    pub threads: usize,
}

/// How many genes are fast, and how clear it was.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RegimeRecord {
    /// Genes that were fitted to levels.
    pub fast: usize,
    /// Held-out error as fast genes over that as slow ones, median; none where nothing was compared.
    pub ratio: Option<f64>,
    /// Ridge penalty of the levels, as a share of the number of samples.
    pub ridge: f64,
    /// Typical sampling interval; none without series.
    pub interval: Option<f64>,
    /// What was held out to choose, in words; empty where nothing was chosen.
    #[serde(default)]
    pub folds: String,
    /// Genes that measured half-lives made fast or slow.
    #[serde(default)]
    pub measured: usize,
}

/// Positions of genes on their chromosomes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct LociRecord {
    /// Genes with a position.
    pub located: usize,
    /// Whether positions come from systematic names; else from a table.
    pub by_name: bool,
}

/// Activities of regulators that were estimated from known pairs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ActivityRecord {
    /// Regulators with at least three known targets.
    pub regulators: usize,
    /// Known pairs that were used.
    pub pairs: usize,
    /// Those of them whose target does not follow the activity.
    pub not_following: usize,
    /// Standard normal score of the list: how far its targets follow more than wrong ones would.
    pub z: f64,
    /// Whether activities took the place of mRNA: the list says something about the data.
    pub used: bool,
}

impl LociRecord {
    pub(super) fn new(loci: &Loci, by_name: bool) -> Self {
        Self {
            located: loci.located(),
            by_name,
        }
    }
}

impl ActivityRecord {
    pub(super) fn new(found: &Activities) -> Self {
        let pairs = found.agreement();
        Self {
            regulators: found.regulators().len(),
            pairs: pairs.len(),
            not_following: pairs.iter().filter(|pair| !pair.follows()).count(),
            z: found.list_z(),
            used: found.list_follows(),
        }
    }
}

impl RegimeRecord {
    pub(super) fn new(regimes: &Regimes) -> Self {
        Self {
            fast: regimes.fast(),
            ratio: (regimes.log_ratio != 0.0).then(|| regimes.log_ratio.exp()),
            ridge: regimes.ridge,
            interval: regimes.interval.is_finite().then_some(regimes.interval),
            folds: regimes.folds.clone(),
            measured: regimes.measured,
        }
    }
}

/// A report of which all numbers are finite; JSON has `null` for others, and the rest of the record
/// is of use without them.
fn complete_report<'de, D: Deserializer<'de>>(input: D) -> Result<Option<RefitReport>, D::Error> {
    let value = Value::deserialize(input)?;
    if has_null(&value) {
        return Ok(None);
    }
    serde_json::from_value(value)
        .map(Some)
        .map_err(D::Error::custom)
}

fn has_null(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(values) => values.iter().any(has_null),
        Value::Object(entries) => entries.values().any(has_null),
        Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

#[derive(Serialize)]
struct Written<'a> {
    format: &'static str,
    orientation: &'static str,
    #[serde(flatten)]
    record: &'a Record,
}

/// Writes a record as indented JSON, keys in a fixed order.
///
/// # Errors   what the sink reports.
pub fn write_record(record: &Record, sink: &mut dyn Write) -> io::Result<()> {
    let written = Written {
        format: FORMAT,
        orientation: ORIENTATION,
        record,
    };
    serde_json::to_writer_pretty(&mut *sink, &written)?;
    writeln!(sink)
}

/// What a file says that it is.
#[derive(Deserialize)]
struct RecordFormat {
    format: Option<String>,
}

/// Reads what [`write_record`] wrote.
///
/// # Errors   [`ReadError`] for another format, else with line and column.
pub fn read_record(mut input: impl Read, file: &str) -> Result<Record, ReadError> {
    let mut text = Vec::new();
    let read = input.read_to_end(&mut text);
    read.map_err(|source| ReadError::unreadable(file, source))?;
    let header: RecordFormat = read_json(text.as_slice(), file)?;
    if header.format.as_deref() == Some(FORMAT) {
        return read_json(text.as_slice(), file);
    }
    let found = header.format.map_or_else(
        || "found JSON without a format".to_owned(),
        |format| format!("found format `{format}`"),
    );
    Err(ReadError::new(Fault::Format, Place::file(file), found)
        .expecting(format!("`{FORMAT}`"))
        .cured_by(
            "read it with the version of cistron that wrote it, or run `cistron infer` again",
        ))
}

impl Record {
    /// Whether the data were steady states and nothing else.
    #[doc(hidden)]
    #[must_use]
    pub fn is_static(&self) -> bool {
        self.series == 0 && self.samples > 0
    }

    /// All settings as text by name, nested ones as `fit.pairs`.
    #[must_use]
    pub fn settings_by_name(&self) -> BTreeMap<String, String> {
        let mut settings = BTreeMap::new();
        if let Ok(Value::Object(entries)) = serde_json::to_value(&self.settings) {
            for (name, value) in &entries {
                flatten(name, value, &mut settings);
            }
        }
        settings
    }
}

impl Record {
    /// What is recorded of the data.
    pub(super) fn of(data: &Data) -> Self {
        let over_time = match data.profiles() {
            Profiles::Series(expression) => Record {
                series: expression.series().len(),
                samples: expression.samples(),
                interventions: expression
                    .series()
                    .iter()
                    .map(|series| series.interventions().len())
                    .filter(|count| *count > 0)
                    .collect(),
                ..Record::default()
            },
            Profiles::Cells(cells) => Record {
                cells: true,
                series: cells.lineages().len(),
                samples: cells.names().len(),
                ..Record::default()
            },
            Profiles::Static(_) => Record {
                samples: data.steady_states().map_or(0, SteadyStates::len),
                ..Record::default()
            },
        };
        Record {
            cistron: env!("CARGO_PKG_VERSION").to_owned(),
            inputs: data.files.clone(),
            arguments: Vec::new(),
            genes: data.genes().len(),
            notes: data.notes.decisions.clone(),
            warnings: data.notes.warnings.clone(),
            steady_states: data
                .steady_states()
                .map(SteadyStates::counts)
                .unwrap_or_default(),
            threads: rayon::current_num_threads(),
            ..over_time
        }
    }
}

fn flatten(name: &str, value: &Value, into: &mut BTreeMap<String, String>) {
    match value {
        Value::Object(entries) => {
            for (inner, value) in entries {
                flatten(&format!("{name}.{inner}"), value, into);
            }
        }
        Value::String(text) => {
            into.insert(name.to_owned(), text.clone());
        }
        other => {
            into.insert(name.to_owned(), other.to_string());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expression::Window;
    use crate::run::OffsetSetting;

    fn record() -> Record {
        let window: Window = "s1/heat=0:500".parse().expect("a window");
        let mut record = Record {
            cistron: "0.1.0".to_owned(),
            samples: 80,
            offset_candidates: vec![
                ("none".to_owned(), Some(0.1 + 0.2)),
                ("step".to_owned(), None),
            ],
            ..Record::default()
        };
        record.settings.windows = vec![window];
        record.settings.offsets = OffsetSetting::ShiftAt(1e-300);
        record.settings.fit.tolerance = 1.0 / 3.0;
        record
    }

    fn written(record: &Record) -> Vec<u8> {
        let mut out = Vec::new();
        write_record(record, &mut out).expect("memory takes all");
        out
    }

    #[test]
    fn a_record_comes_back_as_it_was_written() {
        let back = read_record(written(&record()).as_slice(), "run.json").expect("ours");
        assert_eq!(back, record());
    }

    /// Names of all fields in the text of `{:#?}`, which no attribute of serde can hide.
    fn fields(debug: &str) -> Vec<String> {
        let lines = debug.lines().map(str::trim);
        let names = lines.filter_map(|line| line.split_once(':').map(|(name, _)| name));
        let mut names: Vec<String> = names.map(str::to_owned).collect();
        names.sort();
        names
    }

    fn keys(value: &Value, into: &mut Vec<String>) {
        if let Value::Object(entries) = value {
            for (name, value) in entries {
                into.push(name.clone());
                keys(value, into);
            }
        }
    }

    #[test]
    fn every_field_of_the_settings_is_in_the_file() {
        let settings = Settings::default();
        let file = written(&Record {
            settings: settings.clone(),
            ..Record::default()
        });
        let file: Value = serde_json::from_slice(&file).expect("JSON");
        let mut found = Vec::new();
        keys(&file["settings"], &mut found);
        found.sort();
        assert_eq!(found, fields(&format!("{settings:#?}")));
        assert!(found.contains(&"pairs".to_owned()) && found.contains(&"iterations".to_owned()));
        assert_eq!(found.iter().filter(|name| *name == "seed").count(), 1);
    }

    #[test]
    fn settings_have_names_with_points() {
        let settings = record().settings_by_name();
        assert_eq!(settings["fit.pairs"], "50");
        assert_eq!(settings["fit.path"], "[0.85,0.15]");
        assert_eq!(settings["fit.penalty"], "group-lasso");
        assert_eq!(settings["windows"], "[\"s1/heat=0:500\"]");
    }

    #[test]
    fn half_a_record_is_refused_with_its_place() {
        let whole = written(&record());
        let error = read_record(&whole[..200], "run.json").expect_err("half");
        assert!(error.to_string().starts_with("run.json, row "), "{error}");
        let only_format = format!("{{\"format\": \"{FORMAT}\"}}");
        for (text, says) in [
            (only_format.as_str(), "missing field `cistron`"),
            (
                "{}",
                "found JSON without a format, expected `cistron-run 2`",
            ),
            (
                "{\"format\": \"cistron-run 99\"}",
                "found format `cistron-run 99`",
            ),
        ] {
            let error = read_record(text.as_bytes(), "run.json").expect_err(says);
            assert!(error.to_string().contains(says), "{error}");
        }
    }

    #[test]
    fn a_report_of_the_refit_without_a_number_is_left_out_and_a_damaged_one_refused() {
        let whole = String::from_utf8(written(&record())).expect("UTF-8");
        let with = |refit: &str| {
            let text = whole.replace("\"refit\": null", &format!("\"refit\": {refit}"));
            assert_ne!(text, whole);
            read_record(text.as_bytes(), "run.json")
        };
        let left_out = with("{\"gradient\": null}").expect("of use without it");
        assert_eq!(left_out.refit, None);
        assert!(with("\"garbage\"").is_err());
    }
}
