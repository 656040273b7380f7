//! What is said about the columns of a list of pairs.

use super::pair_columns::{ColumnChoice, ListColumns, SignSource, ValueKind};
use super::pair_facts::denies;
use super::pair_words::{ScoreOrder, is_signed};
use super::pairs::PairUse;
use crate::io::text::name_some;

/// How a list was read.
pub(super) fn describe(
    choice: &ColumnChoice<'_>,
    columns: &ListColumns,
    purpose: PairUse,
) -> String {
    let mut text = format!("{}: {}", choice.file, choice.pair());
    if let Some((at, kind)) = columns.value {
        let called = choice.called(at);
        text += &match (kind, purpose) {
            (ValueKind::Score(ScoreOrder::Descending), _) => {
                format!(", score {called}, the largest first")
            }
            (ValueKind::Score(ScoreOrder::Ascending), _) => {
                format!(", score {called}, the smallest first")
            }
            (ValueKind::Label, _) => format!(", edge {called}, 0 is no edge"),
            (ValueKind::Answer, _) => {
                let words = &choice.facts.columns[at].words;
                let words = name_some(words.iter().filter(|word| denies(word)));
                format!(", edge {called}, {words} is no edge")
            }
            (ValueKind::Weight, PairUse::Prior) => format!(", weight {called}"),
            (ValueKind::Weight, _) => format!(", weight {called}, 0 is no edge"),
        };
    } else if purpose == PairUse::Known {
        text += ", every pair is an edge";
    }
    let values = columns.value.map(|(at, _)| at);
    let signed = values.filter(|&at| {
        purpose == PairUse::Ranked && choice.facts(at).negative > 0 && is_signed(&choice.names[at])
    });
    text += &match columns.sign {
        SignSource::None if signed.is_some() => ", and its sign".to_owned(),
        SignSource::None if purpose == PairUse::Prior => String::new(),
        SignSource::None => ", no sign".to_owned(),
        SignSource::Signs(at) => format!(", sign {}", choice.called(at)),
        SignSource::Weight(at) => format!(", sign of {}", choice.called(at)),
        SignSource::Flags {
            stimulation,
            inhibition,
        } => {
            let named = [stimulation, inhibition].into_iter().flatten();
            let named: Vec<String> = named.map(|at| choice.called(at)).collect();
            format!(", sign {}", named.join(" and "))
        }
    };
    text
}
