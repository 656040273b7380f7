//! One set of interventions: the response, its effects and their pictures.

use std::error::Error;
use std::fmt::Write;

use cistron::expression::Intervention;
use cistron::field::VectorField;
use cistron::genes::{Gene, Genes};
use cistron::io::{path_text, write_doses, write_effects, write_response};
use cistron::perturb::{Effect, Response, Until, answer, doses as simulate_doses, effects};
use cistron::run::ResultFolder;
use cistron_report::Picture;

use super::intervention_args::Dose;
use super::response_pictures;
use super::simulation::Simulation;
use crate::caveats;
use crate::files::{self, Output};
use crate::picture_files::{PictureFormat, picture_outputs};

/// Simulates, writes response.tsv, effects.tsv and the pictures, and returns the summary.
pub(super) fn response(simulation: &Simulation<'_>) -> Result<String, Box<dyn Error>> {
    let Simulation {
        model,
        interventions,
        top,
        out,
        ..
    } = *simulation;
    let response = answer(model, &simulation.query())?;
    print_caveats(simulation, &response);
    let ranked = effects(&model.field, &response, interventions);
    let title = in_words(interventions, response.genes());
    let pictures = response_pictures::response(&title, &response, &ranked, top);
    let tables = vec![
        Output::new(out.path().join("response.tsv"), |sink| {
            write_response(&response, sink)
        }),
        Output::new(out.path().join("effects.tsv"), |sink| {
            write_effects(&ranked, &response, sink)
        }),
    ];
    write_files(tables, &pictures, out)?;
    let mut text = String::new();
    // writing to a string cannot fail
    let _ = summary(&mut text, simulation, &response, &ranked);
    Ok(text)
}

/// Simulates one dose after the other, writes doses.tsv and its picture, and returns the summary.
pub(super) fn doses(simulation: &Simulation<'_>, dose: &Dose) -> Result<String, Box<dyn Error>> {
    let Simulation {
        model, top, out, ..
    } = *simulation;
    let genes = model.field.genes();
    let gene = genes.name(dose.gene);
    let responses = simulate_doses(model, &simulation.query(), dose.gene, &dose.factors);
    let responses = responses.map_err(|(factor, error)| format!("{gene} {factor}x: {error}"))?;
    print_caveats(simulation, &responses[0]);
    let mut ranked: Vec<Gene> = genes
        .iter()
        .filter(|other| *other != dose.gene && !is_changed(*other, simulation.interventions))
        .collect();
    ranked
        .sort_by(|a, b| largest_change(&responses, *b).total_cmp(&largest_change(&responses, *a)));
    let shown = &ranked[..ranked.len().min(top)];
    let pictures = response_pictures::doses(gene, &dose.factors, &responses, shown);
    let tables = vec![Output::new(out.path().join("doses.tsv"), |sink| {
        write_doses(&dose.factors, &responses, sink)
    })];
    write_files(tables, &pictures, out)?;
    let (low, high) = (dose.factors[0], dose.factors[dose.factors.len() - 1]);
    let names: Vec<&str> = shown.iter().map(|other| genes.name(*other)).collect();
    let folder = out.path().display();
    Ok(format!(
        "{gene} at {} doses from {low}x to {high}x, {}\nlargest changes  {}\nwritten to {folder}/: \
         doses.tsv response.svg response.png\n",
        dose.factors.len(),
        end_in_words(simulation.until),
        names.join(" "),
    ))
}

fn write_files<'a>(
    mut tables: Vec<Output<'a>>,
    pictures: &[Picture],
    out: &ResultFolder,
) -> Result<(), Box<dyn Error>> {
    tables.extend(picture_outputs(pictures, PictureFormat::Both, out.path())?);
    Ok(out.publish(&tables)?)
}

fn is_changed(gene: Gene, interventions: &[Intervention]) -> bool {
    interventions
        .iter()
        .any(|intervention| intervention.gene == gene)
}

/// The largest change of a gene in the last rows.
fn largest_change(responses: &[Response], gene: Gene) -> f64 {
    let last = responses.iter();
    let last = last.map(|response| response.change(response.rows() - 1, gene));
    last.map(f64::abs).fold(0.0, f64::max)
}

