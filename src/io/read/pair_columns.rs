//! Which columns of a list of pairs are source, target, score, sign and edge label: by names and by values.

use super::pair_facts::{ColumnFacts, ListFacts};
use super::pair_header::has_header;
use super::pair_words::{
    EDGE, INHIBITION, RANKS, SCORE, SIGN, SOURCE, STIMULATION, SUPPORT, ScoreOrder, TARGET,
    is_log_p, is_negative_log_p, is_other, is_p_value, plain,
};
use super::pairs::PairUse;
use crate::genes::Genes;
use crate::io::text::{Fault, Place, ReadError};

/// Where the sign of a pair is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SignSource {
    /// The list has none.
    None,
    /// A column of signs; every cell must be one.
    Signs(usize),
    /// Columns of truths: stimulation and inhibition.
    Flags {
        stimulation: Option<usize>,
        inhibition: Option<usize>,
    },
    /// The sign of a weight, if some are below 0.
    Weight(usize),
}

/// What a value says about a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ValueKind {
    /// How sure the edge is, or how much supports it.
    Score(ScoreOrder),
    /// 1 for an edge, 0 for none; nothing else.
    Label,
    /// A weight: 0 is no edge.
    Weight,
}

/// The columns of a list, from 0.
#[derive(Clone, Debug)]
pub(super) struct ListColumns {
    pub(super) header: bool,
    pub(super) source: usize,
    pub(super) target: usize,
    pub(super) value: Option<(usize, ValueKind)>,
    pub(super) sign: SignSource,
}

/// A list of pairs while its columns are told apart.
pub(super) struct ColumnChoice<'a> {
    pub(super) file: &'a str,
    pub(super) facts: &'a ListFacts,
    /// Plain names of the columns; empty without a header.
    names: Vec<String>,
    source: usize,
    target: usize,
}

impl<'a> ColumnChoice<'a> {
    /// Tells header, source and target.
    pub(super) fn new(file: &'a str, facts: &'a mut ListFacts, genes: Option<&Genes>) -> Self {
        let names: Vec<String> = facts.first.iter().map(|name| plain(name)).collect();
        let header = has_header(facts, &names, genes);
        if !header {
            facts.add_first(genes);
        }
        let names = if header {
            names
        } else {
            vec![String::new(); names.len()]
        };
        let mut choice = Self {
            file,
            facts,
            names,
            source: 0,
            target: 1,
        };
        choice.place_pair(genes.is_some());
        choice
    }

    pub(super) fn has_header(&self) -> bool {
        self.names.iter().any(|name| !name.is_empty())
    }

    /// Columns by name where both are known; else by the names of genes in them; else the first two.
    fn place_pair(&mut self, known_genes: bool) {
        let best = |words: &[&str]| {
            let named =
                (0..self.names.len()).filter(|&at| words.contains(&self.names[at].as_str()));
            // the first of those with most known genes
            named.rev().max_by_key(|&at| self.facts.columns[at].known)
        };
        let (source, target) = (best(SOURCE), best(TARGET));
        let names_genes = |at: &usize| {
            let facts = &self.facts.columns[*at];
            let other = is_other(&self.names[*at]);
            facts.is_names() && !other && (!known_genes || facts.known > 0)
        };
        let mut free = (0..self.names.len())
            .filter(|at| Some(*at) != source && Some(*at) != target && names_genes(at));
        let (source, target) = match (source, target) {
            (Some(source), Some(target)) => (source, target),
            (Some(source), None) => match free.next() {
                Some(target) => (source, target),
                None => (0, 1),
            },
            (None, Some(target)) => match free.next() {
                Some(source) => (source, target),
                None => (0, 1),
            },
            (None, None) => match (free.next(), free.next()) {
                (Some(source), Some(target)) => (source, target),
                _ => (0, 1),
            },
        };
        (self.source, self.target) = (source, target);
    }

    fn facts(&self, column: usize) -> &ColumnFacts {
        &self.facts.columns[column]
    }

