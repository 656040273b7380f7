//! The states that were measured, by name, for simulations to start from.

use crate::genes::Genes;

use super::{Cells, Data, Lineage, Profiles, TimeSeries};

/// Groups that the cells of a lineage are averaged in, equally many cells in each.
const BINS: usize = 10;

/// One state, in units of the file.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// `SERIES@TIME`, or `LINEAGE@PSEUDOTIME` for the mean of some cells.
    pub name: String,
    /// The series or lineage.
    pub group: String,
    /// Condition label; empty where none was given.
    pub condition: String,
    /// Level of every gene; NaN where missing.
    pub levels: Vec<f64>,
}

/// All states that simulations may start from.
#[derive(Clone, Debug, PartialEq)]
pub struct States {
    /// The genes.
    pub genes: Genes,
    /// The states, in the order of the data.
    pub states: Vec<State>,
}

impl States {
    /// Every sample of a time series, and the means of ten groups of equally many cells along each
    /// lineage.
    ///
    /// # Cost   `O(n·p)`.
    #[must_use]
    pub fn of(data: &Data) -> Self {
        let states = match data.profiles() {
            Profiles::Series(expression) => expression.series().iter().flat_map(samples).collect(),
            Profiles::Cells(cells) => {
                let lineages = cells.lineages().iter();
                lineages
                    .flat_map(|lineage| states_of_lineage(cells, lineage))
                    .collect()
            }
            Profiles::Static(_) => Vec::new(),
        };
        Self {
            genes: data.genes().clone(),
            states,
        }
    }

    /// The state of a name; the mean of all states of a group or condition of that name.
    ///
    /// `SERIES@TIME` is found however its time is written. None if nothing is called so.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<Vec<f64>> {
        let exact = self.states.iter().find(|state| state.name == name);
        if let Some(state) = exact.or_else(|| self.at_time(name)) {
            return Some(state.levels.clone());
        }
        self.mean_of(|state| state.group == name)
            .or_else(|| self.mean_of(|state| !name.is_empty() && state.condition == name))
    }

    /// Mean of the states that are chosen; none if there are none.
    fn mean_of(&self, chosen: impl Fn(&State) -> bool) -> Option<Vec<f64>> {
        let members: Vec<&State> = self.states.iter().filter(|state| chosen(state)).collect();
        if members.is_empty() {
            return None;
        }
        let genes = 0..self.genes.len();
        Some(
            genes
                .map(|j| mean(members.iter().map(|state| state.levels[j])))
                .collect(),
        )
    }

    fn at_time(&self, name: &str) -> Option<&State> {
        let (group, time) = name.rsplit_once('@')?;
        let time: f64 = time.trim().parse().ok()?;
        self.states.iter().find(|state| {
            let own = state.name.rsplit_once('@').map(|(_, time)| time.parse());
            state.group == group && own == Some(Ok(time))
        })
    }
}

fn samples(series: &TimeSeries) -> Vec<State> {
    (0..series.len())
        .map(|k| State {
            name: format!("{}@{}", series.name(), series.times()[k]),
            group: series.name().to_owned(),
            condition: series.conditions()[k].clone(),
            levels: series.values().row(k).iter().copied().collect(),
        })
        .collect()
}

/// Means of groups of equally many cells along a lineage.
fn states_of_lineage(cells: &Cells, lineage: &Lineage) -> Vec<State> {
    let time = &lineage.pseudotime;
    let mut order: Vec<usize> = (0..cells.names().len())
        .filter(|&k| time[k].is_finite())
        .collect();
    order.sort_by(|&a, &b| time[a].total_cmp(&time[b]));
    let bins = BINS.min(order.len());
    let mut states = Vec::with_capacity(bins);
    for bin in 0..bins {
        let members = &order[bin * order.len() / bins..(bin + 1) * order.len() / bins];
        let middle = mean(members.iter().map(|&k| time[k]));
        let genes = 0..cells.genes().len();
        states.push(State {
            name: format!("{}@{}", lineage.name, rounded(middle)),
            group: lineage.name.clone(),
            condition: String::new(),
            levels: genes
                .map(|j| mean(members.iter().map(|&k| cells.values()[(k, j)])))
                .collect(),
        });
    }
    states
}

/// Mean of the values that are not missing; NaN if all are.
fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let known = values.filter(|x| !x.is_nan());
    let (sum, count) = known.fold((0.0, 0_usize), |(sum, n), x| (sum + x, n + 1));
    sum / count as f64
}

/// With four significant digits, for a name.
fn rounded(x: f64) -> f64 {
    format!("{x:.3e}").parse().unwrap_or(x)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expression::Expression;
    use faer::{Mat, mat};

    #[test]
    fn samples_are_found_by_series_and_time_and_groups_as_means() {
        let genes = Genes::new(["a", "b"]).expect("distinct");
        let values = mat![[1.0, 2.0], [3.0, f64::NAN]];
        let series = TimeSeries::new("s 1", vec![0.0, 2.5], values).expect("increasing");
        let series = series.with_conditions(vec!["cold".to_owned(), "heat".to_owned()]);
        let expression = Expression::new(genes, vec![series]).expect("sound");
        let states = States::of(&Data::from(expression));
        assert_eq!(states.states[1].name, "s 1@2.5");
        assert_eq!(states.find("s 1@0"), Some(vec![1.0, 2.0]));
        assert_eq!(states.find("s 1@2.50").expect("there")[0], 3.0);
        assert_eq!(states.find("s 1"), Some(vec![2.0, 2.0]));
        assert_eq!(states.find("cold"), Some(vec![1.0, 2.0]));
        assert_eq!(states.find("s 1@1"), None);
        assert_eq!(states.find(""), None);
    }

    #[test]
    fn cells_are_averaged_along_their_lineage() {
        let genes = Genes::new(["a"]).expect("distinct");
        let names = (0..25).map(|k| format!("c{k}")).collect();
        let values = Mat::from_fn(25, 1, |k, _| k as f64);
        // cells in reverse; the last is on no lineage
        let time = |k: usize| if k == 24 { f64::NAN } else { 30.0 - k as f64 };
        let lineage = Lineage {
            name: "l".to_owned(),
            pseudotime: (0..25).map(time).collect(),
        };
        let cells = Cells::new(genes, names, values, vec![lineage]).expect("sound");
        let states = States::of(&Data::from(cells));
        assert_eq!(states.states.len(), 10);
        assert_eq!(states.states[0].name, "l@7.5");
        assert_eq!(states.states[0].levels, [22.5]);
        assert_eq!(states.find("l@7.5"), Some(vec![22.5]));
    }
}
