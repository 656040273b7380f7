//! Columns that describe samples are no genes, whatever their numbers look like.

use cistron::io::SeriesOptions;

use super::time_columns::{genes, notes, read, read_with};
use crate::run::Folder;

const NAMES: [&str; 4] = ["A", "B", "C", "D"];

/// Three series of six times; `cell` is a column before the genes, by series and step; levels are written with
/// `decimals`.
fn with_column(name: &str, decimals: usize, cell: &dyn Fn(usize, usize) -> String) -> String {
    let mut text = format!("time\t{name}\t{}\n", NAMES.join("\t"));
    for k in 0..3 {
        for i in 0..6 {
            let levels = (0..NAMES.len()).map(|j| {
                let level = 60.0 + 40.0 * ((7 * i + 3 * j + 5 * k * (j + 1)) as f64).sin();
                format!("{level:.decimals$}")
            });
            let levels: Vec<String> = levels.collect();
            text += &format!("{i}\t{}\t{}\n", cell(k, i), levels.join("\t"));
        }
    }
    text
}

/// The table is read with the column left out, which a note says.
fn left_out(text: &str, name: &str) {
    let reading = read(text).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_eq!(genes(&reading), NAMES, "{name}");
    notes(&reading, &format!("`{name}`"));
}

#[test]
fn numbers_of_animals_and_ages_are_no_counts() {
    for name in [
        "animal_id",
        "donor_id",
        "patient",
        "subject",
        "mouse",
        "culture",
    ] {
        let text = with_column(name, 0, &|k, i| (101 + 7 * i + k).to_string());
        left_out(&text, name);
    }
    let text = with_column("age", 0, &|k, _| (23 + k).to_string());
    left_out(&text, "age");
    let text = with_column("age", 0, &|k, i| (23 + k + i % 2).to_string());
    left_out(&text, "age");
    // a day among counts may be a time or an effect of the day
    let text = with_column("day", 0, &|k, _| (70 + k).to_string());
    let message = read(&text).expect_err("what is the day?");
    assert!(
        message.contains("`day` may be a gene or a second time besides `time`"),
        "{message}"
    );
    // a gene `run` with levels stays one
    let text = with_column("run", 0, &|k, i| (80 + 11 * i + 5 * k).to_string());
    assert_eq!(genes(&read(&text).expect("a gene"))[0], "run");
}

