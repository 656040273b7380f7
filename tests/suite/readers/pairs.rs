//! Lists of pairs in the shapes of programs and databases: `score`, `--prior` and `--known` read them alike.

use crate::run::{Folder, Ran, table};

pub(super) const LIST: &str = "source\ttarget\tevidence\tsign\nA\tB\t.9\t-\nB\tC\t.8\t+\nD\tA\t.2\t+\nC\tD\t.1\t-\nC\tA\t.05\t+\n";
/// The true edges: A represses B, B activates C, C represses D.
pub(super) const TRUTH: &str = "source\ttarget\tsign\nA\tB\t-\nB\tC\t+\nC\tD\t-\n";

pub(super) fn score(list: &str, gold: &str, args: &[&str]) -> Ran {
    let folder = Folder::with(&[("list.tsv", list.as_bytes()), ("gold.tsv", gold.as_bytes())]);
    folder.cistron(&[&["score", "list.tsv", "gold.tsv", "--json"], args].concat())
}

/// Area, number of true edges, share of right signs.
pub(super) fn numbers(ran: Ran) -> (f64, u64, Option<f64>) {
    let json: serde_json::Value = serde_json::from_str(&ran.with_code(0).out).expect("JSON");
    let area = json["aupr"].as_f64().expect("an area");
    let edges = json["n_edges"].as_u64().or(json["edges_true"].as_u64());
    let signs = json["sign_acc_all"].as_f64();
    (area, edges.unwrap_or_else(|| panic!("{json}")), signs)
}

pub(super) fn gold_numbers(gold: &str) -> (f64, u64, Option<f64>) {
    numbers(score(LIST, gold, &[]))
}

#[test]
fn known_networks_of_many_dialects_are_the_same_network() {
    let expected = gold_numbers(TRUTH);
    assert_eq!(expected.1, 3);
    for gold in [
        "TF\tTG\tmor\nA\tB\t-1\nB\tC\t1\nC\tD\t-1\n",
        "A\tB\tRepression\t123;45\nB\tC\tActivation\t6\nC\tD\tRepression\t7\n",
        "source,confidence,target,weight\nA,A,B,-1\nB,B,C,1\nC,A,D,-1\n",
        "\"from\",\"to\",\"weight\",\"activation\"\n\"A\",\"B\",1,FALSE\n\"B\",\"C\",1,TRUE\n\"C\",\"D\",1,FALSE\n",
        "source,target,source_genesymbol,target_genesymbol,is_directed,is_stimulation,is_inhibition\n\
         P1,P2,A,B,1,0,1\nP2,P3,B,C,1,1,0\nP3,P4,C,D,1,0,1\n",
        "1)regulatorId\t2)regulatorName\t3)regulatedName\t4)function\t5)confidenceLevel\nx1\tA\tB\t-\tC\nx2\tB\tC\t+\tS\nx3\tC\tD\t-\tW\n",
        "source,target,weight,resources,references,sign_decision\nA,B,-1,DB,1;2,PMID\nB,C,1,DB,3,PMID\nC,D,-1,DB,4,default\n",
    ] {
        assert_eq!(gold_numbers(gold), expected, "{gold}");
    }
    // headers of unknown words stand before known genes
    let (_, edges, _) = gold_numbers("Faktor\tZiel\nA\tB\nB\tC\nC\tD\n");
    assert_eq!(edges, 3);
    let (_, edges, signs) = gold_numbers("TF\tTG\nA\tB\nB\tC\nC\tD\n");
    assert_eq!((edges, signs), (3, None));
}

