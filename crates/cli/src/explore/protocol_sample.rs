//! What the program and the page of `explore` send each other, as a sample that both sides check.

use cistron::expression::{Scale, State, States};
use cistron::field::{Component, Fitted, SparseField, Unit};
use cistron::genes::{Gene, Genes};
use cistron::perturb::Stop;
use serde_json::{Value, json};

use super::live::Live;
use super::live_page::model_description;
use super::query_json::QueryJson;
use super::reply::Reply;
use super::token::Token;
use crate::query::Starts;

/// `a → b → c`, linear, and `d` apart from them; production and decay are 1.
fn chain(weight: f64) -> SparseField {
    let component = |regulators: &[Gene]| Component {
        regulators: regulators.to_vec(),
        units: vec![Unit {
            range: 1e6,
            bias: 0.0,
            weights: vec![weight; regulators.len()],
        }],
        intercept: 1.0,
        decay: 1.0,
        covariates: Vec::new(),
    };
    let into: [&[Gene]; 4] = [&[], &[Gene(0)], &[Gene(1)], &[]];
    let genes = Genes::new(["a", "b", "c", "d"]).expect("distinct");
    let components = into.map(component).to_vec();
    SparseField::new(genes, Scale::IDENTITY, Vec::new(), components).expect("sound")
}

fn model() -> Fitted {
    let members = [0.75, 1.25].map(chain).to_vec();
    Fitted::new(chain(1.0), vec![1.0, 2.0, 3.0, 1.0], (0.0, 10.0)).with_members(members)
}

fn states() -> States {
    States {
        genes: Genes::new(["a", "b", "c", "d"]).expect("distinct"),
        states: vec![State {
            name: "one@2.5".to_owned(),
            group: "one".to_owned(),
            condition: "heat".to_owned(),
            levels: vec![2.0, 2.0, 2.0, 2.0],
        }],
    }
}

/// Every field that the page may send.
fn course() -> Value {
    json!({
        "interventions": [
            { "gene": "a", "kind": "ko" },
            { "gene": "d", "kind": "oe", "level": 2.0, "from": 1.0, "to": 2.0 },
        ],
        "start": "one@2.5",
        "until": 4.0,
        "points": 3,
        "genes": ["b"],
        "top": 2,
        "bands": true,
    })
}

fn steady() -> Value {
    json!({
        "interventions": [{ "gene": "a", "kind": "ko" }],
        "start": "wild-type",
        "until": null,
    })
}

/// The reply of the model, which took no time.
fn reply(live: &Live, query: &Value) -> Value {
    let read = QueryJson::read(query.to_string().as_bytes()).expect("a query");
    let query = read.resolve(live).expect("of the model");
    let reply = Reply::to(live, &query, &Stop::default()).expect("steady states");
    let mut reply = serde_json::to_value(reply).expect("JSON");
    reply["seconds"] = json!(0.0);
    rounded(&reply)
}

/// With numbers of four decimals: other processors round the last digits otherwise.
fn rounded(value: &Value) -> Value {
    match value {
        // adding zero takes the sign of a negative one
        Value::Number(number) if number.is_f64() => {
            json!((number.as_f64().expect("checked") * 1e4).round() / 1e4 + 0.0)
        }
        Value::Array(items) => items.iter().map(rounded).collect(),
        Value::Object(fields) => {
            let fields = fields.iter();
            fields
                .map(|(name, field)| (name.clone(), rounded(field)))
                .collect()
        }
        other => other.clone(),
    }
}

/// The page's app is checked against the same file: where a field changed on purpose, change
/// `web/src/live/protocol.ts` too and copy the file that the message names.
#[test]
fn queries_and_replies_are_the_sample_that_the_app_is_checked_with() {
    let token = Token::draw().expect("random numbers");
    let mut description = model_description(&model(), &states(), &token);
    description["token"] = json!("another one for each server");
    let (states, file) = (states(), "states.tsv".to_owned());
    let live = Live::new(model(), Starts { states, file });
    let sample = json!({
        "model": description,
        "course": { "query": course(), "reply": reply(&live, &course()) },
        "steady": { "query": steady(), "reply": reply(&live, &steady()) },
    });
    let made = serde_json::to_string_pretty(&sample).expect("JSON");
    let kept = include_str!("../../../report/web/tests/live_sample.json");
    if made.trim() != kept.trim() {
        let copy = std::env::temp_dir().join("live_sample.json");
        std::fs::write(&copy, format!("{made}\n")).expect("a folder for files");
        panic!("the protocol changed; its sample is now {}", copy.display());
    }
}
