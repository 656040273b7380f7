//! Names of samples and of mutants that are easily misread, and what is said about those that cannot be read.

use cistron::genes::Genes;
use cistron::io::{SeriesOptions, SteadyRows, read_series, read_steady_states, read_times};

use super::time_columns::{genes, notes, read};

/// A table with genes in rows below this header; levels differ.
fn below(header: &[&str], rows: &[&str]) -> String {
    let mut text = format!("gene\t{}\n", header.join("\t"));
    for (gene, name) in rows.iter().enumerate() {
        let levels = (0..header.len()).map(|at| ((3 * at + 5 * gene) % 7).to_string());
        text += &format!("{name}\t{}\n", levels.collect::<Vec<_>>().join("\t"));
    }
    text
}

/// The same levels with samples in rows.
fn beside(corner: &str, names: &[&str], header: &[&str]) -> String {
    below(names, header)
        .lines()
        .map(|line| line.split('\t').map(str::to_owned).collect::<Vec<_>>())
        .fold(Vec::new(), |mut rows: Vec<Vec<String>>, cells| {
            rows.resize(cells.len(), Vec::new());
            rows.iter_mut()
                .zip(cells)
                .for_each(|(row, cell)| row.push(cell));
            rows
        })
        .iter()
        .map(|row| row.join("\t").replacen("gene", corner, 1) + "\n")
        .collect()
}

const ROWS: [&str; 3] = ["TP53", "MYC", "GATA1"];

#[test]
fn times_before_the_start_keep_their_sign() {
    for header in [
        ["D-3", "D0", "D2", "D4"],
        ["day-3", "day0", "day2", "day4"],
        ["WT_D-3", "WT_D0", "WT_D2", "WT_D4"],
        ["X.3", "X0", "X2", "X4"],
        ["T-3h", "T0h", "T2h", "T4h"],
    ] {
        let reading = read(&below(&header, &ROWS)).expect("times");
        let series = reading.value.series();
        assert_eq!(series[0].times(), [-3.0, 0.0, 2.0, 4.0], "{header:?}");
    }
}

#[test]
fn rows_that_name_times_win_over_genes_called_like_days() {
    let samples = ["x_0h", "x_2h", "x_4h", "x_6h"];
    for header in [["D1", "D2", "D3"], ["P53", "P21", "P16"]] {
        for corner in ["", "name"] {
            let reading = read(&beside(corner, &samples, &header)).expect("samples in rows");
            assert_eq!(genes(&reading), header);
            assert_eq!(reading.value.series()[0].times(), [0.0, 2.0, 4.0, 6.0]);
        }
    }
    let error = read(&beside("name", &samples, &["0h", "2h", "4h"])).expect_err("both sides");
    assert!(
        error.contains("`--genes rows`") && error.contains("`--genes columns`"),
        "{error}"
    );
}

#[test]
fn sums_and_unmapped_reads_are_no_genes() {
    let header = ["0h", "2h", "4h", "6h"];
    let rows = ["TP53", "MYC", "__no_feature", "N_unmapped", "Total"];
    let reading = read(&below(&header, &rows)).expect("counts");
    assert_eq!(genes(&reading), ["TP53", "MYC"]);
    notes(
        &reading,
        "left out, as they are no genes: `__no_feature`, `N_unmapped`, `Total`",
    );
}

#[test]
fn the_column_of_a_table_of_times_with_the_names_of_the_data_names_the_samples() {
    let text = below(&["SRR7", "SRR8", "SRR9", "SRR10"], &ROWS);
    let times = "Run,Experiment,time_point,Sample Name,replicate\nSRR7,SRX1,0h,GSM1,1\nSRR8,SRX2,2h,GSM2,1\n\
                 SRR9,SRX3,4h,GSM3,1\nSRR10,SRX4,6h,GSM4,1\n";
    for names in ["SRR", "GSM"] {
        let text = match names {
            "GSM" => below(&["GSM1", "GSM2", "GSM3", "GSM4"], &ROWS),
            _ => text.clone(),
        };
        let times = read_times(times.as_bytes(), "runs.csv")
            .expect("times")
            .value;
        let options = SeriesOptions::default();
        let read = read_series(text.as_bytes(), "d", Some(&times), &options);
        let series = read.expect(names).value;
        assert_eq!(series.series().len(), 1);
        assert_eq!(series.series()[0].times(), [0.0, 2.0, 4.0, 6.0], "{names}");
    }
}

#[test]
fn a_label_that_cannot_be_read_is_named_with_its_place_and_cure() {
    let genes = Genes::new(ROWS).expect("distinct");
    let refused = |text: &str| {
        let rows = SteadyRows::Changed { level: 0.0 };
        let error = read_steady_states(text.as_bytes(), "ko.tsv", rows, &genes);
        error.expect_err("an unreadable label").to_string()
    };
    let columns = refused(&below(&["WT", "TP53fl/fl", "MYC_KO", "GATA1_KO"], &ROWS));
    assert!(
        columns.contains("ko.tsv, column 3 (`TP53fl/fl`): found `TP53fl/fl`"),
        "{columns}"
    );
    assert!(columns.contains("`WT`, or remove the column"), "{columns}");
    let rows = refused(&beside("", &["WT", "TP53_KO", "XYZ_KO", "GATA1_KO"], &ROWS));
    assert!(
        rows.contains("ko.tsv, row 4, column 1 (no name): found `XYZ_KO`"),
        "{rows}"
    );
    let lower = refused(&beside("", &["WT", "tp53", "myc", "gata1"], &ROWS));
    assert!(
        lower.contains("found `tp53`") && lower.contains("--match nocase"),
        "{lower}"
    );
}

#[test]
fn a_genotype_that_cannot_be_read_is_refused_with_the_name_of_its_column() {
    let table = |mutant: &str| {
        let mut text = String::from("strain\treplicate\ttime\tTP53\tMYC\tGATA1\n");
        for (strain, replicate) in [("W303", 1), (mutant, 1), ("W303", 2), (mutant, 2)] {
            for time in 0..4 {
                let level = |gene: usize| (time * 3 + gene * 5 + replicate) % 7;
                text += &format!(
                    "{strain}\t{replicate}\t{time}\t{}\t{}\t{}\n",
                    level(0),
                    level(1),
                    level(2)
                );
            }
        }
        text
    };
    for mutant in ["W303 gata1::KanMX", "W303 ΔGATA1", "gata1Δ", "dGATA1"] {
        let reading = read(&table(mutant)).expect(mutant);
        notes(&reading, "GATA1=ko");
    }
    let error = read(&table("Cre+")).expect_err("no gene");
    assert!(
        error.contains("`--columns strain=condition` or `--ignore strain`"),
        "{error}"
    );
    assert!(
        error.contains("call a strain in which nothing was changed `WT`"),
        "{error}"
    );
}
