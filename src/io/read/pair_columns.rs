//! Which columns of a list of pairs are source, target, score, sign and edge label: by names and by values.

use super::joined_pairs::JoinedPairs;
use super::pair_facts::{ColumnFacts, ListFacts};
use super::pair_header::has_header;
use super::pair_words::{
    EDGE, INHIBITION, PairSide, SCORE, SIGN, STIMULATION, ScoreOrder, is_other, is_side, pair_side,
    plain,
};
use super::pairs::PairUse;
use crate::genes::Genes;
use crate::io::text::{
    DecimalSign, Fault, NumberMarks, Place, ReadError, is_relation, name_some, shorten,
};

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
    /// A word for an edge, and one such as `no` for none.
    Answer,
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
    /// How the values are written.
    pub(super) marks: NumberMarks,
}

/// What the user said about the columns.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct AskedColumns {
    /// The column of scores, and its direction.
    pub(super) score: Option<(usize, Option<ScoreOrder>)>,
    /// The column that says which pairs are edges; none within if all are.
    pub(super) edge: Option<Option<usize>>,
    pub(super) decimal: Option<DecimalSign>,
}

/// A list of pairs while its columns are told apart.
pub(super) struct ColumnChoice<'a> {
    pub(super) file: &'a str,
    pub(super) facts: &'a ListFacts,
    header: bool,
    /// Plain names of the columns; empty without a header.
    pub(super) names: Vec<String>,
    source: usize,
    target: usize,
    /// Whether both were in one cell, in the column of the sources.
    joined: bool,
    /// Whether the list is a prior network, which has no options about its columns.
    pub(super) of_prior: bool,
}

impl<'a> ColumnChoice<'a> {
    /// Tells header, source and target.
    ///
    /// * `joined`: where both were in one cell
    ///
    /// # Errors   [`Fault::Mismatch`] if only one of both is known by name, and several columns may be the other.
    pub(super) fn new(
        file: &'a str,
        facts: &'a mut ListFacts,
        genes: Option<&Genes>,
        joined: Option<&JoinedPairs>,
    ) -> Result<Self, ReadError> {
        let names: Vec<String> = facts.first.iter().map(|name| plain(name)).collect();
        let header =
            joined.map_or_else(|| has_header(facts, &names, genes), |joined| joined.header);
        if !header {
            facts.add_first(file, genes);
        }
        let names = if header {
            names
        } else {
            vec![String::new(); names.len()]
        };
        let mut choice = Self {
            file,
            facts,
            header,
            names,
            source: 0,
            target: 1,
            joined: joined.is_some(),
            of_prior: false,
        };
        if let Some(joined) = joined {
            (choice.source, choice.target) = (joined.column, joined.target);
            return Ok(choice);
        }
        choice.refuse_strange_arrows()?;
        choice.place_pair(genes.is_some())?;
        choice.refuse_numbers()?;
        Ok(choice)
    }

    /// The columns of the pair, as messages call them.
    pub(super) fn pair(&self) -> String {
        let source = self.called(self.source);
        if self.joined {
            return format!("source and target {source}");
        }
        format!("source {source}, target {}", self.called(self.target))
    }

    /// Arrows from the second name to the first, or without a direction.
    fn refuse_strange_arrows(&self) -> Result<(), ReadError> {
        let strange =
            |facts: &&ColumnFacts| facts.strange_arrows > 0 && facts.arrows == facts.filled;
        let Some(at) = self.facts.columns.iter().position(|facts| strange(&facts)) else {
            return Ok(());
        };
        let words = name_some(&self.facts(at).words);
        let found = format!(
            "{} holds {words}, which do not say which of both genes regulates",
            self.called(at)
        );
        Err(
            ReadError::new(Fault::Mismatch, Place::file(self.file), found)
                .expecting("arrows from the regulator to its target, `->` or `-|`")
                .cured_by("write the regulator first, with `->` or `-|` behind it"),
        )
    }

