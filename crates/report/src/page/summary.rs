//! The result in plain words: findings, confidence, caveats.

use super::markup::Markup;
use crate::number::count;
use cistron::genes::Gene;
use cistron::network::{Edge, MAX_FDR, Network, Sign};
use cistron::run::Run;

/// Samples for each gene below which a page says that there are few.
const FEW_SAMPLES: usize = 30;
/// Regulators that are named.
const NAMED: usize = 5;

/// Adds the summary.
pub(super) fn write(run: &Run, page: &mut Markup) {
    page.raw("<section id=\"summary\" aria-labelledby=\"summary-title\">\n<h2 id=\"summary-title\">Summary</h2>\n");
    page.open("p", &[("class", "lead")]);
    page.text(&lead(run)).raw("</p>\n<div class=\"columns\">\n");
    for (title, items) in [
        ("Main findings", findings(run)),
        ("Confidence", confidence(run)),
        ("Caveats", caveats(run)),
    ] {
        page.raw("<div>")
            .element("h3", title)
            .list(&items)
            .raw("</div>\n");
    }
    page.raw("</div>\n</section>\n");
}

/// What was read and what came out, in two sentences.
fn lead(run: &Run) -> String {
    let (network, record) = (&run.network, &run.record);
    let samples = count(record.samples, "sample");
    let (series, genes) = (
        count(record.series, "series"),
        count(run.genes().len(), "gene"),
    );
    let data = if record.is_static() {
        format!("The data are {samples} of {genes} in steady states, without any series")
    } else {
        format!("The data are {samples} in {series} of {genes}")
    };
    let ranked = run.ranked();
    if ranked == 0 {
        return format!("{data}. No pair of genes was a candidate for an edge.");
    }
    let verb = if ranked == 1 { "was" } else { "were" };
    let share = 100.0 * MAX_FDR;
    let top = network
        .caution()
        .unwrap_or_else(|| match network.standing_out().len() {
            1 => format!(
                "One edge stands out: it is false with a probability of at most {share:.0} %."
            ),
            some => format!(
                "The top {some} stand out: at most {share:.0} % of them are expected to be false."
            ),
        });
    format!(
        "{data}; {} {verb} ranked. {top}",
        count(ranked, "candidate edge")
    )
}

fn findings(run: &Run) -> Vec<String> {
    let (network, genes) = (&run.network, run.genes());
    let Some(best) = network.edges().first() else {
        return vec!["There are no edges: with one gene, or with a prior that forbids all pairs, there is nothing to rank.".to_owned()];
    };
    let name = |gene: Gene| genes.name(gene);
    let confident = network.standing_out();
    let mut out = vec![match confident {
        [] => "No edge stands out.".to_owned(),
        _ => format!(
            "Top edge: {} {} {}, selected in {} of the half-samples.",
            name(best.source),
            verb(best.sign),
            name(best.target),
            percent(best.frequency)
        ),
    }];
    let mut targets: Vec<(usize, Gene)> = genes
        .iter()
        .map(|gene| {
            (
                confident.iter().filter(|edge| edge.source == gene).count(),
                gene,
            )
        })
        .filter(|(count, _)| *count > 1)
        .collect();
    targets.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    if !targets.is_empty() {
        let listed = targets.iter().take(NAMED);
        let listed: Vec<String> = listed
            .map(|(targets, gene)| format!("{} ({targets} targets)", name(*gene)))
            .collect();
        out.push(format!(
            "Regulators with several targets among the top {} edges: {}.",
            confident.len(),
            listed.join(", ")
        ));
    }
    if !confident.is_empty() {
        out.push(signs(confident));
    }
    let nonlinear = run.metrics.nonlinear_genes;
    if nonlinear > 0 {
        out.push(format!(
            "{} of {} have a nonlinear response: the nonlinear part of the model predicts them better than the linear part alone.",
            nonlinear,
            count(genes.len(), "gene")
        ));
    }
    out
}

fn signs(edges: &[Edge]) -> String {
    let of = |sign| edges.iter().filter(|edge| edge.sign == sign).count();
    let unknown = match of(Sign::Unknown) {
        0 => String::new(),
        unknown => format!(", {unknown} of unknown sign"),
    };
    format!(
        "Signs of the top {}: {}, {}{unknown}.",
        count(edges.len(), "edge"),
        count(of(Sign::Activation), "activation"),
        count(of(Sign::Repression), "repression")
    )
}

