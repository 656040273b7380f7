//! Several samples at one time without the name of a series: the same units again, or other units at each time.
//!
//! If the k-th sample of one time resembles the k-th sample of the next time more than the others there, the
//! k-th samples are of one unit and become a series. Where names number the replicates and are the same at each time,
//! the k-th sample is that of the k-th name; where they differ, units do. Otherwise the samples of a time are exchangeable, as where each
//! unit is killed for its sample (the rule in bulk RNA-seq), and their mean is one sample of one series.
//!
//! For `r` replicates with noise variance `σ²` the mean has `σ²/r`; the regressors of a pair of single samples
//! have the full `σ²`, which biases coefficients towards 0.

use super::series_blocks::SeriesBlock;
use crate::io::text::name_some;

/// Largest probability of as many likenesses by chance at which the k-th samples are taken for one unit.
const CHANCE: f64 = 0.05;

/// Samples of one condition without the names of their series.
pub(super) struct Unnamed {
    pub(super) name: String,
    /// Samples of every time, in the order of their names as replicates, else of the file.
    times: Vec<Vec<usize>>,
    labels: ReplicateLabels,
}

/// What replicates are called.
enum ReplicateLabels {
    /// No names, or one name twice at one time.
    Unknown,
    /// The same names at every time.
    Same(Vec<String>),
    /// Other names at other times.
    Different,
}

impl ReplicateLabels {
    /// Reads the names, and puts the samples of every time in their order.
    fn of(times: &mut [Vec<usize>], labels: Option<&[String]>) -> Self {
        let Some(labels) = labels else {
            return Self::Unknown;
        };
        let mut names: Vec<Vec<&String>> = Vec::with_capacity(times.len());
        let mut sorted = times.to_vec();
        for same in &mut sorted {
            same.sort_by_key(|&sample| &labels[sample]);
            let here: Vec<&String> = same.iter().map(|&sample| &labels[sample]).collect();
            let twice = here.windows(2).any(|pair| pair[0] == pair[1]);
            if twice || here[0].is_empty() {
                return Self::Unknown;
            }
            names.push(here);
        }
        if names.iter().any(|here| *here != names[0]) {
            return Self::Different;
        }
        let first = names[0].iter().map(|&name| name.clone()).collect();
        times.clone_from_slice(&sorted);
        Self::Same(first)
    }
}

/// How replicates were read.
pub(super) struct ReplicateReading {
    pub(super) blocks: Vec<SeriesBlock>,
    /// What was assumed, and why.
    pub(super) assumed: String,
    /// Whether replicates were averaged.
    pub(super) pooled: bool,
}

impl Unnamed {
    /// Groups samples by their times, in increasing order.
    ///
    /// * `labels`: which replicate each sample is
    pub(super) fn new(block: &SeriesBlock, times: &[f64], labels: Option<&[String]>) -> Self {
        let mut members = block.members.clone();
        members.sort_by(|&a, &b| times[a].total_cmp(&times[b]));
        let same = members.chunk_by(|&a, &b| times[a] == times[b]);
        let mut times: Vec<Vec<usize>> = same.map(<[usize]>::to_vec).collect();
        let labels = ReplicateLabels::of(&mut times, labels);
        Self {
            name: block.name.clone(),
            times,
            labels,
        }
    }

    /// Whether the names of replicates do not say that units differ.
    fn may_be_units(&self) -> bool {
        !matches!(self.labels, ReplicateLabels::Different)
    }

    fn is_labelled(&self) -> bool {
        matches!(self.labels, ReplicateLabels::Same(_))
    }

    /// Number of samples, if it is the same at every time.
    fn count(&self) -> Option<usize> {
        let count = self.times.first()?.len();
        self.times
            .iter()
            .all(|same| same.len() == count)
            .then_some(count)
    }
}

/// Reads replicates as series of the same units, or averages them.
///
/// * `distance`: between two samples
pub(super) fn read_replicates(
    groups: &[Unnamed],
    distance: &dyn Fn(usize, usize) -> f64,
) -> ReplicateReading {
    let alike = Likeness::of(groups, distance);
    let paired = groups
        .iter()
        .all(|group| group.count().is_some() && group.may_be_units())
        && alike.by_chance() < CHANCE;
    let blocks = groups
        .iter()
        .flat_map(|group| match group.count().filter(|_| paired) {
            Some(count) => (0..count)
                .map(|k| nth_series(group, k, count, groups.len()))
                .collect(),
            None => vec![mean_series(group)],
        });
    let blocks: Vec<SeriesBlock> = blocks.collect();
    let labelled = groups.iter().all(Unnamed::is_labelled);
    let seen = format!(
        "{} of {} samples are nearest to the sample of the same {} at the next time, {:.1} expected by chance",
        alike.hits,
        alike.chances.len(),
        if labelled { "replicate" } else { "position" },
        alike.chances.iter().sum::<f64>()
    );
    let assumed = if paired {
        format!(
            "several samples at one time and no series: the {} samples of all times are of one unit and become \
             series {} ({seen}); a column `series` says otherwise",
            if labelled { "equally numbered" } else { "k-th" },
            name_some(blocks.iter().map(|block| &block.name))
        )
    } else {
        format!(
            "several samples at one time and no series: taken for other units at each time, as in destructive \
             sampling, and averaged ({seen}); if units are measured again, name them in a column `series`"
        )
    };
    ReplicateReading {
        blocks,
        assumed,
        pooled: !paired,
    }
}

