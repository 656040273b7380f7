//! Tables of mutants whose labels may be misread: controls that name a gene, and labels that the levels contradict.

use cistron::genes::Genes;
use cistron::io::{Reading, SeriesOptions, SteadyRows, read_series, read_steady_states};

use crate::run::Folder;

const OUT: SteadyRows = SteadyRows::Changed { level: 0.0 };
const NAMES: [&str; 4] = ["TP53", "MYC", "GATA1", "SPI1"];
/// Levels in the wild type and in the knockout of each gene.
const LEVELS: [&str; 5] = [
    "5.7\t4.6\t8.6\t1.4",
    "0\t4.7\t8.4\t1.5",
    "5.6\t0\t8.5\t1.3",
    "5.8\t4.7\t0\t1.5",
    "5.7\t4.5\t8.7\t0",
];

fn genes() -> Genes {
    Genes::new(NAMES).expect("distinct")
}

/// A table of these first cells and the samples of [`LEVELS`].
fn samples(header: &str, rows: &[(&str, usize)]) -> String {
    let rows = rows
        .iter()
        .map(|(cells, sample)| format!("{cells}\t{}\n", LEVELS[*sample]));
    format!(
        "{header}\t{}\n{}",
        NAMES.join("\t"),
        rows.collect::<String>()
    )
}

fn read(
    text: &str,
    rows: SteadyRows,
) -> Result<Reading<cistron::expression::SteadyStates>, String> {
    read_steady_states(text.as_bytes(), "ko.tsv", rows, &genes()).map_err(|error| error.to_string())
}

/// How many genes were changed in every sample.
fn changed(text: &str) -> Vec<usize> {
    let reading = read(text, OUT).unwrap_or_else(|error| panic!("{text}: {error}"));
    let samples = reading.value.samples().iter();
    samples.map(|sample| sample.interventions().len()).collect()
}

#[test]
fn the_wild_type_beside_a_mutant_is_the_wild_type_and_said() {
    for form in [
        "x WT",
        "x_WT",
        "WT x",
        "x wt/wt",
        "x control",
        "x_ctrl",
        "x vector",
        "xWT",
        "x mock",
        "x_scramble",
        "ctrl_x",
        "x_WT_rep1",
        "x-wt-2",
        "x+/+",
    ] {
        let rows: Vec<(String, usize)> = NAMES
            .iter()
            .zip(1..)
            .flat_map(|(name, at)| [(form.replace('x', name), 0), (format!("{name} KO"), at)])
            .collect();
        let rows: Vec<(&str, usize)> = rows
            .iter()
            .map(|(label, at)| (label.as_str(), *at))
            .collect();
        let text = samples("perturbed", &rows);
        assert_eq!(changed(&text), [0, 1].repeat(4), "{form}");
        let notes = read(&text, OUT).expect("read").notes.join("\n");
        let said = notes.contains("are its controls, and are read as wild type");
        assert!(said || form == "x+/+", "{form}: {notes}");
    }
    let guides = [("TP53+ctrl", 1), ("ctrl+MYC", 2), ("ctrl", 0)];
    assert_eq!(changed(&samples("perturbed", &guides)), [1, 1, 0]);
}

#[test]
fn a_column_of_mutants_and_controls_says_which_samples_are_mutants() {
    for (header, words) in [
        ("gene\tcondition", ["WT", "KO"]),
        ("perturbed\ttype", ["control", "knockout"]),
    ] {
        let mut rows: Vec<(String, usize)> = NAMES
            .iter()
            .zip(1..)
            .flat_map(|(name, at)| {
                [
                    (format!("{name}\t{}", words[0]), 0),
                    (format!("{name}\t{}", words[1]), at),
                ]
            })
            .collect();
        rows.insert(0, (format!("WT\t{}", words[0]), 0));
        let rows: Vec<(&str, usize)> = rows
            .iter()
            .map(|(label, at)| (label.as_str(), *at))
            .collect();
        assert_eq!(
            changed(&samples(header, &rows)),
            [0, 0, 1, 0, 1, 0, 1, 0, 1],
            "{header}"
        );
    }
}

#[test]
fn samples_of_one_label_that_differ_like_mutant_and_control_are_refused() {
    let mut rows: Vec<(String, usize)> = NAMES
        .iter()
        .zip(1..)
        .flat_map(|(name, at)| [(format!("{name}\t+"), at), (format!("{name}\t-"), 0)])
        .collect();
    rows.insert(0, ("WT\t-".to_owned(), 0));
    let rows: Vec<(&str, usize)> = rows
        .iter()
        .map(|(label, at)| (label.as_str(), *at))
        .collect();
    let message = read(&samples("perturbed\tdox", &rows), OUT).expect_err("controls");
    assert!(
        message.contains("one is a mutant and one is not"),
        "{message}"
    );
    assert!(
        message.contains("call the samples in which nothing was changed `WT`"),
        "{message}"
    );
}