#[test]
fn zero_is_no_edge() {
    let all = "AB-1 AC0 AD0 BA0 BC1 BD0 CA0 CB0 CD-1 DA0 DB0 DC0";
    let rows: Vec<(&str, &str, &str)> = all
        .split(' ')
        .map(|cell| (&cell[..1], &cell[1..2], &cell[2..]))
        .collect();
    let expected = gold_numbers(
        "regulator,target,edge,sign\nA,B,1,-1\nA,C,0,0\nA,D,0,0\nB,A,0,0\nB,C,1,1\nB,D,0,0\n\
        C,A,0,0\nC,B,0,0\nC,D,1,-1\nD,A,0,0\nD,B,0,0\nD,C,0,0\n",
    );
    assert_eq!(expected.1, 3);
    for header in [
        "source\ttarget\tweight\n",
        "source\ttarget\tsign\n",
        "TF\ttarget\tmor\n",
        "gene1\tgene2\tvalue\n",
        "",
        "a1\ta2\ta3\n",
    ] {
        let body: String = rows
            .iter()
            .map(|(a, b, x)| format!("{a}\t{b}\t{x}\n"))
            .collect();
        assert_eq!(
            gold_numbers(&format!("{header}{body}")),
            expected,
            "{header}"
        );
    }
    // some zeros in a column of signs may be edges of unknown sign
    let ran = score(
        LIST,
        "source\ttarget\tsign\nA\tB\t-1\nB\tC\t1\nC\tD\t0\n",
        &[],
    );
    ran.with_code(2)
        .says("these pairs may be no edges, or edges of unknown sign");
    let (_, edges, _) = gold_numbers("source\ttarget\tlabel\nA\tB\t1\nB\tC\t1\nC\tA\t0\n");
    assert_eq!(edges, 2);
}

#[test]
fn matrices_are_read_where_names_say_which_side_regulates() {
    let expected = gold_numbers(
        "source\ttarget\tweight\nA\tB\t-1\nB\tC\t1\nC\tD\t-1\nA\tC\t0\nA\tD\t0\nB\tA\t0\nB\tD\t0\nC\tA\t0\nC\tB\t0\n",
    );
    let square = "A\tB\tC\tD\nA\t0\t-1\t0\t0\nB\t0\t0\t1\t0\nC\t0\t0\t0\t-1\n";
    let transposed = "A\tB\tC\nA\t0\t0\t0\nB\t-1\t0\t0\nC\t0\t1\t0\nD\t0\t0\t-1\n";
    for matrix in [
        format!("\t{square}"),
        square.to_owned(),
        format!("regulator\t{square}"),
        format!("\t{transposed}"),
        format!("gene\t{transposed}"),
    ] {
        assert_eq!(gold_numbers(&matrix), expected, "{matrix}");
    }
    let full = "\tA\tB\tC\tD\nA\t0\t-1\t0\t0\nB\t0\t0\t1\t0\nC\t0\t0\t0\t-1\nD\t0\t0\t0\t0\n";
    score(LIST, full, &[])
        .with_code(2)
        .says("either may be the regulators")
        .says("`--matrix-regulators rows`");
    let rows = numbers(score(LIST, full, &["--matrix-regulators", "rows"]));
    let columns = numbers(score(LIST, full, &["--matrix-regulators", "columns"]));
    assert_eq!((rows.1, columns.1), (3, 3));
    assert!(rows.0 > columns.0);
}

#[test]
fn scores_rank_in_their_direction_and_it_is_said() {
    let list = |name: &str, values: [&str; 4]| {
        format!(
            "source\ttarget\t{name}\nA\tB\t{}\nB\tC\t{}\nC\tD\t{}\nD\tA\t{}\n",
            values[0], values[1], values[2], values[3]
        )
    };
    let best = numbers(score(&list("score", ["4", "3", "2", "1"]), TRUTH, &[])).0;
    assert!((best - 1.0).abs() < 1e-12);
    for name in [
        "p",
        "pvalue",
        "P.Value",
        "padj",
        "p_adj",
        "q",
        "FDR",
        "fdr",
        "adj.P.Val",
        "q-value",
        "rank",
    ] {
        let ran = score(&list(name, ["1e-9", "0.01", "0.2", "0.9"]), TRUTH, &[]);
        assert!(ran.log.contains("the smallest first"), "{}", ran.log);
        assert_eq!(numbers(ran).0, best, "{name}");
    }
    for name in [
        "-log10p",
        "-log10(p)",
        "neglog10_pvalue",
        "importance",
        "unknown",
    ] {
        let ran = score(&list(name, ["9", "2", "0.7", "0.05"]), TRUTH, &[]);
        assert!(ran.log.contains("the largest first"), "{}", ran.log);
        assert_eq!(numbers(ran).0, best, "{name}");
    }
}

