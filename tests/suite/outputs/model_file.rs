//! The file of a model: every bit comes back, and what is no model is refused.

use std::fs;
use std::path::Path;

use cistron::expression::{LevelTransform, Scale, Stored};
use cistron::field::{Component, Fitted, SparseField, Unit, VectorField};
use cistron::genes::{Gene, Genes};
use cistron::io::read_model;
use proptest::prelude::*;

use crate::outputs::run_files::{GOLDEN, fitted, model_text};

/// All that a model holds, numbers as bits: `-0` is not 0 here.
fn all_bits(model: &Fitted) -> (Vec<String>, Vec<u64>) {
    let (mut names, mut numbers) = bits(&model.field);
    let times = [model.times.0, model.times.1];
    numbers.extend(model.reference.iter().chain(&times).map(|x| x.to_bits()));
    for member in &model.members {
        let (more_names, more_numbers) = bits(member);
        names.extend(more_names);
        numbers.extend(more_numbers);
    }
    (names, numbers)
}

/// The same of a field.
fn bits(field: &SparseField) -> (Vec<String>, Vec<u64>) {
    let mut names = field.genes().names().to_vec();
    names.extend_from_slice(field.covariates());
    names.push(field.scale().name().to_owned());
    let mut numbers = Vec::new();
    for gene in field.genes().iter() {
        let c = field.component(gene);
        numbers.extend([c.regulators.len() as u64, c.units.len() as u64]);
        numbers.extend(c.regulators.iter().map(|g| g.index() as u64));
        numbers.extend([c.intercept, c.decay].map(f64::to_bits));
        numbers.extend(c.covariates.iter().map(|x| x.to_bits()));
        for unit in &c.units {
            numbers.extend([unit.range, unit.bias].map(f64::to_bits));
            numbers.extend(unit.weights.iter().map(|x| x.to_bits()));
        }
    }
    (names, numbers)
}

fn any_finite() -> impl Strategy<Value = f64> {
    use proptest::num::f64::{NEGATIVE, NORMAL, POSITIVE, SUBNORMAL, ZERO};
    POSITIVE | NEGATIVE | NORMAL | SUBNORMAL | ZERO
}

fn any_size() -> impl Strategy<Value = f64> {
    any_finite().prop_map(f64::abs)
}

fn any_component(genes: usize) -> impl Strategy<Value = Component> {
    let regulators =
        proptest::sample::subsequence((0..genes).map(Gene).collect::<Vec<_>>(), 0..=genes);
    regulators.prop_flat_map(|regulators| {
        let weights = proptest::collection::vec(any_finite(), regulators.len());
        let unit = (any_size(), any_finite(), weights).prop_map(|(range, bias, weights)| Unit {
            range,
            bias,
            weights,
        });
        let units = proptest::collection::vec(unit, 0..4);
        let rest = (any_finite(), any_size(), [any_finite(), any_finite()]);
        (units, rest).prop_map(move |(units, (intercept, decay, influences))| Component {
            regulators: regulators.clone(),
            units,
            intercept,
            decay,
            covariates: influences.to_vec(),
        })
    })
}

fn any_field() -> impl Strategy<Value = SparseField> {
    let names = proptest::collection::hash_set("(?s).{1,5}", 1..6);
    let log = Scale::of(Stored::Log2, LevelTransform::Log(0.3), 0.25);
    let scale = prop_oneof![
        Just(Scale::SQRT),
        Just(Scale::LOG1P),
        Just(Scale::IDENTITY),
        Just(log)
    ];
    (names, scale).prop_flat_map(|(names, scale)| {
        let components = proptest::collection::vec(any_component(names.len()), names.len());
        components.prop_map(move |components| {
            let genes = Genes::new(names.iter().cloned()).expect("distinct");
            let influences = vec!["heat".to_owned(), "\"\n".to_owned()];
            SparseField::new(genes, scale, influences, components).expect("sound")
        })
    })
}

fn any_model() -> impl Strategy<Value = Fitted> {
    (any_field(), any_finite(), any_size(), 0..3_usize).prop_map(|(field, level, time, members)| {
        let reference = vec![level; field.genes().len()];
        Fitted::new(field.clone(), reference, (-time, time)).with_members(vec![field; members])
    })
}

proptest! {
    #[test]
    fn a_model_loads_back_to_the_same_bits(model in any_model()) {
        let back = read_model(model_text(&model).as_slice(), "model.json").expect("our own file");
        prop_assert_eq!(all_bits(&back), all_bits(&model));
    }

    #[test]
    fn no_change_of_a_model_file_makes_the_reader_panic(at in any::<usize>(), byte in any::<u8>()) {
        let mut text = model_text(&fitted());
        let at = at % text.len();
        text[at] = byte;
        if let Ok(model) = read_model(text.as_slice(), "model.json") {
            prop_assert!(model.check().is_ok());
        }
    }
}

