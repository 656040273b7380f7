//! `run.json`, read back: what was run, on what, with what warnings.

use std::collections::BTreeMap;
use std::io::Read;

use serde::Deserialize;
use serde_json::Value;

use super::run_file::{RunFileError, read_json};
use crate::discovery::{InputFile, Record};

#[derive(Deserialize)]
struct RunFile {
    seed: u64,
    basis: Basis,
    outcome: Outcome,
}

#[derive(Deserialize)]
struct Basis {
    cistron: String,
    inputs: Vec<InputFile>,
    regulators: usize,
    series: usize,
    samples: usize,
    #[serde(flatten)]
    settings: BTreeMap<String, Value>,
}

#[derive(Deserialize)]
struct Outcome {
    edges_ranked: usize,
    transform: String,
    offsets: String,
    warnings: Vec<String>,
    notes: Vec<String>,
    seconds: f64,
}

/// Reads the record of a run.
///
/// All settings that are not fields of [`Record`] are in `settings`, nested ones as `fit.pairs`.
///
/// # Errors   [`RunFileError`] with line and column.
pub fn read_record(input: impl Read, file: &str) -> Result<Record, RunFileError> {
    let run: RunFile = read_json(input, file)?;
    let mut settings = BTreeMap::new();
    for (name, value) in &run.basis.settings {
        flatten(name, value, &mut settings);
    }
    Ok(Record {
        cistron: run.basis.cistron,
        seed: run.seed,
        inputs: run.basis.inputs,
        regulators: run.basis.regulators,
        series: run.basis.series,
        samples: run.basis.samples,
        edges_ranked: run.outcome.edges_ranked,
        transform: run.outcome.transform,
        offsets: run.outcome.offsets,
        warnings: run.outcome.warnings,
        notes: run.outcome.notes,
        seconds: run.outcome.seconds,
        settings,
    })
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

    const RUN: &str = r#"{"format": "cistron-run 1", "seed": 7, "basis": {"cistron": "0.1.0",
        "inputs": [{"path": "a.tsv", "sha256": "ff"}], "genes": 3, "regulators": 2, "series": 4,
        "samples": 80, "fit": {"pairs": 50, "penalty": "GroupLasso", "path": [0.85, 0.15]}},
        "outcome": {"transform": "sqrt", "offsets": "none", "warnings": ["w"], "notes": [],
        "seconds": 1.5, "edges_ranked": 6}}"#;

    #[test]
    fn a_record_has_its_settings_by_name() {
        let record = read_record(RUN.as_bytes(), "run.json").expect("ours");
        assert_eq!((record.seed, record.samples, record.regulators), (7, 80, 2));
        assert_eq!(record.inputs[0].path, "a.tsv");
        assert_eq!(record.edges_ranked, 6);
        assert_eq!(record.warnings, ["w"]);
        let setting = |name: &str| record.settings.get(name).map(String::as_str);
        assert_eq!(setting("fit.pairs"), Some("50"));
        assert_eq!(setting("fit.path"), Some("[0.85,0.15]"));
        assert_eq!(setting("fit.penalty"), Some("GroupLasso"));
        assert_eq!(setting("genes"), Some("3"));
    }

    #[test]
    fn half_a_record_is_refused_with_its_place() {
        let error = read_record(&RUN.as_bytes()[..200], "run.json").expect_err("half");
        assert!(
            error.to_string().starts_with("run.json: line 3, column"),
            "{error}"
        );
        let error = read_record(&b"{}"[..], "run.json").expect_err("nothing");
        assert!(
            error.to_string().contains("missing field `seed`"),
            "{error}"
        );
    }
}
