//! Tables of mutants in the shapes that people have: labels of perturbations, and genes in rows.

use cistron::expression::{Change, SteadyStates};
use cistron::genes::Genes;
use cistron::io::{Reading, SteadyRows, read_steady_states};

use crate::run::{Folder, Ran, table};

const OUT: SteadyRows = SteadyRows::Changed { level: 0.0 };

/// Levels of five genes in the wild type and in the knockout of each; rows are samples.
const LEVELS: [[f64; 5]; 6] = [
    [5.7, 4.6, 8.6, 1.4, 2.4],
    [0.0, 9.6, 8.4, 1.5, 8.7],
    [5.6, 0.0, 8.5, 1.3, 0.2],
    [5.8, 4.7, 0.0, 9.5, 2.5],
    [5.7, 4.6, 9.0, 0.0, 2.4],
    [5.6, 4.5, 8.7, 1.4, 0.0],
];
const NAMES: [&str; 5] = ["TP53", "MYC", "GATA1", "SPI1", "E2F1"];

fn genes() -> Genes {
    Genes::new(NAMES).expect("distinct")
}

/// One sample a row, with these labels.
fn in_rows(corner: &str, labels: &[String]) -> String {
    let mut text = format!("{corner}\t{}\n", NAMES.join("\t"));
    for (label, levels) in labels.iter().zip(&LEVELS[LEVELS.len() - labels.len()..]) {
        let cells: Vec<String> = levels.iter().map(f64::to_string).collect();
        text += &format!("{label}\t{}\n", cells.join("\t"));
    }
    text
}

/// The same levels with one sample a column.
fn in_columns(corner: &str, labels: &[String]) -> String {
    let samples = &LEVELS[LEVELS.len() - labels.len()..];
    let mut text = format!("{corner}\t{}\n", labels.join("\t"));
    for (gene, name) in NAMES.iter().enumerate() {
        let cells: Vec<String> = samples.iter().map(|row| row[gene].to_string()).collect();
        text += &format!("{name}\t{}\n", cells.join("\t"));
    }
    text
}

fn labels(wild: Option<&str>, form: &str) -> Vec<String> {
    let mutants = NAMES.iter().map(|name| form.replace('x', name));
    wild.map(str::to_owned).into_iter().chain(mutants).collect()
}

fn read(text: &str) -> Reading<SteadyStates> {
    read_steady_states(text.as_bytes(), "ko.tsv", OUT, &genes()).expect(text)
}

fn refused(text: &str) -> String {
    let error = read_steady_states(text.as_bytes(), "ko.tsv", OUT, &genes());
    error.expect_err("a bad table").to_string()
}

/// Samples, their changes and levels, whatever the names of the samples.
fn states(reading: &Reading<SteadyStates>) -> (Vec<Vec<(usize, Change)>>, faer::Mat<f64>) {
    let samples = reading.value.samples().iter();
    let changes = samples.map(|sample| {
        let all = sample.interventions().iter();
        all.map(|one| (one.gene.index(), one.change)).collect()
    });
    (changes.collect(), reading.value.values().to_owned())
}

#[test]
fn labels_of_knockouts_in_many_spellings_give_the_same_states() {
    let plain = states(&read(&in_rows("perturbed", &labels(Some("WT"), "x"))));
    assert_eq!(plain.0[0], []);
    assert_eq!(plain.0[2], [(1, Change::Knockout)]);
    for (wild, form) in [
        ("WT", "x_KO"),
        ("wt", "x-KO"),
        ("Control", "KO_x"),
        ("ctrl", "x+ctrl"),
        ("mock", "Δx"),
        ("NTC", "sgx"),
        ("non-targeting", "x_del"),
        ("scramble", "x-"),
        ("Wild Type", "x (-/-)"),
        ("siCtrl", "six"),
    ] {
        let reading = read(&in_rows("perturbation", &labels(Some(wild), form)));
        assert_eq!(states(&reading), plain, "{form}");
        let doubted = reading
            .warnings
            .iter()
            .any(|text| text.contains("name knockdowns"));
        assert_eq!(doubted, form == "six", "{form}: {:?}", reading.warnings);
    }
}

#[test]
fn a_label_that_says_another_change_than_its_table_is_refused() {
    let text = in_rows("perturbed", &labels(Some("WT"), "x_OE"));
    let message = refused(&text);
    assert!(
        message.starts_with("ko.tsv, row 3, column 1 (`perturbed`): found `TP53_OE`")
            && message.contains("`--overexpression`"),
        "{message}"
    );
    // a level says it exactly
    let text = "perturbed\tlevel\tTP53\tMYC\nTP53_OE\t3\t15\t2\n";
    assert_eq!(states(&read(text)).0, [[(0, Change::Scaled(3.0))]]);
}