    /// A list without a header in which a third column names genes: a line may list several targets.
    pub(super) fn refuse_more_genes(&self) -> Result<(), ReadError> {
        let names = |&at: &usize| {
            let facts = self.facts(at);
            facts.known > 0 && facts.known == facts.filled && facts.grades < facts.filled
        };
        let mut others = self.others().filter(names);
        let Some(at) = others.next().filter(|_| !self.has_header()) else {
            return Ok(());
        };
        let found = format!(
            "{} is the regulator and {} its target, but {} names genes too: a line may list several targets",
            self.called(self.source),
            self.called(self.target),
            self.called(at)
        );
        Err(
            ReadError::new(Fault::Mismatch, Place::file(self.file), found)
                .expecting("one pair per line, or lines such as `TP53: MYC SOX2`")
                .cured_by(
                    "write them so, or give the list a header that names `regulator` and `target`",
                ),
        )
    }

    /// Genes may be called by whole numbers, not by others.
    fn refuse_numbers(&self) -> Result<(), ReadError> {
        let pair = [self.source, self.target];
        let Some(at) = pair.into_iter().find(|&at| self.facts(at).has_fractions()) else {
            return Ok(());
        };
        let found = format!(
            "{} holds numbers, and no other column is the one of the genes",
            self.called(at)
        );
        Err(ReadError::new(Fault::Shape, Place::file(self.file), found)
            .expecting("a column of regulators and a column of targets")
            .cured_by(
                "give regulator and target a column each, or join them by an arrow, as in `A -> B`",
            ))
    }

    pub(super) fn has_header(&self) -> bool {
        self.header
    }

    /// Columns by name where both are known; else by the names of genes in them; else the first two.
    fn place_pair(&mut self, known_genes: bool) -> Result<(), ReadError> {
        let best = |side: PairSide| {
            let named = (0..self.names.len()).filter_map(|at| {
                let (known, identifiers) = pair_side(&self.names[at])?;
                (known == side).then_some((at, identifiers))
            });
            // the first of those with most known genes, symbols before identifiers
            let best = named
                .rev()
                .max_by_key(|&(at, identifiers)| (self.facts.columns[at].known, !identifiers));
            best.map(|(at, _)| at)
        };
        let free: Vec<usize> = (0..self.names.len())
            .filter(|&at| pair_side(&self.names[at]).is_none() && self.names_genes(at, known_genes))
            .collect();
        (self.source, self.target) = match (best(PairSide::Source), best(PairSide::Target)) {
            (Some(source), Some(target)) => (source, target),
            (Some(source), None) => (source, self.other_side(source, &free)?),
            (None, Some(target)) => (self.other_side(target, &free)?, target),
            (None, None) => match free[..] {
                [source, between, target, ..] if self.facts(between).is_one_word() => {
                    self.around(source, between, target)?
                }
                [source, target, ..] => (source, target),
                _ => self.first_two(),
            },
        };
        Ok(())
    }

    /// The first two columns that are no arrows or words between names.
    fn first_two(&self) -> (usize, usize) {
        let between = |facts: &ColumnFacts| {
            let arrows = facts.arrows > 0 && facts.arrows == facts.filled;
            arrows || facts.is_one_word() && is_relation(&facts.words[0])
        };
        let mut columns = (0..self.names.len()).filter(|&at| !between(self.facts(at)));
        match (columns.next(), columns.next()) {
            (Some(source), Some(target)) => (source, target),
            _ => (0, 1),
        }
    }

    /// Of three columns of names the pair, where the second one says the same in every row: a relation, or one target.
    fn around(
        &self,
        source: usize,
        between: usize,
        target: usize,
    ) -> Result<(usize, usize), ReadError> {
        let facts = self.facts(between);
        if facts.known > 0 {
            return Ok((source, between));
        }
        let word = &facts.words[0];
        if is_relation(word) {
            return Ok((source, target));
        }
        let found = format!(
            "{} says `{}` in every row: it may be the only target, or a word between source and target",
            self.called(between),
            shorten(word)
        );
        Err(
            ReadError::new(Fault::Mismatch, Place::file(self.file), found)
                .expecting("columns that are named `regulator` and `target`")
                .cured_by("add a header line that names them"),
        )
    }

