//! Whether the levels in a table of mutants are those of the mutants that its labels, or the order of its rows, name.
//!
//! A gene is lowest where it was knocked out: on the knockout tables of DREAM3 and DREAM4 this is so for 99 to 100 % of
//! the genes. A table is refused where most genes say something else, and a sample that does not fit is named.

use super::faults::mismatch;
use super::steady_samples::SteadyTable;
use crate::expression::Change;
use crate::genes::Gene;
use crate::io::text::{ReadError, if_any, name_some, shorten};
use crate::numeric::median;

/// Where it is from which gene was changed in a sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LabelSource<'t> {
    /// From the order of the rows.
    Order,
    /// From labels.
    Labels,
    /// From this column, of which the user says that it holds them.
    User,
    /// From this column.
    Column(&'t str),
}

/// Samples without a change of the gene that are compared at least.
const FEWEST_OTHERS: usize = 3;
/// How many standard deviations, by the median deviation, or twentieths of the range a clear difference has.
const CLEAR: f64 = 5.0;
/// The part of the difference in another sample below which a gene is not changed in its own one.
const PART: f64 = 0.25;

/// The level of a gene in a sample in which it was changed.
struct OwnLevel {
    row: usize,
    gene: Gene,
    /// Whether there should be more of it.
    more: bool,
    /// How far it is beyond the level of the wild type, else the typical one, in the direction of the change.
    shift: f64,
    /// What is a clear difference.
    clear: f64,
    /// Whether the change that was made would be one, in levels from 0; always for levels that may be below 0.
    is_visible: bool,
    /// The sample of another label that is farthest beyond, and how far.
    farthest: (usize, f64),
}

impl OwnLevel {
    fn of(states: &SteadyTable, row: usize) -> Option<Self> {
        let [change] = states.samples[row].interventions() else {
            return None;
        };
        let factor = match change.change {
            Change::Knockout => 0.0,
            Change::Scaled(factor) if factor != 1.0 => factor,
            _ => return None,
        };
        let more = factor > 1.0;
        let side = if more { 1.0 } else { -1.0 };
        let level = |row: usize| side * states.values[(row, change.gene.index())];
        let samples = states.samples.iter().enumerate();
        let others = samples.filter(|(_, sample)| {
            let mut changes = sample.interventions().iter();
            changes.all(|other| other.gene != change.gene)
        });
        let others: Vec<(usize, bool, f64)> = others
            .map(|(row, sample)| (row, sample.is_wild_type(), level(row)))
            .filter(|(_, _, level)| !level.is_nan())
            .collect();
        let own = level(row);
        if others.len() < FEWEST_OTHERS || own.is_nan() {
            return None;
        }
        let all: Vec<f64> = others.iter().map(|other| other.2).collect();
        let wild = others.iter().filter(|other| other.1).map(|other| other.2);
        let wild: Vec<f64> = wild.collect();
        let typical = median(if wild.is_empty() { &all } else { &wild });
        let center = median(&all);
        let deviations: Vec<f64> = all.iter().map(|level| (level - center).abs()).collect();
        let mut farthest = others[0];
        for other in &others {
            if other.2 > farthest.2 {
                farthest = *other;
            }
        }
        let least = all.iter().copied().fold(f64::INFINITY, f64::min);
        // the median deviation of normal noise is .67 standard deviations
        let spread = (1.4826 * median(&deviations)).max((farthest.2 - least) / 20.0);
        let clear = CLEAR * spread;
        let may_be_negative = all.iter().any(|level| side * level < 0.0);
        Some(Self {
            row,
            gene: change.gene,
            more,
            shift: own - typical,
            clear,
            is_visible: may_be_negative || ((factor - 1.0) * typical).abs() > clear,
            farthest: (farthest.0, farthest.2 - typical),
        })
    }

    /// Whether another sample is clearly that of the gene.
    fn is_elsewhere(&self) -> bool {
        let other = self.farthest.1;
        !self.more && other > self.clear && self.shift < PART * other
    }

    /// Whether it is clearly the opposite change.
    fn is_opposite(&self) -> bool {
        -self.shift > self.clear && self.clear > 0.0
    }
}

/// What the levels say about labels.
pub(super) struct OwnLevels<'s> {
    states: &'s SteadyTable,
    file: &'s str,
    source: LabelSource<'s>,
    own: Vec<OwnLevel>,
}

impl<'s> OwnLevels<'s> {
    pub(super) fn new(states: &'s SteadyTable, file: &'s str, source: LabelSource<'s>) -> Self {
        let rows = 0..states.samples.len();
        Self {
            states,
            file,
            source,
            own: rows.filter_map(|row| OwnLevel::of(states, row)).collect(),
        }
    }

    /// A warning about samples in which the changed gene is as in the wild type.
    ///
    /// # Errors   [`ReadError`] where most levels are those of other labels, of the opposite change, or of the wild type
    ///   in some of the samples of a label; unless the user said that the labels are labels.
    pub(super) fn check(&self) -> Result<Option<String>, ReadError> {
        if self.source == LabelSource::Order {
            return self.check_order().map(|()| None);
        }
        if self.source != LabelSource::User {
            self.refuse_elsewhere()?;
            self.refuse_opposite()?;
            self.refuse_controls()?;
        }
        let unchanged = |own: &&OwnLevel| own.is_visible && own.shift <= 0.0;
        let unchanged = self.own.iter().filter(unchanged);
        let named: Vec<String> = unchanged.map(|own| self.place(own.row, own.gene)).collect();
        Ok(if_any(&named, |count, some| {
            format!(
                "{}: in {count} of {} sample(s) the gene that was changed has not changed its level as it should: \
                 {some}; correct the labels if they are wrong",
                self.file,
                self.own.len()
            )
        }))
    }

