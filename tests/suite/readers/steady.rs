//! Steady states: tables in every layout, the options of `infer`, and what is wrong with tables.

use std::io::Write;

use cistron::expression::{Change, Intervention, SteadyStates};
use cistron::genes::{Gene, Genes};
use cistron::io::{Reading, SteadyRows, read_steady_states};

use crate::run::{Folder, Ran, table};

const OUT: SteadyRows = SteadyRows::Changed { level: 0.0 };
const DOWN: SteadyRows = SteadyRows::Changed { level: 0.5 };

fn genes() -> Genes {
    Genes::new(["A", "B", "C"]).expect("distinct")
}

fn read(text: &str, rows: SteadyRows) -> Reading<SteadyStates> {
    read_steady_states(text.as_bytes(), "ko.tsv", rows, &genes()).expect("a good table")
}

fn refused(text: &str, rows: SteadyRows) -> String {
    let error = read_steady_states(text.as_bytes(), "ko.tsv", rows, &genes());
    error.expect_err("a bad table").to_string()
}

/// What was done in every row.
fn done(reading: &Reading<SteadyStates>) -> Vec<Vec<(usize, Change)>> {
    let all = reading.value.samples().iter();
    let pairs = |one: &Intervention| (one.gene.index(), one.change);
    all.map(|sample| sample.interventions().iter().map(pairs).collect())
        .collect()
}

fn says(lines: &[String], text: &str) -> bool {
    lines.iter().any(|line| line.contains(text))
}

#[test]
fn genes_are_found_by_name_in_any_order_and_labels_may_join_them() {
    let reading = read(
        "perturbed,C,A,B\nWT,3,1,2\nA,3,0,2\nB+C,0,1,0\nC;A,0,0,2\n",
        OUT,
    );
    let out = |gene| (gene, Change::Knockout);
    assert_eq!(
        done(&reading),
        [
            vec![],
            vec![out(0)],
            vec![out(1), out(2)],
            vec![out(2), out(0)]
        ]
    );
    assert_eq!(reading.value.values()[(0, 2)], 3.0);
    assert_eq!(reading.value.values()[(0, 0)], 1.0);
    assert!(reading.value.samples()[0].is_wild_type());
    assert_eq!(reading.value.samples()[1].name, "ko.tsv, row 3");
}

#[test]
fn pairs_of_columns_and_a_column_of_levels_say_what_was_done() {
    let pair = read("gene_i\tgene_j\tA\tB\tC\nA\tC\t0\t1\t0\n", OUT);
    let out = |gene| (gene, Change::Knockout);
    assert_eq!(done(&pair), [vec![out(0), out(2)]]);
    let levels = read(
        "gene level A B C\nA 0.3 1 1 1\nB NA 1 1 1\nA+B 0.2+0 1 1 1\n",
        DOWN,
    );
    assert_eq!(
        done(&levels),
        [
            vec![(0, Change::Scaled(0.3))],
            vec![(1, Change::Scaled(0.5))],
            vec![(0, Change::Scaled(0.2)), (1, Change::Knockout)],
        ]
    );
}

#[test]
fn the_layouts_of_dream_are_read_as_they_are() {
    let rows = read("\"B\"\t\"A\"\t\"C\"\n0\t1\t1\n1\t0\t1\n1\t1\t0\n", OUT);
    let order: Vec<usize> = done(&rows).iter().map(|all| all[0].0).collect();
    assert_eq!(order, [1, 0, 2]);
    assert!(says(&rows.notes, "row k is taken for the gene of column k"));
    let strains = read(
        "\"strain\"\t\"A\"\t\"B\"\t\"C\"\n\"wt\"\t1\t1\t1\n\"A(-/-)\"\t0\t1\t1\n",
        OUT,
    );
    assert_eq!(done(&strains), [vec![], vec![(0, Change::Knockout)]]);
    let unnamed = read("\t A\tB\tC\nB\t1\t0\t1\n", OUT);
    assert_eq!(done(&unnamed), [vec![(1, Change::Knockout)]]);
}

#[test]
fn replicates_of_the_wild_type_and_unknown_perturbations_have_no_labels() {
    let wild = read("sample,A,B,C\nr1,1,2,3\nr2,1,2,NA\n", SteadyRows::WildType);
    assert!(wild.value.samples().iter().all(|one| one.is_wild_type()));
    assert!(wild.value.values()[(1, 2)].is_nan());
    let unknown = read("A,B,C\n1,2,3\n3,2,1\n", SteadyRows::Multifactorial);
    assert_eq!(unknown.value.counts().multifactorial, 2);
}

#[test]
fn a_gene_without_a_column_is_missing_and_a_strange_column_passed_over() {
    let reading = read("perturbed,A,C,X\nA,0,1,9\n", OUT);
    assert!(reading.value.values()[(0, 1)].is_nan());
    assert!(says(
        &reading.warnings,
        "1 gene(s) of the data have no steady state here: `B`"
    ));
    assert!(says(&reading.warnings, "left out: `X`"));
}

#[test]
fn a_gzipped_table_is_read_too() {
    let mut file = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    file.write_all(b"A,B,C\n1,2,3\n").expect("memory");
    let bytes = file.finish().expect("memory");
    let reading = read_steady_states(&bytes[..], "wt.csv.gz", SteadyRows::WildType, &genes());
    assert_eq!(reading.expect("a table").value.values()[(0, 1)], 2.0);
}

