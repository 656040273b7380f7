//! Members of the ensemble: the same field fitted again on half-samples.

use rand::seq::SliceRandom;
use rayon::prelude::*;

use crate::field::{FieldError, SparseField};
use crate::seed::{Purpose, Seed};

use super::field_fit::{FieldFit, Half, RoundPrior};
use super::settings::RefitSettings;
use super::setup::Setup;

/// Iterations of a member: it starts where all data led.
const ITERATIONS: usize = 15;
/// Expected fall of the objective at which a member is done.
const FALL: f64 = 0.5;

/// The field fitted on complementary halves of windows and steady states, from `field` on, with the
/// prior that it was fitted with.
///
/// # Errors   [`FieldError`] if a parameter is not finite (a bug).
pub(super) fn members(
    fit: &FieldFit<'_>,
    field: &SparseField,
    prior: RoundPrior<'_>,
    seed: Seed,
) -> Result<Vec<SparseField>, FieldError> {
    let setup = fit.setup;
    let settings = RefitSettings {
        iterations: ITERATIONS,
        ..*fit.settings
    };
    let one =
        |half: &Half| FieldFit::new(setup, &settings, half.clone()).descend(field, prior, FALL);
    let halves: Vec<Half> = (0..settings.members.div_ceil(2))
        .flat_map(|pair| halves(setup, seed, pair))
        .take(settings.members)
        .collect();
    halves.par_iter().map(one).collect()
}

fn halves(setup: &Setup<'_>, seed: Seed, pair: usize) -> [Half; 2] {
    let mut rng = seed.stream(Purpose::Member, pair as u64);
    let mut split = |count: usize| {
        let mut order: Vec<usize> = (0..count).collect();
        order.shuffle(&mut rng);
        let mut second = order.split_off(count.div_ceil(2));
        order.sort_unstable();
        second.sort_unstable();
        [order, second]
    };
    let [w1, w2] = split(setup.windows.windows.len());
    let [s1, s2] = split(
        setup
            .data
            .steady_states
            .map_or(0, |steady_states| steady_states.len()),
    );
    [
        Half {
            windows: w1,
            samples: s1,
        },
        Half {
            windows: w2,
            samples: s2,
        },
    ]
}
