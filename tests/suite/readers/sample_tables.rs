//! `cistron samples`: the table of samples that people correct and give back.

use cistron::expression::{Data, Expression};
use cistron::io::OpenOptions;

use crate::run::Folder;

const NAMES: [&str; 12] = [
    "WT_0h_rep1",
    "WT_0h_rep2",
    "WT_1h_rep1",
    "WT_1h_rep2",
    "WT_90min_rep1",
    "WT_90min_rep2",
    "G1-KO_0h_rep1",
    "G1-KO_0h_rep2",
    "G1-KO_1h_rep1",
    "G1-KO_1h_rep2",
    "G1-KO_90min_rep1",
    "G1-KO_90min_rep2",
];

fn level(sample: usize, gene: usize) -> f64 {
    let (sample, gene) = (sample as f64, gene as f64);
    (3.0 + (0.9 * sample * (gene + 1.0)).sin() + gene)
        .mul_add(100.0, 0.5)
        .round()
        / 100.0
}

/// Genes in rows.
fn across(names: &[&str]) -> String {
    let mut text = format!("gene\t{}\n", names.join("\t"));
    for gene in 0..4 {
        let cells = (0..names.len()).map(|sample| level(sample, gene).to_string());
        text += &format!("G{gene}\t{}\n", cells.collect::<Vec<_>>().join("\t"));
    }
    text
}

/// Samples in rows, with columns of metadata.
fn down(header: &str, metadata: &[&str]) -> String {
    let mut text = format!("{header}\tG0\tG1\tG2\tG3\n");
    for (sample, cells) in metadata.iter().enumerate() {
        let levels = (0..4).map(|gene| level(sample, gene).to_string());
        text += &format!("{cells}\t{}\n", levels.collect::<Vec<_>>().join("\t"));
    }
    text
}

fn open(folder: &Folder, times: Option<&str>) -> Data {
    let options = match times {
        Some(table) => OpenOptions::new().times(folder.path(table)),
        None => OpenOptions::new(),
    };
    options.open(folder.path("d.tsv")).expect("read")
}

/// All that a sample table says of the series, and their levels.
fn described(expression: &Expression) -> Vec<String> {
    let one = |one: &cistron::expression::TimeSeries| {
        format!(
            "{} {:?} {:?} {:?} {:?}",
            one.name(),
            one.times(),
            one.conditions(),
            one.interventions(),
            one.values()
        )
    };
    expression.series().iter().map(one).collect()
}

fn samples(folder: &Folder, args: &[&str]) -> String {
    let args = [&["samples", "d.tsv", "-o", "samples.tsv"], args].concat();
    folder.cistron(&args).with_code(0);
    folder.read("samples.tsv")
}

#[test]
fn the_table_of_samples_is_read_as_the_data_were() {
    let repeated = ["0h", "2h", "4h", "0h", "2h", "4h"];
    let series = ["1\t0", "1\t2", "1\t4", "2\t0", "2\t2", "2\t4"];
    let treated = [
        "0\tWT", "2\tWT", "4\tWT", "0\tG1-KO", "2\tG1-KO", "4\tG1-KO",
    ];
    let averaged = ["0", "0", "2", "2", "2", "4", "4"];
    let long: String = (0..6)
        .flat_map(|sample| (0..4).map(move |gene| (sample, gene)))
        .map(|(sample, gene)| {
            let (series, time) = (sample / 3, 2 * (sample % 3));
            format!("G{gene}\t{time}\ts{series}\t{}\n", level(sample, gene))
        })
        .collect();
    for text in [
        across(&NAMES),
        across(&repeated),
        down("series\ttime", &series),
        down("time\tgenotype", &treated),
        down("time", &averaged),
        format!("gene\ttime\tseries\tvalue\n{long}"),
    ] {
        let folder = Folder::with(&[("d.tsv", text.as_bytes())]);
        let table = samples(&folder, &[]);
        let before = open(&folder, None);
        let after = open(&folder, Some("samples.tsv"));
        let series = |data: &Data| described(data.series().expect("series"));
        assert_eq!(series(&before), series(&after), "{table}");
    }
}