#[test]
fn mutants_in_columns_give_the_states_of_mutants_in_rows() {
    for (wild, form) in [
        (Some("WT"), "x"),
        (Some("ctrl"), "x_KO"),
        (None, "Δx"),
        (None, "x"),
    ] {
        let labels = labels(wild, form);
        let rows = states(&read(&in_rows("perturbed", &labels)));
        for corner in ["gene", "", "gene_id", "symbol", "Gene"] {
            let reading = read(&in_columns(corner, &labels));
            assert_eq!(states(&reading), rows, "{corner} {form}");
            let said = |text: &String| text.contains("genes are in rows, samples in columns");
            assert!(reading.notes.iter().any(said), "{:?}", reading.notes);
        }
        // what was right stays right
        for corner in ["strain", "", "knockout"] {
            let reading = read(&in_rows(corner, &labels));
            assert_eq!(states(&reading), rows, "{corner} {form}");
        }
    }
}

#[test]
fn where_names_and_levels_do_not_say_which_side_has_the_genes_both_readings_are_shown() {
    // ratios: every level is near 1 in both directions
    let text = "\tTP53\tMYC\tGATA1\nTP53\t0\t1.1\t0.9\nMYC\t1\t0\t1.1\nGATA1\t0.9\t1\t0\n";
    let message = refused(text);
    assert!(
        message.contains("genes may be in columns")
            && message.contains("or in rows")
            && message.contains("`--steady-genes rows` or `--steady-genes columns`"),
        "{message}"
    );
    let unnamed = in_columns("gene", &labels(None, "x"));
    let unnamed: String = unnamed
        .lines()
        .map(|line| line.split_once('\t').expect("cells").1.to_owned() + "\n")
        .collect();
    assert!(refused(&unnamed).contains("levels are alike within rows"));
}

fn infer(file: &str, args: &[&str]) -> (Folder, Ran) {
    let series = table(5, 3, 12);
    let folder = Folder::with(&[("d.tsv", series.as_bytes()), ("ko.tsv", file.as_bytes())]);
    let ran = folder.infer(&[&["d.tsv", "--pairs", "5", "--knockouts", "ko.tsv"], args].concat());
    (folder, ran)
}

#[test]
fn the_flag_says_where_the_genes_are() {
    let names = ["g0", "g1", "g2", "g3", "g4"];
    let rename = |text: String| {
        let pairs = NAMES.iter().zip(names);
        pairs.fold(text, |text, (from, to)| text.replace(from, to))
    };
    let rows = rename(in_rows("perturbed", &labels(Some("WT"), "x")));
    let columns = rename(in_columns("gene", &labels(Some("WT"), "x")));
    let (expected, ran) = infer(&rows, &[]);
    ran.with_code(0);
    for args in [
        &[][..],
        &["--steady-genes", "rows"],
        &["--knockouts-genes", "rows"],
    ] {
        let (folder, ran) = infer(&columns, args);
        ran.with_code(0);
        assert_eq!(folder.read("out/edges.tsv"), expected.read("out/edges.tsv"));
    }
    let (_, ran) = infer(&columns, &["--steady-genes", "columns"]);
    assert_ne!(ran.log, "");
}

#[test]
fn mutants_in_columns_are_read_without_series_too() {
    let columns = in_columns("gene", &labels(Some("WT"), "x_KO"));
    let rows = in_rows("perturbed", &labels(Some("WT"), "x_KO"));
    let run = |text: &str| {
        let folder = Folder::with(&[("ko.tsv", text.as_bytes())]);
        folder
            .infer(&["--knockouts", "ko.tsv", "--pairs", "5"])
            .with_code(0);
        folder.read("out/edges.tsv")
    };
    assert_eq!(run(&columns), run(&rows));
}

#[test]
fn a_change_of_a_gene_that_could_not_regulate_says_so() {
    let series = table(5, 3, 12);
    let tfs = "g0, g1, g2\n";
    let folder = Folder::with(&[("d.tsv", series.as_bytes()), ("tfs.txt", tfs.as_bytes())]);
    let ran = folder.infer(&["d.tsv", "--pairs", "5", "--regulators", "tfs.txt"]);
    ran.with_code(0).says("tfs.txt: 3 of 5 genes may regulate");
    folder
        .cistron(&["perturb", "out", "--ko", "g4,g0", "--out", "p"])
        .with_code(0)
        .says("g4 was not among the regulators of this run (3 of 5 genes)");
    let ran = folder.cistron(&["perturb", "out", "--ko", "g0", "--out", "q"]);
    assert!(!ran.with_code(0).log.contains("was not among"));
}