#[test]
fn the_second_version_is_read_where_it_says_the_scale_and_the_first_lacks_what_a_simulation_needs()
{
    let file = |name: &str| fs::read(Path::new(GOLDEN).join(name)).expect("a golden file");
    for name in ["model.json", "model_version_2.json"] {
        let back = read_model(file(name).as_slice(), "model.json").expect("a root");
        assert_eq!(all_bits(&back), all_bits(&fitted()));
    }
    let text = String::from_utf8(file("model_version_2.json")).expect("text");
    let unsaid = text.replace("\"scale\": \"sqrt\"", "\"scale\": \"identity\"");
    assert_ne!(unsaid, text);
    let error = read_model(unsaid.as_bytes(), "model.json").expect_err("levels or logarithms");
    let said = error.to_string();
    assert!(
        said.contains("does not say whether levels are logarithms"),
        "{said}"
    );
    let old = read_model(file("model_version_1.json").as_slice(), "model.json");
    assert_eq!(
        old.expect_err("version 1").to_string(),
        "model.json: found version 1 of the format, written by cistron 0.1.0, expected version \
         3; run `cistron infer` on the data again"
    );
}

#[test]
fn a_model_cut_off_anywhere_is_an_error() {
    let text = model_text(&fitted());
    // without the last line end it is whole
    for end in 0..text.len() - 1 {
        let error = read_model(&text[..end], "model.json").expect_err("cut off");
        let said = error.to_string();
        assert!(
            said.starts_with("model.json, row "),
            "cut after {end}: {said}"
        );
        assert!(
            said.ends_with("give the complete `model.json` of a run"),
            "{said}"
        );
    }
}

fn refusal(text: &str) -> String {
    let error = read_model(text.as_bytes(), "model.json").expect_err("no model");
    error.to_string()
}

#[test]
fn what_is_no_model_is_refused_with_what_to_do() {
    assert_eq!(
        refusal("source\ttarget\n"),
        "model.json, row 1, column 1: this is not JSON (expected value); \
         give the complete `model.json` of a run"
    );
    let expected = "expected an object with \"format\": \"cistron-model\"; \
                    give the `model.json` of a run";
    for (text, found) in [
        ("{\"genes\": []}", "JSON without a format"),
        ("[1, 2, 3]", "JSON of another shape"),
        ("7", "JSON of another shape"),
        (
            "{\"format\": \"cistron-metrics\", \"version\": 1}",
            "\"format\": \"cistron-metrics\"",
        ),
        (
            "{\"format\": \"cistron-model\"}",
            "\"format\": \"cistron-model\" without a version",
        ),
    ] {
        assert_eq!(
            refusal(text),
            format!("model.json: found {found}, {expected}")
        );
    }
    assert_eq!(
        refusal("{\"format\": \"cistron-model\", \"version\": 4, \"cistron\": \"3.1.0\"}"),
        "model.json: found version 4 of the format, written by cistron 3.1.0, expected version \
         3; update cistron"
    );
}

#[test]
fn a_damaged_model_is_refused_by_its_place_or_its_gene() {
    let text = String::from_utf8(model_text(&fitted())).expect("text");
    let change = |from: &str, to: &str| {
        assert!(text.contains(from), "{from}");
        refusal(&text.replacen(from, to, 1))
    };
    assert_eq!(
        change("\"decay\":5e-324", "\"decay\":null"),
        "model.json, row 14, column 228: the model is damaged (invalid type: null, expected \
         f64); take another copy or fit it again"
    );
    assert!(
        change("\"genes\": [\"lacI\"", "\"genes\": [\"#1\"").contains("gene `#1` occurs twice")
    );
    assert!(
        change("\"transform\":\"sqrt\"", "\"transform\":\"cbrt\"")
            .contains("unknown variant `cbrt`")
    );
    assert_eq!(
        change("\"target\":\"lacI\"", "\"target\":\"lacZ\""),
        "model.json: component 1 of the model is damaged (found target `lacZ`, expected `lacI`); \
         take another copy or fit it again"
    );
    assert!(
        change("\"regulators\":[\"lacI\"]", "\"regulators\":[\"crp\"]").contains(
            "component 2 of the model is damaged (regulator `crp` is not among the genes)"
        )
    );
    assert_eq!(
        change("\"decay\":5e-324", "\"decay\":-1"),
        "model.json: the model's component of `lacI` is damaged (the decay is not a number of 0 \
         or more); fit the model again"
    );
    assert!(change("\"range\":4.0", "\"range\":-4.0").contains("a range is below 0"));
    assert!(change(",2.5]", "]").contains("2 wild-type levels for 3 genes; it is damaged"));
    assert!(change("\"times\": [-1.0", "\"times\": [9.0").contains("from a first to a last"));
    let members = text.find("\"members\"").expect("there");
    let (front, back) = text.split_at(members);
    let back = back.replacen("\"target\":\"lacI\"", "\"target\":\"lacZ\"", 1);
    assert!(refusal(&(front.to_owned() + &back)).contains("component 1 of member 1 is damaged"));
    assert_eq!(
        change("\"genes\": [\"lacI\",", "\"genes\": [\"lacI\",\"x\","),
        "model.json: component 2 of the model is damaged (found target `#1`, expected `x`); \
         take another copy or fit it again"
    );
}