#[test]
fn a_wrong_table_is_refused_with_the_cell_and_the_cure() {
    for (text, rows, says) in [
        (
            "perturbed,A,B,C\nD,0,1,1\n",
            OUT,
            "ko.tsv, row 2, column 1 (`perturbed`): found `D`, expected a gene of the data \
             (`A`, `B`, `C`), or the wild type (`WT`, `control`); spell it as there, call a sample in which \
             nothing was changed `WT`, or remove the row",
        ),
        (
            "perturbed,A,B,C\nA+A,0,1,1\n",
            OUT,
            "ko.tsv, row 2: gene `A` is changed twice at the same time",
        ),
        (
            "gene,level,A,B,C\nA,-1,0,1,1\n",
            DOWN,
            "ko.tsv, row 2, column 2 (`level`): found `-1`, expected a number of 0 or more",
        ),
        (
            "gene,level,A,B,C\nA,1+2,0,1,1\n",
            DOWN,
            "expected one level, or one for each gene that was changed",
        ),
        (
            "A,B,C\n0,1,1\n",
            OUT,
            "found 1 rows and no column that says which gene was changed in each, expected a \
             column `perturbed`, or 3 rows, one for each gene",
        ),
        (
            "perturbed,X,Y\nA,0,1\n",
            OUT,
            "found 0 column(s) of genes of the data and others: `X`, `Y`",
        ),
        (
            "perturbed,A,B,C\nA,0,1,1\n",
            SteadyRows::WildType,
            "found `A`, expected the wild type, in which no gene was changed",
        ),
        (
            "perturbed,A,B,A\nA,0,1,1\n",
            OUT,
            "ko.tsv, row 1, column 4 (`A`): gene `A` occurs a second time (first: column 2)",
        ),
        (
            "perturbed,A,B,C\nA,0,x,1\n",
            OUT,
            "ko.tsv, row 2, column 3 (`B`): found text (`x`), expected numbers of a gene",
        ),
        (
            "perturbed,A,B,C\nA,0,1\n",
            OUT,
            "ko.tsv, row 2: found 3 cells, expected 4",
        ),
        ("perturbed,A,B,C\n", OUT, "found a header and no rows"),
    ] {
        let found = refused(text, rows);
        assert!(found.contains(says), "expected\n{says}\nfound\n{found}");
    }
}

fn infer(files: &[(&str, &str)], args: &[&str]) -> (Folder, Ran) {
    let series = table(3, 3, 12);
    let mut all = vec![("d.tsv", series.as_bytes())];
    all.extend(files.iter().map(|(name, text)| (*name, text.as_bytes())));
    let folder = Folder::with(&all);
    let ran = folder.infer(&[&["d.tsv", "--pairs", "5"], args].concat());
    (folder, ran)
}

const KNOCKOUTS: (&str, &str) = (
    "ko.tsv",
    "perturbed\tg0\tg1\tg2\ng0\t0\t1\t1\ng1\t1\t0\t1\ng2\t1\t1\t0\n",
);

#[test]
fn the_summary_and_the_record_say_how_many_steady_states_were_read() {
    let wild = ("wt.tsv", "g0\tg1\tg2\n1\t1\t1\n");
    let args = ["--knockouts", "ko.tsv", "--wildtype", "wt.tsv"];
    let (folder, ran) = infer(&[KNOCKOUTS, wild], &args);
    let ran = ran.with_code(0);
    assert!(
        ran.out
            .contains("steady states    1 wild type, 3 knockouts")
    );
    let record = folder.read("out/run.json");
    assert!(record.contains("\"knockouts\": 3") && record.contains("\"wild_type\": 1"));
    assert!(record.contains("\"path\": \"ko.tsv\""));
}

#[test]
fn negative_steady_states_and_a_square_root_do_not_meet() {
    let wild = ("wt.tsv", "g0\tg1\tg2\n1\t-1\t1\n");
    let args = ["--wildtype", "wt.tsv"];
    let (_, ran) = infer(&[wild], &[&args[..], &["--transform", "sqrt"]].concat());
    ran.with_code(2)
        .says("steady states: the sqrt transform needs values of 0 or more, found -1");
    let (folder, ran) = infer(&[wild], &args);
    ran.with_code(0);
    assert!(
        folder
            .read("out/run.json")
            .contains("\"transform\": \"none\"")
    );
}

#[test]
fn a_level_without_its_table_and_a_bad_level_are_refused() {
    let (_, ran) = infer(&[KNOCKOUTS], &["--knockdown-level", "0.3"]);
    ran.with_code(2).says("--knockdowns <FILE>");
    let args = ["--knockdowns", "ko.tsv", "--knockdown-level", "-1"];
    let (_, ran) = infer(&[KNOCKOUTS], &args);
    ran.with_code(2);
}

#[test]
fn genes_of_a_table_keep_their_numbers() {
    let reading = read("perturbed,C,B,A\nB,3,0,1\n", OUT);
    assert!(reading.value.samples()[0].knocks_out(Gene(1)));
    assert_eq!(reading.value.values().row(0).iter().sum::<f64>(), 4.0);
}