    /// The other columns, in their order.
    fn others(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.names.len()).filter(|&at| at != self.source && at != self.target)
    }

    /// The first other column of one of these names that `holds`.
    fn named(&self, words: &[&str], holds: impl Fn(&ColumnFacts) -> bool) -> Option<usize> {
        self.others()
            .find(|&at| words.contains(&self.names[at].as_str()) && holds(self.facts(at)))
    }

    /// The column after both names.
    fn next(&self) -> Option<usize> {
        let next = self.source.max(self.target) + 1;
        (next < self.names.len()).then_some(next)
    }

    /// The columns of a list for a use.
    ///
    /// * `asked`: the column of scores that the user named, and its direction
    ///
    /// # Errors   [`Fault::Mismatch`] with both readings if two are as good; [`Fault::Shape`] for a column that is
    ///   missing.
    pub(super) fn columns(
        &self,
        purpose: PairUse,
        asked: Option<(usize, Option<ScoreOrder>)>,
    ) -> Result<ListColumns, ReadError> {
        let (value, sign) = match purpose {
            PairUse::Ranked => {
                let (column, direction) = match asked {
                    Some((column, direction)) => {
                        (column, direction.unwrap_or_else(|| self.direction(column)))
                    }
                    None => self.score()?,
                };
                let sign = self.sign(Some(column));
                (Some((column, ValueKind::Score(direction))), sign)
            }
            PairUse::Known => self.answer()?,
            PairUse::Prior => (self.support(), SignSource::None),
        };
        Ok(ListColumns {
            header: self.has_header(),
            source: self.source,
            target: self.target,
            value,
            sign,
        })
    }

    fn direction(&self, column: usize) -> ScoreOrder {
        let name = self.names[column].as_str();
        let falls = is_log_p(name) && self.facts(column).is_below_zero();
        if is_p_value(name) || falls || RANKS.contains(&name) {
            ScoreOrder::Ascending
        } else {
            ScoreOrder::Descending
        }
    }

    /// The column that ranks.
    fn score(&self) -> Result<(usize, ScoreOrder), ReadError> {
        let exact = |name: &str| self.others().find(|&at| self.names[at] == name);
        if let Some(column) = exact("evidence").or_else(|| exact("coef_abs")) {
            return Ok((column, ScoreOrder::Descending));
        }
        let graded = |facts: &ColumnFacts| facts.filled > 0 && facts.grades == facts.filled;
        let scored =
            |at: &usize| SCORE.contains(&self.names[*at].as_str()) && !graded(self.facts(*at));
        let numeric = |at: &usize| self.facts(*at).is_numeric();
        let is_p = |at: &usize| {
            is_p_value(&self.names[*at])
                || is_log_p(&self.names[*at])
                || is_negative_log_p(&self.names[*at])
        };
        let named: Vec<usize> = self.others().filter(scored).collect();
        let p_values: Vec<usize> = self.others().filter(|at| is_p(at) && numeric(at)).collect();
        let known = [SIGN, EDGE, STIMULATION, INHIBITION, RANKS].concat();
        let unnamed: Vec<usize> = self
            .others()
            .filter(|at| numeric(at) && !scored(at) && !is_p(at))
            .filter(|&at| !known.contains(&self.names[at].as_str()) && !is_other(&self.names[at]))
            .collect();
        let ranks = |columns: &[usize]| columns.iter().copied().find(|&at| self.facts(at).ranks());
        // a column of one size alone ranks nothing
        if let Some(column) = ranks(&named) {
            return Ok((column, ScoreOrder::Descending));
        }
        let candidates = if named.is_empty() {
            ranks(&unnamed)
        } else {
            None
        };
        match (candidates, ranks(&p_values)) {
            (Some(score), Some(p_value)) => return Err(self.two_scores(score, p_value)),
            (Some(column), None) => {
                return self
                    .of_unnamed(&unnamed, column)
                    .map(|at| (at, ScoreOrder::Descending));
            }
            (None, Some(column)) => return Ok((column, self.direction(column))),
            _ => {}
        }
        let rank = self.named(RANKS, ColumnFacts::is_numeric);
        let first = named
            .first()
            .or(p_values.first())
            .copied()
            .or(rank)
            .or(self.next());
        first.map(|at| (at, self.direction(at))).ok_or_else(|| {
            self.facts
                .too_few(self.file, "three: regulator, target, score")
        })
    }

    /// Of columns without a known name the first that ranks, unless a column before it may be meant.
    fn of_unnamed(&self, unnamed: &[usize], ranking: usize) -> Result<usize, ReadError> {
        let Some(&first) = unnamed.first().filter(|&&first| first != ranking) else {
            return Ok(ranking);
        };
        let facts = self.facts(first);
        // signs, or the same number everywhere
        if facts.negative > 0 || facts.zeros == 0 || facts.zeros == facts.numbers {
            return Ok(ranking);
        }
        Err(self.two_scores(first, ranking))
    }

    fn two_scores(&self, first: usize, second: usize) -> ReadError {
        let say = |at| {
            let direction = match self.direction(at) {
                ScoreOrder::Ascending => "smallest",
                ScoreOrder::Descending => "largest",
            };
            format!("by {}, the {direction} first", self.called(at))
        };
        let found = format!("edges may be ranked {}, or {}", say(first), say(second));
        ReadError::new(Fault::Mismatch, Place::file(self.file), found)
            .expecting("one column of scores")
            .cured_by(format!(
                "say `--score-column {}` or `--score-column {}`, or call the right one `score`",
                self.flag_value(first),
                self.flag_value(second)
            ))
    }

    fn flag_value(&self, column: usize) -> String {
        if self.has_header() && !self.facts.first[column].is_empty() {
            self.facts.first[column].clone()
        } else {
            (column + 1).to_string()
        }
    }

    /// A column as messages call it.
    pub(super) fn called(&self, column: usize) -> String {
        if self.has_header() {
            format!("`{}` (column {})", self.facts.first[column], column + 1)
        } else {
            format!("column {}", column + 1)
        }
    }

    /// Where the signs are.
    ///
    /// * `score`: the column of scores
    fn sign(&self, score: Option<usize>) -> SignSource {
        let free = |at: &usize| Some(*at) != score;
        if let Some(column) = self.named(&["sign"], |_| true).filter(free) {
            return SignSource::Signs(column);
        }
        let flag = |words| self.named(words, ColumnFacts::is_truths).filter(free);
        let (stimulation, inhibition) = (flag(STIMULATION), flag(INHIBITION));
        if stimulation.is_some() || inhibition.is_some() {
            return SignSource::Flags {
                stimulation,
                inhibition,
            };
        }
        if let Some(column) = self.named(SIGN, ColumnFacts::is_signs).filter(free) {
            return SignSource::Signs(column);
        }
        let weight = ["coef_mean", "weight", "edgeweight", "edge_weight"];
        if let Some(column) = self.named(&weight[..1], ColumnFacts::is_numeric) {
            return SignSource::Weight(column);
        }
        let signed = |facts: &ColumnFacts| facts.is_numeric() && facts.negative > 0;
        if let Some(column) = self.named(&weight[1..], signed) {
            return SignSource::Weight(column);
        }
        // a column without a known name that holds signs and nothing else
        let unnamed =
            |at: &usize| !is_other(&self.names[*at]) && !EDGE.contains(&self.names[*at].as_str());
        let mut signs = self.others().filter(free).filter(unnamed);
        signs
            .find(|&at| self.facts(at).is_signs())
            .map_or(SignSource::None, SignSource::Signs)
    }

    /// What says whether a known pair is an edge, and its sign.
    fn answer(&self) -> Result<(Option<(usize, ValueKind)>, SignSource), ReadError> {
        let sign = match self.named(&["sign", "type"], |_| true) {
            Some(column) => SignSource::Signs(column),
            None => self.sign(None),
        };
        if let Some(column) = self.named(&["edge"], |_| true) {
            return Ok((Some((column, ValueKind::Label)), sign));
        }
        if let Some(column) = self.named(EDGE, ColumnFacts::is_truths) {
            return Ok((Some((column, ValueKind::Label)), sign));
        }
        let weights = |facts: &ColumnFacts| facts.is_numeric();
        if let Some(column) = self.named(SCORE, weights) {
            return Ok((
                Some((column, ValueKind::Weight)),
                self.or_of_weight(sign, column),
            ));
        }
        if let SignSource::Signs(column) = sign {
            let facts = self.facts(column);
            let own_name = ["sign", "type"].contains(&self.names[column].as_str());
            if facts.zeros > 0 && !own_name {
                return Ok((Some((column, ValueKind::Weight)), sign));
            }
            if facts.zeros > 0 {
                return self.zeros_in_signs(column);
            }
            return Ok((None, sign));
        }
        let third = self.next().filter(|&at| {
            let name = self.names[at].as_str();
            !is_other(name)
                && (name.is_empty() || self.facts(at).is_units())
                && !STIMULATION.contains(&name)
                && !INHIBITION.contains(&name)
        });
        match third {
            Some(at) if self.facts(at).is_numeric() => {
                Ok((Some((at, ValueKind::Weight)), self.or_of_weight(sign, at)))
            }
            Some(at) if !self.has_header() && self.mixed(at) => Ok((None, SignSource::Signs(at))),
            _ => Ok((None, sign)),
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
    fn zeros_in_signs(
        &self,
        column: usize,
    ) -> Result<(Option<(usize, ValueKind)>, SignSource), ReadError> {
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

    /// What supports a pair of a prior.
    fn support(&self) -> Option<(usize, ValueKind)> {
        let says = |facts: &ColumnFacts| {
            let grades = facts.filled > 0 && facts.grades == facts.filled;
            !grades && !facts.is_truths() || facts.is_numeric()
        };
        let named = SUPPORT.iter().find_map(|words| self.named(words, says));
        let third = self.next().filter(|&at| {
            let facts = self.facts(at);
            let known = facts.is_numeric()
                || facts.statements > 0
                || facts.signs == facts.filled && facts.filled > 0;
            let name = self.names[at].as_str();
            known
                && !is_other(name)
                && !is_p_value(name)
                && (name.is_empty() || facts.statements > 0)
        });
        let column = named.or(third)?;
        Some((column, ValueKind::Weight))
    }
}
