//! Pages of runs that were put together by hand.

use super::sample::{NASTY, curve, picture, run};
use super::*;
use cistron::forecast::{Forecast, ForecastErrors, ForecastSkill, Predicted};
use cistron::io::GroupInfluence;
use cistron::network::Network;
use cistron::penalty::PenaltyKind;

fn html(run: &Run, explorer: Option<Explorer>) -> String {
    let pictures = [picture("network.svg"), picture("fits.svg")];
    let page = Page {
        run,
        pictures: &pictures,
        live: None,
        interactive: true,
    };
    let mut out = Vec::new();
    page.with(explorer, &mut out)
        .expect("a buffer takes everything");
    String::from_utf8(out).expect("text")
}

/// An app that does nothing.
const APP: Explorer = Explorer {
    script: "void 0",
    style: ".x{}",
    policy: "'sha256-x'",
};

/// The payload of a page, read back.
fn payload(html: &str) -> Value {
    let start = "<script type=\"application/json\" id=\"cistron-data\">";
    let (_, rest) = html.split_once(start).expect("the data");
    let (json, _) = rest.split_once("</script>").expect("their end");
    serde_json::from_str(json).expect("JSON")
}

/// A run in which every field of the payload has a value, and each that may be `null` has one
/// where it is.
fn small() -> Run {
    let mut small = run(&["G1", "G2", "G3"], 4);
    for curve in &mut small.curves {
        curve.times.truncate(4);
        for levels in [&mut curve.observed, &mut curve.fitted] {
            levels.truncate(4, 3);
        }
        if let Some(levels) = &mut curve.forecast {
            levels.truncate(4, 3);
        }
    }
    small
}

/// The page's app is checked against the same file: where a field changed on purpose, change
/// `web/src/payload.ts` too and copy the file that the message names.
#[test]
fn the_payload_of_a_small_run_is_the_sample_that_the_app_is_checked_with() {
    let run = small();
    let made = serde_json::to_string_pretty(&Payload::new(&run, None)).expect("JSON");
    let sample = include_str!("../../web/tests/payload_sample.json");
    if made.trim() != sample.trim() {
        let copy = std::env::temp_dir().join("payload_sample.json");
        std::fs::write(&copy, format!("{made}\n")).expect("a folder for files");
        panic!("the payload changed; it is now {}", copy.display());
    }
}

fn hundred() -> Run {
    let names: Vec<String> = (1..=100).map(|k| format!("G{k}")).collect();
    run(&names.iter().map(String::as_str).collect::<Vec<_>>(), 2_500)
}

#[test]
fn the_data_of_the_page_are_those_of_the_run() {
    let run = hundred();
    let data = payload(&html(&run, Some(APP)));
    assert_eq!(data["genes"]["name"][99], "G100");
    assert_eq!(data["ranked"], 2_500);
    assert_eq!(
        data["edges"]["source"].as_array().map(Vec::len),
        Some(2_000)
    );
    assert_eq!(data["edges"]["sign"].as_str().map(str::len), Some(2_000));
    let edge = &run.network.edges()[7];
    assert_eq!(data["edges"]["target"][7], edge.target.index());
    let weight = data["edges"]["weight"][7].as_f64().expect("a number");
    assert!(
        (weight - edge.weight).abs() <= 1e-5 * edge.weight,
        "{weight}"
    );
    // the gene whose R² is not a number, and the value that was not measured
    assert_eq!(data["genes"]["rSquared"][0], Value::Null);
    assert_eq!(data["curves"]["series"][0]["observed"][0][3], Value::Null);
    assert_eq!(data["curves"]["series"][1]["forecast"], Value::Null);
    assert_eq!(data["groups"]["names"], serde_json::json!(["one", "two"]));
    assert_eq!(data["groups"]["rows"].as_array().map(Vec::len), Some(10));
    assert!(data.get("explore").is_none(), "a report has no live model");
}

#[test]
fn positions_are_distinct_and_courses_stay_within_their_room() {
    let data = payload(&html(&hundred(), Some(APP)));
    let numbers = |axis: &str| data["genes"][axis].as_array().expect("numbers").clone();
    let mut positions: Vec<String> = (numbers("x").iter().zip(&numbers("y")))
        .map(|(x, y)| format!("{x} {y}"))
        .collect();
    positions.sort();
    positions.dedup();
    assert_eq!(positions.len(), 100);

    let mut long = hundred();
    long.curves = (0..80).map(|_| curve("long", 100)).collect();
    let data = payload(&html(&long, Some(APP)));
    let genes = data["curves"]["genes"].as_array().expect("genes");
    assert!((10..100).contains(&genes.len()), "{}", genes.len());
    assert_eq!(genes[0], 0, "the genes of the best edges come first");
}

