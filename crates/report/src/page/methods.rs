//! Settings, input files and references.

use super::explorer::Explorer;
use super::markup::Markup;
use cistron::penalty::PenaltyKind;
use cistron::run::Run;

/// Adds the section of the methods.
pub(super) fn write(run: &Run, explorer: Option<Explorer>, page: &mut Markup) {
    page.raw("<section id=\"methods\" aria-labelledby=\"methods-title\">\n<h2 id=\"methods-title\">Methods</h2>\n");
    page.raw("<h3>Settings</h3>\n");
    write_pairs(page, &settings(run));
    page.raw("<h3>Input files</h3>\n");
    let inputs = &run.record.inputs;
    if inputs.is_empty() {
        page.raw("<p>No input file is recorded.</p>\n");
    } else {
        let pairs = inputs
            .iter()
            .map(|file| (file.path.clone(), format!("SHA-256 {}", file.sha256)));
        write_pairs(page, &pairs.collect::<Vec<_>>());
    }
    if !run.record.notes.is_empty() {
        page.raw("<h3>Layout of the input files</h3>\n")
            .list(&run.record.notes);
    }
    page.raw("<h3>References</h3>\n<p>Cistron (CITATION.cff in its repository), and the methods that this run used:</p>\n");
    page.list(&references(run, explorer)).raw("</section>\n");
}

/// Settings that are shown under other names already.
const KNOWN: [&str; 1] = ["seed"];

/// Name and value of everything that the result depends on.
fn settings(run: &Run) -> Vec<(String, String)> {
    let record = &run.record;
    let mut out = vec![
        ("Cistron".to_owned(), record.cistron.clone()),
        ("seed".to_owned(), record.settings.seed.0.to_string()),
        ("genes".to_owned(), run.genes().len().to_string()),
        ("regulators".to_owned(), record.regulators.to_string()),
        ("series".to_owned(), record.series.to_string()),
        ("samples".to_owned(), record.samples.to_string()),
        (
            "scale of the data".to_owned(),
            record.scale.stored.name().to_owned(),
        ),
        ("scale of the model".to_owned(), record.transform.clone()),
        (
            "offsets of single series".to_owned(),
            record.offsets.describe(),
        ),
    ];
    out.retain(|(_, value)| !value.is_empty());
    let mut others = record.settings_by_name();
    KNOWN.iter().for_each(|name| drop(others.remove(*name)));
    out.extend(others);
    out
}

fn write_pairs(page: &mut Markup, pairs: &[(String, String)]) {
    page.raw("<dl class=\"pairs\">\n");
    for (name, value) in pairs {
        page.raw("<div>")
            .element("dt", name)
            .element("dd", value)
            .raw("</div>\n");
    }
    page.raw("</dl>\n");
}

const GROUP_LASSO: &str = "Yuan & Lin (2006), Model selection and estimation in regression with grouped variables, J. R. Stat. Soc. B 68:49 (group lasso).";
const LASSO: &str = "Tibshirani (1996), Regression shrinkage and selection via the lasso, J. R. Stat. Soc. B 58:267.";
const SPARSE_GROUP: &str = "Simon, Friedman, Hastie & Tibshirani (2013), A sparse-group lasso, J. Comput. Graph. Stat. 22:231.";
const MCP: &str = "Zhang (2010), Nearly unbiased variable selection under minimax concave penalty, Ann. Stat. 38:894.";
const STABILITY: [&str; 2] = [
    "Meinshausen & Bühlmann (2010), Stability selection, J. R. Stat. Soc. B 72:417.",
    "Shah & Samworth (2013), Variable selection with error control: another look at stability selection, J. R. Stat. Soc. B 75:55 (expected false edges).",
];
const NONLINEAR: &str = "Chen, Rubanova, Bettencourt & Duvenaud (2018), Neural ordinary differential equations, NeurIPS 31.";
const RESPONSES: [&str; 2] = [
    "Carbonetto & Stephens (2012), Scalable variational inference for Bayesian variable selection in regression, Bayesian Analysis 7:73 (responses to interventions).",
    "Stephens (2017), False discovery rates: a new deal, Biostatistics 18:275 (sizes of effects).",
];
const CYTOSCAPE: &str = "Franz et al. (2023), Cytoscape.js 2023 update: a graph theory library for visualization and analysis, Bioinformatics 39:btad031 (this page).";

/// The references that apply to a run.
fn references(run: &Run, explorer: Option<Explorer>) -> Vec<&'static str> {
    let fit = &run.record.settings.fit;
    let mut out = vec![match fit.penalty {
        PenaltyKind::Lasso => LASSO,
        PenaltyKind::SparseGroup => SPARSE_GROUP,
        PenaltyKind::Mcp => MCP,
        PenaltyKind::GroupLasso => GROUP_LASSO,
    }];
    if fit.pairs > 0 {
        out.extend(STABILITY);
    }
    if run.metrics.nonlinear_genes > 0 {
        out.push(NONLINEAR);
    }
    if run
        .network
        .edges()
        .iter()
        .any(|edge| edge.interventional > 0.0)
    {
        out.extend(RESPONSES);
    }
    out.extend(explorer.map(|_| CYTOSCAPE));
    out
}
