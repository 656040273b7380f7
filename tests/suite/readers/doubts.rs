//! Tables of a plausible shape that would be read as something else: refused with both readings and the cure.

use super::time_columns::{GENES, level, read};
use crate::run::Folder;

/// Rows of all genes behind what `first` says of a row.
fn rows(header: &str, count: usize, first: impl Fn(usize) -> String) -> String {
    let mut text = format!("{header}\t{}\n", GENES.join("\t"));
    for i in 0..count {
        let levels: Vec<String> = (0..GENES.len())
            .map(|j| format!("{:.4}", level(i / 6, i % 6, j)))
            .collect();
        text += &format!("{}\t{}\n", first(i), levels.join("\t"));
    }
    text
}

fn refused(text: &str, says: &[&str]) {
    let found = read(text).expect_err(says[0]);
    for part in says {
        assert!(found.contains(part), "expected\n{part}\nfound\n{found}");
    }
}

#[test]
fn stages_and_years_of_individuals_are_no_course() {
    let stages = rows("sample\tstage", 24, |i| format!("x{i}\t{}", i % 4 + 1));
    refused(&stages, &["different individuals", "--columns stage=time"]);
    let years = rows("patient\tyear", 12, |i| format!("x{i}\t{}", 2001 + i));
    refused(&years, &["found 2001 to 2012", "--ignore year"]);
    let folder = Folder::with(&[("d.tsv", stages.as_bytes())]);
    let ran = folder.cistron(&["check", "d.tsv", "--columns", "stage=time"]);
    ran.with_code(0);
    let ran = folder.cistron(&["check", "--steady", "d.tsv", "--ignore", "stage"]);
    ran.with_code(0);
}

#[test]
fn numbers_of_many_single_samples_are_no_times() {
    for name in ["", "T"] {
        let names: Vec<String> = (1..=20).map(|i| format!("{name}{i}")).collect();
        let mut text = format!("gene\t{}\n", names.join("\t"));
        for (j, gene) in GENES.iter().enumerate() {
            let levels: Vec<String> = (0..20).map(|i| format!("{:.4}", level(0, i, j))).collect();
            text += &format!("{gene}\t{}\n", levels.join("\t"));
        }
        refused(
            &text,
            &["1 to 20, or samples whose names are numbered", "`1h`"],
        );
    }
}

#[test]
fn a_series_with_another_name_in_every_row_is_refused() {
    let text = rows("series\ttime", 12, |i| format!("x{i}\t{}", i % 6));
    refused(&text, &["another name in every row", "--ignore series"]);
    let folder = Folder::with(&[("d.tsv", text.as_bytes())]);
    let ran = folder.cistron(&["check", "d.tsv", "--ignore", "series"]);
    ran.with_code(0);
}

#[test]
fn numbers_of_the_rows_are_no_gene() {
    let text = rows("series\ttime\tAnyNo", 12, |i| {
        format!("s{}\t{}\t{}", i / 6, i % 6, i + 1)
    });
    let reading = read(&text).expect("numbered");
    assert_eq!(reading.value.genes().names(), GENES);
}

#[test]
fn cycles_are_no_levels() {
    let text = rows("series\ttime", 12, |i| format!("s{}\t{}", i / 6, i % 6));
    let header = text.lines().next().expect("a header");
    let cycles: Vec<String> = GENES.iter().map(|gene| format!("{gene}_Ct")).collect();
    let text = text.replacen(header, &format!("series\ttime\t{}", cycles.join("\t")), 1);
    refused(
        &text,
        &["cycles of a polymerase chain reaction", "--scale log2"],
    );
}

#[test]
fn columns_beside_samples_are_named_and_left_out_as_the_error_says() {
    let samples: Vec<String> = (0..6).map(|i| format!("s1_{}h", 2 * i)).collect();
    let mut text = format!("gene\t{}\tpool\treference pool\n", samples.join("\t"));
    for (j, gene) in GENES.iter().enumerate() {
        let levels: Vec<String> = (0..8).map(|i| format!("{:.4}", level(0, i, j))).collect();
        text += &format!("{gene}\t{}\n", levels.join("\t"));
    }
    refused(
        &text,
        &[
            "6 columns of samples with times",
            "`--ignore 'pool,reference pool'`",
        ],
    );
    let folder = Folder::with(&[("d.tsv", text.as_bytes())]);
    folder
        .bash("\"$0\" check d.tsv --ignore 'pool,reference pool'")
        .with_code(0);
}

