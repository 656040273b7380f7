//! What the user says about columns and genes holds for tables of steady states as for DATA.

use cistron::expression::{Change, Data};
use cistron::io::read::{ColumnRole, Duplicates};
use cistron::io::{OpenOptions, ReadError};

use crate::run::{Folder, table};

const SERIES: &str = "time,A,B,C\n0,1,2,3\n1,2,3,4\n2,3,4,5\n";

fn opened(
    knockouts: &str,
    options: impl Fn(OpenOptions) -> OpenOptions,
) -> Result<Data, ReadError> {
    let files = [
        ("d.csv", SERIES.as_bytes()),
        ("ko.csv", knockouts.as_bytes()),
    ];
    let folder = Folder::with(&files);
    options(OpenOptions::new().knockouts(folder.path("ko.csv"))).open(folder.path("d.csv"))
}

fn levels(data: &Data) -> Vec<Vec<f64>> {
    let values = data.steady_states().expect("steady states").values();
    let rows = 0..values.nrows();
    rows.map(|row| values.row(row).iter().copied().collect())
        .collect()
}

/// The genes that were changed, by sample.
fn changed(data: &Data) -> Vec<Vec<usize>> {
    let samples = data
        .steady_states()
        .expect("steady states")
        .samples()
        .iter();
    let genes = samples.map(|sample| {
        sample
            .interventions()
            .iter()
            .map(|one| one.gene.index())
            .collect()
    });
    genes.collect()
}

#[test]
fn a_gene_that_occurs_twice_in_a_table_of_mutants_is_merged_as_the_user_says() {
    let in_columns = "perturbed,A,B,C,A\nWT,1,2,3,5\nA,0,2,3,2\n";
    let in_rows = "gene,WT,A_KO\nA,1,0\nB,2,2\nC,3,3\nA,5,2\n";
    for text in [in_columns, in_rows] {
        let error = opened(text, |options| options)
            .expect_err("twice")
            .to_string();
        assert!(
            error.contains("gene `A` occurs a second time") && error.contains("--duplicates mean"),
            "{error}"
        );
        for (rule, wild, knockout) in [
            (Duplicates::Mean, 3.0, 1.0),
            (Duplicates::Sum, 6.0, 2.0),
            (Duplicates::Max, 5.0, 2.0),
        ] {
            let data = opened(text, |options| options.duplicates(rule)).expect("merged");
            assert_eq!(levels(&data), [[wild, 2.0, 3.0], [knockout, 2.0, 3.0]]);
            let said = data
                .notes
                .decisions
                .iter()
                .any(|note| note.contains("ko.csv: 1 gene(s) occur several times"));
            assert!(said, "{:?}", data.notes);
        }
    }
    // names that are alike without capitals are one gene too
    let loose = |options: OpenOptions| options.matching(cistron::genes::NameMatch::NoCase);
    let error = opened("gene,WT,A_KO\nA,1,0\nB,2,2\nC,3,3\na,5,2\n", loose).expect_err("twice");
    assert!(
        error
            .to_string()
            .contains("gene `a` occurs a second time (first: row 2)"),
        "{error}"
    );
}

#[test]
fn a_table_of_mutants_alone_merges_its_genes_too() {
    for text in [
        "perturbed,A,B,C,A\nWT,1,2,3,5\nA,0,2,3,2\n",
        "gene,WT,A_KO\nA,1,0\nB,2,2\nC,3,3\nA,5,2\n",
    ] {
        let folder = Folder::with(&[("ko.csv", text.as_bytes())]);
        let read = |rule| {
            OpenOptions::new()
                .duplicates(rule)
                .knockouts(folder.path("ko.csv"))
                .open_static()
        };
        let error = read(Duplicates::Error).expect_err("twice").to_string();
        assert!(error.contains("--duplicates mean"), "{error}");
        let data = read(Duplicates::Sum).expect("merged");
        assert_eq!(data.genes().names(), ["A", "B", "C"]);
        assert_eq!(levels(&data), [[6.0, 2.0, 3.0], [2.0, 2.0, 3.0]]);
    }
}

#[test]
fn what_is_said_of_a_column_holds_in_tables_of_mutants() {
    let text = "tube,assay,A,B,C\nWT,x,1,2,3\nB,y,1,0,3\nA,x,0,2,3\n";
    let roles = |role| vec![("tube".to_owned(), role)];
    let data = opened(text, |options| {
        options.columns(roles(ColumnRole::Intervention))
    })
    .expect("labels");
    assert_eq!(changed(&data), [vec![], vec![1], vec![0]]);
    let error =
        opened(text, |options| options.columns(roles(ColumnRole::Time))).expect_err("a time");
    assert!(
        error
            .to_string()
            .contains("found a time column in a table of steady states"),
        "{error}"
    );
    let error = opened(text, |options| {
        options.columns(vec![("tubes".to_owned(), ColumnRole::Sample)])
    });
    assert!(
        error
            .expect_err("no such column")
            .to_string()
            .contains("found no column `tubes`")
    );
    // a column is left out, and nobody says that it is not there
    let doubled = "perturbed,A,B,C,X\nWT,1,2,3,-\nA,0,2,3,?\n";
    let data = opened(doubled, |options| options.ignore(["X"])).expect("a table");
    assert_eq!(data.notes.warnings, [""; 0]);
}

