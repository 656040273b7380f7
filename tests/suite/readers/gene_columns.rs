//! Which column names the genes, where genes are in rows and other columns come first.

use cistron::io::{ColumnRole, SeriesOptions};

use super::time_columns::{GENES, genes, level, notes, read, read_with};

/// Levels of all genes below a header of samples, behind these columns of annotation.
fn annotated(names: &str, cells: impl Fn(usize) -> String) -> String {
    let samples: Vec<String> = (0..6).map(|i| format!("s1_{}h", 2 * i)).collect();
    let mut text = format!("{names}\t{}\n", samples.join("\t"));
    for j in 0..GENES.len() {
        let levels: Vec<String> = (0..6).map(|i| format!("{:.4}", level(0, i, j))).collect();
        text += &format!("{}\t{}\n", cells(j), levels.join("\t"));
    }
    text
}

fn with_columns(columns: &[(&str, ColumnRole)], regulators: &[&str]) -> SeriesOptions {
    let mut options = SeriesOptions::default();
    options.columns = columns
        .iter()
        .map(|&(name, role)| (name.to_owned(), role))
        .collect();
    options.regulators = regulators.iter().map(|&name| name.to_owned()).collect();
    options
}

#[test]
fn a_column_called_gene_names_the_genes_wherever_it_is() {
    for (names, cells) in [
        (
            "\tRank\tGene",
            (|j| format!("{j}\t{}\t{}", j + 1, GENES[j])) as fn(usize) -> String,
        ),
        ("chrom\tstart\tend\tgene", |j| {
            format!("chr{}\t{}\t{}\t{}", j + 1, 10 * j, 10 * j + 5, GENES[j])
        }),
        ("chrom\tstart\tend\tgene\tscore", |j| {
            format!("chr1\t{}\t{}\t{}\t{j}", 10 * j, 10 * j + 5, GENES[j])
        }),
        ("gene_biotype\tgene_name", |j| {
            format!("protein_coding\t{}", GENES[j])
        }),
        ("Locus type\tsymbol", |j| format!("type{j}\t{}", GENES[j])),
    ] {
        let reading = read(&annotated(names, cells)).expect(names);
        assert_eq!(genes(&reading), GENES, "{names}");
        notes(&reading, "names the genes");
    }
}

#[test]
fn of_two_columns_of_names_the_first_is_taken_unless_regulators_or_the_user_say_otherwise() {
    let ids: Vec<String> = (0..GENES.len()).map(|j| format!("ENSG{j}.1")).collect();
    let text = annotated("gene_id\tgene_name", |j| {
        format!("{}\t{}", ids[j], GENES[j])
    });
    let first = read(&text).expect("two names");
    assert_eq!(genes(&first), ids);
    let cure = "`--columns 'gene_name=gene'` takes the names of the genes from it";
    assert!(first.warnings.iter().any(|said| said.contains(cure)));
    let said = with_columns(&[("gene_name", ColumnRole::Gene)], &[]);
    assert_eq!(genes(&read_with(&text, &said).expect("as said")), GENES);
    let listed = with_columns(&[], &[GENES[0]]);
    assert_eq!(genes(&read_with(&text, &listed).expect("symbols")), GENES);
    let both = with_columns(&[("gene_id", ColumnRole::Gene)], &[GENES[0]]);
    assert_eq!(genes(&read_with(&text, &both).expect("as said")), ids);
}

#[test]
fn a_repeated_word_in_the_first_column_is_cured_by_the_column_of_names() {
    let text = annotated("kind\tsystem", |j| format!("coding\t{}", GENES[j]));
    let found = read(&text).expect_err("one name for all");
    let cure = "say `--columns 'system=gene'` if that column names the genes";
    assert!(found.contains(cure), "{found}");
    let said = with_columns(&[("system", ColumnRole::Gene)], &[]);
    assert_eq!(genes(&read_with(&text, &said).expect("as cured")), GENES);
}

#[test]
fn files_of_cluster_and_descriptions_of_gct_are_read() {
    let text = annotated("YORF\tNAME\tGWEIGHT", |j| format!("Y{j}\t{}\t1", GENES[j]));
    let (header, rows) = text.split_once('\n').expect("a header");
    let weights = format!("{header}\nEWEIGHT\t\t{}\n{rows}", "\t1".repeat(6));
    let reading = read(&weights).expect("weights");
    assert_eq!(genes(&reading), GENES);
    assert_eq!(reading.value.samples(), 6);
    let text = annotated("NAME\tDescription", |j| format!("{}\tna", GENES[j]));
    assert_eq!(genes(&read(&text).expect("descriptions")), GENES);
}
