//! Steady states of a network and of its mutants: `f(x, u) = 0` for a [`Perturbation`] `u` per
//! row, reached from the steady state of the wild type.

use faer::Mat;
use rand::seq::index;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::steady_search::{SteadySearch, SteadyStateError, fluctuate};
use super::{Measurement, Noise};
use crate::simulate::integrate::normal;
use crate::simulate::kinetics::{Kinetics, Perturbation};
use crate::simulate::setting_range::{OutOfRange, require_moderate};
use cistron::genes::{Gene, Genes};
use cistron::seed::{Purpose, Seed};

/// A table of steady states.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SteadyTable {
    /// The undisturbed network, one row.
    Wildtype,
    /// Each gene switched off, a row for each.
    Knockouts,
    /// Each gene weakened, a row for each.
    Knockdowns,
    /// Each gene raised, a row for each.
    Overexpression,
    /// All genes raised or lowered a little, another way in each row; as many rows as genes.
    Multifactorial,
    /// Pairs of regulators switched off, exact: neither noise nor errors of measurement.
    DualKnockouts,
}

impl SteadyTable {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Wildtype,
        Self::Knockouts,
        Self::Knockdowns,
        Self::Overexpression,
        Self::Multifactorial,
        Self::DualKnockouts,
    ];

    /// Its name in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Wildtype => "wildtype",
            Self::Knockouts => "knockouts",
            Self::Knockdowns => "knockdowns",
            Self::Overexpression => "overexpression",
            Self::Multifactorial => "multifactorial",
            Self::DualKnockouts => "dualknockouts",
        }
    }
}

/// Which tables of steady states are made, and how strong their perturbations are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SteadyPlan {
    /// The tables.
    pub tables: Vec<SteadyTable>,
    /// Factor of the transcription of a knocked-down gene.
    pub knockdown: f64,
    /// Factor of the transcription of an overexpressed gene.
    pub overexpression: f64,
    /// Standard deviation of the change of the basal transcription in a multifactorial row, as a
    /// part of the maximal one.
    pub multifactorial: f64,
    /// Number of double knockouts, or as many as there are pairs of regulators.
    pub pairs: usize,
}

impl Default for SteadyPlan {
    fn default() -> Self {
        Self {
            tables: Vec::new(),
            knockdown: 0.5,
            overexpression: 2.0,
            multifactorial: 0.1,
            pairs: 20,
        }
    }
}

/// Steady states, one per row.
#[derive(Clone, Debug)]
pub struct SteadyStates {
    /// What they are.
    pub table: SteadyTable,
    /// The genes that are perturbed in each row, for tables in which these are one or two.
    pub perturbed: Vec<Vec<Gene>>,
    /// mRNA, rows × genes.
    pub values: Mat<f64>,
}

/// A row to be made.
struct PlannedState {
    perturbed: Vec<Gene>,
    done: Perturbation,
}

impl SteadyPlan {
    /// Whether the settings are in their range.
    ///
    /// # Errors   [`OutOfRange`] naming the setting, its value and what it has to be.
    pub fn check(&self) -> Result<(), OutOfRange> {
        require_moderate("knockdown", self.knockdown)?;
        require_moderate("overexpression", self.overexpression)?;
        require_moderate("multifactorial", self.multifactorial)
    }

    /// Makes the tables of the plan, in their order, each once; the same seed gives the same numbers for any
    /// number of threads.
    ///
    /// Each state is the one that the network reaches from the steady state of the wild type.
    /// With noise it then fluctuates for five of its slowest lifetimes before it is measured once.
    ///
    /// # Errors   [`SteadyStateError`], naming the state and the gene that still moves.
    /// # Cost     one steady state per row, rows in parallel.
    pub fn run(
        &self,
        kinetics: &Kinetics,
        noise: &Noise,
        measurement: Measurement,
        seed: Seed,
    ) -> Result<Vec<SteadyStates>, SteadyStateError> {
        if self.tables.is_empty() {
            return Ok(Vec::new());
        }
        let wild = SteadySearch::new(kinetics).wild_type()?;
        let mut tables = Vec::new();
        for (position, &table) in self.tables.iter().enumerate() {
            if self.tables[..position].contains(&table) {
                continue;
            }
            let exact = table == SteadyTable::DualKnockouts;
            let (noise, measurement) = if exact {
                (Noise::default(), Measurement::default())
            } else {
                (*noise, measurement)
            };
            let rows = self.rows(table, kinetics, seed);
            let experiment = SteadyExperiment {
                kinetics,
                noise,
                measurement,
                seed,
                table,
                wild: &wild,
            };
            let states = (0..rows.len())
                .into_par_iter()
                .map(|row| experiment.state(row, &rows[row]))
                .collect::<Result<Vec<_>, _>>()?;
            let genes = kinetics.genes().len();
            tables.push(SteadyStates {
                table,
                values: Mat::from_fn(rows.len(), genes, |i, j| states[i][(0, j)]),
                perturbed: rows.into_iter().map(|row| row.perturbed).collect(),
            });
        }
        Ok(tables)
    }

