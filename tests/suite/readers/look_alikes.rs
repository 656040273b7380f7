//! What looks like a sample, a level, a gene or a time, and is not one.

use cistron::io::SeriesOptions;
use cistron::io::read::Duplicates;

use super::time_columns::{genes, level, notes, read, read_with};
use crate::run::Folder;

const GENES: [&str; 6] = ["TP53", "MYC", "GATA1", "SPI1", "SOX2", "RB1"];

/// Genes in rows: `level` by the position of a column and of a gene.
fn across(rows: &[&str], header: &[String], level: impl Fn(usize, usize) -> f64) -> String {
    let mut text = format!("gene\t{}\n", header.join("\t"));
    for (j, gene) in rows.iter().enumerate() {
        let cells = (0..header.len()).map(|at| format!("{:.4}", level(at, j)));
        text += &format!("{gene}\t{}\n", cells.collect::<Vec<_>>().join("\t"));
    }
    text
}

fn steps(name: impl Fn(usize) -> String) -> Vec<String> {
    (0..8).map(name).collect()
}

/// A name, and the cell of a gene and sample.
type NamedColumn<'a> = (&'a str, &'a dyn Fn(usize, usize) -> String);

/// Samples in rows, with a column of series and one of times.
fn down(columns: &[NamedColumn<'_>]) -> String {
    let names = columns.iter().map(|(name, _)| *name).chain(GENES);
    let mut text = names.collect::<Vec<_>>().join("\t") + "\n";
    for k in 0..3 {
        for i in 0..8 {
            let others = columns.iter().map(|(_, cell)| cell(k, i));
            let levels = (0..GENES.len()).map(|j| format!("{:.4}", level(k, i, j)));
            text += &(others.chain(levels).collect::<Vec<_>>().join("\t") + "\n");
        }
    }
    text
}

#[test]
fn probes_in_rows_are_genes_and_not_times() {
    let probes = [
        [
            "A_23_P100001",
            "A_23_P100022",
            "A_24_P9321",
            "A_32_P3211513",
        ],
        ["200003_s_at", "200004_s_at", "200005_s_at", "200006_s_at"],
        ["P12345", "P12346", "P67890", "P00001"],
        ["CT001", "CT002", "CT003", "CT004"],
        ["H16_A0001", "H16_A0002", "H16_A0003", "H16_B0001"],
        ["NM_000546", "NM_002467", "NM_002049", "NM_003120"],
        ["b0001", "b0002", "b0003", "b0004"],
        ["7157", "4609", "2623", "6688"],
        ["GeneID:7157", "GeneID:4609", "GeneID:2623", "GeneID:6688"],
        ["AT1G01010", "AT1G01020", "AT1G01030", "AT1G01040"],
    ];
    for rows in probes {
        for letter in ["T", "D"] {
            let header = steps(|i| format!("{letter}{}", 2 * i));
            let reading = read(&across(&rows, &header, |at, j| level(0, at, j)));
            let reading = reading.unwrap_or_else(|error| panic!("{rows:?}: {error}"));
            assert_eq!(genes(&reading), rows, "{letter}");
            assert_eq!(reading.value.series()[0].times()[..3], [0.0, 2.0, 4.0]);
        }
        let header = steps(|i| format!("GSM{}", 2210 + i));
        let error = read(&across(&rows, &header, |at, j| level(0, at, j)));
        let error = error.expect_err("no time");
        assert!(error.contains("`--times FILE`"), "{rows:?}: {error}");
    }
}

#[test]
fn statistics_of_samples_are_left_out_and_two_quantities_refused() {
    let plain = read(&across(
        &GENES,
        &steps(|i| format!("{}h", 2 * i)),
        |at, j| level(0, at, j),
    ));
    let plain = plain.expect("a course");
    for (first, second) in [
        ("0h_mean", "0h_SD"),
        ("0h mean", "0h sem"),
        ("0h", "0h_pval"),
        ("log2FC_0h", "padj_0h"),
        ("0h_avg", "0h.adj.P.Val"),
    ] {
        let mut header = Vec::new();
        for i in 0..8 {
            let hour = format!("{}h", 2 * i);
            header.extend([first.replace("0h", &hour), second.replace("0h", &hour)]);
        }
        let value = |at: usize, j: usize| match at % 2 {
            0 => level(0, at / 2, j),
            _ => 0.1,
        };
        let reading = read(&across(&GENES, &header, value));
        let reading = reading.unwrap_or_else(|error| panic!("{first}: {error}"));
        let series = reading.value.series();
        assert_eq!(series.len(), 1, "{second}");
        assert_eq!(series[0].values(), plain.value.series()[0].values());
        notes(
            &reading,
            "they are statistics of other columns and no levels",
        );
    }
    let mut header = steps(|i| format!("WT_{}h_counts", 2 * i));
    header.extend(steps(|i| format!("WT_{}h_TPM", 2 * i)));
    let text = across(&GENES, &header, |at, j| {
        level(0, at % 8, j) * if at < 8 { 300.0 } else { 1.0 }
    });
    let error = read(&text).expect_err("two quantities");
    let (_, out) = error.split_once("`--ignore ").expect("a cure");
    let mut options = SeriesOptions::default();
    let (out, _) = out.split_once('`').expect("an end");
    options.ignore = out.split(',').map(str::to_owned).collect();
    let reading = read_with(&text, &options).expect("cured");
    assert_eq!(reading.value.series().len(), 1);
}

#[test]
fn statistics_of_genes_are_no_genes() {
    for word in ["_sd", " SEM", " n"] {
        let names = GENES
            .iter()
            .flat_map(|gene| [gene.to_string(), format!("{gene}{word}")]);
        let mut text = format!("time\t{}\n", names.collect::<Vec<_>>().join("\t"));
        for i in 0..8 {
            let cells = (0..GENES.len()).map(|j| format!("{:.4}\t{}", level(0, i, j), 3 + i % 2));
            text += &format!("{}\t{}\n", 2 * i, cells.collect::<Vec<_>>().join("\t"));
        }
        let reading = read(&text).unwrap_or_else(|error| panic!("{word}: {error}"));
        assert_eq!(genes(&reading), GENES, "{word}");
        notes(&reading, "left out, as they describe samples");
    }
}

#[test]
fn names_of_replicates_join_samples_in_any_order() {
    let order = |i: usize, k: usize| (i * i + k) % 3;
    let columns: Vec<(usize, usize)> = (0..8)
        .flat_map(|i| (0..3).map(move |k| (i, order(i, k))))
        .collect();
    let header: Vec<String> = (columns.iter())
        .map(|(i, k)| format!("WT_{}h_rep{}", 2 * i, k + 1))
        .collect();
    let text = across(&GENES, &header, |at, j| {
        let (i, k) = columns[at];
        level(0, i, j) + 2.0 * ((3 * k + j) as f64).sin()
    });
    let reading = read(&text).expect("replicates");
    let series = reading.value.series();
    let names: Vec<&str> = series.iter().map(|one| one.name()).collect();
    assert_eq!(names, ["rep1", "rep2", "rep3"]);
    for i in 0..8 {
        let expected = level(0, i, 0) + 2.0 * 3.0_f64.sin();
        assert!((series[1].values()[(i, 0)] - expected).abs() < 1e-3);
    }
}

#[test]
fn what_numbers_the_times_is_no_gene() {
    let series = |k: usize, _: usize| format!("s{k}");
    let time = |_: usize, i: usize| (2 * i).to_string();
    let visit = |_: usize, i: usize| (i + 1).to_string();
    for name in ["visit", "cycle", "passage_no"] {
        let text = down(&[("patient", &series), (name, &visit), ("time", &time)]);
        let reading = read(&text).expect(name);
        assert_eq!(genes(&reading), GENES, "{name}");
        notes(&reading, name);
    }
    let text = down(&[("cycle", &visit), ("time", &time)]);
    assert_eq!(genes(&read(&text).expect("no series")), GENES);
    // the same in all series
    let added = |_: usize, i: usize| format!("{:.4}", 9.5 - 0.75 * i as f64);
    let text = down(&[("patient", &series), ("time", &time), ("fed", &added)]);
    let error = read(&text).expect_err("a doubt");
    assert!(
        error.contains(
            "`fed` may be a gene or a quantity that is the same for all samples of a time"
        ),
        "{error}"
    );
    let mut options = SeriesOptions::default();
    options.ignore = vec!["fed".to_owned()];
    assert_eq!(genes(&read_with(&text, &options).expect("cured")), GENES);
}

/// A tidy table with this name over the values and further cells in every row.
fn tidy(
    value: &str,
    written: impl Fn(f64) -> f64,
    more: (&str, impl Fn(usize) -> String),
) -> String {
    let mut text = format!("gene\ttime\tseries\t{value}\t{}\n", more.0);
    let mut row = 0;
    for k in 0..2 {
        for i in 0..8 {
            for (j, gene) in GENES.iter().enumerate() {
                let level = written(level(k, i, j));
                text += &format!("{gene}\t{i}\ts{k}\t{level:.5}\t{}\n", more.1(row));
                row += 1;
            }
        }
    }
    text
}

#[test]
fn the_name_of_tidy_values_says_their_scale() {
    let note = |_: usize| "x".to_owned();
    let texts = [
        (
            "log2_expression",
            tidy("log2_expression", |x| x.log2() + 8.0, ("note", note)),
            "log2: ",
        ),
        (
            "log10",
            tidy("log10", f64::log10, ("note", note)),
            "log10: ",
        ),
        (
            "Cq",
            tidy("Cq", |x| 30.0 - x.log2(), ("note", note)),
            "log2ratio: ",
        ),
        (
            "TPM",
            tidy("TPM", |x| x, ("note", note)),
            "linear or logarithms: ",
        ),
    ];
    for (name, text, scale) in &texts {
        let folder = Folder::with(&[("d.tsv", text.as_bytes())]);
        let ran = folder.cistron(&["check", "d.tsv"]).with_code(0);
        let line = ran.out.lines().find(|line| line.starts_with("scale"));
        assert!(
            line.is_some_and(|line| line.contains(scale)),
            "{name}: {}",
            ran.out
        );
    }
    let reading = read(&texts[2].1).expect("cycles");
    notes(&reading, "`Cq` falls by 1 where the level doubles");
    let found = reading.value.series()[0].values()[(0, 0)];
    assert!(
        (found - (level(0, 0, 0).log2() - 30.0)).abs() < 1e-3,
        "{found}"
    );
}

#[test]
fn numbers_of_rows_are_no_samples_and_a_row_too_many_is_named() {
    let text = tidy("value", |x| x, ("id", |row| (row + 1).to_string()));
    let reading = read(&text).expect("numbered rows");
    assert_eq!(reading.value.series()[1].len(), 8);
    notes(&reading, "columns that are passed over: `id`");
    let text = tidy("value", |x| x, ("note", |_| "x".to_owned()));
    let doubled = format!("{text}{}\n", text.lines().nth(3).expect("a row"));
    let error = read(&doubled).expect_err("a row too many");
    assert!(
        error.contains("(rows 4, 98)") && error.contains("remove the row"),
        "{error}"
    );
}

#[test]
fn tables_without_units_that_go_on_for_other_times_are_refused() {
    let table = |step: usize| {
        let header: Vec<String> = (0..8).map(|i| (step * i).to_string()).collect();
        across(&GENES, &header, |at, j| level(0, at, j))
    };
    let (short, long) = (table(2), table(120));
    let folder = Folder::with(&[("a.tsv", short.as_bytes()), ("b.tsv", long.as_bytes())]);
    let ran = folder.cistron(&["check", "a.tsv", "b.tsv"]).with_code(2);
    ran.says("the times go to 840, those of a.tsv to 14, and no unit is named");
}

#[test]
fn times_in_two_columns_and_their_units_are_joined() {
    let series = |k: usize, _: usize| format!("s{k}");
    let (days, hours) = (
        |_: usize, i: usize| (i / 2).to_string(),
        |_: usize, i: usize| (12 * (i % 2)).to_string(),
    );
    for (first, second, factor) in [("day", "hour", 24.0), ("hour", "minute", 60.0)] {
        let text = down(&[("replicate", &series), (first, &days), (second, &hours)]);
        let reading = read(&text).expect(first);
        assert_eq!(reading.value.series()[0].times()[..3], [0.0, 12.0, factor]);
        notes(
            &reading,
            &format!("times are `{first}` and `{second}` together"),
        );
    }
    let time = |_: usize, i: usize| {
        if i < 2 {
            (60 * i).to_string()
        } else {
            i.to_string()
        }
    };
    let unit = |_: usize, i: usize| if i < 2 { "min" } else { "h" }.to_owned();
    for name in ["time_unit", "unit"] {
        let text = down(&[("series", &series), ("time", &time), (name, &unit)]);
        let reading = read(&text).expect(name);
        let times = reading.value.series()[0].times();
        let ratio = (times[3] - times[2]) / (times[1] - times[0]);
        assert!((ratio - 1.0).abs() < 1e-9, "{name}: {times:?}");
    }
}

#[test]
fn a_header_of_times_may_be_a_comment() {
    let header = steps(|i| (2 * i).to_string());
    let text = across(&GENES, &header, |at, j| level(0, at, j));
    let reading = read(&format!("#{text}")).expect("a header");
    assert_eq!(genes(&reading), GENES);
    assert_eq!(reading.value.series()[0].times()[..3], [0.0, 2.0, 4.0]);
    notes(&reading, "the comment in row 1 is the header");
}

#[test]
fn repeated_genes_that_a_program_numbered_are_repeated_genes() {
    let rows = ["TP53", "MYC", "GATA1", "TP53.1"];
    let header = steps(|i| format!("{}h", 2 * i));
    let text = across(&rows, &header, |at, j| level(0, at, j));
    let error = read(&text).expect_err("a doubt");
    assert!(
        error.contains("gene `TP53.1` is `TP53` (row 2) a second time"),
        "{error}"
    );
    let mut options = SeriesOptions::default();
    options.duplicates = Duplicates::Mean;
    let reading = read_with(&text, &options).expect("merged");
    assert_eq!(genes(&reading), rows[..3]);
    let versions = ["Y54E10A.1", "Y54E10A.2", "MYC"];
    let text = across(&versions, &header, |at, j| level(0, at, j));
    assert_eq!(genes(&read(&text).expect("versions")), versions);
}
