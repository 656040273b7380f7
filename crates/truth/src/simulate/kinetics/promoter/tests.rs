//! Promoters against truth tables, differences and signs by hand.

use super::*;
use approx::assert_relative_eq;

fn site(regulator: usize) -> Site {
    Site {
        regulator: Gene(regulator),
        k: 2.0,
        n: 3.0,
    }
}

fn bound(regulator: usize) -> Rule {
    Rule::Site(site(regulator))
}

fn not(rule: Rule) -> Rule {
    Rule::Not(Box::new(rule))
}

fn exclusive_or() -> Rule {
    Rule::Any(vec![
        Rule::All(vec![bound(0), not(bound(1))]),
        Rule::All(vec![not(bound(0)), bound(1)]),
    ])
}

fn rules() -> Vec<Rule> {
    let repressors = vec![site(1), site(2)];
    let activators = vec![site(0)];
    vec![
        bound(0),
        Rule::Any(vec![Rule::All(vec![bound(0), bound(1)]), not(bound(2))]),
        exclusive_or(),
        Rule::Together(vec![site(0), site(1)]),
        Rule::Competing {
            activators,
            repressors: repressors.clone(),
        },
        Rule::Competing {
            activators: vec![],
            repressors,
        },
        Rule::Mix(vec![(0.6, exclusive_or()), (0.3, bound(2))]),
    ]
}

#[test]
fn at_k_a_site_is_occupied_half_of_the_time() {
    let promoter = Promoter::new(&bound(0));
    assert_relative_eq!(promoter.activation(|_| 2.0), 0.5);
    assert_relative_eq!(promoter.activation(|_| 0.0), 0.0);
    assert_relative_eq!(promoter.activation(|_| f64::INFINITY), 1.0);
}

#[test]
fn rules_form_their_truth_tables_where_regulators_are_high_or_absent() {
    let truth: [fn([bool; 3]) -> f64; 7] = [
        |[a, _, _]| f64::from(a),
        |[a, b, c]| f64::from((a && b) || !c),
        |[a, b, _]| f64::from(a != b),
        |[a, b, _]| f64::from(a && b),
        // equal weights share the place equally
        |[a, b, c]| f64::from(a) / (f64::from(a) + f64::from(b) + f64::from(c)).max(1.0),
        |[_, b, c]| f64::from(!b && !c),
        |[a, b, c]| 0.6 * f64::from(a != b) + 0.3 * f64::from(c),
    ];
    for (rule, truth) in rules().iter().zip(truth) {
        for case in 0..8_u8 {
            let high = [0, 1, 2].map(|gene| case >> gene & 1 == 1);
            let levels = high.map(|high| if high { 1e6 } else { 0.0 });
            let active = Promoter::new(rule).activation(|gene| levels[gene.index()]);
            assert_relative_eq!(active, truth(high), epsilon = 1e-9);
        }
    }
}

#[test]
fn a_site_named_twice_is_one_site() {
    let twice = Promoter::new(&Rule::All(vec![bound(0), bound(0)]));
    let once = Promoter::new(&bound(0));
    let never = Promoter::new(&Rule::All(vec![bound(0), not(bound(0))]));
    for x in [0.3, 2.0, 5.0] {
        assert_relative_eq!(twice.activation(|_| x), once.activation(|_| x));
        assert_relative_eq!(never.activation(|_| x), 0.0);
    }
}

#[test]
fn slopes_agree_with_differences() {
    for rule in rules() {
        let promoter = Promoter::new(&rule);
        for by in 0..3 {
            let (levels, h) = ([1.5, 2.5, 0.7], 1e-6);
            let [up, down] = [h, -h].map(|shift| {
                let mut moved = levels;
                moved[by] += shift;
                promoter.activation(|gene| moved[gene.index()])
            });
            let slope = promoter.slope(|gene| levels[gene.index()], Gene(by));
            let difference = (up - down) / (2.0 * h);
            assert!((slope - difference).abs() < 1e-8, "{rule:?} by {by}");
        }
    }
}

fn signs(rule: &Rule) -> Vec<Sign> {
    let regulators = Promoter::new(rule).regulators;
    regulators.into_iter().map(|(_, sign)| sign).collect()
}

#[test]
fn signs_follow_from_the_rule() {
    use Sign::{Activation as Up, Repression as Down, Unknown as Both};
    let expected = [
        vec![Up],
        vec![Up, Up, Down],
        vec![Both, Both],
        vec![Up, Up],
        vec![Up, Down, Down],
        vec![Down, Down],
        vec![Both, Both, Up],
    ];
    for (rule, expected) in rules().iter().zip(expected) {
        assert_eq!(signs(rule), expected, "{rule:?}");
    }
    assert_eq!(signs(&not(Rule::Together(vec![site(0)]))), [Down]);
}

#[test]
fn a_regulator_that_cancels_is_none() {
    let rule = Rule::Any(vec![
        Rule::All(vec![bound(0), bound(1)]),
        Rule::All(vec![bound(0), not(bound(1))]),
    ]);
    let promoter = Promoter::new(&rule);
    assert_eq!(promoter.regulators(), [(Gene(0), Sign::Activation)]);
}