#[test]
fn a_list_with_two_rankings_is_refused_and_the_flag_chooses() {
    let list =
        "TF\tgene\tbeta\tpvalue\nA\tB\t4\t0.001\nB\tC\t-3\t0.01\nC\tD\t2\t0.1\nD\tA\t1\t0.9\n";
    score(list, TRUTH, &[])
        .with_code(2)
        .says("edges may be ranked by `beta` (column 3), the largest first, or by `pvalue` (column 4), the smallest first")
        .says("say `--score-column beta` or `--score-column pvalue`");
    let chosen = numbers(score(list, TRUTH, &["--score-column", "pvalue"]));
    assert!((chosen.0 - 1.0).abs() < 1e-12);
    let by_number = numbers(score(
        list,
        TRUTH,
        &["--score-column", "4", "--best", "largest"],
    ));
    assert!(by_number.0 < chosen.0);
    score(list, TRUTH, &["--score-column", "x"])
        .with_code(2)
        .says("found no column `x`");
}

#[test]
fn score_says_how_both_lists_were_read() {
    score(LIST, "TF\tTG\nA\tB\nB\tC\n", &[])
        .says("note: list.tsv: source `source` (column 1), target `target` (column 2), score `evidence` (column 3), the largest first, sign `sign` (column 4)")
        .says("note: gold.tsv: source `TF` (column 1), target `TG` (column 2), every pair is an edge, no sign");
    score("A B 1 0.5\nB C 1 0.4\n", TRUTH, &[])
        .with_code(0)
        .says("score column 4, the largest first")
        .says("the first row is a pair, not a header");
    score("A B -1 0.5\nB C 1 0.4\n", TRUTH, &[])
        .with_code(0)
        .says("score column 4, the largest first, sign column 3");
}

#[test]
fn priors_of_databases_give_the_same_support() {
    let data = table(4, 3, 12);
    let run = |prior: &str, args: &[&str]| {
        let folder = Folder::with(&[("d.tsv", data.as_bytes()), ("p.csv", prior.as_bytes())]);
        let ran = folder.infer(&[&["d.tsv", "--pairs", "5", "--prior", "p.csv"], args].concat());
        (ran, folder)
    };
    let edges = |prior: &str, args: &[&str]| {
        let (ran, folder) = run(prior, args);
        ran.with_code(0);
        folder.read("out/edges.tsv")
    };
    let expected = edges("regulator,target,weight\ng0,g1,-1\ng1,g2,1\n", &[]);
    for prior in [
        "source,confidence,target,weight\ng0,A,g1,-1\ng1,B,g2,1\n",
        "tf,confidence,target,mor\ng0,A,g1,-1\ng1,D,g2,1\n",
        "g0\tg1\tRepression\t1;2\ng1\tg2\tActivation\t3\n",
        "source\ttarget\tsource_genesymbol\ttarget_genesymbol\tis_stimulation\tis_inhibition\nP1\tP2\tg0\tg1\t0\t1\nP2\tP3\tg1\tg2\t1\t0\n",
        "Regler,Ziel\ng0,g1\ng1,g2\n",
        "g0,g1\ng1,g2\n",
        "\tg0\tg1\ng0\t0\t0\ng1\t-1\t0\ng2\t0\t1\n",
        "TF\tg0\tg1\tg2\tg3\ng0\t0\t1\t0\t0\ng1\t0\t0\t1\t0\n",
        "source,target,weight\ng0,g1,1\ng1,g2,1\ng2,g0,0\ng3,g0,0\n",
    ] {
        assert_eq!(edges(prior, &[]), expected, "{prior}");
    }
    let full = "\tg0\tg1\tg2\tg3\ng0\t0\t1\t0\t0\ng1\t0\t0\t1\t0\ng2\t0\t0\t0\t0\ng3\t0\t0\t0\t0\n";
    run(full, &[])
        .0
        .with_code(2)
        .says("either may be the regulators");
    assert_eq!(edges(full, &["--matrix-regulators", "rows"]), expected);
}

