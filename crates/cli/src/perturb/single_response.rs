//! One set of interventions: the response, its effects and their pictures.

use std::error::Error;
use std::fmt::Write;

use cistron::expression::Intervention;
use cistron::field::VectorField;
use cistron::genes::{Gene, Genes};
use cistron::io::text::short;
use cistron::io::{path_text, write_doses, write_effects, write_response};
use cistron::perturb::{
    Effect, InitialState, Response, StartKind, answer, doses as simulate_doses, effects,
};
use cistron_report::count;

use super::intervention_args::Dose;
use super::response_pictures;
use super::simulation::Simulation;
use crate::caveats;
use crate::files::{self, Output};

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
    let title = titled(in_words(interventions, response.genes()), response.start());
    let mut pictures = response_pictures::response(&title, &response, &ranked, top);
    let measured = simulation
        .measured
        .map(|measured| measured.beside_response(&response, interventions));
    let compared = measured.transpose()?;
    let mut tables = vec![
        Output::new(out.path().join("response.tsv"), |sink| {
            write_response(&response, sink)
        }),
        Output::new(out.path().join("effects.tsv"), |sink| {
            write_effects(&ranked, &response, sink)
        }),
    ];
    if let Some(compared) = &compared {
        tables.push(compared.scores(out.path()));
        pictures.extend(compared.pictures.iter().cloned());
    }
    let record = simulation.record(response.start(), Some(interventions));
    simulation.publish(&record, tables, &pictures)?;
    let mut text = String::new();
    // writing to a string cannot fail
    let _ = summary(&mut text, simulation, &response, &ranked);
    Ok(text + &compared.map_or_else(String::new, |compared| compared.text))
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
    let title = titled(format!("Doses of {gene}"), responses[0].start());
    let pictures = response_pictures::doses(&title, &dose.factors, &responses, shown);
    let tables = vec![Output::new(out.path().join("doses.tsv"), |sink| {
        write_doses(&dose.factors, &responses, sink)
    })];
    let record = simulation.record(responses[0].start(), None);
    simulation.publish(&record, tables, &pictures)?;
    let (low, high) = (dose.factors[0], dose.factors[dose.factors.len() - 1]);
    let names: Vec<&str> = shown.iter().map(|other| genes.name(*other)).collect();
    let folder = out.path().display();
    Ok(format!(
        "from             {}, {}\n{gene} at {} from {low}x to {high}x\nlargest changes  {}\nwritten to {folder}/: \
         doses.tsv response.svg response.png\n",
        simulation.start_in_words(responses[0].start()),
        end_in_words(&responses[0]),
        count(dose.factors.len(), "dose"),
        names.join(" "),
    ))
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

fn end_in_words(response: &Response) -> String {
    match response.times().last() {
        None => "until the steady state".to_owned(),
        Some(time) => format!("until time {time}"),
    }
}

/// The title of a picture, with the start where that is not a steady state.
fn titled(title: String, start: &InitialState) -> String {
    match start.kind {
        StartKind::Reference => format!("{title}, from the mean of the reference samples"),
        _ => title,
    }
}

fn print_caveats(simulation: &Simulation<'_>, response: &Response) {
    for caveat in caveats::of_response(simulation.model, response) {
        files::warn(&caveat);
    }
    let interventions = simulation.interventions;
    let transient = interventions.iter().all(|intervention| {
        let window = intervention.window;
        window.is_some_and(|span| span.end.is_finite())
    });
    if response.times().is_empty() && !interventions.is_empty() && transient {
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
    let start = simulation.start_in_words(response.start());
    writeln!(out, "from             {start}, {}", end_in_words(response))?;
    writeln!(out, "interventions    {interventions}")?;
    let band = match response.members() {
        0 => "none: the model has no ensemble".to_owned(),
        n => format!(
            "smallest to largest change of the model and {}",
            count(n, "member")
        ),
    };
    writeln!(out, "bands            {band}")?;
    writeln!(out, "fold changes     {}", fold_changes_in_words(response))?;
    writeln!(
        out,
        "reached          {} directly, {} downstream, {} not",
        count(reached(ranked, "direct"), "gene"),
        reached(ranked, "downstream"),
        reached(ranked, "none")
    )?;
    write_effect_lines(out, response, &ranked[..ranked.len().min(simulation.top)])?;
    let folder = simulation.out.path().display();
    writeln!(
        out,
        "\nwritten to {folder}/: response.tsv effects.tsv response.svg top_changes.svg, both as .png too{}",
        if simulation.measured.is_some() {
            "; scores.json and pictures measured*"
        } else {
            ""
        }
    )
}

/// The effects as a table with columns as wide as what they hold.
fn write_effect_lines(
    out: &mut String,
    response: &Response,
    effects: &[Effect],
) -> std::fmt::Result {
    let genes = response.genes();
    let header = ["gene", "wild type", "perturbed", "change", "log2"].map(str::to_owned);
    let mut lines = vec![(header, "effect".to_owned())];
    for effect in effects {
        let (row, gene) = (effect.row, effect.gene);
        let path = path_text(effect.reach.path(), genes);
        let sign = if effect.change > 0.0 { "+" } else { "" };
        let cells = [
            genes.name(gene).to_owned(),
            short(response.wild_type(row, gene)),
            short(response.perturbed(row, gene)),
            format!("{sign}{}", short(effect.change)),
            fold_in_words(response.log2_fold_change(row, gene)),
        ];
        lines.push((cells, format!("{} {path}", effect.reach.name())));
    }
    let width = |column: usize| {
        let cells = lines.iter().map(|(cells, _)| cells[column].chars().count());
        cells.max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..5).map(width).collect();
    writeln!(out)?;
    for (cells, effect) in &lines {
        write!(out, "{:<1$}", cells[0], widths[0])?;
        for (cell, width) in cells.iter().zip(&widths).skip(1) {
            write!(out, "  {cell:>width$}")?;
        }
        writeln!(out, "  {}", effect.trim_end())?;
    }
    Ok(())
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
fn reached(effects: &[Effect], kind: &str) -> usize {
    effects
        .iter()
        .filter(|effect| effect.reach.name() == kind)
        .count()
}
