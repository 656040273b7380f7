//! Rules as text: `(A and not B) or together(C, D)`.

use crate::simulate::kinetics::{Rule, Site};
use cistron::genes::Genes;

/// The text of a rule, which `parse_rule` reads back.
///
/// * `genes`: the genes that its sites point into
#[must_use]
pub(super) fn rule_text(rule: &Rule, genes: &Genes) -> String {
    match rule {
        Rule::On => "on".to_owned(),
        Rule::Off => "off".to_owned(),
        Rule::Site(site) => site_text(site, genes),
        Rule::Not(inner) => format!("not {}", operand_text(inner, genes)),
        Rule::All(rules) => operand_texts(rules, genes).join(" and "),
        Rule::Any(rules) => operand_texts(rules, genes).join(" or "),
        Rule::Together(sites) => {
            format!("together({})", site_texts(sites, genes).join(", "))
        }
        Rule::Competing {
            activators,
            repressors,
        } => {
            let mut members = site_texts(activators, genes);
            let hindering = site_texts(repressors, genes).into_iter();
            members.extend(hindering.map(|site| format!("not {site}")));
            format!("competing({})", members.join(", "))
        }
        Rule::Mix(parts) => {
            let parts: Vec<String> = parts
                .iter()
                .map(|(weight, rule)| format!("{weight}: {}", rule_text(rule, genes)))
                .collect();
            format!("mix({})", parts.join(", "))
        }
    }
}

/// A rule as a part of another one, in parentheses where it needs them.
fn operand_text(rule: &Rule, genes: &Genes) -> String {
    match rule {
        Rule::All(_) | Rule::Any(_) => format!("({})", rule_text(rule, genes)),
        _ => rule_text(rule, genes),
    }
}

fn operand_texts(rules: &[Rule], genes: &Genes) -> Vec<String> {
    rules.iter().map(|rule| operand_text(rule, genes)).collect()
}

fn site_text(site: &Site, genes: &Genes) -> String {
    quoted(genes.name(site.regulator))
}

fn site_texts(sites: &[Site], genes: &Genes) -> Vec<String> {
    sites.iter().map(|site| site_text(site, genes)).collect()
}

fn quoted(name: &str) -> String {
    let plain = !name.is_empty() && name.chars().all(is_part_of_word) && !is_reserved(name);
    if plain {
        name.to_owned()
    } else {
        format!("\"{name}\"")
    }
}

/// Whether a name may have this character without quotes.
pub(super) fn is_part_of_word(c: char) -> bool {
    c.is_alphanumeric() || "_.-/'*@#".contains(c)
}

/// Whether a word has a meaning of its own in rules.
pub(super) fn is_reserved(word: &str) -> bool {
    ["and", "or", "not", "on", "off"]
        .iter()
        .any(|reserved| word.eq_ignore_ascii_case(reserved))
}
