//! Which column of a ranked list ranks its pairs, and from which end.

use super::pair_columns::ColumnChoice;
use super::pair_facts::ColumnFacts;
use super::pair_words::{EDGE, INHIBITION, SIGN, STIMULATION, ScoreOrder, is_other};
use super::pairs::too_few_columns;
use super::score_names::{ScoreName, score_name};
use crate::io::text::{Fault, Place, ReadError};

impl ColumnChoice<'_> {
    /// What the name of a column says about its direction.
    pub(super) fn score_name(&self, column: usize) -> ScoreName {
        score_name(&self.names[column])
    }

    /// From which end a column ranks.
    ///
    /// # Errors   [`Fault::Mismatch`] where neither its name nor its numbers tell.
    pub(super) fn direction(&self, column: usize) -> Result<ScoreOrder, ReadError> {
        let facts = self.facts(column);
        match self.score_name(column) {
            ScoreName::PValue | ScoreName::Rank | ScoreName::Distance => Ok(ScoreOrder::Ascending),
            ScoreName::LogP if facts.is_below_zero() => Ok(ScoreOrder::Ascending),
            ScoreName::Uncertain => Err(self.two_directions(column, "its name may mean either")),
            ScoreName::Unknown if facts.is_permutation() => Err(self.two_directions(
                column,
                &format!(
                    "its numbers are those from 1 to {}, each once",
                    facts.numbers
                ),
            )),
            ScoreName::Unknown if facts.is_like_p_values() && !self.falls_without_name(column) => {
                let why = "its numbers are spread from 0 to 1, as error probabilities are";
                Err(self.two_directions(column, why))
            }
            ScoreName::LogP | ScoreName::Score | ScoreName::NegativeP | ScoreName::Unknown => {
                Ok(ScoreOrder::Descending)
            }
        }
    }

    /// Whether a column without a name falls from row to row: the largest number is the first.
    fn falls_without_name(&self, column: usize) -> bool {
        self.names[column].is_empty() && self.facts(column).falls()
    }

    fn two_directions(&self, column: usize, why: &str) -> ReadError {
        let name = self.flag_value(column);
        let found = format!(
            "edges may be ranked by {}, the largest or the smallest first: {why}",
            self.called(column)
        );
        ReadError::new(Fault::Mismatch, Place::file(self.file), found)
            .expecting("a column whose name says which numbers are the surest, such as `score` or `pvalue`")
            .cured_by(format!(
                "say `--score-column {name} --best largest` or `--score-column {name} --best smallest`"
            ))
    }

    /// The column that ranks.
    pub(super) fn score(&self) -> Result<(usize, ScoreOrder), ReadError> {
        let exact = |name: &str| self.others().find(|&at| self.names[at] == name);
        if let Some(column) = exact("evidence").or_else(|| exact("coef_abs")) {
            return Ok((column, ScoreOrder::Descending));
        }
        let numeric = |at: &usize| self.facts(*at).is_numeric();
        let kinds: Vec<(usize, ScoreName)> =
            self.others().map(|at| (at, self.score_name(at))).collect();
        let of = |wanted: &[ScoreName]| -> Vec<usize> {
            let known = kinds.iter().filter(|(_, kind)| wanted.contains(kind));
            known.map(|&(at, _)| at).collect()
        };
        let graded = |facts: &ColumnFacts| facts.filled > 0 && facts.grades == facts.filled;
        let mut named = of(&[ScoreName::Score]);
        named.retain(|&at| !graded(self.facts(at)));
        let mut p_values = of(&[ScoreName::PValue, ScoreName::LogP, ScoreName::NegativeP]);
        p_values.retain(numeric);
        let known = [SIGN, EDGE, STIMULATION, INHIBITION].concat();
        let mut unnamed = of(&[
            ScoreName::Unknown,
            ScoreName::Distance,
            ScoreName::Uncertain,
        ]);
        unnamed.retain(|at| {
            let name = self.names[*at].as_str();
            numeric(at) && !known.contains(&name) && !is_other(name)
        });
        let ranks = |columns: &[usize]| columns.iter().copied().find(|&at| self.facts(at).ranks());
        // a column of one size alone ranks nothing
        if let Some(column) = ranks(&named) {
            return self.with_direction(column);
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
                    .and_then(|at| self.with_direction(at));
            }
            (None, Some(column)) => return self.with_direction(column),
            _ => {}
        }
        let rank = of(&[ScoreName::Rank]).into_iter().find(numeric);
        let first = named
            .first()
            .or(p_values.first())
            .copied()
            .or(rank)
            .or(self.next());
        match first {
            Some(column) => self.with_direction(column),
            None => Err(self.too_few("three: regulator, target, score")),
        }
    }

    fn with_direction(&self, column: usize) -> Result<(usize, ScoreOrder), ReadError> {
        Ok((column, self.direction(column)?))
    }

    /// The error about too few columns.
    pub(super) fn too_few(&self, expected: &str) -> ReadError {
        let place = Place::row(self.file, self.facts.first_line);
        too_few_columns(place, self.facts.first.len(), expected)
    }

    /// Of columns without a known name the first that ranks, unless another one may be meant.
    fn of_unnamed(&self, unnamed: &[usize], ranking: usize) -> Result<usize, ReadError> {
        // a distance beside a number of unknown meaning
        let is_distance = |at: usize| self.score_name(at) == ScoreName::Distance;
        let other = unnamed
            .iter()
            .copied()
            .find(|&at| is_distance(at) != is_distance(ranking) && self.facts(at).ranks());
        if let Some(other) = other {
            return Err(self.two_scores(ranking, other));
        }
        // `MYC E2F1 2 0.87` without a header: either number may rank
        let mut others = unnamed
            .iter()
            .copied()
            .filter(|&at| at != ranking && self.names[at].is_empty());
        if self.facts(ranking).is_whole()
            && let Some(other) = others.find(|&at| self.facts(at).has_fractions())
        {
            return Err(self.two_scores(ranking, other));
        }
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
                Ok(ScoreOrder::Ascending) => ", the smallest first",
                Ok(ScoreOrder::Descending) => ", the largest first",
                Err(_) => "",
            };
            format!("by {}{direction}", self.called(at))
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
}