#[test]
fn times_in_brackets_and_behind_colons_are_read() {
    for form in ["[s1, @ h]", "s1:@h", "s1/@h"] {
        let samples: Vec<String> = (0..6)
            .map(|i| form.replace('@', &(2 * i).to_string()))
            .collect();
        let mut text = format!("gene\t{}\n", samples.join("\t"));
        for (j, gene) in GENES.iter().enumerate() {
            let levels: Vec<String> = (0..6).map(|i| format!("{:.4}", level(0, i, j))).collect();
            text += &format!("{gene}\t{}\n", levels.join("\t"));
        }
        let reading = read(&text).expect(form);
        assert_eq!(reading.value.series()[0].times()[1], 2.0, "{form}");
        assert_eq!(reading.value.series().len(), 1, "{form}");
    }
    for name in ["Timepoint (hours)", "Zeit [h]"] {
        let text = rows(name, 6, |i| format!("{}", 2 * i));
        assert_eq!(read(&text).expect(name).value.series()[0].times()[1], 2.0);
    }
}

#[test]
fn a_file_that_is_given_twice_and_levels_as_regulators_are_refused() {
    let text = rows("series\ttime", 12, |i| format!("s{}\t{}", i / 6, i % 6));
    let folder = Folder::with(&[("d.tsv", text.as_bytes())]);
    let ran = folder.cistron(&["check", "d.tsv", "./d.tsv"]).with_code(2);
    ran.says("the file was given twice");
    let ran = folder.cistron(&["check", "d.tsv", "--regulators", "d.tsv"]);
    ran.with_code(2).says("cells are numbers, expected names");
}

#[test]
fn a_folder_of_other_tables_is_refused_with_their_names() {
    let folder = Folder::with(&[]);
    std::fs::create_dir(folder.path("f")).expect("a folder");
    folder.write("f/levels.tsv", b"time\tA\n0\t1\n");
    folder.write("f/gold.tsv", b"A\tB\n");
    let ran = folder.cistron(&["check", "f"]).with_code(2);
    ran.says("with `levels.tsv`, `gold.tsv`")
        .says("such as `f/levels.tsv`");
}

#[test]
fn two_pseudotimes_of_all_cells_are_refused_unless_they_are_called_lineages() {
    let cells: Vec<String> = (0..30).map(|i| format!("c{i}")).collect();
    let mut levels = format!(",{}\n", cells.join(","));
    for (j, gene) in GENES.iter().enumerate() {
        let row: Vec<String> = (0..30).map(|i| format!("{:.4}", level(0, i, j))).collect();
        levels += &format!("{gene},{}\n", row.join(","));
    }
    let times = |names: &str| {
        let rows = cells.iter().zip(0..);
        let rows = rows.map(|(cell, i)| {
            let t = f64::from(i) / 30.0;
            format!("{cell},{t:.4},{:.4}\n", t * t)
        });
        format!(",{names}\n{}", rows.collect::<String>())
    };
    let run = |times: &str| {
        let folder = Folder::with(&[("e.csv", levels.as_bytes()), ("t.csv", times.as_bytes())]);
        folder.cistron(&["check", "e.csv", "--pseudotime", "t.csv"])
    };
    let ran = run(&times("velocity_pseudotime,latent_time")).with_code(2);
    ran.says("two methods, or two lineages");
    run(&times("Lineage1,Lineage2")).with_code(0);
    let swapped: String = times("x,pseudotime")
        .lines()
        .map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            format!("{},{}\n", cells[2], cells[0])
        })
        .collect();
    run(&swapped)
        .with_code(2)
        .says("put the column that names the cells first");
}
