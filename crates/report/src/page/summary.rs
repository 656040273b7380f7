//! The result in plain words: what was found, how sure it is, what to distrust.

use super::markup::Markup;
use cistron::genes::Gene;
use cistron::network::{Edge, Network, Sign};
use cistron::run::Run;

/// Share of false edges up to which an edge stands out.
const CONFIDENT: f64 = 0.5;
/// Share of false edges from which on a list is no better than guesses.
const CHANCE: f64 = 0.75;
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
        ("What was found", found(run)),
        ("How sure it is", sure(run)),
        ("What to distrust", distrust(run)),
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
    let data = format!(
        "From {} in {} of {}",
        count(record.samples, "sample"),
        count(record.series, "series"),
        count(run.genes().len(), "gene")
    );
    let ranked = run.ranked();
    if ranked == 0 {
        return format!("{data} no pair of genes was a candidate for an edge.");
    }
    let verb = if ranked == 1 { "was" } else { "were" };
    let stands = match network.confident(CONFIDENT).len() {
        _ if network.confident(CHANCE).is_empty() => {
            "None of them stands out: read the list as guesses.".to_owned()
        }
        0 => "More than half of the best are expected to be false.".to_owned(),
        1 => "The best one stands out.".to_owned(),
        best => {
            format!("The best {best} stand out: at most half of them are expected to be false.")
        }
    };
    format!(
        "{data}, {} {verb} ranked. {stands}",
        count(ranked, "possible edge")
    )
}

fn found(run: &Run) -> Vec<String> {
    let (network, genes) = (&run.network, run.genes());
    let Some(best) = network.edges().first() else {
        return vec!["There is no edge: with one gene, or with a prior that forbids all pairs, there is nothing to rank.".to_owned()];
    };
    let name = |gene: Gene| genes.name(gene);
    let mut out = vec![format!(
        "The best edge: {} {} {}, selected in {} of the half-samples.",
        name(best.source),
        verb(best.sign),
        name(best.target),
        percent(best.frequency)
    )];
    let confident = network.confident(CONFIDENT);
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
            "Regulators with several of the edges that stand out: {}.",
            listed.join(", ")
        ));
    }
    if !confident.is_empty() {
        out.push(signs(confident));
    }
    let bent = run.metrics.bent_genes;
    if bent > 0 {
        out.push(format!(
            "{} of {} respond in a curved way: small networks predict them better than a linear model.",
            bent,
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
        "Among the edges that stand out: {}, {}{unknown}.",
        count(of(Sign::Activation), "activation"),
        count(of(Sign::Repression), "repression")
    )
}

fn sure(run: &Run) -> Vec<String> {
    let mut out = Vec::new();
    let counts = false_edges(&run.network);
    if !counts.is_empty() {
        out.push(format!("Expected to be false: {}.", counts.join(", ")));
    }
    let (r, genes) = (&run.metrics.mean_r_squared, run.metrics.genes);
    if genes > 0 {
        out.push(format!(
            "One step ahead, on changes that the fit had not seen: R² {:.2}, the mean over {} (linear model {:.2}, decay alone {:.2}, no change {:.2}).",
            r.model,
            count(genes, "gene"),
            r.linear,
            r.decay_only,
            r.no_change
        ));
    }
    out.push(forecast(run));
    out
}

/// How many of the best edges are expected to be false.
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
        .map(|rank| {
            format!(
                "{:.0} of the best {rank}",
                edges[rank - 1].expected_false_edges
            )
        })
        .collect()
}

fn forecast(run: &Run) -> String {
    let Some(forecast) = &run.metrics.forecast else {
        let why = run
            .metrics
            .no_forecast
            .as_deref()
            .unwrap_or("none was made");
        return format!("No forecast of series that were left out: {why}.");
    };
    let e = &forecast.whole.error;
    if !e.model.is_finite() {
        return "Whole series that were left out, predicted from their first sample: how far they are off is not a number, since a predicted course has no end or nothing was measured to compare it with. Trust no predicted course.".to_owned();
    }
    let best = e.no_change.min(e.mean_of_others);
    if !(best.is_finite() && best > 0.0) {
        return format!(
            "Whole series that were left out, predicted from their first sample: off by {:.2} standard deviations; there is nothing to compare that with.",
            e.model
        );
    }
    let verdict = match e.model / best {
        share if share < 0.95 => "better than both",
        share if share < 1.05 => "about as good as the better of the two",
        _ => "worse than the better of the two: trust predicted courses less than edges",
    };
    format!(
        "Whole series that were left out, predicted from their first sample: off by {:.2} standard deviations (no change {:.2}, mean of the other series {:.2}); {verdict}.",
        e.model, e.no_change, e.mean_of_others
    )
}

fn distrust(run: &Run) -> Vec<String> {
    let mut out: Vec<String> = run
        .record
        .warnings
        .iter()
        .map(|text| sentence(text))
        .collect();
    if run.record.samples < FEW_SAMPLES {
        out.push(format!(
            "There are only {}: more time points or replicate series would say more.",
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
            "Of {} the changes are not predicted at all where the fit had not looked (R² of 0 or less): edges into them rest on little.",
            count(unexplained, "gene")
        ));
    }
    if run.metrics.bent_genes > 0 {
        out.push("Weights of edges into genes with a curved response are averages over the data; elsewhere the slope may differ.".to_owned());
    }
    out.push("A regulator that is not in the table cannot be found, and an edge may stand for a path through it.".to_owned());
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

/// `1 gene`, `2,000 genes`; `series` is its own plural.
pub(super) fn count(n: usize, noun: &str) -> String {
    let digits = n.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    let plural = if n == 1 || noun.ends_with("series") {
        ""
    } else {
        "s"
    };
    format!("{text} {noun}{plural}")
}

fn percent(share: f64) -> String {
    format!("{:.0} %", 100.0 * share)
}
