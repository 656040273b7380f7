//! Times, and columns that are named like metadata: what they are is told by their cells.

use cistron::expression::Expression;
use cistron::io::{ColumnRole, Reading, SeriesOptions, read_series, read_times};

use crate::run::Folder;

/// Level of gene `j` at step `i` of series `k`: smooth over time, different from gene to gene.
pub(super) fn level(k: usize, i: usize, j: usize) -> f64 {
    let (k, i, j) = (k as f64, i as f64, j as f64);
    3.0 + 2.0 * (0.35 * i + 1.7 * j + 0.9 * k).sin() + 0.013 * j * i
}

/// A cell of a column from its series and time.
type MadeCell<'a> = &'a dyn Fn(usize, usize) -> String;

/// Name of the column, how a time is written, what the note says, and the factor to its unit.
type WrittenTime = (&'static str, fn(usize) -> String, &'static str, f64);

/// A table of samples in rows: `columns` are other columns before the genes, their cells by series and step.
fn table(genes: &[&str], columns: &[(&str, MadeCell<'_>)], series: usize, steps: usize) -> String {
    let names = columns
        .iter()
        .map(|(name, _)| *name)
        .chain(genes.iter().copied());
    let mut text = names.collect::<Vec<_>>().join("\t") + "\n";
    for k in 0..series {
        for i in 0..steps {
            let other = columns.iter().map(|(_, cell)| cell(k, i));
            let levels = (0..genes.len()).map(|j| format!("{:.4}", level(k, i, j)));
            text += &(other.chain(levels).collect::<Vec<_>>().join("\t") + "\n");
        }
    }
    text
}

pub(super) fn read_with(
    text: &str,
    options: &SeriesOptions,
) -> Result<Reading<Expression>, String> {
    read_series(text.as_bytes(), "d", None, options).map_err(|error| error.to_string())
}

pub(super) fn read(text: &str) -> Result<Reading<Expression>, String> {
    read_with(text, &SeriesOptions::default())
}

pub(super) fn genes(reading: &Reading<Expression>) -> Vec<&str> {
    reading
        .value
        .genes()
        .names()
        .iter()
        .map(String::as_str)
        .collect()
}

pub(super) fn notes(reading: &Reading<Expression>, text: &str) {
    let found = &reading.notes;
    assert!(
        found.iter().any(|note| note.contains(text)),
        "expected\n{text}\nfound\n{found:#?}"
    );
}

pub(super) const GENES: [&str; 4] = ["TP53", "MYC", "GATA1", "SPI1"];

#[test]
fn times_with_units_are_read_and_the_unit_is_said() {
    let cell = |unit: fn(usize) -> String| move |_: usize, i: usize| unit(i);
    let forms: [WrittenTime; 8] = [
        ("time", |i| format!("{}h", 2 * i), "are read as hours", 2.0),
        (
            "time",
            |i| format!("{} min", 2 * i),
            "are read as minutes",
            2.0,
        ),
        (
            "Timepoint",
            |i| format!("Day {}", 2 * i),
            "are read as days",
            2.0,
        ),
        (
            "time",
            |i| format!("T{}", 2 * i),
            "their unit is not named",
            2.0,
        ),
        (
            "stage",
            |i| format!("E{}.5", 10 + 2 * i),
            "are read as days",
            12.5,
        ),
        ("age", |i| format!("P{}", 2 * i), "are read as days", 2.0),
        (
            "time_h",
            |i| format!("{}", 2 * i),
            "times are in hours",
            2.0,
        ),
        (
            "zeitgeber time",
            |i| format!("ZT{}", 2 * i),
            "are read as hours",
            2.0,
        ),
    ];
    for (name, form, note, second) in forms {
        let text = table(&GENES, &[(name, &cell(form))], 2, 5);
        let reading = read(&text).expect(name);
        assert_eq!(genes(&reading), GENES, "{name}");
        let series = reading.value.series();
        assert_eq!((series.len(), series[1].times()[1]), (2, second), "{name}");
        notes(&reading, note);
    }
}

#[test]
fn mixed_units_are_converted_and_a_bare_number_among_them_is_refused() {
    let times = ["0", "30 min", "1h", "1.5 hr", "2 hours"];
    let text = table(&GENES, &[("time", &|_, i| times[i].to_owned())], 1, 5);
    let reading = read(&text).expect("mixed units");
    assert_eq!(reading.value.series()[0].times(), [0.0, 0.5, 1.0, 1.5, 2.0]);
    notes(&reading, "converted to hours");
    let found = read(&text.replace("30 min", "30")).expect_err("no unit");
    assert!(
        found.starts_with("d, row 3, column 1 (`time`): found `30` without a unit"),
        "{found}"
    );
}

#[test]
fn a_gene_with_the_name_of_a_time_is_a_gene_beside_the_real_time() {
    let hours = |_: usize, i: usize| format!("{}", 6 * i);
    for (time, gene) in [
        ("hpf", "T"),
        ("time", "h"),
        ("time", "hpt"),
        ("Hours", "CT"),
        ("dpi", "t"),
    ] {
        let text = table(&[gene, "MYC", "GATA1"], &[(time, &hours)], 1, 8);
        let reading = read(&text).unwrap_or_else(|error| panic!("{time}, {gene}: {error}"));
        assert_eq!(genes(&reading), [gene, "MYC", "GATA1"]);
        assert_eq!(reading.value.series()[0].times()[1], 6.0);
        notes(
            &reading,
            &format!(
                "taken for genes, as their values are levels like those of the other genes: `{gene}`"
            ),
        );
    }
    // without any other time it is the time
    let reading = read(&table(&GENES, &[("T", &hours)], 1, 8)).expect("T alone");
    assert_eq!(genes(&reading), GENES);
}

#[test]
fn a_second_time_in_another_unit_is_left_out_and_another_one_is_refused() {
    let hours = |_: usize, i: usize| format!("{i}");
    let text = table(
        &GENES,
        &[("time", &hours), ("min", &|_, i| format!("{}", 60 * i))],
        2,
        5,
    );
    let reading = read(&text).expect("the same times");
    assert_eq!(genes(&reading), GENES);
    notes(&reading, "left out, as they describe samples: `min`");
    let text = table(
        &GENES,
        &[("time", &hours), ("day", &|k, _| format!("{}", 10 + k))],
        2,
        5,
    );
    let found = read(&text).expect_err("what is the day?");
    let both = "column 2 (`day`): `day` may be a gene or a second time besides `time`; say `--columns day=gene`, or \
                `--ignore day` to leave it out";
    assert!(found.contains(both), "{found}");
}

#[test]
fn genes_called_like_metadata_are_genes_where_their_values_are_levels() {
    let time = |_: usize, i: usize| format!("{}", 2 * i);
    let names = ["eve", "run", "hb", "rep", "label"];
    let reading = read(&table(&names, &[("time", &time)], 3, 6)).expect("genes of the fly");
    assert_eq!(genes(&reading), names);
    assert_eq!(reading.value.series().len(), 3);
    // counts
    let mut counts = String::from("time\teve\trun\thb\n");
    for i in 0..24 {
        let count = |j| (1000.0 * level(i / 8, i % 8, j)).round();
        counts += &format!("{}\t{}\t{}\t{}\n", i % 8, count(0), count(1), count(2));
    }
    assert_eq!(genes(&read(&counts).expect("counts")), ["eve", "run", "hb"]);
}

#[test]
fn numbers_and_names_of_replicates_stay_series() {
    let time = |_: usize, i: usize| format!("{}", 2 * i);
    for name in ["run", "rep", "Replicate", "batch", "donor", "experiment"] {
        for cell in [
            |k: usize| format!("{}", k + 1),
            |k: usize| format!("{name}{k}", name = 'r'),
        ] {
            let text = table(&GENES, &[(name, &|k, _| cell(k)), ("time", &time)], 3, 5);
            let reading = read(&text).expect(name);
            assert_eq!(
                (genes(&reading), reading.value.series().len()),
                (GENES.to_vec(), 3),
                "{name}"
            );
        }
    }
    // sorted by time: the replicates of a time follow one another
    let mut text = String::from("time\trep\tA\tB\n");
    for i in 0..5 {
        for k in 0..3 {
            text += &format!("{i}\t{k}\t{:.3}\t{:.3}\n", level(k, i, 0), level(k, i, 1));
        }
    }
    let reading = read(&text).expect("sorted by time");
    assert_eq!(
        (genes(&reading), reading.value.series().len()),
        (vec!["A", "B"], 3)
    );
    // accessions of runs are no series
    let run = |k: usize, i: usize| format!("SRR{}", 100 * k + i);
    let text = table(
        &GENES,
        &[
            ("run", &run),
            ("rep", &|k, _| format!("{k}")),
            ("time", &time),
        ],
        2,
        5,
    );
    let reading = read(&text).expect("accessions");
    assert_eq!(reading.value.series().len(), 2);
    notes(&reading, "left out, as they describe samples: `run`");
}

#[test]
fn quantities_of_samples_are_left_out_and_a_gene_of_that_name_is_asked_about() {
    let time = |_: usize, i: usize| format!("{i}");
    let size = |k: usize, i: usize| format!("{}", 20_000_000 + 1000 * i + k);
    let text = table(
        &GENES,
        &[
            ("time", &time),
            ("OD600", &|_, i| format!("0.{i}")),
            ("RIN", &|_, i| format!("{:.1}", 9.0 + 0.1 * i as f64)),
            ("library_size", &size),
            ("sex", &|k, _| ["F", "M"][k].to_owned()),
            ("nCount_RNA", &size),
            ("percent.mt", &|_, i| format!("{:.4}", 0.02 * i as f64)),
            ("title", &|k, i| format!("sample {k} {i}")),
        ],
        2,
        6,
    );
    let reading = read(&text).expect("quantities");
    assert_eq!(genes(&reading), GENES);
    notes(
        &reading,
        "left out, as they describe samples: `OD600`, `RIN`, `library_size`, `sex`, `nCount_RNA` and 2 more",
    );

    let rin = ["rin", "MYC", "GATA1"];
    let text = table(&rin, &[("time", &time)], 2, 6);
    let found = read(&text).expect_err("a gene of the fly, or the quality of the RNA");
    assert!(
        found.contains("`rin` may be a gene or a quantity measured of the sample"),
        "{found}"
    );
    let mut options = SeriesOptions::default();
    options.columns = vec![("rin".to_owned(), ColumnRole::Gene)];
    assert_eq!(genes(&read_with(&text, &options).expect("said")), rin);
    options.columns = Vec::new();
    options.regulators = vec!["rin".to_owned()];
    assert_eq!(
        genes(&read_with(&text, &options).expect("a regulator")),
        rin
    );
}

#[test]
fn text_that_is_constant_is_left_out_and_text_that_varies_has_to_be_explained() {
    let time = |_: usize, i: usize| format!("{i}");
    let text = table(
        &GENES,
        &[("time", &time), ("site", &|_, _| "leaf".to_owned())],
        2,
        5,
    );
    notes(
        &read(&text).expect("constant"),
        "left out, as they describe samples: `site`",
    );
    let text = table(
        &GENES,
        &[
            ("time", &time),
            ("site", &|k, _| ["leaf", "root"][k].to_owned()),
        ],
        2,
        5,
    );
    let found = read(&text).expect_err("varies");
    assert!(
        found.contains("column 2 (`site`): found text (`leaf`, `root`)"),
        "{found}"
    );
    assert!(found.contains("`--columns site=condition`"), "{found}");
    let mut options = SeriesOptions::default();
    options.columns = vec![("site".to_owned(), ColumnRole::Condition)];
    let reading = read_with(&text, &options).expect("the cure works");
    assert_eq!(reading.value.series()[1].conditions()[0], "root");
    // a gene with a word in its first cell is not left out
    let found =
        read(&table(&["A", "B"], &[("time", &time)], 1, 4).replacen("\t3.0000", "\tlow", 1));
    assert!(
        found
            .expect_err("a word")
            .contains("expected numbers of a gene")
    );
}

#[test]
fn a_table_of_times_may_have_units() {
    let times = "sample\ttime\na\t0\nb\t30 min\nc\t1 h\nd\t2 h\n";
    let times = read_times(times.as_bytes(), "t").expect("times with units");
    let text = "gene\ta\tb\tc\td\nA\t1\t2\t3\t4\nB\t4\t2\t3\t1\n";
    let options = SeriesOptions::default();
    let reading = read_series(text.as_bytes(), "d", Some(&times.value), &options).expect("good");
    assert_eq!(reading.value.series()[0].times(), [0.0, 0.5, 1.0, 2.0]);
}

#[test]
fn cells_by_day_are_refused_with_the_words_for_them() {
    let mut text = String::from("cell,time,A,B\n");
    for c in 0..60 {
        text += &format!("c{c},{},{},{}\n", c / 20, c % 2, c % 5);
    }
    let found = read(&text).expect_err("cells");
    assert!(
        found.contains("20 at time 0, 20 at time 1, 20 at time 2"),
        "{found}"
    );
    assert!(
        found.contains("as of cells that are measured once each"),
        "{found}"
    );
    assert!(found.contains("--pseudotime FILE"), "{found}");
}

#[test]
fn the_command_takes_roles_of_columns() {
    let time = |_: usize, i: usize| format!("{i}");
    let text = table(
        &GENES,
        &[
            ("clock", &time),
            ("site", &|_, i| ["x", "y"][i % 2].to_owned()),
        ],
        2,
        5,
    );
    let folder = Folder::with(&[("d.tsv", text.as_bytes())]);
    let ran = folder.cistron(&["check", "d.tsv", "--columns", "clock=time,site=ignore"]);
    assert!(ran.with_code(0).out.contains("d.tsv"));
    let ran = folder.cistron(&["check", "d.tsv", "--columns", "watch=time"]);
    ran.with_code(2)
        .says("d.tsv: found no column `watch` (header: `clock`, `site`");
    let ran = folder.cistron(&["check", "d.tsv", "--columns", "clock=when"]);
    ran.with_code(2).says("expected NAME=ROLE");
}

#[test]
fn only_columns_that_look_like_pseudotime_are_lineages() {
    let expression = ",c1,c2,c3,c4\nA,1,2,3,4\nB,4,5,7,7\n";
    let read = |header: &str, cells: [&str; 4]| {
        let rows = (1..)
            .zip(cells)
            .map(|(c, cells): (usize, &str)| format!("c{c},{cells}\n"));
        let times = format!(",{header}\n{}", rows.collect::<String>());
        cistron::io::read_beeline(expression.as_bytes(), "e", times.as_bytes(), "p")
            .map_err(|error| error.to_string())
    };
    let numbers = ["0.1,5268,1", "0.2,5410,2", "0.3,4901,1", "0.5,7695,2"];
    for header in [
        "pseudotime,n_counts,cluster",
        "Lineage1,other,leiden",
        "dpt_pseudotime,time,day",
        "time,total_counts,sex",
    ] {
        let reading = read(header, numbers).expect(header);
        let names: Vec<&str> = reading
            .value
            .lineages()
            .iter()
            .map(|one| one.name.as_str())
            .collect();
        let first = header.split(',').next().expect("a name");
        assert_eq!(names, [first], "{header}");
        let warned = reading
            .warnings
            .iter()
            .any(|line| line.contains("not pseudotimes by their names or values, and left out"));
        assert!(warned, "{:?}", reading.warnings);
    }
    let found = read("first,second,leiden", numbers).expect_err("either may be");
    assert!(
        found.contains("columns `first`, `second` have other ranges"),
        "{found}"
    );
    let text = [
        "0.1,0.4,B cell",
        "0.2,0.3,B cell",
        "0.3,0.2,T cell",
        "0.5,0.1,T cell",
    ];
    let reading = read("a,b,type", text).expect("two lineages and a text");
    assert_eq!(reading.value.lineages().len(), 2);
}