#[test]
fn a_table_of_mutants_needs_a_header_and_a_flag_that_says_otherwise_is_refused() {
    let folder = Folder::with(&[
        ("ko.tsv", b"0\t1\t1\n1\t0\t1\n1\t1\t0\n"),
        ("d.tsv", table(3, 2, 9).as_bytes()),
    ]);
    folder
        .infer(&["--knockouts", "ko.tsv", "--no-header"])
        .with_code(2)
        .says("`--no-header` was given for a table of `--knockouts`, which has to name its genes");
}

#[test]
fn a_column_of_constructs_or_lines_is_one_of_labels_or_refused() {
    for name in ["construct", "plasmid", "vector", "line", "genotype"] {
        let read = format!("{name},A,B,C\nempty vector,1,2,3\nA,0,2,3\nC-KO,1,2,0\n");
        let data = opened(&read, |options| options).expect("labels");
        assert_eq!(changed(&data), [vec![], vec![0], vec![2]], "{name}");
        // as many rows as genes, in another order
        let unknown = format!("{name},A,B,C\np1,1,0,3\np2,0,2,3\np3,1,2,0\n");
        let error = opened(&unknown, |options| options)
            .expect_err("no gene")
            .to_string();
        assert!(
            error.contains("row 2, column 1") && error.contains("found `p1`"),
            "{error}"
        );
        assert!(error.contains(&format!("--ignore {name}")), "{error}");
        let data = opened("x,A,B,C\n1,0,2,3\n2,1,0,3\n3,1,2,0\n", |options| {
            options.ignore([name])
        });
        assert_eq!(
            changed(&data.expect("in order")),
            [vec![0], vec![1], vec![2]]
        );
    }
    let kept = opened("line,A,B,C\np1,0,2,3\np2,1,0,3\np3,1,2,0\n", |options| {
        options.ignore(["line"])
    });
    let states = kept.expect("in order");
    let samples = states.steady_states().expect("steady states").samples();
    assert_eq!(samples[0].interventions()[0].change, Change::Knockout);
}

#[test]
fn sums_and_means_in_tables_of_steady_states_are_no_samples() {
    let unknown = "sample,A,B,C\ns1,1,2,3\ns2,2,3,4\nMean,1.5,2.5,3.5\nSD,1,1,1\n";
    let mutants = "perturbed,A,B,C\nWT,1,2,3\nA,0,2,3\nTotal,1,4,6\n";
    let in_rows = "gene,WT,A_KO,Average\nA,1,0,0.5\nB,2,2,2\nC,3,3,3\nTotal,6,5,5.5\n";
    let folder = Folder::with(&[
        ("d.csv", SERIES.as_bytes()),
        ("unknown.csv", unknown.as_bytes()),
        ("mutants.csv", mutants.as_bytes()),
        ("rows.csv", in_rows.as_bytes()),
    ]);
    let path = |name: &str| folder.path(name);
    let new = OpenOptions::new;
    for (options, left) in [
        (new().multifactorial(path("unknown.csv")), "`Mean`, `SD`"),
        (new().wild_type(path("unknown.csv")), "`Mean`, `SD`"),
        (new().knockouts(path("mutants.csv")), "`Total`"),
        (new().knockouts(path("rows.csv")), "`Average`"),
    ] {
        for data in [options.open(path("d.csv")), options.open_static()] {
            let data = data.expect("a table");
            assert_eq!(levels(&data).len(), 2, "{left}");
            assert_eq!(data.genes().len(), 3);
            let said = format!("left out, as they sum up samples: {left}");
            let notes = &data.notes.decisions;
            assert!(notes.iter().any(|note| note.contains(&said)), "{notes:?}");
        }
    }
    // a mean without the samples is what there is
    let alone = Folder::with(&[
        ("d.csv", SERIES.as_bytes()),
        ("wt.csv", b"sample,A,B,C\nmean,1,2,3\n"),
    ]);
    let data = new()
        .wild_type(alone.path("wt.csv"))
        .open(alone.path("d.csv"));
    assert_eq!(levels(&data.expect("one sample")).len(), 1);
}
