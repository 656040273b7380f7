//! Tests of opening data with files in memory.

use std::io::{self, Read};
use std::path::Path;

use super::hashed_files::cannot_open;
use super::open_options::OpenOptions;
use crate::expression::Data;
use crate::io::text::{Fault, ReadError};

const SERIES: &str = "sample,A,B\ns1,1,2\ns2,2,1\ns3,4,0\n";

/// Reads `data.csv` with these files in place of a disk.
fn read(options: &OpenOptions, files: &[(&str, &'static str)]) -> Result<Data, ReadError> {
    options.open_with(&[Path::new("data.csv")], &mut |path| {
        let file = files.iter().find(|(name, _)| Path::new(name) == path);
        let missing = || cannot_open(path, io::ErrorKind::NotFound.into());
        let (_, text) = file.ok_or_else(missing)?;
        Ok(Box::new(text.as_bytes()) as Box<dyn Read>)
    })
}

#[test]
fn series_times_and_steady_states_become_one_value_with_notes() {
    let options = OpenOptions::new()
        .times("times.tsv")
        .knockouts("ko.tsv")
        .wild_type("wt.tsv");
    let files = [
        ("data.csv", SERIES),
        ("times.tsv", "sample\ttime\ns1\t0\ns2\t5\ns3\t10\n"),
        ("ko.tsv", "perturbed\tA\tB\nA\t0\t3\n"),
        ("wt.tsv", "A\tB\n2\t-1\n2\t1\n"),
    ];
    let data = read(&options, &files).expect("all files are good");
    let series = data.series().expect("time series");
    assert_eq!(series.series()[0].times(), [0.0, 5.0, 10.0]);
    let counts = data.steady_states().expect("both tables").counts();
    assert_eq!((counts.wild_type, counts.knockouts), (2, 1));
    assert_eq!(data.least(), -1.0);
    let said = |text: &str| data.notes.decisions.iter().any(|note| note.contains(text));
    assert!(said("data.csv: 3 rows and 3 columns, separated by commas"));
    assert!(said("ko.tsv: steady states"));
    assert!(data.notes.warnings.is_empty(), "{:?}", data.notes);
}

#[test]
fn pseudotimes_make_cells_and_options_of_series_are_refused_with_them() {
    let files = [
        ("data.csv", ",c1,c2,c3\nA,1,2,3\nB,3,1,2\n"),
        ("pt.csv", ",PseudoTime\nc1,0\nc2,1\nc3,2\n"),
    ];
    let options = OpenOptions::new().pseudotime("pt.csv");
    let data = read(&options, &files).expect("cells");
    assert!(data.series().is_none());
    let error = read(&options.ignore(["x"]), &files).expect_err("no option of cells");
    assert_eq!(error.fault(), Fault::Mismatch);
    assert_eq!(
        error.to_string(),
        "data.csv: `--ignore` was given for cells with pseudotime, expected time series; \
         drop it"
    );
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let error = read(&OpenOptions::new(), &[]).expect_err("no file");
    assert_eq!(error.fault(), Fault::Unreadable);
    let message = error.to_string();
    assert!(
        message.starts_with("data.csv: cannot be opened ("),
        "{message}"
    );
    assert!(message.ends_with("check the path and its permissions"));
}
