//! Labels of mutants as people write them.

use super::perturbation_label::{Act, LabelledGene, names_in_label, read_label};
use crate::genes::Genes;

fn genes() -> Genes {
    Genes::new(["TP53", "MYC", "GATA1", "lexA", "GCN4", "NKX2", "SHH", "KO"]).expect("distinct")
}

fn read(label: &str) -> Vec<(String, Option<Act>)> {
    let genes = genes();
    let found = read_label(label, &genes).unwrap_or_else(|part| panic!("{label}: {part}"));
    let name = |one: LabelledGene| (genes.name(one.gene).to_owned(), one.act);
    found.into_iter().map(name).collect()
}

fn one(name: &str, act: Option<Act>) -> Vec<(String, Option<Act>)> {
    vec![(name.to_owned(), act)]
}

#[test]
fn a_knockout_has_many_spellings() {
    for label in [
        "TP53_KO",
        "TP53-KO",
        "TP53 ko",
        "KO_TP53",
        "KO-TP53",
        "KO TP53",
        "TP53KO",
        "koTP53",
        "ΔTP53",
        "∆TP53",
        "TP53Δ",
        "TP53-",
        "TP53−",
        "TP53_del",
        "del_TP53",
        "delta-TP53",
        "TP53(-/-)",
        "TP53-/-",
        "TP53 −/−",
        "TP53_null",
        "TP53 (KO)",
        "TP53_knockout",
        "knockout_TP53",
        "TP53 knock-out",
        "TP53::kan",
        "tp53Δ",
        "TP53_KO_rep2",
        "TP53_KO-1",
        "TP53_KO.1",
        "TP53_KO_clone3",
        "CRISPR_KO_TP53",
        "TP53_KO+ctrl",
        "dTP53",
        "delTP53",
        "GSM1_TP53_KO",
        "W303 tp53::KanMX",
        "MG1655 ΔTP53",
        "BY4741 tp53Δ",
        "ΔTP53 (MG1655)",
        "TP53_KO_vs_WT",
    ] {
        assert_eq!(read(label), one("TP53", Some(Act::Knockout)), "{label}");
    }
    assert_eq!(read("gcn4Δ"), one("GCN4", Some(Act::Knockout)));
    assert_eq!(read("ΔlexA"), one("lexA", Some(Act::Knockout)));
}

#[test]
fn knockdowns_overexpression_and_guides_are_told_apart() {
    for label in [
        "siTP53",
        "shTP53",
        "si-TP53",
        "shTP53_2",
        "TP53_KD",
        "TP53 RNAi",
        "CRISPRi_TP53",
        "TP53(+/-)",
        "TP53_siRNA",
        "TP53 kd",
        "TP53i",
        "siTP53-2",
        "TP53_degron",
        "TP53(RNAi)",
        "TP53 MO",
    ] {
        assert_eq!(read(label), one("TP53", Some(Act::Knockdown)), "{label}");
    }
    for label in [
        "TP53_OE",
        "OE-TP53",
        "TP53 overexpression",
        "TP53oe",
        "CRISPRa-TP53",
    ] {
        assert_eq!(
            read(label),
            one("TP53", Some(Act::Overexpression)),
            "{label}"
        );
    }
    for label in [
        "sgTP53",
        "sgTP53_1",
        "sg-TP53",
        "TP53_sg2",
        "TP53",
        "TP53.1",
        "TP53+ctrl",
        "sgTP53-1",
        "TP53_vs_WT",
        "CRISPR-TP53",
    ] {
        assert_eq!(read(label), one("TP53", None), "{label}");
    }
}

#[test]
fn samples_in_which_nothing_was_changed_have_many_names() {
    for label in [
        "",
        "WT",
        "wt_1",
        "WT-rep2",
        "Wild type",
        "wild_type",
        "wild-type",
        "control",
        "CTRL",
        "ctrl.3",
        "Control 2",
        "none",
        "-",
        "NA",
        "mock",
        "NT",
        "NTC",
        "non-targeting",
        "non-targeting_00012",
        "nontargeting",
        "Non_Targeting",
        "siCtrl",
        "shScr",
        "sgNT",
        "sgControl",
        "siNC",
        "shLuc",
        "sgGFP",
        "scramble",
        "scrambled",
        "NegCtrl0",
        "untreated",
        "empty vector",
        "EV",
        "ctrl+ctrl",
        "AAVS1",
        "sgAAVS1",
        "TP53+/+",
        "WT_a",
        "DMSO",
        "CRISPR-NTC",
        "KO_none",
        "ctrl MO",
        "GFP RNAi",
        "control(RNAi)",
        "WT_vs_WT",
        "GSM0_WT",
        "BY4741",
        "W303",
        "MG1655",
        "N2",
        "C57BL/6",
    ] {
        assert_eq!(read(label), [], "{label}");
    }
}

#[test]
fn several_genes_are_joined_in_many_ways() {
    let both = [("TP53".to_owned(), None), ("MYC".to_owned(), None)];
    for label in [
        "TP53+MYC",
        "TP53;MYC",
        "TP53 + MYC",
        "TP53,MYC",
        "TP53|MYC",
        "TP53_MYC",
        "TP53/MYC",
    ] {
        assert_eq!(read(label), both, "{label}");
    }
    let out = read("TP53-/-;MYC_KO");
    assert!(out.iter().all(|one| one.1 == Some(Act::Knockout)) && out.len() == 2);
}

#[test]
fn names_of_genes_win_and_what_is_doubtful_is_no_label() {
    assert_eq!(read("SHH"), one("SHH", None));
    assert_eq!(read("KO"), one("KO", None));
    assert_eq!(read("shSHH"), one("SHH", Some(Act::Knockdown)));
    let genes = genes();
    for (label, wrong) in [
        ("XYZ_KO", "XYZ_KO"),
        ("TP53+XYZ", "XYZ"),
        ("TP53+", "TP53+"),
        ("NKX2-5", "NKX2-5"),
        ("NKX2-5_KO", "NKX2-5_KO"),
        ("myc", "myc"),
        ("TP53_KO_OE", "TP53_KO_OE"),
        ("TP53fl/fl", "TP53fl/fl"),
        ("WT_null", "WT_null"),
        ("TP53_vs_XYZ", "TP53_vs_XYZ"),
        ("dtp53", "dtp53"),
        ("MYCI", "MYCI"),
    ] {
        assert_eq!(read_label(label, &genes), Err(wrong), "{label}");
    }
    let short = Genes::new(["dMYC", "MYC", "N2", "GFP"]).expect("distinct");
    for label in ["dMYC", "N2", "GFP"] {
        let found = read_label(label, &short).map(|found| found[0]);
        assert_eq!(
            found.map(|one| (short.name(one.gene), one.act)),
            Ok((label, None))
        );
    }
    let wild = Genes::new(["WT1", "A"]).expect("distinct");
    assert_eq!(read_label("WT1", &wild).map(|found| found.len()), Ok(1));
    assert_eq!(names_in_label("XYZ_KO+TP53", &genes), ["XYZ", "TP53"]);
    assert_eq!(names_in_label("ctrl", &genes), [""; 0]);
}
