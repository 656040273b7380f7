//! Activities of regulators from the known pairs of a prior.

use crate::activity::{Activities, ActivitySettings, KnownEdge};
use crate::prior::Prior;
use crate::segments::Segments;

use super::{ActivityChoice, Settings};

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
