//! Pictures hold what the results hold.

use super::*;
use cistron::forecast::{Forecast, ForecastErrors, ForecastSkill, Predicted};
use cistron_truth::benchmark::{Calibration, Row, RowScores};

fn row(method: &str, genes: usize, aupr: f64) -> Row {
    let error = ForecastErrors {
        no_change: 1.2,
        mean_of_others: 1.1,
        linear: 1.0,
        model: 0.9,
    };
    let forecast = Forecast {
        whole: Predicted {
            series: 10,
            genes,
            points: 200,
            error,
            skill: ForecastSkill {
                mean_of_others: 0.1,
                linear: 0.2,
                model: 0.3,
            },
        },
        after_change: None,
    };
    let calibration = |rank: usize| Calibration {
        rank,
        expected: 0.5 * rank as f64,
        found: rank / 3,
    };
    let own = method == "cistron";
    Row {
        suite: "a & b".to_owned(),
        case: format!("net{genes}"),
        replicate: 1,
        method: method.to_owned(),
        seed: 1,
        genes,
        samples: 100,
        edges: 20,
        scores: Some(RowScores {
            aupr,
            aupr_ratio: 2.0,
            auroc: 0.7,
            epr: 2.0,
            sign_accuracy: None,
            known: None,
        }),
        forecast: own.then_some(forecast),
        calibration: if own {
            [1, 10, 50].map(calibration).to_vec()
        } else {
            Vec::new()
        },
        seconds: 0.1 * genes as f64,
        forecast_seconds: None,
        peak_bytes: Some((genes as u64) << 20),
        failure: None,
    }
}

fn rows() -> Vec<Row> {
    let methods = ["cistron", "correlation", "floor (random)"];
    let sizes = [10, 100].into_iter();
    sizes
        .flat_map(|genes| methods.map(|method| row(method, genes, 0.3)))
        .collect()
}

fn files(by_size: bool) -> Vec<Picture> {
    pictures(&Results::new(rows(), by_size, Vec::new()))
}

#[test]
fn every_kind_of_result_has_its_picture() {
    let names = |by_size| -> Vec<String> {
        files(by_size)
            .into_iter()
            .map(|picture| picture.file)
            .collect()
    };
    assert_eq!(
        names(false),
        ["aupr.svg", "false_edges.svg", "forecasts.svg"]
    );
    assert_eq!(
        names(true),
        ["false_edges.svg", "size.svg", "forecasts.svg"]
    );
    assert_eq!(pictures(&Results::new(Vec::new(), true, Vec::new())), []);
}

#[test]
fn texts_are_texts_and_well_formed() {
    for picture in files(false).into_iter().chain(files(true)) {
        let svg = picture.svg();
        let mut reader = quick_xml::Reader::from_str(&svg);
        let mut texts = String::new();
        loop {
            match reader.read_event().expect("well-formed") {
                quick_xml::events::Event::Eof => break,
                quick_xml::events::Event::Text(text) => texts += &text,
                _ => {}
            }
        }
        assert!(
            texts.contains("network") || texts.contains("genes"),
            "{texts}"
        );
        assert!(!svg.contains("NaN"));
        assert!(svg.contains("<title>a &amp; b: ") && svg.contains("</desc>"));
        assert!(!picture.description.is_empty());
        picture.png().expect("it can be painted");
    }
}

#[test]
fn the_same_results_give_the_same_bytes() {
    assert_eq!(files(true), files(true));
}