    /// Whether a column holds names of genes, as far as its cells tell.
    fn names_genes(&self, column: usize, known_genes: bool) -> bool {
        let facts = &self.facts.columns[column];
        let other = is_other(&self.names[column]);
        // genes of one letter may be grades as well
        let known = known_genes && facts.known > 0 && facts.known == facts.filled;
        !other && (known || facts.is_names() && (!known_genes || facts.known > 0))
    }

    /// The column of the genes on the other side of a pair of which one side is known by name.
    ///
    /// * `free`: columns of names
    fn other_side(&self, known: usize, free: &[usize]) -> Result<usize, ReadError> {
        let named = [EDGE, SIGN, SCORE, STIMULATION, INHIBITION].concat();
        let rest: Vec<usize> = (0..self.names.len())
            .filter(|&at| {
                let name = self.names[at].as_str();
                pair_side(name).is_none() && !is_other(name) && !named.contains(&name)
            })
            .collect();
        let candidates = if free.is_empty() { &rest } else { free };
        if let &[only] = candidates {
            return Ok(only);
        }
        let source = is_side(&self.names[known], PairSide::Source);
        let (side, other) = if source {
            ("regulator", "target")
        } else {
            ("target", "regulator")
        };
        let columns: Vec<String> = candidates.iter().map(|&at| self.called(at)).collect();
        let known = self.called(known);
        let found = if columns.is_empty() {
            format!("{known} is the {side}, and no column is the {other}")
        } else {
            let columns = columns.join(" or ");
            format!("{known} is the {side}; the {other} may be {columns}")
        };
        let place = Place::row(self.file, self.facts.first_line);
        Err(ReadError::new(Fault::Mismatch, place, found)
            .expecting(format!("one column called `{other}`"))
            .cured_by(format!("call the right one `{other}` in the header")))
    }

    pub(super) fn facts(&self, column: usize) -> &ColumnFacts {
        &self.facts.columns[column]
    }

    /// The other columns, in their order.
    pub(super) fn others(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.names.len()).filter(|&at| at != self.source && at != self.target)
    }

    /// The first other column of one of these names that `holds`.
    pub(super) fn named(
        &self,
        words: &[&str],
        holds: impl Fn(&ColumnFacts) -> bool,
    ) -> Option<usize> {
        self.others()
            .find(|&at| words.contains(&self.names[at].as_str()) && holds(self.facts(at)))
    }

    /// The column after both names.
    pub(super) fn next(&self) -> Option<usize> {
        let next = match self.joined {
            true => self.source + 1,
            false => self.source.max(self.target) + 1,
        };
        let last = if self.joined {
            self.target
        } else {
            self.names.len()
        };
        (next < last).then_some(next)
    }

    /// The columns of a list for a use.
    ///
    /// # Errors   [`Fault::Mismatch`] with both readings if two are as good; [`Fault::Shape`] for a column that is
    ///   missing.
    pub(super) fn columns(
        &self,
        purpose: PairUse,
        asked: AskedColumns,
    ) -> Result<ListColumns, ReadError> {
        let (value, sign) = match purpose {
            PairUse::Ranked => {
                let (column, direction) = match asked.score {
                    Some((column, Some(direction))) => (column, direction),
                    Some((column, None)) => (column, self.direction(column)?),
                    None => self.score()?,
                };
                let sign = self.sign(Some(column));
                (Some((column, ValueKind::Score(direction))), sign)
            }
            PairUse::Known => self.answer(asked.edge)?,
            PairUse::Prior => (self.support()?, SignSource::None),
        };
        let marks = match value {
            Some((_, ValueKind::Label | ValueKind::Answer)) | None => NumberMarks::default(),
            Some((column, _)) => purpose.marks(&self.facts(column).marks, asked.decimal)?,
        };
        Ok(ListColumns {
            header: self.has_header(),
            source: self.source,
            target: self.target,
            value,
            sign,
            marks,
        })
    }

    pub(super) fn flag_value(&self, column: usize) -> String {
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
}