fn nth_series(group: &Unnamed, k: usize, count: usize, groups: usize) -> SeriesBlock {
    let unit = match &group.labels {
        ReplicateLabels::Same(labels) => labels[k].clone(),
        _ => (k + 1).to_string(),
    };
    let name = match (count, groups) {
        (1, _) => group.name.clone(),
        (_, 1) => unit,
        _ => format!("{}/{unit}", group.name),
    };
    SeriesBlock {
        name,
        members: group.times.iter().map(|same| same[k]).collect(),
        pooled: Vec::new(),
    }
}

fn mean_series(group: &Unnamed) -> SeriesBlock {
    SeriesBlock {
        name: group.name.clone(),
        members: group.times.iter().map(|same| same[0]).collect(),
        pooled: group.times.clone(),
    }
}

/// How often the nearest sample at the next time is the one of the same position.
struct Likeness {
    hits: usize,
    /// Probability of a hit by chance, for every sample that was looked at.
    chances: Vec<f64>,
}

impl Likeness {
    fn of(groups: &[Unnamed], distance: &dyn Fn(usize, usize) -> f64) -> Self {
        let mut found = Self {
            hits: 0,
            chances: Vec::new(),
        };
        for pair in groups.iter().flat_map(|group| group.times.windows(2)) {
            let (now, next) = (&pair[0], &pair[1]);
            if now.len() != next.len() || now.len() < 2 {
                continue;
            }
            for (k, &sample) in now.iter().enumerate() {
                let own = distance(sample, next[k]);
                let others = next.iter().enumerate().filter(|&(other, _)| other != k);
                let nearest = others
                    .map(|(_, &other)| distance(sample, other))
                    .all(|other| own < other);
                found.hits += usize::from(nearest);
                found.chances.push(1.0 / next.len() as f64);
            }
        }
        found
    }

    /// Probability of at least as many hits by chance: the tail of a sum of independent trials.
    fn by_chance(&self) -> f64 {
        let mut probability = vec![0.0; self.chances.len() + 1];
        probability[0] = 1.0;
        for (done, &chance) in self.chances.iter().enumerate() {
            for hits in (0..=done).rev() {
                probability[hits + 1] += probability[hits] * chance;
                probability[hits] *= 1.0 - chance;
            }
        }
        probability[self.hits..].iter().sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(values: &[f64], times: &[f64]) -> ReplicateReading {
        read_labelled(values, times, None)
    }

    fn read_labelled(values: &[f64], times: &[f64], labels: Option<&[String]>) -> ReplicateReading {
        let block = SeriesBlock {
            name: "1".to_owned(),
            members: (0..values.len()).collect(),
            pooled: Vec::new(),
        };
        let distance = |a: usize, b: usize| (values[a] - values[b]).abs();
        read_replicates(&[Unnamed::new(&block, times, labels)], &distance)
    }

    #[test]
    fn units_that_keep_their_level_are_series_and_others_are_averaged() {
        let times = [0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 2.0, 2.0, 2.0, 3.0, 3.0, 3.0];
        let same = [1.0, 5.0, 9.0, 1.1, 5.2, 8.9, 1.2, 5.5, 9.3, 1.0, 5.1, 9.0];
        let read_same = read(&same, &times);
        assert!(!read_same.pooled);
        assert_eq!(read_same.blocks[1].members, [1, 4, 7, 10]);
        let other = [1.0, 5.0, 9.0, 5.2, 8.9, 1.1, 9.3, 1.2, 5.5, 5.1, 1.0, 9.0];
        let read_other = read(&other, &times);
        assert!(read_other.pooled);
        assert_eq!(read_other.blocks.len(), 1);
        assert_eq!(read_other.blocks[0].pooled[1], [3, 4, 5]);
    }

    #[test]
    fn names_of_replicates_join_the_samples_in_whatever_order_they_are() {
        let times = [0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 2.0, 2.0, 2.0, 3.0, 3.0, 3.0];
        let values = [1.0, 5.0, 9.0, 5.2, 8.9, 1.1, 9.3, 1.2, 5.5, 5.1, 1.0, 9.0];
        let named = |text: &str| -> Vec<String> { text.split(' ').map(str::to_owned).collect() };
        let labels = named("r1 r2 r3 r2 r3 r1 r3 r1 r2 r2 r1 r3");
        let joined = read_labelled(&values, &times, Some(&labels));
        assert!(!joined.pooled, "{}", joined.assumed);
        assert_eq!(joined.blocks[0].name, "r1");
        assert_eq!(joined.blocks[0].members, [0, 5, 7, 10]);
        // units that go on counting are other units
        let same = [1.0, 5.0, 9.0, 1.1, 5.2, 8.9, 1.2, 5.5, 9.3, 1.0, 5.1, 9.0];
        let counted = named("1 2 3 4 5 6 7 8 9 10 11 12");
        assert!(read_labelled(&same, &times, Some(&counted)).pooled);
    }

    #[test]
    fn times_with_other_numbers_of_samples_are_averaged() {
        let read = read(&[1.0, 1.2, 1.1, 2.0, 3.0], &[0.0, 0.0, 0.0, 1.0, 2.0]);
        assert!(read.pooled);
        assert_eq!(read.blocks[0].pooled, [vec![0, 1, 2], vec![3], vec![4]]);
    }
}
