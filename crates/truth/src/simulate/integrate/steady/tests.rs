use super::*;
use crate::simulate::integrate::Pattern;
use crate::simulate::integrate::adaptive::tests::Chain;

fn hill(x: f64, power: i32) -> f64 {
    1.0 / (1.0 + x.max(0.0).powi(power))
}

fn hill_slope(x: f64, power: i32) -> f64 {
    let x = x.max(0.0);
    -f64::from(power) * x.powi(power - 1) * hill(x, power).powi(2)
}

/// A ring in which each variable represses the next: `xᵢ' = k / (1 + xᵢ₋₁ⁿ) − xᵢ`.
///
/// Two are a toggle switch. Three oscillate where `n` and `k` are large.
struct Ring {
    size: usize,
    strength: f64,
    power: i32,
    pattern: Pattern,
}

impl Ring {
    fn new(size: usize, strength: f64, power: i32) -> Self {
        let pair = |i: usize| [(i, i), (i, (i + size - 1) % size)];
        Self {
            size,
            strength,
            power,
            pattern: Pattern::new(size, (0..size).flat_map(pair).collect()),
        }
    }

    fn before(&self, i: usize) -> usize {
        (i + self.size - 1) % self.size
    }
}

impl System for Ring {
    fn size(&self) -> usize {
        self.size
    }

    fn velocity_into(&self, _: f64, x: &[f64], dx: &mut [f64]) {
        for i in 0..self.size {
            dx[i] = self.strength * hill(x[self.before(i)], self.power) - x[i];
        }
    }

    fn pattern(&self) -> Option<&Pattern> {
        Some(&self.pattern)
    }

    fn jacobian_into(&self, _: f64, x: &[f64], values: &mut [f64]) {
        for i in 0..self.size {
            values[2 * i] = -1.0;
            values[2 * i + 1] = self.strength * hill_slope(x[self.before(i)], self.power);
        }
    }
}

fn settled(system: &dyn System, start: &[f64]) -> Result<(Vec<f64>, SteadyReport), NoSteadyState> {
    steady_state(system, start, &SteadySettings::default())
}

#[test]
fn a_chain_reaches_a_steady_state_where_its_rates_say() {
    for fastest in [1.0, 3.0, 1e4] {
        let chain = Chain::new(12, fastest);
        let (x, report) = settled(&chain, &[0.0; 12]).expect("a chain reaches a steady state");
        assert!(x.iter().all(|x| (x - 1.0).abs() < 1e-9), "{x:?}");
        assert!(report.speed <= 1e-10, "{report:?}");
        assert!(report.following.steps < 500, "{report:?}");
    }
}

#[test]
fn a_steady_state_stays() {
    let (x, report) = settled(&Chain::new(5, 10.0), &[1.0; 5]).expect("a steady state");
    assert!(x.iter().all(|x| (x - 1.0).abs() < 1e-12));
    assert_eq!((report.time, report.following.steps), (0.0, 0));
}

#[test]
fn a_toggle_switch_has_two_states_and_the_start_decides() {
    let toggle = Ring::new(2, 4.0, 2);
    let (up, _) = settled(&toggle, &[1.5, 1.0]).expect("one state");
    let (down, _) = settled(&toggle, &[1.0, 1.5]).expect("the other");
    // x y = 1 and x + y = 4
    let high = 2.0 + 3f64.sqrt();
    assert!(
        (up[0] - high).abs() < 1e-9 && (up[1] - 1.0 / high).abs() < 1e-9,
        "{up:?}"
    );
    assert!((down[1] - up[0]).abs() < 1e-9 && (down[0] - up[1]).abs() < 1e-9);
    // close to the border between the two, past which it lingers
    let (near, _) = settled(&toggle, &[1.3788, 1.3787]).expect("one state");
    assert!((near[0] - high).abs() < 1e-9, "{near:?}");
}

#[test]
fn the_border_between_two_states_is_refused() {
    let error = settled(&Ring::new(2, 4.0, 2), &[1.0, 1.0]).expect_err("an unstable state");
    assert!(
        error.time >= 0.0 && error.reason != UnsteadyReason::StillMoves,
        "{error}"
    );
}

