//! The top edges and the genes as plain tables, for readers without JavaScript.

use super::markup::Markup;
use cistron::run::Run;

use super::summary::verb;
use crate::number::count;

/// Rows of a table that is read without sorting and filtering.
const ROWS: usize = 50;

/// Adds the section of the edges.
pub(super) fn write_edges(run: &Run, page: &mut Markup) {
    page.raw("<section id=\"edges\" aria-labelledby=\"edges-title\">\n<h2 id=\"edges-title\">Edges</h2>\n<div id=\"edge-table\">\n");
    let (edges, genes) = (run.network.edges(), run.genes());
    let caution = run.network.caution();
    let rows = match caution {
        Some(_) => run.network.default_edges(),
        None => ROWS,
    };
    let shown = &edges[..edges.len().min(rows)];
    if shown.is_empty() {
        page.raw("<p>There are no edges.</p>\n");
    } else {
        let caption = format!(
            "The top {} of {} ranked{}; all of them are in edges.tsv",
            shown.len(),
            edges.len(),
            caution.map_or("", |_| ", as hypotheses")
        );
        let titles = [
            "Rank",
            "Regulator",
            "Sign",
            "Target",
            "Evidence",
            "Selected",
            "Expected false",
            "Weight",
            "Influence",
        ];
        let rows = shown.iter().map(|edge| {
            vec![
                edge.rank.to_string(),
                genes.name(edge.source).to_owned(),
                verb(edge.sign).to_owned(),
                genes.name(edge.target).to_owned(),
                format!("{:.3}", edge.evidence),
                format!("{:.2}", edge.frequency),
                format!("{:.1}", edge.expected_false),
                significant(edge.weight),
                significant(edge.influence),
            ]
        });
        write_table(page, &caption, &titles, rows);
    }
    page.raw("</div>\n</section>\n");
}

/// Adds the section of the genes.
pub(super) fn write_genes(run: &Run, page: &mut Markup) {
    page.raw("<section id=\"genes\" aria-labelledby=\"genes-title\">\n<h2 id=\"genes-title\">Genes</h2>\n<div id=\"gene-table\">\n");
    let mut nodes: Vec<_> = run.nodes.iter().collect();
    nodes.sort_by_key(|node| {
        (
            std::cmp::Reverse(node.out_degree + node.in_degree),
            node.gene,
        )
    });
    nodes.truncate(ROWS);
    let caption = match run.genes().len() {
        all if all > nodes.len() => format!(
            "The {} with the most edges, of {all}; all of them are in nodes.tsv",
            count(nodes.len(), "gene")
        ),
        all => count(all, "gene"),
    };
    let titles = [
        "Gene",
        "Targets",
        "Regulators",
        "Held-out R²",
        "linear",
        "Decay",
        "In the model",
        "Response",
    ];
    let rows = nodes.iter().map(|node| {
        vec![
            run.genes().name(node.gene).to_owned(),
            node.out_degree.to_string(),
            node.in_degree.to_string(),
            format!("{:.2}", node.r_squared),
            format!("{:.2}", node.r_squared_linear),
            significant(node.decay),
            node.model_regulators.to_string(),
            if node.nonlinear {
                "nonlinear"
            } else {
                "linear"
            }
            .to_owned(),
        ]
    });
    write_table(page, &caption, &titles, rows);
    page.raw("</div>\n</section>\n");
}

/// Columns that hold words; the others hold numbers.
const WORDS: [&str; 5] = ["Regulator", "Sign", "Target", "Gene", "Response"];

fn write_table(
    page: &mut Markup,
    caption: &str,
    titles: &[&str],
    rows: impl Iterator<Item = Vec<String>>,
) {
    let region = [
        ("class", "scroller"),
        ("tabindex", "0"),
        ("role", "region"),
        ("aria-label", caption),
    ];
    page.open("div", &region)
        .raw("<table>")
        .element("caption", caption)
        .raw("<thead><tr>");
    let class = |title: &str| if WORDS.contains(&title) { "" } else { "right" };
    for title in titles {
        page.open("th", &[("scope", "col"), ("class", class(title))]);
        page.text(title).close("th");
    }
    page.raw("</tr></thead>\n<tbody>\n");
    for row in rows {
        page.raw("<tr>");
        for (cell, title) in row.iter().zip(titles) {
            page.open("td", &[("class", class(title))]);
            page.text(cell).close("td");
        }
        page.raw("</tr>\n");
    }
    page.raw("</tbody></table></div>\n");
}

/// Three significant digits.
fn significant(x: f64) -> String {
    let short: f64 = format!("{x:.2e}").parse().unwrap_or(x);
    if short == 0.0 || (1e-3..1e6).contains(&short.abs()) {
        format!("{}", short + 0.0)
    } else {
        format!("{short:e}")
    }
}