    fn place(&self, row: usize, gene: Gene) -> String {
        let name = &self.states.samples[row].name;
        let level = self.states.values[(row, gene.index())];
        format!("{} is {level} in {name}", self.states.genes.name(gene))
    }

    /// The samples of which this is so, if they are most of all.
    fn most(&self, holds: impl Fn(&OwnLevel) -> bool) -> Option<Vec<&OwnLevel>> {
        let found: Vec<&OwnLevel> = self.own.iter().filter(|own| holds(own)).collect();
        (found.len() > 1 && 2 * found.len() > self.own.len()).then_some(found)
    }

    /// What to do if the labels are right after all.
    fn cure(&self, first: &str) -> String {
        match self.source {
            LabelSource::Column(name) => format!(
                "{first}; if the labels are right, say `--columns {}=intervention`",
                shorten(name)
            ),
            _ => first.to_owned(),
        }
    }

    fn refuse_elsewhere(&self) -> Result<(), ReadError> {
        let Some(found) = self.most(OwnLevel::is_elsewhere) else {
            return Ok(());
        };
        let first = found[0];
        let text = format!(
            "found {} of {} labelled samples in which the gene of the label has its usual level, and is clearly lower \
             in a sample of another label: {}, and {}",
            found.len(),
            self.own.len(),
            self.place(first.row, first.gene),
            self.place(first.farthest.0, first.gene)
        );
        let expected = "labels of the samples that they are beside";
        let cure = self.cure("correct the labels, which may be shifted");
        Err(mismatch(self.file, text, expected, &cure))
    }

    fn refuse_opposite(&self) -> Result<(), ReadError> {
        let Some(found) = self.most(OwnLevel::is_opposite) else {
            return Ok(());
        };
        let first = found[0];
        let (side, option) = if first.more {
            ("lower", "`--knockouts` or `--knockdowns`")
        } else {
            ("higher", "`--overexpression`")
        };
        let text = format!(
            "found {} of {} samples in which the changed gene is clearly {side} than in others: {}",
            found.len(),
            self.own.len(),
            self.place(first.row, first.gene)
        );
        let expected = if first.more {
            "more of the changed gene"
        } else {
            "less of the changed gene"
        };
        let cure = self.cure(&format!("give the table with {option}"));
        Err(mismatch(self.file, text, expected, &cure))
    }

    /// Samples of one label that are the mutant and others that are as the wild type.
    fn refuse_controls(&self) -> Result<(), ReadError> {
        let (mut repeated, mut split) = (0, Vec::new());
        for own in &self.own {
            let same = |other: &&OwnLevel| other.gene == own.gene && other.more == own.more;
            let mut best = own;
            let mut samples = self.own.iter().filter(same);
            for other in &mut samples {
                if other.shift > best.shift {
                    best = other;
                }
            }
            let is_control = best.shift > own.clear && own.shift < PART * best.shift;
            if is_control
                && !split
                    .iter()
                    .any(|(control, _): &(&OwnLevel, _)| control.gene == own.gene)
            {
                split.push((own, best));
            }
            let first = self.own.iter().find(same).map(|other| other.row);
            let several = self.own.iter().filter(same).count() > 1;
            repeated += usize::from(several && first == Some(own.row));
        }
        if split.len() < 2 || 2 * split.len() <= repeated {
            return Ok(());
        }
        let (control, mutant) = split[0];
        let text = format!(
            "found samples of one label of which one is a mutant and one is not, for {} of {repeated} genes with several \
             samples: {}, and {}",
            split.len(),
            self.place(mutant.row, mutant.gene),
            self.place(control.row, control.gene)
        );
        let cure = self.cure("call the samples in which nothing was changed `WT`");
        Err(mismatch(
            self.file,
            text,
            "labels that tell mutants from controls",
            &cure,
        ))
    }

    /// Where fewer than half of the genes are lowest in their own row, the rows have another order.
    fn check_order(&self) -> Result<(), ReadError> {
        let states = self.states;
        let level = |row: usize, gene: Gene| states.values[(row, gene.index())];
        let mutants = states.samples.iter().enumerate();
        let mutants = mutants.filter_map(|(row, sample)| match sample.interventions() {
            [one] if one.change == Change::Knockout => Some((row, one.gene)),
            _ => None,
        });
        let mutants: Vec<(usize, Gene)> = mutants.collect();
        let others = mutants.iter().filter_map(|&(row, gene)| {
            let rows = (0..states.samples.len()).filter(|&row| !level(row, gene).is_nan());
            let lowest = rows.min_by(|&a, &b| level(a, gene).total_cmp(&level(b, gene)))?;
            (level(lowest, gene) < level(row, gene)).then_some((gene, lowest))
        });
        let others: Vec<(Gene, usize)> = others.collect();
        match others.first() {
            Some(&(gene, row)) if 2 * others.len() > mutants.len() => {
                let found = format!(
                    "no column says which gene was changed, and row k is not the knockout of column k: {} of {} genes \
                     are lowest in another row ({})",
                    others.len(),
                    mutants.len(),
                    name_some(&[self.place(row, gene)])
                );
                Err(mismatch(
                    self.file,
                    found,
                    "a column `perturbed`, or one row per gene in the order of the columns",
                    "add the column, with the name of a gene in every row",
                ))
            }
            _ => Ok(()),
        }
    }
}