#[test]
fn a_column_known_as_one_side_is_never_the_other() {
    let expected = gold_numbers("source\ttarget\nA\tB\nB\tC\nC\tD\n");
    for header in [
        "gene\ttf_id",
        "gene\tregulator gene symbol",
        "target_gene_id\tTF_name",
        "gene\tRegler",
    ] {
        let gold = format!("{header}\nB\tA\nC\tB\nD\tC\n");
        assert_eq!(gold_numbers(&gold), expected, "{header}");
    }
    score(LIST, "gene\tRegler\tKlasse\nB\tA\tA\nC\tB\tA\nD\tC\tB\n", &[])
        .with_code(2)
        .says("`gene` (column 1) is the target; the regulator may be `Regler` (column 2) or `Klasse` (column 3)")
        .says("call the right one `regulator`");
}

#[test]
fn words_in_a_name_say_the_direction_and_a_doubt_is_refused() {
    let list = |name: &str, values: [&str; 4]| {
        let rows = ["A\tB", "B\tC", "C\tD", "D\tA"].into_iter().zip(values);
        let rows: String = rows.map(|(pair, x)| format!("{pair}\t{x}\n")).collect();
        format!("source\ttarget\t{name}\n{rows}")
    };
    for name in [
        "pval_bonf",
        "P.Value.adjusted",
        "rank_importance",
        "pos_rank",
        "distance",
        "Pr(>|t|)",
    ] {
        let ran = score(&list(name, ["0.001", "0.01", "0.2", "0.9"]), TRUTH, &[]);
        assert!(
            ran.log.contains("the smallest first"),
            "{name}: {}",
            ran.log
        );
        assert!((numbers(ran).0 - 1.0).abs() < 1e-12, "{name}");
    }
    for (name, values) in [
        ("order", ["1", "2", "3", "4"]),
        ("rank_score", ["0.1", "0.2", "0.3", "0.9"]),
    ] {
        let list = list(name, values);
        score(&list, TRUTH, &[])
            .with_code(2)
            .says("the largest or the smallest first")
            .says(&format!(
                "`--score-column {name} --best largest` or `--score-column {name} --best smallest`"
            ));
        let smallest = score(
            &list,
            TRUTH,
            &["--score-column", name, "--best", "smallest"],
        );
        assert!((numbers(smallest).0 - 1.0).abs() < 1e-12);
        let largest = score(&list, TRUTH, &["--score-column", name, "--best", "largest"]);
        assert!(numbers(largest).0 < 0.9);
    }
    // spread over 0 to 1 without a known name
    let spread: String = (0..12)
        .map(|i| format!("A\tX{i}\t{}\n", f64::from(i) / 12.0 + 0.01))
        .collect();
    let spread = |name: &str| format!("source\ttarget\t{name}\nA\tB\t0.02\n{spread}");
    score(&spread("stat1"), TRUTH, &[])
        .with_code(2)
        .says("spread from 0 to 1, as error probabilities are");
    score(&spread("confidence"), TRUTH, &[])
        .with_code(0)
        .says("the largest first");
}