#[test]
fn a_label_that_is_no_gene_is_refused_where_others_are_in_whatever_column() {
    let mut shuffled = labels(None, "x_KO");
    shuffled.swap(0, 3);
    shuffled[2] = "OCT4_KO".to_owned();
    for corner in ["sample", "strain", "", "Name", "mutant"] {
        let message = refused(&in_rows(corner, &shuffled));
        assert!(
            message.contains("row 4, column 1") && message.contains("found `OCT4_KO`"),
            "{message}"
        );
    }
    // a column of labels of another name says which genes were changed
    let read_named = states(&read(&in_rows("Name", &labels(None, "x_KO"))));
    assert_eq!(
        read_named,
        states(&read(&in_rows("perturbed", &labels(None, "x_KO"))))
    );
}

#[test]
fn rows_are_not_taken_in_the_order_of_the_columns_where_levels_say_otherwise() {
    let ordered = in_rows("id", &(1..6).map(|k| format!("s{k}")).collect::<Vec<_>>());
    let read_ordered = states(&read(&ordered));
    assert_eq!(read_ordered.0[1], [(1, Change::Knockout)]);
    let mut lines: Vec<&str> = ordered.lines().collect();
    lines[1..].rotate_left(2);
    let message = refused(&(lines.join("\n") + "\n"));
    assert!(
        message.contains("row k is not the knockout of column k"),
        "{message}"
    );
}

#[test]
fn levels_agree_with_labels_and_tables_and_a_dose_of_a_drug_is_no_level() {
    let with_column = |name: &str, cell: &str| {
        let rows = in_rows("perturbed", &labels(None, "x_KO"));
        let lines = rows.lines().enumerate().map(|(at, line)| {
            let (label, levels) = line.split_once('\t').expect("cells");
            let cell = if at == 0 { name } else { cell };
            format!("{label}\t{cell}\t{levels}\n")
        });
        lines.collect::<String>()
    };
    let plain = states(&read(&in_rows("perturbed", &labels(None, "x_KO"))));
    let dosed = read(&with_column("dose", "10"));
    assert_eq!(states(&dosed), plain);
    assert!(
        dosed
            .notes
            .iter()
            .any(|note| note.contains("a knockout has no dose")),
        "{:?}",
        dosed.notes
    );
    let message = refused(&with_column("level", "10"));
    assert!(
        message.contains("(`level`): found `10`, expected 0, as `TP53_KO` says"),
        "{message}"
    );
    assert_eq!(states(&read(&with_column("level", "0"))), plain);
    let unmarked = with_column("level", "3").replace("_KO", "");
    assert!(refused(&unmarked).contains("expected a level up to 1, as in the whole table"));
}

#[test]
fn a_sample_without_a_label_is_not_silently_the_wild_type() {
    for (corner, blank) in [("perturbed", "NA"), ("perturbed", ""), ("strain", "NA")] {
        let mut one_blank = labels(None, "x_KO");
        one_blank[3] = blank.to_owned();
        let message = refused(&in_rows(corner, &one_blank));
        assert!(
            message.contains("no sample names `SPI1`, which is lowest in this one"),
            "{message}"
        );
    }
    let mut both = labels(Some("WT"), "x_KO");
    both[4] = "NA".to_owned();
    assert!(refused(&in_rows("perturbed", &both)).contains("other samples are called `WT`"));
    let wild = read(&in_rows("perturbed", &labels(Some("NA"), "x_KO")));
    assert_eq!(
        states(&wild),
        states(&read(&in_rows("perturbed", &labels(Some("WT"), "x_KO"))))
    );
    let said = |text: &String| text.contains("without a label are taken for the wild type");
    assert!(wild.warnings.iter().any(said), "{:?}", wild.warnings);
}

#[test]
fn genes_of_the_wild_type_are_found_in_rows_without_series() {
    let levels =
        "GEN1\t5.6\t5.9\t5.8\nGEN2\t6.8\t6.9\t7.1\nGEN3\t8.3\t7.9\t8.2\nGEN4\t1.1\t1.2\t1.4\n";
    for header in [
        "gene\trep1\trep2\trep3",
        "symbol\ta1\tb1\tc1",
        "\tWT_1\tWT_2\tWT_3",
        "id\tr1\tr2\tr3",
    ] {
        let text = format!("{header}\n{levels}");
        let folder = Folder::with(&[("wt.tsv", text.as_bytes())]);
        let ran = folder
            .cistron(&["check", "--wildtype", "wt.tsv"])
            .with_code(0);
        assert!(
            ran.out.contains("genes            4: `GEN1`") && ran.out.contains("3 wild type"),
            "{}",
            ran.out
        );
    }
    // samples in rows stay so
    let text = "sample\tGEN1\tGEN2\nrep1\t5.6\t6.8\nrep2\t5.9\t6.9\nrep3\t5.7\t7.0\n";
    let folder = Folder::with(&[("wt.tsv", text.as_bytes())]);
    let ran = folder
        .cistron(&["check", "--wildtype", "wt.tsv"])
        .with_code(0);
    assert!(
        ran.out.contains("genes            2: `GEN1`"),
        "{}",
        ran.out
    );
}