#[test]
fn effects_in_groups_stay_within_their_room_and_the_page_says_so() {
    let mut many = hundred();
    let edges = many.network.edges();
    many.groups = (0..300)
        .flat_map(|group| {
            edges.iter().map(move |edge| GroupInfluence {
                group: format!("series {group}"),
                source: edge.source,
                target: edge.target,
                influence: 1.0,
                effect: -0.001_234 * edge.weight,
            })
        })
        .collect();
    many.curves = (0..300).map(|_| curve("long", 100)).collect();
    let page = html(&many, Some(APP));
    let groups = &payload(&page)["groups"];
    let rows = groups["rows"].as_array().expect("rows");
    assert_eq!(groups["names"].as_array().map(Vec::len), Some(300));
    assert_eq!(rows.len(), 133);
    assert_eq!(rows[132]["edge"], 132, "the best edges come first");
    assert!(page.contains("for the top 133 of 2,000 edges; all of them are in groups.tsv"));
    // the built app has 700 kilobytes
    assert!(page.len() < 2_300_000, "{}", page.len());
    assert!(!html(&hundred(), Some(APP)).contains("groups.tsv"));
}

#[test]
fn series_of_which_no_gene_fits_are_left_out() {
    let mut long = hundred();
    long.curves = (0..5_000).map(|_| curve("long", 100)).collect();
    let curves = &payload(&html(&long, Some(APP)))["curves"];
    assert_eq!(*curves, serde_json::json!({"genes": [], "series": []}));
}

#[test]
fn what_can_be_scrolled_has_a_role_and_a_name() {
    let page = html(&hundred(), None);
    let stops: Vec<&str> = page.split("tabindex=\"0\"").skip(1).collect();
    assert_eq!(stops.len(), 4);
    for rest in stops {
        assert!(
            rest.starts_with(" role=\"region\" aria-label=\""),
            "{}",
            &rest[..60]
        );
        assert!(!rest.contains("aria-label=\"\""), "a name that is empty");
    }
}

#[test]
fn an_error_that_is_not_a_number_has_its_own_words() {
    let with = |model: f64, no_change: f64| {
        let mut run = hundred();
        let error = ForecastErrors {
            no_change,
            mean_of_others: no_change,
            linear: 1.0,
            model,
        };
        let (mean_of_others, linear, model) = (0.0, 0.0, 0.0);
        let whole = Predicted {
            series: 2,
            genes: 100,
            points: 40,
            error,
            skill: ForecastSkill {
                mean_of_others,
                linear,
                model,
            },
        };
        let after_change = None;
        run.metrics.forecast = Some(Forecast {
            whole,
            after_change,
        });
        html(&run, None)
    };
    for model in [f64::NAN, f64::INFINITY] {
        let page = with(model, 1.0);
        assert!(page.contains("is not a number, since") && !page.contains("NaN standard"));
        assert!(!page.contains("worse than the better"));
    }
    assert!(with(1.0, f64::NAN).contains("nothing to compare that with"));
    assert!(with(2.0, 1.0).contains("does not forecast series that it has not seen"));
}

#[test]
fn no_name_can_leave_its_place() {
    let mut run = run(&NASTY, 12);
    run.record.warnings = NASTY.map(str::to_owned).to_vec();
    run.record.notes = NASTY.map(str::to_owned).to_vec();
    run.record.inputs[0].path = NASTY[0].to_owned();
    run.record.transform = NASTY[1].to_owned();
    run.curves[0].series = NASTY[0].to_owned();
    for group in &mut run.groups {
        group.group = NASTY[0].to_owned();
    }
    let page = html(&run, Some(APP));
    assert_eq!(page.matches("</script").count(), 2, "data and app");
    assert_eq!(page.matches("<script").count(), 2, "data and app");
    assert_eq!(page.matches("<!--").count(), 0);
    assert!(!page.contains('\u{7}'), "a control character");
    assert_eq!(payload(&page)["genes"]["name"][0], NASTY[0]);
    let still = html(&run, None);
    assert_eq!(still.matches("<script").count(), 0);
}

#[test]
fn every_tag_of_the_static_page_is_closed() {
    for run in [
        hundred(),
        run(&NASTY, 12),
        run(&["G1"], 0),
        run(&["a", "b"], 0),
    ] {
        let page = html(&run, None);
        let (_, body) = page.split_once("</head>").expect("the head");
        let body = body.strip_suffix("</html>\n").expect("the end");
        // everything below the head is XML as well; the reader compares the names of the tags
        let mut reader = quick_xml::Reader::from_str(body);
        let mut depth = 0;
        loop {
            match reader.read_event().expect("well-formed") {
                quick_xml::events::Event::Start(_) => depth += 1,
                quick_xml::events::Event::End(_) => depth -= 1,
                quick_xml::events::Event::Eof => break,
                _ => {}
            }
        }
        assert_eq!(depth, 0);
    }
}

