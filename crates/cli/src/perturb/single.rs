//! One set of interventions: the response, its effects and their picture.

use std::error::Error;
use std::fmt::Write;

use cistron::expression::Intervention;
use cistron::field::VectorField;
use cistron::genes::{Gene, Genes};
use cistron::io::{path_text, write_doses, write_effects, write_response};
use cistron::perturb::{
    Effect, Question, Response, Until, answer, doses as simulate_doses, effects,
};

use super::asked::Dose;
use super::{Asked, PerturbArgs, pictures};
use crate::doubts;
use crate::files::{self, Output};

/// Simulates, writes response.tsv, effects.tsv and the pictures, and sums up.
pub(super) fn response(args: &PerturbArgs, asked: &Asked<'_>) -> Result<String, Box<dyn Error>> {
    let model = &asked.folder.model;
    let response = answer(model, &asked.question())?;
    warn_if_weak(asked, &response);
    let ranked = effects(&model.field, &response, asked.interventions);
    let done = described(asked.interventions, response.genes());
    let drawn = pictures::response(&done, &response, &ranked, usize::from(args.top));
    let at = |name: &str| args.out.join(name);
    let mut outputs = vec![
        Output::new(at("response.tsv"), |sink| write_response(&response, sink)),
        Output::new(at("effects.tsv"), |sink| {
            write_effects(&ranked, &response, sink)
        }),
    ];
    outputs.extend(pictures::outputs(&drawn, &args.out)?);
    files::replace_all(&mut outputs)?;
    let mut text = String::new();
    // writing to a string cannot fail
    let _ = summary(&mut text, args, asked, (&response, &ranked));
    Ok(text)
}

/// Simulates one dose after another, writes doses.tsv and its picture, and sums up.
pub(super) fn doses(
    args: &PerturbArgs,
    asked: &Asked<'_>,
    dose: &Dose,
) -> Result<String, Box<dyn Error>> {
    let model = &asked.folder.model;
    let genes = model.field.genes();
    let gene = genes.name(dose.gene);
    let responses = simulate_doses(model, &asked.question(), dose.gene, &dose.factors);
    let responses = responses.map_err(|(factor, error)| format!("{gene} {factor}x: {error}"))?;
    warn_if_weak(asked, &responses[0]);
    let span = |other: Gene| {
        let change = |one: &Response| one.change(one.rows() - 1, other).abs();
        responses.iter().map(change).fold(0.0, f64::max)
    };
    let changed = |other: Gene| {
        let mut all = asked.interventions.iter().map(|one| one.gene);
        other == dose.gene || all.any(|gene| gene == other)
    };
    let mut ranked: Vec<Gene> = genes.iter().filter(|other| !changed(*other)).collect();
    ranked.sort_by(|a, b| span(*b).total_cmp(&span(*a)));
    let shown = &ranked[..ranked.len().min(usize::from(args.top))];
    let drawn = pictures::doses(gene, &dose.factors, &responses, shown);
    let mut outputs = vec![Output::new(args.out.join("doses.tsv"), |sink| {
        write_doses(&dose.factors, &responses, sink)
    })];
    outputs.extend(pictures::outputs(&drawn, &args.out)?);
    files::replace_all(&mut outputs)?;
    let (low, high) = (dose.factors[0], dose.factors[dose.factors.len() - 1]);
    let names: Vec<&str> = shown.iter().map(|other| genes.name(*other)).collect();
    let folder = args.out.display();
    Ok(format!(
        "{gene} at {} doses from {low}x to {high}x, {}\nmoves most       {}\nwritten to {folder}/: \
         doses.tsv response.svg response.png\n",
        dose.factors.len(),
        ending(asked.until),
        names.join(" "),
    ))
}

impl Asked<'_> {
    fn question(&self) -> Question<'_> {
        Question {
            interventions: self.interventions,
            from: self.from,
            until: self.until,
        }
    }
}

/// `G1 knockout, G3 0.3x from 2 to 5`.
fn described(interventions: &[Intervention], genes: &Genes) -> String {
    let one = |one: &Intervention| {
        let name = genes.name(one.gene);
        match one.window {
            Some(span) if span.end.is_finite() => {
                format!("{name} {} from {} to {}", one.change, span.start, span.end)
            }
            Some(span) => format!("{name} {} from {}", one.change, span.start),
            None => format!("{name} {}", one.change),
        }
    };
    interventions.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn ending(until: &Until) -> String {
    match until {
        Until::Steady => "until nothing changes".to_owned(),
        Until::Times(times) => format!("until time {}", times[times.len() - 1]),
    }
}

fn warn_if_weak(asked: &Asked<'_>, response: &Response) {
    let of = (&asked.folder.model, response);
    for text in doubts::of_answer(of, asked.from.is_some()) {
        files::warn(&text);
    }
    let over = |one: &Intervention| one.window.is_some_and(|span| span.end.is_finite());
    let done = asked.interventions;
    if *asked.until == Until::Steady && !done.is_empty() && done.iter().all(over) {
        files::warn(
            "all windows are over when nothing changes any more: what is shown is the state at \
             rest after them; `--until TIME` shows the course",
        );
    }
}

fn summary(
    out: &mut String,
    args: &PerturbArgs,
    asked: &Asked<'_>,
    (response, ranked): (&Response, &[Effect]),
) -> std::fmt::Result {
    let genes = response.genes();
    writeln!(
        out,
        "done             {}",
        described(asked.interventions, genes)
    )?;
    writeln!(
        out,
        "from             {}, {}",
        args.from,
        ending(asked.until)
    )?;
    let band = match response.members() {
        0 => "none: the model has no ensemble".to_owned(),
        n => format!("least to largest change of the model and {n} members"),
    };
    writeln!(out, "bands            {band}")?;
    let reached = |kind: &str| ranked.iter().filter(|one| one.reach.name() == kind).count();
    writeln!(
        out,
        "reached          {} genes directly, {} downstream, {} not",
        reached("direct"),
        reached("downstream"),
        reached("none")
    )?;
    writeln!(
        out,
        "\n{:<16}{:>10}{:>11}{:>11}{:>8}  how",
        "gene", "wild type", "perturbed", "change", "log2"
    )?;
    for effect in ranked.iter().take(usize::from(args.top)) {
        let (row, gene) = (effect.row, effect.gene);
        let path = path_text(effect.reach.path(), genes);
        writeln!(
            out,
            "{:<16}{:>10.4}{:>11.4}{:>+11.4}{:>+8.2}  {} {path}",
            genes.name(gene),
            response.wild_type(row, gene),
            response.perturbed(row, gene),
            effect.change,
            response.log2_fold_change(row, gene),
            effect.reach.name(),
        )?;
    }
    let folder = args.out.display();
    writeln!(
        out,
        "\nwritten to {folder}/: response.tsv effects.tsv response.svg top_changes.svg, both as .png too"
    )
}
