//! Signs: most regulators either activate or repress, and the global ones mostly activate.

use rand::Rng;

use super::laws::WiringSettings;
use cistron::network::Sign;

/// How often an edge has the sign that is usual for its regulator.
///
/// # Source   Of the regulators of *E. coli* most are activators or repressors, some both
///   (Balaji et al. (2007), J. Mol. Biol. 372:1108); the number is ours.
const FIDELITY: f64 = 0.85;

/// Part of the global regulators that usually activate, as CRP does. Then a loop from a global
/// regulator over a local one is coherent of type 1 if the local one activates and incoherent of
/// type 1 if it represses: the two most frequent types.
///
/// # Source   Types of loops: Mangan & Alon (2003), PNAS 100:11980.
const GLOBAL_ACTIVATORS: f64 = 0.9;

/// A sign for every pair of regulator and target.
///
/// The expected part of activating edges is that of the settings, as far as it can be reached.
pub(super) fn signs(
    settings: &WiringSettings,
    pairs: &[(usize, usize)],
    rng: &mut impl Rng,
) -> Vec<Sign> {
    let regulators = settings.regulator_count();
    let mut targets = vec![0usize; regulators];
    pairs.iter().for_each(|&(from, _)| targets[from] += 1);
    let activates = typical_signs(settings.activators, &targets, rng);
    pairs
        .iter()
        .map(|&(from, _)| {
            let typical = rng.random::<f64>() < FIDELITY;
            if activates[from] == typical {
                Sign::Activation
            } else {
                Sign::Repression
            }
        })
        .collect()
}

/// Whether each regulator usually activates.
fn typical_signs(activators: f64, targets: &[usize], rng: &mut impl Rng) -> Vec<bool> {
    // the part of edges whose regulator has to be an activator, allowing for unusual signs
    let wanted = ((activators - (1.0 - FIDELITY)) / (2.0 * FIDELITY - 1.0)).clamp(0.0, 1.0);
    let edges: usize = targets.iter().sum();
    let mut order: Vec<usize> = (0..targets.len()).collect();
    order.sort_by_key(|&regulator| std::cmp::Reverse(targets[regulator]));
    let mut activates = vec![false; targets.len()];
    let (mut seen, mut positive) = (0, 0.0);
    for regulator in order {
        // the largest regulators carry the first third of the edges
        let global = 3 * seen < edges;
        let left = (edges - seen).max(1) as f64;
        let needed = ((wanted * edges as f64 - positive) / left).clamp(0.0, 1.0);
        let chance = if global && wanted > 0.0 && wanted < 1.0 {
            GLOBAL_ACTIVATORS.max(needed)
        } else {
            needed
        };
        activates[regulator] = rng.random::<f64>() < chance;
        seen += targets[regulator];
        positive += if activates[regulator] {
            targets[regulator] as f64
        } else {
            0.0
        };
    }
    activates
}