#[test]
fn names_are_taken_apart_and_corrections_have_the_last_word() {
    let folder = Folder::with(&[("d.tsv", across(&NAMES).as_bytes())]);
    let table = samples(&folder, &[]);
    let mut lines = table.lines();
    assert_eq!(
        lines.next(),
        Some("sample\ttime\tseries\treplicate\tcondition\tintervention")
    );
    assert_eq!(lines.next(), Some("WT_0h_rep1\t0\tWT\trep1\tWT\t"));
    assert_eq!(
        lines.last(),
        Some("G1-KO_90min_rep2\t1.5\tG1-KO\trep2\tG1-KO\tG1=ko")
    );
    // the replicates are the same units, and nothing was done to a gene
    let corrected: String = table
        .lines()
        .map(|line| {
            let mut cells: Vec<&str> = line.split('\t').collect();
            let series = match cells[3] {
                "replicate" => "series".to_owned(),
                replicate => format!("{}{replicate}", cells[2]),
            };
            cells[2] = &series;
            if cells[5] == "G1=ko" {
                cells[5] = "";
            }
            cells.join("\t") + "\n"
        })
        .collect();
    folder.write("samples.tsv", corrected.as_bytes());
    let data = open(&folder, Some("samples.tsv"));
    let series = data.series().expect("series").series();
    let names: Vec<&str> = series.iter().map(|one| one.name()).collect();
    assert_eq!(names, ["G1-KOrep1", "G1-KOrep2", "WTrep1", "WTrep2"]);
    assert!(series.iter().all(|one| one.interventions().is_empty()));
    assert_eq!(series[2].values()[(1, 0)], level(2, 0));
}

#[test]
fn samples_without_times_are_listed_to_be_filled_in() {
    let accessions = ["GSM1", "GSM2", "GSM3", "GSM4"];
    let folder = Folder::with(&[("d.tsv", across(&accessions).as_bytes())]);
    let ran = folder.cistron(&["samples", "d.tsv", "-o", "samples.tsv"]);
    ran.with_code(0)
        .says("the times of the samples are not recognised");
    let empty = folder.read("samples.tsv");
    assert!(empty.contains("\nGSM2\t\t\t\t\t\n"), "{empty}");
    let check = ["check", "d.tsv", "--times", "samples.tsv"];
    folder
        .cistron(&check)
        .with_code(2)
        .says("found no time of any sample");
    let mut filled = empty;
    for (name, time) in accessions.iter().zip(["0", "5 min", "10 min", "20 min"]) {
        filled = filled.replace(&format!("{name}\t"), &format!("{name}\t{time}"));
    }
    folder.write("samples.tsv", filled.as_bytes());
    let data = open(&folder, Some("samples.tsv"));
    assert_eq!(
        data.series().expect("series").series()[0].times(),
        [0.0, 5.0, 10.0, 20.0]
    );
}

#[test]
fn metadata_with_a_sample_in_two_series_and_cells_are_refused() {
    let metadata = "isTs\tis1stLast\tprevCol\tdel.t\tcondName\nTRUE\tf\tNA\tNA\tS0\nTRUE\tl\tS0\t5\tS1\n\
                    TRUE\tl\tS0\t5\tS2\n";
    let files = [
        ("d.tsv", across(&["S0", "S1", "S2"])),
        ("meta.tsv", metadata.to_owned()),
    ];
    let files: Vec<(&str, &[u8])> = files
        .iter()
        .map(|(name, text)| (*name, text.as_bytes()))
        .collect();
    let folder = Folder::with(&files);
    let ran = folder.cistron(&["samples", "d.tsv", "--times", "meta.tsv"]);
    ran.with_code(2).says("the sample is in two series");
}