#[test]
fn genes_that_are_not_in_the_table_are_not_controls() {
    for label in ["CTR9", "REF2", "CTR9_KO"] {
        let text = samples("perturbed", &[("WT", 0), (label, 1), ("MYC", 2)]);
        let message = read(&text, OUT).expect_err("an unknown gene");
        assert!(message.contains(&format!("found `{label}`")), "{message}");
    }
    let text = samples("perturbed", &[("ctr9", 0), ("REF_2", 0), ("MYC", 2)]);
    assert_eq!(changed(&text), [0, 0, 1]);
}

#[test]
fn labels_that_the_levels_contradict_are_refused_or_named() {
    let shifted = [("TP53", 2), ("MYC", 3), ("GATA1", 4), ("SPI1", 1)];
    for rows in [&shifted[..], &[&[("WT", 0)], &shifted[..]].concat()] {
        let message = read(&samples("perturbed", rows), OUT).expect_err("shifted");
        assert!(
            message.contains("clearly lower in a sample of another label"),
            "{message}"
        );
        assert!(
            message.contains("`--columns perturbed=intervention`"),
            "{message}"
        );
    }
    let right = [
        ("WT", 0),
        ("TP53", 1),
        ("MYC", 2),
        ("GATA1", 3),
        ("SPI1", 4),
    ];
    let text = samples("perturbed", &right);
    assert!(read(&text, OUT).expect("knockouts").warnings.is_empty());
    let message = read(&text, SteadyRows::Changed { level: 2.0 }).expect_err("knockouts");
    assert!(
        message.contains("`--knockouts` or `--knockdowns`"),
        "{message}"
    );
    let one = [
        ("WT", 0),
        ("TP53", 0),
        ("MYC", 2),
        ("GATA1", 3),
        ("SPI1", 4),
    ];
    let warnings = read(&samples("perturbed", &one), OUT)
        .expect("knockouts")
        .warnings;
    assert!(
        warnings
            .iter()
            .any(|text| text.contains("TP53 is 5.7 in ko.tsv, row 3")),
        "{warnings:?}"
    );
}

#[test]
fn labels_of_mutants_in_a_table_of_steady_states_are_not_dropped_without_a_word() {
    let text = samples("condition\trep", &[("control\t1", 0), ("TP53_oe\t1", 1)]);
    let warnings = read(&text, SteadyRows::Multifactorial)
        .expect("states")
        .warnings;
    assert!(
        warnings.iter().any(|text| text.contains("are not used")),
        "{warnings:?}"
    );
}

#[test]
fn mutants_in_names_of_samples_are_read_or_named() {
    let series = |labels: [&str; 2]| {
        let mut text = "gene".to_owned();
        let times = ["0h", "2h", "4h", "6h"];
        for (label, time) in labels
            .iter()
            .flat_map(|label| times.map(|time| (label, time)))
        {
            text += &format!("\t{label}_{time}");
        }
        for (row, name) in NAMES.iter().enumerate() {
            let cells = (0..8).map(|at| format!("\t{}", (3 * at + 5 * row) % 7 + 1));
            text += &format!("\n{name}{}", cells.collect::<String>());
        }
        let reading =
            read_series(text.as_bytes(), "d.tsv", None, &SeriesOptions::default()).expect(&text);
        let all = reading.value.series().iter();
        let count = all.map(|one| one.interventions().len()).sum::<usize>();
        (count, reading.notes.join("\n"))
    };
    for labels in [
        ["sgCtrl", "sgMYC"],
        ["WT", "MYCdel"],
        ["WT", "MYCmut"],
        ["MYC-WT", "MYC_KO"],
        ["MYCWT", "MYC_KO"],
        ["MYC_WT", "MYC_KO"],
    ] {
        assert_eq!(series(labels).0, 1, "{labels:?}: {}", series(labels).1);
    }
    for labels in [["WT", "p63KO"], ["WT", "TP63_KO"]] {
        let (count, notes) = series(labels);
        assert_eq!(count, 0);
        assert!(
            notes.contains("are read as conditions and not as interventions"),
            "{notes}"
        );
    }
}

#[test]
fn a_knockdown_above_one_is_refused_and_a_knockout_that_is_there_is_named() {
    let series = "time\tA\tB\n0\t9\t1\n1\t9\t2\n2\t9\t3\n";
    let folder = Folder::with(&[
        ("d.tsv", series.as_bytes()),
        ("kd.tsv", b"gene\tkind\tlevel\nA\tkd\t30\n"),
    ]);
    let ran = folder.cistron(&["check", "d.tsv", "--interventions", "kd.tsv"]);
    ran.with_code(2)
        .says("of `kd` it is below 1 (30 % are 0.3)");
}