    fn rows(&self, table: SteadyTable, kinetics: &Kinetics, seed: Seed) -> Vec<PlannedState> {
        let genes = kinetics.genes();
        match table {
            SteadyTable::Wildtype => vec![PlannedState::scaled(genes.len(), Vec::new(), 1.0)],
            SteadyTable::Knockouts => scaled_one_by_one(genes, 0.0),
            SteadyTable::Knockdowns => scaled_one_by_one(genes, self.knockdown),
            SteadyTable::Overexpression => scaled_one_by_one(genes, self.overexpression),
            SteadyTable::Multifactorial => (0..genes.len())
                .map(|row| self.multifactorial(row, genes, seed))
                .collect(),
            SteadyTable::DualKnockouts => pairs(kinetics, self.pairs, seed)
                .into_iter()
                .map(|pair| PlannedState::scaled(genes.len(), pair, 0.0))
                .collect(),
        }
    }

    fn multifactorial(&self, row: usize, genes: &Genes, seed: Seed) -> PlannedState {
        let index = stream_index(SteadyTable::Multifactorial, row);
        let mut rng = seed.stream(Purpose::Perturbation, index);
        let done = genes
            .iter()
            .fold(Perturbation::none(genes.len()), |done, gene| {
                done.shifted(gene, self.multifactorial * normal(&mut rng))
            });
        let perturbed = Vec::new();
        PlannedState { perturbed, done }
    }
}

impl PlannedState {
    /// Transcription of some genes multiplied by `level`.
    fn scaled(genes: usize, perturbed: Vec<Gene>, level: f64) -> Self {
        let none = Perturbation::none(genes);
        let changed = perturbed.iter();
        Self {
            done: changed.fold(none, |done, &gene| done.scaled(gene, level)),
            perturbed,
        }
    }
}

/// A row for each gene, with its transcription multiplied.
fn scaled_one_by_one(genes: &Genes, level: f64) -> Vec<PlannedState> {
    genes
        .iter()
        .map(|gene| PlannedState::scaled(genes.len(), vec![gene], level))
        .collect()
}

/// The common part of all rows of a table.
struct SteadyExperiment<'a> {
    kinetics: &'a Kinetics,
    noise: Noise,
    measurement: Measurement,
    seed: Seed,
    table: SteadyTable,
    wild: &'a [f64],
}

impl SteadyExperiment<'_> {
    /// The measured state of one row, `1 × p`.
    fn state(&self, row: usize, planned: &PlannedState) -> Result<Mat<f64>, SteadyStateError> {
        let (index, done) = (stream_index(self.table, row), &planned.done);
        let search = SteadySearch::new(self.kinetics);
        let name = || self.name(row, planned);
        let mut x = search.from(self.wild, done.clone(), &name)?;
        let mut process = self.seed.stream(Purpose::ProcessNoise, index);
        fluctuate(self.kinetics, &self.noise, done, &mut process, &mut x);
        let mut state = Mat::from_fn(1, self.kinetics.genes().len(), |_, j| x[j]);
        let mut errors = self.seed.stream(Purpose::MeasurementNoise, index);
        self.measurement
            .apply(self.kinetics, &mut state, &mut errors);
        Ok(state)
    }

    /// The name of a row in messages.
    fn name(&self, row: usize, planned: &PlannedState) -> String {
        let genes = self.kinetics.genes();
        let names: Vec<&str> = planned.perturbed.iter().map(|&g| genes.name(g)).collect();
        match names.is_empty() {
            true => format!("row {} of {}", row + 1, self.table.name()),
            false => format!("{} of {}", self.table.name(), names.join(" and ")),
        }
    }
}

/// Number of the stream of a row, far from those of series and of other tables.
fn stream_index(table: SteadyTable, row: usize) -> u64 {
    (table as u64 + 1) << 40 | row as u64
}