/// `G1 knockout, G3 0.3x from 2 to 5`.
fn in_words(interventions: &[Intervention], genes: &Genes) -> String {
    let mut words = Vec::new();
    for Intervention {
        gene,
        change,
        window,
    } in interventions
    {
        let window = match window {
            Some(span) if span.end.is_finite() => format!(" from {} to {}", span.start, span.end),
            Some(span) => format!(" from {}", span.start),
            None => String::new(),
        };
        words.push(format!("{} {change}{window}", genes.name(*gene)));
    }
    words.join(", ")
}

fn end_in_words(until: &Until) -> String {
    match until {
        Until::Steady => "until the steady state".to_owned(),
        Until::Times(times) => format!("until time {}", times[times.len() - 1]),
    }
}

fn print_caveats(simulation: &Simulation<'_>, response: &Response) {
    for caveat in caveats::of_response(simulation.model, response, simulation.from.is_some()) {
        files::warn(&caveat);
    }
    let interventions = simulation.interventions;
    let transient = interventions.iter().all(|intervention| {
        let window = intervention.window;
        window.is_some_and(|span| span.end.is_finite())
    });
    if *simulation.until == Until::Steady && !interventions.is_empty() && transient {
        files::warn(
            "all windows end before the steady state is reached: the result is the steady state \
             after the interventions; use `--until TIME` to see the time course",
        );
    }
}

fn summary(
    out: &mut String,
    simulation: &Simulation<'_>,
    response: &Response,
    ranked: &[Effect],
) -> std::fmt::Result {
    let genes = response.genes();
    let interventions = in_words(simulation.interventions, genes);
    writeln!(out, "interventions    {interventions}")?;
    let (start, end) = (simulation.start, end_in_words(simulation.until));
    writeln!(out, "from             {start}, {end}")?;
    let band = match response.members() {
        0 => "none: the model has no ensemble".to_owned(),
        n => format!("smallest to largest change of the model and {n} members"),
    };
    writeln!(out, "bands            {band}")?;
    writeln!(out, "fold changes     {}", fold_changes_in_words(response))?;
    writeln!(
        out,
        "reached          {} genes directly, {} downstream, {} not",
        count(ranked, "direct"),
        count(ranked, "downstream"),
        count(ranked, "none")
    )?;
    writeln!(
        out,
        "\n{:<16}{:>10}{:>11}{:>11}{:>8}  effect",
        "gene", "wild type", "perturbed", "change", "log2"
    )?;
    for effect in ranked.iter().take(simulation.top) {
        let (row, gene) = (effect.row, effect.gene);
        let path = path_text(effect.reach.path(), genes);
        writeln!(
            out,
            "{:<16}{:>10.4}{:>11.4}{:>+11.4}{:>8}  {} {path}",
            genes.name(gene),
            response.wild_type(row, gene),
            response.perturbed(row, gene),
            effect.change,
            fold_in_words(response.log2_fold_change(row, gene)),
            effect.reach.name(),
        )?;
    }
    let folder = simulation.out.path().display();
    writeln!(
        out,
        "\nwritten to {folder}/: response.tsv effects.tsv response.svg top_changes.svg, both as .png too"
    )
}

fn fold_in_words(log2: f64) -> String {
    if log2.is_nan() {
        "–".to_owned()
    } else {
        format!("{log2:+.2}")
    }
}

/// `of linear levels, each plus 0.0031`.
fn fold_changes_in_words(response: &Response) -> String {
    if response.scale().stored.is_known() {
        let added = response.pseudocount();
        return format!("of linear levels, each plus {added:.3e}");
    }
    "none: the data are, or may be, logarithms of an unknown base; run `cistron infer` again with the scale, such \
     as `--scale log2` or `--scale linear`"
        .to_owned()
}

/// The number of effects of a kind.
fn count(effects: &[Effect], kind: &str) -> usize {
    effects
        .iter()
        .filter(|effect| effect.reach.name() == kind)
        .count()
}
