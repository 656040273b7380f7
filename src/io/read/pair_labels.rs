//! What says whether the pairs of a known network are edges: a label, a weight, or nothing.

use super::pair_columns::{ColumnChoice, SignSource, ValueKind};
use super::pair_facts::ColumnFacts;
use super::pair_words::{EDGE, INHIBITION, SCORE, SIGN, STIMULATION, is_other, is_provenance};
use super::score_names::ScoreName;
use crate::io::text::{Fault, Place, ReadError, name_some};

/// A column of values with what they mean, if there is one; and where the signs are.
type Answer = (Option<(usize, ValueKind)>, SignSource);

impl ColumnChoice<'_> {
    /// What says whether a known pair is an edge, and its sign.
    ///
    /// * `asked`: the column that the user named, or none if all pairs are edges
    ///
    /// # Errors   [`Fault::Mismatch`] with both readings where it is not clear which pairs are edges.
    pub(super) fn answer(&self, asked: Option<Option<usize>>) -> Result<Answer, ReadError> {
        let sign = match self.named(&["sign", "type"], |facts| {
            !facts.is_answer() && !facts.only_directs()
        }) {
            Some(column) => SignSource::Signs(column),
            None => self.sign(None),
        };
        match asked {
            Some(Some(column)) => {
                let facts = self.facts(column);
                let words = facts.denials > 0 && facts.numbers == 0;
                let other = if words {
                    ValueKind::Answer
                } else {
                    ValueKind::Weight
                };
                let kind = self.kind_of(column).unwrap_or(other);
                return Ok((Some((column, kind)), self.or_of_weight(sign, column)));
            }
            Some(None) => return Ok((None, sign)),
            None => {}
        }
        if let Some(column) = self.named(&["edge"], |facts| !facts.is_answer()) {
            return Ok((Some((column, ValueKind::Label)), sign));
        }
        let says = |facts: &ColumnFacts| facts.is_truths() || facts.is_answer();
        if let Some(column) = self
            .named(EDGE, says)
            .filter(|&at| sign != SignSource::Signs(at))
        {
            let kind = self.kind_of(column).unwrap_or(ValueKind::Label);
            return Ok((Some((column, kind)), sign));
        }
        self.refuse_mixed_answers()?;
        self.refuse_single_flag(sign)?;
        self.refuse_p_values()?;
        if let Some(column) = self.named(SCORE, ColumnFacts::is_numeric) {
            self.refuse_labels_beside(Some(column))?;
            return Ok((
                Some((column, ValueKind::Weight)),
                self.or_of_weight(sign, column),
            ));
        }
        if let SignSource::Signs(column) = sign {
            return self.of_signs(column, sign);
        }
        self.of_others(sign)
    }

    /// A column of signs with zeros is one of weights, unless its name says signs.
    fn of_signs(&self, column: usize, sign: SignSource) -> Result<Answer, ReadError> {
        let facts = self.facts(column);
        let own_name = ["sign", "type"].contains(&self.names[column].as_str());
        match facts.zeros {
            0 if facts.denials > 0 => return Err(self.unclear_edges(column)),
            0 => self.refuse_labels_beside(None)?,
            _ if own_name => return self.zeros_in_signs(column),
            _ => return Ok((Some((column, ValueKind::Weight)), sign)),
        }
        Ok((None, sign))
    }

    /// The answer of columns whose names say nothing.
    fn of_others(&self, sign: SignSource) -> Result<Answer, ReadError> {
        let third = self.next().filter(|&at| {
            let name = self.names[at].as_str();
            !is_other(name)
                && (name.is_empty() || self.facts(at).is_units())
                && !STIMULATION.contains(&name)
                && !INHIBITION.contains(&name)
                && self.kind_of(at).is_none()
        });
        match third {
            Some(at) if self.facts(at).is_numeric() => {
                self.refuse_labels_beside(Some(at))?;
                return Ok((Some((at, ValueKind::Weight)), self.or_of_weight(sign, at)));
            }
            Some(at) if !self.has_header() && self.mixed(at) => {
                return Ok((None, SignSource::Signs(at)));
            }
            _ => {}
        }
        let labels = self.labels();
        match labels.as_slice() {
            [] => Ok((None, sign)),
            &[(column, kind)] if sign == SignSource::None && self.is_clear(column, kind) => {
                Ok((Some((column, kind)), sign))
            }
            [(column, _), ..] => Err(self.unclear_edges(*column)),
        }
    }

    /// Whether a column says which pairs are edges: `None` may as well be nothing known.
    fn is_clear(&self, column: usize, kind: ValueKind) -> bool {
        let name = self.names[column].as_str();
        let nothing = self.facts(column).nones > 0;
        let named = EDGE.contains(&name) || SIGN.contains(&name);
        kind != ValueKind::Weight && (named || !nothing)
    }

    /// Columns in which some pairs may be said not to be edges, by their values.
    pub(super) fn labels(&self) -> Vec<(usize, ValueKind)> {
        let known = [SIGN, STIMULATION, INHIBITION].concat();
        let columns = self.others().filter(|&at| {
            let name = self.names[at].as_str();
            let words = SIGN.contains(&name) && self.facts(at).is_answer();
            let free = EDGE.contains(&name) || words || !known.contains(&name);
            free && !is_other(name) && !is_provenance(name)
        });
        let kinds = columns.filter_map(|at| Some((at, self.kind_of(at)?)));
        kinds.collect()
    }

    /// What the values of a column are if they say of some pairs that they are no edges.
    fn kind_of(&self, column: usize) -> Option<ValueKind> {
        let facts = self.facts(column);
        let often = 5 * facts.zeros >= facts.numbers && facts.zeros < facts.numbers;
        match () {
            () if facts.is_label() => Some(ValueKind::Label),
            () if facts.is_answer() => Some(ValueKind::Answer),
            // a number without a known name that is 0 for many pairs
            () if facts.is_numeric() && facts.negative == 0 && often && self.has_header() => {
                Some(ValueKind::Weight)
            }
            () => None,
        }
    }

    /// A label besides another statement that has no 0 leaves two readings.
    fn refuse_labels_beside(&self, value: Option<usize>) -> Result<(), ReadError> {
        if value.is_some_and(|at| self.facts(at).zeros > 0) {
            return Ok(());
        }
        let labels = self.labels().into_iter();
        match labels.map(|(at, _)| at).find(|&at| Some(at) != value) {
            Some(column) => Err(self.unclear_edges(column)),
            None => Ok(()),
        }
    }

    /// One flag of two, as `positive` without `negative`: its zeros are repressions, or no edges.
    fn refuse_single_flag(&self, sign: SignSource) -> Result<(), ReadError> {
        let SignSource::Flags {
            stimulation,
            inhibition,
        } = sign
        else {
            return Ok(());
        };
        match (stimulation, inhibition) {
            (Some(column), None) | (None, Some(column)) if self.facts(column).zeros > 0 => {
                Err(self.unclear_edges(column))
            }
            _ => Ok(()),
        }
    }

    /// Error probabilities that are not small say that some pairs are rather no edges.
    fn refuse_p_values(&self) -> Result<(), ReadError> {
        let large = |facts: &ColumnFacts| facts.most().is_some_and(|high| high > 0.05);
        let mut columns = self.others().filter(|&at| {
            self.score_name(at) == ScoreName::PValue
                && self.facts(at).is_numeric()
                && large(self.facts(at))
        });
        let Some(column) = columns.next() else {
            return Ok(());
        };
        let found = format!(
            "{} holds error probabilities above 0.05: such pairs may be no edges, or every pair is an edge",
            self.called(column)
        );
        Err(
            ReadError::new(Fault::Mismatch, Place::file(self.file), found)
                .expecting("edges, or a column that says which pairs are edges")
                .cured_by(format!(
                    "remove the pairs that are no edges, or {}{}",
                    if self.of_prior { "" } else { "say " },
                    self.all_edges(column)
                )),
        )
    }

    /// A column that should say whether pairs are edges, and says more than yes and no.
    fn refuse_mixed_answers(&self) -> Result<(), ReadError> {
        let mixed = |facts: &ColumnFacts| {
            facts.denials > facts.nones && facts.numbers == 0 && !facts.is_answer()
        };
        let Some(column) = self.named(&[EDGE, SIGN].concat(), mixed) else {
            return Ok(());
        };
        let facts = self.facts(column);
        let place = Place::column(self.file, column + 1, &self.facts.first[column]);
        let found = format!(
            "{} of {} cells say that there is no edge, and others say several things: {}",
            facts.denials,
            self.facts.rows,
            name_some(&facts.words)
        );
        Err(ReadError::new(Fault::Mismatch, place, found)
            .expecting("two words, one for an edge and one for none")
            .cured_by("add a column `edge` of 1 and 0"))
    }

    /// The error about a column that may say which pairs are edges.
    pub(super) fn unclear_edges(&self, column: usize) -> ReadError {
        let facts = self.facts(column);
        let none = if facts.numbers > 0 {
            format!("{} of {} pairs are 0", facts.zeros, facts.filled)
        } else {
            format!("{} of {} pairs are not", facts.denials, self.facts.rows)
        };
        let found = format!(
            "{} may say which pairs are edges ({none}), or every pair is an edge",
            self.called(column)
        );
        let some = match self.of_prior {
            true => "remove the pairs that are no edges".to_owned(),
            false => format!("say `--edge-column {}`", self.flag_value(column)),
        };
        ReadError::new(Fault::Mismatch, Place::file(self.file), found)
            .expecting("a column called `edge` or `weight` if 0 is no edge")
            .cured_by(format!("{some}, or {}", self.all_edges(column)))
    }

    /// What to do with a column if every pair is an edge.
    fn all_edges(&self, column: usize) -> String {
        if self.of_prior {
            format!(
                "the column {} if every pair is an edge",
                self.called(column)
            )
        } else {
            "`--edge-column none` if every pair is an edge".to_owned()
        }
    }

    /// The sign of a weight, where the list has no other and some weights are below 0.
    fn or_of_weight(&self, sign: SignSource, weight: usize) -> SignSource {
        match sign {
            SignSource::None if self.facts(weight).negative > 0 => SignSource::Weight(weight),
            said => said,
        }
    }

    /// Whether some cells of a column are signs and some are not.
    fn mixed(&self, column: usize) -> bool {
        let facts = self.facts(column);
        facts.signs > 0 && facts.signs < facts.filled
    }

    /// A column of signs with zeros: no edges if the list is of all pairs, else unclear.
    fn zeros_in_signs(&self, column: usize) -> Result<Answer, ReadError> {
        let facts = self.facts(column);
        if 2 * facts.zeros > facts.filled {
            return Ok((Some((column, ValueKind::Weight)), SignSource::Signs(column)));
        }
        let place = Place::column(self.file, column + 1, &self.facts.first[column]);
        let found = format!(
            "{} of {} signs are 0: these pairs may be no edges, or edges of unknown sign",
            facts.zeros, facts.filled
        );
        Err(ReadError::new(Fault::Mismatch, place, found)
            .expecting("one of the two")
            .cured_by("call the column `weight` if 0 is no edge, or write `?` for an unknown sign"))
    }
}
