//! Regulation that is not linear: the fitted field finds the edges and the shape.

use cistron::discovery::{Discovery, Settings, discover};
use cistron::expression::Measured;
use cistron::fit::{FitSettings, Watch};
use cistron::genes::Gene;
use cistron::numeric::mean;
use cistron::prior::Prior;
use cistron::seed::Seed;
use cistron::simulate::{LogicCase, LogicData, LogicSettings};

fn found(data: &LogicData, bends: bool) -> Discovery {
    let settings = Settings {
        fit: FitSettings {
            bends,
            ..FitSettings::default()
        },
        ..Settings::default()
    };
    let measured = Measured::Series(data.expression.clone());
    discover(&measured, &Prior::default(), &settings, Watch::default()).expect("sound data")
}

/// The true regulators, in the order of the response's inputs.
fn regulators(data: &LogicData) -> impl Iterator<Item = Gene> + '_ {
    let genes = data.expression.genes();
    data.case
        .regulators()
        .iter()
        .map(|name| genes.find(name).expect("it is simulated"))
}

/// Rank of the edge into gene 0 from the given source among all edges into gene 0.
fn rank_into_target(found: &Discovery, source: Gene) -> usize {
    let into = found
        .network
        .edges()
        .iter()
        .filter(|edge| edge.target == Gene(0));
    1 + into.take_while(|edge| edge.source != source).count()
}

/// R² of the fitted response against the true one over the samples, up to an offset.
fn response_r_squared(data: &LogicData, found: &Discovery) -> f64 {
    let component = found.field.component(Gene(0));
    let scale = found.field.scale();
    let (mut truth, mut fitted) = (Vec::new(), Vec::new());
    for series in data.expression.series() {
        for n in 0..series.len() {
            let x: Vec<f64> = (0..found.genes().len())
                .map(|j| scale.forward(series.values()[(n, j)]))
                .collect();
            let inputs: Vec<f64> = regulators(data).map(|gene| x[gene.index()]).collect();
            truth.push(data.case.response(&inputs));
            fitted.push(component.drive(&x));
        }
    }
    let (a, b) = (mean(&truth), mean(&fitted));
    let error: f64 = truth
        .iter()
        .zip(&fitted)
        .map(|(t, f)| (t - a - f + b).powi(2))
        .sum();
    let total: f64 = truth.iter().map(|t| (t - a).powi(2)).sum();
    1.0 - error / total
}

#[test]
fn look() {
    for case in [LogicCase::Hump, LogicCase::And] {
        for seed in 1..6 {
            let data = case.simulate(&LogicSettings::default(), Seed(seed));
            for bends in [false, true] {
                let found = found(&data, bends);
                let ranks: Vec<usize> = regulators(&data)
                    .map(|g| rank_into_target(&found, g))
                    .collect();
                let m = &found.nodes[0];
                println!(
                    "{case:?} seed {seed} bends {bends}: ranks {ranks:?} shape R² {:.3} held-out {:.3} linear {:.3} bent {}",
                    response_r_squared(&data, &found),
                    m.r_squared,
                    m.r_squared_linear,
                    m.bent
                );
            }
        }
    }
}