#[test]
fn an_oscillator_is_refused_from_wherever_it_starts() {
    let ring = Ring::new(3, 50.0, 4);
    let focus = {
        // x (1 + x⁴) = 50
        let mut x = 2.0f64;
        for _ in 0..50 {
            x -= (x + x.powi(5) - 50.0) / (1.0 + 5.0 * x.powi(4));
        }
        x
    };
    let starts = [
        [1.0, 2.0, 3.0],
        [1.0, 1.0, 1.0],
        [focus; 3],
        [focus, focus, focus + 1e-7],
    ];
    for start in starts {
        let error = settled(&ring, &start).expect_err("it oscillates");
        assert!(error.to_string().contains("oscillates"), "{error}");
    }
    let error = settled(&ring, &[1.0, 2.0, 3.0]).expect_err("it oscillates");
    assert_eq!(error.reason, UnsteadyReason::StillMoves);
    assert!(error.speed > 1e-3 && error.time >= 100.0, "{error:?}");
}

#[test]
fn a_ring_that_is_too_weak_to_oscillate_reaches_a_steady_state() {
    let (x, _) = settled(&Ring::new(3, 4.0, 2), &[0.0, 1.0, 3.0]).expect("damped");
    // x (1 + x²) = 4
    assert!(
        x.iter().all(|x| (x + x.powi(3) - 4.0).abs() < 1e-8),
        "{x:?}"
    );
}

/// The ring of three with power 4 turns from damped to oscillating at `k = 2`, where `x = 1`.
#[test]
fn on_either_side_of_the_onset_of_oscillation_the_answer_is_right() {
    let near = [1.001, 1.0, 0.999];
    let (x, report) = settled(&Ring::new(3, 1.9, 4), &near).expect("weakly damped");
    assert!(
        x.iter().all(|x| (x + x.powi(5) - 1.9).abs() < 1e-8),
        "{x:?}"
    );
    assert!(report.speed <= 1e-10);
    settled(&Ring::new(3, 2.1, 4), &near).expect_err("weakly driven");
}

/// `x' = −x`, `y' = 1`.
struct Growth(Pattern);

impl System for Growth {
    fn size(&self) -> usize {
        2
    }

    fn velocity_into(&self, _: f64, x: &[f64], dx: &mut [f64]) {
        dx[0] = -x[0];
        dx[1] = 1.0;
    }

    fn pattern(&self) -> Option<&Pattern> {
        Some(&self.0)
    }

    fn jacobian_into(&self, _: f64, _: &[f64], values: &mut [f64]) {
        values[0] = -1.0;
    }
}

#[test]
fn what_grows_for_ever_is_refused_and_named() {
    let growth = Growth(Pattern::new(2, vec![(0, 0)]));
    let error = settled(&growth, &[1.0, 0.0]).expect_err("it grows");
    assert_eq!(
        (error.variable, error.reason),
        (1, UnsteadyReason::StillMoves)
    );
}

#[test]
fn a_limit_of_time_is_kept() {
    let settings = SteadySettings {
        most_time: Some(2.0),
        ..SteadySettings::default()
    };
    let error = steady_state(&Chain::new(12, 1.0), &[0.0; 12], &settings).expect_err("too soon");
    assert_eq!(
        (error.time, error.reason),
        (2.0, UnsteadyReason::StillMoves)
    );
}

/// What one loses the other gains.
struct Exchange(Pattern);

impl System for Exchange {
    fn size(&self) -> usize {
        2
    }

    fn velocity_into(&self, _: f64, x: &[f64], dx: &mut [f64]) {
        dx[0] = x[1] - x[0];
        dx[1] = x[0] - x[1];
    }

    fn pattern(&self) -> Option<&Pattern> {
        Some(&self.0)
    }

    fn jacobian_into(&self, _: f64, _: &[f64], values: &mut [f64]) {
        values.copy_from_slice(&[-1.0, 1.0, 1.0, -1.0]);
    }
}

#[test]
fn a_line_of_steady_states_is_refused() {
    let exchange = Exchange(Pattern::new(2, vec![(0, 0), (0, 1), (1, 0), (1, 1)]));
    for start in [[1.0, 0.0], [1.0, 1.0]] {
        settled(&exchange, &start).expect_err("no displacement along the line decays");
    }
}