/// Different pairs of regulators, at most `limit`, sorted.
fn pairs(kinetics: &Kinetics, limit: usize, seed: Seed) -> Vec<Vec<Gene>> {
    let mut regulators: Vec<Gene> = kinetics.edges().iter().map(|edge| edge.source).collect();
    regulators.sort_unstable();
    regulators.dedup();
    let n = regulators.len();
    let possible = n * n.saturating_sub(1) / 2;
    let mut rng = seed.stream(
        Purpose::Perturbation,
        stream_index(SteadyTable::DualKnockouts, 0),
    );
    let mut chosen = index::sample(&mut rng, possible, limit.min(possible)).into_vec();
    chosen.sort_unstable();
    let mut pairs = Vec::new();
    let (mut next, mut chosen) = (0, chosen.into_iter().peekable());
    for i in 0..n {
        for j in i + 1..n {
            if chosen.next_if_eq(&next).is_some() {
                pairs.push(vec![regulators[i], regulators[j]]);
            }
            next += 1;
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulate::experiment::test_networks::with_unit_rates;
    use crate::simulate::kinetics::{Rule, Site};

    fn site(regulator: usize, k: f64, n: f64) -> Rule {
        let regulator = Gene(regulator);
        Rule::Site(Site { regulator, k, n })
    }

    /// `a` activates `b`, `a` and `b` activate `c`, linearly enough to compute by hand.
    fn cascade() -> Kinetics {
        let by_a = || site(0, 1.0, 1.0);
        let rules = [Rule::On, by_a(), Rule::All(vec![by_a(), site(1, 1.0, 1.0)])];
        with_unit_rates(rules)
    }

    fn tables(tables: &[SteadyTable]) -> Vec<SteadyStates> {
        let plan = SteadyPlan {
            tables: tables.to_vec(),
            ..SteadyPlan::default()
        };
        let (noise, measurement) = (Noise::default(), Measurement::default());
        plan.run(&cascade(), &noise, measurement, Seed(1))
            .expect("a steady state")
    }

    fn share(x: f64) -> f64 {
        x / (1.0 + x)
    }

    /// The steady state at a level of `a`: `b = h(a)`, `c = h(a) h(b)`.
    fn state(a: f64) -> [f64; 3] {
        [a, share(a), share(a) * share(share(a))]
    }

    fn row(states: &SteadyStates, at: usize) -> [f64; 3] {
        [0, 1, 2].map(|j| states.values[(at, j)])
    }

    fn close(found: [f64; 3], expected: [f64; 3]) {
        for (x, y) in found.iter().zip(expected) {
            assert!((x - y).abs() < 1e-8, "{found:?}, not {expected:?}");
        }
    }

    #[test]
    fn the_states_are_those_of_the_closed_forms() {
        let all = tables(&SteadyTable::ALL);

        close(row(&all[0], 0), state(1.0));
        close(row(&all[1], 0), state(0.0));
        close(row(&all[1], 1), [1.0, 0.0, 0.0]);
        close(row(&all[2], 0), state(0.5));
        close(row(&all[3], 0), state(2.0));
        let shifted = [0, 1, 2].map(|at| row(&all[4], at));
        // a is at its maximal rate already: it can only be lowered
        assert!(shifted.iter().any(|[a, _, _]| *a < 0.999));
        assert!(
            shifted
                .iter()
                .all(|[a, b, _]| *a <= 1.0 + 1e-9 && *b != share(*a))
        );
        // a and b are the only regulators
        assert_eq!(all[5].perturbed, [[Gene(0), Gene(1)]]);
        close(row(&all[5], 0), [0.0; 3]);
    }

    #[test]
    fn rows_do_not_hang_on_which_tables_are_made() {
        let multifactorial = tables(&[SteadyTable::Multifactorial]);
        let all = tables(&SteadyTable::ALL);
        assert_eq!(multifactorial[0].values, all[4].values);
    }

    #[test]
    fn an_oscillator_has_no_steady_state_and_the_message_names_a_gene() {
        let rules = [2, 0, 1].map(|before| Rule::Not(Box::new(site(before, 0.1, 8.0))));
        let ring = with_unit_rates(rules);
        // off the diagonal, where the three would move as one
        let start = [0.9, 0.1, 0.4];
        let error = SteadySearch::new(&ring)
            .from(&start, Perturbation::none(3), &|| {
                "the wild type".to_owned()
            })
            .expect_err("it oscillates");
        assert!(["g0", "g1", "g2"].contains(&error.gene.as_str()));
        assert!(
            error
                .to_string()
                .starts_with("the wild type has no steady state")
        );
    }
}
