//! Activities of regulators from the known pairs of a prior.

use crate::activity::{Activities, ActivitySettings, KnownEdge};
use crate::expression::{Data, SteadyStates};
use crate::io::{ActivityTables, SampleActivities};
use crate::prior::Prior;
use crate::segments::Segments;

use super::{ActivityChoice, ActivityRecord, Run, Settings};

/// Activities of regulators from the supported pairs; none if they are not wanted or no regulator has
/// enough of them.
pub(super) fn activities(
    settings: &Settings,
    prior: &Prior,
    levels: &Segments,
) -> Option<Activities> {
    if settings.activity == ActivityChoice::Off {
        return None;
    }
    let pairs = prior.supported();
    let edges: Vec<KnownEdge> = pairs
        .map(|(target, regulator, confidence)| KnownEdge {
            regulator,
            target,
            confidence,
            activates: None,
        })
        .collect();
    let nodes = levels.nodes().as_ref();
    let found = (!edges.is_empty())
        .then(|| Activities::estimate(nodes, &edges, &ActivitySettings::default()))?;
    (!found.regulators().is_empty()).then_some(found)
}

/// Puts what was found into a run.
pub(super) fn add_activities(found: &Activities, data: &Data, run: &mut Run) {
    run.activities = Some(activity_tables(data, found));
    run.record.activities = Some(ActivityRecord::new(found));
}

/// Activities as the folder of a run has them, in the order of the level rows: samples of the series, then
/// steady states.
fn activity_tables(data: &Data, found: &Activities) -> ActivityTables {
    let series = data.series().map_or(&[][..], |data| data.series());
    let of_series = series.iter().flat_map(|series| {
        let times = series.times().iter();
        times.map(|&time| SampleActivities {
            name: format!("{}@{time}", series.name()),
            group: series.name().to_owned(),
            time,
            activities: Vec::new(),
        })
    });
    let steady = data.steady_states().map_or(&[][..], SteadyStates::samples);
    let steady = steady.iter().map(|sample| SampleActivities {
        name: sample.name.clone(),
        group: String::new(),
        time: f64::NAN,
        activities: Vec::new(),
    });
    let mut samples: Vec<SampleActivities> = of_series.chain(steady).collect();
    for (k, sample) in samples.iter_mut().enumerate() {
        sample.activities = found.matrix().row(k).iter().copied().collect();
    }
    ActivityTables {
        regulators: found.regulators().to_vec(),
        samples,
        pairs: found.agreement().to_vec(),
    }
}