#[test]
fn a_column_that_numbers_the_rows_is_no_gene() {
    for name in ["X", "V1", "No.", "n", "Unnamed: 0"] {
        for first in [0, 1] {
            let text = with_column("B2", 2, &|_, _| "7".to_owned()).replace("\tB2", "");
            let mut row = first;
            let lines = text.lines().enumerate().map(|(at, line)| {
                let (time, rest) = line.split_once('\t').expect("cells");
                let rest = rest.strip_prefix("7\t").unwrap_or(rest);
                if at == 0 {
                    return format!("{name}\ttime\t{rest}\n");
                }
                row += 1;
                format!("{}\t{time}\t{rest}\n", row - 1)
            });
            let text: String = lines.collect();
            let reading = read(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert_eq!(genes(&reading), NAMES, "{name} from {first}");
        }
    }
    let text = "X\ttime\tB\n3\t0\t2.5\n1\t1\t2.6\n2\t2\t2.9\n";
    assert_eq!(genes(&read(text).expect("a gene")), ["X", "B"]);
}

#[test]
fn quantities_with_a_unit_or_another_word_are_no_genes() {
    for name in [
        "dose_nM",
        "temperature_C",
        "glucose_mM",
        "IPTG (uM)",
        "passage_number",
        "cell_viability",
        "reads_millions",
        "pct_aligned",
    ] {
        let text = with_column(name, 2, &|k, i| format!("{}.25", 90 + 3 * i % 7 + k));
        left_out(&text, name);
    }
}

#[test]
fn a_number_that_never_changes_within_a_series_is_no_gene_whatever_it_is_called() {
    for decimals in [0, 2] {
        let text = with_column("inducer", decimals, &|k, _| (50 + 10 * k).to_string());
        left_out(&text, "inducer");
    }
    // levels without noise of a gene that nothing regulates
    let text = with_column("E", 2, &|k, _| format!("{}.57", 51 + 10 * k));
    assert_eq!(genes(&read(&text).expect("a gene"))[0], "E");
    let text = with_column("inducer", 0, &|k, _| (50 + 10 * k).to_string());
    let mut options = SeriesOptions::default();
    options.regulators.push("inducer".to_owned());
    let reading = read_with(&text, &options).expect("a regulator");
    assert_eq!(genes(&reading)[0], "inducer");
    // knocked out in one series
    let text = with_column("E", 2, &|k, i| match k {
        0 => "0.00".to_owned(),
        _ => format!("{}.75", 50 + 9 * i),
    });
    assert_eq!(genes(&read(&text).expect("a gene"))[0], "E");
}

/// One mutant a row, with columns that describe the sample.
fn described_mutants(extra: &[(&str, &dyn Fn(usize) -> String)]) -> String {
    let names: Vec<&str> = extra.iter().map(|(name, _)| *name).collect();
    let mut text = format!(
        "sample\tperturbed\t{}\t{}\n",
        names.join("\t"),
        NAMES.join("\t")
    );
    for row in 0..8 {
        let cells: Vec<String> = extra.iter().map(|(_, cell)| cell(row)).collect();
        let levels = (0..4).map(|j| {
            let own = if row % 4 == j { 0.0 } else { 1.0 };
            format!("{:.3}", own * (5.0 + ((3 * row + 5 * j) as f64).sin()))
        });
        let levels: Vec<String> = levels.collect();
        let (cells, levels) = (cells.join("\t"), levels.join("\t"));
        text += &format!("s{row}\t{}\t{cells}\t{levels}\n", NAMES[row % 4]);
    }
    text
}

#[test]
fn tables_of_mutants_without_series_are_judged_by_the_same_rules() {
    let text = described_mutants(&[
        ("age", &|row| (20 + row).to_string()),
        ("patient_id", &|row| (100 + row).to_string()),
        ("OD600", &|_| "0.5".to_owned()),
        ("dose_nM", &|row| (10 * (row % 2)).to_string()),
        ("replicate", &|row| (1 + row / 4).to_string()),
    ]);
    let folder = Folder::with(&[("ko.tsv", text.as_bytes())]);
    let ran = folder
        .cistron(&["check", "--knockouts", "ko.tsv"])
        .with_code(0);
    for said in [
        "genes            4: `A`",
        "8 knockouts",
        "`age`",
        "`patient_id`",
        "`OD600`",
        "`dose_nM`",
    ] {
        assert!(ran.out.contains(said), "{said}: {}", ran.out);
    }
    // what may be a gene or not is refused, and either flag is a cure
    let text = described_mutants(&[("mass", &|row| format!("{:.3}", 5.0 + row as f64 / 8.0))]);
    let folder = Folder::with(&[("ko.tsv", text.as_bytes())]);
    folder
        .cistron(&["check", "--knockouts", "ko.tsv"])
        .with_code(2)
        .says("`mass` may be a gene or a quantity measured of the sample");
    for (flag, value, count) in [("--ignore", "mass", 4), ("--columns", "mass=gene", 5)] {
        let ran = folder.cistron(&["check", "--knockouts", "ko.tsv", flag, value]);
        let said = format!("genes            {count}: ");
        assert!(ran.out.contains(&said), "{flag}: {}{}", ran.out, ran.log);
    }
}

#[test]
fn an_age_among_steady_states_is_no_gene_and_a_gene_t_is_one() {
    let table = |name: &str, cell: &dyn Fn(usize) -> String| {
        let mut text = format!("sample\t{name}\tA\tB\n");
        for row in 0..8 {
            let x = row as f64;
            text += &format!(
                "s{row}\t{}\t{:.3}\t{:.3}\n",
                cell(row),
                20.0 + x.sin(),
                30.0 + x.cos()
            );
        }
        text
    };
    let check = |text: &str| {
        let folder = Folder::with(&[("st.tsv", text.as_bytes())]);
        folder
            .cistron(&["check", "--steady", "st.tsv"])
            .with_code(0)
            .out
    };
    let age = check(&table("age", &|row| (20 + row).to_string()));
    assert!(
        age.contains("2 genes, no series") && age.contains("`age`"),
        "{age}"
    );
    let gene = check(&table("t", &|row| {
        format!("{:.3}", 20.0 + row as f64 / 7.0)
    }));
    assert!(gene.contains("3 genes, no series"), "{gene}");
}

#[test]
fn messages_count_the_columns_of_the_file() {
    let text = "\t\ttime\tA\tB\tC\n\t\t0\t1\t\t3\n\t\t1\t2\t\t2\n\t\t2\t4\t\t5\n";
    let message = read(text).expect_err("a gene without values");
    assert!(message.starts_with("d, column 5 (`B`)"), "{message}");
    let text = "\t\ttime\tA\tA\tC\n\t\t0\t1\t2\t3\n\t\t1\t2\t2\t2\n\t\t2\t4\t2\t5\n";
    let message = read(text).expect_err("a gene twice");
    assert!(
        message.starts_with("d, column 5 (`A`)") && message.contains("first: column 4"),
        "{message}"
    );
    let text = "\t\ttime\tA\n\t\t0\t1\n\t\t1\t2\n\t\t2\t4\n";
    notes(
        &read(text).expect("a table"),
        "column 3 (`time`) is the time",
    );
}