#[test]
fn the_same_run_gives_the_same_bytes() {
    let mut other = hundred();
    other.record.seconds = 99.0;
    assert_eq!(html(&hundred(), Some(APP)), html(&other, Some(APP)));
    assert_eq!(html(&hundred(), None), html(&other, None));
}

#[test]
fn a_page_has_no_id_twice() {
    let page = html(&hundred(), None);
    let ids = page
        .split(" id=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next());
    let mut ids: Vec<&str> = ids.collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert!(count > 5 && ids.len() == count, "{ids:?}");
}

#[test]
fn pictures_in_a_page_have_their_words_and_no_text_becomes_markup() {
    let page = html(&hundred(), None);
    assert_eq!(page.matches("<svg ").count(), 2);
    assert_eq!(page.matches("role=\"img\"").count(), 2);
    for text in [
        "What &lt;b&gt; shows.",
        "<title>a &amp; b</title><desc>What &lt;b&gt; shows.</desc>",
        "<g><title>&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;</title>",
        ">a &amp; b &lt; c &gt; d &quot; e &apos; f / g</text>",
    ] {
        assert!(page.contains(text), "{text}");
    }
    assert!(!page.contains("<script"));
}

#[test]
fn the_policy_lets_nothing_in_and_only_our_own_script_run() {
    let run = hundred();
    let live = serde_json::json!({"token": "</script>"});
    let page = Page {
        run: &run,
        pictures: &[],
        live: Some(&live),
        interactive: true,
    };
    let mut out = Vec::new();
    page.with(Some(APP), &mut out).expect("written");
    let text = String::from_utf8(out).expect("text");
    assert!(text.contains("script-src &apos;sha256-x&apos;; "));
    assert!(text.contains("connect-src &apos;self&apos;; "));
    assert_eq!(payload(&text)["explore"]["token"], "</script>");
    let report = html(&run, None);
    assert!(report.contains("script-src &apos;none&apos;; "));
    assert!(report.contains("connect-src &apos;none&apos;; "));
}

#[test]
fn the_summary_has_findings_confidence_and_caveats() {
    let page = html(&hundred(), None);
    for text in [
        "The data are 42 samples in 2 series of 100 genes; 2,500 candidate edges were ranked.",
        "Top edge: G1 activates G2, selected in 100 % of the half-samples.",
        "R² 0.35, the mean over 100 genes (linear model 0.30, decay alone 0.10, no change 0.00)",
        "fewer than three series",
        "Regulators that the data cannot tell apart: &lt;i&gt;a&lt;/i&gt;.",
        "Yuan &amp; Lin (2006)",
        "Shah &amp; Samworth (2013)",
        "SHA-256 00ff00ff",
    ] {
        assert!(page.contains(text), "{text}");
    }
    assert!(!page.contains("Carbonetto"), "there were no interventions");
    let mut nonlinear = hundred();
    nonlinear.record.settings.fit.penalty = PenaltyKind::Mcp;
    nonlinear.record.settings.fit.pairs = 0;
    let page = html(&nonlinear, None);
    assert!(page.contains("Zhang (2010)") && !page.contains("Yuan &amp; Lin"));
    assert!(!page.contains("Shah &amp; Samworth"));
}

#[test]
fn where_no_edge_stands_out_the_page_says_so_and_claims_nothing() {
    let mut uncertain = run(&["a", "b", "c", "d", "e", "f"], 30);
    let edges = uncertain.network.edges().iter().map(|edge| {
        let mut edge = edge.clone();
        edge.expected_false = 0.5 * edge.rank as f64;
        edge
    });
    let network = Network::from_edges(uncertain.genes().clone(), edges.collect());
    uncertain.network = network.expect("sound");
    let caution = uncertain.network.caution().expect("nothing stands out");
    let page = html(&uncertain, Some(APP));
    let banner = format!("<p class=\"caution\" role=\"note\">{caution}</p>");
    assert!(page.contains(&banner), "{page}");
    assert!(!page.contains("Top edge:") && !page.contains("Signs of the top"));
    assert_eq!(
        page.matches("<caption>The top 20 of 30 ranked, as hypotheses;")
            .count(),
        1
    );
    let data = payload(&page);
    assert_eq!(data["caution"], caution);
    assert_eq!(data["defaultEdges"], 20);
    assert!(
        data["cx2"].to_string().contains(&caution),
        "the file for Cytoscape has it"
    );
    let sure = html(&hundred(), Some(APP));
    assert!(!sure.contains("No edge stands out") && sure.contains("Top edge:"));
    assert_eq!(payload(&sure)["caution"], Value::Null);
}

#[test]
fn without_the_explorer_the_page_says_how_to_get_it() {
    let page = html(&hundred(), None);
    assert!(page.contains("cistron report RUN"));
    assert!(HOW_TO_GET_IT.contains("Node.js") && HOW_TO_GET_IT.contains("CISTRON_EXPLORER=on"));
    assert!(!html(&hundred(), Some(APP)).contains("class=\"note\""));
}