fn confidence(run: &Run) -> Vec<String> {
    let mut out = Vec::new();
    let counts = false_edges(&run.network);
    if !counts.is_empty() {
        out.push(format!(
            "Expected number of false edges: {}.",
            counts.join(", ")
        ));
    }
    let (r, genes) = (&run.metrics.mean_r_squared, run.metrics.genes);
    if genes > 0 && run.record.is_static() {
        out.push(format!(
            "Prediction of held-out levels: R² {:.2}, the mean over {}.",
            r.model,
            count(genes, "gene")
        ));
    } else if genes > 0 {
        out.push(format!(
            "Prediction of held-out changes, one interval ahead: R² {:.2}, the mean over {} (linear model {:.2}, decay alone {:.2}, no change {:.2}).",
            r.model,
            count(genes, "gene"),
            r.linear,
            r.decay_only,
            r.no_change
        ));
        out.extend(
            run.metrics
                .below_no_change()
                .map(|caveat| format!("The {caveat}.")),
        );
    }
    out.push(forecast(run));
    out
}

/// Expected numbers of false edges among the top edges.
fn false_edges(network: &Network) -> Vec<String> {
    let edges = network.edges();
    let ranks = [20, 50, 100, 500]
        .into_iter()
        .filter(|rank| *rank <= edges.len());
    let mut ranks: Vec<usize> = ranks.collect();
    if ranks.is_empty() && !edges.is_empty() {
        ranks.push(edges.len());
    }
    ranks
        .into_iter()
        .map(|rank| format!("{:.0} among the top {rank}", edges[rank - 1].expected_false))
        .collect()
}

fn forecast(run: &Run) -> String {
    let Some(forecast) = &run.metrics.forecast else {
        let why = run
            .metrics
            .no_forecast
            .as_deref()
            .unwrap_or("none was made");
        return format!("There is no forecast of left-out series: {why}.");
    };
    let e = &forecast.whole.error;
    if !e.model.is_finite() {
        return "Left-out series, predicted from their first sample: the error is not a number, since a predicted course diverges or there are no samples to compare it with. Do not rely on predicted courses.".to_owned();
    }
    let Some(verdict) = e.verdict() else {
        return format!(
            "Left-out series, predicted from their first sample: root mean square error {:.2} standard deviations; there is nothing to compare that with.",
            e.model
        );
    };
    format!(
        "Left-out series, predicted from their first sample: root mean square error {:.2} standard deviations (no change {:.2}, mean of the other series {:.2}); {verdict}.",
        e.model, e.no_change, e.mean_of_others
    )
}

fn caveats(run: &Run) -> Vec<String> {
    let mut out: Vec<String> = run
        .record
        .warnings
        .iter()
        .map(|text| sentence(text))
        .collect();
    if run.record.is_static() {
        out.push("Nothing was measured over time: the direction of edges rests on the list of regulators, and on interventions where there are any.".to_owned());
    }
    if run.record.samples < FEW_SAMPLES {
        let more = match run.record.is_static() {
            true => "samples of other conditions",
            false => "time points or replicate series",
        };
        out.push(format!(
            "There are only {}: more {more} would improve the result.",
            count(run.record.samples, "sample")
        ));
    }
    let unexplained = run
        .nodes
        .iter()
        .filter(|node| node.r_squared <= 0.0)
        .count();
    if unexplained > 0 {
        out.push(format!(
            "Held-out values of {} are not predicted (R² of 0 or less): edges into them have little support.",
            count(unexplained, "gene")
        ));
    }
    if run.metrics.nonlinear_genes > 0 {
        out.push("Weights of edges into genes with a nonlinear response are averages over the data; the slope at a given state may differ.".to_owned());
    }
    out.push("A regulator that is not in the table cannot be found; an edge may represent a path through it.".to_owned());
    out
}

/// What an edge of this sign does, as the page says it.
pub(super) fn verb(sign: Sign) -> &'static str {
    match sign {
        Sign::Unknown => "acts on",
        known => known.verb(),
    }
}

/// A warning as a sentence.
fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let first: String = chars
        .next()
        .map(char::to_uppercase)
        .into_iter()
        .flatten()
        .collect();
    let end = if text.ends_with(['.', '!', '?']) {
        ""
    } else {
        "."
    };
    format!("{first}{}{end}", chars.as_str())
}

fn percent(share: f64) -> String {
    format!("{:.0} %", 100.0 * share)
}