#[test]
fn numbers_of_lists_are_read_as_they_are_written() {
    let list = |values: [&str; 4]| {
        let rows = ["A\tB", "B\tC", "C\tD", "D\tA"].into_iter().zip(values);
        let rows: String = rows.map(|(pair, x)| format!("{pair}\t{x}\n")).collect();
        format!("source\ttarget\timportance\n{rows}")
    };
    // decimal commas; thousands; either, which ranks alike
    for values in [
        ["9,5", "2,25", "0,7", "0,05"],
        ["4,279", "2,885", "867", "825"],
        ["900,285", "4,542", "2,273", "1,586"],
    ] {
        let ran = numbers(score(&list(values), TRUTH, &[]));
        assert!((ran.0 - 1.0).abs() < 1e-12, "{values:?}");
    }
    let either = list(["9,500", "2,250", "150", "140"]);
    score(&either, TRUTH, &[])
        .with_code(2)
        .says("9.500 with a decimal comma and 9500 with commas between thousands");
    let decimal = |sign| numbers(score(&either, TRUTH, &["--decimal", sign])).0;
    assert!((decimal("point") - 1.0).abs() < 1e-12);
    assert!(decimal("comma") < 0.9);
}

#[test]
fn labels_and_thousands_of_priors_are_read() {
    let data = table(4, 3, 12);
    let run = |prior: &str, args: &[&str]| {
        let folder = Folder::with(&[("d.tsv", data.as_bytes()), ("p.tsv", prior.as_bytes())]);
        let ran = folder.infer(&[&["d.tsv", "--pairs", "5", "--prior", "p.tsv"], args].concat());
        (ran, folder)
    };
    let edges = |prior: &str, args: &[&str]| {
        let (ran, folder) = run(prior, args);
        ran.with_code(0);
        folder.read("out/edges.tsv")
    };
    let expected = edges("TF\ttarget\tweight\ng0\tg1\t1\ng1\tg2\t1\n", &[]);
    assert_eq!(
        edges(
            "TF\ttarget\tpmid\tbinding\ng0\tg1\t5\t1\ng1\tg2\t6\t1\ng2\tg0\t7\t0\n",
            &[]
        ),
        expected
    );
    let thousands = "TF\ttarget\tweight\ng0\tg1\t1,250\ng1\tg2\t2,500\n";
    run(thousands, &[])
        .0
        .with_code(2)
        .says("1.250 with a decimal comma and 1250 with commas")
        .says("--decimal point");
    let plain = "TF\ttarget\tweight\ng0\tg1\t1250\ng1\tg2\t2500\n";
    assert_eq!(edges(thousands, &["--decimal", "point"]), edges(plain, &[]));
    let matrix = "TF\tg0\tg1\tg2\tg3\ng0\t0\t1,250\t0\t870\ng1\t0\t0\t2,500\t0\n";
    let plain = matrix.replace(',', "");
    assert_eq!(edges(matrix, &[]), edges(&plain, &[]));
}

#[test]
fn coefficients_rank_by_their_size_and_have_signs() {
    let gold = "source\ttarget\tsign\nA\tB\t-\nB\tC\t+\n";
    for name in ["rho", "pearson_r", "beta", "coefficient", "t", "lasso_coef"] {
        let list =
            format!("source\ttarget\t{name}\nA\tB\t-0.9\nB\tC\t0.8\nA\tC\t0.1\nC\tA\t-0.05\n");
        let (aupr, _, signs) = numbers(score(&list, gold, &[]));
        assert_eq!((aupr, signs), (1.0, Some(1.0)), "{name}");
    }
    // a low score is not a repression
    for name in ["score", "r2", "log_likelihood"] {
        let list = format!("source\ttarget\t{name}\nA\tB\t0.9\nB\tC\t0.8\nA\tC\t-2\nC\tA\t-3\n");
        assert_eq!(numbers(score(&list, gold, &[])).0, 1.0, "{name}");
    }
}
